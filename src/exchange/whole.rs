//! Everything a file holds, as one JSON document: written so that it can be read back whole.
//!
//! Owns the way out and the way in; `form` owns the document. Must not know other formats.
//!
//! Exporting, importing that into an empty file and exporting again gives the same bytes. So the
//! document says nothing of when it was made, and its order is that of the lists. What is deleted
//! stays out: it is only there for undo.

mod form;
mod layout;
mod plan;

use serde::Deserialize;

use self::form::Document;
use super::{
    Ground, ImportError, Input, Plan,
    json::{self, check_nesting},
};
use crate::domain::{text, workspace::Everything};

/// What the document calls itself.
pub const FORMAT: &str = "inch";

/// What another file is, and what one that was begun as it should be.
const OTHER: &str = "is not an export of inch";
const UNREAD: &str = "can't be read as an export of inch";

/// The newest form that is read, and the one that is written.
pub const VERSION: u32 = 1;

/// Writes the document. Characters that could garble a terminal are escaped.
pub fn write(everything: &Everything) -> String {
    let json = layout::write(&Document::of(everything));
    text::escaped_json(&json).into_owned()
}

/// Whether a file begins as a document does. Only its first characters are looked at.
pub fn looks_so(input: &Input) -> bool {
    let head = String::from_utf8_lossy(input.head());
    let start: String = head
        .trim_start_matches('\u{feff}')
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(LOOK)
        .collect();
    start.starts_with('{') && start.contains("\"format\":\"inch\"")
}

/// How many characters are looked at, white space aside.
const LOOK: usize = 200;

/// What is looked at before anything else.
#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u64>,
}

/// Reads a document, and finds out what it would add.
pub fn plan(input: &Input, ground: Ground<'_>) -> Result<Plan, ImportError> {
    let document = read(input, ground.skips_bad)?;
    plan::of(&input.name, document, ground)
}

/// What the parts say is checked by the plan.
fn read(input: &Input, skips_bad: bool) -> Result<Document, ImportError> {
    let (file, source) = (&input.name, input.text()?);
    check_nesting(source, file)?;
    // What can't be read can't be told from what follows it.
    let unread = |error| match error {
        ImportError::File { file, what, fault, .. } if skips_bad => {
            let next = "--skip-bad can't leave that out; mend it and import again";
            ImportError::File { file, what, next, fault }
        }
        other => other,
    };
    let head: Head = json::read(source, OTHER, file).map_err(unread)?;
    let fail = |what: String, next| Err(ImportError::data(file, what, next));
    if head.format.as_deref() != Some(FORMAT) {
        let what = format!("{OTHER}: \"format\": \"inch\" is not in it");
        return fail(what, "Name the right file, or say with --from what wrote it");
    }
    match head.version {
        Some(version) if version == u64::from(VERSION) => {
            json::read(source, UNREAD, file).map_err(unread)
        }
        Some(version) if version > u64::from(VERSION) => fail(
            format!(
                "was written by a newer inch, in version {version}; this one reads version {VERSION}"
            ),
            "Update inch and import again",
        ),
        _ => fail(
            format!("has no \"version\" that inch knows; it reads version {VERSION}"),
            "Export it again",
        ),
    }
}
