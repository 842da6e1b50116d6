//! Faults: kills, power cuts, failing disks, full ones, two writers, old files, months of running.
//!
//! Owns the promise of durability under everything that can happen to a process and its disk. A short
//! share of each fault runs with all other tests; `INCH_FAULTS=long` makes it the whole number. See
//! `faults/README.md` for the command and for what the last long run came to.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Output,
};

use chrono::NaiveDate;
use inch::{
    domain::{
        change::Stamp,
        day::{Rules, plus},
        habit::Mark,
    },
    store::{Options, Store},
};
use rusqlite::Connection;
use serde_json::Value;

use crate::terminal::Home;

mod clock;
mod disk;
mod errors;
mod exports;
mod full;
mod hammer;
mod kills;
mod migration;
mod power;
mod restore;
pub(crate) mod shim;
mod worker;

/// How many of a fault: the short share, or all of them in the long run.
fn share(short: u32, long: u32) -> u32 {
    let is_long = std::env::var("INCH_FAULTS").is_ok_and(|wanted| wanted == "long");
    if is_long { long } else { short }
}

/// Numbers that jump about and are the same in every run (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..count`.
    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).unwrap()
    }

    /// Somewhere from 0 to 1.
    fn part(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

/// The day of a round, far enough back for every round to have its own.
fn day(round: u32) -> NaiveDate {
    plus(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(), round.into())
}

fn stamp(today: NaiveDate) -> Stamp {
    let at = today.and_hms_opt(12, 0, 0).unwrap().and_utc().fixed_offset();
    Stamp { at, today }
}

fn options() -> Options {
    Options { busy_timeout: std::time::Duration::from_mins(1), rules: Rules::default() }
}

/// A person whose data file is in a folder that can be watched, and need not be there yet.
struct Victim {
    home: Home,
    root: PathBuf,
    file: PathBuf,
}

impl Victim {
    fn new() -> Self {
        let home = Home::new();
        // As the kernel spells it.
        let root = home.path().canonicalize().unwrap().join("disk");
        std::fs::create_dir(&root).unwrap();
        let file = root.join("data").join("inch.db");
        Self { home, root, file }
    }

    /// With two habits, Read and Write, that go far enough back.
    fn with_habits() -> Self {
        let victim = Self::new();
        for name in ["Read", "Write"] {
            succeeded(victim.inch(&["habit", "add", name, "--from", "2020-01-01"]).output());
        }
        victim
    }

    fn inch(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = self.home.inch(&["--db", self.file.to_str().unwrap()]);
        command.args(arguments);
        command
    }

    fn done(&self, habit: &str, day: NaiveDate) -> std::process::Command {
        let day = day.to_string();
        self.inch(&["done", habit, "--on", &day, "--today", &day])
    }
}

fn succeeded(output: std::io::Result<Output>) -> Output {
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Whether the command has said that it is done: a whole line.
fn is_acknowledged(stdout: &[u8]) -> bool {
    stdout.contains(&b'\n')
}

/// What a file held when it was read after a fault.
#[derive(Debug, Default, PartialEq, Eq, Clone)]
struct Found {
    habits: BTreeSet<String>,
    /// Habits' names and days.
    done: BTreeSet<(String, NaiveDate)>,
}

impl Found {
    fn has(&self, habit: &str, day: NaiveDate) -> bool {
        self.done.contains(&(habit.to_owned(), day))
    }
}

/// Opens the file as the next start would, reads it, and fails unless it is whole: `SQLite` finds
/// nothing, no number is missing in the journal, and the tables hold just what the journal tells.
fn read_whole(file: &Path) -> Found {
    let mut store = Store::open(file, options()).unwrap_or_else(|error| panic!("{error}"));
    assert!(!store.is_read_only());
    let today = NaiveDate::from_ymd_opt(2040, 1, 1).unwrap();
    let workspace = store.load(today).unwrap_or_else(|error| panic!("{error}"));
    let names: BTreeMap<_, _> =
        workspace.habits.iter().map(|habit| (habit.id, habit.name.clone())).collect();
    let done = store
        .check_ins(None, None)
        .unwrap()
        .into_iter()
        .filter(|check_in| check_in.mark == Some(Mark::Done))
        .map(|check_in| (names[&check_in.habit].clone(), check_in.day))
        .collect();
    store.close().unwrap();
    assert_whole(&Connection::open(file).unwrap());
    Found { habits: names.into_values().collect(), done }
}

fn assert_whole(sql: &Connection) {
    let verdict: String = sql.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    let mut astray = sql.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!astray.exists([]).unwrap(), "a row that refers to nothing");
    let gaps = "SELECT (SELECT count(*) FROM change) - (SELECT coalesce(max(seq), 0) FROM change), \
         (SELECT count(*) FROM change) - \
         (SELECT coalesce(sum(last), 0) FROM (SELECT max(device_seq) AS last FROM change GROUP BY device))";
    let gaps: (i64, i64) = sql.query_row(gaps, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(gaps, (0, 0), "numbers are missing in the journal");
    let mut told: BTreeMap<String, Value> = BTreeMap::new();
    let mut journal = sql.prepare("SELECT after FROM change ORDER BY seq").unwrap();
    let rows = journal.query_map([], |row| row.get::<_, String>(0)).unwrap();
    for row in rows {
        for image in serde_json::from_str::<Vec<Value>>(&row.unwrap()).unwrap() {
            told.insert(image["key"].to_string(), image["record"].clone());
        }
    }
    told.retain(|_, record| !record.is_null());
    let (mut check_ins, mut habits) = (BTreeSet::new(), BTreeSet::new());
    for record in told.values() {
        if let Value::Object(check_in) = &record["check-in"] {
            let text = |name| check_in[name].as_str().map(str::to_owned);
            check_ins.insert(["habit", "day", "mark", "note"].map(text));
        } else if let Value::Object(habit) = &record["habit"] {
            habits.insert(["id", "name"].map(|name| habit[name].as_str().map(str::to_owned)));
        }
    }
    assert_eq!(rows_of(sql, "SELECT habit, day, mark, note FROM check_in"), check_ins);
    assert_eq!(rows_of(sql, "SELECT id, name FROM habit"), habits);
}

fn rows_of<const N: usize>(sql: &Connection, query: &str) -> BTreeSet<[Option<String>; N]> {
    let mut statement = sql.prepare(query).unwrap();
    let rows = statement.query_map([], |row| {
        let mut texts = [const { None }; N];
        for (at, text) in texts.iter_mut().enumerate() {
            *text = row.get(at)?;
        }
        Ok(texts)
    });
    rows.unwrap().map(Result::unwrap).collect()
}
