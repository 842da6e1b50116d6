//! The detail's items: what `j` and `k` move through, Enter follows and `o` opens.
//!
//! Owns which items a habit, a topic and a project have, in the order they are drawn. Must not draw.

use super::{Effect, Focus, Model, Pane, ProjectRow};
use crate::domain::{
    ids::{ProjectId, TopicId},
    text,
};

/// Something in the detail that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// To a topic: linked, needed, opened or proven.
    Topic(TopicId),
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
            model.selected_topic().map_or_else(Vec::new, |id| topic_items(model, id))
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
    let resources = topic.resources.iter().map(|resource| Item::Link(resource.url.clone()));
    let proof = model.proof(id).map(|project| Item::Project(project.id));
    needs.chain(opens).map(Item::Topic).chain(resources).chain(proof).collect()
}

/// About how many lines a detail without items has; drawing knows exactly, and holds the rest.
pub fn most_lines(model: &Model) -> usize {
    let pitch = model.selected_project().map_or("", |project| &project.draft.pitch);
    pitch.lines().map(|line| line.len() / 36 + 1).sum::<usize>() + 8
}

/// The link that `o` opens: the selected one in the detail, else the first.
pub fn link(model: &Model) -> Option<String> {
    let items = items(model);
    let selected = (model.focus == Focus::Detail).then(|| items.get(model.detail_index)).flatten();
    let links = selected.into_iter().chain(&items);
    links.into_iter().find_map(|item| match item {
        Item::Link(url) => Some(url.clone()),
        Item::Topic(_) | Item::Project(_) => None,
    })
}

impl Model {
    /// The projects that prove a topic.
    pub fn proof(&self, topic: &TopicId) -> impl Iterator<Item = &crate::domain::project::Project> {
        self.workspace.projects.iter().filter(move |project| project.draft.topics.contains(topic))
    }

    /// Goes where the selected item of the detail leads.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        match items(self).get(self.detail_index) {
            Some(Item::Link(url)) => return self.open(&url.clone()),
            Some(Item::Topic(topic)) => {
                self.go_to(Pane::Curriculum);
                self.reveal_topic(topic);
            }
            Some(Item::Project(project)) => {
                self.go_to(Pane::Portfolio);
                self.reveal_project(*project);
            }
            None => {}
        }
        Vec::new()
    }

    /// Opens a link after saying where it leads.
    pub(super) fn open(&mut self, url: &str) -> Vec<Effect> {
        match text::link(url) {
            Ok(url) => {
                self.say(super::Tone::Plain, format!("Opening {} …", text::host(&url)));
                vec![Effect::OpenUrl(url)]
            }
            Err(error) => {
                self.say(super::Tone::Bad, error.to_string());
                Vec::new()
            }
        }
    }

    /// What `y` copies: the first link of a topic or project with its title, a habit's recipe.
    pub(super) fn copied(&self) -> Option<String> {
        match self.pane {
            Pane::Today => self.selected_habit().map(|habit| {
                let sentence = habit.recipes.newest().value.sentence(&habit.name);
                if sentence.is_empty() { habit.name.clone() } else { sentence }
            }),
            Pane::Curriculum | Pane::Portfolio => {
                let title = match (self.pane, self.projects.selected()) {
                    (Pane::Portfolio, Some(ProjectRow::Project(_))) => {
                        self.selected_project()?.draft.title.clone()
                    }
                    _ => self.topic_title(self.selected_topic()?),
                };
                Some(link(self).map_or_else(|| title.clone(), |url| format!("{title} {url}")))
            }
        }
    }
}
