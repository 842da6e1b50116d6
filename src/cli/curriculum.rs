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
        curricula::{Curricula, files, source},
    },
    domain::{
        curriculum::{Curriculum, CurriculumError, Topic},
        fault::Fault,
        text::shown,
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

/// Reads a file as if it were the last of the person's files.
fn check(own: &[PathBuf], output: &mut Output, file: &Path) -> Result<(), Failure> {
    let name = shown(&file.to_string_lossy()).into_owned();
    let text = source(file).map_err(|why| Failure::Said {
        message: format!("{name}: {why}. Nothing was changed"),
        fault: why.fault(),
    })?;
    let itself = fs::canonicalize(file).ok();
    let others: Vec<_> = own
        .iter()
        .filter(|path| itself.is_none() || fs::canonicalize(path).ok() != itself)
        .cloned()
        .collect();
    let base = Curricula::load(&others);
    for left_out in &base.left_out {
        warn(&left_out.to_string());
    }
    let laid = base.curriculum.laid_over(&text).map_err(|errors| mistakes(&name, &errors))?;
    writeln!(output, "{name}: {}", summary(&base.curriculum, &laid))?;
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
    let count = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    };
    let is_new = |topic: &&Topic| before.topic(&topic.id).is_none();
    let added: Vec<_> = [
        count(after.areas.len() - before.areas.len(), "area"),
        count(after.modules.len() - before.modules.len(), "module"),
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
        count(altered, "entry").map(|told| format!("alters {}", told.replace("entrys", "entries"))),
        count(replaced, "topic").map(|told| format!("replaces {told}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let does = if parts.is_empty() { "changes nothing".to_owned() } else { parts.join("; ") };
    format!("no mistakes. It {does}.")
}
