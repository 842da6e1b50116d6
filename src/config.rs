//! `config.toml`: types, defaults, checked loading, and the commented form it is printed in.
//!
//! Owns what can be configured. Must not know where the file lies.

mod keys;
mod rows;

use std::{
    fs::File,
    io::{ErrorKind, Read as _},
    path::Path,
};

use chrono::{NaiveTime, Weekday};
use thiserror::Error;
use toml::de::DeTable;

use self::keys::KEYS;
pub use self::rows::KeyRow;
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
    /// Whether the mouse is taken; default on.
    pub has_mouse: bool,
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
                named(path)
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
            if name.get_ref() == "keys" {
                match rows::read(value, line_at) {
                    Ok(rows) => config.keys = rows,
                    Err((span, what)) => wrong.push((span.start, what)),
                }
                continue;
            }
            let Some(key) = KEYS.iter().find(|key| key.name == name.get_ref().as_ref()) else {
                let known: Vec<_> = KEYS.iter().map(|key| key.name).chain(["keys"]).collect();
                let (name_shown, known) = (text::shown(name.get_ref()), known.join(", "));
                let name_shown = text::clip(&name_shown, 60);
                let what = format!("there is no key '{name_shown}'. Accepted: {known}.");
                wrong.push((name.span().start, what));
                continue;
            };
            let read = value.get_ref().as_str();
            if read.and_then(|text| (key.read)(&mut config, text)).is_none() {
                let written = text::clip(&text::shown(&source[value.span()]), 60);
                let what = format!("{} can't be {written}. Accepted: {}.", key.name, key.accepted);
                wrong.push((value.span().start, what));
            }
        }
        match wrong.into_iter().min() {
            Some((at, what)) => Err(Wrong { line: line_at(at), what }),
            None => Ok(config),
        }
    }

    /// The config as a file with comments; reading it gives this config again. The keys follow from
    /// elsewhere: here they are only rows.
    pub fn print(&self) -> String {
        let default = Self::default();
        let keys = KEYS.map(|key| {
            let (value, usual) = ((key.write)(self), (key.write)(&default));
            let (what, accepted, name) = (key.what, key.accepted, key.name);
            format!(
                "# {what}\n# Accepted: {accepted}.\n# Default: \"{usual}\".\n{name} = \"{value}\"\n"
            )
        });
        keys.join("\n")
    }
}

fn named(path: &Path) -> String {
    text::shown(&path.to_string_lossy()).into_owned()
}

fn unusable(path: &Path, what: &str, next: &str) -> ConfigError {
    ConfigError {
        message: format!("the config {} {what}. Nothing was changed. {next}", named(path)),
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
mod tests {
    use super::*;

    fn changed() -> Config {
        Config {
            day_starts_at: NaiveTime::from_hms_opt(5, 30, 0).unwrap(),
            week_starts_on: Weekday::Sun,
            streaks: StreakRule::TwoDay,
            theme: ThemeChoice::Light,
            glyphs: Glyphs::Ascii,
            has_mouse: false,
            keys: Vec::new(),
        }
    }

    #[test]
    fn what_is_printed_reads_back() {
        for config in [Config::default(), changed()] {
            assert_eq!(Config::parse(&config.print()), Ok(config));
        }
        assert_eq!(Config::parse(""), Ok(Config::default()));
        for key in KEYS {
            let (default, changed) = (Config::default(), changed());
            assert_ne!((key.write)(&default), (key.write)(&changed), "{}", key.name);
        }
    }

    #[test]
    fn every_listed_value_is_accepted() {
        for key in KEYS {
            for value in key.accepted.split('"').skip(1).step_by(2) {
                let text = format!("{} = \"{value}\"", key.name);
                assert!(Config::parse(&text).is_ok(), "{text}");
            }
        }
    }

    #[test]
    fn errors_name_the_line_the_value_and_what_is_accepted() {
        let error = |text: &str| {
            let Wrong { line, what } = Config::parse(text).unwrap_err();
            (line, what)
        };
        let (line, what) = error("# mine\n\nglyphs = \"emoji\"\n");
        assert_eq!(line, 3);
        assert_eq!(what, r#"glyphs can't be "emoji". Accepted: "unicode", "ascii"."#);
        let (line, what) = error("theme = \"dark\"\ncolour = 1\n");
        assert_eq!(line, 2);
        assert!(what.starts_with("there is no key 'colour'. Accepted: day_starts_at, "));
        assert_eq!(error("theme = \"dark\"\n[keys]\nx = 1\n").0, 3);
        assert_eq!(error("theme = \"dark\"\n\ntheme = \"dark\"\n").0, 3);
        assert_eq!(error("zzz = 1\naaa = 2\n").0, 1, "the first in the file");
        assert_eq!(error("\u{feff}\n=").0, 2);
        for bad in ["24:00", "4:00", "04:60", "04:00:00", "+4:00", "ab:cd", "日:日", ""] {
            assert!(Config::parse(&format!("day_starts_at = \"{bad}\"")).is_err(), "{bad}");
        }
        assert!(Config::parse("day_starts_at = 04:00:00").is_err());
    }

    #[test]
    fn rows_of_keys_are_kept_as_they_are_written() {
        let text = "theme = \"dark\"\n[keys.today]\nadd = \"A\"\nquit = []\n[keys.form]\nsave = [\"ctrl-x\", \"f2\"]\n";
        let row = |line, place: &str, action: &str, chords: &[&str]| KeyRow {
            line,
            place: place.to_owned(),
            action: action.to_owned(),
            chords: chords.iter().copied().map(str::to_owned).collect(),
        };
        let rows = [
            row(3, "today", "add", &["A"]),
            row(4, "today", "quit", &[]),
            row(6, "form", "save", &["ctrl-x", "f2"]),
        ];
        assert_eq!(Config::parse(text).unwrap().keys, rows);
        for (bad, line) in [
            ("keys = 1", 1),
            ("[keys]\n\ntoday = 1", 3),
            ("[keys.today]\nadd = 1", 2),
            ("[keys.today]\n\nadd = [\"a\", 1]", 3),
        ] {
            let wrong = Config::parse(bad).unwrap_err();
            assert_eq!(wrong.line, line, "{bad}");
            assert!(wrong.what.contains("Accepted: "), "{wrong}");
        }
    }

    #[test]
    fn only_a_regular_file_of_a_sensible_size_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let fault = |is_required| Config::load(&path, is_required).unwrap_err().fault;
        assert_eq!(Config::load(&path, false).unwrap(), Config::default());
        assert_eq!(fault(true), Fault::Missing);
        let is_folder = Config::load(folder.path(), false).unwrap_err();
        assert_eq!(is_folder.fault, Fault::Config);
        std::fs::write(&path, vec![b'#'; 1024 * 1024 + 1]).unwrap();
        assert_eq!(fault(false), Fault::Config);
        std::fs::write(&path, [b'#', 0xff]).unwrap();
        assert_eq!(fault(false), Fault::Config);
        std::fs::write(&path, changed().print()).unwrap();
        assert_eq!(Config::load(&path, true).unwrap(), changed());
        std::fs::write(&path, "\nstreaks = 3").unwrap();
        let error = Config::load(&path, true).unwrap_err();
        assert!(error.message.contains("config.toml, line 2: streaks can't be 3."), "{error}");
    }
}
