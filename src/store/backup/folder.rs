//! The folder of backups: names, moments, and whose turn it is.
//!
//! Owns how a backup is called, so that its name tells whose it is, when it was made and why. Must
//! not know what is in it. Files with other names are nobody's business here.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::store::{
    create,
    error::{self, Doing, StoreError},
    place,
    turn::{self, Turn},
};

/// In names: sorts by time, and no colon, which some file systems don't take.
const MOMENT: &str = "%Y-%m-%dT%H%M%S%.3fZ";

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was time.
    Daily,
    /// `inch backup`.
    Asked,
    /// Before an import.
    Import,
    /// Before another file took the place.
    Restore,
    /// Before the file was brought to a newer schema.
    Upgrade,
}

impl Kind {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Daily, "daily"),
        (Self::Asked, "asked"),
        (Self::Import, "before-import"),
        (Self::Restore, "before-restore"),
        (Self::Upgrade, "before-upgrade"),
    ];

    /// Its word in names and in JSON.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }
}

/// A backup in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Why.
    pub kind: Kind,
}

/// When a backup was made, by its name, wherever it is by now.
pub fn made_at(path: &Path) -> Option<DateTime<Utc>> {
    let name = path.file_name()?.to_str()?;
    let mut ends = name.match_indices('.').filter_map(|(at, _)| told(&name[at + 1..]));
    ends.next().map(|(at, _)| at)
}

/// What a name tells after that of the data file.
fn told(rest: &str) -> Option<(DateTime<Utc>, Kind)> {
    let (moment, kind) = rest.split_once("Z.")?;
    let at = NaiveDateTime::parse_from_str(&format!("{moment}Z"), MOMENT).ok()?.and_utc();
    Some((at, Kind::of(kind)?))
}

/// Where the backups of one file lie.
#[derive(Debug)]
pub struct Folder {
    pub(super) path: PathBuf,
    /// The data file's own name, with which all of its backups begin.
    pub(super) name: String,
}

impl Folder {
    /// Of a data file.
    pub(super) fn of(file: &Path) -> Self {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { path: place::folder(file).join("backups"), name }
    }

    /// What was to be made and could not be.
    pub(super) fn not_made(&self, source: io::Error) -> StoreError {
        StoreError::NoBackup { path: self.path.clone(), source }
    }

    /// The beginning of every name.
    pub(super) fn unnamed(&self) -> PathBuf {
        self.path.join(&self.name)
    }

    pub(super) fn named(&self, at: DateTime<Utc>, kind: Kind) -> Backup {
        let name = format!("{}.{}.{}", self.name, at.format(MOMENT), kind.word());
        Backup { path: self.path.join(name), at, kind }
    }

    fn read(&self, name: &str) -> Option<Backup> {
        let (at, kind) = told(name.strip_prefix(&self.name)?.strip_prefix('.')?)?;
        Some(Backup { path: self.path.join(name), at, kind })
    }

    /// Every backup, the newest first.
    pub(super) fn list(&self) -> Vec<Backup> {
        let Ok(entries) = fs::read_dir(&self.path) else {
            return Vec::new();
        };
        let named = entries.flatten().filter_map(|entry| self.read(entry.file_name().to_str()?));
        let mut found: Vec<_> = named.collect();
        found.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.path.cmp(&a.path)));
        found
    }

    /// Whether it is there, but nobody can tell what is in it: it may not be read, or is a link to a
    /// disk that is not there.
    pub(super) fn is_out_of_sight(&self) -> bool {
        fs::read_dir(&self.path).is_err_and(|error| match error.kind() {
            io::ErrorKind::NotFound => fs::symlink_metadata(&self.path).is_ok(),
            kind => kind == io::ErrorKind::PermissionDenied,
        })
    }

    /// Makes the folder if need be, and waits for one's turn in it, which goes with the handle.
    pub(super) fn enter(&self, asked: &Path, patience: Duration) -> Result<File, StoreError> {
        self.wait(patience)?.ok_or_else(|| error::busy(asked, Doing::BackingUp))
    }

    /// The same without waiting; `None` when somebody else is at it.
    pub(super) fn try_enter(&self) -> Result<Option<File>, StoreError> {
        self.wait(Duration::ZERO)
    }

    fn wait(&self, patience: Duration) -> Result<Option<File>, StoreError> {
        let not_made = |source| self.not_made(source);
        create::make_folder(&self.path).map_err(not_made)?;
        let handle = File::open(&self.path).map_err(not_made)?;
        if !turn::wait(&handle, Turn::Alone, patience).map_err(not_made)? {
            return Ok(None);
        }
        create::sweep(&self.unnamed(), &self.path);
        Ok(Some(handle))
    }

    /// Takes the stamp back: what it tells of did not come to its end.
    pub(super) fn unstamp(&self) {
        // Where it can't be taken away, the next day looks again.
        let _ = fs::remove_file(self.stamp_path());
    }

    fn stamp_path(&self) -> PathBuf {
        place::beside(&self.unnamed(), ".checked")
    }

    /// When somebody last looked whether all is well.
    pub(super) fn stamped(&self) -> Option<DateTime<Utc>> {
        fs::metadata(self.stamp_path()).and_then(|found| found.modified()).ok().map(DateTime::from)
    }

    /// Remembers that somebody looks now, before anything can fail.
    pub(super) fn stamp(&self, now: DateTime<Utc>) -> io::Result<()> {
        let mut stamp = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(self.stamp_path())?;
        writeln!(stamp, "{}", now.to_rfc3339())?;
        stamp.set_modified(now.into())
    }
}
