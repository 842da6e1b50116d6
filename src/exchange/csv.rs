//! Plain CSV: `habit,date,mark[,note]`, with or without that header, or in the order of a header.
//!
//! Owns how the lines are written and what each column accepts. Must not know which habits exist.

use chrono::NaiveDate;
use csv::StringRecord;

use super::{
    ImportError, Input,
    cells::{Cells, cell, columns, first_line, unguarded},
    reading::{Described, Identity, Reading, Said, come, date, name, note, wrong},
};
use crate::domain::{day, habit::Mark};

/// The header, and the accepted form in messages.
pub(super) const HEADER: [&str; 4] = ["habit", "date", "mark", "note"];

/// The table of check-ins that inch exports is read so, too.
const SCHEDULES: &str = ". If inch wrote it, the .json of `inch export everything` has them";

const ACCEPTED: &str = "done, rest, or empty with a note";

/// By its ending, its header or its first line.
pub fn looks_so(input: &Input) -> bool {
    let line = first_line(input.head());
    let has_form = (3..=4).contains(&line.len()) && day::parse_iso(&line[1]).is_ok()
        || header(&line).is_some();
    !input.is_folder() && (has_form || input.has_ending("csv"))
}

/// Reads all lines.
pub fn read(input: &Input, reading: &mut Reading) -> Result<(), ImportError> {
    let mut cells = Cells::new(input.text()?);
    let (mut is_first, mut columns) = (true, [0, 1, 2, 3].map(Some));
    reading.schedules_elsewhere = Some(SCHEDULES);
    while let Some((line, record)) = cells.next_line() {
        let is_first = std::mem::take(&mut is_first);
        let named = record.as_ref().ok().filter(|_| is_first).and_then(|record| header(record));
        if let Some(named) = named {
            columns = named;
        } else {
            let read = record.and_then(|record| row(record, columns, reading.today));
            let said = match read {
                Ok((name, said)) => {
                    let habit = if let Some(habit) = reading.named(&name) {
                        habit
                    } else {
                        let new = Described::new("csv", name, 0, reading.place(line));
                        reading.describe(Described { identity: Identity::Typed, ..new })?
                    };
                    Ok(Said { habit, ..said })
                }
                Err(what) => Err(what),
            };
            reading.take(line, said)?;
        }
    }
    Ok(())
}

/// Where the columns are by the first line, if that names them and nothing else.
fn header(line: &StringRecord) -> Option<[Option<usize>; 4]> {
    let [habit, date, mark, note] = HEADER;
    let found = columns(line, [&[habit], &[date], &[mark], &[note]]);
    let count = found.iter().flatten().count();
    (found[..3].iter().all(Option::is_some) && count == line.len()).then_some(found)
}

/// What a line says, and of which habit.
fn row(
    record: &StringRecord,
    columns: [Option<usize>; 4],
    today: NaiveDate,
) -> Result<(String, Said), String> {
    if !(3..=4).contains(&record.len()) {
        let found = match record.len() {
            1 if record[0].contains(';') => "semicolons instead of commas were".to_owned(),
            1 => "1 column was".to_owned(),
            count => format!("{count} columns were"),
        };
        return Err(format!(
            "{found} found. Accepted: habit,date,mark or habit,date,mark,note, separated as in the first line"
        ));
    }
    let [habit, day, mark, text] = columns.map(|column| cell(record, column));
    let name = name("habit", unguarded(habit))?;
    let day = date("date", day)?;
    let mark = self::mark(mark)?;
    let note = note("note", unguarded(text))?;
    if mark.is_none() && note.is_empty() {
        return Err(format!(
            "column mark: it is empty, and there is no note. Accepted: {ACCEPTED}"
        ));
    }
    come("date", mark, day, today)?;
    Ok((name, Said { habit: 0, day, mark, note }))
}

fn mark(cell: &str) -> Result<Option<Mark>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    Mark::of(&cell.to_ascii_lowercase())
        .map(Some)
        .ok_or_else(|| wrong("mark", cell, "is not a mark", ACCEPTED))
}

#[cfg(test)]
mod tests;
