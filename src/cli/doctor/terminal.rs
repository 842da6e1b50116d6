//! What the terminal can do, as far as it says so.
//!
//! Owns the variables that are read. Must not decide how inch draws: this only tells.

use std::{
    env,
    io::{IsTerminal as _, stdin, stdout},
};

use rustix::termios::tcgetwinsize;
use serde::Serialize;

use crate::store::exam::Finding;

/// The smallest screen that shows panes.
const SMALLEST: (u16, u16) = (40, 12);

/// What is known of the terminal.
#[derive(Debug, Serialize)]
pub struct Terminal {
    /// Both ends are one.
    pub interactive: bool,
    /// `TERM`.
    pub term: Option<String>,
    /// `COLORTERM`.
    pub colorterm: Option<String>,
    /// `NO_COLOR` is set.
    pub no_color: bool,
    /// Its width.
    pub columns: Option<u16>,
    /// Its height.
    pub rows: Option<u16>,
    /// The variable that says the character set, and what it says.
    pub locale: Option<String>,
    /// The character set is UTF-8.
    pub utf8: bool,
}

/// What a variable says; empty says nothing.
pub fn said(name: &str) -> Option<String> {
    let said = env::var_os(name).filter(|value| !value.is_empty())?;
    Some(said.to_string_lossy().into_owned())
}

impl Terminal {
    /// Looks at the variables and at standard output.
    pub fn look() -> Self {
        let size = tcgetwinsize(stdout()).ok().filter(|size| size.ws_col > 0);
        // The first of them that is set counts (locale(7)).
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(said);
        let lower = locale.as_deref().unwrap_or_default().to_lowercase();
        Self {
            interactive: stdin().is_terminal() && stdout().is_terminal(),
            term: said("TERM"),
            colorterm: said("COLORTERM"),
            no_color: said("NO_COLOR").is_some(),
            columns: size.map(|size| size.ws_col),
            rows: size.map(|size| size.ws_row),
            utf8: lower.contains("utf-8") || lower.contains("utf8"),
            locale,
        }
    }

    /// Nothing about a terminal is wrong with the data, so all of it is only to be known.
    pub fn findings(&self) -> Vec<Finding> {
        let term = self.term.as_deref().unwrap_or("not set");
        let mut found = vec![match (self.interactive, self.columns.zip(self.rows)) {
            (false, _) => Finding::note(
                "terminal",
                "the output is no terminal, so the app can't open here",
                None,
            ),
            (true, _) if matches!(term, "dumb" | "not set") => Finding::note(
                "terminal",
                format!("the app can't be shown here (TERM is {term})"),
                "Use another terminal for it; every other command works".to_owned(),
            ),
            (true, Some(size)) if size.0 < SMALLEST.0 || size.1 < SMALLEST.1 => Finding::note(
                "terminal",
                format!("it is small ({}×{})", size.0, size.1),
                format!("The panes need {}×{}", SMALLEST.0, SMALLEST.1),
            ),
            (true, size) => {
                let (columns, rows) = size.unwrap_or_default();
                let colours = self.colours(term);
                Finding::good("terminal", format!("{term}, {columns}×{rows}, {colours}"))
            }
        }];
        let locale = self.locale.as_deref().unwrap_or("not set");
        found.push(if self.utf8 {
            Finding::good("locale", locale)
        } else {
            Finding::note(
                "locale",
                format!("it is not UTF-8 ({locale}), so boxes may look odd"),
                "Set LANG=C.UTF-8, or glyphs = \"ascii\" in the config".to_owned(),
            )
        });
        found
    }

    fn colours(&self, term: &str) -> String {
        let many = self.colorterm.as_deref();
        match (self.no_color, many) {
            (true, _) => "no colours, as NO_COLOR asks".to_owned(),
            (false, Some(colorterm)) => format!("colours as COLORTERM says ({colorterm})"),
            (false, None) if term.contains("256") => "256 colours".to_owned(),
            (false, None) => "sixteen colours".to_owned(),
        }
    }
}
