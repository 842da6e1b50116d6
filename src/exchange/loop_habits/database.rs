//! Loop's backup: its own `SQLite` file, of any version of its schema.
//!
//! Owns the columns of every version and how a hostile file is read: from a copy in memory, read
//! only, with nothing in it believed. What a number means is told by its parent.

use std::{
    io::Cursor,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, NaiveDate};
use rusqlite::{Connection, OpenFlags, config::DbConfig, limits::Limit, types::ValueRef};
use uuid::Uuid;

use super::{Habit, Measure, joined};
use crate::{
    domain::day,
    exchange::{
        ImportError, Input,
        reading::{Reading, Said, note, number, reported},
    },
};

/// The newest schema that is known.
const VERSION: i64 = 25;

/// How a file of `SQLite` begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// What inch writes into its own file: where, and what.
const OWN: (std::ops::Range<usize>, &[u8]) = (68..72, b"inch");

/// How many steps of `SQLite`'s machine a file may cost: far more than the largest honest one.
const STEPS: u64 = 500_000_000;

/// After how many of them they are counted.
const STRIDE: i32 = 10_000;

/// The longest row in bytes: nothing that anybody types comes near it.
const LENGTH: i32 = 1024 * 1024;

const WHOLE: &str = "Make a new backup in Loop";

/// By its first bytes.
pub fn looks_so(input: &Input) -> bool {
    input.head().starts_with(MAGIC)
}

/// Reads the habits and then their days.
pub fn read(input: &Input, reading: &mut Reading) -> Result<(), ImportError> {
    let bytes = input.bytes()?;
    if bytes.get(OWN.0) == Some(OWN.1) {
        let next = "Open it with --db FILE instead";
        return Err(reading.broken("is a data file of inch, not of Loop", next));
    }
    let sql = open(bytes).map_err(|error| damaged(reading, &error))?;
    let shape = Shape::of(&sql).map_err(|error| damaged(reading, &error))?;
    let Some(shape) = shape else {
        let what = "is a database, but it has no tables Habits and Repetitions as Loop has them";
        return Err(reading.broken(what, WHOLE));
    };
    check(&sql).map_err(|error| damaged(reading, &error))?;
    if shape.version > VERSION {
        reading.told.push(format!(
            "It was written by a newer Loop than this inch knows (version {} of its database): look at the plan with care",
            shape.version
        ));
    }
    let described = habits(&sql, &shape, reading)?;
    repetitions(&sql, &shape, &described, reading)
}

fn damaged(reading: &Reading, error: &rusqlite::Error) -> ImportError {
    let what = format!("is damaged, or no database of Loop: {}", reported(error));
    reading.broken(what, WHOLE)
}

/// Opens a copy in memory.
fn open(bytes: &[u8]) -> rusqlite::Result<Connection> {
    // A file with a log beside it can't be opened in memory; without the log it is an older one.
    let mut head = bytes.to_vec();
    if let Some(versions) = head.get_mut(18..20) {
        versions.fill(1);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut sql = Connection::open_in_memory_with_flags(flags)?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    sql.set_limit(Limit::SQLITE_LIMIT_LENGTH, LENGTH)?;
    sql.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    let size = head.len();
    sql.deserialize_read_exact("main", Cursor::new(head), size, true)?;
    let spent = Arc::new(AtomicU64::new(0));
    let count = move || {
        let stride = u64::from(STRIDE.unsigned_abs());
        spent.fetch_add(stride, Ordering::Relaxed) > STEPS
    };
    sql.progress_handler(STRIDE, Some(count))?;
    sql.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA query_only = ON; PRAGMA ignore_check_constraints = ON;",
    )?;
    Ok(sql)
}

/// Whether the rows of both tables can be read whole. Only of those tables, whose shape is known:
/// what else stands in the file could keep this busy for hours.
fn check(sql: &Connection) -> rusqlite::Result<()> {
    for query in ["PRAGMA quick_check(habits)", "PRAGMA quick_check(repetitions)"] {
        let found: String = sql.query_row(query, [], |row| row.get(0))?;
        if found != "ok" {
            let failure = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
            return Err(rusqlite::Error::SqliteFailure(failure, Some(found)));
        }
    }
    Ok(())
}

/// Which columns this version has.
struct Shape {
    version: i64,
    habits: Vec<String>,
    repetitions: Vec<String>,
}

impl Shape {
    /// `None` where it is not Loop's.
    fn of(sql: &Connection) -> rusqlite::Result<Option<Self>> {
        let columns = |table: &str| -> rusqlite::Result<Vec<String>> {
            // Real tables only: a view could ask for anything.
            let is_table: bool = sql.query_one(
                "SELECT count(*) = 1 FROM sqlite_schema WHERE lower(name) = ?1 AND type = 'table' \
                 AND lower(sql) LIKE 'create table%'",
                [table],
                |row| row.get(0),
            )?;
            if !is_table {
                return Ok(Vec::new());
            }
            // Nor are columns Loop's that work something out.
            let mut statement =
                sql.prepare("SELECT lower(name), hidden FROM pragma_table_xinfo(?1)")?;
            let columns: Vec<(String, i64)> = statement
                .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            let is_plain = columns.iter().all(|(_, hidden)| *hidden == 0);
            let names = columns.into_iter().map(|(name, _)| name);
            Ok(if is_plain { names.collect() } else { Vec::new() })
        };
        let (habits, repetitions) = (columns("habits")?, columns("repetitions")?);
        let has = |columns: &[String], wanted: &[&str]| {
            wanted.iter().all(|name| columns.iter().any(|column| column == name))
        };
        let is_loop = has(&habits, &["id", "name", "freq_num", "freq_den"])
            && has(&repetitions, &["id", "habit", "timestamp"]);
        let version = sql.query_one("PRAGMA user_version", [], |row| row.get(0))?;
        Ok(is_loop.then_some(Self { version, habits, repetitions }))
    }
}

/// A column, or NULL where this version has none.
fn column(columns: &[String], name: &str) -> String {
    let has = columns.iter().any(|column| column == name);
    if has { format!("\"{name}\"") } else { "NULL".to_owned() }
}

/// Where each habit went by its number; `None` for one that was left out.
type Numbered = std::collections::BTreeMap<i64, Option<(usize, Measure)>>;

fn habits(sql: &Connection, shape: &Shape, reading: &mut Reading) -> Result<Numbered, ImportError> {
    reading.begin("Habits", "row");
    let names = [
        "id",
        "name",
        "question",
        "description",
        "freq_num",
        "freq_den",
        "archived",
        "type",
        "unit",
        "target_type",
        "target_value",
        "uuid",
    ];
    let columns = names.map(|name| column(&shape.habits, name)).join(", ");
    let order = if shape.habits.iter().any(|name| name == "position") { "position, " } else { "" };
    let query = format!("SELECT {columns} FROM habits ORDER BY {order}id");
    let has_question = shape.habits.iter().any(|name| name == "question");
    let mut numbered = Numbered::new();
    let mut found = Vec::new();
    let mut read = || -> rusqlite::Result<()> {
        let mut statement = sql.prepare(&query)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let cells: Vec<_> =
                (0..names.len()).map(|at| row.get_ref(at)).collect::<Result<_, _>>()?;
            found.push((id, habit(&cells, has_question)));
        }
        Ok(())
    };
    read().map_err(|error| damaged(reading, &error))?;
    for (id, habit) in found {
        let number = u64::try_from(id).unwrap_or(0);
        let described = match habit {
            Ok(habit) => {
                let measure = habit.measure.clone();
                habit.describe(number, reading)?.map(|habit| (habit, measure))
            }
            Err(what) => {
                reading.bad(number, what)?;
                None
            }
        };
        numbered.insert(id, described);
    }
    Ok(numbered)
}

fn habit(cells: &[ValueRef<'_>], has_question: bool) -> Result<Habit, String> {
    let [_, name, question, description, times, days, archived, kind, unit, limit, target, uuid] =
        cells
    else {
        return Err("it is not whole".to_owned());
    };
    let [name, question, description, unit, uuid] = [
        text("name", *name)?,
        text("question", *question)?,
        text("description", *description)?,
        text("unit", *unit)?,
        text("uuid", *uuid)?,
    ];
    // Before there was a question, the description held it.
    let (question, description) =
        if has_question { (question, description) } else { (description, String::new()) };
    let measure = match whole("type", *kind)?.unwrap_or(0) {
        0 => Measure::Yes,
        1 => Measure::Number {
            unit: super::unit("unit", &unit)?,
            target: real("target_value", *target)?,
            is_limit: whole("target_type", *limit)?.unwrap_or(0) == 1,
        },
        other => return Err(format!("column type: {other} is not a type. Accepted: 0 or 1")),
    };
    Ok(Habit {
        name,
        question,
        description,
        times: whole("freq_num", *times)?.unwrap_or(1),
        days: whole("freq_den", *days)?.unwrap_or(1),
        is_archived: whole("archived", *archived)?.unwrap_or(0) != 0,
        measure,
        // The ids that an update of Loop once gave to older habits are none.
        uuid: Uuid::parse_str(&uuid).ok().filter(|uuid| !uuid.is_nil() && !uuid.is_max()),
    })
}

fn repetitions(
    sql: &Connection,
    shape: &Shape,
    described: &Numbered,
    reading: &mut Reading,
) -> Result<(), ImportError> {
    // Older versions could keep a day twice; Loop's own update keeps the first.
    reading.repeats = crate::exchange::reading::Repeats::First("Loop");
    reading.begin("Repetitions", "row");
    let columns =
        ["id", "habit", "timestamp", "value", "notes"].map(|name| column(&shape.repetitions, name));
    let query = format!("SELECT {} FROM repetitions ORDER BY id", columns.join(", "));
    let broken = |reading: &Reading, error: rusqlite::Error| damaged(reading, &error);
    let mut statement = sql.prepare(&query).map_err(|error| broken(reading, error))?;
    let mut rows = statement.query([]).map_err(|error| broken(reading, error))?;
    let has_value = shape.repetitions.iter().any(|name| name == "value");
    let mut of_none = 0_u64;
    while let Some(row) = rows.next().map_err(|error| broken(reading, error))? {
        let cells: Result<Vec<_>, _> = (0..5).map(|at| row.get_ref(at)).collect();
        let cells = cells.map_err(|error| broken(reading, error))?;
        let number = match cells[0] {
            ValueRef::Integer(id) => u64::try_from(id).unwrap_or(0),
            _ => 0,
        };
        let (ValueRef::Integer(habit), ValueRef::Integer(at)) = (cells[1], cells[2]) else {
            of_none += 1;
            continue;
        };
        match described.get(&habit) {
            // Loop drops these itself when it is updated.
            None => of_none += 1,
            // The habit was left out itself.
            Some(None) => {}
            Some(Some((habit, measure))) => match repetition(&cells, at, has_value, measure) {
                Ok(Some(said)) => reading.take(number, Ok(Said { habit: *habit, ..said }))?,
                Ok(None) => {}
                Err(what) => reading.bad(number, what)?,
            },
        }
    }
    if of_none > 0 {
        reading.told.push(format!("{of_none} of its days belong to no habit, and are left out"));
    }
    Ok(())
}

fn repetition(
    cells: &[ValueRef<'_>],
    at: i64,
    has_value: bool,
    measure: &Measure,
) -> Result<Option<Said>, String> {
    let day = day_of(at)?;
    // Before there was a value, a row meant done.
    let value = if has_value { whole("value", cells[3])?.unwrap_or(2) } else { 2 };
    let written = note("notes", &text("notes", cells[4])?)?;
    let said = match measure.meaning(value)? {
        Some((mark, amount)) => Some((mark, joined(amount, &written))),
        None => (!written.is_empty()).then_some((None, written)),
    };
    let said =
        said.map(|(mark, text)| Ok(Said { habit: 0, day, mark, note: note("notes", &text)? }));
    said.transpose()
}

/// The local date whose midnight, taken as UTC, is so many milliseconds after 1970.
fn day_of(at: i64) -> Result<NaiveDate, String> {
    let day = DateTime::from_timestamp_millis(at).map(|at| at.date_naive());
    day.filter(|day| day::is_kept(*day)).ok_or_else(|| {
        format!("column timestamp: {at} is no day from 1970-01-01 to 2200-12-31 in milliseconds")
    })
}

fn text(column: &str, cell: ValueRef<'_>) -> Result<String, String> {
    match cell {
        ValueRef::Null => Ok(String::new()),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(|_| format!("column {column}: it is not UTF-8 text")),
        ValueRef::Integer(found) => Ok(found.to_string()),
        ValueRef::Real(found) => Ok(number(found)),
        ValueRef::Blob(_) => Err(format!("column {column}: it is no text")),
    }
}

fn whole(column: &str, cell: ValueRef<'_>) -> Result<Option<i64>, String> {
    match cell {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(found) => Ok(Some(found)),
        _ => Err(format!("column {column}: it is no whole number")),
    }
}

fn real(column: &str, cell: ValueRef<'_>) -> Result<f64, String> {
    match cell {
        ValueRef::Null => Ok(0.0),
        // Loop keeps what was typed, which has far fewer digits.
        ValueRef::Integer(found) => Ok(i32::try_from(found).map_or(f64::MAX, f64::from)),
        ValueRef::Real(found) if found.is_finite() => Ok(found),
        _ => Err(format!("column {column}: it is no number")),
    }
}
