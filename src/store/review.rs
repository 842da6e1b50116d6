//! Reviews: when topics come back.
//!
//! Owns their SQL and row mapping. Must not know how the day is found.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Result, Row};

use super::value::{InRow, Iso, Json, key};
use crate::domain::{ids::TopicId, review::Review};

fn from_row(row: &Row<'_>) -> Result<Review> {
    let review = || {
        Ok(Review {
            topic: TopicId(row.get(0)?),
            due_on: row.get::<_, Iso>(1)?.0,
            history: row.get::<_, Json<_>>(2)?.0,
        })
    };
    review().in_row("review", || key(row, 1))
}

/// Every one.
pub(super) fn all(sql: &Connection) -> Result<BTreeMap<TopicId, Review>> {
    sql.prepare_cached("SELECT topic, due_on, history FROM review")?
        .query_map([], from_row)?
        .map(|row| row.map(|review| (review.topic.clone(), review)))
        .collect()
}

/// One topic's.
pub(super) fn one(sql: &Connection, id: &TopicId) -> Result<Option<Review>> {
    sql.prepare_cached("SELECT topic, due_on, history FROM review WHERE topic = ?1")?
        .query_row([&id.0], from_row)
        .optional()
}

/// Writes one.
pub(super) fn put(sql: &Connection, review: &Review) -> Result<()> {
    sql.prepare_cached(
        "INSERT INTO review (topic, due_on, history) VALUES (?1, ?2, ?3) \
         ON CONFLICT (topic) DO UPDATE SET due_on = excluded.due_on, history = excluded.history",
    )?
    .execute((&review.topic.0, Iso(review.due_on), Json(&review.history)))?;
    Ok(())
}

/// Removes one.
pub(super) fn remove(sql: &Connection, id: &TopicId) -> Result<()> {
    sql.prepare_cached("DELETE FROM review WHERE topic = ?1")?.execute([&id.0])?;
    Ok(())
}
