//! A disk that fails: once or from then on, at each call there is, for the command line and the app.
//!
//! Owns what is said, the exit code, that nothing is half there, and that a second try works.

use std::{fs, path::Path, process::Command};

use super::{Found, Victim, day, migration::lay_out, read_whole, share, shim, succeeded};
use crate::terminal::{INCH, PATIENCE, Terminal};

const EIO: i32 = 5;
const ENOSPC: i32 = 28;

/// A command at work, what it begins with, and whether it has done its work.
struct Work {
    name: &'static str,
    prepared: fn() -> Victim,
    /// `ROOT` in them is the folder with everything.
    arguments: &'static [&'static str],
    /// What it says when it is done.
    acknowledgement: &'static str,
    /// Asked of a file that is known to be whole.
    is_done: fn(&Victim, &Found) -> bool,
}

impl Work {
    fn command(&self, victim: &Victim) -> Command {
        let root = victim.root.to_str().unwrap();
        let arguments = self.arguments.iter().map(|argument| argument.replace("ROOT", root));
        let mut command = victim.inch(&[]);
        command.args(arguments);
        command
    }
}

const WORK: [Work; 8] = [
    Work {
        name: "the first habit",
        prepared: Victim::new,
        arguments: &["habit", "add", "Read"],
        acknowledgement: "Added",
        is_done: |_, found| found.habits.contains("Read"),
    },
    Work {
        name: "a tick",
        prepared: Victim::with_habits,
        arguments: &["done", "Read", "--on", "2020-01-02"],
        acknowledgement: "✓ ",
        is_done: |_, found| found.has("Read", day(1)),
    },
    Work {
        name: "an undo",
        prepared: with_a_tick,
        arguments: &["undo"],
        acknowledgement: "Took back",
        is_done: |_, found| !found.has("Read", day(0)),
    },
    Work {
        name: "a tick in an old file",
        prepared: || {
            let victim = Victim::new();
            lay_out(include_str!("../schemas/1.sql"), &victim.file);
            victim
        },
        arguments: &["done", "Write code", "--on", "2026-11-02"],
        acknowledgement: "✓ ",
        is_done: |_, found| found.has("Write code", "2026-11-02".parse().unwrap()),
    },
    Work {
        name: "an import",
        prepared: || {
            let victim = with_a_tick();
            let days = "habit,date,mark\nRead,2020-01-02,done\nSing,2020-01-02,done\n";
            fs::write(victim.root.join("days.csv"), days).unwrap();
            victim
        },
        arguments: &["import", "ROOT/days.csv"],
        acknowledgement: "Imported",
        is_done: |_, found| {
            let came = ["Read", "Sing"].map(|habit| found.has(habit, day(1)));
            assert_eq!(came[0], came[1], "half of an import");
            came[0]
        },
    },
    Work {
        name: "a backup to a file",
        prepared: with_a_tick,
        arguments: &["backup", "ROOT/copy.db"],
        acknowledgement: "Backed up",
        is_done: |victim, found| is_copied(&victim.root.join("copy.db"), found),
    },
    Work {
        name: "a backup among the others",
        prepared: with_a_tick,
        arguments: &["backup"],
        acknowledgement: "Backed up",
        is_done: |victim, found| {
            let folder = victim.file.with_file_name("backups");
            let mut entries = fs::read_dir(folder).into_iter().flatten();
            entries.any(|entry| {
                let path = entry.unwrap().path();
                path.extension().is_some_and(|ending| ending == "asked") && is_copied(&path, found)
            })
        },
    },
    Work {
        name: "an export",
        prepared: with_a_tick,
        arguments: &["export", "everything", "-o", "ROOT/all.json"],
        acknowledgement: "Wrote",
        is_done: |victim, _| {
            let exported = victim.root.join("all.json");
            exported.exists() && {
                let all: serde_json::Value =
                    serde_json::from_slice(&fs::read(exported).unwrap()).unwrap();
                assert_eq!(all["habits"].as_array().unwrap().len(), 2);
                true
            }
        },
    },
];

fn with_a_tick() -> Victim {
    let victim = Victim::with_habits();
    succeeded(victim.done("Read", day(0)).output());
    victim
}

/// Whether there is a copy; it must be whole then.
fn is_copied(copy: &Path, found: &Found) -> bool {
    copy.exists() && {
        assert_eq!(&read_whole(copy), found);
        true
    }
}

/// What is said of a change that was written whole and could not be synced.
const UNCERTAIN: &str = "It may be saved or not";

/// What is said of a copy that has its place and that the disk did not confirm.
const UNCONFIRMED: &str = "was written whole, but the disk did not confirm it";

/// What a message says of the data.
const STATES: [&str; 9] = [
    UNCERTAIN,
    "Nothing was",
    "nothing was",
    "It is as it was",
    "was left as it was",
    "It is whole",
    "your data is as it was",
    "Your data is as it was",
    "has been saved",
];

fn found(file: &Path) -> Found {
    if file.exists() { read_whole(file) } else { Found::default() }
}

/// The folder with the data as it was before.
fn lay_back(before: &Path, victim: &Victim) {
    fs::remove_dir_all(&victim.root).unwrap();
    copy(before, &victim.root);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

fn assert_fitting(code: Option<i32>, told: &str, what: &str) {
    assert!(matches!(code, Some(73 | 74 | 77)), "{what}: {code:?} {told}");
    assert!(told.starts_with("inch: "), "{what}: {told}");
    // It is the disk: nothing was protected by anybody.
    assert!(!told.contains("write-protected"), "{what}: {told}");
    assert!(STATES.iter().any(|state| told.contains(state)), "{what}: {told}");
}

#[test]
fn an_error_at_any_call_is_told_and_leaves_all_or_nothing() {
    let step = share(8, 1);
    let (mut injected, mut failed, mut uncertain) = (0, 0, 0);
    for work in &WORK {
        let victim = (work.prepared)();
        let kept = victim.home.path().join("kept");
        copy(&victim.root, &kept);
        let before = found(&victim.file);
        lay_back(&kept, &victim);
        assert!(!(work.is_done)(&victim, &before));
        let faults = [(EIO, ""), (EIO, "lasting"), (ENOSPC, ""), (ENOSPC, "lasting")];
        for (at, (code, lasting)) in (1..).zip(faults) {
            let mut call = at.min(step);
            loop {
                lay_back(&kept, &victim);
                let log = victim.home.path().join("log");
                let _ = fs::remove_file(&log);
                let told = [
                    ("SHIM_FAIL", format!("{call} {code} {lasting}")),
                    ("SHIM_LOG", log.to_str().unwrap().to_owned()),
                ];
                let mut command = work.command(&victim);
                let output = command.envs(shim::told(&victim.root, told)).output().unwrap();
                let failures = shim::failures(&log);
                if failures == 0 {
                    assert!(output.status.success());
                    break;
                }
                let what = format!("{}, call {call}, error {code} {lasting}", work.name);
                injected += 1;
                let after = found(&victim.file);
                let is_there = (work.is_done)(&victim, &after);
                let is_told =
                    String::from_utf8_lossy(&output.stdout).contains(work.acknowledgement);
                assert!(is_told || !output.status.success(), "{what}: nothing is said");
                let message = String::from_utf8(output.stderr.clone()).unwrap();
                // Written whole, and not synced: it is said that nobody can know.
                let is_uncertain =
                    [UNCERTAIN, UNCONFIRMED].iter().any(|text| message.contains(text));
                assert!(is_told == is_there || is_uncertain, "{what}: {output:?}");
                let is_left = victim.file.exists();
                assert!(
                    !message.contains("Nothing was left behind") || !is_left,
                    "{what}: {message}"
                );
                if !output.status.success() {
                    failed += 1;
                    uncertain += u32::from(is_uncertain);
                    assert_fitting(output.status.code(), &message, &what);
                }
                if !is_there {
                    assert_eq!(after, before, "{what}");
                    let again = work.command(&victim).output().unwrap();
                    assert!(again.status.success(), "{what}: {again:?}");
                    let after = found(&victim.file);
                    assert!((work.is_done)(&victim, &after), "{what}: the second try");
                }
                call += step;
            }
        }
    }
    assert!(failed > injected / 2, "only {failed} of {injected} were noticed");
    println!(
        "{injected} injected I/O errors: {failed} commands failed and said so ({uncertain} could not \
         tell), nothing was half there"
    );
}

#[test]
fn the_app_shows_what_is_not_saved_and_saves_it_when_the_disk_is_well_again() {
    let mut times = 0;
    for (kinds, code) in [("w", EIO), ("w", ENOSPC), ("s", EIO), ("wsotc", EIO)] {
        let victim = Victim::with_habits();
        let ill = victim.home.path().join("ill");
        let today = day(0).to_string();
        let arguments = ["--db", victim.file.to_str().unwrap(), "--today", &today];
        let mut command = victim.home.program(INCH, &arguments);
        let told = [("SHIM_WHILE", format!("{kinds} {code} {}", ill.display()))];
        for (name, value) in shim::told(&victim.root, told) {
            command.env(name, value);
        }
        let mut app = Terminal::open(command, 100, 30);
        app.wait_for("0/2 today");
        for (key, all) in [(" ", "1/2 today"), ("j ", "2/2 today")] {
            fs::write(&ill, "").unwrap();
            app.send(key);
            app.wait_for("not saved");
            let found = read_whole(&victim.file);
            assert_eq!(found.done.len(), times % 2, "{kinds} {code}");
            fs::remove_file(&ill).unwrap();
            app.wait_until("all saved", |screen| {
                let text = screen.contents();
                text.contains(all) && !text.contains("not saved")
            });
            times += 1;
            assert_eq!(read_whole(&victim.file).done.len(), 2 - times % 2, "{kinds} {code}");
        }
        app.send("q");
        assert_eq!(app.wait_exit(PATIENCE).code, 0);
    }
    println!("{times} times the app said \"not saved\", and saved when the disk was well again");
}
