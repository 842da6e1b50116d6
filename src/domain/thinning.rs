//! Which backups may go: many young ones stay, few old ones.
//!
//! Owns the counts (data.md, "Backups"). Must not know files: whether a copy is whole is told, and
//! nobody may ask before a newer copy was made and checked.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// A backup as thinning sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Whether it is whole, or thought to be. One that is known not to be takes nobody's place, and
    /// is not for us to remove: it may still hold what is nowhere else.
    pub is_good: bool,
}

/// Of so many newest days every copy stays.
const WHOLE_DAYS: u32 = 2;

/// The first day of the stretch of time that holds a day.
type Stretch = fn(NaiveDate) -> NaiveDate;

/// What stands for a stretch of time: the newest copy in it, for so many stretches that have one.
const STRETCHES: [(Stretch, u32); 3] = [(|day| day, 12), (first_of_week, 10), (first_of_month, 24)];

fn first_of_week(day: NaiveDate) -> NaiveDate {
    day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day)
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The places in `copies` of those that may go. All of two days stay, then one of each of 12 days, of
/// 10 weeks and of 24 months. That is by count: where nothing was made for a year, nothing goes.
pub fn surplus(copies: &[Dated]) -> Vec<usize> {
    let mut good: Vec<usize> = (0..copies.len()).filter(|place| copies[*place].is_good).collect();
    // The newest first; of one moment, the one that was listed last.
    good.sort_by_key(|place| std::cmp::Reverse((copies[*place].at, *place)));
    let day = |place: usize| copies[place].at.date_naive();
    let days: BTreeSet<_> = good.iter().map(|place| std::cmp::Reverse(day(*place))).collect();
    let whole: Vec<_> = days.into_iter().take(WHOLE_DAYS as usize).map(|day| day.0).collect();
    let mut kept: BTreeSet<usize> =
        good.iter().copied().filter(|place| whole.contains(&day(*place))).collect();
    for (stretch, count) in STRETCHES {
        let (mut last, mut left) = (None, count);
        for place in &good {
            let now = stretch(day(*place));
            if last == Some(now) {
                continue;
            }
            last = Some(now);
            if left > 0 && kept.insert(*place) {
                left -= 1;
            }
        }
    }
    good.retain(|place| !kept.contains(place));
    good
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        let noon = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(12, 0, 0).unwrap();
        noon.and_utc() + TimeDelta::hours(hours)
    }

    fn good(hours: i64) -> Dated {
        Dated { at: at(hours), is_good: true }
    }

    fn thin(copies: &mut Vec<Dated>) {
        let gone = surplus(copies);
        let mut place = 0;
        copies.retain(|_| {
            place += 1;
            !gone.contains(&(place - 1))
        });
    }

    #[test]
    fn five_years_of_days_come_to_two_twelve_ten_and_twenty_four() {
        let mut copies = Vec::new();
        for day in 0..5 * 365 {
            copies.push(good(24 * day));
            thin(&mut copies);
        }
        assert_eq!(copies.len(), 2 + 12 + 10 + 24);
        let newest = copies.last().unwrap().at;
        let ages: Vec<_> = copies.iter().rev().map(|copy| (newest - copy.at).num_days()).collect();
        assert_eq!(ages[..14], std::array::from_fn::<_, 14, _>(|age| i64::try_from(age).unwrap()));
        // No gap is longer than a week at first, and than a month later.
        let gaps = ages.windows(2).map(|pair| (pair[1], pair[1] - pair[0]));
        for (age, gap) in gaps {
            assert!(gap <= if age <= 14 + 9 * 7 { 7 } else { 31 }, "{gap} before {age}: {ages:?}");
        }
        assert!((700..790).contains(ages.last().unwrap()), "{ages:?}");
    }

    #[test]
    fn two_days_stay_whole_and_older_ones_keep_their_newest() {
        let copies = [good(-60), good(-52), good(-24), good(-20), good(0), good(1), good(2)];
        assert_eq!(surplus(&copies), [0]);
        // A long pause removes nothing.
        assert_eq!(surplus(&[good(-90_000), good(-50_000), good(0)]), [0; 0]);
    }

    #[test]
    fn a_bad_copy_takes_no_good_ones_place() {
        let mut copies = vec![good(-60), good(-52), good(-24), good(0)];
        assert_eq!(surplus(&copies), [0]);
        copies[1].is_good = false;
        assert_eq!(surplus(&copies), [0; 0]);
    }

    fn any_copies() -> impl Strategy<Value = Vec<Dated>> {
        let copy = (-30_000_i64..10, proptest::bool::weighted(0.8))
            .prop_map(|(hours, is_good)| Dated { at: at(hours), is_good });
        proptest::collection::vec(copy, 0..200)
    }

    proptest! {
        #[test]
        fn the_newest_and_the_bad_never_go_and_once_is_enough(copies in any_copies()) {
            let gone = surplus(&copies);
            let newest = copies.iter().filter(|copy| copy.is_good).map(|copy| copy.at).max();
            for place in &gone {
                prop_assert!(copies[*place].is_good);
                prop_assert!(Some(copies[*place].at) < newest);
            }
            let mut left = copies.clone();
            thin(&mut left);
            prop_assert!(surplus(&left).is_empty());
            // A good copy is left for every month and week that had one, up to the counts.
            let months = |copies: &[Dated]| -> BTreeSet<_> {
                let good = copies.iter().filter(|copy| copy.is_good);
                good.map(|copy| first_of_month(copy.at.date_naive())).collect()
            };
            let (before, after) = (months(&copies), months(&left));
            prop_assert!(before.iter().rev().take(24).all(|month| after.contains(month)));
        }
    }
}
