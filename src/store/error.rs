//! Why the file can't be used, or a change not be made, in words for people.
//!
//! Owns every message of the store: what, where, the state of the data, what to do next. Must not
//! know how it is shown.

mod cause;
mod words;

use std::{io, path::PathBuf};

use thiserror::Error;

pub(super) use self::cause::{Cause, busy};
pub use self::words::Doing;
use self::words::{failed, fault_of, permit, plain, way_back};
pub(super) use self::words::{in_words, is_odd, is_too_long};
use super::{
    backup::is_damage,
    problem::{Problem, ReadOnly},
};
use crate::domain::{change::Refusal, fault::Fault, text::grouped};

/// Why the file can't be used, or a change not be made.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The change breaks a rule.
    #[error("{0}. Nothing was saved")]
    Refused(#[from] Refusal),
    /// The change would go over a limit.
    #[error(
        "inch keeps at most {} {what}, and this would be more. Nothing was saved. \
         Delete some first",
        grouped(limit.unsigned_abs())
    )]
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
         {}, or name another file with --db FILE",
        path.display(), plain(source), permit(path, source, "Check the folder")
    )]
    NotMade {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A backup could not be written where it belongs.
    #[error(
        "no backup could be made at {}: {}. Your data is as it was. {}",
        path.display(), plain(source),
        permit(path, source, "Check that folder, and the room on its disk")
    )]
    NoBackup {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What is to be restored could not be put in its place.
    #[error(
        "{} could not be written: {}. Nothing was restored, and your data is as it was. {}",
        path.display(), plain(source),
        permit(path, source, "Check that folder, and the room on its disk")
    )]
    NotRestored {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is where it belongs, and only its folder could not be synced.
    #[error(
        "{} was written whole, but the disk did not confirm it: {}. {state}. \
         Check the disk before you rely on it",
        path.display(), plain(source)
    )]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// The state of the data, as a sentence.
        state: String,
        /// What the system said.
        source: io::Error,
    },
    /// A restore stopped after it had begun to put aside what is there.
    #[error(
        "{} could not be restored: {}. What was there is kept as {} and by names that begin so. \
         Run `inch restore` again once that is mended",
        path.display(), plain(source), kept.display()
    )]
    HalfRestored {
        /// The file.
        path: PathBuf,
        /// What was there before.
        kept: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What is at the path could not even be looked at.
    #[error(
        "{} can't be opened: {}. It is as it was. {}, or name another file with --db FILE",
        path.display(), plain(source),
        permit(path, source, "Check its permissions and those of its folder")
    )]
    NotSeen {
        /// The path that was asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that is to be read in a copy could not be copied.
    #[error(
        "{} can only be read in a copy, and none could be made in {}: {}. It is as it was. \
         Free some space there, or name another folder with the variable TMPDIR",
        path.display(), folder.display(), plain(source)
    )]
    NotSetAside {
        /// The file.
        path: PathBuf,
        /// Where copies are made that nobody keeps.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is nothing at the path.
    #[error("{} is not there. Nothing was changed. Name the file that you mean", path.display())]
    NotThere {
        /// The path that was asked for.
        path: PathBuf,
    },
    /// It was looked at, and is not whole.
    #[error(
        "{} is damaged: {detail}. Nothing was changed, and every backup is kept. \
         `inch doctor` tells more; {}",
        path.display(), way_back(newest.as_deref())
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What `SQLite` found.
        detail: String,
        /// The newest backup that is whole.
        newest: Option<PathBuf>,
    },
    /// A copy of the file did not pass its checks.
    #[error(
        "{} could not be backed up: {detail}. No backup was made, and the file was left as it was. \
         `inch doctor` tells more",
        path.display()
    )]
    NotCopied {
        /// The file.
        path: PathBuf,
        /// Which check.
        detail: String,
    },
    /// A file that was to be restored can't be.
    #[error(
        "{} {why}. Nothing was restored, and your data is as it was. \
         Name another backup; `inch doctor` lists them",
        path.display()
    )]
    BadCopy {
        /// The file that was named.
        path: PathBuf,
        /// Why not.
        why: String,
        /// Of what kind that is.
        fault: Fault,
    },
    /// The file that was to be restored is the data file.
    #[error(
        "{} is the data file itself. Nothing was changed. Name a backup of it",
        path.display()
    )]
    Itself {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else has the file open that another one is to take the place of.
    #[error(
        "{} is open in another inch or another program. Nothing was changed. \
         Close it there (q in inch), and try again",
        path.display()
    )]
    InUse {
        /// The file.
        path: PathBuf,
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

impl StoreError {
    /// What is the matter, to follow the name of the file or "it": neither the state of the data nor
    /// what to do about it.
    pub fn fact(&self) -> String {
        match self {
            Self::Unusable { problem, .. } => problem.fact(),
            Self::Damaged { detail, .. } => format!("is damaged: {detail}"),
            Self::NotSeen { source, .. } => format!("can't be opened: {}", plain(source)),
            Self::Failed { source, .. } if is_damage(source) => {
                format!("is damaged: {}", in_words(source))
            }
            Self::Failed { source, .. } => format!("can't be read: {}", in_words(source)),
            other => format!("can't be used: {other}"),
        }
    }

    /// The same where it was a step of a restore that could not be taken.
    pub(super) fn of_restore(self) -> Self {
        match self {
            Self::NotMade { path, source } | Self::NoBackup { path, source } => {
                Self::NotRestored { path, source }
            }
            Self::Failed { path, doing: Doing::Making | Doing::Copying, source } => {
                Self::Failed { path, doing: Doing::Restoring, source }
            }
            other => other,
        }
    }

    /// Its kind, for the exit code.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Refused(Refusal::Missing(_)) | Self::NotThere { .. } => Fault::Missing,
            Self::Refused(Refusal::Outdated) | Self::InUse { .. } => Fault::Busy,
            Self::Refused(_)
            | Self::Limit { .. }
            | Self::Overtaken { .. }
            | Self::Damaged { .. }
            | Self::NotCopied { .. } => Fault::Data,
            Self::BadCopy { fault, .. } => *fault,
            Self::Unusable { problem, .. } => match problem {
                Problem::Network(_) | Problem::NoLog(_) => Fault::Config,
                Problem::DanglingLink | Problem::Lost(_) | Problem::BackupsOutOfSight => {
                    Fault::Missing
                }
                Problem::OlderAndReadOnly | Problem::LogOutOfReach => Fault::Permission,
                Problem::Moved => Fault::Io,
                _ => Fault::Data,
            },
            Self::Unconfirmed { .. } | Self::HalfRestored { .. } => Fault::Io,
            Self::NotMade { source, .. }
            | Self::NoBackup { source, .. }
            | Self::NotRestored { source, .. }
            | Self::NotSetAside { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    Fault::Permission
                }
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Fault::Io,
                _ if source.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => {
                    Fault::Io
                }
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
            Self::Itself { .. } => Fault::Usage,
            Self::NotMigrated { .. } | Self::Journal { .. } | Self::OldSqlite(_) => Fault::Bug,
        }
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
            (rusqlite::ffi::SQLITE_READONLY, Fault::Permission, "permissions"),
            (rusqlite::ffi::SQLITE_CANTOPEN, Fault::Permission, "permissions"),
            (rusqlite::ffi::SQLITE_CORRUPT, Fault::Data, "`inch restore` brings back"),
            (rusqlite::ffi::SQLITE_NOTADB, Fault::Data, "`inch doctor` tells more"),
            (rusqlite::ffi::SQLITE_TOOBIG, Fault::Data, "Do it in smaller parts"),
            (rusqlite::ffi::SQLITE_CONSTRAINT, Fault::Bug, "report"),
        ] {
            let error = sqlite(code);
            let text = error.to_string();
            assert_eq!(error.fault(), fault, "{text}");
            assert!(text.contains("/data/inch.db"), "{text}");
            assert!(text.contains("Nothing was saved"), "{text}");
            assert!(text.contains(what), "{text}");
            assert!(!text.contains('!'), "{text}");
            let is_damaged = text.contains("it is damaged");
            assert_eq!(is_damaged, text.contains("`inch restore`"), "{text}");
            assert_eq!(is_damaged, crate::store::peek::is_beyond_reading(&error), "{text}");
        }
    }
}
