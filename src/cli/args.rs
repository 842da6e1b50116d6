//! The arguments, and their help.
//!
//! Owns what may be typed. Must not know what it does.

mod care;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use self::care::{BackupArgs, DoctorArgs, RestoreArgs};
use crate::domain::habit::SECONDS;

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
    Backup(BackupArgs),
    /// Put a backup in the place of the data file, which is kept
    Restore(RestoreArgs),
    /// Look whether everything is in order, and say what to do where it is not
    Doctor(DoctorArgs),
    /// Print the effective config with comments
    Config,
}

#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// Tick a habit; without HABIT the first unfinished one
    Done(DoneArgs),
    /// Mark a rest day; without HABIT for the first unfinished one
    Rest(MarkArgs),
    /// Remove a day's mark; its note stays
    Clear(MarkArgs),
    /// Take back the newest change
    Undo,
    /// Make the change again that was taken back last
    Redo,
    /// Show what today asks for
    Status(StatusArgs),
    /// Show the dated history, newest last
    Log(LogArgs),
    /// Show streaks, strength, rates and lifetime ticks
    Stats(StatsArgs),
    /// Add, edit, archive and list habits
    #[command(subcommand)]
    Habit(HabitCommand),
    /// List the topics of the curriculum and set how far you are
    #[command(subcommand)]
    Topic(TopicCommand),
    /// Add, edit and list projects
    #[command(subcommand)]
    Project(ProjectCommand),
    /// Bring in another program's history: all of it or nothing
    Import(ImportArgs),
    /// Write the portfolio as a page or a file for others
    Export(ExportArgs),
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

#[derive(Debug, Subcommand)]
pub enum TopicCommand {
    /// List topics
    List(TopicListArgs),
    /// Set how far you are with a topic
    Set {
        /// Its slug, its title, or the beginning of its title
        topic: String,
        /// not-started, learning, practising, mastered or skipped
        state: String,
    },
}

#[derive(Debug, Args)]
pub struct TopicListArgs {
    /// Only those in this state
    #[arg(long, value_name = "S")]
    pub state: Option<String>,
    /// Only those of this area
    #[arg(long, value_name = "A")]
    pub area: Option<String>,
    /// Only those whose prerequisites are all mastered or skipped
    #[arg(long)]
    pub ready: bool,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum ProjectCommand {
    /// Add a project
    Add {
        /// What it is called
        title: String,
        #[command(flatten)]
        fields: Box<ProjectFields>,
    },
    /// Change a project
    Edit {
        /// Its id, its title, or the beginning of its title
        project: String,
        /// Another title
        #[arg(long, value_name = "TITLE")]
        title: Option<String>,
        #[command(flatten)]
        fields: Box<ProjectFields>,
    },
    /// List projects by level
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub struct ProjectFields {
    /// educational, personal, valuable or larger
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<String>,
    /// idea, scoped, building, shipped, live or dropped
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// What it is, and for whom
    #[arg(long, value_name = "TEXT")]
    pub pitch: Option<String>,
    /// A web address; may be given again, the best first; none removes all
    #[arg(long = "link", value_name = "URL")]
    pub links: Vec<String>,
    /// A topic that it proves; may be given again; none removes all
    #[arg(long = "topic", value_name = "TOPIC")]
    pub topics: Vec<String>,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    pub result: Option<String>,
    /// What you did in it
    #[arg(long, value_name = "TEXT")]
    pub role: Option<String>,
    /// How you would explain it to somebody outside of the field
    #[arg(long, value_name = "TEXT")]
    pub explained: Option<String>,
    /// Where the idea comes from: join, reading, area, side or none
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// What a side project means for your employer
    #[arg(long, value_name = "TEXT")]
    pub employer: Option<String>,
    /// The day to look at a live one for drift, or none
    #[arg(long, value_name = "DATE|none", allow_negative_numbers = true)]
    pub drift_check: Option<String>,
    /// How much it makes you grow, 1 to 5
    #[arg(long, value_name = "N")]
    pub growth: Option<u8>,
    /// Whether there are people to do or discuss it with, 1 to 5
    #[arg(long, value_name = "N")]
    pub people: Option<u8>,
    /// Whether it is a stepping stone to larger ones, 1 to 5
    #[arg(long, value_name = "N")]
    pub stepping_stone: Option<u8>,
    /// Whether it is good for people: yes or no
    #[arg(long, value_name = "yes|no")]
    pub good: Option<String>,
    /// How many days building it would take
    #[arg(long, value_name = "DAYS")]
    pub estimate: Option<u16>,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file
    pub file: PathBuf,
    /// What wrote it
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub from: Format,
    /// Show the plan and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// `habit,date,mark[,note]`
    Csv,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// What to write; guessed from the ending of FILE if not given, else markdown
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ExportFormat>,
    /// Where to write it; standard output if not given or -
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// Whose portfolio it is; the config's name if not given
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Ideas, too
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// For a README or a note
    Markdown,
    /// One page that needs nothing else
    Html,
    /// For sites that read JSON Resume
    JsonResume,
    /// A row per project, for a spreadsheet
    Csv,
}
