//! Starters to choose from, with the recipe of the selected one below.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{lines, styled, window};
use crate::{
    app::offer::{Offer, list_rows},
    domain::starters::Starter,
    ui::{fit, pane, theme::Theme},
};

/// What the line of one's own says.
const OWN: &str = "Something of my own";
const ABOUT_OWN: &str = "An empty form that walks with you through anchor, behaviour, celebration and schedule, with examples.";

/// Draws it.
pub fn draw(offer: &Offer, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let height = list_rows(area.height.saturating_sub(2));
    let position = pane::position(&offer.choices, height).unwrap_or_default();
    let inner = window(area, "New habit: begin with", &position, theme, frame);
    let list = Rect { height: height.min(inner.height), ..inner };
    let columns = usize::from(list.width).saturating_sub(1);
    pane::rows(&offer.choices, list, true, theme, frame, |choice| match choice {
        None => Line::from(Span::styled(format!(" {OWN}"), theme.heading)),
        Some(starter) => row(starter, columns, theme),
    });
    let below = Rect {
        y: (list.bottom() + 1).min(inner.bottom()),
        height: inner.height.saturating_sub(list.height + 1),
        ..inner
    };
    let about = match offer.choices.selected() {
        Some(Some(starter)) => starter.recipe().sentence(&starter.name),
        _ => ABOUT_OWN.to_owned(),
    };
    let content = fit::wrapped(&about, usize::from(below.width));
    lines(content.into_iter().map(|line| styled(line, theme.muted)), below, frame);
}

fn row<'a>(starter: &Starter, columns: usize, theme: &Theme) -> Line<'a> {
    let schedule = starter.schedule.to_string();
    let name = columns.saturating_sub(fit::width(&schedule) + 3);
    fit::spread(
        vec![Span::raw(format!(" {}", fit::clipped(&starter.name, name, theme)))],
        vec![Span::styled(schedule, theme.muted)],
        columns,
    )
}
