//! A form: labels, fields, and help for the focused one.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{lines, room, styled, window};
use crate::{
    app::{
        editor::Editor,
        form::{Field, Form, Labelled},
        mouse::{Spot, Target},
    },
    domain::text,
    ui::{fit, theme::Theme},
};

/// Columns of the labels.
const LABEL: u16 = 11;

/// Draws it.
pub fn draw(form: &Form, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let inner = window(area, &form.title, "", theme, frame);
    let (above, content) = split(form, inner, theme);
    for (at, place) in places(form, above) {
        field(&form.fields[at], at == form.index, place, theme, frame);
    }
    let rows = inner.height.saturating_sub(above.height + 1);
    let below = Rect { y: inner.bottom() - rows, height: rows, ..inner };
    lines(content, below, frame);
}

/// The room for the fields, and what is said below them: it keeps two rows, and gets more where it
/// needs them.
fn split(form: &Form, inner: Rect, theme: &Theme) -> (Rect, Vec<Line<'static>>) {
    let content = below(form, usize::from(inner.width), theme);
    let rows = u16::try_from(content.len()).unwrap_or(u16::MAX).clamp(2, 5).min(inner.height / 2);
    (Rect { height: inner.height.saturating_sub(rows + 1), ..inner }, content)
}

/// What is wrong, else what could be better, else how to fill the focused field in.
fn below(form: &Form, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let help = form.fields.get(form.index).map_or("", |labelled| labelled.help);
    let (text, style) = match (&form.error, form.advice()) {
        (Some(error), _) => (error.as_str(), theme.bad),
        (None, Some(advice)) => (advice.sentence(), theme.advice),
        (None, None) => (help, theme.muted),
    };
    fit::wrapped(text, columns).into_iter().map(|line| styled(line, style)).collect()
}

/// Where the fields can be clicked.
pub fn spots(form: &Form, area: Rect, theme: &Theme) -> Vec<Spot> {
    let (fields, _) = split(form, room(area), theme);
    let places = places(form, fields).into_iter();
    places.map(|(at, area)| Spot { area, target: Target::Field(at) }).collect()
}

/// Where the fields are. Where there is no room for all, those around the focused one are shown.
fn places(form: &Form, fields: Rect) -> Vec<(usize, Rect)> {
    let heights = || form.fields.iter().map(|labelled| labelled.field.height());
    let end: u16 = heights().take(form.index + 1).sum();
    let mut hidden = end.saturating_sub(fields.height);
    let mut y = fields.y;
    let mut places = Vec::new();
    for (at, height) in heights().enumerate() {
        if hidden > 0 {
            hidden = hidden.saturating_sub(height);
            continue;
        }
        let height = height.min(fields.bottom().saturating_sub(y));
        if height == 0 {
            break;
        }
        places.push((at, Rect { y, height, ..fields }));
        y += height;
    }
    places
}

fn field(labelled: &Labelled, is_focused: bool, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let style = if is_focused { theme.title_focused } else { theme.muted };
    let marker = if is_focused { theme.glyphs.marker } else { " " };
    frame.render_widget(
        Line::from(vec![
            Span::styled(marker, theme.border_focused),
            Span::styled(labelled.label, style),
        ]),
        Rect { height: 1, width: LABEL.min(area.width), ..area },
    );
    let area = Rect { x: area.x + LABEL, width: area.width.saturating_sub(LABEL), ..area };
    match &labelled.field {
        Field::Text(editor) => typed(editor, is_focused, area, theme, frame),
        Field::Choice { options, index } => {
            let arrows = if theme.glyphs.is_ascii { ["<", ">"] } else { ["←", "→"] };
            let chosen =
                fit::clipped(&options[*index], usize::from(area.width).saturating_sub(4), theme);
            let line = if is_focused {
                Line::from(vec![
                    Span::styled(arrows[0], theme.key),
                    Span::styled(format!(" {chosen} "), theme.selected),
                    Span::styled(arrows[1], theme.key),
                ])
            } else {
                Line::from(chosen)
            };
            frame.render_widget(line, Rect { height: 1, ..area });
        }
        Field::Tokens { editor, chosen, suggestion, most, .. } => {
            let labels: Vec<_> = chosen.iter().map(|token| token.label.as_str()).collect();
            let columns = usize::from(area.width);
            let taken = labels.join(", ");
            let mut row = Rect { height: 1, ..area };
            if *most > 1 {
                // The newest stay in sight; what was typed has a line of its own.
                let shown = tail(&taken, columns, theme);
                frame.render_widget(Span::styled(shown, theme.text), row);
                row.y += u16::from(area.height > 1);
            } else if !taken.is_empty() {
                let shown = fit::clipped(&taken, columns, theme);
                let used = u16::try_from(fit::width(&shown) + 1).unwrap_or(0).min(row.width);
                frame.render_widget(Span::raw(shown), row);
                row = Rect { x: row.x + used, width: row.width - used, ..row };
            }
            if !is_focused && editor.is_empty() {
                return;
            }
            typed(editor, is_focused, row, theme, frame);
            if let Some(token) = suggestion {
                let used = u16::try_from(fit::width(&editor.text()) + 2)
                    .unwrap_or(u16::MAX)
                    .min(row.width);
                let row = Rect { x: row.x + used, width: row.width - used, ..row };
                let hint =
                    fit::clipped(&format!("enter: {}", token.label), usize::from(row.width), theme);
                frame.render_widget(Span::styled(hint, theme.muted), row);
            }
        }
    }
}

/// The end of a text that does not fit, since what was added last matters.
fn tail(stored: &str, columns: usize, theme: &Theme) -> String {
    let safe = text::shown(stored);
    if fit::width(&safe) <= columns {
        return safe.into_owned();
    }
    let room = columns.saturating_sub(fit::width(theme.glyphs.ellipsis));
    let mut used = 0;
    let kept = safe.graphemes(true).rev().take_while(|grapheme| {
        used += fit::width(grapheme);
        used <= room
    });
    let length: usize = kept.map(str::len).sum();
    format!("{}{}", theme.glyphs.ellipsis, &safe[safe.len() - length..])
}

/// An editor with its cursor while it is focused, plain text otherwise.
fn typed(editor: &Editor, is_focused: bool, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    if is_focused {
        frame.render_widget(editor.widget(), area);
        return;
    }
    let columns = usize::from(area.width);
    let shown = editor.text();
    let shown = shown.lines().map(|line| Line::from(fit::clipped(line, columns, theme)));
    lines(shown, area, frame);
}
