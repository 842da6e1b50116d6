//! The bottom line: the keys that work here and now, or what there is to say.
//!
//! Shows whole hints only and always keeps `? help`. Must not know any key: hints come from the
//! table.

use ratatui::{
    Frame,
    text::{Line, Span},
};

use super::{fit, theme::Theme};
use crate::{
    app::{Action, Model, Overlay, Tone},
    keymap::{Hint, Keymap},
};

/// Draws it.
pub fn draw(model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    let area = model.areas.footer;
    let columns = usize::from(area.width);
    let line = match (&model.overlay, &model.notice) {
        (Some(Overlay::Find(find)), _) => {
            let (_, at) = find.editor.cursor();
            let text = find.editor.text();
            let x = text.chars().take(at).collect::<String>();
            let place = u16::try_from(fit::width(&x) + 2).unwrap_or(u16::MAX);
            frame.set_cursor_position((area.x.saturating_add(place).min(area.right() - 1), area.y));
            let left = vec![Span::styled(" /", theme.key), Span::raw(text)];
            let shown = hints(&keymap.hints(model), theme, columns.saturating_sub(30));
            fit::spread(left, shown, columns)
        }
        (_, Some(notice)) => {
            let style = match notice.tone {
                Tone::Good => theme.good,
                Tone::Plain => theme.text,
                Tone::Bad => theme.bad,
            };
            let text = fit::clipped(&notice.text, columns.saturating_sub(2), theme);
            Line::from(vec![Span::raw(" "), Span::styled(text, style)])
        }
        _ => {
            let mut all = keymap.hints(model);
            if model.areas.detail.is_none() && model.overlay.is_none() {
                // Where the detail is out of sight, the way to it comes first.
                all.sort_by_key(|hint| hint.action != Action::FocusDetail);
            }
            Line::from(hints(&all, theme, columns))
        }
    };
    frame.render_widget(line, area);
}

/// As many whole hints as fit, in their order; help and quit keep their place at the end.
fn hints<'a>(all: &[Hint], theme: &Theme, columns: usize) -> Vec<Span<'a>> {
    let is_last = |hint: &&Hint| matches!(hint.action, Action::Help | Action::Quit);
    let width = |hint: &Hint| fit::width(&keys(hint, theme)) + fit::width(hint.label) + 3;
    let last: Vec<_> = all.iter().filter(is_last).collect();
    let mut room = columns.saturating_sub(1 + last.iter().map(|hint| width(hint)).sum::<usize>());
    let mut spans = vec![Span::raw(" ")];
    for hint in all.iter().filter(|hint| !is_last(hint)).chain(last.iter().copied()) {
        let needed = width(hint);
        if !is_last(&hint) {
            if needed > room {
                continue;
            }
            room -= needed;
        }
        spans.push(Span::styled(keys(hint, theme), theme.key));
        spans.push(Span::styled(format!(" {}  ", hint.label), theme.muted));
    }
    spans
}

fn keys(hint: &Hint, theme: &Theme) -> String {
    let keys: Vec<_> = hint.keys.iter().map(|chord| chord.shown(theme.glyphs.is_ascii)).collect();
    keys.join(" ")
}
