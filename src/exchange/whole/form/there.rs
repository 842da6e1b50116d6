//! From what a file holds to the document.
//!
//! Owns the order, and what becomes of sessions on what was deleted. Must not know JSON.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AnswerForm, CheckInForm, CheckIns, ChoiceForm, Document, HabitForm, LinkForm, LookForm,
    OwnTopicForm, ProjectForm, RecipeForm, ReviewForm, ScheduleForm, SessionForm, StateForm,
    StatusForm, TopicForm,
};
use crate::{
    domain::{
        habit::{CheckIn, Habit},
        ids::{HabitId, TopicId},
        project::{Project, choice::Choice},
        review::Review,
        session::Session,
        topic::{OwnTopic, TopicState},
        workspace::{Everything, Workspace},
    },
    exchange::whole::{FORMAT, VERSION},
};

impl Document {
    /// Habits and projects in the person's order, topics by id, days and sessions as time went.
    pub fn of(everything: &Everything) -> Self {
        let Everything { workspace, check_ins, sessions } = everything;
        let mut days = BTreeMap::<HabitId, CheckIns>::new();
        for check_in in check_ins {
            days.entry(check_in.habit).or_default().0.push(Ok(check_in.into()));
        }
        let habits = workspace.habits.iter().map(|habit| {
            let check_ins = days.remove(&habit.id).unwrap_or_default();
            HabitForm { check_ins, ..habit.into() }
        });
        let Workspace { progress, annotations, reviews, .. } = workspace;
        let topics = progress.keys().chain(annotations.keys()).chain(reviews.keys());
        let topics: BTreeSet<_> = topics.collect();
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            goal: workspace.goal.clone(),
            habits: habits.collect(),
            own_topics: workspace.own_topics.values().map(Into::into).collect(),
            topics: topics.into_iter().map(|id| topic(workspace, id)).collect(),
            projects: workspace.projects.iter().map(Into::into).collect(),
            sessions: sessions.iter().filter_map(|each| session(workspace, each)).collect(),
        }
    }
}

impl From<&CheckIn> for CheckInForm {
    fn from(check_in: &CheckIn) -> Self {
        Self { day: check_in.day, mark: check_in.mark, note: check_in.note.clone() }
    }
}

impl From<&Habit> for HabitForm {
    fn from(habit: &Habit) -> Self {
        let schedules = habit.schedules.as_slice().iter();
        let recipes = habit.recipes.as_slice().iter();
        Self {
            id: habit.id,
            name: habit.name.clone(),
            topic: habit.topic.clone(),
            position: habit.position,
            seconds: habit.seconds.into(),
            is_review: habit.is_review,
            schedules: schedules
                .map(|version| ScheduleForm { from: version.from, schedule: version.value })
                .collect(),
            recipes: recipes
                .map(|version| RecipeForm {
                    from: version.from,
                    anchor: version.value.anchor.clone(),
                    behaviour: version.value.behaviour.clone(),
                    celebration: version.value.celebration.clone(),
                })
                .collect(),
            check_ins: CheckIns::default(),
        }
    }
}

impl From<&OwnTopic> for OwnTopicForm {
    fn from(topic: &OwnTopic) -> Self {
        Self {
            id: topic.id.clone(),
            module: topic.module.clone(),
            title: topic.title.clone(),
            check: topic.check.clone(),
            link: topic.link.clone(),
        }
    }
}

/// What three tables say of one topic.
fn topic(workspace: &Workspace, id: &TopicId) -> TopicForm {
    let progress = workspace.progress.get(id);
    let beside = workspace.annotations.get(id);
    let evidence = progress.map(|progress| progress.evidence.clone()).unwrap_or_default();
    let history = progress.map(|progress| progress.history.as_slice()).unwrap_or_default();
    let links = beside.map(|beside| beside.links.as_slice()).unwrap_or_default();
    TopicForm {
        id: id.clone(),
        state: progress.map_or(TopicState::NotStarted, |progress| progress.state),
        history: history
            .iter()
            .map(|change| StateForm { on: change.on, state: change.state })
            .collect(),
        evidence: evidence.sentence,
        evidence_link: evidence.link,
        want: beside.and_then(|beside| beside.want),
        notes: beside.map(|beside| beside.notes.clone()).unwrap_or_default(),
        links: links
            .iter()
            .map(|link| LinkForm { title: link.title.clone(), url: link.url.clone() })
            .collect(),
        used: beside.map(|beside| beside.used.clone()).unwrap_or_default(),
        review: workspace.reviews.get(id).map(Into::into),
    }
}

impl From<&Review> for ReviewForm {
    fn from(review: &Review) -> Self {
        let looks = review.history.iter();
        Self {
            due_on: review.due_on,
            history: looks.map(|look| LookForm { on: look.on, rating: look.rating }).collect(),
        }
    }
}

impl From<&Choice> for ChoiceForm {
    fn from(choice: &Choice) -> Self {
        Self {
            growth: choice.growth,
            people: choice.people,
            stepping_stone: choice.stepping_stone,
            good: choice.is_good,
            estimate_days: choice.estimate_days,
            answers: choice.answers,
            approach: choice.approach,
            reason: choice.reason.clone(),
        }
    }
}

impl From<&Project> for ProjectForm {
    fn from(project: &Project) -> Self {
        let draft = project.draft.clone();
        let scope = project.scope.all().map(|(prompt, answers)| {
            let answers = answers.iter();
            let answers = answers.map(|said| AnswerForm { on: said.on, text: said.text.clone() });
            (prompt, answers.collect())
        });
        Self {
            id: project.id,
            title: draft.title,
            level: draft.level,
            status: draft.status,
            position: project.position,
            pitch: draft.pitch,
            result: draft.result,
            role: draft.role,
            explained: draft.explained,
            links: draft.links,
            topics: draft.topics,
            source: draft.source,
            employer: draft.employer,
            drift_check_on: draft.drift_check_on,
            choice: (&draft.choice).into(),
            scope: scope.collect(),
            history: project
                .history
                .iter()
                .map(|change| StatusForm { on: change.on, status: change.status })
                .collect(),
        }
    }
}

/// What was deleted is not named; a session on nothing else stays out with it.
fn session(workspace: &Workspace, session: &Session) -> Option<SessionForm> {
    let session = Session {
        habit: session.habit.filter(|id| workspace.habit(*id).is_some()),
        project: session.project.filter(|id| workspace.project(*id).is_some()),
        ..session.clone()
    };
    session.subjects().next()?;
    let Session { id, habit, topic, project, day, started_at, seconds } = session;
    Some(SessionForm { id, habit, topic, project, day, started_at, seconds })
}
