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
use crate::{
    domain::habit::Mark,
    exchange::{reading::quoted, skipped::MOST},
};

/// All of them in the order of the document, or what is wrong with one; of bad ones no more than tell
/// that there are too many.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckIns(pub Vec<Result<CheckInForm, String>>);

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
            Mark::of(word)
                .ok_or_else(|| format!("'{}' is not a mark. Accepted: done or rest", quoted(word)))
        };
        let day = iso::read(&self.day)?;
        let mark = self.mark.as_deref().map(mark).transpose()?;
        Ok(CheckInForm { day, mark, note: self.note })
    }
}

impl Serialize for CheckIns {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().flatten())
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
                let (mut all, mut bad) = (Vec::new(), 0);
                while let Some(written) = list.next_element::<Written>()? {
                    let read = written.read();
                    bad += usize::from(read.is_err());
                    if read.is_ok() || bad <= MOST + 1 {
                        all.push(read);
                    }
                }
                Ok(CheckIns(all))
            }
        }
        from.deserialize_seq(List)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_bad_ones_no_more_are_held_than_are_too_many() {
        let bad = "{\"day\": \"x\"},".repeat(MOST + 9);
        let list = format!("[{{\"day\": \"2026-11-01\"}},{bad}{{\"day\": \"2026-11-02\"}}]");
        let CheckIns(all) = serde_json::from_str(&list).unwrap();
        assert_eq!(all.len(), 1 + MOST + 1 + 1);
        assert!(all[0].is_ok() && all[1].is_err() && all.last().is_some_and(Result::is_ok));
    }
}
