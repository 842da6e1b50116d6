//! What a change is made of, and which records it touches.
//!
//! Owns these lists. Must not know what happens to the records.

use chrono::NaiveDate;

use super::Change;
use crate::domain::{
    record::{Key, Record},
    session::Session,
    topic::TopicState,
};

impl Change {
    /// The changes that it is made of: itself, or those that are made together.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Together { changes, .. } => changes,
            other => std::slice::from_ref(other),
        }
    }

    /// Every record it reads or writes.
    pub fn keys(&self) -> Vec<Key> {
        match self {
            Self::HabitAdd { habit, .. }
            | Self::HabitRename { habit, .. }
            | Self::HabitLink { habit, .. }
            | Self::HabitSeconds { habit, .. }
            | Self::HabitReview { habit, .. }
            | Self::RecipeSet { habit, .. }
            | Self::ScheduleSet { habit, .. }
            | Self::HabitArchive { habit, .. }
            | Self::HabitUnarchive { habit, .. }
            | Self::HabitDelete { habit } => vec![Key::Habit(*habit)],
            Self::HabitsReorder { positions } => {
                positions.iter().map(|(habit, _)| Key::Habit(*habit)).collect()
            }
            Self::CheckInSet { habit, day, .. }
            | Self::CheckInNote { habit, day, .. }
            | Self::CheckInFill { habit, day, .. } => {
                vec![Key::Habit(*habit), Key::CheckIn(*habit, *day)]
            }
            Self::CheckInsFill { habit, days } => {
                let days = days.iter().map(|(day, ..)| Key::CheckIn(*habit, *day));
                std::iter::once(Key::Habit(*habit)).chain(days).collect()
            }
            Self::Fill { record, gone } => keys_of(record, gone),
            // What is mastered comes back.
            Self::TopicSet { topic, state: TopicState::Mastered, .. }
            | Self::TopicReview { topic, .. } => {
                vec![Key::Topic(topic.clone()), Key::Review(topic.clone())]
            }
            Self::TopicSet { topic, .. } | Self::TopicEvidence { topic, .. } => {
                vec![Key::Topic(topic.clone())]
            }
            Self::TopicAnnotate { topic, .. } | Self::ResourceUsed { topic, .. } => {
                vec![Key::Annotation(topic.clone())]
            }
            Self::TopicTakeOver { topic, from } => {
                let topics = from.iter().chain([topic]);
                topics
                    .flat_map(|id| {
                        [
                            Key::Topic(id.clone()),
                            Key::Annotation(id.clone()),
                            Key::Review(id.clone()),
                        ]
                    })
                    .collect()
            }
            Self::GoalSet { .. } => vec![Key::Goal],
            Self::OwnTopicPut { topic } => vec![Key::OwnTopic(topic.id.clone())],
            Self::OwnTopicDelete { topic } => vec![Key::OwnTopic(topic.clone())],
            Self::ProjectAdd { project, .. }
            | Self::ProjectEdit { project, .. }
            | Self::ProjectStatus { project, .. }
            | Self::ProjectScope { project, .. }
            | Self::ProjectDelete { project } => vec![Key::Project(*project)],
            Self::ProjectsReorder { positions } => {
                positions.iter().map(|(project, _)| Key::Project(*project)).collect()
            }
            Self::SessionPut { session } => keys_of_session(session),
            Self::Together { changes, .. } => {
                let mut keys: Vec<_> = changes.iter().flat_map(Self::keys).collect();
                keys.sort_unstable();
                keys.dedup();
                keys
            }
        }
    }
}

/// The record's own, and those of what it is about.
fn keys_of(record: &Record, gone: &[NaiveDate]) -> Vec<Key> {
    match record {
        Record::Habit(habit) => {
            let days = gone.iter().map(|day| Key::CheckIn(habit.id, *day));
            std::iter::once(record.key()).chain(days).collect()
        }
        Record::CheckIn(check_in) => vec![Key::Habit(check_in.habit), record.key()],
        Record::Session(session) => keys_of_session(session),
        _ => vec![record.key()],
    }
}

fn keys_of_session(session: &Session) -> Vec<Key> {
    let habit = session.habit.map(Key::Habit);
    let project = session.project.map(Key::Project);
    [habit, project, Some(Key::Session(session.id))].into_iter().flatten().collect()
}
