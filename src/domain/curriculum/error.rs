//! What can be wrong with a curriculum file, in words that name the entry and the way out.
//!
//! Owns the messages. Must not know how a fault is found. The build script compiles this file too.

use thiserror::Error;

use super::text::{self, TextError};

/// The first fault of a curriculum file and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct CurriculumError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
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
    /// Not TOML, a key that does not exist, or one that is missing: the parser's own words.
    #[error("{0}; compare the entry with the comment at the top of the shipped curriculum")]
    Form(String),
    /// Written for another version of the format.
    #[error("schema_version is {0}, and this inch reads version 1; update inch or write 1")]
    Version(i64),
    /// An id or a `choose_one` with other characters.
    #[error(
        "{0} is not an id; use lowercase letters, digits and single hyphens, up to 64, such as \
         'linear-regression'"
    )]
    Slug(String),
    /// A topic's id that the app could give to a topic of the person's own.
    #[error("topic {0}: 'own-' is kept for topics added in the app; choose another id")]
    OwnPrefix(String),
    /// An id that another entry of any level has.
    #[error("{level} {id}: line {first} has the same id; give one of them another id")]
    Twice {
        /// The later entry's level.
        level: Level,
        /// The id.
        id: String,
        /// The line of the earlier entry.
        first: usize,
    },
    /// An entry that stands in something that does not exist.
    #[error(
        "{level} {id} stands in {parent} {name}, which this file does not have; correct the name \
         or add [[{parent}]]"
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
    #[error(
        "topic {topic} needs {prerequisite}, which is no topic of this file; correct the id or \
         take it out"
    )]
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
    /// A topic that needs itself.
    #[error("topic {0} has itself as a prerequisite; take it out")]
    Itself(String),
    /// Topics that need each other: the cycle with the first id again at its end.
    #[error("these topics need each other in a circle: {0}; take one of these prerequisites out")]
    Circle(String),
    /// A title or a check that is empty, too long or unsafe.
    #[error("{level} {id}: {error}; write one line of 1 to 200 characters")]
    Text {
        /// The entry's level.
        level: Level,
        /// The entry.
        id: String,
        /// What is wrong with it.
        error: TextError,
    },
    /// A resource whose address is not one.
    #[error("topic {topic}: {error}")]
    Link {
        /// The topic.
        topic: String,
        /// What is wrong with it and what is accepted.
        error: TextError,
    },
    /// A resource of no known type.
    #[error(
        "topic {topic}: {word} is no type of resource; use course, interactive, video, book, \
         article, docs or paper"
    )]
    Kind {
        /// The topic.
        topic: String,
        /// The word.
        word: String,
    },
}
