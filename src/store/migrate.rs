//! Schemas: making the newest, and bringing an older file to it.
//!
//! Owns the embedded migrations and the backup before one. Must not know the rows.

use std::{
    fs,
    fs::{File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use include_dir::{Dir, include_dir};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use rusqlite_migration::Migrations;
use uuid::Uuid;

use super::{
    create,
    error::{self, Cause, Doing, StoreError},
    place,
    turn::{self, Turn},
};
use crate::domain::fault::Fault;

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// The newest schema; there is one folder in `migrations` for each.
pub(super) const NEWEST: i32 = 3;

/// All migrations, oldest first.
pub(super) fn all() -> Result<Migrations<'static>, Cause> {
    Migrations::from_directory(&FOLDER).map_err(cause)
}

/// Runs those that the file has not seen, in one transaction.
pub(super) fn run(sql: &mut Connection, migrations: &Migrations<'_>) -> Result<(), Cause> {
    sql.set_transaction_behavior(TransactionBehavior::Immediate);
    migrations.to_latest(sql).map_err(cause)
}

fn cause(error: rusqlite_migration::Error) -> Cause {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Cause::Sql(err),
        other => Cause::Migration(other.to_string()),
    }
}

/// Brings an older file to the newest schema, after a verified backup of it.
pub(super) fn upgrade(
    sql: &mut Connection,
    path: &Path,
    migrations: &Migrations<'_>,
    patience: Duration,
) -> Result<(), StoreError> {
    let folder = place::folder(path).join("backups");
    let not_made = |source| StoreError::NotMade { path: folder.clone(), source };
    create::make_folder(&folder).map_err(not_made)?;
    // Two processes that find the same old file must not run the same step twice: the second waits
    // here and then finds nothing left to do.
    let queue = File::open(&folder).map_err(not_made)?;
    if !turn::wait(&queue, Turn::Alone, patience).map_err(not_made)? {
        return Err(error::busy(path, Doing::BackingUp));
    }
    let pending = migrations
        .pending_migrations(sql)
        .map_err(|error| cause(error).at(path, Doing::Opening))?;
    if pending <= 0 {
        return Ok(());
    }
    let version = version(sql).map_err(|error| Cause::from(error).at(path, Doing::Opening))?;
    let backup = back_up(sql, path, &folder, version)?;
    run(sql, migrations).map_err(|cause| match cause.at(path, Doing::Upgrading) {
        error if matches!(error.fault(), Fault::Io | Fault::Busy | Fault::Permission) => error,
        // The transaction is rolled back; the backup stays, for it costs nothing to keep.
        error => StoreError::NotMigrated {
            path: path.to_owned(),
            detail: format!("{error} (a backup is at {})", backup.display()),
        },
    })
}

/// The schema that the file has.
pub(super) fn version(sql: &Connection) -> rusqlite::Result<i32> {
    sql.query_one("PRAGMA user_version", [], |row| row.get(0))
}

/// Copies the file whole into `folder`, checks the copy, and only then gives it its name.
fn back_up(
    sql: &Connection,
    path: &Path,
    folder: &Path,
    version: i32,
) -> Result<PathBuf, StoreError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let tag = Uuid::new_v4().simple();
    let unfinished = folder.join(format!("{name}.unfinished-{tag}"));
    let backup = folder.join(format!("{name}.schema-{version}-{tag}"));
    let not_made = |source: io::Error| {
        let _ = fs::remove_file(&unfinished);
        StoreError::NotMade { path: backup.clone(), source }
    };
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&unfinished)
        .map_err(not_made)?;
    copy(sql, &unfinished).map_err(|cause| {
        let _ = fs::remove_file(&unfinished);
        cause.at(path, Doing::BackingUp)
    })?;
    File::open(&unfinished)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(&unfinished, &backup))
        .and_then(|()| create::sync_folder(folder))
        .map_err(not_made)?;
    Ok(backup)
}

fn copy(sql: &Connection, to: &Path) -> Result<(), Cause> {
    let Some(name) = to.to_str() else {
        return Err(Cause::Migration("the folder's name is not text".to_owned()));
    };
    sql.execute("VACUUM INTO ?1", [name])?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(to, flags)?;
    let found: String = copy.query_one("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(Cause::Migration(format!("the backup is not whole: {found}")));
    }
    let astray = copy
        .prepare("PRAGMA foreign_key_check")?
        .query_map([], |row| row.get::<_, String>(0))?
        .next()
        .transpose()?;
    if let Some(table) = astray {
        return Err(Cause::Migration(format!(
            "a row of {table} refers to one that is not there, in the file or in its backup"
        )));
    }
    for table in tables(sql)? {
        let count = format!("SELECT count(*) FROM \"{}\"", table.replace('"', "\"\""));
        let rows = |sql: &Connection| sql.query_one(&count, [], |row| row.get::<_, i64>(0));
        if rows(&copy)? < rows(sql)? {
            return Err(Cause::Migration(format!("the backup lacks rows of {table}")));
        }
    }
    copy.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn tables(sql: &Connection) -> rusqlite::Result<Vec<String>> {
    sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?
        .query_map([], |row| row.get(0))?
        .collect()
}

#[cfg(test)]
mod tests {
    use rusqlite_migration::M;

    use super::*;
    use crate::store::place::APPLICATION_ID;

    const PATIENCE: Duration = Duration::from_millis(50);

    /// An older file, and the migrations that it lacks one of.
    fn older(path: &Path) -> (Connection, Migrations<'static>) {
        let first = "CREATE TABLE old (word TEXT REFERENCES words (word)) STRICT; \
             CREATE TABLE words (word TEXT PRIMARY KEY) STRICT;";
        let mut sql = Connection::open(path).unwrap();
        run(&mut sql, &Migrations::new(vec![M::up(first)])).unwrap();
        (sql, Migrations::new(vec![M::up(first), M::up("ALTER TABLE old RENAME TO new;")]))
    }

    #[test]
    fn an_upgrade_that_another_process_is_at_is_not_waited_for_without_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        let (mut sql, migrations) = older(&path);
        let backups = folder.path().join("backups");
        fs::create_dir(&backups).unwrap();
        let other = File::open(&backups).unwrap();
        assert!(turn::wait(&other, Turn::Alone, Duration::ZERO).unwrap());
        let error = upgrade(&mut sql, &path, &migrations, PATIENCE).unwrap_err();
        assert_eq!(error.fault(), Fault::Busy, "{error}");
        assert!(error.to_string().contains("left as it was"), "{error}");
        drop(other);
        upgrade(&mut sql, &path, &migrations, PATIENCE).unwrap();
    }

    #[test]
    fn a_backup_with_a_row_that_refers_to_nothing_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        let (mut sql, migrations) = older(&path);
        sql.execute_batch("PRAGMA foreign_keys = OFF; INSERT INTO old VALUES ('astray')").unwrap();
        let error = upgrade(&mut sql, &path, &migrations, PATIENCE).unwrap_err();
        assert!(error.to_string().contains("a row of old refers"), "{error}");
        assert_eq!(version(&sql).unwrap(), 1);
        assert_eq!(fs::read_dir(folder.path().join("backups")).unwrap().count(), 0);
    }

    #[test]
    fn the_embedded_migrations_are_valid_and_make_our_newest_schema() {
        let migrations = all().unwrap();
        migrations.validate().unwrap();
        let mut sql = Connection::open_in_memory().unwrap();
        run(&mut sql, &migrations).unwrap();
        assert_eq!(version(&sql).unwrap(), NEWEST);
        let application: i32 =
            sql.query_one("PRAGMA application_id", [], |row| row.get(0)).unwrap();
        assert_eq!(application, APPLICATION_ID);
    }

    #[test]
    fn an_older_file_is_backed_up_and_then_upgraded_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        let first = "CREATE TABLE old (word TEXT) STRICT; INSERT INTO old VALUES ('kept');";
        let mut sql = Connection::open(&path).unwrap();
        run(&mut sql, &Migrations::new(vec![M::up(first)])).unwrap();
        let both = Migrations::new(vec![M::up(first), M::up("ALTER TABLE old RENAME TO new;")]);
        for _ in 0..2 {
            upgrade(&mut sql, &path, &both, PATIENCE).unwrap();
        }
        assert_eq!(version(&sql).unwrap(), 2);
        let backups: Vec<_> = fs::read_dir(folder.path().join("backups"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        assert_eq!(backups.len(), 1, "{backups:?}");
        let backup = Connection::open(&backups[0]).unwrap();
        assert_eq!(version(&backup).unwrap(), 1);
        let word: String = backup.query_one("SELECT word FROM old", [], |row| row.get(0)).unwrap();
        assert_eq!(word, "kept");
    }

    #[test]
    fn a_failing_step_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        let first = "CREATE TABLE old (word TEXT) STRICT;";
        let mut sql = Connection::open(&path).unwrap();
        run(&mut sql, &Migrations::new(vec![M::up(first)])).unwrap();
        let second = "ALTER TABLE old RENAME TO new; INSERT INTO nowhere VALUES (1);";
        let both = Migrations::new(vec![M::up(first), M::up(second)]);
        let error = upgrade(&mut sql, &path, &both, PATIENCE).unwrap_err();
        assert!(error.to_string().contains("as it was"), "{error}");
        assert_eq!(version(&sql).unwrap(), 1);
        assert_eq!(tables(&sql).unwrap(), ["old"]);
    }
}
