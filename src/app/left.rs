//! What is left today, for those who look elsewhere: the window's title and the reminder.
//!
//! Owns the words. Today is meant, whichever day the screen shows. Must not know how a window is
//! named or a bell is rung.

use super::Model;
use crate::{
    config::Glyphs,
    domain::{
        change::Change,
        figures::Ask,
        habit::{Habit, Mark},
        text,
    },
};

/// How many habits a reminder names.
const NAMED: usize = 3;
/// The longest form of a name in it.
const NAME_GRAPHEMES: usize = 40;

/// What the window is called: `inch · 2 left today`.
pub fn title(model: &Model) -> String {
    let left = left(model).count();
    let is_done = |(habit, ask): &(&Habit, Ask)| ask.is_finished() || is_saving(model, habit);
    let what = match left {
        0 if asked_today(model).any(|asked| is_done(&asked)) => "all done".to_owned(),
        0 => return "inch".to_owned(),
        _ => format!("{left} left today"),
    };
    let dot = if model.config.glyphs == Glyphs::Ascii { "-" } else { "·" };
    format!("inch {dot} {what}")
}

/// What to say at the time for it: `2 habits left today: Read one figure, One flash card`; nothing
/// when nothing is left.
pub fn reminder(model: &Model) -> Option<String> {
    let left: Vec<&Habit> = left(model).collect();
    let names = left.iter().take(NAMED);
    let mut names: Vec<_> =
        names.map(|habit| text::clip(&text::shown(&habit.name), NAME_GRAPHEMES)).collect();
    let others = left.len().saturating_sub(NAMED);
    if others > 0 {
        names.push(format!("and {others} more"));
    }
    let noun = if left.len() == 1 { "habit" } else { "habits" };
    (!left.is_empty()).then(|| format!("{} {noun} left today: {}", left.len(), names.join(", ")))
}

/// The habits that are due today and not done, in the person's order.
fn left(model: &Model) -> impl Iterator<Item = &Habit> {
    asked_today(model)
        .filter(|(habit, ask)| ask.is_unfinished() && !is_saving(model, habit))
        .map(|(habit, _)| habit)
}

/// Every habit that is not archived, with what is asked of it today.
fn asked_today(model: &Model) -> impl Iterator<Item = (&Habit, Ask)> {
    model.workspace.active_habits().filter_map(|habit| Some((habit, ask_today(model, habit)?)))
}

fn ask_today(model: &Model, habit: &Habit) -> Option<Ask> {
    if model.day == model.today {
        return model.asks.get(&habit.id).copied();
    }
    let first_day = model.figures.get(&habit.id)?.first_day;
    model.workspace.ask(habit, model.today, first_day, model.today)
}

/// Whether today's tick only waits to be saved.
fn is_saving(model: &Model, habit: &Habit) -> bool {
    let tick = Change::CheckInSet { habit: habit.id, day: model.today, mark: Some(Mark::Done) };
    model.unsaved.contains(&tick)
}
