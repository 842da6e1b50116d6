//! Streaks as bars, the longest first.
//!
//! Must not know how they are counted.

use std::ops::Range;

use ratatui::text::{Line, Span};

use super::bar;
use crate::{
    app::Model,
    ui::{fit, habit_detail, theme::Theme},
};

/// Columns of the dates of a streak in other years.
const DATES: usize = 27;
/// Columns of the length and its unit.
const LENGTH: usize = 9;
/// The most columns of a habit's name.
const NAME: usize = 24;

/// What stands there instead of streaks.
pub fn none<'a>(columns: usize, theme: &Theme) -> Vec<Line<'a>> {
    let text = "No streak yet. The first one begins with the next tick.";
    let lines = fit::wrapped(text, columns).into_iter();
    lines.map(|line| Line::styled(line, theme.muted)).collect()
}

/// A line each of those in sight, for there may be thousands; among all habits with its name.
pub fn lines<'a>(
    model: &Model,
    columns: usize,
    in_sight: Range<usize>,
    theme: &Theme,
) -> Vec<Line<'a>> {
    let streaks = &model.history.overview.streaks;
    let longest = streaks.first().map_or(1, |(_, longest)| longest.length.max(1));
    let is_all = model.history.habit.is_none();
    let name = if is_all { NAME.min(columns.saturating_sub(DATES + LENGTH)) } else { 0 };
    let room = columns.saturating_sub(DATES + LENGTH + name).min(40);
    let line = |(id, streak): &(crate::domain::ids::HabitId, crate::domain::streak::Streak)| {
        let length = fit::grouped(streak.length);
        let unit = streak.unit.letter(theme.glyphs.is_ascii);
        let mut spans = vec![Span::raw(format!("{} {unit}  ", fit::right(&length, 5)))];
        if room > 3 {
            let share = f64::from(streak.length) / f64::from(longest);
            spans.push(Span::styled(bar(share, room - 2, theme), theme.bar));
            spans.push(Span::raw("  "));
        }
        if is_all {
            let habit = model.workspace.habit(*id).map_or("", |habit| &habit.name);
            spans.push(Span::raw(format!(
                "{}  ",
                fit::fitted(habit, name.saturating_sub(2), theme)
            )));
        }
        spans.push(Span::styled(habit_detail::span(streak, model), theme.muted));
        Line::from(spans)
    };
    streaks[in_sight].iter().map(line).collect()
}
