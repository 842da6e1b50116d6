//! The frame around a pane and the rows in it.
//!
//! Owns titles on frames, the selected row's look, and what an empty list says. Must not know what
//! the rows are.

use ratatui::{
    Frame,
    layout::{Margin, Rect},
    style::Style,
    symbols::merge::MergeStrategy,
    text::{Line, Span},
    widgets::{Block, Paragraph},
};

use super::{fit, theme::Theme};
use crate::app::listing::Listing;

/// The lines around a pane. Neighbours share theirs: the focused one is drawn last, before any title.
pub fn bordered(area: Rect, is_focused: bool, theme: &Theme, frame: &mut Frame<'_>) {
    let style = if is_focused { theme.border_focused } else { theme.border };
    let block = Block::bordered()
        .border_set(theme.glyphs.border)
        .border_style(style)
        .merge_borders(MergeStrategy::Exact);
    frame.render_widget(block, area);
}

/// A title on the left of a frame's top line and a fact on its right.
///
/// Returns the room inside the frame.
pub fn titled(
    area: Rect,
    is_focused: bool,
    title: &str,
    fact: &str,
    theme: &Theme,
    frame: &mut Frame<'_>,
) -> Rect {
    let style = if is_focused { theme.title_focused } else { theme.title };
    let (title, fact) = on_line(usize::from(area.width).saturating_sub(4), title, fact, theme);
    let mut block = Block::new().title(Line::from(Span::styled(format!(" {title} "), style)));
    if !fact.is_empty() {
        let fact = Span::styled(format!(" {fact} "), theme.title);
        block = block.title(Line::from(fact).right_aligned());
    }
    let line = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        height: area.height.min(1),
        ..area
    };
    frame.render_widget(block, line);
    area.inner(Margin::new(1, 1))
}

/// A title and a fact as they stand on a line with `room` for both: the title comes first, but it
/// leaves the fact a third.
pub fn on_line(room: usize, title: &str, fact: &str, theme: &Theme) -> (String, String) {
    let left = room.saturating_sub(fit::width(title) + 3).max(room / 3);
    let fact = fit::clipped(fact, left, theme);
    let gap = if fact.is_empty() { 2 } else { fit::width(&fact) + 5 };
    (fit::clipped(title, (room + 2).saturating_sub(gap), theme), fact)
}

/// Draws the visible rows of a list, the selected one marked.
pub fn rows<'a, R: PartialEq>(
    list: &Listing<R>,
    area: Rect,
    has_keys: bool,
    theme: &Theme,
    frame: &mut Frame<'_>,
    mut line: impl FnMut(&R) -> Line<'a>,
) {
    let visible = list.rows().iter().enumerate().skip(list.offset()).take(usize::from(area.height));
    for (y, (at, row)) in (area.y..).zip(visible) {
        let is_selected = at == list.index();
        let mut line = line(row);
        let (marker, style) = match (is_selected, has_keys) {
            (true, true) => {
                (Span::styled(theme.glyphs.marker, theme.border_focused), theme.selected)
            }
            (true, false) => (Span::raw(" "), theme.selected_elsewhere),
            (false, _) => (Span::raw(" "), Style::new()),
        };
        line.spans.insert(0, marker);
        let place = Rect { y, height: 1, ..area };
        frame.buffer_mut().set_style(place, style);
        frame.render_widget(line, place);
    }
}

/// What an empty list says: what it is for, and the key to begin with.
pub fn empty(text: &str, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let columns = usize::from(area.width).saturating_sub(3);
    let lines: Vec<_> = fit::wrapped(text, columns)
        .into_iter()
        .map(|line| Line::from(vec![Span::raw("  "), Span::styled(line, theme.muted)]))
        .collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// Where the selection is, when not all rows are visible: `12/118`.
pub fn position<R: PartialEq>(list: &Listing<R>, height: u16) -> Option<String> {
    let count = list.rows().len();
    (count > usize::from(height) && height > 0).then(|| format!("{}/{count}", list.index() + 1))
}
