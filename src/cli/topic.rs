//! `topic list` and `topic set`.

use std::io::Write as _;

use serde::Serialize;

use super::{
    args::{TopicCommand, TopicListArgs},
    desk::{self, Desk},
    failure::Failure,
    find::Search,
    output::{Output, Role},
    table::{self, Side},
};
use crate::domain::{
    change::Change,
    curriculum::{Area, Curriculum, Origin, Topic},
    ids::TopicId,
    text::{clip, shown},
    topic::TopicState,
};

#[derive(Serialize)]
struct Row<'a> {
    id: &'a TopicId,
    title: &'a str,
    area: &'a str,
    module: &'a str,
    state: &'static str,
    ready: bool,
}

/// Carries out one of them.
pub fn run(desk: &mut Desk, output: &mut Output, command: &TopicCommand) -> Result<(), Failure> {
    match command {
        TopicCommand::List(args) => list(desk, output, args),
        TopicCommand::Set { topic, state } => set(desk, output, topic, state),
    }
}

fn list(desk: &mut Desk, output: &mut Output, args: &TopicListArgs) -> Result<(), Failure> {
    let curriculum = desk.curriculum();
    let state = args.state.as_deref().map(parse).transpose()?;
    let area = args.area.as_deref().map(|text| area(&curriculum, text)).transpose()?;
    let state_of = |id: &TopicId| desk.workspace.topic_state(id);
    let mut rows = Vec::new();
    for topic in &curriculum.topics {
        let module = curriculum.modules.iter().find(|module| module.id == topic.module);
        let found = state_of(&topic.id);
        let row = Row {
            id: &topic.id,
            title: &topic.title,
            area: module.map_or("", |module| &module.area),
            module: &topic.module,
            state: found.key(),
            ready: curriculum.is_ready(topic, state_of),
        };
        let is_listed = state.is_none_or(|state| state == found)
            && area.is_none_or(|area| area.id == row.area)
            && (!args.ready || row.ready);
        if is_listed {
            rows.push(row);
        }
    }
    if args.json {
        return Ok(output.json(&rows)?);
    }
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            let is_retired = curriculum.topic(row.id).map(|topic| topic.origin);
            let mark = if is_retired == Some(Origin::Retired) { " (retired)" } else { "" };
            let title = format!("{}{mark}", shown(row.title));
            [row.state.to_owned(), shown(&row.id.0).into_owned(), title]
        })
        .collect();
    for (line, row) in table::lines([Side::Left; 3], &cells).iter().zip(&rows) {
        let line = match TopicState::parse(row.state) {
            Some(TopicState::Mastered) => output.paint(Role::Done, line),
            Some(TopicState::Skipped) => output.paint(Role::Quiet, line),
            _ => line.into(),
        };
        writeln!(output, "{line}")?;
    }
    Ok(())
}

fn set(desk: &mut Desk, output: &mut Output, text: &str, state: &str) -> Result<(), Failure> {
    let state = parse(state)?;
    let curriculum = desk.curriculum();
    let topic: &Topic = desk::topic(&curriculum, text)?;
    let applied =
        desk.apply(&Change::TopicSet { topic: topic.id.clone(), state, on: desk.today() })?;
    let already = if applied.seq.is_none() { "already " } else { "" };
    let title = shown(&topic.title);
    Ok(output.confirm(&format!("{title}: {already}{}", state.word()))?)
}

fn parse(text: &str) -> Result<TopicState, Failure> {
    TopicState::parse(text).ok_or_else(|| {
        let accepted: Vec<_> = TopicState::ALL.iter().map(|state| state.key()).collect();
        Failure::usage(format!(
            "'{}' is not a state of a topic. Accepted: {}. Nothing was changed",
            clip(&shown(text), 60),
            accepted.join(", ")
        ))
    })
}

fn area<'a>(curriculum: &'a Curriculum, text: &str) -> Result<&'a Area, Failure> {
    let search = Search {
        what: "area",
        list: "inch topic list --json",
        among: curriculum.areas.iter().collect(),
        id: |area: &Area| area.id.clone(),
        name: |area| &area.title,
        is_likely: |_| false,
        is_terminal: desk::is_terminal(),
    };
    search.find(text)
}
