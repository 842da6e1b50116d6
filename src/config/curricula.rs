//! The person's own curriculum files: those named in the config, and those in a folder beside it.
//!
//! Owns the key `curricula` and where the files lie; how they are read has a file of its own.

mod load;

use std::{
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
};

use toml::{Spanned, de::DeValue};

pub use self::load::{Curricula, LeftOut, Unread, source};

/// The key in the file.
pub(super) const KEY: &str = "curricula";

/// The folder beside the config whose files are read without being named.
pub const FOLDER: &str = "curricula";

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

/// The person's files: those in the folder beside the config, sorted, then those that it names. A
/// folder that can't be looked into is among them, for nothing else would tell of it.
pub fn files(config: Option<&Path>, named: &[String], home: Option<&Path>) -> Vec<PathBuf> {
    let beside = config.and_then(Path::parent);
    let mut paths = beside.map_or_else(Vec::new, |folder| in_folder(&folder.join(FOLDER)));
    for name in named {
        let path = match (name.strip_prefix("~/"), home, beside) {
            (Some(rest), Some(home), _) => home.join(rest),
            (_, _, Some(folder)) => folder.join(name),
            _ => PathBuf::from(name),
        };
        let same = |other: &PathBuf| {
            *other == path
                || fs::canonicalize(other)
                    .ok()
                    .is_some_and(|other| fs::canonicalize(&path).is_ok_and(|path| path == other))
        };
        if !paths.iter().any(same) {
            paths.push(path);
        }
    }
    paths
}

/// Every curriculum file of a folder, sorted; hidden ones are an editor's.
fn in_folder(folder: &Path) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(_) => return vec![folder.to_owned()],
    };
    let is_curriculum = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".toml") && !name.starts_with('.')
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<_> = paths.filter(is_curriculum).collect();
    paths.sort();
    paths
}
