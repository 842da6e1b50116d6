//! How much of each kind an import adds, finds here, or leaves as it is here.
//!
//! Owns the counting of what a change added, against which a plan is compared. Must not know how
//! counts are told.

use std::collections::BTreeSet;

use crate::domain::{
    change::{Applied, Change},
    record::{Image, Key, Record},
};

/// So many of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Habits, archived ones too.
    pub habits: usize,
    /// Days, where they are not told apart into marks and notes.
    pub days: usize,
    /// Done and rest marks.
    pub marks: usize,
    /// Notes of days.
    pub notes: usize,
    /// Topics of the person's own.
    pub own_topics: usize,
    /// Topics of which something is said.
    pub topics: usize,
    /// Projects.
    pub projects: usize,
    /// Sessions.
    pub sessions: usize,
    /// The goal: one or none.
    pub goal: usize,
}

impl Count {
    /// What a change added.
    pub(super) fn of(applied: &Applied) -> Self {
        let mut count = Self::default();
        let (mut returned, mut topics) = (BTreeSet::new(), BTreeSet::new());
        for (before, after) in applied.before.iter().zip(&applied.after) {
            let (was, is) = (seen(before), seen(after));
            let is_new = was.is_none() && is.is_some();
            match &after.key {
                Key::Habit(id) => {
                    count.habits += usize::from(is_new);
                    if is_new && before.record.is_some() {
                        returned.insert(*id);
                    }
                }
                // They come after all habits. Where the same was hidden before, nothing tells it.
                Key::CheckIn(habit, _) if returned.contains(habit) => {}
                Key::CheckIn(..) => count.add_day(parts(was), parts(is)),
                Key::Topic(id) | Key::Annotation(id) | Key::Review(id) => {
                    topics.extend(is_new.then_some(id));
                }
                Key::OwnTopic(_) => count.own_topics += usize::from(is_new),
                Key::Project(_) => count.projects += usize::from(is_new),
                Key::Session(_) => count.sessions += usize::from(is_new),
                Key::Goal => count.goal += usize::from(is_new),
            }
        }
        count.topics = topics.len();
        // A habit that came back has no other days than these.
        for part in applied.change.parts() {
            if let Change::CheckInsFill { habit, days } = part
                && returned.contains(habit)
            {
                for (_, mark, note) in days {
                    count.add_day((false, false), (mark.is_some(), note.is_some()));
                }
            }
        }
        count
    }

    fn add_day(&mut self, was: (bool, bool), is: (bool, bool)) {
        self.marks += usize::from(is.0 && !was.0);
        self.notes += usize::from(is.1 && !was.1);
    }

    /// How many that is in all.
    pub fn total(self) -> usize {
        let Self { habits, days, marks, notes, own_topics, topics, projects, sessions, goal } =
            self;
        habits + days + marks + notes + own_topics + topics + projects + sessions + goal
    }
}

/// What stands there and is not deleted.
fn seen(image: &Image) -> Option<&Record> {
    image.record.as_ref().filter(|record| !record.is_deleted())
}

/// Whether a day has a mark, and a note.
fn parts(record: Option<&Record>) -> (bool, bool) {
    match record {
        Some(Record::CheckIn(found)) => (found.mark.is_some(), found.note.is_some()),
        _ => (false, false),
    }
}
