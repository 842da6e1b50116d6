//! Habits with their versions of schedule and recipe.
//!
//! Owns their SQL and row mapping. Must not know check-ins, the journal or figures.

use std::collections::BTreeMap;

use rusqlite::{Connection, Params, Result, Row, named_params};

use super::value::{Id, InRow, Iso, key, odd_row};
use crate::domain::{
    habit::{Habit, Recipe},
    ids::{HabitId, TopicId},
    schedule::Schedule,
    version::{Version, Versions},
};

const ALL: &str = "SELECT id, name, topic, position, is_deleted, seconds, is_review FROM habit \
     WHERE NOT is_deleted ORDER BY position, id";
const ONE: &str =
    "SELECT id, name, topic, position, is_deleted, seconds, is_review FROM habit WHERE id = ?1";

const SCHEDULES: &str =
    "SELECT habit, effective_day, schedule FROM habit_schedule ORDER BY habit, effective_day";
const SCHEDULES_OF: &str = "SELECT habit, effective_day, schedule FROM habit_schedule \
     WHERE habit = ?1 ORDER BY effective_day";

const RECIPES: &str = "SELECT habit, effective_day, anchor, behaviour, celebration \
     FROM habit_recipe ORDER BY habit, effective_day";
const RECIPES_OF: &str = "SELECT habit, effective_day, anchor, behaviour, celebration \
     FROM habit_recipe WHERE habit = ?1 ORDER BY effective_day";

const PUT: &str = "INSERT INTO habit (id, name, topic, position, is_deleted, seconds, \
     is_review) VALUES (:id, :name, :topic, :position, :is_deleted, :seconds, :is_review) \
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, topic = excluded.topic, \
     position = excluded.position, is_deleted = excluded.is_deleted, \
     seconds = excluded.seconds, is_review = excluded.is_review";

type ByHabit<T> = BTreeMap<HabitId, Vec<Version<T>>>;

/// Every habit that is not deleted, in the person's order.
pub(super) fn all(sql: &Connection) -> Result<Vec<Habit>> {
    read(sql, [ALL, SCHEDULES, RECIPES], [])
}

/// One habit, deleted or not.
pub(super) fn one(sql: &Connection, id: HabitId) -> Result<Option<Habit>> {
    Ok(read(sql, [ONE, SCHEDULES_OF, RECIPES_OF], [Id(id.0)])?.pop())
}

fn read<P: Params + Clone>(sql: &Connection, queries: [&str; 3], params: P) -> Result<Vec<Habit>> {
    let [habits, schedules, recipes] = queries;
    let mut schedules = versions(sql, "habit_schedule", schedules, params.clone(), |row| {
        let text = row.get_ref(2)?.as_str()?;
        text.parse::<Schedule>().map_err(|error| odd_row(&error.to_string()))
    })?;
    let mut recipes = versions(sql, "habit_recipe", recipes, params.clone(), |row| {
        Ok(Recipe { anchor: row.get(2)?, behaviour: row.get(3)?, celebration: row.get(4)? })
    })?;
    let mut habit = |row: &Row<'_>| {
        let id = HabitId(row.get::<_, Id>(0)?.0);
        Ok(Habit {
            id,
            name: row.get(1)?,
            topic: row.get::<_, Option<String>>(2)?.map(TopicId),
            position: row.get(3)?,
            schedules: lawful("schedule", schedules.remove(&id))?,
            recipes: lawful("recipe", recipes.remove(&id))?,
            is_deleted: row.get(4)?,
            seconds: row.get(5)?,
            is_review: row.get(6)?,
        })
    };
    sql.prepare_cached(habits)?
        .query_map(params, |row| habit(row).in_row("habit", || key(row, 1)))?
        .collect()
}

fn versions<T>(
    sql: &Connection,
    table: &str,
    query: &str,
    params: impl Params,
    value: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<ByHabit<T>> {
    let mut found = ByHabit::new();
    let mut statement = sql.prepare_cached(query)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        let version = || {
            let habit = HabitId(row.get::<_, Id>(0)?.0);
            Ok((habit, Version { from: row.get::<_, Iso>(1)?.0, value: value(row)? }))
        };
        let (habit, version) = version().in_row(table, || key(row, 2))?;
        found.entry(habit).or_default().push(version);
    }
    Ok(found)
}

fn lawful<T: PartialEq>(what: &str, versions: Option<Vec<Version<T>>>) -> Result<Versions<T>> {
    versions.unwrap_or_default().try_into().map_err(|law| odd_row(&format!("its {what} {law}")))
}

/// Writes one; the versions only where they differ from what stood there.
pub(super) fn put(sql: &Connection, before: Option<&Habit>, habit: &Habit) -> Result<()> {
    let id = Id(habit.id.0);
    sql.prepare_cached(PUT)?.execute(named_params! {
        ":id": id,
        ":name": habit.name,
        ":topic": habit.topic.as_ref().map(|topic| &topic.0),
        ":position": habit.position,
        ":is_deleted": habit.is_deleted,
        ":seconds": habit.seconds,
        ":is_review": habit.is_review,
    })?;
    if before.is_none_or(|before| before.schedules != habit.schedules) {
        sql.prepare_cached("DELETE FROM habit_schedule WHERE habit = ?1")?.execute([id])?;
        let mut insert = sql.prepare_cached(
            "INSERT INTO habit_schedule (habit, effective_day, schedule) VALUES (?1, ?2, ?3)",
        )?;
        for version in habit.schedules.as_slice() {
            insert.execute((id, Iso(version.from), version.value.to_string()))?;
        }
    }
    if before.is_none_or(|before| before.recipes != habit.recipes) {
        sql.prepare_cached("DELETE FROM habit_recipe WHERE habit = ?1")?.execute([id])?;
        let mut insert = sql.prepare_cached(
            "INSERT INTO habit_recipe (habit, effective_day, anchor, behaviour, celebration) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for version in habit.recipes.as_slice() {
            let recipe = &version.value;
            insert.execute((
                id,
                Iso(version.from),
                &recipe.anchor,
                &recipe.behaviour,
                &recipe.celebration,
            ))?;
        }
    }
    Ok(())
}

/// Removes one with its versions; its check-ins must be gone.
pub(super) fn remove(sql: &Connection, id: HabitId) -> Result<()> {
    sql.prepare_cached("DELETE FROM habit WHERE id = ?1")?.execute([Id(id.0)])?;
    Ok(())
}

/// How many are not deleted.
pub(super) fn count(sql: &Connection) -> Result<i64> {
    sql.query_one("SELECT count(*) FROM habit WHERE NOT is_deleted", [], |row| row.get(0))
}
