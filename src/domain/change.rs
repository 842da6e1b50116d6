//! Every mutation as data: the one list on which undo, redo, live refresh and merging rest.
//!
//! Owns what each change does to the records it touches, and when it must be refused. Must not know
//! where records live: they come in by key and go out changed.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    day,
    habit::{CheckIn, Habit, Mark, Recipe},
    ids::{HabitId, ProjectId, TopicId},
    project::{Project, ProjectDraft, Status},
    record::{Image, Key, Record},
    schedule::Schedule,
    text::{self, TextError},
    topic::{OwnTopic, TopicProgress, TopicState},
    version::Versions,
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
    /// A new recipe version.
    RecipeSet {
        /// Whose.
        habit: HabitId,
        /// Its effective day.
        from: NaiveDate,
        /// The recipe.
        recipe: Recipe,
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
    /// Everything the form asks for.
    ProjectEdit {
        /// Which.
        project: ProjectId,
        /// What the person says of it now.
        draft: ProjectDraft,
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
    /// Several changes that are made, undone and redone as one: a saved form or an import.
    Together {
        /// What they are together, as in "import of habits.csv".
        what: String,
        /// In order.
        changes: Vec<Change>,
    },
}

/// Why a change can't be made. The records stay as they were.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The record is gone, or never was.
    #[error("there is no such {0}; it may have been deleted elsewhere")]
    Missing(&'static str),
    /// Another record has this identity.
    #[error("there is such a {0} already")]
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
    /// A text over its limit or with unsafe characters.
    #[error(transparent)]
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
}

impl Change {
    /// Every record it reads or writes.
    pub fn keys(&self) -> Vec<Key> {
        match self {
            Self::HabitAdd { habit, .. }
            | Self::HabitRename { habit, .. }
            | Self::HabitLink { habit, .. }
            | Self::RecipeSet { habit, .. }
            | Self::ScheduleSet { habit, .. }
            | Self::HabitArchive { habit, .. }
            | Self::HabitUnarchive { habit, .. }
            | Self::HabitDelete { habit } => vec![Key::Habit(*habit)],
            Self::HabitsReorder { positions } => positions
                .iter()
                .map(|(habit, _)| Key::Habit(*habit))
                .collect(),
            Self::CheckInSet { habit, day, .. } | Self::CheckInNote { habit, day, .. } => {
                vec![Key::Habit(*habit), Key::CheckIn(*habit, *day)]
            }
            Self::TopicSet { topic, .. } => vec![Key::Topic(topic.clone())],
            Self::OwnTopicPut { topic } => vec![Key::OwnTopic(topic.id.clone())],
            Self::OwnTopicDelete { topic } => vec![Key::OwnTopic(topic.clone())],
            Self::ProjectAdd { project, .. }
            | Self::ProjectEdit { project, .. }
            | Self::ProjectStatus { project, .. }
            | Self::ProjectDelete { project } => vec![Key::Project(*project)],
            Self::ProjectsReorder { positions } => positions
                .iter()
                .map(|(project, _)| Key::Project(*project))
                .collect(),
            Self::Together { changes, .. } => {
                let mut keys: Vec<_> = changes.iter().flat_map(Self::keys).collect();
                keys.sort_unstable();
                keys.dedup();
                keys
            }
        }
    }

    /// Makes the change in `records`, which must hold every key of [`Self::keys`]. On a refusal they
    /// are not to be used any more.
    pub fn make(&self, records: &mut Records, today: NaiveDate) -> Result<(), Refusal> {
        match self {
            Self::HabitAdd {
                habit,
                name,
                topic,
                position,
                recipe,
                schedule,
                from,
            } => {
                let key = Key::Habit(*habit);
                if matches!(records.get(&key), Some(Some(_))) {
                    return Err(Refusal::Exists("habit"));
                }
                refuse_day(*from)?;
                let added = Habit {
                    id: *habit,
                    name: text::name("the name", name)?,
                    topic: topic.clone(),
                    position: *position,
                    schedules: Versions::new(*from, asked(*schedule)?),
                    recipes: Versions::new(*from, checked(recipe)?),
                    is_deleted: false,
                };
                records.insert(key, Some(Record::Habit(added)));
            }
            Self::HabitRename { habit, name } => {
                habit_in(records, *habit)?.name = text::name("the name", name)?;
            }
            Self::HabitLink { habit, topic } => {
                habit_in(records, *habit)?.topic.clone_from(topic);
            }
            Self::RecipeSet {
                habit,
                from,
                recipe,
            } => {
                refuse_day(*from)?;
                habit_in(records, *habit)?
                    .recipes
                    .set(*from, checked(recipe)?);
            }
            Self::ScheduleSet {
                habit,
                from,
                schedule,
            } => {
                refuse_day(*from)?;
                habit_in(records, *habit)?
                    .schedules
                    .set(*from, asked(*schedule)?);
            }
            Self::HabitArchive { habit, on } => {
                refuse_day(*on)?;
                let habit = habit_in(records, *habit)?;
                if habit.archived_on().is_none() {
                    habit.archive(*on);
                }
            }
            Self::HabitUnarchive { habit, on } => habit_in(records, *habit)?.unarchive(*on),
            Self::HabitDelete { habit } => habit_in(records, *habit)?.is_deleted = true,
            Self::HabitsReorder { positions } => {
                for (habit, position) in positions {
                    habit_in(records, *habit)?.position = *position;
                }
            }
            Self::CheckInSet { habit, day, mark } => {
                if *mark == Some(Mark::Done) && *day > today {
                    return Err(Refusal::Future(*day));
                }
                check_in(records, *habit, *day, |check_in| check_in.mark = *mark)?;
            }
            Self::CheckInNote { habit, day, note } => {
                let note = note.as_deref().unwrap_or_default();
                let note = text::lines("the note", note, text::NOTE_BYTES)?;
                let note = Some(note).filter(|note| !note.is_empty());
                check_in(records, *habit, *day, |check_in| check_in.note = note)?;
            }
            Self::TopicSet { topic, state, on } => {
                refuse_day(*on)?;
                let key = Key::Topic(topic.clone());
                let current = match records.get(&key) {
                    Some(Some(Record::Topic(progress))) => progress.state,
                    _ => TopicState::NotStarted,
                };
                if current != *state {
                    let progress = TopicProgress {
                        topic: topic.clone(),
                        state: *state,
                        changed_on: *on,
                    };
                    let is_kept = *state != TopicState::NotStarted;
                    records.insert(key, is_kept.then_some(Record::Topic(progress)));
                }
            }
            Self::OwnTopicPut { topic } => {
                let checked = OwnTopic {
                    title: text::name("the title", &topic.title)?,
                    check: text::lines("the mastery check", &topic.check, text::NAME_BYTES)?,
                    link: topic.link.as_deref().map(text::link).transpose()?,
                    ..topic.clone()
                };
                records.insert(
                    Key::OwnTopic(topic.id.clone()),
                    Some(Record::OwnTopic(checked)),
                );
            }
            Self::OwnTopicDelete { topic } => {
                match records.get_mut(&Key::OwnTopic(topic.clone())) {
                    Some(Some(Record::OwnTopic(topic))) => topic.is_deleted = true,
                    _ => return Err(Refusal::Missing("topic of your own")),
                }
            }
            Self::ProjectAdd {
                project,
                draft,
                position,
                on,
            } => {
                let key = Key::Project(*project);
                if matches!(records.get(&key), Some(Some(_))) {
                    return Err(Refusal::Exists("project"));
                }
                refuse_day(*on)?;
                let added = Project::new(*project, checked_draft(draft)?, *position, *on);
                records.insert(key, Some(Record::Project(added)));
            }
            Self::ProjectEdit { project, draft, on } => {
                refuse_day(*on)?;
                let draft = checked_draft(draft)?;
                let project = project_in(records, *project)?;
                project.set_status(draft.status, *on);
                project.draft = draft;
            }
            Self::ProjectStatus {
                project,
                status,
                on,
            } => {
                refuse_day(*on)?;
                project_in(records, *project)?.set_status(*status, *on);
            }
            Self::ProjectDelete { project } => project_in(records, *project)?.is_deleted = true,
            Self::ProjectsReorder { positions } => {
                for (project, position) in positions {
                    project_in(records, *project)?.position = *position;
                }
            }
            Self::Together { changes, .. } => {
                for change in changes {
                    change.make(records, today)?;
                }
            }
        }
        Ok(())
    }
}

fn refuse_day(day: NaiveDate) -> Result<(), Refusal> {
    if day::is_kept(day) {
        Ok(())
    } else {
        Err(Refusal::Range(day))
    }
}

fn asked(schedule: Schedule) -> Result<Schedule, Refusal> {
    if schedule == Schedule::None {
        Err(Refusal::NoSchedule)
    } else {
        Ok(schedule)
    }
}

fn checked(recipe: &Recipe) -> Result<Recipe, Refusal> {
    Ok(Recipe {
        anchor: text::line("the anchor", &recipe.anchor)?,
        behaviour: text::line("the behaviour", &recipe.behaviour)?,
        celebration: text::line("the celebration", &recipe.celebration)?,
    })
}

fn checked_draft(draft: &ProjectDraft) -> Result<ProjectDraft, Refusal> {
    let links: Result<Vec<_>, _> = draft.links.iter().map(|link| text::link(link)).collect();
    Ok(ProjectDraft {
        title: text::name("the title", &draft.title)?,
        pitch: text::lines("the pitch", &draft.pitch, text::DESCRIPTION_BYTES)?,
        links: links?,
        ..draft.clone()
    })
}

fn habit_in(records: &mut Records, habit: HabitId) -> Result<&mut Habit, Refusal> {
    match records.get_mut(&Key::Habit(habit)) {
        Some(Some(Record::Habit(habit))) if !habit.is_deleted => Ok(habit),
        _ => Err(Refusal::Missing("habit")),
    }
}

fn project_in(records: &mut Records, project: ProjectId) -> Result<&mut Project, Refusal> {
    match records.get_mut(&Key::Project(project)) {
        Some(Some(Record::Project(project))) if !project.is_deleted => Ok(project),
        _ => Err(Refusal::Missing("project")),
    }
}

/// Edits a habit's day; the row goes when neither mark nor note is left.
fn check_in(
    records: &mut Records,
    habit: HabitId,
    day: NaiveDate,
    edit: impl FnOnce(&mut CheckIn),
) -> Result<(), Refusal> {
    refuse_day(day)?;
    habit_in(records, habit)?;
    let key = Key::CheckIn(habit, day);
    let mut edited = match records.remove(&key) {
        Some(Some(Record::CheckIn(check_in))) => check_in,
        _ => CheckIn {
            habit,
            day,
            mark: None,
            note: None,
        },
    };
    edit(&mut edited);
    let is_kept = edited.mark.is_some() || edited.note.is_some();
    records.insert(key, is_kept.then_some(Record::CheckIn(edited)));
    Ok(())
}
