//! Rates by weekday and by month.
//!
//! Must not know how they come about.

use ratatui::text::{Line, Span};

use super::{bar, percent};
use crate::{
    app::Model,
    domain::{day::plus, figures::Tally},
    ui::{fit, theme::Theme},
};

/// From so many columns on the months stand beside the weekdays.
const BESIDE: usize = 56;
/// Columns of a name, a percentage and the counts.
const FIXED: usize = 22;

/// Both, side by side where there is room.
pub fn lines<'a>(model: &Model, columns: usize, rows: usize, theme: &Theme) -> Vec<Line<'a>> {
    let overview = &model.history.overview;
    let starts_on = model.workspace.rules.week_starts_on;
    let weekdays = (0..7).map(|at| {
        let day = plus(model.history.stretch.grid, at);
        let place =
            (starts_on.num_days_from_monday() as usize + usize::try_from(at).unwrap_or(0)) % 7;
        (day.format("%a").to_string(), overview.weekdays[place])
    });
    let months =
        overview.months.iter().map(|(month, tally)| (month.format("%b").to_string(), *tally));
    let is_beside = columns >= BESIDE;
    let room = if is_beside { columns / 2 - 1 } else { columns };
    let mut left = table("by weekday", weekdays, room, theme);
    let mut right = table("by month", months, room, theme);
    let note = "Of the days it was asked for, and of the windows that ended.";
    if !is_beside {
        left.push(Line::default());
        left.append(&mut right);
    } else {
        // Without room for a heading and twelve months, the rows matter more.
        if rows < right.len() {
            left.remove(0);
            right.remove(0);
        }
        left.resize(right.len().max(left.len()), Line::default());
        for (line, other) in left.iter_mut().zip(right) {
            let gap = (room + 2).saturating_sub(line.width());
            line.spans.push(Span::raw(" ".repeat(gap)));
            line.spans.extend(other.spans);
        }
    }
    if rows > left.len() + 1 {
        left.push(Line::default());
        left.extend(
            fit::wrapped(note, columns).into_iter().map(|line| Line::styled(line, theme.muted)),
        );
    }
    left
}

fn table<'a>(
    title: &'static str,
    rows: impl Iterator<Item = (String, Tally)>,
    columns: usize,
    theme: &Theme,
) -> Vec<Line<'a>> {
    let room = columns.saturating_sub(FIXED).min(30);
    let row = |(name, tally): (String, Tally)| {
        let counts =
            if tally.all == 0 { String::new() } else { format!("{}/{}", tally.met, tally.all) };
        Line::from(vec![
            Span::styled(format!("{name}  "), theme.muted),
            Span::raw(percent(tally)),
            Span::raw("  "),
            Span::styled(bar(tally.share().unwrap_or(0.0), room, theme), theme.bar),
            Span::styled(format!("  {counts}"), theme.muted),
        ])
    };
    [Line::styled(title, theme.heading)].into_iter().chain(rows.map(row)).collect()
}
