//! What a curriculum holds beside its files: topics of the person's own, and retired ones.
//!
//! Owns where they stand. Must not know where they are stored.

use std::{collections::BTreeSet, sync::Arc};

use super::{Area, Curriculum, Module, Origin, Resource, ResourceKind, Topic, TopicId, text};
use crate::domain::topic::OwnTopic;

/// The area of what is in no curriculum any more, and its only module. No file can use these ids:
/// they have the wrong characters.
pub const RETIRED: &str = "(retired)";
const RETIRED_MODULE: &str = "(retired-topics)";

impl Curriculum {
    /// This one with the person's own topics, each at the end of its module. Deleted ones stay
    /// out, and those that a file's topic goes on for; one whose module is not here goes to the last
    /// module.
    #[must_use]
    pub fn with_own<'a>(
        self: &Arc<Self>,
        own: impl IntoIterator<Item = &'a OwnTopic>,
    ) -> Arc<Self> {
        let is_there = |topic: &&OwnTopic| !topic.is_deleted && !self.heirs.contains_key(&topic.id);
        let own = own.into_iter().filter(is_there);
        let own: Vec<Topic> = own.map(|topic| self.own_topic(topic)).collect();
        if own.is_empty() {
            return Arc::clone(self);
        }
        let mut definitions = self.definitions();
        definitions.topics.extend(own);
        Arc::new(Self::new(definitions))
    }

    /// This one with those of `touched` that are in it no more and that nothing goes on for, in an
    /// area of their own at its end. Deleted topics of the person's own are not among them.
    #[must_use]
    pub fn with_retired<'a>(
        self: &Arc<Self>,
        touched: impl IntoIterator<Item = &'a TopicId>,
    ) -> Arc<Self> {
        let is_retired = |id: &&TopicId| {
            self.topic(id).is_none() && !self.heirs.contains_key(*id) && !id.0.starts_with("own-")
        };
        let retired: BTreeSet<&TopicId> = touched.into_iter().filter(is_retired).collect();
        if retired.is_empty() {
            return Arc::clone(self);
        }
        let mut definitions = self.definitions();
        definitions.areas.push(Area { id: RETIRED.to_owned(), title: "Retired".to_owned() });
        definitions.modules.push(Module {
            id: RETIRED_MODULE.to_owned(),
            area: RETIRED.to_owned(),
            title: "In no curriculum any more".to_owned(),
        });
        definitions.topics.extend(retired.into_iter().map(retired_topic));
        Arc::new(Self::new(definitions))
    }

    fn own_topic(&self, own: &OwnTopic) -> Topic {
        let last = self.modules.last().map(|module| &module.id);
        let module = Some(&own.module).filter(|id| self.topics_of.contains_key(*id));
        let link = own.link.as_deref().and_then(|link| text::link(link).ok());
        let resource = link.map(|url| Resource {
            title: text::host(&url),
            by: String::new(),
            kind: ResourceKind::Article,
            url,
        });
        Topic {
            id: own.id.clone(),
            module: module.or(last).unwrap_or(&own.module).clone(),
            title: own.title.clone(),
            check: own.check.clone(),
            prerequisites: Vec::new(),
            choose_one: None,
            resources: resource.into_iter().collect(),
            replaces: Vec::new(),
            origin: Origin::Own,
        }
    }
}

/// Of its definition only the id is left, which says what it was about.
fn retired_topic(id: &TopicId) -> Topic {
    let words = id.0.replace('-', " ");
    let mut letters = words.chars();
    let title = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
    Topic {
        id: id.clone(),
        module: RETIRED_MODULE.to_owned(),
        title: title.unwrap_or_default(),
        check: String::new(),
        prerequisites: Vec::new(),
        choose_one: None,
        resources: Vec::new(),
        replaces: Vec::new(),
        origin: Origin::Retired,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids<'a>(topics: impl Iterator<Item = &'a Topic>) -> Vec<&'a str> {
        topics.map(|topic| topic.id.0.as_str()).collect()
    }

    #[test]
    fn what_is_in_no_file_any_more_stands_at_the_end_and_counts_for_nothing() {
        use crate::domain::{curriculum::progress, topic::TopicState};
        let shipped = Arc::new(Curriculum::shipped());
        let touched = ["perceptrons".into(), "vectors".into(), "old-nets".into(), "own-1".into()];
        let all = shipped.with_retired(&touched);
        assert_eq!(ids(all.topics_in(RETIRED_MODULE)), ["old-nets", "perceptrons"]);
        assert_eq!(all.topic(&"old-nets".into()).unwrap().title, "Old nets");
        assert_eq!(all.areas.last().unwrap().id, RETIRED);
        let of = |curriculum: &Curriculum| progress(&curriculum.topics, |_| TopicState::Mastered);
        assert_eq!(of(&all), of(&shipped));
        assert_eq!(shipped.with_retired([]), shipped);
        let next = all.next(|_| TopicState::NotStarted, |_| None);
        assert_ne!(next.unwrap().0.origin, Origin::Retired);
    }

    #[test]
    fn an_own_topic_that_moved_into_a_file_stands_there_only() {
        let file = "schema_version = 1\n[[topic]]\nid = \"matrices\"\nreplaces = [\"own-a\"]\n";
        let curriculum = Arc::new(Curriculum::shipped().laid_over(file).unwrap());
        let both = curriculum.with_own(&[own("own-a", "ml-setup"), own("own-b", "ml-setup")]);
        assert!(both.topic(&"own-a".into()).is_none());
        assert!(both.topic(&"own-b".into()).is_some());
    }

    #[test]
    fn what_goes_on_under_another_id_is_not_retired() {
        let file = "schema_version = 1\n[[topic]]\nid = \"matrices\"\nreplaces = [\"grids\"]\n";
        let curriculum = Arc::new(Curriculum::shipped().laid_over(file).unwrap());
        assert_eq!(curriculum.heirs()[&"grids".into()], "matrices".into());
        assert_eq!(curriculum.with_retired(&["grids".into()]), curriculum);
    }

    fn own(id: &str, module: &str) -> OwnTopic {
        OwnTopic {
            id: id.into(),
            module: module.to_owned(),
            title: "Mine".to_owned(),
            check: "You can do it.".to_owned(),
            link: Some("https://www.a.org/b".to_owned()),
            is_deleted: false,
        }
    }

    #[test]
    fn own_topics_stand_at_the_end_of_their_module() {
        let shipped = Arc::new(Curriculum::shipped());
        let lost = own("own-lost", "no-such-module");
        let deleted = OwnTopic { is_deleted: true, ..own("own-deleted", "ml-setup") };
        let mine = [own("own-b", "ml-setup"), own("own-a", "ml-setup"), lost, deleted];
        let both = shipped.with_own(&mine);
        assert_eq!(both.topics.len(), 93);
        assert_eq!(ids(both.topics_in("ml-setup"))[3..], ["own-b", "own-a"], "in the order given");
        assert_eq!(both.topics.last(), both.topic(&"own-lost".into()));
        assert_eq!(both.topics[92].module, "kl-craft");
        assert_eq!(both.topic(&"own-deleted".into()), None);
        let topic = &both.topics[3];
        assert!(topic.origin == Origin::Own && topic.prerequisites.is_empty());
        assert_eq!(topic.check, "You can do it.");
        assert_eq!(topic.resources[0].title, "a.org");
        assert_eq!(both.opens(&"vectors".into()).count(), shipped.opens(&"vectors".into()).count());
        assert_eq!(shipped.with_own([]), shipped);
    }

    #[test]
    fn an_own_topic_with_a_bad_link_or_no_module_at_all_is_kept() {
        let unsafe_link =
            OwnTopic { link: Some("javascript:alert(1)".to_owned()), ..own("own-a", "m") };
        let only = Arc::new(Curriculum::default()).with_own([&unsafe_link]);
        let topic = only.topic(&"own-a".into()).unwrap();
        assert_eq!(topic.module, "m");
        assert_eq!(topic.resources, []);
    }
}
