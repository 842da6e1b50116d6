//! The way back from where a line of the detail has led.
//!
//! Owns the one step that is remembered. Must not know what lines lead to.

use super::{Focus, Model, Pane, Subject, TreeRow};

/// Where one came from, while one is still where that led.
#[derive(Debug, Clone)]
pub(super) struct Followed {
    pane: Pane,
    from: Subject,
    top: usize,
    item: Option<usize>,
    to: Option<Subject>,
}

impl Model {
    /// Goes somewhere else, and remembers the line of the detail that led there.
    pub(super) fn go_along(&mut self, go: impl FnOnce(&mut Self)) {
        let (pane, from) = (self.pane, self.selected_subject());
        let (top, item) = (self.detail_top, self.detail_item);
        go(self);
        let to = self.selected_subject();
        self.followed = from.map(|from| Followed { pane, from, top, item, to });
    }

    /// Another record is selected: unless it is where the line led, the way is forgotten.
    pub(super) fn forget_way(&mut self) {
        if !self.can_return() {
            self.followed = None;
        }
    }

    /// Whether one is where a line of the detail has led.
    pub(super) fn can_return(&self) -> bool {
        self.followed.as_ref().is_some_and(|followed| followed.to == self.selected_subject())
    }

    /// Goes back to the line that was followed, if its record is still there.
    pub(super) fn go_back(&mut self) {
        let Some(followed) = self.followed.take() else {
            return;
        };
        self.go_to(followed.pane);
        let is_there = match &followed.from {
            Subject::Habit(id) => self.habits.select_where(|row| row == id),
            Subject::Row(row) => {
                if let (false, TreeRow::Next(topic) | TreeRow::Topic(topic)) =
                    (self.tree.select_where(|other| other == row), row)
                {
                    self.reveal_topic(topic);
                }
                self.tree.selected() == Some(row)
            }
            Subject::Project(row) => self.projects.select_where(|other| other == row),
        };
        if is_there {
            self.focus = Focus::Detail;
            self.subject = Some(followed.from);
            (self.detail_top, self.detail_item) = (followed.top, followed.item);
        }
    }
}
