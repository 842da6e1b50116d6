//! The plan of an import: what it would add, found out before anything is written.
//!
//! Owns the rule that an import only adds, and the carrying out. Must not know the formats, nor how
//! a habit of the input is found here.

mod days;
mod matching;

use chrono::NaiveDate;

use self::days::Fill;
use super::{BadLine, ImportError, Input, reading::Reading};
use crate::{
    domain::{
        change::{Applied, Change, Stamp},
        habit::{CheckIn, Recipe, SECONDS},
        ids::{HabitId, IdSource},
        record::{Image, Record},
        schedule::Schedule,
        workspace::Workspace,
    },
    store::{HABITS, Store, StoreError},
};

/// What an import is planned against.
pub struct Ground<'a> {
    /// What is here.
    pub workspace: &'a Workspace,
    /// A habit's check-ins in the order of their days.
    pub check_ins: &'a dyn Fn(HabitId) -> Result<Vec<CheckIn>, StoreError>,
    /// Whether an id was never used here, not even by a habit that is deleted.
    pub is_free: &'a dyn Fn(HabitId) -> Result<bool, StoreError>,
    /// The logical day.
    pub today: NaiveDate,
    /// Where new ids come from.
    pub ids: IdSource,
    /// Whether bad lines are left out rather than ending it.
    pub skips_bad: bool,
}

/// A habit that the import creates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHabit {
    /// Its identity.
    pub id: HabitId,
    /// Its name.
    pub name: String,
    /// Its creation day: the first in the input, today at the latest.
    pub from: NaiveDate,
    /// When it is to be done.
    pub schedule: Schedule,
    /// The day it is archived on, if it had ended.
    pub archived_on: Option<NaiveDate>,
    /// For its recipe; may be empty.
    pub behaviour: String,
}

/// A habit that is here already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is called in the input.
    pub name: String,
    /// What it is called here.
    pub name_here: String,
    /// Whether an id told it, rather than its name.
    pub is_by_id: bool,
}

/// A day that says something else here than in the input, and stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where the input says otherwise.
    pub place: String,
    /// The habit's name.
    pub habit: String,
    /// Which day.
    pub day: NaiveDate,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What the change is called, as in "import of habits.csv".
    pub what: String,
    /// Habits that would be created.
    pub new_habits: Vec<NewHabit>,
    /// Habits of the input that are here already.
    pub known: Vec<Known>,
    /// What would be added.
    pub added: Count,
    /// Days that say all that already.
    pub already: usize,
    /// Days that say something else here.
    pub kept: Vec<Kept>,
    /// What was assumed, and what can't be said here, as sentences that are safe to print.
    pub told: Vec<String>,
    /// Lines that are left out, for they are bad.
    pub skipped: Vec<BadLine>,
    first_position: i64,
    fills: Vec<Fill>,
}

/// Habits, marks and notes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// New habits.
    pub habits: usize,
    /// Done and rest marks.
    pub marks: usize,
    /// Notes.
    pub notes: usize,
}

impl Count {
    /// What a change added.
    fn of(applied: &Applied) -> Self {
        let mut count = Self::default();
        for (before, after) in applied.before.iter().zip(&applied.after) {
            let is_habit = |image: &Image| matches!(image.record, Some(Record::Habit(_)));
            count.habits += usize::from(is_habit(after) && !is_habit(before));
            let has = |image: &Image| match &image.record {
                Some(Record::CheckIn(found)) => (found.mark.is_some(), found.note.is_some()),
                _ => (false, false),
            };
            let (before, after) = (has(before), has(after));
            count.marks += usize::from(after.0 && !before.0);
            count.notes += usize::from(after.1 && !before.1);
        }
        count
    }
}

impl Plan {
    /// Reads the input with `read`, and finds out what it would add. Unless bad lines are left out,
    /// the first one ends it.
    pub(super) fn of(
        input: &Input,
        ground: Ground<'_>,
        read: impl FnOnce(&Input, &mut Reading) -> Result<(), ImportError>,
    ) -> Result<Self, ImportError> {
        let mut reading = Reading::new(&input.name, ground.today, ground.skips_bad);
        read(input, &mut reading)?;
        Self::new(format!("import of {}", input.name), reading, ground)
    }

    /// Finds out what was read would add.
    fn new(
        what: String,
        mut reading: Reading,
        mut ground: Ground<'_>,
    ) -> Result<Self, ImportError> {
        let targets = matching::targets(&mut reading, &mut ground)?;
        let mut plan = Self {
            what,
            first_position: ground.workspace.next_habit_position(),
            new_habits: targets.new_habits,
            known: targets.known,
            added: Count::default(),
            already: 0,
            kept: Vec::new(),
            told: Vec::new(),
            skipped: Vec::new(),
            fills: Vec::new(),
        };
        let here = ground.workspace.habits.len();
        if !plan.new_habits.is_empty() && here + plan.new_habits.len() > HABITS {
            let what = format!(
                "would add {} habits to the {here} that are here, and inch keeps at most {HABITS}",
                plan.new_habits.len()
            );
            return Err(reading.broken(what, "Leave some out of it, or delete some here"));
        }
        plan.add_days(&mut reading, &targets.of, &ground)?;
        plan.added.habits = plan.new_habits.len();
        (plan.told, plan.skipped) = (reading.told, reading.skipped);
        Ok(plan)
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.new_habits.is_empty() && self.fills.is_empty()
    }

    /// Makes it one change, and counts what it added: less than was planned where somebody else
    /// filled a day in the meantime, for that is kept. `None` when nothing at all was left to add.
    pub fn carry_out(
        self,
        store: &mut Store,
        stamp: &Stamp,
    ) -> Result<(Option<Applied>, Count), StoreError> {
        let change = self.into_change();
        let applied = store.apply_whole(change, stamp)?;
        let count = applied.as_ref().map(Count::of).unwrap_or_default();
        Ok((applied, count))
    }

    fn into_change(self) -> Change {
        let mut changes = Vec::new();
        for (position, habit) in (self.first_position..).zip(self.new_habits) {
            changes.push(Change::HabitAdd {
                seconds: SECONDS,
                is_review: false,
                habit: habit.id,
                name: habit.name,
                topic: None,
                position,
                recipe: Recipe { behaviour: habit.behaviour, ..Recipe::default() },
                schedule: habit.schedule,
                from: habit.from,
            });
            if let Some(on) = habit.archived_on {
                changes.push(Change::HabitArchive { habit: habit.id, on });
            }
        }
        days::fill(self.fills, &mut changes);
        Change::Together { what: self.what, changes }
    }
}

#[cfg(test)]
mod tests;
