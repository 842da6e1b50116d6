//! The timer as it runs: when the loop wakes for it, and how its sessions outlive the process.
//!
//! Owns the beat and the row that a crash leaves. Must not know the phases of the timer: the model
//! says when its next second is.

use chrono::{DateTime, TimeDelta, Utc};

use super::Session;
use crate::{app::Message, domain};

/// A second may not be further away than this, whatever the clock was set to.
const BEAT: TimeDelta = TimeDelta::seconds(1);

impl Session {
    /// When the timer shows another second.
    pub(super) fn next_beat(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let next = self.model.timer.as_ref()?.next_beat()?;
        Some(next.to_utc().clamp(now, now + BEAT))
    }

    /// Tells the timer the time, if it counts; a frame is owed only when it shows another second.
    pub(super) fn beat(&mut self) {
        let shown = |session: &Self| {
            let timer = session.model.timer.as_ref();
            let told = timer.map(|timer| (timer.phase, timer.seconds(), timer.asleep()));
            (told, session.model.notice.clone())
        };
        if self.model.timer.as_ref().is_none_or(|timer| timer.next_beat().is_none()) {
            return;
        }
        let (before, was_changed) = (shown(self), self.is_changed);
        self.take(Message::Beat { at: self.hands.clock.now().at });
        self.is_changed = was_changed || shown(self) != before;
    }

    /// Writes how far the session has come, before the process may be stopped for good.
    pub fn keep_timer(&mut self) {
        self.beat();
        if let Some(session) = self.model.running_session() {
            self.keep_running(&session);
        }
    }

    /// Writes how far the session has come. That this fails is said once: the timer goes on, and the
    /// session is kept when it ends.
    pub(super) fn keep_running(&mut self, running: &domain::session::Session) {
        let failed = self.hands.keep_running(running);
        let unkept = failed.is_some().then_some(running.id);
        let is_known = std::mem::replace(&mut self.unkept, unkept) == unkept;
        if let Some(message) = failed.filter(|_| !is_known) {
            self.take(message);
        }
    }

    /// Keeps what a crash cut short.
    pub(super) fn recover(&mut self) {
        if self.hands.store.is_read_only() {
            return;
        }
        if let Some(message) = self.hands.cut_short() {
            self.take(message);
        }
    }

    /// Ends a session that is under way, so that it is kept.
    pub(super) fn end_timer(&mut self) {
        // A countdown that would end only now was not waited for.
        if self.model.running_session().is_some() {
            self.beat();
        }
        self.take(Message::Closing);
    }
}
