//! The one table of what can be configured.
//!
//! Owns each key's name, comment, accepted values, reading and writing. Must not know the file.

use chrono::{NaiveTime, Weekday};

use super::{Config, Glyphs, Motion, ThemeChoice};
use crate::domain::{day::StreakRule, schedule::WEEK};

/// One key of the file. [`KEYS`] drives loading, the errors and the printed form.
pub(super) struct Key {
    /// As it is written in the file.
    pub(super) name: &'static str,
    /// A sentence of its comment.
    pub(super) what: &'static str,
    /// Every accepted value, as it is written.
    pub(super) accepted: &'static str,
    /// Puts a value into the config; `None` when it is not an accepted one.
    pub(super) read: fn(&mut Config, &str) -> Option<()>,
    /// The value without quotes.
    pub(super) write: fn(&Config) -> String,
}

impl Key {
    /// Whether its values are text; a number has no quotes.
    pub(super) fn is_quoted(&self) -> bool {
        self.accepted.starts_with('"')
    }

    /// The value as it is written in the file.
    pub(super) fn written(&self, config: &Config) -> String {
        let value = (self.write)(config);
        if self.is_quoted() { format!("\"{value}\"") } else { value }
    }
}

/// Every key, in the order it is printed.
pub(super) const KEYS: [Key; 8] = [
    Key {
        name: "day_starts_at",
        what: "When a new day begins. Before that time, a tick counts for the day before.",
        accepted: r#""00:00" to "23:59""#,
        read: |config, text| {
            config.day_starts_at = wall_time(text)?;
            Some(())
        },
        write: |config| config.day_starts_at.format("%H:%M").to_string(),
    },
    Key {
        name: "week_starts_on",
        what: "The first day of a week. Changing it reads the history of weekly habits anew.",
        accepted: r#""monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday""#,
        read: |config, text| {
            config.week_starts_on = WEEK.into_iter().find(|day| weekday(*day) == text)?;
            Some(())
        },
        write: |config| weekday(config.week_starts_on).to_owned(),
    },
    Key {
        name: "streaks",
        what: "What ends a streak: every missed window, or only two in a row.",
        accepted: r#""strict", "two-day""#,
        read: |config, text| {
            config.streaks = match text {
                "strict" => StreakRule::Strict,
                "two-day" => StreakRule::TwoDay,
                _ => return None,
            };
            Some(())
        },
        write: |config| {
            let word = match config.streaks {
                StreakRule::Strict => "strict",
                StreakRule::TwoDay => "two-day",
            };
            word.to_owned()
        },
    },
    Key {
        name: "theme",
        what: "Colours for a dark or a light background, or the terminal's own sixteen.",
        accepted: r#""dark", "light", "ansi""#,
        read: |config, text| {
            config.theme = match text {
                "dark" => ThemeChoice::Dark,
                "light" => ThemeChoice::Light,
                "ansi" => ThemeChoice::Ansi,
                _ => return None,
            };
            Some(())
        },
        write: |config| {
            let word = match config.theme {
                ThemeChoice::Dark => "dark",
                ThemeChoice::Light => "light",
                ThemeChoice::Ansi => "ansi",
            };
            word.to_owned()
        },
    },
    Key {
        name: "glyphs",
        what: "Which characters are drawn: boxes and circles, or plain ASCII only.",
        accepted: r#""unicode", "ascii""#,
        read: |config, text| {
            config.glyphs = match text {
                "unicode" => Glyphs::Unicode,
                "ascii" => Glyphs::Ascii,
                _ => return None,
            };
            Some(())
        },
        write: |config| {
            let word = match config.glyphs {
                Glyphs::Unicode => "unicode",
                Glyphs::Ascii => "ascii",
            };
            word.to_owned()
        },
    },
    Key {
        name: "motion",
        what: "Whether a tick is celebrated with a short effect on the screen.",
        accepted: r#""full", "none""#,
        read: |config, text| {
            config.motion = match text {
                "full" => Motion::Full,
                "none" => Motion::None,
                _ => return None,
            };
            Some(())
        },
        write: |config| {
            let word = match config.motion {
                Motion::Full => "full",
                Motion::None => "none",
            };
            word.to_owned()
        },
    },
    Key {
        name: "remind_at",
        what: "When an open inch reminds of what is left today, with a bell and a notification.",
        accepted: r#""00:00" to "23:59", or "off""#,
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
        accepted: r#""on", "off""#,
        read: |config, text| {
            config.has_mouse = match text {
                "on" => true,
                "off" => false,
                _ => return None,
            };
            Some(())
        },
        write: |config| if config.has_mouse { "on" } else { "off" }.to_owned(),
    },
];

/// Reads exactly `HH:MM`.
fn wall_time(text: &str) -> Option<NaiveTime> {
    let is_shaped = text.len() == 5
        && text.bytes().enumerate().all(|(at, byte)| match at {
            2 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    is_shaped.then(|| NaiveTime::parse_from_str(text, "%H:%M").ok())?
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}
