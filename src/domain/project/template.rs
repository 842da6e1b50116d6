//! Projects to begin with.
//!
//! Owns how `assets/projects.toml` is read. Must not know who offers them: reading takes its time,
//! so it is done when somebody asks, never at a start.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Level, ProjectDraft, choice::Choice, scope::Prompt};
use crate::domain::ids::TopicId;

const SOURCE: &str = include_str!("../../../assets/projects.toml");

/// A project that somebody may begin with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What the list shows.
    pub title: String,
    /// Where it stands on Ng's steps.
    pub level: Level,
    /// What it is and for whom.
    pub pitch: String,
    /// How many days building it takes, at a guess.
    pub estimate_days: u16,
    /// Topics of the shipped curriculum that it would show.
    pub topics: Vec<TopicId>,
    /// First answers of the worksheet, where something honest can be said beforehand.
    #[serde(default)]
    pub scope: BTreeMap<Prompt, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Templates {
    #[serde(rename = "project")]
    projects: Vec<Template>,
}

impl Template {
    /// As an idea of the person's.
    pub fn draft(&self) -> ProjectDraft {
        let choice = Choice { estimate_days: Some(self.estimate_days), ..Choice::default() };
        ProjectDraft {
            title: self.title.clone(),
            level: self.level,
            pitch: self.pitch.clone(),
            topics: self.topics.clone(),
            choice,
            ..ProjectDraft::default()
        }
    }

    /// Those that inch ships. A file that can't be read offers nothing; a test holds that it can.
    pub fn shipped() -> Vec<Self> {
        toml::from_str::<Templates>(SOURCE).map(|read| read.projects).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{curriculum::Curriculum, project::choice::LONGEST_ESTIMATE, text};

    #[test]
    fn every_template_is_a_project_that_could_be_stored() {
        let templates = toml::from_str::<Templates>(SOURCE).unwrap().projects;
        let curriculum = Curriculum::shipped();
        assert_eq!(templates.len(), 5);
        for template in &templates {
            let title = &template.title;
            assert_eq!(text::name("the title", title).unwrap(), *title);
            assert_eq!(
                text::lines("the pitch", &template.pitch, text::DESCRIPTION_BYTES).unwrap(),
                template.pitch
            );
            assert!((1..=LONGEST_ESTIMATE).contains(&template.estimate_days), "{title}");
            assert!(!template.topics.is_empty(), "{title}");
            for topic in &template.topics {
                assert!(curriculum.topic(topic).is_some(), "{title}: {}", topic.0);
            }
            for answer in template.scope.values() {
                assert_eq!(text::lines("an answer", answer, 2_000).unwrap(), *answer);
            }
        }
    }

    #[test]
    fn they_grow_from_simple_to_complex_and_no_two_are_called_the_same() {
        let templates = Template::shipped();
        assert!(templates.is_sorted_by_key(|template| template.level));
        assert_eq!(templates.first().unwrap().level, Level::Educational);
        assert_eq!(templates.last().unwrap().level, Level::Valuable);
        let mut titles: Vec<_> = templates.iter().map(|template| &template.title).collect();
        titles.dedup();
        assert_eq!(titles.len(), templates.len());
    }
}
