//! A project: a portfolio entry with a level and a status.
//!
//! Owns its levels, statuses and their dates; how it is chosen and scoped are `choice` and `scope`,
//! what the days say of it is `calendar`, and `template` has some to begin with.
//! Must not know how it is shown or exported.

pub mod calendar;
pub mod choice;
pub mod scope;
pub mod template;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::{choice::Choice, scope::Scope};
use super::{
    dated::{Dated, take_on},
    ids::{ProjectId, TopicId},
};

/// Ng's four steps from exercise to work that others rely on.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Class work and known exercises.
    #[default]
    Educational,
    /// For oneself.
    Personal,
    /// Something others find useful.
    Valuable,
    /// Larger in scope, with others.
    Larger,
}

impl Level {
    /// Every level, simplest first.
    pub const ALL: [Self; 4] = [Self::Educational, Self::Personal, Self::Valuable, Self::Larger];

    /// The word in the file, on screen and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Educational => "educational",
            Self::Personal => "personal",
            Self::Valuable => "valuable",
            Self::Larger => "larger",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == text)
    }
}

/// How far a project is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Written down.
    #[default]
    Idea,
    /// Thought through.
    Scoped,
    /// Under way.
    Building,
    /// Finished once.
    Shipped,
    /// In use.
    Live,
    /// Let go.
    Dropped,
}

impl Status {
    /// Every status, in the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::Idea, Self::Scoped, Self::Building, Self::Shipped, Self::Live, Self::Dropped];

    /// The usual next status, if there is one.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Idea => Some(Self::Scoped),
            Self::Scoped => Some(Self::Building),
            Self::Building => Some(Self::Shipped),
            Self::Shipped => Some(Self::Live),
            Self::Live => None,
            Self::Dropped => Some(Self::Idea),
        }
    }

    /// The word in the file, on screen and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Scoped => "scoped",
            Self::Building => "building",
            Self::Shipped => "shipped",
            Self::Live => "live",
            Self::Dropped => "dropped",
        }
    }

    /// Whether there is something to show: what is only planned, or was let go, proves no topic.
    pub const fn is_work(self) -> bool {
        matches!(self, Self::Building | Self::Shipped | Self::Live)
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == text)
    }
}

/// The day a project took on a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChange {
    /// The logical date.
    pub on: NaiveDate,
    /// The status from then on.
    pub status: Status,
}

impl Dated for StatusChange {
    fn on(&self) -> NaiveDate {
        self.on
    }

    fn begun_on(self, on: NaiveDate) -> Self {
        Self { on, ..self }
    }

    fn says_same(&self, other: &Self) -> bool {
        self.status == other.status
    }
}

/// Where an idea came from: Ng's four ways to find projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A project of others that one joins.
    Join,
    /// Reading, and talking to people.
    Reading,
    /// An application area that one knows.
    Area,
    /// A side project, beside a job or studies.
    Side,
}

impl Source {
    /// Every source, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Join, Self::Reading, Self::Area, Self::Side];

    /// The word in the file and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Reading => "reading",
            Self::Area => "area",
            Self::Side => "side",
        }
    }

    /// What it means, as the screen says it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Join => "join a project of others",
            Self::Reading => "reading and talking to people",
            Self::Area => "an application area you know",
            Self::Side => "a side project",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.word() == text)
    }
}

/// What a person says of a project: everything the forms ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectDraft {
    /// At most 200 graphemes.
    pub title: String,
    /// Where it stands on Ng's steps.
    pub level: Level,
    /// How far it is.
    pub status: Status,
    /// What it is and for whom; at most 64 KiB.
    pub pitch: String,
    /// Web addresses, the best first.
    pub links: Vec<String>,
    /// The topics it proves.
    pub topics: Vec<TopicId>,
    /// What came of it; at most 64 KiB.
    #[serde(default)]
    pub result: String,
    /// What the person did in it.
    #[serde(default)]
    pub role: String,
    /// How they would explain it to somebody outside the field; at most 64 KiB.
    #[serde(default)]
    pub explained: String,
    /// Where the idea came from.
    #[serde(default)]
    pub source: Option<Source>,
    /// What a side project means for the person's employer.
    #[serde(default)]
    pub employer: String,
    /// The day to look at it for drift, once it is live.
    #[serde(default)]
    pub drift_check_on: Option<NaiveDate>,
    /// How it was weighed against others.
    #[serde(default)]
    pub choice: Choice,
}

/// A project as it is stored and held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Its identity.
    pub id: ProjectId,
    /// What the person says of it. `draft.status` is the newest entry of `history`.
    pub draft: ProjectDraft,
    /// Every status and its day, oldest first; never empty.
    pub history: Vec<StatusChange>,
    /// The worksheet.
    #[serde(default)]
    pub scope: Scope,
    /// Ascending order within its level, as the person set it.
    pub position: i64,
    /// Deleted projects stay in the file, so that undo can bring them back.
    pub is_deleted: bool,
}

impl Project {
    /// A new project, in its first status since `on`.
    pub fn new(id: ProjectId, draft: ProjectDraft, position: i64, on: NaiveDate) -> Self {
        let history = vec![StatusChange { on, status: draft.status }];
        Self { id, draft, history, scope: Scope::default(), position, is_deleted: false }
    }

    /// Takes on a status from `on`; the same one again changes nothing. Two changes on one day
    /// leave the later one only.
    pub fn set_status(&mut self, status: Status, on: NaiveDate) {
        if self.draft.status == status {
            return;
        }
        self.draft.status = status;
        take_on(&mut self.history, StatusChange { on, status });
    }

    /// The day it last changed status.
    pub fn changed_on(&self) -> Option<NaiveDate> {
        self.history.last().map(|newest| newest.on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::IdSource;

    #[test]
    fn dates_are_kept_for_each_status() {
        let day = |number| NaiveDate::from_ymd_opt(2026, 1, number).unwrap();
        let id = ProjectId(IdSource::new(1, 1).next_uuid());
        let mut project = Project::new(id, ProjectDraft::default(), 0, day(1));
        project.set_status(Status::Building, day(3));
        project.set_status(Status::Building, day(4));
        project.set_status(Status::Shipped, day(5));
        project.set_status(Status::Live, day(5));
        let history: Vec<_> = project.history.iter().map(|at| (at.on, at.status)).collect();
        assert_eq!(
            history,
            [(day(1), Status::Idea), (day(3), Status::Building), (day(5), Status::Live)]
        );
        assert_eq!(project.draft.status, Status::Live);
    }
}
