//! The palette: every action by name.
//!
//! Owns what it lists and its query. Must not know any key.

use super::{Action, Model, editor::Editor, find, is_available, listing::Listing, panes};

/// Actions that fit what was typed.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What was typed.
    pub editor: Editor,
    /// What fits, best first; what would do nothing here comes after the rest.
    pub actions: Listing<Action>,
    here: Vec<Action>,
    elsewhere: Vec<Action>,
}

impl Palette {
    /// Every action of the panes.
    pub fn new(model: &Model) -> Self {
        let all = Action::ALL.iter().copied().filter(|action| !panes(*action).is_empty());
        let (here, elsewhere) = all.partition(|action| is_available(model, *action));
        let editor = Editor::line("");
        let mut palette = Self { editor, actions: Listing::default(), here, elsewhere };
        palette.narrow();
        palette
    }

    /// Lists what fits what was typed.
    pub fn narrow(&mut self) {
        let all = self.here.iter().chain(&self.elsewhere).copied();
        let found = find::likely(&self.editor.text(), all, |action| action.title().to_owned());
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|action| self.here.contains(action));
        self.actions.replace([here, elsewhere].concat());
        self.actions.select(0);
    }
}
