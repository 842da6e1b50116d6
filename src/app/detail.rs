//! The detail's items: what `j` and `k` move through, Enter follows and `o` opens.
//!
//! Owns which items a habit, a topic and a project have, in the order they are drawn. Must not draw.

use super::{
    Action, Effect, Focus, Message, Model, Overlay, Pane, TreeRow, heat::Heat, mouse::Spot,
};
use crate::domain::{
    ids::{ProjectId, TopicId},
    text,
};

/// Something in the detail that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// To a topic: linked, needed, opened or proven.
    Topic(TopicId),
    /// To a module of the area.
    Module(String),
    /// To a project that proves the topic.
    Project(ProjectId),
    /// To a web address.
    Link(String),
}

/// The items of the focused pane's selection.
pub fn items(model: &Model) -> Vec<Item> {
    match model.pane {
        Pane::Today => {
            let topic = model.selected_habit().and_then(|habit| habit.topic.clone());
            topic.into_iter().map(Item::Topic).collect()
        }
        Pane::Curriculum => {
            let curriculum = &model.curriculum;
            match model.tree.selected() {
                Some(TreeRow::Next(id) | TreeRow::Topic(id)) => topic_items(model, id),
                Some(TreeRow::Module(slug)) => {
                    let topics = curriculum.topics_in(slug);
                    topics.map(|topic| Item::Topic(topic.id.clone())).collect()
                }
                Some(TreeRow::Area(slug)) => {
                    let modules = curriculum.modules_in(slug);
                    modules.map(|module| Item::Module(module.id.clone())).collect()
                }
                None => Vec::new(),
            }
        }
        Pane::Portfolio => model.selected_project().map_or_else(Vec::new, |project| {
            let links = project.draft.links.iter().cloned().map(Item::Link);
            links.chain(project.draft.topics.iter().cloned().map(Item::Topic)).collect()
        }),
    }
}

fn topic_items(model: &Model, id: &TopicId) -> Vec<Item> {
    let Some(topic) = model.curriculum.topic(id) else {
        return Vec::new();
    };
    let needs = topic.prerequisites.iter().cloned();
    let opens = model.curriculum.opens(id).map(|topic| topic.id.clone());
    let links = model.links_of(id).into_iter().map(Item::Link);
    let evidence = model.workspace.progress.get(id).map(|progress| &progress.evidence);
    let shown = evidence.and_then(|evidence| evidence.link.clone()).map(Item::Link);
    let proof = model.proof(id).map(|project| Item::Project(project.id));
    let (needs, opens) = (needs.map(Item::Topic), opens.map(Item::Topic));
    needs.chain(links).chain(opens).chain(proof).chain(shown).collect()
}

/// What scrolls or can be clicked, measured as it would be drawn: sizes are data, and only drawing
/// knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// Lines in all.
    pub lines: usize,
    /// The lines that are items, in the order of [`items`].
    pub items: Vec<usize>,
    /// The days of the year in the detail, if one is drawn.
    pub heat: Option<Heat>,
    /// What can be clicked in header, footer and window.
    pub spots: Vec<Spot>,
}

/// Whether `message` may scroll or hit something, so that [`Model::shape`] must be measured before
/// it.
pub fn needs_shape(model: &Model, message: &Message) -> bool {
    if let Message::Mouse(_) = message {
        return true;
    }
    matches!(message, Message::Action(_))
        && (matches!(model.overlay, Some(Overlay::Help { .. } | Overlay::Reading(_)))
            || model.is_in_history()
                && matches!(message, Message::Action(Action::HalfUp | Action::HalfDown))
            || model.focus == Focus::Detail
            || matches!(message, Message::Action(Action::FocusDetail | Action::Help)))
}

/// The link that `o` opens: the selected one in the detail, else a topic's first that was not used
/// yet, else the first.
pub fn link(model: &Model) -> Option<String> {
    let items = items(model);
    let selected = model.detail_item.filter(|_| model.focus == Focus::Detail);
    let selected = selected.and_then(|item| items.get(item));
    if let (false, Pane::Curriculum) = (matches!(selected, Some(Item::Link(_))), model.pane) {
        return model.selected_topic().and_then(|topic| model.first_unused(topic));
    }
    let links = selected.into_iter().chain(&items);
    links.into_iter().find_map(|item| match item {
        Item::Link(url) => Some(url.clone()),
        Item::Topic(_) | Item::Module(_) | Item::Project(_) => None,
    })
}

impl Model {
    /// Goes into the detail, to its first item in sight.
    pub(super) fn enter_detail(&mut self) {
        self.focus = Focus::Detail;
        self.detail_top = 0;
        self.detail_item = None;
        self.scroll_detail(0);
    }

    /// Gives the keys back to the list; the detail shows its beginning again.
    pub(super) fn leave_detail(&mut self) {
        self.focus = Focus::List;
        self.detail_top = 0;
        self.detail_item = None;
    }

    /// Moves through the detail: by one to the next item in sight, or by a line where there is none;
    /// by more, by so many lines. What is selected is always in sight.
    pub(super) fn scroll_detail(&mut self, by: isize) {
        let height = self.areas.detail.map_or(0, |area| usize::from(area.height.saturating_sub(2)));
        let Shape { lines, items, .. } = &self.shape;
        let last_top = lines.saturating_sub(height);
        let top = self.detail_top.min(last_top);
        let in_sight = |item: usize, top: usize| {
            items.get(item).is_some_and(|line| (top..top + height).contains(line))
        };
        let beside = match self.detail_item {
            Some(item) if by.unsigned_abs() == 1 => item.checked_add_signed(by),
            _ => None,
        };
        if let Some(beside) = beside.filter(|item| in_sight(*item, top)) {
            self.detail_item = Some(beside);
            return;
        }
        let top = top.saturating_add_signed(by).min(last_top);
        let mut seen = (0..items.len()).filter(|item| in_sight(*item, top));
        let stays = self.detail_item.filter(|item| by.unsigned_abs() <= 1 && in_sight(*item, top));
        // Coming from below, or going to the very end, the last one in sight is the nearest.
        let is_from_below = by == isize::MAX || by < 0 && by != isize::MIN;
        let nearest = if is_from_below { seen.next_back() } else { seen.next() };
        self.detail_item = stays.or(nearest);
        self.detail_top = top;
    }

    /// The projects that prove a topic.
    pub fn proof(&self, topic: &TopicId) -> impl Iterator<Item = &crate::domain::project::Project> {
        self.workspace.projects.iter().filter(move |project| project.draft.topics.contains(topic))
    }

    /// Goes where the selected item of the detail leads.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        match self.detail_item.and_then(|item| items(self).get(item).cloned()) {
            Some(Item::Link(url)) => return self.open(&url),
            Some(Item::Topic(topic)) => self.go_along(|model| {
                model.go_to(Pane::Curriculum);
                model.reveal_topic(&topic);
            }),
            Some(Item::Module(slug)) => self.go_along(|model| {
                model.go_to(Pane::Curriculum);
                model.reveal_module(&slug);
            }),
            Some(Item::Project(project)) => self.go_along(|model| {
                model.go_to(Pane::Portfolio);
                model.reveal_project(project);
            }),
            None => {}
        }
        Vec::new()
    }

    /// Opens a link after saying where it leads.
    pub(super) fn open(&mut self, url: &str) -> Vec<Effect> {
        match text::link(url) {
            Ok(url) => {
                let copy = self.hints([(Action::Copy, "copies the address")]);
                self.say(super::Tone::Plain, format!("Opening {} …{copy}", text::host(&url)));
                vec![Effect::OpenUrl(url)]
            }
            Err(error) => {
                self.say(super::Tone::Bad, error.to_string());
                Vec::new()
            }
        }
    }

    /// What is copied: the address that would be opened of a topic or project, its title where it has
    /// none; a habit's recipe.
    pub(super) fn copied(&self) -> Option<String> {
        match self.pane {
            Pane::Today => self.selected_habit().map(|habit| {
                let sentence = habit.recipes.at(self.today).sentence(&habit.name);
                if sentence.is_empty() { habit.name.clone() } else { sentence }
            }),
            Pane::Curriculum => {
                link(self).or_else(|| Some(self.topic_title(self.selected_topic()?)))
            }
            Pane::Portfolio => {
                link(self).or_else(|| Some(self.selected_project()?.draft.title.clone()))
            }
        }
    }
}
