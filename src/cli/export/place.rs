//! Where an export goes: whole or not at all, and never over anything that was not meant.
//!
//! Owns files and folders. Must not know what is written.

use std::{
    fs::{self, File, Permissions},
    io::{self, ErrorKind, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use tempfile::Builder;

use crate::{
    cli::{desk::Desk, failure::Failure},
    domain::{fault::Fault, text},
    exchange::tables::Table,
};

/// Refuses what must not be written over.
pub fn check(desk: &Desk, file: &Path, is_forced: bool) -> Result<(), Failure> {
    if desk.is_data(file) {
        return Err(refused(file, "is the data file, or belongs to it", ELSEWHERE));
    }
    if desk.is_kept(file) {
        let why = "is a backup, the config, or a curriculum file, which no export replaces";
        return Err(refused(file, why, ELSEWHERE));
    }
    match fs::metadata(file) {
        Ok(there) if there.is_dir() => Err(refused(file, "is a folder", ELSEWHERE)),
        Ok(there) if !there.is_file() => Err(refused(file, "is no usual file", ELSEWHERE)),
        Ok(_) if !is_forced => Err(refused(file, "is there already", FORCE)),
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
        return Err(refused(folder, "is no folder, and tables need one", "Name a folder with -o"));
    }
    let is_empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if !is_empty && !is_forced {
        return Err(refused(folder, "is there already and holds something", FORCE_FOLDER));
    }
    tables.iter().try_for_each(|table| check(desk, &folder.join(table.file), true))
}

const ELSEWHERE: &str = "Name another file with -o";
const FORCE: &str = "Name another file, or add --force";
const FORCE_FOLDER: &str = "Name another folder, or add --force to put the tables there";

fn refused(file: &Path, why: &str, next: &str) -> Failure {
    Failure::Said {
        message: format!("{} {why}. Nothing was written. {next}", text::path(file)),
        fault: Fault::Usage,
    }
}

/// Writes a file.
pub fn put(file: &Path, written: &str, is_forced: bool) -> Result<(), Failure> {
    replace(file, written, is_forced).map_err(|error| unwritten(file, &error))
}

/// A sibling is written whole, and then takes the name: nobody ever sees half a file.
fn replace(file: &Path, written: &str, is_forced: bool) -> io::Result<()> {
    // What a link leads to is replaced, not the link.
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = folder_of(&target);
    let mut sibling = Builder::new().prefix(".inch-").tempfile_in(&folder)?;
    sibling.write_all(written.as_bytes())?;
    sibling.as_file().sync_all()?;
    let put = if is_forced { sibling.persist(&target) } else { sibling.persist_noclobber(&target) };
    put.map_err(|error| error.error)?;
    File::open(&folder)?.sync_all()
}

/// Writes the tables: into a folder that is there one by one, or as a new folder at once.
pub fn put_folder(folder: &Path, tables: &[Table]) -> Result<(), Failure> {
    if folder.is_dir() {
        for table in tables {
            put(&folder.join(table.file), &table.text, true)?;
        }
        return Ok(());
    }
    make_folder(folder, tables).map_err(|error| unwritten(folder, &error))
}

fn make_folder(folder: &Path, tables: &[Table]) -> io::Result<()> {
    let around = folder_of(folder);
    // Readable by its owner alone, as all that comes into it.
    let own = Permissions::from_mode(0o700);
    let sibling = Builder::new().prefix(".inch-").permissions(own).tempdir_in(&around)?;
    for table in tables {
        replace(&sibling.path().join(table.file), &table.text, false)?;
    }
    fs::rename(sibling.path(), folder)?;
    // It has another name now and is not to be removed.
    let _ = sibling.keep();
    File::open(&around)?.sync_all()
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn unwritten(file: &Path, error: &io::Error) -> Failure {
    let (fault, next) = match error.kind() {
        ErrorKind::NotFound => (Fault::Create, "Make its folder first"),
        ErrorKind::NotADirectory => (Fault::Create, "Name another place with -o"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            (Fault::Permission, "Choose a folder that you may write to")
        }
        ErrorKind::AlreadyExists => (Fault::Usage, FORCE),
        ErrorKind::StorageFull => (Fault::Io, "Free some space, or choose another disk"),
        _ => (Fault::Io, "Try another folder"),
    };
    let why = text::reason(error);
    let message =
        format!("{} can't be written: {why}. Nothing was written. {next}", text::path(file));
    Failure::Said { message, fault }
}
