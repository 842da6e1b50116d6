//! The person's own editor: a text goes out to it in a file and comes back.
//!
//! Owns which editor that is and the file while it is open. Must not know what the text is for, nor
//! the terminal, which is lent by whoever calls.

use std::{
    env,
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::{Builder, TempPath};

use crate::domain::text;

/// Where nobody says which editor they like.
const USUAL: &str = "vi";

/// The most that comes back: far more than any text may hold, so that its limit is what is said.
const LARGEST: u64 = 1 << 20;

/// Why a text did not come back.
#[derive(Debug, thiserror::Error)]
pub enum Unedited {
    #[error(
        "No editor was opened, for '{0}' in VISUAL or EDITOR is no command. The text is as it was."
    )]
    NoCommand(String),
    #[error(
        "The editor '{0}' could not be started ({1}). Set VISUAL or EDITOR to yours; the text is as it was."
    )]
    NotStarted(String, io::Error),
    #[error("The editor '{0}' ended with an error, so the text is as it was.")]
    Ended(String),
    #[error("No file could be made for the editor ({0}). The text is as it was.")]
    NoFile(io::Error),
    #[error("What the editor left could not be read ({why}). It is kept in {kept}.")]
    NotRead { kept: String, why: String },
}

/// Opens a text in the editor, waits for its end, and tells how it stands then.
pub fn edit(before: &str) -> Result<String, Unedited> {
    let set = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| env::var(name).ok());
    let editor = set.into_iter().find(|command| !command.trim().is_empty());
    edit_with(&editor.unwrap_or_else(|| USUAL.to_owned()), before)
}

fn edit_with(editor: &str, before: &str) -> Result<String, Unedited> {
    let shown = || text::shown(editor).into_owned();
    let words = shell_words::split(editor).map_err(|_| Unedited::NoCommand(shown()))?;
    let (program, arguments) = words.split_first().ok_or_else(|| Unedited::NoCommand(shown()))?;
    let path = write(before).map_err(Unedited::NoFile)?;
    let ended = Command::new(program).args(arguments).arg(&path).status();
    match ended {
        Ok(status) if status.success() => read(path),
        Ok(_) => Err(Unedited::Ended(shown())),
        Err(error) => Err(Unedited::NotStarted(shown(), error)),
    }
}

/// A file that only its owner reads, gone with its name.
fn write(before: &str) -> io::Result<TempPath> {
    let mut file = Builder::new().prefix("inch-").suffix(".md").tempfile()?;
    let mut content = before.to_owned();
    if !content.is_empty() {
        let _ = writeln!(content);
    }
    file.write_all(content.as_bytes())?;
    Ok(file.into_temp_path())
}

/// What stands in the file; one that can't be read is kept.
fn read(path: TempPath) -> Result<String, Unedited> {
    match read_text(&path) {
        Ok(text) => Ok(text),
        Err(why) => {
            let name = path.to_path_buf();
            let kept: PathBuf = path.keep().unwrap_or(name);
            let kept = text::shown(&kept.to_string_lossy()).into_owned();
            Err(Unedited::NotRead { kept, why })
        }
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > LARGEST {
        return Err("it is larger than a mebibyte".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_out_and_comes_back() {
        let edited = edit_with("sh -c 'printf \"two\\n\" >> \"$0\"'", "one").unwrap();
        assert_eq!(edited, "one\ntwo\n");
        assert_eq!(edit_with("true", "").unwrap(), "");
    }

    #[test]
    fn the_file_is_the_owners_only_and_goes() {
        let told =
            edit_with("sh -c 'stat -c %a \"$0\" > \"$0.told\"; echo \"$0.told\" > \"$0\"'", "x");
        let told = told.unwrap();
        let told = Path::new(told.trim());
        assert_eq!(fs::read_to_string(told).unwrap().trim(), "600");
        fs::remove_file(told).unwrap();
        assert!(!told.with_extension("").exists());
    }

    #[test]
    fn what_fails_leaves_the_text_and_says_why() {
        for (editor, part) in [
            ("false", "ended with an error"),
            ("no-such-editor --wait", "could not be started"),
            ("vi 'unclosed", "is no command"),
            ("''", "could not be started"),
        ] {
            let error = edit_with(editor, "text").unwrap_err().to_string();
            assert!(error.contains(part), "{editor}: {error}");
            assert!(error.contains("text is as it was"), "{error}");
        }
    }

    #[test]
    fn what_can_not_be_read_is_kept_and_named() {
        let error = edit_with("sh -c 'printf \"\\377\" > \"$0\"'", "x").unwrap_err();
        let Unedited::NotRead { kept, why } = &error else { panic!("{error}") };
        assert!(why.contains("UTF-8"), "{why}");
        assert!(error.to_string().contains(kept.as_str()));
        assert_eq!(fs::read(kept).unwrap(), [0xff]);
        fs::remove_file(kept).unwrap();
    }
}
