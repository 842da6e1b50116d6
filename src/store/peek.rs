//! Reading a file without altering anything: no log is emptied, no file is made beside it.
//!
//! Owns which way of reading leaves no trace. Must not know what is read.

use std::{fs, path::Path, time::Duration};

use rusqlite::Connection;
use tempfile::TempDir;

use super::{
    error::{Cause, Doing, StoreError},
    migrate,
    open::{self, Access},
    place::{self, Place},
    problem::Problem,
    whole,
};
use crate::domain::{day::Rules, workspace::Workspace};

/// A file that is open for a look. Fields are dropped in order: the connection first.
#[derive(Debug)]
pub(super) struct Peek {
    pub(super) sql: Connection,
    pub(super) place: Place,
    /// The file's schema.
    pub(super) schema: i32,
    /// A copy that is read in its stead.
    _stead: Option<TempDir>,
}

/// Opens a file that must be there.
pub(super) fn open(asked: &Path, patience: Duration) -> Result<Peek, StoreError> {
    let asked = &std::path::absolute(asked)
        .map_err(|source| StoreError::NotSeen { path: asked.to_owned(), source })?;
    let gone = || StoreError::NotThere { path: asked.clone() };
    let place = place::look_only(asked)?.ok_or_else(gone)?;
    let (sql, stead) = connect(&place.path, patience).map_err(|cause| match cause {
        Cause::Store(error) => error,
        cause => cause.at(asked, Doing::Opening),
    })?;
    let numbers = open::numbers(&sql).map_err(|error| Cause::from(error).at(asked, Doing::Opening));
    let (application, schema) = numbers?;
    place::check_numbers(application, schema)
        .map_err(|problem| StoreError::Unusable { path: asked.clone(), problem })?;
    Ok(Peek { sql, place, schema, _stead: stead })
}

/// Definitions as they are in a file that must be there, without anybody's days. Nobody who writes is
/// waited for.
pub fn glance(asked: &Path) -> Result<Workspace, StoreError> {
    let peek = open(asked, Duration::ZERO)?;
    whole::workspace(&peek.sql, Rules::default()).map_err(|cause| cause.at(asked, Doing::Reading))
}

impl Peek {
    /// Whether it was written by an older inch.
    pub(super) fn is_older(&self) -> bool {
        self.schema < migrate::NEWEST
    }
}

fn connect(path: &Path, patience: Duration) -> Result<(Connection, Option<TempDir>), Cause> {
    let length = |suffix| fs::metadata(place::beside(path, suffix)).ok().map(|found| found.len());
    let read = |path: &Path, access| open::attempt(path, access, patience).map(|(sql, _)| sql);
    let log = length("-wal").unwrap_or(0);
    if length("-journal").is_some_and(|length| length > 0) {
        // Another program was killed while it wrote in a way that inch never does.
        return read(path, Access::Read).map(|sql| (sql, None));
    }
    if length("-shm").is_some() {
        // Somebody may be writing, so that only SQLite's own locks make it safe.
        return match read(path, Access::Read) {
            Ok(sql) => Ok((sql, None)),
            Err(_) if log == 0 => read(path, Access::Alone).map(|sql| (sql, None)),
            Err(cause) => Err(cause),
        };
    }
    if log == 0 {
        return read(path, Access::Alone).map(|sql| (sql, None));
    }
    // A log without its index: reading would make one. Nobody has the file open, for there would be
    // an index, and no connection of ours, so that a plain copy is safe.
    let unseen = |source| Cause::Store(StoreError::NotSeen { path: path.to_owned(), source });
    let stead = tempfile::tempdir().map_err(unseen)?;
    let copy = stead.path().join("copy.db");
    for suffix in ["", "-wal"] {
        fs::copy(place::beside(path, suffix), place::beside(&copy, suffix)).map_err(unseen)?;
    }
    read(&copy, Access::Read).map(|sql| (sql, Some(stead)))
}

/// Whether nobody would mind if this were moved aside: it was to be inch's, and can't be read.
pub(super) fn is_beyond_reading(error: &StoreError) -> bool {
    match error {
        StoreError::Unusable { problem, .. } => {
            matches!(problem, Problem::Empty | Problem::OtherFormat)
        }
        StoreError::Damaged { .. } | StoreError::NotCopied { .. } => true,
        StoreError::Failed { .. } => error.fault() == crate::domain::fault::Fault::Data,
        _ => false,
    }
}
