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
    app::{Action, Focus, Model, Pane, find::Finder, today_count},
    domain::{
        change::Change,
        day::{plus, short},
        figures::Ask,
        habit::{Habit, Mark},
        ids::HabitId,
        outlook::Outlook,
        schedule::Schedule,
        text,
        window::Outcome,
    },
};

/// The name has at least so many columns before a longer strip is shown.
const NAME: usize = 20;
/// Columns of a short streak with the space before it.
const STREAK: usize = 4;
/// Columns of the box with the space behind it, and of a note's sign with the space before it.
const BOX: usize = 2;
const NOTE: usize = 2;
/// Columns before and behind what stands beside a name.
const ASIDE_GAPS: usize = 3;

/// How the columns of a row are divided: all of them, the days of the strip, and the streak with the
/// space before it.
#[derive(Clone, Copy)]
struct Columns {
    all: usize,
    strip: usize,
    streak: usize,
}

impl Columns {
    fn new(model: &Model, all: usize, theme: &Theme) -> Self {
        let streaks = model.habits.rows().iter().filter_map(|id| {
            let (habit, ask) = (model.workspace.habit(*id)?, model.asks.get(id)?);
            Some(fit::width(&streak(model, habit, ask, theme).0))
        });
        let streak = streaks.max().map_or(STREAK, |widest| STREAK.max(widest + 1));
        let strip = strip_days(model, all.saturating_sub(BOX + streak));
        Self { all, strip, streak }
    }
}

/// Draws the pane.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let is_focused = model.pane == Pane::Today;
    let height = model.areas.list_height(Pane::Today);
    let inner = pane::titled(area, is_focused, &title(model), &fact(model, height), theme, frame);
    if model.habits.rows().is_empty() && height > 0 {
        return pane::empty(&nothing(model), inner, theme, frame);
    }
    let has_keys = is_focused && model.focus == Focus::List;
    let columns = Columns::new(model, usize::from(inner.width).saturating_sub(2), theme);
    let mut finder = Finder::new(&model.queries[0]);
    pane::rows(&model.habits, inner, has_keys, theme, frame, |id| {
        row(model, *id, &mut finder, columns, theme)
    });
}

/// Why no habit is listed, and what to do about it.
fn nothing(model: &Model) -> String {
    let press = |action, to: &str| {
        model.tell_key(Pane::Today, action, |key| format!(" Press {key} to {to}"))
    };
    match (model.queries[0].is_empty(), model.workspace.habits.is_empty()) {
        (true, true) => format!(
            "No habits yet.{}",
            press(Action::Add, "add one: something so small that it takes ten seconds.")
        ),
        (true, false) => {
            format!("All habits are archived.{}", press(Action::ShowArchived, "see them."))
        }
        (false, _) => {
            let all = model.hints_in(Pane::Today, [(Action::Back, "shows all")]);
            format!("No habit fits.{all}")
        }
    }
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
    columns: Columns,
    theme: &'a Theme,
) -> Line<'a> {
    let (Some(habit), Some(ask)) = (model.workspace.habit(id), model.asks.get(&id)) else {
        return Line::default();
    };
    let is_archived = habit.archived_on().is_some();
    let outlook = outlook_now(model, habit);
    let is_at_risk = outlook.is_at_risk && ask.is_unfinished();
    let (glyph, style) = match model.mark_on_day(id) {
        None if is_at_risk => (theme.glyphs.at_risk, theme.at_risk),
        mark => marked(mark, ask, theme),
    };
    let word = if is_unsaved(model, id) {
        Some(("not saved", theme.bad))
    } else {
        is_archived.then_some(("archived", theme.muted))
    };
    let (streak, streak_style) = streak(model, habit, ask, theme);
    let streak_room = if streak.is_empty() { 0 } else { columns.streak };
    let streak = Span::styled(fit::right(&streak, columns.streak), streak_style);
    let mut end = match word {
        Some((word, style)) => vec![Span::styled(word, style)],
        None => {
            strip(model, habit, columns.strip, theme).into_iter().chain([streak.clone()]).collect()
        }
    };
    // After missed days what helps may stand in place of the strip, and needs all of its room.
    if outlook.missed_in_a_row == 0 {
        end = fit::without_lead(end);
    }
    let taken: usize = end.iter().map(Span::width).sum();
    let track = model.workspace.tracks.get(&id);
    let has_note = track.is_some_and(|track| track.notes.contains_key(&model.day));
    let fixed = BOX + taken + usize::from(taken > 0) + if has_note { NOTE } else { 0 };
    let room = columns.all.saturating_sub(fixed);
    let name_style = if is_archived || !ask.is_unfinished() { theme.muted } else { theme.text };
    let text = found::clipped(finder, &habit.name, room, name_style, theme);
    let free = room.saturating_sub(text.iter().map(Span::width).sum());
    let beside = |room: usize| {
        let room = room.saturating_sub(ASIDE_GAPS);
        let doctor = model.key_in(Pane::Today, Action::RecipeDoctor);
        outlook::beside(&outlook, habit, (model.today, doctor), room, theme)
    };
    let mut spans = vec![Span::styled(glyph, style), Span::raw(" ")];
    spans.extend(text);
    if let Some(aside) = beside(free) {
        let gap = " ".repeat(free.saturating_sub(aside.width() + 1));
        spans.extend([Span::raw(gap), aside, Span::raw(" ")]);
    } else {
        spans.push(Span::raw(" ".repeat(free)));
        // Where a long name leaves no room, what helps matters more than the days that were missed.
        let covered = taken.saturating_sub(streak_room);
        let is_missed = outlook.missed_in_a_row > 0 && word.is_none();
        if let Some(aside) = beside(covered + ASIDE_GAPS).filter(|_| is_missed) {
            let gap = " ".repeat(covered.saturating_sub(aside.width()));
            end = vec![Span::raw(gap), aside];
            end.extend((streak_room > 0).then_some(streak));
        }
    }
    if has_note {
        spans.push(Span::styled(format!(" {}", theme.glyphs.note), theme.under_way));
    }
    fit::spread(spans, end, columns.all)
}

/// What lies ahead, where today is shown.
fn outlook_now(model: &Model, habit: &Habit) -> Outlook {
    model.outlook(habit).filter(|_| model.day == model.today).unwrap_or_default()
}

/// How many days the strips have: as many as leave every name whole and the advice beside it, else
/// as leave a name 20 columns. Where there is advice the strips give way to it first.
fn strip_days(model: &Model, columns: usize) -> usize {
    let (mut wanted, mut has_advice) = (NAME, false);
    let doctor = model.key_in(Pane::Today, Action::RecipeDoctor);
    for habit in model.habits.rows().iter().filter_map(|id| model.workspace.habit(*id)) {
        // A name that is very long is cut anyway.
        let name = fit::width(&text::shown(&habit.name)).min(2 * NAME);
        let advice = outlook::least_advice(&outlook_now(model, habit), doctor);
        has_advice |= advice.is_some();
        wanted = wanted.max(name + advice.map_or(0, |advice| ASIDE_GAPS + advice));
    }
    let leaving =
        |name: usize, days: [usize; 2]| days.into_iter().find(|days| columns > name + days);
    let longest = if has_advice { 7 } else { 14 };
    leaving(wanted, [14, 7]).or_else(|| leaving(NAME, [longest, 7])).unwrap_or(0)
}

fn is_unsaved(model: &Model, id: HabitId) -> bool {
    model.unsaved.iter().any(|change| {
        matches!(change, Change::CheckInSet { habit, day, .. } | Change::CheckInNote { habit, day, .. }
            if *habit == id && *day == model.day)
    })
}

/// The box of a habit's day.
pub fn mark<'t>(ask: &Ask, theme: &'t Theme) -> (&'t str, ratatui::style::Style) {
    marked(ask.mark, ask, theme)
}

/// The box of a mark; one that waits to be saved shows what it will be, beside "not saved".
fn marked(mark: Option<Mark>, ask: &Ask, theme: &Theme) -> (&'static str, ratatui::style::Style) {
    // A tick that waits to be taken back leaves a box to tick.
    let is_open = ask.is_unfinished() || ask.mark.is_some() && ask.is_due;
    match (mark, is_open) {
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
            let (count, unit) =
                (figures.current_streak, figures.unit.letter(theme.glyphs.is_ascii));
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
