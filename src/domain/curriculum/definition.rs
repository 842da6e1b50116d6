//! What a curriculum is made of.
//!
//! Owns the form of areas, modules, topics and resources. Must not know how they are written down
//! or how far a person is. The build script compiles this file too.

use super::ids::TopicId;

/// What kind of thing a resource is. The order is the order of learning: course first, papers
/// later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResourceKind {
    /// course
    Course,
    /// interactive
    Interactive,
    /// video
    Video,
    /// book
    Book,
    /// article
    Article,
    /// docs
    Docs,
    /// paper
    Paper,
}

impl ResourceKind {
    /// Every kind, in the order of learning.
    pub const ALL: [Self; 7] = [
        Self::Course,
        Self::Interactive,
        Self::Video,
        Self::Book,
        Self::Article,
        Self::Docs,
        Self::Paper,
    ];

    /// The word in the file and on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Interactive => "interactive",
            Self::Video => "video",
            Self::Book => "book",
            Self::Article => "article",
            Self::Docs => "docs",
            Self::Paper => "paper",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| word == kind.word())
    }
}

/// A titled, typed link of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its title.
    pub title: String,
    /// Who made it; may be empty.
    pub by: String,
    /// What it is.
    pub kind: ResourceKind,
    /// A checked address.
    pub url: String,
}

/// The top level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its slug.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// The middle level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its slug.
    pub id: String,
    /// The area it stands in.
    pub area: String,
    /// Its title.
    pub title: String,
}

/// The smallest level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its slug, never reused.
    pub id: TopicId,
    /// The module it stands in.
    pub module: String,
    /// Its title.
    pub title: String,
    /// "You can …".
    pub check: String,
    /// Advice on what comes before; never a lock.
    pub prerequisites: Vec<TopicId>,
    /// Topics that share this count once.
    pub choose_one: Option<String>,
    /// Sorted by kind, course first.
    pub resources: Vec<Resource>,
    /// Ids of topics that it took the place of: what was done with those was done with it.
    pub replaces: Vec<TopicId>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a topic comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// A curriculum file, shipped or the person's own.
    #[default]
    File,
    /// Added in the app, one by one.
    Own,
    /// It was in a curriculum once; only what was done with it is left.
    Retired,
}

/// The three levels of one curriculum, each in the order of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Definitions {
    /// Top level.
    pub areas: Vec<Area>,
    /// Middle level.
    pub modules: Vec<Module>,
    /// Smallest level.
    pub topics: Vec<Topic>,
}
