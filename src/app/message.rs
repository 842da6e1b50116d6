//! What comes into `update` and what it asks for.
//!
//! Owns messages and effects. Must not know who sends or performs them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};

use super::{
    action::Action,
    editor::Input,
    grown::Roots,
    history::pages::{Pages, Request},
    mouse::Mouse,
    notice::Trouble,
};
use crate::domain::{
    change::{Applied, Change},
    ids::{HabitId, SessionId},
    pace::Pace,
    session::Session,
    workspace::Track,
};

/// Something happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key or the palette asked for something.
    Action(Action),
    /// A key that no binding took, for the text field on top.
    Typed(Input),
    /// Text was pasted.
    Pasted(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// Our own change is on the disk.
    Applied(Box<Applied>),
    /// Other processes' changes are on the disk.
    Heard(Vec<Applied>),
    /// There was nothing to undo or redo.
    NothingToUndo,
    /// There was nothing to redo.
    NothingToRedo,
    /// An effect failed.
    Failed(Box<Failure>),
    /// A habit's days were read.
    Loaded(Box<Track>),
    /// The days of a history were read.
    HistoryRead(Box<Pages>),
    /// The weeks' minutes were read.
    PaceRead(Pace),
    /// The starts that a project grew from were counted.
    StartsCounted(Roots, u64),
    /// They could not be read, and why.
    HistoryUnread(String),
    /// An effect went well and has something to say.
    Said(String),
    /// No browser opens this address.
    Unopened(String),
    /// Something went wrong that nobody had just asked for, and stays so.
    Troubled(Trouble, String),
    /// The file was looked after, and nothing is wrong with it or its backup.
    Tended,
    /// The text as the person's own editor left it.
    Edited(String),
    /// It is time to try unsaved changes again.
    Retry,
    /// The time was read: the logical day, and when it ends while that is not its calendar day.
    Moment {
        /// The logical day.
        today: NaiveDate,
        /// Between midnight and the rollover: the wall-clock time of the rollover.
        until: Option<NaiveTime>,
    },
    /// The time was read for the timer.
    Beat {
        /// The moment.
        at: DateTime<FixedOffset>,
    },
    /// Sessions were found whose process ended without ending them.
    CutShort(Vec<Session>),
    /// The app is about to end: what is under way is kept.
    Closing,
    /// The terminal has this size now.
    Resized {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
}

/// Why an effect failed, in words for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What, where, the state of the data, the next step.
    pub text: String,
    /// The change that was not made, if one was asked for.
    pub change: Option<Change>,
    /// Trying again may work, so that the change waits.
    pub is_waiting: bool,
}

impl From<Failure> for Message {
    fn from(failure: Failure) -> Self {
        Self::Failed(Box::new(failure))
    }
}

/// Something that only the runtime can do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Commit a change.
    Apply(Change),
    /// Take back the newest change.
    Undo,
    /// Make it again.
    Redo,
    /// Read a habit's days from this one on.
    Load(HabitId, NaiveDate),
    /// Read the time now.
    ReadTime,
    /// Write how far a session has come, so that a crash leaves it.
    KeepRunning(Session),
    /// Forget a session that was under way and can't be kept.
    ForgetRunning(SessionId),
    /// Read the days of a history.
    LoadHistory(Request),
    /// Read the minutes of the weeks up to a day.
    LoadPace(NaiveDate),
    /// Count the starts that a project grew from.
    CountStarts(Roots),
    /// Open a checked link in the browser.
    OpenUrl(String),
    /// Put text on the clipboard.
    Copy(String),
    /// Let the person write on a text in their own editor.
    Edit(String),
    /// Remember that the person has seen the welcome and starts with nothing.
    Welcomed,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// End.
    Quit,
}
