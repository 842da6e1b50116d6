//! Backups: whole, checked copies of the file, and what is kept of them (data.md, "Backups").
//!
//! Owns when one is due and the order of things: the source is checked, the copy is made, checked,
//! synced and named, and only then older ones may go. Must not know who asks, nor the time.

mod copying;
mod folder;
mod stop;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, config::DbConfig};

pub use self::{
    folder::{Backup, Kind, made_at},
    stop::Stop,
};
pub(super) use copying::{copy, faults, is_damage};
use folder::Folder;

use super::{
    Store, agree, create,
    error::{Cause, Doing, StoreError},
    peek::{self, Peek},
    place,
    problem::Problem,
};
use crate::domain::thinning::{Dated, surplus};

/// How long others' work on the backups is waited for, and a file that is being written.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long after a look at the backups nobody looks again, whatever came of it.
const PAUSE: TimeDelta = DAY;

/// A day, but for whoever opens the app a little earlier than the day before.
const DAY: TimeDelta = TimeDelta::hours(20);

/// How far ahead of the clock a backup may be. One that is further was made while the clock was
/// wrong, and must not keep others from being made until then.
const AHEAD: TimeDelta = TimeDelta::hours(1);

/// How old the newest backup may grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// For an app that is opened or left open.
    Day,
    /// For a command, which nobody wants to wait for.
    Week,
}

impl Every {
    fn length(self) -> TimeDelta {
        match self {
            Self::Day => DAY,
            Self::Week => TimeDelta::days(7),
        }
    }
}

/// What became of the care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tended {
    /// It was not time, or somebody else is at it.
    NotDue,
    /// A backup was made.
    Made(PathBuf),
}

impl Store {
    /// Whether [`tend`] would make a backup now. Costs next to nothing while it would not.
    pub fn is_backup_due(&self, every: Every, now: DateTime<Utc>) -> bool {
        is_due(&self.sql, &Folder::of(&self.place.path), every, now).unwrap_or(false)
    }

    /// Looks through all of the file for damage; reading may miss what stands in a broken page.
    pub fn check_whole(&self) -> Result<(), StoreError> {
        check(&self.sql, &self.asked).inspect_err(|_| self.leave_log())
    }

    /// Closing a damaged file leaves its log beside it: emptied into it, it would be lost.
    pub(super) fn leave_log(&self) {
        if place::has_log(&self.place.path) {
            // Where that can't be had, it closes as any other.
            let _ = self.sql.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        }
    }
}

/// Every backup of the file, the newest first, checked or not.
pub fn list(asked: &Path) -> Vec<Backup> {
    Folder::of(&real(asked)).list()
}

/// Whether there is no file and there was one, or may have been: what looks like a beginning is a loss.
pub fn lost(asked: &Path) -> Option<Problem> {
    let folder = Folder::of(&real(asked));
    if place::is_begun(asked) {
        None
    } else if folder.is_out_of_sight() {
        Some(Problem::BackupsOutOfSight)
    } else {
        (!folder.list().is_empty()).then_some(Problem::Lost(folder.name))
    }
}

/// The backup that a restore takes without being told which.
pub fn newest_good(asked: &Path) -> Option<Backup> {
    let all = list(asked);
    chosen(all.iter().filter(|backup| is_good(&backup.path))).cloned()
}

/// Of good ones, the newest first, the one to bring back. What a restore made of what it replaced
/// only where there is nothing else: who wants a restore taken back says so.
pub(super) fn chosen<'a>(good: impl IntoIterator<Item = &'a Backup>) -> Option<&'a Backup> {
    let mut spare = None;
    for backup in good {
        if backup.kind != Kind::Restore {
            return Some(backup);
        }
        spare.get_or_insert(backup);
    }
    spare
}

/// Whether a copy is there, is inch's, and is whole.
pub fn is_whole(copy: &Path) -> bool {
    why_not_whole(copy).is_none()
}

/// What is wrong with a copy as far as `SQLite` can tell; `None` when it is whole.
pub fn why_not_whole(copy: &Path) -> Option<String> {
    look_at(copy, |_| None)
}

fn is_good(copy: &Path) -> bool {
    why_not_good(copy).is_none()
}

/// Why a copy should not be brought back by itself; `None` when it is good. A whole one may be none:
/// where another program altered the file it was made of, it would bring that fault back.
pub fn why_not_good(copy: &Path) -> Option<String> {
    look_at(copy, agree::fault)
}

/// What is wrong with a copy, if it is not damaged as far as `also` can tell.
fn look_at(copy: &Path, also: impl Fn(&Peek) -> Option<String>) -> Option<String> {
    let found = peek::look(copy, PATIENCE, |peek| {
        let faults = faults(&peek.sql, 1);
        let faults = faults.map_err(|error| Cause::from(error).at(copy, Doing::Reading))?;
        Ok(faults.into_iter().next().or_else(|| also(peek)))
    });
    found.unwrap_or_else(|error| Some(format!("it {}", error.fact())))
}

/// Makes a backup in the folder of backups, whether one is due or not. `None` when nothing was ever
/// stored, so that there is nothing to keep.
pub fn make(asked: &Path, kind: Kind) -> Result<Option<Backup>, StoreError> {
    let source = peek::open(asked, PATIENCE)?;
    if !has_changes(&source.sql).map_err(|error| Cause::from(error).at(asked, Doing::Reading))? {
        return Ok(None);
    }
    let folder = Folder::of(&source.place.path);
    let _turn = folder.enter(asked, PATIENCE)?;
    put(&source.sql, asked, &folder, kind, &Stop::default()).map(Some)
}

/// Makes a copy under a name of the person's own, which must not be there yet.
pub fn write_to(asked: &Path, file: &Path) -> Result<(), StoreError> {
    let source = peek::open(asked, PATIENCE)?;
    let not_made = |source| StoreError::NoBackup { path: file.to_owned(), source };
    let folder = place::folder(file);
    let unfinished = create::Unfinished::new(file).map_err(not_made)?;
    copy(&source.sql, asked, unfinished.path(), file, &Stop::default())?;
    File::open(unfinished.path()).and_then(|copy| copy.sync_all()).map_err(not_made)?;
    create::rename_new(unfinished.path(), file).map_err(not_made)?;
    confirm(file, folder)
}

/// Syncs the folder of a file that is where it belongs.
fn confirm(file: &Path, folder: &Path) -> Result<(), StoreError> {
    create::sync_folder(folder).map_err(|source| StoreError::Unconfirmed {
        path: file.to_owned(),
        state: "Your data is as it was".to_owned(),
        source,
    })
}

/// The care that keeps the file safe: when it is time, checks the file, makes a backup, and lets old
/// ones go. Nothing goes when the file or the copy is not whole.
pub fn tend(
    asked: &Path,
    every: Every,
    now: DateTime<Utc>,
    stop: &Stop,
) -> Result<Tended, StoreError> {
    let Peek { sql, place, .. } = &peek::open(asked, PATIENCE)?;
    let reading = |error| Cause::from(error).at(asked, Doing::Reading);
    stop.hold(sql);
    let folder = Folder::of(&place.path);
    if !is_due(sql, &folder, every, now).map_err(reading)? {
        return Ok(Tended::NotDue);
    }
    let Some(_turn) = folder.try_enter()? else {
        return Ok(Tended::NotDue);
    };
    // Somebody may have been at it while we came.
    if !is_due(sql, &folder, every, now).map_err(reading)? {
        return Ok(Tended::NotDue);
    }
    folder.stamp(now).map_err(|source| folder.not_made(source))?;
    let made = check(sql, asked).and_then(|()| put(sql, asked, &folder, Kind::Daily, stop));
    if made.is_err() && stop.is_set() {
        // Whoever closed the app in the middle of it has not been looked after.
        folder.unstamp();
    }
    let made = made?;
    thin(&folder, &made, stop);
    Ok(Tended::Made(made.path))
}

/// The quick check of the source: pages and rows, not every index entry.
fn check(sql: &Connection, asked: &Path) -> Result<(), StoreError> {
    let found = copying::quick_faults(sql);
    let detail = match found {
        Ok(faults) => faults.into_iter().next(),
        Err(error) if copying::is_damage(&error) => Some(error.to_string()),
        Err(error) => return Err(Cause::from(error).at(asked, Doing::Reading)),
    };
    match detail {
        None => Ok(()),
        Some(detail) => Err(StoreError::Damaged {
            path: asked.to_owned(),
            detail,
            newest: newest_good(asked).map(|backup| backup.path),
        }),
    }
}

/// Whether it is time. One look at the stamp is enough for most of the day.
fn is_due(
    sql: &Connection,
    folder: &Folder,
    every: Every,
    now: DateTime<Utc>,
) -> rusqlite::Result<bool> {
    let is_recent = |at: DateTime<Utc>, span: TimeDelta| at > now - span && at <= now + AHEAD;
    if folder.stamped().is_some_and(|at| is_recent(at, PAUSE)) {
        return Ok(false);
    }
    let newest = folder.list().into_iter().map(|backup| backup.at).find(|at| *at <= now + AHEAD);
    match (newest, every) {
        (Some(newest), every) => Ok(!is_recent(newest, every.length())),
        (None, Every::Day) => has_changes(sql),
        (None, Every::Week) => {
            Ok(first_change(sql)?.is_some_and(|at| !is_recent(at, every.length())))
        }
    }
}

fn has_changes(sql: &Connection) -> rusqlite::Result<bool> {
    if !copying::has_table(sql, "change")? {
        return Ok(true);
    }
    sql.query_one("SELECT EXISTS (SELECT 1 FROM change)", [], |row| row.get(0))
}

fn first_change(sql: &Connection) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let text: Option<String> =
        sql.query_one("SELECT (SELECT at FROM change ORDER BY seq LIMIT 1)", [], |row| row.get(0))?;
    // A moment that can't be read is long ago: better a backup too many.
    Ok(text.map(|text| {
        DateTime::parse_from_rfc3339(&text).map_or(DateTime::UNIX_EPOCH, |at| at.to_utc())
    }))
}

/// Makes a copy in the folder, which must be held.
pub(super) fn put(
    sql: &Connection,
    asked: &Path,
    folder: &Folder,
    kind: Kind,
    stop: &Stop,
) -> Result<Backup, StoreError> {
    let not_made = |source| folder.not_made(source);
    let unfinished = create::Unfinished::new(&folder.unnamed()).map_err(not_made)?;
    copy(sql, asked, unfinished.path(), &folder.path, stop)?;
    File::open(unfinished.path()).and_then(|copy| copy.sync_all()).map_err(not_made)?;
    let backup = name(unfinished.path(), folder, kind).map_err(not_made)?;
    confirm(&backup.path, &folder.path)?;
    Ok(backup)
}

/// Gives a finished copy the moment it was made at for a name.
fn name(unfinished: &Path, folder: &Folder, kind: Kind) -> io::Result<Backup> {
    // The system's own clock, as it stamped what was written last.
    let mut at = DateTime::from(fs::metadata(unfinished)?.modified()?);
    loop {
        let backup = folder.named(at, kind);
        match create::rename_new(unfinished, &backup.path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                at += TimeDelta::milliseconds(1);
            }
            renamed => {
                renamed?;
                return Ok(backup);
            }
        }
    }
}

/// Lets old copies go; one only goes when the nearest newer one that stays is whole. Failing to
/// remove one does no harm, and the next time tries again.
fn thin(folder: &Folder, made: &Backup, stop: &Stop) {
    let copies = folder.list();
    let mut known: Vec<Option<bool>> =
        copies.iter().map(|copy| (copy.path == made.path).then_some(true)).collect();
    loop {
        let seen: Vec<_> = copies
            .iter()
            .zip(&known)
            .map(|(copy, known)| Dated { at: copy.at, is_good: known.unwrap_or(true) })
            .collect();
        let gone = surplus(&seen);
        // The newest come first in the list.
        let heir = |place: &usize| {
            (0..*place).rev().find(|newer| seen[*newer].is_good && !gone.contains(newer))
        };
        let unsure = gone.iter().filter_map(heir).find(|newer| known[*newer].is_none());
        let Some(unsure) = unsure else {
            for place in gone.iter().filter(|place| heir(place).is_some()) {
                let _ = fs::remove_file(&copies[*place].path);
            }
            return;
        };
        if stop.is_set() {
            return;
        }
        known[unsure] = Some(is_whole(&copies[unsure].path));
    }
}

/// Where the file is, through no link, also when it is not there.
pub(super) fn real(asked: &Path) -> PathBuf {
    let whole = std::path::absolute(asked).unwrap_or_else(|_| asked.to_owned());
    fs::canonicalize(&whole).unwrap_or_else(|_| {
        let folder = fs::canonicalize(place::folder(&whole));
        match (folder, whole.file_name()) {
            (Ok(folder), Some(name)) => folder.join(name),
            _ => whole,
        }
    })
}

/// The turn to work on the backups of a file, for whoever makes one as a step of something larger.
pub(super) fn enter(path: &Path, patience: Duration) -> Result<(Folder, File), StoreError> {
    let folder = Folder::of(path);
    let turn = folder.enter(path, patience)?;
    Ok((folder, turn))
}
