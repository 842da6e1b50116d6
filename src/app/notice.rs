//! What the footer says until the next key, and what stays wrong longer than that.
//!
//! Owns a message and how it is meant, and the words for what stays wrong. Must not know when it is
//! said.

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something went as asked.
    Good,
    /// Something to know.
    Plain,
    /// Something was not done.
    Bad,
}

/// A message in the footer, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// One sentence or two.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// What stays wrong: the header names the worst, the help tells them all whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// The file was found not to be whole.
    Damaged,
    /// Nothing can be saved.
    ReadOnly,
    /// No backup could be made.
    NoBackup,
    /// A curriculum file can't be used.
    LeftOut,
}

impl Trouble {
    /// In the header.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::ReadOnly => "read only",
            Self::NoBackup => "no backup",
            Self::LeftOut => "file left out",
        }
    }
}
