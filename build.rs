//! Turns assets/curriculum.toml into a table of constants, so that starting the app reads no TOML.
//!
//! Owns the table's text. It compiles the program's own parser, so a curriculum with a fault stops
//! the build with the line and the way out. Must not know more of the program than that.

use std::{
    env,
    fmt::{self, Write as _},
    fs, io,
    path::Path,
};

#[path = "src/domain/curriculum/check.rs"]
mod check;
#[allow(dead_code, reason = "topics of files only are met here")]
#[path = "src/domain/curriculum/definition.rs"]
mod definition;
#[path = "src/domain/curriculum/error.rs"]
mod error;
#[allow(dead_code, reason = "only the topic's id is needed here")]
#[path = "src/domain/ids.rs"]
mod ids;
#[path = "src/domain/curriculum/merge.rs"]
mod merge;
#[path = "src/domain/curriculum/parse.rs"]
mod parse;
#[allow(dead_code, reason = "only the checks are needed here")]
#[path = "src/domain/text.rs"]
mod text;

use definition::Definitions;

const SOURCE: &str = "assets/curriculum.toml";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={SOURCE}");
    match merge::lay(&fs::read_to_string(SOURCE)?, &Definitions::default()) {
        Ok(definitions) => {
            let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
            let table = table(&definitions).map_err(io::Error::other)?;
            fs::write(Path::new(&folder).join("curriculum.rs"), table)?;
        }
        Err(errors) => {
            for error in errors {
                println!("cargo::error={SOURCE}, {error}");
            }
        }
    }
    Ok(())
}

/// The rows that src/domain/curriculum/shipped.rs declares. `{:?}` of a `&str` is a Rust literal.
fn table(definitions: &Definitions) -> Result<String, fmt::Error> {
    let mut out = String::new();
    writeln!(out, "const AREAS: &[AreaRow] = &[")?;
    for area in &definitions.areas {
        writeln!(out, "AreaRow {{ id: {:?}, title: {:?} }},", area.id, area.title)?;
    }
    writeln!(out, "];\nconst MODULES: &[ModuleRow] = &[")?;
    for module in &definitions.modules {
        let (id, area, title) = (&module.id, &module.area, &module.title);
        writeln!(out, "ModuleRow {{ id: {id:?}, area: {area:?}, title: {title:?} }},")?;
    }
    writeln!(out, "];\nconst TOPICS: &[TopicRow] = &[")?;
    for topic in &definitions.topics {
        let (id, module) = (&topic.id.0, &topic.module);
        let (title, check, choose_one) = (&topic.title, &topic.check, &topic.choose_one);
        let slugs =
            |ids: &[ids::TopicId]| -> Vec<String> { ids.iter().map(|id| id.0.clone()).collect() };
        let (prerequisites, replaces) = (slugs(&topic.prerequisites), slugs(&topic.replaces));
        writeln!(out, "TopicRow {{ id: {id:?}, module: {module:?}, title: {title:?},")?;
        writeln!(out, "check: {check:?}, prerequisites: &{prerequisites:?},")?;
        writeln!(out, "choose_one: {choose_one:?}, resources: &[")?;
        for resource in &topic.resources {
            let (title, by, url) = (&resource.title, &resource.by, &resource.url);
            writeln!(out, "ResourceRow {{ title: {title:?}, by: {by:?},")?;
            writeln!(out, "kind: ResourceKind::{:?}, url: {url:?} }},", resource.kind)?;
        }
        writeln!(out, "], replaces: &{replaces:?} }},")?;
    }
    writeln!(out, "];")?;
    Ok(out)
}
