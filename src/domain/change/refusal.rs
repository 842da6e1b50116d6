//! Why a change is refused.
//!
//! Owns the words. Must not know how a refusal is found.

use chrono::NaiveDate;
use thiserror::Error;

use crate::domain::{habit::TIMER, text::TextError};

/// Why a change can't be made. The records stay as they were.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The record is gone, or never was.
    #[error("there is no such {0}; it may have been deleted elsewhere, so look at the list again")]
    Missing(&'static str),
    /// Another record has this identity.
    #[error("there is such a {0} already; try again")]
    Exists(&'static str),
    /// What it was planned on was altered since.
    #[error(
        "another program altered habits, topics or projects since the plan was made, so that it \
         holds no more; try again"
    )]
    Outdated,
    /// Done on a day that is not here yet.
    #[error("{0} is in the future; a day can be marked done once it has come")]
    Future(NaiveDate),
    /// A day outside of what inch keeps.
    #[error("{0} is out of range. Accepted: 1970-01-01 to 2200-12-31")]
    Range(NaiveDate),
    /// *None* where a schedule is needed.
    #[error("a habit needs a schedule; archive it to pause it")]
    NoSchedule,
    /// A number of seconds outside its range.
    #[error("{what} lasts {least} to {most} seconds, not {seconds}")]
    Seconds {
        /// Of what.
        what: &'static str,
        /// What was asked for.
        seconds: i64,
        /// The fewest.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A number outside its range.
    #[error("{what} is a number from 1 to {most}, not {number}")]
    Number {
        /// What it is.
        what: &'static str,
        /// What was given.
        number: u32,
        /// The largest.
        most: u32,
    },
    /// A session on nothing.
    #[error("a session is on a habit, a topic or a project; name one")]
    NoSubject,
    /// More of something than is kept.
    #[error("there are too many {what}; leave out some, until there are at most {limit}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// Parts of one thing that contradict each other.
    #[error("{what} {law}; it may have been altered by hand")]
    Odd {
        /// Which thing.
        what: &'static str,
        /// What holds for it.
        law: &'static str,
    },
    /// A text over its limit or with unsafe characters.
    #[error("{_0}; {}", _0.next_step())]
    Text(#[from] TextError),
}

impl Refusal {
    /// A timer's number of seconds.
    pub fn timer(seconds: i64) -> Self {
        let (least, most) = (u32::from(*TIMER.start()), u32::from(*TIMER.end()));
        Self::Seconds { what: "a timer", seconds, least, most }
    }
}
