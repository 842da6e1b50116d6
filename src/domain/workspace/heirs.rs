//! Topics that go on for others: what was said of the old ones is read as said of the new one.
//!
//! Owns what is shown of a topic that replaces others, and when that has to be written down. What is
//! on the disk stays under the old ids until something is changed, so that another curriculum, or
//! none, shows it again as it was. Must not know which topic replaces which: the curriculum says it.

use std::{collections::BTreeMap, sync::Arc};

use super::Workspace;
use crate::domain::{
    annotation::Annotation,
    change::Change,
    curriculum::Curriculum,
    ids::TopicId,
    record::{Image, Key, Record},
    review::Review,
    session::{Studied, Subject},
    succession,
    topic::TopicProgress,
};

/// The ids that were given up, and what the disk says of them and of those that go on for them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heirs {
    heir_of: BTreeMap<TopicId, TopicId>,
    given_up: BTreeMap<TopicId, Vec<TopicId>>,
    progress: BTreeMap<TopicId, TopicProgress>,
    reviews: BTreeMap<TopicId, Review>,
    annotations: BTreeMap<TopicId, Annotation>,
}

impl Heirs {
    /// The topic that an id stands for today.
    pub(super) fn current<'a>(&'a self, id: &'a TopicId) -> &'a TopicId {
        self.heir_of.get(id).unwrap_or(id)
    }

    /// Keeps what the disk says of a topic that replaces others, or is replaced. Tells whose
    /// picture has changed with it; nothing where the topic has nothing to do with others.
    fn keep(&mut self, image: &Image) -> Option<TopicId> {
        let (Key::Topic(id) | Key::Annotation(id) | Key::Review(id)) = &image.key else {
            return None;
        };
        let heir = self.current(id).clone();
        if !self.given_up.contains_key(&heir) {
            return None;
        }
        match &image.key {
            Key::Topic(_) => drop(self.progress.remove(id)),
            Key::Annotation(_) => drop(self.annotations.remove(id)),
            _ => drop(self.reviews.remove(id)),
        }
        match &image.record {
            Some(Record::Topic(progress)) => {
                self.progress.insert(id.clone(), progress.clone());
            }
            Some(Record::Annotation(annotation)) => {
                self.annotations.insert(id.clone(), annotation.clone());
            }
            Some(Record::Review(review)) => {
                self.reviews.insert(id.clone(), review.clone());
            }
            _ => {}
        }
        Some(heir)
    }

    fn says(&self, id: &TopicId) -> bool {
        self.progress.contains_key(id)
            || self.annotations.contains_key(id)
            || self.reviews.contains_key(id)
    }
}

impl Workspace {
    /// What is defined, with the person's own topics and those in no file any more that they did
    /// something with.
    pub fn complete(&self, defined: &Arc<Curriculum>) -> Arc<Curriculum> {
        defined.with_own(self.own_topics.values()).with_retired(self.touched_topics())
    }

    /// Reads what was said of topics that `curriculum` has replaced as said of those that go on for
    /// them. It is done once for what was loaded; what is put later follows by itself.
    pub fn follow(&mut self, curriculum: &Curriculum) {
        if !self.heirs.heir_of.is_empty() {
            return;
        }
        self.heirs.heir_of.clone_from(curriculum.heirs());
        for topic in curriculum.topics.iter().filter(|topic| !topic.replaces.is_empty()) {
            self.heirs.given_up.insert(topic.id.clone(), topic.replaces.clone());
        }
        let given_up = self.heirs.given_up.clone();
        for id in given_up.iter().flat_map(|(heir, old)| old.iter().chain([heir])) {
            let progress = self.progress.remove(id).map(Record::Topic);
            let annotation = self.annotations.remove(id).map(Record::Annotation);
            let review = self.reviews.remove(id).map(Record::Review);
            for record in [progress, annotation, review].into_iter().flatten() {
                self.heirs.keep(&Image { key: record.key(), record: Some(record) });
            }
        }
        for heir in given_up.keys() {
            self.show_heir(heir);
        }
        for habit in &mut self.habits {
            habit.topic = habit.topic.as_ref().map(|id| self.heirs.current(id).clone());
        }
        for project in &mut self.projects {
            self.heirs.follow(&mut project.draft.topics);
        }
    }

    /// Keeps what the disk says of a topic that has to do with others; `false` where it has not.
    pub(super) fn put_inherited(&mut self, image: &Image) -> bool {
        let heir = self.heirs.keep(image);
        if let Some(heir) = &heir {
            self.show_heir(heir);
        }
        heir.is_some()
    }

    /// What is said of a topic and of those it goes on for, as one.
    fn show_heir(&mut self, heir: &TopicId) {
        let Heirs { given_up, progress, reviews, annotations, .. } = &self.heirs;
        let old = given_up.get(heir).map_or(&[][..], Vec::as_slice);
        let shown = succession::progress(
            heir,
            progress.get(heir).cloned(),
            old.iter().map(|id| progress.get(id).cloned()).collect(),
        );
        let looked_at = old.iter().filter_map(|id| reviews.get(id).cloned());
        let review = succession::review(heir, reviews.get(heir).cloned(), looked_at);
        let beside = old.iter().filter_map(|id| annotations.get(id).cloned());
        let annotation = succession::annotation(heir, annotations.get(heir).cloned(), beside);
        put(&mut self.progress, heir, shown);
        put(&mut self.reviews, heir, review);
        put(&mut self.annotations, heir, annotation);
    }

    /// A change that builds on what is shown of its topics: first they take over what the disk says
    /// of those they replace. It is told in the words that `told` finds for it alone.
    pub fn building(&self, change: Change, told: impl FnOnce(&Change) -> String) -> Change {
        let first = self.take_over(&change);
        if first.is_empty() {
            return change;
        }
        let (what, parts) = match change {
            Change::Together { what, changes } => (what, changes),
            change => (told(&change), vec![change]),
        };
        Change::Together { what, changes: first.into_iter().chain(parts).collect() }
    }

    /// What has to be changed before.
    fn take_over(&self, change: &Change) -> Vec<Change> {
        if self.heirs.given_up.is_empty() {
            return Vec::new();
        }
        let mut topics: Vec<_> = change
            .keys()
            .into_iter()
            .filter_map(|key| match key {
                Key::Topic(id) | Key::Annotation(id) | Key::Review(id) => Some(id),
                _ => None,
            })
            .collect();
        topics.sort_unstable();
        topics.dedup();
        let take_over = |topic: TopicId| {
            let from = self.heirs.given_up.get(&topic)?.clone();
            let has_old = from.iter().any(|id| self.heirs.says(id));
            has_old.then_some(Change::TopicTakeOver { topic, from })
        };
        topics.into_iter().filter_map(take_over).collect()
    }

    /// What the sessions on a subject come to, those on topics that it replaces among them.
    pub fn studied(&self, subject: &Subject) -> Studied {
        let of = |subject: &Subject| self.studied.get(subject).copied().unwrap_or_default();
        let mut all = of(subject);
        if let Subject::Topic(id) = subject {
            for old in self.heirs.given_up.get(id).into_iter().flatten() {
                let Studied { seconds, sessions } = of(&Subject::Topic(old.clone()));
                all.seconds += seconds;
                all.sessions += sessions;
            }
        }
        all
    }
}

impl Heirs {
    /// Lets a list of topics lead to those of today, each once.
    pub(super) fn follow(&self, topics: &mut Vec<TopicId>) {
        if !topics.iter().any(|id| self.heir_of.contains_key(id)) {
            return;
        }
        let mut followed = Vec::new();
        for id in std::mem::take(topics) {
            let id = self.heir_of.get(&id).cloned().unwrap_or(id);
            if !followed.contains(&id) {
                followed.push(id);
            }
        }
        *topics = followed;
    }
}

fn put<T>(rows: &mut BTreeMap<TopicId, T>, id: &TopicId, row: Option<T>) {
    match row {
        Some(row) => drop(rows.insert(id.clone(), row)),
        None => drop(rows.remove(id)),
    }
}
