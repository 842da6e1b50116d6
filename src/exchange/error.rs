//! Why nothing was imported, in words for people.
//!
//! Owns the messages of an import: what, where, the state of the data, what to do next. Must not
//! know how any of it is found.

use thiserror::Error;

use crate::{domain::fault::Fault, store::StoreError};

/// Why nothing was imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The input as a whole.
    #[error("{file} {what}. Nothing was imported. {next}")]
    File {
        /// Its name, safe to print.
        file: String,
        /// What is wrong, as the rest of a sentence.
        what: String,
        /// The next step, as a sentence.
        next: &'static str,
        /// Its kind.
        fault: Fault,
    },
    /// One line of it.
    #[error(
        "{file}, {}, {}. Nothing was imported. {next}",
        bad.place, bad.what
    )]
    Line {
        /// Its name, safe to print.
        file: String,
        /// Where it stands, and what is wrong with it.
        bad: BadLine,
        /// The next step, as a sentence.
        next: String,
    },
    /// What is here can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing tells what wrote it.
    #[error(
        "{file} does not tell what wrote it. Nothing was imported. Name it with --from:{formats}"
    )]
    Unknown {
        /// Its name, safe to print.
        file: String,
        /// Every format, a line each.
        formats: String,
    },
}

impl ImportError {
    /// The whole input is not what it should be.
    pub(super) fn data(file: &str, what: impl Into<String>, next: &'static str) -> Self {
        Self::File { file: file.to_owned(), what: what.into(), next, fault: Fault::Data }
    }

    /// Its kind, for the exit code.
    pub fn fault(&self) -> Fault {
        match self {
            Self::File { fault, .. } => *fault,
            Self::Line { .. } => Fault::Data,
            Self::Store(error) => error.fault(),
            Self::Unknown { .. } => Fault::Usage,
        }
    }
}

/// What is wrong with one line: where, and what was found and is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Where it stands, as in "line 3" or "log, line 3".
    pub place: String,
    /// The column, the value and the accepted form.
    pub what: String,
}
