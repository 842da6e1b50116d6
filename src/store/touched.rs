//! Which habits need their older days read anew after some records changed.
//!
//! Owns that judgement. Must not know how the days are folded.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::{
    checkpoint::boundary,
    ids::HabitId,
    record::{Image, Key, Record},
};

/// What a change did to habits, as far as their older days are concerned.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// The earliest day that was altered.
    pub(super) earliest: BTreeMap<HabitId, NaiveDate>,
    /// Their schedules changed, so that every window may be another.
    pub(super) rescheduled: BTreeSet<HabitId>,
    /// Back after a deletion: memory holds nothing of them.
    pub(super) returned: BTreeSet<HabitId>,
    /// New to the file.
    pub(super) added: BTreeSet<HabitId>,
}

impl Touched {
    /// Compares records before and after; both ascend by the same keys.
    pub(super) fn new(before: &[Image], after: &[Image]) -> Self {
        let mut touched = Self::default();
        for (before, after) in before.iter().zip(after) {
            match (&before.key, &before.record, &after.record) {
                (Key::CheckIn(habit, day), ..) => {
                    let earliest = touched.earliest.entry(*habit).or_insert(*day);
                    *earliest = (*earliest).min(*day);
                }
                (Key::Habit(id), None, Some(_)) => {
                    touched.added.insert(*id);
                }
                (Key::Habit(id), Some(Record::Habit(old)), Some(Record::Habit(new))) => {
                    if old.schedules != new.schedules {
                        touched.rescheduled.insert(*id);
                    }
                    if old.is_deleted && !new.is_deleted {
                        touched.returned.insert(*id);
                    }
                }
                _ => {}
            }
        }
        touched
    }

    /// Every habit that it has something to say about.
    pub(super) fn habits(&self) -> BTreeSet<HabitId> {
        self.earliest
            .keys()
            .chain(&self.rescheduled)
            .chain(&self.returned)
            .chain(&self.added)
            .copied()
            .collect()
    }

    /// Whether a day before `edge` was altered.
    pub(super) fn is_before(&self, habit: HabitId, edge: NaiveDate) -> bool {
        self.earliest.get(&habit).is_some_and(|day| *day < edge)
    }

    /// Whether memory can't follow by taking in the changed records alone.
    pub(super) fn is_beyond_memory(
        &self,
        habit: HabitId,
        handed: &BTreeMap<HabitId, NaiveDate>,
        today: NaiveDate,
    ) -> bool {
        // Days older than a new checkpoint would reach are better folded than held.
        let edge =
            handed.get(&habit).map_or(boundary(today), |handed| boundary(today).max(*handed));
        self.rescheduled.contains(&habit)
            || self.returned.contains(&habit)
            || self.is_before(habit, edge)
    }
}
