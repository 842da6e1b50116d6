//! Ways to begin a project, with what the selected one is below.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{lines, styled, window};
use crate::{
    app::{
        Model,
        begin::{Begin, Beginning, list_rows},
    },
    domain::project::{Source, template::Template},
    ui::{fit, pane, theme::Theme},
};

/// Draws it.
pub fn draw(begin: &Begin, model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let height = list_rows(area.height.saturating_sub(2));
    let position = pane::position(&begin.choices, height).unwrap_or_default();
    let inner = window(area, "New project: begin with", &position, theme, frame);
    let list = Rect { height: height.min(inner.height), ..inner };
    let columns = usize::from(list.width).saturating_sub(1);
    pane::rows(&begin.choices, list, true, theme, frame, |choice| row(choice, columns, theme));
    let below = Rect {
        y: (list.bottom() + 1).min(inner.bottom()),
        height: inner.height.saturating_sub(list.height + 1),
        ..inner
    };
    lines(about(begin, model, usize::from(below.width), theme), below, frame);
}

fn row<'a>(choice: &Beginning, columns: usize, theme: &Theme) -> Line<'a> {
    let (name, style, fact) = match choice {
        Beginning::Idea => ("An idea", theme.heading, "a title is enough".to_owned()),
        Beginning::Whole => ("A whole project", theme.heading, "the long form".to_owned()),
        Beginning::Template(template) => {
            let days = template.estimate_days;
            let fact = match columns {
                0..50 => format!("{days} days"),
                _ => format!("{} · {days} days", template.level.word()),
            };
            (template.title.as_str(), theme.text, fact)
        }
    };
    let room = columns.saturating_sub(fit::width(&fact) + 3);
    fit::spread(
        vec![Span::styled(format!(" {}", fit::clipped(name, room, theme)), style)],
        vec![Span::styled(fact, theme.muted)],
        columns,
    )
}

/// What is said of the selected way.
fn about(begin: &Begin, model: &Model, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let muted = |text: String| styled(text, theme.muted);
    match begin.choices.selected() {
        Some(Beginning::Template(template)) => {
            let mut content: Vec<_> =
                fit::few_lines(&template.pitch, columns, 4, theme).into_iter().map(muted).collect();
            content.push(styled(shows(template, model, columns, theme), theme.rest));
            content
        }
        Some(Beginning::Whole) => {
            let text = "Everything at once: title, level, status and pitch; what came of it; links and the topics that it shows. Each may stay empty, but for the title.";
            fit::wrapped(text, columns).into_iter().map(muted).collect()
        }
        Some(Beginning::Idea) | None => {
            let text = "Write it down before it is gone; weighing comes later. Ideas come from four places:";
            let mut content: Vec<_> = fit::wrapped(text, columns).into_iter().map(muted).collect();
            let places = Source::ALL.map(|source| source.title().to_owned());
            content.extend(
                fit::packed(&places, columns).into_iter().map(|line| styled(line, theme.rest)),
            );
            content
        }
    }
}

fn shows(template: &Template, model: &Model, columns: usize, theme: &Theme) -> String {
    let titles: Vec<_> = template.topics.iter().map(|topic| model.topic_title(topic)).collect();
    fit::clipped(&format!("shows {}", titles.join(", ")), columns, theme)
}
