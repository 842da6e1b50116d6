//! How the domain's small values are written in a column.
//!
//! Owns the text form of days, ids and enumerations. Must not know any table.

use std::{error::Error, fmt};

use chrono::{Datelike, NaiveDate};
use rusqlite::{
    Row,
    types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, Value, ValueRef},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::error;
use crate::domain::{
    day::{FIRST, LAST},
    habit::Mark,
    text::{clip, shown},
};

/// A day as `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Iso(pub(super) NaiveDate);

impl Iso {
    /// As the lower end of a range: days before what inch keeps have other shapes and would not
    /// compare as text.
    pub(super) fn since(day: NaiveDate) -> Self {
        Self(day.clamp(FIRST, LAST))
    }
}

impl ToSql for Iso {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let day = self.0;
        let text = format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
        Ok(ToSqlOutput::Owned(Value::Text(text)))
    }
}

impl FromSql for Iso {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        day(text.as_bytes()).map(Self).ok_or_else(|| odd(&format!("'{text}' is not a day")))
    }
}

/// Reads the one form. Schedules may begin on the day after the last that inch keeps, so any day of
/// four digits is taken; chrono's own parser costs five times as much per row.
fn day(text: &[u8]) -> Option<NaiveDate> {
    let number = |from: usize, to: usize| {
        text[from..to].iter().try_fold(0, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let year = i32::try_from(number(0, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)
}

/// A UUID as lowercase text with hyphens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Id(pub(super) Uuid);

impl ToSql for Id {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = self.0.hyphenated().to_string();
        Ok(ToSqlOutput::Owned(Value::Text(text)))
    }
}

impl FromSql for Id {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        Uuid::try_parse(text).map(Self).map_err(|_| odd(&format!("'{text}' is not an id")))
    }
}

/// A value of an enumeration, through its word.
#[derive(Debug)]
pub(super) struct Word<T>(pub(super) T);

/// What has one word per value in the file.
pub(super) trait Worded: Sized {
    /// The value of a word.
    fn of(word: &str) -> Option<Self>;
}

impl<T: Worded> FromSql for Word<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        T::of(word)
            .map(Self)
            .ok_or_else(|| odd(&format!("'{word}' is not a word that inch knows here")))
    }
}

/// A list or an object as JSON.
#[derive(Debug)]
pub(super) struct Json<T>(pub(super) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        Ok(ToSqlOutput::Owned(Value::Text(text)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        serde_json::from_str(text)
            .map(Self)
            .map_err(|error| odd(&format!("'{text}' can't be understood ({error})")))
    }
}

impl Worded for Mark {
    fn of(word: &str) -> Option<Self> {
        [Self::Done, Self::Rest].into_iter().find(|mark| mark.word() == word)
    }
}

/// A row that does not say anything sensible; the file was altered by something else.
#[derive(Debug)]
struct Odd(String);

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Odd {}

impl Odd {
    /// The text may quote the file, which may hold anything.
    fn new(text: &str) -> Self {
        Self(clip(&shown(text), LONGEST))
    }
}

/// How much is said of an odd row, in graphemes.
const LONGEST: usize = 300;

fn odd(text: &str) -> FromSqlError {
    FromSqlError::Other(Box::new(Odd::new(text)))
}

/// An error for a row whose columns are fine each but not together.
pub(super) fn odd_row(text: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(Odd::new(text)))
}

/// What was read from a row, or why it can't be.
pub(super) trait InRow: Sized {
    /// Names the row in the error: the table, and what `key` says.
    fn in_row(self, table: &str, key: impl FnOnce() -> String) -> Self;
}

impl<T> InRow for rusqlite::Result<T> {
    fn in_row(self, table: &str, key: impl FnOnce() -> String) -> Self {
        self.map_err(|error| {
            if error::is_odd(&error) {
                let what = error::in_words(&error);
                odd_row(&format!("in the row '{}' of {table}, {what}", key()))
            } else {
                error
            }
        })
    }
}

/// The first columns of a row, which are its key.
pub(super) fn key(row: &Row<'_>, columns: usize) -> String {
    let text = |at| match row.get_ref(at) {
        Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
        Ok(ValueRef::Integer(number)) => number.to_string(),
        _ => "?".to_owned(),
    };
    (0..columns).map(text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_back_and_nothing_else_is_a_day() {
        let written = |day: NaiveDate| match Iso(day).to_sql().unwrap() {
            ToSqlOutput::Owned(Value::Text(text)) => text,
            other => panic!("{other:?}"),
        };
        for text in ["1970-01-01", "2024-02-29", "2201-01-01"] {
            let day = day(text.as_bytes()).unwrap();
            assert_eq!(day.to_string(), text);
            assert_eq!(written(day), text);
        }
        for text in ["2026-02-30", "2026-1-01", "2026-13-01", "+026-01-01", "", "20260101"] {
            assert_eq!(day(text.as_bytes()), None, "{text}");
        }
        assert_eq!(written(Iso::since(NaiveDate::MIN).0), "1970-01-01");
    }
}
