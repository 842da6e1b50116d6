//! `backup` and `restore`: a copy that can be trusted, and the way back to one.
//!
//! Owns the question before anything is replaced. Must not know how a copy is made. Neither reads the
//! config: a mistake in it must not stand between a person and their data.

use std::{
    fmt, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::{
    args::{BackupArgs, RestoreArgs},
    desk::is_terminal,
    failure::Failure,
    output::{Output, warn},
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
    if file == Path::new("-") {
        return Err(Failure::usage(
            "a backup is checked and synced as a file, and can't be printed. No backup was made. Name a file",
        ));
    }
    if fs::symlink_metadata(file).is_ok() {
        return Err(Failure::Said {
            message: format!(
                "{} is there already. No backup was made. Name another file",
                text::path(file)
            ),
            fault: Fault::Create,
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
    let from = Copy::of(db, from);
    if !args.yes && !agrees(db, &from, output)? {
        return Ok(output.confirm("Nothing was changed.")?);
    }
    let kept = match restore::restore(db, &from.path)? {
        Before::Nothing => String::new(),
        Before::BackedUp(kept) => {
            format!(" What was there before{} is kept as {}.", from.later(), text::path(&kept))
        }
        Before::Aside(kept) => {
            let (later, quoted, kept) = (from.later(), store::quoted(&kept), text::path(&kept));
            let way = match from.later {
                Some(0) => String::new(),
                Some(_) => format!(
                    " `inch --db {} export everything` may still read what is only in it.",
                    text::shown(&quoted)
                ),
                None => " What was changed since that backup is only in it.".to_owned(),
            };
            format!(
                " What was there before{later} could not be backed up, and is kept as {kept}.{way}"
            )
        }
        Before::LogAside(kept) => {
            format!(" The log of a file that is gone is kept as {}.", text::path(&kept))
        }
    };
    output.acknowledge(&format!("Restored {} from {from}.{kept}", text::path(db)))
}

fn newest(db: &Path) -> Result<PathBuf, Failure> {
    let newest = backup::newest_good(db);
    for (other, fault) in restore::passed_over(db, newest.as_ref()) {
        let (path, newer) =
            (text::path(&other.path), if newest.is_some() { "newer and " } else { "" });
        warn(&match fault {
            None => format!(
                "{path} is newer, but was put aside by an earlier restore; name it to bring it back instead"
            ),
            Some(fault) => format!(
                "{path} is {newer}whole, but another program altered what it holds: {fault}. \
                 Name it to bring it back instead"
            ),
        });
    }
    newest.map(|backup| backup.path).ok_or_else(|| {
        Failure::missing(format!(
            "there is no good backup of {}. Nothing was changed. Name the file to restore",
            text::path(db)
        ))
    })
}

/// What is to be restored, as a person tells it from others.
struct Copy {
    path: PathBuf,
    /// When it was made, and how long ago that is.
    of: String,
    /// How many changes the data file holds that it does not, where that can be said.
    later: Option<u64>,
}

impl Copy {
    fn of(db: &Path, path: PathBuf) -> Self {
        Self { of: made(&path).unwrap_or_default(), later: restore::later(db, &path), path }
    }

    /// The same, to follow what is said of that file.
    fn later(&self) -> String {
        match self.later {
            None | Some(0) => String::new(),
            Some(1) => ", with 1 later change,".to_owned(),
            Some(count) => format!(", with {} later changes,", text::grouped(count)),
        }
    }
}

impl fmt::Display for Copy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", text::path(&self.path), self.of)
    }
}

/// Whether the person wants it. Nobody is asked who can't answer.
fn agrees(db: &Path, from: &Copy, output: &mut Output) -> Result<bool, Failure> {
    let what = if fs::symlink_metadata(db).is_err() {
        "Nothing is there now".to_owned()
    } else if restore::is_damaged(db)? {
        let later = from.later();
        format!("What is there now{later} can't be backed up, and is kept under another name")
    } else {
        format!("What is there now{} is backed up first", from.later())
    };
    let offer = format!("{from}, comes in the place of {}. {what}", text::path(db));
    if !is_terminal() {
        return Err(Failure::usage(format!(
            "nobody can be asked here whether this is wanted: {offer}. Nothing was changed so far. Add --yes if it is"
        )));
    }
    writeln!(output, "{offer}.")?;
    write!(output, "Restore it? [y/N] ")?;
    output.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// When a copy was made, on the clock of the wall: by its name, for a copy of a copy is written later.
fn made(copy: &Path) -> Option<String> {
    let written = || fs::metadata(copy).and_then(|found| found.modified()).ok().map(Into::into);
    let at: DateTime<Utc> = backup::made_at(copy).or_else(written)?;
    let now = Clock::new(NaiveTime::MIN).now().at;
    let day = at.with_timezone(now.offset()).format("%Y-%m-%d %H:%M");
    Some(format!(", of {day}{}", ago(now.to_utc() - at)))
}

/// How long ago it was; nothing of what is still to come, for then a clock is or was wrong.
fn ago(span: TimeDelta) -> String {
    let (count, unit) = match (span.num_minutes(), span.num_hours(), span.num_days()) {
        _ if span < TimeDelta::zero() => return String::new(),
        (0, ..) => return ", less than a minute ago".to_owned(),
        (minutes, 0, _) => (minutes, "minute"),
        (_, hours, 0 | 1) => (hours, "hour"),
        (.., days) => (days, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!(", {count} {unit}{plural} ago")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_the_largest_unit_that_says_enough() {
        for (minutes, words) in [
            (-1, ""),
            (0, ", less than a minute ago"),
            (1, ", 1 minute ago"),
            (59, ", 59 minutes ago"),
            (60, ", 1 hour ago"),
            (47 * 60 + 59, ", 47 hours ago"),
            (48 * 60, ", 2 days ago"),
            (400 * 24 * 60, ", 400 days ago"),
        ] {
            assert_eq!(ago(TimeDelta::minutes(minutes)), words);
        }
    }
}
