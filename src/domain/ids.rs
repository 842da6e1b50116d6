//! Identity: what names a habit, a project or a topic for good.
//!
//! Owns the id types and the seeded source of new ones. Must not know where ids are stored, and
//! never asks the machine for time or randomness: both come in when the source is made.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("Names one ", $what, ": a `UUIDv7`, so that two machines never make the same one.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

uuid_id!(HabitId, "habit");
uuid_id!(ProjectId, "project");
uuid_id!(SessionId, "session");

/// Names one topic: its slug, which is never used again for another topic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TopicId(pub String);

impl fmt::Display for TopicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for TopicId {
    fn from(slug: &str) -> Self {
        Self(slug.to_owned())
    }
}

/// Makes ids from a seed: unpredictable when the seed is, repeatable when a test fixes it.
#[derive(Debug, Clone)]
pub struct IdSource {
    state: u64,
    millis: u64,
}

impl IdSource {
    /// `millis` is Unix time in milliseconds, the sortable part of the ids.
    pub fn new(seed: u64, millis: u64) -> Self {
        Self { state: seed, millis }
    }

    /// A new id, different from all before it.
    pub fn next_uuid(&mut self) -> Uuid {
        let mut bytes = [0; 10];
        let (low, high) = (self.random(), self.random());
        bytes[..8].copy_from_slice(&low.to_le_bytes());
        bytes[8..].copy_from_slice(&high.to_le_bytes()[..2]);
        self.millis += 1;
        uuid::Builder::from_unix_timestamp_millis(self.millis, &bytes).into_uuid()
    }

    /// `SplitMix64` (Steele, Lea and Flood 2014): every state is visited once.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_7_distinct_ascending_and_repeatable() {
        let make = |seed| {
            let mut source = IdSource::new(seed, 1_700_000_000_000);
            std::array::from_fn::<_, 64, _>(|_| source.next_uuid())
        };
        let ids = make(7);
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        assert_eq!(ids, make(7));
        assert_ne!(ids[0], make(8)[0]);
    }
}
