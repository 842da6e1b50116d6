//! The plan of an import: what it would add, found out before anything is written.
//!
//! Owns the matching of habits and the rule that an import only adds. Must not know the formats.

use std::collections::{BTreeMap, BTreeSet, HashMap, btree_map::Entry as MapEntry};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{BadLine, Entry};
use crate::{
    domain::{
        change::{Applied, Change, Stamp},
        habit::{CheckIn, Habit, Mark, Recipe, SECONDS},
        ids::{HabitId, IdSource},
        record::{Image, Record},
        schedule::Schedule,
        workspace::Workspace,
    },
    store::{Store, StoreError},
};

/// A habit that the import creates, daily.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHabit {
    /// Its identity.
    pub id: HabitId,
    /// Its name.
    pub name: String,
    /// Its creation day: the first in the file, today at the latest.
    pub from: NaiveDate,
}

/// A day that says something else here than in the file, and stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where the file says otherwise.
    pub line: u64,
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
    /// How many habits of the file are here already.
    pub known_habits: usize,
    /// What would be added.
    pub added: Count,
    /// Lines whose day says all that already.
    pub already: usize,
    /// Days that say something else here.
    pub kept: Vec<Kept>,
    changes: Vec<Change>,
}

/// Marks and notes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Done and rest marks.
    pub marks: usize,
    /// Notes.
    pub notes: usize,
}

impl Count {
    /// What a change added to days.
    fn of(applied: &Applied) -> Self {
        let mut count = Self::default();
        for (before, after) in applied.before.iter().zip(&applied.after) {
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

/// What a line says about its day.
struct Said {
    line: u64,
    mark: Option<Mark>,
    note: Option<String>,
}

/// Every day of a file, and whose it is.
type Days = BTreeMap<(HabitId, NaiveDate), Said>;

impl Plan {
    /// Finds out what the entries would add to the workspace and all of its check-ins. The first bad
    /// line ends it.
    pub fn new(
        what: String,
        entries: impl Iterator<Item = Result<Entry, BadLine>>,
        workspace: &Workspace,
        check_ins: Vec<CheckIn>,
        today: NaiveDate,
        ids: &mut IdSource,
    ) -> Result<Self, BadLine> {
        let mut plan = Self {
            what,
            new_habits: Vec::new(),
            known_habits: 0,
            added: Count::default(),
            already: 0,
            kept: Vec::new(),
            changes: Vec::new(),
        };
        let days = plan.read(entries, workspace, today, ids)?;
        plan.add_habits(workspace.next_habit_position());
        let names: HashMap<HabitId, String> = workspace
            .habits
            .iter()
            .map(|habit| (habit.id, habit.name.clone()))
            .chain(plan.new_habits.iter().map(|habit| (habit.id, habit.name.clone())))
            .collect();
        let mut here: HashMap<_, _> = check_ins
            .into_iter()
            .map(|check_in| ((check_in.habit, check_in.day), check_in))
            .collect();
        for ((habit, day), said) in days {
            let here = here.remove(&(habit, day));
            plan.add(habit, day, said, here.as_ref(), &names[&habit]);
        }
        Ok(plan)
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Makes it one change, and counts what it added: less than was planned where somebody else
    /// filled a day in the meantime, for that is kept.
    pub fn carry_out(
        self,
        store: &mut Store,
        stamp: &Stamp,
    ) -> Result<(Applied, Count), StoreError> {
        let change = Change::Together { what: self.what, changes: self.changes };
        let applied = store.apply(&change, stamp)?;
        let count = Count::of(&applied);
        Ok((applied, count))
    }

    /// Takes in line by line: finds each named habit by id, then by exact name, or creates it. Lines
    /// about the same day must agree.
    fn read(
        &mut self,
        entries: impl Iterator<Item = Result<Entry, BadLine>>,
        workspace: &Workspace,
        today: NaiveDate,
        ids: &mut IdSource,
    ) -> Result<Days, BadLine> {
        let mut matched: HashMap<String, HabitId> = HashMap::new();
        let mut places: HashMap<HabitId, usize> = HashMap::new();
        let mut days = Days::new();
        for entry in entries {
            let Entry { line, habit, day, mark, note } = entry?;
            let id = if let Some(id) = matched.get(&habit) {
                *id
            } else {
                let known = known_habit(line, &habit, &workspace.habits)?;
                let id = known.unwrap_or_else(|| HabitId(ids.next_uuid()));
                if known.is_none() {
                    places.insert(id, self.new_habits.len());
                    self.new_habits.push(NewHabit { id, name: habit.clone(), from: today });
                }
                matched.insert(habit, id);
                id
            };
            if let Some(place) = places.get(&id) {
                let from = &mut self.new_habits[*place].from;
                *from = day.min(*from);
            }
            let said = Said { line, mark, note };
            match days.entry((id, day)) {
                MapEntry::Vacant(place) => {
                    place.insert(said);
                }
                MapEntry::Occupied(first) => said.agrees_with(first.get())?,
            }
        }
        let named: BTreeSet<_> = matched.values().collect();
        self.known_habits = named.len() - self.new_habits.len();
        Ok(days)
    }

    fn add_habits(&mut self, position: i64) {
        for (place, habit) in (position..).zip(&self.new_habits) {
            self.changes.push(Change::HabitAdd {
                seconds: SECONDS,
                is_review: false,
                habit: habit.id,
                name: habit.name.clone(),
                topic: None,
                position: place,
                recipe: Recipe::default(),
                schedule: Schedule::Daily,
                from: habit.from,
            });
        }
    }

    fn add(
        &mut self,
        habit: HabitId,
        day: NaiveDate,
        said: Said,
        here: Option<&CheckIn>,
        name: &str,
    ) {
        let Said { line, mark, note } = said;
        let (mark_here, note_here) =
            here.map_or((None, None), |here| (here.mark, here.note.as_deref()));
        let is_other_mark = mark.is_some() && mark_here.is_some() && mark != mark_here;
        let is_other_note = note.is_some() && note_here.is_some() && note.as_deref() != note_here;
        let mark = mark.filter(|_| mark_here.is_none());
        let note = note.filter(|_| note_here.is_none());
        self.added.marks += usize::from(mark.is_some());
        self.added.notes += usize::from(note.is_some());
        if is_other_mark || is_other_note {
            self.kept.push(Kept { line, habit: name.to_owned(), day });
        } else if mark.is_none() && note.is_none() {
            self.already += 1;
        }
        if mark.is_some() || note.is_some() {
            self.changes.push(Change::CheckInFill { habit, day, mark, note });
        }
    }
}

impl Said {
    fn agrees_with(&self, first: &Self) -> Result<(), BadLine> {
        if (first.mark, &first.note) == (self.mark, &self.note) {
            return Ok(());
        }
        let what =
            format!("this day stands in line {} already, with another mark or note", first.line);
        Err(BadLine { line: self.line, what })
    }
}

fn known_habit(line: u64, text: &str, habits: &[Habit]) -> Result<Option<HabitId>, BadLine> {
    if let Ok(id) = Uuid::parse_str(text)
        && let Some(habit) = habits.iter().find(|habit| habit.id.0 == id)
    {
        return Ok(Some(habit.id));
    }
    let named: Vec<_> = habits.iter().filter(|habit| habit.name == text).collect();
    let active: Vec<_> = named.iter().filter(|habit| habit.archived_on().is_none()).collect();
    match (named.as_slice(), active.as_slice()) {
        ([], _) => Ok(None),
        ([one], _) => Ok(Some(one.id)),
        (_, [one]) => Ok(Some(one.id)),
        _ => Err(BadLine {
            line,
            what: format!(
                "column habit: {} habits have this name. Accepted here: the id, as `inch habit list` shows it",
                named.len()
            ),
        }),
    }
}

#[cfg(test)]
mod tests;
