//! The only user of `directories`: where the data and the config lie on this platform.
//!
//! Owns the two default paths. Must not know what is in the files.

use std::path::PathBuf;

use thiserror::Error;

/// There is no home folder to put anything in.
#[derive(Debug, Error)]
#[error(
    "no home folder was found (HOME is not set). Nothing was read or written. Set HOME, or name the files with --db FILE and --config FILE"
)]
pub struct NoHome;

/// The data file: `inch.db` in the platform's data folder.
pub fn database() -> Result<PathBuf, NoHome> {
    unimplemented!()
}

/// The config file: `config.toml` in the platform's config folder.
pub fn config() -> Result<PathBuf, NoHome> {
    unimplemented!()
}
