//! How far a person is: roll-up figures, what is ready, and what to go on with.
//!
//! Owns the rules of product.md on progress. Must not know where states are stored: the caller
//! brings them as a function.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{Curriculum, Origin, Topic, TopicId, TopicState};
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
                    is_open: !is_over(state) && topic.origin != Origin::Retired,
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

/// mastered ÷ (topics − skipped), retired ones aside; topics that share a `choose_one` count once, mastered if any is,
/// and not at all if every one of them is skipped.
pub fn progress<'a>(
    topics: impl IntoIterator<Item = &'a Topic>,
    state: impl Fn(&TopicId) -> TopicState,
) -> Progress {
    let mut progress = Progress::default();
    let mut groups: BTreeMap<&str, bool> = BTreeMap::new();
    for topic in topics {
        let state = state(&topic.id);
        if state == TopicState::Skipped || topic.origin == Origin::Retired {
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
mod tests;
