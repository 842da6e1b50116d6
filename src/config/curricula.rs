//! The person's own curriculum files: those named in the config, and those in a folder beside it.
//!
//! Owns the key `curricula`, where the files lie and how they are read. Must not know what is in
//! them: a file with a fault is left out whole, and the rest goes on without it.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read as _},
    ops::Range,
    path::{Path, PathBuf},
};

use thiserror::Error;
use toml::{Spanned, de::DeValue};

use crate::domain::{
    curriculum::{Curriculum, CurriculumError},
    fault::Fault,
    text,
};

/// The key in the file.
pub(super) const KEY: &str = "curricula";

/// The folder beside the config whose files are read without being named.
pub const FOLDER: &str = "curricula";

/// A file's longest form in bytes, see data.md.
const LIMIT: u64 = 1024 * 1024;

/// Reads the value of the key.
pub(super) fn read(value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, (Range<usize>, String)> {
    let paths = value.get_ref().as_array().and_then(|list| {
        list.iter().map(|path| path.get_ref().as_str().map(str::to_owned)).collect()
    });
    paths.ok_or_else(|| {
        let what = format!("{KEY} can't be that. Accepted: a list of paths: [\"mine.toml\"].");
        (value.span(), what)
    })
}

/// The key with its comment, as it is printed.
pub(super) fn print(paths: &[String]) -> String {
    let value = toml::Value::from(paths.to_vec());
    format!(
        "# Curriculum files of your own, beside those in the folder {FOLDER} next to this file.\n\
         # Accepted: a list of paths, from that folder's place on, such as [\"mine.toml\"].\n\
         # Default: [].\n\
         {KEY} = {value}\n"
    )
}

/// Why a curriculum file is left out.
#[derive(Debug, Error)]
pub enum Unread {
    /// It is not there.
    #[error("it is not there. Correct the path, or take it out of the config")]
    Missing,
    /// It is a folder, say.
    #[error("it is not a regular file")]
    NoFile,
    /// It is too large.
    #[error("it is larger than 1 MiB. Split it into several files")]
    TooLarge,
    /// It is not text.
    #[error("it is not UTF-8 text. Save it as UTF-8")]
    NoText,
    /// It can't be read.
    #[error("it can't be read: {0}")]
    Io(String, Fault),
    /// It says something wrong.
    #[error("{}", told(.0))]
    Wrong(Vec<CurriculumError>),
}

/// The first fault, and how many there are beside it.
fn told(errors: &[CurriculumError]) -> String {
    let first = errors.first().map_or_else(String::new, ToString::to_string);
    match errors.len() {
        0 | 1 => first,
        2 => format!("{first} (and one more mistake)"),
        count => format!("{first} (and {} more mistakes)", count - 1),
    }
}

impl Unread {
    /// Its kind, for the exit code.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Missing => Fault::Missing,
            Self::Io(_, fault) => *fault,
            Self::NoFile | Self::TooLarge | Self::NoText | Self::Wrong(_) => Fault::Data,
        }
    }
}

/// A file that is left out.
#[derive(Debug, Error)]
#[error(
    "{}: {why}. It was left out, and nothing else is touched",
    text::shown(&.path.to_string_lossy())
)]
pub struct LeftOut {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub why: Unread,
}

/// The shipped curriculum with all that the person's files add, and the files that can't be used.
#[derive(Debug, Default)]
pub struct Curricula {
    /// What all the good files hold.
    pub curriculum: Curriculum,
    /// The others.
    pub left_out: Vec<LeftOut>,
}

impl Curricula {
    /// Reads the files of the folder in the order of their names, then the named ones in theirs.
    pub fn load(paths: &[PathBuf]) -> Self {
        let mut curricula = Self { curriculum: Curriculum::shipped(), left_out: Vec::new() };
        for path in paths {
            let laid = source(path)
                .and_then(|text| curricula.curriculum.laid_over(&text).map_err(Unread::Wrong));
            match laid {
                Ok(curriculum) => curricula.curriculum = curriculum,
                Err(why) => curricula.left_out.push(LeftOut { path: path.clone(), why }),
            }
        }
        curricula
    }
}

/// The person's files: those in the folder beside the config, sorted, then those that it names.
pub fn files(config: Option<&Path>, named: &[String], home: Option<&Path>) -> Vec<PathBuf> {
    let beside = config.and_then(Path::parent);
    let entries = beside.and_then(|folder| fs::read_dir(folder.join(FOLDER)).ok());
    let paths = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    paths.sort();
    for name in named {
        let path = match (name.strip_prefix("~/"), home, beside) {
            (Some(rest), Some(home), _) => home.join(rest),
            (_, _, Some(folder)) => folder.join(name),
            _ => PathBuf::from(name),
        };
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

/// The text of a curriculum file.
pub fn source(path: &Path) -> Result<String, Unread> {
    // What is there is looked at before it is opened: opening a pipe would wait for a writer.
    let metadata = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(Unread::NoFile);
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(Unread::TooLarge);
    }
    String::from_utf8(bytes).map_err(|_| Unread::NoText)
}

fn unreadable(error: &std::io::Error) -> Unread {
    match error.kind() {
        ErrorKind::NotFound => Unread::Missing,
        ErrorKind::PermissionDenied => Unread::Io(text::reason(error), Fault::Permission),
        _ => Unread::Io(text::reason(error), Fault::Io),
    }
}
