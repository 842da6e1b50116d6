//! What a command does for the file besides what it was asked for.
//!
//! Owns when that is. Must not know the commands.

use super::{Desk, Failure};
use crate::store::{
    StoreError,
    backup::{self, Every, Kind, Stop},
};

impl Desk {
    /// What is wrong when there is no data file and there was one: what looks like a beginning is a
    /// loss.
    pub fn lost(&self) -> Option<StoreError> {
        let lost = self.store.is_none().then(|| backup::lost(&self.path)).flatten();
        lost.map(|problem| StoreError::Unusable { path: self.path.clone(), problem })
    }

    /// What is wrong with the file, if it is damaged: reading may miss what stands in a broken page.
    pub fn damage(&self) -> Option<StoreError> {
        self.store.as_ref()?.check_whole().err()
    }

    /// Lets the next start be quick. To be called when all has been acknowledged: should it fail,
    /// nothing is lost, and the next time does it.
    pub fn tidy(&mut self) {
        // That the rules are new is for the screen to say; what was remembered tells it that.
        if let Some(store) = self.store.as_mut().filter(|store| !store.has_new_rules()) {
            // By the real day: rows for a pretended one would be of no use tomorrow.
            let _ = store.refresh_checkpoints(self.now.at.date_naive());
        }
    }

    /// Makes a backup before something large is done.
    pub fn back_up(&mut self) -> Result<(), Failure> {
        // Where nothing can be written, what comes says so better.
        if let Some(store) = self.store.as_ref().filter(|store| !store.is_read_only()) {
            backup::make(store.path(), Kind::Import)?;
        }
        Ok(())
    }

    /// The weekly care for the file, where something was saved: to be called when all has been
    /// acknowledged. Says what went wrong.
    pub fn tend(&mut self) -> Option<StoreError> {
        let store = self.store.as_ref().filter(|_| self.has_saved)?;
        let (now, every) = (self.now.at.to_utc(), Every::Week);
        if !store.is_backup_due(every, now) {
            return None;
        }
        backup::tend(store.path(), every, now, &Stop::default()).err()
    }
}
