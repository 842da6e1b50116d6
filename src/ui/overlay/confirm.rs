//! A question with yes and no.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{lines, styled, window};
use crate::ui::{fit, theme::Theme};

/// Draws it.
pub fn draw(question: &str, consequence: &str, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let inner = window(area, "Sure?", "", theme, frame);
    let columns = usize::from(inner.width);
    let mut content: Vec<_> = fit::wrapped(question, columns)
        .into_iter()
        .map(|line| styled(line, theme.heading))
        .take(usize::from(inner.height).saturating_sub(2))
        .collect();
    content.push(styled(fit::clipped(consequence, columns, theme), theme.muted));
    if content.len() + 1 < usize::from(inner.height) {
        content.push(Line::default());
    }
    content.push(Line::from(vec![
        Span::styled("y", theme.key),
        Span::raw(" yes    "),
        Span::styled("n", theme.key),
        Span::raw(" no"),
    ]));
    lines(content, inner, frame);
}
