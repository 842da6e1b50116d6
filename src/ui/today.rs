//! Today's list: box, name, the last days and the streak.
//!
//! ```text
//! ▌○ Read one figure           ■■·■■■■–■■■■■    4 d
//! ```
//!
//! Must not know how figures are folded.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{
    cell::{Cell, spans_of},
    fit, found, outlook, pane,
    theme::Theme,
};
use crate::{
    app::{Focus, Model, Pane, find::Finder, today_count},
    domain::{
        change::Change,
        day::{plus, short},
        figures::Ask,
        habit::{Habit, Mark},
        ids::HabitId,
        schedule::Schedule,
        window::Outcome,
    },
};

/// The name has at least so many columns before a longer strip is shown.
const NAME: usize = 20;
/// Columns of the streak with the space before it.
const STREAK: usize = 6;

/// Columns before and behind what stands beside a name.
const ASIDE_GAPS: usize = 3;

/// Draws the pane.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let is_focused = model.pane == Pane::Today;
    let height = model.areas.list_height(Pane::Today);
    let inner = pane::titled(area, is_focused, &title(model), &fact(model, height), theme, frame);
    if model.habits.rows().is_empty() && height > 0 {
        let text = match (model.queries[0].is_empty(), model.workspace.habits.is_empty()) {
            (true, true) => {
                "No habits yet. Press a to add one: something so small that it takes ten seconds."
            }
            (true, false) => "All habits are archived. Press . to see them.",
            (false, _) => "No habit fits. esc shows all.",
        };
        return pane::empty(text, inner, theme, frame);
    }
    let has_keys = is_focused && model.focus == Focus::List;
    let columns = usize::from(inner.width).saturating_sub(2);
    let mut finder = Finder::new(&model.queries[0]);
    pane::rows(&model.habits, inner, has_keys, theme, frame, |id| {
        row(model, *id, &mut finder, columns, theme)
    });
}

fn title(model: &Model) -> String {
    let number = if model.areas.lists[1].is_some() { "1 " } else { "" };
    let day = match (model.day - model.today).num_days() {
        0 => Pane::Today.title().to_owned(),
        -1 => "Yesterday".to_owned(),
        1 => "Tomorrow".to_owned(),
        _ => short(model.day, model.today),
    };
    match model.queries[0].as_str() {
        "" => format!("{number}{day}"),
        query => format!("{number}{day} /{query}"),
    }
}

fn fact(model: &Model, height: u16) -> String {
    let count = today_count(model);
    let left = count.due - count.done;
    let mut facts = vec![match (count.due, left) {
        (0, _) => "nothing due".to_owned(),
        (_, 0) => "all done".to_owned(),
        _ => format!("{left} left"),
    }];
    facts.extend(pane::position(&model.habits, height));
    facts.join("  ")
}

fn row<'a>(
    model: &Model,
    id: HabitId,
    finder: &mut Finder,
    columns: usize,
    theme: &'a Theme,
) -> Line<'a> {
    let (Some(habit), Some(ask)) = (model.workspace.habit(id), model.asks.get(&id)) else {
        return Line::default();
    };
    let is_archived = habit.archived_on().is_some();
    let outlook = model.outlook(habit).filter(|_| model.day == model.today).unwrap_or_default();
    let is_at_risk = outlook.is_at_risk && ask.is_unfinished();
    let (glyph, style) = match model.mark_on_day(id) {
        None if is_at_risk => (theme.glyphs.at_risk, theme.at_risk),
        mark => marked(mark, ask.is_due, theme),
    };
    let fixed = 2 + STREAK;
    let strip_days = strip_days(model, columns.saturating_sub(fixed));
    let name = columns.saturating_sub(fixed + if strip_days > 0 { strip_days + 1 } else { 0 });
    let name_style = if is_archived || !ask.is_unfinished() { theme.muted } else { theme.text };
    let mut spans = vec![Span::styled(glyph, style), Span::raw(" ")];
    let track = model.workspace.tracks.get(&id);
    let has_note = track.is_some_and(|track| track.notes.contains_key(&model.day));
    let room = name.saturating_sub(if has_note { 2 } else { 0 });
    let text = found::clipped(finder, &habit.name, room, name_style, theme);
    let free = room.saturating_sub(text.iter().map(Span::width).sum());
    let aside =
        outlook::beside(&outlook, habit, model.today, free.saturating_sub(ASIDE_GAPS), theme);
    spans.extend(text);
    spans.extend(match aside {
        Some(aside) => {
            let gap = " ".repeat(free.saturating_sub(aside.width() + 1));
            vec![Span::raw(gap), aside, Span::raw(" ")]
        }
        None => vec![Span::raw(" ".repeat(free))],
    });
    if has_note {
        spans.push(Span::styled(format!(" {}", theme.glyphs.note), theme.under_way));
    }
    let word = if is_unsaved(model, id) {
        Some(("not saved", theme.bad))
    } else {
        is_archived.then_some(("archived", theme.muted))
    };
    if let Some((word, style)) = word {
        let room = STREAK + if strip_days > 0 { strip_days + 1 } else { 0 };
        spans.push(Span::styled(fit::right(word, room), style));
        return Line::from(spans);
    }
    if strip_days > 0 {
        spans.push(Span::raw(" "));
        spans.extend(strip(model, habit, strip_days, theme));
    }
    let (text, style) = streak(model, habit, ask, theme);
    spans.push(Span::styled(fit::right(&text, STREAK), style));
    Line::from(spans)
}

/// How many days the strips have: as many as leave every name whole, else as leave it 20 columns.
fn strip_days(model: &Model, columns: usize) -> usize {
    let names = model.habits.rows().iter().filter_map(|id| model.workspace.habit(*id));
    let longest = names.map(|habit| fit::width(&habit.name)).max().unwrap_or(0);
    // A name that is very long is cut anyway.
    let longest = longest.min(2 * NAME);
    let leaving = |name: usize| [14, 7].into_iter().find(|days| columns > name + days);
    leaving(longest.max(NAME)).or_else(|| leaving(NAME)).unwrap_or(0)
}

fn is_unsaved(model: &Model, id: HabitId) -> bool {
    model.unsaved.iter().any(|change| {
        matches!(change, Change::CheckInSet { habit, day, .. } | Change::CheckInNote { habit, day, .. }
            if *habit == id && *day == model.day)
    })
}

/// The box of a habit's day.
pub fn mark<'t>(ask: &Ask, theme: &'t Theme) -> (&'t str, ratatui::style::Style) {
    marked(ask.mark, ask.is_due, theme)
}

/// The box of a mark; one that waits to be saved shows what it will be, beside "not saved".
fn marked(
    mark: Option<Mark>,
    is_due: bool,
    theme: &Theme,
) -> (&'static str, ratatui::style::Style) {
    match (mark, is_due) {
        (Some(Mark::Done), _) => (theme.glyphs.done, theme.done),
        (Some(Mark::Rest), _) => (theme.glyphs.rest, theme.rest),
        (None, true) => (theme.glyphs.due, theme.due),
        (None, false) => (theme.glyphs.idle, theme.muted),
    }
}

fn streak(
    model: &Model,
    habit: &Habit,
    ask: &Ask,
    theme: &Theme,
) -> (String, ratatui::style::Style) {
    if matches!(habit.schedule_on(model.day), Schedule::PerWeek(_))
        && let Some(window) = ask.window
    {
        let style = if window.outcome == Outcome::Met { theme.done } else { theme.text };
        return (format!("{}/{} w", window.done, window.quota), style);
    }
    match model.figures.get(&habit.id) {
        Some(figures) if figures.current_streak > 0 => {
            let (count, unit) = (figures.current_streak, figures.unit.letter());
            // Years of days need the gap as well.
            let gap = if count < 1_000 { " " } else { "" };
            let text = format!("{count}{gap}{unit}");
            (text, theme.text)
        }
        _ => (String::new(), theme.muted),
    }
}

/// The days up to the shown one, a run of equal ones as one span.
fn strip<'t>(model: &Model, habit: &Habit, days: usize, theme: &'t Theme) -> Vec<Span<'t>> {
    let Some(track) = model.workspace.tracks.get(&habit.id) else {
        return vec![Span::raw(" ".repeat(days))];
    };
    let count = i64::try_from(days).unwrap_or(0);
    let cells =
        (0..count).map(|at| Cell::of(plus(model.day, at + 1 - count), model, habit, &track.marks));
    spans_of(cells.map(|cell| cell.drawn(theme)))
}
