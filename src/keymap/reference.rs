//! Keys for people to read: the help and the README's block.
//!
//! Owns their form. Must not know any binding of its own: all come from the table.

use std::fmt::Write;

use super::{Context, Keymap};

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Where the keys below hold.
    Heading(&'static str),
    /// Keys and what they do.
    Keys {
        /// All chords of one binding.
        keys: String,
        /// The sentence.
        help: &'static str,
        /// The action, to dim what would do nothing now.
        action: crate::app::Action,
    },
    /// Between two contexts.
    Gap,
}

/// Every binding under the heading of its context; `is_ascii` spells arrows out.
pub fn lines(keymap: &Keymap, is_ascii: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for context in Context::ALL {
        let bindings = keymap.bindings().iter().filter(|binding| binding.context == context);
        if !lines.is_empty() {
            lines.push(Line::Gap);
        }
        lines.push(Line::Heading(context.title()));
        lines.extend(bindings.map(|binding| {
            let keys: Vec<_> = binding.chords.iter().map(|chord| chord.shown(is_ascii)).collect();
            Line::Keys { keys: keys.join(" "), help: binding.help, action: binding.action }
        }));
    }
    lines
}

/// The README's block, as Markdown.
pub fn markdown(keymap: &Keymap) -> String {
    let mut text = String::new();
    for line in lines(keymap, false) {
        // Writing to a string can't fail.
        let _ = match line {
            Line::Heading(title) => write!(text, "**{title}**\n\n| key | does |\n|---|---|\n"),
            Line::Keys { keys, help, .. } => {
                let keys: Vec<_> = keys.split(' ').map(|key| format!("`{key}`")).collect();
                writeln!(text, "| {} | {help} |", keys.join(" "))
            }
            Line::Gap => writeln!(text),
        };
    }
    text
}
