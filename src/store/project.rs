//! Projects with their links, topics and dates.
//!
//! Owns their SQL and row mapping. Must not know the journal.

use std::collections::BTreeMap;

use rusqlite::{Connection, Params, Result, Row, named_params};

use super::value::{Id, InRow, Iso, Json, Word, Worded, key};
use crate::domain::{
    ids::{ProjectId, TopicId},
    project::{
        Level, Project, ProjectDraft, Source, Status, StatusChange, choice::Choice, scope::Scope,
    },
};

const ALL: &str = "SELECT id, title, level, status, pitch, position, is_deleted, result, role, \
     explained, source, employer, drift_check_on, choice, scope FROM project WHERE NOT is_deleted";
const LINKS: &str = "SELECT project, link FROM project_link ORDER BY project, place";
const TOPICS: &str = "SELECT project, topic FROM project_topic ORDER BY project, place";
const HISTORY: &str = "SELECT project, day, status FROM project_status ORDER BY project, place";

const ONE: &str = "SELECT id, title, level, status, pitch, position, is_deleted, result, role, \
     explained, source, employer, drift_check_on, choice, scope FROM project WHERE id = ?1";
const LINKS_OF: &str = "SELECT project, link FROM project_link WHERE project = ?1 ORDER BY place";
const TOPICS_OF: &str =
    "SELECT project, topic FROM project_topic WHERE project = ?1 ORDER BY place";
const HISTORY_OF: &str =
    "SELECT project, day, status FROM project_status WHERE project = ?1 ORDER BY place";

const PUT: &str = "INSERT INTO project (id, title, level, status, pitch, position, is_deleted, \
     result, role, explained, source, employer, drift_check_on, choice, scope) \
     VALUES (:id, :title, :level, :status, :pitch, :position, :is_deleted, \
     :result, :role, :explained, :source, :employer, :drift_check_on, :choice, :scope) \
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, level = excluded.level, \
     status = excluded.status, pitch = excluded.pitch, position = excluded.position, \
     is_deleted = excluded.is_deleted, result = excluded.result, role = excluded.role, \
     explained = excluded.explained, source = excluded.source, employer = excluded.employer, \
     drift_check_on = excluded.drift_check_on, choice = excluded.choice, scope = excluded.scope";

impl Worded for Level {
    fn of(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

impl Worded for Status {
    fn of(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

impl Worded for Source {
    fn of(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

/// Every project that is not deleted, by level and then in the person's order.
pub(super) fn all(sql: &Connection) -> Result<Vec<Project>> {
    let mut projects = read(sql, [ALL, LINKS, TOPICS, HISTORY], [])?;
    projects.sort_by_key(|project| (project.draft.level, project.position, project.id));
    Ok(projects)
}

/// One project, deleted or not.
pub(super) fn one(sql: &Connection, id: ProjectId) -> Result<Option<Project>> {
    Ok(read(sql, [ONE, LINKS_OF, TOPICS_OF, HISTORY_OF], [Id(id.0)])?.pop())
}

fn read<P: Params + Clone>(
    sql: &Connection,
    queries: [&str; 4],
    params: P,
) -> Result<Vec<Project>> {
    let [projects, links, topics, history] = queries;
    let mut links = parts(sql, "project_link", links, params.clone(), |row| row.get(1))?;
    let mut topics =
        parts(sql, "project_topic", topics, params.clone(), |row| row.get(1).map(TopicId))?;
    let mut history = parts(sql, "project_status", history, params.clone(), |row| {
        Ok(StatusChange { on: row.get::<_, Iso>(1)?.0, status: row.get::<_, Word<Status>>(2)?.0 })
    })?;
    let mut project = |row: &Row<'_>| {
        let id = ProjectId(row.get::<_, Id>(0)?.0);
        Ok(Project {
            id,
            draft: ProjectDraft {
                title: row.get(1)?,
                level: row.get::<_, Word<Level>>(2)?.0,
                status: row.get::<_, Word<Status>>(3)?.0,
                pitch: row.get(4)?,
                links: links.remove(&id).unwrap_or_default(),
                topics: topics.remove(&id).unwrap_or_default(),
                result: row.get(7)?,
                role: row.get(8)?,
                explained: row.get(9)?,
                source: row.get::<_, Option<Word<Source>>>(10)?.map(|source| source.0),
                employer: row.get(11)?,
                drift_check_on: row.get::<_, Option<Iso>>(12)?.map(|day| day.0),
                choice: row.get::<_, Json<Choice>>(13)?.0,
            },
            scope: row.get::<_, Json<Scope>>(14)?.0,
            history: history.remove(&id).unwrap_or_default(),
            position: row.get(5)?,
            is_deleted: row.get(6)?,
        })
    };
    sql.prepare_cached(projects)?
        .query_map(params, |row| project(row).in_row("project", || key(row, 1)))?
        .collect()
}

fn parts<T>(
    sql: &Connection,
    table: &str,
    query: &str,
    params: impl Params,
    part: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<BTreeMap<ProjectId, Vec<T>>> {
    let mut found = BTreeMap::<_, Vec<T>>::new();
    let mut statement = sql.prepare_cached(query)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        let read = || Ok((ProjectId(row.get::<_, Id>(0)?.0), part(row)?));
        let (project, part) = read().in_row(table, || key(row, 1))?;
        found.entry(project).or_default().push(part);
    }
    Ok(found)
}

/// Writes one; the parts only where they differ from what stood there.
pub(super) fn put(sql: &Connection, before: Option<&Project>, project: &Project) -> Result<()> {
    let (id, draft) = (Id(project.id.0), &project.draft);
    sql.prepare_cached(PUT)?.execute(named_params! {
        ":id": id,
        ":title": draft.title,
        ":level": draft.level.word(),
        ":status": draft.status.word(),
        ":pitch": draft.pitch,
        ":position": project.position,
        ":is_deleted": project.is_deleted,
        ":result": draft.result,
        ":role": draft.role,
        ":explained": draft.explained,
        ":source": draft.source.map(Source::word),
        ":employer": draft.employer,
        ":drift_check_on": draft.drift_check_on.map(Iso),
        ":choice": Json(&draft.choice),
        ":scope": Json(&project.scope),
    })?;
    if before.is_none_or(|before| before.draft.links != draft.links) {
        sql.prepare_cached("DELETE FROM project_link WHERE project = ?1")?.execute([id])?;
        let mut insert = sql.prepare_cached(
            "INSERT INTO project_link (project, place, link) VALUES (?1, ?2, ?3)",
        )?;
        for (place, link) in (0_i64..).zip(&draft.links) {
            insert.execute((id, place, link))?;
        }
    }
    if before.is_none_or(|before| before.draft.topics != draft.topics) {
        sql.prepare_cached("DELETE FROM project_topic WHERE project = ?1")?.execute([id])?;
        let mut insert = sql.prepare_cached(
            "INSERT INTO project_topic (project, place, topic) VALUES (?1, ?2, ?3)",
        )?;
        for (place, topic) in (0_i64..).zip(&draft.topics) {
            insert.execute((id, place, &topic.0))?;
        }
    }
    if before.is_none_or(|before| before.history != project.history) {
        sql.prepare_cached("DELETE FROM project_status WHERE project = ?1")?.execute([id])?;
        let mut insert = sql.prepare_cached(
            "INSERT INTO project_status (project, place, day, status) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (place, change) in (0_i64..).zip(&project.history) {
            insert.execute((id, place, Iso(change.on), change.status.word()))?;
        }
    }
    Ok(())
}

/// Removes one with its parts.
pub(super) fn remove(sql: &Connection, id: ProjectId) -> Result<()> {
    sql.prepare_cached("DELETE FROM project WHERE id = ?1")?.execute([Id(id.0)])?;
    Ok(())
}

/// How many are not deleted.
pub(super) fn count(sql: &Connection) -> Result<i64> {
    sql.query_one("SELECT count(*) FROM project WHERE NOT is_deleted", [], |row| row.get(0))
}
