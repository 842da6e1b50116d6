//! What a plan would add, against what is here already.

use chrono::DateTime;

use super::*;
use crate::{
    domain::{
        change::Records,
        day::{Rules, parse_iso},
        version::Versions,
    },
    store::Options,
};

fn day(text: &str) -> NaiveDate {
    parse_iso(text).unwrap()
}

fn entry(line: u64, habit: &str, on: &str, mark: Option<Mark>, note: Option<&str>) -> Entry {
    Entry { line, habit: habit.into(), day: day(on), mark, note: note.map(str::to_owned) }
}

fn habit(number: u64, name: &str) -> Habit {
    Habit {
        id: HabitId(IdSource::new(number, number).next_uuid()),
        name: name.into(),
        topic: None,
        position: 0,
        schedules: Versions::new(day("2026-01-01"), Schedule::Daily),
        recipes: Versions::new(day("2026-01-01"), Recipe::default()),
        seconds: 10,
        is_review: false,
        is_deleted: false,
    }
}

fn plan(entries: &[Entry], habits: Vec<Habit>, here: Vec<CheckIn>) -> Result<Plan, BadLine> {
    let workspace = Workspace { habits, ..Workspace::default() };
    let mut ids = IdSource::new(9, 9);
    let entries = entries.iter().cloned().map(Ok);
    Plan::new("import".into(), entries, &workspace, here, day("2026-11-23"), &mut ids)
}

#[test]
fn unknown_habits_are_created_from_their_first_day_on() {
    let entries = [
        entry(1, "New", "2026-11-20", Some(Mark::Done), None),
        entry(2, "New", "2026-11-18", Some(Mark::Rest), Some("ill")),
        entry(3, "Later", "2026-12-24", Some(Mark::Rest), None),
    ];
    let plan = plan(&entries, vec![habit(1, "Read")], Vec::new()).unwrap();
    let made: Vec<_> = plan.new_habits.iter().map(|new| (new.name.as_str(), new.from)).collect();
    assert_eq!(made, [("New", day("2026-11-18")), ("Later", day("2026-11-23"))]);
    assert_eq!((plan.added, plan.known_habits), (Count { marks: 3, notes: 1 }, 0));
    let change = Change::Together { what: plan.what, changes: plan.changes };
    assert!(change.make(&mut Records::new(), day("2026-11-23")).is_ok());
}

#[test]
fn what_is_here_is_kept_and_repeating_adds_nothing() {
    let read = habit(1, "Read");
    let here = |on: &str, mark, note: Option<&str>| CheckIn {
        habit: read.id,
        day: day(on),
        mark,
        note: note.map(str::to_owned),
    };
    let entries = [
        entry(1, "Read", "2026-11-20", Some(Mark::Done), None),
        entry(2, &read.id.to_string(), "2026-11-21", Some(Mark::Done), None),
        entry(3, "Read", "2026-11-22", Some(Mark::Done), Some("mine")),
        entry(4, "Read", "2026-11-23", Some(Mark::Done), None),
    ];
    let stored = vec![
        here("2026-11-20", Some(Mark::Done), None),
        here("2026-11-21", Some(Mark::Rest), None),
        here("2026-11-22", None, Some("other")),
    ];
    let plan = plan(&entries, vec![read.clone()], stored).unwrap();
    assert_eq!((plan.already, plan.added), (1, Count { marks: 2, notes: 0 }));
    let kept: Vec<_> = plan.kept.iter().map(|kept| kept.line).collect();
    assert_eq!(kept, [2, 3]);
    let again = vec![
        here("2026-11-20", Some(Mark::Done), None),
        here("2026-11-21", Some(Mark::Rest), None),
        here("2026-11-22", Some(Mark::Done), Some("other")),
        here("2026-11-23", Some(Mark::Done), None),
    ];
    assert!(self::plan(&entries, vec![read], again).unwrap().is_empty());
}

#[test]
fn lines_that_disagree_and_names_that_are_not_unique_are_refused() {
    let twice = [
        entry(1, "Read", "2026-11-20", Some(Mark::Done), None),
        entry(2, "Read", "2026-11-20", Some(Mark::Done), None),
        entry(5, "Read", "2026-11-20", Some(Mark::Rest), None),
    ];
    assert_eq!(plan(&twice[..2], Vec::new(), Vec::new()).unwrap().added.marks, 1);
    let error = plan(&twice, Vec::new(), Vec::new()).unwrap_err();
    assert_eq!(error.line, 5);
    assert!(error.what.contains("line 1"));
    let same = vec![habit(1, "Read"), habit(2, "Read")];
    assert_eq!(plan(&twice[..2], same.clone(), Vec::new()).unwrap_err().line, 1);
    let mut one_left = same;
    one_left[0].archive(day("2026-11-01"));
    assert_eq!(plan(&twice[..2], one_left, Vec::new()).unwrap().known_habits, 1);
}

#[test]
fn what_another_wrote_between_plan_and_change_stays() {
    let folder = tempfile::tempdir().unwrap();
    let options =
        Options { busy_timeout: std::time::Duration::from_secs(1), rules: Rules::default() };
    let mut store = Store::open(&folder.path().join("inch.db"), options).unwrap();
    let today = day("2026-11-23");
    let stamp = Stamp { at: DateTime::parse_from_rfc3339("2026-11-23T12:00:00Z").unwrap(), today };
    let first = entry(1, "Read", "2026-11-01", Some(Mark::Done), None);
    let first = plan(&[first], Vec::new(), Vec::new()).unwrap();
    let read = first.new_habits[0].id;
    first.carry_out(&mut store, &stamp).unwrap();
    let entries = [
        entry(1, "Read", "2026-11-20", Some(Mark::Done), Some("from the file")),
        entry(2, "Read", "2026-11-21", Some(Mark::Done), None),
    ];
    let here = store.check_ins(None, None).unwrap();
    let habits = store.load(today).unwrap().habits;
    let planned = plan(&entries, habits, here).unwrap();
    assert_eq!(planned.added, Count { marks: 2, notes: 1 });
    let rest = Change::CheckInSet { habit: read, day: day("2026-11-20"), mark: Some(Mark::Rest) };
    store.apply(&rest, &stamp).unwrap();
    let (_, added) = planned.carry_out(&mut store, &stamp).unwrap();
    assert_eq!(added, Count { marks: 1, notes: 1 });
    let found = store.check_ins(None, Some(day("2026-11-20"))).unwrap();
    let said: Vec<_> = found.iter().map(|found| (found.mark, found.note.as_deref())).collect();
    assert_eq!(said, [(Some(Mark::Rest), Some("from the file")), (Some(Mark::Done), None)]);
    store.undo(&stamp).unwrap();
    let left = store.check_ins(None, Some(day("2026-11-20"))).unwrap();
    assert_eq!((left.len(), left[0].mark), (1, Some(Mark::Rest)));
}
