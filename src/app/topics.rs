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
    /// What fits, best first.
    pub found: Listing<TopicId>,
    offered: Vec<(TopicId, String)>,
}

impl Topics {
    /// Every topic that was not skipped, those under way first.
    pub fn new(model: &Model) -> Self {
        let rank = |id: &TopicId| match model.topic_state(id) {
            TopicState::Learning | TopicState::Practising => Some(0),
            TopicState::NotStarted | TopicState::Mastered => Some(1),
            TopicState::Skipped => None,
        };
        let topics = model.curriculum.topics.iter();
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
        let found = find::matching(&self.editor.text(), &self.offered, |(_, title)| title.clone());
        self.found.replace(found.into_iter().map(|(id, _)| id.clone()).collect());
        self.found.select(0);
    }
}
