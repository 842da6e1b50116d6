//! How the entries of a curriculum file hang together: ids, places and prerequisites.
//!
//! Owns the checks across entries; what one entry must say by itself is `parse`'s. Must not know
//! anything outside the file. The build script compiles this file too.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::{
    error::{Fault, Level, quoted},
    parse::{CurriculumForm, Misfit, TopicForm},
    text,
};

/// The longest id in bytes; it has to fit a line of the screen and of the command line.
const SLUG_BYTES: usize = 64;

/// Checks ids, places and prerequisites. `line_of` turns a byte of the text into its line.
pub(super) fn check(form: &CurriculumForm, line_of: impl Fn(usize) -> usize) -> Result<(), Misfit> {
    ids(form, line_of)?;
    places(form)?;
    prerequisites(&form.topic)?;
    circles(&form.topic)
}

fn ids(form: &CurriculumForm, line_of: impl Fn(usize) -> usize) -> Result<(), Misfit> {
    let areas = form.area.iter().map(|area| (Level::Area, &area.id));
    let modules = form.module.iter().map(|module| (Level::Module, &module.id));
    let topics = form.topic.iter().map(|topic| (Level::Topic, &topic.id));
    let mut seen = BTreeMap::new();
    for (level, id) in areas.chain(modules).chain(topics) {
        slug(id)?;
        if level == Level::Topic && id.get_ref().starts_with("own-") {
            return Err(Misfit::at(id, Fault::OwnPrefix(quoted(id.get_ref()))));
        }
        if let Some(first) = seen.insert(id.get_ref().as_str(), id.span().start) {
            let fault = Fault::Twice { level, id: quoted(id.get_ref()), first: line_of(first) };
            return Err(Misfit::at(id, fault));
        }
    }
    form.topic.iter().filter_map(|topic| topic.choose_one.as_ref()).try_for_each(slug)
}

fn slug(id: &Spanned<String>) -> Result<(), Misfit> {
    let is_letter = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_slug = id.get_ref().len() <= SLUG_BYTES
        && id.get_ref().split('-').all(|part| !part.is_empty() && part.bytes().all(is_letter));
    if is_slug { Ok(()) } else { Err(Misfit::at(id, Fault::Slug(quoted(id.get_ref())))) }
}

fn places(form: &CurriculumForm) -> Result<(), Misfit> {
    let areas: BTreeSet<_> = form.area.iter().map(|area| area.id.get_ref()).collect();
    let modules: BTreeSet<_> = form.module.iter().map(|module| module.id.get_ref()).collect();
    let in_areas = form.module.iter().map(|module| {
        let is_there = areas.contains(module.area.get_ref());
        (Level::Module, &module.id, Level::Area, &module.area, is_there)
    });
    let in_modules = form.topic.iter().map(|topic| {
        let is_there = modules.contains(topic.module.get_ref());
        (Level::Topic, &topic.id, Level::Module, &topic.module, is_there)
    });
    for (level, id, parent, name, is_there) in in_areas.chain(in_modules) {
        if !is_there {
            let fault = Fault::Nowhere {
                level,
                id: quoted(id.get_ref()),
                parent,
                name: quoted(name.get_ref()),
            };
            return Err(Misfit::at(name, fault));
        }
    }
    Ok(())
}

fn prerequisites(topics: &[TopicForm]) -> Result<(), Misfit> {
    let ids: BTreeSet<_> = topics.iter().map(|topic| topic.id.get_ref()).collect();
    for form in topics {
        let mut seen = BTreeSet::new();
        for before in &form.prerequisites {
            let topic = || quoted(form.id.get_ref());
            let prerequisite = || quoted(before.get_ref());
            let fault = if before.get_ref() == form.id.get_ref() {
                Fault::Itself(topic())
            } else if !ids.contains(before.get_ref()) {
                Fault::Prerequisite { topic: topic(), prerequisite: prerequisite() }
            } else if !seen.insert(before.get_ref()) {
                Fault::Repeated { topic: topic(), prerequisite: prerequisite() }
            } else {
                continue;
            };
            return Err(Misfit::at(before, fault));
        }
    }
    Ok(())
}

/// Takes away, again and again, the topics whose prerequisites are all gone (Kahn 1962). Every
/// topic that stays needs one that stays, so a walk along those ends up going in a circle.
fn circles(topics: &[TopicForm]) -> Result<(), Misfit> {
    let places: BTreeMap<&str, usize> =
        topics.iter().enumerate().map(|(at, topic)| (topic.id.get_ref().as_str(), at)).collect();
    let needs: Vec<Vec<usize>> = topics
        .iter()
        .map(|topic| {
            let ids = topic.prerequisites.iter().map(|id| id.get_ref().as_str());
            ids.filter_map(|id| places.get(id).copied()).collect()
        })
        .collect();
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
        return Ok(());
    };
    // As many steps as there are topics lead into the circle wherever the walk began.
    let inside = (0..topics.len()).fold(start, |at, _| back(at).unwrap_or(at));
    let around = std::iter::successors(back(inside), |at| back(*at).filter(|_| *at != inside));
    let mut circle: Vec<usize> = around.collect();
    // The earliest entry leads, whatever the walk met first.
    let earliest = (0..circle.len()).min_by_key(|place| circle[*place]).unwrap_or(0);
    circle.rotate_left(earliest);
    circle.extend(circle.first().copied());
    let names: Vec<_> = circle.iter().map(|at| topics[*at].id.get_ref().as_str()).collect();
    let fault = Fault::Circle(text::clip(&names.join(" needs "), 300));
    Err(Misfit::at(&topics[circle[0]].id, fault))
}
