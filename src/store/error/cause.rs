//! What stops one operation, before it is known in words what was being done to which file.
//!
//! Owns how that becomes an error of the store. Must not know how it is shown.

use std::path::Path;

use super::{Doing, StoreError, in_words};

/// An error inside of one operation, before path and purpose are added.
#[derive(Debug)]
pub(in crate::store) enum Cause {
    Sql(rusqlite::Error),
    Json(serde_json::Error),
    Migration(String),
    /// A copy that did not pass a check.
    Copy(String),
    Store(StoreError),
}

impl Cause {
    /// What went wrong, without path and purpose.
    pub(in crate::store) fn in_words(&self) -> String {
        match self {
            Self::Sql(error) => in_words(error),
            Self::Json(error) => error.to_string(),
            Self::Migration(text) | Self::Copy(text) => text.clone(),
            Self::Store(error) => error.to_string(),
        }
    }

    /// Adds what was being done to which file.
    pub(in crate::store) fn at(self, path: &Path, doing: Doing) -> StoreError {
        let path = path.to_owned();
        match self {
            Self::Sql(source) => StoreError::Failed { path, doing, source },
            Self::Json(source) => StoreError::Journal { path, source },
            Self::Migration(detail) => StoreError::NotMigrated { path, detail },
            Self::Copy(detail) => StoreError::NotCopied { path, detail },
            Self::Store(error) => error,
        }
    }
}

impl From<rusqlite::Error> for Cause {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<serde_json::Error> for Cause {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl From<StoreError> for Cause {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The error for a turn that did not come in time: the same as when `SQLite` waited in vain.
pub(in crate::store) fn busy(path: &Path, doing: Doing) -> StoreError {
    let source = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
    Cause::Sql(rusqlite::Error::SqliteFailure(source, None)).at(path, doing)
}
