//! CSV: one row per project, for a spreadsheet.
//!
//! Owns the columns, and makes text of cells that a spreadsheet would run. Must not know files.

use csv::{Terminator, WriterBuilder};

use crate::domain::page::{Entry, Page};

const COLUMNS: [&str; 13] = [
    "title",
    "level",
    "status",
    "since",
    "shipped",
    "pitch",
    "result",
    "role",
    "explained",
    "links",
    "topics",
    "minutes",
    "grown_from",
];

/// In UTF-8, which spreadsheets believe only with a mark at the start; lines end as RFC 4180 says.
pub(super) fn write(page: &Page) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let rows = page.projects().map(|project| cells(project).map(as_text));
    // Rows of one length, written to memory: neither of the two can fail.
    let written = [COLUMNS.map(str::to_owned)].into_iter().chain(rows);
    let _ = written.map(|row| writer.write_record(&row)).all(|row| row.is_ok());
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

fn cells(project: &Entry) -> [String; 13] {
    [
        project.title.clone(),
        project.level.word().to_owned(),
        project.status.word().to_owned(),
        project.since.to_string(),
        project.shipped_on.map_or_else(String::new, |on| on.to_string()),
        project.pitch.clone(),
        project.result.clone(),
        project.role.clone(),
        project.explained.clone(),
        project.links.join(" "),
        project.topics.join("; "),
        (project.studied.seconds / 60).to_string(),
        project.grown.to_string(),
    ]
}

/// A cell that begins like a formula is text when an apostrophe leads it (OWASP, "CSV injection").
fn as_text(cell: String) -> String {
    let is_formula =
        cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{cell}") } else { cell }
}
