//! Where commands print: one buffered writer that knows colours, glyphs and silence.
//!
//! Owns when to colour. Must not know what is printed.

use std::{
    borrow::Cow,
    io::{self, BufWriter, ErrorKind, IsTerminal as _, Stdout, Write},
    path::PathBuf,
};

use serde::Serialize;

use super::{
    args::{Color, Global},
    failure::Failure,
};
use crate::{
    config::Glyphs,
    domain::{figures::Ask, habit::Mark, text},
    store,
};

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is done.
    Done,
    /// It waits to be done.
    Due,
    /// Beside the point just now.
    Quiet,
}

/// Standard output.
pub struct Output {
    writer: BufWriter<Stdout>,
    /// Whether [`Self::paint`] colours.
    pub has_color: bool,
    is_quiet: bool,
    glyphs: Glyphs,
    /// The data file that was named in the arguments.
    named: Option<PathBuf>,
}

impl Output {
    /// Looks at the arguments, the environment and the terminal once.
    pub fn new(global: &Global) -> Self {
        let stdout = io::stdout();
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let has_color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                stdout.is_terminal()
                    && !is_set("NO_COLOR")
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        Self {
            writer: BufWriter::new(stdout),
            has_color,
            is_quiet: global.quiet,
            glyphs: Glyphs::default(),
            named: global.db.clone(),
        }
    }

    /// What people are told, with the commands in it aimed at the file that was named: they will be
    /// pasted as they stand.
    pub fn aimed<'a>(&self, told: &'a str) -> Cow<'a, str> {
        const COMMAND: &str = "`inch ";
        let Some(named) = &self.named else { return Cow::Borrowed(told) };
        let aim = format!("--db {} ", store::quoted(named));
        let mut parts = told.split(COMMAND);
        let mut aimed = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            // One that is about another file says so itself.
            let aim = if part.starts_with("--db ") { "" } else { &aim };
            aimed.extend([COMMAND, aim, part]);
        }
        Cow::Owned(aimed)
    }

    /// Chooses between Unicode and ASCII.
    pub fn set_glyphs(&mut self, glyphs: Glyphs) {
        self.glyphs = glyphs;
    }

    /// Prints a line that only confirms; `--quiet` leaves it out.
    pub fn confirm(&mut self, line: &str) -> io::Result<()> {
        if self.is_quiet {
            return Ok(());
        }
        writeln!(self, "{line}")
    }

    /// Confirms what is done by now: where that can't be told, the failure to tell says so.
    pub fn acknowledge(&mut self, line: &str) -> Result<(), Failure> {
        let told = self.confirm(line).and_then(|()| self.flush());
        told.map_err(|error| Failure::from(error).once_saved())
    }

    /// One line of JSON. Characters that could garble a terminal are written as `\uXXXX`, so that
    /// programs read exactly what is stored.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let json = serde_json::to_string(value)?;
        writeln!(self, "{}", text::escaped_json(&json))
    }

    /// The text in the colour of a role, or as it is.
    pub fn paint<'a>(&self, role: Role, text: &'a str) -> Cow<'a, str> {
        if !self.has_color {
            return Cow::Borrowed(text);
        }
        let code = match role {
            Role::Done => 32,
            Role::Due => 33,
            Role::Quiet => 90,
        };
        Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }

    /// One column for a mark.
    pub fn mark(&self, mark: Option<Mark>) -> &'static str {
        match (mark, self.glyphs) {
            (Some(Mark::Done), Glyphs::Unicode) => "✓",
            (Some(Mark::Done), Glyphs::Ascii) => "x",
            (Some(Mark::Rest), Glyphs::Unicode) => "–",
            (Some(Mark::Rest), Glyphs::Ascii) => "-",
            (None, Glyphs::Unicode) => "·",
            (None, Glyphs::Ascii) => ".",
        }
    }

    /// One column for what a day asks, and its role.
    pub fn box_of(&self, ask: &Ask) -> (&'static str, Role) {
        match (ask.mark, ask.is_due) {
            (Some(Mark::Done), _) => (self.mark(ask.mark), Role::Done),
            (None, true) if self.glyphs == Glyphs::Unicode => ("○", Role::Due),
            (None, true) => ("o", Role::Due),
            _ => (self.mark(ask.mark), Role::Quiet),
        }
    }

    /// Whether no confirmations are wanted.
    pub fn is_quiet(&self) -> bool {
        self.is_quiet
    }

    /// Whether anything but ASCII may be drawn.
    pub fn is_ascii(&self) -> bool {
        self.glyphs == Glyphs::Ascii
    }
}

/// Lets a command go on that has more to do than to tell: a reader that went away wanted no more of
/// the telling.
pub fn read_or_not(told: io::Result<()>) -> io::Result<()> {
    told.or_else(|error| match error.kind() {
        ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })
}

/// Says something that is not the answer: it goes to standard error.
pub fn warn(message: &str) {
    // Nobody is left to tell when that is closed.
    let _ = writeln!(io::stderr(), "inch: {}", text::shown_lines(message));
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
