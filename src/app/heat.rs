//! The year as a heatmap: which days it shows, and which day lies where.
//!
//! Owns days as places. Must not draw, and must not know what the days hold.

use chrono::NaiveDate;

use super::Model;
use crate::domain::day::{plus, week_start};

/// Where days are drawn, a column a week: a cell for each day of `weeks` weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heat {
    /// The line of each week's first day.
    pub line: usize,
    /// The column of the first week.
    pub column: usize,
    /// The day in the upper left.
    pub first: NaiveDate,
    /// How many columns there are.
    pub weeks: usize,
}

impl Heat {
    /// The day at a line and a column.
    pub fn day(&self, line: usize, column: usize) -> Option<NaiveDate> {
        let (row, week) = (line.checked_sub(self.line)?, column.checked_sub(self.column)?);
        if row >= 7 || week >= self.weeks {
            return None;
        }
        Some(plus(self.first, i64::try_from(7 * week + row).ok()?))
    }
}

/// How many weeks a heatmap has in the detail: a column each, behind the days' names.
fn heatmap_weeks(model: &Model) -> i64 {
    let columns = model.areas.detail.map_or(0, |area| area.width);
    i64::from(columns.saturating_sub(8)).clamp(1, 53)
}

/// The first day of the 53 weeks that the widest heatmap shows.
pub(super) fn heatmap_start(model: &Model) -> NaiveDate {
    let last_week = week_start(heatmap_end(model), model.workspace.rules.week_starts_on);
    plus(last_week, -7 * 52)
}

/// The last day that the heatmap shows: today, or the shown day with some weeks after it.
pub fn heatmap_end(model: &Model) -> NaiveDate {
    let last_week = week_start(model.today, model.workspace.rules.week_starts_on);
    let is_recent = model.day >= plus(last_week, -7 * (heatmap_weeks(model) - 1));
    if is_recent { model.today.max(model.day) } else { plus(model.day, 7 * 4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_day_and_beside_it_is_none() {
        let first = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let heat = Heat { line: 5, column: 4, first, weeks: 3 };
        let day = |line, column| heat.day(line, column).map(|day| (day - first).num_days());
        assert_eq!(day(5, 4), Some(0));
        assert_eq!(day(11, 4), Some(6));
        assert_eq!(day(5, 6), Some(14));
        assert_eq!(day(11, 6), Some(20));
        for (line, column) in [(4, 4), (12, 4), (5, 3), (5, 7), (0, 0), (usize::MAX, usize::MAX)] {
            assert_eq!(day(line, column), None, "{line} {column}");
        }
    }
}
