//! Names and titles with the letters that were looked for marked.
//!
//! Owns the one way in which a match is shown, in the panes and in the palette. Must not know how
//! letters are matched.

use ratatui::{style::Style, text::Span};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{fit, theme::Theme};
use crate::{app::find::Finder, domain::text};

/// Stored text, safe and at most `columns` wide, its found letters marked.
pub fn clipped(
    finder: &mut Finder,
    stored: &str,
    columns: usize,
    style: Style,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let shown = fit::clipped(stored, columns, theme);
    let safe = text::shown(stored);
    let places = finder.places(&safe);
    if places.is_empty() {
        return vec![Span::styled(shown, style)];
    }
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut originals = safe.graphemes(true);
    for (at, grapheme) in (0..).zip(shown.graphemes(true)) {
        // The ellipsis stands for whatever was cut, found or not.
        let is_kept = originals.next() == Some(grapheme);
        let is_found = is_kept && places.binary_search(&at).is_ok();
        let style = if is_found { style.patch(theme.found) } else { style };
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push_str(grapheme),
            _ => spans.push(Span::styled(grapheme.to_owned(), style)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn found_letters_are_marked_and_no_column_shifts() {
        let theme = Theme::new(&Config::default(), true);
        let style = theme.text;
        let marked = |query: &str, stored: &str, columns| {
            let spans = clipped(&mut Finder::new(query), stored, columns, style, &theme);
            let parts = spans.iter().filter(|span| span.style != style);
            let marked: Vec<_> = parts.map(|span| span.content.to_string()).collect();
            (marked.join("|"), spans.iter().map(Span::width).sum::<usize>())
        };
        assert_eq!(marked("fig", "Read one figure", 20), ("fig".to_owned(), 15));
        assert_eq!(marked("ro", "Read one", 8), ("R|o".to_owned(), 8));
        assert_eq!(marked("勉強", "十秒だけ勉強する", 12), ("勉".to_owned(), 11));
        assert_eq!(marked("fig", "Read one figure", 10), (String::new(), 10));
        assert_eq!(marked("e", "Read …", 6), ("e".to_owned(), 6));
        assert_eq!(marked("", "Read", 6), (String::new(), 4));
        for columns in 0..24 {
            for stored in ["e日本語を十秒だけ勉強する", "👩‍💻 e\u{301}te\u{301}", "plain", ""]
            {
                let plain = fit::width(&fit::clipped(stored, columns, &theme));
                assert_eq!(marked("e日", stored, columns).1, plain, "{stored} {columns}");
            }
        }
    }
}
