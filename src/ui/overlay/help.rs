//! The help: every key, from the table; what would do nothing now is dimmed.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{lines, window};
use crate::{
    app::{Model, is_available},
    keymap::{Keymap, reference},
    ui::{fit, theme::Theme},
};

/// Columns of the keys.
const KEYS: usize = 16;

/// Draws it from a line on.
pub fn draw(
    model: &Model,
    keymap: &Keymap,
    offset: u16,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let all = reference::lines(keymap, theme.glyphs.is_ascii);
    let last = (usize::from(offset) + usize::from(area.height.saturating_sub(2))).min(all.len());
    let inner = window(area, "Keys", &format!("{last}/{}", all.len()), theme, frame);
    let columns = usize::from(inner.width);
    let content = all.into_iter().skip(usize::from(offset)).map(|line| match line {
        reference::Line::Heading(title) => Line::from(Span::styled(title, theme.heading)),
        reference::Line::Gap => Line::default(),
        reference::Line::Keys { keys, help, action } => {
            let style = if is_available(model, action) { theme.text } else { theme.muted };
            Line::from(vec![
                Span::styled(format!("  {}", fit::fitted(&keys, KEYS, theme)), theme.key),
                Span::styled(fit::clipped(help, columns.saturating_sub(KEYS + 2), theme), style),
            ])
        }
    });
    lines(content, inner, frame);
}
