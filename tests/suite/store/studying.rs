//! Sessions: what they come to, and those that a crash cut short.

use super::*;

fn studied(store: &mut Store, subject: &Subject) -> (u64, u32) {
    let studied = store.load(today()).unwrap().studied(subject);
    (studied.seconds, studied.sessions)
}

fn of(change: &Change) -> Session {
    match change {
        Change::SessionPut { session } => session.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn sessions_add_up_on_everything_they_count_for_and_undo_takes_them_off() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let mut memory = store.load(today()).unwrap();
    make(&mut store, &mut memory, &add(1, "daily", today()), today());
    make(&mut store, &mut memory, &session(1, Some(habit_id(1)), 600, today()), today());
    make(&mut store, &mut memory, &session(2, None, 60, today()), today());
    let (habit, topic) = (Subject::Habit(habit_id(1)), Subject::Topic("vectors".into()));
    assert_eq!(studied(&mut store, &habit), (600, 1));
    assert_eq!(studied(&mut store, &topic), (660, 2));
    // One that went on after all takes the place of what was written before.
    make(&mut store, &mut memory, &session(1, Some(habit_id(1)), 900, today()), today());
    assert_eq!(studied(&mut store, &topic), (960, 2));
    for (left, sessions) in [(660, 2), (600, 1)] {
        memory.absorb(&store.undo(&stamp(today())).unwrap().unwrap());
        assert_eq!(studied(&mut store, &topic), (left, sessions));
    }
    memory.absorb(&store.undo(&stamp(today())).unwrap().unwrap());
    assert_eq!(memory.studied, BTreeMap::new());
    assert_same(&memory, &path, today());
}

#[test]
fn a_session_can_be_taken_back_however_finely_its_start_was_read() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let at = DateTime::parse_from_rfc3339("2026-11-23T12:00:28.034289484+02:00").unwrap();
    let session = Session { started_at: at, ..of(&session(1, None, 60, today())) };
    store.apply(&Change::SessionPut { session }, &stamp(today())).unwrap();
    assert!(store.undo(&stamp(today())).unwrap().is_some());
    assert!(store.redo(&stamp(today())).unwrap().is_some());
    assert!(store.undo(&stamp(today())).unwrap().is_some());
}

#[test]
fn a_file_that_was_filled_from_elsewhere_has_nothing_to_undo() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "daily", today()), &stamp(today())).unwrap();
    store.renew_device().unwrap();
    assert_eq!(store.undo(&stamp(today())).unwrap(), None);
    store.apply(&rename(1, "Mine"), &stamp(today())).unwrap();
    assert!(store.undo(&stamp(today())).unwrap().is_some());
    assert_eq!(store.undo(&stamp(today())).unwrap(), None);
}

#[test]
fn another_process_hears_what_sessions_come_to() {
    let (_folder, path) = place();
    let (mut one, mut two) = (open(&path), open(&path));
    one.load(today()).unwrap();
    let mut memory = two.load(today()).unwrap();
    one.apply(&session(1, None, 60, today()), &stamp(today())).unwrap();
    one.apply(&session(2, None, 40, today()), &stamp(today())).unwrap();
    one.undo(&stamp(today())).unwrap();
    for news in two.news(today()).unwrap() {
        memory.absorb(&news);
    }
    assert_same(&memory, &path, today());
    assert_eq!(memory.studied(&Subject::Topic("vectors".into())).seconds, 60);
}

#[test]
fn a_session_on_nothing_or_of_no_length_or_on_a_habit_that_is_not_there_is_refused() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let mut apply = |change: &Change| store.apply(change, &stamp(today())).map(|_| ());
    let on_nothing = Session { topic: None, ..of(&session(1, None, 60, today())) };
    for refused in [
        Change::SessionPut { session: on_nothing },
        session(1, None, 0, today()),
        session(1, None, 604_801, today()),
        Change::SessionPut {
            session: Session { topic: None, ..of(&session(1, Some(habit_id(9)), 60, today())) },
        },
    ] {
        assert!(matches!(apply(&refused), Err(StoreError::Refused(_))), "{refused:?}");
    }
    apply(&session(1, None, 604_800, today())).unwrap();
    // What is left of it still counts.
    apply(&session(2, Some(habit_id(9)), 60, today())).unwrap();
    assert_eq!(studied(&mut store, &Subject::Topic("vectors".into())), (604_860, 2));
    assert_eq!(studied(&mut store, &Subject::Habit(habit_id(9))), (0, 0));
}

#[test]
fn seconds_are_read_by_day_of_one_habit_or_of_all() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let (first, second) = (day("2026-11-01"), day("2026-11-02"));
    let mut apply = |change: &Change| drop(store.apply(change, &stamp(today())).unwrap());
    apply(&add(1, "daily", first));
    apply(&session(1, Some(habit_id(1)), 60, first));
    apply(&session(2, None, 40, first));
    apply(&session(3, Some(habit_id(1)), 5, second));
    let read = |habit, first, last| open(&path).seconds_by_day(habit, first, last).unwrap();
    assert_eq!(read(None, first, second), [(first, 100), (second, 5)].into());
    assert_eq!(read(Some(habit_id(1)), first, first), [(first, 60)].into());
}

#[test]
fn what_was_under_way_is_found_after_a_crash_until_it_is_ended() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let change = session(1, None, 30, today());
    let running = of(&change);
    store.keep_running(&Session { seconds: 25, ..running.clone() }).unwrap();
    store.keep_running(&running).unwrap();
    drop(store);
    // This very process stands for one that has the number of one that ended.
    let mut store = open(&path);
    assert_eq!(store.cut_short().unwrap(), std::slice::from_ref(&running));
    store.apply(&change, &stamp(today())).unwrap();
    assert_eq!(store.cut_short().unwrap(), []);
    store.keep_running(&running).unwrap();
    store.forget_running(running.id).unwrap();
    assert_eq!(store.cut_short().unwrap(), []);
    assert_eq!(studied(&mut store, &Subject::Topic("vectors".into())), (30, 1));
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_under_way_is_found_although_its_number_belongs_to_another_process_now() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let running = of(&session(1, None, 30, today()));
    store.keep_running(&running).unwrap();
    let sql = Connection::open(&path).unwrap();
    let other = std::os::unix::process::parent_id();
    let own: String =
        sql.query_one("SELECT process FROM running_session", [], |row| row.get(0)).unwrap();
    let (_, beginning) = own.split_once(' ').unwrap();
    let is_cut_short = |process: &str| {
        sql.execute("UPDATE running_session SET process = ?1", [process]).unwrap();
        store.cut_short().unwrap() == std::slice::from_ref(&running)
    };
    assert!(!is_cut_short(&other.to_string()), "it goes on elsewhere, as far as is known");
    assert!(is_cut_short(&format!("{other} {beginning}")), "that one began at another time");
}
