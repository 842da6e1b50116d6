//! A menu of states: every one of them, backwards too.
//!
//! Owns choosing one of a few changes. Must not know what they change.

use super::listing::Listing;
use crate::domain::change::Change;

/// One line of a menu.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The state's name.
    pub label: String,
    /// Whether it is the state now.
    pub is_current: bool,
    /// What choosing it does.
    pub change: Change,
}

/// Choices under a title.
#[derive(Debug, Clone)]
pub struct Menu {
    /// What is being changed.
    pub title: String,
    /// The choices; the current one is selected first.
    pub choices: Listing<Choice>,
}

impl Menu {
    /// A menu with the current choice selected.
    pub fn new(title: String, choices: impl IntoIterator<Item = Choice>) -> Self {
        let mut list = Listing::default();
        list.replace(choices.into_iter().collect());
        list.select_where(|choice: &Choice| choice.is_current);
        Self { title, choices: list }
    }
}
