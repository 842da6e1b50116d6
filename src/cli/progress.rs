//! One line that says what is being done while it takes long, and draws how far it has come.
//!
//! Owns that line: on standard error, on a terminal only, and gone afterwards. Must not know what is
//! being done.

use std::io::{self, IsTerminal as _, Write as _};

/// The line. It goes when this is dropped.
pub struct Progress {
    is_shown: bool,
    is_ascii: bool,
}

/// How many columns the whole is drawn in.
const COLUMNS: u32 = 20;

impl Progress {
    /// Nothing is shown yet; nothing ever is where nobody looks or wants to.
    pub fn new(is_quiet: bool, is_ascii: bool) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { is_shown: !is_quiet && !is_dumb && io::stderr().is_terminal(), is_ascii }
    }

    /// Says it in place of what was said before; `what` is safe to print.
    pub fn say(&self, what: &str) {
        self.put(what);
    }

    /// Says it, and draws the share that is done, from 0 to 1.
    pub fn draw(&self, what: &str, share: f64) {
        self.put(&format!("{what} {}", bar(share, self.is_ascii)));
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.put("");
    }

    fn put(&self, what: &str) {
        if self.is_shown {
            let mut stderr = io::stderr();
            // It only tells how it goes: that it can't be told is no failure.
            let _ = write!(stderr, "\r\u{1b}[K{what}").and_then(|()| stderr.flush());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

fn bar(share: f64, is_ascii: bool) -> String {
    let (full, empty) = if is_ascii { ('#', '.') } else { ('█', '░') };
    let is_done = |column: u32| f64::from(column) < share * f64::from(COLUMNS);
    let drawn: String =
        (0..COLUMNS).map(|column| if is_done(column) { full } else { empty }).collect();
    format!("{drawn} {:.0} %", (share * 100.0).floor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_grows_with_the_share_and_says_it() {
        assert_eq!(bar(0.0, false), "░░░░░░░░░░░░░░░░░░░░ 0 %");
        assert_eq!(bar(0.499, false), "██████████░░░░░░░░░░ 49 %");
        assert_eq!(bar(1.0, true), "#################### 100 %");
    }
}
