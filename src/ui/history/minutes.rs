//! Minutes of sessions, a bar a week.
//!
//! Must not know how they were measured.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::strength::months;
use crate::{app::Model, domain::session::duration, ui::theme::Theme};

/// Columns of the scale.
const SCALE: u16 = 8;

/// Draws the bars, their scale, the months and what they come to.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let weeks = &model.history.weekly_seconds;
    let most = weeks.iter().copied().max().unwrap_or(0);
    if most == 0 {
        let line = Line::styled(
            "No session in these weeks. Ten seconds are enough; more is a bonus.",
            theme.muted,
        );
        frame.render_widget(line, Rect { height: 1.min(area.height), ..area });
        return;
    }
    let plot = Rect {
        x: area.x + SCALE,
        width: area.width.saturating_sub(SCALE),
        height: area.height.saturating_sub(2),
        ..area
    };
    let all: u64 = weeks.iter().sum();
    let busy = weeks.iter().filter(|seconds| **seconds > 0).count();
    let said = format!("{} in {busy} weeks, at most {} in one", duration(all), duration(most));
    frame.render_widget(Span::styled(said, theme.text), Rect { height: 1, ..area });
    let plot = Rect { y: plot.y + 1, ..plot };
    frame.render_widget(
        Span::styled(duration(most), theme.muted),
        Rect { height: 1.min(plot.height), x: area.x, width: SCALE, ..plot },
    );
    let eighths = u64::from(plot.height) * 8;
    // One column a week, or two where there is room.
    let wide = if usize::from(plot.width) >= weeks.len() * 2 { 2 } else { 1 };
    let first = weeks.len().saturating_sub(usize::from(plot.width) / wide);
    for (at, seconds) in weeks[first..].iter().enumerate() {
        let filled = (seconds * eighths).div_ceil(most);
        for row in 0..plot.height {
            let above = u64::from(plot.height - 1 - row) * 8;
            let part = filled.saturating_sub(above).min(8);
            if part > 0 {
                let glyph = theme.glyphs.heights[usize::try_from(part - 1).unwrap_or(0)];
                let x = plot.x + u16::try_from(at * wide).unwrap_or(0);
                frame.buffer_mut().set_string(x, plot.y + row, glyph, theme.bar);
            }
        }
    }
    let text = months(model, weeks.len() * wide);
    let line =
        Line::from(vec![Span::raw(" ".repeat(SCALE.into())), Span::styled(text, theme.muted)]);
    frame.render_widget(line, Rect { y: area.bottom().saturating_sub(1), height: 1, ..area });
}
