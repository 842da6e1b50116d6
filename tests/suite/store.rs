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
        annotation::{OwnLink, Want},
        change::{AnnotationPatch, Applied, Change, Origin, ProjectPatch, Refusal, Stamp},
        checkpoint::Checkpoint,
        day::{Rules, parse_iso, plus},
        fault::Fault,
        figures::Figures,
        habit::{Mark, Recipe},
        ids::{HabitId, IdSource, ProjectId, SessionId, TopicId},
        project::{ProjectDraft, Source, Status, choice::Choice, scope::Prompt},
        review::{Rating, Review},
        session::{Session, Subject},
        topic::{Evidence, OwnTopic, TopicState},
        workspace::Workspace,
    },
    store::{Options, Store, StoreError},
};
use rusqlite::Connection;
use tempfile::TempDir;

fn day(text: &str) -> NaiveDate {
    parse_iso(text).unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

fn stamp(today: NaiveDate) -> Stamp {
    Stamp { at: DateTime::parse_from_rfc3339(&format!("{today}T12:00:00+02:00")).unwrap(), today }
}

fn options() -> Options {
    Options { busy_timeout: Duration::from_millis(50), rules: Rules::default() }
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
        seconds: 10,
        is_review: false,
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
    Change::CheckInSet { habit: habit_id(number), day, mark }
}

/// A session on a topic, and on a habit if there is one.
fn session(number: u64, habit: Option<HabitId>, seconds: u32, day: NaiveDate) -> Change {
    Change::SessionPut {
        session: Session {
            id: SessionId(IdSource::new(number, 1_700_000_000_000 + number).next_uuid()),
            habit,
            topic: Some("vectors".into()),
            project: None,
            day,
            started_at: stamp(day).at,
            seconds,
        },
    }
}

fn rename(number: u64, name: &str) -> Change {
    Change::HabitRename { habit: habit_id(number), name: name.to_owned() }
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
    assert_eq!(memory.studied, read.studied);
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

mod carrying;
mod folding;
mod glancing;
mod keeping;
mod linked;
mod living;
mod refusing;
mod restoring;
mod sharing;
mod studying;
mod undoing;
mod upgrading;

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
        Change::ProjectStatus { project: project_id(1), status: Status::Building, on: today() },
    ];
    for (seq, change) in (1..).zip(&changes) {
        let applied = make(&mut store, &mut memory, change, today());
        assert_eq!((applied.seq, applied.origin), (Some(seq), Origin::Asked));
    }
    assert_same(&memory, &path, today());
    store.close().unwrap();
    assert_same(&memory, &path, today());
    assert!(!path.with_extension("db-wal").exists(), "the log was emptied");
}

#[test]
fn a_change_that_alters_nothing_is_not_journalled() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "daily", today()), &stamp(today())).unwrap();
    let tick = mark(1, today(), Some(Mark::Done));
    assert!(store.apply(&tick, &stamp(today())).unwrap().seq.is_some());
    let again = store.apply(&tick, &stamp(today())).unwrap();
    assert_eq!((again.seq, again.after.len()), (None, 0));
    assert_eq!(store.apply(&rename(1, "Next"), &stamp(today())).unwrap().seq, Some(3));
}

#[test]
fn a_new_file_is_private_and_alone() {
    let (folder, path) = place();
    let store = open(&path);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let parent = folder.path().join("data");
    assert_eq!(fs::metadata(&parent).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(!store.is_read_only());
    assert_eq!(store.path(), fs::canonicalize(&path).unwrap());
    store.close().unwrap();
    let names: Vec<_> =
        fs::read_dir(parent).unwrap().map(|entry| entry.unwrap().file_name()).collect();
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
                let patient = Options { busy_timeout: Duration::from_secs(5), ..options() };
                let mut store = Store::open(path, patient).unwrap();
                store.apply(&add(number, "daily", today()), &stamp(today())).unwrap();
            });
        }
    });
    assert_eq!(open(&path).load(today()).unwrap().habits.len(), 8);
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
        found.into_iter().map(|check_in| (check_in.day, check_in.habit)).collect::<Vec<_>>()
    };
    let (first, second) = (day("2026-11-01"), day("2026-11-02"));
    let (one, two) = (habit_id(1), habit_id(2));
    assert_eq!(listed(None, None), [(first, one), (first, two), (second, one), (second, two)]);
    assert_eq!(listed(None, Some(second)), [(second, one), (second, two)]);
    assert_eq!(listed(Some(two), None), [(first, two), (second, two)]);
    assert_eq!(listed(Some(habit_id(3)), None), []);
}
