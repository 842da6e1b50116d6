//! Reading a file that nobody has open, and leaving no trace of it: nothing is made beside it.
//!
//! Owns the proof that nobody wrote meanwhile. Must not know what is read.

use std::{
    fs::{self, File},
    io,
    mem::ManuallyDrop,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use rustix::fs::{FlockOperation, OFlags, fcntl_lock};

use super::{
    Options, Store, migrate,
    open::{self, Access, Opened},
    place::{self, Place},
    problem::ReadOnly,
    watch::Watch,
};
use crate::domain::workspace::Workspace;

/// A file that nobody was writing to when this was made.
///
/// Whoever writes makes a log first. The last to close the file takes its log away, but needs the
/// whole file for itself to do so; as long as this shared lock is held, a log that came stays to be
/// seen. The lock belongs to the process: it is gone once any other handle of the file is closed.
pub(super) struct Still {
    _held: File,
    logs: [PathBuf; 3],
}

impl Still {
    /// `None` where somebody has the file open, or was killed while writing to it.
    pub(super) fn hold(place: &Place) -> Option<Self> {
        let path = &place.path;
        if place.is_shared() {
            return None;
        }
        let held = fs::OpenOptions::new()
            .read(true)
            // A pipe that took the file's place must not hold us up.
            .custom_flags(OFlags::NONBLOCK.bits().cast_signed())
            .open(path)
            .ok()?;
        fcntl_lock(&held, FlockOperation::NonBlockingLockShared).ok()?;
        let logs = ["-wal", "-shm", "-journal"].map(|suffix| place::beside(path, suffix));
        let still = Self { _held: held, logs };
        still.is_so().then_some(still)
    }

    /// Whether nobody has begun to write since.
    pub(super) fn is_so(&self) -> bool {
        let is_missing = |path: &PathBuf| {
            fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
        };
        self.logs.iter().all(is_missing)
    }
}

impl Store {
    /// Reads habits and their days as [`Self::load_habits`] does, for what is called at every
    /// prompt: a file that nobody has open need not be opened for writing to be read.
    ///
    /// `None` where that would not be safe, or went wrong: [`Self::open`] is the way then, and says
    /// why.
    pub fn glance(path: &Path, options: Options, today: NaiveDate) -> Option<Workspace> {
        let asked = std::path::absolute(path).ok()?;
        let place = place::look(&asked).ok()??;
        let still = Still::hold(&place)?;
        let (sql, _) = open::attempt(&place.path, Access::Alone, options.busy_timeout).ok()?;
        if migrate::version(&sql).ok()? != migrate::NEWEST {
            return None;
        }
        let watch = Watch::new(&asked, &place);
        let opened = Opened { sql, watch, read_only: Some(ReadOnly::Protected), place };
        // Nothing of it is on the disk, and a process that asks for no more is about to end: taking
        // it apart would cost a tenth of the whole call.
        let mut store = ManuallyDrop::new(Self::of(opened, asked, options));
        let workspace = store.load_habits(today).ok()?;
        still.is_so().then_some(workspace)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::{process::Command, time::Duration};

    use rusqlite::Connection;

    use super::*;
    use crate::domain::day::Rules;

    /// Names the file to the process that this one starts.
    const FILE: &str = "INCH_TEST_DB";

    fn options() -> Options {
        Options { busy_timeout: Duration::from_secs(5), rules: Rules::default() }
    }

    #[test]
    #[ignore = "the writer of the test below, in a process of its own"]
    fn writes_and_closes() {
        let sql = Connection::open(std::env::var_os(FILE).unwrap()).unwrap();
        sql.execute("INSERT INTO meta (key, value) VALUES ('goal', 'written')", []).unwrap();
        sql.close().unwrap();
    }

    /// Another process opens the file, writes 'written' as the goal, and closes it.
    pub(in crate::store) fn somebody_writes(path: &Path) {
        let run = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::still::tests::writes_and_closes", "--ignored"])
            .env(FILE, path)
            .output()
            .unwrap();
        assert!(String::from_utf8_lossy(&run.stdout).contains("1 passed"));
    }

    #[test]
    fn who_wrote_meanwhile_is_noticed_even_once_they_are_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("inch.db");
        Store::open(&path, options()).unwrap().close().unwrap();
        let hold = || Still::hold(&place::look(&path).unwrap().unwrap());
        let still = hold().unwrap();
        assert!(still.is_so());
        somebody_writes(&path);
        assert!(!still.is_so());
        drop(still);
        // Their log is still to be read, so that nothing less than opening the file will do.
        assert!(hold().is_none());
        drop(Store::open(&path, options()).unwrap());
        assert!(hold().is_some());
    }
}
