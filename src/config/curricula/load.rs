//! Curriculum files, read and laid over each other.
//!
//! Owns what is said of a file that can't be used: it is left out whole, and the rest goes on without
//! it. Must not know where the files lie, nor what is in them.

use std::{
    collections::{BTreeSet, VecDeque},
    fs::{self, File},
    io::{ErrorKind, Read as _},
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::domain::{
    curriculum::{self, Curriculum, CurriculumError, Definitions},
    fault::Fault,
    text,
};

/// A file's longest form in bytes, see data.md.
const LIMIT: u64 = 1024 * 1024;

/// How many files are read: each is laid over all that came before it.
const FILES: usize = 100;

/// Why a curriculum file is left out.
#[derive(Debug, Error)]
pub enum Unread {
    /// It is not there.
    #[error("it is not there. Correct the path")]
    Missing,
    /// It is a folder, say.
    #[error("it is not a regular file. Use a text file instead")]
    NoFile,
    /// It is too large.
    #[error("it is larger than 1 MiB. Split it into several files")]
    TooLarge,
    /// It is not text.
    #[error("it is not UTF-8 text. Save it as UTF-8")]
    NoText,
    /// It can't be read.
    #[error("it can't be read: {0}. Check its permissions and its disk")]
    Io(String, Fault),
    /// A hundred others come before it.
    #[error(
        "there are more than {FILES} curriculum files, and this one comes after those. Put some of \
         them together"
    )]
    TooMany,
    /// It needs files that need it: their names, the first again at its end.
    #[error("these files need each other in a circle: {0}. Put them into one file")]
    Circle(String),
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
            Self::NoFile
            | Self::TooLarge
            | Self::NoText
            | Self::TooMany
            | Self::Circle(_)
            | Self::Wrong(_) => Fault::Data,
        }
    }
}

/// A file that is left out.
#[derive(Debug, Error)]
#[error(
    "{}: {why}. It was left out, and nothing else is touched; `inch curriculum check` tells more",
    text::shown(&.path.to_string_lossy())
)]
pub struct LeftOut {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub why: Unread,
}

impl LeftOut {
    /// The same in few words, for a line of the screen.
    pub fn brief(&self) -> String {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str());
        format!(
            "{} was left out (? tells it again): {}",
            text::shown(&name.to_string_lossy()),
            self.why
        )
    }
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
    /// Reads the files and lays them over the shipped curriculum in their order; one that needs what
    /// only a later one has comes after that.
    pub fn load(paths: &[PathBuf]) -> Self {
        let mut laid = Definitions::shipped();
        let mut left_out = Vec::new();
        let mut waiting = Vec::new();
        for (at, path) in paths.iter().enumerate() {
            match if at < FILES { source(path) } else { Err(Unread::TooMany) } {
                Ok(text) => waiting.push((path.clone(), text)),
                Err(why) => left_out.push(LeftOut { path: path.clone(), why }),
            }
        }
        loop {
            let (count, mut again, mut wrong) = (waiting.len(), Vec::new(), Vec::new());
            for (path, text) in waiting {
                match laid.laid_over(&text) {
                    Ok(more) => laid = more,
                    Err(errors) => {
                        wrong.push(LeftOut { path: path.clone(), why: Unread::Wrong(errors) });
                        again.push((path, text));
                    }
                }
            }
            if again.is_empty() || again.len() == count {
                name_circles(&mut wrong, &again);
                left_out.extend(wrong);
                break;
            }
            waiting = again;
        }
        Self { curriculum: Curriculum::new(laid), left_out }
    }
}

/// Tells of a circle where files lack nothing but what is in others that wait for them.
fn name_circles(wrong: &mut [LeftOut], again: &[(PathBuf, String)]) {
    let entries: Vec<_> = again.iter().map(|(_, text)| curriculum::entries(text)).collect();
    let home = |id: &str| entries.iter().position(|ids| ids.contains(id));
    let needs: Vec<BTreeSet<usize>> = wrong
        .iter()
        .map(|left_out| {
            let Unread::Wrong(errors) = &left_out.why else { return BTreeSet::new() };
            let homes: Option<_> = errors.iter().map(|error| home(error.lacks()?)).collect();
            homes.unwrap_or_default()
        })
        .collect();
    let name = |at: &usize| {
        let path = &again[*at].0;
        text::shown(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()).into_owned()
    };
    for (at, left_out) in wrong.iter_mut().enumerate() {
        if let Some(circle) = circle(at, &needs) {
            let names: Vec<_> = circle.iter().map(name).collect();
            left_out.why = Unread::Circle(text::clip(&names.join(" needs "), 300));
        }
    }
}

/// The shortest way from one back to itself.
fn circle(from: usize, needs: &[BTreeSet<usize>]) -> Option<Vec<usize>> {
    let (mut seen, mut ways) = (BTreeSet::new(), VecDeque::from([vec![from]]));
    while let Some(way) = ways.pop_front() {
        for next in needs.get(*way.last()?)? {
            let longer = [&way[..], &[*next]].concat();
            if *next == from {
                return Some(longer);
            }
            if seen.insert(*next) {
                ways.push_back(longer);
            }
        }
    }
    None
}

/// The text of a curriculum file.
pub fn source(path: &Path) -> Result<String, Unread> {
    // What is there is looked at before it is opened: opening a pipe would wait for a writer.
    let metadata = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if metadata.is_dir() {
        // The folder itself stands for one that can't be looked into.
        fs::read_dir(path).map_err(|error| unreadable(&error))?;
    }
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
