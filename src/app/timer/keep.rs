//! What becomes of a session: it is kept when it ends, and found again after a crash.
//!
//! Owns when there is nothing left to keep, and what is said. Must not know who writes it.

use super::{On, Phase, Timer};
use crate::{
    app::{Action, Effect, Model, Overlay, Tone},
    domain::{
        change::{Applied, Change},
        session::{Session, duration},
        text,
    },
};

impl Model {
    /// Ends the session and keeps what was done; a countdown or a question is let go.
    pub(in crate::app) fn stop_session(&mut self) -> Vec<Effect> {
        let Some(timer) = self.timer.take() else {
            return Vec::new();
        };
        if matches!(self.overlay, Some(Overlay::Timer)) {
            self.overlay = None;
        }
        let Some(session) = timer.session() else {
            if timer.phase == Phase::Going {
                self.say(Tone::Plain, "That was less than a second; nothing was kept.");
            }
            return Vec::new();
        };
        match self.with_what_is_left(session.clone()) {
            Some(session) => vec![Effect::Apply(Change::SessionPut { session })],
            None => self.let_go(&session),
        }
    }

    /// Sessions whose process ended without ending them are kept now, as one change.
    pub(in crate::app) fn recover(&mut self, sessions: Vec<Session>) -> Vec<Effect> {
        let (mut effects, mut changes) = (Vec::new(), Vec::new());
        for session in sessions {
            match self.with_what_is_left(session.clone()) {
                Some(session) => changes.push(Change::SessionPut { session }),
                None => effects.extend(self.let_go(&session)),
            }
        }
        let change = match changes.len() {
            0 => return effects,
            1 => changes.remove(0),
            count => {
                Change::Together { what: format!("{count} sessions that were cut short"), changes }
            }
        };
        self.recovering = Some(change.clone());
        effects.push(Effect::Apply(change));
        effects
    }

    /// Without what was deleted in the meantime; `None` when nothing is left to count for.
    fn with_what_is_left(&self, session: Session) -> Option<Session> {
        let left = Session {
            habit: session.habit.filter(|id| self.workspace.habit(*id).is_some()),
            project: session.project.filter(|id| self.workspace.project(*id).is_some()),
            ..session
        };
        let has_subject = left.subjects().next().is_some();
        has_subject.then_some(left)
    }

    fn let_go(&mut self, session: &Session) -> Vec<Effect> {
        let length = duration(session.seconds.into());
        let text = format!("{length} could not be kept: what they were on was deleted meanwhile.");
        self.say(Tone::Plain, text);
        vec![Effect::ForgetRunning(session.id)]
    }

    /// Says that a session is on the disk; tells whether the change was one.
    pub(in crate::app) fn say_kept(&mut self, applied: &Applied) -> bool {
        let is_recovered = self.recovering.take_if(|own| *own == applied.change).is_some();
        let said = match &applied.change {
            Change::SessionPut { session } => {
                let length = duration(session.seconds.into());
                let title = self.title_of(&On::of(session));
                let how = if is_recovered { " from a session that was cut short" } else { "" };
                let title = text::clip(&title, 40);
                format!("Kept {length} on {title}{how}.{}", self.way_back())
            }
            Change::Together { what, .. } if is_recovered => {
                format!("Kept {what}.{}", self.hints([(Action::Undo, "takes them back")]))
            }
            _ => return false,
        };
        self.say(Tone::Good, said);
        true
    }

    /// The session under way, as it would be kept; `None` when none is, or none worth keeping.
    pub fn running_session(&self) -> Option<Session> {
        self.timer.as_ref().and_then(Timer::session)
    }
}
