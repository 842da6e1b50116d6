//! The portfolio's list: projects under their levels.
//!
//! ```text
//! ▾ educational
//!    live     Imitate sin(x)
//! ```
//!
//! Owns the rows; zoomed, they are a table with a file of its own.

mod table;
mod timeline;

use chrono::NaiveDate;
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use self::table::Table;
use super::{fit, found, header, pane, theme::Theme};
use crate::{
    app::{Action, Focus, Model, Pane, ProjectRow, Stage, find::Finder},
    domain::{
        day::short,
        project::{Level, Project},
    },
};

/// Columns of the status.
const STATUS: usize = 9;

/// Draws the pane.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let is_focused = model.pane == Pane::Portfolio;
    let height = model.areas.list_height(Pane::Portfolio);
    let mut fact = header::plural(model.project_count(), "project");
    if model.stage != Stage::All {
        let (listed, all) = (model.listed_projects().count(), model.project_count());
        fact =
            if area.width < 48 { format!("{listed}/{all}") } else { format!("{listed} of {fact}") };
    }
    if let Some(position) = pane::position(&model.projects, height).filter(|_| is_focused) {
        fact = format!("{fact}  {position}");
    }
    let framed = pane::titled(area, is_focused, &title(model), &fact, theme, frame);
    let inner = model.areas.list_room(Pane::Portfolio).unwrap_or(framed);
    let columns = usize::from(inner.width).saturating_sub(2);
    let table = (model.areas.head > 0 && is_focused).then(|| Table::new(model, columns));
    if let Some(table) = table.as_ref().filter(|_| inner.y > framed.y) {
        let place = Rect { height: 1, ..framed };
        frame.render_widget(table.head(model, theme), place);
    }
    if model.projects.rows().is_empty() && height > 0 {
        return pane::empty(&nothing(model), inner, theme, frame);
    }
    let has_keys = is_focused && model.focus == Focus::List;
    let mut finder = Finder::new(&model.queries[2]);
    pane::rows(&model.projects, inner, has_keys, theme, frame, |row| match (row, &table) {
        (ProjectRow::Level(level), Some(table)) => table.level(model, *level, theme),
        (ProjectRow::Level(level), None) => heading(model, *level, columns, theme),
        (ProjectRow::Project(id), table) => match (model.workspace.project(*id), table) {
            (None, _) => Line::default(),
            (Some(project), Some(table)) => table.project(model, project, &mut finder, theme),
            (Some(project), None) => line(model, project, &mut finder, columns, theme),
        },
    });
}

fn title(model: &Model) -> String {
    let number = if model.areas.lists[0].is_some() { "3 " } else { "" };
    let mut title = format!("{number}Portfolio");
    if model.stage != Stage::All {
        title = format!("{title}: {}", model.stage.words());
    }
    match model.queries[2].as_str() {
        "" => title,
        query => format!("{title} /{query}"),
    }
}

/// Why no project is listed, and what to do about it.
fn nothing(model: &Model) -> String {
    if !model.queries[2].is_empty() {
        let all = model.hints_in(Pane::Portfolio, [(Action::Back, "shows all")]);
        return format!("No project fits.{all}");
    }
    match (model.workspace.projects.is_empty(), model.pane == Pane::Portfolio) {
        (false, _) if model.stage != Stage::All => {
            let ways =
                [(Action::FilterProjects, "goes to the next filter"), (Action::Back, "shows all")];
            format!("No project is at this stage.{}", model.hints_in(Pane::Portfolio, ways))
        }
        (false, _) => {
            let press = model.tell_key(Pane::Portfolio, Action::ShowArchived, |key| {
                format!(" Press {key} to see them.")
            });
            format!("All projects are dropped.{press}")
        }
        (true, is_focused) => {
            let there = model.key_in(model.pane, Action::FocusPortfolio);
            let add = model.key_in(Pane::Portfolio, Action::Add);
            let press = match (there.filter(|_| !is_focused), add) {
                (Some(there), Some(add)) => format!(". Press {there}, then {add}"),
                (None, Some(add)) => format!(". Press {add}"),
                (_, None) => String::new(),
            };
            format!("No projects yet{press}: the first exercise counts.")
        }
    }
}

/// A level with the sign of its fold.
fn folded<'a>(model: &Model, level: Level, theme: &'a Theme) -> Vec<Span<'a>> {
    let is_folded = model.is_level_folded(level) && model.stage == Stage::All;
    let fold = if is_folded { theme.glyphs.folded } else { theme.glyphs.open };
    vec![Span::styled(fold, theme.muted), Span::styled(format!(" {}", level.word()), theme.heading)]
}

fn heading<'a>(model: &Model, level: Level, columns: usize, theme: &'a Theme) -> Line<'a> {
    let count = model.listed_projects().filter(|project| project.draft.level == level).count();
    let count = Span::styled(count.to_string(), theme.muted);
    fit::spread(folded(model, level, theme), vec![count], columns)
}

fn line<'a>(
    model: &Model,
    project: &Project,
    finder: &mut Finder,
    columns: usize,
    theme: &'a Theme,
) -> Line<'a> {
    let status = project.draft.status;
    let (on, style) = match model.stage {
        Stage::Ideas => worth(project, theme),
        _ => fact(project, model.today, columns, theme),
    };
    let room = columns.saturating_sub(2 + STATUS + fit::width(&on) + 1);
    let mut left = vec![
        Span::raw("  "),
        Span::styled(format!("{:<STATUS$}", status.word()), theme.status(status)),
    ];
    left.extend(found::clipped(finder, &project.draft.title, room, theme.text, theme));
    fit::spread(left, vec![Span::styled(on, style)], columns)
}

/// What an idea's scores come to, of 15, once all are given.
fn worth(project: &Project, theme: &Theme) -> (String, Style) {
    let choice = &project.draft.choice;
    match choice.total() {
        _ if choice.is_good == Some(false) => ("not good".to_owned(), theme.advice),
        Some(total) => (format!("{total}/15"), theme.text),
        None => ("not weighed".to_owned(), theme.muted),
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
