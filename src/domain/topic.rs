//! A person's way through the curriculum: the state of each topic, and topics of their own.
//!
//! Owns the states and their order. Must not know the shipped curriculum, which is a file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    dated::{Dated, take_on},
    ids::TopicId,
};

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

/// The day a topic took on a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateChange {
    /// The logical date.
    pub on: NaiveDate,
    /// The state from then on.
    pub state: TopicState,
}

impl Dated for StateChange {
    fn on(&self) -> NaiveDate {
        self.on
    }

    fn begun_on(self, on: NaiveDate) -> Self {
        Self { on, ..self }
    }

    fn says_same(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

/// What shows that a topic is mastered, beside projects: they name the topics they prove.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// A sentence; may be empty.
    pub sentence: String,
    /// Where it can be seen.
    pub link: Option<String>,
}

impl Evidence {
    /// Whether it shows nothing.
    pub fn is_empty(&self) -> bool {
        self.sentence.is_empty() && self.link.is_none()
    }
}

/// Where a person stands with one topic. No row means not started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ProgressForm")]
pub struct TopicProgress {
    /// Which topic.
    pub topic: TopicId,
    /// How far: the newest entry of `history`.
    pub state: TopicState,
    /// Every state and its day, oldest first; never empty.
    pub history: Vec<StateChange>,
    /// What shows it.
    pub evidence: Evidence,
}

/// As journals have it: the first ones knew only the day of the last change.
#[derive(Deserialize)]
struct ProgressForm {
    topic: TopicId,
    state: TopicState,
    changed_on: Option<NaiveDate>,
    #[serde(default)]
    history: Vec<StateChange>,
    #[serde(default)]
    evidence: Evidence,
}

impl From<ProgressForm> for TopicProgress {
    fn from(form: ProgressForm) -> Self {
        let ProgressForm { topic, state, changed_on, mut history, evidence } = form;
        if history.is_empty() {
            history.extend(changed_on.map(|on| StateChange { on, state }));
        }
        Self { topic, state, history, evidence }
    }
}

impl TopicProgress {
    /// A topic in its first state since `on`.
    pub fn new(topic: TopicId, state: TopicState, on: NaiveDate) -> Self {
        let history = vec![StateChange { on, state }];
        Self { topic, state, history, evidence: Evidence::default() }
    }

    /// Takes on a state from `on`; the same one again changes nothing. Two changes on one day leave
    /// the later one only.
    pub fn set_state(&mut self, state: TopicState, on: NaiveDate) {
        if self.state != state {
            self.state = state;
            take_on(&mut self.history, StateChange { on, state });
        }
    }

    /// The day it last changed state.
    pub fn changed_on(&self) -> Option<NaiveDate> {
        self.history.last().map(|newest| newest.on)
    }

    /// Whether it says no more than that nothing was begun.
    pub fn is_blank(&self) -> bool {
        let is_not_started = |change: &StateChange| change.state == TopicState::NotStarted;
        self.history.iter().all(is_not_started) && self.evidence.is_empty()
    }
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
