//! The curriculum: areas, modules and topics, what each needs, and how far a person is with them.
//!
//! Owns the definitions' order, the look-ups and the roll-up figures. Must not know where states
//! are stored.

mod added;
mod check;
mod definition;
mod error;
#[cfg(test)]
mod file_tests;
mod merge;
#[cfg(test)]
mod merge_tests;
mod parse;
mod progress;
mod shipped;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    ids::{self, TopicId},
    text,
    topic::TopicState,
};

pub use added::RETIRED;
pub use definition::{Area, Definitions, Module, Origin, Resource, ResourceKind, Topic};
pub use error::{CurriculumError, Fault, Level};
pub use progress::{Progress, Why, progress};

/// Areas, modules and topics, each in its order; modules are grouped by area, topics by module.
///
/// The lists are for reading: the look-ups know the places they had in [`Curriculum::new`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curriculum {
    /// Top level.
    pub areas: Vec<Area>,
    /// Middle level.
    pub modules: Vec<Module>,
    /// Smallest level.
    pub topics: Vec<Topic>,
    /// Places of topics, sorted by id.
    by_id: Vec<usize>,
    /// Where an area's modules stand.
    modules_of: BTreeMap<String, Range<usize>>,
    /// Where a module's topics stand.
    topics_of: BTreeMap<String, Range<usize>>,
    /// Places of a prerequisite and of a topic that has it, sorted. A prerequisite that is not
    /// here has a place beyond all topics.
    needs: Vec<(usize, usize)>,
    /// For every id that was given up, the topic that goes on for it.
    heirs: BTreeMap<TopicId, TopicId>,
}

impl Definitions {
    /// What inch ships.
    pub fn shipped() -> Self {
        shipped::definitions()
    }

    /// These with what a file adds or alters; every fault of the file is the answer if it has any.
    pub fn laid_over(&self, text: &str) -> Result<Self, Vec<CurriculumError>> {
        merge::lay(text, self)
    }
}

/// The ids of every entry of a file, quoted as messages quote them; what can't be read has none.
pub fn entries(text: &str) -> BTreeSet<String> {
    let source = text.strip_prefix('\u{feff}').unwrap_or(text);
    let form = parse::read(source, &mut Vec::new());
    let areas = form.areas.iter().map(|area| &area.id);
    let modules = form.modules.iter().map(|module| &module.id);
    let topics = form.topics.iter().map(|topic| &topic.id);
    areas.chain(modules).chain(topics).map(|id| error::quoted(id.get_ref())).collect()
}

impl CurriculumError {
    /// The quoted id of what is not there, where nothing else is wrong.
    pub fn lacks(&self) -> Option<&str> {
        match &self.fault {
            Fault::Nowhere { name, .. } => Some(name),
            Fault::Prerequisite { prerequisite, .. } => Some(prerequisite),
            _ => None,
        }
    }
}

impl Curriculum {
    /// Groups modules by area and topics by module, in the order given, and indexes them.
    /// Whatever stands in nothing that is here comes last.
    pub fn new(definitions: Definitions) -> Self {
        let Definitions { areas, mut modules, mut topics } = definitions;
        let area_ids = areas.iter().map(|area| area.id.as_str());
        let modules_of = group(area_ids, &mut modules, |module| &module.area);
        let module_ids = modules.iter().map(|module| module.id.as_str());
        let topics_of = group(module_ids, &mut topics, |topic| &topic.module);
        let mut by_id: Vec<usize> = (0..topics.len()).collect();
        by_id.sort_by(|a, b| topics[*a].id.cmp(&topics[*b].id));
        let heirs = merge::heirs(&topics);
        let heirs =
            heirs.into_iter().map(|(old, heir)| (TopicId::from(old), heir.clone())).collect();
        let needs = Vec::new();
        let mut curriculum =
            Self { areas, modules, topics, by_id, modules_of, topics_of, needs, heirs };
        curriculum.needs = curriculum.pairs();
        curriculum
    }

    /// The curriculum that inch ships.
    pub fn shipped() -> Self {
        Self::new(Definitions::shipped())
    }

    /// Reads a file that stands by itself; every fault of it is the answer if it has any.
    pub fn parse(text: &str) -> Result<Self, Vec<CurriculumError>> {
        Self::default().laid_over(text)
    }

    /// This one with what a file adds or alters; every fault of the file is the answer if it has
    /// any. Of what [`Self::with_own`] and [`Self::with_retired`] added nothing may be in it yet.
    pub fn laid_over(&self, text: &str) -> Result<Self, Vec<CurriculumError>> {
        self.definitions().laid_over(text).map(Self::new)
    }

    /// For every id that was given up, the topic that goes on for it.
    pub fn heirs(&self) -> &BTreeMap<TopicId, TopicId> {
        &self.heirs
    }

    fn definitions(&self) -> Definitions {
        let (areas, modules) = (self.areas.clone(), self.modules.clone());
        Definitions { areas, modules, topics: self.topics.clone() }
    }

    /// A topic by its slug.
    pub fn topic(&self, id: &TopicId) -> Option<&Topic> {
        self.topics.get(self.place(id)?)
    }

    /// Topics that are not retired, in order.
    pub fn current_topics(&self) -> impl Iterator<Item = &Topic> {
        self.topics.iter().filter(|topic| topic.origin != Origin::Retired)
    }

    /// An area by its slug.
    pub fn area(&self, slug: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == slug)
    }

    /// A module by its slug.
    pub fn module(&self, slug: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == slug)
    }

    /// The topics of a module, in order.
    pub fn topics_in<'a>(&'a self, module: &'a str) -> impl Iterator<Item = &'a Topic> {
        in_range(&self.topics, self.topics_of.get(module))
    }

    /// The modules of an area, in order.
    pub fn modules_in<'a>(&'a self, area: &'a str) -> impl Iterator<Item = &'a Module> {
        in_range(&self.modules, self.modules_of.get(area))
    }

    /// Every topic that has this one as a prerequisite, in order.
    pub fn opens<'a>(&'a self, id: &'a TopicId) -> impl Iterator<Item = &'a Topic> {
        let place = self.place(id);
        let from = |place| self.needs.partition_point(|pair| pair.0 < place);
        let range = place.map(|place| from(place)..from(place + 1));
        in_range(&self.needs, range.as_ref()).filter_map(|pair| self.topics.get(pair.1))
    }

    fn place(&self, id: &TopicId) -> Option<usize> {
        let found = self
            .by_id
            .binary_search_by(|at| self.topics.get(*at).map(|topic| &topic.id).cmp(&Some(id)));
        found.ok().map(|at| self.by_id[at])
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        let topics = self.topics.iter().enumerate();
        let mut pairs: Vec<_> = topics
            .flat_map(|(at, topic)| {
                let before = topic.prerequisites.iter();
                before.map(move |id| (self.place(id).unwrap_or(usize::MAX), at))
            })
            .collect();
        pairs.sort_unstable();
        pairs
    }
}

/// Sorts `items` by their parents' order, keeping their own, and says where each parent's stand.
fn group<'a, T>(
    parents: impl Iterator<Item = &'a str>,
    items: &mut [T],
    parent_of: impl Fn(&T) -> &String,
) -> BTreeMap<String, Range<usize>> {
    let order: BTreeMap<&str, usize> = parents.zip(0..).collect();
    let rank = |item: &T| order.get(parent_of(item).as_str()).copied();
    items.sort_by_key(|item| rank(item).unwrap_or(usize::MAX));
    let from = |place: usize| items.partition_point(|item| rank(item).is_some_and(|at| at < place));
    order.iter().map(|(id, place)| ((*id).to_owned(), from(*place)..from(*place + 1))).collect()
}

fn in_range<'a, T>(items: &'a [T], range: Option<&Range<usize>>) -> std::slice::Iter<'a, T> {
    let found = range.and_then(|range| items.get(range.clone()));
    found.unwrap_or_default().iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../assets/curriculum.toml");

    fn ids<'a>(topics: impl Iterator<Item = &'a Topic>) -> Vec<&'a str> {
        topics.map(|topic| topic.id.0.as_str()).collect()
    }

    #[test]
    fn the_shipped_curriculum_is_the_checked_file() {
        assert_eq!(Curriculum::parse(FILE), Ok(Curriculum::shipped()));
    }

    #[test]
    fn the_shipped_curriculum_covers_the_mission() {
        let shipped = Curriculum::shipped();
        let areas: Vec<_> = shipped.areas.iter().map(|area| &area.id[..]).collect();
        assert_eq!(areas, ["ml", "dl", "math", "software", "keep-learning"]);
        assert_eq!((shipped.modules.len(), shipped.topics.len()), (23, 90));
        for area in &shipped.areas {
            assert!(shipped.modules_in(&area.id).count() >= 4, "{}", area.id);
        }
        for module in &shipped.modules {
            assert!(shipped.topics_in(&module.id).next().is_some(), "{}", module.id);
        }
        for topic in &shipped.topics {
            assert!(topic.check.starts_with("You can "), "{}", topic.id);
            assert!(!topic.resources.is_empty(), "{}", topic.id);
        }
    }

    #[test]
    fn the_shipped_order_is_the_order_of_the_file() {
        let shipped = Curriculum::shipped();
        let written = FILE.lines().skip_while(|line| *line != "[[topic]]");
        let written: Vec<_> =
            written.filter_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"')).collect();
        assert_eq!(ids(shipped.topics.iter()), written);
    }

    #[test]
    fn look_ups_agree_with_a_search() {
        let shipped = Curriculum::shipped();
        for topic in &shipped.topics {
            assert_eq!(shipped.topic(&topic.id), Some(topic));
            let opens =
                shipped.topics.iter().filter(|other| other.prerequisites.contains(&topic.id));
            assert_eq!(ids(shipped.opens(&topic.id)), ids(opens));
        }
        for module in &shipped.modules {
            let topics = shipped.topics.iter().filter(|topic| topic.module == module.id);
            assert_eq!(ids(shipped.topics_in(&module.id)), ids(topics));
        }
        for area in &shipped.areas {
            let found: Vec<_> = shipped.modules_in(&area.id).collect();
            let modules = shipped.modules.iter().filter(|module| module.area == area.id);
            assert_eq!(found, modules.collect::<Vec<_>>());
        }
        let unknown = TopicId::from("no-such-thing");
        assert_eq!(shipped.topic(&unknown), None);
        assert_eq!(shipped.opens(&unknown).count(), 0);
        assert_eq!(shipped.topics_in("ml").count(), 0);
        assert_eq!(shipped.modules_in("ml-models").count(), 0);
    }

    #[test]
    fn scattered_entries_are_grouped_in_the_order_of_their_parents() {
        let mut definitions = shipped::definitions();
        definitions.topics.rotate_left(7);
        definitions.modules.reverse();
        let scattered = Curriculum::new(definitions);
        let areas = scattered.modules.iter().map(|module| module.area.as_str());
        let mut areas: Vec<_> = areas.collect();
        areas.dedup();
        assert_eq!(areas, ["ml", "dl", "math", "software", "keep-learning"]);
        let found = scattered.modules.iter().flat_map(|module| scattered.topics_in(&module.id));
        assert_eq!(ids(found), ids(scattered.topics.iter()));
        assert_eq!(scattered.topics.len(), 90);
    }
}
