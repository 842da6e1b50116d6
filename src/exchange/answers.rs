//! What harsh and habitctl have in common: a folder with the files `habits` and `log`, where a day
//! is answered with y, n or s.
//!
//! Owns the answers, habits that stand in the log only, and the guess between the two. Must not know
//! how either writes its lines.

use super::{
    ImportError, Input,
    reading::{Described, End, Reading, quoted, wrong},
};
use crate::domain::{habit::Mark, schedule::Schedule};

/// The files that such a folder is known by.
pub const FILES: [&str; 2] = [HABITS, LOG];
pub const HABITS: &str = "habits";
pub const LOG: &str = "log";

/// Lines that say something, with their numbers: comments and empty ones do not.
pub fn lines(source: &str) -> impl Iterator<Item = (u64, &str)> {
    let is_empty = |line: &str| line.trim().is_empty() || line.starts_with('#');
    let lines = (1..).zip(source.lines().map(|line| line.trim_end_matches('\r')));
    lines.filter(move |(_, line)| !is_empty(line))
}

/// Reads the lines of the file `habits`; a name that stands there twice is a bad one.
pub fn habits<'a, H>(
    lines: impl Iterator<Item = (u64, &'a str)>,
    reading: &mut Reading,
    habit: impl Fn(&str) -> Result<H, String>,
    name: impl Fn(&H) -> &str,
    describe: impl Fn(H, u64, &mut Reading) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    for (line, text) in lines {
        match habit(text) {
            Ok(habit) if reading.named(name(&habit)).is_some() => {
                reading.bad(line, format!("'{}' stands there twice", quoted(name(&habit))))?;
            }
            Ok(habit) => describe(habit, line, reading)?,
            Err(what) => reading.bad(line, what)?,
        }
    }
    Ok(())
}

/// Yes, no or skipped: done, nothing, rest.
pub fn answer(cell: &str) -> Result<Option<Mark>, String> {
    match cell {
        "y" => Ok(Some(Mark::Done)),
        "n" => Ok(None),
        "s" => Ok(Some(Mark::Rest)),
        _ => Err(wrong("answer", cell, "is not an answer", "y, n or s")),
    }
}

/// The habit that a line of the log is about. One that is not in the file `habits` has ended.
pub fn habit(
    format: &str,
    name: String,
    number: u64,
    reading: &mut Reading,
) -> Result<usize, ImportError> {
    if let Some(habit) = reading.named(&name) {
        return Ok(habit);
    }
    reading.told.push(format!(
        "{}: it stands in the log and not in habits, so it is taken as daily and archived on its last day",
        quoted(&name)
    ));
    let ended = Described::new(format, name, 0, reading.place(number));
    reading.describe(Described { end: Some(End::LastDay), ..ended })
}

/// A habit that is only tracked asks for nothing; the least that an active habit can ask.
pub fn tracked(name: &str, reading: &mut Reading) -> Schedule {
    let schedule = Schedule::Every(365);
    reading.told.push(format!(
        "{}: it is only tracked there, and asks as little as a habit can here: {schedule}",
        quoted(name)
    ));
    schedule
}

/// Whether the folder's log, or its habits while nothing is logged, has such a line first.
pub fn begins(
    input: &Input,
    is_log: impl Fn(&str) -> bool,
    is_habit: impl Fn(&str) -> bool,
) -> bool {
    let first = |member: &str| {
        let text = input.is_folder().then(|| input.member(member).ok()).flatten()?;
        let line = lines(&text).map(|(_, line)| line).find(|line| !line.starts_with('!'));
        Some(line.map(str::to_owned))
    };
    match (first(LOG), first(HABITS)) {
        (Some(Some(line)), Some(_)) => is_log(&line),
        (Some(None), Some(Some(line))) => is_habit(&line),
        _ => false,
    }
}
