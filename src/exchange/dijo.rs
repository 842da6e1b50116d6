//! dijo: `habit_record.json`, an array of habits with what each day came to.
//!
//! Owns how it is written. Must not know which habits exist here.

use std::fmt;

use chrono::NaiveDate;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};

use super::{
    ImportError, Input,
    json::{self, check_nesting},
    reading::{ANY, Described, Reading, Said, date, name, note, number, quoted, wrong},
};
use crate::domain::habit::Mark;

const FORMAT: &str = "dijo";

/// A habit as it is written; what else it has is of no use here.
#[derive(Deserialize)]
struct Habit {
    #[serde(rename = "type")]
    kind: String,
    name: String,
    stats: Stats,
    goal: Amount,
}

/// What each day came to, in the order of the file.
struct Stats(Vec<(Day, Amount)>);

/// The name of a day in the file.
enum Day {
    On(NaiveDate),
    /// What is wrong with it.
    Odd(Box<str>),
}

/// What a day came to.
#[derive(Debug, Clone, PartialEq)]
enum Amount {
    Bit(bool),
    Number(f64),
    /// Anything else, in words that are safe to print.
    Odd(Box<str>),
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bit(is_so) => is_so.fmt(f),
            Self::Number(found) => f.write_str(&number(found)),
            Self::Odd(found) => f.write_str(found),
        }
    }
}

/// A JSON array of objects with stats.
pub fn looks_so(input: &Input) -> bool {
    let text = String::from_utf8_lossy(input.head());
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_empty = || text.trim_end() == "[]";
    text.starts_with('[') && (is_empty() || text.contains("\"stats\"") || text.contains("\"type\""))
}

/// Reads all habits.
pub fn read(input: &Input, reading: &mut Reading) -> Result<(), ImportError> {
    let text = input.text()?;
    check_nesting(text, &input.name)?;
    let habits: Vec<Habit> =
        json::read(text, "is not a list of habits as dijo writes it", &reading.skipped.file)?;
    for (nth, habit) in (1..).zip(habits) {
        reading.count_in("habit");
        match checked(&habit) {
            Ok(name) => take(habit, name, nth, reading)?,
            Err(what) => {
                reading.bad_at(format!("habit {nth} '{}'", quoted(&habit.name)), what)?;
            }
        }
    }
    Ok(())
}

/// The name, once all but the days is what it should be.
fn checked(habit: &Habit) -> Result<String, String> {
    let name = name("name", &habit.name)?;
    let is_known = match habit.kind.as_str() {
        "Bit" => true,
        "Count" | "Float" => match &habit.goal {
            Amount::Number(_) => true,
            other => return Err(format!("column goal: {other} is not a goal. Accepted: {AMOUNT}")),
        },
        _ => false,
    };
    let wrong = || wrong("type", &habit.kind, "is not a type", "Bit, Count or Float");
    is_known.then_some(name).ok_or_else(wrong)
}

// Those that dijo writes have 32 bits.
const AMOUNT: &str =
    "a number from 0 to 4,294,967,295, or such a value with its precision from 0 to 18";

fn take(habit: Habit, name: String, nth: u64, reading: &mut Reading) -> Result<(), ImportError> {
    let shown = quoted(&name);
    let goal = match (habit.kind.as_str(), &habit.goal) {
        ("Bit", _) => None,
        (_, Amount::Number(goal)) => Some(*goal),
        _ => None,
    };
    if let Some(goal) = goal {
        reading.told.push(if goal > 0.0 {
            let goal = number(goal);
            format!("{shown}: a day is done from {goal} on; the numbers become notes")
        } else {
            format!("{shown}: {ANY}")
        });
    }
    let same = reading.count_of(&name);
    let place = reading.place(nth);
    let place_of = reading.describe(Described::new(FORMAT, name, same, place))?;
    reading.begin(format!("habit {nth} '{shown}'"), "day");
    for (count, (day, amount)) in (1..).zip(habit.stats.0) {
        let said = said(day, amount, goal);
        reading.take(count, said.map(|said| Said { habit: place_of, ..said }))?;
    }
    Ok(())
}

fn said(day: Day, amount: Amount, goal: Option<f64>) -> Result<Said, String> {
    let day = match day {
        Day::On(day) => day,
        Day::Odd(what) => return Err(what.into()),
    };
    let (is_done, text) = match (amount, goal) {
        (Amount::Bit(is_done), None) => (is_done, String::new()),
        (Amount::Number(found), Some(goal)) => {
            let text = if found > 0.0 { number(found) } else { String::new() };
            (found >= goal && found > 0.0, text)
        }
        (other, goal) => {
            let accepted = if goal.is_some() { AMOUNT } else { "true or false" };
            return Err(format!(
                "column stats: {other} on {day} is not what a day comes to. Accepted: {accepted}"
            ));
        }
    };
    Ok(Said { habit: 0, day, mark: is_done.then_some(Mark::Done), note: note("stats", &text)? })
}

impl<'de> Deserialize<'de> for Stats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Days;
        impl<'de> Visitor<'de> for Days {
            type Value = Stats;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the days of a habit")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Stats, A::Error> {
                let mut days = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    let day = match date("stats", &key) {
                        Ok(day) => Day::On(day),
                        Err(what) => Day::Odd(what.into()),
                    };
                    days.push((day, map.next_value()?));
                }
                Ok(Stats(days))
            }
        }
        deserializer.deserialize_map(Days)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Amount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false, a number, or a value and its precision")
            }

            fn visit_bool<E>(self, found: bool) -> Result<Amount, E> {
                Ok(Amount::Bit(found))
            }

            fn visit_u64<E>(self, found: u64) -> Result<Amount, E> {
                let kept = u32::try_from(found).map(f64::from).map(Amount::Number);
                Ok(kept.unwrap_or_else(|_| odd(found)))
            }

            fn visit_i64<E>(self, found: i64) -> Result<Amount, E> {
                Ok(odd(found))
            }

            fn visit_f64<E>(self, found: f64) -> Result<Amount, E> {
                let is_kept = (0.0..=f64::from(u32::MAX)).contains(&found);
                Ok(if is_kept { Amount::Number(found) } else { odd(quoted(&found.to_string())) })
            }

            fn visit_str<E>(self, found: &str) -> Result<Amount, E> {
                Ok(odd(format_args!("'{}'", quoted(found))))
            }

            fn visit_unit<E>(self) -> Result<Amount, E> {
                Ok(odd("null"))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<Amount, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(odd("a list"))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Amount, A::Error> {
                let (mut value, mut precision) = (None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "value" => value = Some(map.next_value::<Amount>()?),
                        "precision" => precision = Some(map.next_value::<Amount>()?),
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(match (value, precision) {
                    // So many of its digits stand behind the point.
                    (Some(Amount::Number(value)), Some(Amount::Number(precision)))
                        if precision.fract() == 0.0 && precision <= 18.0 =>
                    {
                        Amount::Number(value / 10_f64.powf(precision))
                    }
                    (Some(value), Some(precision)) => {
                        odd(format_args!("the value {value} with the precision {precision}"))
                    }
                    _ => odd("an object without value and precision"),
                })
            }
        }
        deserializer.deserialize_any(Any)
    }
}

fn odd(found: impl fmt::Display) -> Amount {
    Amount::Odd(found.to_string().into())
}
