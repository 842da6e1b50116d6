//! Whether the paths still lead to the files that were opened.
//!
//! Owns that comparison. Must not know what is written.

use std::path::{Path, PathBuf};

use super::{
    Store,
    error::StoreError,
    place::{self, Identity, Place},
    problem::ReadOnly,
};

/// The files as they were when they were opened.
#[derive(Debug)]
pub(super) struct Watch {
    /// As it was asked for: what is opened next time.
    asked: PathBuf,
    /// Where the file is, where another path led there: the log is named after this one.
    real: Option<PathBuf>,
    log_path: PathBuf,
    file: Identity,
    /// Stays the same for as long as a connection is open.
    log: Option<Identity>,
}

impl Watch {
    /// Remembers the log too, which the first read has made.
    pub(super) fn new(asked: &Path, place: &Place) -> Self {
        let log_path = place::beside(&place.path, "-wal");
        Self {
            log: Identity::at(&log_path).ok(),
            asked: asked.to_owned(),
            real: (place.path != asked).then(|| place.path.clone()),
            log_path,
            file: place.identity,
        }
    }

    /// What became of the files, if they are not the ones any more that were opened.
    pub(super) fn broken(&self) -> Option<ReadOnly> {
        for path in [Some(&self.asked), self.real.as_ref()].into_iter().flatten() {
            match Identity::at(path) {
                Err(_) => return Some(ReadOnly::Deleted),
                Ok(now) if now != self.file => return Some(ReadOnly::Replaced),
                Ok(_) => {}
            }
        }
        let log = self.log?;
        (Identity::at(&self.log_path).ok() != Some(log)).then_some(ReadOnly::LogGone)
    }
}

impl Store {
    /// Looks whether the path still leads to the file that was opened. Once it does not, the store
    /// only reads; why is told once.
    pub fn look_after_file(&mut self) -> Option<StoreError> {
        if self.read_only.is_some() {
            return None;
        }
        let why = self.watch.broken()?;
        self.read_only = Some(why.clone());
        Some(self.refusal(why))
    }
}
