//! The history: Today zoomed. A year with a day cursor, and views of what it came to.
//!
//! Owns which habit, day and view is shown, and the keys that move them. Marks go the way of
//! Today's. Must not know how days were read or how anything is drawn.

pub mod frames;
pub mod log;
pub mod pages;
mod told;
mod view;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use self::pages::{Pages, Request};
pub use self::view::View;
use super::{Action, Model, Pane, areas::Layout, heat::Heat};
use crate::domain::{
    change::Applied,
    day::{is_kept, plus},
    habit::Habit,
    history::{overview::Overview, stretch::Stretch},
    ids::HabitId,
    record::Key,
};

/// What can be done only in the history.
pub const HISTORY_ONLY: [Action; 10] = [
    Action::WeekBack,
    Action::WeekForward,
    Action::YearBack,
    Action::YearForward,
    Action::FirstDay,
    Action::LastDay,
    Action::NextHabit,
    Action::PreviousHabit,
    Action::NextView,
    Action::PreviousView,
];

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
    has_failed: bool,
    /// What is read for the strength of all habits, where it is more than usual.
    half_lives: BTreeMap<HabitId, u32>,
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
            has_failed: false,
            half_lives: BTreeMap::new(),
            is_open: false,
            is_stale: false,
        }
    }

    /// Follows a change that is on the disk.
    pub(super) fn absorb(&mut self, applied: &Applied) {
        self.pages.absorb(applied);
        self.is_stale = true;
        if applied.after.iter().any(|image| matches!(image.key, Key::Session(_))) {
            self.asked = None;
        }
    }

    /// Whether the days that are shown were read.
    pub fn is_read(&self) -> bool {
        self.asked.as_ref() == Some(&self.pages.request)
    }

    /// What was asked for could not be read: nothing is told of it, and it is asked for again once
    /// somebody does something.
    pub(super) fn fail(&mut self) {
        self.has_failed = true;
        if !self.is_read() {
            self.pages = Pages::default();
            self.overview = Overview::default();
            self.weekly_seconds.clear();
        }
    }

    /// Somebody did something.
    pub(super) fn try_again(&mut self) {
        if std::mem::take(&mut self.has_failed) {
            self.asked = None;
        }
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
            // What is not known is not written over.
            Action::ToggleCheckIn
            | Action::ToggleRest
            | Action::WriteNote
            | Action::ChooseState
                if !self.history.is_read() =>
            {
                Some(false)
            }
            Action::HalfUp | Action::HalfDown | Action::Back => Some(true),
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
            its_own if HISTORY_ONLY.contains(&its_own) => Some(true),
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
        self.show_view(views[next]);
    }

    /// Shows another view, from its top.
    pub(super) fn show_view(&mut self, view: View) {
        self.history.view = view;
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

    fn first_told_day(&self) -> NaiveDate {
        let first = |habit: &Habit| self.figures.get(&habit.id).map(|figures| figures.first_day);
        let day = match self.told_habit() {
            Some(habit) => first(habit),
            None => self.workspace.habits.iter().filter_map(first).min(),
        };
        day.unwrap_or(self.today)
    }
}
