//! Schemas: making the newest, and bringing an older file to it.
//!
//! Owns the embedded migrations and that there is a backup before one. Must not know the rows.

use std::{collections::BTreeSet, path::Path, time::Duration};

use include_dir::{Dir, include_dir};
use rusqlite::{Connection, TransactionBehavior};
use rusqlite_migration::Migrations;

use super::{
    backup::{self, Kind, Stop},
    error::{Cause, Doing, StoreError},
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

/// A table that a file should have by its own schema and has not.
pub(super) fn lacking(sql: &Connection) -> Result<Option<String>, Cause> {
    let mut model = Connection::open_in_memory()?;
    let schema = usize::try_from(version(sql)?).unwrap_or_default();
    all()?.to_version(&mut model, schema).map_err(cause)?;
    let tables = |sql: &Connection| -> rusqlite::Result<BTreeSet<String>> {
        let mut named = sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
        named.query_map([], |row| row.get(0))?.collect()
    };
    Ok(tables(&model)?.difference(&tables(sql)?).next().cloned())
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
    // Two processes that find the same old file must not run the same step twice: the second waits
    // here and then finds nothing left to do.
    let (folder, _turn) = backup::enter(path, patience)?;
    let pending = migrations
        .pending_migrations(sql)
        .map_err(|error| cause(error).at(path, Doing::Opening))?;
    if pending <= 0 {
        return Ok(());
    }
    let backup = backup::put(sql, path, &folder, Kind::Upgrade, &Stop::default())?;
    run(sql, migrations).map_err(|cause| match cause.at(path, Doing::Upgrading) {
        error if matches!(error.fault(), Fault::Io | Fault::Busy | Fault::Permission) => error,
        // The transaction is rolled back; the backup stays, for it costs nothing to keep.
        error => StoreError::NotMigrated {
            path: path.to_owned(),
            detail: format!("{error} (a backup is at {})", backup.path.display()),
        },
    })
}

/// The schema that the file has.
pub(super) fn version(sql: &Connection) -> rusqlite::Result<i32> {
    sql.query_one("PRAGMA user_version", [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use rusqlite_migration::M;

    use std::fs::{self, File};

    use super::*;
    use crate::store::{
        place::APPLICATION_ID,
        turn::{self, Turn},
    };

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
        assert!(
            sql.prepare("SELECT word FROM old").is_ok()
                && sql.prepare("SELECT 1 FROM new").is_err()
        );
    }
}
