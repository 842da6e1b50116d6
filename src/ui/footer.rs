//! The bottom line: the keys that work here and now, or what there is to say.
//!
//! Shows whole hints only and always keeps `? help`. Must not know any key: hints come from the
//! table.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Clear,
};

use super::{fit, theme::Theme};
use crate::{
    app::{Action, Model, Notice, Overlay, Tone, find::Find},
    keymap::{Hint, Keymap},
};

/// The most rows that a notice takes.
const NOTICE_ROWS: u16 = 3;

/// Draws it.
pub fn draw(model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    let area = model.areas.footer;
    let columns = usize::from(area.width);
    match (&model.overlay, &model.notice) {
        (Some(Overlay::Find(find)), _) => draw_find(find, model, keymap, theme, frame),
        (_, Some(notice)) => draw_notice(notice, area, theme, frame),
        _ => {
            let mut all = keymap.hints(model);
            if model.areas.detail.is_none() && model.overlay.is_none() {
                // Where the detail is out of sight, the way to it comes right after the first.
                let place = all.iter().position(|hint| hint.action == Action::FocusDetail);
                if let Some(place) = place.filter(|place| *place > 1) {
                    let hint = all.remove(place);
                    all.insert(1, hint);
                }
            }
            frame.render_widget(Line::from(hints(&all, theme, columns)), area);
        }
    }
}

/// A notice grows upwards when one line is too short for it: its end is the next step.
fn draw_notice(notice: &Notice, footer: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let style = match notice.tone {
        Tone::Good => theme.good,
        Tone::Plain => theme.text,
        Tone::Bad => theme.bad,
    };
    let columns = usize::from(footer.width).saturating_sub(2);
    let lines = fit::wrapped(&notice.text, columns);
    let rows = u16::try_from(lines.len()).unwrap_or(NOTICE_ROWS).min(NOTICE_ROWS);
    let area = Rect { y: footer.bottom() - rows, height: rows, ..footer };
    frame.render_widget(Clear, area);
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        let line = Line::from(vec![Span::raw(" "), Span::styled(line, style)]);
        frame.render_widget(line, Rect { y, height: 1, ..area });
    }
}

fn draw_find(find: &Find, model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    let area = model.areas.footer;
    let all = keymap.hints(model);
    let shown = hints(&all, theme, usize::from(area.width) / 2);
    let taken: usize = shown.iter().map(Span::width).sum();
    let taken = u16::try_from(taken).unwrap_or(0).min(area.width);
    let input = Rect { x: area.x + 2, width: area.width.saturating_sub(taken + 2), ..area };
    frame.render_widget(Span::styled(" /", theme.key), area);
    frame.render_widget(find.editor.widget(), input);
    let place = Rect { x: area.right() - taken, width: taken, ..area };
    frame.render_widget(Line::from(shown), place);
}

/// As many whole hints as fit, in their order; help and quit keep their place at the end.
fn hints<'a>(all: &[Hint], theme: &Theme, columns: usize) -> Vec<Span<'a>> {
    let is_last = |hint: &&Hint| matches!(hint.action, Action::Help | Action::Quit);
    let width = |hint: &Hint| fit::width(&keys(hint, theme)) + fit::width(&hint.label) + 3;
    let last: Vec<_> = all.iter().filter(is_last).collect();
    let reserved: usize = last.iter().map(|hint| width(hint)).sum();
    let mut room = columns.saturating_sub(1 + reserved);
    let fitting = all.iter().filter(|hint| !is_last(hint)).take_while(|hint| {
        let fits = width(hint) <= room;
        room = room.saturating_sub(width(hint));
        fits
    });
    let mut spans = vec![Span::raw(" ")];
    for hint in fitting.chain(last.iter().copied()) {
        spans.push(Span::styled(keys(hint, theme), theme.key));
        spans.push(Span::styled(format!(" {}  ", hint.label), theme.muted));
    }
    spans
}

fn keys(hint: &Hint, theme: &Theme) -> String {
    let keys: Vec<_> = hint.keys.iter().map(|chord| chord.shown(theme.glyphs.is_ascii)).collect();
    keys.join(" ")
}
