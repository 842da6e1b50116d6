//! What was read of an input, in one form for every format: habits, their days, and what could not
//! be taken as it stands.
//!
//! Owns the checks that all formats share, and what becomes of a bad line: the end, or an entry in
//! the list of those that were left out. Must not know formats, nor what is here already.

use std::{collections::HashMap, fmt::Display};

use chrono::NaiveDate;

pub use super::described::{Described, End, Identity};
use super::{ImportError, skipped::Skipped};
use crate::domain::{
    change::Refusal,
    day::{self, DayError},
    habit::Mark,
    text,
};

/// How many days of habits an import may hold: as many as inch keeps.
const MOST_ENTRIES: usize = 5_000_000;

/// How many habits: more than inch keeps, so that the plan can still say so.
const MOST_HABITS: usize = 2_000;

/// One line: what it says about a habit's day. Neither a mark nor a note is an answer, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose, by its place in [`Reading::habits`].
    pub habit: u32,
    /// The logical date; done days are not after today.
    pub day: NaiveDate,
    /// Done or rest.
    pub mark: Option<Mark>,
    /// A checked note.
    pub note: Option<Box<str>>,
    part: u16,
    number: u32,
}

impl Entry {
    /// What its habit is called in the input.
    pub fn habit_name(&self, reading: &Reading) -> String {
        let habit = reading.habits.get(self.habit as usize);
        habit.map_or_else(String::new, |habit| habit.name.clone())
    }

    /// Whether both say the same of their day.
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.mark == other.mark && self.note == other.note
    }
}

/// What a day says, before it is an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Whose, by its place in [`Reading::habits`].
    pub habit: usize,
    /// The logical date.
    pub day: NaiveDate,
    /// Done or rest.
    pub mark: Option<Mark>,
    /// A checked note; may be empty.
    pub note: String,
}

/// Which of two lines about the same day holds, and in which program it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    /// They must agree.
    Agree,
    /// The first.
    First(&'static str),
    /// The last.
    Last(&'static str),
}

/// A part of the input whose lines are counted on their own.
#[derive(Debug)]
struct Part {
    name: Option<String>,
    unit: &'static str,
}

/// All that was read so far.
#[derive(Debug)]
pub struct Reading {
    /// The logical day.
    pub today: NaiveDate,
    /// In the order of the input.
    pub habits: Vec<Described>,
    /// In the order of the input.
    pub entries: Vec<Entry>,
    /// Bad lines.
    pub skipped: Skipped,
    /// What was assumed, and what can't be said here, as sentences that are safe to print.
    pub told: Vec<String>,
    /// Where schedules are to be had, as the rest of a sentence, when the input says nothing of them.
    pub schedules_elsewhere: Option<&'static str>,
    /// Which of two lines about the same day holds.
    pub repeats: Repeats,
    parts: Vec<Part>,
    names: HashMap<String, usize>,
}

impl Reading {
    /// Nothing yet. A lenient one leaves bad lines out.
    pub fn new(file: &str, today: NaiveDate, is_lenient: bool) -> Self {
        Self {
            today,
            habits: Vec::new(),
            entries: Vec::new(),
            skipped: Skipped::new(file, is_lenient),
            told: Vec::new(),
            schedules_elsewhere: None,
            repeats: Repeats::Agree,
            parts: vec![Part { name: None, unit: "line" }],
            names: HashMap::new(),
        }
    }

    /// Lines are counted anew, in that part of the input.
    pub fn begin(&mut self, name: impl Into<String>, unit: &'static str) {
        self.parts.push(Part { name: Some(name.into()), unit });
    }

    /// The same for what has no parts.
    pub fn count_in(&mut self, unit: &'static str) {
        self.parts.push(Part { name: None, unit });
    }

    /// Where a line of the current part stands.
    pub fn place(&self, number: u64) -> String {
        self.parts.last().map_or_else(String::new, |part| part.place(number))
    }

    /// Where an entry stands.
    pub fn place_of(&self, entry: &Entry) -> String {
        self.parts
            .get(usize::from(entry.part))
            .map_or_else(String::new, |part| part.place(entry.number.into()))
    }

    /// A line that can't be taken: ends it all, or is left out.
    pub fn bad(&mut self, number: u64, what: impl Into<String>) -> Result<(), ImportError> {
        let place = self.place(number);
        self.bad_at(place, what)
    }

    /// The same for one whose place is known.
    pub fn bad_at(&mut self, place: String, what: impl Into<String>) -> Result<(), ImportError> {
        self.skipped.add(place, what)
    }

    /// The habit of that name, if it was described.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// Adds a habit. A name that was described before still means the first.
    pub fn describe(&mut self, habit: Described) -> Result<usize, ImportError> {
        if self.habits.len() >= MOST_HABITS {
            let what = format!(
                "holds more than {} habits; inch keeps 1,000",
                text::grouped(MOST_HABITS as u64)
            );
            return Err(ImportError::data(&self.skipped.file, what, "Leave some out of it"));
        }
        self.names.entry(habit.name.clone()).or_insert(self.habits.len());
        self.habits.push(habit);
        Ok(self.habits.len() - 1)
    }

    /// How many habits of that name were described.
    pub fn count_of(&self, name: &str) -> usize {
        self.habits.iter().filter(|habit| habit.name == name).count()
    }

    /// The input speaks of that day, whatever it says: the habit was there.
    pub fn seen(&mut self, habit: usize, day: NaiveDate) {
        if let Some(habit) = self.habits.get_mut(habit) {
            let (first, last) = habit.span.unwrap_or((day, day));
            habit.span = Some((first.min(day), last.max(day)));
        }
    }

    /// Takes what a line says, or what is wrong with it.
    pub fn take(&mut self, number: u64, said: Result<Said, String>) -> Result<(), ImportError> {
        let said = said.and_then(|said| {
            come("date", said.mark, said.day, self.today)?;
            Ok(said)
        });
        let Said { habit, day, mark, note } = match said {
            Ok(said) => said,
            Err(what) => return self.bad(number, what),
        };
        if day <= self.today {
            self.seen(habit, day);
        }
        // Where one of several lines holds, it may be one that says nothing.
        if mark.is_none() && note.is_empty() && self.repeats == Repeats::Agree {
            return Ok(());
        }
        if self.entries.len() >= MOST_ENTRIES {
            let what = "holds more than 5,000,000 days, which is more than inch keeps";
            return Err(ImportError::data(&self.skipped.file, what, "Leave some out of it"));
        }
        self.entries.push(Entry {
            habit: u32::try_from(habit).unwrap_or(u32::MAX),
            day,
            mark,
            note: Some(note).filter(|note| !note.is_empty()).map(String::into_boxed_str),
            part: u16::try_from(self.parts.len() - 1).unwrap_or(u16::MAX),
            number: u32::try_from(number).unwrap_or(u32::MAX),
        });
        Ok(())
    }

    /// The input can't be read on.
    pub fn broken(&self, what: impl Into<String>, next: &'static str) -> ImportError {
        ImportError::data(&self.skipped.file, what, next)
    }
}

impl Part {
    fn place(&self, number: u64) -> String {
        match &self.name {
            Some(name) => format!("{name}, {} {number}", self.unit),
            None => format!("{} {number}", self.unit),
        }
    }
}

/// A name; `column` says where it stands.
pub fn name(column: &str, cell: &str) -> Result<String, String> {
    text::name("the name", cell).map_err(|error| format!("column {column}: {error}"))
}

/// A note; `column` says where it stands.
pub fn note(column: &str, cell: &str) -> Result<String, String> {
    text::lines("the note", cell, text::NOTE_BYTES)
        .map_err(|error| format!("column {column}: {error}"))
}

/// A day as `YYYY-MM-DD`; `column` says where it stands.
pub fn date(column: &str, cell: &str) -> Result<NaiveDate, String> {
    day::parse_iso(cell).map_err(|error| match error {
        DayError::Form(_) => wrong(column, cell, "is not a date", "YYYY-MM-DD"),
        DayError::Range(_) => format!("column {column}: {error}"),
    })
}

/// A day can be done once it has come.
pub fn come(
    column: &str,
    mark: Option<Mark>,
    day: NaiveDate,
    today: NaiveDate,
) -> Result<(), String> {
    if mark == Some(Mark::Done) && day > today {
        return Err(format!("column {column}: {}", Refusal::Future(day)));
    }
    Ok(())
}

/// A value that is not what it should be.
pub fn wrong(column: &str, cell: &str, what: &str, accepted: &str) -> String {
    format!("column {column}: '{}' {what}. Accepted: {accepted}", quoted(cell))
}

/// A value as it may be printed.
pub fn quoted(cell: &str) -> String {
    text::clip(&text::shown(cell), 60)
}

/// What another library said, as it may be printed: it repeats what stands in the input.
pub fn reported(error: &impl Display) -> String {
    text::clip(&text::shown(&error.to_string()), 200)
}

/// What is told of a habit that counts without a goal.
pub const ANY: &str = "a day with any number above 0 is done; the numbers become notes";

/// A number as people write it: without a needless fraction.
pub fn number(value: impl Display) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_needless_fraction() {
        assert_eq!([15.0, 1.5, 0.25, -0.0001, 1e300].map(number)[..4], ["15", "1.5", "0.25", "0"]);
    }
}
