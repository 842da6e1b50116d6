//! Whether the path still leads to the files that were opened.
//!
//! Owns that comparison. Must not know what is written.

use std::path::{Path, PathBuf};

use super::{
    place::{self, Identity},
    problem::ReadOnly,
};

/// The files as they were when they were opened.
#[derive(Debug)]
pub(super) struct Watch {
    path: PathBuf,
    log_path: PathBuf,
    file: Identity,
    /// Stays the same for as long as a connection is open.
    log: Option<Identity>,
}

impl Watch {
    /// Remembers the log too, which the first read has made.
    pub(super) fn new(path: &Path, file: Identity) -> Self {
        let log_path = place::beside(path, "-wal");
        Self { log: Identity::at(&log_path).ok(), path: path.to_owned(), log_path, file }
    }

    /// What became of the files, if they are not the ones any more that were opened.
    pub(super) fn broken(&self) -> Option<ReadOnly> {
        match Identity::at(&self.path) {
            Err(_) => return Some(ReadOnly::Deleted),
            Ok(now) if now != self.file => return Some(ReadOnly::Replaced),
            Ok(_) => {}
        }
        let log = self.log?;
        (Identity::at(&self.log_path).ok() != Some(log)).then_some(ReadOnly::LogGone)
    }
}
