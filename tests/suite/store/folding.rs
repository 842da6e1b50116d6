//! Older days as remembered folds: every figure is the same as without them.

use super::*;
use inch::domain::checkpoint::boundary;

#[test]
fn an_older_day_is_folded_anew_at_once() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let first = day("2025-01-01");
    let mut memory = store.load(today()).unwrap();
    make(&mut store, &mut memory, &add(1, "daily", first), today());
    for ago in 0..200 {
        make(&mut store, &mut memory, &mark(1, plus(today(), -ago), Some(Mark::Done)), today());
    }
    store.refresh_checkpoints(today()).unwrap();
    let mut memory = store.load(today()).unwrap();
    let held_from = memory.tracks[&habit_id(1)].held_from;
    assert_eq!(held_from, boundary(today()), "most of it is folded");
    let old = plus(today(), -100);
    let applied = make(&mut store, &mut memory, &mark(1, old, None), today());
    assert_eq!(applied.tracks.len(), 1);
    let streak = memory.figures(&memory.habits[0], today()).unwrap().current_streak;
    assert_eq!(streak, 100);
    assert_same(&memory, &path, today());
    let track = store.track(habit_id(1), day("2026-08-01"), today()).unwrap();
    assert_eq!(track.held_from, day("2026-08-01"));
    assert!(!track.marks.contains_key(&old));
}

#[test]
fn a_habit_may_turn_out_to_be_older_than_it_was_made() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let mut memory = store.load(today()).unwrap();
    let say = |store: &mut Store, memory: &mut Workspace, on: &str, kind| {
        make(store, memory, &mark(1, day(on), Some(kind)), today());
    };
    make(&mut store, &mut memory, &add(1, "7/week", today()), today());
    for rest in ["2026-09-28", "2026-09-29", "2026-09-30"] {
        say(&mut store, &mut memory, rest, Mark::Rest);
    }
    store.refresh_checkpoints(today()).unwrap();
    memory = store.load(today()).unwrap();
    // They fill the week in which a checkpoint would lie; its rests were never folded.
    for done in ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"] {
        say(&mut store, &mut memory, done, Mark::Done);
    }
    let best = memory.figures(&memory.habits[0], today()).unwrap().longest();
    assert_eq!(best.map(|streak| streak.length), Some(1));
    assert_same(&memory, &path, today());
}

#[test]
fn a_pretended_past_day_reads_right_and_does_not_set_the_stored_rows_back() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "daily", day("2025-01-01")), &stamp(today())).unwrap();
    for ago in 0..400 {
        store.apply(&mark(1, plus(today(), -ago), Some(Mark::Done)), &stamp(today())).unwrap();
    }
    store.refresh_checkpoints(today()).unwrap();
    let past = day("2026-02-03");
    let mut memory = store.load(past).unwrap();
    assert_same(&memory, &path, past);
    let pretended = Stamp { today: past, ..stamp(today()) };
    let applied = store.apply(&mark(1, day("2025-12-01"), None), &pretended).unwrap();
    memory.absorb(&applied);
    assert_same(&memory, &path, past);
    let sql = Connection::open(&path).unwrap();
    let resume: String =
        sql.query_one("SELECT resume FROM habit_fold", [], |row| row.get(0)).unwrap();
    assert_eq!(resume, boundary(today()).to_string());
}

/// Whether a start on that day leaves something to be written for the next one.
fn owes_something(path: &Path, on: NaiveDate) -> bool {
    let mut store = open(path);
    store.load(on).unwrap();
    // While another program writes, only a write has to wait.
    let other = Connection::open(path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refreshed = store.refresh_checkpoints(on);
    assert!(refreshed.as_ref().err().is_none_or(|error| error.fault() == Fault::Busy));
    refreshed.is_err()
}

#[test]
fn a_start_owes_nothing_once_all_is_folded_that_can_be() {
    let (_folder, path) = place();
    let mut store = open(&path);
    // Its window of a year began long before the month that a checkpoint should reach.
    for (number, schedule) in [(1, "daily"), (2, "every 365 days")] {
        store.apply(&add(number, schedule, day("2024-02-01")), &stamp(today())).unwrap();
        store.apply(&mark(number, day("2024-02-02"), Some(Mark::Done)), &stamp(today())).unwrap();
    }
    Connection::open(&path).unwrap().execute_batch("DELETE FROM habit_fold").unwrap();
    for on in [today(), plus(today(), 70), plus(today(), 140)] {
        assert!(owes_something(&path, on), "{on}");
        store.load(on).unwrap();
        store.refresh_checkpoints(on).unwrap();
        assert!(!owes_something(&path, on), "{on}");
    }
}

#[test]
fn folds_of_days_to_come_are_made_anew_once_the_clock_is_right() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "daily", day("2025-01-01")), &stamp(today())).unwrap();
    let wrong = plus(today(), 900);
    for on in [wrong, today()] {
        store.load(on).unwrap();
        store.refresh_checkpoints(on).unwrap();
        let sql = Connection::open(&path).unwrap();
        let resume: String =
            sql.query_one("SELECT resume FROM habit_fold", [], |row| row.get(0)).unwrap();
        assert_eq!(resume, boundary(on).to_string());
    }
    assert!(!owes_something(&path, today()));
}

#[test]
fn stored_folds_made_under_other_rules_or_damaged_are_not_believed() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "3/week", day("2025-01-01")), &stamp(today())).unwrap();
    for ago in (0..400).step_by(2) {
        store.apply(&mark(1, plus(today(), -ago), Some(Mark::Done)), &stamp(today())).unwrap();
    }
    store.refresh_checkpoints(today()).unwrap();
    let expected = store.load(today()).unwrap();
    let sql = Connection::open(&path).unwrap();
    for damage in [
        "UPDATE habit_fold SET basis = 'other', strength = 0",
        "UPDATE habit_fold SET state = '{}'",
        "PRAGMA ignore_check_constraints = ON; UPDATE habit_fold SET resume = 'soon'",
        "DELETE FROM habit_fold",
    ] {
        sql.execute_batch(damage).unwrap();
        assert_same(&expected, &path, today());
        // A day that a fold may hold is changed and changed back.
        let old = plus(today(), -100);
        for kind in [None, Some(Mark::Done)] {
            store.apply(&mark(1, old, kind), &stamp(today())).unwrap();
        }
        assert_same(&expected, &path, today());
        store.refresh_checkpoints(today()).unwrap();
    }
}

#[test]
fn new_rules_are_told_of_until_the_folds_are_made_by_them() {
    use chrono::Weekday;
    use inch::domain::day::StreakRule;

    let (_folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "3/week", day("2025-01-01")), &stamp(today())).unwrap();
    for ago in (0..400).step_by(3) {
        store.apply(&mark(1, plus(today(), -ago), Some(Mark::Done)), &stamp(today())).unwrap();
    }
    store.load(today()).unwrap();
    assert!(!store.has_new_rules());
    store.refresh_checkpoints(today()).unwrap();
    drop(store);
    let usual = Rules::default();
    for rules in [
        Rules { streaks: StreakRule::TwoDay, ..usual },
        Rules { week_starts_on: Weekday::Sun, ..usual },
        usual,
    ] {
        let start = || {
            let mut store = Store::open(&path, Options { rules, ..options() }).unwrap();
            store.load(today()).unwrap();
            store
        };
        assert!(start().has_new_rules(), "{rules:?}");
        // Whoever only looks leaves it to be told.
        let mut store = start();
        assert!(store.has_new_rules(), "{rules:?}");
        store.refresh_checkpoints(today()).unwrap();
        assert!(!start().has_new_rules(), "{rules:?}");
    }
    // Other folds, other schedules and damage are no new rules.
    let sql = Connection::open(&path).unwrap();
    for basis in ["'0' || substr(basis, 2)", "basis || '; 2026-11-01 daily'", "'other'"] {
        sql.execute_batch(&format!("UPDATE habit_fold SET basis = {basis}")).unwrap();
        let mut store = open(&path);
        store.load(today()).unwrap();
        assert!(!store.has_new_rules(), "{basis}");
        store.refresh_checkpoints(today()).unwrap();
        assert!(!owes_something(&path, today()), "{basis}");
    }
}
