//! The curriculum: areas, modules and topics, what each needs, and how far a person is with them.
//!
//! Owns the definitions' form and the roll-up figures. Must not know where states are stored.

use super::{
    ids::TopicId,
    topic::{OwnTopic, TopicState},
};

/// What kind of thing a resource is. The order is the order of learning: course first, papers later.
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
    /// Added by the person.
    pub is_own: bool,
}

/// Areas, modules and topics, each in its order; modules are grouped by area, topics by module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curriculum {
    /// Top level.
    pub areas: Vec<Area>,
    /// Middle level.
    pub modules: Vec<Module>,
    /// Smallest level.
    pub topics: Vec<Topic>,
}

/// How much of some topics is mastered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Mastered, a `choose_one` group once.
    pub mastered: usize,
    /// All but skipped ones, a `choose_one` group once.
    pub counted: usize,
}

/// Why a topic is the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is under way.
    UnderWay,
    /// It is ready, and this many topics need it.
    Opens(usize),
}

impl Curriculum {
    /// The curriculum that inch ships.
    pub fn shipped() -> Self {
        unimplemented!()
    }

    /// This one with the person's own topics, each at the end of its module.
    #[must_use]
    pub fn with_own<'a>(&self, _own: impl IntoIterator<Item = &'a OwnTopic>) -> Self {
        unimplemented!()
    }

    /// A topic by its slug.
    pub fn topic(&self, _id: &TopicId) -> Option<&Topic> {
        unimplemented!()
    }

    /// The topics of a module, in order.
    pub fn topics_in<'a>(&'a self, _module: &'a str) -> impl Iterator<Item = &'a Topic> {
        std::iter::empty()
    }

    /// The modules of an area, in order.
    pub fn modules_in<'a>(&'a self, _area: &'a str) -> impl Iterator<Item = &'a Module> {
        std::iter::empty()
    }

    /// Every topic that has this one as a prerequisite.
    pub fn opens<'a>(&'a self, _id: &'a TopicId) -> impl Iterator<Item = &'a Topic> {
        std::iter::empty()
    }

    /// Whether every prerequisite is mastered or skipped.
    pub fn is_ready(&self, _topic: &Topic, _state: impl Fn(&TopicId) -> TopicState) -> bool {
        unimplemented!()
    }

    /// One topic to go on with: one under way first, else the ready one that opens most.
    pub fn next(&self, _state: impl Fn(&TopicId) -> TopicState) -> Option<(&Topic, Why)> {
        unimplemented!()
    }
}

/// mastered ÷ (topics − skipped); topics that share a `choose_one` count once, mastered if any is.
pub fn progress<'a>(
    _topics: impl IntoIterator<Item = &'a Topic>,
    _state: impl Fn(&TopicId) -> TopicState,
) -> Progress {
    unimplemented!()
}
