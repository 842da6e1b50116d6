//! The one sanitizer: what text may be stored, and how stored text reaches a screen.
//!
//! Owns the limits of data.md on names, notes and links, and the rule that stored text is data.
//! Must not know who shows it. Stored text may come from other programs and other machines, so
//! it is made safe when it is shown, not only checked when it is typed.

use std::{borrow::Cow, fmt::Display, path::Path};

use thiserror::Error;
use unicode_segmentation::UnicodeSegmentation;
use url::Url;

/// A name's longest form in graphemes.
pub const NAME_GRAPHEMES: usize = 200;
/// A name's longest form in bytes.
pub const NAME_BYTES: usize = 1024;
/// Combining marks on one base character.
pub const NAME_MARKS: usize = 8;
/// A note's longest form in bytes.
pub const NOTE_BYTES: usize = 16 * 1024;
/// A description's longest form in bytes.
pub const DESCRIPTION_BYTES: usize = 64 * 1024;
/// A link's longest form in bytes.
pub const LINK_BYTES: usize = 2048;

/// Why a text can't be stored.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing but spaces.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// Over a limit.
    #[error("{what} has {found} {unit}; at most {limit} are kept")]
    TooLong {
        /// Which text.
        what: &'static str,
        /// How long it is.
        found: usize,
        /// How long it may be.
        limit: usize,
        /// Graphemes, bytes or marks.
        unit: &'static str,
    },
    /// A control character or a character that reorders or hides text.
    #[error("{what} has the character {found} at place {place}, which could garble a terminal")]
    Unsafe {
        /// Which text.
        what: &'static str,
        /// The character as `U+001B`.
        found: String,
        /// Its place, counted in characters from 1.
        place: usize,
    },
    /// Not an address that inch opens.
    #[error(
        "'{0}' is not a link. Accepted: an http or https address without a password, up to 2,048 bytes"
    )]
    Link(String),
}

impl TextError {
    /// What to do about it, as the end of a sentence.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::Empty(_) => "give it 1 to 200 characters",
            Self::TooLong { .. } => "shorten it",
            Self::Unsafe { .. } => "take that character out",
            Self::Link(_) => "mend it",
        }
    }
}

/// Characters that a terminal or a reader could take for something else than text: controls,
/// overrides of direction, and characters without width.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Joiners and selectors that ordinary text may contain (emoji, Persian, Hindi): stored, not shown.
fn is_quiet(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{00ad}')
}

fn is_combining(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0) && !is_unsafe(c)
}

fn refuse_unsafe(
    what: &'static str,
    text: &str,
    is_allowed: impl Fn(char) -> bool,
) -> Result<(), TextError> {
    let found =
        text.chars().enumerate().find(|(_, c)| is_unsafe(*c) && !is_quiet(*c) && !is_allowed(*c));
    found.map_or(Ok(()), |(at, c)| {
        Err(TextError::Unsafe { what, found: format!("U+{:04X}", u32::from(c)), place: at + 1 })
    })
}

fn refuse_long(
    what: &'static str,
    found: usize,
    limit: usize,
    unit: &'static str,
) -> Result<(), TextError> {
    if found > limit { Err(TextError::TooLong { what, found, limit, unit }) } else { Ok(()) }
}

/// Checks one line of text that may be empty (an anchor, say) and trims it.
pub fn line(what: &'static str, text: &str) -> Result<String, TextError> {
    let text = text.trim();
    refuse_long(what, text.len(), NAME_BYTES, "bytes")?;
    refuse_long(what, text.graphemes(true).count(), NAME_GRAPHEMES, "characters")?;
    refuse_unsafe(what, text, |_| false)?;
    let mut marks = 0;
    let towers = text.chars().map(|c| {
        marks = if is_combining(c) { marks + 1 } else { 0 };
        marks
    });
    refuse_long(what, towers.max().unwrap_or(0), NAME_MARKS, "marks on one character")?;
    Ok(text.to_owned())
}

/// Checks a name: a line that is not empty.
pub fn name(what: &'static str, text: &str) -> Result<String, TextError> {
    let text = line(what, text)?;
    if text.is_empty() { Err(TextError::Empty(what)) } else { Ok(text) }
}

/// Checks text of several lines; line ends and tabs are fine. `limit` is in bytes.
pub fn lines(what: &'static str, text: &str, limit: usize) -> Result<String, TextError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    refuse_long(what, text.len(), limit, "bytes")?;
    refuse_unsafe(what, &text, |c| matches!(c, '\n' | '\t'))?;
    Ok(text)
}

/// Checks an address: http or https, a host, no user or password, no hidden characters.
pub fn link(text: &str) -> Result<String, TextError> {
    let text = text.trim();
    let wrong = || TextError::Link(clip(&shown(text), 60));
    if text.len() > LINK_BYTES || text.chars().any(|c| is_unsafe(c) || c.is_whitespace()) {
        return Err(wrong());
    }
    let url = Url::parse(text).map_err(|_| wrong())?;
    let is_open = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some()
        && url.username().is_empty()
        && url.password().is_none();
    if is_open { Ok(text.to_owned()) } else { Err(wrong()) }
}

/// The host of a checked link without a leading `www.`, as it is shown before opening it.
pub fn host(link: &str) -> String {
    let host = Url::parse(link).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.map_or_else(String::new, |host| host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// A path as messages have it: whole, and safe to print.
pub fn path(path: &Path) -> String {
    shown(&path.to_string_lossy()).into_owned()
}

/// One line of stored text, safe to print: controls become visible, tricks of direction and
/// characters without width go, and towers of combining marks are cut.
pub fn shown(text: &str) -> Cow<'_, str> {
    shown_where(text, |_| false)
}

/// Text in a field while it is edited: as [`shown`], but with what may be stored and is not shown,
/// so that editing one word takes nothing from another. Line ends and tabs stay where `is_lines`.
pub fn typed(text: &str, is_lines: bool) -> Cow<'_, str> {
    shown_where(text, |c| is_quiet(c) || is_lines && matches!(c, '\n' | '\t'))
}

/// Several lines of stored text, safe to print; line ends stay.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    shown_where(text, |c| c == '\n')
}

fn shown_where(text: &str, is_kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.is_ascii() && text.chars().all(|c| !c.is_control() || is_kept(c)) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        marks = if is_combining(c) { marks + 1 } else { 0 };
        match c {
            _ if is_kept(c) => safe.push(c),
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => safe.push(' '),
            '\0'..='\u{1f}' => safe.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => safe.push('\u{2421}'),
            _ if c.is_control() => safe.push('\u{fffd}'),
            _ if is_unsafe(c) || marks > NAME_MARKS => {}
            _ => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// JSON in which characters that could garble a terminal are written as `\uXXXX`: they stand in
/// strings only, where that means the same.
pub fn escaped_json(json: &str) -> Cow<'_, str> {
    let is_odd = |c: char| {
        let mut bytes = [0; 4];
        let c: &str = c.encode_utf8(&mut bytes);
        // A line end in a string is escaped already: this one parts lines of the document.
        c != "\n" && shown(c) != c
    };
    if !json.chars().any(is_odd) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_odd(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let digits = [12, 8, 4, 0].map(|shift| u32::from(*unit >> shift & 0xf));
                safe.push_str("\\u");
                safe.extend(digits.into_iter().filter_map(|digit| char::from_digit(digit, 16)));
            }
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// What the system said, as the middle of a sentence and without the number that Rust adds to it.
pub fn reason(error: &impl Display) -> String {
    let text = error.to_string();
    let text = text.split(" (os error ").next().unwrap_or_default();
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    first.chain(chars).collect()
}

/// A name as it is compared where upper and lower case are the same.
pub fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// The text cut to `graphemes`, with an ellipsis where something went.
pub fn clip(text: &str, graphemes: usize) -> String {
    if text.graphemes(true).count() <= graphemes {
        return text.to_owned();
    }
    let mut cut: String = text.graphemes(true).take(graphemes.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// A whole number with its thousands set apart.
pub fn grouped(number: impl Into<u64>) -> String {
    let digits = number.into().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How many of something whose plural has an s.
pub fn counted(count: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(count as u64), if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_limits_and_no_controls() {
        assert_eq!(name("name", "  Read  ").unwrap(), "Read");
        assert!(matches!(name("name", " "), Err(TextError::Empty(_))));
        assert!(matches!(
            name("name", &"x".repeat(201)),
            Err(TextError::TooLong { limit: 200, .. })
        ));
        assert!(matches!(name("name", &"x".repeat(10_000)), Err(TextError::TooLong { .. })));
        assert!(matches!(name("name", "a\u{1b}[31m"), Err(TextError::Unsafe { place: 2, .. })));
        assert!(matches!(name("name", "a\u{202e}b"), Err(TextError::Unsafe { .. })));
        let tower = format!("e{}", "\u{301}".repeat(9));
        assert!(matches!(name("name", &tower), Err(TextError::TooLong { limit: 8, .. })));
        assert!(name("name", "日本語 👩‍💻 é").is_ok());
    }

    #[test]
    fn what_the_system_said_has_no_number() {
        assert_eq!(reason(&"Is a directory (os error 21)"), "is a directory");
        assert_eq!(reason(&"Élan vital"), "élan vital");
        assert_eq!(reason(&""), "");
    }

    #[test]
    fn links_are_web_addresses_without_secrets() {
        for good in ["https://a.org/x?y=1#z", "http://localhost:8080/"] {
            assert_eq!(link(good).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "ftp://a.org",
            "javascript:alert(1)",
            "https://u:p@a.org",
            "https://u@a.org",
            "a.org",
            "https://a.org/ b",
            "https://",
            "https://a.org/\u{202e}",
        ] {
            assert!(link(bad).is_err(), "{bad}");
        }
        assert!(link(&format!("https://a.org/{}", "x".repeat(LINK_BYTES))).is_err());
        assert_eq!(host("https://www.deeplearningbook.org/a"), "deeplearningbook.org");
    }

    #[test]
    fn what_is_shown_has_no_controls_and_no_tricks() {
        assert_eq!(shown("plain"), "plain");
        assert_eq!(shown("a\u{1b}[2Jb\u{7f}\u{9b}c\n\td"), "a\u{241b}[2Jb\u{2421}\u{fffd}c  d");
        assert_eq!(shown("ab\u{202e}cd\u{200b}\u{feff}e\u{200d}"), "abcde");
        assert_eq!(shown(&format!("e{}", "\u{301}".repeat(30))).chars().count(), 9);
        assert_eq!(shown_lines("a\nb\u{7}"), "a\nb\u{2407}");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0_u64, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [0, 1, 1_000].map(|count| counted(count, "day")),
            ["0 days", "1 day", "1,000 days"]
        );
    }

    #[test]
    fn json_is_safe_to_print_and_reads_back_exactly() {
        let name = "a\u{1b}b\u{7f}\u{202e}c\u{200d}\u{e0001}日é";
        let json = serde_json::to_string(name).unwrap();
        let safe = escaped_json(&json);
        assert_eq!(shown(&safe), safe);
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), name);
        assert!(safe.contains("日é"));
    }
}
