//! Records by key, whatever table they stand in.
//!
//! Owns the way from a key to its entity's file. Must not know SQL.

use rusqlite::{Connection, Result};

use super::{annotation, check_in, goal, habit, pace::Pace, project, review, session, topic};
use crate::domain::record::{Image, Key, Record};

/// What stands at a key.
pub(super) fn read(sql: &Connection, key: &Key) -> Result<Option<Record>> {
    Ok(match key {
        Key::Habit(id) => habit::one(sql, *id)?.map(Record::Habit),
        Key::CheckIn(habit, day) => check_in::one(sql, *habit, *day)?.map(Record::CheckIn),
        Key::Topic(id) => topic::progress(sql, id)?.map(Record::Topic),
        Key::OwnTopic(id) => topic::own(sql, id)?.map(Record::OwnTopic),
        Key::Project(id) => project::one(sql, *id)?.map(Box::new).map(Record::Project),
        Key::Session(id) => session::one(sql, *id)?.map(Record::Session),
        Key::Annotation(id) => annotation::one(sql, id)?.map(Record::Annotation),
        Key::Review(id) => review::one(sql, id)?.map(Record::Review),
        Key::Goal => goal::read(sql)?.map(Record::Goal),
    })
}

/// What stands at the keys of these images now.
pub(super) fn read_again(sql: &Connection, images: &[Image]) -> Result<Vec<Image>> {
    images
        .iter()
        .map(|image| Ok(Image { key: image.key.clone(), record: read(sql, &image.key)? }))
        .collect()
}

/// Puts `after` where `before` stands; both ascend by the same keys.
///
/// Habits come before their check-ins among the keys: rows that go do so backwards, so that none is
/// left without its habit on the way.
pub(super) fn write(
    sql: &Connection,
    before: &[Image],
    after: &[Image],
    pace: &mut Pace<'_>,
) -> Result<()> {
    for image in after.iter().rev().filter(|image| image.record.is_none()) {
        match &image.key {
            Key::Habit(id) => habit::remove(sql, *id)?,
            Key::CheckIn(habit, day) => check_in::remove(sql, *habit, *day)?,
            Key::Topic(id) => topic::remove_progress(sql, id)?,
            Key::OwnTopic(id) => topic::remove_own(sql, id)?,
            Key::Project(id) => project::remove(sql, *id)?,
            Key::Session(id) => session::remove(sql, *id)?,
            Key::Annotation(id) => annotation::remove(sql, id)?,
            Key::Review(id) => review::remove(sql, id)?,
            Key::Goal => goal::remove(sql)?,
        }
    }
    for (before, image) in before.iter().zip(after) {
        pace.step();
        match (&before.record, &image.record) {
            (_, None) => {}
            (Some(Record::Habit(old)), Some(Record::Habit(new))) => {
                habit::put(sql, Some(old), new)?;
            }
            (_, Some(Record::Habit(new))) => habit::put(sql, None, new)?,
            (_, Some(Record::CheckIn(new))) => check_in::put(sql, new)?,
            (_, Some(Record::Topic(new))) => topic::put_progress(sql, new)?,
            (_, Some(Record::OwnTopic(new))) => topic::put_own(sql, new)?,
            (Some(Record::Project(old)), Some(Record::Project(new))) => {
                project::put(sql, Some(old), new)?;
            }
            (_, Some(Record::Project(new))) => project::put(sql, None, new)?,
            (_, Some(Record::Session(new))) => session::put(sql, new)?,
            (_, Some(Record::Annotation(new))) => annotation::put(sql, new)?,
            (_, Some(Record::Review(new))) => review::put(sql, new)?,
            (_, Some(Record::Goal(new))) => goal::put(sql, new)?,
        }
    }
    Ok(())
}
