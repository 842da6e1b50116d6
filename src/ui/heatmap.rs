//! A year of one habit, a column a week.
//!
//! ```text
//!      Dec  Jan Feb Mar
//! Mon ■■■■■■·–■■■■■■■··
//!     ■■■■■·■■■■■■■■■·■
//! ```
//!
//! Drawn by us because the week may start on any day. Must not know how days were read.

use chrono::{Datelike, NaiveDate};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{
    cell::{Cell, spans_of},
    theme::Theme,
};
use crate::{
    app::{
        Model,
        heat::{Heat, heatmap_end},
    },
    domain::{
        day::{plus, week_start},
        habit::Habit,
    },
};

/// Columns before the first week.
pub const LABEL: usize = 4;
/// The most weeks that are shown.
const WEEKS: usize = 53;

/// Where the days lie within the heatmap, below the months and behind the days' names.
pub fn place(model: &Model, columns: usize) -> Option<Heat> {
    let weeks = columns.saturating_sub(LABEL).min(WEEKS);
    let weeks_before = i64::try_from(weeks).ok()? - 1;
    let last_week = week_start(heatmap_end(model), model.workspace.rules.week_starts_on);
    let first = plus(last_week, -7 * weeks_before);
    (weeks >= 4).then_some(Heat { line: 1, column: LABEL, first, weeks })
}

/// The heatmap in at most `columns`: months, seven rows and a legend. Nothing in too few columns.
pub fn lines<'a>(model: &Model, habit: &Habit, columns: usize, theme: &'a Theme) -> Vec<Line<'a>> {
    let (Some(track), Some(heat)) = (model.workspace.tracks.get(&habit.id), place(model, columns))
    else {
        return Vec::new();
    };
    let Heat { first, weeks, .. } = heat;
    // The shown day stands out as a cursor, so that one sees what would be edited.
    let cursor = (model.day != model.today).then_some(model.day);
    let cell = |day| Cell::of(day, model, habit, &track.marks).drawn(theme);
    let mut lines = grid(first, weeks, cursor, theme, cell);
    let mut spans = vec![Span::raw(" ".repeat(LABEL))];
    spans.extend(legend(theme));
    lines.push(Line::from(spans));
    lines
}

/// Months and seven rows of days, of so many weeks from a week's first day on.
pub fn grid<'a>(
    first: NaiveDate,
    weeks: usize,
    cursor: Option<NaiveDate>,
    theme: &'a Theme,
    cell: impl Fn(NaiveDate) -> (&'a str, Style),
) -> Vec<Line<'a>> {
    let mut lines = vec![months(first, weeks, theme)];
    for row in 0..7 {
        let label = if row % 2 == 0 {
            plus(first, row).format("%a ").to_string()
        } else {
            " ".repeat(LABEL)
        };
        let mut spans = vec![Span::styled(label, theme.muted)];
        let weeks = i64::try_from(weeks).unwrap_or(0);
        let days = (0..weeks).map(|week| plus(first, 7 * week + row));
        let place = days.clone().position(|day| Some(day) == cursor);
        let cells: Vec<_> = days.map(&cell).collect();
        match place {
            Some(at) => {
                spans.extend(spans_of(cells[..at].iter().copied()));
                spans.push(Span::styled(cells[at].0, theme.cursor));
                spans.extend(spans_of(cells[at + 1..].iter().copied()));
            }
            None => spans.extend(spans_of(cells)),
        }
        lines.push(Line::from(spans));
    }
    lines
}

/// Month names over the week that holds their first day, where there is room.
fn months<'a>(first: NaiveDate, weeks: usize, theme: &Theme) -> Line<'a> {
    let mut text = " ".repeat(LABEL);
    let mut month = plus(first, -1).month();
    for week in 0..weeks {
        let last = plus(first, i64::try_from(week).unwrap_or(0) * 7 + 6);
        let is_new = last.month() != month;
        month = last.month();
        if is_new && text.len() <= LABEL + week && week + 3 <= weeks {
            text.extend(std::iter::repeat_n(' ', LABEL + week - text.len()));
            text.push_str(&last.format("%b ").to_string());
        }
    }
    Line::from(Span::styled(text, theme.muted))
}

/// What the glyphs of one habit's days mean.
pub fn legend(theme: &Theme) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    for (cell, word) in [(Cell::Done, "done"), (Cell::Rest, "rest"), (Cell::Missed, "missed")] {
        let (glyph, style) = cell.drawn(theme);
        spans.push(Span::styled(glyph, style));
        spans.push(Span::styled(format!(" {word}  "), theme.muted));
    }
    spans
}
