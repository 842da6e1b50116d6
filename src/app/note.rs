//! Text of several lines being written: a day's note, notes beside a topic, the goal.
//!
//! Owns the text until it is saved. Must not know how it is stored.

use chrono::NaiveDate;

use super::editor::Editor;
use crate::domain::{
    change::{AnnotationPatch, Change},
    ids::{HabitId, TopicId},
    record::Key,
};

/// What is being written about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A habit's day.
    Day(HabitId, NaiveDate),
    /// A topic.
    Topic(TopicId),
    /// What all is learned for.
    Goal,
}

/// The text and what it is about.
#[derive(Debug, Clone)]
pub struct Note {
    /// What it is about.
    pub about: About,
    /// The text.
    pub editor: Editor,
    /// Somebody else changed it since it was opened.
    pub is_changed_elsewhere: bool,
    before: String,
}

impl Note {
    /// The text as it stands.
    pub fn new(about: About, text: Option<&str>) -> Self {
        let editor = Editor::lines(text.unwrap_or_default());
        let before = editor.text();
        Self { about, editor, is_changed_elsewhere: false, before }
    }

    /// Whether something was typed.
    pub fn is_changed(&self) -> bool {
        self.editor.text() != self.before
    }

    /// Where it is kept.
    pub fn key(&self) -> Key {
        match &self.about {
            About::Day(habit, day) => Key::CheckIn(*habit, *day),
            About::Topic(topic) => Key::Annotation(topic.clone()),
            About::Goal => Key::Goal,
        }
    }

    /// What saving does.
    pub fn change(&self) -> Change {
        let text = self.editor.text();
        match &self.about {
            About::Day(habit, day) => {
                let note = Some(text).filter(|text| !text.trim().is_empty());
                Change::CheckInNote { habit: *habit, day: *day, note }
            }
            About::Topic(topic) => {
                let edit = AnnotationPatch { notes: Some(text), ..AnnotationPatch::default() };
                Change::TopicAnnotate { topic: topic.clone(), edit }
            }
            About::Goal => Change::GoalSet { goal: text },
        }
    }
}
