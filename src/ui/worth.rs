//! What projects are weighed and scoped by, drawn: scores as dots, the worksheet's steps as a path.
//!
//! Must not know where they stand.

use ratatui::{style::Style, text::Span};

use super::theme::Theme;
use crate::domain::project::choice::BEST;

/// A dot, full or not.
pub fn dot(is_full: bool, theme: &Theme) -> &'static str {
    match (theme.glyphs.is_ascii, is_full) {
        (false, true) => "●",
        (false, false) => "○",
        (true, true) => "#",
        (true, false) => ".",
    }
}

/// A score as dots.
pub fn dots(score: u8, theme: &Theme) -> [Span<'static>; 2] {
    let row = |is_full, count: u8| dot(is_full, theme).repeat(usize::from(count));
    let full = score.min(BEST);
    [
        Span::styled(row(true, full), theme.under_way),
        Span::styled(row(false, BEST - full), theme.muted),
    ]
}

/// The steps of the worksheet, those that say something filled: a part of the path for each, the
/// one in sight marked.
pub fn path(filled: &[bool], current: Option<usize>, theme: &Theme) -> Vec<Span<'static>> {
    let line = theme.glyphs.border.horizontal_top.repeat(2);
    let step = |(at, is_filled): (usize, &bool)| {
        let style = match (current == Some(at), is_filled) {
            (true, _) => theme.title_focused,
            (false, true) => theme.done,
            (false, false) => theme.muted,
        };
        let gap = if at == 0 { String::new() } else { line.clone() };
        let number = format!("{}{}", at + 1, dot(*is_filled, theme));
        [Span::styled(gap, theme.muted), Span::styled(number, style)]
    };
    filled.iter().enumerate().flat_map(step).collect()
}

/// A rough bar of `sum` out of `most`, at most `columns` wide.
pub fn bar(sum: u8, most: u8, columns: usize, style: Style, theme: &Theme) -> Span<'static> {
    let width = usize::from(sum) * columns / usize::from(most.max(1));
    Span::styled(theme.glyphs.length.repeat(width.min(columns)), style)
}
