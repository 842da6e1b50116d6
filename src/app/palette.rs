//! The palette: every action by name.
//!
//! Owns what it lists and its query. Must not know any key.

use super::{Action, Model, editor::Editor, find, is_available, listing::Listing};

/// Actions that fit what was typed.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What was typed.
    pub editor: Editor,
    /// What fits, best first.
    pub actions: Listing<Action>,
    offered: Vec<Action>,
}

impl Palette {
    /// Every action that would do something now.
    pub fn new(model: &Model) -> Self {
        let is_offered = |action: &Action| {
            !matches!(action, Action::Palette | Action::Interrupt | Action::Back)
                && is_available(model, *action)
        };
        let offered: Vec<_> = Action::ALL.iter().copied().filter(is_offered).collect();
        let mut palette = Self { editor: Editor::line(""), actions: Listing::default(), offered };
        palette.narrow();
        palette
    }

    /// Lists what fits what was typed.
    pub fn narrow(&mut self) {
        let offered = self.offered.iter().copied();
        let found =
            find::containing(&self.editor.text(), offered, |action| action.title().to_owned());
        self.actions.replace(found);
        self.actions.select(0);
    }
}
