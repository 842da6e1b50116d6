//! Windows over the panes: one at a time.
//!
//! Owns the cleared window and which file draws its content. Must not know what keys do there.

mod begin;
mod confirm;
mod doctor;
mod form;
mod help;
mod menu;
mod note;
mod offer;
mod palette;
mod reading;
mod rehearsal;
mod review;
mod timer;
mod topics;
mod welcome;

use ratatui::{
    Frame,
    layout::{Margin, Rect},
    text::{Line, Span},
    widgets::Clear,
};

use super::{
    fit,
    hints::{self, Part},
    pane,
    theme::Theme,
};
use crate::{
    app::{Model, Overlay, confirm::Confirm, mouse::Spot, reading::Reading, timer::Timer},
    domain::session::duration,
    keymap::Keymap,
};

/// Draws the overlay, if one with a window is open.
pub fn draw(model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    let (Some(overlay), Some(area)) = (&model.overlay, model.areas.overlay) else {
        return;
    };
    clear(area, frame);
    match overlay {
        Overlay::Welcome => welcome::draw(model, keymap, area, theme, frame),
        Overlay::Help { offset } => help::draw(model, keymap, *offset, area, theme, frame),
        Overlay::Palette(palette) => palette::draw(palette, keymap, model, area, theme, frame),
        Overlay::Menu(menu) => menu::draw(menu, area, theme, frame),
        Overlay::Confirm(Confirm { question, consequence, .. }) => {
            confirm::draw([question, consequence], model, keymap, area, theme, frame);
        }
        Overlay::Note(note) => note::draw(note, model, area, theme, frame),
        Overlay::Form(form) => form::draw(form, model, area, theme, frame),
        Overlay::Timer => timer::draw(model, keymap, area, theme, frame),
        Overlay::Topics(topics) => topics::draw(topics, model, area, theme, frame),
        Overlay::Asleep { .. } => {
            let asleep = model.timer.as_ref().and_then(Timer::asleep);
            let seconds = asleep.and_then(|asleep| u64::try_from(asleep.num_seconds()).ok());
            let length = duration(seconds.unwrap_or_default());
            let question = format!("inch was asleep for {length}. Count it?");
            let consequence = "The session goes on either way.";
            confirm::draw([&question, consequence], model, keymap, area, theme, frame);
        }
        Overlay::Offer(offer) => offer::draw(offer, area, theme, frame),
        Overlay::Begin(begin) => begin::draw(begin, model, area, theme, frame),
        Overlay::Rehearsal(rehearsal) => {
            rehearsal::draw(rehearsal, model, keymap, area, theme, frame);
        }
        Overlay::Doctor(doctor) => doctor::draw(doctor, model, area, theme, frame),
        Overlay::Review(looking) => review::draw(looking, model, area, theme, frame),
        Overlay::Reading(reading) => reading::draw(reading, area, theme, frame),
        Overlay::Find(_) => {}
    }
}

/// Empties the window. A wide character that reaches into it goes as well: a terminal would draw the
/// whole of it, over the frame.
fn clear(area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    for y in area.y..area.bottom() {
        let before = area.x.checked_sub(1).and_then(|x| frame.buffer_mut().cell_mut((x, y)));
        if let Some(cell) = before.filter(|cell| fit::width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
}

/// What can be clicked in the window, beside rows to choose from.
pub fn spots(model: &Model, keymap: &Keymap, theme: &Theme) -> Vec<Spot> {
    let (Some(overlay), Some(area)) = (&model.overlay, model.areas.overlay) else {
        return Vec::new();
    };
    let row = match overlay {
        Overlay::Form(form) => return form::spots(form, area, theme),
        Overlay::Confirm(_) | Overlay::Asleep { .. } => confirm::KEYS,
        Overlay::Timer => timer::keys_row(model, area),
        Overlay::Welcome => welcome::keys_row(model, keymap, area, theme),
        _ => return Vec::new(),
    };
    let inner = room(area);
    let place = Rect { y: inner.y + row, height: 1, ..inner }.intersection(inner);
    hints::spots(&keys(model, keymap, inner.width, theme), place)
}

/// How many lines the help has.
pub fn help_lines(model: &Model, keymap: &Keymap, theme: &Theme) -> usize {
    let columns = model.areas.overlay.map_or(0, help::columns);
    help::content(model, keymap, columns, theme).len()
}

/// How many lines a text to read has in the window that is open for it.
pub fn reading_lines(reading: &Reading, model: &Model) -> usize {
    let columns = model.areas.overlay.map_or(usize::MAX, |area| usize::from(area.width));
    reading::content(reading, columns.saturating_sub(4)).len()
}

/// The window's frame, and the room inside.
fn window(area: Rect, title: &str, fact: &str, theme: &Theme, frame: &mut Frame<'_>) -> Rect {
    pane::bordered(area, true, theme, frame);
    pane::titled(area, true, title, fact, theme, frame);
    room(area)
}

/// The room inside a window's frame, with a column free on both sides.
fn room(area: Rect) -> Rect {
    area.inner(Margin::new(2, 1))
}

/// Draws lines from the top, as many as there is room for.
fn lines<'a>(content: impl IntoIterator<Item = Line<'a>>, area: Rect, frame: &mut Frame<'_>) {
    for (y, line) in (area.y..area.bottom()).zip(content) {
        frame.render_widget(line, Rect { y, height: 1, ..area });
    }
}

/// The window's keys with what they do, as the footer has them; closer together in a small window.
fn keys(model: &Model, keymap: &Keymap, columns: u16, theme: &Theme) -> Vec<Part> {
    let hints = keymap.hints(model);
    let set = |gap: &str| -> Vec<Part> {
        let parts = |hint| [hints::parts(hint, model, keymap, theme), vec![Part::gap(gap)]];
        hints.iter().flat_map(parts).flatten().collect()
    };
    let wide = set("    ");
    if hints::width(&wide) <= usize::from(columns) { wide } else { set("  ") }
}

/// Text in one style.
fn styled(text: impl Into<String>, style: ratatui::style::Style) -> Line<'static> {
    Line::from(Span::styled(text.into(), style))
}
