//! `config.toml`: types, defaults, checked loading, and the commented form it is printed in.
//!
//! Owns what can be configured. Must not know where the file lies.

use std::path::Path;

use chrono::{NaiveTime, Weekday};
use thiserror::Error;

use crate::domain::{
    day::{Rules, StreakRule},
    fault::Fault,
};

/// What the person has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// When a new day begins, 00:00–23:59; default 04:00.
    pub day_starts_at: NaiveTime,
    /// The first day of a week; default Monday.
    pub week_starts_on: Weekday,
    /// What ends a streak; default strict.
    pub streaks: StreakRule,
    /// Colours; default dark.
    pub theme: ThemeChoice,
    /// Which characters may be drawn; default Unicode.
    pub glyphs: Glyphs,
}

/// Which colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
}

/// Which characters may be drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Boxes, blocks and circles.
    #[default]
    Unicode,
    /// ASCII only.
    Ascii,
}

impl Config {
    /// The part that the rules need.
    pub fn rules(&self) -> Rules {
        Rules {
            week_starts_on: self.week_starts_on,
            streaks: self.streaks,
        }
    }
}

/// Why a config can't be used.
#[derive(Debug, Error)]
#[error("{message}")]
pub struct ConfigError {
    /// What, where, the state of the data and the next step.
    pub message: String,
    /// Its kind.
    pub fault: Fault,
}

impl Config {
    /// Reads the file; one that is not there means the defaults unless `is_required`.
    pub fn load(_path: &Path, _is_required: bool) -> Result<Self, ConfigError> {
        unimplemented!()
    }
}
