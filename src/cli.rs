//! The command line: plain text for people, `--json` for programs, an exit code for both.
//!
//! Owns arguments, wording and exit codes; a file per family of subcommands. Makes the same changes
//! through the same store as the app, and must not know the app or the screen.

mod args;
mod demo;
mod desk;
mod failure;
mod find;
mod habit;
mod import;
mod log;
mod mark;
mod output;
mod project;
mod stats;
mod status;
mod table;
mod topic;
mod undo;

use std::{ffi::OsString, io::Write as _, path::PathBuf, process::ExitCode};

use clap::Parser as _;

pub use self::demo::Throwaway;
use self::{
    args::{Arguments, Command, Global},
    desk::Desk,
    failure::Failure,
    output::Output,
};
use crate::{clock::Clock, config::Config, domain::day, domain::text, paths};

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
}

/// What the arguments come to.
#[derive(Debug)]
pub enum Start {
    /// The command has been carried out, or has failed and said so.
    Finished(ExitCode),
    /// The app is to be opened.
    App(Box<Launch>),
}

/// Reads the arguments, the program's name first, and carries out the command unless it is the app.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Start {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => return Start::Finished(unparsed(&error)),
    };
    let mut output = Output::new(&arguments.global);
    let started = start(arguments, &mut output).and_then(|launch| {
        output.flush()?;
        Ok(launch)
    });
    match started {
        Ok(Some(launch)) => Start::App(Box::new(launch)),
        Ok(None) => Start::Finished(ExitCode::SUCCESS),
        Err(failure) => Start::Finished(failure.report()),
    }
}

/// Help and version are no errors; everything else that clap says is a usage error.
fn unparsed(error: &clap::Error) -> ExitCode {
    let rendered = error.render().to_string();
    if !error.use_stderr() {
        let mut stdout = std::io::stdout();
        let written = stdout.write_all(rendered.as_bytes());
        let written = written.and_then(|()| stdout.flush());
        return written.map_or_else(|error| Failure::from(error).report(), |()| ExitCode::SUCCESS);
    }
    let message = rendered.strip_prefix("error: ").unwrap_or(&rendered);
    Failure::usage(text::shown_lines(message.trim_end())).report()
}

fn start(arguments: Arguments, output: &mut Output) -> Result<Option<Launch>, Failure> {
    let Arguments { global, command } = arguments;
    let (config, config_path) = load_config(&global)?;
    output.set_glyphs(config.glyphs);
    let clock = clock(&global, &config)?;
    let Some(command) = command else {
        return Ok(Some(Launch {
            db: database(global)?,
            config,
            clock,
            is_demo: false,
            has_color: output.has_color,
            throwaway: None,
        }));
    };
    match command {
        Command::Demo => {
            let throwaway = Throwaway::new()?;
            demo::build(&throwaway.database(), &config, &clock.now())?;
            return Ok(Some(Launch {
                db: throwaway.database(),
                config,
                clock,
                is_demo: true,
                has_color: output.has_color,
                throwaway: Some(throwaway),
            }));
        }
        Command::Config => {
            let path = config_path.display().to_string();
            writeln!(output, "# {}\n\n{}", text::shown(&path), config.print().trim_end())?;
            return Ok(None);
        }
        _ => {}
    }
    let mut desk = Desk::open(&database(global)?, &config, clock.now())?;
    let has_grown = matches!(command, Command::Done(_) | Command::Rest(_) | Command::Import(_));
    match command {
        Command::Demo | Command::Config => {}
        Command::Done(args) => mark::done(&mut desk, output, &args)?,
        Command::Rest(args) => mark::rest(&mut desk, output, &args)?,
        Command::Clear(args) => mark::clear(&mut desk, output, &args)?,
        Command::Undo => undo::undo(&mut desk, output)?,
        Command::Redo => undo::redo(&mut desk, output)?,
        Command::Status(args) => status::run(&desk, output, &args)?,
        Command::Log(args) => log::run(&mut desk, output, &args)?,
        Command::Stats(args) => stats::run(&mut desk, output, &args)?,
        Command::Habit(command) => habit::run(&mut desk, output, command)?,
        Command::Topic(command) => topic::run(&mut desk, output, &command)?,
        Command::Project(command) => project::run(&mut desk, output, command)?,
        Command::Import(args) => import::run(&mut desk, output, &args)?,
    }
    if has_grown {
        output.flush()?;
        desk.tidy();
    }
    Ok(None)
}

fn load_config(global: &Global) -> Result<(Config, PathBuf), Failure> {
    let (path, is_required) = match &global.config {
        Some(path) => (path.clone(), true),
        // With a data file named, inch works without a home; there is only no config then.
        None => match paths::config() {
            Ok(path) => (path, false),
            Err(_) if global.db.is_some() => return Ok((Config::default(), PathBuf::from("-"))),
            Err(error) => return Err(error.into()),
        },
    };
    Ok((Config::load(&path, is_required)?, path))
}

fn database(global: Global) -> Result<PathBuf, Failure> {
    Ok(match global.db {
        Some(path) => path,
        None => paths::database()?,
    })
}

fn clock(global: &Global, config: &Config) -> Result<Clock, Failure> {
    let mut clock = Clock { day_starts_at: config.day_starts_at, pretended: None };
    clock.pretended = match global.today.as_deref() {
        None => None,
        Some(text) => Some(match day::parse_iso(text) {
            Ok(day) => day,
            Err(_) => desk::date(text, clock.now().today)?,
        }),
    };
    Ok(clock)
}
