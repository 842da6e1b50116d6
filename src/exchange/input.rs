//! What is to be imported: a file or a folder, read once and within limits.
//!
//! Owns what may be opened and how, and the limits on sizes. Must not know
//! any format.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use rustix::fs::{Access, OFlags, access};

use super::ImportError;
use crate::domain::{fault::Fault, text};

/// The longest form in bytes of what another program wrote.
pub const LIMIT: u64 = 64 * 1024 * 1024;
/// The same once it is unpacked. What inch exports comes unpacked, and what it exports it should take
/// back: in so many bytes is room for all check-ins that it keeps.
pub const UNPACKED_LIMIT: u64 = 256 * 1024 * 1024;

/// What stands for standard input in place of a path.
const STANDARD: &str = "-";

/// A file, which is read whole, or a folder, of which parts are read when they are asked for.
#[derive(Debug)]
pub struct Input {
    /// Its last name, safe to print.
    pub name: String,
    path: PathBuf,
    /// `None` for a folder.
    bytes: Option<Vec<u8>>,
}

impl Input {
    /// Looks at what is there, and reads a regular file of at most 256 MiB: no format may be longer.
    /// `-` is standard input.
    pub fn open(path: &Path) -> Result<Self, ImportError> {
        if path == Path::new(STANDARD) {
            let name = "standard input".to_owned();
            let bytes = Some(whole(io::stdin().lock(), &name, UNPACKED_LIMIT)?);
            return Ok(Self { name, path: PathBuf::new(), bytes });
        }
        let name = file_name(path);
        let metadata = fs::metadata(path).map_err(|error| unreadable(&name, &error))?;
        let bytes = if metadata.is_dir() { None } else { Some(read(path, &name, UNPACKED_LIMIT)?) };
        Ok(Self { name, path: path.to_owned(), bytes })
    }

    /// Refuses a file of more bytes than its format may have.
    pub(super) fn check_length(&self, limit: u64) -> Result<(), ImportError> {
        check_length(self.bytes.as_deref().unwrap_or_default(), &self.name, limit)
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self) -> Result<&[u8], ImportError> {
        self.bytes.as_deref().ok_or_else(|| {
            ImportError::data(&self.name, "is a folder", "Name the file that the program wrote")
        })
    }

    /// The text of a file; byte order marks at its start go.
    pub(super) fn text(&self) -> Result<&str, ImportError> {
        decoded(self.bytes()?, &self.name)
    }

    /// Refuses a file without anything in it, which is nobody's export.
    pub(super) fn refuse_blank(&self) -> Result<(), ImportError> {
        let is_blank = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_whitespace);
        if self.bytes.as_deref().is_some_and(is_blank) {
            let next = "Name the right file, or export it again";
            return Err(ImportError::data(&self.name, "is empty", next));
        }
        Ok(())
    }

    /// What of a file may be looked at to guess what wrote it; nothing of a folder.
    pub(super) fn head(&self) -> &[u8] {
        const HEAD: usize = 64 * 1024;
        let bytes = self.bytes.as_deref().unwrap_or_default();
        &bytes[..bytes.len().min(HEAD)]
    }

    /// Whether it is a folder.
    pub(super) fn is_folder(&self) -> bool {
        self.bytes.is_none()
    }

    /// Whether its name ends so.
    pub(super) fn has_ending(&self, ending: &str) -> bool {
        self.path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
    }

    /// The names of what a folder holds, in order.
    pub(super) fn members(&self) -> Result<Vec<String>, ImportError> {
        let found = fs::read_dir(&self.path).map_err(|error| unreadable(&self.name, &error))?;
        let names = found.flatten().map(|found| found.file_name().into_string());
        let mut names: Vec<_> = names.flatten().collect();
        names.sort_unstable();
        Ok(names)
    }

    /// The bytes of one file in a folder.
    pub(super) fn member_bytes(&self, member: &str) -> Result<Vec<u8>, ImportError> {
        read(&self.path.join(member), &self.member_name(member), LIMIT)
    }

    /// Whether a folder holds a file of that name.
    pub(super) fn has_member(&self, member: &str) -> bool {
        self.is_folder() && self.path.join(member).is_file()
    }

    /// Refuses a folder that may not be read or searched, or whose files of these names may not be
    /// read.
    pub(super) fn check_permission(&self, members: &[&str]) -> Result<(), ImportError> {
        if !self.is_folder() {
            return Ok(());
        }
        self.members()?;
        access(&self.path, Access::EXEC_OK)
            .map_err(|error| unreadable(&self.name, &error.into()))?;
        members.iter().try_for_each(|member| match open(&self.path.join(member)) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                Err(unreadable(&self.member_name(member), &error))
            }
            _ => Ok(()),
        })
    }

    fn member_name(&self, member: &str) -> String {
        format!("{} in {}", text::clip(&text::shown(member), 100), self.name)
    }

    /// The text of one file in a folder.
    pub(super) fn member(&self, member: &str) -> Result<String, ImportError> {
        if !self.is_folder() {
            let next = "Name the folder that holds the files habits and log";
            return Err(ImportError::data(&self.name, "is not a folder", next));
        }
        decoded(&self.member_bytes(member)?, &self.member_name(member)).map(str::to_owned)
    }
}

/// The file's last name, safe to print.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    text::clip(&text::shown(&name.to_string_lossy()), 100)
}

fn unreadable(name: &str, error: &io::Error) -> ImportError {
    let (fault, what, next) = match error.kind() {
        // What should be a folder above it is a file, so that it is nowhere either.
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            (Fault::Missing, "is not there".to_owned(), "Check the path")
        }
        ErrorKind::PermissionDenied => {
            (Fault::Permission, "may not be read".to_owned(), "Check its permissions")
        }
        _ => (Fault::Io, format!("can't be read: {}", text::reason(error)), "Check the path"),
    };
    ImportError::File { file: name.to_owned(), what, next, fault }
}

fn check_length(bytes: &[u8], name: &str, limit: u64) -> Result<(), ImportError> {
    if bytes.len() as u64 <= limit {
        return Ok(());
    }
    let what = format!("is larger than {} MiB", limit / (1024 * 1024));
    Err(ImportError::data(name, what, "Split it and import the parts"))
}

fn whole(from: impl Read, name: &str, limit: u64) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    check_length(&bytes, name, limit)?;
    Ok(bytes)
}

/// Opens a file without waiting, as a pipe would for a writer.
fn open(path: &Path) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    File::options().read(true).custom_flags(flags).open(path)
}

/// Reads a regular file that is no longer than that.
fn read(path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, ImportError> {
    let unreadable = |error: io::Error| unreadable(name, &error);
    let irregular = || ImportError::data(name, "is not a regular file", "Name a file to import");
    // Looked at when it is open, for what was there before may be gone.
    let file = open(path).map_err(|error| {
        // A socket can't be opened at all.
        let is_file = fs::metadata(path).map_or(true, |found| found.is_file());
        if is_file { unreadable(error) } else { irregular() }
    })?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(irregular());
    }
    whole(file, name, limit)
}

/// UTF-8 without byte order marks at its start.
pub(super) fn decoded<'a>(bytes: &'a [u8], name: &str) -> Result<&'a str, ImportError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        let line = good.split(|byte| *byte == b'\n').count();
        let what = format!("is not UTF-8 text (line {line})");
        ImportError::data(name, what, "Save it as UTF-8")
    })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_waits_for_what_is_no_file() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};

        let folder = tempfile::tempdir().unwrap();
        let made = |name: &str| folder.path().join(name);
        mknodat(CWD, made("pipe"), FileType::Fifo, Mode::RUSR, 0).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(made("socket")).unwrap();
        for path in [made("pipe"), made("socket"), "/dev/null".into()] {
            // Said by what was opened alone, as if it had come after every other look.
            let error = read(&path, "it", LIMIT).unwrap_err();
            assert!(error.to_string().contains("is not a regular file"), "{error}");
        }
    }

    #[test]
    fn only_regular_utf_8_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let fault = |path: &Path| Input::open(path).unwrap_err().fault();
        assert_eq!(fault(&path), Fault::Missing);
        let inside = Input::open(folder.path()).unwrap();
        assert_eq!(inside.text().unwrap_err().fault(), Fault::Data);
        assert_eq!(inside.member("log").unwrap_err().fault(), Fault::Missing);
        fs::create_dir(folder.path().join("log")).unwrap();
        assert_eq!(inside.member("log").unwrap_err().fault(), Fault::Data);
        fs::write(&path, b"a\nb\n\xff").unwrap();
        let error = Input::open(&path).unwrap().text().unwrap_err();
        assert!(error.to_string().contains("(line 3)"));
        fs::write(&path, "\u{feff}\u{feff}a").unwrap();
        let input = Input::open(&path).unwrap();
        assert_eq!(input.text().unwrap(), "a");
        assert!(input.member("log").is_err(), "a file has no parts");
        let large = File::create(&path).unwrap();
        large.set_len(LIMIT).unwrap();
        assert!(Input::open(&path).unwrap().check_length(LIMIT).is_ok());
        large.set_len(LIMIT + 1).unwrap();
        assert!(Input::open(&path).unwrap().check_length(LIMIT).is_err());
        let inside = Input::open(folder.path()).unwrap();
        assert_eq!(inside.member("a.csv").unwrap_err().fault(), Fault::Data);
        large.set_len(UNPACKED_LIMIT + 1).unwrap();
        assert_eq!(fault(&path), Fault::Data);
    }
}
