//! What `assets/demo.toml` says; its comments explain every figure.
//!
//! Owns its form. Must not know how days are made of it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{
    annotation::{OwnLink, Want},
    ids::TopicId,
    project::{Level, Source, Status, choice::Choice, scope::Prompt},
    schedule::Schedule,
};

/// All of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub goal: String,
    pub habit: Vec<HabitStory>,
    pub topics: TopicStory,
    pub beside: Vec<BesideStory>,
    pub project: Vec<ProjectStory>,
}

/// A habit and how it went.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HabitStory {
    pub name: String,
    pub anchor: String,
    pub behaviour: String,
    pub celebration: String,
    pub schedule: Schedule,
    pub topic: Option<TopicId>,
    pub begun: i64,
    pub archived: Option<i64>,
    pub rate: f64,
    pub rest: f64,
    pub streak: usize,
    pub now: usize,
    #[serde(default)]
    pub is_done_today: bool,
    pub notes: Vec<String>,
    #[serde(default)]
    pub recipes: Vec<RecipeStory>,
    pub sessions: Option<SessionStory>,
}

/// A later recipe; what is left out stays as it was.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipeStory {
    pub ago: i64,
    pub anchor: Option<String>,
    pub behaviour: Option<String>,
    pub celebration: Option<String>,
}

/// How often ticks went on as sessions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionStory {
    pub share: f64,
    pub minutes: usize,
}

/// Topics by state.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicStory {
    pub mastered: Vec<TopicId>,
    pub practising: Vec<TopicId>,
    pub learning: Vec<TopicId>,
    pub skipped: Vec<TopicId>,
}

/// What is written beside a topic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BesideStory {
    pub topic: TopicId,
    pub want: Option<Want>,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub links: Vec<OwnLink>,
    /// Places of the resources that were used.
    #[serde(default)]
    pub used: Vec<usize>,
    #[serde(default)]
    pub sentence: String,
    pub link: Option<String>,
}

/// A project and its way.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectStory {
    pub title: String,
    pub level: Level,
    pub pitch: String,
    #[serde(default)]
    pub links: Vec<String>,
    #[serde(default)]
    pub topics: Vec<TopicId>,
    #[serde(default)]
    pub result: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub explained: String,
    pub source: Option<Source>,
    #[serde(default)]
    pub employer: String,
    /// So many days ahead.
    pub drift_check_in: Option<i64>,
    #[serde(default)]
    pub choice: Choice,
    #[serde(default)]
    pub scope: BTreeMap<Prompt, String>,
    #[serde(default)]
    pub minutes: usize,
    pub steps: Vec<Step>,
}

/// A status, so many days ago.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub status: Status,
    pub ago: i64,
}
