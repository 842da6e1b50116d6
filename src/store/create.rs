//! Making a new file: whole and on the disk before anybody can see it under its name.
//!
//! Owns the temporary sibling and the rename. Must not know what is done with the file afterwards.

use std::{
    fs,
    fs::{DirBuilder, File, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::{
    error::{Cause, Doing, StoreError},
    migrate, network,
    place::{self, Identity},
    problem::Problem,
};

/// Stands in the name of every unfinished file, before a random part.
const UNFINISHED: &str = ".unfinished-";

/// Makes the file. If another process was quicker, its file stays.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    let not_made = |source| StoreError::NotMade { path: path.to_owned(), source };
    let folder = place::folder(path);
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|source| StoreError::NotMade { path: folder.to_owned(), source })?;
    if let Some(kind) = network::kind(folder) {
        return Err(StoreError::Unusable {
            path: path.to_owned(),
            problem: Problem::Network(kind),
        });
    }
    let unfinished = Unfinished::new(path).map_err(not_made)?;
    fill(&unfinished.0).map_err(|cause| cause.at(path, Doing::Making))?;
    // No connection is open any more, so this handle drops nobody's locks.
    File::open(&unfinished.0).and_then(|file| file.sync_all()).map_err(not_made)?;
    match rename_new(&unfinished.0, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(not_made(error)),
        _ => sync_folder(folder).map_err(not_made),
    }
}

/// A file under a name of its own; taken away again unless it was renamed.
struct Unfinished(PathBuf);

impl Unfinished {
    fn new(path: &Path) -> io::Result<Self> {
        let name = format!("{UNFINISHED}{}", Uuid::new_v4().simple());
        let unfinished = Self(place::beside(path, &name));
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished.0)?;
        Ok(unfinished)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Gone already after a rename, and SQLite's own siblings seldom exist: nothing to report.
        for suffix in ["", "-wal", "-shm", "-journal"] {
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
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
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

/// Makes a rename in it durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
