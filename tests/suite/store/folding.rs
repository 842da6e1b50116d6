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
    store.refresh_checkpoints(past).unwrap();
    let sql = Connection::open(&path).unwrap();
    let resume: String =
        sql.query_one("SELECT resume FROM habit_fold", [], |row| row.get(0)).unwrap();
    assert_eq!(resume, boundary(today()).to_string());
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
        "DELETE FROM habit_fold",
    ] {
        sql.execute_batch(damage).unwrap();
        assert_same(&expected, &path, today());
        store.refresh_checkpoints(today()).unwrap();
    }
}
