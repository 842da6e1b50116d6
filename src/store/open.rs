//! The opening sequence of a file (data.md, "Opening").
//!
//! Owns the order of its steps and the settings of a connection. Must not know the rows.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use super::{
    Options, Store, backup, create,
    error::{Cause, Doing, StoreError},
    migrate,
    place::{self, Place},
    problem::{Problem, ReadOnly},
    watch::Watch,
};

/// `SQLite` before this can damage a file in write-ahead mode under two writers.
const OLDEST_SQLITE: i32 = 3_051_003;

/// How many statements a connection keeps compiled; the store has about sixty.
const STATEMENTS: usize = 96;

/// What the log is cut back to once it has been emptied.
const LOG_BYTES: u32 = 4 * 1024 * 1024;

/// How a connection may use the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// As meant.
    Write,
    /// Reading, with the locks and the log of those who write.
    Read,
    /// Reading the one file alone, where nothing beside it can be made. Only while no log holds
    /// anything newer.
    Alone,
}

/// A file that went through the whole sequence. Fields are dropped in order: the connection first.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) sql: Connection,
    pub(super) watch: Watch,
    /// Why it takes no changes, if so.
    pub(super) read_only: Option<ReadOnly>,
    /// Keeps other openings in this process from dropping `SQLite`'s locks.
    pub(super) place: Place,
}

impl Store {
    /// A store that has read nothing yet.
    pub(super) fn of(opened: Opened, asked: PathBuf, options: Options) -> Self {
        Self {
            sql: opened.sql,
            watch: opened.watch,
            place: opened.place,
            asked,
            options,
            read_only: opened.read_only,
            seen: None,
            handed: BTreeMap::new(),
            owes_folds: false,
            has_new_rules: false,
        }
    }
}

/// Opens the file at an absolute path, or makes it when nothing is there.
///
/// Messages name the path as it was asked for; all else goes by the place it leads to.
pub(super) fn open(asked: &Path, options: Options) -> Result<Opened, StoreError> {
    refuse_old(rusqlite::version_number(), rusqlite::version())?;
    let unusable = |problem| StoreError::Unusable { path: asked.to_owned(), problem };
    let place = if let Some(place) = place::look(asked)? {
        place
    } else {
        refuse_lost(asked)?;
        create::create(asked, options.busy_timeout)?;
        place::look(asked)?.ok_or_else(|| unusable(Problem::Moved))?
    };
    let (mut sql, read_only) = connect(asked, &place.path, options.busy_timeout)?;
    let watch = Watch::new(asked, &place);
    if watch.broken().is_some() {
        return Err(unusable(Problem::Moved));
    }
    // The header was read before, but newer numbers may stand in the log.
    let failed = |error| Cause::from(error).at(asked, Doing::Opening);
    let (application, schema) = numbers(&sql).map_err(failed)?;
    place::check_numbers(application, schema).map_err(unusable)?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(failed)?;
    if schema < migrate::NEWEST {
        match read_only {
            Some(why @ ReadOnly::NoRoom) => {
                return Err(StoreError::ReadOnly { path: asked.to_owned(), why });
            }
            Some(_) => return Err(unusable(Problem::OlderAndReadOnly)),
            None => {}
        }
        let migrations = migrate::all().map_err(|cause| cause.at(asked, Doing::Opening))?;
        migrate::upgrade(&mut sql, &place.path, &migrations, options.busy_timeout)?;
    }
    Ok(Opened { sql, watch, read_only, place })
}

fn refuse_old(number: i32, name: &'static str) -> Result<(), StoreError> {
    if number < OLDEST_SQLITE { Err(StoreError::OldSqlite(name)) } else { Ok(()) }
}

/// Refuses to make a file where there was one: its log would be read into the new one, and a restore
/// would bring back the new one's backups before the old one's.
fn refuse_lost(asked: &Path) -> Result<(), StoreError> {
    let problem = if place::has_log(asked) {
        Problem::LogAlone
    } else if let Some(lost) = backup::lost(asked) {
        lost
    } else {
        return Ok(());
    };
    // Somebody may have made file and log since we looked.
    if fs::symlink_metadata(asked).is_ok() {
        return Ok(());
    }
    Err(StoreError::Unusable { path: asked.to_owned(), problem })
}

pub(super) fn numbers(sql: &Connection) -> rusqlite::Result<(i32, i32)> {
    let application = sql.query_one("PRAGMA application_id", [], |row| row.get(0))?;
    Ok((application, migrate::version(sql)?))
}

/// Connects with as much access as can be had.
pub(super) fn connect(
    asked: &Path,
    path: &Path,
    busy: Duration,
) -> Result<(Connection, Option<ReadOnly>), StoreError> {
    let log = fs::metadata(place::beside(path, "-wal")).map_or(0, |log| log.len());
    let may_write = [path, place::folder(path)]
        .into_iter()
        .all(|path| rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok())
        && may_write_beside(path);
    let mut first_failure = None;
    for access in ladder(may_write, log) {
        match attempt(path, access, busy) {
            Ok((sql, true)) => return Ok((sql, None)),
            Ok((sql, false)) => {
                // Where all may be written and it did not work, it is the disk.
                let is_disk = may_write || first_failure.as_ref().is_some_and(is_full);
                let why = if is_disk { ReadOnly::NoRoom } else { ReadOnly::Protected };
                return Ok((sql, Some(why)));
            }
            Err(Cause::Sql(error)) if is_about_access(&error) => {
                first_failure.get_or_insert(error);
            }
            Err(cause) => return Err(cause.at(asked, Doing::Opening)),
        }
    }
    match first_failure {
        Some(source) if may_write || log == 0 => Err(Cause::Sql(source).at(asked, Doing::Opening)),
        _ => Err(StoreError::Unusable { path: asked.to_owned(), problem: Problem::LogOutOfReach }),
    }
}

/// Whether the log and its index, where they are there, may be written. They come and go with those
/// who use the file.
fn may_write_beside(path: &Path) -> bool {
    ["-wal", "-shm"].iter().all(|suffix| {
        let access = rustix::fs::access(place::beside(path, suffix), rustix::fs::Access::WRITE_OK);
        access.is_ok() || access == Err(rustix::io::Errno::NOENT)
    })
}

/// The kinds of access to try, best first.
fn ladder(may_write: bool, log: u64) -> impl Iterator<Item = Access> {
    [may_write.then_some(Access::Write), Some(Access::Read), (log == 0).then_some(Access::Alone)]
        .into_iter()
        .flatten()
}

/// Whether less access might do.
fn is_about_access(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
        )
    )
}

fn is_full(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure))
}

/// Connects and reads for the first time; says whether the file can be written.
pub(super) fn attempt(
    path: &Path,
    access: Access,
    busy: Duration,
) -> Result<(Connection, bool), Cause> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let sql = match access {
        Access::Write => {
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)?
        }
        Access::Read => {
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_ONLY)?
        }
        Access::Alone => Connection::open_with_flags(
            immutable_uri(path),
            flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
        )?,
    };
    sql.busy_timeout(busy)?;
    for (setting, is_on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        // Until it is known whose file it is, its log is not emptied into it.
        (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ] {
        sql.set_db_config(setting, is_on)?;
    }
    sql.set_prepared_statement_cache_capacity(STATEMENTS);
    // SQLite falls back to reading without a word where the file can't be written.
    let can_write = access == Access::Write && !sql.is_readonly("main")?;
    if can_write {
        use_log(&sql, path, busy)?;
        sql.execute_batch(&format!(
            "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA cell_size_check = ON; \
             PRAGMA journal_size_limit = {LOG_BYTES}"
        ))?;
    } else {
        sql.execute_batch("PRAGMA cell_size_check = ON")?;
    }
    numbers(&sql)?;
    Ok((sql, can_write))
}

/// Switches the log on if it isn't. `SQLite` does not always wait for others by itself here.
fn use_log(sql: &Connection, path: &Path, busy: Duration) -> Result<(), Cause> {
    let mode = |query| sql.query_one(query, [], |row| row.get::<_, String>(0));
    let start = Instant::now();
    let mut kept = mode("PRAGMA journal_mode")?;
    while kept != "wal" {
        match mode("PRAGMA journal_mode = WAL") {
            Ok(now) if now == "wal" => kept = now,
            Ok(now) => {
                return Err(Cause::Store(StoreError::Unusable {
                    path: path.to_owned(),
                    problem: Problem::NoLog(now),
                }));
            }
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && start.elapsed() < busy =>
            {
                thread::sleep(Duration::from_millis(5));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The path as `SQLite`'s URI with `immutable`, which needs neither locks nor files beside it.
fn immutable_uri(path: &Path) -> String {
    use std::fmt::Write;

    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            other => {
                // Writing to a string can't fail.
                let _ = write!(uri, "%{other:02x}");
            }
        }
    }
    uri.push_str("?immutable=1");
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_access_is_tried_in_order_and_a_log_is_never_passed_over() {
        let all = |may_write, log| ladder(may_write, log).collect::<Vec<_>>();
        assert_eq!(all(true, 0), [Access::Write, Access::Read, Access::Alone]);
        assert_eq!(all(true, 9), [Access::Write, Access::Read]);
        assert_eq!(all(false, 0), [Access::Read, Access::Alone]);
        assert_eq!(all(false, 9), [Access::Read]);
    }

    #[test]
    fn an_sqlite_that_can_damage_a_file_is_refused() {
        let error = refuse_old(3_051_002, "3.51.2").unwrap_err();
        assert_eq!(
            error.to_string(),
            "this inch was built with SQLite 3.51.2, which can damage a file that two programs \
             write. Nothing was opened. Use a build with SQLite 3.51.3 or newer"
        );
        assert_eq!(error.fault().exit_code(), 70);
        assert!(refuse_old(3_051_003, "3.51.3").is_ok());
        assert!(rusqlite::version_number() >= OLDEST_SQLITE, "the one that is built in");
    }

    #[test]
    fn odd_characters_stay_part_of_the_path() {
        assert_eq!(
            immutable_uri(Path::new("/a b/ü?x#y%.db")),
            "file:/a%20b/%c3%bc%3fx%23y%25.db?immutable=1"
        );
    }

    #[test]
    fn the_settings_hold() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        create::create(&path, Duration::from_secs(1)).unwrap();
        let (sql, can_write) = attempt(&path, Access::Write, Duration::from_millis(9)).unwrap();
        assert!(can_write);
        for (pragma, expected) in [
            ("foreign_keys", "1"),
            ("synchronous", "2"),
            ("fullfsync", "1"),
            ("cell_size_check", "1"),
            ("trusted_schema", "0"),
            ("journal_mode", "wal"),
            ("busy_timeout", "9"),
            ("journal_size_limit", "4194304"),
        ] {
            let query = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
            let query = query.replace("busy_timeout AS", "timeout AS");
            let found: String = sql.query_one(&query, [], |row| row.get(0)).unwrap();
            assert_eq!(found, expected, "{pragma}");
        }
        for (setting, expected) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
            (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
        ] {
            assert_eq!(sql.db_config(setting).unwrap(), expected, "{setting:?}");
        }
        assert!(sql.prepare("SELECT \"no such column\"").is_err());
    }
}
