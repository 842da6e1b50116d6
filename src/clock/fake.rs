//! A clock for tests: it says what it was told, in the zone it was told.
//!
//! Each test has its own, for each runs on a thread of its own. Must not be known outside of tests.

use std::cell::Cell;

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::Source;

thread_local! {
    static SAYS: Cell<(DateTime<Utc>, Tz)> = const { Cell::new((DateTime::UNIX_EPOCH, Tz::UTC)) };
}

/// What the clock of this test says.
pub const SOURCE: Source =
    Source { instant: || SAYS.get().0, local: |at| at.with_timezone(&SAYS.get().1).fixed_offset() };

/// Sets the clock.
pub fn set(at: DateTime<Utc>) {
    SAYS.set((at, SAYS.get().1));
}

/// Goes to another zone.
pub fn travel(zone: Tz) {
    SAYS.set((SAYS.get().0, zone));
}

/// `2026-11-23 20:00:00` in UTC.
pub fn utc(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap().and_utc()
}
