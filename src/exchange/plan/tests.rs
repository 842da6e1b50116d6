//! What a plan would add, against what is here already.

use chrono::DateTime;

use super::*;
use crate::{
    domain::{
        change::Records,
        day::{Rules, parse_iso},
        fault::Fault,
        habit::{CheckIn, Habit, Mark},
        ids::IdSource,
        record::Key,
        session::Session,
        version::Versions,
        workspace::Workspace,
    },
    exchange::reading::{Described, End, Identity, Repeats, Said},
    store::Options,
};

fn day(text: &str) -> NaiveDate {
    parse_iso(text).unwrap()
}

type Entry = (&'static str, &'static str, Option<Mark>, &'static str);

const DONE: Option<Mark> = Some(Mark::Done);
const REST: Option<Mark> = Some(Mark::Rest);

/// Typed lines, as plain CSV has them.
fn typed(entries: &[Entry]) -> Reading {
    let mut reading = Reading::new("a.csv", day("2026-11-23"), false);
    for (line, (habit, on, mark, note)) in (1..).zip(entries) {
        let place = reading.named(habit).unwrap_or_else(|| {
            let new = Described::new("csv", (*habit).to_owned(), 0, reading.place(line));
            reading.describe(Described { identity: Identity::Typed, ..new }).unwrap()
        });
        let note = (*note).to_owned();
        reading.take(line, Ok(Said { habit: place, day: day(on), mark: *mark, note })).unwrap();
    }
    reading
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

fn plan(reading: Reading, habits: Vec<Habit>, here: &[CheckIn]) -> Result<Plan, ImportError> {
    plan_where(reading, habits, &Stored { check_ins: here.to_vec(), ..Stored::default() })
}

/// What stands in a file that is none.
#[derive(Default)]
struct Stored {
    check_ins: Vec<CheckIn>,
    more_check_ins: usize,
    is_taken: bool,
    seen: i64,
}

impl Here for Stored {
    fn check_ins_of(&self, habit: HabitId) -> Result<Vec<CheckIn>, StoreError> {
        Ok(self.check_ins.iter().filter(|day| day.habit == habit).cloned().collect())
    }

    fn check_in_count(&self) -> Result<usize, StoreError> {
        Ok(self.check_ins.len() + self.more_check_ins)
    }

    fn is_free(&self, _: &Key) -> Result<bool, StoreError> {
        Ok(!self.is_taken)
    }

    fn sessions(&self) -> Result<Vec<Session>, StoreError> {
        Ok(Vec::new())
    }

    fn seen(&self) -> i64 {
        self.seen
    }
}

fn plan_where(reading: Reading, habits: Vec<Habit>, here: &Stored) -> Result<Plan, ImportError> {
    let workspace = Workspace { habits, ..Workspace::default() };
    let (today, ids) = (day("2026-11-23"), IdSource::new(9, 9));
    Plan::new(reading, Ground { workspace: &workspace, here, today, ids, skips_bad: false })
}

fn days(plan: &Plan) -> (usize, usize) {
    (plan.added.marks, plan.added.notes)
}

#[test]
fn unknown_habits_are_created_from_their_first_day_on() {
    let entries = [
        ("New", "2026-11-20", DONE, ""),
        ("New", "2026-11-18", REST, "ill"),
        ("Later", "2026-12-24", REST, ""),
    ];
    let plan = plan(typed(&entries), vec![habit(1, "Read")], &[]).unwrap();
    let made: Vec<_> = plan.new_habits.iter().map(|new| (new.name.as_str(), new.from)).collect();
    assert_eq!(made, [("New", day("2026-11-18")), ("Later", day("2026-11-23"))]);
    assert_eq!((days(&plan), plan.known.len(), plan.added.habits), ((3, 1), 0, 2));
    assert!(plan.into_change().make(&mut Records::new(), day("2026-11-23")).is_ok());
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
    let id: &'static str = read.id.to_string().leak();
    let entries = [
        ("Read", "2026-11-20", DONE, ""),
        (id, "2026-11-21", DONE, ""),
        ("Read", "2026-11-22", DONE, "mine"),
        ("Read", "2026-11-23", DONE, ""),
        ("Read", "2026-11-18", REST, "another mark's"),
        ("Read", "2026-11-19", DONE, "late"),
    ];
    let stored = [
        here("2026-11-18", DONE, None),
        here("2026-11-19", DONE, None),
        here("2026-11-20", DONE, None),
        here("2026-11-21", REST, None),
        here("2026-11-22", None, Some("other")),
    ];
    let planned = plan(typed(&entries), vec![read.clone()], &stored).unwrap();
    assert_eq!((planned.already.days, days(&planned)), (1, (2, 1)));
    let kept: Vec<_> = planned.kept_first.iter().map(|kept| kept.place.as_str()).collect();
    assert_eq!(kept, ["line 5", "line 2", "line 3"]);
    assert_eq!(planned.known.len(), 1, "the name and the id mean the same habit");
    let again = [
        here("2026-11-18", DONE, None),
        here("2026-11-19", DONE, Some("late")),
        here("2026-11-20", DONE, None),
        here("2026-11-21", REST, None),
        here("2026-11-22", DONE, Some("other")),
        here("2026-11-23", DONE, None),
    ];
    assert!(plan(typed(&entries), vec![read], &again).unwrap().is_empty());
}

#[test]
fn an_answer_that_another_one_overrules_is_told() {
    let entries = [
        ("Read", "2026-11-20", DONE, "a figure"),
        ("Read", "2026-11-20", None, ""),
        ("Read", "2026-11-21", DONE, ""),
        ("Read", "2026-11-21", DONE, ""),
        ("Read", "2026-11-22", REST, ""),
        ("Read", "2026-11-22", DONE, "late"),
    ];
    let told = |repeats, entries: &[Entry]| {
        let mut reading = Reading::new("a", day("2026-11-23"), false);
        reading.repeats = repeats;
        for (line, (habit, on, mark, note)) in (1..).zip(entries) {
            let place = reading.named(habit).unwrap_or_else(|| {
                reading
                    .describe(Described::new("a", (*habit).to_owned(), 0, String::new()))
                    .unwrap()
            });
            let said = Said { habit: place, day: day(on), mark: *mark, note: (*note).to_owned() };
            reading.take(line, Ok(said)).unwrap();
        }
        let plan = plan(reading, Vec::new(), &[]).unwrap();
        (days(&plan), plan.told.join("\n"))
    };
    let twice = "2 days stand there more than once, with different answers; the";
    for (repeats, added, end) in [
        (Repeats::First("a"), (3, 1), "first one counts, as in a. Set aside: line 2; line 6"),
        (Repeats::Last("a"), (2, 1), "last one counts, as in a. Set aside: line 1; line 5"),
    ] {
        assert_eq!(told(repeats, &entries), (added, format!("{twice} {end}")));
        assert_eq!(told(repeats, &entries[2..4]), ((1, 0), String::new()));
    }
    let many: Vec<Entry> =
        (0..30).map(|nth| ("Read", "2026-11-20", [DONE, REST][nth % 2], "")).collect();
    let (_, told) = told(Repeats::Last("a"), &many);
    assert!(told.starts_with("1 day stands there more than once"), "{told}");
    assert!(told.ends_with("line 19; and 5 more"), "{told}");
}

#[test]
fn lines_that_disagree_and_names_that_are_not_unique_are_refused() {
    let twice = [
        ("Read", "2026-11-20", DONE, ""),
        ("Read", "2026-11-20", DONE, ""),
        ("Read", "2026-11-20", REST, ""),
    ];
    assert_eq!(plan(typed(&twice[..2]), Vec::new(), &[]).unwrap().added.marks, 1);
    let error = plan(typed(&twice), Vec::new(), &[]).unwrap_err().to_string();
    assert!(error.contains("line 3, Read on 2026-11-20 stands in line 1 already"), "{error}");
    for (repeats, mark) in [(Repeats::First("a"), DONE), (Repeats::Last("a"), REST)] {
        let mut reading = typed(&twice);
        reading.repeats = repeats;
        let plan = plan(reading, Vec::new(), &[]).unwrap();
        let Change::Together { changes, .. } = plan.into_change() else { panic!("one change") };
        assert!(matches!(&changes[1], Change::CheckInsFill { days, .. } if days[0].1 == mark));
    }
    let same = vec![habit(1, "Read"), habit(2, "Read")];
    let error = plan(typed(&twice[..2]), same.clone(), &[]).unwrap_err().to_string();
    assert!(error.contains("line 1, column habit: 2 habits have this name"), "{error}");
    let mut one_left = same;
    one_left[0].archive(day("2026-11-01"));
    assert_eq!(plan(typed(&twice[..2]), one_left, &[]).unwrap().known.len(), 1);
}

/// Two habits of one name, as another program may have them.
fn namesakes() -> Reading {
    two_called("Read")
}

fn two_called(name: &str) -> Reading {
    let mut reading = Reading::new("a", day("2026-11-23"), false);
    for nth in 0..2 {
        let habit = Described::new("loop", name.into(), nth, reading.place(1));
        let habit = reading.describe(Described { end: Some(End::LastDay), ..habit }).unwrap();
        for on in ["2026-11-20", "2026-11-02"] {
            let said = Said { habit, day: day(on), mark: DONE, note: String::new() };
            reading.take(2, Ok(said)).unwrap();
        }
    }
    reading
}

#[test]
fn an_id_comes_before_a_name_and_no_habit_here_is_two_there() {
    let first = plan(namesakes(), Vec::new(), &[]).unwrap();
    let [one, two] = first.new_habits.as_slice() else { panic!("two are made") };
    assert_eq!((one.from, one.archived_on), (day("2026-11-02"), Some(day("2026-11-20"))));
    assert_ne!(one.id, two.id);
    // By the name, once; the other one is still new.
    let planned = plan(namesakes(), vec![habit(1, "Read")], &[]).unwrap();
    assert_eq!((planned.known.len(), planned.new_habits.len()), (1, 1));
    assert!(!planned.known[0].is_by_id);
    assert_eq!(planned.new_habits[0].id, two.id);
    // Nothing tells which of them is meant by a name in other letters.
    let planned = plan(two_called("read"), vec![habit(1, "Read")], &[]).unwrap();
    assert_eq!((planned.known.len(), planned.new_habits.len()), (0, 2));
    // By the id, whatever it is called now.
    let renamed = Habit { id: two.id, ..habit(1, "Read on") };
    let planned = plan(namesakes(), vec![renamed, habit(2, "Read")], &[]).unwrap();
    let known: Vec<_> =
        planned.known.iter().map(|known| (known.name_here.as_str(), known.is_by_id)).collect();
    assert_eq!(known, [("Read", false), ("Read on", true)]);
    // The id of a habit that was deleted here is not used again.
    let planned =
        plan_where(namesakes(), Vec::new(), &Stored { is_taken: true, ..Stored::default() })
            .unwrap();
    assert!(planned.new_habits.iter().all(|new| new.id != one.id && new.id != two.id));
}

#[test]
fn a_name_in_other_letters_is_a_habit_here_where_only_one_can_be_meant() {
    let came = |names: &[&'static str], here: &[&str]| {
        let entries: Vec<Entry> =
            names.iter().map(|name| (*name, "2026-11-20", DONE, "")).collect();
        let here = (1..).zip(here).map(|(number, name)| habit(number, name)).collect();
        let plan = plan(typed(&entries), here, &[]).unwrap();
        let known: Vec<_> = plan.known.iter().map(|known| known.name_here.clone()).collect();
        let new: Vec<_> = plan.new_habits.iter().map(|new| new.name.clone()).collect();
        (known.join(","), new.join(","), plan.told.join(","))
    };
    let said = |known: &str, new: &str, told: &str| (known.into(), new.into(), told.into());
    let goes = "'write' goes into 'Write': they differ in case only";
    assert_eq!(came(&["write"], &["Write", "Read"]), said("Write", "", goes));
    assert_eq!(came(&["ÉCRIRE"], &["Écrire"]).0, "Écrire");
    assert_eq!(came(&["write"], &["Write", "write"]), said("write", "", ""));
    // Two of the input are never one here, whatever their order.
    let own =
        "'write' becomes a habit of its own, though another name differs from it in case only";
    assert_eq!(came(&["write", "Write"], &["Write"]), said("Write", "write", own));
    assert_eq!(came(&["Write", "write"], &["Write"]), said("Write", "write", own));
    assert_eq!(came(&["write"], &["Write", "WRITE"]), said("", "write", own));
    let (known, new, _) = came(&["write", "WRITE"], &["Write"]);
    assert_eq!((known.as_str(), new.as_str()), ("", "write,WRITE"));
    assert_eq!(came(&["write", "WRITE"], &[]), said("", "write,WRITE", ""));
    // An active one comes before archived ones.
    let mut here = vec![habit(1, "Write"), habit(2, "WRITE")];
    here[0].archive(day("2026-11-01"));
    let planned = plan(typed(&[("write", "2026-11-20", DONE, "")]), here, &[]).unwrap();
    assert_eq!(planned.known[0].name_here, "WRITE");
}

#[test]
fn no_more_habits_than_inch_keeps() {
    let full: Vec<_> =
        (0..999).map(|number| habit(number + 1, &format!("habit {number}"))).collect();
    let one = |name| [(name, "2026-11-20", DONE, "")];
    assert!(plan(typed(&one("a")), full.clone(), &[]).is_ok());
    let two = [one("a")[0], one("b")[0]];
    let error = plan(typed(&two), full, &[]).unwrap_err().to_string();
    assert!(error.contains("would make it 1,001 habits, and"), "{error}");
}

#[test]
fn no_more_check_ins_than_inch_keeps() {
    let read = habit(1, "Read");
    let entries = [
        ("Read", "2026-11-20", DONE, ""),
        ("Read", "2026-11-21", DONE, ""),
        ("Read", "2026-11-22", DONE, ""),
    ];
    // A note that joins a mark is no further one.
    let noted =
        CheckIn { habit: read.id, day: day("2026-11-22"), mark: None, note: Some("a".into()) };
    let planned = |more_check_ins| {
        let here = Stored { check_ins: vec![noted.clone()], more_check_ins, ..Stored::default() };
        plan_where(typed(&entries), vec![read.clone()], &here)
    };
    assert_eq!(planned(4_999_997).unwrap().added.marks, 3);
    let error = planned(4_999_998).unwrap_err();
    let said = "a.csv would make it 5,000,001 check-ins, and inch keeps at most 5,000,000. Nothing was imported. Leave some out of it, or delete some here";
    assert_eq!((error.to_string().as_str(), error.fault()), (said, Fault::Data));
    // What adds none comes in all the same.
    let same = [entries[0]];
    let stored = CheckIn { habit: read.id, day: day("2026-11-20"), mark: DONE, note: None };
    let full = Stored { check_ins: vec![stored], more_check_ins: 5_000_000, ..Stored::default() };
    assert!(plan_where(typed(&same), vec![read], &full).unwrap().is_empty());
}

#[test]
fn of_what_stays_no_more_is_held_than_is_shown() {
    let read = habit(1, "Read");
    let mut reading = typed(&[("Read", "2026-11-23", DONE, "")]);
    let mut here = Vec::new();
    for (line, days) in (2..).zip(1..=100) {
        let on = day("2026-11-23") - chrono::Days::new(days);
        let said = Said { habit: 0, day: on, mark: DONE, note: String::new() };
        reading.take(line, Ok(said)).unwrap();
        here.push(CheckIn { habit: read.id, day: on, mark: REST, note: None });
    }
    here.reverse();
    let plan = plan(reading, vec![read], &here).unwrap();
    assert_eq!((plan.added.marks, plan.kept.days, plan.kept_first.len()), (1, 100, EXAMPLES));
}

fn store() -> (Store, Stamp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let options =
        Options { busy_timeout: std::time::Duration::from_secs(1), rules: Rules::default() };
    let store = Store::open(&folder.path().join("inch.db"), options).unwrap();
    let at = DateTime::parse_from_rfc3339("2026-11-23T12:00:00Z").unwrap();
    (store, Stamp { at, today: day("2026-11-23") }, folder)
}

#[test]
fn of_two_imports_at_once_the_second_is_to_be_planned_anew() {
    for reading in [|| typed(&[("Read", "2026-11-20", DONE, "")]), namesakes] {
        let (mut store, stamp, _folder) = store();
        let [first, second] = [(), ()].map(|()| plan(reading(), Vec::new(), &[]).unwrap());
        first.carry_out(&mut store, &stamp, &mut |_| ()).unwrap();
        let before = store.load(stamp.today).unwrap().habits;
        let error = second.carry_out(&mut store, &stamp, &mut |_| ()).unwrap_err();
        let said = "another program altered habits, topics or projects since the plan was made, so that it holds no more; try again. Nothing was saved";
        assert_eq!((error.to_string().as_str(), error.fault()), (said, Fault::Busy));
        assert_eq!(store.load(stamp.today).unwrap().habits, before);
    }
}

#[test]
fn what_another_wrote_between_plan_and_change_stays() {
    let (mut store, stamp, _folder) = store();
    let first = plan(typed(&[("Read", "2026-11-01", DONE, "")]), Vec::new(), &[]).unwrap();
    let read = first.new_habits[0].id;
    first.carry_out(&mut store, &stamp, &mut |_| ()).unwrap();
    let entries = [("Read", "2026-11-20", DONE, "from the file"), ("Read", "2026-11-21", DONE, "")];
    let habits = store.load(stamp.today).unwrap().habits;
    let check_ins = store.check_ins(None, None).unwrap();
    let here = Stored { check_ins, seen: store.newest_seen_change(), ..Stored::default() };
    let planned = plan_where(typed(&entries), habits, &here).unwrap();
    assert_eq!(planned.added, Count { marks: 2, notes: 1, ..Count::default() });
    let rest = Change::CheckInSet { habit: read, day: day("2026-11-20"), mark: Some(Mark::Rest) };
    store.apply(&rest, &stamp).unwrap();
    let (_, added) = planned.carry_out(&mut store, &stamp, &mut |_| ()).unwrap();
    assert_eq!(added, Count { marks: 1, ..Count::default() });
    let found = store.check_ins(None, Some(day("2026-11-20"))).unwrap();
    let said: Vec<_> = found.iter().map(|found| (found.mark, found.note.as_deref())).collect();
    assert_eq!(said, [(Some(Mark::Rest), None), (Some(Mark::Done), None)]);
    store.undo(&stamp).unwrap();
    let left = store.check_ins(None, Some(day("2026-11-20"))).unwrap();
    assert_eq!((left.len(), left[0].mark), (1, Some(Mark::Rest)));
}
