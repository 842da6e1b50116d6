//! Choosing a topic for a session: the curriculum, found by a few letters.
//!
//! Owns what is listed and its query. Must not know what the chosen topic is for.

use super::{Model, editor::Editor, find, listing::Listing};
use crate::domain::{ids::TopicId, topic::TopicState};

/// Topics that fit what was typed.
#[derive(Debug, Clone)]
pub struct Topics {
    /// What was typed.
    pub editor: Editor,
    /// What fits, best first; before anything was typed, none at all stands above them, and is taken.
    pub found: Listing<Option<TopicId>>,
    offered: Vec<(TopicId, String)>,
}

impl Topics {
    /// Every topic that was not skipped: the one to go on with first, then those under way.
    pub fn new(model: &Model) -> Self {
        let next = model.next_topic().map(|(topic, _)| &topic.id);
        let rank = |id: &TopicId| match model.topic_state(id) {
            _ if next == Some(id) => Some(0),
            TopicState::Learning | TopicState::Practising => Some(1),
            TopicState::NotStarted | TopicState::Mastered => Some(2),
            TopicState::Skipped => None,
        };
        let topics = model.curriculum.current_topics();
        let mut ranked: Vec<_> =
            topics.filter_map(|topic| Some((rank(&topic.id)?, topic))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let offered =
            ranked.into_iter().map(|(_, topic)| (topic.id.clone(), topic.title.clone())).collect();
        let mut topics = Self { editor: Editor::line(""), found: Listing::default(), offered };
        topics.narrow();
        topics
    }

    /// Lists what fits what was typed.
    pub fn narrow(&mut self) {
        let query = self.editor.text();
        let found = find::matching(&query, &self.offered, |(_, title)| title.clone());
        let none = query.trim().is_empty().then_some(None);
        let found = found.into_iter().map(|(id, _)| Some(id.clone()));
        self.found.replace(none.into_iter().chain(found).collect());
        self.found.select(0);
    }
}
