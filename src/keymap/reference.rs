//! Keys for people to read: the help and the README's block.
//!
//! Owns their form. Must not know any binding of its own: all come from the table.

use std::fmt::Write;

use super::{Context, Keymap};
use crate::app::Action;

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Where the keys below hold.
    Heading(&'static str),
    /// Keys and what they do.
    Keys {
        /// All chords of one binding.
        keys: String,
        /// What they ask for, with its sentence.
        action: Action,
    },
    /// Between two contexts.
    Gap,
}

/// Every binding under the heading of its context, `first` before the others; `is_ascii` spells
/// arrows out.
pub fn lines(keymap: &Keymap, first: Context, is_ascii: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let others = Context::ALL.into_iter().filter(|context| *context != first);
    for context in std::iter::once(first).chain(others) {
        let bindings = keymap.bindings().iter();
        let bindings =
            bindings.filter(|binding| binding.context == context && !binding.chords.is_empty());
        if !lines.is_empty() {
            lines.push(Line::Gap);
        }
        lines.push(Line::Heading(context.title()));
        lines.extend(bindings.map(|binding| {
            let keys: Vec<_> = binding.chords.iter().map(|chord| chord.shown(is_ascii)).collect();
            Line::Keys { keys: keys.join(" "), action: binding.action }
        }));
    }
    lines
}

/// The README's block, as Markdown.
pub fn markdown(keymap: &Keymap) -> String {
    let mut text = String::new();
    for line in lines(keymap, Context::Today, false) {
        // Writing to a string can't fail.
        let _ = match line {
            Line::Heading(title) => write!(text, "**{title}**\n\n| key | does |\n|---|---|\n"),
            Line::Keys { keys, action } => {
                let keys: Vec<_> = keys.split(' ').map(|key| format!("`{key}`")).collect();
                writeln!(text, "| {} | {} |", keys.join(" "), action.title())
            }
            Line::Gap => writeln!(text),
        };
    }
    text
}
