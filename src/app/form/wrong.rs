//! What can't be saved in a form, and where it is mended.
//!
//! Must not know what is accepted: each form's own file does.

use super::Name;

/// What can't be saved, and the field to mend it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Where.
    pub field: Name,
    /// What, and what is accepted.
    pub text: String,
}

impl Wrong {
    /// Says what is wrong with a field.
    pub fn new(field: Name, text: impl Into<String>) -> Self {
        Self { field, text: text.into() }
    }
}
