//! The goal: a row of `meta`.
//!
//! Owns its SQL. Must not know what it is for.

use rusqlite::{Connection, OptionalExtension, Result};

/// What stands there.
pub(super) fn read(sql: &Connection) -> Result<Option<String>> {
    sql.prepare_cached("SELECT value FROM meta WHERE key = 'goal'")?
        .query_row([], |row| row.get(0))
        .optional()
}

/// Writes it.
pub(super) fn put(sql: &Connection, goal: &str) -> Result<()> {
    sql.prepare_cached(
        "INSERT INTO meta (key, value) VALUES ('goal', ?1) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute([goal])?;
    Ok(())
}

/// Removes it.
pub(super) fn remove(sql: &Connection) -> Result<()> {
    sql.prepare_cached("DELETE FROM meta WHERE key = 'goal'")?.execute([])?;
    Ok(())
}
