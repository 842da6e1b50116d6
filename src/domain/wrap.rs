//! Stored text broken into lines.
//!
//! Owns the one way to break it, for those who draw it and for those who ask how high it will be.
//! Must not know what the text says.

use std::borrow::Cow;

use super::text;

/// Stored text of several lines, safe and broken at words into lines of at most `columns`.
pub fn wrapped(stored: &str, columns: usize) -> Vec<String> {
    let safe = text::shown_lines(stored);
    let options = textwrap::Options::new(columns.max(1)).break_words(true);
    textwrap::wrap(&safe, options).into_iter().map(Cow::into_owned).collect()
}
