//! Changes that are on the disk, and those that did not get there.
//!
//! Owns how the model follows the disk. Must not write anything, nor say what became of it.

use std::collections::BTreeSet;

use super::{Failure, Model, Overlay, ProjectRow, Tone, TreeRow};
use crate::domain::{
    change::{Applied, Change, Origin},
    describe::describe,
    record::{Image, Key},
};

impl Model {
    /// Our own change is on the disk.
    pub(super) fn take_in(&mut self, applied: &Applied) {
        let is_late = self.forget_retried(&applied.change);
        // The "next" row names another topic once this one is mastered; the selection stays with it.
        let set = applied.change.parts().iter().find_map(|part| match part {
            Change::TopicSet { topic, .. } => Some(topic),
            _ => None,
        });
        let next =
            set.filter(|topic| self.tree.selected() == Some(&TreeRow::Next((*topic).clone())));
        let figures = match &applied.change {
            Change::CheckInSet { habit, .. } => self.figures.get(habit).cloned(),
            change => change.parts().iter().find_map(|part| match part {
                Change::CheckInSet { habit, .. } => self.figures.get(habit).cloned(),
                _ => None,
            }),
        };
        self.absorb([applied]);
        match applied.origin {
            Origin::Asked => {
                if self.saving.as_ref() == Some(&applied.change) {
                    self.close_saved(applied);
                }
                if self.unsaved.is_empty() {
                    self.said_of_waiting.clear();
                }
                if is_late && applied.seq.is_some() {
                    self.say(Tone::Good, "Saved what was waiting.");
                } else if !is_late && applied.seq.is_some() {
                    self.show(applied, figures.as_ref());
                    if let Some(topic) = next {
                        self.reveal_topic(topic);
                    }
                }
            }
            Origin::Undone | Origin::Redone => {
                let what = describe(applied, &self.workspace, &self.curriculum, self.today);
                let verb =
                    if applied.origin == Origin::Undone { "Took back" } else { "Made again" };
                self.say(Tone::Good, format!("{verb}: {what}"));
                self.select_changed(&applied.after);
            }
        }
    }

    /// What came back, or went, is where the eyes are: selects its row where it is listed.
    fn select_changed(&mut self, images: &[Image]) {
        let (mut habits, mut topics, mut projects) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for image in images {
            match &image.key {
                Key::Habit(habit) | Key::CheckIn(habit, _) => drop(habits.insert(*habit)),
                Key::Topic(topic)
                | Key::OwnTopic(topic)
                | Key::Annotation(topic)
                | Key::Review(topic) => drop(topics.insert(topic)),
                Key::Project(project) => drop(projects.insert(*project)),
                Key::Session(_) | Key::Goal => {}
            }
        }
        // Of many no row says more than where the person is.
        if let (Some(habit), 1) = (habits.first(), habits.len()) {
            self.habits.select_where(|row| row == habit);
        }
        if let (Some(topic), 1) = (topics.first(), topics.len())
            && self.selected_topic() != Some(*topic)
        {
            self.tree.select_where(|row| matches!(row, TreeRow::Topic(id) if id == *topic));
        }
        if let (Some(project), 1) = (projects.first(), projects.len()) {
            self.projects.select_where(|row| *row == ProjectRow::Project(*project));
        }
    }

    /// Whether the change is one that waited and was tried again: whoever asked for it has long gone
    /// on to something else.
    fn forget_retried(&mut self, change: &Change) -> bool {
        let place = self.retried.iter().position(|retried| retried == change);
        place.map(|place| self.retried.remove(place)).is_some()
    }

    /// Other processes' changes are on the disk.
    pub(super) fn hear(&mut self, changes: &[Applied]) {
        self.absorb(changes);
        // What was confirmed may not be so any more, and undo would take back something else.
        self.notice.take_if(|notice| notice.tone != Tone::Bad);
        self.follow_in_form();
        let images = || changes.iter().flat_map(|applied| &applied.after);
        if let Some(Overlay::Note(note)) = &mut self.overlay {
            let key = note.key();
            note.is_changed_elsewhere |= images().any(|image| image.key == key);
        }
        let subject = match &self.overlay {
            Some(Overlay::Doctor(doctor)) => Some(doctor.habit),
            Some(Overlay::Rehearsal(rehearsal)) => Some(rehearsal.habit),
            _ => None,
        };
        if let Some(Overlay::Review(looking)) = &self.overlay
            && self.workspace.review(&looking.topic).is_none()
        {
            self.overlay = None;
        }
        if subject.is_some_and(|habit| self.workspace.habit(habit).is_none()) {
            self.overlay = None;
        }
        let is_welcoming = matches!(self.overlay, Some(Overlay::Welcome));
        if is_welcoming && !self.workspace.habits.is_empty() {
            self.overlay = None;
        }
    }

    fn absorb<'a>(&mut self, changes: impl IntoIterator<Item = &'a Applied>) {
        let (mut habits, mut has_new_topics) = (BTreeSet::new(), false);
        for applied in changes {
            self.workspace.absorb(applied);
            self.history.absorb(applied);
            self.pace.absorb(applied);
            self.grown.absorb(applied);
            habits.extend(applied.tracks.iter().map(|track| track.habit));
            for image in &applied.after {
                match &image.key {
                    Key::Habit(habit) | Key::CheckIn(habit, _) => drop(habits.insert(*habit)),
                    Key::OwnTopic(_) => has_new_topics = true,
                    // Somebody else knows it, whose curriculum is another.
                    Key::Topic(id) | Key::Annotation(id) => {
                        has_new_topics |= self.curriculum.topic(id).is_none();
                    }
                    _ => {}
                }
            }
        }
        for habit in habits {
            self.recompute_habit(habit);
        }
        if has_new_topics {
            self.rebuild_curriculum();
        }
        self.recompute_asks();
        self.refresh_rows();
    }

    /// An effect failed. A change that may still be written waits; a form keeps what was typed.
    pub(super) fn fail(&mut self, failure: Failure) {
        let Failure { text, change, is_waiting } = failure;
        let is_of_form = change.is_some() && change == self.saving;
        if is_of_form {
            self.saving = None;
        }
        match (&mut self.overlay, change) {
            (overlay, Some(change)) if is_waiting => {
                match overlay {
                    Some(Overlay::Form(form)) if is_of_form && form.is_staying => form.keep(),
                    _ if is_of_form => *overlay = None,
                    _ => {}
                }
                self.wait_for(change);
                if self.unsaved.is_empty() {
                    self.say(Tone::Plain, "Taken back before it was saved.");
                    return;
                }
                // Every try fails in the same words; the header goes on saying that it waits.
                if self.said_of_waiting != text {
                    self.said_of_waiting.clone_from(&text);
                    self.say(Tone::Bad, text);
                }
            }
            (overlay, change) => {
                if let Some(Overlay::Form(form)) = overlay
                    && is_of_form
                {
                    form.look_at_changed();
                }
                if let Some(change) = change {
                    let _ = self.forget_retried(&change);
                }
                self.say(Tone::Bad, text);
            }
        }
    }

    /// A change waits to be written; the newest mark or note of a day takes the place of an older
    /// one.
    fn wait_for(&mut self, change: Change) {
        let _ = self.forget_retried(&change);
        let subject = |change: &Change| match change {
            Change::CheckInSet { habit, day, .. } => Some((false, *habit, *day)),
            Change::CheckInNote { habit, day, .. } => Some((true, *habit, *day)),
            _ => None,
        };
        let replaced = subject(&change);
        self.unsaved.retain(|other| replaced.is_none() || subject(other) != replaced);
        // Taken back before it was saved: the disk says so already.
        let is_there = match &change {
            Change::CheckInSet { habit, day, mark } => {
                let track =
                    self.workspace.tracks.get(habit).filter(|track| *day >= track.held_from);
                track.is_some_and(|track| track.marks.get(day).copied() == *mark)
            }
            _ => false,
        };
        if is_there {
            self.said_of_waiting.clear();
        } else {
            self.unsaved.push(change);
        }
    }
}
