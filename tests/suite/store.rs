//! The store on real files: what is acknowledged is there, and what is refused is untouched.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::{DateTime, NaiveDate};
use inch::{
    domain::{
        change::{Applied, Change, Origin, Refusal, Stamp},
        checkpoint::Checkpoint,
        day::{Rules, parse_iso, plus},
        fault::Fault,
        figures::Figures,
        habit::{Mark, Recipe},
        ids::{HabitId, IdSource, ProjectId},
        project::{ProjectDraft, Status},
        topic::{OwnTopic, TopicState},
        workspace::Workspace,
    },
    store::{Options, Store, StoreError},
};
use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

fn day(text: &str) -> NaiveDate {
    parse_iso(text).unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

fn stamp(today: NaiveDate) -> Stamp {
    Stamp {
        at: DateTime::parse_from_rfc3339(&format!("{today}T12:00:00+02:00")).unwrap(),
        today,
    }
}

fn options() -> Options {
    Options {
        busy_timeout: Duration::from_millis(50),
        rules: Rules::default(),
    }
}

fn open(path: &Path) -> Store {
    Store::open(path, options()).unwrap()
}

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data").join("inch.db");
    (folder, path)
}

fn habit_id(number: u64) -> HabitId {
    HabitId(IdSource::new(number, 1_700_000_000_000 + number).next_uuid())
}

fn project_id(number: u64) -> ProjectId {
    ProjectId(IdSource::new(number, 1_700_000_000_000 + number).next_uuid())
}

fn add(number: u64, schedule: &str, from: NaiveDate) -> Change {
    Change::HabitAdd {
        habit: habit_id(number),
        name: format!("Habit {number}"),
        topic: None,
        position: i64::try_from(number).unwrap(),
        recipe: Recipe::default(),
        schedule: schedule.parse().unwrap(),
        from,
    }
}

fn mark(number: u64, day: NaiveDate, mark: Option<Mark>) -> Change {
    Change::CheckInSet {
        habit: habit_id(number),
        day,
        mark,
    }
}

fn rename(number: u64, name: &str) -> Change {
    Change::HabitRename {
        habit: habit_id(number),
        name: name.to_owned(),
    }
}

/// Applies, and takes it into memory as the app does.
fn make(store: &mut Store, memory: &mut Workspace, change: &Change, on: NaiveDate) -> Applied {
    let applied = store.apply(change, &stamp(on)).unwrap();
    memory.absorb(&applied);
    applied
}

/// Memory says what the file says, and what a fold over everything says.
fn assert_same(memory: &Workspace, path: &Path, on: NaiveDate) {
    let mut store = open(path);
    let read = store.load(on).unwrap();
    assert_eq!(memory.habits, read.habits);
    assert_eq!(memory.progress, read.progress);
    assert_eq!(memory.own_topics, read.own_topics);
    assert_eq!(memory.projects, read.projects);
    for habit in &read.habits {
        let (ours, theirs) = (&memory.tracks[&habit.id], &read.tracks[&habit.id]);
        let from = ours.held_from.max(theirs.held_from);
        assert!(ours.marks.range(from..).eq(theirs.marks.range(from..)));
        assert!(ours.notes.range(from..).eq(theirs.notes.range(from..)));
        assert!(ours.held_from <= ours.checkpoint.resume);
        let all: BTreeMap<_, _> = store
            .check_ins(Some(habit.id), None)
            .unwrap()
            .into_iter()
            .filter_map(|check_in| Some((check_in.day, check_in.mark?)))
            .collect();
        let none = Checkpoint::default();
        let full = Figures::new(habit, &none, &all, read.rules, on);
        assert_eq!(read.figures(habit, on).as_ref(), Some(&full), "read anew");
        assert_eq!(memory.figures(habit, on).as_ref(), Some(&full), "in memory");
    }
}

mod refusing;
mod sharing;
mod undoing;

#[test]
fn what_is_acknowledged_is_there_when_the_file_is_opened_again() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let mut memory = store.load(today()).unwrap();
    let changes = [
        add(1, "daily", day("2020-01-01")),
        add(2, "3/week", today()),
        mark(1, today(), Some(Mark::Done)),
        Change::CheckInNote {
            habit: habit_id(1),
            day: day("2026-11-01"),
            note: Some("slow but steady".into()),
        },
        Change::ScheduleSet {
            habit: habit_id(2),
            from: today(),
            schedule: "mon,thu".parse().unwrap(),
        },
        Change::TopicSet {
            topic: "linear-algebra".into(),
            state: TopicState::Learning,
            on: today(),
        },
        Change::OwnTopicPut {
            topic: OwnTopic {
                id: "own-rust".into(),
                module: "software".into(),
                title: "Rust".into(),
                check: String::new(),
                link: Some("https://www.rust-lang.org/".into()),
                is_deleted: false,
            },
        },
        Change::ProjectAdd {
            project: project_id(1),
            draft: ProjectDraft {
                title: "Digits".into(),
                links: vec!["https://example.org/".into()],
                topics: vec!["linear-algebra".into()],
                ..ProjectDraft::default()
            },
            position: 0,
            on: day("2026-11-01"),
        },
        Change::ProjectStatus {
            project: project_id(1),
            status: Status::Building,
            on: today(),
        },
    ];
    for (seq, change) in (1..).zip(&changes) {
        let applied = make(&mut store, &mut memory, change, today());
        assert_eq!((applied.seq, applied.origin), (Some(seq), Origin::Asked));
    }
    assert_same(&memory, &path, today());
    store.close().unwrap();
    assert_same(&memory, &path, today());
    assert!(
        !path.with_extension("db-wal").exists(),
        "the log was emptied"
    );
}

#[test]
fn a_change_that_alters_nothing_is_not_journalled() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store
        .apply(&add(1, "daily", today()), &stamp(today()))
        .unwrap();
    let tick = mark(1, today(), Some(Mark::Done));
    assert!(store.apply(&tick, &stamp(today())).unwrap().seq.is_some());
    let again = store.apply(&tick, &stamp(today())).unwrap();
    assert_eq!((again.seq, again.after.len()), (None, 0));
    assert_eq!(
        store
            .apply(&rename(1, "Next"), &stamp(today()))
            .unwrap()
            .seq,
        Some(3)
    );
}

#[test]
fn a_new_file_is_private_and_alone() {
    let (folder, path) = place();
    let store = open(&path);
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let parent = folder.path().join("data");
    assert_eq!(
        fs::metadata(&parent).unwrap().permissions().mode() & 0o777,
        0o700
    );
    assert!(!store.is_read_only());
    assert_eq!(store.path(), path);
    store.close().unwrap();
    let names: Vec<_> = fs::read_dir(parent)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["inch.db"]);
    assert_eq!(fs::metadata(&path).unwrap().nlink(), 1);
}

#[test]
fn many_who_start_at_once_get_one_file() {
    let (_folder, path) = place();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let path = &path;
            scope.spawn(move || {
                let patient = Options {
                    busy_timeout: Duration::from_secs(5),
                    ..options()
                };
                let mut store = Store::open(path, patient).unwrap();
                store
                    .apply(&add(number, "daily", today()), &stamp(today()))
                    .unwrap();
            });
        }
    });
    assert_eq!(open(&path).load(today()).unwrap().habits.len(), 8);
}

#[test]
fn an_older_day_is_folded_anew_at_once() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let first = day("2025-01-01");
    let mut memory = store.load(today()).unwrap();
    make(&mut store, &mut memory, &add(1, "daily", first), today());
    for ago in 0..200 {
        make(
            &mut store,
            &mut memory,
            &mark(1, plus(today(), -ago), Some(Mark::Done)),
            today(),
        );
    }
    store.refresh_checkpoints(today()).unwrap();
    let mut memory = store.load(today()).unwrap();
    let held_from = memory.tracks[&habit_id(1)].held_from;
    assert_eq!(held_from, day("2026-10-01"), "most of it is folded");
    let old = plus(today(), -100);
    let applied = make(&mut store, &mut memory, &mark(1, old, None), today());
    assert_eq!(applied.tracks.len(), 1);
    let streak = memory
        .figures(&memory.habits[0], today())
        .unwrap()
        .current_streak;
    assert_eq!(streak, 100);
    assert_same(&memory, &path, today());
    let track = store
        .track(habit_id(1), day("2026-08-01"), today())
        .unwrap();
    assert_eq!(track.held_from, day("2026-08-01"));
    assert!(!track.marks.contains_key(&old));
}

#[test]
fn a_pretended_past_day_reads_right_and_does_not_set_the_stored_rows_back() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store
        .apply(&add(1, "daily", day("2025-01-01")), &stamp(today()))
        .unwrap();
    for ago in 0..400 {
        store
            .apply(
                &mark(1, plus(today(), -ago), Some(Mark::Done)),
                &stamp(today()),
            )
            .unwrap();
    }
    store.refresh_checkpoints(today()).unwrap();
    let past = day("2026-02-03");
    let mut memory = store.load(past).unwrap();
    assert_same(&memory, &path, past);
    let pretended = Stamp {
        today: past,
        ..stamp(today())
    };
    let applied = store
        .apply(&mark(1, day("2025-12-01"), None), &pretended)
        .unwrap();
    memory.absorb(&applied);
    assert_same(&memory, &path, past);
    store.refresh_checkpoints(past).unwrap();
    let sql = Connection::open(&path).unwrap();
    let resume: String = sql
        .query_one("SELECT resume FROM habit_fold", [], |row| row.get(0))
        .unwrap();
    assert_eq!(resume, "2026-10-01");
}

#[test]
fn stored_folds_made_under_other_rules_or_damaged_are_not_believed() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store
        .apply(&add(1, "3/week", day("2025-01-01")), &stamp(today()))
        .unwrap();
    for ago in (0..400).step_by(2) {
        store
            .apply(
                &mark(1, plus(today(), -ago), Some(Mark::Done)),
                &stamp(today()),
            )
            .unwrap();
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

#[test]
fn check_ins_are_listed_by_day_and_then_in_the_habits_order() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let mut make = |change: &Change| drop(store.apply(change, &stamp(today())).unwrap());
    for number in [2, 1, 3] {
        make(&add(number, "daily", day("2026-01-01")));
        for on in ["2026-11-02", "2026-11-01"] {
            make(&mark(number, day(on), Some(Mark::Done)));
        }
    }
    make(&Change::HabitDelete { habit: habit_id(3) });
    let listed = |habit, since| {
        let found = open(&path).check_ins(habit, since).unwrap();
        found
            .into_iter()
            .map(|check_in| (check_in.day, check_in.habit))
            .collect::<Vec<_>>()
    };
    let (first, second) = (day("2026-11-01"), day("2026-11-02"));
    let (one, two) = (habit_id(1), habit_id(2));
    assert_eq!(
        listed(None, None),
        [(first, one), (first, two), (second, one), (second, two)]
    );
    assert_eq!(listed(None, Some(second)), [(second, one), (second, two)]);
    assert_eq!(listed(Some(two), None), [(first, two), (second, two)]);
    assert_eq!(listed(Some(habit_id(3)), None), []);
}

/// One step of a life with inch.
#[derive(Debug, Clone)]
enum Step {
    Make(Change),
    Elsewhere(Change),
    Undo,
    Redo,
    DaysPass(i64),
    Refresh,
    Restart,
}

fn any_change() -> impl Strategy<Value = Change> {
    let number = 0_u64..3;
    let schedule = prop::sample::select(vec!["daily", "mon,wed,fri", "3/week", "every 40 days"]);
    let any_day = (-500_i64..=1).prop_map(|offset| plus(today(), offset));
    let any_mark = prop::sample::select(vec![Some(Mark::Done), Some(Mark::Rest), None]);
    prop_oneof![
        2 => (number.clone(), schedule.clone(), any_day.clone())
            .prop_map(|(number, schedule, from)| add(number, schedule, from)),
        12 => (number.clone(), any_day.clone(), any_mark)
            .prop_map(|(number, on, kind)| mark(number, on, kind)),
        4 => (number.clone(), any_day.clone(), 5_i64..90).prop_map(|(number, from, count)| {
            Change::Together {
                what: "a good time".into(),
                changes: (0..count)
                    .map(|at| mark(number, plus(from, at).min(today()), Some(Mark::Done)))
                    .collect(),
            }
        }),
        1 => (number.clone(), any_day.clone(), "[a-z]{0,3}").prop_map(|(number, day, note)| {
            Change::CheckInNote { habit: habit_id(number), day, note: Some(note) }
        }),
        1 => (number.clone(), "[a-z]{1,9}").prop_map(|(number, name)| rename(number, &name)),
        2 => (number.clone(), schedule, any_day.clone()).prop_map(|(number, schedule, from)| {
            Change::ScheduleSet {
                habit: habit_id(number),
                from,
                schedule: schedule.parse().unwrap(),
            }
        }),
        1 => (number.clone(), any_day.clone())
            .prop_map(|(number, on)| Change::HabitArchive { habit: habit_id(number), on }),
        1 => (number.clone(), any_day.clone())
            .prop_map(|(number, on)| Change::HabitUnarchive { habit: habit_id(number), on }),
        1 => number.clone().prop_map(|number| Change::HabitDelete { habit: habit_id(number) }),
        1 => (number, prop::sample::select(TopicState::ALL.to_vec()), any_day.clone()).prop_map(
            |(number, state, on)| Change::TopicSet {
                topic: format!("topic-{number}").as_str().into(),
                state,
                on,
            }
        ),
        1 => (0_u64..2, prop::sample::select(Status::ALL.to_vec()), any_day).prop_map(
            |(number, status, on)| Change::ProjectAdd {
                project: project_id(number),
                draft: ProjectDraft {
                    title: "Digits".into(),
                    status,
                    ..ProjectDraft::default()
                },
                position: 0,
                on,
            }
        ),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => any_change().prop_map(Step::Make),
        4 => any_change().prop_map(Step::Elsewhere),
        4 => Just(Step::Undo),
        3 => Just(Step::Redo),
        2 => (1_i64..70).prop_map(Step::DaysPass),
        1 => Just(Step::Refresh),
        1 => Just(Step::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn memory_and_the_file_never_part(steps in prop::collection::vec(any_step(), 1..40)) {
        let (_folder, path) = place();
        let mut on = today();
        let (mut store, mut other) = (open(&path), open(&path));
        let mut memory = store.load(on).unwrap();
        let mut others_memory = other.load(on).unwrap();
        for number in 0..2 {
            make(&mut store, &mut memory, &add(number, "daily", plus(on, -300)), on);
        }
        for step in steps {
            match step {
                Step::Make(change) => match store.apply(&change, &stamp(on)) {
                    Ok(applied) => memory.absorb(&applied),
                    Err(StoreError::Refused(_)) => {}
                    Err(other) => panic!("{other}"),
                },
                Step::Elsewhere(change) => match other.apply(&change, &stamp(on)) {
                    Ok(applied) => others_memory.absorb(&applied),
                    Err(StoreError::Refused(_)) => {}
                    Err(other) => panic!("{other}"),
                },
                Step::Undo => {
                    if let Some(applied) = store.undo(&stamp(on)).unwrap() {
                        memory.absorb(&applied);
                    }
                }
                Step::Redo => {
                    if let Some(applied) = store.redo(&stamp(on)).unwrap() {
                        memory.absorb(&applied);
                    }
                }
                Step::DaysPass(days) => on = plus(on, days),
                Step::Refresh => store.refresh_checkpoints(on).unwrap(),
                Step::Restart => {
                    store = open(&path);
                    memory = store.load(on).unwrap();
                }
            }
        }
        for news in store.news(on).unwrap() {
            memory.absorb(&news);
        }
        for news in other.news(on).unwrap() {
            others_memory.absorb(&news);
        }
        assert_same(&memory, &path, on);
        assert_same(&others_memory, &path, on);
    }
}
