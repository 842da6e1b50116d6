//! Every mutation as data: the one list on which undo, redo, live refresh and merging rest.
//!
//! Owns the list of changes and which records each touches; `make` owns what it does to them. Must
//! not know where records live: they come in by key and go out changed.

mod keys;
mod make;
mod patch;
mod refusal;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

pub use self::{
    patch::{AnnotationPatch, ProjectPatch},
    refusal::Refusal,
};
use super::{
    habit::{Mark, Recipe, default_seconds},
    ids::{HabitId, ProjectId, TopicId},
    project::{ProjectDraft, Status, scope::Prompt},
    record::{Image, Key, Record},
    review::Rating,
    schedule::Schedule,
    session::{Session, Studied, Subject},
    topic::{Evidence, OwnTopic, TopicState},
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
        /// Whether its act is the review that is due.
        #[serde(default)]
        is_review: bool,
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
    /// Whether its act is the review that is due.
    HabitReview {
        /// Whose.
        habit: HabitId,
        /// Whether it is.
        is_review: bool,
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
    /// What a day does not say yet. What is there stays, and a day with another mark whole.
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
    /// The same for many days of a habit: an import has millions, so each is small.
    CheckInsFill {
        /// Whose.
        habit: HabitId,
        /// The days, and for each the mark and the note where there is none.
        days: Vec<DayFill>,
    },
    /// What another file of inch's holds, where nothing stands yet. What is there stays, whoever
    /// wrote it; what was deleted comes back.
    Fill {
        /// All of it.
        record: Box<Record>,
        /// The days of a habit that was deleted, which stay gone when it comes back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gone: Vec<NaiveDate>,
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
    /// What shows that a topic is mastered.
    TopicEvidence {
        /// Which.
        topic: TopicId,
        /// All of it.
        evidence: Evidence,
    },
    /// A look back at a mastered topic; *again* drops it to practising.
    TopicReview {
        /// Which.
        topic: TopicId,
        /// How it went.
        rating: Rating,
        /// The day of it.
        on: NaiveDate,
    },
    /// What is written beside a topic.
    TopicAnnotate {
        /// Which.
        topic: TopicId,
        /// What is altered.
        edit: AnnotationPatch,
    },
    /// Whether an address of a topic was used.
    ResourceUsed {
        /// Which topic.
        topic: TopicId,
        /// The address.
        url: String,
        /// Whether it was.
        is_used: bool,
    },
    /// A topic takes over what was said of others that it replaces: nothing is left of those.
    TopicTakeOver {
        /// The topic that stays.
        topic: TopicId,
        /// Those that it replaces.
        from: Vec<TopicId>,
    },
    /// What the person learns all this for; empty for nothing.
    GoalSet {
        /// At most 16 KiB.
        goal: String,
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
    /// Answers of the scope worksheet; those before them are kept.
    ProjectScope {
        /// Whose.
        project: ProjectId,
        /// What is answered anew.
        answers: Vec<(Prompt, String)>,
        /// The day of it.
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

/// A logical date with its mark and its note.
pub type DayFill = (NaiveDate, Option<Mark>, Option<Box<str>>);

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

impl Applied {
    /// What a change comes to that everything said already.
    pub fn nothing(change: &Change) -> Self {
        Self {
            seq: None,
            origin: Origin::Asked,
            change: change.clone(),
            before: Vec::new(),
            after: Vec::new(),
            tracks: Vec::new(),
            studied: Vec::new(),
        }
    }
}
