//! Topics: how far the person is with each, and those they added.
//!
//! Owns their SQL and row mapping. Must not know the curriculum, which is a file.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

use super::value::{InRow, Json, Word, Worded, key};
use crate::domain::{
    ids::TopicId,
    topic::{Evidence, OwnTopic, TopicProgress, TopicState},
};

const PUT_PROGRESS: &str = "INSERT INTO topic_progress \
     (topic, state, history, evidence, evidence_link) \
     VALUES (:topic, :state, :history, :evidence, :link) \
     ON CONFLICT (topic) DO UPDATE SET state = excluded.state, history = excluded.history, \
     evidence = excluded.evidence, evidence_link = excluded.evidence_link";

const PUT_OWN: &str = "INSERT INTO own_topic (id, module, title, mastery_check, link, is_deleted) \
     VALUES (:id, :module, :title, :check, :link, :is_deleted) \
     ON CONFLICT (id) DO UPDATE SET module = excluded.module, title = excluded.title, \
     mastery_check = excluded.mastery_check, link = excluded.link, \
     is_deleted = excluded.is_deleted";

impl Worded for TopicState {
    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == word)
    }
}

fn progress_from(row: &Row<'_>) -> Result<TopicProgress> {
    let progress = || {
        Ok(TopicProgress {
            topic: TopicId(row.get(0)?),
            state: row.get::<_, Word<TopicState>>(1)?.0,
            history: row.get::<_, Json<_>>(2)?.0,
            evidence: Evidence { sentence: row.get(3)?, link: row.get(4)? },
        })
    };
    progress().in_row("topic_progress", || key(row, 1))
}

fn own_from(row: &Row<'_>) -> Result<OwnTopic> {
    let own = || {
        Ok(OwnTopic {
            id: TopicId(row.get(0)?),
            module: row.get(1)?,
            title: row.get(2)?,
            check: row.get(3)?,
            link: row.get(4)?,
            is_deleted: row.get(5)?,
        })
    };
    own().in_row("own_topic", || key(row, 1))
}

/// Every topic that was started.
pub(super) fn all_progress(sql: &Connection) -> Result<BTreeMap<TopicId, TopicProgress>> {
    sql.prepare_cached("SELECT topic, state, history, evidence, evidence_link FROM topic_progress")?
        .query_map([], progress_from)?
        .map(|row| row.map(|progress| (progress.topic.clone(), progress)))
        .collect()
}

/// How far the person is with one topic.
pub(super) fn progress(sql: &Connection, id: &TopicId) -> Result<Option<TopicProgress>> {
    sql.prepare_cached(
        "SELECT topic, state, history, evidence, evidence_link FROM topic_progress \
         WHERE topic = ?1",
    )?
    .query_row([&id.0], progress_from)
    .optional()
}

/// Writes how far the person is.
pub(super) fn put_progress(sql: &Connection, progress: &TopicProgress) -> Result<()> {
    sql.prepare_cached(PUT_PROGRESS)?.execute(named_params! {
        ":topic": progress.topic.0,
        ":state": progress.state.key(),
        ":history": Json(&progress.history),
        ":evidence": progress.evidence.sentence,
        ":link": progress.evidence.link,
    })?;
    Ok(())
}

/// Back to not started.
pub(super) fn remove_progress(sql: &Connection, id: &TopicId) -> Result<()> {
    sql.prepare_cached("DELETE FROM topic_progress WHERE topic = ?1")?.execute([&id.0])?;
    Ok(())
}

/// Every topic of the person's own that is not deleted.
pub(super) fn all_own(sql: &Connection) -> Result<BTreeMap<TopicId, OwnTopic>> {
    sql.prepare_cached(
        "SELECT id, module, title, mastery_check, link, is_deleted FROM own_topic \
         WHERE NOT is_deleted",
    )?
    .query_map([], own_from)?
    .map(|row| row.map(|topic| (topic.id.clone(), topic)))
    .collect()
}

/// One topic of the person's own, deleted or not.
pub(super) fn own(sql: &Connection, id: &TopicId) -> Result<Option<OwnTopic>> {
    sql.prepare_cached(
        "SELECT id, module, title, mastery_check, link, is_deleted FROM own_topic WHERE id = ?1",
    )?
    .query_row([&id.0], own_from)
    .optional()
}

/// Writes one topic of the person's own.
pub(super) fn put_own(sql: &Connection, topic: &OwnTopic) -> Result<()> {
    sql.prepare_cached(PUT_OWN)?.execute(named_params! {
        ":id": topic.id.0,
        ":module": topic.module,
        ":title": topic.title,
        ":check": topic.check,
        ":link": topic.link,
        ":is_deleted": topic.is_deleted,
    })?;
    Ok(())
}

/// Removes one topic of the person's own.
pub(super) fn remove_own(sql: &Connection, id: &TopicId) -> Result<()> {
    sql.prepare_cached("DELETE FROM own_topic WHERE id = ?1")?.execute([&id.0])?;
    Ok(())
}

/// How many of the person's own are not deleted.
pub(super) fn count_own(sql: &Connection) -> Result<i64> {
    sql.query_one("SELECT count(*) FROM own_topic WHERE NOT is_deleted", [], |row| row.get(0))
}
