//! Sessions: those that ended, what they come to, and those under way.
//!
//! Owns their SQL and row mapping. Must not know what measures the time. What a subject's sessions
//! come to is kept by triggers of the schema, so that reading it costs the same after ten years.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Result, Row};

use super::{
    process,
    value::{Id, InRow, Iso, key, odd_row},
};
use crate::domain::{
    ids::{HabitId, ProjectId, SessionId, TopicId},
    record::{Image, Record},
    session::{Session, Studied, Subject},
};

const ONE: &str =
    "SELECT id, habit, topic, project, day, started_at, seconds FROM session WHERE id = ?1";

const ALL: &str = "SELECT id, habit, topic, project, day, started_at, seconds FROM session";

const PUT: &str = "INSERT INTO session (id, habit, topic, project, day, started_at, seconds) \
     VALUES (:id, :habit, :topic, :project, :day, :started_at, :seconds)";

const KEEP: &str = "INSERT INTO running_session \
     (id, process, habit, topic, project, day, started_at, seconds) \
     VALUES (:id, :process, :habit, :topic, :project, :day, :started_at, :seconds) \
     ON CONFLICT (id) DO UPDATE SET topic = excluded.topic, seconds = excluded.seconds";

const RUNNING: &str = "SELECT id, habit, topic, project, day, started_at, seconds, process \
     FROM running_session ORDER BY started_at";

const BY_DAY: &str = "SELECT day, sum(seconds) FROM session \
     WHERE day BETWEEN ?1 AND ?2 GROUP BY day";

const BY_DAY_OF: &str = "SELECT day, sum(seconds) FROM session \
     WHERE day BETWEEN ?1 AND ?2 AND habit = ?3 GROUP BY day";

fn from_row(row: &Row<'_>) -> Result<Session> {
    let session = || {
        let started_at = row.get_ref(5)?.as_str()?;
        Ok(Session {
            id: SessionId(row.get::<_, Id>(0)?.0),
            habit: row.get::<_, Option<Id>>(1)?.map(|id| HabitId(id.0)),
            topic: row.get::<_, Option<String>>(2)?.map(TopicId),
            project: row.get::<_, Option<Id>>(3)?.map(|id| ProjectId(id.0)),
            day: row.get::<_, Iso>(4)?.0,
            started_at: moment(started_at)?,
            seconds: row.get(6)?,
        })
    };
    session().in_row("session", || key(row, 1))
}

fn moment(text: &str) -> Result<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text).map_err(|_| odd_row(&format!("'{text}' is not a moment")))
}

/// One that ended.
pub(super) fn one(sql: &Connection, id: SessionId) -> Result<Option<Session>> {
    sql.prepare_cached(ONE)?.query_row([Id(id.0)], from_row).optional()
}

/// Every one that ended, by day and then by when it began.
pub(super) fn listed(sql: &Connection) -> Result<Vec<Session>> {
    let mut all: Vec<_> =
        sql.prepare_cached(ALL)?.query_map([], from_row)?.collect::<Result<_>>()?;
    all.sort_by_key(|session| (session.day, session.started_at, session.id));
    Ok(all)
}

/// Writes one that ended; it is not under way any more.
pub(super) fn put(sql: &Connection, session: &Session) -> Result<()> {
    // The triggers count rows that come and go; none is altered in its place.
    remove(sql, session.id)?;
    bound(sql, PUT, session)?.raw_execute()?;
    forget(sql, session.id)
}

/// Removes one that ended.
pub(super) fn remove(sql: &Connection, id: SessionId) -> Result<()> {
    sql.prepare_cached("DELETE FROM session WHERE id = ?1")?.execute([Id(id.0)])?;
    Ok(())
}

/// Writes how far one has come that is under way in this process.
pub(super) fn keep(sql: &Connection, session: &Session) -> Result<()> {
    let mut statement = bound(sql, KEEP, session)?;
    statement.raw_bind_parameter(":process", process::this())?;
    statement.raw_execute()?;
    Ok(())
}

/// A statement with what is written of every session, ended or not.
fn bound<'s>(sql: &'s Connection, text: &str, session: &Session) -> Result<CachedStatement<'s>> {
    let mut statement = sql.prepare_cached(text)?;
    let started_at = session.started_at.to_rfc3339_opts(SecondsFormat::Millis, false);
    statement.raw_bind_parameter(":id", Id(session.id.0))?;
    statement.raw_bind_parameter(":habit", session.habit.map(|id| Id(id.0)))?;
    statement.raw_bind_parameter(":topic", session.topic.as_ref().map(|id| &id.0))?;
    statement.raw_bind_parameter(":project", session.project.map(|id| Id(id.0)))?;
    statement.raw_bind_parameter(":day", Iso(session.day))?;
    statement.raw_bind_parameter(":started_at", started_at)?;
    statement.raw_bind_parameter(":seconds", session.seconds)?;
    Ok(statement)
}

/// Removes one that was under way.
pub(super) fn forget(sql: &Connection, id: SessionId) -> Result<()> {
    sql.prepare_cached("DELETE FROM running_session WHERE id = ?1")?.execute([Id(id.0)])?;
    Ok(())
}

/// Sessions under way whose process has ended, oldest first. One of this very process is none of
/// its own when nothing was begun yet: process numbers come again.
pub(super) fn cut_short(sql: &Connection) -> Result<Vec<Session>> {
    let mut statement = sql.prepare_cached(RUNNING)?;
    let found = statement.query_map([], |row| Ok((from_row(row)?, row.get::<_, String>(7)?)))?;
    let this = process::this();
    let has_ended = |process: &str| process == this || process::has_ended(process);
    found
        .filter(|row| row.as_ref().map_or(true, |(_, process)| has_ended(process)))
        .map(|row| row.map(|(session, _)| session))
        .collect()
}

/// What the sessions on every subject come to.
pub(super) fn all_studied(sql: &Connection) -> Result<BTreeMap<Subject, Studied>> {
    sql.prepare_cached("SELECT subject, id, seconds, sessions FROM studied")?
        .query_map([], |row| {
            let studied = || Ok((subject(row)?, studied(row, 2)?));
            studied().in_row("studied", || key(row, 2))
        })?
        .collect()
}

fn subject(row: &Row<'_>) -> Result<Subject> {
    Ok(match row.get_ref(0)?.as_str()? {
        "habit" => Subject::Habit(HabitId(row.get::<_, Id>(1)?.0)),
        "topic" => Subject::Topic(TopicId(row.get(1)?)),
        "project" => Subject::Project(ProjectId(row.get::<_, Id>(1)?.0)),
        other => return Err(odd_row(&format!("'{other}' is not a word that inch knows here"))),
    })
}

fn studied(row: &Row<'_>, first: usize) -> Result<Studied> {
    let seconds = row.get::<_, i64>(first)?;
    let seconds = u64::try_from(seconds).map_err(|_| odd_row("its seconds are negative"))?;
    Ok(Studied { seconds, sessions: row.get(first + 1)? })
}

/// What the sessions on the subjects of altered records come to now.
pub(super) fn touched(
    sql: &Connection,
    before: &[Image],
    after: &[Image],
) -> Result<Vec<(Subject, Option<Studied>)>> {
    let mut subjects: Vec<_> = before
        .iter()
        .chain(after)
        .filter_map(|image| match &image.record {
            Some(Record::Session(session)) => Some(session.subjects()),
            _ => None,
        })
        .flatten()
        .collect();
    subjects.sort_unstable();
    subjects.dedup();
    subjects.into_iter().map(|subject| Ok((subject.clone(), of(sql, &subject)?))).collect()
}

fn of(sql: &Connection, subject: &Subject) -> Result<Option<Studied>> {
    let (word, id) = match subject {
        Subject::Habit(id) => ("habit", id.to_string()),
        Subject::Topic(id) => ("topic", id.to_string()),
        Subject::Project(id) => ("project", id.to_string()),
    };
    sql.prepare_cached("SELECT seconds, sessions FROM studied WHERE subject = ?1 AND id = ?2")?
        .query_row((word, id), |row| studied(row, 0))
        .optional()
}

/// Seconds by day from the first to the last, of one habit's sessions or of all.
pub(super) fn by_day(
    sql: &Connection,
    habit: Option<HabitId>,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<BTreeMap<NaiveDate, u64>> {
    let read = |row: &Row<'_>| {
        let seconds = u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0);
        Ok((row.get::<_, Iso>(0)?.0, seconds))
    };
    let (first, last) = (Iso::since(first), Iso::since(last));
    match habit {
        Some(habit) => {
            sql.prepare_cached(BY_DAY_OF)?.query_map((first, last, Id(habit.0)), read)?.collect()
        }
        None => sql.prepare_cached(BY_DAY)?.query_map((first, last), read)?.collect(),
    }
}
