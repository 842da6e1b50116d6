//! The only way in: a message alters the model and asks for effects.
//!
//! Owns dispatch, movement and focus. Must not know what any verb does: panes and overlays do.

use ratatui::layout::Size;

use super::{
    Action, Effect, Focus, Message, Model, Overlay, Pane, Tone, areas::areas, confirm::Confirm,
    detail, find::Find, is_available, palette::Palette,
};
use crate::domain::{
    day::{plus, week_start},
    figures::rate_reads_from,
    ids::HabitId,
};

/// The days of the widest strip and of the longest rate.
const STRIP_DAYS: i64 = 14;
const RATE_DAYS: u16 = 365;
/// How much more is read than is needed, so that moving on reads nothing.
const READ_AHEAD_DAYS: i64 = 60;

/// Takes in a message.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = match message {
        Message::Action(action) => {
            model.notice = None;
            match model.overlay.take() {
                Some(overlay) => model.act_on_overlay(overlay, action),
                None if is_available(model, action) => act(model, action),
                None => Vec::new(),
            }
        }
        Message::Typed(input) => {
            model.notice = None;
            model.type_in(input);
            Vec::new()
        }
        Message::Pasted(text) => {
            model.paste(&text);
            Vec::new()
        }
        Message::Applied(applied) => {
            model.take_in(&applied);
            Vec::new()
        }
        Message::Heard(changes) => {
            model.hear(&changes);
            Vec::new()
        }
        Message::NothingToUndo => {
            model.say(Tone::Plain, "Nothing to undo.");
            Vec::new()
        }
        Message::NothingToRedo => {
            model.say(Tone::Plain, "Nothing to redo.");
            Vec::new()
        }
        Message::Failed(failure) => {
            model.fail(failure);
            Vec::new()
        }
        Message::Loaded(track) => {
            let habit = track.habit;
            model.workspace.tracks.insert(habit, *track);
            model.recompute_habit(habit);
            model.recompute_asks();
            Vec::new()
        }
        Message::Said(text) => {
            model.say(Tone::Plain, text);
            Vec::new()
        }
        Message::Retry => {
            std::mem::take(&mut model.unsaved).into_iter().map(Effect::Apply).collect()
        }
        Message::Moment { today, until } => {
            model.until = until;
            if today != model.today {
                model.begin_day(today);
            }
            Vec::new()
        }
        Message::Resized { width, height } => {
            model.size = Size { width, height };
            Vec::new()
        }
    };
    settle(model, &mut effects);
    effects
}

/// After every message: sizes follow the model, selections stay visible, and days that are about to
/// be drawn are read.
pub(super) fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
    model.areas = areas(model.size, model);
    for pane in Pane::ALL {
        let height = model.areas.list_height(pane);
        match pane {
            Pane::Today => model.habits.keep_visible(height),
            Pane::Curriculum => model.tree.keep_visible(height),
            Pane::Portfolio => model.projects.keep_visible(height),
        }
    }
    let overlay_height = model.areas.overlay_height();
    match &mut model.overlay {
        Some(Overlay::Palette(palette)) => {
            palette.actions.keep_visible(overlay_height.saturating_sub(2));
        }
        Some(Overlay::Menu(menu)) => menu.choices.keep_visible(overlay_height),
        _ => {}
    }
    let items = detail::items(model).len();
    if items > 0 {
        model.detail_index = model.detail_index.min(items - 1);
    }
    if model.row_count(model.pane) == 0 {
        model.focus = Focus::List;
    }
    let selected = model.habits.selected().copied();
    for habit in &model.workspace.habits {
        let Some(track) = model.workspace.tracks.get(&habit.id) else {
            continue;
        };
        let strip = plus(model.day, 1 - STRIP_DAYS);
        let needed = if Some(habit.id) == selected {
            let rate = rate_reads_from(habit, model.workspace.rules, model.today, RATE_DAYS);
            strip.min(rate).min(heatmap_start(model))
        } else {
            strip
        };
        // What is older than the habit's marks is not there to be read, but only the disk knows.
        if track.held_from > needed {
            effects.push(Effect::Load(habit.id, plus(needed, -READ_AHEAD_DAYS)));
        }
    }
}

/// The first day of the 53 weeks that the widest heatmap shows.
pub fn heatmap_start(model: &Model) -> chrono::NaiveDate {
    let last_week = week_start(heatmap_end(model), model.workspace.rules.week_starts_on);
    plus(last_week, -7 * 52)
}

/// The last day that the heatmap shows: today, or the shown day with some weeks after it.
pub fn heatmap_end(model: &Model) -> chrono::NaiveDate {
    let is_recent = model.day > plus(model.today, -7 * 20);
    if is_recent { model.today.max(model.day) } else { plus(model.day, 7 * 4) }
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Up => model.step(-1),
        Action::Down => model.step(1),
        Action::Top => model.step(isize::MIN),
        Action::Bottom => model.step(isize::MAX),
        Action::PageUp => model.step(-model.page()),
        Action::PageDown => model.step(model.page()),
        Action::HalfUp => model.step(-(model.page() / 2).max(1)),
        Action::HalfDown => model.step((model.page() / 2).max(1)),
        Action::FocusToday => model.go_to(Pane::Today),
        Action::FocusCurriculum => model.go_to(Pane::Curriculum),
        Action::FocusPortfolio => model.go_to(Pane::Portfolio),
        Action::NextPane => model.go_to(Pane::ALL[(model.pane as usize + 1) % 3]),
        Action::PreviousPane => model.go_to(Pane::ALL[(model.pane as usize + 2) % 3]),
        Action::FocusDetail => {
            model.focus = Focus::Detail;
            model.detail_index = 0;
        }
        Action::Follow => return model.follow(),
        Action::OpenLink => {
            if let Some(url) = detail::link(model) {
                return model.open(&url);
            }
        }
        Action::Zoom => model.is_zoomed = !model.is_zoomed,
        Action::Back => model.step_back(),
        Action::ShowArchived => {
            model.shows_archived = !model.shows_archived;
            model.refresh_rows();
        }
        Action::Copy => {
            if let Some(text) = model.copied() {
                return vec![Effect::Copy(text)];
            }
        }
        Action::Find => model.overlay = Some(Overlay::Find(Find::new(model.query()))),
        Action::Palette => model.overlay = Some(Overlay::Palette(Palette::new(model))),
        Action::Help => model.overlay = Some(Overlay::Help { offset: 0 }),
        Action::Add | Action::Edit => model.open_form(action == Action::Edit),
        Action::Undo => return vec![Effect::Undo],
        Action::Redo => return vec![Effect::Redo],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Quit | Action::Interrupt => return model.quit(),
        verb => {
            return match model.pane {
                Pane::Today => model.act_on_habit(verb),
                Pane::Curriculum => model.act_on_topic(verb),
                Pane::Portfolio => model.act_on_project(verb),
            };
        }
    }
    Vec::new()
}

impl Model {
    /// Does an action that the palette chose, once the palette is closed.
    pub(super) fn act_chosen(&mut self, action: Action) -> Vec<Effect> {
        if is_available(self, action) { act(self, action) } else { Vec::new() }
    }

    /// Moves the selection of whatever takes the keys.
    fn step(&mut self, by: isize) {
        match (self.focus, self.pane) {
            (Focus::Detail, _) => {
                // Where there are no items the index is the first line shown.
                let items = detail::items(self).len();
                let last = items.checked_sub(1).unwrap_or_else(|| detail::most_lines(self));
                self.detail_index = self.detail_index.saturating_add_signed(by).min(last);
                return;
            }
            (Focus::List, Pane::Today) => self.habits.step(by),
            (Focus::List, Pane::Curriculum) => self.tree.step(by),
            (Focus::List, Pane::Portfolio) => self.projects.step(by),
        }
        self.detail_index = 0;
    }

    fn page(&self) -> isize {
        isize::from(i16::try_from(self.areas.list_height(self.pane).max(2) - 1).unwrap_or(i16::MAX))
    }

    /// Focuses a pane's list.
    pub(super) fn go_to(&mut self, pane: Pane) {
        self.pane = pane;
        self.focus = Focus::List;
        self.detail_index = 0;
    }

    /// One step back: out of the detail, the query, the past, the zoom.
    fn step_back(&mut self) {
        if self.focus == Focus::Detail {
            self.focus = Focus::List;
        } else if !self.query().is_empty() {
            self.queries[self.pane as usize].clear();
            self.refresh_rows();
        } else if self.day != self.today && self.pane == Pane::Today {
            self.day = self.today;
            self.recompute_asks();
        } else {
            self.is_zoomed = false;
        }
    }

    /// Quits at once, unless something is not on the disk yet.
    fn quit(&mut self) -> Vec<Effect> {
        if self.unsaved.is_empty() {
            return vec![Effect::Quit];
        }
        let count = self.unsaved.len();
        self.overlay = Some(Overlay::Confirm(Confirm {
            question: format!("Quit with {count} not saved?"),
            consequence: "inch keeps trying to save while it is open.".to_owned(),
            effect: Some(Effect::Quit),
            back: None,
        }));
        Vec::new()
    }

    /// A new day has begun: the screen follows it, and the first unfinished habit is selected.
    fn begin_day(&mut self, today: chrono::NaiveDate) {
        let was_on_today = self.day == self.today;
        self.today = today;
        self.day = today;
        self.recompute_figures();
        if was_on_today || self.overlay.is_none() {
            self.select_first_unfinished();
        }
    }

    /// Reads one habit's figures anew.
    pub(super) fn recompute_habit(&mut self, id: HabitId) {
        let figures =
            self.workspace.habit(id).and_then(|habit| self.workspace.figures(habit, self.today));
        match figures {
            Some(figures) => drop(self.figures.insert(id, figures)),
            None => drop(self.figures.remove(&id)),
        }
    }
}
