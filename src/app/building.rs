//! Changes of topics that go on for others: they build on what was said of those.
//!
//! Owns that this is seen to before a change leaves the model. Must not know what takes over what.

use super::{Effect, Model};
use crate::domain::{change::Applied, describe::describe};

impl Model {
    /// A change of a topic that goes on for others builds on what was said of those. One that waited
    /// and is tried again does already.
    pub(super) fn build(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let build = |effect| {
            let Effect::Apply(change) = effect else {
                return effect;
            };
            let is_of_form = self.saving.as_ref() == Some(&change);
            let change = self.workspace.building(change, |change| {
                describe(&Applied::nothing(change), &self.workspace, &self.curriculum, self.today)
            });
            if is_of_form {
                self.saving = Some(change.clone());
            }
            Effect::Apply(change)
        };
        effects.into_iter().map(build).collect()
    }
}
