//! Drawing: reads the model and fills a frame.
//!
//! Owns layout into rows and columns, glyphs and styles. Must not change anything: `view` is pure in
//! the model, and where things are was decided in `app::areas`.

mod cell;
mod detail;
mod digits;
mod fit;
mod footer;
mod found;
mod habit_detail;
mod header;
mod heatmap;
mod hints;
mod history;
mod outlook;
mod overlay;
mod pane;
mod portfolio;
mod project_detail;
mod roadmap;
pub mod theme;
mod today;
mod topic_detail;
mod worth;

use ratatui::{Frame, buffer::Buffer, layout::Rect, text::Line};

use self::theme::Theme;
use crate::{
    app::{
        Action, Focus, Model, Overlay, Pane, areas::Layout, detail::Shape, mouse::Spot, today_count,
    },
    domain::text,
    keymap::Keymap,
};

/// Draws the whole screen.
pub fn view(model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    // Between a change of size and the next message the areas may be larger than the frame.
    let is_fitting = model.areas.screen.intersection(frame.area()) == model.areas.screen;
    if model.areas.layout == Layout::Tiny || !is_fitting {
        tiny(model, theme, frame);
    } else {
        whole(model, keymap, theme, frame);
    }
    if theme.glyphs.is_ascii {
        plain_punctuation(frame.buffer_mut());
    }
}

/// Measures what scrolls: a window to read in while one is open, else the detail; and what can be
/// clicked.
pub fn shape(model: &Model, keymap: &Keymap, theme: &Theme) -> Shape {
    let spots = spots(model, keymap, theme);
    if matches!(model.overlay, Some(Overlay::Help { .. })) {
        let lines = overlay::help_lines(model, keymap, theme);
        return Shape { lines, spots, ..Shape::default() };
    }
    if let Some(Overlay::Reading(reading)) = &model.overlay {
        let lines = overlay::reading_lines(reading, model);
        return Shape { lines, spots, ..Shape::default() };
    }
    if let Some(frames) = model.areas.history {
        let lines = history::lines_of_view(model, frames, theme);
        return Shape { lines, spots, ..Shape::default() };
    }
    // A detail that is out of sight is measured as it will be seen: it takes the list's place.
    let hidden = model.areas.lists[model.pane as usize];
    let Some(area) = model.areas.detail.or(hidden) else {
        return Shape { spots, ..Shape::default() };
    };
    let document = detail::document(model, area, theme);
    Shape { lines: document.lines.len(), items: document.items, heat: document.heat, spots }
}

/// What can be clicked outside of lists and detail, the topmost first.
fn spots(model: &Model, keymap: &Keymap, theme: &Theme) -> Vec<Spot> {
    let mut spots = footer::spots(model, keymap, theme);
    spots.extend(overlay::spots(model, keymap, theme));
    spots.extend(header::spots(model, theme));
    spots.extend(history::spots(model, theme));
    spots
}

fn whole(model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    header::draw(model, theme, frame);
    frames(model, theme, frame);
    for pane in Pane::ALL {
        let Some(area) = model.areas.lists[pane as usize] else {
            continue;
        };
        match pane {
            Pane::Today => today::draw(model, area, theme, frame),
            Pane::Curriculum => roadmap::draw(model, area, theme, frame),
            Pane::Portfolio => portfolio::draw(model, area, theme, frame),
        }
    }
    if let Some(frames) = model.areas.history {
        history::draw(model, frames, theme, frame);
    }
    if let Some(area) = model.areas.detail {
        detail::draw(model, area, theme, frame);
    }
    overlay::draw(model, keymap, theme, frame);
    footer::draw(model, keymap, theme, frame);
}

/// Sentences are set with dashes, dots and quotes; terminals that know only ASCII get its next best,
/// in one place, in the person's own text as well.
fn plain_punctuation(buffer: &mut Buffer) {
    const PLAIN: [(&str, &str); 11] = [
        ("·", "-"),
        ("–", "-"),
        ("—", "-"),
        ("“", "\""),
        ("”", "\""),
        ("…", "~"),
        ("×", "x"),
        ("←", "<"),
        ("→", ">"),
        ("↑", "^"),
        ("↓", "v"),
    ];
    for cell in &mut buffer.content {
        if let Some((_, plain)) = PLAIN.iter().find(|(symbol, _)| *symbol == cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}

/// All frames, the one that takes the keys last, so that the lines it shares are in its colour.
fn frames(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let in_list = model.focus == Focus::List;
    let lists =
        Pane::ALL.map(|pane| (model.areas.lists[pane as usize], in_list && pane == model.pane));
    let mut all = [(model.areas.detail, !in_list), lists[0], lists[1], lists[2]];
    all.sort_by_key(|(_, has_keys)| *has_keys);
    for (area, has_keys) in all {
        if let Some(area) = area {
            pane::bordered(area, has_keys, theme, frame);
        }
    }
}

/// Too small for panes: the day's count, the habit that Space would tick, what there is to say.
fn tiny(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let key = |action| model.key(action).unwrap_or_default();
    let quit = key(Action::Quit);
    let count = today_count(model);
    let day = if model.day == model.today { "today" } else { "that day" };
    let mut content = vec![format!("inch {}/{} {day}", count.done, count.due)];
    if let Some(timer) = &model.timer {
        content.push(header::running(timer, theme));
        content.push(text::shown(&model.timer_title()).into_owned());
    }
    if model.is_hidden() {
        content.push("A window is open.".to_owned());
        let is_all = matches!(model.overlay, Some(Overlay::Welcome));
        let does = if is_all { "quits" } else { "leaves it" };
        content.push(format!("{} {does}", key(Action::Interrupt)));
    } else if matches!(model.overlay, Some(Overlay::Timer)) {
        content.push(format!("{} leaves it", key(Action::Interrupt)));
    } else if model.pane != Pane::Today || model.is_in_history() {
        content.push(format!("{} today, {quit} quits", key(Action::FocusToday)));
    } else if let Some(habit) = model.selected_habit() {
        let ask = model.asks.get(&habit.id);
        let (glyph, _) =
            ask.map_or((theme.glyphs.idle, theme.muted), |ask| today::mark(ask, theme));
        content.push(format!("{glyph} {}", text::shown(&habit.name)));
        content.push(format!("{} ticks, {quit} quits", key(Action::ToggleCheckIn)));
    }
    match (model.unsaved.len(), &model.notice) {
        (0, None) => {}
        (0, Some(notice)) => {
            content.extend(fit::wrapped(&notice.text, model.areas.screen.width.into()));
        }
        (count, _) => content.push(format!("{count} not saved")),
    }
    content.push("40×12 shows more".to_owned());
    let area = frame.area().intersection(model.areas.screen);
    for (y, text) in (area.y..area.bottom()).zip(content) {
        let text = fit::clipped(&text, usize::from(area.width), theme);
        frame.render_widget(Line::from(text), Rect { y, height: 1, ..area });
    }
}
