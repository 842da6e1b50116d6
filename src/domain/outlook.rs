//! What lies before and right behind a habit: what its open window still needs, when its streak
//! would end, and how many windows in a row were missed.
//!
//! Owns looking at the windows from a day on; what is older comes from the figures, so that it is
//! the same whatever days are held. Must not know what is said about it.

use chrono::NaiveDate;

use super::{
    checkpoint::Marks,
    day::{Rules, StreakRule, plus},
    figures::Figures,
    habit::{Habit, Mark},
    schedule::Schedule,
    window::{Judged, Outcome, Window},
};

/// How far is looked ahead: more than two of the longest windows.
const DAYS_AHEAD: i64 = 800;

/// The window that is open, as long as it asks for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Done days that it asks for, and those that are there: fewer.
    pub quota: u32,
    /// Done days so far.
    pub done: u32,
    /// Days of it on which something can still be done, today among them while it has no mark.
    pub days_left: u32,
}

impl Open {
    /// Done days that it still needs, at least 1.
    pub fn needs(&self) -> u32 {
        self.quota - self.done
    }
}

/// A habit as seen on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Windows missed in a row, as the figures have them; none while it is archived.
    pub missed_in_a_row: u32,
    /// What the window of today still needs.
    pub open: Option<Open>,
    /// Something will be lost if nothing is done today: the streak, or the window of today when it
    /// was given more days than one.
    pub is_at_risk: bool,
    /// The last day on which a tick still keeps the streak; without a streak there is none.
    pub keep_by: Option<NaiveDate>,
}

impl Outlook {
    /// The outlook on `today`, whose `figures` are given. `marks` must hold those of the window of
    /// today.
    pub fn new(
        habit: &Habit,
        marks: &impl Marks,
        rules: Rules,
        figures: &Figures,
        today: NaiveDate,
    ) -> Self {
        let is_archived = *habit.schedules.at(today) == Schedule::None;
        let missed_in_a_row = if is_archived { 0 } else { figures.missed_in_a_row };
        let ahead = || ahead(habit, marks, rules, figures.first_day, today);
        let now = ahead().next().filter(|(judged, _)| judged.window.start <= today);
        let open = now.map(|(judged, _)| Open {
            quota: judged.quota,
            done: judged.done,
            days_left: days_from(first_free(marks, today), judged.window.end),
        });
        // The two-day rule passes over one missed window, unless it has done so already.
        let spares = rules.streaks == StreakRule::TwoDay && figures.missed_in_a_row == 0;
        let mut at_stake = ahead().filter(|(judged, _)| can_be_missed(&judged.window));
        let has_streak = figures.current_streak > 0;
        let ending = has_streak.then(|| at_stake.nth(usize::from(spares))).flatten();
        let keep_by = ending.and_then(|(_, latest)| latest);
        let is_last_chance = now.is_some_and(|(Judged { window, .. }, latest)| {
            window.start < window.end && can_be_missed(&window) && latest == Some(today)
        });
        let is_at_risk = keep_by == Some(today) || is_last_chance;
        Self { missed_in_a_row, open, is_at_risk, keep_by }
    }
}

/// Every window from today's on that still asks for something, with the last day to begin with what
/// it needs; there is none when it can't be met any more. `first_day` is the habit's.
pub fn ahead(
    habit: &Habit,
    marks: &impl Marks,
    rules: Rules,
    first_day: NaiveDate,
    today: NaiveDate,
) -> impl Iterator<Item = (Judged, Option<NaiveDate>)> {
    let first_free = first_free(marks, today);
    let until = plus(today, DAYS_AHEAD);
    Window::between(today, until, &habit.schedules, rules.week_starts_on)
        .filter(move |window| window.end >= first_day)
        .map(move |window| window.judge(marks.within(window.start, window.end), today))
        .filter(|judged| judged.outcome == Outcome::Pending)
        .map(move |judged| {
            let latest = plus(judged.window.end, 1 - i64::from(judged.quota - judged.done));
            (judged, Some(latest).filter(|latest| *latest >= first_free))
        })
}

/// The first day that something can be done on: today, unless something was said about it.
fn first_free(marks: &impl Marks, today: NaiveDate) -> NaiveDate {
    let is_free = marks.within(today, today).next().is_none();
    if is_free { today } else { plus(today, 1) }
}

/// A cut window and the last before archiving are rested when they are not met.
pub fn can_be_missed(window: &Window) -> bool {
    !window.is_cut && !window.ends_on_archive_day
}

fn days_from(first: NaiveDate, last: NaiveDate) -> u32 {
    u32::try_from((last - first).num_days() + 1).unwrap_or(0)
}

/// Whether nothing was done on the `days` days before `today`, nor on it, although a window that
/// ended there was missed: a break, rather than a rest. Habits come with their marks, which must
/// hold those days, and their first days.
pub fn is_break(
    habits: &[(&Habit, &impl Marks, NaiveDate)],
    rules: Rules,
    days: i64,
    today: NaiveDate,
) -> bool {
    let from = plus(today, -days);
    let is_idle = habits
        .iter()
        .all(|(_, marks, _)| marks.within(from, today).all(|(_, mark)| mark == Mark::Rest));
    is_idle
        && habits.iter().any(|(habit, marks, first_day)| {
            Window::between(from, plus(today, -1), &habit.schedules, rules.week_starts_on)
                .filter(|window| window.end < today && window.end >= *first_day)
                .map(|window| window.judge(marks.within(window.start, window.end), today))
                .any(|judged| judged.outcome == Outcome::Missed)
        })
}

#[cfg(test)]
mod tests;
