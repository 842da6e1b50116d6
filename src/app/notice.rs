//! What the footer says until the next key.
//!
//! Owns a message and how it is meant. Must not know when it is said.

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
