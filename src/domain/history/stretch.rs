//! The stretch of days that a history shows: the last year, or a calendar year.
//!
//! Owns its days, weeks and months. Must not know what happened on them.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::domain::day::{plus, week_start};

/// The weeks of the last year, this one among them.
const WEEKS: i64 = 53;
const MONTHS: u32 = 12;

/// Days that are told of together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The first.
    pub first: NaiveDate,
    /// The last; it may be to come.
    pub last: NaiveDate,
    /// The first day of the first week.
    pub grid: NaiveDate,
    /// How many weeks hold them.
    pub weeks: usize,
    /// The first days of the twelve months.
    pub months: Vec<NaiveDate>,
}

impl Stretch {
    /// A calendar year.
    pub fn of_year(year: i32, starts_on: Weekday) -> Self {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX);
        let months = (1..=MONTHS).map(|month| day(month, 1)).collect();
        Self::new(day(1, 1), day(12, 31), months, starts_on)
    }

    /// The 53 weeks up to that of `today`, or of a later day that is looked at.
    pub fn last_year(today: NaiveDate, until: NaiveDate, starts_on: Weekday) -> Self {
        let week = week_start(until.max(today), starts_on);
        let this = today.with_day(1).unwrap_or(today);
        let ago = |count| this.checked_sub_months(Months::new(count)).unwrap_or(this);
        let months = (0..MONTHS).rev().map(ago).collect();
        Self::new(plus(week, -7 * (WEEKS - 1)), plus(week, 6), months, starts_on)
    }

    fn new(first: NaiveDate, last: NaiveDate, months: Vec<NaiveDate>, starts_on: Weekday) -> Self {
        let grid = week_start(first, starts_on);
        let weeks = usize::try_from((last - grid).num_days() / 7 + 1).unwrap_or(0);
        Self { first, last, grid, weeks, months }
    }

    /// Whether a day is one of them.
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Its place in the days from the first on.
    pub fn place(&self, day: NaiveDate) -> Option<usize> {
        usize::try_from((day - self.first).num_days()).ok().filter(|_| day <= self.last)
    }

    /// Every day.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        let first = self.first;
        (0..=(self.last - first).num_days()).map(move |at| plus(first, at))
    }

    /// The last day of each week that has begun by `today`, and none to come.
    pub fn week_ends(&self, today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let grid = self.grid;
        let weeks = i64::try_from(self.weeks).unwrap_or(0);
        (0..weeks)
            .map(move |week| plus(grid, 7 * week))
            .take_while(move |start| *start <= today)
            .map(move |start| plus(start, 6).min(today))
    }

    /// The first and the last day of its twelve months.
    pub fn month_range(&self) -> (NaiveDate, NaiveDate) {
        let of = |month: Option<&NaiveDate>| month.copied().unwrap_or(self.first);
        (of(self.months.first()), month_end(of(self.months.last())))
    }
}

/// The last day of the month that `first` begins.
pub fn month_end(first: NaiveDate) -> NaiveDate {
    first.checked_add_months(Months::new(1)).map_or(NaiveDate::MAX, |next| plus(next, -1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::domain::day::parse_iso(text).unwrap()
    }

    #[test]
    fn the_last_year_has_53_weeks_and_this_month_last() {
        let today = day("2026-11-23");
        let stretch = Stretch::last_year(today, today, Weekday::Mon);
        assert_eq!((stretch.first, stretch.last), (day("2025-11-24"), day("2026-11-29")));
        assert_eq!((stretch.weeks, stretch.grid), (53, stretch.first));
        assert_eq!(stretch.month_range(), (day("2025-12-01"), day("2026-11-30")));
        assert_eq!(stretch.week_ends(today).last(), Some(today));
        let later = Stretch::last_year(today, day("2026-12-25"), Weekday::Sun);
        assert_eq!((later.last, later.weeks), (day("2026-12-26"), 53));
    }

    #[test]
    fn a_calendar_year_has_up_to_54_weeks() {
        let stretch = Stretch::of_year(2028, Weekday::Sun);
        assert_eq!((stretch.grid, stretch.weeks), (day("2027-12-26"), 54));
        assert_eq!(stretch.days().count(), 366);
        assert_eq!(stretch.place(day("2028-12-31")), Some(365));
        assert_eq!(stretch.place(day("2027-12-31")), None);
        assert_eq!(stretch.place(day("2029-01-01")), None);
    }
}
