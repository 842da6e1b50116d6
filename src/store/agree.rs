//! Whether the rows of a file that is whole can be read, and say what its journal says.
//!
//! Owns that comparison. Must not alter anything.

use std::collections::HashSet;

use rusqlite::Connection;

use super::{
    annotation, check_in, error::Cause, goal, habit, journal, peek::Peek, project, record, review,
    session, topic,
};
use crate::domain::{
    day::{FIRST, LAST},
    record::Key,
};

/// The first thing that is wrong with what a whole file holds. Rows of an older form say nothing.
pub(super) fn fault(peek: &Peek) -> Option<String> {
    if peek.is_older() {
        return None;
    }
    let look = || Ok([rows(&peek.sql)?, journalled(&peek.sql, 1)?].concat());
    look().unwrap_or_else(|cause: Cause| vec![cause.in_words()]).into_iter().next()
}

/// Reads every row that is of this inch's form; an error says which can't be read.
pub(super) fn rows(sql: &Connection) -> Result<Vec<String>, Cause> {
    for habit in habit::all(sql)? {
        check_in::each(sql, habit.id, FIRST, LAST, |_| {})?;
    }
    topic::all_progress(sql)?;
    topic::all_own(sql)?;
    annotation::all(sql)?;
    review::all(sql)?;
    goal::read(sql)?;
    project::all(sql)?;
    session::all_studied(sql)?;
    journal::device(sql)?;
    Ok(Vec::new())
}

/// Every record that the journal tells of is as the newest change of it left it; at most `most` that
/// are not are named.
pub(super) fn journalled(sql: &Connection, most: usize) -> Result<Vec<String>, Cause> {
    let (mut seen, mut odd) = (HashSet::new(), Vec::new());
    journal::each_backwards(sql, |entry| {
        for image in entry.after {
            if odd.len() < most
                && !seen.contains(&image.key)
                && record::read(sql, &image.key)? != image.record
            {
                odd.push(format!("{} is not as change {} left it", named(&image.key), entry.seq));
            }
            seen.insert(image.key);
        }
        Ok(())
    })?;
    Ok(odd)
}

fn named(key: &Key) -> String {
    match key {
        Key::Habit(id) => format!("the habit {id}"),
        Key::CheckIn(habit, day) => format!("the check-in of {day} of the habit {habit}"),
        Key::Topic(id) => format!("the topic {}", id.0),
        Key::OwnTopic(id) => format!("the own topic {}", id.0),
        Key::Project(id) => format!("the project {id}"),
        Key::Session(id) => format!("the session {}", id.0),
        Key::Annotation(id) => format!("what is written beside the topic {}", id.0),
        Key::Review(id) => format!("the review of the topic {}", id.0),
        Key::Goal => "the goal".to_owned(),
    }
}
