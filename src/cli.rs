//! The command line: plain text for people, `--json` for programs, an exit code for both.
//!
//! Owns arguments, wording and exit codes; a file per family of subcommands. Makes the same changes
//! through the same store as the app, and must not know the app or the screen.

mod args;
mod backup;
mod complete;
mod curriculum;
mod demo;
mod desk;
mod doctor;
mod export;
mod failure;
mod find;
mod habit;
mod import;
mod log;
mod man;
mod mark;
mod output;
mod progress;
mod project;
mod stats;
mod status;
mod table;
mod topic;
mod undo;

use std::{
    ffi::OsString,
    io::Write as _,
    mem::ManuallyDrop,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{
    CommandFactory as _, FromArgMatches as _,
    error::{ContextKind, ContextValue},
};

pub use self::demo::Throwaway;
use self::{
    args::{Arguments, Command, CurriculumCommand, DataCommand, Global, Later},
    desk::{Desk, Needs},
    failure::Failure,
    output::{Output, warn},
};
use crate::{
    clock::Clock,
    config::{Config, ConfigError, Wrong, curricula::Curricula},
    domain::{day, text},
    paths,
};

/// What the app is started with.
#[derive(Debug)]
pub struct Launch {
    /// The data file. It need not be there yet.
    pub db: PathBuf,
    /// What the person has chosen.
    pub config: Config,
    /// Reads the time, or pretends a day.
    pub clock: Clock,
    /// The file is a throwaway one with a made-up year.
    pub is_demo: bool,
    /// Colours are wanted: `--color`, else a terminal, no `NO_COLOR` and no `TERM=dumb`.
    pub has_color: bool,
    /// The folder of the made-up year. It goes when this is dropped; a process that ends another
    /// way may call [`Throwaway::remove`].
    pub throwaway: Option<Throwaway>,
    /// The curriculum files, read.
    pub curricula: Curricula,
}

/// What the arguments come to.
#[derive(Debug)]
pub enum Start {
    /// The command has been carried out, or has failed and said so.
    Finished(ExitCode),
    /// The app is to be opened.
    App(Box<Launch>),
}

/// The keys in force, as they are printed; or what is wrong with those of the config. The command
/// line knows no key, but it says of a config whether it is right.
pub type PrintKeys = fn(&Config) -> Result<String, Wrong>;

/// Reads the arguments, the program's name first, and carries out the command unless it is the app.
pub fn parse(args: impl IntoIterator<Item = OsString>, print_keys: PrintKeys) -> Start {
    let mut arguments = match read(args) {
        Ok(arguments) => arguments,
        Err(error) => return Start::Finished(unparsed(error)),
    };
    let mut output = Output::new(&arguments.global);
    let global = &mut arguments.global;
    global.db = global.db.take().or_else(|| in_environment("INCH_DB"));
    global.config = global.config.take().or_else(|| in_environment("INCH_CONFIG"));
    let started = start(arguments, print_keys, &mut output).and_then(|launch| {
        output.flush()?;
        Ok(launch)
    });
    match started {
        Ok(Some(launch)) => Start::App(Box::new(launch)),
        Ok(None) => Start::Finished(ExitCode::SUCCESS),
        Err(failure) => Start::Finished(failure.report(Some(&output))),
    }
}

/// The arguments as they were typed.
fn read(args: impl IntoIterator<Item = OsString>) -> Result<Arguments, clap::Error> {
    // The process is about to do its work and end: to take the description of all commands apart
    // before would cost it more than to read the arguments.
    let mut command = ManuallyDrop::new(Arguments::command());
    let mut matches = command.try_get_matches_from_mut(args)?;
    Arguments::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

/// A variable that is set but empty names nothing.
fn in_environment(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// How much of an argument is shown again, in characters.
const ECHO: usize = 200;

/// Help and version are no errors; everything else that clap says is a usage error.
fn unparsed(mut error: clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let mut stdout = std::io::stdout();
        let written = stdout.write_all(error.render().to_string().as_bytes());
        let written = written.and_then(|()| stdout.flush());
        return written
            .map_or_else(|error| Failure::from(error).report(None), |()| ExitCode::SUCCESS);
    }
    let cut = |(kind, value): (ContextKind, &ContextValue)| match value {
        ContextValue::String(text) => Some((kind, ContextValue::String(text::clip(text, ECHO)))),
        _ => None,
    };
    let echoed: Vec<_> = error.context().filter_map(cut).collect();
    for (kind, value) in echoed {
        error.insert(kind, value);
    }
    let rendered = error.render().to_string();
    let message = rendered.strip_prefix("error: ").unwrap_or(&rendered).trim_end();
    // Its advice repeats the argument, too.
    let lines: Vec<_> = message.lines().map(|line| text::clip(line, ECHO + 100)).collect();
    Failure::usage(text::shown_lines(&lines.join("\n"))).report(None)
}

/// What needs the config.
enum Asked {
    App,
    Demo,
    Config,
    Curriculum(CurriculumCommand),
    Data(DataCommand),
}

/// The app is not to be opened.
fn none((): ()) -> Option<Launch> {
    None
}

fn start(
    arguments: Arguments,
    print_keys: PrintKeys,
    output: &mut Output,
) -> Result<Option<Launch>, Failure> {
    let Arguments { global, command } = arguments;
    let command = match command {
        // These are about the arguments alone, and a config that is wrong is none of theirs.
        Some(Command::Completions { shell }) => return complete::script(output, shell).map(none),
        Some(Command::Man) => return man::run(output).map(none),
        Some(Command::Complete(Later(args))) => {
            return complete::run(output, args, global.db).map(none);
        }
        // These must work whatever the config says.
        Some(Command::Backup(Later(args))) => {
            return backup::back_up(&database(global.db)?, output, &args).map(none);
        }
        Some(Command::Restore(Later(args))) => {
            return backup::restore(&database(global.db)?, output, &args).map(none);
        }
        Some(Command::Doctor(Later(args))) => {
            return doctor::run(&global, print_keys, output, &args).map(none);
        }
        Some(Command::Data(command)) => Asked::Data(command),
        Some(Command::Config) => Asked::Config,
        Some(Command::Curriculum(Later(command))) => Asked::Curriculum(command),
        Some(Command::Demo) => Asked::Demo,
        None => Asked::App,
    };
    let (config, config_path) = load_config(&global)?;
    let keys = || {
        let path = config_path.as_deref().unwrap_or(Path::new(""));
        print_keys(&config).map_err(|wrong| ConfigError::at(path, &wrong))
    };
    if !config.keys.is_empty() {
        // Where nothing is bound anew, nothing can be wrong.
        keys()?;
    }
    output.set_glyphs(config.glyphs);
    let clock = clock(&global, &config)?;
    let (db, throwaway) = match command {
        Asked::App => (database(global.db)?, None),
        Asked::Demo => {
            let throwaway = Throwaway::new()?;
            demo::build(&throwaway.database(), &config, &clock.now())?;
            (throwaway.database(), Some(throwaway))
        }
        Asked::Config => {
            let keys = keys()?;
            if let Some(path) = &config_path {
                writeln!(output, "# {}\n", text::shown(&path.to_string_lossy()))?;
            }
            writeln!(output, "{}\n\n{}", config.print().trim_end(), keys.trim_end())?;
            return Ok(None);
        }
        Asked::Curriculum(command) => {
            let own = curriculum::own_files(&config, config_path.as_deref());
            curriculum::run(&own, output, &command)?;
            return Ok(None);
        }
        Asked::Data(command) => {
            let (db, needs) = (database(global.db)?, needs(&command));
            let mut desk = Desk::open(db, needs, config, config_path, clock.now())?;
            work(&mut desk, output, command)?;
            return Ok(None);
        }
    };
    // A made-up year is told on the shipped one.
    let own = match throwaway {
        None => curriculum::own_files(&config, config_path.as_deref()),
        Some(_) => Vec::new(),
    };
    let curricula = Curricula::load(&own);
    Ok(Some(Launch {
        db,
        config,
        clock,
        is_demo: throwaway.is_some(),
        has_color: output.has_color,
        throwaway,
        curricula,
    }))
}

/// What is called at every prompt reads no more than it tells.
fn needs(command: &DataCommand) -> Needs {
    match command {
        DataCommand::Status(Later(args)) if args.prompt => Needs::Prompt,
        DataCommand::Status(_) => Needs::Glance,
        DataCommand::Done(_)
        | DataCommand::Rest(_)
        | DataCommand::Clear(_)
        | DataCommand::Log(_)
        | DataCommand::Stats(_) => Needs::Habits,
        _ => Needs::All,
    }
}

/// Carries the command out, and lets nobody believe that nothing came of it when only the telling
/// failed.
fn work(desk: &mut Desk, output: &mut Output, command: DataCommand) -> Result<(), Failure> {
    let has_grown =
        matches!(command, DataCommand::Done(_) | DataCommand::Rest(_) | DataCommand::Import(_));
    let told = carry_out(desk, output, command).and_then(|()| Ok(output.flush()?));
    if let Some(lost) = desk.lost() {
        // Whatever else is the matter, for it may come of this.
        return told.map(|()| warn(&output.aimed(&lost.to_string()))).map_err(|_| lost.into());
    }
    told.map_err(|failure| if desk.has_saved() { failure.once_saved() } else { failure })?;
    if has_grown {
        desk.tidy();
    }
    if let Some(failed) = desk.tend() {
        // What was asked for is done, and nobody is left to tell when standard error is closed.
        let said = format!("saved, but no backup was made: {failed}");
        let _ = writeln!(std::io::stderr(), "inch: {}", text::shown_lines(&said));
    }
    Ok(())
}

fn carry_out(desk: &mut Desk, output: &mut Output, command: DataCommand) -> Result<(), Failure> {
    match command {
        DataCommand::Done(Later(args)) => mark::done(desk, output, &args),
        DataCommand::Rest(Later(args)) => mark::rest(desk, output, &args),
        DataCommand::Clear(Later(args)) => mark::clear(desk, output, &args),
        DataCommand::Undo => undo::undo(desk, output),
        DataCommand::Redo => undo::redo(desk, output),
        DataCommand::Status(Later(args)) => status::run(desk, output, &args),
        DataCommand::Log(Later(args)) => log::run(desk, output, &args),
        DataCommand::Stats(Later(args)) => stats::run(desk, output, &args),
        DataCommand::Habit(Later(command)) => habit::run(desk, output, command),
        DataCommand::Topic(Later(command)) => topic::run(desk, output, &command),
        DataCommand::Project(Later(command)) => project::run(desk, output, command),
        DataCommand::Import(Later(args)) => import::run(desk, output, &args),
        DataCommand::Export(Later(args)) => export::run(desk, output, &args),
    }
}

/// The config, and the file it may lie in: there is none without a home. What needs one for the data
/// says so itself.
fn load_config(global: &Global) -> Result<(Config, Option<PathBuf>), Failure> {
    let path = match &global.config {
        Some(path) => path.clone(),
        None => match paths::config() {
            Ok(path) => path,
            Err(_) => return Ok((Config::default(), None)),
        },
    };
    Ok((Config::load(&path, global.config.is_some())?, Some(path)))
}

fn database(named: Option<PathBuf>) -> Result<PathBuf, Failure> {
    Ok(match named {
        Some(path) => path,
        None => paths::database()?,
    })
}

fn clock(global: &Global, config: &Config) -> Result<Clock, Failure> {
    let mut clock = Clock { remind_at: config.remind_at, ..Clock::new(config.day_starts_at) };
    clock.pretended = match global.today.as_deref() {
        None => None,
        Some(text) => Some(match day::parse_iso(text) {
            Ok(day) => day,
            Err(_) => desk::date(text, clock.now().today)?,
        }),
    };
    Ok(clock)
}
