//! Where the file is, and who may read and write it.
//!
//! Owns the modes that files and folders should have. Must not know what is in them.

use std::{
    fs,
    io::ErrorKind,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use rustix::fs::{Access, access, statvfs};

use super::Finding;
use crate::{
    domain::{
        fault::Fault,
        text::{grouped, reason},
    },
    store::{network, place},
};

/// Findings about the place of a file, which need not be there.
pub(super) fn places(real: &Path) -> Vec<Finding> {
    let mut found = Vec::new();
    let folder = place::nearest(place::folder(real));
    if let Some(kind) = network::kind(if real.exists() { real } else { folder }) {
        found.push(Finding::bad(
            "place",
            Fault::Config,
            format!("it is on a network file system ({kind}), where inch does not work"),
            "Copy it to a local disk, and name it there with --db FILE",
        ));
    }
    let Ok(file) = fs::metadata(real) else {
        found.extend(shut(&[folder]));
        return found;
    };
    if !file.is_file() {
        // What it may be used for is another matter.
        return found;
    }
    if file.nlink() > 1 {
        found.push(Finding::bad(
            "place",
            Fault::Data,
            format!("it has {} names (hard links), so inch refuses it", file.nlink()),
            "Remove the other names",
        ));
    }
    let beside = ["-wal", "-shm"].map(|suffix| place::beside(real, suffix));
    let beside = beside.iter().map(PathBuf::as_path);
    let all: Vec<_> = [real, folder].into_iter().chain(beside).collect();
    found.push(shut(&all).unwrap_or_else(|| modes(real, folder)));
    found
}

/// The first of these that is there and can't be written.
fn shut(paths: &[&Path]) -> Option<Finding> {
    let is_shut = |path: &&&Path| {
        access(**path, Access::WRITE_OK).is_err_and(|error| error != rustix::io::Errno::NOENT)
    };
    let path = paths.iter().find(is_shut)?;
    let says = format!("{} can't be written, so nothing can be saved", path.display());
    let advice = place::permit(path)
        .unwrap_or_else(|| "Only its owner can allow that, or who mounted its disk".to_owned());
    Some(Finding::bad("permissions", Fault::Permission, says, advice))
}

/// What a new file takes, about.
const NEW: u64 = 128 * 1024;

/// Whether another backup has a place, and whatever is to be made has room.
pub(super) fn for_backups(real: &Path) -> Vec<Finding> {
    let mut found = Vec::new();
    let folder = place::folder(real);
    let backups = folder.join("backups");
    let name = place::quoted(&backups);
    let wrong = match fs::metadata(&backups) {
        Ok(there) if !there.is_dir() => {
            Some(("is not a folder".to_owned(), Fault::Create, format!("Move {name} elsewhere")))
        }
        Ok(_) if access(&backups, Access::WRITE_OK | Access::EXEC_OK).is_err() => {
            Some(("can't be written".to_owned(), Fault::Permission, format!("chmod u+rwx {name}")))
        }
        Err(error) if fs::symlink_metadata(&backups).is_ok() => Some(match error.kind() {
            ErrorKind::NotFound => (
                "is a link to a folder that is not there".to_owned(),
                Fault::Create,
                format!("Make that folder, or remove the link {name}"),
            ),
            kind => (
                format!("can't be looked at: {}", reason(&error)),
                if kind == ErrorKind::PermissionDenied { Fault::Permission } else { Fault::Create },
                format!("Look where the link {name} leads, or remove it"),
            ),
        }),
        _ => None,
    };
    found.extend(wrong.map(|(what, fault, advice)| {
        let says = format!("{} {what}, so no backup can be made", backups.display());
        Finding::bad("backups", fault, says, advice)
    }));
    let free =
        statvfs(place::nearest(folder)).map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    let (what, bytes) =
        fs::metadata(real).map_or(("a new file", NEW), |file| ("a backup", file.len()));
    if let Ok(free) = free
        && is_short(free, bytes)
    {
        let says = format!(
            "only {} bytes are free on its disk, and {what} needs about {}",
            grouped(free),
            grouped(bytes)
        );
        found.push(Finding::bad("room", Fault::Io, says, "Free some space on that disk"));
    }
    found
}

/// A backup and what is written meanwhile want about as much as the file, each.
fn is_short(free: u64, file: u64) -> bool {
    free < file.saturating_mul(2)
}

/// Nobody but the person should read the data, nor write where it lies.
fn modes(real: &Path, folder: &Path) -> Finding {
    let mode = |path: &Path| fs::metadata(path).map_or(0, |found| found.mode() & 0o777);
    let mut private = vec![real.to_owned()];
    private.extend(["-wal", "-shm"].map(|suffix| place::beside(real, suffix)));
    if let Ok(entries) = fs::read_dir(folder.join("backups")) {
        // A folder there is nobody's business, and needs another mode.
        let is_file = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|at| at.is_file());
        private.extend(entries.flatten().map(|entry| entry.path()).filter(is_file));
    }
    if let Some(open) = private.iter().find(|path| mode(path) & 0o077 != 0) {
        return Finding::bad(
            "permissions",
            Fault::Permission,
            format!("others may read or write {} ({:04o})", open.display(), mode(open)),
            format!("chmod 600 {}", place::quoted(open)),
        );
    }
    if mode(folder) & 0o022 != 0 {
        return Finding::bad(
            "permissions",
            Fault::Permission,
            format!("others may write in {} ({:04o})", folder.display(), mode(folder)),
            format!("chmod 700 {}", place::quoted(folder)),
        );
    }
    if mode(folder) & 0o077 != 0 {
        return Finding::note(
            "permissions",
            format!("others may look into {} ({:04o})", folder.display(), mode(folder)),
            format!("chmod 700 {} keeps them out", place::quoted(folder)),
        );
    }
    Finding::good("permissions", "only you may read and write it")
}
