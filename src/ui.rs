//! Drawing: reads the model and fills a frame.
//!
//! Owns layout into rows and columns, glyphs and styles. Must not change anything: `view` is pure in
//! the model, and where things are was decided in `app::areas`.

mod detail;
mod fit;
mod footer;
mod habit_detail;
mod header;
mod heatmap;
mod overlay;
mod pane;
mod portfolio;
mod project_detail;
mod roadmap;
pub mod theme;
mod today;
mod topic_detail;

use ratatui::{Frame, layout::Rect, text::Line};

use self::theme::Theme;
use crate::{
    app::{Focus, Model, Pane, areas::Layout, today_count},
    keymap::Keymap,
};

/// Draws the whole screen.
pub fn view(model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    if model.areas.layout == Layout::Tiny
        || model.areas.screen.intersection(frame.area()) != model.areas.screen
    {
        return tiny(model, theme, frame);
    }
    header::draw(model, theme, frame);
    // The focused frame is drawn last, so that the lines it shares are in its colour.
    let panes = Pane::ALL
        .into_iter()
        .filter(|pane| *pane != model.pane)
        .chain([model.pane]);
    let detail_first = model.focus == Focus::List;
    if detail_first {
        draw_detail(model, theme, frame);
    }
    for pane in panes {
        let Some(area) = model.areas.lists[pane as usize] else {
            continue;
        };
        match pane {
            Pane::Today => today::draw(model, area, theme, frame),
            Pane::Curriculum => roadmap::draw(model, area, theme, frame),
            Pane::Portfolio => portfolio::draw(model, area, theme, frame),
        }
    }
    if !detail_first {
        draw_detail(model, theme, frame);
    }
    overlay::draw(model, keymap, theme, frame);
    footer::draw(model, keymap, theme, frame);
}

fn draw_detail(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    if let Some(area) = model.areas.detail {
        detail::draw(model, area, theme, frame);
    }
}

/// Too small for panes: today's count, and that more room shows more.
fn tiny(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let count = today_count(model);
    let area = frame.area().intersection(model.areas.screen);
    let content = [
        format!("inch {}/{} today", count.done, count.due),
        "space ticks, q quits".to_owned(),
        "40×12 shows more".to_owned(),
    ];
    for (y, text) in (area.y..area.bottom()).zip(content) {
        let text = fit::clipped(&text, usize::from(area.width), theme);
        frame.render_widget(
            Line::from(text),
            Rect {
                y,
                height: 1,
                ..area
            },
        );
    }
}
