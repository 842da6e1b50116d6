//! A habit as an input describes it, whatever the format.
//!
//! Owns the ids that habits of other programs have here, and what becomes of questions and
//! descriptions. Must not know what is here already.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::{schedule::Schedule, text};

/// Names habits of other programs in inch for good: the space of their version 5 ids.
const SPACE: Uuid = Uuid::from_u128(0x6f1d_5e3a_9c40_4b7e_8a52_1f0b_c3d6_7e94);

/// A habit as the input describes it.
#[derive(Debug, Clone)]
pub struct Described {
    /// Checked.
    pub name: String,
    /// How it is found here.
    pub identity: Identity,
    /// When it is to be done.
    pub schedule: Schedule,
    /// The day it ended, if it did.
    pub end: Option<End>,
    /// A checked line for the recipe; may be empty.
    pub behaviour: String,
    /// A checked text about it, which becomes the note of its first day; may be empty.
    pub about: String,
    /// Where it is described.
    pub place: String,
    /// The first and the last day that the input speaks of.
    pub span: Option<(NaiveDate, NaiveDate)>,
}

/// How a habit of the input is found here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Its name is what the person wrote: an id or a name.
    Typed,
    /// By an id that stays the same at every import, then by its name.
    Id(Uuid),
}

/// When a habit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// On the last day that the input speaks of.
    LastDay,
    /// On that day.
    On(NaiveDate),
}

impl Described {
    /// A daily habit of which nothing else is known. Another one of that name has a higher `nth`.
    pub fn new(format: &str, name: String, nth: usize, place: String) -> Self {
        let nth = if nth == 0 { String::new() } else { format!("\0{nth}") };
        let id = Uuid::new_v5(&SPACE, format!("{format}\0{name}{nth}").as_bytes());
        Self {
            name,
            identity: Identity::Id(id),
            schedule: Schedule::Daily,
            end: None,
            behaviour: String::new(),
            about: String::new(),
            place,
            span: None,
        }
    }

    /// Takes a question such as "Did you meditate?" and a description: the one for the recipe where
    /// it fits into "I will …", and all else for the note of the first day.
    pub fn tell(&mut self, question: &str, description: &str) -> Result<(), String> {
        let description = lines("the description", description)?;
        let question = lines("the question", question)?;
        let act = ["Did you ", "did you "].iter().find_map(|start| question.strip_prefix(start));
        let act = act.map(|act| act.trim_end_matches(['?', ' ']));
        self.behaviour =
            act.and_then(|act| text::line("the question", act).ok()).unwrap_or_default();
        let told = [if self.behaviour.is_empty() { question.as_str() } else { "" }, &description];
        let told: Vec<_> = told.into_iter().filter(|text| !text.is_empty()).collect();
        self.about = told.join("\n");
        Ok(())
    }
}

fn lines(what: &'static str, text: &str) -> Result<String, String> {
    // Half of a note's length: two of them become one note.
    text::lines(what, text, text::NOTE_BYTES / 4).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_become_recipes_where_they_fit_and_notes_where_not() {
        let mut habit = Described::new("loop", "Meditate".into(), 0, String::new());
        habit.tell("Did you meditate this morning?", "ten breaths").unwrap();
        assert_eq!(
            (habit.behaviour.as_str(), habit.about.as_str()),
            ("meditate this morning", "ten breaths")
        );
        habit.tell("How was it?", "").unwrap();
        assert_eq!((habit.behaviour.as_str(), habit.about.as_str()), ("", "How was it?"));
        let long = format!("Did you {}?", "x".repeat(300));
        habit.tell(&long, "a\u{d}\nb").unwrap();
        assert_eq!((habit.behaviour.as_str(), habit.about.clone()), ("", format!("{long}\na\nb")));
        assert!(habit.tell("a\u{1b}b", "").is_err());
        assert!(habit.tell("", &"x".repeat(5_000)).is_err());
    }

    #[test]
    fn ids_are_the_same_at_every_import_and_differ_by_program_name_and_number() {
        let id = |format, name: &str, nth| {
            let Identity::Id(id) = Described::new(format, name.into(), nth, String::new()).identity
            else {
                panic!("an id is made");
            };
            id
        };
        assert_eq!(id("harsh", "Gym", 0).to_string(), "15617c92-40a0-5362-913c-5ed5a96fc463");
        let all = [id("harsh", "Gym", 0), id("harsh", "Gym", 1), id("dijo", "Gym", 0)];
        assert_eq!(std::collections::BTreeSet::from(all).len(), 3);
    }
}
