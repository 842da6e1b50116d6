//! Whether this file's person has been welcomed.
//!
//! Owns one fact about the file that is no change of anybody's records. Must not know what a welcome
//! looks like.

use rusqlite::Connection;

/// Nothing was ever stored here, and nobody said that they start with nothing.
pub(super) fn is_due(sql: &Connection) -> rusqlite::Result<bool> {
    sql.query_one(
        "SELECT NOT EXISTS (SELECT 1 FROM change) \
         AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'welcomed')",
        [],
        |row| row.get(0),
    )
}

/// Remembers it.
pub(super) fn done(sql: &Connection) -> rusqlite::Result<()> {
    sql.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('welcomed', 'yes')", [])?;
    Ok(())
}
