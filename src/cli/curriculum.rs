//! `curriculum check` and `curriculum template`; and the person's curriculum files, read.
//!
//! Owns what is said of them. Must not open the data file.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{
    args::CurriculumCommand,
    failure::Failure,
    output::{Output, warn},
};
use crate::{
    config::{
        Config,
        curricula::{Curricula, LeftOut, Unread, files, source},
    },
    domain::{
        curriculum::{Curriculum, CurriculumError, Topic},
        fault::Fault,
        text,
    },
    paths,
};

/// A commented start.
const TEMPLATE: &str = include_str!("../../assets/curriculum-template.toml");
/// A short one that is complete.
const EXAMPLE: &str = include_str!("../../assets/curriculum-example.toml");

/// How many mistakes are told at once.
const MISTAKES: usize = 100;

/// The files that the config names and those beside it.
pub fn own_files(config: &Config, path: Option<&Path>) -> Vec<PathBuf> {
    files(path, &config.curricula, paths::home().as_deref())
}

/// Carries out one of the commands; `own` are the person's files.
pub fn run(
    own: &[PathBuf],
    output: &mut Output,
    command: &CurriculumCommand,
) -> Result<(), Failure> {
    match command {
        CurriculumCommand::Check { file } => check(own, output, file),
        CurriculumCommand::Template { example } => {
            let text = if *example { EXAMPLE } else { TEMPLATE };
            Ok(write!(output, "{text}")?)
        }
    }
}

/// Reads a file in its place among the person's files; after them, where it is none of those.
fn check(own: &[PathBuf], output: &mut Output, file: &Path) -> Result<(), Failure> {
    let name = text::path(file);
    let unusable = |why: &Unread| Failure::Said {
        message: format!("{name}: {why}. Nothing was changed"),
        fault: why.fault(),
    };
    source(file).map_err(|why| unusable(&why))?;
    let itself = fs::canonicalize(file).ok();
    let is_it = |path: &Path| itself.is_some() && fs::canonicalize(path).ok() == itself;
    let mut all = own.to_vec();
    if !all.iter().any(|path| is_it(path)) {
        all.push(file.to_owned());
    }
    let (its, others): (Vec<_>, Vec<_>) =
        Curricula::load(&all).left_out.into_iter().partition(|left_out| is_it(&left_out.path));
    for left_out in &others {
        warn(&left_out.to_string());
    }
    if let Some(LeftOut { why, .. }) = its.first() {
        return Err(match why {
            Unread::Wrong(errors) => mistakes(&name, errors),
            why => unusable(why),
        });
    }
    let without: Vec<_> = all.iter().filter(|path| !is_it(path)).cloned().collect();
    let (before, after) = (Curricula::load(&without), Curricula::load(&all));
    writeln!(output, "{name}: {}", summary(&before.curriculum, &after.curriculum))?;
    Ok(())
}

fn mistakes(name: &str, errors: &[CurriculumError]) -> Failure {
    let mut lines = vec![match errors.len() {
        1 => format!("{name} has a mistake:"),
        count => format!("{name} has {count} mistakes:"),
    }];
    lines.extend(errors.iter().take(MISTAKES).map(|error| format!("  {error}")));
    if let Some(more) = errors.len().checked_sub(MISTAKES).filter(|more| *more > 0) {
        lines.push(format!("  and {more} more"));
    }
    lines.push("Nothing was changed".to_owned());
    Failure::Said { message: lines.join("\n"), fault: Fault::Data }
}

/// What a good file does: `no mistakes; adds 1 area, 2 modules and 9 topics, alters 1 topic`.
fn summary(before: &Curriculum, after: &Curriculum) -> String {
    let counted = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {more}")),
    };
    let count = |count, noun: &str| counted(count, noun, &format!("{noun}s"));
    let is_new = |topic: &&Topic| before.topic(&topic.id).is_none();
    let added: Vec<_> = [
        count(after.areas.iter().filter(|area| before.area(&area.id).is_none()).count(), "area"),
        count(
            after.modules.iter().filter(|module| before.module(&module.id).is_none()).count(),
            "module",
        ),
        count(after.topics.iter().filter(is_new).count(), "topic"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let altered = after
        .topics
        .iter()
        .filter(|topic| before.topic(&topic.id).is_some_and(|known| known != *topic));
    let altered = altered.count()
        + before.areas.iter().filter(|area| after.area(&area.id) != Some(area)).count()
        + before.modules.iter().filter(|module| after.module(&module.id) != Some(module)).count();
    let replaced = before.topics.iter().filter(|topic| after.topic(&topic.id).is_none()).count();
    let parts: Vec<_> = [
        (!added.is_empty()).then(|| format!("adds {}", added.join(", "))),
        counted(altered, "entry", "entries").map(|told| format!("alters {told}")),
        count(replaced, "topic").map(|told| format!("replaces {told}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let does = if parts.is_empty() { "changes nothing".to_owned() } else { parts.join("; ") };
    format!("no mistakes. It {does}.")
}
