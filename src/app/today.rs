//! Today: the habits of a day, ticked and rested.
//!
//! Owns the pane's rows and verbs. Must not know how the figures are folded.

use chrono::NaiveDate;

use super::{
    Action, Effect, Model, Overlay, Tone,
    confirm::Confirm,
    find,
    menu::{Choice, Menu},
    note::{About, Note},
    pace::Paced,
    rehearsal::Rehearsal,
};
use crate::domain::{
    change::Change,
    day::{plus, short},
    figures::Ask,
    habit::{Habit, Mark},
    ids::HabitId,
    outlook::Outlook,
    window::{Outcome, Window},
};

/// So many misses in a row are for the recipe doctor.
const DOCTORED_MISSES: u32 = 2;

impl Model {
    /// Habits to list, in the person's order or by how well they fit the query.
    pub(super) fn habit_rows(&self) -> Vec<HabitId> {
        let listed = self
            .workspace
            .habits
            .iter()
            .filter(|habit| self.shows_archived || habit.archived_on().is_none());
        find::matching(&self.queries[0], listed, |habit| habit.name.clone())
            .into_iter()
            .map(|habit| habit.id)
            .collect()
    }

    /// What lies ahead of a habit, as of today. Two misses are behind it where its recipe is newer:
    /// what was mended since is to be tried first.
    pub fn outlook(&self, habit: &Habit) -> Option<Outlook> {
        let figures = self.figures.get(&habit.id)?;
        let mut outlook = self.workspace.outlook(habit, figures, self.today)?;
        if outlook.missed_in_a_row >= DOCTORED_MISSES && !self.has_missed_with_recipe(habit) {
            outlook.missed_in_a_row = 0;
        }
        Some(outlook)
    }

    /// Whether a window was missed that ended under the recipe of today. Looks no further back than
    /// to the newest miss.
    fn has_missed_with_recipe(&self, habit: &Habit) -> bool {
        let Some(track) = self.workspace.tracks.get(&habit.id) else { return false };
        let recipes = &habit.recipes;
        let since = recipes.as_slice()[recipes.index_at(self.today)].from.max(track.held_from);
        let mut day = plus(self.today, -1);
        while day >= since {
            let week_starts_on = self.workspace.rules.week_starts_on;
            let Some(window) = Window::holding(day, &habit.schedules, week_starts_on) else {
                day = plus(day, -1);
                continue;
            };
            let marks = track.marks.range(window.start..=window.end);
            let judged = window.judge(marks.map(|(day, mark)| (*day, *mark)), self.today);
            if judged.outcome == Outcome::Missed {
                return true;
            }
            day = plus(window.start, -1);
        }
        false
    }

    /// Whether the row and the detail of a habit speak of the recipe doctor.
    pub fn is_for_doctor(&self, habit: &Habit) -> bool {
        let outlook = self.outlook(habit).filter(|_| habit.archived_on().is_none());
        outlook.is_some_and(|outlook| outlook.missed_in_a_row >= DOCTORED_MISSES)
    }

    /// A new day has begun: the screen follows it, and the first unfinished habit is selected.
    pub(super) fn begin_day(&mut self, today: NaiveDate) {
        self.history.begin_day(self.today, today);
        self.pace = Paced::default();
        self.today = today;
        self.day = today;
        self.recompute_figures();
        match self.welcome_back() {
            Some(welcome) => self.say(Tone::Good, welcome),
            None => self.say(Tone::Plain, format!("A new day: {}.", short(today, today))),
        }
        self.select_first_unfinished();
    }

    /// Selects the first habit that is due and not done; else the first.
    pub(super) fn select_first_unfinished(&mut self) {
        let asks = &self.asks;
        let is_unfinished = |id: &HabitId| asks.get(id).is_some_and(Ask::is_unfinished);
        if !self.habits.select_where(is_unfinished) {
            self.habits.select(0);
        }
    }

    /// Selects the next habit below that is due and not done, from the top again after the last.
    pub(super) fn select_next_unfinished(&mut self) {
        let rows = self.habits.rows();
        let start = self.habits.index() + 1;
        let next = (0..rows.len()).map(|by| (start + by) % rows.len()).find(|place| {
            let is_archived = |habit: &Habit| habit.archived_on().is_some();
            !self.workspace.habit(rows[*place]).is_none_or(is_archived)
                && self.asks.get(&rows[*place]).is_some_and(Ask::is_unfinished)
        });
        if let Some(next) = next {
            self.habits.select(next);
        }
    }

    /// The habit beside the selected one in the list, when the order can be changed.
    pub(super) fn habit_beside(&self, by: isize) -> Option<(&Habit, &Habit)> {
        let place = self.habits.index().checked_add_signed(by)?;
        let other = self.workspace.habit(*self.habits.rows().get(place)?)?;
        let selected = self.selected_habit()?;
        self.queries[0].is_empty().then_some((selected, other))
    }

    /// The mark on the shown day, as it will be once unsaved changes are written.
    pub fn mark_on_day(&self, habit: HabitId) -> Option<Mark> {
        let day = self.edited_day();
        let unsaved = self.unsaved.iter().rev().find_map(|change| match change {
            Change::CheckInSet { habit: whose, day: on, mark } if *whose == habit && *on == day => {
                Some(*mark)
            }
            _ => None,
        });
        unsaved.unwrap_or_else(|| {
            if self.is_in_history() {
                self.history.pages.mark(habit, day)
            } else {
                self.asks.get(&habit).and_then(|ask| ask.mark)
            }
        })
    }

    /// The note of the shown day, as it will be once unsaved changes are written.
    pub fn note_on_day(&self, habit: HabitId) -> Option<&str> {
        let day = self.edited_day();
        let unsaved = self.unsaved.iter().rev().find_map(|change| match change {
            Change::CheckInNote { habit: whose, day: on, note }
                if *whose == habit && *on == day =>
            {
                Some(note.as_deref())
            }
            _ => None,
        });
        unsaved.unwrap_or_else(|| {
            if self.is_in_history() {
                self.history.pages.note(habit, day)
            } else {
                self.workspace.tracks.get(&habit)?.notes.get(&day).map(String::as_str)
            }
        })
    }

    /// The day that ticks, rests and notes are for: the shown one, or the history's cursor.
    pub fn edited_day(&self) -> NaiveDate {
        if self.is_in_history() { self.history.cursor } else { self.day }
    }

    /// Does one of Today's verbs to the selected habit.
    pub(super) fn act_on_habit(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::DayBack => return self.show_day(-1),
            Action::DayForward => return self.show_day(1),
            Action::RecipeDoctor => {
                self.open_doctor();
                return Vec::new();
            }
            Action::ExplainStrength => {
                self.explain_strength();
                return Vec::new();
            }
            Action::Rehearse => {
                let id = self.selected_habit().map(|habit| habit.id);
                let rehearsal = |habit| Overlay::Rehearsal(Rehearsal { habit, rounds: Some(0) });
                self.overlay = id.map(rehearsal);
                return Vec::new();
            }
            Action::BackToToday => {
                self.day = self.today;
                self.recompute_asks();
                return Vec::new();
            }
            _ => {}
        }
        let Some(habit) = self.selected_habit() else {
            return Vec::new();
        };
        let (id, name) = (habit.id, habit.name.clone());
        let day = self.edited_day();
        let toggled = |mark| (self.mark_on_day(id) != Some(mark)).then_some(mark);
        match action {
            Action::ToggleCheckIn | Action::ToggleRest => {
                let is_tick = action == Action::ToggleCheckIn;
                let mark = toggled(if is_tick { Mark::Done } else { Mark::Rest });
                vec![Effect::Apply(Change::CheckInSet { habit: id, day, mark })]
            }
            Action::WriteNote => {
                let note = Note::new(About::Day(id, day), self.note_on_day(id));
                self.overlay = Some(Overlay::Note(note));
                Vec::new()
            }
            Action::ChooseState => {
                let set = |mark| Change::CheckInSet { habit: id, day, mark };
                let choices =
                    [("done", Some(Mark::Done)), ("rest", Some(Mark::Rest)), ("no mark", None)];
                let is_future = day > self.today;
                let choices =
                    choices.into_iter().filter(|(_, mark)| !is_future || *mark != Some(Mark::Done));
                let current = self.mark_on_day(id);
                self.overlay = Some(Overlay::Menu(Menu::new(
                    format!("{name}, {}", short(day, self.today)),
                    choices.map(|(label, mark)| Choice {
                        label: label.to_owned(),
                        is_current: mark == current,
                        change: set(mark),
                    }),
                )));
                Vec::new()
            }
            Action::MoveEarlier => self.swap_habit(-1),
            Action::MoveLater => self.swap_habit(1),
            Action::Archive => {
                let change = if habit.archived_on().is_some() {
                    Change::HabitUnarchive { habit: id, on: self.today }
                } else {
                    Change::HabitArchive { habit: id, on: self.today }
                };
                vec![Effect::Apply(change)]
            }
            Action::Delete => {
                self.overlay = Some(Overlay::Confirm(Confirm {
                    question: format!("Delete “{name}” and all its days?"),
                    consequence: "Undo brings it back.".to_owned(),
                    effect: Some(Effect::Apply(Change::HabitDelete { habit: id })),
                    back: None,
                }));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn swap_habit(&self, by: isize) -> Vec<Effect> {
        let Some((habit, other)) = self.habit_beside(by) else {
            return Vec::new();
        };
        let order = self.workspace.habits.iter().map(|habit| (habit.id, habit.position));
        let positions = moved(order.collect(), habit.id, other.id);
        vec![Effect::Apply(Change::HabitsReorder { positions })]
    }

    /// Moves the shown day; only rests can be planned ahead.
    fn show_day(&mut self, by: i64) -> Vec<Effect> {
        self.set_day(plus(self.day, by));
        Vec::new()
    }

    /// Shows a day, if days so far off are kept at all.
    pub(super) fn set_day(&mut self, day: NaiveDate) {
        if self.is_in_history() {
            return self.move_cursor(day);
        }
        if crate::domain::day::is_kept(day) {
            self.day = day;
            self.recompute_asks();
        }
    }
}

/// Moves `id` to the place of `other` in an order, and names what gets another position by it.
pub(super) fn moved<I: Copy + PartialEq>(order: Vec<(I, i64)>, id: I, other: I) -> Vec<(I, i64)> {
    let place = |id: I| order.iter().position(|(each, _)| *each == id);
    let (Some(from), Some(to)) = (place(id), place(other)) else {
        return Vec::new();
    };
    let mut sorted = order;
    let entry = sorted.remove(from);
    sorted.insert(to, entry);
    let renumbered = (0..).zip(sorted);
    renumbered.filter(|(new, (_, old))| new != old).map(|(new, (id, _))| (id, new)).collect()
}
