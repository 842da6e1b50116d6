//! Why the file can't be used, or a change not be made, in words for people.
//!
//! Owns every message of the store: what, where, the state of the data, what to do next. Must not
//! know how it is shown.

use std::{
    io,
    path::{Path, PathBuf},
};

use rusqlite::ErrorCode;
use thiserror::Error;

use super::problem::{Problem, ReadOnly};
use crate::domain::{change::Refusal, fault::Fault};

/// Why the file can't be used, or a change not be made.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The change breaks a rule.
    #[error("{0}. Nothing was saved")]
    Refused(#[from] Refusal),
    /// The change would go over a limit.
    #[error("inch keeps at most {limit} {what}, and this would be more. Nothing was saved")]
    Limit {
        /// What there would be too much of.
        what: &'static str,
        /// How many there may be.
        limit: i64,
    },
    /// A change can't be taken back or made again, for something it touched was altered since.
    #[error(
        "{change} can't be {}: what it touched was altered since by {}. \
         Nothing was changed. Change it by hand instead",
        if *is_redo { "made again" } else { "taken back" },
        later.as_deref().unwrap_or("another program")
    )]
    Overtaken {
        /// What kind of change it is.
        change: &'static str,
        /// Whether it was to be made again.
        is_redo: bool,
        /// The later change and its moment; `None` when no journal row tells of one.
        later: Option<String>,
    },
    /// What is at the path can't be used.
    #[error("{} {problem}", path.display())]
    Unusable {
        /// The path that was asked for.
        path: PathBuf,
        /// Why not.
        problem: Problem,
    },
    /// There is no file, and none could be made.
    #[error(
        "{} could not be created: {}. Nothing was left behind. \
         Check the folder, or name another file with --db FILE",
        path.display(), plain(source)
    )]
    NotMade {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What is at the path could not even be looked at.
    #[error(
        "{} can't be opened: {}. It is as it was. \
         Check its permissions and those of its folder, or name another file with --db FILE",
        path.display(), plain(source)
    )]
    NotSeen {
        /// The path that was asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file was opened for reading only.
    #[error("{} {why}", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// Why it can't be written.
        why: ReadOnly,
    },
    /// Reading or writing failed.
    #[error("{}", failed(path, *doing, source))]
    Failed {
        /// The file.
        path: PathBuf,
        /// What was being done.
        doing: Doing,
        /// What `SQLite` said.
        source: rusqlite::Error,
    },
    /// The file can't be brought to this version's form.
    #[error(
        "{} could not be brought up to date: {detail}. It is as it was. \
         Go on with the older inch, and please report this",
        path.display()
    )]
    NotMigrated {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        detail: String,
    },
    /// A journal row can't be written as JSON.
    #[error(
        "the change can't be written into the journal of {}, and that is inch's own mistake: \
         {source}. Nothing was saved. Please report it",
        path.display()
    )]
    Journal {
        /// The file.
        path: PathBuf,
        /// Where it stopped.
        source: serde_json::Error,
    },
    /// inch was built with an `SQLite` that can damage a file.
    #[error(
        "this inch was built with SQLite {0}, which can damage a file that two programs write. \
         Nothing was opened. Use a build with SQLite 3.51.3 or newer"
    )]
    OldSqlite(&'static str),
}

/// What was being done when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// The first steps.
    Opening,
    /// Making a new file.
    Making,
    /// Looking at rows.
    Reading,
    /// Committing a change.
    Saving,
    /// Copying it before a migration.
    BackingUp,
    /// Bringing it to this version's form.
    Upgrading,
}

impl StoreError {
    /// Its kind, for the exit code.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Refused(Refusal::Missing(_)) => Fault::Missing,
            Self::Refused(_) | Self::Limit { .. } | Self::Overtaken { .. } => Fault::Data,
            Self::Unusable { problem, .. } => match problem {
                Problem::Network(_) | Problem::NoLog(_) => Fault::Config,
                Problem::DanglingLink => Fault::Missing,
                Problem::OlderAndReadOnly | Problem::LogOutOfReach => Fault::Permission,
                Problem::Moved => Fault::Io,
                _ => Fault::Data,
            },
            Self::NotMade { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    Fault::Permission
                }
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Fault::Io,
                _ => Fault::Create,
            },
            Self::NotSeen { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied => Fault::Permission,
                io::ErrorKind::NotADirectory => Fault::Create,
                _ => Fault::Io,
            },
            Self::ReadOnly { why, .. } => match why {
                ReadOnly::Protected => Fault::Permission,
                _ => Fault::Io,
            },
            Self::Failed { source, .. } => fault_of(source),
            Self::NotMigrated { .. } | Self::Journal { .. } | Self::OldSqlite(_) => Fault::Bug,
        }
    }
}

fn fault_of(error: &rusqlite::Error) -> Fault {
    match error {
        _ if missing_part(error).is_some() => Fault::Data,
        rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed => Fault::Busy,
            ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory => Fault::Io,
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                Fault::Permission
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::TooBig => Fault::Data,
            _ => Fault::Bug,
        },
        _ if is_odd(error) => Fault::Data,
        _ => Fault::Bug,
    }
}

/// Whether a row holds something that inch never wrote.
pub(super) fn is_odd(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
    )
}

/// What is missing, in `SQLite`'s words, when a table or a column is.
fn missing_part(error: &rusqlite::Error) -> Option<&str> {
    let (rusqlite::Error::SqlInputError { msg: text, .. }
    | rusqlite::Error::SqliteFailure(_, Some(text))) = error
    else {
        return None;
    };
    let is_missing = text.starts_with("no such table")
        || text.starts_with("no such column")
        || text.contains(" has no column named ");
    is_missing.then_some(text)
}

/// The error without the places in our queries that only we understand.
pub(super) fn in_words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::FromSqlConversionFailure(_, _, error) => error.to_string(),
        rusqlite::Error::InvalidColumnType(_, column, kind) => {
            format!("{column} is of another type than it should be ({kind})")
        }
        rusqlite::Error::IntegralValueOutOfRange(_, number) => {
            format!("the number {number} is out of range")
        }
        rusqlite::Error::Utf8Error(..) => "a text is not UTF-8".to_owned(),
        other => other.to_string(),
    }
}

/// Whether all was written and only the sync failed: the next to open the file may find it whole.
fn is_uncertain(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_IOERR_FSYNC)
}

/// What the system said, without the error number that Rust adds.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.to_lowercase()
}

fn failed(path: &Path, doing: Doing, source: &rusqlite::Error) -> String {
    let path = path.display();
    let is_full = source.sqlite_error_code() == Some(ErrorCode::DiskFull);
    let state = match doing {
        Doing::Opening | Doing::Reading => "Nothing was changed",
        Doing::Making => "Nothing was left behind",
        Doing::Saving if is_uncertain(source) => {
            "Whether this change is on the disk is not certain, so look before trying again; all that \
             was saved before is as it was"
        }
        Doing::Saving => "Nothing was saved; all that was saved before is as it was",
        Doing::BackingUp => "No backup was made, so the file was left as it was",
        Doing::Upgrading => "It is whole, and a backup of it is in the folder backups beside it",
    };
    let verb = match doing {
        Doing::Opening => "opened",
        Doing::Making => "created",
        Doing::Reading => "read",
        Doing::Saving => "written",
        Doing::BackingUp => "backed up",
        Doing::Upgrading => "brought up to date",
    };
    match fault_of(source) {
        Fault::Busy => {
            format!("{path} is being written by another program. {state}; it may work in a moment")
        }
        Fault::Io if is_full => {
            format!("the disk that holds {path} is full. {state}. Free some space and try again")
        }
        Fault::Permission => format!(
            "{path} could not be {verb}: {source}. {state}. \
             Check its permissions and those of its folder, and its disk"
        ),
        Fault::Data => {
            let why = match missing_part(source) {
                Some(part) => format!("another program took something out of it ({part})"),
                None => {
                    format!("it is damaged or was altered by another program: {}", in_words(source))
                }
            };
            format!(
                "{path} could not be {verb}, for {why}. {state}. \
                 Keep a copy of it and of its -wal file, and bring back a backup"
            )
        }
        Fault::Bug => {
            format!(
                "{path} could not be {verb}, and that is inch's own mistake: {source}. {state}. Please report it"
            )
        }
        _ if doing == Doing::Saving && is_uncertain(source) => {
            format!("{path} could not be {verb}: {source}. {state}. Check its disk")
        }
        _ => format!("{path} could not be {verb}: {source}. {state}. Check its disk and try again"),
    }
}

/// An error inside of one operation, before path and purpose are added.
#[derive(Debug)]
pub(super) enum Cause {
    Sql(rusqlite::Error),
    Json(serde_json::Error),
    Migration(String),
    Store(StoreError),
}

impl Cause {
    /// Adds what was being done to which file.
    pub(super) fn at(self, path: &Path, doing: Doing) -> StoreError {
        let path = path.to_owned();
        match self {
            Self::Sql(source) => StoreError::Failed { path, doing, source },
            Self::Json(source) => StoreError::Journal { path, source },
            Self::Migration(detail) => StoreError::NotMigrated { path, detail },
            Self::Store(error) => error,
        }
    }
}

impl From<rusqlite::Error> for Cause {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<serde_json::Error> for Cause {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl From<StoreError> for Cause {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The error for a turn that did not come in time: the same as when `SQLite` waited in vain.
pub(super) fn busy(path: &Path, doing: Doing) -> StoreError {
    let source = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
    Cause::Sql(rusqlite::Error::SqliteFailure(source, None)).at(path, doing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sqlite(code: i32) -> StoreError {
        StoreError::Failed {
            path: "/data/inch.db".into(),
            doing: Doing::Saving,
            source: rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None),
        }
    }

    #[test]
    fn every_failure_says_what_where_the_state_and_what_next() {
        for (code, fault, what) in [
            (rusqlite::ffi::SQLITE_BUSY, Fault::Busy, "another program"),
            (rusqlite::ffi::SQLITE_FULL, Fault::Io, "is full"),
            (rusqlite::ffi::SQLITE_IOERR, Fault::Io, "Check its disk"),
            (rusqlite::ffi::SQLITE_READONLY, Fault::Permission, "permissions"),
            (rusqlite::ffi::SQLITE_CANTOPEN, Fault::Permission, "permissions"),
            (rusqlite::ffi::SQLITE_CORRUPT, Fault::Data, "bring back a backup"),
            (rusqlite::ffi::SQLITE_NOTADB, Fault::Data, "and of its -wal file"),
            (rusqlite::ffi::SQLITE_CONSTRAINT, Fault::Bug, "report"),
        ] {
            let error = sqlite(code);
            let text = error.to_string();
            assert_eq!(error.fault(), fault, "{text}");
            assert!(text.contains("/data/inch.db"), "{text}");
            assert!(text.contains("Nothing was saved"), "{text}");
            assert!(text.contains(what), "{text}");
            assert!(!text.contains('!') && !text.contains("doctor"), "{text}");
        }
    }

    #[test]
    fn a_sync_that_failed_leaves_open_whether_it_was_saved() {
        let error = sqlite(rusqlite::ffi::SQLITE_IOERR_FSYNC);
        let text = error.to_string();
        assert_eq!(error.fault(), Fault::Io);
        assert!(text.contains("is not certain, so look before trying again"), "{text}");
        assert!(!text.contains("Nothing was saved") && !text.contains("and try again"), "{text}");
        assert!(
            sqlite(rusqlite::ffi::SQLITE_IOERR_WRITE).to_string().contains("Nothing was saved")
        );
    }
}
