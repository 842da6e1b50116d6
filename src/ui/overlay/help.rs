//! The help: what stays wrong, if anything does; every key, from the table, and what would do nothing
//! now is dimmed; then what the signs mean.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{lines, window};
use crate::{
    app::{Action, Model, Pane, is_available},
    domain::{project::Status, streak::Unit, topic::TopicState},
    keymap::{Context, Keymap, reference},
    ui::{fit, theme::Theme},
};

/// Columns of the keys.
const KEYS: usize = 16;

/// What the mouse does, for those who have it on.
const MOUSE: [(&str, &str); 4] = [
    ("click", "Select; tick a box, fold a heading, show a day of the year"),
    ("click again", "Follow the selected line of the detail"),
    ("wheel", "Move what lies under it"),
    ("shift-drag", "Shift-drag selects text, as without the mouse"),
];

/// Columns of its lines in a window.
pub fn columns(area: Rect) -> usize {
    usize::from(area.width).saturating_sub(4)
}

/// Draws it from a line on.
pub fn draw(
    model: &Model,
    keymap: &Keymap,
    offset: u16,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let all = content(model, keymap, columns(area), theme);
    let rows = usize::from(area.height.saturating_sub(2));
    // A window that has just become wider has fewer lines.
    let offset = usize::from(offset).min(all.len().saturating_sub(rows));
    let last = (offset + rows).min(all.len());
    let end = model.key(Action::Bottom);
    let title = end.map_or("Keys".to_owned(), |end| format!("Keys; {end}: signs"));
    let inner = window(area, &title, &format!("{last}/{}", all.len()), theme, frame);
    lines(all.into_iter().skip(offset), inner, frame);
}

/// All of it: the focused pane's keys first.
pub fn content<'a>(
    model: &Model,
    keymap: &Keymap,
    columns: usize,
    theme: &'a Theme,
) -> Vec<Line<'a>> {
    let first = match model.pane {
        Pane::Today if model.is_zoomed => Context::History,
        Pane::Today => Context::Today,
        Pane::Curriculum => Context::Curriculum,
        Pane::Portfolio => Context::Portfolio,
    };
    let row = |keys: &str, key_style, help: &str, style| {
        let wrapped = fit::wrapped(help, columns.saturating_sub(KEYS + 2));
        let lines = wrapped.into_iter().enumerate().map(move |(at, line)| {
            let keys = fit::fitted(if at == 0 { keys } else { "" }, KEYS, theme);
            let keys = Span::styled(format!("  {keys}"), key_style);
            Line::from(vec![keys, Span::styled(line, style)])
        });
        lines.collect::<Vec<_>>()
    };
    let keys = reference::lines(keymap, first, theme.glyphs.is_ascii);
    let wrong = model.troubles.values().flat_map(|why| fit::wrapped(why, columns));
    let mut all: Vec<_> = wrong.map(|line| Line::from(Span::styled(line, theme.bad))).collect();
    if !all.is_empty() {
        all.push(Line::default());
    }
    all.extend(keys.into_iter().flat_map(|line| match line {
        reference::Line::Heading(title) => {
            vec![Line::from(Span::styled(title, theme.heading))]
        }
        reference::Line::Gap => vec![Line::default()],
        reference::Line::Keys { keys, action } => {
            let style = if is_available(model, action) { theme.text } else { theme.muted };
            row(&keys, theme.key, action.title(), style)
        }
    }));
    if model.config.has_mouse {
        all.push(Line::default());
        all.push(Line::from(Span::styled("Mouse", theme.heading)));
        for (hand, help) in MOUSE {
            all.extend(row(hand, theme.key, help, theme.text));
        }
    }
    all.push(Line::default());
    all.push(Line::from(Span::styled("Signs", theme.heading)));
    let glyphs = theme.glyphs;
    let times = Unit::Times.letter(glyphs.is_ascii);
    let units = format!("a streak of 23 days; w is weeks, {times} is times");
    for (sign, style, meaning) in [
        (glyphs.done, theme.done, "done"),
        (glyphs.due, theme.due, "due, or a topic not started"),
        (glyphs.at_risk, theme.at_risk, "due, and only today can keep its streak or its week"),
        (glyphs.rest, theme.rest, "a rest day, or a topic skipped"),
        (glyphs.idle, theme.muted, "nothing is asked; in a row of days: missed"),
        ("blank", theme.muted, "in a row of days: nothing was asked, or it can still be done"),
        (glyphs.note, theme.muted, "the day has a note"),
        ("23 d", theme.text, units.as_str()),
        ("3/5 w", theme.text, "3 of the 5 days that this week asks for are done"),
        ("strength", theme.text, "an average that weighs the newest days most"),
    ] {
        all.extend(row(sign, style, meaning, theme.text));
    }
    for state in [TopicState::Learning, TopicState::Practising, TopicState::Mastered] {
        let (sign, style) = theme.topic(state, true);
        all.extend(row(sign, style, &format!("a topic: {}", state.word()), theme.text));
    }
    let (sign, style) = theme.topic(TopicState::Mastered, false);
    all.extend(row(sign, style, "a topic: mastered, and nothing shows it yet", theme.text));
    all.extend(row(
        glyphs.review,
        theme.advice,
        "a topic that has come back for review",
        theme.text,
    ));
    for status in Status::ALL {
        let (sign, style) = (theme.status_sign(status), theme.status(status));
        all.extend(row(sign, style, &format!("a project: {}", status.word()), theme.text));
    }
    for (sign, meaning) in [
        (theme.glyphs.track[0], "in a project's line: planned"),
        (theme.glyphs.track[1], "in a project's line: worked on, or live"),
        (theme.glyphs.at_risk, "beside a project: it wants a look, or a decision"),
        (theme.glyphs.bar, "how much of a heading is mastered"),
    ] {
        all.extend(row(sign, theme.muted, meaning, theme.text));
    }
    all
}
