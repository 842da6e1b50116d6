//! Import and export: what comes in from other programs, and what goes out to other people.
//!
//! An import parses, validates all, shows the plan, makes one change and compares the counts.
//! Owns what the formats share: reading the file, the plan and its carrying out. Must not know how
//! a format is written (a file per format does) or how a plan is shown.
//!
//! An import only ever adds. A day that says something else here is kept as it is, also when it is
//! filled between plan and change, so that nothing ticked is lost and repeating an import adds
//! nothing.

pub mod csv;
mod markup;
mod plan;
pub mod portfolio;
pub mod report;
mod sheet;
pub mod tables;
pub mod whole;

use std::{
    fs::File,
    io::{ErrorKind, Read as _},
    path::Path,
};

use chrono::NaiveDate;
use thiserror::Error;

pub use self::plan::{Count, Kept, NewHabit, Plan};
use crate::domain::{fault::Fault, habit::Mark, text};

/// An import's longest form in bytes.
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// One line of any format: what it says about a habit's day. At least a mark or a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands, counted from 1.
    pub line: u64,
    /// An id or a checked name.
    pub habit: String,
    /// The logical date; done days are not after today.
    pub day: NaiveDate,
    /// Done or rest.
    pub mark: Option<Mark>,
    /// A checked note.
    pub note: Option<String>,
}

/// Why nothing was imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file as a whole.
    #[error("{file} {what}. Nothing was imported. {next}")]
    File {
        /// Its name, safe to print.
        file: String,
        /// What is wrong, as the rest of a sentence.
        what: String,
        /// The next step, as a sentence.
        next: &'static str,
        /// Its kind.
        fault: Fault,
    },
    /// One line of it.
    #[error("{file}, line {line}, {what}. Nothing was imported. Mend the line and import again")]
    Line {
        /// Its name, safe to print.
        file: String,
        /// Counted from 1.
        line: u64,
        /// The column, the value and the accepted form.
        what: String,
    },
}

impl ImportError {
    /// Its kind, for the exit code.
    pub fn fault(&self) -> Fault {
        match self {
            Self::File { fault, .. } => *fault,
            Self::Line { .. } => Fault::Data,
        }
    }
}

/// What is wrong with one line: where, and what was found and is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from 1.
    pub line: u64,
    /// The column, the value and the accepted form.
    pub what: String,
}

impl BadLine {
    /// Names the file it stands in.
    pub fn in_file(self, file: &str) -> ImportError {
        ImportError::Line { file: file.to_owned(), line: self.line, what: self.what }
    }
}

/// The file's last name, safe to print.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    text::clip(&text::shown(&name.to_string_lossy()), 100)
}

/// Reads a regular file of at most 64 MiB as UTF-8; byte order marks at its start go.
pub fn read(path: &Path) -> Result<String, ImportError> {
    let fail = |fault, what: &str, next| ImportError::File {
        file: file_name(path),
        what: what.to_owned(),
        next,
        fault,
    };
    let unreadable = |error: std::io::Error| {
        let next = "Check the path";
        match error.kind() {
            ErrorKind::NotFound => fail(Fault::Missing, "is not there", next),
            ErrorKind::PermissionDenied => fail(Fault::Permission, "may not be read", next),
            _ => fail(Fault::Io, &format!("can't be read: {}", text::reason(&error)), next),
        }
    };
    // What is there is looked at before it is opened: opening a pipe would wait for a writer.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        let next = "Name a file to import";
        return Err(fail(Fault::Data, "is not a regular file", next));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > LIMIT {
        let next = "Split it and import the parts";
        return Err(fail(Fault::Data, "is larger than 64 MiB", next));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(good).matches('\n').count() + 1;
        let what = format!("is not UTF-8 text (line {line})");
        fail(Fault::Data, &what, "Save it as UTF-8")
    })?;
    let marks = text.len() - text.trim_start_matches('\u{feff}').len();
    text.drain(..marks);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_utf_8_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let fault = |path: &Path| read(path).unwrap_err().fault();
        assert_eq!(fault(&path), Fault::Missing);
        assert_eq!(fault(folder.path()), Fault::Data);
        std::fs::write(&path, b"a\nb\n\xff").unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("(line 3)"));
        std::fs::write(&path, "\u{feff}\u{feff}a").unwrap();
        assert_eq!(read(&path).unwrap(), "a");
        let large = File::create(&path).unwrap();
        large.set_len(LIMIT + 1).unwrap();
        assert_eq!(fault(&path), Fault::Data);
    }
}
