//! The civil day: its range, its one written form, and the words people may use for it.
//!
//! Owns parsing of dates. Must not know what time it is: `today` comes in.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text is not a day.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DayError {
    /// The text has another form, or names a day that no calendar has.
    #[error("'{0}' is not a date. Accepted: YYYY-MM-DD, today, yesterday, or -N for N days ago")]
    Form(String),
    /// A real day, outside of what inch keeps.
    #[error("{0} is out of range. Accepted: 1970-01-01 to 2200-12-31")]
    Range(String),
}

/// The first day inch keeps, 1970-01-01.
pub const FIRST: NaiveDate = match NaiveDate::from_ymd_opt(1970, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The last day inch keeps, 2200-12-31.
pub const LAST: NaiveDate = match NaiveDate::from_ymd_opt(2200, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// Whether the day lies in the range that inch keeps.
pub fn is_kept(day: NaiveDate) -> bool {
    (FIRST..=LAST).contains(&day)
}

/// Reads exactly `YYYY-MM-DD` within the kept range.
///
/// By hand: every stored day comes through here at a start, and reading by a format is ten times
/// slower.
pub fn parse_iso(text: &str) -> Result<NaiveDate, DayError> {
    match civil(text.as_bytes()) {
        None => Err(DayError::Form(text.to_owned())),
        Some(day) if is_kept(day) => Ok(day),
        Some(_) => Err(DayError::Range(text.to_owned())),
    }
}

fn civil(text: &[u8]) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// Reads what a person types for a day: an ISO date, `today`, `yesterday` or `-N` (N days ago).
pub fn parse(text: &str, today: NaiveDate) -> Result<NaiveDate, DayError> {
    let days_ago = match text {
        "today" => 0,
        "yesterday" => 1,
        _ => match text.strip_prefix('-') {
            Some(count) if !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()) => {
                count.parse().map_err(|_| DayError::Range(text.to_owned()))?
            }
            _ => return parse_iso(text),
        },
    };
    today
        .checked_sub_days(Days::new(days_ago))
        .filter(|day| is_kept(*day))
        .ok_or_else(|| DayError::Range(text.to_owned()))
}

/// The day `count` days later, or earlier when negative; held at the ends of the calendar.
pub fn plus(day: NaiveDate, count: i64) -> NaiveDate {
    let moved = if count < 0 {
        day.checked_sub_days(Days::new(count.unsigned_abs()))
    } else {
        day.checked_add_days(Days::new(count.unsigned_abs()))
    };
    moved.unwrap_or(if count < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
}

/// The first day of the calendar week that holds `day`.
pub fn week_start(day: NaiveDate, starts_on: Weekday) -> NaiveDate {
    plus(day, -i64::from(day.weekday().days_since(starts_on)))
}

/// A day as people read it: `Mon 23 Nov`, with the year only when it is not `today`'s.
pub fn short(day: NaiveDate, today: NaiveDate) -> String {
    let form = if day.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    day.format(form).to_string()
}

/// How the person's calendar and streaks are read: the part of the config that the rules need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The first day of a calendar week.
    pub week_starts_on: Weekday,
    /// What ends a streak.
    pub streaks: StreakRule,
}

impl Default for Rules {
    fn default() -> Self {
        Self { week_starts_on: Weekday::Mon, streaks: StreakRule::Strict }
    }
}

/// What ends a streak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StreakRule {
    /// Every missed window does.
    #[default]
    Strict,
    /// A missed window between two met ones is passed over.
    TwoDay,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_iso(text).unwrap()
    }

    #[test]
    fn only_the_one_written_form_is_a_date() {
        let today = day("2026-11-23");
        for bad in
            ["2026-02-30", "2026-1-01", "26-01-01", "2026/01/01", "", "-", "--1", "-1x", "+1"]
        {
            assert!(matches!(parse(bad, today), Err(DayError::Form(_))), "{bad}");
        }
        for far in ["1969-12-31", "2201-01-01", "-99999", "-99999999999999999999"] {
            assert!(matches!(parse(far, today), Err(DayError::Range(_))), "{far}");
        }
        assert_eq!(parse("yesterday", today), Ok(day("2026-11-22")));
        assert_eq!(parse("-23", today), Ok(day("2026-10-31")));
    }

    #[test]
    fn weeks_start_on_the_configured_day() {
        let monday = day("2026-11-23");
        assert_eq!(week_start(monday, Weekday::Mon), monday);
        assert_eq!(week_start(monday, Weekday::Sun), day("2026-11-22"));
        assert_eq!(week_start(day("2026-11-21"), Weekday::Sun), day("2026-11-15"));
    }
}
