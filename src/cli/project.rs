//! `project add`, `edit` and `list`.

use std::io::Write as _;

use chrono::NaiveDate;
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
    project::{
        Level, Project, ProjectDraft, Source, Status, StatusChange, calendar,
        choice::{Approach, Choice},
        scope::Scope,
    },
    session::{Studied, Subject, duration},
    text::{clip, shown},
};

/// A project with every field, whether anything was said there or not.
#[derive(Serialize)]
struct Row<'a> {
    id: ProjectId,
    title: &'a str,
    level: Level,
    status: Status,
    pitch: &'a str,
    result: &'a str,
    role: &'a str,
    explained: &'a str,
    links: &'a [String],
    topics: &'a [TopicId],
    source: Option<Source>,
    employer: &'a str,
    drift_check_on: Option<NaiveDate>,
    choice: Weighed<'a>,
    scope: &'a Scope,
    history: &'a [StatusChange],
    seconds: u64,
    sessions: u32,
}

/// How it was chosen; `null` is what was not said.
#[derive(Serialize)]
struct Weighed<'a> {
    growth: Option<u8>,
    people: Option<u8>,
    stepping_stone: Option<u8>,
    good: Option<bool>,
    estimate_days: Option<u16>,
    answers: [Option<bool>; 4],
    approach: Option<Approach>,
    reason: &'a str,
}

impl<'a> Row<'a> {
    fn of(project: &'a Project, studied: &Studied) -> Self {
        let Project { id, draft, history, scope, .. } = project;
        let choice = &draft.choice;
        Self {
            id: *id,
            title: &draft.title,
            level: draft.level,
            status: draft.status,
            pitch: &draft.pitch,
            result: &draft.result,
            role: &draft.role,
            explained: &draft.explained,
            links: &draft.links,
            topics: &draft.topics,
            source: draft.source,
            employer: &draft.employer,
            drift_check_on: draft.drift_check_on,
            choice: Weighed {
                growth: choice.growth,
                people: choice.people,
                stepping_stone: choice.stepping_stone,
                good: choice.is_good,
                estimate_days: choice.estimate_days,
                answers: choice.answers,
                approach: choice.approach,
                reason: &choice.reason,
            },
            scope,
            history,
            seconds: studied.seconds,
            sessions: studied.sessions,
        }
    }
}

/// Carries out one of them.
pub fn run(desk: &mut Desk, output: &mut Output, command: ProjectCommand) -> Result<(), Failure> {
    match command {
        ProjectCommand::Add { title, fields } => add(desk, output, title, *fields),
        ProjectCommand::Edit { project, title, fields } => {
            edit(desk, output, &project, title, *fields)
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
    let said_of_it = patch(desk, Some(title), fields, &ProjectDraft::default())?;
    let draft = said_of_it.over(&ProjectDraft::default());
    let position = desk.workspace.next_project_position();
    desk.apply(&Change::ProjectAdd { project, draft, position, on: desk.today() })?;
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
    let found = search.find(text)?;
    let (project, held) = (found.id, found.draft.clone());
    let edit = patch(desk, title, fields, &held)?;
    if edit == ProjectPatch::default() {
        return Err(Failure::usage(
            "it was not said what to change. Nothing was changed. `inch project edit --help` shows what can be",
        ));
    }
    let applied = desk.apply(&Change::ProjectEdit { project, edit, on: desk.today() })?;
    let what = if applied.seq.is_some() { "Changed" } else { "It is like that already" };
    said(desk, output, project, what)
}

/// What was given, and nothing else: two who edit at once must not undo each other. The scores are
/// one whole with what is `held` of them, and what becomes live is looked at for drift.
fn patch(
    desk: &mut Desk,
    title: Option<String>,
    fields: ProjectFields,
    held: &ProjectDraft,
) -> Result<ProjectPatch, Failure> {
    let choice = weighed(&fields, &held.choice)?;
    let ProjectFields { level, status, pitch, links, topics, .. } = fields;
    let source = fields.source.map(|text| match text.as_str() {
        "none" => Ok(None),
        word => Source::parse(word).map(Some).ok_or_else(|| {
            let words = Source::ALL.map(Source::word);
            unknown("source", word, &[&words[..], &["none"]].concat())
        }),
    });
    let drift_check_on = fields.drift_check.map(|text| match text.as_str() {
        "none" => Ok(None),
        day => desk::date(day, desk.today()).map(Some),
    });
    let level = level.map(|text| {
        Level::parse(&text).ok_or_else(|| unknown("level", &text, &Level::ALL.map(Level::word)))
    });
    let status = status.map(|text| {
        Status::parse(&text).ok_or_else(|| unknown("status", &text, &Status::ALL.map(Status::word)))
    });
    let status = status.transpose()?;
    let drift_check_on = match drift_check_on.transpose()? {
        None if status == Some(Status::Live) && held.status != Status::Live => {
            Some(Some(calendar::look_when_live(held.drift_check_on, desk.today())))
        }
        given => given,
    };
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
        status,
        pitch,
        links: given(links),
        topics: topics.transpose()?,
        result: fields.result,
        role: fields.role,
        explained: fields.explained,
        source: source.transpose()?,
        employer: fields.employer,
        drift_check_on,
        choice,
    })
}

/// The scores with what was given of them; `None` where nothing was.
fn weighed(fields: &ProjectFields, held: &Choice) -> Result<Option<Choice>, Failure> {
    let is_good = match fields.good.as_deref() {
        None => None,
        Some("yes") => Some(true),
        Some("no") => Some(false),
        Some(other) => {
            return Err(Failure::usage(format!(
                "'{}' does not say whether it is good for people. Accepted: yes, no. Nothing was changed",
                clip(&shown(other), 60)
            )));
        }
    };
    let ProjectFields { growth, people, stepping_stone, estimate, .. } = *fields;
    let scores = [growth, people, stepping_stone];
    if scores == [None; 3] && is_good.is_none() && estimate.is_none() {
        return Ok(None);
    }
    Ok(Some(Choice {
        growth: growth.or(held.growth),
        people: people.or(held.people),
        stepping_stone: stepping_stone.or(held.stepping_stone),
        is_good: is_good.or(held.is_good),
        estimate_days: estimate.or(held.estimate_days),
        ..held.clone()
    }))
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

fn list(desk: &mut Desk, output: &mut Output, is_json: bool) -> Result<(), Failure> {
    // So that topics are told by the ids they have today.
    desk.curriculum();
    let projects = &desk.workspace.projects;
    let studied = |project: &Project| desk.workspace.studied(&Subject::Project(project.id));
    if is_json {
        let rows: Vec<_> =
            projects.iter().map(|project| Row::of(project, &studied(project))).collect();
        return Ok(output.json(&rows)?);
    }
    let rows: Vec<_> = projects
        .iter()
        .map(|project| {
            let seconds = studied(project).seconds;
            [
                project.draft.level.word().to_owned(),
                project.draft.status.word().to_owned(),
                project.changed_on().map_or_else(String::new, |on| on.to_string()),
                shown(&project.draft.title).into_owned(),
                if seconds > 0 { duration(seconds) } else { String::new() },
                project.id.to_string(),
            ]
        })
        .collect();
    let left = Side::Left;
    let sides = [left, left, left, left, Side::Right, left];
    for (line, project) in table::lines(sides, &rows).iter().zip(projects) {
        let line = match project.draft.status {
            Status::Shipped | Status::Live => output.paint(Role::Done, line),
            Status::Dropped => output.paint(Role::Quiet, line),
            _ => line.into(),
        };
        writeln!(output, "{line}")?;
    }
    Ok(())
}
