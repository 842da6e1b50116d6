//! What each day of the input would add to what the same day says here.
//!
//! Owns the order of lines about one day, and that a day which says something else stays. An import
//! may have millions of days: they are held once, and small. Must not know how habits are found.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Ground, Kept, Plan};
use crate::{
    domain::{
        change::{Change, DayFill},
        habit::{CheckIn, Mark},
        ids::HabitId,
        text,
    },
    exchange::{
        ImportError,
        reading::{Entry, Reading, Repeats},
    },
};

/// What a day does not say yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    habit: HabitId,
    day: NaiveDate,
    mark: Option<Mark>,
    note: Option<Box<str>>,
}

/// Adds the days, which come habit by habit, to the changes.
pub fn fill(fills: Vec<Fill>, changes: &mut Vec<Change>) {
    for fill in fills {
        let day: DayFill = (fill.day, fill.mark, fill.note);
        match changes.last_mut() {
            Some(Change::CheckInsFill { habit, days }) if *habit == fill.habit => days.push(day),
            _ => changes.push(Change::CheckInsFill { habit: fill.habit, days: vec![day] }),
        }
    }
}

/// What is here of the day that an entry is about.
struct Here<'a> {
    habit: HabitId,
    name: &'a str,
    /// What the input tells of the habit.
    about: &'a str,
    found: Option<&'a CheckIn>,
}

impl Plan {
    /// Goes through the days of each habit in their order. `of` says where the habits of the reading
    /// go.
    pub(super) fn add_days(
        &mut self,
        reading: &mut Reading,
        of: &[Option<HabitId>],
        ground: &Ground<'_>,
    ) -> Result<(), ImportError> {
        let target = |entry: &Entry| of.get(entry.habit as usize).copied().flatten();
        let mut entries = std::mem::take(&mut reading.entries);
        // Lines about the same day stay in the order of the input.
        entries.sort_by_key(|entry| (target(entry), entry.day));
        let abouts = self.abouts(reading, of);
        let mut entries = entries.into_iter().filter(|entry| target(entry).is_some()).peekable();
        let names: BTreeMap<HabitId, &str> =
            (ground.workspace.habits.iter()).map(|habit| (habit.id, habit.name.as_str())).collect();
        while let Some(first) = entries.next() {
            let Some(habit) = target(&first) else { continue };
            let name = names.get(&habit).map(|name| (*name).to_owned());
            let here = match name {
                Some(_) => (ground.check_ins)(habit)?,
                None => Vec::new(),
            };
            let name = name.unwrap_or_else(|| first.habit_name(reading));
            let about = reading.habits.get(first.habit as usize).map(|told| told.about.clone());
            let about = about.unwrap_or_default();
            let mut next = Some(first);
            while let Some(entry) = next.take() {
                let entry = Self::settled(entry, &mut entries, habit, of, reading)?;
                let found = here.binary_search_by_key(&entry.day, |here| here.day);
                let found = found.ok().and_then(|at| here.get(at));
                self.add(entry, &Here { habit, name: &name, about: &about, found }, reading);
                next = entries.next_if(|entry| target(entry) == Some(habit));
            }
        }
        self.tell(abouts);
        Ok(())
    }

    /// What all lines about one day come to.
    fn settled(
        mut entry: Entry,
        entries: &mut std::iter::Peekable<impl Iterator<Item = Entry>>,
        habit: HabitId,
        of: &[Option<HabitId>],
        reading: &mut Reading,
    ) -> Result<Entry, ImportError> {
        let day = entry.day;
        let is_same = |other: &Entry| {
            other.day == day && of.get(other.habit as usize).copied().flatten() == Some(habit)
        };
        while let Some(other) = entries.next_if(is_same) {
            match reading.repeats {
                Repeats::First => {}
                Repeats::Last => entry = other,
                Repeats::Agree if (entry.mark, &entry.note) == (other.mark, &other.note) => {}
                Repeats::Agree => {
                    let first = reading.place_of(&entry);
                    let what =
                        format!("this day stands in {first} already, with another mark or note");
                    reading.bad_at(reading.place_of(&other), what)?;
                }
            }
        }
        Ok(entry)
    }

    fn add(&mut self, entry: Entry, here: &Here<'_>, reading: &Reading) {
        let Here { habit, name, about, found } = *here;
        if entry.mark.is_none() && entry.note.is_none() {
            return;
        }
        let (mark_here, note_here) =
            found.map_or((None, None), |here| (here.mark, here.note.as_deref()));
        let is_other_mark = entry.mark.is_some() && mark_here.is_some() && entry.mark != mark_here;
        let is_other_note = match (entry.note.as_deref(), note_here) {
            (Some(note), Some(here)) if !about.is_empty() => {
                // What an earlier import told of the habit stands above its first note.
                let own = here.strip_prefix(about).and_then(|rest| rest.strip_prefix('\n'));
                note != here && own != Some(note)
            }
            (Some(note), Some(here)) => note != here,
            _ => false,
        };
        let has_mark = entry.mark.is_some() && mark_here.is_none();
        let has_note = entry.note.is_some() && note_here.is_none();
        self.added.marks += usize::from(has_mark);
        self.added.notes += usize::from(has_note);
        if is_other_mark || is_other_note {
            let place = reading.place_of(&entry);
            self.kept.push(Kept { place, habit: name.to_owned(), day: entry.day });
        } else if !has_mark && !has_note {
            self.already += 1;
        }
        if has_mark || has_note {
            self.fills.push(Fill {
                habit,
                day: entry.day,
                mark: entry.mark.filter(|_| has_mark),
                note: entry.note.filter(|_| has_note),
            });
        }
    }

    /// What is told of each new habit, and its first day.
    fn abouts(
        &self,
        reading: &Reading,
        of: &[Option<HabitId>],
    ) -> Vec<(HabitId, NaiveDate, String)> {
        let new: BTreeMap<_, _> = self.new_habits.iter().map(|new| (new.id, new.from)).collect();
        let told = of.iter().zip(&reading.habits).filter_map(|(id, described)| {
            let id = (*id)?;
            let from = new.get(&id)?;
            (!described.about.is_empty()).then(|| (id, *from, described.about.clone()))
        });
        told.collect()
    }

    /// What is told of a new habit becomes the note of its first day, above what stands there.
    fn tell(&mut self, abouts: Vec<(HabitId, NaiveDate, String)>) {
        let mut alone = Vec::new();
        for (habit, day, about) in abouts {
            let place =
                self.fills.binary_search_by_key(&(habit, day), |fill| (fill.habit, fill.day));
            let Ok(at) = place else {
                self.added.notes += 1;
                alone.push(Fill { habit, day, mark: None, note: Some(about.into()) });
                continue;
            };
            let fill = &mut self.fills[at];
            let joined = match &fill.note {
                Some(note) => format!("{about}\n{note}"),
                None => about,
            };
            // A note of the day's own is worth more where both are too long.
            if joined.len() <= text::NOTE_BYTES {
                self.added.notes += usize::from(fill.note.is_none());
                fill.note = Some(joined.into());
            }
        }
        self.fills.append(&mut alone);
    }
}
