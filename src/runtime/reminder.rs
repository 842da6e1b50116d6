//! The reminder: once a day, at a time of the wall clock, of what is left.
//!
//! Owns for which days it was given, or had no need to be. Must not know what is left or in which
//! words that is said.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::clock::Now;

/// The days whose time for the reminder has come. A set, for a clock may be set back and on again.
#[derive(Debug, Default)]
pub struct Reminder {
    days: BTreeSet<NaiveDate>,
}

impl Reminder {
    /// Whoever opens the app after the day's time sees what is left without being reminded.
    pub fn opened(now: &Now) -> Self {
        let mut reminder = Self::default();
        let _ = reminder.has_come(now);
        reminder
    }

    /// Whether the day's time has come since the last look. A machine that slept through it is told
    /// on waking, while the day lasts.
    pub fn has_come(&mut self, now: &Now) -> bool {
        now.is_past_reminder && self.days.insert(now.today)
    }
}
