//! What is at a path, before any connection: the checks that leave everything untouched.
//!
//! Owns the file's identity and the rule that a live file is never opened by other means. Must not
//! know tables or connections.

use std::{
    fs, io,
    io::Read,
    os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{create, error::StoreError, migrate, network, problem::Problem};

/// Spells `inch`; the `application_id` of every file of ours.
pub(super) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"inch");

const HEADER: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Which file it is, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    /// Of what is at the path now, links followed.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(|found| Self::of(&found))
    }

    fn of(found: &fs::Metadata) -> Self {
        Self { device: found.dev(), inode: found.ino() }
    }
}

/// Files that this process has a connection to. Closing any other handle of such a file drops
/// `SQLite`'s locks on it, for they belong to the process: so these are not read again.
static IN_USE: Mutex<Vec<Identity>> = Mutex::new(Vec::new());

fn in_use() -> MutexGuard<'static, Vec<Identity>> {
    IN_USE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that was looked at and may be opened. Must outlive every connection to it.
#[derive(Debug)]
pub(super) struct Place {
    /// Which file it was.
    pub(super) identity: Identity,
    /// Where it is, through no link. `SQLite` keeps its log and its shared memory there, whatever
    /// path it is given; so that is where we look for them too.
    pub(super) path: PathBuf,
}

impl Place {
    /// Whether this process has another connection to the file, so that only `SQLite` may touch it.
    pub(super) fn is_shared(&self) -> bool {
        in_use().iter().filter(|used| **used == self.identity).count() > 1
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut in_use = in_use();
        if let Some(at) = in_use.iter().position(|used| *used == self.identity) {
            in_use.swap_remove(at);
        }
    }
}

/// Looks at the path as it was asked for. `None`: nothing is there.
pub(super) fn look(asked: &Path) -> Result<Option<Place>, StoreError> {
    let unusable = |problem| StoreError::Unusable { path: asked.to_owned(), problem };
    let Some((path, mut found)) = find(asked)? else {
        return Ok(None);
    };
    if found.nlink() > 1 && create::finish(&path, Identity::of(&found)) {
        found = fs::metadata(&path)
            .map_err(|source| StoreError::NotSeen { path: asked.to_owned(), source })?;
    }
    if found.nlink() > 1 {
        return Err(unusable(Problem::HardLinked(found.nlink())));
    }
    if found.len() > 0
        && let Some(kind) = network::kind(&path)
    {
        return Err(unusable(Problem::Network(kind)));
    }
    enter(asked, path, &found).map(Some)
}

/// The same for a file that is only read, as a copy is: it may have several names and be anywhere.
/// Touches nothing.
pub(super) fn look_only(asked: &Path) -> Result<Option<Place>, StoreError> {
    match find(asked)? {
        Some((path, found)) => enter(asked, path, &found).map(Some),
        None => Ok(None),
    }
}

/// What is at the path, and where that is.
fn find(asked: &Path) -> Result<Option<(PathBuf, fs::Metadata)>, StoreError> {
    let unusable = |problem| StoreError::Unusable { path: asked.to_owned(), problem };
    let unseen = |source| StoreError::NotSeen { path: asked.to_owned(), source };
    let path = match fs::canonicalize(asked) {
        Ok(path) => path,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return if fs::symlink_metadata(asked).is_ok() {
                Err(unusable(Problem::DanglingLink))
            } else {
                Ok(None)
            };
        }
        Err(error) => return Err(unseen(error)),
    };
    let found = fs::metadata(&path).map_err(unseen)?;
    if found.is_dir() {
        return Err(unusable(Problem::Folder(asked.join("inch.db"))));
    }
    if let Some(kind) = special(&found) {
        return Err(unusable(Problem::Special(kind)));
    }
    Ok(Some((path, found)))
}

/// Reads the header, unless this process has a connection to the file, and takes its place.
fn enter(asked: &Path, path: PathBuf, found: &fs::Metadata) -> Result<Place, StoreError> {
    let unusable = |problem| StoreError::Unusable { path: asked.to_owned(), problem };
    let unseen = |source| StoreError::NotSeen { path: asked.to_owned(), source };
    if found.len() == 0 {
        return Err(unusable(Problem::Empty));
    }
    let identity = Identity::of(found);
    let mut in_use = in_use();
    if !in_use.contains(&identity) {
        let mut file = fs::OpenOptions::new()
            .read(true)
            // A pipe that took the file's place must not hold us up.
            .custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
            .open(&path)
            .map_err(unseen)?;
        let opened = file.metadata().map_err(unseen)?;
        if Identity::of(&opened) != identity {
            return Err(unusable(Problem::Moved));
        }
        let mut header = Vec::with_capacity(HEADER);
        Read::by_ref(&mut file).take(HEADER as u64).read_to_end(&mut header).map_err(unseen)?;
        drop(file);
        check_header(&header).map_err(unusable)?;
    }
    in_use.push(identity);
    Ok(Place { identity, path })
}

fn special(found: &fs::Metadata) -> Option<&'static str> {
    let kind = found.file_type();
    if kind.is_fifo() {
        Some("a pipe")
    } else if kind.is_socket() {
        Some("a socket")
    } else if kind.is_block_device() || kind.is_char_device() {
        Some("a device")
    } else {
        None
    }
}

/// Checks the first bytes of a database (sqlite.org/fileformat2.html, "The Database Header").
fn check_header(header: &[u8]) -> Result<(), Problem> {
    if header.len() < HEADER || !header.starts_with(MAGIC) {
        return Err(Problem::OtherFormat);
    }
    let number = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, i32::from_be_bytes)
    };
    check_numbers(number(68), number(60))
}

/// Checks `application_id` and `user_version`, from the header or through the connection.
pub(super) fn check_numbers(application: i32, schema: i32) -> Result<(), Problem> {
    if application != APPLICATION_ID {
        return Err(Problem::OtherProgram(application));
    }
    if schema > migrate::NEWEST {
        return Err(Problem::Newer { found: schema, known: migrate::NEWEST });
    }
    Ok(())
}

/// Whether a path leads to something, be it a link to nothing, or a log is left of what was there.
pub fn is_begun(path: &Path) -> bool {
    let found = fs::symlink_metadata(path);
    !found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound) || has_log(path)
}

/// Whether a file is the one at `data` or one of those that stand beside it while it is open, by
/// whatever name or link. None of them need be there.
pub fn belongs(data: &Path, file: &Path) -> bool {
    let whole = |path: &Path| {
        let folder = fs::canonicalize(folder(path));
        let told = folder.ok().zip(path.file_name()).map(|(folder, name)| folder.join(name));
        fs::canonicalize(path).ok().or(told).unwrap_or_else(|| path.to_owned())
    };
    let (data, wanted) = (whole(data), whole(file));
    let identity = Identity::at(file).ok();
    ["", "-wal", "-shm", "-journal"].iter().any(|suffix| {
        let path = beside(&data, suffix);
        path == wanted || identity.is_some() && Identity::at(&path).ok() == identity
    })
}

/// Whether a log with something in it is beside the path.
pub(super) fn has_log(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// A file that `SQLite` keeps beside the database: `-wal` or `-shm`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A path as a shell takes it, for commands that a message offers.
pub fn quoted(path: &Path) -> String {
    shell_words::quote(&path.to_string_lossy()).into_owned()
}

/// The command that lets the person read and write a file, where modes are what is in the way, and
/// theirs to change. The file need not be there.
pub(super) fn permit(path: &Path) -> Option<String> {
    // A folder that may not be searched hides all that is in it.
    let seen = path.ancestors().find(|at| fs::metadata(at).is_ok())?;
    let around = (seen == path).then(|| folder(path));
    [Some(seen), around].into_iter().flatten().find_map(|at| {
        let found = fs::metadata(at).ok()?;
        let (who, mode) = if found.is_dir() { ("u+rwx", 0o700) } else { ("u+rw", 0o600) };
        let is_theirs = found.uid() == rustix::process::geteuid().as_raw();
        let is_shut = found.mode() & mode != mode;
        (is_theirs && is_shut).then(|| format!("chmod {who} {}", quoted(at)))
    })
}

/// The folder that holds the file.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A folder that is to be made where there is none: itself, or the nearest above it that is there.
pub(super) fn nearest(folder: &Path) -> &Path {
    folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_an_offered_path_for_one_word() {
        for path in ["/plain/inch.db", "/my data/it's $(here)/inch.db", "/a;b/inch.db"] {
            let words = shell_words::split(&quoted(Path::new(path))).unwrap();
            assert_eq!(words, [path]);
        }
        let folder = tempfile::tempdir().unwrap();
        let asked = folder.path().join("my data");
        fs::create_dir(&asked).unwrap();
        let text = look(&asked).unwrap_err().to_string();
        let offered = text.rsplit_once("--db ").unwrap().1;
        let words = shell_words::split(offered).unwrap();
        assert_eq!(words, [asked.join("inch.db").to_str().unwrap()], "{text}");
    }
}
