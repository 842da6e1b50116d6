//! A question with yes and no.

use ratatui::{Frame, layout::Rect, text::Line};

use super::{keys, lines, styled, window};
use crate::{
    app::{Model, confirm::Confirm},
    keymap::Keymap,
    ui::{fit, theme::Theme},
};

/// Draws it.
pub fn draw(
    confirm: &Confirm,
    model: &Model,
    keymap: &Keymap,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let inner = window(area, "Sure?", "", theme, frame);
    let columns = usize::from(inner.width);
    let content = [
        styled(fit::clipped(&confirm.question, columns, theme), theme.heading),
        styled(fit::clipped(&confirm.consequence, columns, theme), theme.muted),
        Line::default(),
        keys(model, keymap, theme),
    ];
    lines(content, inner, frame);
}
