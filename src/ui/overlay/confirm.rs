//! A question with yes and no.

use ratatui::{Frame, layout::Rect, text::Line};

use super::{keys, lines, styled, window};
use crate::{
    app::Model,
    keymap::Keymap,
    ui::{fit, hints, theme::Theme},
};

/// The row of the keys.
pub const KEYS: u16 = 3;

/// Draws a question with what it comes to.
pub fn draw(
    [question, consequence]: [&str; 2],
    model: &Model,
    keymap: &Keymap,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let inner = window(area, "Sure?", "", theme, frame);
    let columns = usize::from(inner.width);
    let room = usize::from(KEYS);
    let question = fit::wrapped(question, columns).into_iter().take(room - 1);
    let mut content: Vec<_> = question.map(|line| styled(line, theme.heading)).collect();
    content.push(styled(fit::clipped(consequence, columns, theme), theme.muted));
    content.resize(room, Line::default());
    content.push(hints::line(&keys(model, keymap, inner.width, theme), theme.text, theme));
    lines(content, inner, frame);
}
