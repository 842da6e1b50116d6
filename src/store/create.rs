//! Making a new file: whole and on the disk before anybody can see it under its name.
//!
//! Owns the temporary sibling and the rename. Must not know what is done with the file afterwards.

use std::{
    fs,
    fs::{DirBuilder, File, OpenOptions},
    io,
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    },
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::{
    error::{self, Cause, Doing, StoreError},
    migrate, network,
    place::{self, Identity},
    problem::Problem,
    turn::{self, Turn},
};

/// Stands in the name of every unfinished file, before a random part.
const UNFINISHED: &str = ".unfinished-";

/// Of the random part.
const TAG_LENGTH: usize = 32;

/// What follows it in the names of the file and of those that `SQLite` makes beside it.
const SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Makes the file. If another process was quicker, its file stays.
pub(super) fn create(path: &Path, patience: Duration) -> Result<(), StoreError> {
    let not_made = |source| StoreError::NotMade { path: path.to_owned(), source };
    let folder = place::folder(path);
    refuse_network(path, folder)?;
    make_folder(folder)
        .map_err(|source| StoreError::NotMade { path: folder.to_owned(), source })?;
    let _turn = enter(path, folder, patience)?;
    let unfinished = Unfinished::new(path).map_err(not_made)?;
    fill(&unfinished.0).map_err(|cause| cause.at(path, Doing::Making))?;
    // No connection is open any more, so this handle drops nobody's locks.
    File::open(&unfinished.0).and_then(|file| file.sync_all()).map_err(not_made)?;
    match rename_new(&unfinished.0, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(not_made(error)),
        // It is there, and may be another process's: it stays.
        _ => sync_folder(folder).map_err(|source| StoreError::Unconfirmed {
            path: path.to_owned(),
            state: "Nothing was saved in it yet".to_owned(),
            source,
        }),
    }
}

/// Refuses a place for `path` where a log can't be shared. Its folder may be still to be made, so
/// that none is left where nothing may be.
pub(super) fn refuse_network(path: &Path, folder: &Path) -> Result<(), StoreError> {
    match network::kind(place::nearest(folder)) {
        None => Ok(()),
        Some(kind) => {
            Err(StoreError::Unusable { path: path.to_owned(), problem: Problem::Network(kind) })
        }
    }
}

/// Holds the folder while a file is being made in it. Whoever comes while nobody does takes away
/// what killed processes have left there.
pub(super) fn enter(path: &Path, folder: &Path, patience: Duration) -> Result<File, StoreError> {
    let not_made = |source| StoreError::NotMade { path: folder.to_owned(), source };
    let handle = File::open(folder).map_err(not_made)?;
    // Where folders can't be locked, nothing is swept, so that a lock is not needed either.
    if turn::wait(&handle, Turn::Alone, Duration::ZERO).unwrap_or(false) {
        sweep(path, folder);
    }
    // From alone to shared: others may make the same file meanwhile, and the first one wins.
    if !turn::wait(&handle, Turn::Shared, patience).unwrap_or(true) {
        return Err(error::busy(path, Doing::Making));
    }
    Ok(handle)
}

/// Takes away every unfinished file for `path`. What can't be removed does no harm.
pub(super) fn sweep(path: &Path, folder: &Path) {
    let (Some(name), Ok(entries)) = (path.file_name(), fs::read_dir(folder)) else {
        return;
    };
    let own = rustix::process::geteuid().as_raw();
    for entry in entries.flatten() {
        let is_ours = entry.metadata().is_ok_and(|found| found.is_file() && found.uid() == own);
        if is_ours && is_unfinished(entry.file_name().as_bytes(), name.as_bytes()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether `found` is how an unfinished `name` is called, or a file of `SQLite`'s beside one.
fn is_unfinished(found: &[u8], name: &[u8]) -> bool {
    let tag = found.strip_prefix(name).and_then(|rest| rest.strip_prefix(UNFINISHED.as_bytes()));
    tag.and_then(|tag| tag.split_at_checked(TAG_LENGTH)).is_some_and(|(tag, suffix)| {
        tag.iter().all(u8::is_ascii_hexdigit)
            && SUFFIXES.iter().any(|known| known.as_bytes() == suffix)
    })
}

/// A file under a name of its own; taken away again unless it was renamed.
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    /// Its name ends in `path`'s and is found by [`sweep`].
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        let name = format!("{UNFINISHED}{}", Uuid::new_v4().simple());
        let unfinished = Self(place::beside(path, &name));
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished.0)?;
        Ok(unfinished)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Gone already after a rename, and SQLite's own siblings seldom exist: nothing to report.
        for suffix in SUFFIXES {
            let _ = fs::remove_file(place::beside(&self.0, suffix));
        }
    }
}

/// Writes the schema. Durability comes from the one sync before the rename.
fn fill(unfinished: &Path) -> Result<(), Cause> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut sql = Connection::open_with_flags(unfinished, flags)?;
    sql.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")?;
    migrate::run(&mut sql, &migrate::all()?)?;
    sql.execute(
        "INSERT INTO meta (key, value) VALUES ('device', ?1)",
        [Uuid::new_v4().to_string()],
    )?;
    // The last close takes the log away again and leaves one whole file.
    sql.execute_batch("PRAGMA journal_mode = WAL")?;
    sql.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// Renames, but never over a file.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::{
        fs::{CWD, RenameFlags, renameat_with},
        io::Errno,
    };
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {
            // Old kernels and file systems: a second name fails where one is, as wanted.
            fs::hard_link(from, to)?;
            fs::remove_file(from)
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes away the second name that a crash between the two steps above leaves. Says whether it did.
pub(super) fn finish(path: &Path, identity: Identity) -> bool {
    let Some(name) = path.file_name() else {
        return false;
    };
    let mut prefix = name.to_owned();
    prefix.push(UNFINISHED);
    let Ok(entries) = fs::read_dir(place::folder(path)) else {
        return false;
    };
    entries.flatten().any(|entry| {
        entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes())
            && Identity::at(&entry.path()).is_ok_and(|found| found == identity)
            && fs::remove_file(entry.path()).is_ok()
    })
}

/// Makes a folder for nobody's eyes but the person's, and those above it that are missing, so that a
/// power cut does not take them away again with all that is in them.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    missing.iter().try_for_each(|made| sync_folder(place::folder(made)))?;
    if missing.is_empty() {
        // Whoever made it may have been killed before this. A folder that was always there can be
        // one that may not be read, and does no harm.
        let _ = sync_folder(place::folder(folder));
    }
    Ok(())
}

/// Makes a rename in it durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_millis(50);

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_creation_left_goes_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        let tag = Uuid::new_v4().simple();
        for suffix in SUFFIXES {
            fs::write(place::beside(&path, &format!("{UNFINISHED}{tag}{suffix}")), "x").unwrap();
        }
        let others = [
            format!("inch.db.unfinished-{tag}.txt"),
            "inch.db.unfinished-thoughts".to_owned(),
            format!("other.db.unfinished-{tag}"),
        ];
        for other in &others {
            fs::write(folder.path().join(other), "x").unwrap();
        }
        create(&path, PATIENCE).unwrap();
        let mut expected = others.to_vec();
        expected.push("inch.db".to_owned());
        expected.sort();
        assert_eq!(names(folder.path()), expected);
    }

    #[test]
    fn what_another_process_is_making_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inch.db");
        let turn = enter(&path, folder.path(), PATIENCE).unwrap();
        let theirs = Unfinished::new(&path).unwrap();
        create(&path, PATIENCE).unwrap();
        assert!(theirs.0.exists());
        drop((turn, theirs));
        assert_eq!(names(folder.path()), ["inch.db"]);
    }
}
