//! `HabitBull`: a CSV with a line per habit and day, known by its header.
//!
//! Owns its columns and its forms of dates, which differ from phone to phone. Must not know which
//! habits exist here.

use chrono::NaiveDate;
use csv::StringRecord;

use super::{
    ImportError, Input,
    cells::{Cells, cell, columns, first_line, unguarded},
    reading::{Described, Reading, Said, come, date, name, note, number, quoted, wrong},
};
use crate::domain::{day, habit::Mark};

const FORMAT: &str = "habitbull";

/// The columns that matter, and the other names they have in real files.
const NAMES: [&[&str]; 5] = [
    &["HabitName"],
    &["HabitDescription"],
    &["CalendarDate", "Date"],
    &["Value"],
    &["CommentText", "Notes"],
];

const DATES: &str = "2026-02-03, 2/3/2026 or 3.2.2026";

/// What stands for a day without an answer.
const UNSET: f64 = -2_000_000_000.0;

/// By its header.
pub fn looks_so(input: &Input) -> bool {
    first_line(input.head()).get(0).is_some_and(|cell| cell.eq_ignore_ascii_case(NAMES[0][0]))
}

/// How dates with slashes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slashes {
    MonthFirst,
    DayFirst,
}

/// Reads all lines, twice: the first time for the form of the dates only.
pub fn read(input: &Input, reading: &mut Reading) -> Result<(), ImportError> {
    let source = input.text()?;
    let mut cells = Cells::new(source);
    let header = cells.next_line().and_then(|(_, line)| line.ok().cloned());
    let columns = columns(&header.unwrap_or_default(), NAMES);
    let [Some(_), _, Some(date_column), Some(_), _] = columns else {
        let what = "has not the columns HabitName, CalendarDate and Value in its first line";
        return Err(reading.broken(what, "Export it from HabitBull again"));
    };
    let slashes = slashes(source, date_column, reading)?;
    let mut has_numbers = false;
    while let Some((line, record)) = cells.next_line() {
        let read = record.and_then(|record| row(record, columns, slashes, reading.today));
        let said = match read {
            Ok(Row { name, about, said, is_number, is_unset }) => {
                has_numbers |= is_number;
                let habit = if let Some(habit) = reading.named(&name) {
                    habit
                } else {
                    let mut habit = Described::new(FORMAT, name, 0, reading.place(line));
                    if let Err(what) = habit.tell("", &about) {
                        reading.bad(line, format!("column HabitDescription: {what}"))?;
                        continue;
                    }
                    reading.describe(habit)?
                };
                if is_unset && said.note.is_empty() {
                    continue;
                }
                Ok(Said { habit, ..said })
            }
            Err(what) => Err(what),
        };
        reading.take(line, said)?;
    }
    if has_numbers {
        let told = "Goals are not in the file: a day with any number above 0 is done, and the number becomes its note";
        reading.told.push(told.to_owned());
    }
    reading.schedules_elsewhere = Some("");
    Ok(())
}

/// What a line says.
struct Row {
    name: String,
    about: String,
    said: Said,
    is_number: bool,
    is_unset: bool,
}

fn row(
    record: &StringRecord,
    columns: [Option<usize>; 5],
    slashes: Slashes,
    today: NaiveDate,
) -> Result<Row, String> {
    let [habit, description, calendar, value, comment] =
        columns.map(|column| unguarded(cell(record, column)));
    let name = name("HabitName", habit)?;
    let day = self::day(calendar, slashes)?;
    let found = match value {
        "" => Some(UNSET),
        _ => value.parse::<f64>().ok().filter(|number| number.is_finite()),
    };
    let found = found.ok_or_else(|| wrong("Value", value, "is not a number", "a number"))?;
    // 1 is what a habit says that counts nothing.
    let is_number = found > 0.0 && number(found) != "1";
    let mut text = note("CommentText", comment)?;
    if is_number {
        let amount = number(found);
        text = if text.is_empty() { amount } else { format!("{text} ({amount})") };
        text = note("CommentText", &text)?;
    }
    let mark = (found > 0.0).then_some(Mark::Done);
    come("CalendarDate", mark, day, today)?;
    let said = Said { habit: 0, day, mark, note: text };
    Ok(Row { name, about: description.to_owned(), said, is_number, is_unset: found <= UNSET })
}

/// Looks for dates that can be read one way only. Where they contradict one another, nothing tells how
/// the others are meant.
fn slashes(source: &str, column: usize, reading: &mut Reading) -> Result<Slashes, ImportError> {
    let mut cells = Cells::new(source);
    let (mut example, mut month_first, mut day_first) = (None, None, None);
    while let Some((line, record)) = cells.next_line() {
        let Ok(record) = record else { continue };
        let text = cell(record, Some(column));
        // A year in front leaves no question.
        if parts(text, '/').is_none_or(|[first, ..]| first > 999) {
            continue;
        }
        let place = || format!("{} (line {line})", quoted(text));
        example.get_or_insert_with(|| quoted(text));
        match [Slashes::MonthFirst, Slashes::DayFirst].map(|slashes| day(text, slashes).is_ok()) {
            [true, false] => drop(month_first.get_or_insert_with(place)),
            [false, true] => drop(day_first.get_or_insert_with(place)),
            _ => {}
        }
    }
    let Some(example) = example else {
        return Ok(Slashes::MonthFirst);
    };
    let sure = "for others there can be read in no other way";
    let (slashes, words, why) = match (month_first, day_first) {
        (Some(month), Some(day)) => {
            let what = format!(
                "has dates in two forms: {month} has the month first and {day} the day first, so nothing tells what such as 2/3/2026 mean"
            );
            let next = "Write all its dates in one form, such as 2026-02-03, and import again";
            return Err(reading.broken(what, next));
        }
        (None, Some(_)) => (Slashes::DayFirst, "the day first", sure),
        (Some(_), None) => (Slashes::MonthFirst, "the month first", sure),
        (None, None) => (
            Slashes::MonthFirst,
            "the month first",
            "for nothing there tells; undo the import if that is wrong",
        ),
    };
    reading.told.push(format!("Dates such as {example} are read with {words}, {why}"));
    Ok(slashes)
}

/// Three whole numbers with a character between them; a year of two digits is of this century.
fn parts(text: &str, between: char) -> Option<[u32; 3]> {
    let mut parts = text.split(between).map(|part| {
        let is_whole = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        is_whole.then(|| part.parse::<u32>().ok()).flatten()
    });
    let found = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(found)
}

fn day(text: &str, slashes: Slashes) -> Result<NaiveDate, String> {
    let wrong = || wrong("CalendarDate", text, "is not a date", DATES);
    let of = |year: u32, month, day| {
        let year = if year < 100 { year + 2000 } else { year };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    };
    let found = if let Some([first, second, third]) = parts(text, '/') {
        match slashes {
            _ if first > 999 => of(first, second, third),
            Slashes::MonthFirst => of(third, first, second),
            Slashes::DayFirst => of(third, second, first),
        }
    } else if let Some([day, month, year]) = parts(text, '.') {
        of(year, month, day)
    } else {
        // Some files have the time behind it.
        let text = text.split([' ', 'T']).next().unwrap_or_default();
        return date("CalendarDate", text).map_err(|_| wrong());
    };
    found.filter(|day| day::is_kept(*day)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_in_many_forms() {
        let iso = |text, slashes| day(text, slashes).map(|day| day.to_string());
        for (text, slashes, found) in [
            ("2026-02-03", Slashes::MonthFirst, "2026-02-03"),
            ("2026-02-03 10:00:00", Slashes::MonthFirst, "2026-02-03"),
            ("2/3/2026", Slashes::MonthFirst, "2026-02-03"),
            ("3/2/2026", Slashes::DayFirst, "2026-02-03"),
            ("03.02.2026", Slashes::MonthFirst, "2026-02-03"),
            ("2026/02/03", Slashes::DayFirst, "2026-02-03"),
            ("2/3/26", Slashes::MonthFirst, "2026-02-03"),
        ] {
            assert_eq!(iso(text, slashes).as_deref(), Ok(found), "{text}");
        }
        for bad in
            ["", "2/30/2026", "13/1/2026", "1/1/1969", "1/1", "1/1/1/1", "a/b/c", "99999/1/1"]
        {
            assert!(iso(bad, Slashes::MonthFirst).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_form_of_slashes_is_found_out_or_told() {
        let of = |dates: &[&str]| {
            let mut reading = Reading::new("a", NaiveDate::MAX, false);
            let source = format!("x,{}\n", dates.join("\nx,"));
            let found = slashes(&source, 1, &mut reading).map_err(|error| error.to_string());
            (found, reading.told.concat())
        };
        assert_eq!(of(&["2026-01-01"]), (Ok(Slashes::MonthFirst), String::new()));
        assert_eq!(of(&["2026/01/30"]), (Ok(Slashes::MonthFirst), String::new()));
        assert_eq!(of(&["1/2/2026", "13/2/2026"]).0, Ok(Slashes::DayFirst));
        assert_eq!(of(&["1/2/2026", "2/13/2026"]).0, Ok(Slashes::MonthFirst));
        // What is no date in any form tells nothing.
        assert_eq!(of(&["13/13/2026", "30/2/2026", "13/2/2026"]).0, Ok(Slashes::DayFirst));
        let (slashes, told) = of(&["1/2/2026"]);
        assert_eq!(slashes, Ok(Slashes::MonthFirst));
        assert!(told.contains("nothing there tells"), "{told}");
        let said = "a has dates in two forms: 2/13/2026 (line 2) has the month first and 13/2/2026 (line 3) the day first, so nothing tells what such as 2/3/2026 mean. Nothing was imported. Write all its dates in one form, such as 2026-02-03, and import again";
        let mixed = of(&["1/2/2026", "2/13/2026", "13/2/2026", "14/2/2026"]);
        assert_eq!(mixed, (Err(said.to_owned()), String::new()));
    }
}
