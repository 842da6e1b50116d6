//! A question before something that is hard to miss.
//!
//! Owns the question and what yes does. Must not know why it is asked.

use super::{Effect, Overlay};

/// Yes or no.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// What would happen.
    pub question: String,
    /// What it means for the data.
    pub consequence: String,
    /// What yes does; leaving a form asks with nothing to do.
    pub effect: Option<Effect>,
    /// What no goes back to.
    pub back: Option<Box<Overlay>>,
}
