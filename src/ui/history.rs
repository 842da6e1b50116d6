//! The history: a year of days with a cursor, its figures, and views of what it came to.
//!
//! ```text
//! ┌ Sun 22 Nov: done ─────────────────────── ■ done – rest · missed ┐
//! │      Dec  Jan Feb Mar  Apr May Jun                 7 d   86 %   │
//! │ Mon ■■■·■–■■·■■■■■■■■·■·■■■··■■■■■■■·■■            30 d  80 %   │
//! ├ ▌Log▐ Streaks  Weekdays  Strength  Minutes  Recipes ────────────┤
//! ```
//!
//! Owns the frames, their titles and the year; every view has its file. Must not know how figures
//! come about.

mod figures;
mod log;
mod minutes;
mod recipes;
mod streaks;
mod strength;
mod weekdays;

use std::ops::Range;

use chrono::NaiveDate;
use ratatui::{
    Frame,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
};

use super::{
    cell::{Cell, spans_of},
    fit, heatmap, pane,
    theme::Theme,
};
use crate::{
    app::{
        Action, Model,
        history::{View, frames::Frames},
        mouse::{Spot, Target},
    },
    domain::{
        change::Change,
        day::{plus, short},
        figures::Tally,
        habit::Mark,
    },
};

/// Draws it all.
pub fn draw(model: &Model, frames: Frames, theme: &Theme, frame: &mut Frame<'_>) {
    for (area, has_keys) in
        [(frames.log, false), (Some(frames.view), false), (Some(frames.year), true)]
    {
        if let Some(area) = area {
            pane::bordered(area, has_keys, theme, frame);
        }
    }
    let legend = legend(model, theme);
    on_line(frames.year, &legend, true, frame);
    let taken: usize = legend.iter().map(Span::width).sum();
    let room = usize::from(frames.year.width).saturating_sub(taken + 6);
    let title = fit::clipped(&title(model), room.max(20), theme);
    on_line(frames.year, &[Span::styled(format!(" {title} "), theme.title_focused)], false, frame);
    if frames.is_strip() {
        frame.render_widget(strip(model, frames, theme), frames.heat);
    } else {
        heat(model, frames, theme, frame);
    }
    if let Some(area) = frames.figures {
        figures::draw(model, area, theme, frame);
    }
    if let Some(area) = frames.log {
        on_line(area, &[Span::styled(" Log ", theme.title)], false, frame);
        log::draw(model, area.inner(Margin::new(1, 1)), theme, frame);
    }
    view(model, frames, theme, frame);
}

/// How many lines the view has that scroll.
pub fn lines_of_view(model: &Model, frames: Frames, theme: &Theme) -> usize {
    let area = frames.view.inner(Margin::new(2, 1));
    lines(model, area, theme).map_or(0, |lines| lines.count)
}

/// Where the tabs of the views are.
pub fn spots(model: &Model, theme: &Theme) -> Vec<Spot> {
    let Some(frames) = model.areas.history else { return Vec::new() };
    let mut x = frames.view.x + 1;
    let mut spots = Vec::new();
    for (view, tab) in tabs(model, frames, theme) {
        let width = u16::try_from(tab.iter().map(Span::width).sum::<usize>()).unwrap_or(u16::MAX);
        let area = Rect { x, width, height: 1, ..frames.view }.intersection(frames.view);
        spots.extend(view.map(|view| Spot { area, target: Target::View(view) }));
        x = x.saturating_add(width);
    }
    spots
}

/// The lines of a view.
struct Lines<'a> {
    /// How many there are.
    count: usize,
    /// Those that are in sight.
    in_sight: Vec<Line<'a>>,
    /// How many are below them.
    below: usize,
}

impl<'a> Lines<'a> {
    /// Makes only those in sight.
    fn new(
        count: usize,
        model: &Model,
        area: Rect,
        make: impl FnOnce(Range<usize>) -> Vec<Line<'a>>,
    ) -> Self {
        let rows = usize::from(area.height);
        let top = model.history.top.min(count.saturating_sub(rows));
        let end = count.min(top + rows);
        Self { count, in_sight: make(top..end), below: count - end }
    }

    fn of(all: Vec<Line<'a>>, model: &Model, area: Rect) -> Self {
        Self::new(all.len(), model, area, |in_sight| {
            all.into_iter().skip(in_sight.start).take(in_sight.len()).collect()
        })
    }
}

/// The lines of a view that has lines.
fn lines<'a>(model: &Model, area: Rect, theme: &'a Theme) -> Option<Lines<'a>> {
    let columns = usize::from(area.width);
    let count = model.history.overview.streaks.len();
    Some(match model.shown_view() {
        View::Streaks if count > 0 => Lines::new(count, model, area, |in_sight| {
            streaks::lines(model, columns, in_sight, theme)
        }),
        View::Streaks => Lines::of(streaks::none(columns, theme), model, area),
        View::Weekdays => {
            Lines::of(weekdays::lines(model, columns, area.height.into(), theme), model, area)
        }
        View::Recipes => Lines::of(recipes::lines(model, columns, theme), model, area),
        View::Log | View::Strength | View::Minutes => return None,
    })
}

/// The chosen view; where it has more lines, with the key that shows them.
fn view(model: &Model, frames: Frames, theme: &Theme, frame: &mut Frame<'_>) {
    let tabs: Vec<_> = tabs(model, frames, theme).into_iter().flat_map(|(_, tab)| tab).collect();
    on_line(frames.view, &tabs, false, frame);
    let area = frames.view.inner(Margin::new(2, 1));
    match model.shown_view() {
        _ if !model.history.is_read() => {
            let text = "These days could not be read. The next key tries again.";
            let place = Rect { height: 1.min(area.height), ..area };
            frame.render_widget(Line::styled(text, theme.muted), place);
        }
        View::Log => log::draw(model, frames.view.inner(Margin::new(1, 1)), theme, frame),
        View::Strength => strength::draw(model, area, theme, frame),
        View::Minutes => minutes::draw(model, area, theme, frame),
        View::Streaks | View::Weekdays | View::Recipes => {
            let Some(Lines { in_sight, below, .. }) = lines(model, area, theme) else { return };
            for (y, line) in (area.y..area.bottom()).zip(in_sight) {
                frame.render_widget(line, Rect { y, height: 1, ..area });
            }
            if below > 0 {
                let key = model.key_beneath(Action::HalfDown);
                let key = key.map_or_else(String::new, |key| format!(", {key}"));
                let text = format!(" {below} more{key} ");
                let width = u16::try_from(fit::width(&text)).unwrap_or(0).min(area.width);
                let (x, y) = (area.right() - width, frames.view.bottom() - 1);
                let place = Rect { x, y, width, height: 1 };
                frame.render_widget(Span::styled(text, theme.muted), place);
            }
        }
    }
}

/// Spans on the top line of a frame.
fn on_line(area: Rect, spans: &[Span<'_>], is_right: bool, frame: &mut Frame<'_>) {
    let taken: usize = spans.iter().map(Span::width).sum();
    let width = u16::try_from(taken).unwrap_or(u16::MAX).min(area.width.saturating_sub(2));
    let x = if is_right { area.right() - 1 - width } else { area.x + 1 };
    let place = Rect { x, width, height: 1, ..area };
    frame.render_widget(Line::from(spans.to_vec()), place);
}

/// The tabs of the views; where they don't fit, the shown one and its place.
fn tabs<'a>(model: &Model, frames: Frames, theme: &Theme) -> Vec<(Option<View>, Vec<Span<'a>>)> {
    let columns = usize::from(frames.view.width).saturating_sub(4);
    let views = &View::ALL[usize::from(frames.log.is_some())..];
    let shown = model.shown_view();
    let focused = |view: View| {
        let [left, right] = theme.glyphs.tab;
        vec![
            Span::styled(left, theme.border_focused),
            Span::styled(view.title(), theme.title_focused),
            Span::styled(right, theme.border_focused),
        ]
    };
    let mut tabs = vec![(None, vec![Span::raw(" ")])];
    for view in views {
        let tab = if *view == shown {
            focused(*view)
        } else {
            vec![Span::styled(format!(" {} ", view.title()), theme.muted)]
        };
        tabs.push((Some(*view), tab));
    }
    if tabs.iter().flat_map(|(_, tab)| tab).map(Span::width).sum::<usize>() > columns {
        let place = views.iter().position(|view| *view == shown).unwrap_or(0) + 1;
        tabs.truncate(1);
        tabs.push((Some(shown), focused(shown)));
        let place = format!(" {place}/{} ", views.len());
        tabs.push((None, vec![Span::styled(place, theme.muted)]));
    }
    tabs
}

/// The cursor's day and what it was.
fn title(model: &Model) -> String {
    let history = &model.history;
    let day = short(history.cursor, model.today);
    if !model.history.is_read() {
        return format!("{day}: not read");
    }
    let Some(habit) = model.told_habit() else {
        return match share(model, history.cursor) {
            Some(share) if share.all > 0 => format!("{day}: {} of {} done", share.met, share.all),
            _ => format!("{day}: nothing asked"),
        };
    };
    let said = match (model.mark_on_day(habit.id), cell(model, history.cursor)) {
        (Some(Mark::Done), _) => "done",
        (Some(Mark::Rest), _) => "rest",
        (None, Cell::Missed) => "missed",
        (None, _) if history.cursor > model.today => "to come",
        (None, _) => "no mark",
    };
    let is_unsaved = model.unsaved.iter().any(|change| {
        matches!(change, Change::CheckInSet { habit: id, day, .. } | Change::CheckInNote { habit: id, day, .. }
            if *id == habit.id && *day == history.cursor)
    });
    let unsaved = if is_unsaved { ", not saved" } else { "" };
    format!("{day}: {said}{unsaved}")
}

/// What a day of the one habit was.
fn cell(model: &Model, day: NaiveDate) -> Cell {
    let habit = model.told_habit();
    let days = habit.and_then(|habit| model.history.pages.days.get(&habit.id));
    match (habit, days) {
        (Some(habit), Some(days)) => Cell::of(day, model, habit, &days.marks),
        (Some(habit), None) => Cell::of(day, model, habit, &std::collections::BTreeMap::new()),
        _ => Cell::Blank,
    }
}

/// What was done of what was asked of all habits on a day.
fn share(model: &Model, day: NaiveDate) -> Option<Tally> {
    let place = model.history.stretch.place(day)?;
    model.history.overview.shares.get(place).copied()
}

/// None, some, most or all: the place among the shades.
fn level(share: Tally) -> usize {
    match (share.met, share.all) {
        (0, _) => 0,
        (met, all) if met >= all => 3,
        (met, all) if met * 2 >= all => 2,
        _ => 1,
    }
}

/// The glyph and style of a day of the year.
fn drawn<'t>(model: &Model, day: NaiveDate, theme: &'t Theme) -> (&'t str, Style) {
    if !model.history.stretch.holds(day) {
        return Cell::Blank.drawn(theme);
    }
    if model.history.habit.is_some() {
        return cell(model, day).drawn(theme);
    }
    match share(model, day).filter(|share| share.all > 0) {
        Some(share) => (theme.glyphs.shades[level(share)], theme.shades[level(share)]),
        None => Cell::Blank.drawn(theme),
    }
}

fn legend<'a>(model: &Model, theme: &'a Theme) -> Vec<Span<'a>> {
    let mut spans = vec![Span::raw(" ")];
    if model.areas.screen.width < 60 {
        return Vec::new();
    }
    if model.history.habit.is_some() {
        spans.extend(heatmap::legend(theme));
    } else {
        for (at, word) in ["none", "some", "half or more", "all"].into_iter().enumerate() {
            spans.push(Span::styled(theme.glyphs.shades[at], theme.shades[at]));
            spans.push(Span::styled(format!(" {word}  "), theme.muted));
        }
    }
    if let Some(last) = spans.last_mut() {
        last.content.to_mut().pop();
    }
    spans
}

fn heat(model: &Model, frames: Frames, theme: &Theme, frame: &mut Frame<'_>) {
    let Some(heat) = model.history_heat() else { return };
    let cell = |day| drawn(model, day, theme);
    let cursor = Some(model.history.cursor);
    let lines = heatmap::grid(heat.first, heat.weeks, cursor, theme, cell);
    for (y, line) in (frames.heat.y..frames.heat.bottom()).zip(lines) {
        frame.render_widget(line, Rect { y, height: 1, ..frames.heat });
    }
}

/// The days around the cursor in one line, where there is no room for a year.
fn strip<'a>(model: &Model, frames: Frames, theme: &'a Theme) -> Line<'a> {
    let cursor = model.history.cursor;
    let first = frames.strip_start(cursor, model.today);
    let days = (0..i64::from(frames.heat.width)).map(|at| plus(first, at));
    let place = days.clone().position(|day| day == cursor).unwrap_or(0);
    let cells: Vec<_> = days.map(|day| drawn(model, day, theme)).collect();
    let mut spans = spans_of(cells[..place].iter().copied());
    spans.push(Span::styled(cells[place].0, theme.cursor));
    spans.extend(spans_of(cells[place + 1..].iter().copied()));
    Line::from(spans)
}

/// A bar as long as its share of `room`; never nothing where there is something.
fn bar(share: f64, room: usize, theme: &Theme) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of some columns"
    )]
    let length = (share * room as f64).round() as usize;
    let length = if share > 0.0 { length.max(1) } else { 0 };
    fit::fitted(&theme.glyphs.length.repeat(length.min(room)), room, theme)
}

/// A share as a percentage, or a dash where there is none, to the right of 5 columns.
fn percent(tally: Tally) -> String {
    let text = tally.share().map_or_else(
        || "–".to_owned(),
        |share| format!("{} %", super::habit_detail::percent(share)),
    );
    fit::right(&text, 5)
}
