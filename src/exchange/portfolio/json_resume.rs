//! JSON Resume 1.0.0: projects, and areas with what is mastered as skills.
//!
//! Owns the names and forms of that schema. Must not know files.

use serde::Serialize;

use crate::domain::page::{Entry, Learned, Page};

const SCHEMA: &str =
    "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

#[derive(Serialize)]
struct Resume<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    basics: Basics<'a>,
    skills: Vec<Skill<'a>>,
    projects: Vec<Project<'a>>,
}

#[derive(Serialize)]
struct Basics<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
}

#[derive(Serialize)]
struct Skill<'a> {
    name: &'a str,
    level: String,
    keywords: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Project<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    highlights: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    start_date: String,
    /// Left out while it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<&'a str>,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// One JSON document; other tools may be handed it as it is.
pub(super) fn write(page: &Page) -> String {
    let resume = Resume {
        schema: SCHEMA,
        basics: Basics { name: &page.name, summary: page.summary() },
        skills: page.areas.iter().map(skill).collect(),
        projects: page.projects().map(project).collect(),
    };
    // Only a map whose keys are no text could fail, and there is none.
    let mut json = serde_json::to_string_pretty(&resume).unwrap_or_default();
    json.push('\n');
    json
}

fn skill(area: &Learned) -> Skill<'_> {
    let progress = area.progress;
    Skill {
        name: &area.title,
        level: format!("{} of {} topics mastered", progress.mastered, progress.counted),
        keywords: area.topics.iter().map(|topic| topic.title.as_str()).collect(),
    }
}

fn project(entry: &Entry) -> Project<'_> {
    let said = [&entry.result, &entry.explained].into_iter().filter(|text| !text.is_empty());
    Project {
        name: &entry.title,
        description: &entry.pitch,
        highlights: said.cloned().chain(entry.effort()).collect(),
        keywords: entry.topics.iter().map(String::as_str).collect(),
        start_date: entry.since.to_string(),
        end_date: entry.ended_on().map(|on| on.to_string()),
        url: entry.links.first().map(String::as_str),
        roles: Some(entry.role.as_str()).into_iter().filter(|role| !role.is_empty()).collect(),
        kind: entry.level.word(),
    }
}
