//! Forms: fields to fill in, one after the other.
//!
//! Owns fields, the focused one, and whether something was typed. Must not know what a form is for:
//! each form's own file turns its fields into a change.

mod wrong;

pub use self::wrong::Wrong;
use super::{
    editor::{Editor, Input, Key},
    find,
};
use crate::domain::{
    curriculum::Curriculum,
    ids::{HabitId, ProjectId, TopicId},
    text,
};

/// What a form adds or edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A habit; a new one when there is no id.
    Habit(Option<HabitId>),
    /// A topic of one's own in a module; a new one when there is no id.
    Topic(Option<TopicId>),
    /// A project; a new one when there is no id.
    Project(Option<ProjectId>),
    /// What shows that a topic is mastered.
    Evidence(TopicId),
    /// Links of the person's own beside a topic.
    Links(TopicId),
}

/// Names a field within its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the word that the form shows beside the field")]
pub enum Name {
    Name,
    Anchor,
    Behaviour,
    Celebration,
    Schedule,
    Topics,
    Seconds,
    From,
    Title,
    Check,
    Module,
    Link,
    Level,
    Status,
    Pitch,
    Project,
    Sentence,
    Act,
}

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

/// A field with what stands beside it.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// Names it within the form.
    pub name: Name,
    /// What stands before it.
    pub label: &'static str,
    /// What is said below while it is focused.
    pub help: &'static str,
    /// The field.
    pub field: Field,
}

/// Fields under a title.
#[derive(Debug, Clone)]
pub struct Form {
    /// What is being done.
    pub title: String,
    /// What it is done to.
    pub subject: Subject,
    /// The fields, in order.
    pub fields: Vec<Labelled>,
    /// The focused field's place.
    pub index: usize,
    /// Why it was not saved.
    pub error: Option<String>,
    /// The person was told what saving removes.
    pub is_warned: bool,
    before: Vec<String>,
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
    fn snapshot(&self) -> String {
        match self {
            Self::Text(editor) => editor.text(),
            Self::Choice { index, .. } => index.to_string(),
            Self::Tokens { editor, chosen, .. } => {
                let values = chosen.iter().map(|token| token.value.as_str());
                values.chain([editor.text().as_str()]).collect::<Vec<_>>().join("\n")
            }
        }
    }

    fn type_in(&mut self, input: Input, curriculum: &Curriculum) {
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

    fn suggest(&mut self, curriculum: &Curriculum) {
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
                let topics = curriculum.topics.iter().filter(|topic| is_new(&topic.id.0));
                let found = find::matching(typed, topics, |topic| topic.title.clone());
                found.first().map(|topic| Token {
                    label: text::shown(&topic.title).into_owned(),
                    value: topic.id.0.clone(),
                })
            }
        };
    }

    /// Takes the suggestion; the last one makes room where only so many may be.
    fn take(&mut self) -> bool {
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

impl Form {
    /// A form with the first field focused.
    pub fn new(title: String, subject: Subject, fields: Vec<Labelled>) -> Self {
        let before = fields.iter().map(|labelled| labelled.field.snapshot()).collect();
        Self { title, subject, fields, index: 0, error: None, is_warned: false, before }
    }

    /// Rows of its content: the fields, a gap, help and error.
    pub fn height(&self) -> u16 {
        self.fields.iter().map(|labelled| labelled.field.height()).sum::<u16>() + 4
    }

    /// Whether something was typed.
    pub fn is_changed(&self) -> bool {
        let now = self.fields.iter().map(|labelled| labelled.field.snapshot());
        !now.eq(self.before.iter().cloned())
    }

    /// Whether this field differs from how it was.
    pub fn is_field_changed(&self, name: Name) -> bool {
        let mut all = self.fields.iter().zip(&self.before);
        all.any(|(labelled, before)| labelled.name == name && labelled.field.snapshot() != *before)
    }

    /// A text field's content, or a choice's word.
    pub fn text(&self, name: Name) -> String {
        match self.field(name) {
            Some(Field::Text(editor)) => editor.text().trim().to_owned(),
            Some(Field::Choice { options, index }) => options[*index].clone(),
            _ => String::new(),
        }
    }

    /// The place of a choice's word.
    pub fn chosen(&self, name: Name) -> Option<usize> {
        match self.field(name) {
            Some(Field::Choice { index, .. }) => Some(*index),
            _ => None,
        }
    }

    /// What was taken in a field of tokens.
    pub fn values(&self, name: Name) -> Vec<String> {
        match self.field(name) {
            Some(Field::Tokens { chosen, .. }) => {
                chosen.iter().map(|token| token.value.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    fn field(&self, name: Name) -> Option<&Field> {
        self.fields.iter().find(|labelled| labelled.name == name).map(|labelled| &labelled.field)
    }

    fn focused(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.index).map(|labelled| &mut labelled.field)
    }

    /// The focused text, where it has several lines.
    pub(super) fn long_text(&mut self) -> Option<&mut Editor> {
        match self.focused()? {
            Field::Text(editor) => editor.is_multiline().then_some(editor),
            _ => None,
        }
    }

    /// Takes a key that no binding took.
    pub fn type_in(&mut self, input: Input, curriculum: &Curriculum) {
        (self.error, self.is_warned) = (None, false);
        if let Some(field) = self.focused() {
            field.type_in(input, curriculum);
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, pasted: &str, curriculum: &Curriculum) {
        (self.error, self.is_warned) = (None, false);
        match self.focused() {
            Some(Field::Text(editor)) => editor.paste(pasted),
            Some(field @ Field::Tokens { .. }) => {
                if let Field::Tokens { editor, .. } = field {
                    editor.paste(pasted);
                }
                field.suggest(curriculum);
            }
            _ => {}
        }
    }

    /// Focuses the next or the one before, around the ends. Within a text of several lines the
    /// arrows move between its lines first.
    pub fn step(&mut self, by: isize, arrow: Option<Key>) {
        if let Some(key) = arrow
            && let Some(Field::Text(editor)) = self.focused()
            && editor.is_multiline()
        {
            let before = editor.cursor();
            editor.type_in(Input { key, ctrl: false, alt: false, shift: false });
            if editor.cursor().0 != before.0 {
                return;
            }
        }
        let _ = self.take_typed();
        let count = self.fields.len().max(1);
        self.index = (self.index + count).saturating_add_signed(by) % count;
    }

    /// Focuses a field, as stepping to it would.
    pub fn focus(&mut self, place: usize) {
        if place != self.index && place < self.fields.len() {
            let _ = self.take_typed();
            self.index = place;
        }
    }

    /// Enter: takes a token, goes on, or says that it is time to save.
    pub fn go_on(&mut self) -> bool {
        if self.focused().is_some_and(Field::take) {
            return false;
        }
        if self.index + 1 < self.fields.len() {
            self.index += 1;
            return false;
        }
        true
    }

    /// Takes what stands typed in a field of tokens, so that leaving it loses nothing.
    ///
    /// Says what can't be taken.
    pub fn take_typed(&mut self) -> Result<(), Wrong> {
        for labelled in &mut self.fields {
            labelled.field.take();
            if let Field::Tokens { editor, kind, .. } = &labelled.field
                && !editor.text().trim().is_empty()
            {
                let typed = editor.text();
                let error = match kind {
                    TokenKind::Link => text::link(&typed).err().map(|error| error.to_string()),
                    TokenKind::Topic => None,
                };
                let error = error.unwrap_or_else(|| format!("no topic fits '{}'", typed.trim()));
                return Err(Wrong::new(labelled.name, error));
            }
        }
        Ok(())
    }

    /// Says what can't be saved, in the field where it can be mended.
    pub fn show_wrong(&mut self, wrong: Wrong) {
        let place = self.fields.iter().position(|labelled| labelled.name == wrong.field);
        self.index = place.unwrap_or(self.index);
        self.error = Some(wrong.text);
    }
}
