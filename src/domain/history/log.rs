//! The log: what was said about days and what was missed, newest first.
//!
//! Owns which days have an entry. Must not know how one is drawn.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Past, stretch::Stretch};
use crate::domain::{
    checkpoint::Marks,
    figures::Tally,
    habit::Mark,
    ids::HabitId,
    window::{Judged, Outcome},
};

/// One line of the log.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// Its day.
    pub day: NaiveDate,
    /// Whose; nothing where it is about all habits.
    pub habit: Option<HabitId>,
    /// What it says.
    pub what: What,
}

/// What an entry says of its day, the day's note aside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// The day was marked so.
    Marked(Mark),
    /// Asked for and missed.
    Missed,
    /// A longer window that ended on this day was missed.
    MissedWindow(Judged),
    /// Nothing but a note.
    Noted,
    /// How many of the asked habits were done.
    Share(Tally),
}

/// One habit's days in a stretch, newest first: every day with a mark or a note, and every missed
/// window, by its last day.
pub fn of_one<M: Marks>(
    past: &Past<'_, M>,
    notes: &BTreeMap<NaiveDate, String>,
    stretch: &Stretch,
) -> Vec<Entry> {
    let entry = |day, what| Entry { day, habit: Some(past.habit.id), what };
    let mut entries: BTreeMap<NaiveDate, Entry> = past
        .marks
        .within(stretch.first, stretch.last)
        .map(|(day, mark)| (day, entry(day, What::Marked(mark))))
        .collect();
    for (day, _) in notes.range(stretch.first..=stretch.last) {
        entries.entry(*day).or_insert_with(|| entry(*day, What::Noted));
    }
    let mut windows = Vec::new();
    let missed = past.counted(stretch.first, stretch.last);
    for judged in missed.filter(|judged| judged.outcome == Outcome::Missed) {
        let day = judged.window.end;
        if judged.window.start == day {
            entries.insert(day, entry(day, What::Missed));
        } else {
            windows.push(entry(day, What::MissedWindow(judged)));
        }
    }
    let mut log: Vec<_> = entries.into_values().chain(windows).collect();
    // What was said about a day stands below what its window came to.
    log.sort_by(|one, other| other.day.cmp(&one.day).then_with(|| rank(one).cmp(&rank(other))));
    log
}

fn rank(entry: &Entry) -> bool {
    !matches!(entry.what, What::MissedWindow(_))
}

/// All habits' days in a stretch, newest first: how many were done, then each note.
pub fn of_all<'a>(
    shares: &[Tally],
    notes: impl Iterator<
        Item = (HabitId, &'a BTreeMap<NaiveDate, String>, &'a BTreeMap<NaiveDate, Mark>),
    >,
    stretch: &Stretch,
) -> Vec<Entry> {
    let mut said: BTreeMap<NaiveDate, Vec<Entry>> = BTreeMap::new();
    for (habit, notes, marks) in notes {
        for (day, _) in notes.range(stretch.first..=stretch.last) {
            let what = marks.get(day).map_or(What::Noted, |mark| What::Marked(*mark));
            said.entry(*day).or_default().push(Entry { day: *day, habit: Some(habit), what });
        }
    }
    let mut log = Vec::new();
    for (day, share) in stretch.days().rev().zip(shares.iter().rev()) {
        if share.all > 0 {
            log.push(Entry { day, habit: None, what: What::Share(*share) });
        }
        log.extend(said.remove(&day).into_iter().flatten());
    }
    log
}
