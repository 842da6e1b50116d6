//! Sessions: timed stretches of study on a habit, a topic or a project.
//!
//! Owns what one is and what many come to. Must not know what measures the time.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::ids::{HabitId, ProjectId, SessionId, TopicId};

/// The longest session in seconds: a week, which only a mistake would be.
pub const LONGEST: u32 = 7 * 24 * 60 * 60;

/// One stretch of study. At least one of habit, topic and project is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its identity.
    pub id: SessionId,
    /// The habit whose tick it grew from.
    pub habit: Option<HabitId>,
    /// The topic that it counts for.
    pub topic: Option<TopicId>,
    /// The project that was worked on.
    pub project: Option<ProjectId>,
    /// The logical day that was shown when it began.
    pub day: NaiveDate,
    /// When it began.
    pub started_at: DateTime<FixedOffset>,
    /// How long it lasted, without the time in which it stood still; 1 to [`LONGEST`].
    pub seconds: u32,
}

impl Session {
    /// Everything that it counts for.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> {
        let habit = self.habit.map(Subject::Habit);
        let topic = self.topic.clone().map(Subject::Topic);
        let project = self.project.map(Subject::Project);
        [habit, topic, project].into_iter().flatten()
    }
}

/// What sessions count for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A habit.
    Habit(HabitId),
    /// A topic of the curriculum.
    Topic(TopicId),
    /// A project.
    Project(ProjectId),
}

/// What all sessions on one subject come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Studied {
    /// In all.
    pub seconds: u64,
    /// How many there were.
    pub sessions: u32,
}

impl Studied {
    /// In words: "4 h 10 m in 12 sessions"; `None` when there were none.
    pub fn words(&self) -> Option<String> {
        let noun = if self.sessions == 1 { "session" } else { "sessions" };
        let words = || format!("{} in {} {noun}", duration(self.seconds), self.sessions);
        (self.sessions > 0).then(words)
    }
}

/// A length of time for people: "40 s", "12 m", "4 h 10 m".
pub fn duration(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes} m"),
        (_, 0) => format!("{hours} h"),
        _ => format!("{hours} h {minutes} m"),
    }
}

/// A length of time in at most six cells: `12 m`, `4.2 h`, `127 h`.
pub fn brief(seconds: u64) -> String {
    let tenths = (seconds + 180) / 360;
    match seconds {
        0 => String::new(),
        1..3_600 => duration(seconds),
        3_600..359_820 => format!("{}.{} h", tenths / 10, tenths % 10),
        _ => format!("{} h", seconds / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_whole_minutes_but_for_the_shortest() {
        let said = [0, 59, 60, 719, 3_600, 15_000].map(duration);
        assert_eq!(said, ["0 s", "59 s", "1 m", "11 m", "1 h", "4 h 10 m"]);
    }

    #[test]
    fn what_was_studied_is_said_with_its_number_of_sessions() {
        let said = |seconds, sessions| Studied { seconds, sessions }.words();
        assert_eq!(said(0, 0), None);
        assert_eq!(said(720, 1).unwrap(), "12 m in 1 session");
        assert_eq!(said(15_000, 12).unwrap(), "4 h 10 m in 12 sessions");
    }

    #[test]
    fn in_brief_a_length_of_time_fits_six_cells() {
        for (seconds, said) in
            [(0, ""), (40, "40 s"), (720, "12 m"), (15_000, "4.2 h"), (3_599_999, "999 h")]
        {
            assert_eq!(brief(seconds), said);
            assert!(brief(seconds).len() <= 6);
        }
    }
}
