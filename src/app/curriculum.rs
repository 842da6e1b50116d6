//! Curriculum: the roadmap as a tree, and each topic's state.
//!
//! Owns the pane's rows and verbs. Must not know where topics are defined.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    Action, Effect, Focus, Model, Overlay, Pane, Tone,
    confirm::Confirm,
    detail::{self, Item},
    evidence_form, find,
    menu::{Choice, Menu},
    note::{About, Note},
};
use crate::domain::{
    annotation::Want,
    change::{AnnotationPatch, Change},
    curriculum::{Origin, Topic, Why},
    ids::TopicId,
    topic::TopicState,
};

/// What is found of a topic beside its title.
fn told(topic: &Topic) -> String {
    let resources = topic.resources.iter().flat_map(|link| [link.title.as_str(), link.by.as_str()]);
    [topic.check.as_str()].into_iter().chain(resources).collect::<Vec<_>>().join(" ")
}

/// One row of the roadmap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TreeRow {
    /// The topic to go on with.
    Next(TopicId),
    /// An area by its slug.
    Area(String),
    /// A module by its slug.
    Module(String),
    /// A topic.
    Topic(TopicId),
}

impl TreeRow {
    /// Columns before its glyph.
    pub const fn indent(&self) -> usize {
        match self {
            Self::Next(_) | Self::Area(_) => 0,
            Self::Module(_) => 2,
            Self::Topic(_) => 4,
        }
    }
}

/// Which topics the roadmap shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Not mastered, with nothing missing before them.
    Ready,
    /// Under way.
    Learning,
    /// Mastered, and back for review.
    Due,
    /// Wanted for the goal, however much.
    Wanted,
    /// Not started.
    Untouched,
    /// Mastered, with nothing that shows it.
    Unproven,
}

impl Filter {
    const fn next(self) -> Self {
        match self {
            Self::All => Self::Ready,
            Self::Ready => Self::Learning,
            Self::Learning => Self::Due,
            Self::Due => Self::Wanted,
            Self::Wanted => Self::Untouched,
            Self::Untouched => Self::Unproven,
            Self::Unproven => Self::All,
        }
    }

    /// The word on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Ready => "ready",
            Self::Learning => "learning",
            Self::Due => "due for review",
            Self::Wanted => "wanted",
            Self::Untouched => "untouched",
            Self::Unproven => "unproven",
        }
    }
}

impl Model {
    /// One topic to go on with, and why.
    pub fn next_topic(&self) -> Option<(&Topic, Why)> {
        self.curriculum.next(|id| self.topic_state(id), |id| self.workspace.want(id))
    }

    fn is_wanted(&self, topic: &Topic) -> bool {
        let state = self.topic_state(&topic.id);
        if topic.origin == Origin::Retired {
            return self.filter == Filter::All;
        }
        match self.filter {
            Filter::All => true,
            Filter::Ready => {
                !matches!(state, TopicState::Mastered | TopicState::Skipped)
                    && self.curriculum.is_ready(topic, |id| self.topic_state(id))
            }
            Filter::Learning => matches!(state, TopicState::Learning | TopicState::Practising),
            Filter::Due => self.is_due(&topic.id),
            Filter::Wanted => self.workspace.want(&topic.id).is_some(),
            Filter::Untouched => state == TopicState::NotStarted,
            Filter::Unproven => {
                state == TopicState::Mastered && !self.workspace.is_proven(&topic.id)
            }
        }
    }

    /// The tree with its folds; or, while finding or filtering, the topics that fit with their
    /// headings.
    pub(super) fn tree_rows(&self) -> Vec<TreeRow> {
        let query = &self.queries[1];
        if !query.is_empty() {
            let wanted = self.curriculum.topics.iter().filter(|topic| self.is_wanted(topic));
            let wanted: Vec<_> = wanted.collect();
            let titled = find::matching(query, wanted.iter().copied(), |topic| topic.title.clone());
            // Whose title fits comes first; then what can be done with it, and where it is learned.
            let known: BTreeSet<&TopicId> = titled.iter().map(|topic| &topic.id).collect();
            let is_new = |topic: &&Topic| !known.contains(&topic.id);
            let others = wanted.into_iter().filter(|topic| is_new(topic));
            let told = find::containing(query, others, |topic| told(topic));
            let found = titled.iter().chain(&told);
            return found.map(|topic| TreeRow::Topic(topic.id.clone())).collect();
        }
        let is_filtered = self.filter != Filter::All;
        let mut rows = Vec::new();
        if !is_filtered && let Some((topic, _)) = self.next_topic() {
            rows.push(TreeRow::Next(topic.id.clone()));
        }
        for area in &self.curriculum.areas {
            let area_place = rows.len();
            let is_open = is_filtered || !self.folded.contains(&area.id);
            rows.push(TreeRow::Area(area.id.clone()));
            for module in self.curriculum.modules_in(&area.id).filter(|_| is_open) {
                let module_place = rows.len();
                rows.push(TreeRow::Module(module.id.clone()));
                if is_filtered || !self.folded.contains(&module.id) {
                    let topics = self.curriculum.topics_in(&module.id);
                    let wanted = topics.filter(|topic| self.is_wanted(topic));
                    rows.extend(wanted.map(|topic| TreeRow::Topic(topic.id.clone())));
                }
                if is_filtered && rows.len() == module_place + 1 {
                    rows.pop();
                }
            }
            if is_filtered && rows.len() == area_place + 1 {
                rows.pop();
            }
        }
        rows
    }

    /// At the start only the way to the next topic is unfolded.
    pub(super) fn fold_all_but_next(&mut self) {
        let open = self.next_topic().and_then(|(topic, _)| {
            let module = self.curriculum.module(&topic.module)?;
            Some([module.area.clone(), module.id.clone()])
        });
        let areas = self.curriculum.areas.iter().map(|area| &area.id);
        let modules = self.curriculum.modules.iter().map(|module| &module.id);
        self.folded = areas.chain(modules).cloned().collect();
        for slug in open.into_iter().flatten() {
            self.folded.remove(&slug);
        }
    }

    /// Shows a topic wherever it stands: clears what hides it, unfolds the way to it, selects it.
    pub(super) fn reveal_topic(&mut self, id: &TopicId) {
        let Some(topic) = self.curriculum.topic(id) else {
            return;
        };
        let module = topic.module.clone();
        let area = self.curriculum.module(&module);
        if let Some(area) = area.map(|module| module.area.clone()) {
            self.folded.remove(&area);
        }
        self.folded.remove(&module);
        self.queries[1].clear();
        self.filter = Filter::All;
        let rows = self.tree_rows();
        self.tree.replace(rows);
        self.tree.select_where(|row| *row == TreeRow::Topic(id.clone()));
    }

    /// Selects a module's row, unfolding its area.
    pub(super) fn reveal_module(&mut self, slug: &str) {
        if let Some(module) = self.curriculum.module(slug) {
            self.folded.remove(&module.area);
        }
        self.refresh_rows();
        self.tree.select_where(|row| matches!(row, TreeRow::Module(id) if id == slug));
    }

    fn heading(&self) -> Option<String> {
        match self.tree.selected()? {
            TreeRow::Area(slug) | TreeRow::Module(slug) => Some(slug.clone()),
            TreeRow::Next(_) | TreeRow::Topic(_) => None,
        }
    }

    /// Folds or unfolds the selected heading; from a topic, folding goes to its module first.
    fn fold(&mut self, is_folded: bool) {
        let Some(slug) = self.heading() else {
            if is_folded && let Some(topic) = self.selected_topic() {
                let module = self.curriculum.topic(topic).map(|topic| topic.module.clone());
                self.tree.select_where(
                    |row| matches!(row, TreeRow::Module(slug) if Some(slug) == module.as_ref()),
                );
            }
            return;
        };
        let was_folded = self.folded.contains(&slug);
        if is_folded == was_folded {
            // Already so: step out to the area, or in to the first row.
            if is_folded {
                let module = self.curriculum.module(&slug);
                let area = module.map(|module| module.area.clone());
                self.tree.select_where(
                    |row| matches!(row, TreeRow::Area(slug) if Some(slug) == area.as_ref()),
                );
            } else {
                self.tree.step(1);
            }
        } else if is_folded {
            self.folded.insert(slug);
        } else {
            self.folded.remove(&slug);
        }
        self.refresh_rows();
    }

    /// Does one of the roadmap's verbs to the selected row.
    pub(super) fn act_on_topic(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Fold => self.fold(true),
            Action::Unfold => self.fold(false),
            Action::FilterStates => {
                self.filter = self.filter.next();
                self.refresh_rows();
                if self.filter == Filter::All {
                    self.say(Tone::Plain, "Filter: all topics.");
                } else {
                    let word = self.filter.word();
                    let more = self.hints([(Action::FilterStates, "goes on")]);
                    self.say(Tone::Plain, format!("Filter: {word}.{more}"));
                }
            }
            Action::AdvanceTopic if self.is_on_link() => return self.toggle_used(),
            Action::MarkWanted => return self.mark_wanted(),
            Action::WriteNote => {
                let Some(topic) = self.selected_topic().cloned() else {
                    return Vec::new();
                };
                let beside = self.workspace.annotations.get(&topic);
                let notes = beside.map(|beside| beside.notes.as_str());
                self.overlay = Some(Overlay::Note(Note::new(About::Topic(topic.clone()), notes)));
            }
            Action::WriteGoal => {
                let note = Note::new(About::Goal, Some(&self.workspace.goal));
                self.overlay = Some(Overlay::Note(note));
            }
            Action::Prove | Action::EditLinks => {
                let Some(topic) = self.selected_topic().cloned() else {
                    return Vec::new();
                };
                let form = match action {
                    Action::Prove => evidence_form::form(self, &topic),
                    _ => evidence_form::links_form(self, &topic),
                };
                self.overlay = Some(Overlay::Form(Box::new(form)));
            }
            Action::AdvanceTopic if self.is_on_heading() => {
                let is_folded = self.heading().is_some_and(|slug| self.folded.contains(&slug));
                self.fold(!is_folded);
            }
            Action::AdvanceTopic => {
                let Some(topic) = self.selected_topic().cloned() else {
                    return Vec::new();
                };
                let Some(state) = self.topic_state(&topic).next() else {
                    let all = self.hints([(Action::ChooseState, "offers every state")]);
                    self.say(Tone::Plain, format!("Already mastered.{all}"));
                    return Vec::new();
                };
                return self.set_topic(topic, state);
            }
            Action::ChooseState => {
                let Some(topic) = self.selected_topic().cloned() else {
                    return Vec::new();
                };
                let title = self.topic_title(&topic);
                let current = self.topic_state(&topic);
                let choices = TopicState::ALL.map(|state| Choice {
                    label: state.word().to_owned(),
                    is_current: state == current,
                    change: Change::TopicSet { topic: topic.clone(), state, on: self.today },
                });
                self.overlay = Some(Overlay::Menu(Menu::new(title, choices)));
            }
            Action::Delete => {
                let Some(topic) = self.selected_topic().cloned() else {
                    return Vec::new();
                };
                self.overlay = Some(Overlay::Confirm(Confirm {
                    question: format!("Delete “{}”?", self.topic_title(&topic)),
                    consequence: "Undo brings it back.".to_owned(),
                    effect: Some(Effect::Apply(Change::OwnTopicDelete { topic })),
                    back: None,
                }));
            }
            _ => {}
        }
        Vec::new()
    }

    /// Whether a topic has come back for review.
    pub fn is_due(&self, id: &TopicId) -> bool {
        self.coming_review(id).is_some_and(|review| review.due_on <= self.today)
    }

    /// Whether a link of the selected topic is selected in the detail.
    pub fn is_on_link(&self) -> bool {
        self.selected_link().is_some()
    }

    fn selected_link(&self) -> Option<(TopicId, String)> {
        let is_here = self.pane == Pane::Curriculum && self.focus == Focus::Detail;
        let topic = self.selected_topic().filter(|_| is_here)?;
        match detail::items(self).get(self.detail_item?)? {
            Item::Link(url) if self.links_of(topic).contains(url) => {
                Some((topic.clone(), url.clone()))
            }
            _ => None,
        }
    }

    fn toggle_used(&self) -> Vec<Effect> {
        let used = self.selected_link().map(|(topic, url)| {
            let is_used = !self.workspace.is_used(&topic, &url);
            Effect::Apply(Change::ResourceUsed { topic, url, is_used })
        });
        used.into_iter().collect()
    }

    /// Needed, then nice, then curious, then not wanted.
    fn mark_wanted(&self) -> Vec<Effect> {
        let marked = self.selected_topic().map(|topic| {
            let place = self.workspace.want(topic).map_or(0, |want| want as usize + 1);
            let want = Some(Want::ALL.get(place).copied());
            let edit = AnnotationPatch { want, ..AnnotationPatch::default() };
            Effect::Apply(Change::TopicAnnotate { topic: topic.clone(), edit })
        });
        marked.into_iter().collect()
    }

    /// What it is all learned for; or how it is written down.
    pub fn goal(&self) -> Cow<'_, str> {
        if !self.workspace.goal.is_empty() {
            return Cow::Borrowed(&self.workspace.goal);
        }
        let key = self.tell_key(Pane::Curriculum, Action::WriteGoal, |key| format!(" ({key})"));
        Cow::Owned(format!(
            "No goal written down yet{key}: what must you know for the job you want?"
        ))
    }

    /// A topic's title; its slug when the curriculum no longer has it.
    pub fn topic_title(&self, id: &TopicId) -> String {
        self.curriculum.topic(id).map_or_else(|| id.0.clone(), |topic| topic.title.clone())
    }
}
