//! An acknowledged tick is never lost: not by a kill at any moment, not by a second process.
//!
//! Owns the promise of durability as the command line gives it. A tick is acknowledged when its
//! confirmation was printed.

use std::{
    collections::BTreeSet,
    io::Read,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use chrono::NaiveDate;
use rusqlite::{Connection, OpenFlags};

use crate::terminal::Home;

const ROUNDS: u32 = 200;

/// A habit file with two habits, far enough back for every round to have its own day.
struct Ticks {
    home: Home,
    file: String,
}

impl Ticks {
    fn new() -> Self {
        let home = Home::new();
        let file = home.path().join("ticks.db").to_str().unwrap().to_owned();
        let ticks = Self { home, file };
        for name in ["Read", "Write"] {
            let output =
                ticks.inch(&["habit", "add", name, "--from", "2020-01-01"]).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        ticks
    }

    fn inch(&self, arguments: &[&str]) -> Command {
        let mut command = self.home.inch(&["--db", &self.file]);
        command.args(arguments);
        command
    }

    fn done(&self, habit: &str, day: NaiveDate) -> Command {
        let day = day.to_string();
        self.inch(&["done", habit, "--on", &day, "--today", &day])
    }

    /// The days that a reader finds done.
    fn kept(&self, habit: &str) -> BTreeSet<NaiveDate> {
        let output = self.inch(&["log", habit, "--json"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let rows = log.as_array().unwrap().iter();
        rows.filter(|row| row["mark"] == "done")
            .map(|row| row["day"].as_str().unwrap().parse().unwrap())
            .collect()
    }
}

fn day(round: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(u64::from(round))
}

fn assert_sound(file: &Path) {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let verdict: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    let mut statement = connection.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!statement.exists([]).unwrap(), "a row that refers to nothing");
}

#[test]
fn no_acknowledged_tick_is_lost_when_the_process_is_killed_at_any_moment() {
    let ticks = Ticks::new();
    // Where the kills fall follows the moment of acknowledgement, whatever the machine is doing.
    let begin = Instant::now();
    assert!(ticks.done("Write", day(0)).output().unwrap().status.success());
    let mut usual = begin.elapsed();
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let mut child = ticks
            .done("Read", day(round))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From half to once and a half as long, in an order that jumps about.
        let share = f64::from(round * 77 % ROUNDS) / f64::from(ROUNDS);
        std::thread::sleep(usual.mul_f64(0.5 + share));
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let mut printed = String::new();
        child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        if status.success() || printed.contains('\n') {
            acknowledged.insert(day(round));
            usual = usual.mul_f64(0.93);
        } else {
            usual = usual.mul_f64(1.07);
        }
        // Mostly the next process finds the file just as the killed one left it.
        if round % 20 == 19 {
            assert_sound(ticks.file.as_ref());
            let kept = ticks.kept("Read");
            let lost: Vec<_> = acknowledged.difference(&kept).collect();
            assert!(lost.is_empty(), "lost after {round} rounds: {lost:?}");
        }
    }
    // Else the rounds tested nothing.
    let count = u32::try_from(acknowledged.len()).unwrap();
    assert!(
        (ROUNDS / 10..ROUNDS * 9 / 10).contains(&count),
        "{count} ticks of {ROUNDS} were acknowledged"
    );
    assert_eq!(ticks.kept("Write").len(), 1);
}

#[test]
fn two_processes_that_tick_at_once_lose_none() {
    let ticks = Ticks::new();
    std::thread::scope(|scope| {
        for parity in 0..2 {
            let ticks = &ticks;
            scope.spawn(move || {
                for round in 0..60 {
                    // The same habit from both sides, and a habit of one's own.
                    let own = ["Read", "Write"][parity as usize];
                    for (habit, at) in [("Read", round * 2 + parity + 100), (own, round)] {
                        let output = ticks.done(habit, day(at)).output().unwrap();
                        let errors = String::from_utf8_lossy(&output.stderr);
                        assert!(output.status.success(), "{habit} {at}: {errors}");
                    }
                }
            });
        }
    });
    let expected: BTreeSet<_> = (0..60).chain(100..220).map(day).collect();
    assert_eq!(ticks.kept("Read"), expected);
    assert_eq!(ticks.kept("Write"), (0..60).map(day).collect());
    assert_sound(ticks.file.as_ref());
}

#[test]
fn a_tick_said_twice_at_once_is_one_tick_and_both_are_told() {
    let ticks = Ticks::new();
    for round in 0..20 {
        let children = [(); 2]
            .map(|()| ticks.done("Read", day(round)).stdout(Stdio::piped()).spawn().unwrap());
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success());
            assert!(!output.stdout.is_empty());
        }
    }
    assert_eq!(ticks.kept("Read"), (0..20).map(day).collect());
}
