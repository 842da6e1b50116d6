//! Plain CSV: `habit,date,mark[,note]`, with or without that header.
//!
//! Owns how the lines are written and what each column accepts. Must not know which habits exist.

use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord};

use super::{BadLine, Entry};
use crate::domain::{
    day::{self, DayError},
    habit::Mark,
    text,
};

/// The header, and the accepted form in messages.
pub const HEADER: [&str; 4] = ["habit", "date", "mark", "note"];

/// A last line of our own: when it does not come out whole, a quote above it was never closed.
const SENTINEL: &str = "\u{1}";

/// Reads every line, or says what is wrong with the first bad one.
pub fn parse(source: &str, today: NaiveDate) -> Result<Vec<Entry>, BadLine> {
    let closed = format!("{source}\n{SENTINEL}");
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(closed.as_bytes());
    let (mut entries, mut record, mut line) = (Vec::new(), StringRecord::new(), 1);
    let mut is_first = true;
    loop {
        let bad = |what: String| Err(BadLine { line, what });
        match reader.read_record(&mut record) {
            Err(error) => return bad(format!("the line can't be read ({error})")),
            Ok(false) => return bad("a quote is opened and never closed".to_owned()),
            Ok(true) => {}
        }
        line = line_of(&record, &closed);
        if record.len() == 1 && &record[0] == SENTINEL {
            return Ok(entries);
        }
        if record.iter().next_back().is_some_and(|cell| cell.ends_with(SENTINEL)) {
            let what = "a quote is opened and never closed".to_owned();
            return Err(BadLine { line, what });
        }
        let is_header = std::mem::take(&mut is_first) && is_header(&record);
        if !is_header && !record.iter().all(|cell| cell.trim().is_empty()) {
            entries.push(entry(line, &record, today).map_err(|what| BadLine { line, what })?);
        }
    }
}

/// The line a record begins on; blank lines before it belong to nobody.
fn line_of(record: &StringRecord, source: &str) -> u64 {
    record.position().map_or(1, |position| {
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let rest = source.get(start..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        position.line() + rest[..blank].matches('\n').count() as u64
    })
}

fn is_header(record: &StringRecord) -> bool {
    (3..=4).contains(&record.len())
        && record.iter().zip(HEADER).all(|(cell, name)| cell.trim().eq_ignore_ascii_case(name))
}

fn entry(line: u64, record: &StringRecord, today: NaiveDate) -> Result<Entry, String> {
    if !(3..=4).contains(&record.len()) {
        let found = record.len();
        return Err(format!(
            "{found} columns were found. Accepted: habit,date,mark or habit,date,mark,note, separated by commas"
        ));
    }
    let habit = unguarded(record[0].trim());
    let habit = text::name("the name", habit).map_err(|error| format!("column habit: {error}"))?;
    let day = date(record[1].trim())?;
    let mark = mark(record[2].trim())?;
    let note = record.get(3).map(unguarded).unwrap_or_default();
    let note = text::lines("the note", note, text::NOTE_BYTES)
        .map_err(|error| format!("column note: {error}"))?;
    let note = Some(note).filter(|note| !note.is_empty());
    if mark.is_none() && note.is_none() {
        return Err("column mark: it is empty, and there is no note. Accepted: done, rest, or empty with a note".to_owned());
    }
    if mark == Some(Mark::Done) && day > today {
        return Err(format!(
            "column date: {day} is in the future. A day can be marked done once it has come"
        ));
    }
    Ok(Entry { line, habit, day, mark, note })
}

fn date(cell: &str) -> Result<NaiveDate, String> {
    day::parse_iso(cell).map_err(|error| match error {
        DayError::Form(_) => {
            format!("column date: '{}' is not a date. Accepted: YYYY-MM-DD", quoted(cell))
        }
        DayError::Range(_) => format!("column date: {error}"),
    })
}

fn mark(cell: &str) -> Result<Option<Mark>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let known = [Mark::Done, Mark::Rest];
    let found = known.into_iter().find(|mark| mark.word().eq_ignore_ascii_case(cell));
    found.map(Some).ok_or_else(|| {
        format!(
            "column mark: '{}' is not a mark. Accepted: done, rest, or empty with a note",
            quoted(cell)
        )
    })
}

fn quoted(cell: &str) -> String {
    text::clip(&text::shown(cell), 60)
}

/// Undoes the `'` that keeps a spreadsheet from running a cell as a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        day::parse_iso("2026-11-23").unwrap()
    }

    type Row = (u64, String, String, Option<Mark>, Option<String>);

    fn rows(source: &str) -> Vec<Row> {
        let entries = parse(source, today()).unwrap();
        let row = |e: Entry| (e.line, e.habit, e.day.to_string(), e.mark, e.note);
        entries.into_iter().map(row).collect()
    }

    #[test]
    fn the_header_may_be_there_or_not_and_line_ends_may_be_either() {
        let line = |line| {
            let (habit, day) = ("Read".to_owned(), "2026-11-22".to_owned());
            vec![(line, habit, day, Some(Mark::Done), None)]
        };
        assert_eq!(rows("Read,2026-11-22,done"), line(1));
        assert_eq!(rows("habit,date,mark\nRead,2026-11-22,done\n"), line(2));
        assert_eq!(rows("Habit,Date,Mark,Note\r\n\r\n Read , 2026-11-22 ,DONE,\r\n"), line(3));
        assert!(rows("").is_empty());
        assert!(rows("habit,date,mark\n").is_empty());
        assert!(rows("\n\n,,\n").is_empty());
    }

    #[test]
    fn notes_keep_their_lines_and_guards_are_undone() {
        let source = "\"a,b\",2026-11-22,rest,\"two\nlines \"\"q\"\"\"\n'=x,2026-12-24,rest,'tis\nz,2026-11-01,,'+1\n";
        assert_eq!(
            rows(source),
            [
                (
                    1,
                    "a,b".into(),
                    "2026-11-22".into(),
                    Some(Mark::Rest),
                    Some("two\nlines \"q\"".into())
                ),
                (3, "=x".into(), "2026-12-24".into(), Some(Mark::Rest), Some("'tis".into())),
                (4, "z".into(), "2026-11-01".into(), None, Some("+1".into())),
            ]
        );
    }

    #[test]
    fn a_bad_line_is_named_with_its_column_value_and_accepted_form() {
        let good = "habit,date,mark\nRead,2026-11-22,done\n\n";
        for (line, what) in [
            (
                "Read,2026-02-30,done",
                "column date: '2026-02-30' is not a date. Accepted: YYYY-MM-DD",
            ),
            ("Read,today,done", "column date: 'today' is not a date. Accepted: YYYY-MM-DD"),
            (
                "Read,1969-01-01,done",
                "column date: 1969-01-01 is out of range. Accepted: 1970-01-01 to 2200-12-31",
            ),
            (
                "Read,2026-11-24,done",
                "column date: 2026-11-24 is in the future. A day can be marked done once it has come",
            ),
            (
                "Read,2026-11-22,y\u{1b}",
                "column mark: 'y\u{241b}' is not a mark. Accepted: done, rest, or empty with a note",
            ),
            (
                "Read,2026-11-22,",
                "column mark: it is empty, and there is no note. Accepted: done, rest, or empty with a note",
            ),
            (
                "Read;2026-11-22;done",
                "1 columns were found. Accepted: habit,date,mark or habit,date,mark,note, separated by commas",
            ),
            (",2026-11-22,done", "column habit: the name is empty"),
            (
                "a\u{202e},2026-11-22,done",
                "column habit: the name has the character U+202E at place 2, which could garble a terminal",
            ),
            (
                "Read,2026-11-22,done,\"oops\nRead,2026-11-21,done",
                "a quote is opened and never closed",
            ),
        ] {
            let found = parse(&format!("{good}{line}\n"), today());
            assert_eq!(found, Err(BadLine { line: 4, what: what.into() }), "{line}");
        }
        let long = format!("Read,2026-11-22,done,{}", "x".repeat(text::NOTE_BYTES + 1));
        assert!(parse(&long, today()).unwrap_err().what.starts_with("column note: "));
    }
}
