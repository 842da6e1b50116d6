//! What is asked of the file when much comes in from elsewhere.
//!
//! Owns changes of a million parts, the looking for free ids and the new start for undo. Must not know where any of it comes
//! from.

use std::borrow::Cow;

use super::{Store, StoreError, habit, journal, write};
use crate::domain::{
    change::{Applied, Change, Stamp},
    ids::HabitId,
};

impl Store {
    /// As [`Store::apply`], for a change that may have a million parts: it is moved, not copied.
    /// `None` when everything said that already.
    pub fn apply_whole(
        &mut self,
        change: Change,
        stamp: &Stamp,
    ) -> Result<Option<Applied>, StoreError> {
        let change = Cow::Owned(change);
        let applied =
            self.commit(|sql, rules, handed| write::apply(sql, change, stamp, rules, handed))?;
        Ok(self.noted(applied))
    }

    /// Whether no habit ever had this id here, not even one that is deleted.
    pub fn is_free(&self, habit: HabitId) -> Result<bool, StoreError> {
        self.read(|sql, _| Ok(habit::one(sql, habit)?.is_none()))
    }

    /// Makes a new start for undo: what was done so far stays, and can't be taken back any more. For
    /// a file that was filled from elsewhere.
    pub fn renew_device(&mut self) -> Result<(), StoreError> {
        self.commit(|sql, _, _| Ok(Some(journal::renew_device(sql)?)))?;
        Ok(())
    }
}
