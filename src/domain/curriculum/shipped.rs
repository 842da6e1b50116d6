//! The curriculum that inch ships, as the build script laid it out.
//!
//! Owns the rows of that table and their way into definitions. Must not know TOML: reading the
//! file would take half of the time that the app has to start.

use super::{
    definition::{Area, Definitions, Module, Origin, Resource, ResourceKind, Topic},
    ids::TopicId,
};

struct AreaRow {
    id: &'static str,
    title: &'static str,
}

struct ModuleRow {
    id: &'static str,
    area: &'static str,
    title: &'static str,
}

struct TopicRow {
    id: &'static str,
    module: &'static str,
    title: &'static str,
    check: &'static str,
    prerequisites: &'static [&'static str],
    choose_one: Option<&'static str>,
    resources: &'static [ResourceRow],
    replaces: &'static [&'static str],
}

struct ResourceRow {
    title: &'static str,
    by: &'static str,
    kind: ResourceKind,
    url: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/curriculum.rs"));

/// The rows as definitions. They were checked when the program was built.
pub(super) fn definitions() -> Definitions {
    Definitions {
        areas: AREAS.iter().map(area).collect(),
        modules: MODULES.iter().map(module).collect(),
        topics: TOPICS.iter().map(topic).collect(),
    }
}

fn area(row: &AreaRow) -> Area {
    Area { id: row.id.to_owned(), title: row.title.to_owned() }
}

fn module(row: &ModuleRow) -> Module {
    Module { id: row.id.to_owned(), area: row.area.to_owned(), title: row.title.to_owned() }
}

fn topic(row: &TopicRow) -> Topic {
    Topic {
        id: TopicId::from(row.id),
        module: row.module.to_owned(),
        title: row.title.to_owned(),
        check: row.check.to_owned(),
        prerequisites: row.prerequisites.iter().copied().map(TopicId::from).collect(),
        choose_one: row.choose_one.map(str::to_owned),
        resources: row.resources.iter().map(resource).collect(),
        replaces: row.replaces.iter().copied().map(TopicId::from).collect(),
        origin: Origin::File,
    }
}

fn resource(row: &ResourceRow) -> Resource {
    Resource {
        title: row.title.to_owned(),
        by: row.by.to_owned(),
        kind: row.kind,
        url: row.url.to_owned(),
    }
}
