//! The one table of what can be configured.
//!
//! Owns each key's name, comment, accepted values, reading and writing. Must not know the file.

use chrono::{NaiveTime, Weekday};

use super::{Config, Glyphs, Motion, ThemeChoice};
use crate::domain::{day::StreakRule, text};

/// One key of the file. [`KEYS`] drives loading, the errors and the printed form.
pub(super) struct Key {
    /// As it is written in the file.
    pub(super) name: &'static str,
    /// A sentence of its comment.
    pub(super) what: &'static str,
    /// Every accepted value, as it is written.
    pub(super) accepted: fn() -> String,
    /// Puts a value into the config; `None` when it is not an accepted one.
    pub(super) read: fn(&mut Config, &str) -> Option<()>,
    /// The value without quotes.
    pub(super) write: fn(&Config) -> String,
}

impl Key {
    /// Whether its values are text; a number has no quotes.
    pub(super) fn is_quoted(&self) -> bool {
        (self.accepted)().starts_with('"')
    }

    /// The value as it is written in the file.
    pub(super) fn written(&self, config: &Config) -> String {
        let value = (self.write)(config);
        if self.is_quoted() { toml::Value::from(value).to_string() } else { value }
    }
}

/// Words and what they stand for.
type Words<T> = &'static [(&'static str, T)];

const WEEKDAYS: Words<Weekday> = &[
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];
const STREAKS: Words<StreakRule> =
    &[("strict", StreakRule::Strict), ("two-day", StreakRule::TwoDay)];
const THEMES: Words<ThemeChoice> =
    &[("dark", ThemeChoice::Dark), ("light", ThemeChoice::Light), ("ansi", ThemeChoice::Ansi)];
const GLYPHS: Words<Glyphs> = &[("unicode", Glyphs::Unicode), ("ascii", Glyphs::Ascii)];
const MOTIONS: Words<Motion> = &[("full", Motion::Full), ("none", Motion::None)];
const SWITCH: Words<bool> = &[("on", true), ("off", false)];

/// Every key, in the order it is printed.
pub(super) const KEYS: [Key; 9] = [
    Key {
        name: "day_starts_at",
        what: "When a new day begins. Before that time, a tick counts for the day before.",
        accepted: || r#""00:00" to "23:59""#.to_owned(),
        read: |config, text| {
            config.day_starts_at = wall_time(text)?;
            Some(())
        },
        write: |config| config.day_starts_at.format("%H:%M").to_string(),
    },
    Key {
        name: "week_starts_on",
        what: "The first day of a week. Changing it reads the history of weekly habits anew.",
        accepted: || listed(WEEKDAYS),
        read: |config, text| {
            config.week_starts_on = value(WEEKDAYS, text)?;
            Some(())
        },
        write: |config| word(WEEKDAYS, config.week_starts_on),
    },
    Key {
        name: "streaks",
        what: "What ends a streak: every missed window, or only two in a row.",
        accepted: || listed(STREAKS),
        read: |config, text| {
            config.streaks = value(STREAKS, text)?;
            Some(())
        },
        write: |config| word(STREAKS, config.streaks),
    },
    Key {
        name: "theme",
        what: "Colours for a dark or a light background, or the terminal's own sixteen.",
        accepted: || listed(THEMES),
        read: |config, text| {
            config.theme = value(THEMES, text)?;
            Some(())
        },
        write: |config| word(THEMES, config.theme),
    },
    Key {
        name: "glyphs",
        what: "Which characters are drawn: boxes and circles, or plain ASCII only.",
        accepted: || listed(GLYPHS),
        read: |config, text| {
            config.glyphs = value(GLYPHS, text)?;
            Some(())
        },
        write: |config| word(GLYPHS, config.glyphs),
    },
    Key {
        name: "motion",
        what: "Whether a tick is celebrated with a short effect on the screen.",
        accepted: || listed(MOTIONS),
        read: |config, text| {
            config.motion = value(MOTIONS, text)?;
            Some(())
        },
        write: |config| word(MOTIONS, config.motion),
    },
    Key {
        name: "remind_at",
        what: "When an open inch reminds of what is left today, with a bell and a notification.",
        accepted: || r#""00:00" to "23:59", or "off""#.to_owned(),
        read: |config, text| {
            config.remind_at = if text == "off" { None } else { Some(wall_time(text)?) };
            Some(())
        },
        write: |config| match config.remind_at {
            Some(time) => time.format("%H:%M").to_string(),
            None => "off".to_owned(),
        },
    },
    Key {
        name: "mouse",
        what: "Whether the mouse clicks and scrolls. With it on, Shift-drag selects text.",
        accepted: || listed(SWITCH),
        read: |config, text| {
            config.has_mouse = value(SWITCH, text)?;
            Some(())
        },
        write: |config| word(SWITCH, config.has_mouse),
    },
    Key {
        name: "name",
        what: "Your name on the pages that inch exports.",
        accepted: || r#""", or a line of up to 200 characters"#.to_owned(),
        read: |config, given| {
            config.name = text::line("name", given).ok()?;
            Some(())
        },
        write: |config| config.name.clone(),
    },
];

/// The words as accepted values.
fn listed<T>(words: Words<T>) -> String {
    let quoted: Vec<_> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    quoted.join(", ")
}

fn value<T: Copy>(words: Words<T>, text: &str) -> Option<T> {
    words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
}

fn word<T: Copy + PartialEq>(words: Words<T>, value: T) -> String {
    let found = words.iter().find(|(_, other)| *other == value);
    found.map_or_else(String::new, |(word, _)| (*word).to_owned())
}

/// Reads exactly `HH:MM`.
fn wall_time(text: &str) -> Option<NaiveTime> {
    let is_shaped = text.len() == 5
        && text.bytes().enumerate().all(|(at, byte)| match at {
            2 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    is_shaped.then(|| NaiveTime::parse_from_str(text, "%H:%M").ok())?
}
