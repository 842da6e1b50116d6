//! A look at everything that belongs to the file, which alters nothing and works on any file.
//!
//! Owns what is looked at, what is wrong, and what to do about each. Must not know how it is shown,
//! nor anything but files: the terminal and the config are looked at elsewhere.

mod content;
mod places;

use std::{fs, path::Path, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    backup::{self, Backup, Kind},
    error::StoreError,
    migrate,
    peek::{self, Peek},
    place,
    problem::Problem,
};
use crate::domain::{day::Rules, fault::Fault};

/// How long a file that is being written is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Good,
    /// Something to know.
    Note,
    /// Something is wrong, of this kind.
    Bad(Fault),
}

/// What was found about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at; stays the same.
    pub check: &'static str,
    /// How it is.
    pub state: State,
    /// What was found.
    pub says: String,
    /// What to do about it.
    pub advice: Option<String>,
}

impl Finding {
    /// All is well.
    pub fn good(check: &'static str, says: impl Into<String>) -> Self {
        Self { check, state: State::Good, says: says.into(), advice: None }
    }

    /// Something to know, and what may be done.
    pub fn note(
        check: &'static str,
        says: impl Into<String>,
        advice: impl Into<Option<String>>,
    ) -> Self {
        Self { check, state: State::Note, says: says.into(), advice: advice.into() }
    }

    /// Something is wrong, and what to do.
    pub fn bad(
        check: &'static str,
        fault: Fault,
        says: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        let (says, advice) = (says.into(), Some(advice.into()));
        Self { check, state: State::Bad(fault), says, advice }
    }
}

/// A backup that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Which one.
    pub backup: Backup,
    /// How large it is.
    pub bytes: u64,
    /// What is wrong with it.
    pub fault: Option<String>,
}

/// What a look came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exam {
    /// How large the file is; nothing without one.
    pub bytes: Option<u64>,
    /// The file's schema, where it can be read.
    pub schema: Option<i32>,
    /// The backups, the newest first.
    pub backups: Vec<Examined>,
    /// What was found, in the order in which it was looked at.
    pub findings: Vec<Finding>,
}

/// The version of `SQLite` that is built in.
pub fn sqlite() -> &'static str {
    rusqlite::version()
}

/// The newest schema that is known.
pub fn newest_schema() -> i32 {
    migrate::NEWEST
}

/// Looks at the file and all that belongs to it. `today` and `now` are the clock's.
pub fn examine(asked: &Path, rules: Rules, today: NaiveDate, now: DateTime<Utc>) -> Exam {
    let real = backup::real(asked);
    // Once there is one to bring back, what older ones say beside their journals is of no account,
    // and to read years of journal in each would take its time.
    let mut has_good = false;
    let mut look = |backup: Backup| {
        let look = if has_good { backup::why_not_whole } else { backup::why_not_good };
        let fault = look(&backup.path);
        has_good |= fault.is_none() && backup.kind != Kind::Restore;
        let bytes = fs::metadata(&backup.path).map_or(0, |found| found.len());
        Examined { backup, bytes, fault }
    };
    let backups: Vec<_> = backup::list(asked).into_iter().map(&mut look).collect();
    let bytes = fs::metadata(&real).ok().filter(fs::Metadata::is_file).map(|found| found.len());
    let mut exam = Exam { bytes, schema: None, backups, findings: Vec::new() };
    let looked = peek::look(asked, PATIENCE, |peek| {
        let restore = restore(exam.good_backup());
        let content = content::content(peek, restore.as_deref(), rules, today, now);
        Ok((peek.schema, opened(peek), content))
    });
    match looked {
        Ok((schema, file, content)) => {
            exam.schema = Some(schema);
            exam.findings.push(file);
            exam.findings.extend(places::places(&real));
            exam.findings.extend(content);
        }
        Err(error) => {
            exam.findings.push(not_opened(&real, &error, exam.good_backup()));
            exam.findings.extend(places::places(&real));
        }
    }
    exam.findings.extend(places::for_backups(&real));
    // Where none can be made, that is all there is to say of none.
    let has_no_place = exam.findings.iter().any(|finding| finding.check == "backups");
    if !(has_no_place && exam.backups.is_empty()) {
        exam.findings.push(kept(&exam, now));
    }
    exam
}

impl Exam {
    fn good_backup(&self) -> Option<&Backup> {
        let good = self.backups.iter().filter(|found| found.fault.is_none());
        backup::chosen(good.map(|found| &found.backup))
    }
}

fn opened(peek: &Peek) -> Finding {
    let says = format!("schema {} of {}", peek.schema, migrate::NEWEST);
    if peek.is_older() {
        let advice = "The next start backs it up and brings it up to date".to_owned();
        return Finding::note("file", format!("an older inch wrote it ({says})"), advice);
    }
    Finding::good("file", says)
}

/// What to do about a file that can't be used as it is, and no good backup is there.
const KEEP: &str = "Keep it and those named like it; there is no good backup";

/// The same of one with nothing in it.
const REMOVE: &str =
    "If nothing should be in it, remove it and start inch again; there is no good backup";

fn restore(good: Option<&Backup>) -> Option<String> {
    let path = good?.path.display();
    Some(format!("`inch restore` brings back {path} and keeps what is there"))
}

fn not_opened(real: &Path, error: &StoreError, good: Option<&Backup>) -> Finding {
    let restore = restore(good);
    if peek::is_beyond_reading(error) {
        let is_empty = matches!(error, StoreError::Unusable { problem: Problem::Empty, .. });
        let without = if is_empty { REMOVE } else { KEEP };
        let advice = restore.unwrap_or_else(|| without.to_owned());
        return Finding::bad("file", error.fault(), format!("it {}", error.fact()), advice);
    }
    let StoreError::NotThere { .. } = error else {
        let advice = "Do what it says, and ask again";
        return Finding::bad("file", error.fault(), error.to_string(), advice);
    };
    let has_log = fs::symlink_metadata(place::beside(real, "-wal")).is_ok();
    match (has_log, restore) {
        (true, restore) => Finding::bad(
            "file",
            Fault::Data,
            "it is gone, but its log is still there",
            restore.unwrap_or_else(|| "Put the file back beside its log".to_owned()),
        ),
        (false, Some(restore)) => Finding::bad(
            "file",
            Fault::Missing,
            "it is not there, but it was",
            format!(
                "{restore}. To begin anew, move the files backups/{}.* beside it elsewhere",
                real.file_name().unwrap_or_default().display()
            ),
        ),
        (false, None) => {
            Finding::note("file", "it is not there yet; the first change makes it", None)
        }
    }
}

/// How old a backup may be before it is a finding: an app that is used makes one a day.
const OLD_DAYS: i64 = 14;

fn kept(exam: &Exam, now: DateTime<Utc>) -> Finding {
    let count = exam.backups.len();
    let bad: Vec<_> = exam.backups.iter().filter(|found| found.fault.is_some()).collect();
    if let Some(first) = bad.first() {
        let advice = if bad.len() < count {
            "The others are good. Remove those that are not, if you don't need what is left in them"
        } else {
            "None is left that is good: once the file is in order, make one with `inch backup`"
        };
        let why = first.fault.as_deref().unwrap_or_default();
        let says = format!(
            "{} of {count} can't be trusted, the newest of them {}: {why}",
            bad.len(),
            first.backup.path.display()
        );
        return Finding::bad("backups", Fault::Data, says, advice);
    }
    let mut of_file =
        exam.findings.iter().filter(|found| ["file", "integrity"].contains(&found.check));
    let is_in_order = of_file.all(|found| found.state == State::Good);
    let now_or_later = if is_in_order {
        "`inch backup` makes one now"
    } else {
        "none is made until the file is there and in order"
    };
    let Some(newest) = exam.backups.first() else {
        let advice = format!("The app makes one a day; {now_or_later}");
        return Finding::note("backups", "there is none yet", advice);
    };
    let days = (now - newest.backup.at).num_days();
    let age = match days {
        ..=0 => "less than a day".to_owned(),
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    };
    let says = format!("{count}, all good; the newest is {age} old");
    if days > OLD_DAYS {
        return Finding::note("backups", says, now_or_later.to_owned());
    }
    Finding::good("backups", says)
}
