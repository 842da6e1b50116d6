//! Text made to fit columns, counted as a terminal counts them.
//!
//! Owns clipping, padding and joining of stored text. Must not know what the text says.
//! Everything stored passes the sanitizer here on its way to the screen.

use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::theme::Theme;
use crate::domain::text;
pub use crate::domain::{text::grouped, wrap::wrapped};

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Stored text, safe and at most `columns` wide, with an ellipsis where something went.
pub fn clipped(stored: &str, columns: usize, theme: &Theme) -> String {
    let safe = text::shown(stored);
    if safe.width() <= columns {
        return safe.into_owned();
    }
    let ellipsis = theme.glyphs.ellipsis;
    let Some(room) = columns.checked_sub(ellipsis.width()) else {
        return String::new();
    };
    let mut cut = String::new();
    let mut used = 0;
    for grapheme in safe.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        cut.push_str(grapheme);
    }
    cut.push_str(ellipsis);
    cut
}

/// Stored text, safe and exactly `columns` wide.
pub fn fitted(stored: &str, columns: usize, theme: &Theme) -> String {
    let mut text = clipped(stored, columns, theme);
    text.extend(std::iter::repeat_n(' ', columns.saturating_sub(text.width())));
    text
}

/// Text pushed to the right end of `columns`.
pub fn right(text: &str, columns: usize) -> String {
    let mut padded = " ".repeat(columns.saturating_sub(text.width()));
    padded.push_str(text);
    padded
}

/// The first lines of a stored text, wrapped; the last of them says when there is more.
pub fn few_lines(stored: &str, columns: usize, count: usize, theme: &Theme) -> Vec<String> {
    // What can't be in these lines needs no wrapping: a note may be long.
    let most = stored.char_indices().nth((count + 1) * columns.max(1) * (1 + text::NAME_MARKS));
    let start = most.map_or(stored, |(end, _)| &stored[..end]);
    let mut lines = wrapped(start, columns);
    if lines.len() > count {
        lines.truncate(count);
        if let Some(last) = lines.last_mut() {
            *last = clipped(&format!("{last}{}", theme.glyphs.ellipsis), columns, theme);
        }
    }
    lines
}

/// Short parts with a dot between them, on as few lines as hold them whole; one that is longer than
/// a line is broken at words.
pub fn packed(parts: &[String], columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if width(line) + width(part) + 3 <= columns => {
                line.push_str(" · ");
                line.push_str(part);
            }
            _ => lines.extend(wrapped(part, columns)),
        }
    }
    lines
}

/// Spans without the blanks that they begin with: what stands before them may have that room.
pub fn without_lead(spans: Vec<Span<'_>>) -> Vec<Span<'_>> {
    let mut rest = spans.into_iter().skip_while(|span| span.content.trim_start().is_empty());
    let first =
        rest.next().map(|span| Span::styled(span.content.trim_start().to_owned(), span.style));
    first.into_iter().chain(rest).collect()
}

/// A line with its last part pushed to the right end. The callers clip the first part to fit.
pub fn spread<'a>(left: Vec<Span<'a>>, right: Vec<Span<'a>>, columns: usize) -> Line<'a> {
    let taken = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    let gap = columns.saturating_sub(taken(&left) + taken(&right));
    let mut spans = left;
    spans.push(Span::raw(" ".repeat(gap)));
    spans.extend(right);
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn theme() -> Theme {
        Theme::new(&Config::default(), true)
    }

    #[test]
    fn parts_stay_whole_where_they_fit() {
        let parts = ["one two", "three", "four five six"].map(str::to_owned);
        assert_eq!(packed(&parts, 15), ["one two · three", "four five six"]);
        assert_eq!(packed(&parts, 14), ["one two", "three", "four five six"]);
        assert_eq!(packed(&parts, 8), ["one two", "three", "four", "five six"]);
        assert_eq!(packed(&parts, 80), ["one two · three · four five six"]);
    }

    #[test]
    fn a_few_lines_say_when_there_is_more() {
        let few = |text: &str, columns| few_lines(text, columns, 2, &theme());
        assert_eq!(few("one\ntwo", 9), ["one", "two"]);
        assert_eq!(few("one\ntwo\nthree", 9), ["one", "two…"]);
        assert_eq!(few("one two three four", 7), ["one two", "three…"]);
        assert_eq!(few(&"x".repeat(9_999), 5), ["xxxxx", "xxxx…"]);
        let marks = format!("e{}", "\u{301}".repeat(8)).repeat(9);
        assert_eq!(few(&marks, 3).iter().map(|line| line.width()).collect::<Vec<_>>(), [3, 3]);
    }

    #[test]
    fn wide_characters_and_marks_never_shift_a_column() {
        for stored in [
            "日本語日本語",
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
            "👩‍💻👩‍💻👩‍💻👩‍💻",
            "plain",
            "",
        ] {
            for columns in 0..12 {
                assert_eq!(
                    fitted(stored, columns, &theme()).width(),
                    columns,
                    "{stored} {columns}"
                );
            }
        }
    }
}
