//! What each day of the input would add to what the same day says here.
//!
//! Owns the order of lines about one day, and that a day which says something else stays. An import
//! may have millions of days: they are held once, and small. Must not know how habits are found.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{EXAMPLES, Ground, Kept, Plan};
use crate::{
    domain::{
        change::{Change, DayFill},
        habit::CheckIn,
        ids::HabitId,
        text,
    },
    exchange::{
        ImportError,
        reading::{Entry, Reading, Repeats, quoted},
    },
};

/// What is here of the day that an entry is about.
struct Here<'a> {
    name: &'a str,
    /// What the input tells of the habit.
    about: &'a str,
    found: Option<&'a CheckIn>,
}

/// Lines whose answers do not count, for another one about the same day does.
#[derive(Default)]
struct Aside {
    days: usize,
    lines: usize,
    first: Vec<String>,
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
        let mut entries = entries.into_iter().filter(|entry| target(entry).is_some()).peekable();
        let names: BTreeMap<HabitId, &str> =
            (ground.workspace.habits.iter()).map(|habit| (habit.id, habit.name.as_str())).collect();
        let mut aside = Aside::default();
        while let Some(first) = entries.next() {
            let Some(habit) = target(&first) else { continue };
            let name = names.get(&habit).map(|name| (*name).to_owned());
            let here = match name {
                Some(_) => ground.here.check_ins_of(habit)?,
                None => Vec::new(),
            };
            let name = name.unwrap_or_else(|| first.habit_name(reading));
            let about = reading.habits.get(first.habit as usize).map(|told| told.about.clone());
            let about = about.unwrap_or_default();
            let (mut days, mut next) = (Vec::new(), Some(first));
            while let Some(entry) = next.take() {
                let entry = Self::settled(entry, &mut entries, habit, of, &mut aside, reading)?;
                let found = here.binary_search_by_key(&entry.day, |here| here.day);
                let found = found.ok().and_then(|at| here.get(at));
                let here = Here { name: &name, about: &about, found };
                days.extend(self.fill_of(entry, &here, reading));
                next = entries.next_if(|entry| target(entry) == Some(habit));
            }
            self.fill(habit, days);
        }
        reading.told.extend(aside.told(reading.repeats));
        self.tell(reading, of);
        Ok(())
    }

    /// What all lines about one day come to.
    fn settled(
        mut entry: Entry,
        entries: &mut std::iter::Peekable<impl Iterator<Item = Entry>>,
        habit: HabitId,
        of: &[Option<HabitId>],
        aside: &mut Aside,
        reading: &mut Reading,
    ) -> Result<Entry, ImportError> {
        let (day, mut others) = (entry.day, Vec::new());
        let is_same = |other: &Entry| {
            other.day == day && of.get(other.habit as usize).copied().flatten() == Some(habit)
        };
        while let Some(other) = entries.next_if(is_same) {
            match reading.repeats {
                Repeats::First(_) => others.push(other),
                Repeats::Last(_) => others.push(std::mem::replace(&mut entry, other)),
                Repeats::Agree if entry.agrees_with(&other) => {}
                Repeats::Agree => {
                    let first = reading.place_of(&entry);
                    let name = quoted(&other.habit_name(reading));
                    let what = format!(
                        "{name} on {day} stands in {first} already, with another mark or note"
                    );
                    reading.bad_at(reading.place_of(&other), what)?;
                }
            }
        }
        others.retain(|other| !entry.agrees_with(other));
        aside.add(&others, reading);
        Ok(entry)
    }

    fn fill_of(&mut self, mut entry: Entry, here: &Here<'_>, reading: &Reading) -> Option<DayFill> {
        let Here { name, about, found } = *here;
        let said = (entry.day, entry.mark, entry.note.take());
        let is_same = |note: &str, here: &str| {
            // What an earlier import told of the habit stands above its first note.
            let own = here.strip_prefix(about).and_then(|rest| rest.strip_prefix('\n'));
            note == here || !about.is_empty() && own == Some(note)
        };
        let kept = || {
            let (place, day) = (reading.place_of(&entry), Some(entry.day));
            Kept { place, name: name.to_owned(), day }
        };
        self.compared(said, found, is_same, kept)
    }

    /// What a day does not say here yet; nothing when it says all that, or something else.
    pub(in crate::exchange) fn compared(
        &mut self,
        (day, mark, note): DayFill,
        here: Option<&CheckIn>,
        is_same: impl FnOnce(&str, &str) -> bool,
        kept: impl FnOnce() -> Kept,
    ) -> Option<DayFill> {
        if mark.is_none() && note.is_none() {
            return None;
        }
        let (mark_here, note_here) =
            here.map_or((None, None), |here| (here.mark, here.note.as_deref()));
        let is_other_mark = mark.is_some() && mark_here.is_some() && mark != mark_here;
        let is_other_note = match (note.as_deref(), note_here) {
            (Some(note), Some(here)) => !is_same(note, here),
            _ => false,
        };
        if is_other_mark || is_other_note {
            self.kept.days += 1;
            self.keep(kept);
        }
        if is_other_mark {
            // What its note says would be said of another mark.
            return None;
        }
        let note = note.filter(|_| note_here.is_none());
        let has_mark = mark.is_some() && mark_here.is_none();
        if !has_mark && note.is_none() {
            self.already.days += usize::from(!is_other_note);
            return None;
        }
        self.added.marks += usize::from(has_mark);
        self.added.notes += usize::from(note.is_some());
        self.rows += usize::from(here.is_none());
        // The mark goes along with a note, should another one come to be there meanwhile.
        Some((day, mark, note))
    }

    /// Adds a habit's days, in their order, to the changes.
    pub(in crate::exchange) fn fill(&mut self, habit: HabitId, mut days: Vec<DayFill>) {
        if let Some(known) = self.known.iter_mut().find(|known| known.habit == Some(habit)) {
            known.days += days.len();
        }
        if !days.is_empty() {
            // They are held until all is written.
            days.shrink_to_fit();
            self.changes.push(Change::CheckInsFill { habit, days });
        }
    }

    /// What is told of a new habit becomes the note of its first day, above what stands there.
    fn tell(&mut self, reading: &Reading, of: &[Option<HabitId>]) {
        let new: BTreeMap<_, _> = self.new_habits.iter().map(|new| (new.id, new.from)).collect();
        for (id, described) in of.iter().zip(&reading.habits) {
            let new = id.and_then(|id| Some((id, *new.get(&id)?)));
            if let Some((habit, day)) = new.filter(|_| !described.about.is_empty()) {
                self.tell_one(habit, day, &described.about);
            }
        }
    }

    fn tell_one(&mut self, new: HabitId, day: NaiveDate, about: &str) {
        let days = self.changes.iter_mut().find_map(|change| match change {
            Change::CheckInsFill { habit, days } if *habit == new => Some(days),
            _ => None,
        });
        let fill = (day, None, Some(about.into()));
        let Some(days) = days else {
            (self.added.notes, self.rows) = (self.added.notes + 1, self.rows + 1);
            return self.fill(new, vec![fill]);
        };
        let at = match days.binary_search_by_key(&day, |(day, ..)| *day) {
            Ok(at) => at,
            Err(at) => {
                (self.added.notes, self.rows) = (self.added.notes + 1, self.rows + 1);
                return days.insert(at, fill);
            }
        };
        let note = &mut days[at].2;
        let joined = match note {
            Some(note) => format!("{about}\n{note}"),
            None => about.to_owned(),
        };
        // A note of the day's own is worth more where both are too long.
        if joined.len() <= text::NOTE_BYTES {
            self.added.notes += usize::from(note.is_none());
            *note = Some(joined.into());
        }
    }
}

impl Aside {
    /// Takes down the lines of one day.
    fn add(&mut self, others: &[Entry], reading: &Reading) {
        self.days += usize::from(!others.is_empty());
        self.lines += others.len();
        let room = EXAMPLES.saturating_sub(self.first.len());
        self.first.extend(others.iter().take(room).map(|other| reading.place_of(other)));
    }

    /// What the person must know of them.
    fn told(self, repeats: Repeats) -> Option<String> {
        let (which, program) = match repeats {
            Repeats::First(program) => ("first", program),
            Repeats::Last(program) => ("last", program),
            Repeats::Agree => return None,
        };
        let [days, more] = [self.days, self.lines - self.first.len()]
            .map(|count| text::grouped(u64::try_from(count).unwrap_or(u64::MAX)));
        let stand = if self.days == 1 { "day stands" } else { "days stand" };
        let more = if more == "0" { String::new() } else { format!("; and {more} more") };
        let first = self.first.join("; ");
        (self.days > 0).then(|| {
            format!(
                "{days} {stand} there more than once, with different answers; the {which} one counts, as in {program}. Set aside: {first}{more}"
            )
        })
    }
}
