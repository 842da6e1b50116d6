//! Minutes per week, read when they are about to be shown.
//!
//! Owns when they are asked for and what a module still takes. Must not know how sessions are kept.

use super::{Effect, Model, Pane};
use crate::domain::{
    change::Applied,
    curriculum::Topic,
    pace::{Estimate, Pace},
    record::Key,
    session::Subject,
    topic::TopicState,
};

/// How far the weeks are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paced {
    /// Nobody has looked at them yet, or they have changed.
    #[default]
    Unknown,
    /// They are being read, or could not be.
    Asked,
    /// They were read.
    Known(Pace),
}

impl Paced {
    /// A session changes them.
    pub(super) fn absorb(&mut self, applied: &Applied) {
        let mut keys = applied.after.iter().chain(&applied.before).map(|image| &image.key);
        if keys.any(|key| matches!(key, Key::Session(_))) {
            *self = Self::Unknown;
        }
    }
}

impl Model {
    /// Asks for the weeks where a heading's detail is about to show them.
    pub(super) fn settle_pace(&mut self, effects: &mut Vec<Effect>) {
        let is_shown = self.pane == Pane::Curriculum && self.is_on_heading();
        if is_shown && self.pace == Paced::Unknown {
            self.pace = Paced::Asked;
            effects.push(Effect::LoadPace(self.today));
        }
    }

    /// Minutes per week, where they were read and there are any.
    pub fn known_pace(&self) -> Option<(Pace, u64)> {
        match self.pace {
            Paced::Known(pace) => pace.weekly().map(|weekly| (pace, weekly)),
            Paced::Unknown | Paced::Asked => None,
        }
    }

    /// What a module that is under way still takes, and for how many topics; `None` where it is not
    /// under way or the person's own log has too little to tell.
    pub fn estimate(&self, module: &str) -> Option<(Estimate, usize)> {
        let (pace, _) = self.known_pace()?;
        let state = |topic: &Topic| self.topic_state(&topic.id);
        let spent =
            |topic: &Topic| self.workspace.studied(&Subject::Topic(topic.id.clone())).seconds;
        let topics: Vec<_> = self.curriculum.topics_in(module).collect();
        let is_done = |topic: &&Topic| state(topic) == TopicState::Mastered;
        let is_group_done = |topic: &Topic| {
            let group = topic.choose_one.as_ref();
            let mut others = topics.iter().filter(|other| other.choose_one.as_ref() == group);
            group.is_some() && others.any(is_done)
        };
        let left: Vec<_> = topics
            .iter()
            .filter(|topic| !matches!(state(topic), TopicState::Mastered | TopicState::Skipped))
            .filter(|topic| !is_group_done(topic))
            .collect();
        let is_begun = left.len() < topics.len()
            || left.iter().any(|topic| state(topic) != TopicState::NotStarted);
        if left.is_empty() || !is_begun {
            return None;
        }
        let mastered = self.curriculum.topics.iter().filter(is_done).map(spent);
        let begun = left.iter().map(|topic| spent(topic));
        Some((Estimate::new(&pace, mastered, begun)?, left.len()))
    }
}
