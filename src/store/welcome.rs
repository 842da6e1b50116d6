//! Whether this file's person has been welcomed.
//!
//! Owns one fact about the file that is no change of anybody's records. Must not know what a welcome
//! looks like.

use rusqlite::Connection;

use super::{Store, StoreError};

/// Nothing was ever stored here, and nobody said that they start with nothing.
fn is_due(sql: &Connection) -> rusqlite::Result<bool> {
    sql.query_one(
        "SELECT NOT EXISTS (SELECT 1 FROM change) \
         AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'welcomed')",
        [],
        |row| row.get(0),
    )
}

/// Remembers it.
fn done(sql: &Connection) -> rusqlite::Result<()> {
    sql.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('welcomed', 'yes')", [])?;
    Ok(())
}

impl Store {
    /// Whether this is a first start: nothing was ever stored here, nor said that it should not be.
    pub fn is_welcome_due(&self) -> Result<bool, StoreError> {
        self.read(|sql, _| Ok(is_due(sql)?))
    }

    /// Remembers that the person has seen the welcome and starts with nothing.
    pub fn set_welcomed(&mut self) -> Result<(), StoreError> {
        self.commit(|sql, _, _| Ok(Some(done(sql)?)))?;
        Ok(())
    }
}
