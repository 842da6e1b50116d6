//! Colours and glyphs by role.
//!
//! Owns which style a role has in each theme and terminal. Widgets name roles, never colours.

use crate::config::Config;

/// Styles and glyphs by role.
#[derive(Debug, Clone)]
pub struct Theme {}

impl Theme {
    /// The theme for the config; `has_color` is false for `NO_COLOR` and `--color never`.
    pub fn new(_config: &Config, _has_color: bool) -> Self {
        Self {}
    }
}
