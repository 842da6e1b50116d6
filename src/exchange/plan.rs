//! The plan of an import: what it would add, found out before anything is written.
//!
//! Owns the matching of habits and the rule that an import only adds. Must not know the formats.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{BadLine, Entry, ImportError};
use crate::{
    domain::{
        change::{Applied, Change, Stamp},
        habit::{CheckIn, Habit, Recipe},
        ids::{HabitId, IdSource},
        schedule::Schedule,
        workspace::Workspace,
    },
    store::Store,
};

/// How many habits are kept at most.
const HABITS: usize = 1000;

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
    /// Done and rest marks that would be added.
    pub marks: usize,
    /// Notes that would be added.
    pub notes: usize,
    /// Lines whose day says all that already.
    pub already: usize,
    /// Days that say something else here.
    pub kept: Vec<Kept>,
    /// Days as they must be afterwards.
    expected: Vec<CheckIn>,
    changes: Vec<Change>,
}

impl Plan {
    /// Finds out what the entries would add to the workspace and all of its check-ins.
    pub fn new(
        what: String,
        entries: &[Entry],
        workspace: &Workspace,
        check_ins: Vec<CheckIn>,
        today: NaiveDate,
        ids: &mut IdSource,
    ) -> Result<Self, BadLine> {
        let mut plan = Self {
            what,
            new_habits: Vec::new(),
            known_habits: 0,
            marks: 0,
            notes: 0,
            already: 0,
            kept: Vec::new(),
            expected: Vec::new(),
            changes: Vec::new(),
        };
        let habits = plan.match_habits(entries, workspace, today, ids)?;
        let days = unique_days(entries, &habits)?;
        let here: HashMap<_, _> = check_ins
            .into_iter()
            .map(|check_in| ((check_in.habit, check_in.day), check_in))
            .collect();
        for ((habit, day), entry) in days {
            plan.add(entry, habit, here.get(&(habit, day)));
        }
        Ok(plan)
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Makes it one change, and compares what is there afterwards. `None` when there was nothing.
    pub fn carry_out(
        self,
        store: &mut Store,
        stamp: &Stamp,
    ) -> Result<Option<Applied>, ImportError> {
        if self.is_empty() {
            return Ok(None);
        }
        let change = Change::Together { what: self.what, changes: self.changes };
        let applied = store.apply(&change, stamp)?;
        let here: HashMap<_, _> = store
            .check_ins(None, None)?
            .into_iter()
            .map(|check_in| ((check_in.habit, check_in.day), check_in))
            .collect();
        let is_there = |wanted: &&CheckIn| here.get(&(wanted.habit, wanted.day)) == Some(*wanted);
        let (found, planned) = (self.expected.iter().filter(is_there).count(), self.expected.len());
        if found != planned {
            store.undo(stamp)?;
            return Err(ImportError::Incomplete { found, planned });
        }
        Ok(Some(applied))
    }

    /// Finds each named habit by id, then by exact name, or creates it.
    fn match_habits<'a>(
        &mut self,
        entries: &'a [Entry],
        workspace: &Workspace,
        today: NaiveDate,
        ids: &mut IdSource,
    ) -> Result<HashMap<&'a str, HabitId>, BadLine> {
        let mut matched = HashMap::new();
        let mut places: HashMap<HabitId, usize> = HashMap::new();
        for entry in entries {
            let known = match matched.get(entry.habit.as_str()) {
                Some(id) => Some(*id),
                None => known_habit(entry, &workspace.habits)?,
            };
            let id = known.unwrap_or_else(|| {
                let id = HabitId(ids.next_uuid());
                places.insert(id, self.new_habits.len());
                self.new_habits.push(NewHabit { id, name: entry.habit.clone(), from: today });
                id
            });
            if let Some(place) = places.get(&id) {
                let from = &mut self.new_habits[*place].from;
                *from = entry.day.min(*from);
            }
            matched.insert(entry.habit.as_str(), id);
        }
        let named: BTreeSet<_> = matched.values().collect();
        self.known_habits = named.len() - self.new_habits.len();
        let count = workspace.habits.len() + self.new_habits.len();
        if count > HABITS && !self.new_habits.is_empty() {
            let line = entries.last().map_or(1, |entry| entry.line);
            let what = format!("there would be {count} habits by then; at most {HABITS} are kept");
            return Err(BadLine { line, what });
        }
        let position = workspace.next_habit_position();
        for (place, habit) in (position..).zip(&self.new_habits) {
            self.changes.push(Change::HabitAdd {
                habit: habit.id,
                name: habit.name.clone(),
                topic: None,
                position: place,
                recipe: Recipe::default(),
                schedule: Schedule::Daily,
                from: habit.from,
            });
        }
        Ok(matched)
    }

    fn add(&mut self, entry: &Entry, habit: HabitId, here: Option<&CheckIn>) {
        let (mark, note) = here.map_or((None, None), |here| (here.mark, here.note.as_deref()));
        let day = entry.day;
        let (is_mark_new, is_note_new) =
            (entry.mark.is_some() && mark.is_none(), entry.note.is_some() && note.is_none());
        if is_mark_new {
            let mark = entry.mark;
            self.changes.push(Change::CheckInSet { habit, day, mark });
            self.marks += 1;
        }
        if is_note_new {
            let note = entry.note.clone();
            self.changes.push(Change::CheckInNote { habit, day, note });
            self.notes += 1;
        }
        let differs = entry.mark.is_some_and(|wanted| mark.is_some_and(|mark| mark != wanted))
            || entry.note.as_deref().is_some_and(|wanted| note.is_some_and(|note| note != wanted));
        if differs {
            self.kept.push(Kept { line: entry.line, habit: entry.habit.clone(), day });
        } else if !is_mark_new && !is_note_new {
            self.already += 1;
        }
        if is_mark_new || is_note_new {
            self.expected.push(CheckIn {
                habit,
                day,
                mark: mark.or(entry.mark),
                note: note.map(str::to_owned).or_else(|| entry.note.clone()),
            });
        }
    }
}

fn known_habit(entry: &Entry, habits: &[Habit]) -> Result<Option<HabitId>, BadLine> {
    if let Ok(id) = Uuid::parse_str(&entry.habit)
        && let Some(habit) = habits.iter().find(|habit| habit.id.0 == id)
    {
        return Ok(Some(habit.id));
    }
    let named: Vec<_> = habits.iter().filter(|habit| habit.name == entry.habit).collect();
    let active: Vec<_> = named.iter().filter(|habit| habit.archived_on().is_none()).collect();
    match (named.as_slice(), active.as_slice()) {
        ([], _) => Ok(None),
        ([one], _) => Ok(Some(one.id)),
        (_, [one]) => Ok(Some(one.id)),
        _ => Err(BadLine {
            line: entry.line,
            what: format!(
                "column habit: {} habits have this name. Accepted here: the id, as `inch habit list` shows it",
                named.len()
            ),
        }),
    }
}

/// One entry per habit and day; two that disagree are an error.
fn unique_days<'a>(
    entries: &'a [Entry],
    habits: &HashMap<&str, HabitId>,
) -> Result<BTreeMap<(HabitId, NaiveDate), &'a Entry>, BadLine> {
    let mut seen: BTreeMap<_, &Entry> = BTreeMap::new();
    for entry in entries {
        let key = (habits[entry.habit.as_str()], entry.day);
        let first = *seen.entry(key).or_insert(entry);
        if (first.mark, &first.note) != (entry.mark, &entry.note) {
            return Err(BadLine {
                line: entry.line,
                what: format!(
                    "this day stands in line {} already, with another mark or note",
                    first.line
                ),
            });
        }
    }
    Ok(seen)
}

#[cfg(test)]
mod tests;
