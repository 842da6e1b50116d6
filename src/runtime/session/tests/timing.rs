//! The timer against a real file: when the loop wakes for it, and what a crash leaves.

use super::*;
use crate::domain::{
    ids::{SessionId, TopicId},
    session::{self, Studied, Subject},
};

fn at(session: &Session, seconds: i64) -> Message {
    Message::Beat { at: session.hands.clock.now().at + TimeDelta::seconds(seconds) }
}

/// Ten seconds pass, one by one.
fn count_down(session: &mut Session) {
    for second in 1..=10 {
        session.take(at(session, second));
    }
}

fn enter(session: &mut Session) {
    session.hear(Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
}

fn vectors() -> Subject {
    Subject::Topic(TopicId::from("vectors"))
}

/// A file with a habit on vectors.
fn linked() -> File {
    let file = File::new(1);
    let topic = Some(TopicId::from("vectors"));
    let link = Change::HabitLink { habit: file.habits[0], topic };
    Store::open(&file.path(), OPTIONS).unwrap().apply(&link, &stamp()).unwrap();
    file
}

fn studied(file: &File) -> Studied {
    Store::open(&file.path(), OPTIONS).unwrap().load(today()).unwrap().studied(&vectors())
}

/// A session that has gone on for ten seconds and one.
fn going(file: &File) -> Session {
    let mut session = open(&file.path());
    enter(&mut session);
    count_down(&mut session);
    enter(&mut session);
    session.take(at(&session, 1));
    assert_eq!(session.model.timer.as_ref().unwrap().seconds(), 11);
    session
}

#[test]
fn the_loop_wakes_for_whole_seconds_while_the_timer_counts_and_never_else() {
    let file = linked();
    let mut session = open(&file.path());
    assert_eq!(session.deadline(false), None, "no timer");
    enter(&mut session);
    let deadline = session.deadline(false).unwrap();
    let pause = deadline.at - deadline.now;
    assert!(pause > TimeDelta::zero() && pause <= TimeDelta::seconds(1), "{pause}");
    count_down(&mut session);
    assert_eq!(session.deadline(false), None, "it asks, and nothing counts");
    enter(&mut session);
    assert!(session.deadline(false).is_some());
    // A clock that is set back must not put the next second off for hours.
    session.take(at(&session, 7_200));
    let deadline = session.deadline(false).unwrap();
    assert!(deadline.at - deadline.now <= TimeDelta::seconds(1));
    session.take(at(&session, -7_200));
    let deadline = session.deadline(false).unwrap();
    assert!(deadline.at >= deadline.now, "{deadline:?}");
}

#[test]
fn only_another_second_is_drawn() {
    let file = linked();
    let mut session = open(&file.path());
    enter(&mut session);
    session.take_changed();
    let seconds = |session: &Session| session.model.timer.as_ref().unwrap().seconds();
    let before = seconds(&session);
    session.wake(false);
    assert_eq!(session.take_changed(), seconds(&session) != before);
    count_down(&mut session);
    session.take_changed();
    session.wake(true);
    assert!(!session.take_changed(), "it asks: no time is shown");
}

#[test]
fn the_end_keeps_the_session() {
    let file = linked();
    assert_eq!(going(&file).close(), None);
    let Studied { seconds, sessions } = studied(&file);
    assert!((11..20).contains(&seconds) && sessions == 1, "{seconds} in {sessions}");
    let mut store = Store::open(&file.path(), OPTIONS).unwrap();
    assert_eq!(store.cut_short().unwrap(), []);
    assert_eq!(store.load(today()).unwrap().studied.len(), 2, "the habit's and the topic's");
}

#[test]
fn a_session_that_is_not_ended_is_kept_at_the_next_start() {
    let file = linked();
    drop(going(&file));
    assert_eq!(studied(&file).sessions, 0);
    let mut session = open(&file.path());
    let kept = "Kept 10 s on Vectors from a session that was cut short. u takes it back.";
    assert_eq!(said(&session), (Tone::Good, kept.to_owned()));
    assert_eq!(studied(&file), Studied { seconds: 10, sessions: 1 });
    press(&mut session, 'u');
    assert_eq!(studied(&file).sessions, 0);
    drop(session);
    assert_eq!(open(&file.path()).model.notice, None, "it was told once");
}

#[test]
fn what_a_crash_cut_short_waits_where_the_file_is_locked() {
    let file = linked();
    drop(going(&file));
    let lock = file.lock();
    let mut session = open(&file.path());
    assert_eq!((session.model.unsaved.len(), said(&session).0), (1, Tone::Bad));
    drop(lock);
    session.retry_at = Some(DateTime::UNIX_EPOCH);
    session.wake(false);
    assert_eq!(studied(&file), Studied { seconds: 10, sessions: 1 });
}

#[test]
fn a_row_that_can_not_be_written_is_said_once_and_stops_nothing() {
    let file = linked();
    let mut session = going(&file);
    let lock = file.lock();
    session.model.notice = None;
    session.take(at(&session, 6));
    assert_eq!(said(&session).0, Tone::Bad);
    session.model.notice = None;
    session.take(at(&session, 12));
    assert_eq!(session.model.notice, None);
    drop(lock);
    session.take(at(&session, 18));
    let lock = file.lock();
    session.take(at(&session, 24));
    assert_eq!(said(&session).0, Tone::Bad, "another time is said again");
    drop(lock);
    assert_eq!(session.model.timer.as_ref().unwrap().seconds(), 34);
    session.close();
    assert!(studied(&file).seconds >= 34);
}

#[test]
fn before_a_stop_the_row_is_as_new_as_can_be() {
    let file = linked();
    let mut session = going(&file);
    session.keep_timer();
    drop(session);
    let found = Store::open(&file.path(), OPTIONS).unwrap().cut_short().unwrap();
    assert_eq!(found.iter().map(|session| session.seconds).collect::<Vec<_>>(), [11]);
}

#[test]
fn a_session_on_what_was_deleted_is_let_go() {
    let file = File::new(1);
    let id = SessionId(Uuid::from_u128(1));
    let running = session::Session {
        id,
        habit: Some(file.habits[0]),
        topic: None,
        project: None,
        day: today(),
        started_at: clock().now().at,
        seconds: 60,
    };
    let mut store = Store::open(&file.path(), OPTIONS).unwrap();
    store.keep_running(&running).unwrap();
    store.apply(&Change::HabitDelete { habit: file.habits[0] }, &stamp()).unwrap();
    let session = open(&file.path());
    assert!(said(&session).1.contains("could not be kept"), "{:?}", said(&session));
    assert_eq!(store.cut_short().unwrap(), []);
}
