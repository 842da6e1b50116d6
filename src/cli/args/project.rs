//! The arguments about projects.
//!
//! Owns what may be typed. Must not know what it does.

use clap::{Args, Subcommand};

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
