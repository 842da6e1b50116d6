//! The journal: every change with what it altered, in order.
//!
//! Owns the `change` table. Must not know what a change does to other tables.

use std::borrow::Cow;

use chrono::SecondsFormat;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{
    error::Cause,
    value::{InRow, Iso, Word, Worded, key, odd_row},
};
use crate::domain::{
    change::{Change, Origin, Stamp},
    record::{Image, Key},
};

const INSERT: &str = "INSERT INTO change \
     (device, device_seq, at, day, origin, target, state, change, before, after) \
     VALUES (?1, (SELECT coalesce(max(device_seq), 0) + 1 FROM change WHERE device = ?1), \
       ?2, ?3, ?4, ?5, 'done', ?6, ?7, ?8)";

const NEWEST_DONE: &str = "SELECT seq, origin, change, before, after FROM change \
     WHERE device = ?1 AND origin = 'asked' AND state = 'done' ORDER BY seq DESC LIMIT 1";

const OLDEST_UNDONE: &str = "SELECT seq, origin, change, before, after FROM change \
     WHERE device = ?1 AND origin = 'asked' AND state = 'undone' ORDER BY seq LIMIT 1";

const DISCARD: &str = "UPDATE change SET state = 'discarded' \
     WHERE device = ?1 AND origin = 'asked' AND state = 'undone'";

const SINCE: &str =
    "SELECT seq, origin, change, before, after FROM change WHERE seq > ?1 ORDER BY seq";

const LATER: &str = "SELECT seq, origin, change, before, after, at FROM change \
     WHERE seq > ?1 ORDER BY seq DESC";

/// A change of more records than that has its row written without its CHECKs: what is written is
/// JSON by its making.
const LONG: usize = 10_000;

/// One row, read.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) seq: i64,
    pub(super) origin: Origin,
    pub(super) change: Change,
    pub(super) before: Vec<Image>,
    pub(super) after: Vec<Image>,
}

/// One row to be written.
#[derive(Debug)]
pub(super) struct NewEntry<'a> {
    pub(super) origin: Origin,
    /// The change that it takes back or makes again.
    pub(super) target: Option<i64>,
    pub(super) change: Cow<'a, Change>,
    pub(super) before: Vec<Image>,
    pub(super) after: Vec<Image>,
}

/// What became of a change since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Done,
    Undone,
}

const ORIGINS: [(Origin, &str); 3] =
    [(Origin::Asked, "asked"), (Origin::Undone, "undone"), (Origin::Redone, "redone")];

impl Worded for Origin {
    fn of(word: &str) -> Option<Self> {
        ORIGINS.into_iter().find_map(|(origin, known)| (known == word).then_some(origin))
    }
}

fn origin_word(origin: Origin) -> &'static str {
    ORIGINS
        .into_iter()
        .find_map(|(known, word)| (known == origin).then_some(word))
        .unwrap_or("asked")
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let entry = || {
        Ok(Entry {
            seq: row.get(0)?,
            origin: row.get::<_, Word<Origin>>(1)?.0,
            change: json(row, 2)?,
            before: json(row, 3)?,
            after: json(row, 4)?,
        })
    };
    entry().in_row("change", || key(row, 1))
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text)
        .map_err(|error| odd_row(&format!("what it tells can't be understood ({error})")))
}

/// The name of the machine that writes this file.
pub(super) fn device(sql: &Connection) -> rusqlite::Result<String> {
    sql.query_one("SELECT value FROM meta WHERE key = 'device'", [], |row| row.get(0))
        .optional()?
        .ok_or_else(|| odd_row("the row 'device' of meta is not there"))
}

/// Gives the file another device: what was done so far is not this one's to undo.
pub(super) fn renew_device(sql: &Connection) -> rusqlite::Result<()> {
    let device = Uuid::new_v4().to_string();
    sql.execute("UPDATE meta SET value = ?1 WHERE key = 'device'", [device])?;
    Ok(())
}

/// The newest number; 0 before the first change.
pub(super) fn last(sql: &Connection) -> rusqlite::Result<i64> {
    sql.prepare_cached("SELECT coalesce(max(seq), 0) FROM change")?.query_row([], |row| row.get(0))
}

/// Adds a row and returns its number. Something newly asked for ends what could be made again.
pub(super) fn add(
    sql: &Connection,
    device: &str,
    stamp: &Stamp,
    entry: &NewEntry<'_>,
) -> Result<i64, Cause> {
    if entry.origin == Origin::Asked {
        sql.prepare_cached(DISCARD)?.execute([device])?;
    }
    // An import's are hundreds of MB, and looking whether that is JSON takes them five times over.
    let is_long = entry.after.len() > LONG;
    let check = |is_on: bool| sql.pragma_update(None, "ignore_check_constraints", !is_on);
    if is_long {
        check(false)?;
    }
    let inserted = insert(sql, device, stamp, entry);
    let checked = if is_long { check(true) } else { Ok(()) };
    inserted?;
    checked?;
    let seq = sql.last_insert_rowid();
    if let Some(target) = entry.target {
        let state = match entry.origin {
            Origin::Undone => State::Undone,
            Origin::Asked | Origin::Redone => State::Done,
        };
        mark(sql, target, state)?;
    }
    Ok(seq)
}

fn insert(
    sql: &Connection,
    device: &str,
    stamp: &Stamp,
    entry: &NewEntry<'_>,
) -> Result<(), Cause> {
    let mut insert = sql.prepare_cached(INSERT)?;
    insert.raw_bind_parameter(1, device)?;
    insert.raw_bind_parameter(2, stamp.at.to_rfc3339_opts(SecondsFormat::Millis, false))?;
    insert.raw_bind_parameter(3, Iso(stamp.today))?;
    insert.raw_bind_parameter(4, origin_word(entry.origin))?;
    insert.raw_bind_parameter(5, entry.target)?;
    // One after the other, for SQLite copies what it is given.
    insert.raw_bind_parameter(6, serde_json::to_string(&entry.change)?)?;
    insert.raw_bind_parameter(7, serde_json::to_string(&entry.before)?)?;
    insert.raw_bind_parameter(8, serde_json::to_string(&entry.after)?)?;
    // The copies go with the statement.
    insert.raw_execute()?;
    Ok(())
}

fn mark(sql: &Connection, seq: i64, state: State) -> rusqlite::Result<()> {
    let word = match state {
        State::Done => "done",
        State::Undone => "undone",
    };
    sql.prepare_cached("UPDATE change SET state = ?2 WHERE seq = ?1")?.execute((seq, word))?;
    Ok(())
}

/// The change that undo takes back: this device's newest that stands.
pub(super) fn to_undo(sql: &Connection, device: &str) -> rusqlite::Result<Option<Entry>> {
    found(sql, NEWEST_DONE, device)
}

/// The change that redo makes again: the one that was taken back last.
pub(super) fn to_redo(sql: &Connection, device: &str) -> rusqlite::Result<Option<Entry>> {
    // Undo goes backwards, and a new change ends redo: so it is the oldest of those taken back.
    found(sql, OLDEST_UNDONE, device)
}

fn found(sql: &Connection, query: &str, device: &str) -> rusqlite::Result<Option<Entry>> {
    let mut statement = sql.prepare_cached(query)?;
    let mut rows = statement.query([device])?;
    rows.next()?.map(from_row).transpose()
}

/// What tells a row from every other, in whichever file it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mark {
    seq: i64,
    device: String,
    device_seq: i64,
    at: String,
}

fn mark_from(row: &Row<'_>) -> rusqlite::Result<Mark> {
    Ok(Mark { seq: row.get(0)?, device: row.get(1)?, device_seq: row.get(2)?, at: row.get(3)? })
}

/// The newest row.
pub(super) fn newest(sql: &Connection) -> rusqlite::Result<Option<Mark>> {
    let newest = "SELECT seq, device, device_seq, at FROM change ORDER BY seq DESC LIMIT 1";
    sql.query_row(newest, [], mark_from).optional()
}

/// How many rows came after one; `None` where it is not there.
pub(super) fn after(sql: &Connection, mark: &Mark) -> rusqlite::Result<Option<i64>> {
    let there = "SELECT seq, device, device_seq, at FROM change WHERE seq = ?1";
    if sql.query_row(there, [mark.seq], mark_from).optional()?.as_ref() != Some(mark) {
        return Ok(None);
    }
    let count = "SELECT count(*) FROM change WHERE seq > ?1";
    sql.query_row(count, [mark.seq], |row| row.get(0)).map(Some)
}

/// Everything after a number, oldest first.
pub(super) fn since(sql: &Connection, seq: i64) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = sql.prepare_cached(SINCE)?;
    let mut rows = statement.query([seq])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(from_row(row)?);
    }
    Ok(entries)
}

/// The newest change after `seq` that altered one of `keys`, in words. Walks the journal, but only
/// when an undo is about to be refused.
pub(super) fn culprit(
    sql: &Connection,
    seq: i64,
    keys: &[&Key],
) -> rusqlite::Result<Option<String>> {
    let mut statement = sql.prepare(LATER)?;
    let mut rows = statement.query([seq])?;
    while let Some(row) = rows.next()? {
        let later = from_row(row)?;
        if later.after.iter().any(|image| keys.contains(&&image.key)) {
            let at: String = row.get(5)?;
            return Ok(Some(format!("{} of {at}", kind(&later.change))));
        }
    }
    Ok(None)
}

/// Hands over the journal's rows, the newest first.
pub(super) fn each_backwards(
    sql: &Connection,
    mut take: impl FnMut(Entry) -> Result<(), Cause>,
) -> Result<(), Cause> {
    let mut statement = sql.prepare(LATER)?;
    let mut rows = statement.query([0])?;
    while let Some(row) = rows.next()? {
        take(from_row(row)?)?;
    }
    Ok(())
}

/// What kind of change it is, in words.
pub(super) fn kind(change: &Change) -> &'static str {
    match change {
        Change::HabitAdd { .. } => "the adding of a habit",
        Change::HabitRename { .. } => "the renaming of a habit",
        Change::HabitLink { .. } => "the linking of a habit",
        Change::HabitSeconds { .. } => "the change of a timer",
        Change::HabitReview { .. } => "the linking of a habit to reviews",
        Change::RecipeSet { .. } => "the change of a recipe",
        Change::ScheduleSet { .. } => "the change of a schedule",
        Change::HabitArchive { .. } => "the archiving of a habit",
        Change::HabitUnarchive { .. } => "the un-archiving of a habit",
        Change::HabitDelete { .. } => "the deletion of a habit",
        Change::HabitsReorder { .. } => "the reordering of habits",
        Change::CheckInSet { .. } | Change::CheckInFill { .. } => "the check-in",
        Change::CheckInsFill { .. } => "the filling in of days",
        Change::CheckInNote { .. } => "the note",
        Change::Fill { .. } => "an import",
        Change::TopicSet { .. } => "the change of a topic",
        Change::TopicEvidence { .. } => "the evidence of a topic",
        Change::TopicReview { .. } => "the review of a topic",
        Change::TopicAnnotate { .. } => "the notes on a topic",
        Change::ResourceUsed { .. } => "the use of a resource",
        Change::TopicTakeOver { .. } => "the renaming of a topic",
        Change::GoalSet { .. } => "the change of the goal",
        Change::OwnTopicPut { .. } => "the change of a topic of your own",
        Change::OwnTopicDelete { .. } => "the deletion of a topic of your own",
        Change::ProjectAdd { .. } => "the adding of a project",
        Change::ProjectEdit { .. } => "the change of a project",
        Change::ProjectStatus { .. } => "the change of a project's status",
        Change::ProjectScope { .. } => "the change of a scope",
        Change::ProjectDelete { .. } => "the deletion of a project",
        Change::ProjectsReorder { .. } => "the reordering of projects",
        Change::SessionPut { .. } => "the session",
        Change::Together { .. } => "a change of several things at once",
    }
}

/// Whether another connection has committed since the number was last the same.
pub(super) fn data_version(sql: &Connection) -> rusqlite::Result<i64> {
    sql.prepare_cached("PRAGMA data_version")?
        .query_row([], |row| row.get(0))
        .optional()
        .map(|version| version.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;

    #[test]
    fn a_long_row_leaves_the_checks_on() {
        let mut sql = Connection::open_in_memory().unwrap();
        migrate::run(&mut sql, &migrate::all().unwrap()).unwrap();
        let image = Image { key: Key::Goal, record: None };
        let entry = NewEntry {
            origin: Origin::Asked,
            target: None,
            change: Cow::Owned(Change::GoalSet { goal: "a".into() }),
            before: Vec::new(),
            after: vec![image; LONG + 1],
        };
        let at = chrono::DateTime::parse_from_rfc3339("2026-11-23T12:00:00Z").unwrap();
        let stamp = Stamp { at, today: at.date_naive() };
        assert_eq!(add(&sql, "here", &stamp, &entry).unwrap(), 1);
        let spoil = "UPDATE change SET after = 'no list'";
        let error = sql.execute(spoil, []).unwrap_err().to_string();
        assert!(error.contains("CHECK constraint failed"), "{error}");
    }

    #[test]
    fn no_look_at_the_journal_scans_it() {
        let mut sql = Connection::open_in_memory().unwrap();
        migrate::run(&mut sql, &migrate::all().unwrap()).unwrap();
        for (query, plan) in [
            (NEWEST_DONE, "SEARCH change USING INDEX change_to_undo (device=?)"),
            (OLDEST_UNDONE, "SEARCH change USING INDEX change_to_redo (device=?)"),
            (DISCARD, "SEARCH change USING INDEX change_to_redo (device=?)"),
            (SINCE, "SEARCH change USING INTEGER PRIMARY KEY (rowid>?)"),
            (LATER, "SEARCH change USING INTEGER PRIMARY KEY (rowid>?)"),
        ] {
            let mut statement = sql.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap();
            let steps = statement.query_map(["1"], |row| row.get(3)).unwrap();
            let steps: Vec<String> = steps.map(Result::unwrap).collect();
            assert_eq!(steps, [plan], "{query}");
        }
    }
}
