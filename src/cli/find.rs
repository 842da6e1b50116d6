//! What a person means by a few letters: a habit, a project or a topic.
//!
//! Owns the order of the rules: id, exact name, unique beginning, unique fuzzy match on a terminal.
//! Must not know what is done with what was found.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use super::failure::Failure;
use crate::domain::text::{clip, folded, shown};

/// What to look among, and how to read it.
pub struct Search<'a, T> {
    /// "habit", "project" or "topic".
    pub what: &'static str,
    /// The command that lists them.
    pub list: &'static str,
    /// Everything that could be meant.
    pub among: Vec<&'a T>,
    /// Its id as it is typed.
    pub id: fn(&T) -> String,
    /// Its name.
    pub name: fn(&T) -> &str,
    /// Those meant first when several match.
    pub is_likely: fn(&T) -> bool,
    /// Somebody can see what was made of it.
    pub is_terminal: bool,
}

impl<'a, T> Search<'a, T> {
    /// The one that is meant.
    pub fn find(&self, text: &str) -> Result<&'a T, Failure> {
        let (what, text) = (self.what, text.trim());
        if text.is_empty() {
            return Err(Failure::usage(format!(
                "the {what} is empty. Nothing was changed. Name it by id, by name, or by the beginning of its name"
            )));
        }
        let typed = folded(text);
        let rules: [&dyn Fn(&T) -> bool; 4] = [
            &|one| (self.name)(one) == text,
            &|one| folded((self.name)(one)) == typed,
            &|one| folded((self.name)(one)).starts_with(&typed),
            &|one| self.is_terminal && is_alike(text, (self.name)(one)),
        ];
        if let Some(one) = self.among.iter().find(|one| (self.id)(one) == typed) {
            return Ok(one);
        }
        for rule in rules {
            let mut found: Vec<&'a T> =
                self.among.iter().copied().filter(|one| rule(one)).collect();
            if found.len() > 1 && found.iter().any(|one| (self.is_likely)(one)) {
                found.retain(|one| (self.is_likely)(one));
            }
            match found.as_slice() {
                [] => {}
                [one] => return Ok(one),
                several => return Err(self.ambiguous(text, several)),
            }
        }
        Err(Failure::missing(format!(
            "there is no {what} '{}'. Nothing was changed. `{}` shows what there is",
            clip(&shown(text), 60),
            self.list,
        )))
    }

    fn ambiguous(&self, text: &str, several: &[&T]) -> Failure {
        let mut message = format!(
            "'{}' could be any of {}. Nothing was changed. Type more of the name, or an id:",
            clip(&shown(text), 60),
            several.len()
        );
        for one in several.iter().take(20) {
            let name = clip(&shown((self.name)(one)), 60);
            message.extend(["\n  ", &name, "  ", &(self.id)(one)]);
        }
        Failure::usage(message)
    }
}

fn is_alike(typed: &str, name: &str) -> bool {
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let name = Utf32Str::new(name, &mut buffer);
    pattern.score(name, &mut matcher).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, names: &[(&str, &str)], is_terminal: bool) -> Result<String, String> {
        let search = Search {
            what: "habit",
            list: "inch habit list",
            among: names.iter().collect(),
            id: |one: &(&str, &str)| one.0.to_owned(),
            name: |one| one.1,
            is_likely: |one| !one.0.starts_with("old"),
            is_terminal,
        };
        let found = search.find(text).map(|one| one.0.to_owned());
        found.map_err(|failure| failure.to_string())
    }

    #[test]
    fn the_rules_come_in_their_order() {
        let names = [
            ("1", "Read"),
            ("2", "Read one figure"),
            ("3", "2"),
            ("4", "Écrire"),
            ("old5", "Run"),
            ("6", "Run far"),
        ];
        for (text, id) in [
            ("2", "2"),
            ("Read", "1"),
            ("read", "1"),
            ("read o", "2"),
            ("éc", "4"),
            ("run", "old5"),
            ("ru", "6"),
        ] {
            assert_eq!(find(text, &names, false).as_deref(), Ok(id), "{text}");
        }
        assert!(find("rof", &names, false).is_err());
        assert_eq!(find("rof", &names, true).as_deref(), Ok("2"));
        assert!(find(" ", &names, true).is_err());
    }

    #[test]
    fn an_ambiguous_one_lists_the_candidates() {
        let names = [("1", "Read"), ("2", "Ride\u{1b}"), ("3", "Read")];
        let message = find("r", &names, false).unwrap_err();
        assert!(message.contains("any of 3"));
        assert!(message.contains("\n  Ride\u{241b}  2"), "{message}");
        assert!(find("Read", &names, false).unwrap_err().contains("any of 2"));
    }
}
