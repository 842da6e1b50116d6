//! The store: one SQLite file that never loses an acknowledged change.

use std::{path::Path, time::Duration};

use chrono::NaiveDate;
use thiserror::Error;

use crate::domain::{
    change::{Applied, Change, Stamp},
    day::Rules,
    fault::Fault,
    habit::CheckIn,
    ids::HabitId,
    workspace::{Track, Workspace},
};

/// How a file is opened.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How long a write waits for another process: 5 s on the command line, 250 ms in the app.
    pub busy_timeout: Duration,
    /// How weeks and streaks are read; derived rows depend on it.
    pub rules: Rules,
}

/// Why the file can't be used, or a change not be made.
#[derive(Debug, Error)]
pub enum StoreError {
    /// stub
    #[error("stub")]
    Stub,
}

impl StoreError {
    /// Its kind, for the exit code.
    pub fn fault(&self) -> Fault {
        Fault::Bug
    }
}

/// An open file.
#[derive(Debug)]
pub struct Store {}

impl Store {
    /// Opens the file at `path`, or makes it when nothing is there.
    pub fn open(_path: &Path, _options: Options) -> Result<Self, StoreError> {
        unimplemented!()
    }

    /// Reads what the screen needs: definitions whole, each habit's days from its checkpoint on.
    pub fn load(&mut self, _today: NaiveDate) -> Result<Workspace, StoreError> {
        unimplemented!()
    }

    /// Reads one habit's days from `from` (or its checkpoint, whichever is earlier) on.
    pub fn track(
        &mut self,
        _habit: HabitId,
        _from: NaiveDate,
        _today: NaiveDate,
    ) -> Result<Track, StoreError> {
        unimplemented!()
    }

    /// Commits one change with its journal row, or changes nothing.
    pub fn apply(&mut self, _change: &Change, _stamp: &Stamp) -> Result<Applied, StoreError> {
        unimplemented!()
    }

    /// Takes back this device's newest undoable change; `None` when there is none.
    pub fn undo(&mut self, _stamp: &Stamp) -> Result<Option<Applied>, StoreError> {
        unimplemented!()
    }

    /// Makes the change that was taken back last again; `None` when there is none.
    pub fn redo(&mut self, _stamp: &Stamp) -> Result<Option<Applied>, StoreError> {
        unimplemented!()
    }

    /// What others wrote since this store last looked, oldest first; empty when nobody did.
    pub fn news(&mut self, _today: NaiveDate) -> Result<Vec<Applied>, StoreError> {
        unimplemented!()
    }

    /// Writes derived rows that are missing or have grown old, so that the next start is quick.
    pub fn refresh_checkpoints(&mut self, _today: NaiveDate) -> Result<(), StoreError> {
        unimplemented!()
    }

    /// Check-ins in the order of their days, of one habit or of all that are not deleted.
    pub fn check_ins(
        &mut self,
        _habit: Option<HabitId>,
        _since: Option<NaiveDate>,
    ) -> Result<Vec<CheckIn>, StoreError> {
        unimplemented!()
    }
}
