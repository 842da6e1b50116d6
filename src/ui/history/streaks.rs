//! Streaks as bars, the longest first.
//!
//! Must not know how they are counted.

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

/// A line each; among all habits with its name.
pub fn lines<'a>(model: &Model, columns: usize, theme: &Theme) -> Vec<Line<'a>> {
    let streaks = &model.history.overview.streaks;
    let Some((_, longest)) = streaks.first() else {
        let text = "No streak yet. The first one begins with the next tick.";
        return fit::wrapped(text, columns)
            .into_iter()
            .map(|line| Line::styled(line, theme.muted))
            .collect();
    };
    let is_all = model.history.habit.is_none();
    let name = if is_all { NAME.min(columns.saturating_sub(DATES + LENGTH)) } else { 0 };
    let room = columns.saturating_sub(DATES + LENGTH + name).min(40);
    let line = |(id, streak): &(crate::domain::ids::HabitId, crate::domain::streak::Streak)| {
        let length = fit::grouped(streak.length);
        let unit = streak.unit.letter(theme.glyphs.is_ascii);
        let mut spans = vec![Span::raw(format!("{} {unit}  ", fit::right(&length, 5)))];
        if room > 3 {
            let share = f64::from(streak.length) / f64::from(longest.length.max(1));
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
    streaks.iter().map(line).collect()
}
