//! Values that change on a day and keep their past: schedules and recipes.
//!
//! Owns which version holds on which day. Must not know what is being versioned.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One version and the first day it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version<T> {
    /// The effective day.
    pub from: NaiveDate,
    /// What holds from that day on.
    pub value: T,
}

/// Versions in the order of their effective days: at least one, one per day, and none equal to the
/// one before it. The oldest also holds before its own effective day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    try_from = "Vec<Version<T>>",
    into = "Vec<Version<T>>",
    bound(serialize = "T: Clone + Serialize", deserialize = "T: PartialEq + Deserialize<'de>")
)]
pub struct Versions<T>(Vec<Version<T>>);

impl<T> From<Versions<T>> for Vec<Version<T>> {
    fn from(versions: Versions<T>) -> Self {
        versions.0
    }
}

impl<T: PartialEq> TryFrom<Vec<Version<T>>> for Versions<T> {
    type Error = &'static str;

    fn try_from(versions: Vec<Version<T>>) -> Result<Self, Self::Error> {
        let is_ordered = versions
            .windows(2)
            .all(|pair| pair[0].from < pair[1].from && pair[0].value != pair[1].value);
        if versions.is_empty() || !is_ordered {
            return Err("versions must exist, ascend by day and differ from one to the next");
        }
        Ok(Self(versions))
    }
}

impl<T> Versions<T> {
    /// The first version, which fixes the creation day.
    pub fn new(from: NaiveDate, value: T) -> Self {
        Self(vec![Version { from, value }])
    }

    /// The effective day of the oldest version.
    pub fn created_on(&self) -> NaiveDate {
        self.0[0].from
    }

    /// All versions, oldest first.
    pub fn as_slice(&self) -> &[Version<T>] {
        &self.0
    }

    /// The place in [`Self::as_slice`] of the version that holds on `day`.
    pub fn index_at(&self, day: NaiveDate) -> usize {
        self.0.partition_point(|version| version.from <= day).saturating_sub(1)
    }

    /// What holds on `day`.
    pub fn at(&self, day: NaiveDate) -> &T {
        &self.0[self.index_at(day)].value
    }

    /// The newest version.
    pub fn newest(&self) -> &Version<T> {
        &self.0[self.0.len() - 1]
    }
}

impl<T: PartialEq> Versions<T> {
    /// Lets `value` hold from `from` on: later versions go, and one equal to its predecessor is not
    /// stored. A day before the creation day means the creation day.
    ///
    /// Returns how many versions effective after that day were removed.
    pub fn set(&mut self, from: NaiveDate, value: T) -> usize {
        let from = from.max(self.created_on());
        let kept = self.0.partition_point(|version| version.from < from);
        let later = self.0[kept..].iter().filter(|version| version.from > from).count();
        self.0.truncate(kept);
        if self.0.last().is_none_or(|version| version.value != value) {
            self.0.push(Version { from, value });
        }
        later
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, number).unwrap()
    }

    #[test]
    fn a_version_holds_until_the_next_and_the_oldest_also_before() {
        let mut versions = Versions::new(day(10), 'a');
        versions.set(day(20), 'b');
        assert_eq!(
            [day(1), day(10), day(19), day(20), day(31)].map(|on| *versions.at(on)),
            ['a', 'a', 'a', 'b', 'b']
        );
    }

    #[test]
    fn setting_removes_later_versions_and_equal_ones_are_not_stored() {
        let mut versions = Versions::new(day(10), 'a');
        versions.set(day(20), 'b');
        versions.set(day(25), 'c');
        assert_eq!(versions.set(day(15), 'a'), 2);
        assert_eq!(versions.as_slice(), &[Version { from: day(10), value: 'a' }]);
    }

    #[test]
    fn a_day_before_creation_means_the_creation_day() {
        let mut versions = Versions::new(day(10), 'a');
        versions.set(day(3), 'b');
        assert_eq!(versions.as_slice(), &[Version { from: day(10), value: 'b' }]);
    }

    #[test]
    fn stored_lists_that_break_the_law_are_refused() {
        let text = r#"[{"from":"2026-01-02","value":"a"},{"from":"2026-01-01","value":"b"}]"#;
        assert!(serde_json::from_str::<Versions<String>>(text).is_err());
        assert!(serde_json::from_str::<Versions<String>>("[]").is_err());
    }
}
