//! Every way a command can fail, as one message and one exit code.
//!
//! Owns the mapping of the layers' errors. Must not know what the commands do.

use std::{
    borrow::Cow,
    io::{self, ErrorKind, Write as _},
    process::ExitCode,
};

use thiserror::Error;

use super::output::Output;
use crate::{
    config::ConfigError,
    domain::{day::DayError, fault::Fault, schedule::ScheduleError, text},
    exchange::ImportError,
    paths::NoHome,
    store::StoreError,
};

/// Why a command ended early.
#[derive(Debug, Error)]
pub enum Failure {
    /// Said by the command itself.
    #[error("{message}")]
    Said {
        /// What, where, the state of the data and the next step.
        message: String,
        /// Its kind.
        fault: Fault,
    },
    /// The data file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The config file.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The folders.
    #[error(transparent)]
    NoHome(#[from] NoHome),
    /// An import.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The reader of the output went away, or the output can't be written.
    #[error(
        "the output can't be written: {}. Nothing was changed. Check where it goes",
        text::reason(.0)
    )]
    Output(#[from] io::Error),
    /// The same, when the work was done by then.
    #[error(
        "the output can't be written: {}; what was asked for has been saved",
        text::reason(.0)
    )]
    OutputOfSaved(io::Error),
}

impl From<DayError> for Failure {
    fn from(error: DayError) -> Self {
        Self::usage(format!("{error}. Nothing was changed"))
    }
}

impl From<ScheduleError> for Failure {
    fn from(error: ScheduleError) -> Self {
        Self::usage(format!("{error}. Nothing was changed"))
    }
}

impl Failure {
    /// The command was used wrongly.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Said { message: message.into(), fault: Fault::Usage }
    }

    /// What was named is not there.
    pub fn missing(message: impl Into<String>) -> Self {
        Self::Said { message: message.into(), fault: Fault::Missing }
    }

    /// The same failure, said of a command that has saved something.
    pub fn once_saved(self) -> Self {
        match self {
            Self::Output(error) => Self::OutputOfSaved(error),
            other => other,
        }
    }

    fn fault(&self) -> Fault {
        match self {
            Self::Said { fault, .. } => *fault,
            Self::Store(error) => error.fault(),
            Self::Config(error) => error.fault,
            Self::NoHome(error) => error.fault(),
            Self::Import(error) => error.fault(),
            Self::Output(_) | Self::OutputOfSaved(_) => Fault::Io,
        }
    }

    /// Prints the message for people and gives the exit code. A reader that went away wanted no
    /// more, and that is no failure. The output knows which file was named, where that is known.
    pub fn report(&self, output: Option<&Output>) -> ExitCode {
        if let Self::Output(error) | Self::OutputOfSaved(error) = self
            && error.kind() == ErrorKind::BrokenPipe
        {
            return ExitCode::SUCCESS;
        }
        // Paths and what other programs said go into messages, and may hold anything.
        let message = self.to_string();
        let message = output.map_or(Cow::Borrowed(&*message), |output| output.aimed(&message));
        // Nobody is left to tell when standard error is closed, too.
        let _ = writeln!(io::stderr(), "inch: {}", text::shown_lines(&message));
        ExitCode::from(self.fault().exit_code())
    }
}
