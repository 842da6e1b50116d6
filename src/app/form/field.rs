//! A field of a form: how it is filled in and what it holds.
//!
//! Owns typing, choosing and what stands there as text. Must not know which form it is in.

use crate::{
    app::{
        editor::{Editor, Input, Key},
        find,
    },
    domain::{curriculum::Curriculum, project::choice::BEST, text},
};

/// Something chosen by typing a few letters or a whole address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What is shown.
    pub label: String,
    /// What is stored: a slug or an address.
    pub value: String,
}

/// What tokens are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Topics of the curriculum, found by title.
    Topic,
    /// Web addresses.
    Link,
}

/// How a field is filled in.
#[derive(Debug, Clone)]
pub enum Field {
    /// By typing.
    Text(Editor),
    /// By choosing one of a few words.
    Choice {
        /// The words.
        options: Vec<String>,
        /// The chosen one's place.
        index: usize,
    },
    /// By choosing a number up to [`BEST`]; 0 is not said.
    Score(u8),
    /// By typing several times; Enter takes each.
    Tokens {
        /// What is being typed.
        editor: Editor,
        /// What was taken.
        chosen: Vec<Token>,
        /// How many there may be.
        most: usize,
        /// What they are.
        kind: TokenKind,
        /// What Enter would take.
        suggestion: Option<Token>,
    },
}

impl Field {
    /// A line of text.
    pub fn line(text: &str) -> Self {
        Self::Text(Editor::line(text))
    }

    /// One of some words.
    pub fn choice<'a>(options: impl IntoIterator<Item = &'a str>, chosen: &str) -> Self {
        let options: Vec<_> = options.into_iter().map(str::to_owned).collect();
        let index = options.iter().position(|option| option == chosen).unwrap_or(0);
        Self::Choice { options, index }
    }

    /// The same where words may be alike: the one at this place.
    pub fn choice_at<'a>(options: impl IntoIterator<Item = &'a str>, index: usize) -> Self {
        Self::Choice { options: options.into_iter().map(str::to_owned).collect(), index }
    }

    /// Topics or links.
    pub fn tokens(kind: TokenKind, most: usize, chosen: Vec<Token>) -> Self {
        Self::Tokens { editor: Editor::line(""), chosen, most, kind, suggestion: None }
    }

    /// Rows it is drawn in.
    pub fn height(&self) -> u16 {
        match self {
            Self::Text(editor) if editor.is_multiline() => 4,
            Self::Tokens { most, .. } if *most > 1 => 2,
            _ => 1,
        }
    }

    /// All of it as text, to see whether it was changed.
    pub(super) fn snapshot(&self) -> String {
        match self {
            Self::Text(editor) => editor.text(),
            Self::Choice { index, .. } => index.to_string(),
            Self::Score(score) => score.to_string(),
            Self::Tokens { editor, chosen, .. } => {
                let values = chosen.iter().map(|token| token.value.as_str());
                values.chain([editor.text().as_str()]).collect::<Vec<_>>().join("\n")
            }
        }
    }

    pub(super) fn type_in(&mut self, input: Input, curriculum: &Curriculum) {
        match self {
            Self::Text(editor) => editor.type_in(input),
            Self::Choice { options, index } => {
                let count = options.len();
                match input.key {
                    Key::Right | Key::Char(' ') => *index = (*index + 1) % count,
                    Key::Left => *index = (*index + count - 1) % count,
                    _ => {}
                }
            }
            Self::Score(score) => match input.key {
                Key::Right | Key::Char(' ') => *score = (*score + 1).min(BEST),
                Key::Left => *score = score.saturating_sub(1),
                Key::Char(digit) => {
                    let number = digit.to_digit(10).and_then(|number| u8::try_from(number).ok());
                    *score = number.filter(|number| *number <= BEST).unwrap_or(*score);
                }
                Key::Backspace | Key::Delete => *score = 0,
                _ => {}
            },
            Self::Tokens { editor, chosen, .. } => {
                if input.key == Key::Backspace && editor.is_empty() {
                    chosen.pop();
                } else {
                    editor.type_in(input);
                }
                self.suggest(curriculum);
            }
        }
    }

    pub(super) fn suggest(&mut self, curriculum: &Curriculum) {
        let Self::Tokens { editor, chosen, kind, suggestion, .. } = self else {
            return;
        };
        let typed = editor.text();
        let typed = typed.trim();
        *suggestion = match kind {
            _ if typed.is_empty() => None,
            TokenKind::Link => {
                text::link(typed).ok().map(|url| Token { label: url.clone(), value: url })
            }
            TokenKind::Topic => {
                let is_new = |id: &str| chosen.iter().all(|token| token.value != id);
                let topics = curriculum.current_topics().filter(|topic| is_new(&topic.id.0));
                let found = find::matching(typed, topics, |topic| topic.title.clone());
                found.first().map(|topic| Token {
                    label: text::shown(&topic.title).into_owned(),
                    value: topic.id.0.clone(),
                })
            }
        };
    }

    /// Takes the suggestion; the last one makes room where only so many may be.
    pub(super) fn take(&mut self) -> bool {
        let Self::Tokens { editor, chosen, most, suggestion, .. } = self else {
            return false;
        };
        let Some(token) = suggestion.take() else {
            return false;
        };
        if chosen.len() == *most {
            chosen.pop();
        }
        chosen.push(token);
        editor.clear();
        true
    }
}
