//! What is written beside topics.
//!
//! Owns its SQL and row mapping. Must not know the curriculum, which is a file.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

use super::value::{InRow, Json, Word, Worded, key};
use crate::domain::{
    annotation::{Annotation, Want},
    ids::TopicId,
};

const PUT: &str = "INSERT INTO annotation (topic, want, notes, links, used) \
     VALUES (:topic, :want, :notes, :links, :used) \
     ON CONFLICT (topic) DO UPDATE SET want = excluded.want, notes = excluded.notes, \
     links = excluded.links, used = excluded.used";

impl Worded for Want {
    fn of(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

fn from_row(row: &Row<'_>) -> Result<Annotation> {
    let annotation = || {
        Ok(Annotation {
            topic: TopicId(row.get(0)?),
            want: row.get::<_, Option<Word<Want>>>(1)?.map(|want| want.0),
            notes: row.get(2)?,
            links: row.get::<_, Json<_>>(3)?.0,
            used: row.get::<_, Json<_>>(4)?.0,
        })
    };
    annotation().in_row("annotation", || key(row, 1))
}

/// Everything that is written beside any topic.
pub(super) fn all(sql: &Connection) -> Result<BTreeMap<TopicId, Annotation>> {
    sql.prepare_cached("SELECT topic, want, notes, links, used FROM annotation")?
        .query_map([], from_row)?
        .map(|row| row.map(|annotation| (annotation.topic.clone(), annotation)))
        .collect()
}

/// What is written beside one topic.
pub(super) fn one(sql: &Connection, id: &TopicId) -> Result<Option<Annotation>> {
    sql.prepare_cached("SELECT topic, want, notes, links, used FROM annotation WHERE topic = ?1")?
        .query_row([&id.0], from_row)
        .optional()
}

/// Writes it.
pub(super) fn put(sql: &Connection, annotation: &Annotation) -> Result<()> {
    sql.prepare_cached(PUT)?.execute(named_params! {
        ":topic": annotation.topic.0,
        ":want": annotation.want.map(Want::word),
        ":notes": annotation.notes,
        ":links": Json(&annotation.links),
        ":used": Json(&annotation.used),
    })?;
    Ok(())
}

/// Removes it.
pub(super) fn remove(sql: &Connection, id: &TopicId) -> Result<()> {
    sql.prepare_cached("DELETE FROM annotation WHERE topic = ?1")?.execute([&id.0])?;
    Ok(())
}
