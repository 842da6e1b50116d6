//! The only reader of wall time and time zone.
//!
//! Owns the logical day. Must not know what happens on it. Instants become local times here, never
//! the other way round: a civil date may begin twice or not at all where clocks are moved.

#[cfg(test)]
pub(crate) mod fake;

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::domain::{change::Stamp, day::plus};

/// How far apart [`Clock::next_change`] looks. Every zone in use moves its clocks on a quarter of an hour.
const STEP: TimeDelta = TimeDelta::minutes(15);

/// How far ahead [`Clock::next_change`] looks: the longest day a zone in use has, and an hour.
const HORIZON: TimeDelta = TimeDelta::hours(26);

/// The most by which clocks are set back at the end of summer; a zone that moves further has gone
/// over the date line.
const FOLD: TimeDelta = TimeDelta::hours(3);

/// Reads the time as this person lives it.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// When a new day begins on the wall clock.
    pub day_starts_at: NaiveTime,
    /// When to remind of what is left, on the wall clock.
    pub remind_at: Option<NaiveTime>,
    /// A day to pretend it is, for trying out and for tests; it never rolls over.
    pub pretended: Option<NaiveDate>,
    /// Where the time comes from.
    pub source: Source,
}

/// Where the time comes from.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The instant it is.
    instant: fn() -> DateTime<Utc>,
    /// What the wall clock says at an instant, in the zone the person is in now.
    local: fn(DateTime<Utc>) -> DateTime<FixedOffset>,
}

impl Source {
    /// The machine's clock and time zone.
    pub const SYSTEM: Self =
        Self { instant: system_instant, local: |at| at.with_timezone(&Local).fixed_offset() };
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the time")]
fn system_instant() -> DateTime<Utc> {
    Utc::now()
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
    /// The logical day's time for the reminder has come.
    pub is_past_reminder: bool,
}

impl Now {
    /// For [`crate::store::Store::apply`].
    pub fn stamp(&self) -> Stamp {
        Stamp { at: self.at, today: self.today }
    }

    /// Whether nothing that the clock tells is another, only later.
    fn is_like(&self, other: &Self) -> bool {
        let told = |now: &Self| (now.today, now.until, now.is_past_reminder);
        told(self) == told(other)
    }
}

impl Clock {
    /// The machine's clock, for a day that begins then.
    pub fn new(day_starts_at: NaiveTime) -> Self {
        Self { day_starts_at, remind_at: None, pretended: None, source: Source::SYSTEM }
    }

    /// Reads the time.
    pub fn now(&self) -> Now {
        self.reading((self.source.instant)())
    }

    /// The next instant at which [`Now`] tells something else; `None` when pretending.
    ///
    /// At most 26 hours ahead: where a clock is set back so far that nothing changes before then,
    /// that is the time to look again.
    pub fn next_change(&self) -> Option<DateTime<Utc>> {
        self.pretended.is_none().then(|| self.next_change_after((self.source.instant)()))
    }

    /// What it would read at an instant.
    fn reading(&self, at: DateTime<Utc>) -> Now {
        let at = (self.source.local)(at);
        if let Some(today) = self.pretended {
            return Now { at, today, until: None, is_past_reminder: false };
        }
        let latest = self.latest_wall_time(at);
        let today = self.logical_day(latest);
        let until = (today < at.date_naive()).then_some(self.day_starts_at);
        // Wraps around midnight, so that a day's hours count from its beginning.
        let into_day =
            |time: NaiveTime| NaiveTime::MIN + time.signed_duration_since(self.day_starts_at);
        let is_past_reminder =
            self.remind_at.is_some_and(|time| into_day(latest.time()) >= into_day(time));
        Now { at, today, until, is_past_reminder }
    }

    /// `date(local − day_starts_at)`: the day before, until it begins.
    fn logical_day(&self, local: NaiveDateTime) -> NaiveDate {
        let date = local.date();
        if local.time() < self.day_starts_at { plus(date, -1) } else { date }
    }

    /// The latest that the wall clock has said: where it was set back in the last hours at the end of
    /// summer, a day that had begun before goes on. Nobody has the evening before twice.
    fn latest_wall_time(&self, at: DateTime<FixedOffset>) -> NaiveDateTime {
        let offset = |at: DateTime<Utc>| (self.source.local)(at).offset().local_minus_utc();
        let (mut after, mut before) = (at.to_utc(), at.to_utc() - FOLD);
        let (earlier, now) = (offset(before), at.offset().local_minus_utc());
        if earlier <= now || TimeDelta::seconds((earlier - now).into()) > FOLD {
            return at.naive_local();
        }
        while after - before > TimeDelta::seconds(1) {
            let middle = before + (after - before) / 2;
            if offset(middle) == earlier {
                before = middle;
            } else {
                after = middle;
            }
        }
        (self.source.local)(before).naive_local().max(at.naive_local())
    }

    fn next_change_after(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let current = self.reading(now);
        let is_current = |at: DateTime<Utc>| self.reading(at).is_like(&current);
        let now = DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now);
        let mut before = now;
        while before - now < HORIZON {
            let mut after = before + STEP;
            if is_current(after) {
                before = after;
                continue;
            }
            while after - before > TimeDelta::seconds(1) {
                let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
                if is_current(middle) {
                    before = middle;
                } else {
                    after = middle;
                }
            }
            return after;
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::{fake::utc, *};
    use chrono_tz::{
        America::{Havana, New_York, Sao_Paulo, St_Johns},
        Asia::Kathmandu,
        Australia::Lord_Howe,
        Europe::Berlin,
        Pacific::{Apia, Kiritimati, Kwajalein},
        Tz,
    };

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    /// In that zone, with a day that begins then.
    fn clock(zone: Tz, starts: &str) -> Clock {
        fake::travel(zone);
        Clock { source: fake::SOURCE, ..Clock::new(time(starts)) }
    }

    fn day_at(clock: Clock, at: DateTime<Utc>) -> (String, bool) {
        let now = clock.reading(at);
        (now.today.to_string(), now.until.is_some())
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
            let clock = clock(Tz::UTC, starts);
            assert_eq!(day_at(clock, utc(at)), (today.into(), is_until));
            let until = clock.reading(utc(at)).until;
            assert_eq!(until.is_some(), until == Some(time(starts)));
        }
    }

    /// Every change of the reading from `from` on, as (instant, day, until).
    fn changes(zone: Tz, from: &str, starts: &str, count: usize) -> Vec<(String, String, bool)> {
        let (mut at, clock) = (utc(from), clock(zone, starts));
        (0..count)
            .map(|_| {
                let next = clock.next_change_after(at);
                assert!(next > at);
                assert_eq!(day_at(clock, next - TimeDelta::seconds(1)), day_at(clock, at));
                at = next;
                let (day, until) = day_at(clock, at);
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
    fn a_rollover_inside_a_fold_comes_once() {
        // 03:00 becomes 02:00 in Berlin on 2026-10-25: 02:30 comes twice.
        assert_eq!(
            changes(Berlin, "2026-10-25 00:00:00", "02:30", 2),
            [row("25 00:30:00", "2026-10-25", false), row("25 23:00:00", "2026-10-25", true)]
        );
        // 01:00 becomes 00:00 in Havana on 2026-11-01: the day is 25 hours long.
        assert_eq!(
            changes(Havana, "2026-11-01 04:00:00", "00:00", 1),
            [row("02 05:00:00", "2026-11-02", false)]
        );
        // 00:01 became 23:01 of the day before in Newfoundland: the wall shows a day that is over.
        assert_eq!(
            changes(St_Johns, "2010-11-06 12:00:00", "00:00", 2),
            [row("07 02:30:00", "2010-11-07", false), row("08 03:30:00", "2010-11-08", false)]
        );
    }

    #[test]
    fn a_zone_that_goes_over_the_date_line_has_a_day_twice() {
        // 24:00 became 01:00 of the same day on Kwajalein.
        assert_eq!(
            changes(Kwajalein, "1969-09-30 12:00:00", "05:00", 2),
            [row("30 13:00:00", "1969-09-29", true), row("30 17:00:00", "1969-09-30", false)]
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
    fn the_reminder_comes_once_a_logical_day() {
        let at = |clock: Clock, text: &str| clock.reading(utc(text)).is_past_reminder;
        let reminding = |zone, starts, remind_at| Clock {
            remind_at: Some(time(remind_at)),
            ..clock(zone, starts)
        };
        let evening = reminding(Tz::UTC, "04:00", "20:00");
        for (text, is_past) in [
            ("2026-11-23 19:59:59", false),
            ("2026-11-23 20:00:00", true),
            ("2026-11-24 03:59:59", true),
            ("2026-11-24 04:00:00", false),
        ] {
            assert_eq!(at(evening, text), is_past, "{text}");
        }
        assert_eq!(
            evening.next_change_after(utc("2026-11-23 12:00:00")),
            utc("2026-11-23 20:00:00")
        );
        // After midnight it is the same day's still.
        let late = reminding(Tz::UTC, "04:00", "01:00");
        assert!(!at(late, "2026-11-23 23:00:00") && at(late, "2026-11-24 01:00:00"));
        // Shortly before the rollover, within one step of looking.
        let last = reminding(Tz::UTC, "04:00", "03:55");
        assert_eq!(last.next_change_after(utc("2026-11-24 03:45:00")), utc("2026-11-24 03:55:00"));
        // In a gap it comes with the jump, in a fold the first time and for good.
        let gap = reminding(New_York, "00:00", "02:30");
        assert_eq!(gap.next_change_after(utc("2026-03-08 05:00:00")), utc("2026-03-08 07:00:00"));
        let fold = reminding(Berlin, "00:00", "02:30");
        assert_eq!(fold.next_change_after(utc("2026-10-24 22:00:00")), utc("2026-10-25 00:30:00"));
        assert!(at(fold, "2026-10-25 01:00:00") && at(fold, "2026-10-25 01:45:00"));
        // The day that had begun when Newfoundland's clocks went back over midnight.
        let back = reminding(St_Johns, "00:00", "20:00");
        assert!(at(back, "2010-11-07 02:00:00") && !at(back, "2010-11-07 02:45:00"));
        assert!(!at(Clock { remind_at: None, ..evening }, "2026-11-23 21:00:00"), "off");
    }

    #[test]
    fn a_pretended_day_stays() {
        let day = crate::domain::day::FIRST;
        let real = Clock { remind_at: Some(NaiveTime::MIN), ..Clock::new(time("04:00")) };
        let clock = Clock { pretended: Some(day), ..real };
        let now = clock.now();
        assert_eq!((now.today, now.until, now.is_past_reminder), (day, None, false));
        assert!(now.at.timestamp() > 0);
        assert_eq!(clock.next_change(), None);
        assert!(real.next_change().unwrap() > real.now().at.to_utc());
    }
}
