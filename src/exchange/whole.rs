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

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::error::Category;

pub use self::{
    form::Document,
    plan::{Added, Kept, Plan},
};
use super::{ImportError, Input, json::check_nesting};
use crate::domain::{fault::Fault, text, workspace::Everything};

/// What the document calls itself.
pub const FORMAT: &str = "inch";

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

/// Reads a document. What the parts say is checked by the plan.
pub fn read(input: &Input) -> Result<Document, ImportError> {
    let (file, source) = (&input.name, input.text()?);
    check_nesting(source, file)?;
    let fail = |what: String, next| ImportError::File {
        file: file.to_owned(),
        what,
        next,
        fault: Fault::Data,
    };
    let wrong = |error: serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        let place = format!(" at line {line} column {column}");
        let said = error.to_string();
        let said = text::clip(&text::shown(said.strip_suffix(&place).unwrap_or(&said)), 300);
        let what = format!("can't be read in line {line}, column {column}: {said}");
        let next = match error.classify() {
            Category::Eof => "It ends too early; copy or export it again",
            _ => "Mend that place and import again",
        };
        fail(what, next)
    };
    let head: Head = serde_json::from_str(source).map_err(wrong)?;
    if head.format.as_deref() != Some(FORMAT) {
        let what = "is no export of inch: \"format\": \"inch\" is not in it".to_owned();
        return Err(fail(what, "Name the right file, or say with --from what wrote it"));
    }
    match head.version {
        Some(version) if version == u64::from(VERSION) => {}
        Some(version) if version > u64::from(VERSION) => {
            let what = format!(
                "was written by a newer inch, in version {version}; this one reads version {VERSION}"
            );
            return Err(fail(what, "Update inch and import again"));
        }
        _ => {
            let what = format!("has no \"version\" that inch knows; it reads version {VERSION}");
            return Err(fail(what, "Export it again"));
        }
    }
    let document: Document = serde_json::from_str(source).map_err(wrong)?;
    match twice(&document) {
        Some(what) => Err(fail(what, "Leave one of the two out and import again")),
        None => Ok(document),
    }
}

/// What stands twice in a document, as the rest of a sentence.
fn twice(document: &Document) -> Option<String> {
    fn first<T: Ord>(mut ids: impl Iterator<Item = T>) -> Option<T> {
        let mut seen = BTreeSet::new();
        ids.find_map(|id| seen.replace(id))
    }
    let Document { habits, own_topics, topics, projects, sessions, .. } = document;
    let slug = |slug: &String| text::clip(&text::shown(slug), 60);
    let of_habits = habits.iter().find_map(|habit| {
        let day = first(habit.check_ins.iter().map(|check_in| check_in.day))?;
        Some(format!("the day {day} of {}", slug(&habit.name)))
    });
    let found = [
        first(habits.iter().map(|habit| habit.id)).map(|id| format!("the habit {id}")),
        of_habits,
        first(own_topics.iter().map(|topic| &topic.id.0))
            .map(|id| format!("the topic {}", slug(id))),
        first(topics.iter().map(|topic| &topic.id.0)).map(|id| format!("the topic {}", slug(id))),
        first(projects.iter().map(|project| project.id)).map(|id| format!("the project {id}")),
        first(sessions.iter().map(|session| session.id)).map(|id| format!("the session {id}")),
    ];
    let found = found.into_iter().flatten().next()?;
    Some(format!("has {found} twice"))
}
