//! States made up by hand and at random, over small curricula and the shipped one.

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
        replaces: Vec::new(),
        origin: Origin::File,
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
