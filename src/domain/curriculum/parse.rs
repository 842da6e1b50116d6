//! The written form of a curriculum: TOML to checked definitions.
//!
//! Owns the keys of the file and what each entry must say by itself; how entries hang together is
//! `check`'s. Must not know where the text comes from. The build script compiles this file too.

use serde::Deserialize;
use toml::Spanned;

use super::{
    check,
    definition::{Area, Definitions, Module, Resource, ResourceKind, Topic},
    error::{CurriculumError, Fault, Level, quoted},
    ids::TopicId,
    text,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurriculumForm {
    schema_version: Spanned<i64>,
    pub(super) area: Vec<AreaForm>,
    pub(super) module: Vec<ModuleForm>,
    pub(super) topic: Vec<TopicForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AreaForm {
    pub(super) id: Spanned<String>,
    title: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModuleForm {
    pub(super) id: Spanned<String>,
    pub(super) area: Spanned<String>,
    title: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicForm {
    pub(super) id: Spanned<String>,
    pub(super) module: Spanned<String>,
    title: Spanned<String>,
    check: Spanned<String>,
    #[serde(default)]
    pub(super) prerequisites: Vec<Spanned<String>>,
    pub(super) choose_one: Option<Spanned<String>>,
    #[serde(default)]
    resources: Vec<ResourceForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceForm {
    title: Spanned<String>,
    by: Option<Spanned<String>>,
    #[serde(rename = "type")]
    kind: Spanned<String>,
    url: Spanned<String>,
}

/// The one key that every version of the format has.
#[derive(Deserialize)]
struct VersionForm {
    schema_version: Spanned<i64>,
}

/// A fault and the byte of the text where it begins.
pub(super) struct Misfit {
    pub(super) offset: usize,
    pub(super) fault: Fault,
}

impl Misfit {
    pub(super) fn at<T>(place: &Spanned<T>, fault: Fault) -> Self {
        Self { offset: place.span().start, fault }
    }
}

/// Reads a curriculum file and checks all of it; the first fault is the answer.
pub fn read(text: &str) -> Result<Definitions, CurriculumError> {
    read_form(text)
        .and_then(|form| {
            check::check(&form, |offset| line_of(text, offset))?;
            definitions(form)
        })
        .map_err(|Misfit { offset, fault }| CurriculumError { line: line_of(text, offset), fault })
}

/// The number of the line that holds a byte, from 1.
fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    1 + before.filter(|byte| **byte == b'\n').count()
}

fn read_form(text: &str) -> Result<CurriculumForm, Misfit> {
    let form = toml::from_str::<CurriculumForm>(text);
    // A file of another version has other keys: its version is what the person needs to hear.
    let version = match &form {
        Ok(form) => Some(form.schema_version.clone()),
        Err(_) => toml::from_str::<VersionForm>(text).ok().map(|form| form.schema_version),
    };
    if let Some(version) = version.filter(|version| *version.get_ref() != 1) {
        return Err(Misfit::at(&version, Fault::Version(*version.get_ref())));
    }
    form.map_err(|error| Misfit {
        offset: error.span().map_or(0, |span| span.start),
        fault: Fault::Form(text::clip(&text::shown(error.message()), 300)),
    })
}

fn definitions(form: CurriculumForm) -> Result<Definitions, Misfit> {
    let areas = form.area.into_iter().map(|area| {
        let title = name(Level::Area, &area.id, "title", &area.title)?;
        Ok(Area { id: area.id.into_inner(), title })
    });
    let modules = form.module.into_iter().map(|module| {
        let title = name(Level::Module, &module.id, "title", &module.title)?;
        Ok(Module { id: module.id.into_inner(), area: module.area.into_inner(), title })
    });
    Ok(Definitions {
        areas: areas.collect::<Result<_, Misfit>>()?,
        modules: modules.collect::<Result<_, Misfit>>()?,
        topics: form.topic.into_iter().map(topic).collect::<Result<_, _>>()?,
    })
}

fn topic(form: TopicForm) -> Result<Topic, Misfit> {
    let title = name(Level::Topic, &form.id, "title", &form.title)?;
    let check = name(Level::Topic, &form.id, "check", &form.check)?;
    let resources = form.resources.iter().map(|link| resource(&form.id, link));
    let mut resources: Vec<Resource> = resources.collect::<Result<_, _>>()?;
    resources.sort_by_key(|resource| resource.kind);
    let prerequisites = form.prerequisites.into_iter();
    Ok(Topic {
        id: TopicId(form.id.into_inner()),
        module: form.module.into_inner(),
        title,
        check,
        prerequisites: prerequisites.map(|id| TopicId(id.into_inner())).collect(),
        choose_one: form.choose_one.map(Spanned::into_inner),
        resources,
        is_own: false,
    })
}

fn resource(topic: &Spanned<String>, form: &ResourceForm) -> Result<Resource, Misfit> {
    let kind = ResourceKind::parse(form.kind.get_ref()).ok_or_else(|| {
        let fault =
            Fault::Kind { topic: quoted(topic.get_ref()), word: quoted(form.kind.get_ref()) };
        Misfit::at(&form.kind, fault)
    })?;
    let url = text::link(form.url.get_ref()).map_err(|error| {
        let topic = quoted(topic.get_ref());
        Misfit::at(&form.url, Fault::Link { topic, error })
    })?;
    let by = form.by.as_ref();
    Ok(Resource {
        title: name(Level::Topic, topic, "a resource's title", &form.title)?,
        by: by.map_or_else(
            || Ok(String::new()),
            |by| name(Level::Topic, topic, "a resource's by", by),
        )?,
        kind,
        url,
    })
}

fn name(
    level: Level,
    id: &Spanned<String>,
    what: &'static str,
    written: &Spanned<String>,
) -> Result<String, Misfit> {
    text::name(what, written.get_ref()).map_err(|error| {
        let id = quoted(id.get_ref());
        Misfit::at(written, Fault::Text { level, id, error })
    })
}
