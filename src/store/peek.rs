//! Reading a file without altering anything: no log is emptied, no file is made beside it.
//!
//! Owns which way of reading leaves no trace. Must not know what is read.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, config::DbConfig};
use tempfile::TempDir;

use super::{
    error::{Cause, Doing, StoreError, is_too_long},
    migrate,
    open::{self, Access},
    place::{self, Place},
    problem::Problem,
    still::Still,
    whole,
};
use crate::domain::{day::Rules, fault::Fault, workspace::Workspace};

/// A file that is open to be read. Fields are dropped in order: the connection first.
#[derive(Debug)]
pub(super) struct Peek {
    pub(super) sql: Connection,
    pub(super) place: Place,
    /// The file's schema.
    pub(super) schema: i32,
    /// A copy that is read in its stead.
    _stead: Option<TempDir>,
}

/// Opens a file that must be there by `SQLite`'s own locks, so that each transaction is one moment of
/// it whoever writes. While it is open, that shows beside the file.
pub(super) fn open(asked: &Path, patience: Duration) -> Result<Peek, StoreError> {
    let (asked, place) = find(asked)?;
    let (sql, _) = open::connect(&asked, &place.path, patience)?;
    let peek = Peek::new(&asked, place, sql, None)?;
    // It is ours, and so is its log: the last to close takes that away.
    peek.sql
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map_err(|error| Cause::from(error).at(&asked, Doing::Opening))?;
    Ok(peek)
}

/// Reads a file that must be there, and alters nothing. `body` is called again when somebody wrote
/// meanwhile and no lock kept the first look one moment.
pub(super) fn look<T>(
    asked: &Path,
    patience: Duration,
    mut body: impl FnMut(&Peek) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let (asked, place) = find(asked)?;
    let failed = |cause| match cause {
        Cause::Store(error) => error,
        cause => cause.at(&asked, Doing::Opening),
    };
    if let Some(still) = Still::hold(&place) {
        let peek = open::attempt(&place.path, Access::Alone, patience)
            .map_err(failed)
            .and_then(|(sql, _)| Peek::new(&asked, place, sql, None));
        // Asked while the file is open: closing it gives the lock up.
        match peek {
            Ok(peek) => {
                let found = body(&peek);
                if still.is_so() {
                    return found;
                }
            }
            Err(error) if still.is_so() => return Err(error),
            Err(_) => {}
        }
        let (_, place) = find(&asked)?;
        return body(&beside(&asked, place, patience).map_err(failed)?);
    }
    body(&beside(&asked, place, patience).map_err(failed)?)
}

/// Definitions as they are in a file that must be there, without anybody's days. Nobody who writes is
/// waited for.
pub fn definitions(asked: &Path) -> Result<Workspace, StoreError> {
    look(asked, Duration::ZERO, |peek| {
        whole::workspace(&peek.sql, Rules::default())
            .map_err(|cause| cause.at(asked, Doing::Reading))
    })
}

/// Whether an older inch wrote a file, so that to open it is to bring it up to date.
pub fn is_older(asked: &Path, patience: Duration) -> bool {
    look(asked, patience, |peek| Ok(peek.is_older())).unwrap_or(false)
}

fn find(asked: &Path) -> Result<(PathBuf, Place), StoreError> {
    let asked = std::path::absolute(asked)
        .map_err(|source| StoreError::NotSeen { path: asked.to_owned(), source })?;
    let place = place::look_only(&asked)?;
    let place = place.ok_or_else(|| StoreError::NotThere { path: asked.clone() })?;
    Ok((asked, place))
}

impl Peek {
    /// Checks whose file it is.
    fn new(
        asked: &Path,
        place: Place,
        sql: Connection,
        stead: Option<TempDir>,
    ) -> Result<Self, StoreError> {
        let numbers = open::numbers(&sql);
        let (application, schema) =
            numbers.map_err(|error| Cause::from(error).at(asked, Doing::Opening))?;
        place::check_numbers(application, schema)
            .map_err(|problem| StoreError::Unusable { path: asked.to_owned(), problem })?;
        Ok(Self { sql, place, schema, _stead: stead })
    }

    /// Whether it was written by an older inch.
    pub(super) fn is_older(&self) -> bool {
        self.schema < migrate::NEWEST
    }
}

/// Opens a file beside others who may have it open, or may have left it in the middle.
fn beside(asked: &Path, place: Place, patience: Duration) -> Result<Peek, Cause> {
    let path = &place.path;
    let length = |suffix| fs::metadata(place::beside(path, suffix)).ok().map(|found| found.len());
    let read = |path: &Path, access| open::attempt(path, access, patience).map(|(sql, _)| sql);
    let log = length("-wal").unwrap_or(0);
    let is_alone = log == 0 && length("-journal").is_none_or(|length| length == 0);
    // A log without its index, as a copy of both has it: reading here would make one. Whoever has the
    // file open has an index, so that it is at rest, and its copy can be read in its stead.
    let is_left = log > 0 && length("-shm").is_none();
    let stead = if is_left { copied(&place, |_| ())? } else { None };
    let (sql, stead) = match stead {
        Some((stead, copy)) => (read(&copy, Access::Read)?, Some(stead)),
        // Somebody may be writing, so that only SQLite's own locks make it safe.
        None => match read(path, Access::Read) {
            Err(_) if is_alone => (read(path, Access::Alone)?, None),
            sql => (sql?, None),
        },
    };
    Peek::new(asked, place, sql, stead).map_err(Cause::Store)
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
    let no_copy = |source| {
        let (path, folder) = (path.clone(), std::env::temp_dir());
        Cause::Store(StoreError::NotSetAside { path, folder, source })
    };
    let before = state();
    let stead = tempfile::tempdir().map_err(no_copy)?;
    let copy = stead.path().join("copy.db");
    for suffix in ["", "-wal"] {
        let mut from = File::open(place::beside(path, suffix)).map_err(unseen)?;
        let mut to = File::create(place::beside(&copy, suffix)).map_err(no_copy)?;
        io::copy(&mut from, &mut to).map_err(|error| match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => no_copy(error),
            _ => unseen(error),
        })?;
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
        StoreError::Failed { source, .. } => error.fault() == Fault::Data && !is_too_long(source),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{create, still::tests::somebody_writes};

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
    fn a_look_that_somebody_wrote_into_is_taken_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        create::create(&path, PATIENCE).unwrap();
        let mut seen = Vec::new();
        let goal = "SELECT (SELECT value FROM meta WHERE key = 'goal')";
        look(&path, PATIENCE, |peek| {
            if seen.is_empty() {
                somebody_writes(&path);
            }
            let told: Option<String> = peek.sql.query_one(goal, [], |row| row.get(0)).unwrap();
            seen.push(told);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, [None, Some("written".to_owned())]);
    }

    #[test]
    fn what_is_opened_is_locked_against_being_altered_under_a_reader() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        create::create(&path, PATIENCE).unwrap();
        let peek = open(&path, PATIENCE).unwrap();
        assert!(place::beside(&path, "-shm").exists());
        let moment = peek.sql.unchecked_transaction().unwrap();
        let count = "SELECT count(*) FROM meta";
        let rows = |sql: &Connection| sql.query_one(count, [], |row| row.get::<_, i64>(0)).unwrap();
        let before = rows(&moment);
        somebody_writes(&path);
        assert_eq!(rows(&moment), before);
        moment.finish().unwrap();
        assert_eq!(rows(&peek.sql), before + 1);
        drop(peek);
        assert!(!place::beside(&path, "-wal").exists(), "it clears up");
    }

    #[test]
    fn a_log_without_its_index_is_read_in_a_copy() {
        let (_folder, path) = left();
        look(&path, PATIENCE, |peek| {
            assert!(is_copy(peek));
            assert_eq!(told(&peek.sql), "the log");
            Ok(())
        })
        .unwrap();
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
        look(&path, PATIENCE, |peek| {
            assert!(!is_copy(peek));
            assert_eq!(told(&peek.sql), "the log");
            Ok(())
        })
        .unwrap();
    }
}
