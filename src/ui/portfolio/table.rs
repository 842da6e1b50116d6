//! The zoomed portfolio's columns: status, time spent or worth, and the way through time.
//!
//! ```text
//!   project                 status      spent  2026   Apr    Jul    Oct   today
//! ▾ educational  2                     22.7 h
//!   Digit reader            ● shipped  10.7 h  ○─◔──◑━━━━●
//! ```
//!
//! Owns the widths. Must not know where a day stands on the line.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{folded, timeline::Timeline};
use crate::{
    app::{Model, Stage, find::Finder},
    domain::{
        project::{Level, Project},
        session::{Subject, brief},
        text,
    },
    ui::{fit, found, theme::Theme},
};

/// Cells before a title: projects stand below their level.
const INDENT: usize = 2;
/// Cells of a status with its glyph and the gap before it.
const STATUS: usize = 12;
/// Cells of a figure with the gap before it.
const FIGURE: usize = 9;
/// Cells of the sign behind a title, with the gap before it.
const MARK: usize = 2;
/// Cells before the line.
const GAP: usize = 2;
/// Cells that the line keeps beside a title of up to so many; a longer one takes three fifths at most.
const LINE: usize = 16;
const TITLE: usize = 40;

/// The columns of one frame.
pub struct Table {
    title: usize,
    figure: usize,
    timeline: Timeline,
}

impl Table {
    /// Divides the cells of a row.
    pub fn new(model: &Model, cells: usize) -> Self {
        // Where no time was spent yet, titles have the room of that column.
        let has_figures = model.stage == Stage::Ideas
            || model.listed_projects().any(|project| seconds(model, project) > 0);
        let figure = if has_figures { FIGURE } else { 0 };
        let room = cells.saturating_sub(INDENT + STATUS + figure + GAP);
        let longest = model.listed_projects().map(|project| {
            let mark = if project.remark(model.today).is_some() { MARK } else { 0 };
            fit::width(&text::shown(&project.draft.title)) + mark
        });
        let most = (room * 3 / 5).max(TITLE.min(room.saturating_sub(LINE)));
        let title = longest.max().unwrap_or(0).max("project".len()).min(most);
        let timeline = Timeline::new(model.listed_projects(), model.today, room - title);
        Self { title, figure, timeline }
    }

    /// The names of the columns.
    pub fn head(&self, model: &Model, theme: &Theme) -> Line<'static> {
        let figure = match (self.figure, model.stage) {
            (0, _) => "",
            (_, Stage::Ideas) => "worth",
            _ => "spent",
        };
        let title = INDENT + self.title;
        let words = format!(
            "{:title$}  {:<rest$}{figure:>width$}{:GAP$}{}",
            "  project",
            "status",
            "",
            self.timeline.head(),
            rest = STATUS - 2,
            width = self.figure,
        );
        // Rows begin beside the mark of the selected one.
        Line::from(vec![Span::raw(" "), Span::styled(words, theme.muted)])
    }

    /// A level with what its projects took.
    pub fn level<'a>(&self, model: &Model, level: Level, theme: &'a Theme) -> Line<'a> {
        let at_level = || model.listed_projects().filter(|project| project.draft.level == level);
        let count = format!("  {}", at_level().count());
        let seconds = at_level().map(|project| seconds(model, project)).sum();
        let mut cells = folded(model, level, theme);
        cells.push(Span::styled(count, theme.muted));
        let taken: usize = cells.iter().map(Span::width).sum();
        let figure = fit::right(&brief(seconds), self.figure);
        cells.push(Span::raw(" ".repeat((INDENT + self.title + STATUS).saturating_sub(taken))));
        if model.stage != Stage::Ideas {
            cells.push(Span::styled(figure, theme.muted));
        }
        Line::from(cells)
    }

    /// A project and its way.
    pub fn project<'a>(
        &self,
        model: &Model,
        project: &Project,
        finder: &mut Finder,
        theme: &'a Theme,
    ) -> Line<'a> {
        let status = project.draft.status;
        let mark = project.remark(model.today).map_or("", |_| theme.glyphs.at_risk);
        let room = self.title.saturating_sub(if mark.is_empty() { 0 } else { MARK });
        let title = found::clipped(finder, &project.draft.title, room, theme.text, theme);
        let taken: usize = title.iter().map(Span::width).sum();
        let mark_room = self.title.saturating_sub(taken);
        let (figure, style) = figure(model, project, theme);
        let mut cells = vec![Span::raw(" ".repeat(INDENT))];
        cells.extend(title);
        cells.push(Span::styled(fit::right(mark, mark_room), theme.advice));
        let word = format!("  {} {}", theme.status_sign(status), status.word());
        cells.push(Span::styled(format!("{word:<STATUS$}"), theme.status(status)));
        cells.push(Span::styled(fit::right(&figure, self.figure), style));
        cells.push(Span::raw(" ".repeat(GAP)));
        cells.extend(self.timeline.way(project, theme));
        Line::from(cells)
    }
}

fn seconds(model: &Model, project: &Project) -> u64 {
    model.workspace.studied(&Subject::Project(project.id)).seconds
}

/// What is told of a project in figures: the time it took, or among ideas what it is worth.
fn figure(model: &Model, project: &Project, theme: &Theme) -> (String, Style) {
    if model.stage == Stage::Ideas {
        return super::worth(project, theme);
    }
    (brief(seconds(model, project)), theme.muted)
}
