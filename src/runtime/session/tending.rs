//! What becomes of the data file while the app is open.
//!
//! Owns when it is looked after, and that what is found is said. Must not know how it is done.

use super::Session;
use crate::{
    app::{Message, Trouble},
    runtime::{care::Care, perform},
    store::backup::Every,
};

impl Session {
    /// Lets the file be cared for from now on.
    pub fn care_for(&mut self, care: Care) {
        self.care = Some(care);
    }

    /// Begins what is due, and says what went wrong with what was.
    pub(super) fn tend(&mut self) {
        let Some(care) = &mut self.care else { return };
        let told = care.told();
        let now = self.hands.clock.now().at.to_utc();
        let store = &self.hands.store;
        if care.is_time(now) && !store.is_read_only() && store.is_backup_due(Every::Day, now) {
            care.begin(now);
        }
        if let Some(message) = told {
            // Where the file went away, that is what has to be said, and nothing over it.
            self.look_after_file();
            if !self.hands.store.is_read_only() {
                self.take(message);
            }
        }
    }

    /// Says that the file went away or is another one, as soon as that can be seen.
    pub(super) fn look_after_file(&mut self) {
        if let Some(lost) = self.hands.store.look_after_file() {
            self.take(Message::Troubled(Trouble::ReadOnly, perform::sentence(&lost)));
        }
    }
}
