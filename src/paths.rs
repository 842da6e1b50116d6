//! The only user of `directories`: where the data and the config lie on this platform.
//!
//! Owns the two default paths. Must not know what is in the files.

use std::path::{Path, PathBuf};

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

/// The data file: `inch.db` in the platform's data folder.
pub fn database() -> Result<PathBuf, NoHome> {
    Ok(folder("XDG_DATA_HOME", ProjectDirs::data_dir)?.join("inch.db"))
}

/// The config file: `config.toml` in the platform's config folder.
pub fn config() -> Result<PathBuf, NoHome> {
    Ok(folder("XDG_CONFIG_HOME", ProjectDirs::config_dir)?.join("config.toml"))
}

/// The home folder, which `~` stands for.
pub fn home() -> Option<PathBuf> {
    whole("HOME")
}

/// The folder in the home, or the one that its variable names where there is no home.
///
/// Paths must be whole: a relative one would scatter files over the disk, and the account's own
/// folder is not what somebody means who took `HOME` away.
fn folder(variable: &str, of: fn(&ProjectDirs) -> &Path) -> Result<PathBuf, NoHome> {
    if !cfg!(unix) || whole("HOME").is_some() {
        let folders = ProjectDirs::from("", "", "inch").ok_or(NoHome)?;
        return Ok(of(&folders).to_owned());
    }
    let named = whole(variable).filter(|_| cfg!(target_os = "linux"));
    Ok(named.ok_or(NoHome)?.join("inch"))
}

fn whole(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}
