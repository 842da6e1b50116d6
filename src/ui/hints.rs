//! Keys with their words, as footer and windows show them, and where each can be clicked.
//!
//! Owns the pieces of such a line, so that drawing and clicking can't disagree. Must not know any
//! key: hints come from the table.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::{fit, theme::Theme};
use crate::{
    app::{
        Action, Model,
        mouse::{Spot, Target},
    },
    keymap::{Hint, Keymap, contexts},
};

/// A piece of the line: a key, a word, or what is between them.
#[derive(Debug, Clone)]
pub struct Part {
    text: String,
    is_key: bool,
    action: Option<Action>,
}

impl Part {
    /// What stands between hints and does nothing.
    pub fn gap(text: &str) -> Self {
        Self { text: text.to_owned(), is_key: false, action: None }
    }
}

/// The pieces of a hint: every key does its own, and the word what the first key does.
pub fn parts(hint: &Hint, model: &Model, keymap: &Keymap, theme: &Theme) -> Vec<Part> {
    let contexts = contexts(model);
    let mut parts = Vec::new();
    for (at, key) in hint.keys.iter().enumerate() {
        if at > 0 {
            parts.push(Part { is_key: true, ..Part::gap(" ") });
        }
        let text = key.shown(theme.glyphs.is_ascii);
        parts.push(Part { text, is_key: true, action: keymap.resolve(contexts, *key) });
    }
    parts.push(Part { action: Some(hint.action), ..Part::gap(&format!(" {}", hint.label)) });
    parts
}

/// Columns that pieces take.
pub fn width(parts: &[Part]) -> usize {
    parts.iter().map(|part| fit::width(&part.text)).sum()
}

/// The pieces as a line, the words in one style.
pub fn line<'a>(parts: &[Part], words: Style, theme: &Theme) -> Line<'a> {
    let style = |part: &Part| if part.is_key { theme.key } else { words };
    parts.iter().map(|part| Span::styled(part.text.clone(), style(part))).collect()
}

/// Where the pieces are that do something, when the line is drawn at a place.
pub fn spots(parts: &[Part], place: Rect) -> Vec<Spot> {
    let mut x = place.x;
    let mut spots = Vec::new();
    for part in parts {
        let width = u16::try_from(fit::width(&part.text)).unwrap_or(u16::MAX);
        if let Some(action) = part.action {
            let area = Rect { x, width, height: 1, ..place }.intersection(place);
            spots.push(Spot { area, target: Target::Hint(action) });
        }
        x = x.saturating_add(width);
    }
    spots
}
