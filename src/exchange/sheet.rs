//! A table for a spreadsheet: CSV that is read as it was meant.
//!
//! Owns the form, and makes text of cells that a spreadsheet would run. Must not know what the
//! columns mean.

use csv::{Terminator, WriterBuilder};

/// The table under the names of its columns, in UTF-8, which spreadsheets believe only with a mark
/// at the start; lines end as RFC 4180 says.
pub(super) fn write<const N: usize>(
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    // Rows of one length, written to memory: neither of the two can fail.
    let written =
        std::iter::once(columns.map(str::to_owned)).chain(rows.map(|row| row.map(as_text)));
    let _ = written.map(|row| writer.write_record(&row)).all(|row| row.is_ok());
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// A cell that begins like a formula is text when an apostrophe leads it (OWASP, "CSV injection").
fn as_text(cell: String) -> String {
    let is_formula =
        cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{cell}") } else { cell }
}
