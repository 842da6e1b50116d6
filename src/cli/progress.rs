//! One line that says what is being done while it takes long.
//!
//! Owns that line: on standard error, on a terminal only, and gone afterwards. Must not know what is
//! being done.

use std::io::{self, IsTerminal as _, Write as _};

/// The line. It goes when this is dropped.
pub struct Progress {
    is_shown: bool,
}

impl Progress {
    /// Nothing is shown yet; nothing ever is where nobody looks or wants to.
    pub fn new(is_quiet: bool) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { is_shown: !is_quiet && !is_dumb && io::stderr().is_terminal() }
    }

    /// Says it in place of what was said before; `what` is safe to print.
    pub fn say(&self, what: &str) {
        self.put(what);
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
