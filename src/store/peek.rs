//! Reading a file without altering anything: no log is emptied, no file is made beside it.
//!
//! Owns which way of reading leaves no trace. Must not know what is read.

use std::{
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

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
    let (sql, stead) = connect(&place, patience).map_err(|cause| match cause {
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
pub fn definitions(asked: &Path) -> Result<Workspace, StoreError> {
    let peek = open(asked, Duration::ZERO)?;
    whole::workspace(&peek.sql, Rules::default()).map_err(|cause| cause.at(asked, Doing::Reading))
}

impl Peek {
    /// Whether it was written by an older inch.
    pub(super) fn is_older(&self) -> bool {
        self.schema < migrate::NEWEST
    }
}

fn connect(place: &Place, patience: Duration) -> Result<(Connection, Option<TempDir>), Cause> {
    let path = &place.path;
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
    // A log without its index, as a copy of both has it: reading here would make one. Whoever has the
    // file open has an index, so that it is at rest, and its copy can be read in its stead.
    match copied(place, |_| ())? {
        Some((stead, copy)) => read(&copy, Access::Read).map(|sql| (sql, Some(stead))),
        None => read(path, Access::Read).map(|sql| (sql, None)),
    }
}

/// A copy of file and log; none where one can't be trusted, for then a trace is the lesser evil.
///
/// Closing a file drops the locks on it of this process, which must have none therefore; those of
/// others stay. Whoever begins to write during the copy makes an index, or alters what was copied.
fn copied(
    place: &Place,
    meanwhile: impl FnOnce(&Path),
) -> Result<Option<(TempDir, PathBuf)>, Cause> {
    let path = &place.path;
    let unseen = |source| Cause::Store(StoreError::NotSeen { path: path.clone(), source });
    if place.is_shared() {
        return Ok(None);
    }
    let state = || {
        ["", "-wal", "-shm"].map(|suffix| {
            let found = fs::metadata(place::beside(path, suffix)).ok()?;
            let changed = (found.ctime(), found.ctime_nsec());
            Some((found.dev(), found.ino(), found.len(), changed))
        })
    };
    let before = state();
    let stead = tempfile::tempdir().map_err(unseen)?;
    let copy = stead.path().join("copy.db");
    for suffix in ["", "-wal"] {
        fs::copy(place::beside(path, suffix), place::beside(&copy, suffix)).map_err(unseen)?;
    }
    meanwhile(path);
    Ok((state() == before).then_some((stead, copy)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::create;

    const PATIENCE: Duration = Duration::from_millis(50);

    /// A file with a log and no index, as a copy of both has it.
    fn left() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        create::create(&path, PATIENCE).unwrap();
        let (sql, _) = super::open::attempt(&path, Access::Write, PATIENCE).unwrap();
        sql.execute_batch("INSERT INTO meta (key, value) VALUES ('in', 'the log')").unwrap();
        let bytes = ["", "-wal"].map(|suffix| fs::read(place::beside(&path, suffix)).unwrap());
        drop(sql);
        fs::remove_file(place::beside(&path, "-shm")).unwrap();
        fs::write(&path, &bytes[0]).unwrap();
        fs::write(place::beside(&path, "-wal"), &bytes[1]).unwrap();
        (folder, path)
    }

    fn told(sql: &Connection) -> String {
        sql.query_one("SELECT value FROM meta WHERE key = 'in'", [], |row| row.get(0)).unwrap()
    }

    fn is_copy(peek: &Peek) -> bool {
        peek.sql.path().is_some_and(|path| path.ends_with("copy.db"))
    }

    #[test]
    fn a_log_without_its_index_is_read_in_a_copy() {
        let (_folder, path) = left();
        let peek = open(&path, PATIENCE).unwrap();
        assert!(is_copy(&peek));
        assert_eq!(told(&peek.sql), "the log");
        assert!(!place::beside(&path, "-shm").exists());
    }

    #[test]
    fn what_somebody_writes_meanwhile_is_not_read_from_a_copy() {
        let (_folder, path) = left();
        let place = place::look_only(&path).unwrap().unwrap();
        let write = |sql: &str| {
            let sql = sql.to_owned();
            move |path: &Path| Connection::open(path).unwrap().execute_batch(&sql).unwrap()
        };
        assert!(copied(&place, |_| ()).unwrap().is_some());
        let update = "UPDATE meta SET value = 'newer' WHERE key = 'in'";
        assert!(copied(&place, write(update)).unwrap().is_none());
    }

    #[test]
    fn what_this_process_has_open_is_never_copied() {
        let (_folder, path) = left();
        let _place = place::look_only(&path).unwrap().unwrap();
        let (sql, _) = super::open::attempt(&path, Access::Write, PATIENCE).unwrap();
        sql.execute_batch("BEGIN IMMEDIATE; DELETE FROM meta WHERE key = 'in'").unwrap();
        // Somebody takes the index away, so that nothing shows who is there.
        fs::remove_file(place::beside(&path, "-shm")).unwrap();
        let peek = open(&path, PATIENCE).unwrap();
        assert!(!is_copy(&peek));
        assert_eq!(told(&peek.sql), "the log");
    }
}
