//! The history: Today zoomed. A year with a day cursor, and views of what it came to.
//!
//! Owns which habit, day and view is shown, and the keys that move them. Marks go the way of
//! Today's. Must not know how days were read or how anything is drawn.

pub mod frames;
pub mod pages;
mod view;

use chrono::{Datelike, NaiveDate};

use self::pages::{Pages, Request};
pub use self::view::View;
use super::{Action, Effect, Model, Pane, areas::Layout, heat::Heat};
use crate::domain::{
    change::Applied,
    day::{is_kept, plus},
    habit::Habit,
    history::{
        Past,
        log::Entry,
        overview::{Noted, Overview, Told},
        stretch::Stretch,
    },
    ids::HabitId,
};

/// What the history shows. Days and figures are held only while it is open.
#[derive(Debug, Clone)]
pub struct History {
    /// Whose; nothing for all habits together.
    pub habit: Option<HabitId>,
    /// The day to read and edit.
    pub cursor: NaiveDate,
    /// The calendar year that is shown; nothing for the last year up to today.
    pub year: Option<i32>,
    /// What stands below the year.
    pub view: View,
    /// The first line of the view that is in sight; the log follows the cursor instead.
    pub top: usize,
    /// The days that are shown.
    pub stretch: Stretch,
    /// What they came to.
    pub overview: Overview,
    /// Seconds of sessions in each week of the stretch.
    pub weekly_seconds: Vec<u64>,
    /// What was read.
    pub pages: Pages,
    asked: Option<Request>,
    is_open: bool,
    is_stale: bool,
}

impl History {
    pub(super) fn new(today: NaiveDate) -> Self {
        Self {
            habit: None,
            cursor: today,
            year: None,
            view: View::default(),
            top: 0,
            stretch: Stretch::last_year(today, today, chrono::Weekday::Mon),
            overview: Overview::default(),
            weekly_seconds: Vec::new(),
            pages: Pages::default(),
            asked: None,
            is_open: false,
            is_stale: false,
        }
    }

    /// Follows a change that is on the disk.
    pub(super) fn absorb(&mut self, applied: &Applied) {
        self.pages.absorb(applied);
        self.is_stale = true;
    }

    /// Takes in what was read, unless something else was asked for since.
    pub(super) fn take_in(&mut self, pages: Pages) {
        if self.asked.as_ref() == Some(&pages.request) {
            self.pages = pages;
            self.is_stale = true;
        }
    }

    /// The day changes; a cursor on the old one goes along.
    pub(super) fn begin_day(&mut self, before: NaiveDate, today: NaiveDate) {
        if self.cursor == before {
            self.cursor = today;
        }
        self.is_stale = true;
    }

    /// The place in the log of the cursor's day, and whether it has an entry there.
    pub fn place_in_log(&self) -> (usize, bool) {
        let log = &self.overview.log;
        let place = log.partition_point(|entry| entry.day > self.cursor);
        (place, log.get(place).is_some_and(|entry: &Entry| entry.day == self.cursor))
    }
}

impl Model {
    /// Whether the history is on the screen: it is Today zoomed.
    pub fn is_in_history(&self) -> bool {
        self.pane == Pane::Today && self.is_zoomed
    }

    /// The habit that the history is about; nothing for all.
    pub fn told_habit(&self) -> Option<&Habit> {
        self.workspace.habit(self.history.habit?)
    }

    /// The view below the year: the log is none where it has a place of its own.
    pub fn shown_view(&self) -> View {
        let has_log = self.areas.history.is_some_and(|frames| frames.log.is_some());
        if has_log && self.history.view == View::Log { View::Streaks } else { self.history.view }
    }

    /// Every habit that the history can be about, the archived ones last.
    pub fn told_habits(&self) -> impl Iterator<Item = &Habit> {
        let archived = self.workspace.habits.iter().filter(|each| each.archived_on().is_some());
        self.workspace.active_habits().chain(archived)
    }

    /// Does one of the history's verbs; nothing when the action is none of them.
    pub(super) fn act_on_history(&mut self, action: Action) -> bool {
        let cursor = self.history.cursor;
        match action {
            Action::DayBack => self.move_cursor(plus(cursor, -1)),
            Action::DayForward => self.move_cursor(plus(cursor, 1)),
            Action::WeekBack => self.move_cursor(plus(cursor, -7)),
            Action::WeekForward => self.move_cursor(plus(cursor, 7)),
            Action::YearBack => self.turn_year(-1),
            Action::YearForward => self.turn_year(1),
            Action::FirstDay => self.move_cursor(self.first_told_day()),
            Action::LastDay | Action::BackToToday => {
                self.history.year = None;
                self.history.cursor = self.today;
            }
            Action::NextHabit => self.turn_habit(1),
            Action::PreviousHabit => self.turn_habit(-1),
            Action::NextView => self.turn_view(1),
            Action::PreviousView => self.turn_view(-1),
            Action::HalfDown => self.scroll_history(self.half_page()),
            Action::HalfUp => self.scroll_history(-self.half_page()),
            Action::Zoom | Action::Back | Action::FocusToday => self.leave_history(),
            _ => return false,
        }
        true
    }

    /// Whether an action does something in the history; nothing where it is as in the list.
    pub(super) fn is_available_in_history(&self, action: Action) -> Option<bool> {
        if !self.is_in_history() || self.areas.layout == Layout::Tiny {
            return None;
        }
        match action {
            Action::WeekBack
            | Action::WeekForward
            | Action::FirstDay
            | Action::LastDay
            | Action::NextView
            | Action::PreviousView
            | Action::HalfUp
            | Action::HalfDown
            | Action::Back => Some(true),
            Action::NextHabit | Action::PreviousHabit => Some(!self.workspace.habits.is_empty()),
            Action::YearBack => Some(self.year_beside(-1).is_some()),
            Action::YearForward => Some(self.year_beside(1).is_some()),
            Action::BackToToday => {
                Some(self.history.cursor != self.today || self.history.year.is_some())
            }
            // What is started belongs to the list; what goes on is shown again.
            Action::Start => Some(self.timer.is_some()),
            // These are about the list, which is out of sight.
            Action::Up
            | Action::Down
            | Action::Top
            | Action::Bottom
            | Action::PageUp
            | Action::PageDown
            | Action::Find
            | Action::FocusDetail
            | Action::ShowArchived
            | Action::MoveEarlier
            | Action::MoveLater => Some(false),
            _ => None,
        }
    }

    /// Back to the list, on the habit that was looked at where it is listed.
    pub(super) fn leave_history(&mut self) {
        self.is_zoomed = false;
        if let Some(habit) = self.history.habit {
            self.habits.select_where(|row| *row == habit);
        }
    }

    /// Shows a day; the year follows it.
    pub(super) fn move_cursor(&mut self, day: NaiveDate) {
        if !is_kept(day) {
            return;
        }
        self.history.cursor = day;
        if !self.history.stretch.holds(day) || day > self.today {
            let is_recent = day > self.today || self.last_year(self.today).holds(day);
            self.history.year = (!is_recent).then(|| day.year());
        }
    }

    fn last_year(&self, until: NaiveDate) -> Stretch {
        Stretch::last_year(self.today, until, self.workspace.rules.week_starts_on)
    }

    /// The calendar year before or after the shown one, where there is one.
    fn year_beside(&self, by: i32) -> Option<i32> {
        let this = self.today.year();
        let year = self.history.year.unwrap_or(this) + by;
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        (is_kept(first) && year <= this).then_some(year)
    }

    /// Shows the calendar year before or after; this year is shown as the last year up to today.
    fn turn_year(&mut self, by: i32) {
        let Some(year) = self.year_beside(by) else { return };
        let history = &mut self.history;
        // The 29th of February becomes the 28th.
        let day = history.cursor.with_year(year);
        let day = day.or_else(|| plus(history.cursor, -1).with_year(year));
        history.year = (year < self.today.year()).then_some(year);
        history.cursor = day.map_or(self.today, |day| day.min(self.today));
    }

    fn turn_habit(&mut self, by: isize) {
        let subjects: Vec<_> =
            [None].into_iter().chain(self.told_habits().map(|habit| Some(habit.id))).collect();
        let place = subjects.iter().position(|each| *each == self.history.habit).unwrap_or(0);
        let count = subjects.len();
        let next = (place + count).saturating_add_signed(by) % count;
        self.history.habit = subjects[next];
        self.history.top = 0;
    }

    fn turn_view(&mut self, by: isize) {
        // Beside the log there are only the others.
        let first = usize::from(self.areas.history.is_some_and(|frames| frames.log.is_some()));
        let views = &View::ALL[first..];
        let shown = self.shown_view();
        let place = views.iter().position(|view| *view == shown).unwrap_or(0);
        let next = (place + views.len()).saturating_add_signed(by) % views.len();
        self.history.view = views[next];
        self.history.top = 0;
    }

    fn half_page(&self) -> isize {
        let rows = self.areas.history.map_or(2, |frames| frames.log_rows());
        isize::try_from((rows / 2).max(1)).unwrap_or(1)
    }

    /// Where the days of the year are on the screen; nothing where there is only a line of them.
    pub fn history_heat(&self) -> Option<Heat> {
        let frames = self.areas.history.filter(|frames| !frames.is_strip())?;
        let stretch = &self.history.stretch;
        let week = usize::try_from((self.history.cursor - stretch.grid).num_days() / 7).ok()?;
        let weeks = frames.weeks(stretch.weeks, week);
        Some(Heat {
            line: usize::from(frames.heat.y) + 1,
            column: usize::from(frames.heat.x + frames::LABEL),
            first: plus(stretch.grid, i64::try_from(weeks.start).ok()? * 7),
            weeks: weeks.len(),
        })
    }

    /// Scrolls the view by some rows; of the log, the cursor goes along.
    pub(super) fn scroll_history(&mut self, by: isize) {
        let Some(frames) = self.areas.history else { return };
        if self.shown_view() != View::Log {
            let rows = usize::from(frames.view.height.saturating_sub(2));
            let last = self.shape.lines.saturating_sub(rows);
            self.history.top = self.history.top.saturating_add_signed(by).min(last);
            return;
        }
        let (place, _) = self.history.place_in_log();
        let log = &self.history.overview.log;
        let place = place.saturating_add_signed(by).min(log.len().saturating_sub(1));
        if let Some(entry) = log.get(place) {
            self.move_cursor(entry.day);
        }
    }

    fn first_told_day(&self) -> NaiveDate {
        let first = |habit: &Habit| self.figures.get(&habit.id).map(|figures| figures.first_day);
        let day = match self.told_habit() {
            Some(habit) => first(habit),
            None => self.workspace.habits.iter().filter_map(first).min(),
        };
        day.unwrap_or(self.today)
    }

    /// After every message: the history is opened or closed, asks for what it has not read, and
    /// tells anew what has changed.
    pub(super) fn settle_history(&mut self, effects: &mut Vec<Effect>) {
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
        let rules = self.workspace.rules;
        let stretch = match self.history.year {
            Some(year) => Stretch::of_year(year, rules.week_starts_on),
            None => self.last_year(self.history.cursor),
        };
        let request = match self.history.habit {
            Some(habit) => Request::of_one(habit),
            None => Request::of_all(&self.workspace.habits, &stretch, rules, self.today),
        };
        let history = &mut self.history;
        history.is_stale |= history.stretch != stretch;
        history.stretch = stretch;
        if history.asked.as_ref() != Some(&request) {
            history.asked = Some(request.clone());
            effects.push(Effect::LoadHistory(request));
        } else if history.is_stale && history.pages.request == request {
            history.is_stale = false;
            self.tell();
        }
    }

    /// Reads the figures of the history anew.
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
                Some(Told { past, notes, best: &figures.best })
            })
            .collect();
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
        self.history.overview = overview;
        self.history.weekly_seconds = weekly;
    }
}
