//! Export of the portfolio: one page, a writer per format.
//!
//! Owns the formats' names. Must not know how a page is gathered, or where it is put.

mod csv;
mod html;
mod json_resume;
mod markdown;

use std::path::Path;

use crate::domain::page::Page;

/// What a page can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a README or a blog.
    Markdown,
    /// One page for a browser.
    Html,
    /// For the programs that make a CV of it.
    JsonResume,
    /// For a spreadsheet.
    Csv,
}

impl Format {
    /// What the file's ending says.
    pub fn of_file(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "json" => Some(Self::JsonResume),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// Writes the page.
    pub fn write(self, page: &Page) -> String {
        match self {
            Self::Markdown => markdown::write(page),
            Self::Html => html::write(page),
            Self::JsonResume => json_resume::write(page),
            Self::Csv => csv::write(page),
        }
    }
}

#[cfg(test)]
mod tests;
