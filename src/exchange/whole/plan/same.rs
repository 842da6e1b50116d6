//! Which things of a document are which things here.
//!
//! Owns the rule: by id, then by a name that only one on each side has, then by such a name in other
//! letters. Must not know what is done with them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ids::{HabitId, ProjectId, TopicId},
    text::folded,
};

/// The ids here of what the document calls otherwise.
#[derive(Debug, Default)]
pub(super) struct Same {
    pub(super) habits: BTreeMap<HabitId, HabitId>,
    pub(super) topics: BTreeMap<TopicId, TopicId>,
    pub(super) projects: BTreeMap<ProjectId, ProjectId>,
}

impl Same {
    pub(super) fn habit(&self, id: HabitId) -> HabitId {
        self.habits.get(&id).copied().unwrap_or(id)
    }

    pub(super) fn project(&self, id: ProjectId) -> ProjectId {
        self.projects.get(&id).copied().unwrap_or(id)
    }

    pub(super) fn topic(&self, id: &mut TopicId) {
        if let Some(here) = self.topics.get(id) {
            id.clone_from(here);
        }
    }
}

/// Matches by name what has no match by id. Where several have one name, nothing tells which is
/// which, and histories must not be mixed.
pub(super) fn matched<'a, I: Ord + Clone + 'a>(
    document: impl Iterator<Item = (&'a I, &'a str)>,
    here: impl Iterator<Item = (&'a I, &'a str)>,
) -> BTreeMap<I, I> {
    let (document, here): (Vec<_>, Vec<_>) = (document.collect(), here.collect());
    let ids = |all: &[(&'a I, &'a str)]| all.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>();
    let (their_ids, our_ids) = (ids(&document), ids(&here));
    let pairs = |form: fn(&str) -> String| {
        let (theirs, ours) = (only(&document, &our_ids, form), only(&here, &their_ids, form));
        let pairs = theirs.into_iter().filter_map(move |(name, id)| {
            let (Some(id), Some(Some(here))) = (id, ours.get(&name)) else { return None };
            Some((id.clone(), (*here).clone()))
        });
        pairs.collect::<BTreeMap<I, I>>()
    };
    let mut same = pairs(folded);
    // A name that is the same to the letter comes first.
    same.extend(pairs(str::to_owned));
    same
}

/// By name, those that have no match by id; `None` for a name that several of them have.
fn only<'a, I: Ord>(
    all: &[(&'a I, &'a str)],
    others: &BTreeSet<&'a I>,
    form: fn(&str) -> String,
) -> BTreeMap<String, Option<&'a I>> {
    let mut names = BTreeMap::new();
    for (id, name) in all.iter().filter(|(id, _)| !others.contains(id)) {
        names.entry(form(name)).and_modify(|only| *only = None).or_insert(Some(*id));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(document: &[(i32, &str)], here: &[(i32, &str)]) -> Vec<(i32, i32)> {
        let pairs = |all: &'static [(i32, &'static str)]| all.iter().map(|(id, name)| (id, *name));
        let leak = |all: &[(i32, &str)]| -> &'static [(i32, &'static str)] {
            let all = all.iter().map(|(id, name)| (*id, &*(*name).to_owned().leak()));
            all.collect::<Vec<_>>().leak()
        };
        matched(pairs(leak(document)), pairs(leak(here))).into_iter().collect()
    }

    #[test]
    fn ids_come_before_names_and_names_must_be_the_only_ones() {
        assert_eq!(found(&[(1, "Read")], &[(2, "Read")]), [(1, 2)]);
        assert_eq!(found(&[(1, "Read")], &[(1, "Walk"), (2, "Read")]), []);
        assert_eq!(found(&[(1, "Read"), (3, "Read")], &[(2, "Read")]), []);
        assert_eq!(found(&[(1, "Read")], &[(2, "Read"), (3, "Read")]), []);
        assert_eq!(found(&[(1, "Read"), (2, "Read")], &[(2, "Read"), (3, "Read")]), [(1, 3)]);
    }

    #[test]
    fn a_name_in_other_letters_is_the_same_where_nothing_else_is_called_so() {
        assert_eq!(found(&[(1, "Read")], &[(2, "read")]), [(1, 2)]);
        assert_eq!(found(&[(1, "Read")], &[(2, "read"), (3, "Read")]), [(1, 3)]);
        assert_eq!(found(&[(1, "Read")], &[(2, "read"), (3, "READ")]), []);
        assert_eq!(found(&[(1, "Read"), (4, "READ")], &[(2, "read")]), []);
        assert_eq!(found(&[(1, "Read"), (4, "read")], &[(2, "read"), (3, "READ")]), [(4, 2)]);
    }
}
