//! Files of older schemas: each is brought to the newest, with everything in it.

use super::*;

const FIRST: &str = include_str!("../schemas/1.sql");
const SECOND: &str = include_str!("../schemas/2.sql");

/// A file that an older version wrote.
fn older(sql: &str) -> (TempDir, PathBuf) {
    let (folder, path) = place();
    std::fs::create_dir(path.parent().unwrap()).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    (folder, path)
}

#[test]
fn a_file_of_schema_1_keeps_everything_and_its_undo() {
    let (_folder, path) = older(FIRST);
    let mut store = open(&path);
    let workspace = store.load(today()).unwrap();
    let names: Vec<_> = workspace.habits.iter().map(|habit| &*habit.name).collect();
    assert_eq!(names, ["Read one figure", "Write code"]);
    assert!(workspace.habits.iter().all(|habit| habit.seconds == 10));
    assert_eq!(workspace.projects.len(), 1);
    assert_eq!(workspace.studied, BTreeMap::new());
    assert_eq!(store.check_ins(None, None).unwrap().len(), 7);
    // The tick that was taken back under the old schema can still be made again, and the project
    // that was added under it be taken back.
    let again = store.redo(&stamp(today())).unwrap().unwrap();
    assert!(matches!(again.change, Change::CheckInSet { .. }));
    for _ in 0..2 {
        store.undo(&stamp(today())).unwrap().unwrap();
    }
    assert_eq!(store.load(today()).unwrap().projects.len(), 0);
    let backups = path.parent().unwrap().join("backups");
    assert_eq!(std::fs::read_dir(backups).unwrap().count(), 1);
}

#[test]
fn a_file_of_schema_2_gets_dates_and_reviews_and_keeps_its_undo() {
    let (_folder, path) = older(SECOND);
    let mut store = open(&path);
    let workspace = store.load(today()).unwrap();
    let progress = &workspace.progress[&"matrices".into()];
    let history: Vec<_> = progress.history.iter().map(|entry| (entry.on, entry.state)).collect();
    assert_eq!(history, [(day("2026-11-15"), TopicState::Mastered)], "the only day that was kept");
    let due: Vec<_> =
        workspace.reviews.values().map(|review| (&*review.topic.0, review.due_on)).collect();
    assert_eq!(due, [("matrices", day("2026-11-18"))]);
    assert_eq!(
        workspace.reviews[&"matrices".into()],
        Review::new("matrices".into(), day("2026-11-15"))
    );
    assert_eq!(workspace.projects[0].draft.choice, Choice::default());
    assert!(workspace.projects[0].scope.is_empty());
    assert_eq!(workspace.studied.len(), 1);
    // What was taken back under the old schema can be made again, and taken back once more.
    let again = store.redo(&stamp(today())).unwrap().unwrap();
    assert!(matches!(again.change, Change::TopicSet { state: TopicState::Practising, .. }));
    for _ in 0..3 {
        store.undo(&stamp(today())).unwrap().unwrap();
    }
    let workspace = store.load(today()).unwrap();
    assert_eq!(workspace.topic_state(&"matrices".into()), TopicState::Mastered);
    assert_eq!(workspace.studied.len(), 0);
}
