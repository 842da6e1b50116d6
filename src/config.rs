//! `config.toml`: types, defaults, checked loading, and the commented form it is printed in.
//!
//! Owns what can be configured. Must not know where the file lies.

pub mod curricula;
pub mod days;
mod keys;
mod rows;

use std::{
    borrow::Cow,
    fs::File,
    io::{ErrorKind, Read as _},
    path::Path,
};

use chrono::{NaiveTime, Weekday};
use thiserror::Error;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub use self::rows::KeyRow;
use self::{
    days::Days,
    keys::{KEYS, Key},
};
use crate::domain::{
    day::{Rules, StreakRule},
    fault::Fault,
    text,
};

/// A config's longest form in bytes.
const LIMIT: u64 = 1024 * 1024;

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
    /// Whether anything moves; default full.
    pub motion: Motion,
    /// When to remind of what is left, on the wall clock; default never.
    pub remind_at: Option<NaiveTime>,
    /// The days of a life, which the header may count.
    pub days: Days,
    /// Whether the mouse is taken; default on.
    pub has_mouse: bool,
    /// The person's name on exported pages; default empty.
    pub name: String,
    /// Curriculum files of the person's own, as they were named.
    pub curricula: Vec<String>,
    /// The rows of `[keys]`, unread: only the key table knows what they name.
    pub keys: Vec<KeyRow>,
}

/// Which colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// The terminal's own sixteen colours.
    Ansi,
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

/// Whether anything moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Motion {
    /// Short effects.
    #[default]
    Full,
    /// Nothing.
    None,
}

impl Config {
    /// The part that the rules need.
    pub fn rules(&self) -> Rules {
        Rules { week_starts_on: self.week_starts_on, streaks: self.streaks }
    }
}

/// What is wrong in the file, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("line {line} of the config: {what}")]
pub struct Wrong {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there and what is accepted, as sentences.
    pub what: String,
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

impl ConfigError {
    /// Something is wrong in the file.
    pub fn at(path: &Path, wrong: &Wrong) -> Self {
        let Wrong { line, what } = wrong;
        Self {
            message: format!(
                "{}, line {line}: {what} Nothing was changed. Mend that line, or name another file with --config FILE",
                text::path(path)
            ),
            fault: Fault::Config,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            day_starts_at: NaiveTime::MIN + chrono::TimeDelta::hours(4),
            week_starts_on: Weekday::Mon,
            streaks: StreakRule::Strict,
            theme: ThemeChoice::Dark,
            glyphs: Glyphs::Unicode,
            motion: Motion::Full,
            remind_at: None,
            days: Days::default(),
            name: String::new(),
            curricula: Vec::new(),
            has_mouse: true,
            keys: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the file; one that is not there means the defaults unless `is_required`.
    pub fn load(path: &Path, is_required: bool) -> Result<Self, ConfigError> {
        // What is there is looked at before it is opened: opening a pipe would wait for a writer.
        let metadata = match std::fs::metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound && !is_required => {
                return Ok(Self::default());
            }
            found => found.map_err(|error| unreadable(path, &error))?,
        };
        if !metadata.is_file() {
            let next = "Put a file there, or name another with --config FILE";
            return Err(unusable(path, "is not a regular file", next));
        }
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
            .map_err(|error| unreadable(path, &error))?;
        if bytes.len() as u64 > LIMIT {
            let next = "Name another with --config FILE";
            return Err(unusable(path, "is larger than 1 MiB", next));
        }
        let source = String::from_utf8(bytes)
            .map_err(|_| unusable(path, "is not UTF-8 text", "Save it as UTF-8"))?;
        Self::parse(&source).map_err(|wrong| ConfigError::at(path, &wrong))
    }

    /// Reads the text; an error is the first one in it.
    fn parse(source: &str) -> Result<Self, Wrong> {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let line_at = |at: usize| source[..at].matches('\n').count() + 1;
        let table = DeTable::parse(source).map_err(|error| {
            let line = error.span().map_or(1, |span| line_at(span.start));
            Wrong { line, what: format!("this is not TOML ({}).", text::shown(error.message())) }
        })?;
        let mut config = Self::default();
        let mut wrong: Vec<(usize, String)> = Vec::new();
        for (name, value) in table.get_ref() {
            match value.get_ref() {
                _ if name.get_ref() == rows::TABLE => match rows::read(value, line_at) {
                    Ok(rows) => config.keys = rows,
                    Err((span, what)) => wrong.push((span.start, what)),
                },
                _ if name.get_ref() == curricula::KEY => match curricula::read(value) {
                    Ok(paths) => config.curricula = paths,
                    Err((span, what)) => wrong.push((span.start, what)),
                },
                DeValue::Table(table) if name.get_ref() == days::TABLE => {
                    let entries = table.iter();
                    let faults = entries.filter_map(|(name, value)| {
                        config.set(&days::KEYS, &[], name, value, source)
                    });
                    wrong.extend(faults);
                    if config.days.born.is_none() && !table.contains_key("born") {
                        wrong.push((name.span().start, days::WITHOUT_BIRTH.to_owned()));
                    }
                }
                _ => wrong.extend(config.set(
                    &KEYS,
                    &[curricula::KEY, "[days]", "[keys]"],
                    name,
                    value,
                    source,
                )),
            }
        }
        match wrong.into_iter().min() {
            Some((at, what)) => Err(Wrong { line: line_at(at), what }),
            None => Ok(config),
        }
    }

    /// Puts one entry of the file into the config, or tells what is wrong with it and where.
    fn set(
        &mut self,
        keys: &[Key],
        tables: &[&str],
        name: &Spanned<Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
        source: &str,
    ) -> Option<(usize, String)> {
        let Some(key) = keys.iter().find(|key| key.name == name.get_ref()) else {
            let known: Vec<_> =
                keys.iter().map(|key| key.name).chain(tables.iter().copied()).collect();
            let name_shown = text::clip(&text::shown(name.get_ref()), 60);
            let what = format!("there is no key '{name_shown}'. Accepted: {}.", known.join(", "));
            return Some((name.span().start, what));
        };
        let read = match value.get_ref() {
            DeValue::String(text) if key.is_quoted() => Some(text.as_ref()),
            DeValue::Integer(number) if !key.is_quoted() && number.radix() == 10 => {
                Some(number.as_str())
            }
            _ => None,
        };
        if read.and_then(|text| (key.read)(self, text)).is_some() {
            return None;
        }
        let written = text::clip(&text::shown(&source[value.span()]), 60);
        let what = format!("{} can't be {written}. Accepted: {}.", key.name, (key.accepted)());
        Some((value.span().start, what))
    }

    /// The config as a file with comments; reading it gives this config again. The keys follow from
    /// elsewhere: here they are only rows.
    pub fn print(&self) -> String {
        let default = Self::default();
        let keys = KEYS.map(|key| {
            let (value, usual) = (key.written(self), key.written(&default));
            let (what, accepted, name) = (key.what, (key.accepted)(), key.name);
            format!("# {what}\n# Accepted: {accepted}.\n# Default: {usual}.\n{name} = {value}\n")
        });
        [keys.join("\n"), curricula::print(&self.curricula), days::print(self)].join("\n")
    }
}

fn unusable(path: &Path, what: &str, next: &str) -> ConfigError {
    ConfigError {
        message: format!("the config {} {what}. Nothing was changed. {next}", text::path(path)),
        fault: Fault::Config,
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> ConfigError {
    let next = "Check the path, or name another with --config FILE";
    let fault = match error.kind() {
        ErrorKind::NotFound => Fault::Missing,
        ErrorKind::PermissionDenied => Fault::Permission,
        _ => Fault::Io,
    };
    let what = match fault {
        Fault::Missing => "is not there".to_owned(),
        _ => format!("can't be read: {}", text::reason(error)),
    };
    ConfigError { fault, ..unusable(path, &what, next) }
}

#[cfg(test)]
mod tests;
