//! What adding a habit offers first: starters, or one of the person's own.
//!
//! Owns choosing. Must not know what the form does with the choice.

use super::{Action, Model, Overlay, habit_form, listing::Listing};
use crate::domain::starters::{Starter, Starters};

/// The first line is one's own; the starters follow.
#[derive(Debug, Clone)]
pub struct Offer {
    /// `None` is an empty form.
    pub choices: Listing<Option<Starter>>,
}

/// Rows of the recipe below the list, with the gap above it.
const RECIPE_ROWS: u16 = 4;

/// Rows of the list, where the window has so many; a small one has no room for the recipe.
pub fn list_rows(height: u16) -> u16 {
    if height > 2 * RECIPE_ROWS { height - RECIPE_ROWS } else { height }
}

impl Offer {
    /// Rows of its content.
    pub fn height(&self) -> u16 {
        u16::try_from(self.choices.rows().len()).unwrap_or(u16::MAX).saturating_add(RECIPE_ROWS)
    }
}

impl Model {
    /// Offers the starters that are not habits already.
    pub(super) fn offer_starters(&mut self) {
        let is_new = |starter: &Starter| {
            self.workspace.active_habits().all(|habit| habit.name != starter.name)
        };
        let starters = Starters::shipped().habits.into_iter().filter(is_new).map(Some);
        let mut choices = Listing::default();
        choices.replace(std::iter::once(None).chain(starters).collect());
        self.overlay = Some(Overlay::Offer(Offer { choices }));
    }

    /// Does an action to the offer; taking a line opens the form with it.
    pub(super) fn act_on_offer(&mut self, mut offer: Offer, action: Action) {
        match action {
            Action::Up | Action::Down => {
                offer.choices.step(if action == Action::Up { -1 } else { 1 });
                self.overlay = Some(Overlay::Offer(offer));
            }
            Action::Accept => {
                let starter = offer.choices.selected().and_then(Option::as_ref);
                let form = habit_form::form(self, None, starter);
                self.overlay = Some(Overlay::Form(Box::new(form)));
            }
            _ => {}
        }
    }
}
