//! Check-ins: one row per habit and day.
//!
//! Owns their SQL and row mapping. Must not know the journal or what the marks come to.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

use super::value::{Id, InRow, Iso, Word, key};
use crate::domain::{
    habit::{CheckIn, Mark},
    ids::HabitId,
};

const OF_DAY: &str = "SELECT habit, day, mark, note FROM check_in WHERE habit = ?1 AND day = ?2";

const OF_HABIT: &str = "SELECT habit, day, mark, note FROM check_in WHERE habit = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day";

const MARKS: &str = "SELECT day, mark FROM check_in \
     WHERE habit = ?1 AND day >= ?2 AND mark IS NOT NULL ORDER BY day";

const TICKS: &str =
    "SELECT count(*) FROM check_in WHERE habit = ?1 AND day <= ?2 AND mark = 'done'";

const LISTED: &str = "SELECT c.habit, c.day, c.mark, c.note \
     FROM check_in c JOIN habit h ON h.id = c.habit \
     WHERE NOT h.is_deleted AND c.day >= ?1 ORDER BY c.day, h.position, h.id";

const LISTED_OF: &str = "SELECT c.habit, c.day, c.mark, c.note \
     FROM check_in c JOIN habit h ON h.id = c.habit \
     WHERE c.habit = ?2 AND NOT h.is_deleted AND c.day >= ?1 ORDER BY c.day";

const PUT: &str = "INSERT INTO check_in (habit, day, mark, note) \
     VALUES (:habit, :day, :mark, :note) \
     ON CONFLICT (habit, day) DO UPDATE SET mark = excluded.mark, note = excluded.note";

fn from_row(row: &Row<'_>) -> Result<CheckIn> {
    let habit = || Ok(HabitId(row.get::<_, Id>(0)?.0));
    habit().and_then(|habit| of(habit, row)).in_row("check_in", || key(row, 2))
}

fn of(habit: HabitId, row: &Row<'_>) -> Result<CheckIn> {
    Ok(CheckIn {
        habit,
        day: row.get::<_, Iso>(1)?.0,
        mark: row.get::<_, Option<Word<Mark>>>(2)?.map(|word| word.0),
        note: row.get(3)?,
    })
}

/// What was said about one day.
pub(super) fn one(sql: &Connection, habit: HabitId, day: NaiveDate) -> Result<Option<CheckIn>> {
    sql.prepare_cached(OF_DAY)?.query_row((Id(habit.0), Iso(day)), from_row).optional()
}

/// Hands over a habit's check-ins from the first to the last day, in order.
pub(super) fn each(
    sql: &Connection,
    habit: HabitId,
    first: NaiveDate,
    last: NaiveDate,
    mut take: impl FnMut(CheckIn),
) -> Result<()> {
    let mut statement = sql.prepare_cached(OF_HABIT)?;
    let mut rows = statement.query((Id(habit.0), Iso::since(first), Iso::since(last)))?;
    while let Some(row) = rows.next()? {
        // The id is known: reading it from every row would cost as much as the rest.
        take(of(habit, row).in_row("check_in", || key(row, 2))?);
    }
    Ok(())
}

/// A habit's marks from a day on.
pub(super) fn marks(
    sql: &Connection,
    habit: HabitId,
    since: NaiveDate,
) -> Result<BTreeMap<NaiveDate, Mark>> {
    sql.prepare_cached(MARKS)?
        .query_map((Id(habit.0), Iso::since(since)), |row| {
            let mark = || Ok((row.get::<_, Iso>(0)?.0, row.get::<_, Word<Mark>>(1)?.0));
            mark().in_row("check_in", || format!("{habit} {}", key(row, 1)))
        })?
        .collect()
}

/// How many days of some habits up to one day are done.
pub(super) fn ticks(sql: &Connection, habits: &[HabitId], until: NaiveDate) -> Result<u64> {
    let mut statement = sql.prepare_cached(TICKS)?;
    let mut of_one = |habit: &HabitId| -> Result<u64> {
        let days =
            statement.query_row((Id(habit.0), Iso::since(until)), |row| row.get::<_, i64>(0));
        Ok(days?.unsigned_abs())
    };
    habits.iter().map(&mut of_one).sum()
}

/// Check-ins by day and then in the habits' order, of one habit or of all that are not deleted.
pub(super) fn listed(
    sql: &Connection,
    habit: Option<HabitId>,
    since: NaiveDate,
) -> Result<Vec<CheckIn>> {
    match habit {
        Some(habit) => sql
            .prepare_cached(LISTED_OF)?
            .query_map((Iso::since(since), Id(habit.0)), from_row)?
            .collect(),
        None => sql.prepare_cached(LISTED)?.query_map([Iso::since(since)], from_row)?.collect(),
    }
}

/// Writes one.
pub(super) fn put(sql: &Connection, check_in: &CheckIn) -> Result<()> {
    sql.prepare_cached(PUT)?.execute(named_params! {
        ":habit": Id(check_in.habit.0),
        ":day": Iso(check_in.day),
        ":mark": check_in.mark.map(Mark::word),
        ":note": check_in.note,
    })?;
    Ok(())
}

/// Removes one.
pub(super) fn remove(sql: &Connection, habit: HabitId, day: NaiveDate) -> Result<()> {
    sql.prepare_cached("DELETE FROM check_in WHERE habit = ?1 AND day = ?2")?
        .execute((Id(habit.0), Iso(day)))?;
    Ok(())
}

/// How many there are; walks the whole table.
pub(super) fn count(sql: &Connection) -> Result<i64> {
    sql.query_one("SELECT count(*) FROM check_in", [], |row| row.get(0))
}
