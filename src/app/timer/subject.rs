//! What the timer is on, in words, and the links that belong to it.
//!
//! Owns which of habit, topic and project gives the name. Must not know how far the timer is.

use super::On;
use crate::{
    app::Model,
    domain::{annotation::OwnLink, text},
};

/// A link that is at hand while a session goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandyLink {
    /// What kind of thing it is; empty for a project's own links.
    pub kind: &'static str,
    /// Its title; empty where only the address is known.
    pub title: String,
    /// The address.
    pub url: String,
}

impl Model {
    /// What the timer is on: the project, else the topic, else the habit. Safe to print.
    pub fn timer_title(&self) -> String {
        self.timer.as_ref().map_or_else(String::new, |timer| self.title_of(&timer.on))
    }

    /// As [`Self::timer_title`], of anything that time can count for.
    pub(super) fn title_of(&self, On { habit, topic, project }: &On) -> String {
        let project = project.and_then(|id| self.workspace.project(id));
        let project = project.map(|project| project.draft.title.clone());
        let topic = || topic.as_ref().map(|id| self.topic_title(id));
        let habit =
            || habit.and_then(|id| self.workspace.habit(id)).map(|habit| habit.name.clone());
        let title = project.or_else(topic).or_else(habit);
        text::shown(&title.unwrap_or_else(|| "something deleted".to_owned())).into_owned()
    }

    /// The resources of the topic or the links of the project that the timer is on.
    pub fn handy_links(&self) -> Vec<HandyLink> {
        let Some(On { topic, project, .. }) = self.timer.as_ref().map(|timer| &timer.on) else {
            return Vec::new();
        };
        if let Some(project) = project.and_then(|id| self.workspace.project(id)) {
            let own = |url: &String| HandyLink { kind: "", title: String::new(), url: url.clone() };
            return project.draft.links.iter().map(own).collect();
        }
        let Some(id) = topic else {
            return Vec::new();
        };
        let resources = self.curriculum.topic(id).map_or(&[][..], |topic| &topic.resources);
        let handy = resources.iter().map(|resource| HandyLink {
            kind: resource.kind.word(),
            title: resource.title.clone(),
            url: resource.url.clone(),
        });
        let own = self.workspace.annotations.get(id).map_or(&[][..], |beside| &beside.links);
        let own = own.iter().map(|OwnLink { title, url }| HandyLink {
            kind: "your own",
            title: title.clone(),
            url: url.clone(),
        });
        handy.chain(own).collect()
    }

    /// The place of the first link at hand that was not used yet; of the first of all when each was.
    pub(super) fn first_handy(&self) -> usize {
        let topic = self.timer.as_ref().and_then(|timer| timer.on.topic.as_ref());
        let is_new =
            |link: &HandyLink| topic.is_some_and(|id| !self.workspace.is_used(id, &link.url));
        self.handy_links().iter().position(is_new).unwrap_or(0)
    }
}
