//! A form: labels, fields, and help for the focused one.

mod choosing;
mod head;

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{lines, room, styled, window};
use crate::{
    app::{
        Action, Model,
        editor::Editor,
        form::{Field, Form, Labelled, Name},
        mouse::{Spot, Target},
    },
    domain::text,
    ui::{fit, theme::Theme, worth},
};

/// Columns of the labels, at least.
const LABEL: u16 = 11;
/// Columns that a label leaves its field, at least.
const FIELD: u16 = 20;
/// From so many rows on there is a gap below what announces the pages.
const ROOMY: u16 = 14;

/// How the window is divided.
struct Parts {
    /// What announces the pages.
    head: Rect,
    /// The fields in sight.
    fields: Rect,
    /// What the page has to look at.
    panel: Rect,
    /// What is said of the focused field.
    below: Rect,
}

/// Draws it.
pub fn draw(form: &Form, model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let inner = window(area, &form.title, "", theme, frame);
    let (parts, content) = split(form, inner, theme);
    if parts.head.height > 0 {
        head::draw(form, parts.head, theme, frame);
    }
    let label = label_columns(form, inner.width.into());
    let take = model.key(Action::Enter).map_or_else(String::new, |key| format!("{key}: "));
    for (at, place) in places(form, parts.fields) {
        field(&form.fields[at], at == form.index, &take, label, place, theme, frame);
    }
    choosing::draw(form, model, parts.panel, theme, frame);
    lines(content, parts.below, frame);
}

/// The room for each part. What is said below keeps two rows, and gets more where it needs them.
fn split(form: &Form, inner: Rect, theme: &Theme) -> (Parts, Vec<Line<'static>>) {
    let content = below(form, usize::from(inner.width), theme);
    let rows = u16::try_from(content.len()).unwrap_or(u16::MAX).clamp(2, 5).min(inner.height / 2);
    let head = match form.pages.all.len() {
        0 => 0,
        _ if inner.height < ROOMY => inner.height.min(1),
        _ => 2,
    };
    let room = inner.height.saturating_sub(head + rows + 1);
    let page = form.page();
    let has_panel = form.pages.all.get(page).is_some_and(|page| page.panel > 0);
    let needed: u16 = form.places_on(page).map(|place| form.rows_of(place)).sum();
    let height = if has_panel { needed.min(room) } else { room };
    let fields = Rect { y: inner.y + head, height, ..inner };
    let panel = Rect {
        y: (fields.bottom() + 1).min(inner.bottom()),
        height: room.saturating_sub(height + 1),
        ..inner
    };
    let below = inner.height.saturating_sub(head + room + 1);
    let below = Rect { y: inner.bottom() - below, height: below, ..inner };
    (Parts { head: Rect { height: head, ..inner }, fields, panel, below }, content)
}

/// Columns of the labels in sight: as many as they need, as long as the fields keep theirs.
fn label_columns(form: &Form, columns: usize) -> u16 {
    let columns = u16::try_from(columns).unwrap_or(u16::MAX);
    let labels = form.places_on(form.page()).map(|place| fit::width(form.fields[place].label));
    let longest = u16::try_from(labels.max().unwrap_or(0)).unwrap_or(u16::MAX);
    longest.saturating_add(3).min(columns.saturating_sub(FIELD)).max(LABEL)
}

/// What is wrong, else what could be better, else how to fill the focused field in.
fn below(form: &Form, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let Some(focused) = form.fields.get(form.index) else { return Vec::new() };
    let name = Some(focused.name);
    let (text, style) = match (&form.error, form.advice()) {
        (Some(error), _) => (error.as_str(), theme.bad),
        (None, Some(advice)) => (advice.sentence(), theme.advice),
        (None, None) => (focused.help, theme.muted),
    };
    let mut content: Vec<_> =
        fit::wrapped(text, columns).into_iter().map(|line| styled(line, style)).collect();
    // A question that had no room beside its field is asked here.
    let room = usize::from(label_columns(form, columns)).saturating_sub(2);
    if fit::width(focused.label) > room {
        let question = fit::wrapped(focused.label, columns).into_iter();
        content.splice(0..0, question.map(|line| styled(line, theme.text)));
    }
    let asides = form.asides.iter().filter(|(whose, _)| Some(*whose) == name);
    content
        .extend(asides.map(|(_, aside)| styled(fit::clipped(aside, columns, theme), theme.rest)));
    content
}

/// Where the fields can be clicked, and the pages.
pub fn spots(form: &Form, area: Rect, theme: &Theme) -> Vec<Spot> {
    let (parts, _) = split(form, room(area), theme);
    let places = places(form, parts.fields).into_iter();
    let fields = places.map(|(at, area)| Spot { area, target: Target::Field(at) });
    fields.chain(head::spots(form, parts.head, theme)).collect()
}

/// Where the fields in sight are. Where there is no room for all, those around the focused one are
/// shown.
fn places(form: &Form, fields: Rect) -> Vec<(usize, Rect)> {
    let on_page = || form.places_on(form.page());
    let above = on_page().take_while(|place| *place <= form.index);
    let end: u16 = above.map(|place| form.rows_of(place)).sum();
    let mut hidden = end.saturating_sub(fields.height);
    let mut y = fields.y;
    let mut places = Vec::new();
    for at in on_page() {
        let height = form.rows_of(at);
        // The focused one is in sight, if only its first rows.
        if hidden > 0 && at != form.index {
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

fn field(
    labelled: &Labelled,
    is_focused: bool,
    take: &str,
    label: u16,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let style = if is_focused { theme.title_focused } else { theme.muted };
    let marker = if is_focused { theme.glyphs.marker } else { " " };
    frame.render_widget(
        Line::from(vec![
            Span::styled(marker, theme.border_focused),
            Span::styled(
                fit::clipped(labelled.label, usize::from(label).saturating_sub(2), theme),
                style,
            ),
        ]),
        Rect { height: 1, width: label.min(area.width), ..area },
    );
    let area = Rect { x: area.x + label, width: area.width.saturating_sub(label), ..area };
    match &labelled.field {
        // What is asked stands where the answer will, until it is there.
        Field::Text(editor) if !is_focused && asks(labelled) && editor.is_empty() => {
            let few = fit::few_lines(
                labelled.help,
                usize::from(area.width),
                usize::from(area.height),
                theme,
            );
            lines(few.into_iter().map(|line| styled(line, theme.muted)), area, frame);
        }
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
        Field::Score(score) => {
            let mut dots = Vec::from(worth::dots(*score, theme));
            let said = if *score == 0 { "  not said".to_owned() } else { format!("  {score}") };
            dots.push(Span::styled(said, theme.muted));
            if is_focused {
                dots.push(Span::styled("  ← →", theme.key));
            }
            frame.render_widget(Line::from(dots), Rect { height: 1, ..area });
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
                    fit::clipped(&format!("{take}{}", token.label), usize::from(row.width), theme);
                frame.render_widget(Span::styled(hint, theme.muted), row);
            }
        }
    }
}

/// Whether what is said of a field is the question that it answers.
fn asks(labelled: &Labelled) -> bool {
    matches!(labelled.name, Name::Answer(_))
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
    if editor.is_multiline() {
        let few = fit::few_lines(&shown, columns, usize::from(area.height), theme);
        return lines(few.into_iter().map(Line::from), area, frame);
    }
    let shown = shown.lines().map(|line| Line::from(fit::clipped(line, columns, theme)));
    lines(shown, area, frame);
}
