//! What `assets/demo.toml` says; its comments explain every figure.
//!
//! Owns its form. Must not know how days are made of it.

use serde::Deserialize;

use crate::domain::{
    ids::TopicId,
    project::{Level, Status},
    schedule::Schedule,
};

/// All of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub habit: Vec<HabitStory>,
    pub topics: TopicStory,
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
    pub steps: Vec<Step>,
}

/// A status, so many days ago.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub status: Status,
    pub ago: i64,
}
