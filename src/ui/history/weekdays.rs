//! Rates by weekday and by month.
//!
//! Must not know how they come about.

use chrono::Datelike;
use ratatui::text::{Line, Span};

use super::{bar, percent};
use crate::{
    app::Model,
    domain::{day::plus, figures::Tally},
    ui::{fit, theme::Theme},
};

/// From so many columns on the tables stand side by side.
const BESIDE: usize = 56;
/// A heading and twelve months.
const YEAR_ROWS: usize = 13;
/// Columns between tables.
const GAP: usize = 2;
/// Columns of a name and a percentage with the gaps around them.
const FIXED: usize = 12;
/// Columns of the counts, left out where the bar would be hardly longer.
const COUNTS: usize = 9;
/// What the two rates are.
const NOTE: &str = "By weekday: of the days it was asked for or done, how many were done. \
                    By month: of what ended in it, how much was met; a week counts as one.";

type Rows = Vec<(String, Tally)>;

/// Weekdays and months: side by side where there is room, the months in two halves where rows are
/// few.
pub fn lines<'a>(model: &Model, columns: usize, rows: usize, theme: &Theme) -> Vec<Line<'a>> {
    let overview = &model.history.overview;
    let weekdays: Rows = (0..7)
        .map(|at| plus(model.history.stretch.grid, at))
        .map(|day| {
            let place = day.weekday().num_days_from_monday() as usize;
            (day.format("%a").to_string(), overview.weekdays[place])
        })
        .collect();
    let months = overview.months.iter();
    let mut months: Rows =
        months.map(|(month, tally)| (month.format("%b").to_string(), *tally)).collect();
    let is_beside = columns >= BESIDE;
    let mut tables = vec![("by weekday", weekdays)];
    if is_beside && rows < YEAR_ROWS {
        let late = months.split_off(months.len() / 2);
        tables.extend([("by month", months), ("", late)]);
    } else {
        tables.push(("by month", months));
    }
    let mut lines = if is_beside {
        beside(&tables, columns, theme)
    } else {
        let drawn = tables.iter().map(|(title, rows)| table(title, rows, columns, theme));
        drawn.collect::<Vec<_>>().join(&Line::default())
    };
    lines.push(Line::default());
    let note = fit::wrapped(NOTE, columns).into_iter();
    lines.extend(note.map(|line| Line::styled(line, theme.muted)));
    lines
}

fn beside<'a>(tables: &[(&'static str, Rows)], columns: usize, theme: &Theme) -> Vec<Line<'a>> {
    let room = (columns + GAP) / tables.len() - GAP;
    let height = tables.iter().map(|(_, rows)| rows.len() + 1).max().unwrap_or(0);
    let mut lines = vec![Line::default(); height];
    for (at, (title, rows)) in tables.iter().enumerate() {
        for (line, row) in lines.iter_mut().zip(table(title, rows, room, theme)) {
            let gap = (at * (room + GAP)).saturating_sub(line.width());
            line.spans.push(Span::raw(" ".repeat(gap)));
            line.spans.extend(row.spans.into_iter().map(|span| span.patch_style(row.style)));
        }
    }
    lines
}

fn table<'a>(
    title: &'static str,
    rows: &[(String, Tally)],
    columns: usize,
    theme: &Theme,
) -> Vec<Line<'a>> {
    let has_counts = columns >= FIXED + 2 * COUNTS;
    let room = columns.saturating_sub(FIXED + if has_counts { COUNTS } else { 0 }).min(30);
    let row = |(name, tally): &(String, Tally)| {
        let mut spans = vec![
            Span::styled(format!("{name}  "), theme.muted),
            Span::raw(percent(*tally)),
            Span::raw("  "),
            Span::styled(bar(tally.share().unwrap_or(0.0), room, theme), theme.bar),
        ];
        if has_counts && tally.all > 0 {
            let counts = format!("{}/{}", tally.met, tally.all);
            spans.push(Span::styled(fit::right(&counts, COUNTS), theme.muted));
        }
        Line::from(spans)
    };
    let title = Line::styled(title, theme.heading);
    [title].into_iter().chain(rows.iter().map(row)).collect()
}
