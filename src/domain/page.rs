//! What a portfolio page holds: projects by level, what was learned, and a year of tiny starts.
//!
//! Owns what is shown to others and in which order, and makes every text safe to show. Must not
//! know any format. What a person wrote for themselves stays out: notes, the goal, worksheets, how
//! ideas were chosen, and the employer's question.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use url::Url;

use super::{
    curriculum::{Curriculum, Progress, RETIRED, Topic, progress},
    day::plus,
    ids::{HabitId, ProjectId, TopicId},
    project::{Level, Project, Status},
    session::{Studied, Subject, duration},
    text,
    topic::TopicState,
    workspace::Workspace,
};

/// How many days the heatmap holds: whole weeks and the one in progress.
pub const YEAR: i64 = 53 * 7;

/// What only the store can count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// The tiny starts that projects grew from, see [`roots`].
    pub grown: BTreeMap<ProjectId, u64>,
    /// Ticks of all habits by day.
    pub ticks: BTreeMap<NaiveDate, u32>,
}

/// What is to be on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Whose page; may be empty.
    pub name: String,
    /// Whether ideas are on it, too.
    pub has_ideas: bool,
    /// The logical day it is made.
    pub today: NaiveDate,
}

/// A portfolio page. Its texts are safe to show and its links are http or https, percent-encoded;
/// a writer only escapes what its format takes for markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Whose page; may be empty.
    pub name: String,
    /// The logical day it was made.
    pub made_on: NaiveDate,
    /// Levels that have projects, the largest first: whoever reads it may read no further.
    pub levels: Vec<Shelf>,
    /// Areas in which something is mastered, in the curriculum's order.
    pub areas: Vec<Learned>,
    /// Ticks of all habits by day, as far as they were counted.
    pub ticks: BTreeMap<NaiveDate, u32>,
}

/// The projects of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// Which level.
    pub level: Level,
    /// Shipped and live ones first, then what is under way.
    pub projects: Vec<Entry>,
}

/// One project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// One line.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// How far it is.
    pub status: Status,
    /// The day its work began; that of its first status while it has not.
    pub since: NaiveDate,
    /// The day it was first shipped or live, when it is that.
    pub shipped_on: Option<NaiveDate>,
    /// What it is and for whom.
    pub pitch: String,
    /// What came of it.
    pub result: String,
    /// What the person did in it.
    pub role: String,
    /// How they would explain it to somebody outside the field.
    pub explained: String,
    /// The best first.
    pub links: Vec<String>,
    /// Titles of the topics it proves.
    pub topics: Vec<String>,
    /// What its sessions come to.
    pub studied: Studied,
    /// The ticks that it grew from, see [`roots`].
    pub grown: u64,
}

/// What was learned in one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learned {
    /// Its title.
    pub title: String,
    /// How much of it is mastered.
    pub progress: Progress,
    /// Seconds of sessions on its topics.
    pub seconds: u64,
    /// Mastered topics in the curriculum's order.
    pub topics: Vec<Proof>,
}

/// A mastered topic and what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Its title.
    pub title: String,
    /// Since when.
    pub on: Option<NaiveDate>,
    /// The evidence in words; may be empty.
    pub sentence: String,
    /// Where it can be seen.
    pub link: Option<String>,
    /// Titles of the projects on this page that prove it.
    pub projects: Vec<String>,
    /// Seconds of sessions on it.
    pub seconds: u64,
}

/// Where a project grew from: the habits that are for a topic it proves, archived ones too, and the
/// last day whose ticks count: that of its first shipping, else today.
///
/// A tick counts once for a project however many of its topics it proves; and for each project that
/// proves the topic, for what was learned once may be used twice.
pub fn roots(
    workspace: &Workspace,
    project: &Project,
    today: NaiveDate,
) -> (Vec<HabitId>, NaiveDate) {
    let is_root = |topic: &Option<TopicId>| {
        topic.as_ref().is_some_and(|topic| project.draft.topics.contains(topic))
    };
    let habits = workspace.habits.iter().filter(|habit| is_root(&habit.topic));
    let until = first_shipped(project).map_or(today, |on| on.min(today));
    (habits.map(|habit| habit.id).collect(), until)
}

/// "grew from 211 tiny starts"; nothing where there were none.
pub fn grew(starts: u64) -> Option<String> {
    let noun = if starts == 1 { "tiny start" } else { "tiny starts" };
    (starts > 0).then(|| format!("grew from {} {noun}", text::grouped(starts)))
}

/// The day it was first shipped or live.
fn first_shipped(project: &Project) -> Option<NaiveDate> {
    let is_out = |status| matches!(status, Status::Shipped | Status::Live);
    project.history.iter().find(|change| is_out(change.status)).map(|change| change.on)
}

/// The day its work began; that of its first status while it has not.
fn began(project: &Project) -> NaiveDate {
    let work = project.history.iter().find(|change| change.status.is_work());
    work.or(project.history.first()).map_or(NaiveDate::MIN, |change| change.on)
}

/// Where it stands among those of its level; `None` keeps it off the page.
fn rank(status: Status, has_ideas: bool) -> Option<u8> {
    match status {
        Status::Live | Status::Shipped => Some(0),
        Status::Building => Some(1),
        Status::Scoped => Some(2),
        Status::Idea => has_ideas.then_some(3),
        Status::Dropped => None,
    }
}

/// A line as it is shown to others: joiners of emoji and of some scripts stay.
pub(super) fn line(text: &str) -> String {
    text::typed(text, false).trim().to_owned()
}

/// Lines as they are shown to others.
pub(super) fn lines(text: &str) -> String {
    text::typed(text, true).replace('\t', " ").trim().to_owned()
}

/// A link that may be followed, percent-encoded.
pub(super) fn address(link: &str) -> Option<String> {
    let link = text::link(link).ok()?;
    Url::parse(&link).ok().map(String::from)
}

impl Page {
    /// Gathers the page.
    pub fn new(
        workspace: &Workspace,
        curriculum: &Curriculum,
        counted: Counted,
        wanted: &Wanted,
    ) -> Self {
        let mut listed: Vec<_> = workspace
            .projects
            .iter()
            .filter_map(|project| Some((rank(project.draft.status, wanted.has_ideas)?, project)))
            .collect();
        // A stable order: within a rank the person's own.
        listed.sort_by_key(|(rank, project)| (project.draft.level, *rank));
        let shelf = |level| {
            let at_level = listed.iter().filter(|(_, project)| project.draft.level == level);
            let entry = |project| Entry::new(workspace, curriculum, &counted, project);
            let projects: Vec<_> = at_level.map(|(_, project)| entry(project)).collect();
            (!projects.is_empty()).then_some(Shelf { level, projects })
        };
        let levels = Level::ALL.into_iter().rev().filter_map(shelf).collect();
        let shown: Vec<_> = listed.iter().map(|(_, project)| *project).collect();
        let areas = learned(workspace, curriculum, &shown);
        Self {
            name: line(&wanted.name),
            made_on: wanted.today,
            levels,
            areas,
            ticks: counted.ticks,
        }
    }

    /// Every project, the largest level first.
    pub fn projects(&self) -> impl Iterator<Item = &Entry> {
        self.levels.iter().flat_map(|shelf| &shelf.projects)
    }

    /// How many topics are mastered; those of a `choose_one` group count once.
    pub fn mastered(&self) -> usize {
        self.areas.iter().map(|area| area.progress.mastered).sum()
    }

    /// The first day of the heatmap: of a week that begins on Monday.
    pub fn year_begins(&self) -> NaiveDate {
        super::day::week_start(plus(self.made_on, 7 - YEAR), chrono::Weekday::Mon)
    }

    /// The head of the page in one line: what there is of it.
    pub fn summary(&self) -> String {
        let counted = |count: u64, one: &str, many: &str| {
            (count > 0).then(|| {
                format!("{} {}", text::grouped(count), if count == 1 { one } else { many })
            })
        };
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let ticks = self.ticks.values().map(|ticks| u64::from(*ticks)).sum();
        let parts = [
            counted(count(self.projects().count()), "project", "projects"),
            counted(count(self.mastered()), "topic mastered", "topics mastered"),
            counted(ticks, "tiny start in the past year", "tiny starts in the past year"),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        parts.join(" · ")
    }
}

impl Entry {
    fn new(
        workspace: &Workspace,
        curriculum: &Curriculum,
        counted: &Counted,
        project: &Project,
    ) -> Self {
        let draft = &project.draft;
        let is_out = matches!(draft.status, Status::Shipped | Status::Live);
        Self {
            title: line(&draft.title),
            level: draft.level,
            status: draft.status,
            since: began(project),
            shipped_on: first_shipped(project).filter(|_| is_out),
            pitch: lines(&draft.pitch),
            result: lines(&draft.result),
            role: lines(&draft.role),
            explained: lines(&draft.explained),
            links: draft.links.iter().filter_map(|link| address(link)).collect(),
            topics: draft.topics.iter().map(|id| line(title_of(curriculum, id))).collect(),
            studied: workspace.studied(&Subject::Project(project.id)),
            grown: counted.grown.get(&project.id).copied().unwrap_or_default(),
        }
    }

    /// The day it was shipped, when nothing goes on: what is live has no end.
    pub fn ended_on(&self) -> Option<NaiveDate> {
        self.shipped_on.filter(|_| self.status == Status::Shipped)
    }

    /// "3 Oct 2025 – 12 Jan 2026"; what goes on has no end.
    pub fn dates(&self) -> String {
        let since = date(self.since);
        match self.ended_on() {
            Some(on) if on == self.since => since,
            Some(on) => format!("{since} – {}", date(on)),
            None => format!("since {since}"),
        }
    }

    /// What it took: "4 h 10 m in 12 sessions", "grew from 211 tiny starts".
    pub fn effort(&self) -> Vec<String> {
        // A slip of the key is nothing to tell others.
        let studied = self.studied.words().filter(|_| self.studied.seconds >= 60);
        studied.into_iter().chain(grew(self.grown)).collect()
    }

    /// The word above its topics: what is only planned proves nothing.
    pub fn shows(&self) -> &'static str {
        if self.status.is_work() { "Shows" } else { "Would show" }
    }
}

impl Proof {
    /// "mastered 3 Oct 2025 · 4 h 10 m".
    pub fn facts(&self) -> String {
        let on = self.on.map(date);
        let time = (self.seconds > 0).then(|| duration(self.seconds));
        let facts: Vec<_> = on.into_iter().chain(time).collect();
        facts.join(" · ")
    }
}

/// A day as a page says it: "3 Oct 2025".
pub fn date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// What a level means, after Ng's four steps.
pub const fn meaning(level: Level) -> &'static str {
    match level {
        Level::Educational => "Known exercises, done again from scratch",
        Level::Personal => "Small things of my own",
        Level::Valuable => "Of use to others",
        Level::Larger => "Larger in scope, with others",
    }
}

fn title_of<'a>(curriculum: &'a Curriculum, id: &'a TopicId) -> &'a str {
    curriculum.topic(id).map_or(&id.0, |topic| &topic.title)
}

fn learned(workspace: &Workspace, curriculum: &Curriculum, shown: &[&Project]) -> Vec<Learned> {
    let state = |id: &TopicId| workspace.topic_state(id);
    let seconds = |topic: &Topic| workspace.studied(&Subject::Topic(topic.id.clone())).seconds;
    let mut areas = Vec::new();
    // What is in no curriculum any more counts for nothing here either.
    for area in curriculum.areas.iter().filter(|area| area.id != RETIRED) {
        let modules = curriculum.modules_in(&area.id);
        let topics: Vec<_> = modules.flat_map(|module| curriculum.topics_in(&module.id)).collect();
        let mastered =
            topics.iter().filter(|topic| state(&topic.id) == TopicState::Mastered).copied();
        let proofs: Vec<_> = mastered
            .map(|topic| proof(workspace, &topic.id, &topic.title, seconds(topic), shown))
            .collect();
        if proofs.is_empty() {
            continue;
        }
        areas.push(Learned {
            title: line(&area.title),
            progress: progress(topics.iter().copied(), state),
            seconds: topics.iter().map(|topic| seconds(topic)).sum(),
            topics: proofs,
        });
    }
    areas
}

fn proof(
    workspace: &Workspace,
    id: &TopicId,
    title: &str,
    seconds: u64,
    shown: &[&Project],
) -> Proof {
    let progress = workspace.progress.get(id);
    let evidence = progress.map(|progress| &progress.evidence);
    let proves =
        |project: &&&Project| project.draft.status.is_work() && project.draft.topics.contains(id);
    Proof {
        title: line(title),
        on: progress.and_then(super::topic::TopicProgress::changed_on),
        sentence: evidence.map_or_else(String::new, |evidence| line(&evidence.sentence)),
        link: evidence.and_then(|evidence| evidence.link.as_deref()).and_then(address),
        projects: shown.iter().filter(proves).map(|project| line(&project.draft.title)).collect(),
        seconds,
    }
}
