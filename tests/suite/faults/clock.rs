//! Months of running in a minute: the app with a clock that jumps from day to day.
//!
//! Owns the soak: ticks, undo, a new day under the running app, what others write; and that neither
//! memory nor open files grow with it. The days are past ones and timers are not moved with the clock,
//! so every deadline has come by the time it is set: the app wakes much oftener than it would, and
//! growing with that would show, too.

use std::{fs, path::Path};

use chrono::NaiveTime;
use inch::clock::Clock;

use super::{Victim, day, read_whole, share, shim};
use crate::terminal::{INCH, PATIENCE, Terminal};

/// Seconds that the wall clock is ahead, for every process that looks.
struct Ahead<'a> {
    file: &'a Path,
    /// How far day 0 is from today.
    first: i64,
}

impl Ahead<'_> {
    fn set(&self, round: u32) {
        use std::os::unix::fs::FileExt as _;
        let seconds = self.first + i64::from(round) * 86_400;
        let file = fs::File::options().write(true).create(true).truncate(false).open(self.file);
        file.unwrap().write_all_at(&seconds.to_ne_bytes(), 0).unwrap();
    }
}

/// Kilobytes in memory and open descriptors.
fn holds(pid: i32) -> (u64, usize) {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    let kilobytes = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    (kilobytes, fs::read_dir(format!("/proc/{pid}/fd")).unwrap().count())
}

/// Days in a row of which the least is taken: on some a backup is being made beside the screen, which
/// has files open and memory of its own until it is done.
const FEW: u32 = 8;

#[test]
fn an_app_that_is_never_closed_follows_the_days_and_does_not_grow() {
    let days = share(40, 500);
    let victim = Victim::with_habits();
    let clock = victim.home.path().join("clock");
    // Noon, so that no day ends by itself meanwhile.
    let noon = day(0).and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp();
    let first = noon - Clock::new(NaiveTime::MIN).now().at.timestamp();
    let ahead = Ahead { file: &clock, first };
    ahead.set(0);
    let told = shim::told(&victim.root, [("SHIM_CLOCK", clock.to_str().unwrap().to_owned())]);
    let mut command = victim.home.program(INCH, &["--db", victim.file.to_str().unwrap()]);
    for (name, value) in &told {
        command.env(name, value);
    }
    let mut app = Terminal::open(command, 100, 30);
    let pid = app.foreground().as_raw_nonzero().get();
    let (mut early, mut late) = (Vec::new(), Vec::new());
    for round in 0..days {
        ahead.set(round);
        let title = day(round).format("%-d %b %Y").to_string();
        // A key wakes it, and it reads the time.
        app.send("g");
        app.wait_for(&title);
        app.wait_for("0/2 today");
        app.send(" ");
        app.wait_for("1/2 today");
        app.send("u");
        app.wait_for("0/2 today");
        // The first tick has led on to the next habit.
        app.send("g ");
        app.wait_for("1/2 today");
        let mut other = victim.inch(&["done", "Write"]);
        let output = other.envs(told.clone()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        app.wait_for("2/2 today");
        // Past the first weeks, in which it takes what it needs.
        if (days / 4..days / 4 + FEW).contains(&round) {
            early.push(holds(pid));
        }
        if days - round <= FEW {
            late.push(holds(pid));
        }
    }
    let [(memory_then, files_then), (memory, files)] =
        [early, late].map(|days| days.into_iter().min().unwrap());
    app.send("q");
    assert_eq!(app.wait_exit(PATIENCE).code, 0);
    assert!(files <= files_then, "{files_then} open files became {files}");
    assert!(memory <= memory_then + 2_048, "{memory_then} kB became {memory} kB");
    assert_eq!(read_whole(&victim.file).done.len(), 2 * days as usize);
    println!(
        "{days} days in one run of the app: {memory_then} kB and {files_then} open files after a \
         quarter of them, {memory} kB and {files} at the end"
    );
}
