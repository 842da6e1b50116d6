//! habitctl: a folder with `habits` (`7 Name` for every 7 days) and `log` (date, name and y, n or s,
//! with tabs between them).
//!
//! Owns how its lines are written. Must not know which habits exist here.

use chrono::NaiveDate;

use super::{
    ImportError, Input,
    answers::{self, HABITS, LOG},
    frequency,
    reading::{Described, Reading, Repeats, Said, come, date, name, quoted, wrong},
};
use crate::domain::text::counted;

const FORMAT: &str = "habitctl";

const LINE: &str = "date, name and y, n or s, with a tab between them";
const HABIT: &str = "the number of days and the name, such as 7 Name";

/// By the first lines of its files.
pub fn looks_so(input: &Input) -> bool {
    let is_habit = |line: &str| days(line).is_some();
    answers::begins(input, |line| line.contains('\t'), is_habit)
}

/// Reads both files.
pub fn read(input: &Input, reading: &mut Reading) -> Result<(), ImportError> {
    // habitctl looks for the first answer itself.
    reading.repeats = Repeats::First(FORMAT);
    reading.begin(HABITS, "line");
    let habits = input.member(HABITS)?;
    let lines = answers::lines(&habits);
    answers::habits(lines, reading, habit, |(_, name)| name, describe)?;
    reading.begin(LOG, "line");
    for (line, text) in answers::lines(&input.member(LOG)?) {
        let said = match answer(text, reading.today) {
            Ok((name, said)) => {
                let habit = answers::habit(FORMAT, name, line, reading)?;
                Ok(Said { habit, ..said })
            }
            Err(what) => Err(what),
        };
        reading.take(line, said)?;
    }
    Ok(())
}

/// The number of days at the beginning of a line of `habits`, and the rest of it.
fn days(line: &str) -> Option<(u32, &str)> {
    let (days, rest) = line.trim().split_once(' ')?;
    let is_whole = days.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| days.parse().ok()).flatten().map(|days| (days, rest))
}

fn habit(line: &str) -> Result<(u32, String), String> {
    let (days, rest) = days(line).ok_or_else(|| wrong("habit", line, "is not a habit", HABIT))?;
    Ok((days, name("habit", rest)?))
}

fn describe(
    (days, name): (u32, String),
    line: u64,
    reading: &mut Reading,
) -> Result<(), ImportError> {
    let schedule = match days {
        0 => answers::tracked(&name, reading),
        _ => frequency::every(days),
    };
    if days > 365 {
        reading.told.push(format!(
            "{}: every {days} days can't be said here; the nearest is {schedule}",
            quoted(&name)
        ));
    }
    let new = Described::new(FORMAT, name, 0, reading.place(line));
    reading.describe(Described { schedule, ..new })?;
    Ok(())
}

fn answer(line: &str, today: NaiveDate) -> Result<(String, Said), String> {
    let parts: Vec<&str> = line.trim_end().split('\t').collect();
    let [day, habit, answer] = parts[..] else {
        let parts = counted(parts.len(), "part");
        return Err(format!("it has {parts} between tabs. Accepted: {LINE}"));
    };
    let day = date("date", day.trim())?;
    let name = name("habit", habit)?;
    let mark = answers::answer(answer.trim())?;
    come("date", mark, day, today)?;
    Ok((name, Said { habit: 0, day, mark, note: String::new() }))
}
