//! Stored text broken into lines, counted as a terminal counts columns.
//!
//! Owns where lines break, for whoever draws them and whoever must know how many there are. Must not
//! know where they are shown.

use std::borrow::Cow;

use super::text;

/// Stored text of several lines, safe and broken at words into lines of at most `columns`.
pub fn wrapped(stored: &str, columns: usize) -> Vec<String> {
    let safe = text::shown_lines(stored);
    let options = textwrap::Options::new(columns.max(1)).break_words(true);
    textwrap::wrap(&safe, options).into_iter().map(Cow::into_owned).collect()
}
