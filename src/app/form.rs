//! Forms: fields to fill in, one after the other.
//!
//! Owns fields, the focused one, and whether something was typed. Must not know what a form is for:
//! each form's own file turns its fields into a change.

mod field;
mod pages;
mod wrong;

pub use self::{
    field::{Field, Token, TokenKind},
    pages::{Look, Page, Pages},
    wrong::Wrong,
};
use super::editor::{Editor, Input, Key};
use crate::domain::{
    curriculum::Curriculum,
    ids::{HabitId, ProjectId, TopicId},
    project::{choice::Score, scope::Prompt},
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
    /// A new project, of which a title is enough.
    Idea,
    /// The worksheet of a project.
    Scope(ProjectId),
    /// How a project is weighed against others.
    Choice(ProjectId),
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
    Result,
    Role,
    Explained,
    Source,
    Employer,
    Drift,
    Score(Score),
    Good,
    Estimate,
    Question(usize),
    Approach,
    Reason,
    Answer(Prompt),
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
    /// How its fields are divided, where there are too many to be seen at once.
    pub pages: Pages,
    /// More that is said below a field while it is focused.
    pub asides: Vec<(Name, String)>,
    /// It stays open once what it asked for is on the disk.
    pub is_staying: bool,
    before: Vec<String>,
    /// Fields that were changed elsewhere, too, and then stood as in `before`, until it was said.
    clashes: Vec<Name>,
}

impl Form {
    /// A form with the first field focused.
    pub fn new(title: String, subject: Subject, fields: Vec<Labelled>) -> Self {
        let before = fields.iter().map(|labelled| labelled.field.snapshot()).collect();
        Self {
            title,
            subject,
            fields,
            index: 0,
            error: None,
            is_warned: false,
            pages: Pages::default(),
            asides: Vec::new(),
            is_staying: false,
            before,
            clashes: Vec::new(),
        }
    }

    /// What the form is about was changed elsewhere and would open as `fresh` now: fields that nobody
    /// touched here follow, and of another one it is said before it is replaced.
    pub(super) fn follow(&mut self, fresh: &Self) {
        self.title.clone_from(&fresh.title);
        for ((own, before), (theirs, now)) in
            self.fields.iter_mut().zip(&mut self.before).zip(fresh.fields.iter().zip(&fresh.before))
        {
            if before == now || own.name != theirs.name {
                continue;
            }
            if own.field.snapshot() == *before {
                own.field = theirs.field.clone();
            } else {
                self.clashes.push(own.name);
            }
            before.clone_from(now);
        }
    }

    /// What saving would replace has to be said before, once.
    pub(super) fn take_clashes(&mut self) -> Result<(), Wrong> {
        let clashes = std::mem::take(&mut self.clashes);
        let is_replaced =
            |field: &&Labelled| clashes.contains(&field.name) && self.is_field_changed(field.name);
        let replaced: Vec<_> = self.fields.iter().filter(is_replaced).collect();
        let Some(first) = replaced.first() else { return Ok(()) };
        let labels: Vec<_> = replaced.iter().map(|field| format!("“{}”", field.label)).collect();
        let were = if labels.len() == 1 { "was" } else { "were" };
        let labels = labels.join(" and ");
        let text =
            format!("{labels} {were} changed elsewhere meanwhile. Saving again replaces that.");
        Err(Wrong::new(first.name, text))
    }

    /// Rows of its content: the fields, a gap, help and error.
    pub fn height(&self) -> u16 {
        self.page_rows() + if self.asides.is_empty() { 4 } else { 5 }
    }

    /// What stands there now is on the disk.
    pub(super) fn keep(&mut self) {
        self.before = self.fields.iter().map(|labelled| labelled.field.snapshot()).collect();
    }

    /// What was asked for was not done: back to where it can be mended.
    pub(super) fn look_at_changed(&mut self) {
        let is_changed = |place: &usize| {
            let now = self.fields.get(*place).map(|labelled| labelled.field.snapshot());
            now.as_ref() != self.before.get(*place)
        };
        if !is_changed(&self.index) {
            self.index = (0..self.fields.len()).find(is_changed).unwrap_or(self.index);
        }
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

    /// A score that was given.
    pub fn score(&self, name: Name) -> Option<u8> {
        match self.field(name) {
            Some(Field::Score(score)) => Some(*score).filter(|score| *score > 0),
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
        for _ in 0..count {
            self.index = (self.index + count).saturating_add_signed(by) % count;
            if self.is_asked(self.index) {
                break;
            }
        }
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
        let next = self.next();
        self.index = next.unwrap_or(self.index);
        next.is_none()
    }

    /// What Enter would do, in the footer's words.
    pub fn enters(&self) -> &'static str {
        let focused = self.fields.get(self.index).map(|labelled| &labelled.field);
        match focused {
            Some(Field::Tokens { suggestion: Some(_), .. }) => "take it",
            _ if self.next().is_none() => "save",
            _ => "go on",
        }
    }

    /// The field that Enter goes on to, unless it is time to save: of an idea a title is enough.
    fn next(&self) -> Option<usize> {
        let is_enough = self.subject == Subject::Idea && self.index == 0;
        let mut later = self.index + 1..self.fields.len();
        later.find(|place| !is_enough && self.is_asked(*place))
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
                let error = error.unwrap_or_else(|| format!("No topic fits '{}'.", typed.trim()));
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
