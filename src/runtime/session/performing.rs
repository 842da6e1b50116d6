//! What the app asks for is done here, in order; what comes of it goes back as a message.
//!
//! Owns which effect leads where, and that no change overtakes one that waits. Must not know how
//! anything is done: `perform` does.

use super::{Session, Wish};
use crate::{
    app::{Effect, Failure, Message},
    domain::change::Change,
    runtime::perform,
};

impl Session {
    pub(super) fn perform(&mut self, effect: Effect) {
        let message = match effect {
            Effect::Apply(change) => Some(self.apply(change)),
            Effect::Undo | Effect::Redo if self.is_held_up() => {
                let text = format!("Not yet: a change waits to be saved. {}", self.last_failure);
                Some(Failure { text, change: None, is_waiting: false }.into())
            }
            Effect::Undo => Some(self.hands.undo()),
            Effect::Redo => Some(self.hands.redo()),
            Effect::Load(habit, from) => {
                self.loads.insert((habit, from)).then(|| self.hands.load(habit, from))
            }
            Effect::ReadTime => Some(Message::Beat { at: self.hands.clock.now().at }),
            Effect::KeepRunning(session) => {
                self.keep_running(&session);
                None
            }
            Effect::ForgetRunning(id) => self.hands.forget_running(id),
            Effect::LoadHistory(request) => Some(self.hands.load_history(request)),
            Effect::LoadPace(today) => Some(self.hands.load_pace(today)),
            Effect::CountStarts(roots) => Some(self.hands.count_starts(roots)),
            Effect::OpenUrl(url) => self.hands.open(&url),
            Effect::Copy(text) => {
                let (sequence, said) = perform::copy(&text);
                self.outgoing.push_str(&sequence);
                Some(said)
            }
            Effect::Welcomed => self.hands.welcomed(),
            Effect::Edit(text) => {
                self.wish = Some(Wish::Edit(text));
                None
            }
            Effect::Suspend => {
                self.wish = Some(Wish::Suspend);
                None
            }
            Effect::Quit => {
                self.wish = Some(Wish::Quit);
                None
            }
        };
        if let Some(message) = message {
            self.take(message);
        }
    }

    /// Commits a change after all that were asked for before it.
    fn apply(&mut self, change: Change) -> Message {
        if self.is_held_up() {
            let text = self.last_failure.clone();
            return Failure { text, change: Some(change), is_waiting: true }.into();
        }
        self.hands.apply(change)
    }

    /// Whether an older change is still not saved, although it was just tried again.
    fn is_held_up(&mut self) -> bool {
        if !self.is_retrying && !self.model.unsaved.is_empty() {
            self.retry();
        }
        !self.model.unsaved.is_empty()
    }

    pub(super) fn retry(&mut self) {
        if self.model.unsaved.is_empty() {
            self.tries = 0;
            return;
        }
        self.is_retrying = true;
        self.take(Message::Retry);
        self.is_retrying = false;
        self.tries = if self.model.unsaved.is_empty() { 0 } else { self.tries.saturating_add(1) };
    }
}
