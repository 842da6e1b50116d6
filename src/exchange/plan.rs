//! The plan of an import: what it would add, found out before anything is written.
//!
//! Owns the rule that an import only adds, the limits on what is kept, and the carrying out. Must not
//! know the formats, nor how a habit of the input is found here.

mod count;
mod days;
mod ground;
mod limits;
mod matching;

use chrono::NaiveDate;

pub use self::{
    count::Count,
    ground::{Ground, Here},
};
use super::{
    BadLine, ImportError, Input,
    reading::{Reading, quoted},
    skipped::Skipped,
};
use crate::{
    domain::{
        change::{Applied, Change, Stamp},
        habit::{Habit, Recipe, SECONDS},
        ids::HabitId,
        schedule::Schedule,
        text::grouped,
    },
    store::{Store, StoreError, Tell},
};

/// How many examples of a kind a plan names.
pub const EXAMPLES: usize = 10;

/// A habit that the import creates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHabit {
    /// Its identity.
    pub id: HabitId,
    /// Its name.
    pub name: String,
    /// Its creation day; of another program's the first in the input, today at the latest.
    pub from: NaiveDate,
    /// When it is to be done.
    pub schedule: Schedule,
    /// The day it is archived on, if it had ended.
    pub archived_on: Option<NaiveDate>,
    /// For its recipe; may be empty.
    pub behaviour: String,
    /// Whether it was deleted here and comes back as the input has it.
    pub is_back: bool,
}

/// A habit that is here already, or something else that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is where it is no habit, such as "the project ".
    pub kind: &'static str,
    /// Which habit.
    pub habit: Option<HabitId>,
    /// What it is called in the input.
    pub name: String,
    /// What it is called here.
    pub name_here: String,
    /// Whether an id told it, rather than its name.
    pub is_by_id: bool,
    /// How many days of it get something.
    pub days: usize,
}

/// What says something else here than in the input, and stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where the input says otherwise.
    pub place: String,
    /// What it is called.
    pub name: String,
    /// Which day, where it is a habit's.
    pub day: Option<NaiveDate>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What the change is called, as in "import of habits.csv".
    pub what: String,
    /// Habits that would be created.
    pub new_habits: Vec<NewHabit>,
    /// What else was deleted here and would come back, such as "the project Bus times".
    pub back: Vec<String>,
    /// Habits of the input, and other things with names, that are here already.
    pub known: Vec<Known>,
    /// What would be added.
    pub added: Count,
    /// What is here and says all that already.
    pub already: Count,
    /// What says something else here.
    pub kept: Count,
    /// The first of those.
    pub kept_first: Vec<Kept>,
    /// What was assumed, and what can't be said here, as sentences that are safe to print.
    pub told: Vec<String>,
    /// Lines that are left out, for they are bad.
    pub skipped: Vec<BadLine>,
    /// Days of which nothing is said here: so many check-ins there would be more.
    rows: usize,
    /// The newest change here that it knows.
    seen: i64,
    changes: Vec<Change>,
}

impl Plan {
    /// Nothing yet.
    pub(super) fn empty(input: &str) -> Self {
        Self {
            what: format!("import of {input}"),
            new_habits: Vec::new(),
            back: Vec::new(),
            known: Vec::new(),
            added: Count::default(),
            already: Count::default(),
            kept: Count::default(),
            kept_first: Vec::new(),
            told: Vec::new(),
            skipped: Vec::new(),
            rows: 0,
            seen: 0,
            changes: Vec::new(),
        }
    }

    /// Reads the input with `read`, and finds out what it would add. Unless bad lines are left out,
    /// the first one ends it.
    pub(super) fn of(
        input: &Input,
        ground: Ground<'_>,
        read: impl FnOnce(&Input, &mut Reading) -> Result<(), ImportError>,
    ) -> Result<Self, ImportError> {
        let mut reading = Reading::new(&input.name, ground.today, ground.skips_bad);
        read(input, &mut reading)?;
        Self::new(reading, ground)
    }

    /// Finds out what was read would add.
    fn new(mut reading: Reading, mut ground: Ground<'_>) -> Result<Self, ImportError> {
        let targets = matching::targets(&mut reading, &mut ground)?;
        let mut plan = Self::empty(&reading.skipped.file);
        (plan.new_habits, plan.known) = (targets.new_habits, targets.known);
        plan.add_habits(ground.workspace.next_habit_position());
        plan.already.habits = plan.known.len();
        plan.add_days(&mut reading, &targets.of, &ground)?;
        plan.told = reading.told;
        if let Some(elsewhere) = reading.schedules_elsewhere {
            plan.tell_of_schedules(elsewhere);
        }
        plan.finished(reading.skipped, &ground)
    }

    /// Nobody said that the new habits are daily.
    fn tell_of_schedules(&mut self, elsewhere: &str) {
        let new = match self.new_habits.len() {
            0 => return,
            1 => "the new habit becomes".to_owned(),
            count => format!("the {} new habits become", grouped(count as u64)),
        };
        self.told.push(format!("Schedules are not in the file: {new} daily{elsewhere}"));
    }

    fn add_habits(&mut self, first_position: i64) {
        self.added.habits = self.new_habits.len();
        for (position, habit) in (first_position..).zip(&self.new_habits) {
            self.changes.push(Change::HabitAdd {
                seconds: SECONDS,
                is_review: false,
                habit: habit.id,
                name: habit.name.clone(),
                topic: None,
                position,
                recipe: Recipe { behaviour: habit.behaviour.clone(), ..Recipe::default() },
                schedule: habit.schedule,
                from: habit.from,
            });
            if let Some(on) = habit.archived_on {
                self.changes.push(Change::HabitArchive { habit: habit.id, on });
            }
        }
    }

    /// Adds a change to be made after those before it.
    pub(super) fn push(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Names what stays as it is here, where there is room for it; the caller counts it.
    pub(super) fn keep(&mut self, kept: impl FnOnce() -> Kept) {
        if self.kept_first.len() < EXAMPLES {
            self.kept_first.push(kept());
        }
    }

    /// All was planned: it must fit in.
    pub(super) fn finished(
        mut self,
        skipped: Skipped,
        ground: &Ground<'_>,
    ) -> Result<Self, ImportError> {
        limits::check(self.added, self.rows, &skipped.file, ground)?;
        self.skipped = skipped.into();
        self.seen = ground.here.seen();
        Ok(self)
    }

    /// Whether anything was read, be it new or not.
    pub(super) fn says_something(&self) -> bool {
        [self.added, self.already, self.kept].iter().any(|count| count.total() > 0)
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Makes it one change, and counts what it added: less than was planned where somebody else
    /// filled a day in the meantime, for that is kept. `None` when nothing at all was left to add;
    /// refused where somebody else altered habits and other things with names.
    pub fn carry_out(
        self,
        store: &mut Store,
        stamp: &Stamp,
        tell: Tell<'_>,
    ) -> Result<(Option<Applied>, Count), StoreError> {
        let seen = self.seen;
        let applied = store.apply_whole(self.into_change(), seen, stamp, tell)?;
        let count = applied.as_ref().map(Count::of).unwrap_or_default();
        Ok((applied, count))
    }

    fn into_change(self) -> Change {
        Change::Together { what: self.what, changes: self.changes }
    }
}

impl Known {
    /// Where it goes, if nothing but a name in other letters led there.
    pub(super) fn in_other_case(&self) -> Option<String> {
        let is_other = !self.is_by_id && self.name != self.name_here;
        let [name, here] = [&self.name, &self.name_here].map(|name| quoted(name));
        let kind = self.kind;
        is_other.then(|| format!("'{name}' goes into {kind}'{here}': they differ in case only"))
    }
}

impl NewHabit {
    /// One that comes in whole.
    pub(super) fn of(habit: &Habit, is_back: bool) -> Self {
        Self {
            id: habit.id,
            name: habit.name.clone(),
            from: habit.created_on(),
            schedule: habit.schedule(),
            archived_on: habit.archived_on(),
            behaviour: String::new(),
            is_back,
        }
    }
}

#[cfg(test)]
mod tests;
