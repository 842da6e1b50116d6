//! harsh: a folder with `habits` (`Name: 3/7`, `! Heading`) and `log`
//! (`2026-02-03 : Name : y : comment : amount`).
//!
//! Owns how its lines are written. Must not know which habits exist here.

use chrono::NaiveDate;

use super::{
    ImportError, Input,
    answers::{self, HABITS, LOG},
    frequency,
    reading::{
        Described, End, Reading, Repeats, Said, come, date, name, note, number, quoted, wrong,
    },
};
use crate::domain::{schedule::Schedule, text::counted};

const FORMAT: &str = "harsh";

/// Between the parts of a line of the log.
const BETWEEN: &str = " : ";

const LINE: &str = "2026-02-03 : Name : y, n or s : comment : amount";
const HABIT: &str = "Name: 3/7, with an end date after another colon if it has ended";
const FREQUENCY: &str = "days such as 2, weeks such as 2w, times in days such as 3/7, or 0";

/// By the first lines of its files.
pub fn looks_so(input: &Input) -> bool {
    let is_log = |line: &str| line.contains(BETWEEN) && !line.contains('\t');
    answers::begins(input, is_log, |line| habit(line).is_ok())
}

/// Reads both files.
pub fn read(input: &Input, reading: &mut Reading) -> Result<(), ImportError> {
    // Whoever edits an answer writes it anew below.
    reading.repeats = Repeats::Last(FORMAT);
    reading.begin(HABITS, "line");
    let habits = input.member(HABITS)?;
    let lines = answers::lines(&habits).filter(|(_, text)| !text.starts_with('!'));
    answers::habits(lines, reading, habit, |habit| &habit.name, describe)?;
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

/// A line of `habits`.
struct Habit {
    name: String,
    times: u32,
    days: u32,
    end: Option<NaiveDate>,
}

fn habit(line: &str) -> Result<Habit, String> {
    let mut parts = line.split(": ").map(str::trim);
    let (first, frequency) = (parts.next().unwrap_or_default(), parts.next());
    let Some(frequency) = frequency.filter(|text| !text.is_empty()) else {
        return Err(wrong("habit", line, "has no frequency", HABIT));
    };
    let (times, days) = self::frequency(frequency)
        .ok_or_else(|| wrong("frequency", frequency, "is not a frequency", FREQUENCY))?;
    let end = parts.next().filter(|text| !text.is_empty());
    let end = end.map(|text| date("end date", text)).transpose()?;
    Ok(Habit { name: name("habit", first)?, times, days, end })
}

/// How often in how many days; 0 times where it is only tracked.
fn frequency(text: &str) -> Option<(u32, u32)> {
    let days = |text: &str| -> Option<u32> {
        let text = text.trim();
        match text.strip_suffix('w') {
            Some(weeks) => whole(weeks)?.checked_mul(7),
            None => whole(text),
        }
    };
    let (times, days) = match text.split_once('/') {
        Some((times, of)) => (days(times)?, days(of)?),
        None => match days(text)? {
            0 => (0, 1),
            every => (1, every),
        },
    };
    (times <= days && days > 0).then_some((times, days))
}

/// A whole number as it is written, without a sign.
fn whole(text: &str) -> Option<u32> {
    let is_whole = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| text.parse().ok()).flatten()
}

fn describe(habit: Habit, line: u64, reading: &mut Reading) -> Result<(), ImportError> {
    let Habit { name, times, days, end } = habit;
    let shown = quoted(&name);
    let (schedule, is_exact) = match (times, days) {
        (0, _) => (answers::tracked(&name, reading), true),
        // Every 7 days is not the same as once in a calendar week.
        (1, 7) => (Schedule::Every(7), true),
        _ => frequency::nearest(times, days),
    };
    if !is_exact {
        reading.told.push(format!(
            "{shown}: {times} in {days} days can't be said here; the nearest is {schedule}"
        ));
    }
    let is_over = end.is_some_and(|end| end <= reading.today);
    if let Some(end) = end.filter(|_| !is_over) {
        reading
            .told
            .push(format!("{shown}: it ends on {end}, which is still to come; archive it then"));
    }
    let end = end.filter(|_| is_over).map(End::On);
    let new = Described::new(FORMAT, name, 0, reading.place(line));
    reading.describe(Described { schedule, end, ..new })?;
    Ok(())
}

/// A line of `log`.
fn answer(line: &str, today: NaiveDate) -> Result<(String, Said), String> {
    let mut line = line.trim_end();
    // Editors take the space after the last colon away.
    while let Some(shorter) = line.strip_suffix(" :") {
        line = shorter.trim_end();
    }
    let parts: Vec<&str> = line.split(BETWEEN).collect();
    if !(3..=5).contains(&parts.len()) {
        let parts = counted(parts.len(), "part");
        return Err(format!("it has {parts} between ' : '. Accepted: 3 to 5 parts, as in {LINE}"));
    }
    let day = date("date", parts[0].trim())?;
    let name = name("habit", parts[1])?;
    let mark = answers::answer(parts[2].trim())?;
    come("date", mark, day, today)?;
    let mut text = note("comment", parts.get(3).copied().unwrap_or_default())?;
    let amount = parts.get(4).map_or("", |text| text.trim());
    // harsh takes down whatever is typed there, such as `12 reps`, and counts it as none.
    let known = amount.parse::<f64>().ok().filter(|number| number.is_finite());
    let amount = known.map_or_else(|| amount.to_owned(), number);
    if !matches!(amount.as_str(), "" | "0") {
        text = if text.is_empty() { amount } else { format!("{text} ({amount})") };
        text = note("comment", &text)?;
    }
    Ok((name, Said { habit: 0, day, mark, note: text }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_are_days_weeks_and_times_in_days() {
        for (text, found) in [
            ("1", Some((1, 1))),
            ("7", Some((1, 7))),
            ("2w", Some((1, 14))),
            ("3/7", Some((3, 7))),
            ("3 / 2w", Some((3, 14))),
            ("0", Some((0, 1))),
            ("8/7", None),
            ("1/0", None),
            ("-1", None),
            ("+1", None),
            ("w", None),
            ("99999999999", None),
            ("4000000000w", None),
            ("", None),
        ] {
            assert_eq!(frequency(text), found, "{text}");
        }
    }

    #[test]
    fn amounts_go_into_notes() {
        let today = date("", "2026-11-23").unwrap();
        let of = |line: &str| answer(line, today).map(|(name, said)| (name, said.note));
        let gym = |note: &str| Ok(("Gym".to_owned(), note.to_owned()));
        assert_eq!(of("2026-01-01 : Gym : y"), gym(""));
        assert_eq!(of("2026-01-01 : Gym : y :  : "), gym(""));
        assert_eq!(of("2026-01-01 : Gym : y :  :"), gym(""));
        assert_eq!(of("2026-01-01 : Gym : y : legs : 0"), gym("legs"));
        assert_eq!(of("2026-01-01 : Gym : y : legs : 1.5"), gym("legs (1.5)"));
        assert_eq!(of("2026-01-01 : Gym : y :  : 25"), gym("25"));
        assert_eq!(of("2026-01-01 : Gym : y : legs : 12 reps"), gym("legs (12 reps)"));
        assert_eq!(of("2026-01-01 : Gym : y :  : nan"), gym("nan"));
        for bad in [
            "2026-01-01 : Gym",
            "2026-01-01 : Gym : y : a : 1 : c",
            "2026-01-01 : Gym : x",
            "2026-1-1 : Gym : y",
            "2026-01-01 :  : y",
        ] {
            assert!(of(bad).is_err(), "{bad}");
        }
    }
}
