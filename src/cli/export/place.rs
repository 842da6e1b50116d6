//! Where an export goes: never half a file, and never over anything that was not meant.
//!
//! Owns files and folders. Must not know what is written.

use std::{
    collections::BTreeSet,
    fs::{self, File, Permissions},
    io::{self, ErrorKind, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use crate::{
    cli::{desk::Desk, failure::Failure},
    domain::{fault::Fault, text},
    exchange::tables::Table,
    store::StoreError,
};

/// Refuses what must not be written over.
pub fn check(desk: &Desk, file: &Path, is_forced: bool) -> Result<(), Failure> {
    if desk.is_data(file) {
        return Err(refused(Fault::Usage, file, "is the data file, or belongs to it", ELSEWHERE));
    }
    if desk.is_kept(file) {
        let why = "is a backup, the config, or a curriculum file, which no export replaces";
        return Err(refused(Fault::Usage, file, why, ELSEWHERE));
    }
    match fs::metadata(file) {
        Ok(there) if there.is_dir() => Err(refused(Fault::Create, file, "is a folder", ELSEWHERE)),
        Ok(there) if !there.is_file() => {
            Err(refused(Fault::Create, file, "is no usual file", ELSEWHERE))
        }
        Ok(_) if !is_forced => Err(refused(Fault::Create, file, "is there already", FORCE)),
        _ => Ok(()),
    }
}

/// Refuses a folder that holds something, unless that was meant; and tables that must not be
/// written over.
pub fn check_folder(
    desk: &Desk,
    folder: &Path,
    tables: &[Table],
    is_forced: bool,
) -> Result<(), Failure> {
    let Ok(there) = fs::metadata(folder) else {
        return Ok(());
    };
    if !there.is_dir() {
        let why = "is no folder, and tables need one";
        return Err(refused(Fault::Create, folder, why, "Name a folder with -o"));
    }
    let is_empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if !is_empty && !is_forced {
        let why = "is there already and holds something";
        return Err(refused(Fault::Create, folder, why, FORCE_FOLDER));
    }
    tables.iter().try_for_each(|table| check(desk, &folder.join(table.file), true))
}

const ELSEWHERE: &str = "Name another file with -o";
const FORCE: &str = "Name another file, or add --force";
const FORCE_FOLDER: &str = "Name another folder, or add --force to put the tables there";

fn refused(fault: Fault, file: &Path, why: &str, next: &str) -> Failure {
    let message = format!("{} {why}. Nothing was written. {next}", text::path(file));
    Failure::Said { message, fault }
}

/// Writes a file.
pub fn put(file: &Path, written: &str, is_forced: bool) -> Result<(), Failure> {
    let sibling = Sibling::new(file, written).map_err(|error| unwritten(file, &error))?;
    let folder = folder_of(&sibling.target);
    sibling.take_name(is_forced).map_err(|error| unwritten(file, &error))?;
    confirm(file, [folder])
}

/// A file that is whole and on the disk, and has yet to take its name: nobody ever sees half a file.
struct Sibling {
    file: NamedTempFile,
    target: PathBuf,
}

impl Sibling {
    fn new(file: &Path, written: &str) -> io::Result<Self> {
        // What a link leads to is replaced, not the link.
        let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let mut file = Builder::new().prefix(".inch-").tempfile_in(folder_of(&target))?;
        file.write_all(written.as_bytes())?;
        file.as_file().sync_all()?;
        Ok(Self { file, target })
    }

    fn take_name(self, is_forced: bool) -> io::Result<()> {
        if !is_forced {
            return self.file.persist_noclobber(&self.target).map(drop).map_err(Into::into);
        }
        let sibling = self.file.into_temp_path();
        fs::rename(&sibling, &self.target)?;
        // It has another name now and is not to be removed.
        let _ = sibling.keep();
        Ok(())
    }
}

/// Writes the tables: into a folder that is there, or as a new folder at once.
pub fn put_folder(folder: &Path, tables: &[Table]) -> Result<(), Failure> {
    if folder.is_dir() {
        return take_names(folder, tables, siblings(folder, tables)?);
    }
    make_folder(folder, tables).map_err(|error| unwritten(folder, &error))?;
    confirm(folder, [folder_of(folder)])
}

/// All of them, before the first takes its name: what lacks room or a permission does so here, where
/// nothing is replaced yet.
fn siblings(folder: &Path, tables: &[Table]) -> Result<Vec<Sibling>, Failure> {
    let sibling = |table: &Table| {
        let file = folder.join(table.file);
        Sibling::new(&file, &table.text).map_err(|error| unwritten(&file, &error))
    };
    tables.iter().map(sibling).collect()
}

fn take_names(folder: &Path, tables: &[Table], siblings: Vec<Sibling>) -> Result<(), Failure> {
    let folders: BTreeSet<_> = siblings.iter().map(|sibling| folder_of(&sibling.target)).collect();
    for (at, (table, sibling)) in tables.iter().zip(siblings).enumerate() {
        sibling.take_name(true).map_err(|error| {
            let (written, left) = tables.split_at(at);
            failed(&folder.join(table.file), &state(written, left), &error)
        })?;
    }
    confirm(folder, folders)
}

fn make_folder(folder: &Path, tables: &[Table]) -> io::Result<()> {
    // Readable by its owner alone, as all that comes into it.
    let own = Permissions::from_mode(0o700);
    let sibling = Builder::new().prefix(".inch-").permissions(own).tempdir_in(folder_of(folder))?;
    for table in tables {
        Sibling::new(&sibling.path().join(table.file), &table.text)?.take_name(false)?;
    }
    sync(sibling.path())?;
    fs::rename(sibling.path(), folder)?;
    // It has another name now and is not to be removed.
    let _ = sibling.keep();
    Ok(())
}

/// Makes names durable. What is told of is in its place by now, whatever comes of that.
fn confirm(written: &Path, folders: impl IntoIterator<Item = PathBuf>) -> Result<(), Failure> {
    folders.into_iter().try_for_each(|folder| sync(&folder)).map_err(|source| {
        let (path, state) = (written.to_owned(), "Your data is as it was".to_owned());
        StoreError::Unconfirmed { path, state, source }.into()
    })
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn unwritten(file: &Path, error: &io::Error) -> Failure {
    failed(file, "Nothing was written", error)
}

/// What is there when a table could not take its name after those before it did.
fn state(written: &[Table], left: &[Table]) -> String {
    if written.is_empty() {
        return "Nothing was written".to_owned();
    }
    let names = |tables: &[Table]| {
        let names: Vec<_> = tables.iter().map(|table| table.file).collect();
        names.join(", ")
    };
    format!("Written by then: {}. Not written: {}", names(written), names(left))
}

fn failed(file: &Path, state: &str, error: &io::Error) -> Failure {
    let (fault, next) = match error.kind() {
        ErrorKind::NotFound => (Fault::Create, "Make its folder first"),
        ErrorKind::NotADirectory => (Fault::Create, "Name another place with -o"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            (Fault::Permission, "Choose a folder that you may write to")
        }
        ErrorKind::AlreadyExists => (Fault::Create, FORCE),
        ErrorKind::StorageFull => (Fault::Io, "Free some space, or choose another disk"),
        _ => (Fault::Io, "Try another folder"),
    };
    let why = text::reason(error);
    let message = format!("{} can't be written: {why}. {state}. {next}", text::path(file));
    Failure::Said { message, fault }
}
