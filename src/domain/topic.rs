//! A person's way through the curriculum: the state of each topic, and topics of their own.
//!
//! Owns the states and their order. Must not know the shipped curriculum, which is a file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::TopicId;

/// How far a person is with a topic.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum TopicState {
    /// Nothing yet.
    #[default]
    NotStarted,
    /// First steps.
    Learning,
    /// Using it.
    Practising,
    /// Can do what the mastery check says.
    Mastered,
    /// Not wanted; leaves the progress figures.
    Skipped,
}

impl TopicState {
    /// Every state, in the order of the menu.
    pub const ALL: [Self; 5] =
        [Self::NotStarted, Self::Learning, Self::Practising, Self::Mastered, Self::Skipped];

    /// The usual next state, if there is one.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::NotStarted | Self::Skipped => Some(Self::Learning),
            Self::Learning => Some(Self::Practising),
            Self::Practising => Some(Self::Mastered),
            Self::Mastered => None,
        }
    }

    /// The word on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::Learning => "learning",
            Self::Practising => "practising",
            Self::Mastered => "mastered",
            Self::Skipped => "skipped",
        }
    }

    /// The word in the file, in JSON and on the command line, where a space is a nuisance.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            _ => self.word(),
        }
    }

    /// Reads either word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| text == state.key() || text == state.word())
    }
}

/// Where a person stands with one topic. No row means not started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicProgress {
    /// Which topic.
    pub topic: TopicId,
    /// How far.
    pub state: TopicState,
    /// The day the state was last changed.
    pub changed_on: NaiveDate,
}

/// A topic that the person added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTopic {
    /// Its slug; starts with `own-`.
    pub id: TopicId,
    /// The module it stands in.
    pub module: String,
    /// At most 200 graphemes.
    pub title: String,
    /// The mastery check, "You can …"; may be empty.
    pub check: String,
    /// An address to learn it from.
    pub link: Option<String>,
    /// Deleted topics stay in the file, so that undo can bring them back.
    pub is_deleted: bool,
}
