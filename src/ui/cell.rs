//! A day as it is drawn: in a strip, the heatmap and the history.
//!
//! Owns what a day looks like and how cells become spans. Must not know where they stand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ratatui::{style::Style, text::Span};

use super::theme::Theme;
use crate::{
    app::Model,
    domain::{
        habit::{Habit, Mark},
        window::{Outcome, Window},
    },
};

/// What a day was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Done.
    Done,
    /// A rest day.
    Rest,
    /// In a missed window.
    Missed,
    /// Nothing was asked, or it is not over.
    Blank,
}

impl Cell {
    /// What `day` was. The marks must reach back to the window around it.
    pub fn of(
        day: NaiveDate,
        model: &Model,
        habit: &Habit,
        marks: &BTreeMap<NaiveDate, Mark>,
    ) -> Self {
        match marks.get(&day) {
            Some(Mark::Done) if day <= model.today => return Self::Done,
            Some(Mark::Rest) => return Self::Rest,
            _ => {}
        }
        let first_day =
            model.figures.get(&habit.id).map_or(habit.created_on(), |figures| figures.first_day);
        let rules = model.workspace.rules;
        let window = Window::holding(day, &habit.schedules, rules.week_starts_on)
            .filter(|window| day <= model.today && day >= first_day && window.end >= first_day);
        let outcome = window.map(|window| {
            let marks = marks.range(window.start..=window.end);
            window.judge(marks.map(|(day, mark)| (*day, *mark)), model.today).outcome
        });
        if outcome == Some(Outcome::Missed) { Self::Missed } else { Self::Blank }
    }

    /// Its glyph and style.
    pub fn drawn(self, theme: &Theme) -> (&'static str, Style) {
        match self {
            Self::Done => (theme.glyphs.day_done, theme.done),
            Self::Rest => (theme.glyphs.rest, theme.rest),
            Self::Missed => (theme.glyphs.day_missed, theme.missed),
            Self::Blank => (" ", theme.muted),
        }
    }
}

/// Cells as spans, a run of one style as one. A blank goes along with what is before it: every
/// change of style costs more bytes than the cell.
pub fn spans_of<'t>(cells: impl IntoIterator<Item = (&'t str, Style)>) -> Vec<Span<'t>> {
    let mut runs: Vec<Span<'t>> = Vec::new();
    for (glyph, style) in cells {
        match runs.last_mut() {
            Some(run) if run.style == style || glyph == " " => {
                run.content.to_mut().push_str(glyph);
            }
            _ => runs.push(Span::styled(glyph, style)),
        }
    }
    runs
}
