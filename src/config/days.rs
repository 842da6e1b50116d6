//! The table `[days]`: a birth date and how many days a life is expected to have.
//!
//! Owns its keys, its printed form and which day of that life a day is. Off until a birth date is
//! there.

use chrono::NaiveDate;

use super::{Config, keys::Key};
use crate::domain::day;

/// Its name in the file.
pub(super) const TABLE: &str = "days";

/// What is wrong with a table that lacks the one thing that matters.
pub(super) const WITHOUT_BIRTH: &str =
    "[days] needs a birth date. Accepted: born = \"1900-01-01\" to \"2200-12-31\".";

/// The earliest birth date.
const EARLIEST: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The days that somebody expects to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The birth date; nothing is counted without one.
    pub born: Option<NaiveDate>,
    /// How many days there are in all: a long life's, unless somebody knows better.
    pub expected: u32,
}

impl Default for Days {
    fn default() -> Self {
        Self { born: None, expected: 27_649 }
    }
}

impl Days {
    /// Which day of the life `day` is, from 1 on; `None` before it began.
    pub fn number(&self, day: NaiveDate) -> Option<u32> {
        let since = (day - self.born?).num_days();
        u32::try_from(since + 1).ok().filter(|number| *number > 0)
    }
}

/// Every key of the table, in the order it is printed.
pub(super) const KEYS: [Key; 2] = [
    Key {
        name: "born",
        what: "The day you were born.",
        accepted: || r#""1900-01-01" to "2200-12-31""#.to_owned(),
        read: |config, text| {
            let born = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            let is_kept = (EARLIEST..=day::LAST).contains(&born);
            // The parser knows shorter forms of a date, too.
            config.days.born = Some(born).filter(|_| is_kept && born.to_string() == text);
            config.days.born.map(drop)
        },
        write: |config| config.days.born.unwrap_or(EXAMPLE).to_string(),
    },
    Key {
        name: "expected",
        what: "How many days you count on.",
        accepted: || "1 to 100000".to_owned(),
        read: |config, text| {
            let expected = text.parse().ok()?;
            config.days.expected = Some(expected).filter(|days| (1..=100_000).contains(days))?;
            Some(())
        },
        write: |config| config.days.expected.to_string(),
    },
];

/// What the printed form shows where there is no birth date.
const EXAMPLE: NaiveDate = match NaiveDate::from_ymd_opt(1995, 11, 23) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The table with comments; all of it is a comment while it is off.
pub(super) fn print(config: &Config) -> String {
    let off = if config.days.born.is_some() { "" } else { "# " };
    let keys = KEYS.map(|key| {
        let (name, value) = (key.name, key.written(config));
        format!("# {}\n# Accepted: {}.\n{off}{name} = {value}\n", key.what, (key.accepted)())
    });
    format!(
        "# A count of days in the header: \"day 11,322 of 27,649\". Off without a birth date.\n{off}[{TABLE}]\n{}",
        keys.join("")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_begins_on_its_first_day() {
        let born = NaiveDate::from_ymd_opt(1995, 11, 23);
        let days = Days { born, ..Days::default() };
        let number =
            |year, month, day| days.number(NaiveDate::from_ymd_opt(year, month, day).unwrap());
        assert_eq!(number(1995, 11, 22), None);
        assert_eq!(number(1995, 11, 23), Some(1));
        assert_eq!(number(2026, 11, 23), Some(11_324));
        assert_eq!(Days::default().number(EXAMPLE), None, "off");
    }
}
