//! Plain CSV: `habit,date,mark[,note]`, with or without that header.
//!
//! Owns how the lines are written and what each column accepts. Must not know which habits exist.

use chrono::NaiveDate;
use csv::{Position, Reader, ReaderBuilder, StringRecord};

use super::{BadLine, Entry};
use crate::domain::{
    change::Refusal,
    day::{self, DayError},
    habit::Mark,
    text,
};

/// The header, and the accepted form in messages.
pub const HEADER: [&str; 4] = ["habit", "date", "mark", "note"];

/// Reads line by line; what is wrong with a line comes in its place, and ends the reading.
pub fn parse(source: &str, today: NaiveDate) -> impl Iterator<Item = Result<Entry, BadLine>> {
    let mut lines = Lines::new(source);
    let mut is_over = false;
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let next = lines.next_entry(today).transpose();
        is_over = !matches!(next, Some(Ok(_)));
        next
    })
}

/// The lines of a file, with what the reader of cells does not look at: quotes that are not well
/// formed, and where a line stands.
struct Lines<'a> {
    source: &'a str,
    reader: Reader<&'a [u8]>,
    record: StringRecord,
    /// Where the newest record begins.
    start: usize,
    /// Its line, counted from 1.
    line: u64,
    is_first: bool,
}

impl<'a> Lines<'a> {
    fn new(source: &'a str) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true);
        Self {
            source,
            reader: builder.from_reader(source.as_bytes()),
            record: StringRecord::new(),
            start: 0,
            line: 1,
            is_first: true,
        }
    }

    fn next_entry(&mut self, today: NaiveDate) -> Result<Option<Entry>, BadLine> {
        loop {
            let from = place(self.reader.position());
            let read = self.reader.read_record(&mut self.record);
            let raw = self.source.get(from..place(self.reader.position())).unwrap_or_default();
            self.go_to(from + raw.len() - raw.trim_start_matches(LINE_END).len());
            let line = self.line;
            let bad = |what: String| BadLine { line, what };
            match read {
                Err(error) => return Err(bad(format!("the line can't be read ({error})"))),
                Ok(false) => return Ok(None),
                Ok(true) => check_quotes(raw.trim_start_matches(LINE_END))
                    .map_err(|what| bad(what.to_owned()))?,
            }
            let is_header = std::mem::take(&mut self.is_first) && is_header(&self.record);
            if !is_header && !self.record.iter().all(|cell| cell.trim().is_empty()) {
                return entry(line, &self.record, today).map(Some).map_err(bad);
            }
        }
    }

    /// Counts the lines up to there: they end in LF, in CR, or in both.
    fn go_to(&mut self, start: usize) {
        let passed = &self.source[self.start..start];
        let ends = passed.matches(LINE_END).count() - passed.matches("\r\n").count();
        self.line += ends as u64;
        self.start = start;
    }
}

const LINE_END: [char; 2] = ['\r', '\n'];

fn place(position: &Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Every quote that opens a cell is closed, and nothing follows it in that cell. The reader of cells
/// takes both as they come, and would make one note of all that is left of the file.
fn check_quotes(record: &str) -> Result<(), &'static str> {
    let mut rest = record;
    loop {
        if let Some(quoted) = rest.strip_prefix('"') {
            rest = after_quote(quoted).ok_or("a quote is opened and never closed")?;
            if !(rest.is_empty() || rest.starts_with([',', '\r', '\n'])) {
                return Err(
                    "text follows a closing quote. Accepted: a comma or the end of the line there; a quote inside of quotes is written twice",
                );
            }
        }
        match rest.find(',') {
            Some(comma) => rest = &rest[comma + 1..],
            None => return Ok(()),
        }
    }
}

/// What follows the closing quote; a quote that is written twice closes nothing.
fn after_quote(mut quoted: &str) -> Option<&str> {
    loop {
        let rest = &quoted[quoted.find('"')? + 1..];
        match rest.strip_prefix('"') {
            Some(inside) => quoted = inside,
            None => return Some(rest),
        }
    }
}

fn is_header(record: &StringRecord) -> bool {
    (3..=4).contains(&record.len())
        && record.iter().zip(HEADER).all(|(cell, name)| cell.trim().eq_ignore_ascii_case(name))
}

fn entry(line: u64, record: &StringRecord, today: NaiveDate) -> Result<Entry, String> {
    if !(3..=4).contains(&record.len()) {
        let found = match record.len() {
            1 => "1 column was".to_owned(),
            count => format!("{count} columns were"),
        };
        return Err(format!(
            "{found} found. Accepted: habit,date,mark or habit,date,mark,note, separated by commas"
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
        return Err(format!("column date: {}", Refusal::Future(day)));
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

    fn all(source: &str) -> Result<Vec<Entry>, BadLine> {
        parse(source, today()).collect()
    }

    type Row = (u64, String, String, Option<Mark>, Option<String>);

    fn rows(source: &str) -> Vec<Row> {
        let row = |e: Entry| (e.line, e.habit, e.day.to_string(), e.mark, e.note);
        all(source).unwrap().into_iter().map(row).collect()
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
                "column date: 2026-11-24 is in the future; a day can be marked done once it has come",
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
                "1 column was found. Accepted: habit,date,mark or habit,date,mark,note, separated by commas",
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
            ("Read,2026-11-22,done,\"", "a quote is opened and never closed"),
            (
                "Read,2026-11-22,done,\"o\"ops\nRead,2026-11-21,done",
                "text follows a closing quote. Accepted: a comma or the end of the line there; a quote inside of quotes is written twice",
            ),
            (
                "\u{1}",
                "1 column was found. Accepted: habit,date,mark or habit,date,mark,note, separated by commas",
            ),
        ] {
            let found = all(&format!("{good}{line}\n"));
            assert_eq!(found, Err(BadLine { line: 4, what: what.into() }), "{line}");
        }
        let long = format!("Read,2026-11-22,done,{}", "x".repeat(text::NOTE_BYTES + 1));
        assert!(all(&long).unwrap_err().what.starts_with("column note: "));
    }

    #[test]
    fn control_characters_end_no_file() {
        let good = "Read,2026-11-21,done\n";
        let error = all(&format!("{good}\u{1}\nRead,2026-02-30,done\n")).unwrap_err();
        assert_eq!((error.line, error.what.starts_with("1 column was found")), (2, true));
        for note in ["x\u{1}", "\u{1}", "\"x\u{1}\"", "\"x\n\u{1}\""] {
            let error = all(&format!("Read,2026-11-22,done,{note}")).unwrap_err();
            assert!(error.what.contains("the character U+0001"), "{error:?}");
        }
    }

    #[test]
    fn lines_are_counted_however_they_end() {
        for end in ["\n", "\r", "\r\n"] {
            let note = format!("\"two{end}lines\"");
            let source = format!(
                "{end}Habit,date,mark{end}{end}a,2026-11-21,done,{note}{end}b,2026-11-21,done{end}{end}c,x,done{end}"
            );
            let found: Vec<_> = parse(&source, today()).collect();
            let lines = found.iter().map(|line| match line {
                Ok(entry) => entry.line,
                Err(bad) => bad.line,
            });
            assert_eq!(lines.collect::<Vec<_>>(), [4, 6, 8], "{end:?} {found:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_to_its_end_or_its_first_bad_line(
            text in "(Read,2026-11-22,done,|[,\"\r\n\u{1}éx])*",
        ) {
            let found: Vec<_> = parse(&text, today()).collect();
            let lines = found.iter().map(|line| match line {
                Ok(entry) => entry.line,
                Err(bad) => bad.line,
            });
            proptest::prop_assert!(lines.collect::<Vec<_>>().is_sorted_by(|a, b| a < b));
            let bad = found.iter().position(Result::is_err);
            proptest::prop_assert!(bad.is_none_or(|at| at + 1 == found.len()));
        }

        #[test]
        fn a_quoted_note_comes_back_and_an_open_one_is_refused(
            notes in proptest::collection::vec("[,\"\r\nx]{0,9}y", 1..4),
        ) {
            let lines: Vec<_> = notes
                .iter()
                .map(|note| format!("Read,2026-11-22,done,\"{}\"", note.replace('"', "\"\"")))
                .collect();
            let source = lines.join("\n");
            let found = all(&source).unwrap().into_iter().map(|entry| entry.note.unwrap());
            let wanted = notes.iter().map(|note| text::lines("", note, 99).unwrap());
            proptest::prop_assert!(found.eq(wanted));
            proptest::prop_assert!(all(&source[..source.len() - 1]).is_err());
        }
    }
}
