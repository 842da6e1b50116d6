//! A question with yes and no.

use ratatui::{Frame, layout::Rect, text::Line};

use super::{keys, lines, styled, window};
use crate::{
    app::{Model, confirm::Confirm},
    keymap::Keymap,
    ui::{fit, hints, theme::Theme},
};

/// The row of the keys.
pub const KEYS: u16 = 3;

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
        hints::line(&keys(model, keymap, inner.width, theme), theme.text, theme),
    ];
    lines(content, inner, frame);
}
