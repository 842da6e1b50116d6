//! Streaks: how many windows in a row were met.
//!
//! Owns the fold from outcomes to runs under both rules. Must not know where windows come from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    day::StreakRule,
    schedule::Schedule,
    window::{Judged, Outcome, Stretch},
};

/// What a streak is counted in on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// All windows are daily ones.
    Days,
    /// All windows are calendar weeks.
    Weeks,
    /// Anything else.
    Times,
}

impl Unit {
    /// The unit of one window.
    fn of(stretch: Stretch) -> Self {
        match stretch {
            Stretch::Day => Self::Days,
            Stretch::Week => Self::Weeks,
            Stretch::Weekday | Stretch::Block => Self::Times,
        }
    }

    /// The unit a habit's next streak would have.
    pub fn of_schedule(schedule: Schedule) -> Self {
        match schedule {
            Schedule::Daily => Self::Days,
            Schedule::PerWeek(_) => Self::Weeks,
            Schedule::Weekdays(_) | Schedule::Every(_) | Schedule::None => Self::Times,
        }
    }

    /// One letter for narrow columns; where only ASCII may be drawn an x would be a tick.
    pub const fn letter(self, is_ascii: bool) -> &'static str {
        match self {
            Self::Days => "d",
            Self::Weeks => "w",
            Self::Times if is_ascii => "t",
            Self::Times => "×",
        }
    }

    /// The word for `count` of them.
    pub const fn word(self, count: u32) -> &'static str {
        match (self, count) {
            (Self::Days, 1) => "day",
            (Self::Days, _) => "days",
            (Self::Weeks, 1) => "week",
            (Self::Weeks, _) => "weeks",
            (Self::Times, 1) => "time",
            (Self::Times, _) => "times",
        }
    }
}

/// One streak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streak {
    /// Met windows, at least 1.
    pub length: u32,
    /// First day of the first met window, not before the habit's first day.
    pub first: NaiveDate,
    /// Last day of the last met window, not after today.
    pub last: NaiveDate,
    /// What it is counted in.
    pub unit: Unit,
}

/// The fold over outcomes, oldest first. Its state says all that later windows need to know.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    streak: Option<Streak>,
    missed_in_a_row: u32,
}

impl Run {
    /// The streak that still goes on, if any.
    pub fn current(&self) -> Option<Streak> {
        self.streak
    }

    /// Windows missed in a row, up to the newest that is over. Rested and pending ones are passed
    /// over; a met or a blank one ends them. While a streak goes on it is one at most: a miss that
    /// the two-day rule may yet pass over.
    pub fn missed_in_a_row(&self) -> u32 {
        self.missed_in_a_row
    }

    /// Takes in the next window; returns the streak that it ended.
    ///
    /// `first_day` is the habit's first day. Under the two-day rule a missed window is passed over
    /// when the windows beside it, rested ones aside, are met; one after it that is open or not
    /// there yet counts as met, so the streak goes on until a second miss shows otherwise.
    pub fn take(
        &mut self,
        judged: &Judged,
        rule: StreakRule,
        first_day: NaiveDate,
        today: NaiveDate,
    ) -> Option<Streak> {
        match judged.outcome {
            Outcome::Rested | Outcome::Pending => None,
            Outcome::Met => {
                let window = &judged.window;
                let unit = Unit::of(window.stretch);
                let streak = self.streak.get_or_insert(Streak {
                    length: 0,
                    first: window.start.max(first_day),
                    last: window.end,
                    unit,
                });
                streak.length += 1;
                streak.last = window.end.min(today);
                if streak.unit != unit {
                    streak.unit = Unit::Times;
                }
                self.missed_in_a_row = 0;
                None
            }
            Outcome::Missed => {
                self.missed_in_a_row += 1;
                let is_held = rule == StreakRule::TwoDay && self.missed_in_a_row == 1;
                if is_held { None } else { self.streak.take() }
            }
            Outcome::Blank => {
                self.missed_in_a_row = 0;
                self.streak.take()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{day::plus, version::Versions, window::Window};
    use chrono::Weekday;

    /// `m` met, `.` missed, `r` rested, `p` pending, `b` blank.
    fn run(outcomes: &str, rule: StreakRule) -> (Vec<u32>, Run) {
        let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let versions = Versions::new(start, Schedule::Daily);
        let (mut run, mut ended) = (Run::default(), Vec::new());
        for (at, letter) in (0..).zip(outcomes.chars()) {
            let window = Window::holding(plus(start, at), &versions, Weekday::Mon).unwrap();
            let outcome = match letter {
                'm' => Outcome::Met,
                '.' => Outcome::Missed,
                'r' => Outcome::Rested,
                'p' => Outcome::Pending,
                _ => Outcome::Blank,
            };
            let judged = Judged { window, outcome, done: 0, quota: 1 };
            ended.extend(run.take(&judged, rule, start, plus(start, 99)).map(|s| s.length));
        }
        (ended, run)
    }

    fn lengths(outcomes: &str, rule: StreakRule) -> (Vec<u32>, u32) {
        let (ended, run) = run(outcomes, rule);
        (ended, run.current().map_or(0, |streak| streak.length))
    }

    #[test]
    fn strict_ends_at_the_first_miss() {
        assert_eq!(lengths("mm.mrmp", StreakRule::Strict), (vec![2], 2));
        assert_eq!(lengths("mm.", StreakRule::Strict), (vec![2], 0));
        assert_eq!(lengths("mmbm", StreakRule::Strict), (vec![2], 1));
    }

    #[test]
    fn two_day_passes_over_one_miss_between_met_windows() {
        assert_eq!(lengths("mm.mp", StreakRule::TwoDay), (vec![], 3));
        assert_eq!(lengths("mm.rm", StreakRule::TwoDay), (vec![], 3));
        assert_eq!(lengths("mm.p", StreakRule::TwoDay), (vec![], 2));
        assert_eq!(lengths("mm.", StreakRule::TwoDay), (vec![], 2));
        assert_eq!(lengths("mm..m", StreakRule::TwoDay), (vec![2], 1));
        assert_eq!(lengths("m.m.m", StreakRule::TwoDay), (vec![], 3));
        assert_eq!(lengths(".m", StreakRule::TwoDay), (vec![], 1));
        assert_eq!(lengths("mb.m", StreakRule::TwoDay), (vec![1], 1));
    }

    #[test]
    fn misses_in_a_row_outlast_any_rest_and_end_at_what_was_met() {
        for (outcomes, missed) in [
            ("", 0),
            ("mm.", 1),
            ("mm..p", 2),
            ("m.rrrrrrrrrrrrrrrrrrrr", 1),
            ("m.rrrrrrrrrrr.rp", 2),
            ("..m", 0),
            ("bb", 0),
            (".b.", 1),
        ] {
            for rule in [StreakRule::Strict, StreakRule::TwoDay] {
                assert_eq!(run(outcomes, rule).1.missed_in_a_row(), missed, "{outcomes} {rule:?}");
            }
        }
    }
}
