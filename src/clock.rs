//! The only reader of wall time and time zone.
//!
//! Owns the logical day. Must not know what happens on it.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

use crate::domain::change::Stamp;

/// Reads the time as this person lives it.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// When a new day begins on the wall clock.
    pub day_starts_at: NaiveTime,
    /// A day to pretend it is, for trying out and for tests; it never rolls over.
    pub pretended: Option<NaiveDate>,
}

/// One reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The instant, with its offset.
    pub at: DateTime<FixedOffset>,
    /// The logical day.
    pub today: NaiveDate,
    /// Between midnight and the rollover: when the logical day ends on the wall clock.
    pub until: Option<NaiveTime>,
}

impl Now {
    /// For [`crate::store::Store::apply`].
    pub fn stamp(&self) -> Stamp {
        Stamp {
            at: self.at,
            today: self.today,
        }
    }
}

impl Clock {
    /// Reads the time.
    pub fn now(&self) -> Now {
        unimplemented!()
    }

    /// The next instant at which `today` or `until` of [`Now`] is another; `None` when pretending.
    pub fn next_change(&self) -> Option<DateTime<Utc>> {
        unimplemented!()
    }
}
