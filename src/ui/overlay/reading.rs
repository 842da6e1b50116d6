//! Something to read: paragraphs, broken into lines here.

use ratatui::{Frame, layout::Rect, text::Line};

use super::{lines, window};
use crate::{
    app::reading::Reading,
    ui::{fit, theme::Theme},
};

/// Draws it from a line on.
pub fn draw(reading: &Reading, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let all = content(reading, usize::from(area.width).saturating_sub(4));
    let offset = usize::from(reading.offset);
    let last = (offset + usize::from(area.height.saturating_sub(2))).min(all.len());
    let is_whole = offset == 0 && last == all.len();
    let fact = if is_whole { String::new() } else { format!("{last}/{}", all.len()) };
    let inner = window(area, &reading.title, &fact, theme, frame);
    lines(all.into_iter().skip(offset), inner, frame);
}

/// All of it, with a gap between paragraphs.
pub fn content(reading: &Reading, columns: usize) -> Vec<Line<'static>> {
    let mut content = Vec::new();
    for paragraph in &reading.paragraphs {
        if !content.is_empty() {
            content.push(Line::default());
        }
        content.extend(fit::wrapped(paragraph, columns).into_iter().map(Line::from));
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_as_high_as_what_is_drawn_in_it() {
        let paragraphs = [
            "A half-finished, well-meant, state-of-the-art sentence",
            "anextraordinarilylongwordthatfitsintonolineofthese",
            "日本語 日本語日本語日本語",
            "",
        ]
        .map(str::to_owned);
        let reading = Reading { title: String::new(), paragraphs: paragraphs.to_vec(), offset: 0 };
        for columns in 1..60 {
            let drawn = content(&reading, columns.into()).len();
            assert_eq!(usize::from(reading.height(columns)), drawn, "{columns}");
        }
    }
}
