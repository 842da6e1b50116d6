//! What follows from every message: sizes, what is in sight, and days that have to be read.
//!
//! Owns these. Must not know what the message was.

use super::{
    Effect, Focus, Model, Overlay, Pane, areas::areas, doctor, heat::heatmap_start, offer,
    reading::Reading,
};
use crate::domain::{checkpoint::reach, day::plus};

/// The days of the widest strip and of the longest rate.
const STRIP_DAYS: i64 = 14;
const RATE_DAYS: i64 = 365;
/// How much more is read than is needed, so that moving on reads nothing.
const READ_AHEAD_DAYS: i64 = 60;

/// After every message: sizes follow the model, selections stay visible, and days that are about to
/// be drawn are read.
pub(super) fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
    model.ask_about_sleep();
    model.settle_history(effects);
    model.settle_pace(effects);
    model.settle_grown(effects);
    model.areas = areas(model.size, model);
    for pane in Pane::ALL {
        let height = model.areas.list_height(pane);
        // A list that is out of sight keeps its place for when it comes back.
        if height == 0 {
            continue;
        }
        match pane {
            Pane::Today => model.habits.keep_visible(height),
            Pane::Curriculum => model.tree.keep_visible(height),
            Pane::Portfolio => model.projects.keep_visible(height),
        }
    }
    let overlay_height = model.areas.overlay_height();
    match &mut model.overlay {
        Some(Overlay::Palette(palette)) => {
            palette.actions.keep_visible(overlay_height.saturating_sub(2));
        }
        Some(Overlay::Menu(menu)) => menu.choices.keep_visible(overlay_height),
        Some(Overlay::Topics(topics)) => {
            topics.found.keep_visible(overlay_height.saturating_sub(2));
        }
        Some(Overlay::Offer(offer)) => {
            offer.choices.keep_visible(offer::list_rows(overlay_height));
        }
        Some(Overlay::Doctor(doctor)) => {
            doctor.choices.keep_visible(doctor::Rows::of(model.areas.overlay_room()).list);
        }
        _ => {}
    }
    let subject = model.selected_subject();
    if subject != model.subject {
        // Another record begins at its top.
        model.subject = subject;
        model.detail_top = 0;
        model.detail_item = None;
        model.forget_way();
    }
    if let Some(Overlay::Help { offset } | Overlay::Reading(Reading { offset, .. })) =
        &mut model.overlay
    {
        let lines = u16::try_from(model.shape.lines).unwrap_or(u16::MAX);
        *offset = (*offset).min(lines.saturating_sub(overlay_height));
    }
    if model.row_count(model.pane) == 0 {
        model.focus = Focus::List;
    }
    // The one whose year is shown; in the history, whichever it tells of.
    let shown = model.selected_habit().map(|habit| habit.id);
    for habit in &model.workspace.habits {
        let Some(track) = model.workspace.tracks.get(&habit.id) else {
            continue;
        };
        let strip = plus(model.day, 1 - STRIP_DAYS);
        let first = if Some(habit.id) == shown {
            strip.min(plus(model.today, 1 - RATE_DAYS)).min(heatmap_start(model))
        } else {
            strip
        };
        // A window is judged by all of its days.
        let needed = reach(habit, model.workspace.rules, first);
        // What is older than the habit's marks is not there to be read, but only the disk knows.
        if track.held_from > needed {
            effects.push(Effect::Load(habit.id, plus(needed, -READ_AHEAD_DAYS)));
        }
    }
}
