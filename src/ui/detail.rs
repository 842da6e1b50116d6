//! The detail: a document of lines, some of which are items that lead somewhere.
//!
//! Owns drawing the part in sight and what is said when more lies below. Each kind of record has its
//! own file. Must not know what an item leads to.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{fit, habit_detail, pane, project_detail, theme::Theme, topic_detail};
use crate::{
    app::{Focus, Model, Pane, heat::Heat},
    domain::text,
};

/// Lines to show, with a title and a fact for the frame.
#[derive(Debug, Default)]
pub struct Document<'a> {
    /// On the frame, left.
    pub title: String,
    /// On the frame, right.
    pub fact: String,
    /// The content.
    pub lines: Vec<Line<'a>>,
    /// The lines that are items, in the order of [`crate::app::detail::items`].
    pub items: Vec<usize>,
    /// Where the days of a year are.
    pub heat: Option<Heat>,
}

impl<'a> Document<'a> {
    /// Adds a line.
    pub fn push(&mut self, line: impl Into<Line<'a>>) {
        self.lines.push(line.into());
    }

    /// Adds a line that is an item.
    pub fn item(&mut self, line: impl Into<Line<'a>>) {
        self.items.push(self.lines.len());
        self.push(line);
    }

    /// Says where the days are of a heatmap that is added next.
    pub fn heat(&mut self, heat: Option<Heat>) {
        self.heat = heat.map(|heat| Heat { line: heat.line + self.lines.len(), ..heat });
    }

    /// Adds an empty line, but never two.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.push("");
        }
    }

    /// The whole title above everything, where the frame cut it.
    fn begin_with_title(&mut self, columns: usize, theme: &Theme) {
        let title = fit::wrapped(&self.title, columns);
        let count = title.len();
        self.lines.splice(0..0, title.into_iter().map(|line| Line::styled(line, theme.heading)));
        for item in &mut self.items {
            *item += count;
        }
        self.heat = self.heat.map(|heat| Heat { line: heat.line + count, ..heat });
    }

    /// Adds a heading after a gap.
    pub fn heading(&mut self, text: &'static str, theme: &Theme) {
        self.gap();
        self.push(Span::styled(text, theme.heading));
    }
}

/// The document of the focused pane's selection, for a frame of this size.
pub fn document<'a>(model: &Model, area: Rect, theme: &'a Theme) -> Document<'a> {
    let columns = usize::from(area.width).saturating_sub(4);
    let height = usize::from(area.height).saturating_sub(2);
    let mut document = match model.pane {
        Pane::Today => habit_detail::document(model, columns, height, theme),
        Pane::Curriculum => topic_detail::document(model, columns, theme),
        Pane::Portfolio => project_detail::document(model, columns, theme),
    };
    let (title, _) = pane::on_line(columns, &document.title, &document.fact, theme);
    if title != text::shown(&document.title) {
        document.begin_with_title(columns, theme);
    }
    document
}

/// Draws it.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let mut document = document(model, area, theme);
    let has_keys = model.focus == Focus::Detail;
    let height = usize::from(area.height).saturating_sub(2);
    let offset = model.detail_top.min(document.lines.len().saturating_sub(height));
    let below = document.lines.len().saturating_sub(offset + height);
    let inner = pane::titled(area, has_keys, &document.title, &document.fact, theme, frame);
    if below > 0 && area.height > 2 {
        let text = format!(" {below} more ");
        let width = u16::try_from(text.len()).unwrap_or(0);
        let x = area.right().saturating_sub(width + 2);
        let place = Rect { x, y: area.bottom() - 1, width, height: 1 };
        frame.render_widget(Span::styled(text, theme.muted), place);
    }
    let selected = model.detail_item.filter(|_| has_keys);
    let selected = selected.and_then(|item| document.items.get(item).copied());
    let visible = document.lines.drain(..).enumerate().skip(offset).take(height);
    for (y, (at, line)) in (inner.y..).zip(visible) {
        let place = Rect { y, height: 1, ..inner };
        if selected == Some(at) {
            frame.buffer_mut().set_style(place, theme.selected);
            frame.render_widget(Span::styled(theme.glyphs.marker, theme.border_focused), place);
        }
        let place = Rect { x: place.x + 1, width: place.width.saturating_sub(2), ..place };
        frame.render_widget(line, place);
    }
}
