//! What can be wrong with a curriculum file, in words that name the entry and the way out.
//!
//! Owns the messages. Must not know how a fault is found. The build script compiles this file too.

use thiserror::Error;
use toml::Spanned;

use super::text::{self, TextError};

/// A fault of a curriculum file and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct CurriculumError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// A fault and the byte of the text where it begins.
pub(super) struct Misfit {
    pub(super) offset: usize,
    pub(super) fault: Fault,
}

impl Misfit {
    pub(super) fn at<T>(place: &Spanned<T>, fault: Fault) -> Self {
        Self { offset: place.span().start, fault }
    }
}

/// The three levels, as the file names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// `[[area]]`
    Area,
    /// `[[module]]`
    Module,
    /// `[[topic]]`
    Topic,
}

impl Level {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Module => "module",
            Self::Topic => "topic",
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// A word from the file, made safe and short enough for a message.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text::clip(&text::shown(text), 60))
}

/// What is wrong with a curriculum file. Words from the file are quoted, safe and short.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// Not TOML: the parser's own words.
    #[error("this is not TOML: {0}; compare with what `inch curriculum template` prints")]
    Form(String),
    /// Written for another version of the format.
    #[error("schema_version is {0}, and this inch reads version 1; update inch or write 1")]
    Version(String),
    /// The version is not said.
    #[error("the file doesn't say its version; write schema_version = 1 at its top")]
    NoVersion,
    /// Something else than entries.
    #[error("{0} is not a list of entries; begin each entry with [[{0}]]")]
    NoList(Level),
    /// An entry without an id.
    #[error("this {0} has no id; give it one, such as id = \"linear-regression\"")]
    NoId(Level),
    /// A key that is not read.
    #[error("{who}: there is no key {key}; use {known}")]
    Key {
        /// Which entry.
        who: String,
        /// The key.
        key: String,
        /// Those that are read.
        known: String,
    },
    /// A value of another type.
    #[error("{who}: {key} is {wanted}, not a value of type {found}; write it so")]
    Type {
        /// Which entry.
        who: String,
        /// The key.
        key: &'static str,
        /// What is read.
        wanted: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// Something that an entry needs and doesn't say.
    #[error("{who} needs {keys}; add that, or correct the id if you meant one that is there")]
    Missing {
        /// Which entry.
        who: String,
        /// What it lacks.
        keys: String,
    },
    /// An id or a `choose_one` with other characters.
    #[error(
        "{0} is not an id; use lowercase letters, digits and single hyphens, up to 64, such as \
         'linear-regression'"
    )]
    Slug(String),
    /// A topic's id that the app could give to a topic of the person's own.
    #[error("topic {0}: 'own-' is kept for topics added in the app; choose another id")]
    OwnPrefix(String),
    /// An id that another entry of the file has.
    #[error("{level} {id}: line {first} has the same id; give one of them another id")]
    Twice {
        /// The later entry's level.
        level: Level,
        /// The id.
        id: String,
        /// The line of the earlier entry.
        first: usize,
    },
    /// An id that an entry of another level has already.
    #[error("{level} {id}: there is a {other} with this id already; give it another id")]
    Taken {
        /// The entry's level.
        level: Level,
        /// The id.
        id: String,
        /// The level of the one that is there.
        other: Level,
    },
    /// An id that a topic had once that goes by another now.
    #[error(
        "topic {id}: topic {heir} had this id once, and ids are not used again; choose another id"
    )]
    Reused {
        /// The id.
        id: String,
        /// Who had it.
        heir: String,
    },
    /// An entry that stands in something that does not exist.
    #[error(
        "{level} {id} stands in {parent} {name}, which is not there; correct the name or add \
         [[{parent}]]"
    )]
    Nowhere {
        /// The entry's level.
        level: Level,
        /// The entry.
        id: String,
        /// The level above.
        parent: Level,
        /// The name that is not there.
        name: String,
    },
    /// A prerequisite that does not exist.
    #[error("topic {topic} needs {prerequisite}, which is no topic; correct the id or take it out")]
    Prerequisite {
        /// The topic.
        topic: String,
        /// The id that is not there.
        prerequisite: String,
    },
    /// A prerequisite that is named twice.
    #[error("topic {topic} names the prerequisite {prerequisite} twice; take one out")]
    Repeated {
        /// The topic.
        topic: String,
        /// The id.
        prerequisite: String,
    },
    /// A topic that needs, or replaces, itself.
    #[error("topic {topic} names itself in {key}; take it out")]
    Itself {
        /// The topic.
        topic: String,
        /// Where.
        key: &'static str,
    },
    /// A topic that replaces another one of the same file.
    #[error("topic {topic} replaces {old}, which this file still has; take one of the two out")]
    StillHere {
        /// The topic.
        topic: String,
        /// The one that it replaces.
        old: String,
    },
    /// A topic that is replaced twice.
    #[error(
        "topic {topic} replaces {old}, and so does {other}; what was done with it can go to one \
         of them only: take it out of the other"
    )]
    ReplacedTwice {
        /// The topic.
        topic: String,
        /// The one that it replaces.
        old: String,
        /// The other one.
        other: String,
    },
    /// Topics that need each other: the cycle with the first id again at its end.
    #[error("these topics need each other in a circle: {0}; take one of these prerequisites out")]
    Circle(String),
    /// More topics than can be shown.
    #[error("there would be {0} topics, and at most 10,000 can be shown; leave some out")]
    TooMany(usize),
    /// A title or a check that is empty, too long or unsafe.
    #[error("{who}: {error}; write one line of 1 to 200 characters")]
    Text {
        /// Which entry.
        who: String,
        /// What is wrong with it.
        error: TextError,
    },
    /// A resource whose address is not one.
    #[error("{who}: {error}")]
    Link {
        /// Which entry.
        who: String,
        /// What is wrong with it and what is accepted.
        error: TextError,
    },
    /// A resource of no known type.
    #[error(
        "{who}: {word} is no type of resource; use course, interactive, video, book, article, \
         docs or paper"
    )]
    Kind {
        /// Which entry.
        who: String,
        /// The word.
        word: String,
    },
}
