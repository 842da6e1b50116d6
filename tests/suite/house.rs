//! Who may name whom, read from the source: the import directions that keep the house in order.
//!
//! Owns the table of rooms and of the outside crates that have one home. Tests inside `src` count
//! like any other code. Comments and documentation may name anything.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Every room, and the rooms it may name besides itself.
const ROOMS: [(&str, &[&str]); 13] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("exchange", &["domain", "store"]),
    ("app", &["domain", "config"]),
    ("keymap", &["app", "config"]),
    ("ui", &["domain", "app", "keymap", "config"]),
    ("cli", &["domain", "store", "exchange", "clock", "paths", "config"]),
    ("clock", &["domain"]),
    ("config", &["domain"]),
    // The kind of failing, for the exit code.
    ("paths", &["domain"]),
    ("lib", &[]),
    ("runtime", EVERY_ROOM),
    ("main", EVERY_ROOM),
];

const EVERY_ROOM: &[&str] = &[
    "app", "cli", "clock", "config", "domain", "exchange", "keymap", "paths", "runtime", "store",
    "ui",
];

/// Outside crates that only some rooms or files may name, by the beginning of the path.
const HOMES: [(&str, &[&str]); 22] = [
    ("ratatui", &["ui", "runtime"]),
    // Sizes and places are data.
    ("ratatui::layout", &["app"]),
    // The text-area widget wants a style for the line of its cursor.
    ("ratatui::style::Style", &["app/editor.rs"]),
    ("ratatui::crossterm::event", &["keymap/chord.rs"]),
    ("crossterm", &[]),
    ("ratatui_textarea", &["app/editor.rs"]),
    // The backup of another program is a database, too.
    ("rusqlite", &["store", "exchange/loop_habits/database.rs"]),
    ("zip", &["exchange"]),
    // Stands for another program that holds the file.
    ("rusqlite::Connection", &["runtime/session/tests.rs"]),
    ("rusqlite_migration", &["store"]),
    ("directories", &["paths"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("color_eyre", &["main"]),
    ("signal_hook", &["runtime"]),
    ("shell_words", &["store", "runtime"]),
    ("maud", &["exchange"]),
    ("rustix", &["store", "runtime"]),
    // To open what may be a pipe by now, without waiting for its writer.
    ("rustix::fs", &["exchange/input.rs"]),
    // The size of the terminal, which the doctor tells.
    ("rustix::termios", &["cli/doctor/terminal.rs"]),
    ("nucleo_matcher", &["app", "cli"]),
];

/// What would make a pure room depend on more than its arguments.
const IMPURE: [&str; 7] =
    ["std::env", "std::fs", "std::io", "std::net", "std::os", "std::process", "std::thread"];

/// Rooms without IO, clock or randomness.
const PURE: [&str; 4] = ["domain", "app", "keymap", "ui"];

/// Readers of wall time, and who may call them.
const CLOCKS: [&str; 3] = ["Local::now", "Utc::now", "SystemTime::now"];
const CLOCK_READERS: [(&str, &str); 2] = [
    ("clock.rs", "the one place that reads the time"),
    ("runtime/wait.rs", "its tests wait for a real moment to come"),
];

/// Past this many lines a file is asked which two rooms it is.
const LINES: usize = 400;

/// Files that answered.
const LONG: [(&str, &str); 0] = [];

/// A path that some code names, resolved as far as the source alone tells.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Named {
    /// From the crate's root on.
    Ours(Vec<String>),
    /// Anything else: another crate, or something imported above.
    Foreign(Vec<String>),
}

impl Named {
    fn path(&self) -> String {
        match self {
            Self::Ours(path) => format!("crate::{}", path.join("::")),
            Self::Foreign(path) => path.join("::"),
        }
    }
}

/// A source file.
struct Source {
    /// Below `src`, with slashes.
    name: String,
    room: String,
    text: String,
    named: Vec<Named>,
    has_unsafe: bool,
}

/// Reads names out of tokens.
struct Scanner<'a> {
    /// Every module of the house that is a file.
    modules: &'a BTreeSet<Vec<String>>,
    found: Vec<Named>,
    has_unsafe: bool,
}

impl Scanner<'_> {
    fn scan(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.scan(group.stream(), module),
                TokenTree::Ident(word) if word == "mod" => {
                    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                        (tokens.get(at + 1), tokens.get(at + 2))
                    {
                        self.scan(body.stream(), &joined(module, &name.to_string()));
                        at += 2;
                    }
                }
                TokenTree::Ident(word) if word == "use" => {
                    at += 1;
                    self.tree(&tokens, &mut at, &[], module);
                    continue;
                }
                TokenTree::Ident(word) => {
                    self.has_unsafe |= word == "unsafe";
                    if is_separator(&tokens, at + 1) {
                        self.tree(&tokens, &mut at, &[], module);
                        continue;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Follows one path, and every branch of a group in it.
    fn tree(&mut self, tokens: &[TokenTree], at: &mut usize, prefix: &[String], module: &[String]) {
        let mut path = prefix.to_vec();
        if is_separator(tokens, *at) {
            *at += 2;
        }
        while let Some(token) = tokens.get(*at) {
            match token {
                TokenTree::Ident(word) => path.push(word.to_string().replace("r#", "")),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let branches: Vec<_> = group.stream().into_iter().collect();
                    for branch in branches.split(is_comma).filter(|branch| !branch.is_empty()) {
                        self.tree(branch, &mut 0, &path, module);
                    }
                    *at += 1;
                    return;
                }
                TokenTree::Punct(star) if star.as_char() == '*' => path.push("*".to_owned()),
                _ => break,
            }
            *at += 1;
            if !is_separator(tokens, *at) {
                break;
            }
            *at += 2;
        }
        self.found.push(self.resolved(&path, module));
    }

    fn resolved(&self, path: &[String], module: &[String]) -> Named {
        let mut rest = path;
        let mut base = module.to_vec();
        match path.first().map(String::as_str) {
            Some("crate" | "inch") => base.clear(),
            Some("self" | "super") => {}
            Some(first) if self.modules.contains(&joined(module, first)) => {
                return Named::Ours([module, path].concat());
            }
            _ => return Named::Foreign(path.to_vec()),
        }
        while let Some((first, others)) = rest.split_first() {
            match first.as_str() {
                "super" => drop(base.pop()),
                "self" | "crate" | "inch" => {}
                _ => break,
            }
            rest = others;
        }
        base.extend(rest.iter().filter(|word| *word != "self").cloned());
        Named::Ours(base)
    }
}

fn joined(module: &[String], name: &str) -> Vec<String> {
    [module, &[name.to_owned()]].concat()
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    is_colon(at) && is_colon(at + 1)
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// `app/editor.rs` is the module `app::editor`; `lib.rs` and `main.rs` are roots.
fn module_of(name: &str) -> Vec<String> {
    let path = name.trim_end_matches(".rs");
    if matches!(path, "lib" | "main") {
        return Vec::new();
    }
    path.split('/').map(str::to_owned).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn read(name: &str, text: &str, modules: &BTreeSet<Vec<String>>) -> Source {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut scanner = Scanner { modules, found: Vec::new(), has_unsafe: false };
    scanner.scan(tokens, &module_of(name));
    let room = name.split('/').next().unwrap_or(name);
    Source {
        name: name.to_owned(),
        room: room.trim_end_matches(".rs").to_owned(),
        text: text.to_owned(),
        named: scanner.found,
        has_unsafe: scanner.has_unsafe,
    }
}

/// The whole house.
fn house() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    paths.sort();
    let name = |path: &PathBuf| {
        let below = path.strip_prefix(&root).unwrap().to_str().unwrap();
        below.replace('\\', "/")
    };
    let modules = paths.iter().map(|path| module_of(&name(path))).collect();
    let sources: Vec<_> = paths
        .iter()
        .map(|path| read(&name(path), &fs::read_to_string(path).unwrap(), &modules))
        .collect();
    assert!(sources.len() > 100, "the house was not found");
    sources
}

fn is_below(path: &str, beginning: &str) -> bool {
    path.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Fails with a line for each fault.
fn none(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}\n{}\n", faults.join("\n"));
}

/// Names of rooms that a file may not name.
fn trespasses(source: &Source) -> Vec<String> {
    let room = ROOMS.iter().find(|(name, _)| *name == source.room);
    let Some((own, may)) = room else {
        return vec![format!("{} is in no room of the table", source.name)];
    };
    let faults = source.named.iter().filter(|named| match named {
        Named::Ours(path) => {
            !path.first().is_some_and(|to| to == own || may.contains(&to.as_str()))
        }
        Named::Foreign(_) => false,
    });
    faults.map(|named| format!("src/{} names {}", source.name, named.path())).collect()
}

/// Names of outside crates that have their home elsewhere.
fn strays(source: &Source) -> Vec<String> {
    let is_home = |homes: &[&str]| homes.contains(&&*source.room) || homes.contains(&&*source.name);
    let faults = source.named.iter().filter(|named| {
        let Named::Foreign(path) = named else {
            return false;
        };
        let first = &path[0];
        let path = path.join("::");
        let is_guarded = HOMES.iter().any(|(home, _)| home == first);
        let is_at_home = HOMES.iter().any(|(home, homes)| is_below(&path, home) && is_home(homes));
        let is_impure = PURE.contains(&&*source.room)
            && IMPURE.iter().any(|beginning| is_below(&path, beginning));
        is_impure || is_guarded && !is_at_home
    });
    faults.map(|named| format!("src/{} names {}", source.name, named.path())).collect()
}

fn reads_time(named: &Named) -> bool {
    let path = named.path();
    CLOCKS.iter().any(|clock| path == *clock || path.ends_with(&format!("::{clock}")))
}

#[test]
fn rooms_name_only_whom_they_may() {
    let faults: Vec<_> = house().iter().flat_map(trespasses).collect();
    none("these names go against the directions:", &faults);
}

#[test]
fn outside_crates_are_named_only_at_home() {
    let faults: Vec<_> = house().iter().flat_map(strays).collect();
    none("these crates have another home:", &faults);
}

#[test]
fn only_the_clock_reads_the_time() {
    let house = house();
    let readers: BTreeSet<_> = house
        .iter()
        .filter(|source| source.named.iter().any(reads_time))
        .map(|source| source.name.as_str())
        .collect();
    assert_eq!(readers, CLOCK_READERS.map(|(name, _)| name).into());
}

#[test]
fn every_file_begins_with_what_it_owns() {
    let house = house();
    let silent = house.iter().filter(|source| !source.text.starts_with("//! "));
    let faults: Vec<_> = silent.map(|source| source.name.clone()).collect();
    none("these files do not open with `//!`:", &faults);
}

#[test]
fn no_file_is_long_without_a_reason() {
    let house = house();
    let long: BTreeSet<_> = house
        .iter()
        .filter(|source| source.text.lines().count() > LINES)
        .map(|source| source.name.as_str())
        .collect();
    assert_eq!(long, LONG.map(|(name, _)| name).into());
}

#[test]
fn modules_are_files_beside_their_folders_and_nothing_is_unsafe() {
    let house = house();
    let faults: Vec<_> = house
        .iter()
        .filter(|source| source.has_unsafe || source.name.ends_with("mod.rs"))
        .map(|source| source.name.clone())
        .collect();
    none("unsafe, or called mod.rs:", &faults);
}

#[test]
fn the_scanner_sees_every_way_of_naming() {
    let modules = ["app", "app/editor", "domain", "store", "ui"].map(module_of);
    let modules = BTreeSet::from(modules);
    let source = read(
        "app/editor.rs",
        r##"
        //! crate::store is only spoken of here.
        use crate::{domain::{day, text as words}, store};
        use super::super::ui::*;
        use ratatui as screen;
        use ::rusqlite::{self, types::{Type, Value}};
        pub(super) fn f(a: &mut crate::cli::Args) -> Result<(), directories::Error> {
            // crate::paths
            println!("crate::keymap {}", crate::clock::now());
            let _ = (r#"crate::exchange"#, 'a', "\"crate::exchange", Vec::<super::x::Y>::new());
            chrono::Utc::now();
        }
        mod tests {
            use super::*;
            use super::super::super::runtime;
            use crate as house;
        }
        "##,
        &modules,
    );
    let paths: Vec<_> = source.named.iter().map(Named::path).collect();
    assert_eq!(
        paths,
        [
            "crate::domain::day",
            "crate::domain::text",
            "crate::store",
            "crate::ui::*",
            "ratatui",
            "rusqlite::self",
            "rusqlite::types::Type",
            "rusqlite::types::Value",
            "crate::cli::Args",
            "directories::Error",
            "crate::clock::now",
            "Vec",
            "crate::app::x::Y",
            "chrono::Utc::now",
            "crate::app::editor::*",
            "crate::runtime",
            "crate::",
        ]
    );
    let named = |faults: Vec<String>| -> Vec<String> {
        let path = |fault: String| fault.rsplit(' ').next().unwrap().to_owned();
        faults.into_iter().map(path).collect()
    };
    assert_eq!(
        named(trespasses(&source)),
        [
            "crate::store",
            "crate::ui::*",
            "crate::cli::Args",
            "crate::clock::now",
            "crate::runtime",
            "crate::",
        ]
    );
    assert_eq!(
        named(strays(&source)),
        [
            "ratatui",
            "rusqlite::self",
            "rusqlite::types::Type",
            "rusqlite::types::Value",
            "directories::Error",
        ]
    );
    assert!(source.named.iter().any(reads_time));
}
