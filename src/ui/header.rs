//! The top line: the day and what is done.
//!
//! ```text
//!  inch  Mon 23 Nov 2026                    ✓ 3/6 today   ◆ 38/85 topics   ■ 5 projects
//!  Mon 23 Nov   ▌1 Today 3/6▐  2 Curriculum 38/85   3 Portfolio 5
//! ```
//!
//! Must not know how the counts come about.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{digits, fit, theme::Theme};
use crate::{
    app::{
        Model, Pane,
        areas::Layout,
        mouse::{Spot, Target},
        timer::{Phase, Timer},
        today_count,
    },
    domain::{curriculum, text},
};

/// The most columns of a session's title, and the fewest that are worth it.
const TITLE: usize = 24;
const SHORTEST: usize = 8;
/// Columns that a session leaves to a history's name, where there are that many; what it takes all
/// the same for its time; and what it never takes.
const NAME: usize = 60;
const TIME: usize = 14;
const TAB: usize = 26;
/// A header of fewer columns says little.
const SMALL: usize = 60;
/// Columns that stay free between left and right where something is left out for lack of room.
const GAP: usize = 2;

/// Draws it.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let area = model.areas.header;
    let columns = usize::from(area.width);
    let line = if model.is_in_history() {
        history(model, theme, columns)
    } else if model.areas.layout == Layout::Wide {
        wide(model, theme, columns)
    } else {
        let (mut left, tabs) = narrow(model, theme, columns);
        left.extend(tabs.into_iter().flatten());
        let taken: usize = left.iter().map(Span::width).sum();
        let room = columns.saturating_sub(taken);
        fit::spread(left, beside_tabs(model, theme, columns, room), columns)
    };
    frame.render_widget(line, area);
}

/// Where the tabs are.
pub fn spots(model: &Model, theme: &Theme) -> Vec<Spot> {
    let area = model.areas.header;
    if model.areas.layout != Layout::Narrow || model.is_in_history() {
        return Vec::new();
    }
    let taken = |spans: &[Span<'_>]| {
        u16::try_from(spans.iter().map(Span::width).sum::<usize>()).unwrap_or(u16::MAX)
    };
    let (left, tabs) = narrow(model, theme, usize::from(area.width));
    let mut x = area.x + taken(&left);
    let spots = Pane::ALL.into_iter().zip(tabs).map(|(pane, tab)| {
        // The space behind it belongs to no tab.
        let width = taken(&tab).saturating_sub(1);
        let place = Rect { x, width, ..area };
        x = x.saturating_add(width + 1);
        Spot { area: place.intersection(area), target: Target::Tab(pane) }
    });
    spots.collect()
}

fn wide<'a>(model: &Model, theme: &'a Theme, columns: usize) -> Line<'a> {
    let mut left =
        vec![Span::styled(" inch  ", theme.title_focused), day(model, theme, "%a %-d %b %Y")];
    let (today, topics) = (today_count(model), progress(model));
    let when = if model.day == model.today { "today" } else { "that day" };
    let mut counts = vec![
        Span::styled(format!("  {}", theme.glyphs.done), theme.done),
        Span::raw(format!(" {}/{} {when}   ", today.done, today.due)),
        Span::styled(theme.glyphs.topic, theme.link),
        Span::raw(format!(" {}/{} topics   ", topics.mastered, topics.counted)),
    ];
    let least = counts.len();
    if let Some([sign, due]) = reviews(model, theme, true) {
        counts.extend([sign, due, Span::raw("  ")]);
    }
    counts.push(Span::styled(theme.glyphs.project, theme.under_way));
    counts.push(Span::raw(format!(" {} ", plural(model.project_count(), "project"))));
    let mut right = wrong(model, theme, columns);
    let room = |counts: &[Span<'_>]| {
        let taken = left.iter().chain(&right).chain(counts).map(Span::width).sum::<usize>();
        columns.saturating_sub(taken + GAP)
    };
    if model.timer.is_some() && room(&counts) < TIME {
        // What has come back, and how many projects there are, is what one misses least.
        counts.truncate(least);
    }
    let running = session(model, theme, room(&counts));
    right.extend(running);
    right.extend(counts);
    left.extend(life(model, theme).filter(|life| {
        let taken = left.iter().chain(&right).chain([life]).map(Span::width).sum::<usize>();
        taken + GAP <= columns
    }));
    fit::spread(left, right, columns)
}

/// Whose history, which of how many, and which year.
fn history<'a>(model: &Model, theme: &'a Theme, columns: usize) -> Line<'a> {
    let count = model.workspace.habits.len();
    let (name, place) = match model.told_habit() {
        Some(habit) => {
            let place = model.told_habits().position(|each| each.id == habit.id).unwrap_or(0) + 1;
            let archived = if habit.archived_on().is_some() { ", archived" } else { "" };
            let place = format!("  ({place} of {count}{archived})");
            (habit.name.clone(), if count == 1 { String::new() } else { place })
        }
        None => ("All habits".to_owned(), format!("  ({})", plural(count, "habit"))),
    };
    let year = match model.history.year {
        Some(year) => year.to_string(),
        None if columns < SMALL => "a year".to_owned(),
        None => "the last year".to_owned(),
    };
    let mut right = beside_tabs(model, theme, columns, columns.saturating_sub(NAME));
    let gap = if right.is_empty() { 0 } else { GAP };
    right.push(Span::styled(format!("  {year} "), theme.text));
    let title = if columns < SMALL { " " } else { " inch  History · " };
    let taken =
        right.iter().map(Span::width).sum::<usize>() + fit::width(title) + fit::width(&place);
    let left = vec![
        Span::styled(title, theme.title_focused),
        Span::styled(
            fit::clipped(&name, columns.saturating_sub(taken + gap), theme),
            theme.heading,
        ),
        Span::styled(place, theme.muted),
    ];
    fit::spread(left, right, columns)
}

/// The person's own count of days, where they want one: `day 11,322 of 27,649`.
fn life<'a>(model: &Model, theme: &Theme) -> Option<Span<'a>> {
    let days = model.config.days;
    let number = days.number(model.day)?;
    // Whoever has had them all has no need to be told.
    let of = if number <= days.expected {
        format!(" of {}", fit::grouped(days.expected))
    } else {
        String::new()
    };
    Some(Span::styled(format!("   day {}{of}", fit::grouped(number)), theme.muted))
}

/// The day and the tabs.
fn narrow<'a>(
    model: &Model,
    theme: &'a Theme,
    columns: usize,
) -> (Vec<Span<'a>>, Vec<Vec<Span<'a>>>) {
    let right = beside_tabs(model, theme, columns, 0);
    let taken = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    let (today, topics) = (today_count(model), progress(model));
    let counts = [
        format!("{}/{}", today.done, today.due),
        format!("{}/{}", topics.mastered, topics.counted),
        model.project_count().to_string(),
    ];
    let full = |pane: Pane| format!("{} {}", pane.title(), counts[pane as usize]);
    let titled = |pane: Pane| pane.title().to_owned();
    let numbered = |pane: Pane| if pane == model.pane { full(pane) } else { String::new() };
    let bare = |pane: Pane| if pane == model.pane { titled(pane) } else { String::new() };
    let long = || day(model, theme, "%a %-d %b");
    let date = |form| Span::styled(model.day.format(form).to_string(), long().style);
    let dated = || if model.day == model.today { long() } else { date("%a %-d %b") };
    let short = || date("%-d %b");
    // The first that fits whole beside the least that must stand on the right: names and counts, then
    // names, then numbers, then a short day, then none.
    let choices = [
        (long(), tabs(model, theme, full)),
        (dated(), tabs(model, theme, full)),
        (dated(), tabs(model, theme, titled)),
        (dated(), tabs(model, theme, numbered)),
        (short(), tabs(model, theme, numbered)),
        (short(), tabs(model, theme, bare)),
        (Span::raw(""), tabs(model, theme, bare)),
    ];
    let room = columns.saturating_sub(taken(&right) + 3);
    let count = choices.len();
    let (day, tabs) = choices
        .into_iter()
        .enumerate()
        .find(|(at, (day, tabs))| {
            let wanted = day.width() + tabs.iter().map(|tab| taken(tab)).sum::<usize>();
            at + 1 == count || wanted <= room
        })
        .map_or_else(|| (long(), Vec::new()), |(_, choice)| choice);
    (vec![Span::raw(" "), day, Span::raw("  ")], tabs)
}

fn tabs<'a>(model: &Model, theme: &'a Theme, label: impl Fn(Pane) -> String) -> Vec<Vec<Span<'a>>> {
    let tab = |(number, pane): (u16, Pane)| {
        let text = format!("{number} {}", label(pane));
        let text = text.trim_end().to_owned();
        let mut spans = if pane == model.pane {
            vec![
                Span::styled(theme.glyphs.tab[0], theme.border_focused),
                Span::styled(text, theme.title_focused),
                Span::styled(theme.glyphs.tab[1], theme.border_focused),
            ]
        } else {
            vec![Span::styled(format!(" {text} "), theme.muted)]
        };
        spans.push(Span::raw(" "));
        spans
    };
    (1..).zip(Pane::ALL).map(tab).collect()
}

/// The shown day: today's date, its end when that is near, or which other day it is.
fn day<'a>(model: &Model, theme: &Theme, form: &str) -> Span<'a> {
    let date = model.day.format(form).to_string();
    let days = (model.day - model.today).num_days();
    match (days, model.until) {
        (0, None) => Span::styled(date, theme.text),
        (0, Some(until)) => {
            let short = model.day.format("%a %-d %b");
            Span::styled(format!("{short} until {}", until.format("%H:%M")), theme.elsewhen)
        }
        (-1, _) => Span::styled(format!("{date}, yesterday"), theme.elsewhen),
        (1, _) => Span::styled(format!("{date}, tomorrow"), theme.elsewhen),
        (..0, _) => Span::styled(format!("{date}, {} days ago", -days), theme.elsewhen),
        _ => Span::styled(format!("{date}, in {days} days"), theme.elsewhen),
    }
}

/// What waits and what runs, right of tabs or title: in words where `room` has place for them, and no
/// less than signs and a time where it has none.
fn beside_tabs<'a>(model: &Model, theme: &'a Theme, columns: usize, room: usize) -> Vec<Span<'a>> {
    let mut right = wrong(model, theme, columns);
    let taken = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    let is_wrong = !right.is_empty();
    // What is wrong comes before what has come back.
    if model.timer.is_none() && !model.is_in_history() && (!is_wrong || columns >= SMALL) {
        let is_wordy = |due: &[Span<'_>; 2]| taken(due) + taken(&right) <= room;
        let due = reviews(model, theme, true).filter(is_wordy);
        right.extend(due.or_else(|| reviews(model, theme, false)).into_iter().flatten());
    }
    let room = room.max(TIME).min(columns.saturating_sub(taken(&right) + TAB));
    right.extend(session(model, theme, room));
    right
}

/// A session that goes on: its time and as much of its title as there is room for.
fn session<'a>(model: &Model, theme: &Theme, room: usize) -> Vec<Span<'a>> {
    let timer = model.timer.as_ref().filter(|timer| timer.phase == Phase::Going);
    let time = timer.map(|timer| running(timer, theme));
    let Some(time) = time.filter(|time| fit::width(time) < room) else {
        return Vec::new();
    };
    let room = (room - fit::width(&time)).saturating_sub(2).min(TITLE);
    let title = model.timer_title();
    let least = SHORTEST.min(fit::width(&text::shown(&title)));
    let title = fit::clipped(&title, if room < least { 0 } else { room }, theme);
    let title = if title.is_empty() { " ".to_owned() } else { format!(" {title} ") };
    vec![Span::styled(time, theme.under_way), Span::raw(title)]
}

/// The sign and the time of a timer.
pub fn running(timer: &Timer, theme: &Theme) -> String {
    let seconds = match timer.phase {
        Phase::Countdown { .. } => timer.seconds_left(),
        Phase::Asking | Phase::Going => timer.seconds(),
    };
    format!("{} {}", theme.glyphs.running, digits::clock(seconds))
}

/// How many topics have come back for review.
fn reviews<'a>(model: &Model, theme: &'a Theme, is_wordy: bool) -> Option<[Span<'a>; 2]> {
    let count = model.due_reviews().len();
    let text =
        if is_wordy { format!(" {} ", plural(count, "review")) } else { format!(" {count} ") };
    let sign = Span::styled(theme.glyphs.review, theme.advice);
    (count > 0).then(|| [sign, Span::raw(text)])
}

/// What waits to be saved, and the worst of what stays wrong; the first alone in little room.
fn wrong<'a>(model: &Model, theme: &Theme, columns: usize) -> Vec<Span<'a>> {
    let unsaved = match model.unsaved.len() {
        0 => None,
        count => Some(format!("{count} not saved")),
    };
    let worst = model.troubles.keys().next().map(|trouble| trouble.words().to_owned());
    let most = if columns < SMALL { 1 } else { 2 };
    let said: Vec<_> = unsaved.into_iter().chain(worst).take(most).collect();
    if said.is_empty() {
        return Vec::new();
    }
    vec![Span::styled(format!("{} ", said.join("  ")), theme.bad)]
}

/// Over the whole curriculum.
pub fn progress(model: &Model) -> curriculum::Progress {
    curriculum::progress(&model.curriculum.topics, |id| model.topic_state(id))
}

/// A count with its noun.
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
