//! Two stores on one file: each sees the other's changes, and waits its turn.

use super::*;

fn pair() -> (TempDir, PathBuf, Store, Store) {
    let (folder, path) = place();
    let (mut one, mut two) = (open(&path), open(&path));
    one.apply(&add(1, "daily", day("2026-01-01")), &stamp(today())).unwrap();
    one.load(today()).unwrap();
    two.load(today()).unwrap();
    (folder, path, one, two)
}

#[test]
fn each_sees_the_others_changes_once_and_not_its_own() {
    let (_folder, _path, mut one, mut two) = pair();
    assert_eq!(one.news(today()).unwrap(), []);
    let tick = mark(1, today(), Some(Mark::Done));
    one.apply(&tick, &stamp(today())).unwrap();
    assert_eq!(one.news(today()).unwrap(), []);
    let news = two.news(today()).unwrap();
    assert_eq!(news.len(), 1);
    assert_eq!((&news[0].change, news[0].origin), (&tick, Origin::Asked));
    assert_eq!(two.news(today()).unwrap(), []);
    // Undone from the other side: one device, whichever process.
    assert_eq!(two.undo(&stamp(today())).unwrap().unwrap().change, tick);
    let news = one.news(today()).unwrap();
    assert_eq!((&news[0].change, news[0].origin), (&tick, Origin::Undone));
}

#[test]
fn others_changes_between_our_own_are_not_skipped() {
    let (_folder, _path, mut one, mut two) = pair();
    two.apply(&rename(1, "Theirs"), &stamp(today())).unwrap();
    let ours = mark(1, today(), Some(Mark::Done));
    one.apply(&ours, &stamp(today())).unwrap();
    two.apply(&add(2, "daily", today()), &stamp(today())).unwrap();
    let news = one.news(today()).unwrap();
    let changes: Vec<_> = news.into_iter().map(|news| news.change).collect();
    assert_eq!(changes, [rename(1, "Theirs"), add(2, "daily", today())]);
    let news = two.news(today()).unwrap();
    assert_eq!(news.len(), 1);
    assert_eq!(news[0].change, ours);
}

#[test]
fn an_earlier_change_of_others_does_not_undo_a_later_one_of_ours_in_memory() {
    let (_folder, path, mut one, mut two) = pair();
    let mut memory = one.load(today()).unwrap();
    two.apply(&rename(1, "Theirs"), &stamp(today())).unwrap();
    make(&mut one, &mut memory, &rename(1, "Ours"), today());
    for news in one.news(today()).unwrap() {
        memory.absorb(&news);
    }
    assert_eq!(memory.habits[0].name, "Ours");
    assert_same(&memory, &path, today());
}

#[test]
fn a_new_habit_of_others_comes_with_its_days() {
    let (_folder, path, mut one, mut two) = pair();
    let mut memory = one.load(today()).unwrap();
    let import = Change::Together {
        what: "import of habits.csv".into(),
        changes: std::iter::once(add(5, "daily", day("2024-01-01")))
            .chain((0..300).map(|at| mark(5, plus(day("2024-01-01"), at), Some(Mark::Done))))
            .collect(),
    };
    two.apply(&import, &stamp(today())).unwrap();
    for news in one.news(today()).unwrap() {
        memory.absorb(&news);
    }
    assert_same(&memory, &path, today());
}

#[test]
fn a_write_that_has_to_wait_too_long_says_so_and_saves_nothing() {
    let (_folder, path, mut one, _two) = pair();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = one.apply(&rename(1, "Read"), &stamp(today())).unwrap_err();
    assert_eq!(error.fault(), Fault::Busy, "{error}");
    assert!(error.to_string().contains("Nothing was saved"), "{error}");
    assert_eq!(one.load(today()).unwrap().habits[0].name, "Habit 1", "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    one.apply(&rename(1, "Read"), &stamp(today())).unwrap();
}
