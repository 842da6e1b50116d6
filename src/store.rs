//! The store: one `SQLite` file that never loses an acknowledged change.
//!
//! Owns the file: how it is opened and made, its tables, the journal of changes, undo, and the
//! derived rows that keep reading quick. Must not know the screen, the clock or where the file
//! should be: path, moment and day come in. Its own errors are made here, whole, for people.
//!
//! A few rules hold everywhere in this room:
//! - every write is one immediate transaction, with its journal row;
//! - before it is acknowledged, the path must still lead to the file that was opened;
//! - a live file is never opened by any other means than `SQLite`, for closing such a handle drops
//!   `SQLite`'s locks;
//! - derived rows are a cache: deleting them changes no answer.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::NaiveDate;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::domain::{
    change::{Applied, Change, Stamp},
    day::Rules,
    habit::CheckIn,
    ids::{HabitId, SessionId},
    session::Session,
    workspace::{Track, Workspace},
};

mod agree;
mod annotation;
pub mod backup;
mod bulk;
mod check_in;
mod create;
mod derived;
mod error;
pub mod exam;
mod goal;
mod habit;
mod journal;
mod migrate;
mod network;
mod news;
mod open;
mod pace;
mod peek;
mod place;
mod problem;
mod process;
mod project;
mod record;
pub mod restore;
mod review;
mod session;
mod still;
mod topic;
mod touched;
mod turn;
mod value;
mod watch;
mod welcome;
mod whole;
mod write;

pub use error::{Doing, StoreError};
pub use pace::Tell;
pub use peek::{definitions, is_older};
pub use place::{belongs, is_begun, quoted};
pub use problem::{Problem, ReadOnly};
pub use write::{CHECK_INS, HABITS, OWN_TOPICS, PROJECTS};

use error::Cause;
use news::Seen;
use place::Place;
use watch::Watch;

/// How a file is opened.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How long a write waits for another process: 5 s on the command line, 250 ms in the app.
    pub busy_timeout: Duration,
    /// How weeks and streaks are read; derived rows depend on it.
    pub rules: Rules,
}

/// An open file.
#[derive(Debug)]
pub struct Store {
    // Dropped in this order: the connection goes before its place is given up.
    sql: Connection,
    watch: Watch,
    place: Place,
    /// As it was asked for, for messages.
    asked: PathBuf,
    options: Options,
    read_only: Option<ReadOnly>,
    seen: Option<Seen>,
    /// Where the checkpoints end that were handed out: older days can't be altered in memory.
    handed: BTreeMap<HabitId, NaiveDate>,
    /// The last load folded days that a newer row would have spared it.
    owes_folds: bool,
    /// The last load found folds that were made under other rules.
    has_new_rules: bool,
}

impl Store {
    /// Opens the file at `path`, or makes it when nothing is there.
    ///
    /// A file that can't be written is opened all the same, for reading: see
    /// [`Self::is_read_only`].
    pub fn open(path: &Path, options: Options) -> Result<Self, StoreError> {
        // Later changes of the working folder must not lead elsewhere.
        let asked = std::path::absolute(path)
            .map_err(|source| StoreError::NotSeen { path: path.to_owned(), source })?;
        let opened = open::open(&asked, options)?;
        Ok(Self::of(opened, asked, options))
    }

    /// Where the file is, through no link: its log is beside it there.
    pub fn path(&self) -> &Path {
        &self.place.path
    }

    /// Whether every change will be refused; the error of [`Self::apply`] says why.
    pub fn is_read_only(&self) -> bool {
        self.read_only.is_some()
    }

    /// Closes the file; the log beside it is emptied into it unless others use it.
    pub fn close(self) -> Result<(), StoreError> {
        let Self { sql, place, asked, watch, read_only, .. } = self;
        let close = || -> rusqlite::Result<()> {
            if read_only.is_none() && watch.broken().is_none() {
                // Readers elsewhere may keep the log from being emptied; nobody waits for that.
                sql.busy_timeout(Duration::ZERO)?;
                sql.query_one("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            }
            sql.close().map_err(|(_, error)| error)
        };
        let closed = close().map_err(|error| Cause::from(error).at(&asked, Doing::Saving));
        drop(place);
        closed
    }

    /// Reads what the screen needs: definitions whole, each habit's days from its checkpoint on.
    pub fn load(&mut self, today: NaiveDate) -> Result<Workspace, StoreError> {
        self.load_as(today, whole::workspace)
    }

    /// Reads habits and their days only, for what is called at every prompt: each table that is not
    /// looked at is time saved.
    pub fn load_habits(&mut self, today: NaiveDate) -> Result<Workspace, StoreError> {
        self.load_as(today, |sql, rules| {
            Ok(Workspace { rules, habits: habit::all(sql)?, ..Workspace::default() })
        })
    }

    fn load_as(
        &mut self,
        today: NaiveDate,
        definitions: fn(&Connection, Rules) -> Result<Workspace, Cause>,
    ) -> Result<Workspace, StoreError> {
        let (workspace, seen, owes_folds, has_new_rules) = self.read(|sql, rules| {
            let mut workspace = definitions(sql, rules)?;
            let mut stored = derived::all(sql)?;
            let (mut owes_folds, mut has_new_rules) = (false, false);
            for habit in &workspace.habits {
                let stored = stored.remove(&habit.id);
                has_new_rules |=
                    stored.as_ref().is_some_and(|stored| stored.has_other_rules(rules));
                let good = stored.as_ref().filter(|stored| stored.is_good(habit, rules, today));
                let reached = good.map(|stored| stored.checkpoint.resume);
                let track = derived::track(sql, habit, stored, rules, None, today)?;
                owes_folds |= derived::is_behind(habit, reached, &track.checkpoint, rules, today);
                workspace.tracks.insert(habit.id, track);
            }
            Ok((workspace, Seen::now(sql)?, owes_folds, has_new_rules))
        })?;
        self.owes_folds = owes_folds || has_new_rules;
        self.has_new_rules = has_new_rules;
        self.seen = Some(seen);
        self.handed.clear();
        self.hand_out(workspace.tracks.values());
        Ok(workspace)
    }

    /// Whether the last load read all history anew because streaks or weeks are read by other rules
    /// than before. So it stays at every load until [`Self::refresh_checkpoints`] has stored it.
    pub fn has_new_rules(&self) -> bool {
        self.has_new_rules
    }

    /// Reads one habit's days from `from` (or its checkpoint, whichever is earlier) on.
    pub fn track(
        &mut self,
        habit: HabitId,
        from: NaiveDate,
        today: NaiveDate,
    ) -> Result<Track, StoreError> {
        let track = self.read(|sql, rules| match habit::one(sql, habit)? {
            Some(found) => {
                let stored = derived::one(sql, habit)?;
                let track = derived::track(sql, &found, stored, rules, Some(from), today)?;
                Ok(track)
            }
            None => Ok(Track::empty(habit)),
        })?;
        self.hand_out([&track]);
        Ok(track)
    }

    /// Commits one change with its journal row, or changes nothing.
    pub fn apply(&mut self, change: &Change, stamp: &Stamp) -> Result<Applied, StoreError> {
        let whole = Cow::Borrowed(change);
        let applied = self.commit(|sql, rules, handed| {
            write::apply(sql, whole, stamp, rules, handed, &mut |_| ())
        })?;
        Ok(self.noted(applied).unwrap_or_else(|| Applied::nothing(change)))
    }

    /// Takes back this device's newest undoable change; `None` when there is none.
    pub fn undo(&mut self, stamp: &Stamp) -> Result<Option<Applied>, StoreError> {
        let applied = self.commit(|sql, rules, handed| write::undo(sql, stamp, rules, handed))?;
        Ok(self.noted(applied))
    }

    /// Makes the change that was taken back last again; `None` when there is none.
    pub fn redo(&mut self, stamp: &Stamp) -> Result<Option<Applied>, StoreError> {
        let applied = self.commit(|sql, rules, handed| write::redo(sql, stamp, rules, handed))?;
        Ok(self.noted(applied))
    }

    /// What others wrote since this store last looked, oldest first; empty when nobody did.
    ///
    /// The records after each change are those of now, so that taking them in late does no harm.
    pub fn news(&mut self, today: NaiveDate) -> Result<Vec<Applied>, StoreError> {
        let seen = self.seen.clone();
        let handed = std::mem::take(&mut self.handed);
        let found = self.read(|sql, rules| match seen {
            Some(seen) => news::since(sql, seen, rules, &handed, today),
            None => Ok((Seen::now(sql)?, Vec::new())),
        });
        self.handed = handed;
        let (seen, news) = found?;
        self.seen = Some(seen);
        self.hand_out(news.iter().flat_map(|applied| &applied.tracks));
        Ok(news)
    }

    /// Writes derived rows that are missing or have grown old, so that the next start is quick.
    ///
    /// Does nothing where the file can't be written. Not to be called while a day is pretended: rows
    /// for a day to come would be of no use until then.
    pub fn refresh_checkpoints(&mut self, today: NaiveDate) -> Result<(), StoreError> {
        if self.owes_folds && !self.is_read_only() {
            self.commit(|sql, rules, _| {
                derived::renew(sql, &habit::all(sql)?, rules, today).map(Some)
            })?;
            self.owes_folds = false;
        }
        Ok(())
    }

    /// Check-ins in the order of their days, of one habit or of all that are not deleted.
    pub fn check_ins(
        &mut self,
        habit: Option<HabitId>,
        since: Option<NaiveDate>,
    ) -> Result<Vec<CheckIn>, StoreError> {
        let since = since.unwrap_or(NaiveDate::MIN);
        self.read(|sql, _| Ok(check_in::listed(sql, habit, since)?))
    }

    /// Hands over one habit's check-ins from the first to the last day, in order.
    pub fn check_ins_between(
        &self,
        habit: HabitId,
        first: NaiveDate,
        last: NaiveDate,
        take: impl FnMut(CheckIn),
    ) -> Result<(), StoreError> {
        self.read(|sql, _| Ok(check_in::each(sql, habit, first, last, take)?))
    }

    /// Done days of some habits up to a day, in all.
    pub fn ticks(&self, habits: &[HabitId], until: NaiveDate) -> Result<u64, StoreError> {
        self.read(|sql, _| Ok(check_in::ticks(sql, habits, until)?))
    }

    /// Seconds of sessions by day, of one habit's or of all, from the first to the last day.
    pub fn seconds_by_day(
        &self,
        habit: Option<HabitId>,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, u64>, StoreError> {
        self.read(|sql, _| Ok(session::by_day(sql, habit, first, last)?))
    }

    /// Writes how far a session of this process has come. That is no change: nothing is journalled
    /// until it ends.
    pub fn keep_running(&mut self, running: &Session) -> Result<(), StoreError> {
        self.commit(|sql, _, _| Ok(Some(session::keep(sql, running)?)))?;
        Ok(())
    }

    /// Removes a session that was under way and is not to be kept.
    pub fn forget_running(&mut self, running: SessionId) -> Result<(), StoreError> {
        self.commit(|sql, _, _| Ok(Some(session::forget(sql, running)?)))?;
        Ok(())
    }

    /// Sessions whose process ended without ending them. To be asked before this one begins any.
    pub fn cut_short(&self) -> Result<Vec<Session>, StoreError> {
        self.read(|sql, _| Ok(session::cut_short(sql)?))
    }

    /// Reads one moment of the file.
    fn read<T>(
        &self,
        body: impl FnOnce(&Connection, Rules) -> Result<T, Cause>,
    ) -> Result<T, StoreError> {
        let read = || {
            let moment = Transaction::new_unchecked(&self.sql, TransactionBehavior::Deferred)?;
            let found = body(&moment, self.options.rules)?;
            moment.commit()?;
            Ok(found)
        };
        read().map_err(|cause: Cause| {
            if matches!(&cause, Cause::Sql(error) if backup::is_damage(error)) {
                self.leave_log();
            }
            cause.at(&self.asked, Doing::Reading)
        })
    }

    /// Commits what `body` wrote, or rolls it back when that is `None` or an error.
    fn commit<T>(
        &mut self,
        body: impl FnOnce(&Connection, Rules, &BTreeMap<HabitId, NaiveDate>) -> Result<Option<T>, Cause>,
    ) -> Result<Option<T>, StoreError> {
        if let Some(why) = &self.read_only {
            return Err(self.refusal(why.clone()));
        }
        let write = || {
            let transaction =
                Transaction::new_unchecked(&self.sql, TransactionBehavior::Immediate)?;
            let written = body(&transaction, self.options.rules, &self.handed)?;
            // Before the commit it can still be taken back, so that nothing was saved anywhere.
            if let Some(why) = self.watch.broken() {
                return Ok(Err(why));
            }
            if written.is_some() {
                transaction.commit()?;
                if self.watch.broken().is_some() {
                    return Ok(Err(ReadOnly::LostWhileSaving));
                }
            }
            Ok(Ok(written))
        };
        match write().map_err(|cause: Cause| cause.at(&self.asked, Doing::Saving))? {
            Ok(written) => Ok(written),
            Err(why) => {
                self.read_only = Some(why.clone());
                Err(self.refusal(why))
            }
        }
    }

    fn refusal(&self, why: ReadOnly) -> StoreError {
        StoreError::ReadOnly { path: self.asked.clone(), why }
    }

    /// Remembers an own change, so that it is no news.
    fn noted(&mut self, applied: Option<Applied>) -> Option<Applied> {
        let applied = applied?;
        if let (Some(seen), Some(seq)) = (&mut self.seen, applied.seq) {
            seen.note_own(seq);
        }
        self.hand_out(&applied.tracks);
        Some(applied)
    }

    fn hand_out<'a>(&mut self, tracks: impl IntoIterator<Item = &'a Track>) {
        for track in tracks {
            let handed = self.handed.entry(track.habit).or_insert(NaiveDate::MIN);
            // A reader may have kept an older one; the later end asks for fresh tracks sooner.
            *handed = track.checkpoint.resume.max(*handed);
        }
    }
}
