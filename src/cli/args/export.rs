//! The arguments of `export`, and their help.
//!
//! Owns what may be typed. Must not know what is meant when not all of it is.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// What to write. If not given: the portfolio; everything with --format json; a report with
    /// --since or --until
    pub what: Option<Export>,
    /// How to write it; guessed from the ending of FILE if not given
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ExportFormat>,
    /// Where to write it; standard output if not given or -. Everything as csv goes into a folder
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// Whose portfolio it is; the config's name if not given
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Ideas in the portfolio, too
    #[arg(long)]
    pub all: bool,
    /// The report's first day; six days before the last if not given
    #[arg(long, value_name = "DATE", allow_negative_numbers = true)]
    pub since: Option<String>,
    /// The report's last day; today if not given
    #[arg(long, value_name = "DATE", allow_negative_numbers = true)]
    pub until: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Export {
    /// All that the file holds: json, to be imported again, or csv, a table each
    Everything,
    /// Projects and what you learned, for other people: markdown, html, json-resume or csv
    Portfolio,
    /// What a stretch of days came to: markdown
    Report,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Everything, whole; `inch import --from inch` reads it
    Json,
    /// For a spreadsheet: the projects, or everything as a folder of tables
    Csv,
    /// For a README or a note
    Markdown,
    /// One page that needs nothing else
    Html,
    /// For sites that read JSON Resume
    JsonResume,
}
