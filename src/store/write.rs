//! Making a change, taking one back, making it again: what happens inside the transaction.
//!
//! Owns the limits on numbers and the order records → journal → derived rows. Must not know
//! transactions: the caller begins and ends them.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::NaiveDate;
use rusqlite::{Connection, ffi};

use super::{
    check_in, derived,
    error::{Cause, StoreError},
    habit,
    journal::{self, NewEntry},
    pace::{Pace, Tell},
    project, record, session, topic,
    touched::Touched,
};
use crate::domain::{
    change::{Applied, Change, Origin, Records, Stamp},
    day::{Rules, plus},
    ids::HabitId,
    record::{Image, Key, Record},
    workspace::Track,
};

/// Where the checkpoints end that were handed out.
type Handed = BTreeMap<HabitId, NaiveDate>;

/// How many days a fresh track holds at least: the year on screen and its first week.
pub(super) const HELD_DAYS: i64 = 400;

/// How many habits are kept.
pub const HABITS: usize = 1_000;

/// How many topics of the person's own.
pub const OWN_TOPICS: usize = 10_000;

/// How many projects.
pub const PROJECTS: usize = 5_000;

/// How many check-ins.
pub const CHECK_INS: usize = 5_000_000;

/// Makes a change; `None` when it alters nothing.
pub(super) fn apply(
    sql: &Connection,
    change: Cow<'_, Change>,
    stamp: &Stamp,
    rules: Rules,
    handed: &Handed,
    tell: Tell<'_>,
) -> Result<Option<Applied>, Cause> {
    let keys = change.keys();
    let mut pace = Pace::new(tell, keys.len());
    let (before, after) = images(sql, &change, keys, stamp.today, &mut pace)?;
    if after.is_empty() {
        return Ok(None);
    }
    record::write(sql, &before, &after, &mut pace)?;
    check_limits(sql, &change, &before, &after)?;
    let entry = NewEntry { origin: Origin::Asked, target: None, change, before, after };
    finish(sql, stamp, entry, rules, handed, &mut pace).map(Some)
}

/// The records that a change alters, before and after it. An import may have a million of them:
/// they are moved, and of the old ones only those that exist are held beside the new.
fn images(
    sql: &Connection,
    change: &Change,
    keys: Vec<Key>,
    today: NaiveDate,
    pace: &mut Pace<'_>,
) -> Result<(Vec<Image>, Vec<Image>), Cause> {
    let mut old = BTreeMap::new();
    let read = |key: Key| {
        pace.step();
        let found = record::read(sql, &key)?;
        if let Some(record) = &found {
            old.insert(key.clone(), record.clone());
        }
        Ok((key, found))
    };
    // Collected, for what is inserted in order leaves half of each node empty.
    let mut records = keys.into_iter().map(read).collect::<Result<Records, Cause>>()?;
    change.make(&mut records, today).map_err(StoreError::from)?;
    let count = records.len();
    let mut images = (Vec::with_capacity(count), Vec::with_capacity(count));
    for (key, new) in records {
        let old = old.remove(&key);
        if old != new {
            images.0.push(Image { key: key.clone(), record: old });
            images.1.push(Image { key, record: new });
        }
    }
    Ok(images)
}

/// Takes this device's newest change back; `None` when there is none.
pub(super) fn undo(
    sql: &Connection,
    stamp: &Stamp,
    rules: Rules,
    handed: &Handed,
) -> Result<Option<Applied>, Cause> {
    let Some(target) = journal::to_undo(sql, &journal::device(sql)?)? else {
        return Ok(None);
    };
    let entry = NewEntry {
        origin: Origin::Undone,
        target: Some(target.seq),
        change: Cow::Owned(target.change),
        before: target.after,
        after: target.before,
    };
    turn(sql, stamp, entry, rules, handed).map(Some)
}

/// Makes the change again that was taken back last; `None` when there is none.
pub(super) fn redo(
    sql: &Connection,
    stamp: &Stamp,
    rules: Rules,
    handed: &Handed,
) -> Result<Option<Applied>, Cause> {
    let Some(target) = journal::to_redo(sql, &journal::device(sql)?)? else {
        return Ok(None);
    };
    let entry = NewEntry {
        origin: Origin::Redone,
        target: Some(target.seq),
        change: Cow::Owned(target.change),
        before: target.before,
        after: target.after,
    };
    turn(sql, stamp, entry, rules, handed).map(Some)
}

/// Puts records back as a journal row has them, if they still are as that row left them.
fn turn(
    sql: &Connection,
    stamp: &Stamp,
    entry: NewEntry<'_>,
    rules: Rules,
    handed: &Handed,
) -> Result<Applied, Cause> {
    let mut altered: Vec<&Key> = Vec::new();
    for then in &entry.before {
        if record::read(sql, &then.key)? != then.record {
            altered.push(&then.key);
        }
    }
    let overtaken = |later| {
        Cause::Store(StoreError::Overtaken {
            change: journal::kind(&entry.change),
            is_redo: entry.origin == Origin::Redone,
            later,
        })
    };
    if !altered.is_empty() {
        let later = journal::culprit(sql, entry.target.unwrap_or_default(), &altered)?;
        return Err(overtaken(later));
    }
    let mut nobody = |_| ();
    let mut pace = Pace::new(&mut nobody, entry.after.len());
    match record::write(sql, &entry.before, &entry.after, &mut pace) {
        // Something that came later hangs on a record that would go.
        Err(rusqlite::Error::SqliteFailure(failure, _))
            if failure.extended_code == ffi::SQLITE_CONSTRAINT_FOREIGNKEY =>
        {
            return Err(overtaken(None));
        }
        written => written?,
    }
    finish(sql, stamp, entry, rules, handed, &mut pace)
}

/// Writes the journal row and the derived rows.
fn finish(
    sql: &Connection,
    stamp: &Stamp,
    entry: NewEntry<'_>,
    rules: Rules,
    handed: &Handed,
    pace: &mut Pace<'_>,
) -> Result<Applied, Cause> {
    let seq = journal::add(sql, &journal::device(sql)?, stamp, &entry)?;
    pace.journalled();
    let tracks = settle(sql, &entry, stamp, rules, handed)?;
    let studied = session::touched(sql, &entry.before, &entry.after)?;
    Ok(Applied {
        seq: Some(seq),
        origin: entry.origin,
        change: entry.change.into_owned(),
        before: entry.before,
        after: entry.after,
        tracks,
        studied,
    })
}

/// Folds habits anew whose older days or schedules changed, and reads their days for memory.
fn settle(
    sql: &Connection,
    entry: &NewEntry<'_>,
    stamp: &Stamp,
    rules: Rules,
    handed: &Handed,
) -> Result<Vec<Track>, Cause> {
    let today = stamp.today;
    let touched = Touched::new(&entry.before, &entry.after);
    let mut tracks = Vec::new();
    for id in touched.habits() {
        let stored = derived::resume(sql, id)?;
        let is_stale = stored.is_some_and(|resume| {
            touched.rescheduled.contains(&id) || touched.is_before(id, resume)
        });
        if !is_stale && !touched.is_beyond_memory(id, handed, today) {
            continue;
        }
        let Some(habit) = habit::one(sql, id)?.filter(|habit| !habit.is_deleted) else {
            continue;
        };
        if is_stale || stored.is_none() {
            // By the clock, not by `today`: a pretended day must not set the stored row back.
            derived::refold(sql, &habit, rules, stamp.at.date_naive())?;
        }
        let (stored, from) = (derived::one(sql, id)?, plus(today, -HELD_DAYS));
        tracks.push(derived::track(sql, &habit, stored, rules, Some(from), today)?);
    }
    Ok(tracks)
}

/// Counts what grew. Check-ins are counted for imports only: one at a time, nobody gets there.
fn check_limits(
    sql: &Connection,
    change: &Change,
    before: &[Image],
    after: &[Image],
) -> Result<(), Cause> {
    let has_more = |is_kind: fn(&Record) -> bool| {
        let is_there = |image: &Image| image.record.as_ref().is_some_and(is_kind);
        before.iter().zip(after).any(|(before, after)| is_there(after) && !is_there(before))
    };
    let refuse = |what, limit, count| {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        if count > limit {
            return Err(StoreError::Limit { what, limit });
        }
        Ok(())
    };
    if has_more(|record| matches!(record, Record::Habit(habit) if !habit.is_deleted)) {
        refuse("habits", HABITS, habit::count(sql)?)?;
    }
    if has_more(|record| matches!(record, Record::OwnTopic(topic) if !topic.is_deleted)) {
        refuse("topics of your own", OWN_TOPICS, topic::count_own(sql)?)?;
    }
    if has_more(|record| matches!(record, Record::Project(project) if !project.is_deleted)) {
        refuse("projects", PROJECTS, project::count(sql)?)?;
    }
    if matches!(change, Change::Together { .. })
        && has_more(|record| matches!(record, Record::CheckIn(_)))
    {
        refuse("check-ins", CHECK_INS, check_in::count(sql)?)?;
    }
    Ok(())
}
