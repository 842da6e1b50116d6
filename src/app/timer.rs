//! The timer: ten seconds that count down, and the session that may grow from them.
//!
//! Owns what is timed, how far it has come and which time counts. `act` owns what keys and the time
//! do with it. Must not know the clock: every moment comes in, and one may come late, twice or
//! earlier than the one before.

mod act;
mod keep;
mod subject;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

pub use subject::HandyLink;

use crate::domain::{
    ids::{HabitId, ProjectId, SessionId, TopicId},
    session::{LONGEST, Session},
};

/// A longer time between two beats was not spent at the screen: the machine slept, or the process
/// was stopped. Whether it counts is asked.
const LONGEST_GAP: TimeDelta = TimeDelta::seconds(60);
/// A countdown is ten seconds at the screen: it stands still while nobody can see it.
const LONGEST_BLINK: TimeDelta = TimeDelta::seconds(3);
/// A session is written again after so many seconds: what a crash can take at most.
const KEEP_EVERY: i64 = 5;
/// Less is no session.
const SHORTEST: TimeDelta = TimeDelta::seconds(1);

/// How far the timer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The tiny version counts down.
    Countdown {
        /// From so many seconds.
        seconds: u8,
    },
    /// The tiny version is done, and nothing counts: keep going?
    Asking,
    /// A session counts up.
    Going,
}

/// What a session counts for; at least one is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct On {
    /// The habit that it grew from.
    pub habit: Option<HabitId>,
    /// The topic; a habit's is read when the session begins.
    pub topic: Option<TopicId>,
    /// The project.
    pub project: Option<ProjectId>,
}

impl On {
    fn of(session: &Session) -> Self {
        let Session { habit, topic, project, .. } = session.clone();
        Self { habit, topic, project }
    }
}

/// One run of the timer, from its start until it is stopped.
#[derive(Debug, Clone)]
pub struct Timer {
    /// What it counts for.
    pub on: On,
    /// The day that was shown at the start: what is ticked and where the minutes go, also after
    /// midnight.
    pub day: NaiveDate,
    /// How far it is.
    pub phase: Phase,
    /// The place of the selected link among those at hand.
    pub link: usize,
    id: SessionId,
    started_at: Option<DateTime<FixedOffset>>,
    /// The newest moment that was told; none while nothing counts.
    last: Option<DateTime<FixedOffset>>,
    elapsed: TimeDelta,
    /// How much of it was written.
    kept: TimeDelta,
    /// A gap that nobody has decided upon yet.
    asleep: TimeDelta,
}

impl Timer {
    fn new(id: SessionId, on: On, day: NaiveDate, phase: Phase) -> Self {
        Self {
            on,
            day,
            phase,
            link: 0,
            id,
            started_at: None,
            last: None,
            elapsed: TimeDelta::zero(),
            kept: TimeDelta::zero(),
            asleep: TimeDelta::zero(),
        }
    }

    /// Whole seconds that count so far, the tiny start included; at most [`LONGEST`].
    pub fn seconds(&self) -> u32 {
        u32::try_from(self.elapsed.num_seconds()).unwrap_or(LONGEST).min(LONGEST)
    }

    /// Whole seconds that the countdown still has; 0 once it is over.
    pub fn seconds_left(&self) -> u32 {
        match self.phase {
            Phase::Countdown { seconds } => u32::from(seconds).saturating_sub(self.seconds()),
            Phase::Asking | Phase::Going => 0,
        }
    }

    /// How long the machine slept, when it is to be asked whether that counts.
    pub fn asleep(&self) -> Option<TimeDelta> {
        (self.asleep > TimeDelta::zero()).then_some(self.asleep)
    }

    /// When the time shown changes next; `None` while nothing counts.
    pub fn next_beat(&self) -> Option<DateTime<FixedOffset>> {
        let into_second = TimeDelta::nanoseconds(self.elapsed.subsec_nanos().into());
        self.last?.checked_add_signed(TimeDelta::seconds(1) - into_second)
    }

    /// Takes in the time. A clock that was set back counts nothing.
    fn beat(&mut self, at: DateTime<FixedOffset>) {
        self.started_at.get_or_insert(at);
        let gap = self.last.replace(at).map_or(TimeDelta::zero(), |last| at - last);
        let longest = match self.phase {
            Phase::Countdown { .. } => LONGEST_BLINK,
            Phase::Asking | Phase::Going => LONGEST_GAP,
        };
        if gap <= longest {
            self.elapsed += gap.max(TimeDelta::zero());
        } else if self.phase == Phase::Going {
            self.asleep += gap;
        }
    }

    /// The countdown is over: what came after its end is not part of it.
    fn ask(&mut self) {
        if let Phase::Countdown { seconds } = self.phase {
            self.elapsed = self.elapsed.min(TimeDelta::seconds(seconds.into()));
        }
        self.phase = Phase::Asking;
        self.last = None;
    }

    /// Decides on the sleep.
    fn decide(&mut self, does_count: bool) {
        let asleep = std::mem::take(&mut self.asleep);
        if does_count {
            self.elapsed += asleep;
        }
    }

    /// The session so far; `None` while it is too short to be one.
    fn session(&self) -> Option<Session> {
        let is_session = self.phase == Phase::Going && self.elapsed >= SHORTEST;
        let On { habit, topic, project } = self.on.clone();
        let started_at = self.started_at.filter(|_| is_session)?;
        let (id, day, seconds) = (self.id, self.day, self.seconds());
        Some(Session { id, habit, topic, project, day, started_at, seconds })
    }

    /// The session so far, when it is time to write it again.
    fn due_to_keep(&mut self) -> Option<Session> {
        let is_first = self.kept == TimeDelta::zero() && self.elapsed >= SHORTEST;
        // Beats come a little late: seconds are compared as they are shown.
        let since = self.elapsed.num_seconds() - self.kept.num_seconds();
        let session = self.session().filter(|_| is_first || since >= KEEP_EVERY)?;
        self.kept = self.elapsed;
        Some(session)
    }
}

#[cfg(test)]
mod tests;
