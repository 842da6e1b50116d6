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
    parse::{self, AreaForm, Form, ModuleForm, TopicForm, Word},
};

/// How many faults are told.
const FAULTS: usize = 1_000;

/// Lays a file over what is there. All of its faults are the answer if it has any, in the order of
/// its lines; then nothing of it is to be used.
pub fn lay(source: &str, base: &Definitions) -> Result<Definitions, Vec<CurriculumError>> {
    let mut faults = Vec::new();
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let ends: Vec<usize> = source.match_indices('\n').map(|(at, _)| at).collect();
    let line_of = |offset: usize| 1 + ends.partition_point(|end| *end < offset);
    let mut form = parse::read(source, &mut faults);
    follow_renamed(&mut form, base);
    check::ids(&form, base, line_of, &mut faults);
    let mut laid = base.clone();
    put_areas(&mut laid.areas, &form.areas, &mut faults);
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
    let errors = faults.into_iter().take(FAULTS);
    Err(errors
        .map(|Misfit { offset, fault }| CurriculumError { line: line_of(offset), fault })
        .collect())
}

/// An entry that only alters a topic, and calls it as it was called once, means the one of today.
fn follow_renamed(form: &mut Form, base: &Definitions) {
    let heirs = heirs(&base.topics);
    for topic in &mut form.topics {
        let is_whole = topic.module.is_some() && topic.title.is_some() && topic.check.is_some();
        let heir = heirs.get(topic.id.get_ref().as_str()).filter(|_| !is_whole);
        if let Some(heir) = heir {
            topic.id = Word::new(topic.id.span(), heir.0.clone());
        }
    }
}

/// Says what a new entry lacks.
fn refuse_missing(level: Level, id: &Word, keys: &[(&str, bool)], faults: &mut Vec<Misfit>) {
    let missing: Vec<_> = keys.iter().filter(|(_, is_there)| !is_there).map(|key| key.0).collect();
    if !missing.is_empty() {
        let who = format!("the new {level} {}", quoted(id.get_ref()));
        // At its end, for there may be something wrong with the id itself.
        let offset = id.span().end;
        faults.push(Misfit { offset, fault: Fault::Missing { who, keys: missing.join(", ") } });
    }
}

fn put_areas(areas: &mut Vec<Area>, forms: &[AreaForm], faults: &mut Vec<Misfit>) {
    let mut places = index(areas.iter().map(|area| area.id.as_str()));
    for AreaForm { id, title } in forms {
        let place = *places.entry(id.get_ref().clone()).or_insert(areas.len());
        if place == areas.len() {
            refuse_missing(Level::Area, id, &[("title", title.is_some())], faults);
            areas.push(Area { id: id.get_ref().clone(), title: String::new() });
        }
        if let Some(title) = title {
            areas[place].title.clone_from(title);
        }
    }
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
        topic.choose_one = Some(group.get_ref().clone()).filter(|group| !group.is_empty());
    }
    if let Some(old) = &form.replaces {
        // What it took over before stays with it: an id that was given up is never free again.
        let old: Vec<_> = ids(old).into_iter().filter(|id| !topic.replaces.contains(id)).collect();
        topic.replaces.extend(old);
    }
    put_resources(&mut topic.resources, &form.resources);
    topic.resources.sort_by_key(|resource| resource.kind);
}

/// The same address again is the same resource, described anew.
fn put_resources(resources: &mut Vec<Resource>, forms: &[Resource]) {
    let mut places = index(resources.iter().map(|resource| resource.url.as_str()));
    for form in forms {
        let place = *places.entry(form.url.clone()).or_insert(resources.len());
        match resources.get_mut(place) {
            Some(known) => known.clone_from(form),
            None => resources.push(form.clone()),
        }
    }
}

fn ids(words: &[Word]) -> Vec<TopicId> {
    words.iter().map(|word| TopicId(word.get_ref().clone())).collect()
}

/// For every id that was given up, the topic that goes on for it.
pub(super) fn heirs(topics: &[Topic]) -> BTreeMap<&str, &TopicId> {
    let pairs = topics
        .iter()
        .flat_map(|topic| topic.replaces.iter().map(move |old| (old.0.as_str(), &topic.id)));
    pairs.collect()
}

fn index<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    ids.map(str::to_owned).zip(0..).collect()
}

/// Takes out the topics that this file's topics replace; what those had replaced before goes on with
/// them, unless the file names it elsewhere. Tells for every id that was given up which one goes on
/// for it.
fn succeed(topics: &mut Vec<Topic>, forms: &[TopicForm]) -> BTreeMap<TopicId, TopicId> {
    let own: BTreeSet<_> = forms.iter().map(|form| form.id.get_ref().as_str()).collect();
    let named = forms.iter().filter_map(|form| form.replaces.as_ref()).flatten();
    let gone: BTreeSet<_> =
        named.map(|old| old.get_ref().as_str()).filter(|old| !own.contains(old)).collect();
    if !gone.is_empty() {
        let (left, kept): (Vec<_>, Vec<_>) =
            std::mem::take(topics).into_iter().partition(|topic| gone.contains(&*topic.id.0));
        *topics = kept;
        let before: BTreeMap<TopicId, Vec<TopicId>> =
            left.into_iter().map(|topic| (topic.id, topic.replaces)).collect();
        for topic in topics.iter_mut() {
            let inherited = topic.replaces.iter().filter_map(|old| before.get(old)).flatten();
            let is_free = |old: &&TopicId| !gone.contains(&*old.0);
            let inherited: Vec<_> = inherited.filter(is_free).cloned().collect();
            topic.replaces.extend(inherited);
        }
    }
    heirs(topics).into_iter().map(|(old, heir)| (TopicId(old.to_owned()), heir.clone())).collect()
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
