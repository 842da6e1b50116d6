//! When a habit asks for something: the schedules and their one written form.
//!
//! Owns the five schedules. Must not know windows or marks: those are made from it.

use std::{fmt, str::FromStr};

use chrono::Weekday;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Monday first, as ISO 8601 counts.
pub const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// A set of weekdays with at least one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

impl Weekdays {
    /// `None` when there is no day at all.
    pub fn new(days: impl IntoIterator<Item = Weekday>) -> Option<Self> {
        let bits = days.into_iter().fold(0, |bits, day| bits | 1 << day.num_days_from_monday());
        (bits != 0).then_some(Self(bits))
    }

    /// Whether the day was chosen.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// How many days were chosen, 1–7.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The chosen days, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().filter(move |day| self.contains(*day))
    }
}

/// What a habit asks for. Written `daily`, `mon,wed,fri`, `3/week`, `every 4 days` or `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Schedule {
    /// Once on every single day.
    Daily,
    /// Once on each of these weekdays.
    Weekdays(Weekdays),
    /// This many days in each calendar week, 1–7.
    PerWeek(u8),
    /// Once in each block of this many days, 2–365.
    Every(u16),
    /// Nothing: the habit is archived.
    None,
}

/// Why a text is not a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "'{0}' is not a schedule. Accepted: daily, weekdays such as mon,wed,fri, 1/week to 7/week, or every 2 days to every 365 days"
)]
pub struct ScheduleError(String);

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Daily => f.write_str("daily"),
            Self::Weekdays(days) => {
                let names: Vec<_> = days.iter().map(|day| day.to_string().to_lowercase()).collect();
                f.write_str(&names.join(","))
            }
            Self::PerWeek(count) => write!(f, "{count}/week"),
            Self::Every(count) => write!(f, "every {count} days"),
            Self::None => f.write_str("none"),
        }
    }
}

impl From<Schedule> for String {
    fn from(schedule: Schedule) -> Self {
        schedule.to_string()
    }
}

impl TryFrom<String> for Schedule {
    type Error = ScheduleError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for Schedule {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ScheduleError(text.to_owned());
        let words: Vec<_> = text.split_whitespace().map(str::to_lowercase).collect();
        let lower = words.join(" ").replace(" / ", "/").replace(" times a week", "/week");
        match lower.as_str() {
            "daily" | "every day" => return Ok(Self::Daily),
            "weekly" | "once a week" | "every week" => return Ok(Self::PerWeek(1)),
            "every other day" => return Ok(Self::Every(2)),
            "weekdays" | "mon-fri" => return Self::from_str("mon,tue,wed,thu,fri"),
            "weekends" | "weekend" => return Self::from_str("sat,sun"),
            "none" => return Ok(Self::None),
            _ => {}
        }
        if let Some(count) = lower.strip_suffix("/week") {
            let count = count.trim().parse().map_err(|_| wrong())?;
            return (1..=7).contains(&count).then_some(Self::PerWeek(count)).ok_or_else(wrong);
        }
        if let Some(rest) = lower.strip_prefix("every ") {
            let count = rest.strip_suffix("days").ok_or_else(wrong)?;
            let count = count.trim().parse().map_err(|_| wrong())?;
            return (2..=365).contains(&count).then_some(Self::Every(count)).ok_or_else(wrong);
        }
        let days: Result<Vec<Weekday>, _> =
            lower.split(',').map(|name| name.trim().parse()).collect();
        days.ok().and_then(Weekdays::new).map(Self::Weekdays).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_form_reads_back() {
        for text in
            ["daily", "mon,wed,fri", "1/week", "7/week", "every 2 days", "every 365 days", "none"]
        {
            assert_eq!(text.parse::<Schedule>().unwrap().to_string(), text);
        }
        for (said, meant) in [
            ("every day", "daily"),
            ("Weekdays", "mon,tue,wed,thu,fri"),
            ("2 times a week", "2/week"),
            ("3 / week", "3/week"),
            ("every other  day", "every 2 days"),
        ] {
            assert_eq!(said.parse::<Schedule>().unwrap().to_string(), meant);
        }
        assert_eq!(" Friday, MON ".parse::<Schedule>().unwrap().to_string(), "mon,fri");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "0/week",
            "8/week",
            "every 1 days",
            "every 366 days",
            "every days",
            "mon,,fri",
            "often",
            "3/month",
        ] {
            assert!(text.parse::<Schedule>().is_err(), "{text}");
        }
    }
}
