//! From the document to records.
//!
//! Owns the laws that can't be said in a form. Limits are checked by the change that is made of a
//! record, but for numbers that no record can hold. Must not know what is here already.

use super::{
    CheckInForm, HabitForm, OwnTopicForm, ProjectForm, ReviewForm, SessionForm, TopicForm,
};
use crate::domain::{
    annotation::{Annotation, OwnLink},
    change::Refusal,
    habit::{CheckIn, Habit, Recipe},
    ids::HabitId,
    project::{
        Project, ProjectDraft, StatusChange,
        choice::Choice,
        scope::{Answer, Scope},
    },
    review::{Review, Reviewed},
    session::Session,
    topic::{Evidence, OwnTopic, StateChange, TopicProgress, TopicState},
    version::{Version, Versions},
};

impl HabitForm {
    /// The habit; what of it can't be said here, as a sentence.
    pub fn habit(&self) -> Result<Habit, String> {
        let schedules: Vec<_> = self
            .schedules
            .iter()
            .map(|version| Version { from: version.from, value: version.schedule })
            .collect();
        let recipes: Vec<_> = self
            .recipes
            .iter()
            .map(|version| Version {
                from: version.from,
                value: Recipe {
                    anchor: version.anchor.clone(),
                    behaviour: version.behaviour.clone(),
                    celebration: version.celebration.clone(),
                },
            })
            .collect();
        let schedules = Versions::try_from(schedules).map_err(|law| format!("schedules: {law}"))?;
        let recipes = match recipes.as_slice() {
            // Nothing is said of how it is done.
            [] => Versions::new(schedules.created_on(), Recipe::default()),
            _ => Versions::try_from(recipes).map_err(|law| format!("recipes: {law}"))?,
        };
        let seconds =
            u8::try_from(self.seconds).map_err(|_| Refusal::timer(self.seconds).to_string())?;
        Ok(Habit {
            id: self.id,
            name: self.name.clone(),
            topic: self.topic.clone(),
            position: self.position,
            schedules,
            recipes,
            seconds,
            is_review: self.is_review,
            is_deleted: false,
        })
    }
}

impl CheckInForm {
    /// What it says of a habit's day.
    pub fn check_in(&self, habit: HabitId) -> CheckIn {
        CheckIn { habit, day: self.day, mark: self.mark, note: self.note.clone() }
    }
}

impl OwnTopicForm {
    /// The topic.
    pub fn topic(&self) -> OwnTopic {
        OwnTopic {
            id: self.id.clone(),
            module: self.module.clone(),
            title: self.title.clone(),
            check: self.check.clone(),
            link: self.link.clone(),
            is_deleted: false,
        }
    }
}

impl TopicForm {
    /// How far the person is; `None` where nothing was begun.
    pub fn progress(&self) -> Option<TopicProgress> {
        let history = self.history.iter();
        let progress = TopicProgress {
            topic: self.id.clone(),
            state: self.state,
            history: history
                .map(|change| StateChange { on: change.on, state: change.state })
                .collect(),
            evidence: Evidence {
                sentence: self.evidence.clone(),
                link: self.evidence_link.clone(),
            },
        };
        // A state without its day is a fault that the change will name.
        let is_blank = progress.is_blank() && progress.state == TopicState::NotStarted;
        (!is_blank).then_some(progress)
    }

    /// What is written beside it; `None` where nothing is.
    pub fn annotation(&self) -> Option<Annotation> {
        let links = self.links.iter();
        let annotation = Annotation {
            topic: self.id.clone(),
            want: self.want,
            notes: self.notes.clone(),
            links: links
                .map(|link| OwnLink { title: link.title.clone(), url: link.url.clone() })
                .collect(),
            used: self.used.clone(),
        };
        (!annotation.is_empty()).then_some(annotation)
    }

    /// When it comes back.
    pub fn review(&self) -> Option<Review> {
        let ReviewForm { due_on, history } = self.review.as_ref()?;
        let history = history.iter();
        Some(Review {
            topic: self.id.clone(),
            due_on: *due_on,
            history: history.map(|look| Reviewed { on: look.on, rating: look.rating }).collect(),
        })
    }
}

impl ProjectForm {
    /// The project.
    pub fn project(&self) -> Project {
        let choice = Choice {
            growth: self.choice.growth,
            people: self.choice.people,
            stepping_stone: self.choice.stepping_stone,
            is_good: self.choice.good,
            estimate_days: self.choice.estimate_days,
            answers: self.choice.answers,
            approach: self.choice.approach,
            reason: self.choice.reason.clone(),
        };
        let scope = self.scope.iter().map(|(prompt, answers)| {
            let answers = answers.iter();
            let answers = answers.map(|said| Answer { on: said.on, text: said.text.clone() });
            (*prompt, answers.collect())
        });
        let history = self.history.iter();
        Project {
            id: self.id,
            draft: ProjectDraft {
                title: self.title.clone(),
                level: self.level,
                status: self.status,
                pitch: self.pitch.clone(),
                links: self.links.clone(),
                topics: self.topics.clone(),
                result: self.result.clone(),
                role: self.role.clone(),
                explained: self.explained.clone(),
                source: self.source,
                employer: self.employer.clone(),
                drift_check_on: self.drift_check_on,
                choice,
            },
            history: history
                .map(|change| StatusChange { on: change.on, status: change.status })
                .collect(),
            scope: Scope::of(scope),
            position: self.position,
            is_deleted: false,
        }
    }
}

impl SessionForm {
    /// The session.
    pub fn session(&self) -> Session {
        Session {
            id: self.id,
            habit: self.habit,
            topic: self.topic.clone(),
            project: self.project,
            day: self.day,
            started_at: self.started_at,
            seconds: self.seconds,
        }
    }
}
