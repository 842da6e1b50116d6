//! Everything a file holds, read in one moment.
//!
//! Owns what belongs to it. Must not know what it is read for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::{
    Store, annotation, check_in,
    error::{Cause, StoreError},
    goal, habit, project, review, session, topic,
};
use crate::domain::{
    day::Rules,
    workspace::{Everything, Workspace, heirs::Heirs},
};

/// Definitions whole, without anybody's days.
pub(super) fn workspace(sql: &Connection, rules: Rules) -> Result<Workspace, Cause> {
    Ok(Workspace {
        rules,
        habits: habit::all(sql)?,
        tracks: BTreeMap::new(),
        progress: topic::all_progress(sql)?,
        annotations: annotation::all(sql)?,
        reviews: review::all(sql)?,
        goal: goal::read(sql)?.unwrap_or_default(),
        own_topics: topic::all_own(sql)?,
        projects: project::all(sql)?,
        studied: session::all_studied(sql)?,
        heirs: Heirs::default(),
    })
}

impl Store {
    /// Reads all that is not deleted, whatever others write meanwhile.
    pub fn everything(&self) -> Result<Everything, StoreError> {
        self.read(|sql, rules| {
            Ok(Everything {
                workspace: workspace(sql, rules)?,
                check_ins: check_in::listed(sql, None, NaiveDate::MIN)?,
                sessions: session::listed(sql)?,
            })
        })
    }
}
