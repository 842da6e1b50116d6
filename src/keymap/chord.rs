//! A key with its modifiers, in one form however the terminal sends it.
//!
//! Owns reading chords from text and from key events. Must not know what they mean.

use std::{fmt, str::FromStr};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key press. Shift is in the letter itself. Some keys with Ctrl are others to a terminal: Ctrl-H is
/// Backspace, Ctrl-I Tab, Ctrl-J and Ctrl-M Enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd)]
pub struct Chord {
    /// The key.
    pub code: KeyCode,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
}

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a key")]
pub struct ChordError(String);

const NAMES: [(&str, KeyCode); 15] = [
    ("space", KeyCode::Char(' ')),
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
];

/// Every key that has a name.
pub(super) fn names() -> String {
    NAMES.map(|(name, _)| name).join(", ")
}

impl Chord {
    /// The one form of a key.
    fn normal(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let ctrl = modifiers.contains(KeyModifiers::CONTROL);
        let alt = modifiers.contains(KeyModifiers::ALT);
        let shift = modifiers.contains(KeyModifiers::SHIFT);
        match code {
            KeyCode::Char('h') if ctrl => Self { code: KeyCode::Backspace, ctrl: false, alt },
            KeyCode::Char('i') if ctrl => Self { code: KeyCode::Tab, ctrl: false, alt },
            KeyCode::Char('j' | 'm') if ctrl => Self { code: KeyCode::Enter, ctrl: false, alt },
            KeyCode::Char(c) if ctrl => {
                Self { code: KeyCode::Char(c.to_ascii_lowercase()), ctrl, alt }
            }
            KeyCode::Char(c) if shift => {
                Self { code: KeyCode::Char(c.to_uppercase().next().unwrap_or(c)), ctrl, alt }
            }
            KeyCode::Tab if shift => Self { code: KeyCode::BackTab, ctrl, alt },
            _ => Self { code, ctrl, alt },
        }
    }

    /// Whether it is a character that a text field takes.
    pub fn is_typed(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && !self.ctrl && !self.alt
    }

    /// In a few characters: arrows as arrows.
    pub fn shown(self, is_ascii: bool) -> String {
        match self.code {
            KeyCode::Up if !is_ascii => "↑".to_owned(),
            KeyCode::Down if !is_ascii => "↓".to_owned(),
            KeyCode::Left if !is_ascii => "←".to_owned(),
            KeyCode::Right if !is_ascii => "→".to_owned(),
            _ => self.to_string(),
        }
    }
}

impl From<KeyEvent> for Chord {
    fn from(event: KeyEvent) -> Self {
        Self::normal(event.code, event.modifiers)
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (mut rest, mut modifiers) = (text, KeyModifiers::NONE);
        while let Some((prefix, modifier)) =
            [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)]
                .into_iter()
                .find(|(prefix, _)| rest.starts_with(prefix))
        {
            modifiers |= modifier;
            rest = &rest[prefix.len()..];
        }
        let named = NAMES.iter().find(|(name, _)| *name == rest).map(|(_, code)| *code);
        let mut letters = rest.chars();
        let code = match (named, letters.next(), letters.next()) {
            (Some(code), ..) => code,
            (None, Some(letter), None) => KeyCode::Char(letter),
            _ => KeyCode::F(function_key(rest).ok_or_else(|| ChordError(text.to_owned()))?),
        };
        Ok(Self::normal(code, modifiers))
    }
}

/// The number in `f1` to `f12`.
fn function_key(name: &str) -> Option<u8> {
    (1..=12).find(|number| name == format!("f{number}"))
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(letter)) => write!(f, "{letter}"),
            (None, KeyCode::F(number)) => write!(f, "f{number}"),
            (None, other) => write!(f, "{other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chord_reads_back_from_its_text() {
        for text in [
            "j",
            "J",
            "ctrl-r",
            "space",
            "shift-tab",
            "alt-enter",
            ":",
            "?",
            "ctrl-c",
            "0",
            "f1",
            "alt-f12",
        ] {
            assert_eq!(text.parse::<Chord>().unwrap().to_string(), text);
        }
        assert!("nope".parse::<Chord>().is_err());
        assert!("".parse::<Chord>().is_err());
        assert!("f13".parse::<Chord>().is_err());
    }

    #[test]
    fn terminals_that_send_another_form_mean_the_same() {
        let event = |code, modifiers| Chord::from(KeyEvent::new(code, modifiers));
        let parse = |text: &str| text.parse::<Chord>().unwrap();
        assert_eq!(event(KeyCode::Char('h'), KeyModifiers::CONTROL), parse("backspace"));
        assert_eq!(event(KeyCode::Char('j'), KeyModifiers::CONTROL), parse("enter"));
        assert_eq!(event(KeyCode::Char('m'), KeyModifiers::CONTROL), parse("enter"));
        assert_eq!(event(KeyCode::Char('i'), KeyModifiers::CONTROL), parse("tab"));
        assert_eq!(event(KeyCode::Char('j'), KeyModifiers::SHIFT), parse("J"));
        assert_eq!(event(KeyCode::Char('J'), KeyModifiers::SHIFT), parse("J"));
        assert_eq!(event(KeyCode::Tab, KeyModifiers::SHIFT), parse("shift-tab"));
        assert_eq!(event(KeyCode::Char('?'), KeyModifiers::SHIFT), parse("?"));
        assert_eq!(event(KeyCode::Char('C'), KeyModifiers::CONTROL), parse("ctrl-c"));
    }
}
