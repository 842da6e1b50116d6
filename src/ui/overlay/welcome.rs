//! The first start: the idea, and a habit to begin with.
//!
//! Where there is little room the idea gives way; the habit and the keys stay.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{keys, lines, room, styled, window};
use crate::{
    app::{Model, STARTER, starter_recipe},
    keymap::Keymap,
    ui::{fit, hints, theme::Theme},
};

const IDEA: &str = "A career in AI grows from learning, projects and time. What keeps it going for years \
                    is a habit so small that it is never skipped: ten seconds of a lesson, right after \
                    something you do every day anyway.";
const PANES: [(&str, &str); 3] = [
    ("1 Today", "tick your tiny habits"),
    ("2 Curriculum", "what to learn next, and where"),
    ("3 Portfolio", "small projects that grow"),
];

/// Draws it.
pub fn draw(model: &Model, keymap: &Keymap, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let inner = window(area, "Welcome to inch", "", theme, frame);
    lines(content(model, keymap, inner, theme), inner, frame);
}

/// The row of the keys, which come last.
pub fn keys_row(model: &Model, keymap: &Keymap, area: Rect, theme: &Theme) -> u16 {
    let rows = content(model, keymap, room(area), theme).len();
    u16::try_from(rows).unwrap_or(u16::MAX).saturating_sub(1)
}

fn content<'a>(model: &Model, keymap: &Keymap, inner: Rect, theme: &'a Theme) -> Vec<Line<'a>> {
    let columns = usize::from(inner.width);
    let wrapped = |text: &str| fit::wrapped(text, columns).into_iter().map(Line::from).collect();
    let idea: Vec<Line<'_>> = wrapped(IDEA);
    let panes = PANES.map(|(pane, what)| {
        Line::from(vec![
            Span::styled(format!("  {pane:<14}"), theme.title_focused),
            Span::raw(fit::clipped(what, columns.saturating_sub(16), theme)),
        ])
    });
    let mut offer = vec![Line::from(vec![
        Span::raw(format!("  {} ", theme.glyphs.due)),
        Span::styled(STARTER, theme.heading),
    ])];
    let recipe = fit::wrapped(&starter_recipe().sentence(STARTER), columns.saturating_sub(4));
    offer.extend(recipe.into_iter().map(|line| styled(format!("    {line}"), theme.muted)));
    let keys = hints::line(&keys(model, keymap, inner.width, theme), theme.text, theme);
    let question = styled("A first habit, if you like:", theme.muted);
    let mut parts: [Vec<Line<'_>>; 5] = [idea, panes.to_vec(), vec![question], offer, vec![keys]];
    let height = usize::from(inner.height);
    for least_needed in [1, 0, 2] {
        let needed: usize =
            parts.iter().filter(|part| !part.is_empty()).map(|part| part.len() + 1).sum();
        if needed > height + 1 {
            parts[least_needed].clear();
        }
    }
    let mut content = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !content.is_empty() {
            content.push(Line::default());
        }
        content.extend(part);
    }
    content
}
