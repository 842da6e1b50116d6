//! The check-ins of a habit, which may be a million: each that can't be taken is a bad one of its own.
//!
//! Owns what a day and a mark are in the document. Must not know which days are here.

use std::fmt;

use chrono::NaiveDate;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{SeqAccess, Visitor},
};

use super::iso;
use crate::{domain::habit::Mark, exchange::reading::quoted};

/// All of them, in the order of the document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckIns {
    pub good: Vec<CheckInForm>,
    /// Which of all, counted from 1, and what is wrong with it.
    pub bad: Vec<(usize, String)>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckInForm {
    #[serde(with = "iso")]
    pub day: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// As it is written, whatever that means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    day: String,
    mark: Option<String>,
    note: Option<String>,
}

impl Written {
    fn read(self) -> Result<CheckInForm, String> {
        let mark = |word: &str| {
            let found = [Mark::Done, Mark::Rest].into_iter().find(|mark| mark.word() == word);
            found.ok_or_else(|| format!("'{}' is not a mark. Accepted: done or rest", quoted(word)))
        };
        let day = iso::read(&self.day)?;
        let mark = self.mark.as_deref().map(mark).transpose()?;
        Ok(CheckInForm { day, mark, note: self.note })
    }
}

impl Serialize for CheckIns {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.good.serialize(to)
    }
}

impl<'de> Deserialize<'de> for CheckIns {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = CheckIns;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<CheckIns, A::Error> {
                let mut all = CheckIns::default();
                while let Some(written) = list.next_element::<Written>()? {
                    match written.read() {
                        Ok(good) => all.good.push(good),
                        Err(what) => all.bad.push((all.good.len() + all.bad.len() + 1, what)),
                    }
                }
                Ok(all)
            }
        }
        from.deserialize_seq(List)
    }
}
