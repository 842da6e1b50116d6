//! Effects: what `update` asked for is done here, and what came of it goes back as a message.
//!
//! Owns the store, the browser and the clipboard on behalf of the app. Must not know the model.

use std::{io, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    app::{
        Failure, Message, Trouble,
        grown::Roots,
        history::pages::{Pages, Request, Span},
    },
    clock::Clock,
    domain::{
        change::{Applied, Change},
        fault::Fault,
        ids::{HabitId, SessionId},
        pace::Pace,
        session::Session,
        text,
    },
    store::{
        ReadOnly, Store, StoreError,
        backup::{self, Every, Stop},
    },
};

/// How much of a copied text is said to have been copied.
const SAID_GRAPHEMES: usize = 50;

/// Does what only the outside can do.
#[derive(Debug)]
pub struct Hands {
    /// The data file.
    pub store: Store,
    /// Stamps changes.
    pub clock: Clock,
    /// Opens a link in the browser.
    pub open: fn(&str) -> io::Result<()>,
    /// Why the newest change that is not saved is not, and the kind of that, for who quits so.
    pub unsaved: Option<(String, Fault)>,
}

impl Hands {
    /// Commits a change.
    pub fn apply(&mut self, change: Change) -> Message {
        match self.store.apply(&change, &self.clock.now().stamp()) {
            Ok(applied) => Message::Applied(Box::new(applied)),
            Err(error) => {
                // Nobody can spend the time of a session again: whatever hinders it, it waits, and
                // is told of at the end.
                let is_time = matches!(change, Change::SessionPut { .. });
                let is_refused = matches!(error, StoreError::Refused(_));
                let is_lost = is_lost(&error);
                let is_waiting =
                    is_lost || self.is_worth_retrying(&error) || is_time && !is_refused;
                let why = sentence(&error);
                let text = match (is_lost, is_waiting) {
                    (true, _) => format!("{why} The change stays marked as not saved."),
                    (_, true) => format!("{why} The change waits and is tried again by itself."),
                    _ => why.clone(),
                };
                self.unsaved = Some((why, error.fault()));
                let change = Some(change);
                Failure { text, change, is_waiting }.into()
            }
        }
    }

    /// Takes back the newest change.
    pub fn undo(&mut self) -> Message {
        let undone = self.store.undo(&self.clock.now().stamp());
        told(undone, Message::NothingToUndo)
    }

    /// Makes it again.
    pub fn redo(&mut self) -> Message {
        let redone = self.store.redo(&self.clock.now().stamp());
        told(redone, Message::NothingToRedo)
    }

    /// Reads a habit's days.
    pub fn load(&mut self, habit: HabitId, from: NaiveDate) -> Message {
        let today = self.clock.now().today;
        self.store
            .track(habit, from, today)
            .map_or_else(failed, |track| Message::Loaded(Box::new(track)))
    }

    /// Reads the days of a history.
    pub fn load_history(&mut self, request: Request) -> Message {
        match self.pages(request) {
            Ok(pages) => Message::HistoryRead(Box::new(pages)),
            Err(error) => Message::HistoryUnread(sentence(&error)),
        }
    }

    /// Reads the minutes of the weeks up to `today`.
    pub fn load_pace(&self, today: NaiveDate) -> Message {
        let seconds = self.store.seconds_by_day(None, Pace::first_day(today), today);
        seconds.map_or_else(failed, |seconds| Message::PaceRead(Pace::new(&seconds, today)))
    }

    /// Counts the starts that a project grew from.
    pub fn count_starts(&self, roots: Roots) -> Message {
        let starts = self.store.ticks(&roots.habits, roots.until);
        starts.map_or_else(failed, |starts| Message::StartsCounted(roots, starts))
    }

    fn pages(&self, request: Request) -> Result<Pages, StoreError> {
        let mut pages = Pages::default();
        for Span { habit, first, last } in &request.spans {
            self.store
                .check_ins_between(*habit, *first, *last, |check_in| pages.insert(check_in))?;
        }
        if let Some((first, last)) = request.sessions {
            pages.seconds = self.store.seconds_by_day(request.habit, first, last)?;
        }
        Ok(Pages { request, ..pages })
    }

    /// What others wrote; nothing when nobody did.
    pub fn news(&mut self) -> Option<Message> {
        match self.store.news(self.clock.now().today) {
            Ok(news) => (!news.is_empty()).then_some(Message::Heard(news)),
            Err(error) => Some(failed(error)),
        }
    }

    /// Writes how far a session has come; nothing when that went well.
    pub fn keep_running(&mut self, running: &Session) -> Option<Message> {
        let error = self.store.keep_running(running).err()?;
        let way_on = "The session goes on, and is saved when it ends.";
        let text = format!("{} {way_on}", sentence(&error));
        Some(Failure { text, change: None, is_waiting: false }.into())
    }

    /// Forgets a session that can't be kept; nothing when that went well.
    pub fn forget_running(&mut self, running: SessionId) -> Option<Message> {
        self.store.forget_running(running).err().map(failed)
    }

    /// Sessions that a crash cut short; nothing when there are none.
    pub fn cut_short(&self) -> Option<Message> {
        match self.store.cut_short() {
            Ok(sessions) => (!sessions.is_empty()).then_some(Message::CutShort(sessions)),
            Err(error) => Some(failed(error)),
        }
    }

    /// Remembers that the welcome was seen; nothing to say when that went well.
    pub fn welcomed(&mut self) -> Option<Message> {
        self.store.set_welcomed().err().map(failed)
    }

    /// Opens a link, which has been checked, in the browser; nothing when that went well.
    pub fn open(&self, url: &str) -> Option<Message> {
        (self.open)(url).err()?;
        // Why is of no use to anybody: there is no browser to be reached from this terminal.
        Some(Message::Unopened(url.to_owned()))
    }

    fn is_worth_retrying(&self, error: &StoreError) -> bool {
        matches!(error.fault(), Fault::Busy | Fault::Io) && !self.store.is_read_only()
    }
}

/// Whether the file went away while it was open, and the change is nowhere.
fn is_lost(error: &StoreError) -> bool {
    let StoreError::ReadOnly { why, .. } = error else { return false };
    matches!(why, ReadOnly::Deleted | ReadOnly::Replaced | ReadOnly::LogGone)
}

/// What the terminal must be sent for a text to be on its clipboard (the sequence OSC 52), and what
/// to say of it. It works from another machine too, but some terminals don't allow it.
pub fn copy(copied: &str) -> (String, Message) {
    let sequence = format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(copied));
    let shown = text::clip(&text::shown(copied), SAID_GRAPHEMES);
    (sequence, Message::Said(format!("Sent to the terminal's clipboard: {shown}")))
}

/// What the terminal must be sent to ring its bell and to show a notification (the sequence OSC 9),
/// for whoever looks elsewhere. The text has been made safe.
pub fn notification(text: &str) -> String {
    format!("\x1b]9;inch: {text}\x1b\\\x07")
}

/// The browser of the platform, by an argument vector.
pub fn browser(url: &str) -> io::Result<()> {
    open::that_detached(url)
}

/// Checks and backs up the file at the path when that is due, on whichever thread; `stop` ends it.
pub fn tend(file: &Path, now: DateTime<Utc>, stop: &Stop) -> Message {
    let Err(error) = backup::tend(file, Every::Day, now, stop) else { return Message::Tended };
    let trouble = if error.fault() == Fault::Data { Trouble::Damaged } else { Trouble::NoBackup };
    Message::Troubled(trouble, sentence(&error))
}

fn told(result: Result<Option<Applied>, StoreError>, nothing: Message) -> Message {
    match result {
        Ok(Some(applied)) => Message::Applied(Box::new(applied)),
        Ok(None) => nothing,
        Err(error) => failed(error),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it ends here, as a message")]
fn failed(error: StoreError) -> Message {
    Failure { text: sentence(&error), change: None, is_waiting: false }.into()
}

/// An error as a sentence of its own. Paths are in it, which may hold anything.
pub fn sentence(error: &StoreError) -> String {
    let text = error.to_string();
    format!("{}.", text::shown(text.trim_end_matches('.')))
}
