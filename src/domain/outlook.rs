//! What lies before and right behind a habit: what its open window still needs, when its streak
//! would end, and how many windows in a row were missed.
//!
//! Owns looking at the few windows around a day; none of it looks further back than is held. Must
//! not know what is said about it.

use chrono::NaiveDate;

use super::{
    checkpoint::Marks,
    day::{Rules, StreakRule, plus},
    habit::{Habit, Mark},
    schedule::Schedule,
    window::{Judged, Outcome, Window},
};

/// How many windows are looked at backwards: rested ones are passed over, but a miss that lies
/// further back than this is history.
const WINDOWS_BACK: usize = 8;
/// How many windows are looked at forwards for one that could be missed.
const WINDOWS_AHEAD: usize = 4;
/// More misses than this say nothing more.
const ENOUGH_MISSES: u32 = 2;

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
    /// Windows missed in a row, the newest closed one first, 0 to 2. Rested and pending ones are
    /// passed over; one that was met ends it.
    pub missed_in_a_row: u32,
    /// What the window of today still needs.
    pub open: Option<Open>,
    /// The window of today will be missed if nothing is done today, and something is at stake: a
    /// streak, or the days that a longer window was given.
    pub is_at_risk: bool,
    /// The last day on which a tick still keeps the streak; without a streak there is none.
    pub keep_by: Option<NaiveDate>,
}

impl Outlook {
    /// The outlook on `today`. `marks` must hold every mark from `held_from` on; `first_day` is the
    /// habit's, and `streak` the length of the one that goes on.
    pub fn new(
        habit: &Habit,
        marks: &impl Marks,
        rules: Rules,
        (held_from, first_day): (NaiveDate, NaiveDate),
        streak: u32,
        today: NaiveDate,
    ) -> Self {
        let judge = |window: Window| window.judge(marks.within(window.start, window.end), today);
        let since = held_from.max(first_day);
        let missed_in_a_row = if *habit.schedules.at(today) == Schedule::None {
            0
        } else {
            missed(back(habit, rules, since, today).take(WINDOWS_BACK).map(judge))
        };
        let is_free = marks.within(today, today).next().is_none();
        let window = Window::holding(today, &habit.schedules, rules.week_starts_on);
        let open = window.filter(|window| window.end >= first_day).map(judge);
        let open = open.filter(|judged| judged.outcome == Outcome::Pending).map(|judged| Open {
            quota: judged.quota,
            done: judged.done,
            days_left: days_from(today, judged.window.end) - u32::from(!is_free),
        });
        let is_at_risk = window.is_some_and(|window| can_be_missed(&window))
            && open.is_some_and(|open| {
                is_free && open.needs() == open.days_left && (streak > 0 || is_long(window))
            });
        // The two-day rule passes over one missed window, unless it has done so already.
        let spares = usize::from(rules.streaks == StreakRule::TwoDay && missed_in_a_row == 0);
        let ahead =
            Window::between(today, plus(today, 800), &habit.schedules, rules.week_starts_on)
                .take(WINDOWS_AHEAD)
                .filter(can_be_missed)
                .map(judge)
                .filter(|judged| judged.outcome == Outcome::Pending)
                .nth(spares);
        let first_free = if is_free { today } else { plus(today, 1) };
        let keep_by = ahead.filter(|_| streak > 0).and_then(|judged| latest(&judged, first_free));
        Self { missed_in_a_row, open, is_at_risk, keep_by }
    }
}

fn is_long(window: Option<Window>) -> bool {
    window.is_some_and(|window| window.start < window.end)
}

/// A cut window and the last before archiving are rested when they are not met.
fn can_be_missed(window: &Window) -> bool {
    !window.is_cut && !window.ends_on_archive_day
}

fn days_from(first: NaiveDate, last: NaiveDate) -> u32 {
    u32::try_from((last - first).num_days() + 1).unwrap_or(0)
}

/// The last day to begin with what a window still needs; none when it can't be met any more, from
/// the first day on that is free.
pub fn latest(judged: &Judged, first_free: NaiveDate) -> Option<NaiveDate> {
    let needs = i64::from(judged.quota.saturating_sub(judged.done));
    Some(plus(judged.window.end, 1 - needs)).filter(|day| *day >= first_free)
}

/// Windows that hold `today` or are older, the newest first, as far as all their days are held.
fn back(
    habit: &Habit,
    rules: Rules,
    since: NaiveDate,
    today: NaiveDate,
) -> impl Iterator<Item = Window> {
    let mut day = today;
    std::iter::from_fn(move || {
        while day >= since {
            if let Some(window) = Window::holding(day, &habit.schedules, rules.week_starts_on) {
                day = plus(window.start, -1);
                return Some(window);
            }
            // While it was archived nothing was asked; between weekdays are a few days at most.
            let version = &habit.schedules.as_slice()[habit.schedules.index_at(day)];
            let is_none = version.value == Schedule::None;
            day = plus(if is_none { version.from } else { day }, -1);
        }
        None
    })
    .take_while(move |window| window.end >= since)
}

fn missed(windows: impl Iterator<Item = Judged>) -> u32 {
    let mut count = 0;
    for judged in windows {
        match judged.outcome {
            Outcome::Rested | Outcome::Pending => {}
            Outcome::Missed => count += 1,
            Outcome::Met | Outcome::Blank => break,
        }
        if count == ENOUGH_MISSES {
            break;
        }
    }
    count
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
