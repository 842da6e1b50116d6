//! What a history tells of one habit or of all habits together, over one stretch of days.
//!
//! Owns how the figures of one and of all come about. Must not know how they are drawn or read.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Past,
    log::{self, Entry},
    stretch::Stretch,
};
use crate::domain::{
    day::plus,
    figures::{Tally, streaks},
    habit::Mark,
    ids::HabitId,
    schedule::Schedule,
    streak::Streak,
};

/// The days of the rates.
pub const RATES: [u16; 3] = [7, 30, 365];

/// One habit's days as they are held for a history.
pub type Marked = BTreeMap<NaiveDate, Mark>;
/// Its notes.
pub type Noted = BTreeMap<NaiveDate, String>;

/// A habit with all that is held of its days.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Its windows.
    pub past: Past<'a, Marked>,
    /// Its notes.
    pub notes: &'a Noted,
    /// Its best streaks; read anew where all its marks are held.
    pub best: &'a [Streak],
    /// The first day that is held: from here on the strength is folded.
    pub held_from: NaiveDate,
}

/// The rate under one version of a recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipes {
    /// Whose.
    pub habit: HabitId,
    /// Its place among the versions.
    pub version: usize,
    /// Windows that ended on its days.
    pub tally: Tally,
}

/// Everything that a history shows besides the days themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overview {
    /// Over the days of [`RATES`], up to today.
    pub rates: [Tally; 3],
    /// Over the twelve months, Monday first.
    pub weekdays: [Tally; 7],
    /// By month.
    pub months: Vec<(NaiveDate, Tally)>,
    /// At the end of each week that has begun, with its last day; nothing before the first window.
    pub strength: Vec<(NaiveDate, Option<f64>)>,
    /// Longest first, the newest first among equals.
    pub streaks: Vec<(HabitId, Streak)>,
    /// Newest first; of all habits, the one that each has now, over the last year.
    pub recipes: Vec<Recipes>,
    /// Done ÷ asked habits on each day of the stretch; of one habit there are none.
    pub shares: Vec<Tally>,
    /// Newest first.
    pub log: Vec<Entry>,
}

impl Overview {
    /// One habit, whose marks are all held.
    pub fn of_one(told: &Told<'_>, stretch: &Stretch) -> Self {
        let past = &told.past;
        let of_habit = |streak| (past.habit.id, streak);
        let all = streaks(past.habit, past.marks, past.rules, past.today);
        let versions = past.by_recipe().into_iter().enumerate().rev();
        let mut overview = Self {
            streaks: all.into_iter().map(of_habit).collect(),
            recipes: versions
                .map(|(version, tally)| Recipes { habit: past.habit.id, version, tally })
                .collect(),
            log: log::of_one(past, told.notes, stretch),
            ..Self::together(&[*told], stretch)
        };
        overview.sort_streaks();
        overview
    }

    /// All habits, of which the days of the stretch and of the rates are held.
    pub fn of_all(told: &[Told<'_>], stretch: &Stretch) -> Self {
        let mut shares = vec![Tally::default(); stretch.days().count()];
        for each in told {
            for (day, share) in stretch.days().zip(&mut shares) {
                each.past.asked_on(day).into_iter().for_each(|is_done| share.take(is_done));
            }
        }
        let best = told
            .iter()
            .flat_map(|each| each.best.iter().map(|streak| (each.past.habit.id, *streak)));
        let active = told.iter().filter(|each| each.past.habit.archived_on().is_none());
        let recipes = active.map(|Told { past, .. }| {
            // Of an old version the last year alone is held.
            let (version, tally) = past.by_newest_recipe(plus(past.today, 1 - 365));
            Recipes { habit: past.habit.id, version, tally }
        });
        let notes = told.iter().map(|each| (each.past.habit.id, each.notes, each.past.marks));
        let mut overview = Self {
            streaks: best.collect(),
            recipes: recipes.collect(),
            log: log::of_all(&shares, notes, stretch),
            ..Self::together(told, stretch)
        };
        overview.shares = shares;
        overview.sort_streaks();
        overview
    }

    /// What is the same for one and for many: sums of windows, and the mean strength.
    fn together(told: &[Told<'_>], stretch: &Stretch) -> Self {
        let mut overview = Self::default();
        let (first, last) = stretch.month_range();
        let mut months = vec![Tally::default(); stretch.months.len()];
        let mut strengths: Vec<Vec<f64>> = Vec::new();
        for Told { past, held_from, .. } in told {
            for (sum, days) in overview.rates.iter_mut().zip(RATES) {
                *sum += past.tally(plus(past.today, 1 - i64::from(days)), past.today);
            }
            let pairs = overview.weekdays.iter_mut().zip(past.by_weekday(first, last));
            pairs.for_each(|(sum, one)| *sum += one);
            let pairs = months.iter_mut().zip(past.by_month(&stretch.months));
            pairs.for_each(|(sum, one)| *sum += one);
            let ends: Vec<_> = stretch.week_ends(past.today).collect();
            strengths.resize_with(ends.len(), Vec::new);
            let on_ends = past.strength_on(*held_from, ends.iter().copied());
            for ((end, strength), all) in ends.into_iter().zip(on_ends).zip(&mut strengths) {
                let is_asked = *past.habit.schedules.at(end) != Schedule::None;
                // One habit's strength stays what it was while it is archived.
                if end >= past.first_day && (is_asked || told.len() == 1) {
                    all.push(strength);
                }
            }
        }
        let today = told.first().map_or(stretch.last, |each| each.past.today);
        #[expect(clippy::cast_precision_loss, reason = "habits are few")]
        let mean =
            |all: Vec<f64>| (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64);
        overview.strength = stretch.week_ends(today).zip(strengths.into_iter().map(mean)).collect();
        overview.months = stretch.months.iter().copied().zip(months).collect();
        overview
    }

    fn sort_streaks(&mut self) {
        self.streaks.sort_by(|(_, one), (_, other)| {
            (other.length, other.last).cmp(&(one.length, one.last))
        });
    }
}

impl Told<'_> {
    /// Whether days enough are held for its strength in a stretch to be the one it has.
    pub fn is_deep_enough(&self, stretch: &Stretch) -> bool {
        self.past.is_worn_off(self.held_from, stretch.first)
    }
}
