//! What something was from which day on: states, statuses and answers with their past.
//!
//! Owns how a history takes on a newer entry. Must not know what the entries say.

use chrono::NaiveDate;

/// An entry of a history.
pub trait Dated {
    /// The logical day from which it holds.
    fn on(&self) -> NaiveDate;

    /// The same, from another day on.
    #[must_use]
    fn begun_on(self, on: NaiveDate) -> Self;

    /// Whether it says the same as another, whatever the day.
    fn says_same(&self, other: &Self) -> bool;
}

/// Adds the newest entry. Of one day only the last stays; what was said already is not repeated.
///
/// Entries ascend by day. Where the clock was set back, later ones go; but a history never begins
/// earlier than it began.
pub fn take_on<T: Dated>(history: &mut Vec<T>, new: T) {
    while history.len() > 1 && history.last().is_some_and(|newest| newest.on() >= new.on()) {
        history.pop();
    }
    match history.last_mut() {
        Some(newest) if newest.on() >= new.on() => {
            let on = newest.on();
            *newest = new.begun_on(on);
        }
        Some(newest) if newest.says_same(&new) => {}
        _ => history.push(new),
    }
}
