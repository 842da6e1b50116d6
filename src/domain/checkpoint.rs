//! The fold's state at the start of an older month, so that cost does not follow history.
//!
//! Owns what is remembered of closed windows and how newer days continue from it. Must not know how
//! it is stored: it is a cache, always rebuilt from the habit and its marks.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    day::{Rules, plus},
    habit::{Habit, Mark},
    streak::{Run, Streak},
    strength,
    window::{Judged, Window},
};

/// The folds' own version, the first part of every [`basis`]. To be raised whenever the same marks
/// would fold to something else: by another rule for windows, streaks or strength, a figure more in
/// [`Fold`], or a mended mistake. Stored checkpoints of before are then not believed any more.
const FOLD_VERSION: u32 = 2;

/// How many of the best ended streaks the state keeps.
const BEST: usize = 5;

/// The folds over a habit's windows, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Fold {
    /// Strength, 0–1.
    pub strength: f64,
    /// The streak in progress.
    pub run: Run,
    /// The best ended streaks, longest first, the newest first among equals; at most five.
    pub best: Vec<Streak>,
    /// Done days, in windows or not.
    pub lifetime: u32,
    /// The earliest done day.
    pub first_done: Option<NaiveDate>,
}

impl Fold {
    /// Takes in the next window; returns the streak that it ended.
    fn take(
        &mut self,
        judged: &Judged,
        rules: Rules,
        first_day: NaiveDate,
        today: NaiveDate,
    ) -> Option<Streak> {
        self.strength = strength::after(self.strength, judged);
        let ended = self.run.take(judged, rules.streaks, first_day, today)?;
        let place = self.best.partition_point(|streak| streak.length > ended.length);
        self.best.insert(place, ended);
        self.best.truncate(BEST);
        Some(ended)
    }

    /// Best streaks with the one in progress among them, longest first; at most five.
    pub fn best_streaks(&self) -> Vec<Streak> {
        let mut best = self.best.clone();
        if let Some(current) = self.run.current() {
            let place = best.partition_point(|streak| streak.length > current.length);
            best.insert(place, current);
            best.truncate(BEST);
        }
        best
    }
}

/// A fold over every window that ended before `resume`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The first day that has not been folded in; no folded window reaches it.
    pub resume: NaiveDate,
    /// The state of the folds there.
    pub fold: Fold,
}

/// Everything the fold depends on besides the marks, as text: a stored checkpoint is good while
/// this is the same.
pub fn basis(habit: &Habit, rules: Rules) -> String {
    let versions: Vec<_> = habit
        .schedules
        .as_slice()
        .iter()
        .map(|version| format!("{} {}", version.from, version.value))
        .collect();
    let versions = versions.join("; ");
    format!("{FOLD_VERSION} {}; {versions}", named(rules))
}

/// Whether a [`basis`] was made under other rules than these; another version of the folds or other
/// schedules alone are none.
pub fn has_other_rules(basis: &str, rules: Rules) -> bool {
    let made = basis.split_once("; ").and_then(|(made, _)| made.split_once(' '));
    made.is_some_and(|(_, made)| made != named(rules))
}

fn named(rules: Rules) -> String {
    format!("{:?} {}", rules.streaks, rules.week_starts_on)
}

/// Where a checkpoint that should reach `until` ends: a window that reaches that day is left whole,
/// even where it begins before the first day, for its rests count as well.
pub fn reach(habit: &Habit, rules: Rules, until: NaiveDate) -> NaiveDate {
    Window::holding(until, &habit.schedules, rules.week_starts_on)
        .map_or(until, |window| window.start)
}

/// The day a new checkpoint should reach: the start of a month, the newest that leaves the days of
/// the widest strip to be read. What is read at a start is two to six weeks of each habit.
pub fn boundary(today: NaiveDate) -> NaiveDate {
    plus(today, -13).with_day(1).unwrap_or(today)
}

impl Default for Checkpoint {
    /// Nothing remembered: live figures read all history.
    fn default() -> Self {
        Self { resume: NaiveDate::MIN, fold: Fold::default() }
    }
}

/// Marks of one habit, ascending by day.
pub trait Marks {
    /// Those from the first to the last day, both inclusive.
    fn within(&self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = (NaiveDate, Mark)>;
}

impl Marks for std::collections::BTreeMap<NaiveDate, Mark> {
    fn within(&self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = (NaiveDate, Mark)> {
        self.range(first..=last.max(first)).map(|(day, mark)| (*day, *mark))
    }
}

/// The earlier of the creation day and the earliest done day up to today.
pub fn first_day(
    habit: &Habit,
    from: &Checkpoint,
    marks: &impl Marks,
    today: NaiveDate,
) -> NaiveDate {
    let live = || {
        marks.within(from.resume, today).find(|(_, mark)| *mark == Mark::Done).map(|(day, _)| day)
    };
    let done = from.fold.first_done.or_else(live).filter(|day| *day <= today);
    done.map_or(habit.created_on(), |day| day.min(habit.created_on()))
}

impl Checkpoint {
    /// Whether figures for `today` can continue from it: nothing it folded is after that day.
    pub fn is_before(&self, today: NaiveDate) -> bool {
        self.resume <= today
    }

    /// Folds the windows that end before `until`, or have begun by `today` when that is `None`.
    ///
    /// `marks` must hold every mark from `self.resume` on. `ended` sees each streak that ends.
    #[must_use]
    pub fn advance(
        &self,
        habit: &Habit,
        marks: &impl Marks,
        rules: Rules,
        today: NaiveDate,
        until: Option<NaiveDate>,
        mut ended: impl FnMut(Streak),
    ) -> Self {
        let first_day = first_day(habit, self, marks, today);
        let mut fold = self.fold.clone();
        let resume = until.map_or(plus(today, 1), |until| reach(habit, rules, until));
        let start = self.resume.max(first_day);
        for window in
            Window::between(start, plus(resume, -1), &habit.schedules, rules.week_starts_on)
        {
            let judged = window.judge(marks.within(window.start, window.end), today);
            if let Some(streak) = fold.take(&judged, rules, first_day, today) {
                ended(streak);
            }
        }
        let last = plus(resume, -1).min(today);
        if self.resume <= last {
            for (day, mark) in marks.within(self.resume, last) {
                if mark == Mark::Done {
                    fold.lifetime += 1;
                    fold.first_done = fold.first_done.or(Some(day));
                }
            }
        }
        Self { resume: resume.max(self.resume), fold }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        habit::Recipe,
        ids::{HabitId, IdSource},
        schedule::Schedule,
        version::Versions,
    };

    #[test]
    fn the_basis_names_the_folds_version_the_rules_and_the_schedules() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let habit = Habit {
            id: HabitId(IdSource::new(1, 1).next_uuid()),
            name: "Read".into(),
            topic: None,
            position: 0,
            schedules: Versions::new(day, Schedule::Daily),
            recipes: Versions::new(day, Recipe::default()),
            seconds: 10,
            is_review: false,
            is_deleted: false,
        };
        assert_eq!(basis(&habit, Rules::default()), "2 Strict Mon; 2026-11-23 daily");
        let others = |basis: &str| has_other_rules(basis, Rules::default());
        assert!(others("1 TwoDay Mon; 2026-11-23 daily") && others("0 Strict Sun; "));
        assert!(!others("0 Strict Mon; 2020-01-01 3/week; 2021-01-01 daily") && !others("odd"));
    }
}
