//! The help: every key, from the table; what would do nothing now is dimmed. Then what the signs mean.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{lines, window};
use crate::{
    app::{Model, Pane, is_available},
    domain::topic::TopicState,
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

/// Draws it from a line on.
pub fn draw(
    model: &Model,
    keymap: &Keymap,
    offset: u16,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let columns = usize::from(area.width).saturating_sub(4);
    let all = content(model, keymap, columns, theme);
    let last = (usize::from(offset) + usize::from(area.height.saturating_sub(2))).min(all.len());
    let inner = window(area, "Keys", &format!("{last}/{}", all.len()), theme, frame);
    lines(all.into_iter().skip(usize::from(offset)), inner, frame);
}

/// All of it: the focused pane's keys first.
pub fn content<'a>(
    model: &Model,
    keymap: &Keymap,
    columns: usize,
    theme: &'a Theme,
) -> Vec<Line<'a>> {
    let first = match model.pane {
        Pane::Today => Context::Today,
        Pane::Curriculum => Context::Curriculum,
        Pane::Portfolio => Context::Portfolio,
    };
    let row = |keys: &str, key_style, help: &str, style| {
        Line::from(vec![
            Span::styled(format!("  {}", fit::fitted(keys, KEYS, theme)), key_style),
            Span::styled(fit::clipped(help, columns.saturating_sub(KEYS + 2), theme), style),
        ])
    };
    let keys = reference::lines(keymap, first, theme.glyphs.is_ascii);
    let mut all: Vec<_> = keys
        .into_iter()
        .map(|line| match line {
            reference::Line::Heading(title) => Line::from(Span::styled(title, theme.heading)),
            reference::Line::Gap => Line::default(),
            reference::Line::Keys { keys, action } => {
                let style = if is_available(model, action) { theme.text } else { theme.muted };
                row(&keys, theme.key, action.title(), style)
            }
        })
        .collect();
    if model.config.has_mouse {
        all.push(Line::default());
        all.push(Line::from(Span::styled("Mouse", theme.heading)));
        for (hand, help) in MOUSE {
            all.push(row(hand, theme.key, help, theme.text));
        }
    }
    all.push(Line::default());
    all.push(Line::from(Span::styled("Signs", theme.heading)));
    let glyphs = theme.glyphs;
    for (sign, style, meaning) in [
        (glyphs.done, theme.done, "done"),
        (glyphs.due, theme.due, "due, or a topic not started"),
        (glyphs.at_risk, theme.at_risk, "due, and only today can keep its streak or its week"),
        (glyphs.rest, theme.rest, "a rest day, or a topic skipped"),
        (glyphs.idle, theme.muted, "nothing is asked; in a row of days: missed"),
        (glyphs.note, theme.muted, "the day has a note"),
        ("23 d", theme.text, "a streak of 23 days; w is weeks, × is times"),
        ("3/5 w", theme.text, "3 of the 5 days that this week asks for are done"),
        ("strength", theme.text, "an average that weighs the newest days most"),
    ] {
        all.push(row(sign, style, meaning, theme.text));
    }
    for state in [TopicState::Learning, TopicState::Practising, TopicState::Mastered] {
        let (sign, style) = theme.topic(state);
        all.push(row(sign, style, &format!("a topic: {}", state.word()), theme.text));
    }
    all
}
