//! Undo and redo: of every kind of change, after a restart, and refused when something came later.

use super::*;
use inch::domain::change::ProjectPatch;

/// Every row of every table that holds what the person said.
fn rows(path: &Path) -> Vec<String> {
    let sql = Connection::open(path).unwrap();
    let mut all = Vec::new();
    for table in [
        "habit",
        "habit_schedule",
        "habit_recipe",
        "check_in",
        "topic_progress",
        "own_topic",
        "project",
        "project_link",
        "project_topic",
        "project_status",
    ] {
        let mut statement = sql.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let found = statement.query_map([], |row| {
            let values = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
            Ok(format!("{table} {}", values.collect::<Vec<_>>().join(" ")))
        });
        all.extend(found.unwrap().map(Result::unwrap));
    }
    all
}

#[test]
fn every_kind_of_change_can_be_taken_back_and_made_again() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let topic = OwnTopic {
        id: "own-rust".into(),
        module: "software".into(),
        title: "Rust".into(),
        check: "You can write it".into(),
        link: None,
        is_deleted: false,
    };
    let draft = ProjectDraft {
        title: "Digits".into(),
        links: vec!["https://example.org/".into(), "https://example.com/".into()],
        topics: vec!["b".into(), "a".into()],
        ..ProjectDraft::default()
    };
    let habit = habit_id(1);
    let changes = [
        add(1, "daily", day("2026-01-01")),
        add(2, "daily", day("2026-01-01")),
        rename(1, "Read"),
        Change::HabitLink { habit, topic: Some("linear-algebra".into()) },
        Change::RecipeSet {
            habit,
            from: today(),
            anchor: Some("coffee".into()),
            behaviour: None,
            celebration: None,
        },
        Change::ScheduleSet { habit, from: today(), schedule: "2/week".parse().unwrap() },
        mark(1, day("2026-02-01"), Some(Mark::Done)),
        Change::CheckInNote { habit, day: today(), note: Some("tired".into()) },
        mark(1, today(), Some(Mark::Rest)),
        Change::CheckInFill {
            habit,
            day: plus(today(), -3),
            mark: Some(Mark::Done),
            note: Some("from elsewhere".into()),
        },
        Change::CheckInsFill {
            habit,
            days: vec![
                (plus(today(), -5), None, Some("from elsewhere".into())),
                (plus(today(), -4), Some(Mark::Rest), None),
            ],
        },
        Change::HabitArchive { habit, on: today() },
        Change::HabitUnarchive { habit, on: plus(today(), 9) },
        Change::HabitsReorder { positions: vec![(habit, 7), (habit_id(2), 3)] },
        Change::HabitDelete { habit },
        Change::TopicSet { topic: "a".into(), state: TopicState::Mastered, on: today() },
        Change::TopicSet { topic: "a".into(), state: TopicState::NotStarted, on: today() },
        Change::OwnTopicPut { topic: topic.clone() },
        Change::OwnTopicDelete { topic: topic.id },
        Change::ProjectAdd { project: project_id(1), draft, position: 0, on: today() },
        Change::ProjectEdit {
            project: project_id(1),
            edit: ProjectPatch {
                links: Some(vec![]),
                status: Some(Status::Live),
                ..ProjectPatch::default()
            },
            on: plus(today(), 1),
        },
        Change::ProjectStatus {
            project: project_id(1),
            status: Status::Dropped,
            on: plus(today(), 2),
        },
        Change::ProjectsReorder { positions: vec![(project_id(1), 5)] },
        Change::ProjectDelete { project: project_id(1) },
        Change::Together {
            what: "import of habits.csv".into(),
            changes: vec![
                add(3, "daily", day("2026-03-01")),
                mark(3, day("2026-03-01"), Some(Mark::Done)),
            ],
        },
    ];
    let mut states = vec![rows(&path)];
    for change in &changes {
        let applied = store.apply(change, &stamp(today())).unwrap();
        assert!(applied.seq.is_some(), "{change:?}");
        states.push(rows(&path));
    }
    for (change, before) in changes.iter().zip(&states).rev() {
        // Each from another start of the program.
        let applied = open(&path).undo(&stamp(today())).unwrap().unwrap();
        assert_eq!((&applied.change, applied.origin), (change, Origin::Undone));
        assert_eq!(&rows(&path), before, "{change:?}");
    }
    assert_eq!(store.undo(&stamp(today())).unwrap(), None);
    for (change, after) in changes.iter().zip(&states[1..]) {
        let applied = store.redo(&stamp(today())).unwrap().unwrap();
        assert_eq!((&applied.change, applied.origin), (change, Origin::Redone));
        assert_eq!(&rows(&path), after, "{change:?}");
    }
    assert_eq!(store.redo(&stamp(today())).unwrap(), None);
    // Once more, now that everything was redone.
    assert_eq!(store.undo(&stamp(today())).unwrap().unwrap().change, changes[changes.len() - 1]);
}

#[test]
fn something_new_ends_what_could_be_made_again() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "daily", today()), &stamp(today())).unwrap();
    store.apply(&rename(1, "Read"), &stamp(today())).unwrap();
    store.undo(&stamp(today())).unwrap().unwrap();
    store.apply(&rename(1, "Write"), &stamp(today())).unwrap();
    assert_eq!(store.redo(&stamp(today())).unwrap(), None);
    assert_eq!(store.undo(&stamp(today())).unwrap().unwrap().change, rename(1, "Write"));
    assert_eq!(store.undo(&stamp(today())).unwrap().unwrap().change, add(1, "daily", today()));
}

#[test]
fn a_deleted_habit_comes_back_with_its_days() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let first = day("2024-01-01");
    store.apply(&add(1, "daily", first), &stamp(today())).unwrap();
    let year = Change::Together {
        what: "a year".into(),
        changes: (0..365).map(|at| mark(1, plus(first, at), Some(Mark::Done))).collect(),
    };
    store.apply(&year, &stamp(today())).unwrap();
    store.apply(&Change::HabitDelete { habit: habit_id(1) }, &stamp(today())).unwrap();
    let mut store = open(&path);
    let mut memory = store.load(today()).unwrap();
    assert!(memory.habits.is_empty());
    let applied = store.undo(&stamp(today())).unwrap().unwrap();
    memory.absorb(&applied);
    let lifetime = memory.figures(&memory.habits[0], today()).unwrap().lifetime;
    assert_eq!(lifetime, 365);
    assert_same(&memory, &path, today());
}

#[test]
fn what_was_altered_since_is_not_overwritten_and_the_later_change_is_named() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "daily", today()), &stamp(today())).unwrap();
    store.apply(&rename(1, "Read"), &stamp(today())).unwrap();
    // Another machine's change, as merging would bring it.
    let sql = Connection::open(&path).unwrap();
    sql.execute_batch(
        "UPDATE habit SET name = 'Theirs';
         INSERT INTO change (device, device_seq, at, day, origin, state, change, before, after)
         SELECT 'other', 1, '2026-11-24T08:00:00+01:00', day, 'asked', 'done', change, before, after
         FROM change WHERE seq = 2",
    )
    .unwrap();
    let error = store.undo(&stamp(today())).unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, StoreError::Overtaken { .. }), "{text}");
    assert!(text.contains("the renaming of a habit of 2026-11-24T08:00"), "{text}");
    assert!(text.contains("Nothing was changed"), "{text}");
    assert_eq!(store.load(today()).unwrap().habits[0].name, "Theirs");
}
