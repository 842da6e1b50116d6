//! How fast a person goes: minutes per week, and from these what a module still takes.
//!
//! Owns both figures and when there are too few days to tell. Must not know where sessions are kept.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::day::plus;

/// Weeks that are looked back on.
pub const WEEKS: usize = 8;
const DAYS: i64 = 7;
/// Weeks with sessions, and mastered topics with minutes, that an estimate needs at least: with
/// fewer, one odd week or topic would decide it.
const BUSY: usize = 2;
const MASTERED: usize = 3;

/// Seconds in each of the last eight times seven days, the newest last: it ends today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// The weeks.
    pub weeks: [u64; WEEKS],
}

impl Pace {
    /// The first day that counts, seen on `today`.
    pub fn first_day(today: NaiveDate) -> NaiveDate {
        plus(today, 1 - DAYS * i64::try_from(WEEKS).unwrap_or(0))
    }

    /// From the seconds of each day; days outside of the weeks don't count.
    pub fn new(seconds: &BTreeMap<NaiveDate, u64>, today: NaiveDate) -> Self {
        let mut weeks = [0; WEEKS];
        let first = Self::first_day(today);
        for (day, seconds) in seconds.range(first..=today) {
            let week = usize::try_from((*day - first).num_days() / DAYS).unwrap_or(WEEKS);
            if let Some(sum) = weeks.get_mut(week) {
                *sum += seconds;
            }
        }
        Self { weeks }
    }

    /// Weeks since the first one that had a session.
    pub fn since_begun(&self) -> &[u64] {
        let begun = self.weeks.iter().position(|seconds| *seconds > 0);
        begun.map_or(&[], |begun| &self.weeks[begun..])
    }

    /// Seconds per week on average, from the first week that had a session on; `None` without any.
    pub fn weekly(&self) -> Option<u64> {
        let weeks = self.since_begun();
        weeks.iter().sum::<u64>().checked_div(weeks.len() as u64)
    }
}

/// What some topics still take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// Seconds that a mastered topic took, by the median.
    pub each: u64,
    /// Weeks to come, rounded up; at least one.
    pub weeks: u64,
}

impl Estimate {
    /// `mastered` are the seconds that each mastered topic took, `begun` those that went into each
    /// topic that is left. `None` where there is too little to go by.
    pub fn new(
        pace: &Pace,
        mastered: impl IntoIterator<Item = u64>,
        begun: impl IntoIterator<Item = u64>,
    ) -> Option<Self> {
        let mut mastered: Vec<_> = mastered.into_iter().filter(|seconds| *seconds > 0).collect();
        let is_busy = pace.weeks.iter().filter(|seconds| **seconds > 0).count() >= BUSY;
        if mastered.len() < MASTERED || !is_busy {
            return None;
        }
        mastered.sort_unstable();
        let each = mastered[mastered.len() / 2];
        let weekly = pace.weekly().filter(|weekly| *weekly > 0)?;
        let left: u64 = begun.into_iter().map(|seconds| each.saturating_sub(seconds)).sum();
        Some(Self { each, weeks: left.div_ceil(weekly).max(1) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn pace(weeks: [u64; WEEKS]) -> Pace {
        Pace { weeks }
    }

    #[test]
    fn weeks_end_today_and_older_days_do_not_count() {
        let ago = |days: i64| plus(today(), -days);
        let seconds =
            BTreeMap::from([(ago(0), 1), (ago(6), 2), (ago(7), 4), (ago(55), 8), (ago(56), 16)]);
        let seconds = seconds.into_iter().chain([(ago(-1), 32)]).collect();
        assert_eq!(Pace::new(&seconds, today()).weeks, [8, 0, 0, 0, 0, 0, 4, 3]);
        assert_eq!(Pace::first_day(today()), ago(55));
    }

    #[test]
    fn the_average_begins_with_the_first_session() {
        assert_eq!(pace([0; WEEKS]).weekly(), None);
        assert_eq!(pace([0, 0, 0, 0, 0, 0, 600, 0]).weekly(), Some(300));
        assert_eq!(pace([800, 0, 0, 0, 0, 0, 0, 0]).weekly(), Some(100));
    }

    #[test]
    fn an_estimate_needs_enough_of_the_persons_own_days() {
        let busy = pace([0, 0, 0, 0, 0, 0, 3_600, 3_600]);
        let told = Estimate::new(&busy, [7_200, 3_600, 36_000], [0, 3_600]);
        assert_eq!(told, Some(Estimate { each: 7_200, weeks: 3 }));
        assert_eq!(Estimate::new(&busy, [7_200, 3_600, 0], [0]), None, "two topics");
        let once = pace([0, 0, 0, 0, 0, 0, 0, 7_200]);
        assert_eq!(Estimate::new(&once, [7_200, 3_600, 36_000], [0]), None, "one week");
        let ended = Estimate::new(&busy, [7_200, 3_600, 36_000], [9_000]);
        assert_eq!(
            ended.map(|told| told.weeks),
            Some(1),
            "longer than the others, and near its end"
        );
    }

    proptest! {
        #[test]
        fn more_minutes_never_make_it_take_longer(
            weeks in prop::array::uniform8(0_u64..20_000),
            mastered in prop::collection::vec(0_u64..50_000, 0..8),
            begun in prop::collection::vec(0_u64..50_000, 1..8),
            more in 1_u64..5_000,
        ) {
            let told = Estimate::new(&pace(weeks), mastered.clone(), begun.clone());
            let mut faster = weeks;
            faster[WEEKS - 1] += more;
            let sooner = Estimate::new(&pace(faster), mastered.clone(), begun.clone());
            if let (Some(told), Some(sooner)) = (told, sooner) {
                let had_begun = weeks.iter().any(|seconds| *seconds > 0);
                prop_assert!(!had_begun || sooner.weeks <= told.weeks);
                prop_assert!(mastered.contains(&told.each));
            }
            let fewer = Estimate::new(&pace(weeks), mastered, begun[1..].iter().copied());
            if let (Some(told), Some(fewer)) = (told, fewer) {
                prop_assert!(fewer.weeks <= told.weeks);
            }
        }
    }
}
