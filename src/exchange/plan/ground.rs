//! What an import is planned against.
//!
//! Owns the questions that a plan asks of the file it would go into. Must not know the answers.

use chrono::NaiveDate;

use crate::{
    domain::{
        day::{FIRST, LAST},
        habit::CheckIn,
        ids::{HabitId, IdSource},
        record::Key,
        session::Session,
        workspace::Workspace,
    },
    store::{Store, StoreError},
};

/// Where an import would go.
pub struct Ground<'a> {
    /// What is here.
    pub workspace: &'a Workspace,
    /// What of it is not in memory.
    pub here: &'a dyn Here,
    /// The logical day.
    pub today: NaiveDate,
    /// Where new ids come from.
    pub ids: IdSource,
    /// Whether bad lines are left out rather than ending it.
    pub skips_bad: bool,
}

/// The file that an import would go into.
pub trait Here {
    /// A habit's check-ins in the order of their days, also when it is deleted.
    fn check_ins_of(&self, habit: HabitId) -> Result<Vec<CheckIn>, StoreError>;

    /// How many check-ins there are, those of deleted habits too.
    fn check_in_count(&self) -> Result<usize, StoreError>;

    /// Whether nothing ever stood at that key, not even what is deleted.
    fn is_free(&self, key: &Key) -> Result<bool, StoreError>;

    /// All sessions that ended.
    fn sessions(&self) -> Result<Vec<Session>, StoreError>;

    /// The number of the newest change that the workspace knows; 0 where there was none.
    fn seen(&self) -> i64;
}

impl Here for Store {
    fn check_ins_of(&self, habit: HabitId) -> Result<Vec<CheckIn>, StoreError> {
        let mut found = Vec::new();
        self.check_ins_between(habit, FIRST, LAST, |check_in| found.push(check_in))?;
        Ok(found)
    }

    fn check_in_count(&self) -> Result<usize, StoreError> {
        self.check_in_count()
    }

    fn is_free(&self, key: &Key) -> Result<bool, StoreError> {
        self.is_free(key)
    }

    fn sessions(&self) -> Result<Vec<Session>, StoreError> {
        self.sessions()
    }

    fn seen(&self) -> i64 {
        self.newest_seen_change()
    }
}
