//! The app as a state machine: a model, messages in, effects out.
//!
//! Owns everything the screen shows and what each action does to it. Must not know the clock, the
//! disk, the terminal or which key was pressed. `update` is the only way in.

pub mod action;
mod applied;
pub mod areas;
mod available;
pub mod begin;
mod building;
pub mod celebration;
pub mod choosing;
pub mod confirm;
mod counts;
mod curriculum;
pub mod detail;
pub mod doctor;
pub mod editor;
mod evidence_form;
pub mod find;
mod followed;
pub mod form;
mod greeting;
pub mod grown;
mod habit_form;
pub mod heat;
mod hidden;
pub mod history;
pub mod keys;
mod left;
pub mod listing;
pub mod menu;
pub mod message;
pub mod mouse;
pub mod note;
mod notice;
pub mod offer;
mod overlay;
pub mod pace;
pub mod palette;
mod portfolio;
mod project_form;
pub mod reading;
pub mod rehearsal;
pub mod review;
mod said;
mod scope_form;
mod settle;
mod start;
pub mod timer;
mod today;
mod topic_form;
pub mod topics;
mod update;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{NaiveDate, NaiveTime};
use ratatui::layout::Size;

pub use self::{
    action::Action,
    available::{is_available, panes},
    counts::{Count, today_count},
    curriculum::{Filter, TreeRow},
    habit_form::{STARTER, starter_recipe},
    left::{reminder, title},
    message::{Effect, Failure, Message},
    notice::{Notice, Tone, Trouble},
    overlay::Overlay,
    portfolio::{ProjectRow, Stage},
    start::Start,
    update::update,
};
use self::{
    areas::Areas, celebration::Celebration, detail::Shape, followed::Followed, grown::Grown,
    history::History, keys::Keys, listing::Listing, pace::Paced, timer::Timer,
};
use crate::{
    config::Config,
    domain::{
        change::Change,
        curriculum::Curriculum,
        figures::{Ask, Figures},
        habit::Habit,
        ids::{HabitId, IdSource, TopicId},
        project::{Level, Project},
        topic::TopicState,
        workspace::Workspace,
    },
};

/// The three panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// Tiny habits and their streaks.
    #[default]
    Today,
    /// The skill roadmap.
    Curriculum,
    /// Projects by level.
    Portfolio,
}

impl Pane {
    /// In the order of their number keys.
    pub const ALL: [Self; 3] = [Self::Today, Self::Curriculum, Self::Portfolio];

    /// The name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Curriculum => "Curriculum",
            Self::Portfolio => "Portfolio",
        }
    }
}

/// Which half of the focused pane takes the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    /// Its list.
    #[default]
    List,
    /// Its detail.
    Detail,
}

/// Everything the screen is drawn from.
#[derive(Debug, Clone)]
pub struct Model {
    /// What is on the disk, as far as it is held.
    pub workspace: Workspace,
    /// What the curriculum files hold, with the person's own topics and retired ones.
    pub curriculum: Arc<Curriculum>,
    /// What the person has chosen.
    pub config: Config,
    /// The keys in words.
    pub keys: Keys,
    /// The logical day.
    pub today: NaiveDate,
    /// Between midnight and the rollover: the wall-clock time of the rollover.
    pub until: Option<NaiveTime>,
    /// The day that Today shows and edits.
    pub day: NaiveDate,
    /// The focused pane.
    pub pane: Pane,
    /// Its half that takes the keys.
    pub focus: Focus,
    /// Whether the focused pane has the whole screen.
    pub is_zoomed: bool,
    /// Habits in Today.
    pub habits: Listing<HabitId>,
    /// Today zoomed.
    pub history: History,
    /// Rows of the roadmap.
    pub tree: Listing<TreeRow>,
    /// Rows of the portfolio.
    pub projects: Listing<ProjectRow>,
    /// The first line of the detail that is in sight.
    pub detail_top: usize,
    /// The selected item of the detail, when one is in sight.
    pub detail_item: Option<usize>,
    /// What scrolls or can be clicked, as measured before the last message that may need it.
    pub shape: Shape,
    /// What is being looked for in each pane.
    pub queries: [String; 3],
    /// Which topics the roadmap shows.
    pub filter: Filter,
    /// Which projects the portfolio lists.
    pub stage: Stage,
    /// Whether archived habits are listed.
    pub shows_archived: bool,
    /// Whether dropped projects are listed.
    pub shows_dropped: bool,
    /// What is on top.
    pub overlay: Option<Overlay>,
    /// The timer, from its start until it is stopped.
    pub timer: Option<Timer>,
    /// The message in the footer.
    pub notice: Option<Notice>,
    /// What stays wrong, the worst first, and why.
    pub troubles: BTreeMap<Trouble, String>,
    /// The newest tick that is celebrated.
    pub celebration: Option<Celebration>,
    /// Changes that could not be written yet, oldest first. They are not in the workspace.
    pub unsaved: Vec<Change>,
    /// Figures per habit, as of `today`.
    pub figures: BTreeMap<HabitId, Figures>,
    /// What is asked of each habit on `day`.
    pub asks: BTreeMap<HabitId, Ask>,
    /// Minutes per week.
    pub pace: Paced,
    /// The starts that the selected project grew from.
    grown: Grown,
    /// The terminal's size.
    pub size: Size,
    /// Where everything is; follows size and model.
    pub areas: Areas,
    /// Whose detail is in sight.
    subject: Option<Subject>,
    /// The way back from where a line of the detail has led.
    followed: Option<Followed>,
    /// The change that the form or note on top asked for, until it is on the disk or refused.
    saving: Option<Change>,
    /// Changes that waited and are being tried again.
    retried: Vec<Change>,
    /// What a crash cut short, until it is kept.
    recovering: Option<Change>,
    /// What was last said of changes that wait.
    said_of_waiting: String,
    /// What the curriculum files hold.
    defined: Arc<Curriculum>,
    folded: BTreeSet<String>,
    folded_levels: BTreeSet<Level>,
    ids: IdSource,
}

/// Whose detail is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Subject {
    Habit(HabitId),
    Row(TreeRow),
    Project(ProjectRow),
}

impl Model {
    /// The habit that is selected in Today, or that the history is about.
    pub fn selected_habit(&self) -> Option<&Habit> {
        if self.is_in_history() {
            return self.told_habit();
        }
        self.workspace.habit(*self.habits.selected()?)
    }

    /// The topic that is selected in the roadmap.
    pub fn selected_topic(&self) -> Option<&TopicId> {
        match self.tree.selected()? {
            TreeRow::Next(topic) | TreeRow::Topic(topic) => Some(topic),
            TreeRow::Area(_) | TreeRow::Module(_) => None,
        }
    }

    /// The project that is selected in the portfolio.
    pub fn selected_project(&self) -> Option<&Project> {
        match self.projects.selected()? {
            ProjectRow::Project(project) => self.workspace.project(*project),
            ProjectRow::Level(_) => None,
        }
    }

    /// How far the person is with a topic.
    pub fn topic_state(&self, topic: &TopicId) -> TopicState {
        self.workspace.topic_state(topic)
    }

    /// The selected row of the focused pane.
    fn selected_subject(&self) -> Option<Subject> {
        match self.pane {
            Pane::Today => self.habits.selected().copied().map(Subject::Habit),
            Pane::Curriculum => self.tree.selected().cloned().map(Subject::Row),
            Pane::Portfolio => self.projects.selected().copied().map(Subject::Project),
        }
    }

    /// How many projects there are that were not dropped.
    pub fn project_count(&self) -> usize {
        self.workspace.projects.iter().filter(|project| !portfolio::is_dropped(project)).count()
    }

    /// How many rows a pane's list has.
    pub fn row_count(&self, pane: Pane) -> usize {
        match pane {
            Pane::Today => self.habits.rows().len(),
            Pane::Curriculum => self.tree.rows().len(),
            Pane::Portfolio => self.projects.rows().len(),
        }
    }

    /// Whether a heading of the roadmap is folded.
    pub fn is_folded(&self, slug: &str) -> bool {
        self.folded.contains(slug)
    }

    /// Whether a level of the portfolio is folded.
    pub fn is_level_folded(&self, level: Level) -> bool {
        self.folded_levels.contains(&level)
    }

    /// The query of the focused pane.
    pub fn query(&self) -> &str {
        &self.queries[self.pane as usize]
    }

    fn rebuild_curriculum(&mut self) {
        self.curriculum = self.workspace.complete(&self.defined);
    }

    /// Reads every habit's figures anew: the day or many habits have changed.
    fn recompute_figures(&mut self) {
        self.figures = self
            .workspace
            .habits
            .iter()
            .filter_map(|habit| Some((habit.id, self.workspace.figures(habit, self.today)?)))
            .collect();
        self.recompute_asks();
    }

    /// Reads what is asked on the shown day anew.
    fn recompute_asks(&mut self) {
        let ask = |habit: &Habit| {
            let first_day = self.figures.get(&habit.id)?.first_day;
            let ask = self.workspace.ask(habit, self.day, first_day, self.today)?;
            Some((habit.id, ask))
        };
        self.asks = self.workspace.habits.iter().filter_map(ask).collect();
    }

    /// Makes every pane's rows anew: records, a filter or a fold have changed.
    fn refresh_rows(&mut self) {
        let habits = self.habit_rows();
        self.habits.replace(habits);
        let tree = self.tree_rows();
        self.tree.replace(tree);
        let projects = self.project_rows();
        self.projects.replace(projects);
    }

    fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), tone });
    }
}
