//! The dated log, newest first. The cursor's day is always in sight, said on or not.
//!
//! ```text
//! ▌Sun 22 Nov  ■ done    the loss curve in fig. 3 has a second dip
//!  Wed 18 Nov  · missed
//! ```
//!
//! Must not know how entries come about.

use chrono::NaiveDate;
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::level;
use crate::{
    app::{Model, history::log::LogLine},
    domain::{
        habit::Mark,
        history::log::{Entry, What},
    },
    ui::{cell::Cell, fit, pane, theme::Theme},
};

/// Draws the entries around the cursor's day.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    if model.workspace.habits.is_empty() {
        return pane::empty("No habit yet, and so nothing to look back on.", area, theme, frame);
    }
    let log = model.history.log_lines(area.height.into());
    for (y, LogLine { entry, has_cursor }) in (area.y..area.bottom()).zip(log) {
        let area = Rect { y, height: 1, ..area };
        let columns = usize::from(area.width).saturating_sub(2);
        let line = match entry {
            None => nothing(model.history.cursor, model, theme),
            Some(entry) => said(&entry, model, columns, theme),
        };
        if has_cursor {
            frame.buffer_mut().set_style(area, theme.selected);
            frame.render_widget(Span::styled(theme.glyphs.marker, theme.border_focused), area);
        }
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        frame.render_widget(line, inner);
    }
}

fn date<'a>(day: NaiveDate, theme: &Theme) -> Span<'a> {
    Span::styled(format!("{:<12}", day.format("%a %-d %b").to_string()), theme.muted)
}

fn nothing<'a>(day: NaiveDate, model: &Model, theme: &Theme) -> Line<'a> {
    let text = if !model.history.is_read() {
        "not read"
    } else if day > model.today {
        "to come"
    } else {
        "no mark"
    };
    Line::from(vec![date(day, theme), Span::styled(text, theme.muted)])
}

fn said<'a>(entry: &Entry, model: &Model, columns: usize, theme: &'a Theme) -> Line<'a> {
    let (glyph, style, word) = what(entry, theme);
    let habit = entry.habit.and_then(|id| model.workspace.habit(id));
    let is_all = model.history.habit.is_none();
    // A note of one among all habits stands below its day.
    let mut spans = match (is_all, habit) {
        (true, Some(_)) => vec![Span::raw(" ".repeat(12))],
        _ => vec![date(entry.day, theme)],
    };
    spans.push(Span::styled(glyph, style));
    let mut room = columns.saturating_sub(13);
    if let Some(habit) = habit.filter(|_| is_all) {
        let name = format!(" {}  ", fit::clipped(&habit.name, (room / 2).saturating_sub(3), theme));
        room = room.saturating_sub(fit::width(&name));
        spans.push(Span::styled(name, theme.muted));
    } else {
        let word = if matches!(entry.what, What::MissedWindow(_) | What::Share(_)) {
            format!(" {}", fit::clipped(&word, room.saturating_sub(1), theme))
        } else {
            format!(" {word:<8}")
        };
        room = room.saturating_sub(fit::width(&word));
        spans.push(Span::styled(word, theme.muted));
    }
    let note = match (entry.what, entry.habit) {
        (What::MissedWindow(_), _) | (_, None) => None,
        (_, Some(habit)) => model.history.pages.note(habit, entry.day),
    };
    if let Some(note) = note {
        spans.push(Span::raw(fit::clipped(note, room, theme)));
    }
    Line::from(spans)
}

/// The glyph, its style and the word of an entry.
fn what(entry: &Entry, theme: &Theme) -> (&'static str, Style, String) {
    let drawn = |cell: Cell, word: &str| {
        let (glyph, style) = cell.drawn(theme);
        (glyph, style, word.to_owned())
    };
    match entry.what {
        What::Marked(Mark::Done) => drawn(Cell::Done, "done"),
        What::Marked(Mark::Rest) => drawn(Cell::Rest, "rest"),
        What::Missed => drawn(Cell::Missed, "missed"),
        What::MissedWindow(judged) => {
            let since = judged.window.counted_from.format("%-d %b");
            drawn(
                Cell::Missed,
                &format!("missed, {} of {} since {since}", judged.done, judged.quota),
            )
        }
        What::Noted => (theme.glyphs.note, theme.under_way, "note".to_owned()),
        What::Share(share) => {
            let at = level(share);
            let word = format!("{} of {} done", share.met, share.all);
            (theme.glyphs.shades[at], theme.shades[at], word)
        }
    }
}
