//! A day's note being written.

use ratatui::{Frame, layout::Rect, text::Span};

use super::window;
use crate::{
    app::{Action, Model, note::Note},
    domain::day::short,
    keymap::{Context, Keymap},
    ui::{fit, theme::Theme},
};

/// Draws it.
pub fn draw(
    note: &Note,
    model: &Model,
    keymap: &Keymap,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let habit = model.workspace.habit(note.habit);
    let name = habit.map_or("", |habit| habit.name.as_str());
    let inner =
        window(area, &format!("Note, {}", short(note.day, model.today)), name, theme, frame);
    let text = Rect { height: inner.height.saturating_sub(2), ..inner };
    frame.render_widget(note.editor.widget(), text);
    let below = Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
    let columns = usize::from(below.width);
    let save = keymap.key(&[Context::Note], Action::Save, theme.glyphs.is_ascii);
    let help = [" starts a", ": a"].map(|how| format!("{save} saves, alt-enter{how} new line"));
    let help = help.iter().find(|help| fit::width(help) <= columns).unwrap_or(&help[1]);
    let (text, style) = match (&note.error, note.is_changed_elsewhere) {
        (Some(error), _) => (error.as_str(), theme.bad),
        (None, true) => ("changed elsewhere meanwhile; saving replaces that", theme.bad),
        (None, false) => (help.as_str(), theme.muted),
    };
    let line = Span::styled(fit::clipped(text, columns, theme), style);
    frame.render_widget(line, below);
}
