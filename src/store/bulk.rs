//! What is asked of the file when much comes in from elsewhere.
//!
//! Owns changes of a million parts, the looking for what is in their way and the new start for undo.
//! Must not know where any of it comes from.

use std::borrow::Cow;

use super::{
    Store, StoreError, Tell, check_in, journal,
    news::{self, Seen},
    record, session, write,
};
use crate::domain::{
    change::{Applied, Change, Refusal, Stamp},
    record::Key,
    session::Session,
};

impl Store {
    /// As [`Store::apply`], for a change that may have a million parts: it is moved, not copied.
    /// `None` when everything said that already. Refused where others altered since `seen` what a
    /// plan finds by its name.
    pub fn apply_whole(
        &mut self,
        change: Change,
        seen: i64,
        stamp: &Stamp,
        tell: Tell<'_>,
    ) -> Result<Option<Applied>, StoreError> {
        let change = Cow::Owned(change);
        let applied = self.commit(|sql, rules, handed| {
            if news::is_named_altered_since(sql, seen)? {
                return Err(StoreError::from(Refusal::Outdated).into());
            }
            write::apply(sql, change, stamp, rules, handed, tell)
        })?;
        Ok(self.noted(applied))
    }

    /// The number of the newest change that the last load knew; 0 where there was none.
    pub fn newest_seen_change(&self) -> i64 {
        self.seen.as_ref().map_or(0, Seen::last)
    }

    /// Whether nothing ever stood at that key, not even what is deleted.
    pub fn is_free(&self, key: &Key) -> Result<bool, StoreError> {
        self.read(|sql, _| Ok(record::read(sql, key)?.is_none()))
    }

    /// How many check-ins there are, those of deleted habits too; walks them all.
    pub fn check_in_count(&self) -> Result<usize, StoreError> {
        self.read(|sql, _| Ok(usize::try_from(check_in::count(sql)?).unwrap_or(usize::MAX)))
    }

    /// All sessions that ended, by day and then by when they began.
    pub fn sessions(&self) -> Result<Vec<Session>, StoreError> {
        self.read(|sql, _| Ok(session::listed(sql)?))
    }

    /// Makes a new start for undo: what was done so far stays, and can't be taken back any more. For
    /// a file that was filled from elsewhere.
    pub fn renew_device(&mut self) -> Result<(), StoreError> {
        self.commit(|sql, _, _| Ok(Some(journal::renew_device(sql)?)))?;
        Ok(())
    }
}
