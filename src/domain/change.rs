//! Every mutation as data: the one list on which undo, redo, live refresh and merging rest.
//!
//! Owns the list of changes and which records each touches; `make` owns what it does to them. Must
//! not know where records live: they come in by key and go out changed.

mod make;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    habit::{Mark, Recipe, default_seconds},
    ids::{HabitId, ProjectId, TopicId},
    project::{Level, ProjectDraft, Status},
    record::{Image, Key, Record},
    schedule::Schedule,
    session::{Session, Studied, Subject},
    text::TextError,
    topic::{OwnTopic, TopicState},
    workspace::Track,
};

/// One mutation, complete: ids, days and texts are in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A new habit, from its creation day on.
    HabitAdd {
        /// Its identity.
        habit: HabitId,
        /// Its name.
        name: String,
        /// The topic that its sessions count for.
        topic: Option<TopicId>,
        /// Its place in the list.
        position: i64,
        /// How it is to be done.
        recipe: Recipe,
        /// When it is to be done; not *none*.
        schedule: Schedule,
        /// The creation day.
        from: NaiveDate,
        /// How long its timer runs, 5–120.
        #[serde(default = "default_seconds")]
        seconds: u8,
    },
    /// Another name.
    HabitRename {
        /// Whose.
        habit: HabitId,
        /// The new name.
        name: String,
    },
    /// Another linked topic, or none.
    HabitLink {
        /// Whose.
        habit: HabitId,
        /// The topic.
        topic: Option<TopicId>,
    },
    /// Another length of the timer.
    HabitSeconds {
        /// Whose.
        habit: HabitId,
        /// 5–120.
        seconds: u8,
    },
    /// A new recipe version: the one that holds on its effective day, with these parts altered.
    RecipeSet {
        /// Whose.
        habit: HabitId,
        /// Its effective day; a day before the creation day means that.
        from: NaiveDate,
        /// Another anchor.
        anchor: Option<String>,
        /// Another behaviour.
        behaviour: Option<String>,
        /// Another celebration.
        celebration: Option<String>,
    },
    /// A new schedule version.
    ScheduleSet {
        /// Whose.
        habit: HabitId,
        /// Its effective day; a day before the creation day means that.
        from: NaiveDate,
        /// The schedule; not *none*.
        schedule: Schedule,
    },
    /// *None* from the day after.
    HabitArchive {
        /// Which.
        habit: HabitId,
        /// The archive day.
        on: NaiveDate,
    },
    /// The old schedule again.
    HabitUnarchive {
        /// Which.
        habit: HabitId,
        /// From this day on.
        on: NaiveDate,
    },
    /// Out of sight; the rows stay for undo.
    HabitDelete {
        /// Which.
        habit: HabitId,
    },
    /// New places in the list.
    HabitsReorder {
        /// Every habit that moved and its new place.
        positions: Vec<(HabitId, i64)>,
    },
    /// A day's mark, or none.
    CheckInSet {
        /// Whose.
        habit: HabitId,
        /// The logical date.
        day: NaiveDate,
        /// The mark.
        mark: Option<Mark>,
    },
    /// A day's note, or none.
    CheckInNote {
        /// Whose.
        habit: HabitId,
        /// The logical date.
        day: NaiveDate,
        /// The note.
        note: Option<String>,
    },
    /// What a day does not say yet. A mark or a note that is there stays, whoever wrote it.
    CheckInFill {
        /// Whose.
        habit: HabitId,
        /// The logical date.
        day: NaiveDate,
        /// The mark where there is none.
        mark: Option<Mark>,
        /// The note where there is none.
        note: Option<String>,
    },
    /// A topic's state.
    TopicSet {
        /// Which.
        topic: TopicId,
        /// Its new state.
        state: TopicState,
        /// The day of the change.
        on: NaiveDate,
    },
    /// A topic of one's own, new or edited.
    OwnTopicPut {
        /// All of it.
        topic: OwnTopic,
    },
    /// Out of sight; the row stays for undo.
    OwnTopicDelete {
        /// Which.
        topic: TopicId,
    },
    /// A new project.
    ProjectAdd {
        /// Its identity.
        project: ProjectId,
        /// What the person says of it.
        draft: ProjectDraft,
        /// Its place within its level.
        position: i64,
        /// The day it took on its first status.
        on: NaiveDate,
    },
    /// Something else that the person says of it.
    ProjectEdit {
        /// Which.
        project: ProjectId,
        /// What is altered.
        edit: ProjectPatch,
        /// The day of the change, for the status' date.
        on: NaiveDate,
    },
    /// A status.
    ProjectStatus {
        /// Which.
        project: ProjectId,
        /// The new one.
        status: Status,
        /// The day of the change.
        on: NaiveDate,
    },
    /// Out of sight; the row stays for undo.
    ProjectDelete {
        /// Which.
        project: ProjectId,
    },
    /// New places in the list.
    ProjectsReorder {
        /// Every project that moved and its new place.
        positions: Vec<(ProjectId, i64)>,
    },
    /// A session that ended, or one that went on after it had been thought over.
    SessionPut {
        /// All of it.
        session: Session,
    },
    /// Several changes that are made, undone and redone as one: a saved form or an import.
    Together {
        /// What they are together, as in "import of habits.csv".
        what: String,
        /// In order.
        changes: Vec<Change>,
    },
}

/// What an edit alters of a project; what is `None` stays as it is, whoever wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectPatch {
    /// Another title.
    pub title: Option<String>,
    /// Another level.
    pub level: Option<Level>,
    /// Another status.
    pub status: Option<Status>,
    /// Another pitch.
    pub pitch: Option<String>,
    /// All links anew.
    pub links: Option<Vec<String>>,
    /// All topics anew.
    pub topics: Option<Vec<TopicId>>,
}

impl ProjectPatch {
    /// The draft with what is altered of it.
    #[must_use]
    pub fn over(self, draft: &ProjectDraft) -> ProjectDraft {
        ProjectDraft {
            title: self.title.unwrap_or_else(|| draft.title.clone()),
            level: self.level.unwrap_or(draft.level),
            status: self.status.unwrap_or(draft.status),
            pitch: self.pitch.unwrap_or_else(|| draft.pitch.clone()),
            links: self.links.unwrap_or_else(|| draft.links.clone()),
            topics: self.topics.unwrap_or_else(|| draft.topics.clone()),
        }
    }
}

/// Why a change can't be made. The records stay as they were.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The record is gone, or never was.
    #[error("there is no such {0}; it may have been deleted elsewhere, so look at the list again")]
    Missing(&'static str),
    /// Another record has this identity.
    #[error("there is such a {0} already; try again")]
    Exists(&'static str),
    /// Done on a day that is not here yet.
    #[error("{0} is in the future; a day can be marked done once it has come")]
    Future(NaiveDate),
    /// A day outside of what inch keeps.
    #[error("{0} is out of range. Accepted: 1970-01-01 to 2200-12-31")]
    Range(NaiveDate),
    /// *None* where a schedule is needed.
    #[error("a habit needs a schedule; archive it to pause it")]
    NoSchedule,
    /// A number of seconds outside its range.
    #[error("{what} lasts {least} to {most} seconds, not {seconds}")]
    Seconds {
        /// Of what.
        what: &'static str,
        /// What was asked for.
        seconds: u32,
        /// The fewest.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A session on nothing.
    #[error("a session is on a habit, a topic or a project; name one")]
    NoSubject,
    /// More of something than is kept.
    #[error("there are too many {what}; leave out some, until there are at most {limit}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// A text over its limit or with unsafe characters.
    #[error("{_0}; {}", _0.next_step())]
    Text(#[from] TextError),
}

/// Records by key, as they stand while a change is being made.
pub type Records = BTreeMap<Key, Option<Record>>;

/// When and on which logical day a change is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The instant, with its offset.
    pub at: DateTime<FixedOffset>,
    /// The logical day.
    pub today: NaiveDate,
}

/// How a change came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was asked for.
    Asked,
    /// It was taken back.
    Undone,
    /// It was made again.
    Redone,
}

/// A change that is on the disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// Its number in the journal; `None` when it changed nothing, so that nothing was written.
    pub seq: Option<i64>,
    /// Whether it was asked for, undone or redone.
    pub origin: Origin,
    /// The change, as it was asked for.
    pub change: Change,
    /// What the touched records were before: putting these back is the inverse.
    pub before: Vec<Image>,
    /// What the touched records became.
    pub after: Vec<Image>,
    /// Habits whose older days or rules changed, read anew.
    pub tracks: Vec<Track>,
    /// What the sessions come to on each subject that was touched; nothing where there are none.
    pub studied: Vec<(Subject, Option<Studied>)>,
}

impl Change {
    /// Every record it reads or writes.
    pub fn keys(&self) -> Vec<Key> {
        match self {
            Self::HabitAdd { habit, .. }
            | Self::HabitRename { habit, .. }
            | Self::HabitLink { habit, .. }
            | Self::HabitSeconds { habit, .. }
            | Self::RecipeSet { habit, .. }
            | Self::ScheduleSet { habit, .. }
            | Self::HabitArchive { habit, .. }
            | Self::HabitUnarchive { habit, .. }
            | Self::HabitDelete { habit } => vec![Key::Habit(*habit)],
            Self::HabitsReorder { positions } => {
                positions.iter().map(|(habit, _)| Key::Habit(*habit)).collect()
            }
            Self::CheckInSet { habit, day, .. }
            | Self::CheckInNote { habit, day, .. }
            | Self::CheckInFill { habit, day, .. } => {
                vec![Key::Habit(*habit), Key::CheckIn(*habit, *day)]
            }
            Self::TopicSet { topic, .. } => vec![Key::Topic(topic.clone())],
            Self::OwnTopicPut { topic } => vec![Key::OwnTopic(topic.id.clone())],
            Self::OwnTopicDelete { topic } => vec![Key::OwnTopic(topic.clone())],
            Self::ProjectAdd { project, .. }
            | Self::ProjectEdit { project, .. }
            | Self::ProjectStatus { project, .. }
            | Self::ProjectDelete { project } => vec![Key::Project(*project)],
            Self::ProjectsReorder { positions } => {
                positions.iter().map(|(project, _)| Key::Project(*project)).collect()
            }
            Self::SessionPut { session } => {
                let habit = session.habit.map(Key::Habit);
                let project = session.project.map(Key::Project);
                [habit, project, Some(Key::Session(session.id))].into_iter().flatten().collect()
            }
            Self::Together { changes, .. } => {
                let mut keys: Vec<_> = changes.iter().flat_map(Self::keys).collect();
                keys.sort_unstable();
                keys.dedup();
                keys
            }
        }
    }
}
