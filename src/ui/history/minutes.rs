//! Minutes of sessions, a bar a week.
//!
//! Must not know how they were measured.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::strength::months;
use crate::{
    app::Model,
    domain::session::duration,
    ui::{pane, theme::Theme},
};

/// An eighth of a cell is the smallest step of a bar.
const EIGHTHS: u64 = 8;

/// Draws what they come to, the bars, and the months below them.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let weeks = &model.history.weekly_seconds;
    let most = weeks.iter().copied().max().unwrap_or(0);
    let line = |row: u16| Rect { y: area.y + row, height: 1.min(area.height), ..area };
    if most == 0 {
        let text = "No session in these weeks. A tick is enough; a session is a bonus.";
        return pane::empty(text, area, theme, frame);
    }
    let columns = usize::from(area.width);
    // One column a week, or two where there is room; the newest weeks where there is none.
    let wide = if columns >= weeks.len() * 2 { 2 } else { 1 };
    let shown = weeks.len().min(columns / wide);
    // What is said is of the whole year, also where not all of its bars have room.
    let all: u64 = weeks.iter().sum();
    let busy = weeks.iter().filter(|seconds| **seconds > 0).count();
    let weeks = &weeks[weeks.len() - shown..];
    let plural = if busy == 1 { "week" } else { "weeks" };
    let mut said = vec![
        Span::styled(duration(all), theme.heading),
        Span::styled(format!(" in {busy} {plural}"), theme.muted),
        Span::styled(format!(", up to {} a week", duration(most)), theme.muted),
    ];
    if said.iter().map(Span::width).sum::<usize>() > columns {
        said.pop();
    }
    frame.render_widget(Line::from(said), line(0));
    let rows = area.height.saturating_sub(2);
    for (at, seconds) in weeks.iter().enumerate() {
        // Rounded up: even the shortest session shows.
        let filled = (seconds * u64::from(rows) * EIGHTHS).div_ceil(most);
        for row in 0..rows {
            let below = u64::from(rows - 1 - row) * EIGHTHS;
            let part = usize::try_from(filled.saturating_sub(below).min(EIGHTHS)).unwrap_or(0);
            if let Some(glyph) = part.checked_sub(1).map(|part| theme.glyphs.heights[part]) {
                let x = area.x + u16::try_from(at * wide).unwrap_or(0);
                frame.buffer_mut().set_string(x, area.y + 1 + row, glyph, theme.bar);
            }
        }
    }
    let text = months(&model.history.stretch, shown, shown * wide);
    frame.render_widget(Line::styled(text, theme.muted), line(area.height.saturating_sub(1)));
}
