//! The timer's time: what counts, what is asked about, and what is written when.

use super::*;
use crate::domain::ids::IdSource;

fn at(millis: i64) -> DateTime<FixedOffset> {
    let start = DateTime::parse_from_rfc3339("2026-11-23T09:00:00.250+01:00").unwrap();
    start + TimeDelta::milliseconds(millis)
}

fn timer(phase: Phase) -> Timer {
    let id = SessionId(IdSource::new(1, 1).next_uuid());
    let on = On { topic: Some("vectors".into()), ..On::default() };
    let mut timer = Timer::new(id, on, at(0).date_naive(), phase);
    timer.beat(at(0));
    timer
}

#[test]
fn the_next_beat_is_on_the_next_whole_second_of_the_timer() {
    let mut timer = timer(Phase::Going);
    assert_eq!(timer.next_beat(), Some(at(1_000)));
    timer.beat(at(400));
    assert_eq!(timer.next_beat(), Some(at(1_000)));
    timer.beat(at(1_003));
    assert_eq!((timer.next_beat(), timer.seconds()), (Some(at(2_000)), 1));
    timer.ask();
    assert_eq!(timer.next_beat(), None, "nothing counts while it asks");
}

#[test]
fn only_time_that_was_spent_here_counts() {
    // Beats in milliseconds; the seconds that count then, and those to ask about.
    for (beats, seconds, asleep) in [
        (&[1_000, 2_000, 3_000][..], 3, 0),
        (&[60_000], 60, 0),
        (&[60_001], 0, 60),
        (&[5_000, 3_605_000, 3_606_000], 6, 3_600),
        (&[5_000, 105_000, 205_000], 5, 200),
        // A clock that was set back, and one that jumps to and fro.
        (&[10_000, -3_600_000, -3_599_000], 11, 0),
        (&[0, -1, 0, -1, 0], 0, 0),
    ] {
        let mut timer = timer(Phase::Going);
        for beat in beats {
            timer.beat(at(*beat));
        }
        assert_eq!(timer.seconds(), seconds, "{beats:?}");
        assert_eq!(timer.asleep().map_or(0, |asleep| asleep.num_seconds()), asleep, "{beats:?}");
        let mut counted = timer.clone();
        counted.decide(true);
        assert_eq!(i64::from(counted.seconds()), i64::from(seconds) + asleep, "{beats:?}");
        timer.decide(false);
        assert_eq!((timer.seconds(), timer.asleep()), (seconds, None), "{beats:?}");
    }
}

#[test]
fn a_countdown_ends_at_its_length_and_waits_through_a_sleep() {
    let mut timer = timer(Phase::Countdown { seconds: 10 });
    timer.beat(at(2_000));
    timer.beat(at(4_000));
    // The lid was closed for an hour, then for a little.
    timer.beat(at(4_000 + 3_600_000));
    timer.beat(at(4_000 + 3_650_000));
    assert_eq!((timer.seconds_left(), timer.asleep()), (6, None));
    for beat in [3_652_000, 3_655_000, 3_658_000] {
        timer.beat(at(4_000 + beat));
    }
    assert_eq!(timer.seconds_left(), 0);
    timer.ask();
    assert_eq!(timer.seconds(), 10, "what came after its end is not part of it");
}

#[test]
fn a_session_is_cut_to_the_longest_and_less_than_a_second_is_none() {
    let mut timer = timer(Phase::Going);
    timer.beat(at(999));
    assert_eq!(timer.session(), None);
    timer.beat(at(1_000));
    let session = timer.session().unwrap();
    assert_eq!((session.seconds, session.started_at), (1, at(0)));
    timer.beat(at(1_000 * 3_600 * 24 * 30));
    timer.decide(true);
    assert_eq!(timer.session().unwrap().seconds, LONGEST);
    timer.phase = Phase::Asking;
    assert_eq!(timer.session(), None, "nobody has said that it goes on");
}

#[test]
fn a_session_is_written_at_once_and_then_every_five_seconds() {
    let mut timer = timer(Phase::Countdown { seconds: 10 });
    for second in 1..=10 {
        timer.beat(at(second * 1_000));
    }
    assert_eq!(timer.due_to_keep(), None, "a tiny start alone is no session");
    timer.ask();
    timer.phase = Phase::Going;
    assert_eq!(timer.due_to_keep().unwrap().seconds, 10);
    timer.beat(at(500_000));
    let mut written = Vec::new();
    for second in 1..=12 {
        // Beats are a few milliseconds late, some more than others.
        timer.beat(at(500_000 + second * 1_000 + second * 7 % 5));
        written.extend(timer.due_to_keep().map(|session| session.seconds));
    }
    assert_eq!(written, [15, 20]);
}
