//! The app as it runs: the model, what it asks for being done, and what time brings.
//!
//! Owns the order of things: changes reach the disk in the order in which they were asked for. Must
//! not know the terminal: keys come in as events, and frames are drawn by others.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use ratatui::{crossterm::event::Event, layout::Size};
use uuid::Uuid;

use super::{
    care::Care,
    effects::Effects,
    input,
    perform::{self, Hands},
    reminder::Reminder,
    wait::Deadline,
};
use crate::{
    app::{self, Message, Model, Overlay, Start, Trouble, detail, update},
    config::Config,
    domain::{
        curriculum::Curriculum,
        fault::Fault,
        ids::{HabitId, IdSource, SessionId},
    },
    keymap::Keymap,
    store::StoreError,
    ui::{self, theme::Theme},
};

/// How long a change that was not saved waits for the next try, at first and later.
const SOON: TimeDelta = TimeDelta::seconds(1);
const LATER: TimeDelta = TimeDelta::seconds(5);
/// When the file is looked at again after something was written beside it: another program's change
/// is seen in the folder before its commit is complete, and the end of a commit is not seen there.
const ECHOES: [TimeDelta; 2] = [TimeDelta::milliseconds(100), TimeDelta::seconds(1)];
/// How many tries are soon ones.
const SOON_TRIES: u32 = 5;

/// Said where the config has changed how history is read.
const NEW_RULES: &str =
    "Streaks and weeks are read by other rules now, so all history was read anew.";

/// What the app wants that concerns the whole process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// To stop until continued.
    Suspend,
    /// To let the person write on a text in their own editor.
    Edit(String),
    /// To end.
    Quit,
}

/// What the last frame showed, as far as keys are concerned that were typed at it.
#[derive(Debug, Clone, Copy)]
struct Drawn {
    day: NaiveDate,
    /// It asked whether a sleep counts.
    is_asking: bool,
}

/// The app as it runs.
#[derive(Debug)]
pub struct Session {
    /// What is on the screen.
    pub model: Model,
    /// The keys.
    pub keymap: Keymap,
    /// How it looks.
    pub theme: Theme,
    /// What moves on it.
    pub effects: Effects,
    reminder: Reminder,
    hands: Hands,
    care: Option<Care>,
    wish: Option<Wish>,
    /// For the terminal, along with the next frame.
    outgoing: String,
    is_changed: bool,
    drawn: Drawn,
    /// Days that were asked for since the last wake: one that can't be read is not asked for again
    /// and again.
    loads: BTreeSet<(HabitId, NaiveDate)>,
    /// Others' changes could not be read and still must be.
    owes_news: bool,
    /// When to look for others' changes again, in the order of time.
    echoes: Vec<DateTime<Utc>>,
    /// When the clock will tell something else, as seen from a zone with this offset.
    day_changes_at: Option<(DateTime<Utc>, FixedOffset)>,
    retry_at: Option<DateTime<Utc>>,
    tries: u32,
    is_retrying: bool,
    last_failure: String,
    /// The session whose row could not be written; that was said.
    unkept: Option<SessionId>,
}

impl Session {
    /// Reads the file and does what the first frame needs.
    pub fn start(
        mut hands: Hands,
        config: Config,
        curriculum: Curriculum,
        keymap: Keymap,
        theme: Theme,
        size: Size,
    ) -> Result<Self, StoreError> {
        let now = hands.clock.now();
        let workspace = hands.store.load(now.today)?;
        let moving = Effects::new(config.motion, &theme);
        let is_first_start = !hands.store.is_read_only() && hands.store.is_welcome_due()?;
        let (seed, _) = Uuid::new_v4().as_u64_pair();
        let millis = u64::try_from(now.at.timestamp_millis()).unwrap_or(0);
        let (model, effects) = Model::new(Start {
            workspace,
            curriculum,
            config,
            keys: keymap.words(theme.glyphs.is_ascii),
            today: now.today,
            until: now.until,
            size,
            ids: IdSource::new(seed, millis),
            is_first_start,
        });
        let mut session = Self {
            model,
            keymap,
            theme,
            effects: moving,
            reminder: Reminder::opened(&now),
            hands,
            care: None,
            wish: None,
            outgoing: String::new(),
            is_changed: true,
            drawn: Drawn { day: now.today, is_asking: false },
            loads: BTreeSet::new(),
            owes_news: false,
            echoes: Vec::new(),
            day_changes_at: None,
            retry_at: None,
            tries: 0,
            is_retrying: false,
            last_failure: String::new(),
            unkept: None,
        };
        for effect in effects {
            session.perform(effect);
        }
        if session.hands.store.is_read_only() {
            let why = "This file can only be read here: look around, but nothing can be saved.";
            session.take(Message::Troubled(Trouble::ReadOnly, why.to_owned()));
        }
        session.recover();
        session.tell_of_new_rules();
        Ok(session)
    }

    /// Says that history was read by other rules than the last time, last of all: it is not said
    /// again once [`Self::settle`] has stored what came of it.
    fn tell_of_new_rules(&mut self) {
        if self.hands.store.has_new_rules() && self.is_remembering() {
            self.take(Message::Said(NEW_RULES.to_owned()));
        }
    }

    /// Whether what history comes to is stored for the next start.
    fn is_remembering(&self) -> bool {
        self.hands.clock.pretended.is_none() && !self.hands.store.is_read_only()
    }

    /// What can wait until the first frame is on the screen.
    pub fn settle(&mut self) {
        let clock = self.hands.clock;
        if self.is_remembering() {
            // These rows only make reading quick: where they can't be written, nothing is lost.
            let _ = self.hands.store.refresh_checkpoints(clock.now().today);
        }
        self.tend();
    }

    /// Takes in a message and does all that follows from it.
    pub fn take(&mut self, message: Message) {
        self.is_changed = true;
        if let Message::Failed(failure) = &message {
            self.last_failure.clone_from(&failure.text);
            // A file that goes away in the very moment of saving is met here.
            let is_known = self.model.troubles.contains_key(&Trouble::ReadOnly);
            if self.hands.store.is_read_only() && !is_known {
                self.take(Message::Troubled(Trouble::ReadOnly, failure.text.clone()));
            }
        }
        if detail::needs_shape(&self.model, &message) {
            self.model.shape = ui::shape(&self.model, &self.keymap, &self.theme);
        }
        for effect in update(&mut self.model, message) {
            self.perform(effect);
        }
        self.effects.follow(&self.model, || self.hands.clock.now().at.to_utc());
    }

    /// Takes in an event of the terminal.
    pub fn hear(&mut self, event: Event) {
        // What was typed before another day was on the screen was meant for the one before; a tick
        // must not land elsewhere. A text goes on, for whatever is open over a day carries it; the
        // palette does not.
        let is_of_a_day = matches!(self.model.overlay, None | Some(Overlay::Palette(_)));
        if self.drawn.day != self.model.today && is_of_a_day {
            return;
        }
        // Nor may it answer a question that nobody has seen.
        if self.is_asking() && !self.drawn.is_asking {
            return;
        }
        if let Some(message) = input::message(&self.model, &self.keymap, event) {
            self.take(message);
        }
    }

    /// Whether it is being asked if a sleep counts.
    fn is_asking(&self) -> bool {
        matches!(self.model.overlay, Some(Overlay::Asleep { .. }))
    }

    /// After every sleep, before anything else: the time is read, then others' changes, and what
    /// was not saved is tried again when it is time.
    pub fn wake(&mut self, has_news: bool) {
        self.loads.clear();
        let now = self.hands.clock.now();
        let at = now.at.to_utc();
        let is_another = (now.today, now.until) != (self.model.today, self.model.until);
        if is_another {
            let (today, until) = (now.today, now.until);
            self.take(Message::Moment { today, until });
        }
        self.beat();
        // In another zone the day ends at another moment.
        self.day_changes_at = self
            .day_changes_at
            .filter(|(change, offset)| !is_another && *change > at && offset == now.at.offset());
        if has_news {
            self.echoes = ECHOES.iter().map(|pause| at + *pause).collect();
        }
        // A clock that was set back must not put off the next look or try for hours.
        let heard = self.echoes.len();
        self.echoes.retain(|echo| *echo > at && *echo <= at + LATER);
        if has_news || self.owes_news || self.echoes.len() < heard {
            self.look_after_file();
            self.look_for_news();
        }
        self.retry_at = self.retry_at.filter(|retry_at| *retry_at <= at + LATER);
        if self.retry_at.is_some_and(|retry_at| retry_at <= at) {
            self.retry_at = None;
            self.retry();
        }
        // After the news: somebody may have done it elsewhere in the meantime.
        if self.reminder.has_come(&now) {
            self.remind();
        }
        self.tend();
        self.is_changed |= self.effects.wake(&self.model, at);
    }

    /// Rings for what is left today; a day that is done needs no reminder.
    fn remind(&mut self) {
        if let Some(text) = app::reminder(&self.model) {
            self.outgoing.push_str(&perform::notification(&text));
            self.take(Message::Said(format!("{text}.")));
        }
    }

    /// When there is something to do without being asked; at once if there is more to take in.
    pub fn deadline(&mut self, has_more: bool) -> Option<Deadline> {
        let clock = self.hands.clock;
        let read = clock.now().at;
        let now = read.to_utc();
        if has_more {
            return Some(Deadline { at: now, now });
        }
        if self.day_changes_at.is_none() {
            self.day_changes_at = clock.next_change().map(|change| (change, *read.offset()));
        }
        // What a lost file hinders is not helped by waiting.
        let is_unsaved = !self.model.unsaved.is_empty() && !self.hands.store.is_read_only();
        let is_waiting = is_unsaved || self.owes_news;
        let pause = if self.tries < SOON_TRIES { SOON } else { LATER };
        self.retry_at = is_waiting.then(|| self.retry_at.unwrap_or(now + pause));
        let echo = self.echoes.first().copied();
        let change = self.day_changes_at.map(|(change, _)| change);
        let (beat, frame) = (self.next_beat(now), self.effects.deadline());
        let at = [change, self.retry_at, echo, beat, frame].into_iter().flatten().min()?;
        Some(Deadline { at, now })
    }

    /// What concerns the whole process, once.
    pub fn take_wish(&mut self) -> Option<Wish> {
        self.wish.take()
    }

    /// Whether a message came in since the last time; if so, the frame that is owed comes next.
    pub fn take_changed(&mut self) -> bool {
        self.drawn = Drawn { day: self.model.today, is_asking: self.is_asking() };
        std::mem::take(&mut self.is_changed)
    }

    /// What the terminal is to be sent along with the next frame.
    pub fn take_outgoing(&mut self) -> String {
        std::mem::take(&mut self.outgoing)
    }

    /// The end: the session under way is kept, and there is one more try for what was not saved; then
    /// the file is closed. Tells why changes are lost, if any are, and the kind of that.
    pub fn close(mut self) -> Option<(String, Fault)> {
        self.end_timer();
        if !self.model.unsaved.is_empty() {
            self.retry();
        }
        if let Some(care) = self.care.take() {
            care.end();
        }
        let (lost, unsaved) = (self.model.unsaved.len(), self.hands.unsaved.take());
        // Everything acknowledged is in the log; the next start empties it where this one can't.
        let _ = self.hands.store.close();
        let what = if lost == 1 { "change" } else { "changes" };
        let (why, fault) = unsaved.filter(|_| lost > 0)?;
        Some((format!("{lost} {what} could not be saved. {why}"), fault))
    }

    fn look_for_news(&mut self) {
        let news = self.hands.news();
        let is_failure = matches!(news, Some(Message::Failed(_)));
        // One that lasts is said once.
        let is_known = is_failure && self.owes_news;
        self.owes_news = is_failure;
        if let Some(message) = news.filter(|_| !is_known) {
            self.take(message);
        }
    }
}

mod performing;
mod tending;
mod timing;

#[cfg(test)]
mod tests;
