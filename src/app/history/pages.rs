//! The days and minutes that a history is told from, as far as they were read.
//!
//! Owns what is to be read for one habit or for all, and how it follows the disk. Held only while
//! the history is open. Must not know what the days come to.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::{
    change::Applied,
    day::{self, Rules, plus},
    figures::rate_reads_from,
    habit::{CheckIn, Habit, Mark},
    history::{
        HALF_LIVES,
        overview::{Marked, Noted},
        strength_reads_from,
        stretch::Stretch,
    },
    ids::HabitId,
    record::{Image, Key, Record},
    window::Window,
};

/// The longest of the rates.
const RATE_DAYS: u16 = 365;

/// Days of one habit, the first and the last among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Whose.
    pub habit: HabitId,
    /// The first.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
}

/// What is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Check-ins.
    pub spans: Vec<Span>,
    /// Whose sessions, or all.
    pub habit: Option<HabitId>,
    /// The days of the sessions.
    pub sessions: Option<(NaiveDate, NaiveDate)>,
}

impl Request {
    /// All there is of one habit: its streaks and its recipes go back to its first day.
    pub fn of_one(habit: HabitId) -> Self {
        let span = Span { habit, first: day::FIRST, last: day::LAST };
        let sessions = Some((span.first, span.last));
        Self { spans: vec![span], habit: Some(habit), sessions }
    }

    /// The stretch and the days of the rates, of every habit, and as many half-lives of its strength
    /// before them as `half_lives` names: older days are not needed.
    pub fn of_all(
        habits: &[Habit],
        stretch: &Stretch,
        rules: Rules,
        today: NaiveDate,
        half_lives: &BTreeMap<HabitId, u32>,
    ) -> Self {
        let grid_last = plus(stretch.grid, i64::try_from(stretch.weeks).unwrap_or(0) * 7 - 1);
        let mut spans = Vec::new();
        for habit in habits {
            let id = habit.id;
            let half_lives = half_lives.get(&id).copied().unwrap_or(HALF_LIVES);
            let first = strength_reads_from(habit, rules, stretch.first, half_lives);
            // Its last week is told of at its end; a window that reaches beyond that is judged by
            // all of its days.
            let last = Window::holding(grid_last, &habit.schedules, rules.week_starts_on)
                .map_or(grid_last, |window| window.end);
            let recent = rate_reads_from(habit, rules, today, RATE_DAYS);
            if last < plus(recent, -1) {
                spans.push(Span { habit: id, first, last });
                spans.push(Span { habit: id, first: recent, last: day::LAST });
            } else {
                spans.push(Span { habit: id, first: first.min(recent), last: day::LAST });
            }
        }
        Self { spans, habit: None, sessions: Some((stretch.grid, grid_last)) }
    }

    /// The first day to be read of a habit.
    pub fn first(&self, habit: HabitId) -> Option<NaiveDate> {
        self.spans.iter().find(|span| span.habit == habit).map(|span| span.first)
    }
}

/// One habit's days.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Days {
    /// Its marks.
    pub marks: Marked,
    /// Its notes.
    pub notes: Noted,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pages {
    /// What was asked for.
    pub request: Request,
    /// By habit.
    pub days: BTreeMap<HabitId, Days>,
    /// Seconds of sessions by day.
    pub seconds: BTreeMap<NaiveDate, u64>,
}

impl Pages {
    /// Holds one more check-in.
    pub fn insert(&mut self, check_in: CheckIn) {
        let CheckIn { habit, day, mark, note } = check_in;
        let days = self.days.entry(habit).or_default();
        if let Some(mark) = mark {
            days.marks.insert(day, mark);
        }
        if let Some(note) = note {
            days.notes.insert(day, note);
        }
    }

    /// The mark of a day.
    pub fn mark(&self, habit: HabitId, day: NaiveDate) -> Option<Mark> {
        self.days.get(&habit)?.marks.get(&day).copied()
    }

    /// The note of a day.
    pub fn note(&self, habit: HabitId, day: NaiveDate) -> Option<&str> {
        self.days.get(&habit)?.notes.get(&day).map(String::as_str)
    }

    /// Follows the check-ins of a change that is on the disk. Sessions are held as sums, which can't
    /// tell whether a change is in them already: they are read anew.
    pub(super) fn absorb(&mut self, applied: &Applied) {
        applied.after.iter().for_each(|image| self.put(image));
    }

    fn put(&mut self, image: &Image) {
        let Key::CheckIn(habit, day) = image.key else { return };
        let holds = |span: &Span| span.habit == habit && (span.first..=span.last).contains(&day);
        if !self.request.spans.iter().any(holds) {
            return;
        }
        let days = self.days.entry(habit).or_default();
        days.marks.remove(&day);
        days.notes.remove(&day);
        if let Some(Record::CheckIn(check_in)) = &image.record {
            self.insert(check_in.clone());
        }
    }
}
