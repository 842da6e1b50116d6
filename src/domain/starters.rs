//! Habits to begin with, and examples for each part of a recipe.
//!
//! Owns how `assets/starters.toml` is read. Must not know who offers them: reading takes its time,
//! so it is done when somebody asks, never at a start.

use serde::Deserialize;

use super::{habit::Recipe, ids::TopicId, schedule::Schedule};

const SOURCE: &str = include_str!("../../assets/starters.toml");

/// A habit that somebody may begin with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Starter {
    /// What the list shows.
    pub name: String,
    /// What it follows.
    pub anchor: String,
    /// What is done, in less than 30 seconds.
    pub behaviour: String,
    /// How it is celebrated.
    pub celebration: String,
    /// When it is asked for.
    pub schedule: Schedule,
    /// The topic of the shipped curriculum that it serves.
    pub topic: Option<TopicId>,
}

impl Starter {
    /// Its recipe.
    pub fn recipe(&self) -> Recipe {
        Recipe {
            anchor: self.anchor.clone(),
            behaviour: self.behaviour.clone(),
            celebration: self.celebration.clone(),
        }
    }
}

/// Everything in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Starters {
    /// Things that happen anyway.
    pub anchors: Vec<String>,
    /// The smallest things to do.
    pub behaviours: Vec<String>,
    /// Ways to be glad.
    pub celebrations: Vec<String>,
    /// Habits, whole.
    #[serde(rename = "starter")]
    pub habits: Vec<Starter>,
}

impl Starters {
    /// Those that inch ships. A file that can't be read offers nothing; a test holds that it can.
    pub fn shipped() -> Self {
        toml::from_str(SOURCE).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{advice, curriculum::Curriculum, text};

    #[test]
    fn every_starter_is_one_that_we_would_advise() {
        let starters = toml::from_str::<Starters>(SOURCE).unwrap();
        assert!(starters.habits.len() >= 12);
        let curriculum = Curriculum::shipped();
        for starter in &starters.habits {
            let name = &starter.name;
            assert_eq!(text::name("the name", name).unwrap(), *name);
            assert_eq!(advice::on_anchor(&starter.anchor), None, "{name}");
            assert_eq!(advice::on_behaviour(&starter.behaviour), None, "{name}");
            assert!(!starter.celebration.is_empty(), "{name}");
            assert_ne!(starter.schedule, Schedule::None, "{name}");
            let topic = starter.topic.as_ref();
            assert!(topic.is_none_or(|topic| curriculum.topic(topic).is_some()), "{name}");
        }
        for anchor in &starters.anchors {
            assert_eq!(advice::on_anchor(anchor), None, "{anchor}");
        }
        for behaviour in &starters.behaviours {
            assert_eq!(advice::on_behaviour(behaviour), None, "{behaviour}");
        }
        assert!(starters.celebrations.len() > 3);
    }

    #[test]
    fn no_two_starters_have_the_same_name() {
        let starters = Starters::shipped().habits;
        let mut names: Vec<_> =
            starters.iter().map(|starter| starter.name.to_lowercase()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), starters.len());
    }
}
