//! Derived rows: what a habit's older days come to, so that cost does not follow history.
//!
//! Owns the `habit_fold` table and the tracks made with it. It is a cache: every answer here is the
//! same without it. Must not know why a change was made.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{
    check_in,
    error::Cause,
    value::{Id, Iso},
};
use crate::domain::{
    checkpoint::{Checkpoint, Fold, basis, boundary, first_day, has_other_rules, reach},
    day::{LAST, Rules},
    habit::Habit,
    ids::HabitId,
    workspace::Track,
};

const PUT: &str = "INSERT INTO habit_fold (habit, resume, basis, strength, state) \
     VALUES (:habit, :resume, :basis, :strength, :state) \
     ON CONFLICT (habit) DO UPDATE SET resume = excluded.resume, basis = excluded.basis, \
     strength = excluded.strength, state = excluded.state";

/// A stored checkpoint, and what it was made with.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) checkpoint: Checkpoint,
    pub(super) basis: String,
}

impl Stored {
    /// Whether it says the same as a full fold would, and nothing of days after `today`.
    pub(super) fn is_good(&self, habit: &Habit, rules: Rules, today: NaiveDate) -> bool {
        self.checkpoint.is_before(today) && self.basis == basis(habit, rules)
    }

    /// Whether it was made while streaks or weeks were read otherwise.
    pub(super) fn has_other_rules(&self, rules: Rules) -> bool {
        has_other_rules(&self.basis, rules)
    }
}

fn from_row(row: &Row<'_>) -> Result<(HabitId, Stored), Cause> {
    let state = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
    let mut fold: Fold = serde_json::from_str(state)?;
    // Decimal text may be off by the last bit; the column is not.
    fold.strength = row.get(3)?;
    let stored = Stored {
        checkpoint: Checkpoint { resume: row.get::<_, Iso>(1)?.0, fold },
        basis: row.get(2)?,
    };
    Ok((HabitId(row.get::<_, Id>(0)?.0), stored))
}

/// Every stored checkpoint. One that can't be read is as good as missing.
pub(super) fn all(sql: &Connection) -> rusqlite::Result<BTreeMap<HabitId, Stored>> {
    let mut statement =
        sql.prepare_cached("SELECT habit, resume, basis, strength, state FROM habit_fold")?;
    let mut rows = statement.query([])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        if let Ok((habit, stored)) = from_row(row) {
            found.insert(habit, stored);
        }
    }
    Ok(found)
}

/// One habit's stored checkpoint.
pub(super) fn one(sql: &Connection, habit: HabitId) -> rusqlite::Result<Option<Stored>> {
    let mut statement = sql.prepare_cached(
        "SELECT habit, resume, basis, strength, state FROM habit_fold WHERE habit = ?1",
    )?;
    let mut rows = statement.query([Id(habit.0)])?;
    Ok(rows.next()?.and_then(|row| from_row(row).ok()).map(|(_, stored)| stored))
}

/// The day that a habit's stored checkpoint reaches. One that can't be read is as good as missing.
pub(super) fn resume(sql: &Connection, habit: HabitId) -> rusqlite::Result<Option<NaiveDate>> {
    sql.prepare_cached("SELECT resume FROM habit_fold WHERE habit = ?1")?
        .query_row([Id(habit.0)], |row| Ok(row.get::<_, Iso>(0).ok()))
        .optional()
        .map(|found| found.flatten().map(|day| day.0))
}

/// Folds a habit's whole history up to the month before `today`'s.
///
/// A habit that began later keeps nothing: should its first day move, windows before it count that
/// were not looked at.
pub(super) fn fold(
    sql: &Connection,
    habit: &Habit,
    rules: Rules,
    today: NaiveDate,
) -> rusqlite::Result<Checkpoint> {
    let none = Checkpoint::default();
    let marks = check_in::marks(sql, habit.id, NaiveDate::MIN)?;
    let until = boundary(today);
    if first_day(habit, &none, &marks, today) >= until {
        return Ok(none);
    }
    Ok(none.advance(habit, &marks, rules, today, Some(until), |_| {}))
}

/// Whether what is stored for a habit is what a fold over all its history comes to. One that would
/// not be used says nothing wrong.
pub(super) fn is_true(
    sql: &Connection,
    habit: &Habit,
    rules: Rules,
    today: NaiveDate,
) -> rusqlite::Result<bool> {
    let Some(stored) = one(sql, habit.id)?.filter(|stored| stored.is_good(habit, rules, today))
    else {
        return Ok(true);
    };
    let marks = check_in::marks(sql, habit.id, NaiveDate::MIN)?;
    let until = Some(stored.checkpoint.resume);
    let full = Checkpoint::default().advance(habit, &marks, rules, today, until, |_| {});
    Ok(full == stored.checkpoint)
}

/// Folds a habit anew and stores that; `on` is the day of the clock, whatever day is pretended.
pub(super) fn refold(
    sql: &Connection,
    habit: &Habit,
    rules: Rules,
    on: NaiveDate,
) -> Result<(), Cause> {
    let checkpoint = fold(sql, habit, rules, on)?;
    put(sql, habit, rules, &checkpoint)
}

fn put(
    sql: &Connection,
    habit: &Habit,
    rules: Rules,
    checkpoint: &Checkpoint,
) -> Result<(), Cause> {
    if checkpoint.resume == NaiveDate::MIN {
        sql.prepare_cached("DELETE FROM habit_fold WHERE habit = ?1")?.execute([Id(habit.id.0)])?;
        return Ok(());
    }
    sql.prepare_cached(PUT)?.execute(named_params! {
        ":habit": Id(habit.id.0),
        ":resume": Iso(checkpoint.resume),
        ":basis": basis(habit, rules),
        ":strength": checkpoint.fold.strength,
        ":state": serde_json::to_string(&checkpoint.fold)?,
    })?;
    Ok(())
}

/// A habit's days from `from` on, or from its checkpoint on where that is earlier.
pub(super) fn track(
    sql: &Connection,
    habit: &Habit,
    stored: Option<Stored>,
    rules: Rules,
    from: Option<NaiveDate>,
    today: NaiveDate,
) -> rusqlite::Result<Track> {
    let checkpoint = match stored.filter(|stored| stored.is_good(habit, rules, today)) {
        Some(stored) => stored.checkpoint,
        None => fold(sql, habit, rules, today)?,
    };
    let held_from = from.map_or(checkpoint.resume, |from| from.min(checkpoint.resume));
    let mut track = Track { checkpoint, held_from, ..Track::empty(habit.id) };
    check_in::each(sql, habit.id, held_from, LAST, |check_in| track.insert(check_in))?;
    Ok(track)
}

/// Takes away all that is derived, and adds the sessions up anew; habits are folded anew by the next
/// start.
pub(super) fn forget(sql: &Connection) -> rusqlite::Result<()> {
    sql.execute_batch(
        "DELETE FROM habit_fold; DELETE FROM studied; \
         INSERT INTO studied (subject, id, seconds, sessions) \
         SELECT subject, id, sum(seconds), count(*) \
         FROM (SELECT 'habit' AS subject, habit AS id, seconds FROM session \
           UNION ALL SELECT 'topic', topic, seconds FROM session \
           UNION ALL SELECT 'project', project, seconds FROM session) \
         WHERE id IS NOT NULL GROUP BY subject, id",
    )
}

/// Whether a start that used `used` would have been quicker with another row than the stored one,
/// which reaches `reached` if it is good: whether [`renew`] would write one.
pub(super) fn is_behind(
    habit: &Habit,
    reached: Option<NaiveDate>,
    used: &Checkpoint,
    rules: Rules,
    today: NaiveDate,
) -> bool {
    // A habit whose days are all young has nothing to fold.
    let is_folded = used.resume != NaiveDate::MIN;
    is_folded && (reached != Some(used.resume) || is_old(habit, used, rules, today))
}

/// Whether a checkpoint is a month behind, and a newer one would reach further. Where windows are
/// long it may not.
fn is_old(habit: &Habit, checkpoint: &Checkpoint, rules: Rules, today: NaiveDate) -> bool {
    let until = boundary(today);
    checkpoint.resume < boundary(until) && checkpoint.resume < reach(habit, rules, until)
}

/// A better checkpoint than the stored one, when that is missing, stale, a month behind, or of days
/// to come: the clock may have been wrong.
fn renewed(
    sql: &Connection,
    habit: &Habit,
    stored: Option<Stored>,
    rules: Rules,
    today: NaiveDate,
) -> rusqlite::Result<Option<Checkpoint>> {
    let is_stored = stored.is_some();
    let Some(stored) = stored.filter(|stored| stored.is_good(habit, rules, today)) else {
        let checkpoint = fold(sql, habit, rules, today)?;
        // A row that nothing takes the place of would be found stale for ever.
        return Ok((is_stored || checkpoint.resume != NaiveDate::MIN).then_some(checkpoint));
    };
    let old = stored.checkpoint;
    if !is_old(habit, &old, rules, today) {
        return Ok(None);
    }
    let marks = check_in::marks(sql, habit.id, old.resume)?;
    Ok(Some(old.advance(habit, &marks, rules, today, Some(boundary(today)), |_| {})))
}

/// Stores what [`renewed`] found for all habits.
pub(super) fn renew(
    sql: &Connection,
    habits: &[Habit],
    rules: Rules,
    today: NaiveDate,
) -> Result<(), Cause> {
    let mut stored = all(sql)?;
    for habit in habits {
        if let Some(checkpoint) = renewed(sql, habit, stored.remove(&habit.id), rules, today)? {
            put(sql, habit, rules, &checkpoint)?;
        }
    }
    Ok(())
}
