//! Lines of CSV, for every format that is written so.
//!
//! Owns what the reader of cells does not look at: what stands between cells, quotes that are not well
//! formed, where a line stands, and how to go on after a bad one. Must not know what the cells mean.

use csv::{Position, Reader, ReaderBuilder, StringRecord};

/// The lines of a text.
pub struct Cells<'a> {
    source: &'a str,
    /// Between two cells.
    separator: char,
    /// Where the reader began.
    base: usize,
    reader: Reader<&'a [u8]>,
    record: StringRecord,
    /// Where the newest record begins.
    start: usize,
    /// Its line, counted from 1.
    line: u64,
}

/// One line's cells, or what is wrong with it.
pub type Line<'r> = Result<&'r StringRecord, String>;

impl<'a> Cells<'a> {
    /// From the first line on.
    pub fn new(source: &'a str) -> Self {
        let separator = separator(source);
        Self {
            source,
            separator,
            base: 0,
            reader: reader(source, separator),
            record: StringRecord::new(),
            start: 0,
            line: 1,
        }
    }

    /// The next line that is not empty, and its number. After a bad one the next goes on below it.
    pub fn next_line(&mut self) -> Option<(u64, Line<'_>)> {
        loop {
            let from = self.base + place(self.reader.position());
            let read = self.reader.read_record(&mut self.record);
            let until = self.base + place(self.reader.position());
            let raw = self.source.get(from..until).unwrap_or_default();
            self.go_to(from + raw.len() - raw.trim_start_matches(LINE_END).len());
            let checked = match read {
                Ok(false) => return None,
                Ok(true) => check_quotes(raw.trim_start_matches(LINE_END), self.separator)
                    .map_err(str::to_owned),
                Err(error) => Err(format!("the line can't be read ({error})")),
            };
            if let Err(what) = checked {
                self.begin_below();
                return Some((self.line, Err(what)));
            }
            if !self.record.iter().all(|cell| cell.trim().is_empty()) {
                return Some((self.line, Ok(&self.record)));
            }
        }
    }

    /// A quote that is never closed took all the rest of the text with it.
    fn begin_below(&mut self) {
        let rest = &self.source[self.start..];
        self.base = self.start + rest.find(LINE_END).unwrap_or(rest.len());
        self.reader = reader(&self.source[self.base..], self.separator);
    }

    /// Counts the lines up to there: they end in LF, in CR, or in both.
    fn go_to(&mut self, start: usize) {
        let passed = &self.source[self.start..start];
        let ends = passed.matches(LINE_END).count() - passed.matches("\r\n").count();
        self.line += ends as u64;
        self.start = start;
    }
}

/// Spreadsheets write semicolons where a comma is in numbers: there the first line has no commas.
fn separator(source: &str) -> char {
    let first = source.split(LINE_END).find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut is_quoted = false;
    let bare = first.chars().filter(|c| {
        is_quoted ^= *c == '"';
        !is_quoted
    });
    let bare: String = bare.collect();
    if bare.contains(';') && !bare.contains(',') { ';' } else { ',' }
}

fn reader(source: &str, separator: char) -> Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    let separator = u8::try_from(separator).unwrap_or(b',');
    builder.has_headers(false).flexible(true).delimiter(separator);
    builder.from_reader(source.as_bytes())
}

/// Both ways to end a line.
const LINE_END: [char; 2] = ['\r', '\n'];

fn place(position: &Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Every quote that opens a cell is closed, and nothing follows it in that cell. The reader of cells
/// takes both as they come, and would make one note of all that is left of the file.
fn check_quotes(record: &str, separator: char) -> Result<(), &'static str> {
    let mut rest = record;
    loop {
        if let Some(quoted) = rest.strip_prefix('"') {
            rest = after_quote(quoted).ok_or("a quote is opened and never closed")?;
            if !(rest.is_empty() || rest.starts_with([separator, '\r', '\n'])) {
                return Err(
                    "text follows a closing quote. Accepted: the next column or the end of the line there; a quote inside of quotes is written twice",
                );
            }
        }
        match rest.find(separator) {
            Some(at) => rest = &rest[at + separator.len_utf8()..],
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

/// The first line's cells, for a guess.
pub fn first_line(head: &[u8]) -> StringRecord {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}');
    let mut cells = Cells::new(text);
    let line = cells.next_line().and_then(|(_, line)| line.ok().cloned());
    let mut line = line.unwrap_or_default();
    line.trim();
    line
}

/// Where the columns of these names are, by the header; each may have several names, without
/// regard to case.
pub fn columns<const N: usize>(header: &StringRecord, names: [&[&str]; N]) -> [Option<usize>; N] {
    names.map(|names| {
        header
            .iter()
            .position(|cell| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)))
    })
}

/// A cell of a column that may be missing.
pub fn cell(record: &StringRecord, column: Option<usize>) -> &str {
    column.and_then(|column| record.get(column)).unwrap_or_default().trim()
}

/// Undoes the `'` that keeps a spreadsheet from running a cell as a formula.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(source: &str) -> Vec<(u64, Result<Vec<String>, String>)> {
        let mut cells = Cells::new(source);
        let mut found = Vec::new();
        while let Some((line, record)) = cells.next_line() {
            let record = record.map(|record| record.iter().map(str::to_owned).collect());
            found.push((line, record));
        }
        found
    }

    #[test]
    fn a_bad_line_costs_itself_alone() {
        let found = all("a,b\n\"c,d\ne,f\n\"g\"h,i\r\nj,k\n");
        let lines: Vec<_> = found.iter().map(|(line, record)| (*line, record.is_ok())).collect();
        assert_eq!(lines, [(1, true), (2, false), (3, true), (4, false), (5, true)]);
        assert_eq!(found[4].1, Ok(vec!["j".to_owned(), "k".to_owned()]));
    }

    #[test]
    fn cells_are_parted_as_in_the_first_line() {
        let cells = |source: &str| {
            let lines = all(source).into_iter().map(|(_, line)| line.unwrap().join("|"));
            lines.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(cells("\r\na;\"b,c\"\nd,e;f"), "a|b,c d,e|f");
        assert_eq!(cells("\"a;b\",c\nd;e,f"), "a;b|c d;e|f");
        assert_eq!(cells("a\nb,c;d"), "a b|c;d");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "(a,b|a;b|[,;\"\r\n\u{1}éx])*") {
            let found = all(&text);
            proptest::prop_assert!(found.iter().map(|(line, _)| line).is_sorted_by(|a, b| a < b));
        }
    }
}
