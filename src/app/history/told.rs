//! What the history tells: it asks for the days it has not read, and tells of those it has.
//!
//! Owns when that is, and how far back is read. Must not know what days come to.

use chrono::Datelike;

use super::{
    History,
    pages::{self, Request},
};
use crate::{
    app::{Effect, Model},
    domain::{
        habit::Habit,
        history::{
            HALF_LIVES, Past,
            overview::{Noted, Overview, Told},
            stretch::Stretch,
        },
        ids::HabitId,
    },
};

/// How much further days are read when those of the strength were rested or not asked for.
const DEEPER: u32 = 4;

impl Model {
    /// After every message: the history is opened or closed, asks for what it has not read, and
    /// tells anew what has changed.
    pub(in crate::app) fn settle_history(&mut self, effects: &mut Vec<Effect>) {
        if !self.is_in_history() {
            if self.history.is_open {
                let view = self.history.view;
                self.history = History { view, ..History::new(self.today) };
            }
            return;
        }
        if !self.history.is_open {
            self.leave_detail();
            self.history.is_open = true;
            self.history.habit = self.habits.selected().copied();
            self.history.cursor = self.today;
            self.move_cursor(self.day);
        }
        if self.told_habit().is_none() {
            self.history.habit = None;
        }
        let mut stretch = self.stretch();
        if !stretch.holds(self.history.cursor) {
            // The weeks have moved on from under it, or begin on another day.
            self.history.year = Some(self.history.cursor.year());
            stretch = self.stretch();
        }
        if self.history.stretch != stretch {
            self.history.stretch = stretch;
            self.history.half_lives.clear();
            self.history.is_stale = true;
        }
        let mut request = self.history_request();
        if self.history.is_stale
            && self.history.is_read()
            && self.history.asked.as_ref() == Some(&request)
        {
            self.tell();
            request = self.history_request();
        }
        if self.history.asked.as_ref() != Some(&request) {
            self.history.asked = Some(request.clone());
            effects.push(Effect::LoadHistory(request));
        }
    }

    fn stretch(&self) -> Stretch {
        match self.history.year {
            Some(year) => Stretch::of_year(year, self.workspace.rules.week_starts_on),
            None => self.last_year(self.history.cursor),
        }
    }

    fn history_request(&self) -> Request {
        let (history, workspace) = (&self.history, &self.workspace);
        match history.habit {
            Some(habit) => Request::of_one(habit),
            None => Request::of_all(
                &workspace.habits,
                &history.stretch,
                workspace.rules,
                self.today,
                &history.half_lives,
            ),
        }
    }

    /// Reads the figures of the history anew, unless more days are needed for them.
    fn tell(&mut self) {
        let (history, none) = (&self.history, pages::Days::default());
        let told = |habit: &Habit| -> Option<HabitId> {
            history.habit.is_none_or(|id| id == habit.id).then_some(habit.id)
        };
        let habits = self.workspace.habits.iter().filter(|habit| told(habit).is_some());
        let told: Vec<_> = habits
            .filter_map(|habit| {
                let days = history.pages.days.get(&habit.id).unwrap_or(&none);
                let figures = self.figures.get(&habit.id)?;
                let past = Past {
                    habit,
                    marks: &days.marks,
                    rules: self.workspace.rules,
                    first_day: figures.first_day,
                    today: self.today,
                };
                let notes: &Noted = &days.notes;
                let held_from = history.pages.request.first(habit.id)?;
                Some(Told { past, notes, best: &figures.best, held_from })
            })
            .collect();
        let is_shallow = |each: &&Told<'_>| !each.is_deep_enough(&history.stretch);
        let shallow: Vec<_> =
            told.iter().filter(is_shallow).map(|each| each.past.habit.id).collect();
        if !shallow.is_empty() {
            for habit in shallow {
                let half_lives = self.history.half_lives.entry(habit).or_insert(HALF_LIVES);
                *half_lives = half_lives.saturating_mul(DEEPER);
            }
            return;
        }
        let overview = match &told[..] {
            [one] if history.habit.is_some() => Overview::of_one(one, &history.stretch),
            all => Overview::of_all(all, &history.stretch),
        };
        let mut weekly = vec![0; history.stretch.weeks];
        let (grid, first, last) =
            (history.stretch.grid, history.stretch.first, history.stretch.last);
        for (day, seconds) in history.pages.seconds.range(first..=last) {
            let week = usize::try_from((*day - grid).num_days() / 7).unwrap_or(0);
            weekly[week] += seconds;
        }
        self.history.is_stale = false;
        self.history.overview = overview;
        self.history.weekly_seconds = weekly;
    }
}
