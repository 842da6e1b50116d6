//! Loop Habit Tracker: the zip of its CSV export and the database of its backup, of every
//! generation.
//!
//! Owns what both have in common: how a habit is described and what the number of a day means. Must
//! not know which habits exist here.

mod archive;
mod database;

use super::{
    ImportError, Input, frequency,
    reading::{ANY, Described, End, Reading, name, number, quoted},
};
use crate::domain::{habit::Mark, text};

const FORMAT: &str = "loop";

/// By what a zip and a database begin with.
pub fn looks_so(input: &Input) -> bool {
    archive::looks_so(input) || database::looks_so(input)
}

/// Reads either.
pub fn read(input: &Input, reading: &mut Reading) -> Result<(), ImportError> {
    if database::looks_so(input) {
        return database::read(input, reading);
    }
    archive::read(input, reading)
}

/// A habit as Loop keeps it.
#[derive(Debug, Default)]
struct Habit {
    name: String,
    question: String,
    description: String,
    times: i64,
    days: i64,
    is_archived: bool,
    /// What its days count, where they do.
    measure: Measure,
    uuid: Option<uuid::Uuid>,
}

/// What the days of a habit say.
#[derive(Debug, Clone, Default, PartialEq)]
enum Measure {
    /// Done, or not.
    #[default]
    Yes,
    /// Numbers in thousandths, and the goal.
    Number { unit: String, target: f64, is_limit: bool },
    /// The older export does not tell.
    Untold,
}

impl Habit {
    /// Describes it, with what can't be said here.
    fn describe(self, number: u64, reading: &mut Reading) -> Result<Option<usize>, ImportError> {
        let place = reading.place(number);
        let checked = name("Name", &self.name).and_then(|name| {
            let times = u32::try_from(self.times).ok().filter(|times| *times > 0);
            let days = u32::try_from(self.days).ok().filter(|days| *days > 0);
            let both = times.zip(days).ok_or_else(|| {
                format!(
                    "column frequency: {} in {} days can't be meant. Accepted: numbers from 1 on",
                    self.times, self.days
                )
            })?;
            let nth = reading.count_of(&name);
            let mut habit = Described::new(FORMAT, name, nth, place);
            habit.tell(&self.question, &self.description)?;
            Ok((habit, both))
        });
        let (mut habit, (times, days)) = match checked {
            Ok(checked) => checked,
            Err(what) => {
                reading.bad(number, what)?;
                return Ok(None);
            }
        };
        if let Some(id) = self.uuid {
            habit.identity = super::reading::Identity::Id(id);
        }
        let (schedule, is_exact) = frequency::nearest(times, days);
        habit.schedule = schedule;
        habit.end = self.is_archived.then_some(End::LastDay);
        let shown = quoted(&habit.name);
        if !is_exact {
            reading.told.push(format!(
                "{shown}: {times} in {days} days can't be said here; the nearest is {schedule}"
            ));
        }
        if let Some(told) = self.measure.told() {
            reading.told.push(format!("{shown}: {told}"));
        }
        reading.describe(habit).map(Some)
    }
}

/// What Loop writes for a day: words in the newer export, their numbers everywhere else.
const WORDS: [(&str, i64); 5] =
    [("YES_MANUAL", 2), ("YES_AUTO", 1), ("NO", 0), ("SKIP", 3), ("UNKNOWN", -1)];

impl Measure {
    fn told(&self) -> Option<String> {
        let Self::Number { unit, target, is_limit } = self else { return None };
        if !is_limit && *target <= 0.0 {
            return Some(ANY.to_owned());
        }
        let word = if *is_limit { "up to" } else { "from" };
        let on = if *is_limit { "" } else { " on" };
        let goal = amount(*target, unit);
        Some(format!("a day is done {word} {goal}{on}; the numbers become notes"))
    }

    /// What a day's number means: its mark, and its note where it counts something. `None` for a day
    /// of which nothing was said.
    fn meaning(&self, value: i64) -> Result<Option<(Option<Mark>, String)>, String> {
        Ok(match (value, self) {
            // Loop works out 1 itself, and -1 is no answer.
            (-1 | 1, _) => None,
            (3, _) => Some((Some(Mark::Rest), String::new())),
            (2, Self::Yes | Self::Untold) => Some((Some(Mark::Done), String::new())),
            (0, Self::Yes | Self::Untold) => Some((None, String::new())),
            (_, Self::Yes) => return Err(odd(value)),
            (..0, _) => None,
            (_, Self::Untold) => Some((Some(Mark::Done), amount(thousandths(value), ""))),
            (_, Self::Number { unit, target, is_limit }) => {
                let found = thousandths(value);
                let is_met =
                    if *is_limit { found <= *target } else { found >= *target && value > 0 };
                let has_note = value > 0 || *is_limit;
                let note = if has_note { amount(found, unit) } else { String::new() };
                Some((is_met.then_some(Mark::Done), note))
            }
        })
    }
}

/// What a habit counts; `column` says where it stands.
fn unit(column: &str, cell: &str) -> Result<String, String> {
    text::lines("the unit", cell, text::NOTE_BYTES)
        .map_err(|error| format!("column {column}: {error}"))
}

fn odd(value: i64) -> String {
    format!("column Value: {value} is not a mark. Accepted: -1, 0, 1, 2 or 3, or a word for them")
}

fn amount(found: f64, unit: &str) -> String {
    format!("{} {}", number(found), unit.trim()).trim_end().to_owned()
}

/// The number that was typed.
fn thousandths(value: i64) -> f64 {
    // Loop keeps 32 bits; what is larger is a damaged file, and only its note would be rounded.
    let value = i32::try_from(value).unwrap_or(i32::MAX);
    f64::from(value) / 1000.0
}

/// The note of a day: what it counted, and what was written beside it.
fn joined(amount: String, written: &str) -> String {
    match (amount.is_empty(), written.is_empty()) {
        (_, true) => amount,
        (true, false) => written.to_owned(),
        (false, false) => format!("{written} ({amount})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_means_what_its_habit_measures() {
        let number = |target, is_limit| Measure::Number { unit: "km".into(), target, is_limit };
        let done = Some(Mark::Done);
        for (measure, value, found) in [
            (Measure::Yes, 2, Some((done, ""))),
            (Measure::Yes, 3, Some((Some(Mark::Rest), ""))),
            (Measure::Yes, 0, Some((None, ""))),
            (Measure::Yes, 1, None),
            (Measure::Yes, -1, None),
            (Measure::Untold, 2, Some((done, ""))),
            (Measure::Untold, 1, None),
            (Measure::Untold, 4_500, Some((done, "4.5"))),
            (number(5.0, false), 5_000, Some((done, "5 km"))),
            (number(5.0, false), 4_999, Some((None, "4.999 km"))),
            (number(5.0, false), 0, Some((None, ""))),
            (number(0.0, false), 0, Some((None, ""))),
            (number(5.0, false), 3, Some((Some(Mark::Rest), ""))),
            (number(5.0, false), -5_000, None),
            (number(5.0, true), 5_000, Some((done, "5 km"))),
            (number(5.0, true), 0, Some((done, "0 km"))),
            (number(5.0, true), 5_001, Some((None, "5.001 km"))),
        ] {
            let found = found.map(|(mark, note)| (mark, note.to_owned()));
            assert_eq!(measure.meaning(value), Ok(found), "{measure:?} {value}");
        }
        assert!(Measure::Yes.meaning(7).is_err());
        assert!(Measure::Yes.meaning(i64::MIN).is_err());
        assert!(number(1.0, false).meaning(i64::MAX).unwrap().is_some());
    }
}
