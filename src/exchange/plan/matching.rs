//! Which habit here is meant by a habit of the input.
//!
//! Owns that: by an id, then by the name, then by the name in other letters where only one can be
//! meant; else it is new. Must not know its days.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Ground, Known, NewHabit};
use crate::{
    domain::{habit::Habit, ids::HabitId, record::Key, text::folded},
    exchange::{
        ImportError,
        reading::{Described, End, Identity, Reading, quoted},
    },
};

/// Where the habits of an input go.
#[derive(Debug, Default)]
pub struct Targets {
    /// By their places in the reading; `None` for one that was left out.
    pub of: Vec<Option<HabitId>>,
    /// Habits that are to be created.
    pub new_habits: Vec<NewHabit>,
    /// Habits that are here.
    pub known: Vec<Known>,
}

/// Finds each habit, or gives it an id of its own.
pub fn targets(reading: &mut Reading, ground: &mut Ground<'_>) -> Result<Targets, ImportError> {
    let habits = &ground.workspace.habits;
    let by_id: BTreeMap<Uuid, &Habit> = habits.iter().map(|habit| (habit.id.0, habit)).collect();
    let mut taken: BTreeSet<HabitId> = reading
        .habits
        .iter()
        .filter_map(|described| match described.identity {
            Identity::Id(id) => by_id.get(&id).map(|habit| habit.id),
            Identity::Typed => None,
        })
        .collect();
    let by_name_only = reading.habits.iter().filter(|described| match described.identity {
        Identity::Id(id) => !by_id.contains_key(&id),
        Identity::Typed => true,
    });
    let alike = Alike::of(by_name_only, habits);
    let mut targets = Targets::default();
    let (mut met, mut given) = (BTreeSet::new(), BTreeSet::new());
    for at in 0..reading.habits.len() {
        let described = &reading.habits[at];
        let id = match described.identity {
            Identity::Id(id) => Some(id),
            Identity::Typed => Uuid::parse_str(&described.name).ok(),
        };
        let found = match id.and_then(|id| by_id.get(&id)) {
            Some(habit) => Ok(Some((*habit, true))),
            None => {
                by_name(described, habits, &taken).map(|found| found.map(|habit| (habit, false)))
            }
        };
        let found = match found {
            Ok(None) => alike.find(described, &taken).map(|habit| (habit, false)),
            Ok(found) => found,
            Err(what) => {
                reading.bad_at(described.place.clone(), what)?;
                targets.of.push(None);
                continue;
            }
        };
        if let Some((habit, is_by_id)) = found {
            if described.identity != Identity::Typed {
                taken.insert(habit.id);
            }
            targets.of.push(Some(habit.id));
            let known = Known {
                kind: "",
                habit: Some(habit.id),
                days: 0,
                name: described.name.clone(),
                name_here: habit.name.clone(),
                is_by_id,
            };
            reading.told.extend(known.in_other_case());
            if met.insert(habit.id) {
                targets.known.push(known);
            }
            continue;
        }
        let kept = match described.identity {
            Identity::Id(id)
                if !given.contains(&id) && ground.here.is_free(&Key::Habit(HabitId(id)))? =>
            {
                Some(id)
            }
            _ => None,
        };
        let id = kept.unwrap_or_else(|| ground.ids.next_uuid());
        given.insert(id);
        let new = new_habit(HabitId(id), described, reading.today);
        reading.told.extend(alike.why_not(&reading.habits[at]));
        targets.new_habits.push(new);
        targets.of.push(Some(HabitId(id)));
    }
    Ok(targets)
}

/// The habit of exactly that name; an active one before archived ones. Two habits of the input are
/// never one here, unless the person typed both.
fn by_name<'a>(
    described: &Described,
    habits: &'a [Habit],
    taken: &BTreeSet<HabitId>,
) -> Result<Option<&'a Habit>, String> {
    let is_same = |habit: &&Habit| habit.name == described.name && !taken.contains(&habit.id);
    let named: Vec<_> = habits.iter().filter(is_same).collect();
    let active: Vec<_> = named.iter().filter(|habit| habit.archived_on().is_none()).collect();
    match (named.as_slice(), active.as_slice(), described.identity) {
        ([], ..) => Ok(None),
        ([one], ..) => Ok(Some(one)),
        (_, [one], _) => Ok(Some(one)),
        (_, _, Identity::Typed) => Err(format!(
            "column habit: {} habits have this name. Accepted here: the id, as `inch habit list` shows it",
            named.len()
        )),
        _ => Err(format!(
            "{} habits here are called '{}'. Accepted: one of that name; rename the others with `inch habit edit`",
            named.len(),
            crate::exchange::reading::quoted(&described.name)
        )),
    }
}

/// Names that differ in case only.
struct Alike<'a> {
    /// How many the input has.
    there: BTreeMap<String, usize>,
    here: BTreeMap<String, Vec<&'a Habit>>,
}

impl<'a> Alike<'a> {
    fn of<'b>(there: impl Iterator<Item = &'b Described>, habits: &'a [Habit]) -> Self {
        let mut alike = Self { there: BTreeMap::new(), here: BTreeMap::new() };
        for described in there {
            *alike.there.entry(folded(&described.name)).or_default() += 1;
        }
        for habit in habits {
            alike.here.entry(folded(&habit.name)).or_default().push(habit);
        }
        alike
    }

    /// The only one that can be meant, of the active ones if there are any. Where the input has
    /// several such names, each is a habit of its own.
    fn find(&self, described: &Described, taken: &BTreeSet<HabitId>) -> Option<&'a Habit> {
        let name = folded(&described.name);
        if self.there.get(&name).is_some_and(|count| *count > 1) {
            return None;
        }
        let here = self.here.get(&name)?.iter().copied();
        let free: Vec<_> = here.filter(|habit| !taken.contains(&habit.id)).collect();
        let active: Vec<_> =
            free.iter().copied().filter(|habit| habit.archived_on().is_none()).collect();
        match (free.as_slice(), active.as_slice()) {
            ([one], _) | (_, [one]) => Some(one),
            _ => None,
        }
    }

    /// Why a new habit is none of those here that are called almost the same.
    fn why_not(&self, described: &Described) -> Option<String> {
        let here = self.here.get(&folded(&described.name))?;
        let is_other = here.iter().all(|habit| habit.name != described.name);
        is_other.then(|| {
            format!(
                "'{}' becomes a habit of its own, though another name differs from it in case only",
                quoted(&described.name)
            )
        })
    }
}

fn new_habit(id: HabitId, described: &Described, today: chrono::NaiveDate) -> NewHabit {
    let (first, last) = described.span.unwrap_or((today, today));
    let end = described.end.map(|end| match end {
        End::LastDay => last,
        End::On(day) => day,
    });
    let from = end.map_or(first, |end| end.min(first)).min(today);
    NewHabit {
        id,
        name: described.name.clone(),
        from,
        schedule: described.schedule,
        archived_on: end,
        behaviour: described.behaviour.clone(),
        is_back: false,
    }
}
