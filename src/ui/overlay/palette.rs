//! The palette: actions that fit what was typed, with their keys.

use ratatui::{Frame, layout::Rect, text::Span};

use super::window;
use crate::{
    app::{Focus, Model, Pane, palette::Palette},
    keymap::{Context, Keymap},
    ui::{fit, pane, theme::Theme},
};

/// Draws it.
pub fn draw(
    palette: &Palette,
    keymap: &Keymap,
    model: &Model,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let height = area.height.saturating_sub(4);
    let position = pane::position(&palette.actions, height).unwrap_or_default();
    let inner = window(area, "Actions", &position, theme, frame);
    let prompt = Rect { height: inner.height.min(1), ..inner };
    let input = Rect { x: prompt.x + 2, width: prompt.width.saturating_sub(2), ..prompt };
    frame.render_widget(Span::styled("> ", theme.key), prompt);
    frame.render_widget(palette.editor.widget(), input);
    let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    if palette.actions.rows().is_empty() {
        return pane::empty("No action fits.", list, theme, frame);
    }
    let contexts = contexts(model);
    let columns = usize::from(list.width).saturating_sub(1);
    pane::rows(&palette.actions, list, true, theme, frame, |action| {
        let keys = keymap.chords(&contexts, *action).unwrap_or_default();
        let keys: Vec<_> = keys.iter().map(|chord| chord.shown(theme.glyphs.is_ascii)).collect();
        let keys = keys.join(" ");
        let room = columns.saturating_sub(fit::width(&keys) + 2);
        fit::spread(
            vec![Span::raw(format!(" {}", fit::clipped(action.title(), room, theme)))],
            vec![Span::styled(keys, theme.key)],
            columns,
        )
    });
}

/// Where the actions would be reached by key once the palette is closed.
fn contexts(model: &Model) -> Vec<Context> {
    let pane = match model.pane {
        Pane::Today => Context::Today,
        Pane::Curriculum => Context::Curriculum,
        Pane::Portfolio => Context::Portfolio,
    };
    let mut contexts = vec![pane, Context::Global, Context::Always];
    if model.focus == Focus::Detail {
        contexts.insert(0, Context::Detail);
    }
    contexts
}
