//! A day's note being written.

use ratatui::{Frame, layout::Rect, text::Span};

use super::window;
use crate::{
    app::{Model, note::Note},
    domain::day::short,
    ui::{fit, theme::Theme},
};

/// Draws it.
pub fn draw(note: &Note, model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let habit = model.workspace.habit(note.habit);
    let name = habit.map_or("", |habit| habit.name.as_str());
    let inner =
        window(area, &format!("Note, {}", short(note.day, model.today)), name, theme, frame);
    let text = Rect { height: inner.height.saturating_sub(2), ..inner };
    frame.render_widget(note.editor.widget(), text);
    let below = Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
    let columns = usize::from(below.width);
    let (text, style) = match (&note.error, note.is_changed_elsewhere) {
        (Some(error), _) => (error.as_str(), theme.bad),
        (None, true) => ("changed elsewhere meanwhile; saving replaces that", theme.bad),
        (None, false) => ("enter saves, alt-enter starts a new line", theme.muted),
    };
    let line = Span::styled(fit::clipped(text, columns, theme), style);
    frame.render_widget(line, below);
}
