//! The palette: actions that fit what was typed, with their keys. What would do nothing here is
//! dimmed and says where it works.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::window;
use crate::{
    app::{Action, Model, Pane, find::Finder, is_available, palette::Palette, panes},
    keymap::{Context, Keymap},
    ui::{fit, found, pane, theme::Theme},
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
    let columns = usize::from(list.width).saturating_sub(1);
    let mut finder = Finder::new(&palette.editor.text());
    pane::rows(&palette.actions, list, true, theme, frame, |action| {
        row(*action, model, keymap, &mut finder, columns, theme)
    });
}

/// An action, where it works if not here, and its keys there.
fn row<'a>(
    action: Action,
    model: &Model,
    keymap: &Keymap,
    finder: &mut Finder,
    columns: usize,
    theme: &'a Theme,
) -> Line<'a> {
    let homes = panes(action);
    let is_elsewhere = !homes.contains(&model.pane);
    let place = if is_elsewhere { homes.first() } else { None };
    let contexts = contexts(place.copied().unwrap_or(model.pane));
    let mut keys = keymap.chords(&contexts, action);
    if keys.is_empty() {
        keys = keymap.chords(&[Context::Detail], action);
    }
    let keys: Vec<_> = keys.iter().map(|chord| chord.shown(theme.glyphs.is_ascii)).collect();
    let keys = keys.join(" ");
    let place = if is_elsewhere {
        let names: Vec<_> = homes.iter().map(|pane| pane.title()).collect();
        format!("in {}  ", names.join(" and "))
    } else {
        String::new()
    };
    let (style, key_style) = if is_available(model, action) {
        (theme.text, theme.key)
    } else {
        (theme.muted, theme.muted)
    };
    let room = columns.saturating_sub(fit::width(&keys) + 3);
    // What it does comes before where.
    let is_tight = fit::width(action.title()) + fit::width(&place) > room;
    let place = if is_tight { String::new() } else { place };
    let room = room.saturating_sub(fit::width(&place));
    let mut left = vec![Span::raw(" ")];
    left.extend(found::clipped(finder, action.title(), room, style, theme));
    let right = vec![Span::styled(place, theme.muted), Span::styled(keys, key_style)];
    fit::spread(left, right, columns)
}

/// Where the actions of a pane are reached by key once the palette is closed.
fn contexts(pane: Pane) -> [Context; 4] {
    let own = match pane {
        Pane::Today => Context::Today,
        Pane::Curriculum => Context::Curriculum,
        Pane::Portfolio => Context::Portfolio,
    };
    [own, Context::Lists, Context::Global, Context::Always]
}
