//! `completions` and what the scripts ask: which words may stand here.
//!
//! Owns which words are names, and that none of them can do any harm. What may be typed comes from
//! the one definition of the arguments. Must not know any shell: the scripts quote.

use std::{ffi::OsStr, io::Write as _, path::PathBuf, sync::Arc};

use clap::{Arg, CommandFactory as _, builder::ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, complete};

use super::{
    args::{Arguments, CompleteArgs, Shell},
    curriculum::own_files,
    database,
    failure::Failure,
    output::Output,
};
use crate::{
    config::{Config, curricula::Curricula},
    domain::{
        curriculum::Curriculum,
        habit::Habit,
        project::{Level, Source, Status},
        text::typed,
        topic::TopicState,
        workspace::Workspace,
    },
    store::{self, backup},
};

/// Prints the script for a shell.
pub fn script(output: &mut Output, shell: Shell) -> Result<(), Failure> {
    let script = match shell {
        Shell::Bash => include_str!("../../assets/completions/inch.bash"),
        Shell::Zsh => include_str!("../../assets/completions/_inch"),
        Shell::Fish => include_str!("../../assets/completions/inch.fish"),
    };
    Ok(output.write_all(script.as_bytes())?)
}

/// Stands for the names of files, which shells know. No name holds a line's end.
const FILES: &str = "\n";

/// Prints what may stand at a place, a line each, with a tab before what it means. A line without
/// anything before the tab says that a file may stand there. Whatever is wrong, there is nothing to
/// offer then: somebody is typing.
pub fn run(output: &mut Output, args: CompleteArgs, db: Option<PathBuf>) -> Result<(), Failure> {
    let db = named_there(&args).or(db);
    let mut command = Arguments::command();
    // What a subcommand takes is described late; see `Later`.
    command.build();
    let mut command = with_names(command, db.as_ref());
    // Before anything is typed, options would only hide what is asked for.
    let is_bare = args.words.get(args.place).is_none_or(|word| word.is_empty());
    let found = complete(&mut command, args.words, args.place, None).unwrap_or_default();
    for candidate in found {
        if candidate.get_value().to_string_lossy().ends_with(FILES) {
            writeln!(output, "\tfiles")?;
            continue;
        }
        let value = candidate.get_value().to_str().filter(|value| is_harmless(value));
        let Some(value) = value.filter(|value| !(is_bare && value.starts_with('-'))) else {
            continue;
        };
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        match help.lines().next().filter(|help| !help.is_empty() && is_harmless(help)) {
            Some(help) => writeln!(output, "{value}\t{help}")?,
            None => writeln!(output, "{value}")?,
        }
    }
    Ok(())
}

/// One line, and nothing in it that would be shown otherwise than it is.
fn is_harmless(text: &str) -> bool {
    !text.is_empty() && typed(text, false) == text
}

/// The data file that the line names itself.
fn named_there(args: &CompleteArgs) -> Option<PathBuf> {
    let typed = args.words.get(..args.place)?;
    if let Some(name) = typed.iter().find_map(|word| word.to_str()?.strip_prefix("--db=")) {
        return Some(PathBuf::from(name));
    }
    let at = typed.iter().position(|word| word == "--db")?;
    typed.get(at + 1).map(PathBuf::from)
}

/// What stands for a name is completed with names, and files are left to the shell.
fn with_names(command: clap::Command, db: Option<&PathBuf>) -> clap::Command {
    let of = command.get_name().to_owned();
    command
        .mut_args(|arg| completed(arg, &of, db))
        .mut_subcommands(|command| with_names(command, db))
}

fn completed(arg: Arg, of: &str, db: Option<&PathBuf>) -> Arg {
    let is_date = arg.get_value_names().is_some_and(|names| names == ["DATE"]);
    let is_file = matches!(arg.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath)
        || arg.get_id() == "db"
        || arg.get_id() == "config"
        || arg.get_id() == "output";
    let words: &[&str] = match arg.get_id().as_str() {
        "habit" => {
            let (db, is_archive) = (db.cloned(), of == "unarchive");
            let is_meant = move |habit: &Habit| habit.archived_on().is_some() == is_archive;
            return arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                let habits = held(db.as_ref()).map(|held| held.habits);
                let habits = habits.into_iter().flatten().filter(&is_meant);
                begun(typed, habits.map(|habit| (habit.name, None)))
            }));
        }
        "project" => {
            let db = db.cloned();
            return arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                let projects = held(db.as_ref()).map(|held| held.projects);
                let projects = projects.into_iter().flatten();
                begun(typed, projects.map(|project| (project.draft.title, None)))
            }));
        }
        "topic" | "topics" => {
            let db = db.cloned();
            return arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                let topics = curriculum(held(db.as_ref()).unwrap_or_default()).topics;
                begun(typed, topics.into_iter().map(|topic| (topic.id.0, Some(topic.title))))
            }));
        }
        "file" if of == "restore" => {
            let db = db.cloned();
            return arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                let backups = database(db.clone()).map(|db| backup::list(&db));
                let backups = backups.into_iter().flatten();
                let names = backups.map(|backup| {
                    let path = backup.path.to_string_lossy().into_owned();
                    (path, Some(backup.kind.word().to_owned()))
                });
                let begun = begun(typed, names);
                if begun.is_empty() { files(typed) } else { begun }
            }));
        }
        "state" => &TopicState::ALL.map(TopicState::key),
        "level" => &Level::ALL.map(Level::word),
        "status" => &Status::ALL.map(Status::word),
        "source" => &Source::ALL.map(Source::word),
        "good" => &["yes", "no"],
        "schedule" => &["daily", "3/week", "mon,wed,fri", "every 2 days"],
        _ if is_date => &["today", "yesterday"],
        _ if is_file => return arg.add(ArgValueCompleter::new(files)),
        _ => return arg,
    };
    let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
    arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
        begun(typed, words.iter().map(|word| (word.clone(), None)))
    }))
}

/// Leaves it to the shell, unless an option is being typed.
fn files(typed: &OsStr) -> Vec<CompletionCandidate> {
    let is_option = typed.to_string_lossy().starts_with('-');
    (!is_option).then(|| CompletionCandidate::new(FILES)).into_iter().collect()
}

/// What begins with what was typed, in whatever case. What would be taken for an option stays out.
fn begun(
    typed: &OsStr,
    names: impl Iterator<Item = (String, Option<String>)>,
) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy().to_lowercase();
    let is_begun = |name: &str| !name.starts_with('-') && name.to_lowercase().starts_with(&typed);
    let names = names.filter(|(name, _)| is_begun(name));
    names.map(|(name, help)| CompletionCandidate::new(name).help(help.map(Into::into))).collect()
}

/// What the file holds, if it can be read: looked at only, for nobody asked for a file to be made, to
/// be brought up to date or to be waited for.
fn held(db: Option<&PathBuf>) -> Option<Workspace> {
    store::definitions(&database(db.cloned()).ok()?).ok()
}

/// The topics that there are, whatever is in the config: a mistake in it is told elsewhere.
fn curriculum(mut held: Workspace) -> Curriculum {
    let files = own_files(&Config::default(), crate::paths::config().ok().as_deref());
    let curriculum = Curricula::load(&files).curriculum;
    held.follow(&curriculum);
    Arc::unwrap_or_clone(held.complete(&Arc::new(curriculum)))
}
