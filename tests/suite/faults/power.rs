//! Simulated power cuts: what was acknowledged before one is there after it.
//!
//! Owns the recordings and the judgement. Real processes write, and everything they do to their files
//! and every acknowledgement is recorded; then the power is cut at every moment of that, and each time
//! chance decides what the disk has kept (see `disk`). The control writes with
//! `synchronous = NORMAL`, and must lose something: else the simulation would be too kind.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use rusqlite::Connection;

use super::{
    Dice, Victim, assert_whole, day,
    disk::Disk,
    is_acknowledged, read_whole, share,
    shim::{self, Record},
    succeeded,
    worker::{self, Way},
};

/// What was said before the cut: by process, all of its output.
pub(super) type Said = BTreeMap<u32, Vec<u8>>;

/// Cuts the power as many times, spread evenly over the log, and has each disk judged.
pub(super) fn cut(
    disk: &mut Disk,
    log: &[Record],
    cuts: u32,
    seed: u64,
    mut judge: impl FnMut(&Path, &Said),
) {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(seed);
    let mut said = Said::new();
    let (cuts, length) = (u64::from(cuts), log.len() as u64);
    for (at, record) in (0..).zip(log) {
        disk.follow(record);
        if record.kind == 'a' {
            said.entry(record.pid).or_default().extend(&record.second);
        }
        for _ in cuts * at / length..cuts * (at + 1) / length {
            let place = folder.path().join("disk");
            disk.cut(&mut dice, &place);
            judge(&place.join("data").join("inch.db"), &said);
        }
    }
}

/// Starts the commands at once and waits for all; gives their process ids.
fn run_at_once(commands: impl IntoIterator<Item = Command>) -> Vec<u32> {
    let start = |mut command: Command| {
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<_> = commands.into_iter().map(start).collect();
    let wait = |child: std::process::Child| {
        let id = child.id();
        succeeded(child.wait_with_output());
        id
    };
    children.into_iter().map(wait).collect()
}

fn log(victim: &Victim) -> PathBuf {
    victim.home.path().join("log")
}

fn recorded(victim: &Victim, mut command: Command) -> Command {
    let log = log(victim).to_str().unwrap().to_owned();
    command.envs(shim::told(&victim.root, [("SHIM_LOG", log)]));
    command
}

#[test]
fn commands_from_the_very_first_on_survive_a_power_cut() {
    let victim = Victim::new();
    let mut disk = Disk::new(&victim.root);
    // What each process was to do, as a question to the file.
    let mut habits = BTreeMap::new();
    let mut ticks = BTreeMap::new();
    for name in ["Read", "Write"] {
        let add = victim.inch(&["habit", "add", name, "--from", "2020-01-01"]);
        habits.insert(run_at_once([recorded(&victim, add)])[0], name);
    }
    for round in 0..12 {
        let names = ["Read", "Write"];
        let both = names.map(|name| recorded(&victim, victim.done(name, day(round))));
        for (pid, name) in run_at_once(both).into_iter().zip(names) {
            ticks.insert(pid, (name, day(round)));
        }
    }
    let log = shim::read(&log(&victim));
    let cuts = share(300, 5_000);
    let (mut empty, mut checked) = (0, 0);
    cut(&mut disk, &log, cuts, 1, |file, said| {
        let said = |pid: &u32| said.get(pid).is_some_and(|output| is_acknowledged(output));
        if !file.exists() {
            assert!(!habits.keys().any(said), "the whole file is lost");
            empty += 1;
            return;
        }
        let found = read_whole(file);
        for (pid, name) in &habits {
            assert!(!said(pid) || found.habits.contains(*name), "{name} is lost");
        }
        for (pid, (name, day)) in &ticks {
            assert!(!said(pid) || found.has(name, *day), "{name} on {day} is lost");
            checked += u32::from(said(pid));
        }
    });
    assert!(
        empty > 0 && checked > cuts,
        "cuts before the file was there: {empty}, ticks: {checked}"
    );
    println!(
        "{cuts} power cuts under commands, none lost: {checked} acknowledged ticks looked for"
    );
}

/// Two workers at once; cuts; gives how many disks lacked an acknowledged commit.
fn cut_workers(way: Way, commits: u32, cuts: u32) -> u32 {
    let victim = Victim::new();
    worker::prepare(&victim.file);
    let mut disk = Disk::new(&victim.root);
    let commands =
        [0, 1].map(|worker| recorded(&victim, worker::command(way, &victim.file, worker, commits)));
    let workers = run_at_once(commands);
    let log = shim::read(&log(&victim));
    let mut poorer = 0;
    cut(&mut disk, &log, cuts, 2, |file, said| {
        let done = if way == Way::Ticks { read_whole(file).done } else { rows(file) };
        let mut lost = 0;
        for (worker, pid) in (0..).zip(&workers) {
            let kept = said.get(pid).map(Vec::as_slice).unwrap_or_default();
            let lacks = |number: &u32| !done.contains(&(worker::name(worker), day(*number)));
            lost += worker::kept(kept).filter(lacks).count();
        }
        poorer += u32::from(lost > 0);
    });
    poorer
}

/// Ticks that were written past the store, and so have no journal.
fn rows(file: &Path) -> std::collections::BTreeSet<(String, chrono::NaiveDate)> {
    let sql = Connection::open(file).unwrap();
    let verdict: String = sql.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    let query = "SELECT name, day FROM check_in JOIN habit ON habit.id = check_in.habit";
    let mut statement = sql.prepare(query).unwrap();
    let row =
        |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?.parse().unwrap()));
    statement.query_map([], row).unwrap().map(Result::unwrap).collect()
}

#[test]
fn ticks_of_two_programs_that_stay_open_survive_a_power_cut() {
    let cuts = share(200, 4_000);
    assert_eq!(cut_workers(Way::Ticks, share(100, 250), cuts), 0, "an acknowledged tick is lost");
    println!("{cuts} power cuts under two open programs, none lost");
}

#[test]
fn the_simulation_finds_what_less_syncing_loses() {
    let cuts = share(150, 1_500);
    assert_eq!(cut_workers(Way::Full, 60, cuts), 0, "rows are lost under FULL");
    let lost = cut_workers(Way::Normal, 60, cuts);
    assert!(lost > cuts / 2, "NORMAL lost something at {lost} of {cuts} cuts only");
    println!(
        "control: {lost} of {cuts} power cuts lost acknowledged rows under NORMAL, none under FULL"
    );
}

#[test]
fn a_whole_disk_is_what_the_programs_left() {
    let victim = Victim::new();
    let mut disk = Disk::new(&victim.root);
    let add = victim.inch(&["habit", "add", "Read", "--from", "2020-01-01"]);
    run_at_once([recorded(&victim, add)]);
    run_at_once([recorded(&victim, victim.done("Read", day(0)))]);
    let log = shim::read(&log(&victim));
    for record in &log {
        disk.follow(record);
    }
    let folder = tempfile::tempdir().unwrap();
    // The dice that keep everything, among others.
    let is_same = (0..100).any(|seed| {
        let place = folder.path().join("disk");
        disk.cut(&mut Dice(seed), &place);
        let copy = std::fs::read(place.join("data").join("inch.db"));
        copy.is_ok_and(|copy| copy == std::fs::read(&victim.file).unwrap())
    });
    assert!(is_same, "the log does not tell all that was done");
    assert_whole(&Connection::open(&victim.file).unwrap());
}
