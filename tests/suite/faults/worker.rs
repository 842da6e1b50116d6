//! A process of its own that commits again and again: this test program, started once more.
//!
//! Owns what such a process does, and how it is started and heard. Each commit that returned is a
//! line on its standard output.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use inch::{
    domain::{
        change::Change,
        habit::{Mark, Recipe},
        ids::{HabitId, IdSource},
    },
    store::Store,
};
use rusqlite::Connection;

use super::{day, options, stamp};

/// How a worker writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Ticks through the store, as the app does: one file kept open, a day a tick.
    Ticks,
    /// Notes through the store, all on one day.
    Notes,
    /// Rows past the store, with `synchronous` as the store has it.
    Full,
    /// The same with less: the control.
    Normal,
}

const WAYS: [(&str, Way); 4] =
    [("ticks", Way::Ticks), ("notes", Way::Notes), ("full", Way::Full), ("normal", Way::Normal)];

/// What comes before the number of a commit in a worker's output.
const KEPT: &str = "kept ";

/// The habit that a worker writes on.
pub(super) fn habit(worker: u32) -> HabitId {
    HabitId(IdSource::new(worker.into(), 1_577_836_800_000).next_uuid())
}

/// Its name.
pub(super) fn name(worker: u32) -> String {
    format!("Habit {worker}")
}

/// A file with a habit for each of two workers.
pub(super) fn prepare(file: &Path) {
    let mut store = Store::open(file, options()).unwrap();
    for worker in 0..2 {
        let add = Change::HabitAdd {
            seconds: 10,
            is_review: false,
            habit: habit(worker),
            name: name(worker),
            topic: None,
            position: worker.into(),
            recipe: Recipe::default(),
            schedule: "daily".parse().unwrap(),
            from: day(0),
        };
        store.apply(&add, &stamp(day(0))).unwrap();
    }
    store.close().unwrap();
}

/// A worker, ready to be started.
pub(super) fn command(way: Way, file: &Path, worker: u32, commits: u32) -> Command {
    let (word, _) = WAYS.iter().find(|(_, known)| *known == way).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "faults::worker::works", "--ignored", "--nocapture"]);
    command.env("FAULTS_WORKER", format!("{word} {worker} {commits} {}", file.display()));
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// The numbers of the commits that its output tells of.
pub(super) fn kept(output: &[u8]) -> impl Iterator<Item = u32> {
    // The last line may be cut off.
    let whole = output.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let lines = std::str::from_utf8(&output[..whole]).unwrap().lines();
    // The first line begins with what the test runner says.
    lines.filter_map(|line| line.rsplit_once(KEPT)?.1.parse().ok())
}

fn note(worker: u32, number: u32) -> Change {
    let note = Some(format!("{worker} {number}"));
    Change::CheckInNote { habit: habit(worker), day: day(0), note }
}

fn say(number: u32) {
    // In one write, past the buffer of the test runner.
    let line = format!("{KEPT}{number}\n");
    std::io::stdout().write_all(line.as_bytes()).unwrap();
}

#[test]
#[ignore = "a process that other tests start"]
fn works() {
    let told = std::env::var("FAULTS_WORKER").expect("is started by another test");
    let [way, worker, commits, file] = *told.splitn(4, ' ').collect::<Vec<_>>() else {
        panic!("{told}")
    };
    let way = WAYS.iter().find(|(word, _)| *word == way).unwrap().1;
    let (worker, commits): (u32, u32) = (worker.parse().unwrap(), commits.parse().unwrap());
    match way {
        Way::Ticks | Way::Notes => {
            let mut store = Store::open(Path::new(file), options()).unwrap();
            for number in 0..commits {
                let tick = Change::CheckInSet {
                    habit: habit(worker),
                    day: day(number),
                    mark: Some(Mark::Done),
                };
                let (change, today) = match way {
                    Way::Ticks => (tick, day(number)),
                    _ => (note(worker, number), day(0)),
                };
                store.apply(&change, &stamp(today)).unwrap_or_else(|error| panic!("{error}"));
                say(number);
                if way == Way::Notes {
                    // Else whoever has the lock has it again before the other looks.
                    std::thread::sleep(Duration::from_micros(20));
                }
            }
            store.close().unwrap();
        }
        Way::Full | Way::Normal => {
            let sql = Connection::open(file).unwrap();
            sql.busy_timeout(options().busy_timeout).unwrap();
            let mode = if way == Way::Full { "FULL" } else { "NORMAL" };
            sql.execute_batch(&format!("PRAGMA synchronous = {mode}")).unwrap();
            let insert = "INSERT INTO check_in (habit, day, mark) VALUES (?1, ?2, 'done')";
            for number in 0..commits {
                let row = (habit(worker).to_string(), day(number).to_string());
                sql.execute(insert, row).unwrap();
                say(number);
            }
        }
    }
}
