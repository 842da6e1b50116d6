//! JSON of others: how deep it may be, and where it stopped being what it should be.
//!
//! Owns both; `words` owns how it is told. Must not know what is written in it.

mod words;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::{ImportError, reading::reported};

/// How deep lists and objects may stand in one another.
const NESTING: usize = 32;

/// Refuses what is nested deeper than anybody writes it.
pub fn check_nesting(text: &str, file: &str) -> Result<(), ImportError> {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            _ if is_text => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING {
            let what = format!("is nested deeper than {NESTING} levels");
            return Err(ImportError::data(file, what, "Check that it is the right file"));
        }
    }
    Ok(())
}

/// Reads all of it; `what` says how that fails, as in "is not a list".
pub fn read<T: DeserializeOwned>(text: &str, what: &str, file: &str) -> Result<T, ImportError> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let said = error.to_string();
        let said = said.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&said);
        let what =
            format!("{what}: line {line}, column {column}: {}", reported(&words::plain(said)));
        let next = match error.classify() {
            Category::Eof => "It ends too early; copy or export it again",
            _ => "Mend that place, or name the right file, and import again",
        };
        ImportError::data(file, what, next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_brackets_count_as_depth() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(check_nesting(&deep(NESTING), "a").is_ok());
        assert!(check_nesting(&deep(NESTING + 1), "a").is_err());
        assert!(check_nesting(&format!("[\"{}\\\"{}\"]", deep(99), deep(99)), "a").is_ok());
        assert!(check_nesting(&"[".repeat(1_000_000), "a").is_err());
        assert!(check_nesting(&"]".repeat(99), "a").is_ok());
    }
}
