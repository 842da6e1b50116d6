//! `project add`, `edit` and `list`.

use std::io::Write as _;

use serde::Serialize;

use super::{
    args::{ProjectCommand, ProjectFields},
    desk::{self, Desk},
    failure::Failure,
    find::Search,
    output::{Output, Role},
    table::{self, Side},
};
use crate::domain::{
    change::{Change, ProjectPatch},
    ids::{ProjectId, TopicId},
    project::{Level, Project, ProjectDraft, Status, StatusChange},
    text::{clip, shown},
};

#[derive(Serialize)]
struct Row<'a> {
    id: ProjectId,
    title: &'a str,
    level: Level,
    status: Status,
    pitch: &'a str,
    links: &'a [String],
    topics: &'a [TopicId],
    history: &'a [StatusChange],
}

/// Carries out one of them.
pub fn run(desk: &mut Desk, output: &mut Output, command: ProjectCommand) -> Result<(), Failure> {
    match command {
        ProjectCommand::Add { title, fields } => add(desk, output, title, fields),
        ProjectCommand::Edit { project, title, fields } => {
            edit(desk, output, &project, title, fields)
        }
        ProjectCommand::List { json } => list(desk, output, json),
    }
}

fn add(
    desk: &mut Desk,
    output: &mut Output,
    title: String,
    fields: ProjectFields,
) -> Result<(), Failure> {
    let project = ProjectId(desk.ids().next_uuid());
    desk.apply(&Change::ProjectAdd {
        project,
        draft: patch(desk, Some(title), fields)?.over(&ProjectDraft::default()),
        position: desk.workspace.next_project_position(),
        on: desk.today(),
    })?;
    said(desk, output, project, "Added")
}

fn edit(
    desk: &mut Desk,
    output: &mut Output,
    text: &str,
    title: Option<String>,
    fields: ProjectFields,
) -> Result<(), Failure> {
    let search = Search {
        what: "project",
        list: "inch project list",
        among: desk.workspace.projects.iter().collect(),
        id: |project: &Project| project.id.to_string(),
        name: |project| &project.draft.title,
        is_likely: |project| project.draft.status != Status::Dropped,
        is_terminal: desk::is_terminal(),
    };
    let project = search.find(text)?.id;
    let edit = patch(desk, title, fields)?;
    if edit == ProjectPatch::default() {
        return Err(Failure::usage(
            "it was not said what to change. Nothing was changed. `inch project edit --help` shows what can be",
        ));
    }
    let applied = desk.apply(&Change::ProjectEdit { project, edit, on: desk.today() })?;
    let what = if applied.seq.is_some() { "Changed" } else { "It is like that already" };
    said(desk, output, project, what)
}

/// What was given, and nothing else: two who edit at once must not undo each other.
fn patch(
    desk: &Desk,
    title: Option<String>,
    fields: ProjectFields,
) -> Result<ProjectPatch, Failure> {
    let ProjectFields { level, status, pitch, links, topics } = fields;
    let level = level.map(|text| {
        Level::parse(&text).ok_or_else(|| unknown("level", &text, &Level::ALL.map(Level::word)))
    });
    let status = status.map(|text| {
        Status::parse(&text).ok_or_else(|| unknown("status", &text, &Status::ALL.map(Status::word)))
    });
    let topics = given(topics).map(|topics| -> Result<_, Failure> {
        let (curriculum, mut found) = (desk.curriculum(), Vec::new());
        for text in &topics {
            let topic = &desk::topic(&curriculum, text)?.id;
            if !found.contains(topic) {
                found.push(topic.clone());
            }
        }
        Ok(found)
    });
    Ok(ProjectPatch {
        title,
        level: level.transpose()?,
        status: status.transpose()?,
        pitch,
        links: given(links),
        topics: topics.transpose()?,
        ..ProjectPatch::default()
    })
}

/// A list that was typed; `none` empties it.
fn given(texts: Vec<String>) -> Option<Vec<String>> {
    match texts.as_slice() {
        [] => None,
        [none] if none == "none" => Some(Vec::new()),
        _ => Some(texts),
    }
}

fn unknown(what: &str, text: &str, words: &[&str]) -> Failure {
    Failure::usage(format!(
        "'{}' is not a {what} of a project. Accepted: {}. Nothing was changed",
        clip(&shown(text), 60),
        words.join(", ")
    ))
}

fn said(desk: &Desk, output: &mut Output, id: ProjectId, what: &str) -> Result<(), Failure> {
    let draft = desk.workspace.project(id).map(|project| &project.draft);
    let line = draft.map_or_else(String::new, |draft| {
        let (level, status) = (draft.level.word(), draft.status.word());
        format!("{what}: {} · {level} · {status}", shown(&draft.title))
    });
    Ok(output.confirm(&line)?)
}

fn list(desk: &Desk, output: &mut Output, is_json: bool) -> Result<(), Failure> {
    let projects = &desk.workspace.projects;
    if is_json {
        let rows: Vec<_> = projects
            .iter()
            .map(|project| Row {
                id: project.id,
                title: &project.draft.title,
                level: project.draft.level,
                status: project.draft.status,
                pitch: &project.draft.pitch,
                links: &project.draft.links,
                topics: &project.draft.topics,
                history: &project.history,
            })
            .collect();
        return Ok(output.json(&rows)?);
    }
    let rows: Vec<_> = projects
        .iter()
        .map(|project| {
            [
                project.draft.level.word().to_owned(),
                project.draft.status.word().to_owned(),
                project.changed_on().map_or_else(String::new, |on| on.to_string()),
                shown(&project.draft.title).into_owned(),
                project.id.to_string(),
            ]
        })
        .collect();
    for (line, project) in table::lines([Side::Left; 5], &rows).iter().zip(projects) {
        let line = match project.draft.status {
            Status::Shipped | Status::Live => output.paint(Role::Done, line),
            Status::Dropped => output.paint(Role::Quiet, line),
            _ => line.into(),
        };
        writeln!(output, "{line}")?;
    }
    Ok(())
}
