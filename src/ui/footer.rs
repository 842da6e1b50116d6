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

use super::{
    fit,
    hints::{self, Part},
    theme::Theme,
};
use crate::{
    app::{
        Action, Model, Notice, Overlay, Tone,
        find::Find,
        mouse::{Spot, Target},
    },
    keymap::{Hint, Keymap},
};

/// Draws it.
pub fn draw(model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    if let Some(Overlay::Find(find)) = &model.overlay {
        draw_find(find, model, keymap, theme, frame);
    } else if let Some(notice) = &model.notice {
        draw_notice(notice, model.areas.footer, theme, frame);
    } else {
        let (place, parts) = parts(model, keymap, theme);
        frame.render_widget(hints::line(&parts, theme.muted, theme), place);
    }
}

/// What can be clicked. A notice hides all hints.
pub fn spots(model: &Model, keymap: &Keymap, theme: &Theme) -> Vec<Spot> {
    let is_finding = matches!(model.overlay, Some(Overlay::Find(_)));
    if let Some(notice) = model.notice.as_ref().filter(|_| !is_finding) {
        let (area, _) = notice_lines(notice, model.areas.footer);
        return vec![Spot { area, target: Target::Notice }];
    }
    let (place, parts) = parts(model, keymap, theme);
    hints::spots(&parts, place)
}

/// The rows of a notice, and their lines.
fn notice_lines(notice: &Notice, footer: Rect) -> (Rect, Vec<String>) {
    let columns = usize::from(footer.width).saturating_sub(2);
    let mut lines = fit::wrapped(&notice.text, columns);
    // A tiny screen has no footer.
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(footer.bottom());
    // Where even the whole screen is too small, the beginning goes.
    lines.drain(..lines.len() - usize::from(rows));
    (Rect { y: footer.bottom() - rows, height: rows, ..footer }, lines)
}

/// A notice grows upwards for as many lines as it has: its end is the next step.
fn draw_notice(notice: &Notice, footer: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let style = match notice.tone {
        Tone::Good => theme.good,
        Tone::Plain => theme.text,
        Tone::Bad => theme.bad,
    };
    let (area, lines) = notice_lines(notice, footer);
    frame.render_widget(Clear, area);
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        let line = Line::from(vec![Span::raw(" "), Span::styled(line, style)]);
        frame.render_widget(line, Rect { y, height: 1, ..area });
    }
}

fn draw_find(find: &Find, model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    let area = model.areas.footer;
    let (place, parts) = parts(model, keymap, theme);
    let input = Rect { x: area.x + 2, width: area.width.saturating_sub(place.width + 2), ..area };
    frame.render_widget(Span::styled(" /", theme.key), area);
    frame.render_widget(find.editor.widget(), input);
    frame.render_widget(hints::line(&parts, theme.muted, theme), place);
}

/// The pieces that are shown now, and where they begin and end.
fn parts(model: &Model, keymap: &Keymap, theme: &Theme) -> (Rect, Vec<Part>) {
    let area = model.areas.footer;
    let mut all = keymap.hints(model);
    if let Some(Overlay::Find(_)) = &model.overlay {
        // The left is for what is typed.
        let parts = fitting(&all, model, keymap, theme, usize::from(area.width) / 2);
        let width = u16::try_from(hints::width(&parts)).unwrap_or(0).min(area.width);
        return (Rect { x: area.right() - width, width, ..area }, parts);
    }
    if model.areas.detail.is_none() && model.overlay.is_none() {
        // Where the detail is out of sight, the way to it comes right after the first.
        let place = all.iter().position(|hint| hint.action == Action::FocusDetail);
        if let Some(place) = place.filter(|place| *place > 1) {
            let hint = all.remove(place);
            all.insert(1, hint);
        }
    }
    let parts = fitting(&all, model, keymap, theme, usize::from(area.width));
    (Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area }, parts)
}

/// As many whole hints as fit, in their order; help and quit keep their place at the end.
fn fitting(
    all: &[Hint],
    model: &Model,
    keymap: &Keymap,
    theme: &Theme,
    columns: usize,
) -> Vec<Part> {
    let is_last = |hint: &&Hint| matches!(hint.action, Action::Help | Action::Quit);
    let whole = |hint: &Hint| {
        let mut parts = hints::parts(hint, model, keymap, theme);
        parts.push(Part::gap("  "));
        parts
    };
    let last: Vec<_> = all.iter().filter(is_last).flat_map(whole).collect();
    let mut room = columns.saturating_sub(1 + hints::width(&last));
    let mut parts = Vec::new();
    for hint in all.iter().filter(|hint| !is_last(hint)).map(whole) {
        let Some(left) = room.checked_sub(hints::width(&hint)) else { break };
        room = left;
        parts.extend(hint);
    }
    parts.extend(last);
    parts
}
