//! Making a copy and believing it: only after every check.
//!
//! Owns what a whole file is. Must not know where a copy goes.

use std::{collections::BTreeMap, fs::OpenOptions, path::Path};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::Stop;
use crate::store::error::{Cause, Doing, StoreError};

/// How often a copy is tried while others write: it must have as many rows as the file.
const TRIES: usize = 5;

/// Copies the file whole into `unfinished`, which is there, and checks the copy. `asked`
/// names the file in messages, `to` what the copy is to become.
pub fn copy(
    sql: &Connection,
    asked: &Path,
    unfinished: &Path,
    to: &Path,
    stop: &Stop,
) -> Result<(), StoreError> {
    let at = |cause: Cause| match cause {
        // A full disk is that of the copy, damage is that of the file.
        Cause::Sql(error) if !is_damage(&error) => Cause::Sql(error).at(to, Doing::Copying),
        cause => cause.at(asked, Doing::BackingUp),
    };
    for _ in 0..TRIES {
        if stop.is_set() {
            break;
        }
        // An earlier try may have left something.
        OpenOptions::new()
            .write(true)
            .truncate(true)
            .open(unfinished)
            .map_err(|source| StoreError::NoBackup { path: to.to_owned(), source })?;
        let (before, rows) = moment(sql).map_err(at)?;
        write(sql, unfinished).map_err(at)?;
        let copy = whole(unfinished).map_err(at)?;
        let (after, rows_after) = moment(sql).map_err(at)?;
        match lacking(&copy, &rows, &rows_after).map_err(at)? {
            None => return Ok(()),
            Some(table) if before == after => {
                return Err(at(Cause::Copy(format!("the copy lacks rows of {table}"))));
            }
            // Rows may have gone and come again.
            Some(_) => {}
        }
    }
    Err(crate::store::error::busy(asked, Doing::BackingUp))
}

/// Differs once another connection has committed.
fn version(sql: &Connection) -> Result<i64, Cause> {
    Ok(sql.query_one("PRAGMA data_version", [], |row| row.get(0))?)
}

fn write(sql: &Connection, to: &Path) -> Result<(), Cause> {
    let Some(name) = to.to_str() else {
        return Err(Cause::Copy("the folder's name is not text".to_owned()));
    };
    sql.execute("VACUUM INTO ?1", [name])?;
    Ok(())
}

/// Opens a copy that is whole.
fn whole(path: &Path) -> Result<Connection, Cause> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(path, flags)?;
    match faults(&copy, 1)?.into_iter().next() {
        None => Ok(copy),
        Some(fault) => Err(Cause::Copy(fault)),
    }
}

/// How many rows each table has, by name.
type Rows = BTreeMap<String, i64>;

/// What the file holds at a moment, and a number that differs at every other.
fn moment(sql: &Connection) -> Result<(i64, Rows), Cause> {
    let version = version(sql)?;
    let rows = tables(sql)?.into_iter().map(|table| Ok((table.clone(), count(sql, &table)?)));
    Ok((version, rows.collect::<rusqlite::Result<_>>()?))
}

fn count(sql: &Connection, table: &str) -> rusqlite::Result<i64> {
    let count = format!("SELECT count(*) FROM \"{}\"", table.replace('"', "\"\""));
    sql.query_one(&count, [], |row| row.get(0))
}

/// The first table of which the copy has fewer rows than the file had both before and after it was
/// made: others may have written meanwhile.
fn lacking(copy: &Connection, before: &Rows, after: &Rows) -> Result<Option<String>, Cause> {
    for (table, rows) in before {
        let least = after.get(table).map_or(*rows, |later| *rows.min(later));
        if count(copy, table)? < least {
            return Ok(Some(table.clone()));
        }
    }
    Ok(None)
}

pub fn tables(sql: &Connection) -> rusqlite::Result<Vec<String>> {
    sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?
        .query_map([], |row| row.get(0))?
        .collect()
}

pub fn has_table(sql: &Connection, name: &str) -> rusqlite::Result<bool> {
    let query = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)";
    sql.query_one(query, [name], |row| row.get(0))
}

/// What is wrong with a file, as far as `SQLite` can tell, in words; at most `most` of a kind.
pub fn faults(sql: &Connection, most: usize) -> rusqlite::Result<Vec<String>> {
    let mut found = verdict(sql, &format!("PRAGMA integrity_check({most})"))?;
    found.extend(astray(sql, most)?);
    Ok(found)
}

/// The same without a look at every entry of every index: what it costs can be paid every day.
pub fn quick_faults(sql: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut found = verdict(sql, "PRAGMA quick_check(1)")?;
    found.extend(astray(sql, 1)?);
    Ok(found)
}

fn verdict(sql: &Connection, check: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = sql.prepare(check)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let said = rows.collect::<Result<Vec<_>, _>>()?;
    let lines = said.iter().flat_map(|row| row.lines());
    Ok(lines.filter(|line| *line != "ok" && !line.starts_with("***")).map(plain).collect())
}

/// What was found, without the names in `SQLite`'s own code.
fn plain(line: &str) -> String {
    let page = line.split_once(": btreeInitPage()").and_then(|(at, _)| at.rsplit_once(" page "));
    page.map_or_else(|| line.to_owned(), |(_, page)| format!("page {page} can't be read"))
}

fn astray(sql: &Connection, most: usize) -> rusqlite::Result<Vec<String>> {
    let mut statement = sql.prepare("PRAGMA foreign_key_check")?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(2)?)))?;
    rows.take(most)
        .map(|row| {
            let (table, parent) = row?;
            let parent = parent.unwrap_or_default();
            Ok(format!("a row of {table} refers to one of {parent} that is not there"))
        })
        .collect()
}

/// Whether `SQLite` found the file itself to be damaged.
pub fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_with_fewer_rows_is_none() {
        let with = |rows: &str| {
            let sql = Connection::open_in_memory().unwrap();
            let made =
                format!("CREATE TABLE a (n); CREATE TABLE b (n); INSERT INTO b VALUES {rows}");
            sql.execute_batch(&made).unwrap();
            sql
        };
        let (two, three) = (with("(1), (2)"), with("(1), (2), (3)"));
        let rows = |sql: &Connection| moment(sql).unwrap().1;
        let (few, many) = (rows(&two), rows(&three));
        assert_eq!(lacking(&two, &many, &many).unwrap().as_deref(), Some("b"));
        assert_eq!(lacking(&three, &few, &few).unwrap(), None);
        // One came or went while the copy was made.
        assert_eq!(lacking(&two, &few, &many).unwrap(), None);
        assert_eq!(lacking(&two, &many, &few).unwrap(), None);
        assert!(lacking(&Connection::open_in_memory().unwrap(), &few, &few).is_err());
    }
}
