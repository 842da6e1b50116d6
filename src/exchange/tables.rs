//! Everything as tables for a spreadsheet, a file per table.
//!
//! Owns the tables and their columns. What leads back whole is the JSON of `whole`; of these only
//! the check-ins can be imported again. Must not know files.

use std::collections::BTreeMap;

use chrono::SecondsFormat;

use super::sheet::write;
use crate::domain::{
    annotation::Want,
    curriculum::Curriculum,
    habit::{Habit, Mark},
    ids::TopicId,
    project::{Project, Source, choice::Approach},
    topic::TopicProgress,
    workspace::{Everything, Workspace},
};

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What its file is called.
    pub file: &'static str,
    /// The whole file.
    pub text: String,
}

/// Every table, in an order that makes sense to read.
pub fn all(everything: &Everything, curriculum: &Curriculum) -> Vec<Table> {
    let workspace = &everything.workspace;
    let table = |file, text| Table { file, text };
    vec![
        table("habits.csv", habits(workspace)),
        table("schedules.csv", schedules(workspace)),
        table("recipes.csv", recipes(workspace)),
        table("check-ins.csv", check_ins(everything)),
        table("topics.csv", topics(workspace, curriculum)),
        table("topic-history.csv", topic_history(workspace)),
        table("reviews.csv", reviews(workspace)),
        table("own-topics.csv", own_topics(workspace)),
        table("projects.csv", projects(workspace)),
        table("project-history.csv", project_history(workspace)),
        table("worksheets.csv", worksheets(workspace)),
        table("sessions.csv", sessions(everything)),
    ]
}

fn or_empty(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn habits(workspace: &Workspace) -> String {
    let columns = [
        "id",
        "name",
        "schedule",
        "created_on",
        "archived_on",
        "topic",
        "is_review",
        "seconds",
        "anchor",
        "behaviour",
        "celebration",
    ];
    let row = |habit: &Habit| {
        let recipe = &habit.recipes.newest().value;
        [
            habit.id.to_string(),
            habit.name.clone(),
            habit.schedule().to_string(),
            habit.created_on().to_string(),
            or_empty(habit.archived_on()),
            or_empty(habit.topic.as_ref()),
            yes(Some(habit.is_review)),
            habit.seconds.to_string(),
            recipe.anchor.clone(),
            recipe.behaviour.clone(),
            recipe.celebration.clone(),
        ]
    };
    write(columns, workspace.habits.iter().map(row))
}

fn yes(value: Option<bool>) -> String {
    value.map_or("", |is_so| if is_so { "yes" } else { "no" }).to_owned()
}

fn schedules(workspace: &Workspace) -> String {
    let rows = workspace.habits.iter().flat_map(|habit| {
        habit.schedules.as_slice().iter().map(|version| {
            let (from, schedule) = (version.from.to_string(), version.value.to_string());
            [habit.id.to_string(), habit.name.clone(), from, schedule]
        })
    });
    write(["habit_id", "habit", "from", "schedule"], rows)
}

fn recipes(workspace: &Workspace) -> String {
    let rows = workspace.habits.iter().flat_map(|habit| {
        habit.recipes.as_slice().iter().map(|version| {
            let recipe = version.value.clone();
            let (id, name, from) = (habit.id.to_string(), habit.name.clone(), version.from);
            [id, name, from.to_string(), recipe.anchor, recipe.behaviour, recipe.celebration]
        })
    });
    write(["habit_id", "habit", "from", "anchor", "behaviour", "celebration"], rows)
}

/// In the form that `import` reads: a habit by its name, or by its id where several have that name.
fn check_ins(everything: &Everything) -> String {
    let mut names = BTreeMap::<_, Vec<_>>::new();
    for habit in &everything.workspace.habits {
        names.entry(habit.name.as_str()).or_default().push(habit.id);
    }
    let called = |name: &str, ids: &[_]| match ids {
        [one] => vec![(*one, name.to_owned())],
        several => several.iter().map(|id| (*id, ToString::to_string(id))).collect(),
    };
    let called: BTreeMap<_, _> =
        names.into_iter().flat_map(|(name, ids)| called(name, &ids)).collect();
    let rows = everything.check_ins.iter().filter_map(|check_in| {
        let mark = check_in.mark.map_or("", Mark::word).to_owned();
        let note = check_in.note.clone().unwrap_or_default();
        Some([called.get(&check_in.habit)?.clone(), check_in.day.to_string(), mark, note])
    });
    write(super::csv::HEADER, rows)
}

fn topics(workspace: &Workspace, curriculum: &Curriculum) -> String {
    let columns = [
        "id",
        "title",
        "state",
        "since",
        "evidence",
        "evidence_link",
        "want",
        "notes",
        "links",
        "used",
        "review_due_on",
    ];
    let Workspace { progress, annotations, reviews, .. } = workspace;
    let ids = progress.keys().chain(annotations.keys()).chain(reviews.keys());
    let ids: std::collections::BTreeSet<&TopicId> = ids.collect();
    let row = |id: &TopicId| {
        let progress = progress.get(id);
        let beside = annotations.get(id);
        let evidence = progress.map(|progress| progress.evidence.clone()).unwrap_or_default();
        let links = beside.map(|beside| beside.links.as_slice()).unwrap_or_default();
        let links: Vec<_> = links.iter().map(|link| link.url.as_str()).collect();
        [
            id.to_string(),
            curriculum.topic(id).map_or(String::new(), |topic| topic.title.clone()),
            workspace.topic_state(id).key().to_owned(),
            or_empty(progress.and_then(TopicProgress::changed_on)),
            evidence.sentence,
            evidence.link.unwrap_or_default(),
            or_empty(beside.and_then(|beside| beside.want).map(Want::word)),
            beside.map(|beside| beside.notes.clone()).unwrap_or_default(),
            links.join(" "),
            beside.map(|beside| beside.used.join(" ")).unwrap_or_default(),
            or_empty(workspace.review(id).map(|review| review.due_on)),
        ]
    };
    write(columns, ids.into_iter().map(row))
}

fn topic_history(workspace: &Workspace) -> String {
    let rows = workspace.progress.values().flat_map(|progress| {
        progress.history.iter().map(|change| {
            [progress.topic.to_string(), change.on.to_string(), change.state.key().to_owned()]
        })
    });
    write(["topic", "on", "state"], rows)
}

fn reviews(workspace: &Workspace) -> String {
    let rows = workspace.reviews.values().flat_map(|review| {
        review.history.iter().map(|look| {
            [review.topic.to_string(), look.on.to_string(), look.rating.word().to_owned()]
        })
    });
    write(["topic", "on", "rating"], rows)
}

fn own_topics(workspace: &Workspace) -> String {
    let rows = workspace.own_topics.values().cloned().map(|topic| {
        [topic.id.0, topic.module, topic.title, topic.check, topic.link.unwrap_or_default()]
    });
    write(["id", "module", "title", "check", "link"], rows)
}

fn projects(workspace: &Workspace) -> String {
    let columns = [
        "id",
        "title",
        "level",
        "status",
        "since",
        "pitch",
        "result",
        "role",
        "explained",
        "links",
        "topics",
        "source",
        "employer",
        "drift_check_on",
        "growth",
        "people",
        "stepping_stone",
        "good",
        "estimate_days",
        "approach",
        "reason",
    ];
    let row = |project: &Project| {
        let draft = project.draft.clone();
        let topics: Vec<_> = draft.topics.into_iter().map(|topic| topic.0).collect();
        [
            project.id.to_string(),
            draft.title,
            draft.level.word().to_owned(),
            draft.status.word().to_owned(),
            or_empty(project.changed_on()),
            draft.pitch,
            draft.result,
            draft.role,
            draft.explained,
            draft.links.join(" "),
            topics.join(" "),
            or_empty(draft.source.map(Source::word)),
            draft.employer,
            or_empty(draft.drift_check_on),
            or_empty(draft.choice.growth),
            or_empty(draft.choice.people),
            or_empty(draft.choice.stepping_stone),
            yes(draft.choice.is_good),
            or_empty(draft.choice.estimate_days),
            or_empty(draft.choice.approach.map(Approach::title)),
            draft.choice.reason,
        ]
    };
    write(columns, workspace.projects.iter().map(row))
}

fn project_history(workspace: &Workspace) -> String {
    let rows = workspace.projects.iter().flat_map(|project| {
        project.history.iter().map(|change| {
            let (on, status) = (change.on.to_string(), change.status.word().to_owned());
            [project.id.to_string(), project.draft.title.clone(), on, status]
        })
    });
    write(["project_id", "project", "on", "status"], rows)
}

fn worksheets(workspace: &Workspace) -> String {
    let rows = workspace.projects.iter().flat_map(|project| {
        project.scope.all().flat_map(move |(prompt, answers)| {
            answers.iter().map(move |answer| {
                let (id, title) = (project.id.to_string(), project.draft.title.clone());
                [id, title, prompt.label().to_owned(), answer.on.to_string(), answer.text.clone()]
            })
        })
    });
    write(["project_id", "project", "asked", "on", "answer"], rows)
}

fn sessions(everything: &Everything) -> String {
    let rows = everything.sessions.iter().map(|session| {
        [
            session.id.to_string(),
            session.day.to_string(),
            session.started_at.to_rfc3339_opts(SecondsFormat::Millis, false),
            session.seconds.to_string(),
            or_empty(session.habit),
            or_empty(session.topic.as_ref()),
            or_empty(session.project),
        ]
    });
    write(["id", "day", "started_at", "seconds", "habit_id", "topic", "project_id"], rows)
}
