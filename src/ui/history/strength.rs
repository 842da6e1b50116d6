//! Strength over time as a line.
//!
//! Must not know how it is folded.

use chrono::Datelike;
use ratatui::{
    Frame,
    layout::Rect,
    symbols::Marker,
    text::{Line, Span},
    widgets::canvas::{Canvas, Line as Stroke},
};

use crate::{
    app::Model,
    domain::{day::plus, history::stretch::Stretch},
    ui::theme::Theme,
};

/// Columns of the scale.
const SCALE: u16 = 6;

/// Draws the chart, its scale and the months below it.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let strength = &model.history.overview.strength;
    if strength.iter().all(|(_, value)| value.unwrap_or(0.0) <= 0.0) {
        let line =
            Line::styled("Nothing yet: strength grows with every day that is done.", theme.muted);
        frame.render_widget(line, Rect { height: 1.min(area.height), ..area });
        return;
    }
    let plot = Rect {
        x: area.x + SCALE,
        width: area.width.saturating_sub(SCALE),
        height: area.height.saturating_sub(1),
        ..area
    };
    let tops = [(0, "100 %"), (plot.height / 2, " 50 %"), (plot.height.saturating_sub(1), "  0 %")];
    for (row, text) in tops.into_iter().filter(|(row, _)| *row == 0 || plot.height > 3 && *row > 0)
    {
        let place = Rect { y: plot.y + row, height: 1, width: SCALE, x: area.x };
        frame.render_widget(Span::styled(text, theme.muted), place);
    }
    let points: Vec<(f64, f64)> = (0..)
        .zip(strength)
        .filter_map(|(week, (_, value))| Some((f64::from(week), (*value)? * 100.0)))
        .collect();
    let weeks = u16::try_from(model.history.stretch.weeks.max(2)).unwrap_or(u16::MAX) - 1;
    let marker = if theme.glyphs.has_dots { Marker::Braille } else { Marker::Custom('*') };
    let colour = theme.bar.fg.unwrap_or_default();
    let canvas = Canvas::default()
        .marker(marker)
        .x_bounds([0.0, f64::from(weeks)])
        .y_bounds([0.0, 100.0])
        .paint(|context| {
            for pair in points.windows(2) {
                let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
                context.draw(&Stroke::new(x1, y1, x2, y2, colour));
            }
            if let [(x, y)] = points[..] {
                context.draw(&Stroke::new(x, y, x, y, colour));
            }
        });
    frame.render_widget(canvas, plot);
    let bottom = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    let stretch = &model.history.stretch;
    let months = months(stretch, stretch.weeks, usize::from(plot.width));
    let line =
        Line::from(vec![Span::raw(" ".repeat(SCALE.into())), Span::styled(months, theme.muted)]);
    frame.render_widget(line, bottom);
}

/// Month names below the week that holds their first day; the newest `weeks` are spread over
/// `columns`.
pub fn months(stretch: &Stretch, weeks: usize, columns: usize) -> String {
    let mut text = String::new();
    let skipped = stretch.weeks.saturating_sub(weeks);
    let mut month = plus(stretch.grid, i64::try_from(skipped).unwrap_or(0) * 7 - 1).month();
    for week in 0..weeks {
        let last = plus(stretch.grid, i64::try_from(skipped + week).unwrap_or(0) * 7 + 6);
        let column = week * columns.saturating_sub(1) / weeks.saturating_sub(1).max(1);
        let is_new = last.month() != month;
        month = last.month();
        if is_new && text.len() <= column && column + 3 <= columns {
            text.extend(std::iter::repeat_n(' ', column - text.len()));
            text.push_str(&last.format("%b ").to_string());
        }
    }
    text
}
