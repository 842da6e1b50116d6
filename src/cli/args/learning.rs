//! The arguments about topics and curriculum files.
//!
//! Owns what may be typed. Must not know what it does.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum CurriculumCommand {
    /// Tell every mistake of a curriculum file, with its line and the way out
    Check {
        /// The file
        file: PathBuf,
    },
    /// Print a commented start
    Template {
        /// A short one that is complete
        #[arg(long)]
        example: bool,
    },
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
