//! The reminder over the days: when it rings, and when it does not.

use super::*;
use crate::clock::fake::{self, utc};

/// A session with two habits, opened at that time; evenings at eight are for reminding.
fn opened(file: &File, at: &str) -> Session {
    fake::set(utc(at));
    let four = NaiveTime::MIN + TimeDelta::hours(4);
    let remind_at = Some(NaiveTime::MIN + TimeDelta::hours(20));
    let clock = Clock { remind_at, source: fake::SOURCE, ..Clock::new(four) };
    open_with(&file.path(), Config::default(), clock)
}

/// Wakes at that time; tells what the terminal is sent.
fn wake(session: &mut Session, at: &str) -> String {
    fake::set(utc(at));
    session.wake(false);
    session.take_outgoing()
}

const RUNG: &str = "\x1b]9;inch: 2 habits left today: Habit 0, Habit 1\x1b\\\x07";

#[test]
fn what_is_left_is_told_once_a_day() {
    let file = File::new(2);
    let mut session = opened(&file, "2026-11-23 12:00:00");
    let deadline = session.deadline(false).unwrap();
    assert_eq!(deadline.at, utc("2026-11-23 20:00:00"), "asleep until then");
    assert_eq!(wake(&mut session, "2026-11-23 19:59:59"), "");
    session.take_changed();
    assert_eq!(wake(&mut session, "2026-11-23 20:00:00"), RUNG);
    assert!(session.take_changed(), "it goes out with a frame");
    assert_eq!(said(&session).1, "2 habits left today: Habit 0, Habit 1.");
    for at in ["2026-11-23 20:00:01", "2026-11-24 03:59:59", "2026-11-24 19:59:00"] {
        assert_eq!(wake(&mut session, at), "", "{at}");
    }
    assert_eq!(wake(&mut session, "2026-11-24 20:00:00"), RUNG, "the next day");
}

#[test]
fn a_clock_that_is_set_back_rings_no_second_time() {
    let file = File::new(2);
    let mut session = opened(&file, "2026-11-23 12:00:00");
    assert_eq!(wake(&mut session, "2026-11-23 20:00:00"), RUNG);
    for at in ["2026-11-23 18:00:00", "2026-11-23 20:00:00", "2026-11-22 10:00:00"] {
        assert_eq!(wake(&mut session, at), "", "{at}");
        assert!(session.deadline(false).unwrap().at > utc(at));
    }
    assert_eq!(wake(&mut session, "2026-11-23 20:30:00"), "", "back on that day");
}

#[test]
fn who_sleeps_through_it_is_told_on_waking_while_the_day_lasts() {
    let file = File::new(2);
    let mut session = opened(&file, "2026-11-23 12:00:00");
    assert_eq!(wake(&mut session, "2026-11-24 02:00:00"), RUNG, "after midnight, before four");
    assert_eq!(wake(&mut session, "2026-11-25 07:00:00"), "", "another day");
    assert_eq!(wake(&mut session, "2026-11-26 22:00:00"), RUNG, "slept for days");
}

#[test]
fn who_opens_it_later_sees_what_is_left() {
    let file = File::new(2);
    let mut session = opened(&file, "2026-11-23 21:00:00");
    assert_eq!(wake(&mut session, "2026-11-23 22:00:00"), "");
    assert_eq!(wake(&mut session, "2026-11-24 20:00:00"), RUNG);
}

#[test]
fn only_what_is_left_today_is_told() {
    let file = File::new(2);
    let mut session = opened(&file, "2026-11-23 12:00:00");
    press(&mut session, ' ');
    session.take_outgoing();
    // Another day is on the screen; today is meant all the same.
    press(&mut session, 'h');
    let rung = wake(&mut session, "2026-11-23 20:00:00");
    assert_eq!(rung, "\x1b]9;inch: 1 habit left today: Habit 1\x1b\\\x07");

    let mut other = opened(&file, "2026-11-24 12:00:00");
    press(&mut other, ' ');
    let _lock = file.lock();
    press(&mut other, ' ');
    assert_eq!(other.model.unsaved.len(), 1);
    let rung = wake(&mut other, "2026-11-24 20:00:00");
    assert_eq!(rung, "", "a tick that waits to be saved is a tick");
}

#[test]
fn a_reminder_costs_one_waking_a_day() {
    let file = File::new(1);
    let wakings = |remind_at| {
        let mut session = opened(&file, "2026-11-23 12:00:00");
        session.hands.clock.remind_at = remind_at;
        let mut count = 0;
        loop {
            let deadline = session.deadline(false).unwrap();
            if deadline.at >= utc("2026-11-24 12:00:00") {
                return count;
            }
            fake::set(deadline.at);
            session.wake(false);
            count += 1;
        }
    };
    assert_eq!(wakings(None), 2, "midnight and the rollover");
    assert_eq!(wakings(NaiveTime::from_hms_opt(20, 0, 0)), 3);
}
