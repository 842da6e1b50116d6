//! `backup` and `restore`: a copy that can be trusted, and the way back to one.
//!
//! Owns the question before anything is replaced. Must not know how a copy is made. Neither reads the
//! config: a mistake in it must not stand between a person and their data.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use chrono::{DateTime, FixedOffset, NaiveTime};

use super::{
    args::{BackupArgs, RestoreArgs},
    desk::is_terminal,
    failure::Failure,
    output::Output,
};
use crate::{
    clock::Clock,
    domain::{fault::Fault, text},
    store::{
        self,
        backup::{self, Kind},
        restore::{self, Before},
    },
};

/// Makes a backup among the others, or where it is wanted.
pub fn back_up(db: &Path, output: &mut Output, args: &BackupArgs) -> Result<(), Failure> {
    let Some(file) = &args.file else {
        return match backup::make(db, Kind::Asked)? {
            Some(made) => output.acknowledge(&format!("Backed up to {}.", text::path(&made.path))),
            None => Ok(output.confirm("Nothing was backed up, for nothing was saved yet.")?),
        };
    };
    if fs::symlink_metadata(file).is_ok() {
        return Err(Failure::Said {
            message: format!(
                "{} is there already. No backup was made. Name another file",
                text::path(file)
            ),
            fault: Fault::Usage,
        });
    }
    if store::belongs(db, file) {
        return Err(Failure::Said {
            message: format!(
                "{} is a name that belongs to the data file. No backup was made. Name another file",
                text::path(file)
            ),
            fault: Fault::Usage,
        });
    }
    backup::write_to(db, file)?;
    output.acknowledge(&format!("Backed up to {}.", text::path(file)))
}

/// Brings a backup back: the one that is named, or the newest good one.
pub fn restore(db: &Path, output: &mut Output, args: &RestoreArgs) -> Result<(), Failure> {
    let from = match &args.file {
        Some(file) => file.clone(),
        None => newest(db)?,
    };
    restore::check(&from)?;
    if !args.yes && !agrees(db, &from, output)? {
        return Ok(output.confirm("Nothing was changed.")?);
    }
    let kept = match restore::restore(db, &from)? {
        Before::Nothing => String::new(),
        Before::BackedUp(kept) => {
            format!(" What was there before is kept as {}.", text::path(&kept))
        }
        Before::Aside(kept) => format!(" The damaged file is kept as {}.", text::path(&kept)),
        Before::LogAside(kept) => {
            format!(" The log of a file that is gone is kept as {}.", text::path(&kept))
        }
    };
    output.acknowledge(&format!("Restored {} from {}.{kept}", text::path(db), text::path(&from)))
}

fn newest(db: &Path) -> Result<PathBuf, Failure> {
    backup::newest_good(db).map(|backup| backup.path).ok_or_else(|| {
        Failure::missing(format!(
            "there is no good backup of {}. Nothing was changed. Name the file to restore",
            text::path(db)
        ))
    })
}

/// Whether the person wants it. Nobody is asked who can't answer.
fn agrees(db: &Path, from: &Path, output: &mut Output) -> Result<bool, Failure> {
    let what = if fs::symlink_metadata(db).is_err() {
        "Nothing is there now"
    } else if restore::is_damaged(db)? {
        "The damaged file that is there now is kept under another name"
    } else {
        "What is there now is backed up first"
    };
    if !is_terminal() {
        return Err(Failure::usage(format!(
            "restoring {} would put it in the place of {}. Nothing was changed. Add --yes if that is what you want",
            text::path(from),
            text::path(db)
        )));
    }
    let of = made_at(from)
        .map_or_else(String::new, |at| format!(", of {}", at.format("%Y-%m-%d %H:%M")));
    writeln!(
        output,
        "{}{of}, comes in the place of {}. {what}.",
        text::path(from),
        text::path(db)
    )?;
    write!(output, "Restore it? [y/N] ")?;
    output.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// When a copy was made, on the clock of the wall.
fn made_at(copy: &Path) -> Option<DateTime<FixedOffset>> {
    let at = fs::metadata(copy).and_then(|found| found.modified()).ok()?;
    let now = Clock::new(NaiveTime::MIN).now().at;
    Some(DateTime::<chrono::Utc>::from(at).with_timezone(now.offset()))
}
