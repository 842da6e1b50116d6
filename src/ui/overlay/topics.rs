//! Choosing a topic: those that fit what was typed, with how far the person is.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::window;
use crate::{
    app::{Model, topics::Topics},
    ui::{fit, pane, roadmap, theme::Theme},
};

/// Draws it.
pub fn draw(topics: &Topics, model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let height = area.height.saturating_sub(4);
    let position = pane::position(&topics.found, height).unwrap_or_default();
    let inner = window(area, "Which topic is it about?", &position, theme, frame);
    let prompt = Rect { height: inner.height.min(1), ..inner };
    let input = Rect { x: prompt.x + 2, width: prompt.width.saturating_sub(2), ..prompt };
    frame.render_widget(Span::styled("> ", theme.key), prompt);
    frame.render_widget(topics.editor.widget(), input);
    let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    if topics.found.rows().is_empty() {
        return pane::empty("No topic fits.", list, theme, frame);
    }
    let columns = usize::from(list.width).saturating_sub(1);
    pane::rows(&topics.found, list, true, theme, frame, |id| {
        let Some(id) = id else {
            return Line::styled(" without a topic", theme.muted);
        };
        let (glyph, style) = roadmap::sign(model, id, theme);
        let word = model.topic_state(id).word();
        let room = columns.saturating_sub(fit::width(word) + 4);
        let title = fit::clipped(&model.topic_title(id), room, theme);
        fit::spread(
            vec![Span::raw(" "), Span::styled(glyph, style), Span::raw(format!(" {title}"))],
            vec![Span::styled(word, theme.muted)],
            columns,
        )
    });
}
