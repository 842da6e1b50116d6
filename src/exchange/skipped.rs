//! What becomes of a bad line: the end of the import, or an entry in the list of those that were left
//! out.
//!
//! Owns that, and how many may be left out. Must not know what is wrong with a line.

use std::ops::Deref;

use super::{BadLine, ImportError};

/// How many bad lines are left out: a file with more of them is something else.
const MOST: usize = 10_000;

/// What to do about one of them.
const NEXT: &str = "Mend it and import again, or leave it out with --skip-bad";

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
            let (file, next) = (self.file.clone(), NEXT.to_owned());
            return Err(ImportError::Line { file, bad, next });
        }
        if self.lines.len() >= MOST {
            let what = format!("has more than {MOST} bad lines");
            let next = "It may be something else than --from says";
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
