//! What is stored, one enum over the entities: the unit of changing, undoing and sharing.
//!
//! Owns keys, records and images (a key with what stands there, or nothing). Must not know tables.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    annotation::Annotation,
    habit::{CheckIn, Habit},
    ids::{HabitId, ProjectId, SessionId, TopicId},
    project::Project,
    review::Review,
    session::Session,
    topic::{OwnTopic, TopicProgress},
};

/// Names one record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// A habit with its versions.
    Habit(HabitId),
    /// A habit's day.
    CheckIn(HabitId, NaiveDate),
    /// A topic's progress.
    Topic(TopicId),
    /// A topic of one's own.
    OwnTopic(TopicId),
    /// A project with its links, topics and dates.
    Project(ProjectId),
    /// A session that ended.
    Session(SessionId),
    /// What is written beside a topic.
    Annotation(TopicId),
    /// When a topic comes back.
    Review(TopicId),
    /// What all is learned for.
    Goal,
}

/// What stands at a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// See [`Habit`].
    Habit(Habit),
    /// See [`CheckIn`].
    CheckIn(CheckIn),
    /// See [`TopicProgress`].
    Topic(TopicProgress),
    /// See [`OwnTopic`].
    OwnTopic(OwnTopic),
    /// See [`Project`]. Apart, for it is three times as large as any other: an import holds millions.
    Project(Box<Project>),
    /// See [`Session`].
    Session(Session),
    /// See [`Annotation`].
    Annotation(Annotation),
    /// See [`Review`].
    Review(Review),
    /// What all is learned for; not empty.
    Goal(String),
}

impl Record {
    /// Where it stands.
    pub fn key(&self) -> Key {
        match self {
            Self::Habit(habit) => Key::Habit(habit.id),
            Self::CheckIn(check_in) => Key::CheckIn(check_in.habit, check_in.day),
            Self::Topic(progress) => Key::Topic(progress.topic.clone()),
            Self::OwnTopic(topic) => Key::OwnTopic(topic.id.clone()),
            Self::Project(project) => Key::Project(project.id),
            Self::Session(session) => Key::Session(session.id),
            Self::Annotation(annotation) => Key::Annotation(annotation.topic.clone()),
            Self::Review(review) => Key::Review(review.topic.clone()),
            Self::Goal(_) => Key::Goal,
        }
    }

    /// Whether it is only there for undo.
    pub fn is_deleted(&self) -> bool {
        match self {
            Self::Habit(habit) => habit.is_deleted,
            Self::OwnTopic(topic) => topic.is_deleted,
            Self::Project(project) => project.is_deleted,
            _ => false,
        }
    }
}

/// A key and what stands there: `None` when nothing does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Which record.
    pub key: Key,
    /// The record.
    pub record: Option<Record>,
}
