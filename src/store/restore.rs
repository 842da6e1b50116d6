//! Another file in the place of the data file: whole, at once, and never without keeping what was
//! there.
//!
//! Owns the order of its steps, so that a crash after any of them loses nothing. Must not know who
//! asks, nor whether anybody agreed.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use rustix::{
    fs::{FlockOperation, fcntl_lock},
    io::Errno,
};

use super::{
    backup::{self, Backup, Kind, Stop},
    create::{self, Unfinished},
    derived,
    error::{Cause, Doing, StoreError},
    journal, migrate,
    open::{self, Access},
    peek,
    place::{self, Identity, Place},
};
use crate::domain::fault::Fault;

/// How long somebody else may take to let go of the file: a command is done by then, an app is not.
const PATIENCE: Duration = Duration::from_secs(2);

/// What became of what was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// Nothing was there, or nothing in it.
    Nothing,
    /// It was backed up.
    BackedUp(PathBuf),
    /// It can't be read, and is kept as it was under this name, with the files named like it.
    Aside(PathBuf),
    /// There was no file, but a log of one, which is kept under this name.
    LogAside(PathBuf),
}

impl Before {
    /// Where it is now.
    fn kept(&self) -> Option<&Path> {
        match self {
            Self::Nothing => None,
            Self::BackedUp(kept) | Self::Aside(kept) | Self::LogAside(kept) => Some(kept),
        }
    }
}

/// Refuses a file that can't be restored, whatever it is to take the place of.
pub fn check(from: &Path) -> Result<(), StoreError> {
    let bad = |why, fault| bad(from, why, fault);
    let found = peek::look(from, PATIENCE, |source| {
        let faults = backup::faults(&source.sql, 1);
        faults.map_err(|error| Cause::from(error).at(from, Doing::Reading))
    });
    match found {
        Ok(faults) => match faults.into_iter().next() {
            None => Ok(()),
            Some(fault) => Err(bad(format!("is damaged: {fault}"), Fault::Data)),
        },
        Err(error) => match &error {
            StoreError::NotSeen { source, .. } if source.kind() == io::ErrorKind::NotADirectory => {
                Err(bad(error.fact(), Fault::Missing))
            }
            StoreError::Unusable { .. } | StoreError::NotSeen { .. } => {
                Err(bad(error.fact(), error.fault()))
            }
            StoreError::Failed { source, .. } if backup::is_damage(source) => {
                Err(bad(error.fact(), error.fault()))
            }
            _ => Err(error),
        },
    }
}

fn bad(from: &Path, why: String, fault: Fault) -> StoreError {
    StoreError::BadCopy { path: from.to_owned(), why, fault }
}

/// Puts a copy of `from` in the place of the data file. Undo begins anew there.
///
/// Nobody may have the file open. What is there is backed up first; a file that can't be read is
/// moved aside whole.
pub fn restore(asked: &Path, from: &Path) -> Result<Before, StoreError> {
    check(from)?;
    put(asked, from).map_err(StoreError::of_restore)
}

fn put(asked: &Path, from: &Path) -> Result<Before, StoreError> {
    let target = backup::real(asked);
    // By whatever name: a link to the file is no copy of it.
    if Identity::at(from).is_ok_and(|from| Identity::at(&target).is_ok_and(|it| it == from)) {
        return Err(StoreError::Itself { path: from.to_owned() });
    }
    let folder = place::folder(&target);
    create::refuse_network(asked, folder)?;
    create::make_folder(folder)
        .map_err(|source| StoreError::NotMade { path: folder.to_owned(), source })?;
    // Nobody makes a file here meanwhile, or sweeps up what is unfinished.
    let _turn = create::enter(&target, folder, PATIENCE)?;
    let not_made = |source| StoreError::NotMade { path: target.clone(), source };
    let unfinished = Unfinished::new(&target).map_err(not_made)?;
    fill(from, &unfinished, &target)?;
    let moment = File::open(unfinished.path())
        .and_then(|file| file.sync_all().and_then(|()| file.metadata()?.modified()))
        .map_err(not_made)?;
    let before = swap(asked, &target, unfinished.path(), moment.into())?;
    match create::sync_folder(folder) {
        Ok(()) => Ok(before),
        Err(source) => {
            let state = before.kept().map_or("Nothing was there before".to_owned(), |kept| {
                format!("What was there is kept as {}", kept.display())
            });
            Err(StoreError::Unconfirmed { path: target, state, source })
        }
    }
}

/// The copy, in this inch's schema, and as another device's: what was done before the restore is not
/// what undo should take back. What is derived is derived anew, in case that was what was wrong.
fn fill(from: &Path, unfinished: &Unfinished, target: &Path) -> Result<(), StoreError> {
    peek::look(from, PATIENCE, |source| {
        backup::copy(&source.sql, from, unfinished.path(), target, &Stop::default())
    })?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let finish = || -> Result<(), Cause> {
        let mut sql = Connection::open_with_flags(unfinished.path(), flags)?;
        sql.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")?;
        if let Some(table) = migrate::lacking(&sql)? {
            let why = format!("lacks the table {table}, which another program took out of it");
            return Err(Cause::Store(bad(from, why, Fault::Data)));
        }
        migrate::run(&mut sql, &migrate::all()?)?;
        journal::renew_device(&sql)?;
        derived::forget(&sql)?;
        sql.close().map_err(|(_, error)| error)?;
        Ok(())
    };
    finish().map_err(|cause| match cause.at(target, Doing::Making) {
        // What is in the new file came from there.
        error @ StoreError::Failed { .. } if error.fault() == Fault::Data => {
            bad(from, error.fact(), Fault::Data)
        }
        error => error,
    })
}

fn swap(
    asked: &Path,
    target: &Path,
    unfinished: &Path,
    moment: DateTime<Utc>,
) -> Result<Before, StoreError> {
    let not_made = |source| StoreError::NotMade { path: target.to_owned(), source };
    let name = format!(".damaged-{}", moment.format("%Y-%m-%dT%H%M%S%.3fZ"));
    let kept = place::beside(target, &name);
    let half = |source| half_restored(target, &kept, source);
    let is_there = fs::symlink_metadata(target).is_ok();
    if !is_there {
        // A log without its file would be read into the new one.
        let has_log = fs::symlink_metadata(place::beside(target, "-wal")).is_ok();
        if has_log {
            aside(target, &kept)?;
        }
        let made = create::rename_new(unfinished, target);
        made.map_err(if has_log { &half as &dyn Fn(_) -> _ } else { &not_made })?;
        let log = place::beside(&kept, "-wal");
        return Ok(if has_log { Before::LogAside(log) } else { Before::Nothing });
    }
    if !is_damaged(asked)? {
        let held = hold(asked, target)?;
        let (folder, _turn) = backup::enter(target, PATIENCE)?;
        let kept = backup::put(&held.sql, asked, &folder, Kind::Restore, &Stop::default())?;
        fs::rename(unfinished, target).map_err(not_made)?;
        return Ok(Before::BackedUp(kept.path));
    }
    let lock = File::options().read(true).write(true).open(target).map_err(not_made)?;
    patiently(asked, || match fcntl_lock(&lock, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(true),
        Err(Errno::AGAIN | Errno::ACCESS) => Ok(false),
        Err(error) => Err(not_made(error.into())),
    })?;
    let put = match aside(target, &kept)? {
        Old::Kept => fs::rename(unfinished, target),
        // By now somebody else may have taken the name.
        Old::Free => create::rename_new(unfinished, target),
    };
    put.map_err(half)?;
    Ok(Before::Aside(kept))
}

fn half_restored(target: &Path, kept: &Path, source: io::Error) -> StoreError {
    StoreError::HalfRestored { path: target.to_owned(), kept: kept.to_owned(), source }
}

/// A file that nobody else can open. Fields are dropped in order: the connection first, for until
/// then the place keeps this process from dropping its locks.
struct Held {
    sql: Connection,
    _place: Option<Place>,
}

/// Opens the file so that nobody else has it open, and nobody can until the connection is closed.
/// Its log is emptied into it.
fn hold(asked: &Path, target: &Path) -> Result<Held, StoreError> {
    let place = place::look_only(asked)?;
    let opening = |cause: Cause| cause.at(asked, Doing::Opening);
    let (sql, can_write) = open::attempt(target, Access::Write, PATIENCE).map_err(opening)?;
    if !can_write {
        return Err(StoreError::ReadOnly {
            path: asked.to_owned(),
            why: super::ReadOnly::Protected,
        });
    }
    let (application, schema) = open::numbers(&sql).map_err(|error| opening(error.into()))?;
    place::check_numbers(application, schema)
        .map_err(|problem| StoreError::Unusable { path: asked.to_owned(), problem })?;
    let alone = || {
        sql.execute_batch("PRAGMA main.locking_mode = EXCLUSIVE")?;
        // Only who is alone may leave the log, and so it is known.
        let mode: String =
            sql.query_one("PRAGMA main.journal_mode = DELETE", [], |row| row.get(0))?;
        sql.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
        Ok(mode == "delete")
    };
    patiently(asked, || match alone() {
        Err(error) if is_busy(&error) => Ok(false),
        is_alone => is_alone.map_err(|error| opening(error.into())),
    })?;
    Ok(Held { sql, _place: place })
}

/// Tries again while somebody else has the file, as long as there is patience.
fn patiently(
    asked: &Path,
    mut is_ours: impl FnMut() -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let start = Instant::now();
    while !is_ours()? {
        if start.elapsed() >= PATIENCE {
            return Err(StoreError::InUse { path: asked.to_owned() });
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// What became of the name of a file that was put aside.
enum Old {
    /// It is still the file's as well.
    Kept,
    /// It is nobody's.
    Free,
}

/// Keeps what is there under another name: the log and its index move with the file, so that the
/// three still belong together. The file itself keeps its old name as well until another one takes
/// it, so that there is never none, unless on a file system where it can't have two.
fn aside(target: &Path, kept: &Path) -> Result<Old, StoreError> {
    let not_made = |source| StoreError::NotMade { path: kept.to_owned(), source };
    let is_gone = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    let old = match fs::hard_link(target, kept) {
        Ok(()) => Old::Kept,
        Err(error) if is_gone(&error) => Old::Free,
        Err(_) => {
            create::rename_new(target, kept).map_err(not_made)?;
            Old::Free
        }
    };
    for suffix in ["-wal", "-shm", "-journal"] {
        let from = place::beside(target, suffix);
        match create::rename_new(&from, &place::beside(kept, suffix)) {
            Err(error) if !is_gone(&error) => return Err(half_restored(target, kept, error)),
            _ => {}
        }
    }
    Ok(old)
}

/// What is newer than `chosen` and whole, and would not be brought back by itself: the newest copy that
/// a restore made and that holds changes `chosen` does not, and the newest that another program's
/// writing is in, with what is wrong there. Of all copies where none is chosen.
pub fn passed_over(asked: &Path, chosen: Option<&Backup>) -> Vec<(Backup, Option<String>)> {
    let mut found: Vec<(Backup, Option<String>)> = Vec::new();
    let is_newer = |backup: &Backup| chosen.is_none_or(|chosen| backup.at > chosen.at);
    for backup in backup::list(asked).into_iter().filter(is_newer) {
        let fault = backup::why_not_good(&backup.path);
        let is_known = found.iter().any(|(_, known)| known.is_some() == fault.is_some());
        let is_worth_it = match (&fault, chosen) {
            (Some(_), _) => backup::is_whole(&backup.path),
            (None, Some(chosen)) => later(&backup.path, &chosen.path) != Some(0),
            (None, None) => true,
        };
        if is_worth_it && !is_known {
            found.push((backup, fault));
        }
        if found.len() == 2 {
            break;
        }
    }
    found
}

/// How many changes the data file holds that came after all of `from`. `None` where that can't be
/// said: one of them can't be read, or they have gone their own ways since.
pub fn later(asked: &Path, from: &Path) -> Option<u64> {
    let reading = |path: &Path, error| Cause::from(error).at(path, Doing::Reading);
    let newest = peek::look(from, PATIENCE, |peek| {
        journal::newest(&peek.sql).map_err(|error| reading(from, error))
    });
    let newest = newest.ok()??;
    let later = peek::look(asked, PATIENCE, |peek| {
        journal::after(&peek.sql, &newest).map_err(|error| reading(asked, error))
    });
    later.ok()?.and_then(|count| count.try_into().ok())
}

/// Whether a restore would keep what is there as it is rather than back it up.
///
/// # Errors
///
/// If it can't be said, for a disk that fails now and then is no damage.
pub fn is_damaged(asked: &Path) -> Result<bool, StoreError> {
    let found = peek::look(asked, PATIENCE, |peek| {
        backup::faults(&peek.sql, 1).map_err(|error| Cause::from(error).at(asked, Doing::Reading))
    });
    match found {
        Ok(faults) => Ok(!faults.is_empty()),
        Err(error) if error.fault() == Fault::Data => Ok(peek::is_beyond_reading(&error)),
        Err(error) => Err(error),
    }
}
