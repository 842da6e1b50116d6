//! Drawing: reads the model and fills a frame.
//!
//! Owns layout into rows and columns, glyphs and styles. Must not change anything: `view` is pure in
//! the model.

pub mod theme;

use ratatui::Frame;

use self::theme::Theme;
use crate::{app::Model, keymap::Keymap};

/// Draws the whole screen.
pub fn view(model: &Model, keymap: &Keymap, theme: &Theme, frame: &mut Frame<'_>) {
    let _ = (keymap, theme);
    frame.render_widget(model.today.to_string(), frame.area());
}
