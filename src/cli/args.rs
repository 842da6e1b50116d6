//! The arguments, and their help.
//!
//! Owns what may be typed. Must not know what it does.

mod care;
mod export;
mod later;
mod learning;
mod project;

use std::{ffi::OsString, path::PathBuf};

use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser},
};

pub use self::{
    care::{BackupArgs, DoctorArgs, RestoreArgs},
    export::{Export, ExportArgs, ExportFormat},
    later::Later,
    learning::{CurriculumCommand, TopicCommand, TopicListArgs},
    project::{ProjectCommand, ProjectFields},
};
use crate::{
    domain::habit::SECONDS,
    exchange::{FORMATS, Format},
};

/// A career in AI, a little every day: tiny habits, a skill roadmap and a portfolio.
///
/// Without a command, inch opens its screen.
#[derive(Debug, Parser)]
#[command(
    name = "inch",
    version,
    after_help = "HABIT is an id, a name, or the beginning of a name. DATE is YYYY-MM-DD, today, yesterday, or -N for N days ago."
)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    // clap's own reading of the environment takes an empty variable for an empty name.
    /// The data file; the variable `INCH_DB` may name it, too
    #[arg(long, global = true, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// The config file; the variable `INCH_CONFIG` may name it, too
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Pretend it is that day
    #[arg(long, global = true, value_name = "DATE", allow_negative_numbers = true)]
    pub today: Option<String>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Print no confirmations
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the screen on a made-up year in a throwaway file
    Demo,
    /// On the person's own data
    #[command(flatten)]
    Data(DataCommand),
    /// Make a checked copy of the data file
    Backup(Later<BackupArgs>),
    /// Put a backup in the place of the data file, which is kept
    Restore(Later<RestoreArgs>),
    /// Look whether everything is in order, and say what to do where it is not
    Doctor(Later<DoctorArgs>),
    /// Print the effective config with comments
    Config,
    /// Check a curriculum file of your own, or print a start of one
    #[command(subcommand)]
    Curriculum(Later<CurriculumCommand>),
    /// Print the script that completes commands and names in a shell
    Completions {
        /// Which one
        shell: Shell,
    },
    /// Print the manual page; `inch man | man -l -` shows it
    Man,
    /// For the scripts of `completions`
    #[command(hide = true)]
    Complete(Later<CompleteArgs>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
}

#[derive(Debug, Args)]
pub struct CompleteArgs {
    /// Which of the words is being typed, counted from 0
    pub place: usize,
    /// The line as far as it is typed
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub words: Vec<OsString>,
}

#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// Tick a habit; without HABIT the first unfinished one
    Done(Later<DoneArgs>),
    /// Mark a rest day; without HABIT for the first unfinished one
    Rest(Later<MarkArgs>),
    /// Remove a day's mark; its note stays
    Clear(Later<MarkArgs>),
    /// Take back the newest change
    Undo,
    /// Make the change again that was taken back last
    Redo,
    /// Show what today asks for
    Status(Later<StatusArgs>),
    /// Show the dated history, newest last
    Log(Later<LogArgs>),
    /// Show streaks, strength, rates and lifetime ticks
    Stats(Later<StatsArgs>),
    /// Add, edit, archive and list habits
    #[command(subcommand)]
    Habit(Later<HabitCommand>),
    /// List the topics of the curriculum and set how far you are
    #[command(subcommand)]
    Topic(Later<TopicCommand>),
    /// Add, edit and list projects
    #[command(subcommand)]
    Project(Later<ProjectCommand>),
    /// Bring in another program's history: all of it or nothing
    Import(Later<ImportArgs>),
    /// Write everything, the portfolio for others, or a report of some days
    Export(Later<ExportArgs>),
}

#[derive(Debug, Args)]
pub struct DoneArgs {
    /// Its id, its name, or the beginning of its name
    pub habit: Option<String>,
    /// The day; today if not given
    #[arg(long, value_name = "DATE", allow_negative_numbers = true)]
    pub on: Option<String>,
    /// A note for the day
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct MarkArgs {
    /// Its id, its name, or the beginning of its name
    pub habit: Option<String>,
    /// The day; today if not given
    #[arg(long, value_name = "DATE", allow_negative_numbers = true)]
    pub on: Option<String>,
}

#[derive(Debug, Args)]
pub struct StatusArgs {
    /// As JSON
    #[arg(long, conflicts_with = "prompt")]
    pub json: bool,
    /// One short segment for a shell prompt or a status bar
    #[arg(long)]
    pub prompt: bool,
}

#[derive(Debug, Args)]
pub struct LogArgs {
    /// Only this habit
    pub habit: Option<String>,
    /// From this day on
    #[arg(long, value_name = "DATE", allow_negative_numbers = true)]
    pub since: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct StatsArgs {
    /// Only this habit
    pub habit: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum HabitCommand {
    /// Add a habit
    Add(HabitAddArgs),
    /// Change a habit; a new schedule or recipe holds from today unless --from names another day
    Edit(HabitEditArgs),
    /// Put a habit away; its history stays
    Archive {
        /// Its id, its name, or the beginning of its name
        habit: String,
    },
    /// Bring a habit back from the archive
    Unarchive {
        /// Its id, its name, or the beginning of its name
        habit: String,
    },
    /// List the habits in their order
    List {
        /// Archived ones too
        #[arg(long)]
        archived: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub struct HabitAddArgs {
    /// What it is called
    pub name: String,
    /// After I … (what already happens every day)
    #[arg(long, value_name = "TEXT")]
    pub anchor: Option<String>,
    /// I will … (the tiny thing)
    #[arg(long, value_name = "TEXT")]
    pub behaviour: Option<String>,
    /// Then … (how you celebrate)
    #[arg(long, value_name = "TEXT")]
    pub celebration: Option<String>,
    /// daily, mon,wed,fri, 3/week or "every 4 days"
    #[arg(long, value_name = "S", default_value = "daily")]
    pub schedule: String,
    /// The day it begins; today if not given
    #[arg(long, value_name = "DATE", allow_negative_numbers = true)]
    pub from: Option<String>,
    /// The topic of the curriculum that it is for
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
    /// How many seconds its timer runs, 5 to 120
    #[arg(long, value_name = "N", default_value_t = SECONDS)]
    pub seconds: u8,
}

#[derive(Debug, Args)]
pub struct HabitEditArgs {
    /// Its id, its name, or the beginning of its name
    pub habit: String,
    /// Another name
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// After I … (what already happens every day)
    #[arg(long, value_name = "TEXT")]
    pub anchor: Option<String>,
    /// I will … (the tiny thing)
    #[arg(long, value_name = "TEXT")]
    pub behaviour: Option<String>,
    /// Then … (how you celebrate)
    #[arg(long, value_name = "TEXT")]
    pub celebration: Option<String>,
    /// daily, mon,wed,fri, 3/week or "every 4 days"
    #[arg(long, value_name = "S")]
    pub schedule: Option<String>,
    /// The day from which the new schedule or recipe holds; today if not given
    #[arg(long, value_name = "DATE", allow_negative_numbers = true)]
    pub from: Option<String>,
    /// The topic of the curriculum that it is for, or none
    #[arg(long, value_name = "TOPIC|none")]
    pub topic: Option<String>,
    /// How many seconds its timer runs, 5 to 120
    #[arg(long, value_name = "N")]
    pub seconds: Option<u8>,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file, or the folder where the program keeps several; - is standard input
    pub file: PathBuf,
    /// What wrote it; guessed if not given
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub from: Option<String>,
    /// Show the plan and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Leave bad lines out, and list them
    #[arg(long)]
    pub skip_bad: bool,
}

/// The formats that can be imported.
fn formats() -> PossibleValuesParser {
    let value = |format: &Format| PossibleValue::new(format.name).help(format.takes);
    PossibleValuesParser::new(FORMATS.iter().map(value))
}
