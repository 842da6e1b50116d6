//! A menu of states, the present one marked.

use ratatui::{Frame, layout::Rect, text::Span};

use super::window;
use crate::{
    app::menu::Menu,
    ui::{fit, pane, theme::Theme},
};

/// Draws it.
pub fn draw(menu: &Menu, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let inner = window(area, &menu.title, "", theme, frame);
    let columns = usize::from(inner.width).saturating_sub(1);
    pane::rows(&menu.choices, inner, true, theme, frame, |choice| {
        let now = if choice.is_current { "now" } else { "" };
        fit::spread(
            vec![Span::raw(format!(" {}", choice.label))],
            vec![Span::styled(now, theme.muted)],
            columns,
        )
    });
}
