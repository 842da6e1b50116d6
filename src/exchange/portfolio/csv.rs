//! CSV: one row per project, for a spreadsheet.
//!
//! Owns the columns. Must not know files.

use crate::{
    domain::page::{Entry, Page},
    exchange::sheet,
};

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

/// The table.
pub(super) fn write(page: &Page) -> String {
    sheet::write(COLUMNS, page.projects().map(cells))
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
