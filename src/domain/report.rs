//! What a stretch of days came to: ticks, minutes, topics and projects that moved, notes.
//!
//! Owns what is told of it and in which order, and makes every text safe to show. It is told as it
//! stood at the end of its last day, or as it stands while that lasts: marks after it are not looked
//! at. Must not know any format.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    checkpoint::{Checkpoint, first_day},
    curriculum::Curriculum,
    day::plus,
    figures::{Figures, Tally},
    habit::{Habit, Mark},
    history::Past,
    ids::HabitId,
    page::{address, line, lines},
    project::Status,
    review::Rating,
    session::{Session, Studied, Subject},
    streak::Unit,
    topic::TopicState,
    workspace::Everything,
};

/// The days of one habit.
type Marks = BTreeMap<NaiveDate, Mark>;

/// A stretch of days, told.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The first day.
    pub since: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// On how many of its days something was done.
    pub active_days: usize,
    /// What all sessions come to.
    pub studied: Studied,
    /// In the person's order.
    pub habits: Vec<HabitLine>,
    /// Topics that moved, were looked back at or were studied, in the curriculum's order.
    pub topics: Vec<TopicLine>,
    /// Projects that moved or were worked on, by level.
    pub projects: Vec<ProjectLine>,
    /// By day.
    pub notes: Vec<NoteLine>,
}

/// How one habit went.
#[derive(Debug, Clone, PartialEq)]
pub struct HabitLine {
    /// One line.
    pub name: String,
    /// Done days.
    pub ticks: usize,
    /// What was met of what was asked, in windows that ended in the stretch.
    pub tally: Tally,
    /// The streak at the end of the last day.
    pub streak: u32,
    /// What it is counted in.
    pub unit: Unit,
    /// Seconds of its sessions.
    pub seconds: u64,
}

/// What was done on one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicLine {
    /// One line.
    pub title: String,
    /// States that it took on.
    pub moves: Vec<(NaiveDate, TopicState)>,
    /// Looks back.
    pub looks: Vec<(NaiveDate, Rating)>,
    /// What shows that it is mastered, when that came about; may be empty.
    pub sentence: String,
    /// Where that can be seen.
    pub link: Option<String>,
    /// Seconds of its sessions.
    pub seconds: u64,
}

/// What was done on one project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectLine {
    /// One line.
    pub title: String,
    /// Statuses that it took on.
    pub moves: Vec<(NaiveDate, Status)>,
    /// Seconds of its sessions.
    pub seconds: u64,
}

/// A note of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLine {
    /// The day.
    pub on: NaiveDate,
    /// The habit's name.
    pub habit: String,
    /// May be several lines.
    pub text: String,
}

impl Report {
    /// Tells the days from `since` to `until`, both inclusive and none of them after `today`.
    pub fn new(
        everything: &Everything,
        curriculum: &Curriculum,
        since: NaiveDate,
        until: NaiveDate,
        today: NaiveDate,
    ) -> Self {
        let workspace = &everything.workspace;
        let is_within = |day: NaiveDate| (since..=until).contains(&day);
        let mut marks = BTreeMap::<HabitId, Marks>::new();
        for check_in in everything.check_ins.iter().filter(|check_in| check_in.day <= until) {
            let marks = marks.entry(check_in.habit).or_default();
            marks.extend(check_in.mark.map(|mark| (check_in.day, mark)));
        }
        let mut active: Vec<_> = marks.values().flat_map(|marks| done(marks, since)).collect();
        active.sort_unstable();
        active.dedup();
        let sessions: Vec<_> =
            everything.sessions.iter().filter(|session| is_within(session.day)).collect();
        let seconds = seconds_by_subject(&sessions);
        let spent = |subject: &Subject| seconds.get(subject).copied().unwrap_or_default();

        let habits = workspace.habits.iter().filter_map(|habit| {
            let marks = marks.remove(&habit.id).unwrap_or_default();
            let seconds = spent(&Subject::Habit(habit.id));
            habit_line(everything, habit, &marks, seconds, (since, until), today)
        });
        let habits = habits.collect();
        let topics = curriculum.topics.iter().filter_map(|topic| {
            let progress = workspace.progress.get(&topic.id);
            let history = progress.map(|progress| progress.history.as_slice()).unwrap_or_default();
            let moves = history.iter().map(|change| (change.on, change.state));
            let looks = workspace.reviews.get(&topic.id);
            // The first is the day of mastering, which is a move.
            let looks = looks.into_iter().flat_map(|review| review.history.iter().skip(1));
            let moves: Vec<_> = moves.filter(|(on, _)| is_within(*on)).collect();
            let is_shown = moves.iter().any(|(_, state)| *state == TopicState::Mastered);
            let evidence = progress.map(|progress| &progress.evidence).filter(|_| is_shown);
            let told = TopicLine {
                title: line(&topic.title),
                looks: looks
                    .map(|look| (look.on, look.rating))
                    .filter(|(on, _)| is_within(*on))
                    .collect(),
                sentence: evidence.map_or(String::new(), |evidence| line(&evidence.sentence)),
                link: evidence.and_then(|evidence| evidence.link.as_deref()).and_then(address),
                seconds: spent(&Subject::Topic(topic.id.clone())),
                moves,
            };
            (!told.moves.is_empty() || !told.looks.is_empty() || told.seconds > 0).then_some(told)
        });
        let projects = workspace.projects.iter().filter_map(|project| {
            let moves = project.history.iter().map(|change| (change.on, change.status));
            let told = ProjectLine {
                title: line(&project.draft.title),
                moves: moves.filter(|(on, _)| is_within(*on)).collect(),
                seconds: spent(&Subject::Project(project.id)),
            };
            (!told.moves.is_empty() || told.seconds > 0).then_some(told)
        });
        let notes = everything.check_ins.iter().filter_map(|check_in| {
            let text = check_in.note.as_deref().filter(|_| is_within(check_in.day))?;
            let habit = workspace.habit(check_in.habit)?;
            Some(NoteLine { on: check_in.day, habit: line(&habit.name), text: lines(text) })
        });
        Self {
            since,
            until,
            active_days: active.len(),
            studied: Studied {
                seconds: sessions.iter().map(|session| u64::from(session.seconds)).sum(),
                sessions: u32::try_from(sessions.len()).unwrap_or(u32::MAX),
            },
            habits,
            topics: topics.collect(),
            projects: projects.collect(),
            notes: notes.collect(),
        }
    }

    /// How many days it holds.
    pub fn days(&self) -> i64 {
        (self.until - self.since).num_days() + 1
    }

    /// Done days of all habits.
    pub fn ticks(&self) -> usize {
        self.habits.iter().map(|habit| habit.ticks).sum()
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.habits.is_empty()
            && self.topics.is_empty()
            && self.projects.is_empty()
            && self.studied.sessions == 0
    }
}

/// Done days from the first day on.
fn done(marks: &Marks, since: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    marks.range(since..).filter(|(_, mark)| **mark == Mark::Done).map(|(day, _)| *day)
}

fn seconds_by_subject(sessions: &[&Session]) -> BTreeMap<Subject, u64> {
    let mut seconds = BTreeMap::new();
    for session in sessions {
        for subject in session.subjects() {
            *seconds.entry(subject).or_default() += u64::from(session.seconds);
        }
    }
    seconds
}

/// Nothing of a habit that asked for nothing and was not done.
fn habit_line(
    everything: &Everything,
    habit: &Habit,
    marks: &Marks,
    seconds: u64,
    (since, until): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Option<HabitLine> {
    let rules = everything.workspace.rules;
    let from = Checkpoint::default();
    // Seen from the day after, the last one is over; today never is.
    let today = plus(until, 1).min(today);
    let first_day = first_day(habit, &from, marks, today);
    let past = Past { habit, marks, rules, first_day, today };
    let tally = past.tally(since, until);
    let ticks = done(marks, since).count();
    let is_asked = first_day <= until && habit.archived_on().is_none_or(|on| on >= since);
    if ticks == 0 && tally.all == 0 && seconds == 0 && !is_asked {
        return None;
    }
    let figures = Figures::new(habit, &from, marks, rules, today);
    Some(HabitLine {
        name: line(&habit.name),
        ticks,
        tally,
        streak: figures.current_streak,
        unit: figures.unit,
        seconds,
    })
}
