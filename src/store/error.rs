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
        /// What SQLite said.
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
    /// A journal row can't be read or written as JSON.
    #[error(
        "the journal of {} has a row that can't be read: {source}. \
         Nothing was changed. Run inch doctor",
        path.display()
    )]
    Journal {
        /// The file.
        path: PathBuf,
        /// Where it stopped.
        source: serde_json::Error,
    },
    /// inch was built with an SQLite that can damage a file.
    #[error(
        "this inch was built with SQLite {0}, which can damage a file that two programs write. \
         Nothing was opened. Use a build with SQLite 3.51.3 or newer"
    )]
    OldSqlite(&'static str),
}

/// Why what is at a path can't be used. Nothing of it was touched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// A folder.
    #[error("is a folder. It is as it was. Name a file in it, as in --db {}", .0.display())]
    Folder(PathBuf),
    /// A pipe, a socket or a device.
    #[error("is {0}, not a file. It was not touched. Name a file with --db FILE")]
    Special(&'static str),
    /// A symbolic link to nothing.
    #[error(
        "is a link to a file that is not there. Nothing was created. \
         Mend the link, or name another file with --db FILE"
    )]
    DanglingLink,
    /// A file with several names: two SQLite journals for one file lose data.
    #[error(
        "has {0} names (hard links), and using it under two of them would lose data. \
         It is as it was. Remove the other names, or use a copy of it"
    )]
    HardLinked(u64),
    /// Nothing in it.
    #[error(
        "is empty, so it is not inch's data. It is as it was. \
         If nothing should be in it, remove it and start inch again; else bring back a backup"
    )]
    Empty,
    /// Not a database at all.
    #[error(
        "is not a file of inch: it has another format. It is as it was. \
         Name another file with --db FILE"
    )]
    OtherFormat,
    /// A database of something else.
    #[error(
        "is a database of another program (application id {0:#010x}). It is as it was. \
         Name another file with --db FILE"
    )]
    OtherProgram(i32),
    /// Written by a newer inch.
    #[error(
        "was written by a newer inch (schema {found}, this one knows {known}). It is as it was. \
         Use the newer inch, or name another file with --db FILE"
    )]
    Newer {
        /// The file's schema.
        found: i32,
        /// The newest that this program knows.
        known: i32,
    },
    /// Written by an older inch, and it can't be altered.
    #[error(
        "was written by an older inch and can't be brought up to date, for it can't be written. \
         It is as it was. Make it writable, or open a copy with --db FILE"
    )]
    OlderAndReadOnly,
    /// On a network file system.
    #[error(
        "is on a network file system ({0}), where two programs can't safely share a database \
         (its write-ahead log needs shared memory). It was not touched. \
         Name a file on a local disk with --db FILE"
    )]
    Network(String),
    /// The write-ahead log can't be switched on.
    #[error(
        "can't have a write-ahead log where it is (SQLite kept '{0}'). It is as it was. \
         Name a file on a local disk with --db FILE"
    )]
    NoLog(String),
    /// It can't be written, and part of it is in a log that can't be read without writing.
    #[error(
        "can't be read where it is: its newest changes are in the log beside it, and reading them \
         needs a folder that can be written. It is as it was. \
         Copy the file and those named like it to such a folder, and open that with --db FILE"
    )]
    LogOutOfReach,
    /// It was there a moment ago.
    #[error(
        "was moved, replaced or deleted while it was being opened. Nothing was changed. \
         Start inch again"
    )]
    Moved,
}

/// Why the store takes no changes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadOnly {
    /// The file or its folder may not be written.
    #[error(
        "can only be read: it or its folder is write-protected. Nothing was saved. \
         Allow writing to both, and start inch again"
    )]
    Protected,
    /// No room for what writing needs.
    #[error(
        "can only be read: there was no room on its disk when it was opened. Nothing was saved. \
         Free some space, and start inch again"
    )]
    NoRoom,
    /// The path leads nowhere any more.
    #[error(
        "was deleted or moved away while inch was using it. Nothing was saved, and this inch only \
         reads from now on. Put the file back, or bring back a backup, and start inch again"
    )]
    Deleted,
    /// The path leads to another file.
    #[error(
        "is not the file any more that inch opened: another one took its place. Nothing was saved, \
         and this inch only reads from now on. Start inch again to use the new file"
    )]
    Replaced,
    /// The log was taken away.
    #[error(
        "lost its log, the file named like it with -wal, while inch was using it. Nothing was saved, \
         and this inch only reads from now on. Put the log back if you can, and start inch again"
    )]
    LogGone,
    /// The file went away in the very moment of saving.
    #[error(
        "was deleted, moved or replaced while a change was being saved. The change is in the old \
         file only, and this inch only reads from now on. \
         Put that file back if you can, and start inch again"
    )]
    LostWhileSaving,
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
}

impl StoreError {
    /// Its kind, for the exit code.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Refused(Refusal::Missing(_)) => Fault::Missing,
            Self::Refused(_) | Self::Limit { .. } | Self::Overtaken { .. } => Fault::Data,
            Self::Journal { .. } => Fault::Data,
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
            Self::NotMigrated { .. } | Self::OldSqlite(_) => Fault::Bug,
        }
    }
}

fn fault_of(error: &rusqlite::Error) -> Fault {
    match error {
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
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::Utf8Error(..) => Fault::Data,
        _ => Fault::Bug,
    }
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
        Doing::Saving => "Nothing was saved; all that was saved before is as it was",
        Doing::BackingUp => "No backup was made, so the file was left as it was",
    };
    let verb = match doing {
        Doing::Opening => "opened",
        Doing::Making => "created",
        Doing::Reading => "read",
        Doing::Saving => "written",
        Doing::BackingUp => "backed up",
    };
    match fault_of(source) {
        Fault::Busy => {
            format!("{path} is being written by another program. {state}. Try again in a moment")
        }
        Fault::Io if is_full => {
            format!("the disk that holds {path} is full. {state}. Free some space and try again")
        }
        Fault::Permission => format!(
            "{path} could not be {verb}: {source}. {state}. \
             Check its permissions and those of its folder"
        ),
        Fault::Data => format!(
            "{path} could not be {verb}, for it is damaged or was altered by another program: \
             {source}. {state}. Keep a copy of it, then run inch doctor"
        ),
        Fault::Bug => {
            format!(
                "{path} could not be {verb}, and that is inch's own mistake: {source}. {state}. Please report it"
            )
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
            Self::Sql(source) => StoreError::Failed {
                path,
                doing,
                source,
            },
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
            (
                rusqlite::ffi::SQLITE_READONLY,
                Fault::Permission,
                "permissions",
            ),
            (
                rusqlite::ffi::SQLITE_CANTOPEN,
                Fault::Permission,
                "permissions",
            ),
            (rusqlite::ffi::SQLITE_CORRUPT, Fault::Data, "doctor"),
            (rusqlite::ffi::SQLITE_NOTADB, Fault::Data, "doctor"),
            (rusqlite::ffi::SQLITE_CONSTRAINT, Fault::Bug, "report"),
        ] {
            let error = sqlite(code);
            let text = error.to_string();
            assert_eq!(error.fault(), fault, "{text}");
            assert!(text.contains("/data/inch.db"), "{text}");
            assert!(text.contains("Nothing was saved"), "{text}");
            assert!(text.contains(what), "{text}");
            assert!(!text.contains('!'), "{text}");
        }
    }
}
