//! How far a person is: roll-up figures, what is ready, and what to go on with.
//!
//! Owns the rules of product.md on progress. Must not know where states are stored: the caller
//! brings them as a function.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{Curriculum, Topic, TopicId, TopicState};
use crate::domain::annotation::Want;

/// How much of some topics is mastered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Mastered, a `choose_one` group once.
    pub mastered: usize,
    /// All but skipped ones, a `choose_one` group once.
    pub counted: usize,
}

/// Why a topic is the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is under way.
    UnderWay,
    /// It is ready, and wanted for the goal.
    Wanted(Want),
    /// It is ready, and on the way to a topic that is wanted: that one's place.
    LeadsTo(usize),
    /// It is ready, and this many topics need it that are still to be learned.
    Opens(usize),
}

/// One topic as `next` sees it.
struct Standing<'a> {
    topic: &'a Topic,
    state: TopicState,
    /// Neither mastered nor skipped, and no other of its `choose_one` group is mastered.
    is_open: bool,
    is_ready: bool,
    opens: usize,
    /// How much it, or what it leads to, is wanted, and the place of that one.
    wanted: Option<(Want, usize)>,
}

impl Curriculum {
    /// Whether every prerequisite is mastered or skipped.
    pub fn is_ready(&self, topic: &Topic, state: impl Fn(&TopicId) -> TopicState) -> bool {
        topic.prerequisites.iter().all(|id| is_over(state(id)))
    }

    /// One topic to go on with: the earliest that is being learned, else practised; else the
    /// ready one that is wanted most or leads to what is; else the one that opens most of what is
    /// still to be learned, the earliest among equals.
    pub fn next(
        &self,
        state: impl Fn(&TopicId) -> TopicState,
        want: impl Fn(&TopicId) -> Option<Want>,
    ) -> Option<(&Topic, Why)> {
        let mut standings = self.standings(state);
        let under_way = |state| {
            let mut open = standings.iter().filter(|standing| standing.is_open);
            open.find(|standing| standing.state == state)
        };
        if let Some(standing) =
            under_way(TopicState::Learning).or_else(|| under_way(TopicState::Practising))
        {
            return Some((standing.topic, Why::UnderWay));
        }
        self.find_wanted(&mut standings, want);
        let ready = standings
            .iter()
            .enumerate()
            .filter(|(_, standing)| standing.is_open && standing.is_ready);
        let (at, standing) = ready.max_by_key(|(at, standing)| {
            let wanted =
                Reverse(standing.wanted.map_or(Want::ALL.len(), |(want, _)| want as usize));
            (wanted, standing.opens, Reverse(*at))
        })?;
        let why = match standing.wanted {
            Some((want, place)) if place == at => Why::Wanted(want),
            Some((_, place)) => Why::LeadsTo(place),
            None => Why::Opens(standing.opens),
        };
        Some((standing.topic, why))
    }

    /// Hands the wish for a topic on to everything before it that is still to be learned.
    fn find_wanted(&self, standings: &mut [Standing<'_>], want: impl Fn(&TopicId) -> Option<Want>) {
        for wish in Want::ALL {
            let wished =
                |(at, topic): (usize, &Topic)| (want(&topic.id) == Some(wish)).then_some(at);
            let wished: Vec<_> = self.topics.iter().enumerate().filter_map(wished).collect();
            // Step by step backwards, so that the nearest wish gives the reason.
            let mut front: Vec<_> = wished.iter().map(|at| (*at, *at)).collect();
            let mut before = Vec::new();
            while let Some((at, origin)) = front.pop() {
                let Some(standing) = standings.get_mut(at) else { continue };
                if standing.is_open && standing.wanted.is_none() {
                    standing.wanted = Some((wish, origin));
                    let needed = standing.topic.prerequisites.iter();
                    before.extend(needed.filter_map(|id| Some((self.place(id)?, origin))));
                }
                if front.is_empty() {
                    std::mem::swap(&mut front, &mut before);
                }
            }
        }
    }

    fn standings(&self, state: impl Fn(&TopicId) -> TopicState) -> Vec<Standing<'_>> {
        let mut standings: Vec<_> = self
            .topics
            .iter()
            .map(|topic| {
                let state = state(&topic.id);
                Standing {
                    topic,
                    state,
                    is_open: !is_over(state),
                    is_ready: true,
                    opens: 0,
                    wanted: None,
                }
            })
            .collect();
        let settled: BTreeSet<&str> = standings
            .iter()
            .filter(|standing| standing.state == TopicState::Mastered)
            .filter_map(|standing| standing.topic.choose_one.as_deref())
            .collect();
        for standing in &mut standings {
            let group = standing.topic.choose_one.as_deref();
            standing.is_open &= group.is_none_or(|group| !settled.contains(group));
        }
        for (before, after) in &self.needs {
            let is_met = standings.get(*before).is_some_and(|standing| is_over(standing.state));
            let Some(standing) = standings.get_mut(*after) else {
                continue;
            };
            standing.is_ready &= is_met;
            let is_open = standing.is_open;
            if let Some(standing) = standings.get_mut(*before) {
                standing.opens += usize::from(is_open);
            }
        }
        standings
    }
}

/// Mastered or skipped: nothing waits for it any longer.
fn is_over(state: TopicState) -> bool {
    matches!(state, TopicState::Mastered | TopicState::Skipped)
}

/// mastered ÷ (topics − skipped); topics that share a `choose_one` count once, mastered if any is,
/// and not at all if every one of them is skipped.
pub fn progress<'a>(
    topics: impl IntoIterator<Item = &'a Topic>,
    state: impl Fn(&TopicId) -> TopicState,
) -> Progress {
    let mut progress = Progress::default();
    let mut groups: BTreeMap<&str, bool> = BTreeMap::new();
    for topic in topics {
        let state = state(&topic.id);
        if state == TopicState::Skipped {
            continue;
        }
        let is_mastered = state == TopicState::Mastered;
        if let Some(group) = topic.choose_one.as_deref() {
            *groups.entry(group).or_default() |= is_mastered;
        } else {
            progress.counted += 1;
            progress.mastered += usize::from(is_mastered);
        }
    }
    progress.counted += groups.len();
    progress.mastered += groups.into_values().filter(|is_mastered| *is_mastered).count();
    progress
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{
        super::{Area, Definitions, Module},
        TopicState::{Learning, Mastered, NotStarted, Practising, Skipped},
        *,
    };

    /// A module of topics: each an id, its prerequisites and its `choose_one`.
    fn curriculum(topics: &[(&str, &[&str], Option<&str>)]) -> Curriculum {
        let topics = topics.iter().map(|(id, prerequisites, choose_one)| Topic {
            id: (*id).into(),
            module: "m".to_owned(),
            title: (*id).to_owned(),
            check: String::new(),
            prerequisites: prerequisites.iter().copied().map(TopicId::from).collect(),
            choose_one: choose_one.map(str::to_owned),
            resources: Vec::new(),
            is_own: false,
        });
        let (id, title) = ("m".to_owned(), "M".to_owned());
        let area = "a".to_owned();
        Curriculum::new(Definitions {
            areas: vec![Area { id: area.clone(), title: title.clone() }],
            modules: vec![Module { id, area, title }],
            topics: topics.collect(),
        })
    }

    /// A small net: `base` opens three, two of which will do instead of each other.
    fn net() -> Curriculum {
        curriculum(&[
            ("end", &["one", "other"], None),
            ("alone", &[], None),
            ("base", &[], None),
            ("one", &["base"], Some("either")),
            ("other", &["base"], Some("either")),
            ("third", &["base"], None),
        ])
    }

    fn at<'a>(states: &'a [(&str, TopicState)]) -> impl Fn(&TopicId) -> TopicState + 'a {
        |id| {
            let found = states.iter().find(|(topic, _)| *topic == id.0);
            found.map_or(NotStarted, |(_, state)| *state)
        }
    }

    fn next(states: &[(&str, TopicState)]) -> Option<(String, Why)> {
        let small = net();
        let found = small.next(at(states), |_| None);
        found.map(|(topic, why)| (topic.id.0.clone(), why))
    }

    fn mastered_of(states: &[(&str, TopicState)]) -> (usize, usize) {
        let Progress { mastered, counted } = progress(&net().topics, at(states));
        (mastered, counted)
    }

    #[test]
    fn progress_counts_a_group_once_and_leaves_skipped_topics_out() {
        assert_eq!(mastered_of(&[]), (0, 5));
        assert_eq!(mastered_of(&[("base", Mastered), ("alone", Practising)]), (1, 5));
        assert_eq!(mastered_of(&[("base", Skipped)]), (0, 4));
        assert_eq!(mastered_of(&[("one", Mastered)]), (1, 5));
        assert_eq!(mastered_of(&[("other", Mastered)]), (1, 5));
        assert_eq!(mastered_of(&[("one", Mastered), ("other", Mastered)]), (1, 5));
        assert_eq!(mastered_of(&[("one", Skipped)]), (0, 5));
        assert_eq!(mastered_of(&[("one", Skipped), ("other", Mastered)]), (1, 5));
        assert_eq!(mastered_of(&[("one", Skipped), ("other", Skipped)]), (0, 4));
        assert_eq!(progress([], at(&[])), Progress::default());
    }

    #[test]
    fn ready_is_every_prerequisite_mastered_or_skipped() {
        let net = net();
        let is_ready = |states: &[_]| net.is_ready(&net.topics[0], at(states));
        assert!(!is_ready(&[]));
        assert!(!is_ready(&[("one", Mastered)]));
        assert!(!is_ready(&[("one", Mastered), ("other", Practising)]));
        assert!(is_ready(&[("one", Mastered), ("other", Skipped)]));
        assert!(net.is_ready(&net.topics[1], at(&[])));
    }

    #[test]
    fn next_is_under_way_or_opens_most() {
        let because = |id: &str, why| Some((id.to_owned(), why));
        assert_eq!(next(&[]), because("base", Why::Opens(3)));
        assert_eq!(next(&[("alone", Practising)]), because("alone", Why::UnderWay));
        assert_eq!(
            next(&[("end", Practising), ("alone", Learning), ("third", Learning)]),
            because("alone", Why::UnderWay),
            "learning before practising, the earlier first"
        );
        assert_eq!(
            next(&[("base", Mastered)]),
            because("one", Why::Opens(1)),
            "the earlier among equals"
        );
        assert_eq!(
            next(&[("alone", Mastered), ("base", Skipped), ("end", Skipped)]),
            because("one", Why::Opens(0)),
            "a skipped topic is not waiting to be opened"
        );
        assert_eq!(
            next(&[("alone", Mastered), ("third", Mastered), ("one", Mastered)]),
            because("base", Why::Opens(0)),
            "neither mastered topics nor a group that is done wait to be opened"
        );
    }

    #[test]
    fn next_leaves_a_group_that_is_done() {
        let states = [("base", Mastered), ("other", Mastered), ("third", Skipped)];
        assert_eq!(next(&states), Some(("alone".to_owned(), Why::Opens(0))));
        let under_way = [&states[..], &[("one", Learning), ("alone", Skipped)]].concat();
        assert_eq!(next(&under_way), None, "'end' waits for 'one'");
    }

    #[test]
    fn next_of_a_finished_curriculum_is_nothing() {
        let shipped = Curriculum::shipped();
        assert!(shipped.next(|_| Mastered, |_| None).is_none());
        assert!(shipped.next(|_| Skipped, |_| None).is_none());
        assert!(Curriculum::default().next(|_| NotStarted, |_| None).is_none());
    }

    fn any_states() -> impl Strategy<Value = BTreeMap<TopicId, TopicState>> {
        let ids: Vec<_> = Curriculum::shipped().topics.into_iter().map(|topic| topic.id).collect();
        let states = prop::collection::vec(prop::sample::select(&TopicState::ALL[..]), ids.len());
        states.prop_map(move |states| ids.iter().cloned().zip(states).collect())
    }

    fn any_wants() -> impl Strategy<Value = BTreeMap<TopicId, Option<Want>>> {
        let ids: Vec<_> = Curriculum::shipped().topics.into_iter().map(|topic| topic.id).collect();
        let want = prop::option::weighted(0.1, prop::sample::select(&Want::ALL[..]));
        let wants = prop::collection::vec(want, ids.len());
        wants.prop_map(move |wants| ids.iter().cloned().zip(wants).collect())
    }

    fn leads_to(curriculum: &Curriculum, from: &Topic, to: &Topic) -> bool {
        let mut needed = to.prerequisites.iter().filter_map(|id| curriculum.topic(id));
        needed.any(|topic| topic.id == from.id || leads_to(curriculum, from, topic))
    }

    fn look_up(states: &BTreeMap<TopicId, TopicState>) -> impl Fn(&TopicId) -> TopicState + '_ {
        |id| states.get(id).copied().unwrap_or_default()
    }

    proptest! {
        #[test]
        fn progress_is_bounded_and_adds_up(states in any_states()) {
            let shipped = Curriculum::shipped();
            let all = progress(&shipped.topics, look_up(&states));
            prop_assert!(all.mastered <= all.counted && all.counted <= shipped.topics.len());
            let mut sum = Progress::default();
            for module in &shipped.modules {
                let part = progress(shipped.topics_in(&module.id), look_up(&states));
                sum.mastered += part.mastered;
                sum.counted += part.counted;
            }
            prop_assert_eq!(sum, all, "no shipped group is spread over modules");
        }

        #[test]
        fn mastering_one_more_never_lowers_mastered(
            mut states in any_states(),
            topic in any::<prop::sample::Index>(),
        ) {
            let shipped = Curriculum::shipped();
            let before = progress(&shipped.topics, look_up(&states));
            states.insert(topic.get(&shipped.topics).id.clone(), Mastered);
            let after = progress(&shipped.topics, look_up(&states));
            prop_assert!(after.mastered >= before.mastered && after.counted >= before.counted);
        }

        #[test]
        fn next_is_never_over_and_is_ready_unless_under_way(
            states in any_states(),
            wants in any_wants(),
        ) {
            let shipped = Curriculum::shipped();
            let state = look_up(&states);
            let want = |id: &TopicId| wants.get(id).copied().flatten();
            let is_ready = |topic: &&Topic| {
                state(&topic.id) == NotStarted && shipped.is_ready(topic, &state)
            };
            match shipped.next(&state, want) {
                Some((topic, Why::UnderWay)) => {
                    prop_assert!(matches!(state(&topic.id), Learning | Practising));
                }
                Some((topic, Why::Opens(opens))) => {
                    prop_assert!(is_ready(&topic));
                    prop_assert!(opens <= shipped.opens(&topic.id).count());
                    let wanted = shipped.topics.iter().filter(|topic| want(&topic.id).is_some());
                    let mut ready = wanted.filter(is_ready);
                    prop_assert!(ready.all(|topic| topic.choose_one.is_some()));
                }
                Some((topic, Why::Wanted(reason))) => {
                    prop_assert!(is_ready(&topic));
                    prop_assert_eq!(want(&topic.id), Some(reason));
                    let more = shipped.topics.iter().filter(is_ready);
                    let mut more = more.filter(|topic| want(&topic.id) < Some(reason));
                    prop_assert!(
                        more.all(|topic| want(&topic.id).is_none() || topic.choose_one.is_some())
                    );
                }
                Some((topic, Why::LeadsTo(place))) => {
                    prop_assert!(is_ready(&topic));
                    let origin = &shipped.topics[place];
                    prop_assert!(want(&origin.id).is_some());
                    prop_assert!(leads_to(&shipped, topic, origin));
                }
                None => {
                    let mut left = shipped.topics.iter().filter(is_ready);
                    prop_assert!(left.all(|topic| topic.choose_one.is_some()));
                }
            }
        }
    }
}
