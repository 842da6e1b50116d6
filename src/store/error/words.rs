//! What `SQLite` and the system say, in words for people.
//!
//! Owns the kinds of their errors and the sentences about them. Must not know what was asked for.

use std::{io, path::Path};

use rusqlite::ErrorCode;

use crate::{domain::fault::Fault, store::place};

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
    /// Copying it.
    BackingUp,
    /// Writing the copy; the path is the copy's.
    Copying,
    /// Putting a copy in its place.
    Restoring,
    /// Bringing it to this version's form.
    Upgrading,
}

pub(super) fn fault_of(error: &rusqlite::Error) -> Fault {
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
pub(in crate::store) fn is_odd(error: &rusqlite::Error) -> bool {
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
pub(in crate::store) fn in_words(error: &rusqlite::Error) -> String {
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

/// What the system said, without the error number that Rust adds.
pub(super) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.to_lowercase()
}

/// What to do where the system did not allow it, if that is for the person to do; else `otherwise`.
pub(super) fn permit(path: &Path, error: &io::Error, otherwise: &str) -> String {
    let is_denied = error.kind() == io::ErrorKind::PermissionDenied;
    allow(is_denied.then(|| place::permit(path)).flatten(), otherwise)
}

fn allow(command: Option<String>, otherwise: &str) -> String {
    command.map_or_else(|| otherwise.to_owned(), |command| format!("Allow it with `{command}`"))
}

pub(super) fn way_back(newest: Option<&Path>) -> String {
    match newest {
        Some(newest) => {
            format!("`inch restore` brings back {} and keeps the damaged file", newest.display())
        }
        None => "there is no good backup, so keep a copy of the file and of its -wal".to_owned(),
    }
}

pub(super) fn failed(asked: &Path, doing: Doing, source: &rusqlite::Error) -> String {
    let path = asked.display();
    let is_full = source.sqlite_error_code() == Some(ErrorCode::DiskFull);
    let state = match doing {
        Doing::Opening | Doing::Reading => "Nothing was changed",
        Doing::Making => "Nothing was left behind",
        Doing::Saving => "Nothing was saved; all that was saved before is as it was",
        Doing::BackingUp => "No backup was made, and the file was left as it was",
        Doing::Copying => "No backup was made, and your data is as it was",
        Doing::Restoring => "Nothing was restored, and your data is as it was",
        Doing::Upgrading => "It is whole, and a backup of it is in the folder backups beside it",
    };
    let verb = match doing {
        Doing::Opening => "opened",
        Doing::Making => "created",
        Doing::Reading => "read",
        Doing::Saving | Doing::Copying => "written",
        Doing::BackingUp => "backed up",
        Doing::Restoring => "restored",
        Doing::Upgrading => "brought up to date",
    };
    if doing == Doing::Saving && is_unconfirmed(source) {
        return format!(
            "{path}: the disk did not confirm that the change was written. It may be saved or not; \
             all that was saved before is as it was. Check the disk, and look with `inch log` \
             before you try again"
        );
    }
    if is_too_long(source) {
        return format!(
            "{path} could not be {verb}, for one row of it would be longer than a row can be. \
             {state}. Do it in smaller parts"
        );
    }
    match fault_of(source) {
        Fault::Busy => {
            format!("{path} is being written by another program. {state}; it may work in a moment")
        }
        Fault::Io if is_full => {
            format!("the disk that holds {path} is full. {state}. Free some space and try again")
        }
        Fault::Permission => format!(
            "{path} could not be {verb}: {source}. {state}. {}",
            allow(
                place::permit(asked),
                "Check its permissions and those of its folder, and its disk"
            )
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
                 `inch doctor` tells more; `inch restore` brings back the newest good backup, if there is one, and keeps this file"
            )
        }
        Fault::Bug => {
            format!(
                "{path} could not be {verb}, and that is inch's own mistake: {source}. {state}. Please report it"
            )
        }
        _ => format!("{path} could not be {verb}: {source}. {state}. Check its disk and try again"),
    }
}

/// Whether it is too much at once, and nothing is wrong with the file.
pub(in crate::store) fn is_too_long(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::TooBig)
}

/// Whether a sync failed: what was written may have reached the disk or not.
fn is_unconfirmed(error: &rusqlite::Error) -> bool {
    error
        .sqlite_error()
        .is_some_and(|failure| failure.extended_code == rusqlite::ffi::SQLITE_IOERR_FSYNC)
}
