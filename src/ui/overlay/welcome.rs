//! The first start: the idea, and a habit to begin with.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{lines, styled, window};
use crate::{
    app::STARTER,
    ui::{fit, theme::Theme},
};

const IDEA: &str = "A career in AI grows from learning, projects and time. What keeps it going for years \
                    is a habit so small that it is never skipped: ten seconds of a lesson, right after \
                    something you do every day anyway.";
const PANES: [(&str, &str); 3] = [
    ("1 Today", "tick your tiny habits"),
    ("2 Curriculum", "see what to learn next, and where"),
    (
        "3 Portfolio",
        "watch small projects grow into work that others rely on",
    ),
];

/// Draws it.
pub fn draw(area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let inner = window(area, "Welcome to inch", "", theme, frame);
    let columns = usize::from(inner.width);
    let mut content = vec![Line::default()];
    content.extend(fit::wrapped(IDEA, columns).into_iter().map(Line::from));
    content.push(Line::default());
    for (pane, what) in PANES {
        content.push(Line::from(vec![
            Span::styled(format!("  {pane:<14}"), theme.title_focused),
            Span::raw(fit::clipped(what, columns.saturating_sub(16), theme)),
        ]));
    }
    content.push(Line::default());
    content.push(styled("A first habit, if you like:", theme.muted));
    content.push(Line::default());
    content.push(Line::from(vec![
        Span::raw(format!("  {} ", theme.glyphs.due)),
        Span::styled(STARTER, theme.heading),
    ]));
    let recipe =
        "    After I sit down at my desk, I will watch 10 seconds of a lesson. Then I say “nice”.";
    content.extend(
        fit::wrapped(recipe, columns)
            .into_iter()
            .map(|line| styled(line, theme.muted)),
    );
    content.push(Line::default());
    content.push(Line::from(vec![
        Span::styled("enter", theme.key),
        Span::raw(" takes it    "),
        Span::styled("esc", theme.key),
        Span::raw(" starts with nothing"),
    ]));
    lines(content, inner, frame);
}
