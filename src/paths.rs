//! The only user of `directories`: where the data and the config lie on this platform.
//!
//! Owns the two default paths. Must not know what is in the files.

use std::path::PathBuf;

use directories::ProjectDirs;
use thiserror::Error;

use crate::domain::fault::Fault;

/// There is no home folder to put anything in.
#[derive(Debug, Error)]
#[error(
    "no home folder was found (HOME is not set). Nothing was read or written. Set HOME, or name the files with --db FILE and --config FILE"
)]
pub struct NoHome;

impl NoHome {
    /// Its kind, for the exit code.
    pub const fn fault(&self) -> Fault {
        Fault::Config
    }
}

/// A home that is named must be usable: a relative one would scatter files over the disk, and the
/// account's own folder is not what somebody means who took `HOME` away.
fn folders() -> Result<ProjectDirs, NoHome> {
    let has_home = !cfg!(unix)
        || std::env::var_os("HOME").is_some_and(|home| PathBuf::from(home).is_absolute());
    has_home.then(|| ProjectDirs::from("", "", "inch")).flatten().ok_or(NoHome)
}

/// The data file: `inch.db` in the platform's data folder.
pub fn database() -> Result<PathBuf, NoHome> {
    Ok(folders()?.data_dir().join("inch.db"))
}

/// The config file: `config.toml` in the platform's config folder.
pub fn config() -> Result<PathBuf, NoHome> {
    Ok(folders()?.config_dir().join("config.toml"))
}
