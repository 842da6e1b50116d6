//! What others wrote: the journal's rows after those already seen.
//!
//! Owns what counts as seen. Must not know who the others are: another app and the command line on
//! this machine write under the same device.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::Connection;

use super::{derived, error::Cause, habit, journal, record, session, touched::Touched, write};
use crate::domain::{
    change::Applied,
    day::{Rules, plus},
    ids::HabitId,
    record::{Image, Key},
};

/// How much of the journal memory knows.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// Everything up to this number.
    last: i64,
    /// Own changes after it, with others' in between.
    own: BTreeSet<i64>,
    /// Differs once another connection has committed.
    data_version: i64,
}

impl Seen {
    /// All that is there now.
    pub(super) fn now(sql: &Connection) -> Result<Self, Cause> {
        Ok(Self {
            last: journal::last(sql)?,
            own: BTreeSet::new(),
            data_version: journal::data_version(sql)?,
        })
    }

    /// The number up to which all is known.
    pub(super) fn last(&self) -> i64 {
        self.last
    }

    /// An own change, which memory took in at once.
    pub(super) fn note_own(&mut self, seq: i64) {
        if seq == self.last + 1 {
            self.last = seq;
        } else {
            self.own.insert(seq);
        }
    }
}

/// Whether any change after that number altered something that has a name.
pub(super) fn is_named_altered_since(sql: &Connection, seen: i64) -> Result<bool, Cause> {
    let has_name =
        |image: &Image| matches!(image.key, Key::Habit(_) | Key::OwnTopic(_) | Key::Project(_));
    Ok(journal::since(sql, seen)?.iter().any(|entry| entry.after.iter().any(has_name)))
}

/// Others' changes since, oldest first, with the records as they are now.
///
/// Memory may have taken in an own change that came later than one of these; the records as they
/// were then would undo it there.
pub(super) fn since(
    sql: &Connection,
    seen: Seen,
    rules: Rules,
    handed: &BTreeMap<HabitId, NaiveDate>,
    today: NaiveDate,
) -> Result<(Seen, Vec<Applied>), Cause> {
    let data_version = journal::data_version(sql)?;
    if data_version == seen.data_version {
        return Ok((seen, Vec::new()));
    }
    let mut news = Vec::new();
    let mut last = seen.last;
    // The newest row that touched each habit carries its days, once.
    let mut carriers = BTreeMap::new();
    for entry in journal::since(sql, seen.last)? {
        last = entry.seq;
        if seen.own.contains(&entry.seq) {
            continue;
        }
        let touched = Touched::new(&entry.before, &entry.after);
        for habit in touched.habits() {
            let is_carried = carriers.contains_key(&habit)
                || touched.added.contains(&habit)
                || touched.is_beyond_memory(habit, handed, today);
            if is_carried {
                carriers.insert(habit, news.len());
            }
        }
        let after = record::read_again(sql, &entry.after)?;
        let studied = session::touched(sql, &entry.before, &entry.after)?;
        news.push(Applied {
            seq: Some(entry.seq),
            origin: entry.origin,
            change: entry.change,
            before: entry.before,
            after,
            tracks: Vec::new(),
            studied,
        });
    }
    for (id, at) in carriers {
        let Some(habit) = habit::one(sql, id)?.filter(|habit| !habit.is_deleted) else {
            continue;
        };
        let (stored, from) = (derived::one(sql, id)?, plus(today, -write::HELD_DAYS));
        let track = derived::track(sql, &habit, stored, rules, Some(from), today)?;
        news[at].tracks.push(track);
    }
    let seen = Seen { last, own: BTreeSet::new(), data_version };
    Ok((seen, news))
}
