//! What is in memory: definitions whole, history only as far as the screen needs it.
//!
//! Owns how applied changes alter memory, and the figures read from it. Must not know where any of
//! it comes from. Nothing here is ever ahead of the disk.

pub mod heirs;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    annotation::{Annotation, Want},
    change::Applied,
    checkpoint::Checkpoint,
    day::Rules,
    figures::{Ask, Figures},
    habit::{CheckIn, Habit, Mark},
    ids::{HabitId, ProjectId, TopicId},
    outlook::Outlook,
    project::Project,
    record::{Image, Key, Record},
    review::Review,
    session::{Session, Studied, Subject},
    topic::{OwnTopic, TopicProgress, TopicState},
};

use self::heirs::Heirs;

/// One habit's days as far as they are held, and the folds over those before.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Whose.
    pub habit: HabitId,
    /// The folds over older windows.
    pub checkpoint: Checkpoint,
    /// The first day held; not after `checkpoint.resume`.
    pub held_from: NaiveDate,
    /// Every mark from `held_from` on.
    pub marks: BTreeMap<NaiveDate, Mark>,
    /// Every note from `held_from` on.
    pub notes: BTreeMap<NaiveDate, String>,
}

impl Track {
    /// A habit without history: nothing is older than what is held.
    pub fn empty(habit: HabitId) -> Self {
        Self {
            habit,
            checkpoint: Checkpoint::default(),
            held_from: NaiveDate::MIN,
            marks: BTreeMap::new(),
            notes: BTreeMap::new(),
        }
    }

    /// Holds one more check-in.
    pub fn insert(&mut self, check_in: CheckIn) {
        if let Some(mark) = check_in.mark {
            self.marks.insert(check_in.day, mark);
        }
        if let Some(note) = check_in.note {
            self.notes.insert(check_in.day, note);
        }
    }
}

/// Everything the app and the command line look at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workspace {
    /// How weeks and streaks are read.
    pub rules: Rules,
    /// Habits that are not deleted, archived ones too, in the person's order.
    pub habits: Vec<Habit>,
    /// Their days.
    pub tracks: BTreeMap<HabitId, Track>,
    /// Topics that were begun.
    pub progress: BTreeMap<TopicId, TopicProgress>,
    /// What is written beside topics.
    pub annotations: BTreeMap<TopicId, Annotation>,
    /// When topics come back that are, or were, mastered.
    pub reviews: BTreeMap<TopicId, Review>,
    /// What all is learned for; may be empty.
    pub goal: String,
    /// Topics of the person's own that are not deleted.
    pub own_topics: BTreeMap<TopicId, OwnTopic>,
    /// Projects that are not deleted, by level and then in the person's order.
    pub projects: Vec<Project>,
    /// What the sessions on each subject come to, where there are any.
    pub studied: BTreeMap<Subject, Studied>,
    /// Topics that go on for others.
    pub heirs: Heirs,
}

/// All that a file holds and is not deleted, as it stood in one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Everything {
    /// Definitions, progress and projects; no tracks.
    pub workspace: Workspace,
    /// By day and then in the habits' order.
    pub check_ins: Vec<CheckIn>,
    /// Those that ended, by day and then by when they began.
    pub sessions: Vec<Session>,
}

impl Workspace {
    /// Takes in a change that is on the disk.
    pub fn absorb(&mut self, applied: &Applied) {
        for image in &applied.after {
            self.put(image);
        }
        for track in &applied.tracks {
            self.tracks.insert(track.habit, track.clone());
        }
        for (subject, studied) in &applied.studied {
            match studied {
                Some(studied) => drop(self.studied.insert(subject.clone(), *studied)),
                None => drop(self.studied.remove(subject)),
            }
        }
    }

    /// Puts what stands at a key now.
    pub fn put(&mut self, image: &Image) {
        if self.put_inherited(image) {
            return;
        }
        match (&image.key, &image.record) {
            (Key::Habit(id), record) => {
                self.habits.retain(|habit| habit.id != *id);
                if record.is_none() {
                    // It goes only without days; whatever is added in its place begins anew.
                    self.tracks.remove(id);
                }
                if let Some(Record::Habit(habit)) = record
                    && !habit.is_deleted
                {
                    self.tracks.entry(*id).or_insert_with(|| Track::empty(*id));
                    let order = |habit: &Habit| (habit.position, habit.id);
                    let place = self.habits.partition_point(|other| order(other) < order(habit));
                    let topic = habit.topic.as_ref().map(|id| self.heirs.current(id).clone());
                    self.habits.insert(place, Habit { topic, ..habit.clone() });
                }
            }
            (Key::CheckIn(habit, day), record) => {
                let Some(track) =
                    self.tracks.get_mut(habit).filter(|track| *day >= track.held_from)
                else {
                    return;
                };
                track.marks.remove(day);
                track.notes.remove(day);
                if let Some(Record::CheckIn(check_in)) = record {
                    track.insert(check_in.clone());
                }
            }
            (Key::Topic(id), record) => {
                self.progress.remove(id);
                if let Some(Record::Topic(progress)) = record {
                    self.progress.insert(id.clone(), progress.clone());
                }
            }
            (Key::OwnTopic(id), record) => {
                self.own_topics.remove(id);
                if let Some(Record::OwnTopic(topic)) = record
                    && !topic.is_deleted
                {
                    self.own_topics.insert(id.clone(), topic.clone());
                }
            }
            (Key::Project(id), record) => {
                self.projects.retain(|project| project.id != *id);
                if let Some(Record::Project(project)) = record
                    && !project.is_deleted
                {
                    let order =
                        |project: &Project| (project.draft.level, project.position, project.id);
                    let place =
                        self.projects.partition_point(|other| order(other) < order(project));
                    let mut project = Project::clone(project);
                    self.heirs.follow(&mut project.draft.topics);
                    self.projects.insert(place, project);
                }
            }
            (Key::Annotation(id), record) => {
                self.annotations.remove(id);
                if let Some(Record::Annotation(annotation)) = record {
                    self.annotations.insert(id.clone(), annotation.clone());
                }
            }
            (Key::Review(id), record) => {
                self.reviews.remove(id);
                if let Some(Record::Review(review)) = record {
                    self.reviews.insert(id.clone(), review.clone());
                }
            }
            (Key::Goal, record) => {
                self.goal = match record {
                    Some(Record::Goal(goal)) => goal.clone(),
                    _ => String::new(),
                };
            }
            // Only what they come to is held.
            (Key::Session(_), _) => {}
        }
    }

    /// A habit by its id.
    pub fn habit(&self, id: HabitId) -> Option<&Habit> {
        self.habits.iter().find(|habit| habit.id == id)
    }

    /// A project by its id.
    pub fn project(&self, id: ProjectId) -> Option<&Project> {
        self.projects.iter().find(|project| project.id == id)
    }

    /// How far the person is with a topic.
    pub fn topic_state(&self, id: &TopicId) -> TopicState {
        self.progress.get(id).map_or(TopicState::NotStarted, |progress| progress.state)
    }

    /// Whether something shows that the topic is mastered: a sentence, a link, or a project that is
    /// more than a plan.
    pub fn is_proven(&self, id: &TopicId) -> bool {
        let has_evidence = |progress: &TopicProgress| !progress.evidence.is_empty();
        self.progress.get(id).is_some_and(has_evidence)
            || self
                .projects
                .iter()
                .any(|project| project.draft.status.is_work() && project.draft.topics.contains(id))
    }

    /// How much a topic is wanted for the goal.
    pub fn want(&self, id: &TopicId) -> Option<Want> {
        self.annotations.get(id)?.want
    }

    /// Whether an address of a topic was used.
    pub fn is_used(&self, id: &TopicId, url: &str) -> bool {
        let beside = self.annotations.get(id);
        beside.is_some_and(|beside| beside.used.iter().any(|used| used == url))
    }

    /// When a topic comes back; nothing while it is not mastered.
    pub fn review(&self, id: &TopicId) -> Option<&Review> {
        self.reviews.get(id).filter(|_| self.topic_state(id) == TopicState::Mastered)
    }

    /// Mastered topics that have come back by `today`, the one that waits longest first.
    pub fn due_reviews(&self, today: NaiveDate) -> Vec<&Review> {
        let due = self.reviews.keys().filter_map(|id| self.review(id));
        let mut due: Vec<_> = due.filter(|review| review.due_on <= today).collect();
        due.sort_by_key(|review| review.due_on);
        due
    }

    /// Topics of which anything is said, whether a curriculum has them or not.
    pub fn touched_topics(&self) -> BTreeSet<&TopicId> {
        let studied = self.studied.keys().filter_map(|subject| match subject {
            Subject::Topic(id) => Some(id),
            _ => None,
        });
        self.progress.keys().chain(self.annotations.keys()).chain(studied).collect()
    }

    /// Habits that are not archived, in the person's order.
    pub fn active_habits(&self) -> impl Iterator<Item = &Habit> {
        self.habits.iter().filter(|habit| habit.archived_on().is_none())
    }

    /// The place after the last habit.
    pub fn next_habit_position(&self) -> i64 {
        self.habits.last().map_or(0, |habit| habit.position + 1)
    }

    /// The place after the last project of all levels.
    pub fn next_project_position(&self) -> i64 {
        self.projects.iter().map(|project| project.position + 1).max().unwrap_or(0)
    }

    /// A habit's figures on `today`.
    pub fn figures(&self, habit: &Habit, today: NaiveDate) -> Option<Figures> {
        let track = self.tracks.get(&habit.id)?;
        Some(Figures::new(habit, &track.checkpoint, &track.marks, self.rules, today))
    }

    /// What lies ahead of a habit on `today`, whose `figures` are given.
    pub fn outlook(&self, habit: &Habit, figures: &Figures, today: NaiveDate) -> Option<Outlook> {
        let track = self.tracks.get(&habit.id)?;
        Some(Outlook::new(habit, &track.marks, self.rules, figures, today))
    }

    /// What is asked of a habit on `day`, as seen on `today`.
    pub fn ask(
        &self,
        habit: &Habit,
        day: NaiveDate,
        first_day: NaiveDate,
        today: NaiveDate,
    ) -> Option<Ask> {
        let track = self.tracks.get(&habit.id)?;
        Some(Ask::on(day, habit, &track.marks, self.rules, first_day, today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{habit::Recipe, ids::IdSource, schedule::Schedule, version::Versions};

    #[test]
    fn what_is_added_in_the_place_of_a_habit_that_went_begins_anew() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let id = HabitId(IdSource::new(1, 1).next_uuid());
        let habit = Habit {
            id,
            name: "Read".into(),
            topic: None,
            position: 0,
            schedules: Versions::new(day, Schedule::Daily),
            recipes: Versions::new(day, Recipe::default()),
            seconds: 10,
            is_review: false,
            is_deleted: false,
        };
        let mut workspace = Workspace::default();
        let image = |record| Image { key: Key::Habit(id), record };
        workspace.put(&image(Some(Record::Habit(habit.clone()))));
        let checkpoint = Checkpoint { resume: day, ..Checkpoint::default() };
        workspace.tracks.insert(id, Track { checkpoint, held_from: day, ..Track::empty(id) });
        workspace.put(&image(None));
        workspace.put(&image(Some(Record::Habit(habit))));
        assert_eq!(workspace.tracks[&id], Track::empty(id));
    }
}
