//! The only way in: a message alters the model and asks for effects.
//!
//! Owns dispatch, movement and focus. Must not know what any verb does: panes and overlays do.

use ratatui::layout::Size;

use super::{
    Action, Effect, Filter, Focus, Message, Model, Overlay, Pane, Stage, Tone, TreeRow, Trouble,
    areas::Layout, available::why_not, confirm::Confirm, detail, find::Find, is_available,
    pace::Paced, palette::Palette, panes, settle::settle,
};
use crate::domain::ids::HabitId;

/// Takes in a message.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    if matches!(message, Message::Action(_) | Message::Mouse(_)) {
        model.history.try_again();
    }
    let is_retry = matches!(message, Message::Retry);
    let mut effects = match message {
        Message::Action(Action::Suspend) => vec![Effect::Suspend],
        Message::Action(Action::Interrupt | Action::Quit) if model.is_hidden() => {
            model.leave_hidden()
        }
        Message::Action(_) | Message::Typed(_) | Message::Pasted(_) | Message::Mouse(_)
            if model.is_hidden() =>
        {
            Vec::new()
        }
        Message::Action(action) => take_action(model, action),
        Message::Mouse(mouse) => model.take_mouse(mouse),
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
        Message::Failed(failure) => {
            model.fail(*failure);
            Vec::new()
        }
        Message::Loaded(track) => {
            let habit = track.habit;
            model.workspace.tracks.insert(habit, *track);
            model.recompute_habit(habit);
            model.recompute_asks();
            Vec::new()
        }
        Message::HistoryRead(pages) => {
            model.history.take_in(*pages);
            Vec::new()
        }
        Message::PaceRead(pace) => {
            model.pace = Paced::Known(pace);
            Vec::new()
        }
        Message::StartsCounted(roots, starts) => {
            model.grown.take_in(&roots, starts);
            Vec::new()
        }
        Message::HistoryUnread(why) => {
            model.history.fail();
            model.say(Tone::Bad, why);
            Vec::new()
        }
        Message::Edited(text) => {
            model.take_edited(&text);
            Vec::new()
        }
        told @ (Message::NothingToUndo
        | Message::NothingToRedo
        | Message::Said(_)
        | Message::Unopened(_)
        | Message::Troubled(..)
        | Message::Tended) => {
            model.hear_of(told);
            Vec::new()
        }
        Message::Retry => {
            model.retried = std::mem::take(&mut model.unsaved);
            model.retried.iter().cloned().map(Effect::Apply).collect()
        }
        Message::Moment { today, until } => {
            model.until = until;
            if today != model.today {
                model.begin_day(today);
            }
            Vec::new()
        }
        Message::Beat { at } => model.beat(at),
        Message::CutShort(sessions) => model.recover(sessions),
        Message::Closing => model.stop_session(),
        Message::Resized { width, height } => {
            model.size = Size { width, height };
            Vec::new()
        }
    };
    settle(model, &mut effects);
    if is_retry { effects } else { model.build(effects) }
}

/// Does an action to what is on top.
pub(super) fn take_action(model: &mut Model, action: Action) -> Vec<Effect> {
    model.notice = None;
    match model.overlay.take() {
        Some(overlay) => model.act_on_overlay(overlay, action),
        None if is_available(model, action) => act(model, action),
        None => {
            // A step back with nothing behind it is no question, and what is unseen answers none.
            if action != Action::Back && model.areas.layout != Layout::Tiny {
                model.say(Tone::Plain, why_not(model, action));
            }
            Vec::new()
        }
    }
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if model.is_in_history() && model.act_on_history(action) {
        return Vec::new();
    }
    if matches!(
        action,
        Action::Find
            | Action::Fold
            | Action::Unfold
            | Action::FilterStates
            | Action::FilterProjects
    ) {
        // These are about the list.
        model.leave_detail();
    }
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
        Action::FocusDetail => model.enter_detail(),
        Action::Follow => return model.follow(),
        Action::OpenLink => {
            if let Some(url) = detail::link(model) {
                return model.open(&url);
            }
        }
        Action::Zoom => model.is_zoomed = !model.is_zoomed,
        Action::Back => model.step_back(),
        Action::ShowArchived => {
            let shows = match model.pane {
                Pane::Portfolio => &mut model.shows_dropped,
                _ => &mut model.shows_archived,
            };
            *shows = !*shows;
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
        Action::Review => model.look_back(),
        Action::Start => return model.start(),
        Action::Undo => return vec![Effect::Undo],
        Action::Redo => return vec![Effect::Redo],
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
    /// Takes in what is there to be said, or is not any more.
    fn hear_of(&mut self, told: Message) {
        match told {
            Message::NothingToUndo => self.say(Tone::Plain, "Nothing to undo."),
            Message::NothingToRedo => self.say(Tone::Plain, "Nothing to redo."),
            Message::Said(text) => self.say(Tone::Plain, text),
            Message::Unopened(url) => {
                let copy = self.key(Action::Copy).map(|key| format!(" {key} copies the address:"));
                let copy = copy.unwrap_or_default();
                self.say(Tone::Bad, format!("No browser could be opened from here.{copy} {url}"));
            }
            Message::Troubled(trouble, why) => {
                self.troubles.insert(trouble, why.clone());
                self.say(Tone::Bad, why);
            }
            Message::Tended => {
                let is_over = |trouble| matches!(trouble, Trouble::Damaged | Trouble::NoBackup);
                self.troubles.retain(|trouble, _| !is_over(*trouble));
            }
            _ => {}
        }
    }

    /// Does an action that the palette chose, once the palette is closed: in the focused pane if it
    /// works there, else in the first one where it does.
    pub(super) fn act_chosen(&mut self, action: Action) -> Vec<Effect> {
        let homes = panes(action);
        if !homes.contains(&self.pane) {
            let (pane, focus) = (self.pane, self.focus);
            self.focus = Focus::List;
            let home = homes.iter().copied().find(|home| {
                self.pane = *home;
                is_available(self, action)
            });
            (self.pane, self.focus) = (pane, focus);
            let Some(home) = home else {
                self.say(Tone::Plain, "No pane has anything for that now.");
                return Vec::new();
            };
            self.go_to(home);
        } else if !is_available(self, action) {
            self.say(Tone::Plain, why_not(self, action));
            return Vec::new();
        }
        act(self, action)
    }

    /// Moves the selection of whatever takes the keys.
    fn step(&mut self, by: isize) {
        match self.focus {
            Focus::Detail => self.scroll_detail(by),
            Focus::List => self.step_list(self.pane, by),
        }
    }

    /// Moves the selection of a pane's list.
    pub(super) fn step_list(&mut self, pane: Pane, by: isize) {
        match pane {
            Pane::Today => self.habits.step(by),
            Pane::Curriculum => self.tree.step(by),
            Pane::Portfolio => self.projects.step(by),
        }
    }

    /// Rows of what takes the keys, less one that stays in sight.
    fn page(&self) -> isize {
        let rows = match self.focus {
            Focus::List => self.areas.list_height(self.pane),
            Focus::Detail => self.areas.detail.map_or(0, |area| area.height.saturating_sub(2)),
        };
        isize::from(i16::try_from(rows.max(2) - 1).unwrap_or(i16::MAX))
    }

    /// Focuses a pane's list.
    pub(super) fn go_to(&mut self, pane: Pane) {
        self.pane = pane;
        self.leave_detail();
    }

    /// One step back: out of the detail, to where a line was followed, out of the query, the past,
    /// the zoom.
    fn step_back(&mut self) {
        if self.focus == Focus::Detail {
            self.leave_detail();
        } else if self.can_return() {
            self.go_back();
        } else if !self.query().is_empty() {
            self.show_all();
        } else if self.is_filtered() {
            match self.pane {
                Pane::Portfolio => self.stage = Stage::All,
                _ => self.filter = Filter::All,
            }
            self.show_all();
        } else if self.day != self.today && self.pane == Pane::Today {
            self.day = self.today;
            self.recompute_asks();
        } else {
            self.is_zoomed = false;
        }
    }

    /// Clears what hides rows; a topic that was found stays selected wherever it stands.
    pub(super) fn show_all(&mut self) {
        self.queries[self.pane as usize].clear();
        let found = match (self.pane, self.tree.selected()) {
            (Pane::Curriculum, Some(TreeRow::Topic(topic))) => Some(topic.clone()),
            _ => None,
        };
        self.refresh_rows();
        let Some(topic) = found else { return };
        if self.filter == Filter::All {
            self.reveal_topic(&topic);
        } else {
            self.tree.select_where(|row| *row == TreeRow::Topic(topic.clone()));
        }
    }

    /// Quits at once, unless something is not on the disk yet.
    fn quit(&mut self) -> Vec<Effect> {
        // A detail that hides its list was opened to be read.
        let hides_list = self.areas.lists[self.pane as usize].is_none();
        if self.focus == Focus::Detail && hides_list {
            self.leave_detail();
            return Vec::new();
        }
        if self.unsaved.is_empty() {
            return vec![Effect::Quit];
        }
        let count = self.unsaved.len();
        let consequence = if self.troubles.contains_key(&Trouble::ReadOnly) {
            "It can't be saved here any more, and is lost with the screen."
        } else {
            "inch keeps trying to save while it is open."
        };
        self.overlay = Some(Overlay::Confirm(Confirm {
            question: format!("Quit with {count} not saved?"),
            consequence: consequence.to_owned(),
            effect: Some(Effect::Quit),
            back: None,
        }));
        Vec::new()
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
