//! Where the file is, and who may read and write it.
//!
//! Owns the modes that files and folders should have. Must not know what is in them.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use rustix::fs::{Access, access};

use super::Finding;
use crate::{
    domain::fault::Fault,
    store::{network, place},
};

/// Findings about the place of a file, which need not be there.
pub(super) fn places(real: &Path) -> Vec<Finding> {
    let mut found = Vec::new();
    let folder = place::folder(real);
    if let Some(kind) = network::kind(if real.exists() { real } else { folder }) {
        found.push(Finding::bad(
            "place",
            Fault::Config,
            format!("it is on a network file system ({kind}), where inch does not work"),
            "Copy it to a local disk, and name it there with --db FILE",
        ));
    }
    let Ok(file) = fs::metadata(real) else {
        return found;
    };
    if file.is_file() && file.nlink() > 1 {
        found.push(Finding::bad(
            "place",
            Fault::Data,
            format!("it has {} names (hard links), so inch refuses it", file.nlink()),
            "Remove the other names",
        ));
    }
    if let Some(path) =
        [real, folder].into_iter().find(|path| access(*path, Access::WRITE_OK).is_err())
    {
        found.push(Finding::bad(
            "permissions",
            Fault::Permission,
            format!("{} can't be written, so nothing can be saved", path.display()),
            format!("chmod u+w {}", place::quoted(path)),
        ));
    } else {
        found.push(modes(real, folder));
    }
    found
}

/// Nobody but the person should read the data, nor write where it lies.
fn modes(real: &Path, folder: &Path) -> Finding {
    let mode = |path: &Path| fs::metadata(path).map_or(0, |found| found.mode() & 0o777);
    let mut private = vec![real.to_owned()];
    private.extend(["-wal", "-shm"].map(|suffix| place::beside(real, suffix)));
    if let Ok(entries) = fs::read_dir(folder.join("backups")) {
        private.extend(entries.flatten().map(|entry| entry.path()));
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
