//! Each old schema, cut off in mid-migration at every thing that is done to a file.
//!
//! Owns the promise of an upgrade: the old file or the new one, whole; a backup before the new one;
//! and the next start finishes.

use std::{fs, path::Path, process::Stdio};

use rusqlite::Connection;

use super::{Found, Victim, disk::Disk, power, read_whole, share, shim};

const SCHEMAS: [(i32, &str); 2] =
    [(1, include_str!("../schemas/1.sql")), (2, include_str!("../schemas/2.sql"))];

/// A file that an older version wrote, closed as it closes.
pub(super) fn lay_out(sql: &str, file: &Path) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let old = Connection::open(file).unwrap();
    old.execute_batch(sql).unwrap();
    old.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
}

fn version(file: &Path) -> i32 {
    let sql = Connection::open(file).unwrap();
    sql.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

/// Every row of every table, as text, by table.
fn rows(file: &Path) -> Vec<(String, Vec<String>)> {
    let sql = Connection::open(file).unwrap();
    let mut names = sql
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
        .unwrap();
    let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
    let read = |name: String| {
        let mut statement = sql.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let value = |at| row.get::<_, rusqlite::types::Value>(at);
            (0..columns).map(value).collect::<Result<Vec<_>, _>>().map(|row| format!("{row:?}"))
        };
        let mut rows: Vec<_> = statement.query_map([], row).unwrap().map(Result::unwrap).collect();
        rows.sort();
        (name, rows)
    };
    names.map(read).collect()
}

/// What the whole file was before, and what it must come to.
struct Promise {
    schema: i32,
    newest: i32,
    old: Vec<(String, Vec<String>)>,
    found: Found,
}

impl Promise {
    fn new(schema: i32, sql: &str) -> Self {
        let victim = Victim::new();
        lay_out(sql, &victim.file);
        let old = rows(&victim.file);
        let found = read_whole(&victim.file);
        let newest = version(&victim.file);
        assert!(schema < newest && !found.done.is_empty());
        Self { schema, newest, old, found }
    }

    /// Judges a file after a fault; says whether it is the new one.
    fn judge(&self, file: &Path) -> bool {
        let is_new = match version(file) {
            found if found == self.schema => {
                assert_eq!(rows(file), self.old);
                false
            }
            found => {
                assert_eq!(found, self.newest);
                true
            }
        };
        let backups = file.parent().unwrap().join("backups");
        let backups: Vec<_> = fs::read_dir(backups)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !path.to_str().unwrap().contains(".unfinished-"))
            .collect();
        for backup in &backups {
            assert_eq!(rows(backup), self.old, "{}", backup.display());
        }
        assert!(!is_new || !backups.is_empty(), "new, and no backup");
        assert_eq!(read_whole(file), self.found);
        assert_eq!(version(file), self.newest);
        is_new
    }
}

#[test]
fn an_upgrade_killed_at_any_call_is_done_or_not_begun() {
    let step = share(4, 1);
    let mut kills = 0;
    for (schema, sql) in SCHEMAS {
        let promise = Promise::new(schema, sql);
        let (mut call, mut news) = (1, 0);
        loop {
            let victim = Victim::new();
            lay_out(sql, &victim.file);
            let mut command = victim.inch(&["status"]);
            command.envs(shim::told(&victim.root, [("SHIM_KILL", call.to_string())]));
            let status = command.stdout(Stdio::null()).status().unwrap();
            news += u32::from(promise.judge(&victim.file));
            if status.success() {
                break;
            }
            kills += 1;
            call += step;
        }
        assert!(call > 50 && news > 1, "{call} calls, {news} after the new schema was there");
    }
    println!("{kills} kills in mid-migration: old or new each time, and the next start went on");
}

#[test]
fn an_upgrade_survives_power_cuts_and_never_comes_without_its_backup() {
    let cuts = share(60, 1_000);
    for (schema, sql) in SCHEMAS {
        let promise = Promise::new(schema, sql);
        let victim = Victim::new();
        lay_out(sql, &victim.file);
        let mut disk = Disk::new(&victim.root);
        let log = victim.home.path().join("log");
        let mut command = victim.inch(&["done", "Read one figure", "--on", "2026-11-20"]);
        let told = [("SHIM_LOG", log.to_str().unwrap().to_owned())];
        command.envs(shim::told(&victim.root, told));
        assert!(command.stdout(Stdio::null()).status().unwrap().success());
        let mut news = 0;
        let tick = ("Read one figure".to_owned(), "2026-11-20".parse().unwrap());
        assert!(!promise.found.done.contains(&tick));
        power::cut(&mut disk, &shim::read(&log), cuts, 5, |file, said| {
            if said.is_empty() && !has_tick(file) {
                news += u32::from(promise.judge(file));
                return;
            }
            let mut found = read_whole(file);
            assert!(found.done.remove(&tick), "an acknowledged tick is lost");
            assert_eq!(found, promise.found);
        });
        assert!(news > 0 && news < cuts);
    }
    println!("{} power cuts in mid-migration: old or new each time, with its backup", 2 * cuts);
}

/// Whether the tick that follows the migration is there.
fn has_tick(file: &Path) -> bool {
    let sql = Connection::open(file).unwrap();
    let query =
        "SELECT 1 FROM change WHERE change LIKE '%check-in-set%' AND change LIKE '%2026-11-20%'";
    sql.prepare(query).unwrap().exists([]).unwrap()
}
