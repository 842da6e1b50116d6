//! Windows: the stretches of days in which a schedule asks for something, and what became of them.
//!
//! The core of the rules (product.md, "Rules"). A schedule yields windows, days give each an
//! outcome; streaks, strength and rates are folds over outcomes. Must not know any of those.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    day::{plus, week_start},
    habit::Mark,
    schedule::Schedule,
    version::Versions,
};

/// What kind of stretch a window is; it decides the unit a streak is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// A day of a daily schedule.
    Day,
    /// A chosen weekday.
    Weekday,
    /// A calendar week.
    Week,
    /// A block of n days.
    Block,
}

/// A stretch of days that asks for `quota` done days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// What it is a stretch of.
    pub stretch: Stretch,
    /// First day.
    pub start: NaiveDate,
    /// Last day, inclusive.
    pub end: NaiveDate,
    /// Days and rests count from here on; later than `start` only where it holds the creation day.
    pub counted_from: NaiveDate,
    /// The schedule's own quota; the smallest in a joined week.
    pub quota: u32,
    /// Length in days if nothing had cut it. A weekday's share of its week: 7 ÷ chosen days.
    pub uncut_length: f64,
    /// Shortened by another version or by the creation day.
    pub is_cut: bool,
    /// Its last day is the last before a *none*.
    pub ends_on_archive_day: bool,
    /// Wholly before the creation day.
    pub is_before_creation: bool,
}

impl Window {
    /// How many of its days count.
    pub fn counted_days(&self) -> u32 {
        u32::try_from((self.end - self.counted_from).num_days() + 1).unwrap_or(0)
    }

    /// The window that holds `day`, if any does.
    pub fn holding(
        day: NaiveDate,
        versions: &Versions<Schedule>,
        week_starts_on: Weekday,
    ) -> Option<Self> {
        let all = versions.as_slice();
        let index = versions.index_at(day);
        let (mut first, mut last) = (index, index);
        let (stretch, start, end, quota, uncut_length) = match all[index].value {
            Schedule::None => return None,
            Schedule::Daily => (Stretch::Day, day, day, 1, 1.0),
            Schedule::Weekdays(days) => {
                if !days.contains(day.weekday()) {
                    return None;
                }
                (Stretch::Weekday, day, day, 1, 7.0 / f64::from(days.count()))
            }
            Schedule::PerWeek(count) => {
                let start = week_start(day, week_starts_on);
                let end = plus(start, 6);
                let per_week = |at: usize| match all.get(at).map(|version| version.value) {
                    Some(Schedule::PerWeek(count)) => Some(count),
                    _ => None,
                };
                // Versions of this kind that follow each other within the week share one window.
                let mut smallest = count;
                while all[first].from > start
                    && let Some(count) = first.checked_sub(1).and_then(per_week)
                {
                    first -= 1;
                    smallest = smallest.min(count);
                }
                while let Some(count) = per_week(last + 1)
                    && all[last + 1].from <= end
                {
                    last += 1;
                    smallest = smallest.min(count);
                }
                (Stretch::Week, start, end, u32::from(smallest), 7.0)
            }
            Schedule::Every(count) => {
                let offset = (day - all[index].from).num_days().rem_euclid(i64::from(count));
                let start = plus(day, -offset);
                (Stretch::Block, start, plus(start, i64::from(count) - 1), 1, f64::from(count))
            }
        };
        let held_start = if first == 0 { start } else { start.max(all[first].from) };
        let next = all.get(last + 1);
        let held_end = next.map_or(end, |next| end.min(plus(next.from, -1)));
        let created_on = versions.created_on();
        let holds_creation = held_start < created_on && created_on <= held_end;
        Some(Self {
            stretch,
            start: held_start,
            end: held_end,
            counted_from: if holds_creation { created_on } else { held_start },
            quota,
            uncut_length,
            is_cut: held_start > start || held_end < end || holds_creation,
            ends_on_archive_day: next.is_some_and(|next| {
                next.value == Schedule::None && plus(next.from, -1) == held_end
            }),
            is_before_creation: held_end < created_on,
        })
    }

    /// Every window that ends on `from` or later and begins on `until` or earlier, in order.
    pub fn between(
        from: NaiveDate,
        until: NaiveDate,
        versions: &Versions<Schedule>,
        week_starts_on: Weekday,
    ) -> impl Iterator<Item = Self> {
        let mut day = from;
        std::iter::from_fn(move || {
            while day <= until {
                if let Some(window) = Self::holding(day, versions, week_starts_on) {
                    day = plus(window.end, 1);
                    return Some(window);
                }
                // A *none* asks for nothing until the next version; a weekday may follow at once.
                let next = versions.as_slice().get(versions.index_at(day) + 1);
                day = match (versions.at(day), next) {
                    (Schedule::None, Some(next)) => next.from,
                    (Schedule::None, None) => return None,
                    _ => plus(day, 1),
                };
            }
            None
        })
    }

    /// What became of it, as seen on `today`. `marks` are those of its own days.
    pub fn judge(
        self,
        marks: impl IntoIterator<Item = (NaiveDate, Mark)>,
        today: NaiveDate,
    ) -> Judged {
        let (mut done, mut rests) = (0, 0);
        for (day, mark) in marks {
            if day > today || !(self.start..=self.end).contains(&day) {
                continue;
            }
            match mark {
                Mark::Done => done += 1,
                Mark::Rest if day >= self.counted_from => rests += 1,
                Mark::Rest => {}
            }
        }
        let quota = self.quota.min(self.counted_days().saturating_sub(rests));
        let outcome = if quota == 0 {
            Outcome::Rested
        } else if done >= quota {
            Outcome::Met
        } else if self.end >= today {
            Outcome::Pending
        } else if self.is_cut || self.ends_on_archive_day {
            Outcome::Rested
        } else if self.is_before_creation {
            Outcome::Blank
        } else {
            Outcome::Missed
        };
        Judged { window: self, outcome, done, quota }
    }
}

/// What became of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done often enough, even while it is still open.
    Met,
    /// Over, and not done often enough.
    Missed,
    /// Nothing was left to ask.
    Rested,
    /// Still open.
    Pending,
    /// Not met, and from before the habit was created.
    Blank,
}

/// A window with its outcome and the two counts that made it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// The stretch of days.
    pub window: Window,
    /// What became of it.
    pub outcome: Outcome,
    /// Done days in it, today at the latest.
    pub done: u32,
    /// What it asks for once rests and cuts are taken off.
    pub quota: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::domain::day::parse_iso(text).unwrap()
    }

    fn versions(list: &[(&str, &str)]) -> Versions<Schedule> {
        let mut versions = Versions::new(day(list[0].0), list[0].1.parse().unwrap());
        for (from, schedule) in &list[1..] {
            versions.set(day(from), schedule.parse().unwrap());
        }
        versions
    }

    fn spans(versions: &Versions<Schedule>, from: &str, until: &str) -> Vec<(String, u32, bool)> {
        Window::between(day(from), day(until), versions, Weekday::Mon)
            .map(|window| {
                let span =
                    format!("{}..{}", window.start.format("%m%d"), window.end.format("%m%d"));
                (span, window.quota, window.is_cut)
            })
            .collect()
    }

    // 2026-11-23 is a Monday.
    #[test]
    fn weeks_that_follow_each_other_in_mid_week_join_with_the_smallest_quota() {
        let joined = versions(&[
            ("2026-11-02", "5/week"),
            ("2026-11-25", "2/week"),
            ("2026-11-27", "4/week"),
        ]);
        assert_eq!(
            spans(&joined, "2026-11-23", "2026-12-01"),
            [("1123..1129".into(), 2, false), ("1130..1206".into(), 4, false)]
        );
    }

    #[test]
    fn a_none_between_cuts_instead_of_joining() {
        let cut =
            versions(&[("2026-11-02", "5/week"), ("2026-11-25", "none"), ("2026-11-27", "4/week")]);
        assert_eq!(
            spans(&cut, "2026-11-23", "2026-11-29"),
            [("1123..1124".into(), 5, true), ("1127..1129".into(), 4, true)]
        );
    }

    #[test]
    fn blocks_count_from_the_effective_day_both_ways_and_are_cut_at_the_next_version() {
        let blocks = versions(&[("2026-11-10", "every 4 days"), ("2026-11-16", "daily")]);
        assert_eq!(
            spans(&blocks, "2026-11-05", "2026-11-16"),
            [
                ("1102..1105".into(), 1, false),
                ("1106..1109".into(), 1, false),
                ("1110..1113".into(), 1, false),
                ("1114..1115".into(), 1, true),
                ("1116..1116".into(), 1, false),
            ]
        );
    }

    #[test]
    fn the_window_of_the_creation_day_counts_from_it_but_takes_every_done_day() {
        let week = versions(&[("2026-11-28", "3/week")]);
        let window = Window::holding(day("2026-11-24"), &week, Weekday::Mon).unwrap();
        assert_eq!((window.counted_days(), window.is_cut), (2, true));
        let early = [(day("2026-11-23"), Mark::Done), (day("2026-11-24"), Mark::Done)];
        let judged = window.judge(early, day("2026-11-28"));
        assert_eq!((judged.outcome, judged.done, judged.quota), (Outcome::Met, 2, 2));
        // A rest before the creation day takes nothing off.
        let rest = [(day("2026-11-23"), Mark::Rest)];
        assert_eq!(window.judge(rest, day("2026-11-30")).quota, 2);
    }

    #[test]
    fn outcomes_come_in_the_order_of_the_rules() {
        let daily = versions(&[("2026-11-20", "daily"), ("2026-11-23", "none")]);
        let outcome = |on: &str, mark: Option<Mark>, today: &str| {
            let window = Window::holding(day(on), &daily, Weekday::Mon).unwrap();
            window.judge(mark.map(|mark| (day(on), mark)), day(today)).outcome
        };
        assert_eq!(outcome("2026-11-21", Some(Mark::Rest), "2026-11-25"), Outcome::Rested);
        assert_eq!(outcome("2026-11-21", Some(Mark::Done), "2026-11-21"), Outcome::Met);
        assert_eq!(outcome("2026-11-21", None, "2026-11-21"), Outcome::Pending);
        assert_eq!(outcome("2026-11-21", None, "2026-11-25"), Outcome::Missed);
        assert_eq!(outcome("2026-11-22", None, "2026-11-25"), Outcome::Rested, "the archive day");
        assert_eq!(outcome("2026-11-19", None, "2026-11-25"), Outcome::Blank);
    }
}
