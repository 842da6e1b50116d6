//! Rehearsing a recipe: three times through, before it counts.
//!
//! Owns how far it has come. It is practice: nothing is logged.

use super::{Action, Model, Overlay};
use crate::domain::{habit::Habit, ids::HabitId};

/// How often it is gone through.
pub const ROUNDS: u8 = 3;

/// A recipe being rehearsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rehearsal {
    /// Whose.
    pub habit: HabitId,
    /// Rounds behind, [`ROUNDS`] at the end; `None` while it is only offered.
    pub rounds: Option<u8>,
}

impl Rehearsal {
    /// What going on and leaving mean here.
    pub const fn word(&self, action: Action) -> Option<&'static str> {
        match (action, self.rounds) {
            (Action::GoOn, None) => Some("yes"),
            (Action::GoOn, Some(rounds)) if rounds < ROUNDS => Some("done once more"),
            (Action::Close, None) => Some("not now"),
            (Action::Close, Some(rounds)) if rounds < ROUNDS => Some("enough"),
            (Action::GoOn | Action::Close, _) => Some("close"),
            _ => None,
        }
    }
}

impl Model {
    /// Whether there is a recipe to go through.
    pub(super) fn can_rehearse(&self) -> bool {
        self.selected_habit().is_some_and(|habit| has_recipe(habit, self))
    }

    /// The offer for a new habit, if its recipe says what to do.
    pub(super) fn rehearsal_offer(&self, id: HabitId) -> Option<Overlay> {
        let habit = self.workspace.habit(id).filter(|habit| has_recipe(habit, self))?;
        Some(Overlay::Rehearsal(Rehearsal { habit: habit.id, rounds: None }))
    }

    /// Does an action to the rehearsal: one round further, or away.
    pub(super) fn act_on_rehearsal(&mut self, rehearsal: Rehearsal, action: Action) {
        let rounds = rehearsal.rounds.map_or(0, |rounds| rounds + 1);
        if action == Action::GoOn && rounds <= ROUNDS {
            self.overlay =
                Some(Overlay::Rehearsal(Rehearsal { rounds: Some(rounds), ..rehearsal }));
        }
    }
}

fn has_recipe(habit: &Habit, model: &Model) -> bool {
    let recipe = habit.recipes.at(model.today);
    habit.archived_on().is_none() && !(recipe.anchor.is_empty() && recipe.behaviour.is_empty())
}
