//! The portfolio's list: projects under their levels.
//!
//! ```text
//! ▾ educational
//!    live     Imitate sin(x)
//! ```

use chrono::NaiveDate;
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::{fit, found, header, pane, theme::Theme};
use crate::{
    app::{Focus, Model, Pane, ProjectRow, find::Finder},
    domain::{
        day::short,
        project::{Project, Status},
    },
};

/// Columns of the status.
const STATUS: usize = 9;

/// Draws the pane.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let is_focused = model.pane == Pane::Portfolio;
    let height = model.areas.list_height(Pane::Portfolio);
    let mut fact = header::plural(model.project_count(), "project");
    if let Some(position) = pane::position(&model.projects, height).filter(|_| is_focused) {
        fact = format!("{fact}  {position}");
    }
    let number = if model.areas.lists[0].is_some() { "3 " } else { "" };
    let title = match model.queries[2].as_str() {
        "" => format!("{number}Portfolio"),
        query => format!("{number}Portfolio /{query}"),
    };
    let inner = pane::titled(area, is_focused, &title, &fact, theme, frame);
    if model.projects.rows().is_empty() && height > 0 {
        let text = if model.queries[2].is_empty() {
            match (model.workspace.projects.is_empty(), is_focused) {
                (false, _) => "All projects are dropped. Press . to see them.",
                (true, true) => "No projects yet. Press a: the first exercise counts.",
                (true, false) => "No projects yet. Press 3, then a: the first exercise counts.",
            }
        } else {
            "No project fits. esc shows all."
        };
        return pane::empty(text, inner, theme, frame);
    }
    let has_keys = is_focused && model.focus == Focus::List;
    let columns = usize::from(inner.width).saturating_sub(2);
    let mut finder = Finder::new(&model.queries[2]);
    pane::rows(&model.projects, inner, has_keys, theme, frame, |row| {
        line(model, *row, &mut finder, columns, theme)
    });
}

fn line<'a>(
    model: &Model,
    row: ProjectRow,
    finder: &mut Finder,
    columns: usize,
    theme: &'a Theme,
) -> Line<'a> {
    match row {
        ProjectRow::Level(level) => {
            let fold =
                if model.is_level_folded(level) { theme.glyphs.folded } else { theme.glyphs.open };
            let projects = model.workspace.projects.iter();
            let listed = projects
                .filter(|project| model.shows_dropped || project.draft.status != Status::Dropped);
            let count = listed.filter(|project| project.draft.level == level).count();
            fit::spread(
                vec![
                    Span::styled(fold, theme.muted),
                    Span::styled(format!(" {}", level.word()), theme.heading),
                ],
                vec![Span::styled(count.to_string(), theme.muted)],
                columns,
            )
        }
        ProjectRow::Project(id) => {
            let Some(project) = model.workspace.project(id) else {
                return Line::default();
            };
            let status = project.draft.status;
            let (on, style) = fact(project, model.today, columns, theme);
            let room = columns.saturating_sub(2 + STATUS + fit::width(&on) + 1);
            let mut left = vec![
                Span::raw("  "),
                Span::styled(format!("{:<STATUS$}", status.word()), theme.status(status)),
            ];
            left.extend(found::clipped(finder, &project.draft.title, room, theme.text, theme));
            fit::spread(left, vec![Span::styled(on, style)], columns)
        }
    }
}

/// What stands at the end of a row: what there is to say of the project today, else since when it is
/// as it is.
fn fact(project: &Project, today: NaiveDate, columns: usize, theme: &Theme) -> (String, Style) {
    let has_room = columns >= 44;
    match (project.remark(today), has_room) {
        (Some(remark), true) => {
            (format!("{} {}", theme.glyphs.at_risk, remark.words()), theme.advice)
        }
        (Some(_), false) => (theme.glyphs.at_risk.to_owned(), theme.advice),
        (None, true) => {
            let on = project.changed_on().map_or_else(String::new, |on| short(on, today));
            (on, theme.muted)
        }
        (None, false) => (String::new(), theme.muted),
    }
}
