//! What becomes of a bad line: the end of the import, or an entry in the list of those that were left
//! out.
//!
//! Owns that, and how many may be left out. Must not know what is wrong with a line.

use std::ops::Deref;

use super::{BadLine, ImportError};
use crate::domain::text::grouped;

/// How many bad lines are left out: a file with more of them is something else.
pub const MOST: usize = 10_000;

const MEND_ALL: &str = "Mend them and import again, or leave them out with --skip-bad";

/// What to do about so many of them, of which the first was named.
pub fn next(count: usize) -> String {
    match count {
        0 | 1 => "Mend it and import again, or leave it out with --skip-bad".to_owned(),
        2 => "There is 1 more bad line. Mend both and import again, or leave them out with --skip-bad"
            .to_owned(),
        _ => format!("There are {} more bad lines. {MEND_ALL}", grouped(count as u64 - 1)),
    }
}

/// The bad lines of one input.
#[derive(Debug)]
pub struct Skipped {
    /// The input's name, for messages.
    pub file: String,
    lines: Vec<BadLine>,
    is_lenient: bool,
}

impl Skipped {
    /// None yet. Unless it is lenient, the first one ends the import.
    pub fn new(file: &str, is_lenient: bool) -> Self {
        Self { file: file.to_owned(), lines: Vec::new(), is_lenient }
    }

    /// A line that can't be taken.
    pub fn add(&mut self, place: String, what: impl Into<String>) -> Result<(), ImportError> {
        let bad = BadLine { place, what: what.into() };
        if !self.is_lenient {
            return Err(ImportError::Line { file: self.file.clone(), bad, next: next(1) });
        }
        if self.lines.len() >= MOST {
            let what = format!("has more than {} bad lines", grouped(MOST as u64));
            let next = "It may be something else: say with --from what wrote it";
            return Err(ImportError::data(&self.file, what, next));
        }
        self.lines.push(bad);
        Ok(())
    }
}

impl Deref for Skipped {
    type Target = [BadLine];

    fn deref(&self) -> &[BadLine] {
        &self.lines
    }
}

impl From<Skipped> for Vec<BadLine> {
    fn from(skipped: Skipped) -> Self {
        skipped.lines
    }
}
