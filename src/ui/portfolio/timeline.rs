//! Projects along time: the way of each through its statuses, from left to right up to today.
//!
//! ```text
//! 2026   Apr    Jul    Oct   today
//! ○─◔──◑━━━━●
//!            ○──◑━━━━━━━━▶━━━━━━━━
//! ```
//!
//! Owns where a day stands. Must not know in which table.

use chrono::{Datelike, Months, NaiveDate};
use ratatui::{style::Style, text::Span};

use crate::{
    domain::{
        day::plus,
        project::{Project, Status},
    },
    ui::theme::Theme,
};

/// Fewer days than these are not spread over the whole width: a young portfolio looks young.
const LEAST_DAYS: i64 = 84;
/// Cells that the name of a month needs, its gap among them.
const LABEL: i64 = 5;
/// The name of the right edge.
const TODAY: &str = "today";
/// Months from one name to the next: as few as there is room for.
const STEPS: [u32; 7] = [1, 3, 6, 12, 24, 60, 120];

/// Days on a line of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeline {
    first: NaiveDate,
    today: NaiveDate,
    cells: usize,
}

impl Timeline {
    /// From the first day of all, but no less than some weeks, up to today.
    pub fn new<'a>(
        projects: impl Iterator<Item = &'a Project>,
        today: NaiveDate,
        cells: usize,
    ) -> Self {
        let begun = projects.filter_map(|project| project.history.first());
        let first = begun.map(|change| change.on).chain([plus(today, 1 - LEAST_DAYS)]).min();
        Self { first: first.unwrap_or(today), today, cells: cells.max(1) }
    }

    /// The cell of a day; what lies outside stands at the edge.
    fn cell(&self, day: NaiveDate) -> usize {
        let last = self.cells - 1;
        let since = usize::try_from((day - self.first).num_days()).unwrap_or(0);
        (since * self.cells).checked_div(self.days()).unwrap_or(0).min(last)
    }

    fn days(&self) -> usize {
        usize::try_from((self.today - self.first).num_days() + 1).unwrap_or(1)
    }

    /// The names of months and years, and of the right edge.
    pub fn head(&self) -> String {
        let mut line = String::new();
        let mut width = 0;
        let room = self.cells.saturating_sub(TODAY.len() + 1);
        for (day, label) in self.labels() {
            let at = self.cell(day);
            if at >= width && at + label.len() <= room {
                line.push_str(&" ".repeat(at - width));
                line.push_str(&label);
                line.push(' ');
                width = at + label.len() + 1;
            }
        }
        let rest = self.cells.saturating_sub(width + TODAY.len());
        if width + TODAY.len() <= self.cells {
            line.push_str(&" ".repeat(rest));
            line.push_str(TODAY);
        }
        line
    }

    /// Months that have a name, in order: as many as have room.
    fn labels(&self) -> Vec<(NaiveDate, String)> {
        let days = i64::try_from(self.days()).unwrap_or(i64::MAX);
        let cells = i64::try_from(self.cells).unwrap_or(i64::MAX);
        let fits = |step: &u32| i64::from(*step) * 30 * cells >= LABEL * days;
        let step = STEPS.into_iter().find(fits).unwrap_or(STEPS[STEPS.len() - 1]);
        let months = |day: NaiveDate| day.year().cast_unsigned() * 12 + day.month0();
        let begin = self.first.with_day(1).unwrap_or(self.first);
        let all = (0..).map_while(|month| begin.checked_add_months(Months::new(month)));
        all.take_while(|day| *day <= self.today)
            .filter(|day| *day >= self.first && months(*day).is_multiple_of(step))
            .map(|day| {
                let form = if day.month0() == 0 { "%Y" } else { "%b" };
                (day, day.format(form).to_string())
            })
            .collect()
    }

    /// The way of one project. What is finished or was let go ends; everything else goes on.
    pub fn way(&self, project: &Project, theme: &Theme) -> Vec<Span<'static>> {
        let mut cells: Vec<(&'static str, Style)> = vec![(" ", Style::new()); self.cells];
        let history = &project.history;
        for (at, change) in history.iter().enumerate() {
            let from = self.cell(change.on);
            let is_over = matches!(change.status, Status::Shipped | Status::Dropped);
            let to = match history.get(at + 1) {
                Some(next) => self.cell(next.on),
                None if is_over => from,
                None => self.cells - 1,
            };
            let is_worked = matches!(change.status, Status::Building | Status::Live);
            let track = theme.glyphs.track[usize::from(is_worked)];
            let style = if is_over { theme.muted } else { theme.status(change.status) };
            cells[from] = (theme.status_sign(change.status), theme.status(change.status));
            for cell in cells.iter_mut().take(to + 1).skip(from + 1) {
                *cell = (track, style);
            }
        }
        let same_style = cells.chunk_by(|one, next| one.1 == next.1);
        let span = |cells: &[(&'static str, Style)]| {
            let text: String = cells.iter().map(|cell| cell.0).collect();
            Span::styled(text, cells[0].1)
        };
        same_style.map(span).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Config,
        domain::{
            ids::{IdSource, ProjectId},
            project::ProjectDraft,
        },
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn project(history: &[(Status, &str)]) -> Project {
        let id = ProjectId(IdSource::new(1, 1).next_uuid());
        let mut project = Project::new(id, ProjectDraft::default(), 0, day(history[0].1));
        for (status, on) in history {
            project.set_status(*status, day(on));
        }
        project
    }

    fn line(timeline: &Timeline, project: &Project) -> String {
        let theme = Theme::new(&Config::default(), false);
        timeline.way(project, &theme).iter().map(|span| span.content.to_string()).collect()
    }

    #[test]
    fn a_way_shows_each_status_and_ends_where_the_work_does() {
        let shipped = project(&[
            (Status::Idea, "2026-01-01"),
            (Status::Scoped, "2026-02-01"),
            (Status::Building, "2026-03-01"),
            (Status::Shipped, "2026-06-01"),
        ]);
        let live = project(&[(Status::Building, "2026-07-01"), (Status::Live, "2026-10-01")]);
        let dropped = project(&[(Status::Idea, "2026-03-01"), (Status::Dropped, "2026-05-01")]);
        let today = day("2026-12-31");
        let timeline = Timeline::new([&shipped, &live].into_iter(), today, 24);
        assert_eq!(line(&timeline, &shipped), "○─◔◑━━━━━●              ");
        assert_eq!(line(&timeline, &live), "           ◑━━━━━▶━━━━━━");
        assert_eq!(line(&timeline, &dropped), "   ○───–                ");
        assert_eq!(timeline.head(), "2026 Apr   Jul     today");
    }

    #[test]
    fn days_before_and_after_stand_at_the_edges() {
        let idea = project(&[(Status::Idea, "2026-11-23")]);
        let timeline = Timeline::new([&idea].into_iter(), day("2026-11-23"), 20);
        assert_eq!(line(&timeline, &idea), "                   ○", "a young portfolio looks young");
        let ahead = project(&[(Status::Idea, "2027-01-01")]);
        assert_eq!(line(&timeline, &ahead), "                   ○");
        let before = project(&[(Status::Idea, "1999-01-01")]);
        assert_eq!(line(&timeline, &before), format!("○{}", "─".repeat(19)));
    }

    #[test]
    fn names_have_room_however_long_the_years_and_however_narrow_the_line() {
        for first in ["2026-11-20", "2026-01-31", "2021-05-05", "1999-12-31", "1900-01-01"] {
            let old = project(&[(Status::Idea, first)]);
            for cells in 1..120 {
                let timeline = Timeline::new([&old].into_iter(), day("2026-11-23"), cells);
                let head = timeline.head();
                assert!(head.len() <= cells, "{first} {cells}: {head}");
                assert!(cells < 5 || head.ends_with("today"), "{first} {cells}: {head}");
                assert_eq!(line(&timeline, &old).chars().count(), cells);
            }
        }
    }
}
