//! A curriculum file laid over what is there already: new entries join, known ones are altered.
//!
//! Owns what becomes of each entry and of the topics that others replace. Must not know where the
//! file lies. The build script compiles this file too: the shipped curriculum is laid over nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    check,
    definition::{Area, Definitions, Module, Origin, Resource, Topic},
    error::{CurriculumError, Fault, Level, Misfit, quoted},
    ids::TopicId,
    parse::{self, AreaForm, ModuleForm, TopicForm, Word},
};

/// Lays a file over what is there. All of its faults are the answer if it has any, in the order of
/// its lines; then nothing of it is to be used.
pub fn lay(source: &str, base: &Definitions) -> Result<Definitions, Vec<CurriculumError>> {
    let mut faults = Vec::new();
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let form = parse::read(source, &mut faults);
    let line_of = |offset: usize| {
        let before = source.as_bytes().iter().take(offset);
        1 + before.filter(|byte| **byte == b'\n').count()
    };
    check::ids(&form, base, line_of, &mut faults);
    let mut laid = base.clone();
    for area in &form.areas {
        put_area(&mut laid.areas, area, &mut faults);
    }
    put_modules(&mut laid.modules, &form.modules, &mut faults);
    put_topics(&mut laid.topics, &form.topics, &mut faults);
    check::replaced(&form, &laid, &mut faults);
    let heirs = succeed(&mut laid.topics, &form.topics);
    check::hang_together(&form, &laid, &heirs, &mut faults);
    follow(&mut laid.topics, &heirs);
    check::circles(&form, &laid, &mut faults);
    // What is wrong with one place is said once.
    faults.sort_by_key(|misfit| misfit.offset);
    faults.dedup_by_key(|misfit| misfit.offset);
    if faults.is_empty() {
        return Ok(laid);
    }
    let errors = faults.into_iter();
    Err(errors
        .map(|Misfit { offset, fault }| CurriculumError { line: line_of(offset), fault })
        .collect())
}

/// Says what a new entry lacks.
fn refuse_missing(level: Level, id: &Word, keys: &[(&str, bool)], faults: &mut Vec<Misfit>) {
    let missing: Vec<_> = keys.iter().filter(|(_, is_there)| !is_there).map(|key| key.0).collect();
    if !missing.is_empty() {
        let who = format!("the new {level} {}", quoted(id.get_ref()));
        faults.push(Misfit::at(id, Fault::Missing { who, keys: missing.join(", ") }));
    }
}

fn put_area(areas: &mut Vec<Area>, form: &AreaForm, faults: &mut Vec<Misfit>) {
    let id = form.id.get_ref();
    if let Some(known) = areas.iter_mut().find(|area| area.id == *id) {
        known.title = form.title.clone().unwrap_or_else(|| known.title.clone());
        return;
    }
    refuse_missing(Level::Area, &form.id, &[("title", form.title.is_some())], faults);
    areas.push(Area { id: id.clone(), title: form.title.clone().unwrap_or_default() });
}

fn put_modules(modules: &mut Vec<Module>, forms: &[ModuleForm], faults: &mut Vec<Misfit>) {
    let mut places = index(modules.iter().map(|module| module.id.as_str()));
    for ModuleForm { id, area, title } in forms {
        let place = *places.entry(id.get_ref().clone()).or_insert(modules.len());
        if place == modules.len() {
            let keys = [("area", area.is_some()), ("title", title.is_some())];
            refuse_missing(Level::Module, id, &keys, faults);
            let id = id.get_ref().clone();
            modules.push(Module { id, area: String::new(), title: String::new() });
        }
        if let Some(area) = area {
            modules[place].area.clone_from(area.get_ref());
        }
        if let Some(title) = title {
            modules[place].title.clone_from(title);
        }
    }
}

fn put_topics(topics: &mut Vec<Topic>, forms: &[TopicForm], faults: &mut Vec<Misfit>) {
    let mut places = index(topics.iter().map(|topic| topic.id.0.as_str()));
    for form in forms {
        let place = *places.entry(form.id.get_ref().clone()).or_insert(topics.len());
        if place == topics.len() {
            let keys = [
                ("module", form.module.is_some()),
                ("title", form.title.is_some()),
                ("check", form.check.is_some()),
            ];
            refuse_missing(Level::Topic, &form.id, &keys, faults);
            topics.push(Topic {
                id: TopicId(form.id.get_ref().clone()),
                module: String::new(),
                title: String::new(),
                check: String::new(),
                prerequisites: Vec::new(),
                choose_one: None,
                resources: Vec::new(),
                replaces: Vec::new(),
                origin: Origin::File,
            });
        }
        alter(&mut topics[place], form);
    }
}

fn alter(topic: &mut Topic, form: &TopicForm) {
    if let Some(module) = &form.module {
        topic.module.clone_from(module.get_ref());
    }
    if let Some(title) = &form.title {
        topic.title.clone_from(title);
    }
    if let Some(check) = &form.check {
        topic.check.clone_from(check);
    }
    if let Some(before) = &form.prerequisites {
        topic.prerequisites = ids(before);
    }
    if let Some(group) = &form.choose_one {
        topic.choose_one = Some(group.get_ref().clone());
    }
    if let Some(old) = &form.replaces {
        topic.replaces = ids(old);
    }
    for resource in &form.resources {
        put_resource(&mut topic.resources, resource);
    }
    topic.resources.sort_by_key(|resource| resource.kind);
}

/// The same address again is the same resource, described anew.
fn put_resource(resources: &mut Vec<Resource>, resource: &Resource) {
    match resources.iter_mut().find(|known| known.url == resource.url) {
        Some(known) => known.clone_from(resource),
        None => resources.push(resource.clone()),
    }
}

fn ids(words: &[Word]) -> Vec<TopicId> {
    words.iter().map(|word| TopicId(word.get_ref().clone())).collect()
}

fn index<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    ids.map(str::to_owned).zip(0..).collect()
}

/// Takes out the topics that this file's topics replace, with what those had replaced before, and
/// tells for every id that was given up which one goes on for it.
fn succeed(topics: &mut Vec<Topic>, forms: &[TopicForm]) -> BTreeMap<TopicId, TopicId> {
    let replacing = |form: &TopicForm| form.replaces.as_ref().is_some_and(|old| !old.is_empty());
    if forms.iter().any(replacing) {
        let own: BTreeSet<_> = forms.iter().map(|form| form.id.get_ref().as_str()).collect();
        let named = forms.iter().filter_map(|form| form.replaces.as_ref()).flatten();
        let gone: BTreeSet<_> =
            named.map(|old| old.get_ref().as_str()).filter(|old| !own.contains(old)).collect();
        let (left, kept): (Vec<_>, Vec<_>) =
            std::mem::take(topics).into_iter().partition(|topic| gone.contains(&*topic.id.0));
        *topics = kept;
        let before: BTreeMap<TopicId, Vec<TopicId>> =
            left.into_iter().map(|topic| (topic.id, topic.replaces)).collect();
        for topic in topics.iter_mut() {
            let inherited = topic.replaces.iter().filter_map(|old| before.get(old));
            let inherited: Vec<_> = inherited.flatten().cloned().collect();
            let is_new = |old: &TopicId| !topic.replaces.contains(old);
            let inherited: Vec<_> = inherited.into_iter().filter(is_new).collect();
            topic.replaces.extend(inherited);
        }
    }
    let heir = |topic: &Topic| -> Vec<(TopicId, TopicId)> {
        topic.replaces.iter().map(|old| (old.clone(), topic.id.clone())).collect()
    };
    topics.iter().flat_map(heir).collect()
}

/// Lets prerequisites lead to what goes on for the topics they name.
fn follow(topics: &mut [Topic], heirs: &BTreeMap<TopicId, TopicId>) {
    for topic in topics {
        if !topic.prerequisites.iter().any(|id| heirs.contains_key(id)) {
            continue;
        }
        let mut followed = Vec::new();
        for id in &topic.prerequisites {
            let id = heirs.get(id).unwrap_or(id);
            if *id != topic.id && !followed.contains(id) {
                followed.push(id.clone());
            }
        }
        topic.prerequisites = followed;
    }
}
