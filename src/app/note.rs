//! A day's note being written.
//!
//! Owns the text until it is saved. Must not know how it is stored.

use chrono::NaiveDate;

use super::editor::Editor;
use crate::domain::{change::Change, ids::HabitId};

/// The note of a habit's day.
#[derive(Debug, Clone)]
pub struct Note {
    /// Whose.
    pub habit: HabitId,
    /// Which day's.
    pub day: NaiveDate,
    /// The text.
    pub editor: Editor,
    /// Why it was not saved.
    pub error: Option<String>,
    /// Somebody else changed the day since the note was opened.
    pub is_changed_elsewhere: bool,
    before: String,
}

impl Note {
    /// The note as it stands.
    pub fn new(habit: HabitId, day: NaiveDate, text: Option<&str>) -> Self {
        let editor = Editor::lines(text.unwrap_or_default());
        let before = editor.text();
        Self { habit, day, editor, error: None, is_changed_elsewhere: false, before }
    }

    /// Whether something was typed.
    pub fn is_changed(&self) -> bool {
        self.editor.text() != self.before
    }

    /// What saving does.
    pub fn change(&self) -> Change {
        let text = self.editor.text();
        let note = Some(text).filter(|text| !text.trim().is_empty());
        Change::CheckInNote { habit: self.habit, day: self.day, note }
    }
}
