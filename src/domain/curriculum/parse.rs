//! The written form of a curriculum: TOML to entries.
//!
//! Owns the keys of the file and what each entry must say by itself. What entries say of each other
//! is `check`'s, and how they join what is there already is `merge`'s. Must not know where the text
//! comes from. The build script compiles this file too.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    definition::{Resource, ResourceKind},
    error::{Fault, Level, Misfit, quoted},
    text,
};

/// A text and where it stands.
pub(super) type Word = Spanned<String>;

/// What a file says. Every entry has an id; all else may be left to what is there already.
#[derive(Default)]
pub(super) struct Form {
    pub(super) areas: Vec<AreaForm>,
    pub(super) modules: Vec<ModuleForm>,
    pub(super) topics: Vec<TopicForm>,
}

pub(super) struct AreaForm {
    pub(super) id: Word,
    pub(super) title: Option<String>,
}

pub(super) struct ModuleForm {
    pub(super) id: Word,
    pub(super) area: Option<Word>,
    pub(super) title: Option<String>,
}

pub(super) struct TopicForm {
    pub(super) id: Word,
    pub(super) module: Option<Word>,
    pub(super) title: Option<String>,
    pub(super) check: Option<String>,
    pub(super) prerequisites: Option<Vec<Word>>,
    pub(super) choose_one: Option<Word>,
    pub(super) replaces: Option<Vec<Word>>,
    pub(super) resources: Vec<Resource>,
}

/// The keys of the file itself, of each level, and of a resource.
const FILE: &[&str] = &["schema_version", "area", "module", "topic"];
const AREA: &[&str] = &["id", "title"];
const MODULE: &[&str] = &["id", "area", "title"];
const TOPIC: &[&str] =
    &["id", "module", "title", "check", "prerequisites", "choose_one", "replaces", "resources"];
const RESOURCE: &[&str] = &["title", "by", "type", "url"];

/// The version of the format.
const VERSION: &str = "1";

/// Reads a file as far as it can be read; what is wrong with it is added to `faults`.
pub(super) fn read(source: &str, faults: &mut Vec<Misfit>) -> Form {
    let (table, errors) = DeTable::parse_recoverable(source);
    if !errors.is_empty() {
        faults.extend(errors.iter().map(|error| Misfit {
            offset: error.span().map_or(0, |span| span.start),
            fault: Fault::Form(text::clip(&text::shown(error.message()), 300)),
        }));
        return Form::default();
    }
    let table = table.get_ref();
    // A file of another version has other keys: its version is what the person needs to hear.
    match table.get("schema_version") {
        Some(version) if is_version(version.get_ref()) => {}
        Some(version) => {
            let written = quoted(source.get(version.span()).unwrap_or_default());
            faults.push(Misfit::at(version, Fault::Version(written)));
            return Form::default();
        }
        None => faults.push(Misfit { offset: 0, fault: Fault::NoVersion }),
    }
    known_only(table, FILE, "the file", faults);
    let mut form = Form::default();
    for entry in entries(table, Level::Area, AREA, faults) {
        form.areas.push(AreaForm { title: entry.name("title", faults), id: entry.id });
    }
    for entry in entries(table, Level::Module, MODULE, faults) {
        let (area, title) = (entry.word("area", faults), entry.name("title", faults));
        form.modules.push(ModuleForm { area, title, id: entry.id });
    }
    for entry in entries(table, Level::Topic, TOPIC, faults) {
        form.topics.push(TopicForm {
            module: entry.word("module", faults),
            title: entry.name("title", faults),
            check: entry.name("check", faults),
            prerequisites: entry.words("prerequisites", faults),
            choose_one: entry.word("choose_one", faults),
            replaces: entry.words("replaces", faults),
            resources: entry.resources(faults),
            id: entry.id,
        });
    }
    form
}

fn is_version(value: &DeValue<'_>) -> bool {
    let number = value.as_integer();
    number.is_some_and(|number| number.radix() == 10 && number.as_str() == VERSION)
}

/// One entry: its keys are asked for by name.
struct Entry<'t, 'i> {
    level: Level,
    id: Word,
    table: &'t DeTable<'i>,
}

/// The entries of a level that have an id, in the order of the file.
fn entries<'t, 'i>(
    file: &'t DeTable<'i>,
    level: Level,
    keys: &[&str],
    faults: &mut Vec<Misfit>,
) -> Vec<Entry<'t, 'i>> {
    let Some(list) = file.get(level.word()) else {
        return Vec::new();
    };
    let Some(list) = list.get_ref().as_array() else {
        faults.push(Misfit::at(list, Fault::NoList(level)));
        return Vec::new();
    };
    let mut entries = Vec::new();
    for entry in list {
        let Some(table) = entry.get_ref().as_table() else {
            faults.push(Misfit::at(entry, Fault::NoList(level)));
            continue;
        };
        let Some(id) = table.get("id") else {
            faults.push(Misfit::at(entry, Fault::NoId(level)));
            continue;
        };
        let who = format!("this {level}");
        let id = word(id, &who, "id", faults);
        known_only(table, keys, &format!("{level} {}", quoted(id.get_ref())), faults);
        entries.push(Entry { level, id, table });
    }
    entries
}

/// Every key is one that is read: a slip of the pen never goes unseen.
fn known_only(table: &DeTable<'_>, keys: &[&str], who: &str, faults: &mut Vec<Misfit>) {
    let unknown = table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref()));
    faults.extend(unknown.map(|key| {
        let fault =
            Fault::Key { who: who.to_owned(), key: quoted(key.get_ref()), known: keys.join(", ") };
        Misfit::at(key, fault)
    }));
}

/// A text; what is none stands for an empty one, and is said. A file with a fault is not used, so
/// nobody sees it, and what else is wrong with that place is not said again.
fn word(
    value: &Spanned<DeValue<'_>>,
    who: &str,
    key: &'static str,
    faults: &mut Vec<Misfit>,
) -> Word {
    let text = value.get_ref().as_str();
    if text.is_none() {
        let (who, found) = (who.to_owned(), value.get_ref().type_str());
        faults.push(Misfit::at(value, Fault::Type { who, key, wanted: "a text in quotes", found }));
    }
    Spanned::new(value.span(), text.unwrap_or_default().to_owned())
}

impl Entry<'_, '_> {
    /// Who it is in a message.
    fn who(&self) -> String {
        format!("{} {}", self.level, quoted(self.id.get_ref()))
    }

    fn word(&self, key: &'static str, faults: &mut Vec<Misfit>) -> Option<Word> {
        Some(word(self.table.get(key)?, &self.who(), key, faults))
    }

    /// One line of text, within the limits.
    fn name(&self, key: &'static str, faults: &mut Vec<Misfit>) -> Option<String> {
        let written = self.word(key, faults)?;
        Some(self.checked(key, &written, faults))
    }

    fn checked(&self, what: &'static str, written: &Word, faults: &mut Vec<Misfit>) -> String {
        text::name(what, written.get_ref()).unwrap_or_else(|error| {
            faults.push(Misfit::at(written, Fault::Text { who: self.who(), error }));
            String::new()
        })
    }

    fn list(&self, key: &'static str, faults: &mut Vec<Misfit>) -> Option<&[Spanned<DeValue<'_>>]> {
        let value = self.table.get(key)?;
        let Some(list) = value.get_ref().as_array() else {
            let (who, found) = (self.who(), value.get_ref().type_str());
            let wanted = "a list in brackets";
            faults.push(Misfit::at(value, Fault::Type { who, key, wanted, found }));
            return None;
        };
        Some(list)
    }

    fn words(&self, key: &'static str, faults: &mut Vec<Misfit>) -> Option<Vec<Word>> {
        let list = self.list(key, faults)?;
        let who = self.who();
        Some(list.iter().map(|value| word(value, &who, key, faults)).collect())
    }

    fn resources(&self, faults: &mut Vec<Misfit>) -> Vec<Resource> {
        let list = self.list("resources", faults).unwrap_or_default();
        list.iter().filter_map(|value| self.resource(value, faults)).collect()
    }

    fn resource(&self, value: &Spanned<DeValue<'_>>, faults: &mut Vec<Misfit>) -> Option<Resource> {
        let Some(table) = value.get_ref().as_table() else {
            let (who, found) = (self.who(), value.get_ref().type_str());
            let (key, wanted) = ("resources", "{ title = …, type = …, url = … }");
            faults.push(Misfit::at(value, Fault::Type { who, key, wanted, found }));
            return None;
        };
        let who = format!("a resource of {}", self.who());
        known_only(table, RESOURCE, &who, faults);
        let mut part = |key: &'static str| match table.get(key) {
            Some(value) => Some(word(value, &who, key, faults)),
            None if key == "by" => None,
            None => {
                let missing = Fault::Missing { who: who.clone(), keys: key.to_owned() };
                faults.push(Misfit::at(value, missing));
                None
            }
        };
        let (title, by, kind, url) = (part("title"), part("by"), part("type"), part("url"));
        let title = title.map(|title| self.checked("a resource's title", &title, faults));
        let by = by.map(|by| self.checked("a resource's by", &by, faults));
        let kind = kind.and_then(|word| {
            let kind = ResourceKind::parse(word.get_ref());
            if kind.is_none() {
                let (who, word_) = (self.who(), quoted(word.get_ref()));
                faults.push(Misfit::at(&word, Fault::Kind { who, word: word_ }));
            }
            kind
        });
        let url = url.and_then(|url| {
            let checked = text::link(url.get_ref());
            checked
                .map_err(|error| {
                    faults.push(Misfit::at(&url, Fault::Link { who: self.who(), error }));
                })
                .ok()
        });
        Some(Resource { title: title?, by: by.unwrap_or_default(), kind: kind?, url: url? })
    }
}
