//! What a person writes beside a topic of the curriculum: how much it is wanted, notes, links.
//!
//! Owns these. Must not know the topic itself, which may stand in a file.

use serde::{Deserialize, Serialize};

use super::ids::TopicId;

/// How much a topic is wanted for the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Want {
    /// The goal can't be reached without it.
    Needed,
    /// It helps.
    Nice,
    /// For its own sake.
    Curious,
}

impl Want {
    /// Every mark, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Needed, Self::Nice, Self::Curious];

    /// The word in the file and on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::Nice => "nice",
            Self::Curious => "curious",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|want| want.word() == text)
    }
}

/// A link of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLink {
    /// What it is; may be empty.
    pub title: String,
    /// A checked address.
    pub url: String,
}

/// All that was written beside one topic. No row means nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// Which topic.
    pub topic: TopicId,
    /// How much it is wanted.
    pub want: Option<Want>,
    /// At most 16 KiB.
    pub notes: String,
    /// In the person's order.
    pub links: Vec<OwnLink>,
    /// The addresses that were used, in the order of using them.
    pub used: Vec<String>,
}

impl Annotation {
    /// Nothing beside a topic yet.
    pub const fn new(topic: TopicId) -> Self {
        Self { topic, want: None, notes: String::new(), links: Vec::new(), used: Vec::new() }
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        let Self { topic: _, want, notes, links, used } = self;
        want.is_none() && notes.is_empty() && links.is_empty() && used.is_empty()
    }
}
