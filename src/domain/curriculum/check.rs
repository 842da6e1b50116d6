//! How the entries of a curriculum hang together: ids, places, replacements and prerequisites.
//!
//! Owns the checks across entries; what one entry must say by itself is `parse`'s. Only what a file
//! says can be at fault, never what is there already. The build script compiles this file too.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::{
    definition::{Definitions, Topic},
    error::{Fault, Level, Misfit, quoted},
    ids::TopicId,
    parse::{Form, Word},
    text,
};

/// The longest id in bytes; it has to fit a line of the screen and of the command line.
const SLUG_BYTES: usize = 64;

/// How many topics there may be, see data.md.
const TOPICS: usize = 10_000;

/// Ids have one form and one owner. `line_of` turns a byte of the text into its line.
pub(super) fn ids(
    form: &Form,
    base: &Definitions,
    line_of: impl Fn(usize) -> usize,
    faults: &mut Vec<Misfit>,
) {
    let here = [
        form.areas.iter().map(|area| (Level::Area, &area.id)).collect::<Vec<_>>(),
        form.modules.iter().map(|module| (Level::Module, &module.id)).collect(),
        form.topics.iter().map(|topic| (Level::Topic, &topic.id)).collect(),
    ];
    let areas = base.areas.iter().map(|area| (area.id.as_str(), Level::Area));
    let modules = base.modules.iter().map(|module| (module.id.as_str(), Level::Module));
    let topics = base.topics.iter().map(|topic| (&*topic.id.0, Level::Topic));
    let known: BTreeMap<_, _> = areas.chain(modules).chain(topics).collect();
    let mut seen = BTreeMap::new();
    for (level, id) in here.into_iter().flatten() {
        let name = || quoted(id.get_ref());
        slug(id, faults);
        if level == Level::Topic && id.get_ref().starts_with("own-") {
            faults.push(Misfit::at(id, Fault::OwnPrefix(name())));
        }
        if let Some(first) = seen.insert(id.get_ref().as_str(), id.span().start) {
            let fault = Fault::Twice { level, id: name(), first: line_of(first) };
            faults.push(Misfit::at(id, fault));
        }
        if let Some(other) = known.get(&**id.get_ref()).copied().filter(|other| *other != level) {
            faults.push(Misfit::at(id, Fault::Taken { level, id: name(), other }));
        }
    }
    let words = form.topics.iter();
    // An empty word takes the topic out of its group.
    let is_group = |word: &&Word| !word.get_ref().is_empty();
    for word in words.flat_map(|topic| {
        topic.choose_one.iter().filter(is_group).chain(topic.replaces.iter().flatten())
    }) {
        slug(word, faults);
    }
}

fn slug(id: &Word, faults: &mut Vec<Misfit>) {
    let is_letter = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_slug = id.get_ref().len() <= SLUG_BYTES
        && id.get_ref().split('-').all(|part| !part.is_empty() && part.bytes().all(is_letter));
    if !is_slug {
        faults.push(Misfit::at(id, Fault::Slug(quoted(id.get_ref()))));
    }
}

/// A topic that is replaced is not in the same file, and goes on as one topic only; and an id that
/// was given up is not used again. `laid` still has what this file replaces.
pub(super) fn replaced(form: &Form, laid: &Definitions, faults: &mut Vec<Misfit>) {
    let here: BTreeSet<_> = form.topics.iter().map(|topic| topic.id.get_ref().as_str()).collect();
    let named = form.topics.iter().flat_map(|topic| topic.replaces.iter().flatten());
    let gone: BTreeSet<_> =
        named.map(|old| old.get_ref().as_str()).filter(|old| !here.contains(old)).collect();
    let mut heirs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for topic in &laid.topics {
        for old in &topic.replaces {
            heirs.entry(&old.0).or_default().insert(&topic.id.0);
        }
    }
    let heirs_of = |old: &str| heirs.get(old).into_iter().flatten().copied();
    for topic in &form.topics {
        let id = topic.id.get_ref().as_str();
        let name = || quoted(id);
        let mut seen = BTreeSet::new();
        for word in topic.replaces.iter().flatten() {
            let old = || quoted(word.get_ref());
            // What one that goes had replaced is for this file to give to somebody.
            let mut others = heirs_of(word.get_ref()).filter(|heir| !gone.contains(heir));
            let fault = if word.get_ref() == id {
                Fault::Itself { topic: name(), key: "replaces" }
            } else if here.contains(word.get_ref().as_str()) {
                Fault::StillHere { topic: name(), old: old() }
            } else if !seen.insert(word.get_ref()) {
                Fault::Repeated { topic: name(), key: "replaces", id: old() }
            } else if let Some(other) = others.find(|heir| *heir != id) {
                Fault::ReplacedTwice { topic: name(), old: old(), other: quoted(other) }
            } else {
                continue;
            };
            faults.push(Misfit::at(word, fault));
        }
        if let Some(heir) = heirs_of(id).find(|heir| !here.contains(heir)) {
            let fault = Fault::Reused { id: name(), heir: quoted(heir) };
            faults.push(Misfit::at(&topic.id, fault));
        }
    }
}

/// Everything stands in something, and needs what is there.
pub(super) fn hang_together(
    form: &Form,
    laid: &Definitions,
    heirs: &BTreeMap<TopicId, TopicId>,
    faults: &mut Vec<Misfit>,
) {
    let areas: BTreeSet<_> = laid.areas.iter().map(|area| area.id.as_str()).collect();
    let modules: BTreeSet<_> = laid.modules.iter().map(|module| module.id.as_str()).collect();
    let in_areas = form.modules.iter().filter_map(|module| {
        let area = module.area.as_ref().filter(|area| !areas.contains(&**area.get_ref()))?;
        Some((Level::Module, &module.id, Level::Area, area))
    });
    let in_modules = form.topics.iter().filter_map(|topic| {
        let module =
            topic.module.as_ref().filter(|module| !modules.contains(&**module.get_ref()))?;
        Some((Level::Topic, &topic.id, Level::Module, module))
    });
    for (level, id, parent, name) in in_areas.chain(in_modules) {
        let (id, place) = (quoted(id.get_ref()), quoted(name.get_ref()));
        faults.push(Misfit::at(name, Fault::Nowhere { level, id, parent, name: place }));
    }
    let topics = laid.topics.iter().map(|topic| &topic.id).chain(heirs.keys());
    let topics: BTreeSet<_> = topics.map(|id| id.0.as_str()).collect();
    for form in &form.topics {
        let mut seen = BTreeSet::new();
        for before in form.prerequisites.iter().flatten() {
            let (topic, id) = (|| quoted(form.id.get_ref()), || quoted(before.get_ref()));
            let fault = if before.get_ref() == form.id.get_ref() {
                Fault::Itself { topic: topic(), key: "prerequisites" }
            } else if !topics.contains(before.get_ref().as_str()) {
                Fault::Prerequisite { topic: topic(), prerequisite: id() }
            } else if !seen.insert(before.get_ref()) {
                Fault::Repeated { topic: topic(), key: "prerequisites", id: id() }
            } else {
                continue;
            };
            faults.push(Misfit::at(before, fault));
        }
    }
    if laid.topics.len() > TOPICS {
        let last = form.topics.last().map_or(0, |topic| topic.id.span().start);
        faults.push(Misfit { offset: last, fault: Fault::TooMany(laid.topics.len()) });
    }
}

/// Takes away, again and again, the topics whose prerequisites are all gone (Kahn 1962). Every
/// topic that stays needs one that stays, so a walk along those ends up going in a circle.
pub(super) fn circles(form: &Form, laid: &Definitions, faults: &mut Vec<Misfit>) {
    let topics = &laid.topics;
    let places: BTreeMap<&str, usize> =
        topics.iter().enumerate().map(|(at, topic)| (&*topic.id.0, at)).collect();
    let needs = |topic: &Topic| -> Vec<usize> {
        let before = topic.prerequisites.iter().filter(|id| **id != topic.id);
        before.filter_map(|id| places.get(&*id.0).copied()).collect()
    };
    let needs: Vec<_> = topics.iter().map(needs).collect();
    let mut opens = vec![Vec::new(); topics.len()];
    for (at, before) in needs.iter().enumerate() {
        for &place in before {
            opens[place].push(at);
        }
    }
    let mut missing: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut free: Vec<usize> = (0..topics.len()).filter(|at| missing[*at] == 0).collect();
    while let Some(at) = free.pop() {
        for &after in &opens[at] {
            missing[after] -= 1;
            if missing[after] == 0 {
                free.push(after);
            }
        }
    }
    let back = |at: usize| needs[at].iter().copied().find(|before| missing[*before] > 0);
    let Some(start) = missing.iter().position(|left| *left > 0) else {
        return;
    };
    // As many steps as there are topics lead into the circle wherever the walk began.
    let inside = (0..topics.len()).fold(start, |at, _| back(at).unwrap_or(at));
    let around = std::iter::successors(back(inside), |at| back(*at).filter(|_| *at != inside));
    let mut circle: Vec<usize> = around.collect();
    // The earliest entry of the file leads, whatever the walk met first.
    let written: BTreeMap<&str, &Spanned<String>> =
        form.topics.iter().map(|topic| (topic.id.get_ref().as_str(), &topic.id)).collect();
    let offset =
        |at: usize| written.get(&*topics[at].id.0).map_or(usize::MAX, |id| id.span().start);
    let earliest = (0..circle.len()).min_by_key(|place| offset(circle[*place])).unwrap_or(0);
    circle.rotate_left(earliest);
    circle.extend(circle.first().copied());
    let names: Vec<_> = circle.iter().map(|at| &*topics[*at].id.0).collect();
    let fault = Fault::Circle(text::clip(&names.join(" needs "), 300));
    let offset = circle.first().map_or(0, |at| offset(*at));
    faults.push(Misfit { offset: if offset == usize::MAX { 0 } else { offset }, fault });
}
