//! The only reader of wall time and time zone.
//!
//! Owns the logical day. Must not know what happens on it. Instants become local times here, never
//! the other way round: a civil date may begin twice or not at all where clocks are moved.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono::{TimeZone, Utc};

use crate::domain::{change::Stamp, day::plus};

/// How far apart [`next_change`] looks. Every zone in use moves its clocks on a quarter of an hour.
const STEP: TimeDelta = TimeDelta::minutes(15);

/// How far ahead [`next_change`] looks: the longest day a zone in use has, and an hour.
const HORIZON: TimeDelta = TimeDelta::hours(26);

/// Reads the time as this person lives it.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// When a new day begins on the wall clock.
    pub day_starts_at: NaiveTime,
    /// A day to pretend it is, for trying out and for tests; it never rolls over.
    pub pretended: Option<NaiveDate>,
}

/// One reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The instant, with its offset.
    pub at: DateTime<FixedOffset>,
    /// The logical day.
    pub today: NaiveDate,
    /// Between midnight and the rollover: when the logical day ends on the wall clock.
    pub until: Option<NaiveTime>,
}

impl Now {
    /// For [`crate::store::Store::apply`].
    pub fn stamp(&self) -> Stamp {
        Stamp { at: self.at, today: self.today }
    }
}

impl Clock {
    /// Reads the time.
    pub fn now(&self) -> Now {
        let at = instant();
        let (today, until) = match self.pretended {
            Some(day) => (day, None),
            None => reading(at.naive_local(), self.day_starts_at),
        };
        Now { at, today, until }
    }

    /// The next instant at which `today` or `until` of [`Now`] is another; `None` when pretending.
    ///
    /// At most 26 hours ahead: where a clock is set back so far that nothing changes before then,
    /// that is the time to look again.
    pub fn next_change(&self) -> Option<DateTime<Utc>> {
        let is_real = self.pretended.is_none();
        is_real.then(|| next_change(&Local, instant().to_utc(), self.day_starts_at))
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the time")]
fn instant() -> DateTime<FixedOffset> {
    Local::now().fixed_offset()
}

/// `date(local − day_starts_at)`: the day before, until it begins.
fn logical_day(local: NaiveDateTime, day_starts_at: NaiveTime) -> NaiveDate {
    if local.time() < day_starts_at { plus(local.date(), -1) } else { local.date() }
}

fn reading(local: NaiveDateTime, day_starts_at: NaiveTime) -> (NaiveDate, Option<NaiveTime>) {
    let today = logical_day(local, day_starts_at);
    (today, (today != local.date()).then_some(day_starts_at))
}

fn next_change<Z: TimeZone>(
    zone: &Z,
    now: DateTime<Utc>,
    day_starts_at: NaiveTime,
) -> DateTime<Utc> {
    let reading_at =
        |at: DateTime<Utc>| reading(at.with_timezone(zone).naive_local(), day_starts_at);
    let current = reading_at(now);
    let now = DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now);
    let mut before = now;
    while before - now < HORIZON {
        let mut after = before + STEP;
        if reading_at(after) == current {
            before = after;
            continue;
        }
        while after - before > TimeDelta::seconds(1) {
            let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
            if reading_at(middle) == current {
                before = middle;
            } else {
                after = middle;
            }
        }
        return after;
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{
        America::{Havana, New_York, Sao_Paulo},
        Asia::Kathmandu,
        Australia::Lord_Howe,
        Europe::Berlin,
        Pacific::{Apia, Kiritimati},
        Tz,
    };

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap().and_utc()
    }

    fn day_at(zone: Tz, at: DateTime<Utc>, starts: &str) -> (String, bool) {
        let (today, until) = reading(at.with_timezone(&zone).naive_local(), time(starts));
        (today.to_string(), until.is_some())
    }

    #[test]
    fn the_day_before_lasts_until_the_rollover() {
        for (at, starts, today, is_until) in [
            ("2026-11-23 03:59:59", "04:00", "2026-11-22", true),
            ("2026-11-23 04:00:00", "04:00", "2026-11-23", false),
            ("2026-11-23 23:59:59", "04:00", "2026-11-23", false),
            ("2026-11-23 00:00:00", "04:00", "2026-11-22", true),
            ("2026-11-23 00:00:00", "00:00", "2026-11-23", false),
            ("2026-11-23 23:58:59", "23:59", "2026-11-22", true),
            ("2026-01-01 01:00:00", "04:00", "2025-12-31", true),
        ] {
            let (day, until) = reading(utc(at).naive_utc(), time(starts));
            assert_eq!((day.to_string(), until.is_some()), (today.into(), is_until));
            assert_eq!(until.is_some(), until == Some(time(starts)));
        }
    }

    /// Every change of the reading from `from` on, as (instant, day, until).
    fn changes(zone: Tz, from: &str, starts: &str, count: usize) -> Vec<(String, String, bool)> {
        let mut at = utc(from);
        (0..count)
            .map(|_| {
                let next = next_change(&zone, at, time(starts));
                assert!(next > at);
                let second = TimeDelta::seconds(1);
                assert_eq!(day_at(zone, next - second, starts), day_at(zone, at, starts));
                at = next;
                let (day, until) = day_at(zone, at, starts);
                (at.format("%d %H:%M:%S").to_string(), day, until)
            })
            .collect()
    }

    fn row(at: &str, day: &str, is_until: bool) -> (String, String, bool) {
        (at.into(), day.into(), is_until)
    }

    #[test]
    fn an_ordinary_day_changes_at_midnight_and_at_the_rollover() {
        assert_eq!(
            changes(Kathmandu, "2026-11-22 12:00:00", "04:00", 3),
            [
                row("22 18:15:00", "2026-11-22", true),
                row("22 22:15:00", "2026-11-23", false),
                row("23 18:15:00", "2026-11-23", true),
            ]
        );
        assert_eq!(
            changes(Kathmandu, "2026-11-22 12:00:30", "00:00", 2),
            [row("22 18:15:00", "2026-11-23", false), row("23 18:15:00", "2026-11-24", false),]
        );
    }

    #[test]
    fn a_rollover_inside_a_gap_happens_when_the_clock_jumps() {
        // 02:00 becomes 03:00 in New York on 2026-03-08.
        assert_eq!(
            changes(New_York, "2026-03-08 06:00:00", "02:30", 1),
            [row("08 07:00:00", "2026-03-08", false)]
        );
        // Midnight itself is skipped: São Paulo, 2018-11-04.
        assert_eq!(
            changes(Sao_Paulo, "2018-11-03 12:00:00", "00:00", 1),
            [row("04 03:00:00", "2018-11-04", false)]
        );
    }

    #[test]
    fn a_rollover_inside_a_fold_is_taken_back_and_comes_again() {
        // 03:00 becomes 02:00 in Berlin on 2026-10-25: 02:30 comes twice.
        assert_eq!(
            changes(Berlin, "2026-10-25 00:00:00", "02:30", 3),
            [
                row("25 00:30:00", "2026-10-25", false),
                row("25 01:00:00", "2026-10-24", true),
                row("25 01:30:00", "2026-10-25", false),
            ]
        );
        // 01:00 becomes 00:00 in Havana on 2026-11-01: the day is 25 hours long.
        assert_eq!(
            changes(Havana, "2026-11-01 04:00:00", "00:00", 1),
            [row("02 05:00:00", "2026-11-02", false)]
        );
    }

    #[test]
    fn half_an_hour_of_summer_time_is_seen() {
        // 02:00 becomes 01:30 on Lord Howe Island on 2026-04-05.
        assert_eq!(
            changes(Lord_Howe, "2026-04-04 14:30:00", "04:00", 1),
            [row("04 17:30:00", "2026-04-05", false)]
        );
    }

    #[test]
    fn a_day_that_a_zone_skipped_never_comes() {
        assert_eq!(
            changes(Apia, "2011-12-30 05:00:00", "00:00", 1),
            [row("30 10:00:00", "2011-12-31", false)]
        );
        assert_eq!(
            changes(Apia, "2011-12-30 05:00:00", "04:00", 2),
            [row("30 10:00:00", "2011-12-30", true), row("30 14:00:00", "2011-12-31", false)]
        );
        let changed = changes(Kiritimati, "1994-12-31 05:00:00", "00:00", 1);
        assert!(changed[0].1 == "1995-01-01", "{changed:?}");
    }

    #[test]
    fn a_pretended_day_stays() {
        let day = crate::domain::day::FIRST;
        let clock = Clock { day_starts_at: time("04:00"), pretended: Some(day) };
        let now = clock.now();
        assert_eq!((now.today, now.until), (day, None));
        assert!(now.at.timestamp() > 0);
        assert_eq!(clock.next_change(), None);
        let real = Clock { pretended: None, ..clock };
        assert!(real.next_change().unwrap() > real.now().at.to_utc());
    }
}
