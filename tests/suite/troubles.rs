//! What goes wrong is said whole at every size, and what stays wrong stays in sight.

use std::{io, path::PathBuf};

use inch::{
    app::{Failure, Message, Overlay, Tone, Trouble},
    config::Config,
    domain::fault::Fault,
    store::{Doing, Problem, ReadOnly, StoreError},
};
use rusqlite::ffi;

use crate::fixture::{Person, learner};

/// A path as long as some people's.
fn path() -> PathBuf {
    "/home/somebody/Documents/everything that I keep/2026/november/learning/habits and more/inch.db"
        .into()
}

fn errors() -> Vec<StoreError> {
    let path = path;
    let gone = || io::Error::from(io::ErrorKind::PermissionDenied);
    let sql = |code| rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
    let mut errors = vec![
        StoreError::Limit { what: "habits", limit: 1_000 },
        StoreError::Overtaken { change: "The tick", is_redo: false, later: None },
        StoreError::NotMade { path: path(), source: gone() },
        StoreError::NoBackup { path: path(), source: gone() },
        StoreError::NotRestored { path: path(), source: gone() },
        StoreError::Unconfirmed {
            path: path(),
            state: format!("What was there is kept as {}", path().display()),
            source: gone(),
        },
        StoreError::HalfRestored { path: path(), kept: path(), source: gone() },
        StoreError::NotSeen { path: path(), source: gone() },
        StoreError::NotSetAside { path: path(), folder: path(), source: gone() },
        StoreError::NotThere { path: path() },
        StoreError::Damaged {
            path: path(),
            detail: "row 3 is missing from index habit_day".to_owned(),
            newest: Some(path()),
        },
        StoreError::NotCopied { path: path(), detail: "a check failed".to_owned() },
        StoreError::BadCopy {
            path: path(),
            why: "is no backup of this file".to_owned(),
            fault: Fault::Data,
        },
        StoreError::Itself { path: path() },
        StoreError::InUse { path: path() },
        StoreError::NotMigrated { path: path(), detail: "a table is missing".to_owned() },
        StoreError::OldSqlite("3.40.0"),
    ];
    let problems = [Problem::Network("nfs".to_owned()), Problem::LogOutOfReach, Problem::LogAlone];
    errors.extend(problems.map(|problem| StoreError::Unusable { path: path(), problem }));
    let losses = [
        ReadOnly::Protected,
        ReadOnly::NoRoom,
        ReadOnly::Deleted,
        ReadOnly::Replaced,
        ReadOnly::LogGone,
        ReadOnly::LostWhileSaving,
    ];
    errors.extend(losses.map(|why| StoreError::ReadOnly { path: path(), why }));
    for doing in [Doing::Reading, Doing::Saving, Doing::BackingUp, Doing::Copying] {
        let codes = [
            ffi::SQLITE_BUSY,
            ffi::SQLITE_FULL,
            ffi::SQLITE_READONLY,
            ffi::SQLITE_CORRUPT,
            ffi::SQLITE_CONSTRAINT,
            ffi::SQLITE_IOERR,
            ffi::SQLITE_IOERR_FSYNC,
        ];
        let failed = |code| StoreError::Failed { path: path(), doing, source: sql(code) };
        errors.extend(codes.map(failed));
    }
    errors
}

fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What a screen shows, without frames and gaps.
fn shown(person: &Person) -> String {
    let screen = person.screen();
    screen.lines().map(|line| dense(line.trim_matches('"'))).collect()
}

fn failing(text: &str, keys: &str, (width, height): (u16, u16)) -> Person {
    let mut person = Person::new(learner(), Config::default(), width, height);
    person.memory.failure =
        Some(Failure { text: text.to_owned(), change: None, is_waiting: false });
    person.press(keys);
    person
}

#[test]
fn every_failure_is_said_whole() {
    for error in errors() {
        let text = format!("{error}. The change waits and is tried again by itself.");
        for size in [(80, 24), (100, 30)] {
            let person = failing(&text, "space", size);
            assert!(shown(&person).contains(&dense(&text)), "{size:?}: {}", person.screen());
        }
        // Where there is little room, the end is seen: it says what to do.
        let person = failing(&text, "space", (40, 12));
        assert!(shown(&person).ends_with("istriedagainbyitself."), "{}", person.screen());
    }
}

#[test]
fn what_was_typed_stays_where_saving_failed_and_the_failure_is_said_whole() {
    let text = errors().iter().map(ToString::to_string).max_by_key(String::len).unwrap();
    for size in [(80, 24), (100, 30), (120, 40)] {
        for keys in [
            "n \"kept enter",
            "e \"kept ctrl-s",
            "2 n \"kept enter",
            "2 W \"kept enter",
            "3 j e \"kept ctrl-s",
            "d down down down \"kept enter",
        ] {
            let mut person = failing(&text, keys, size);
            assert!(shown(&person).contains(&dense(&text)), "{keys}: {}", person.screen());
            assert_eq!(person.model.notice.as_ref().unwrap().tone, Tone::Bad);
            // The next key brings the hints back, and the text is there.
            person.press("left");
            assert!(person.model.notice.is_none());
            assert!(person.screen().contains("kept"), "{keys}: {}", person.screen());
            assert!(person.screen().contains("esc leave") || keys.starts_with('d'));
        }
    }
}

#[test]
fn a_tiny_screen_says_it_in_as_many_lines_as_it_has() {
    let person = failing("The disk is full, so clear it.", "space", (20, 7));
    assert!(shown(&person).contains("Thediskisfull,soclearit."), "{}", person.screen());
}

#[test]
fn what_stays_wrong_stays_in_the_header_and_is_told_by_the_help() {
    for (width, height) in [(120, 40), (100, 30), (80, 24), (40, 12)] {
        for keys in ["", "2", "3", "z"] {
            let mut person = Person::new(learner(), Config::default(), width, height);
            for (trouble, why) in [
                (Trouble::LeftOut, "mine.toml was left out."),
                (Trouble::ReadOnly, "The file can only be read."),
            ] {
                person.send(Message::Troubled(trouble, why.to_owned()));
                assert_eq!(person.model.notice.as_ref().unwrap().text, why);
            }
            person.press(keys).press("j");
            assert!(person.model.notice.is_none());
            let header = person.row(0);
            assert!(header.contains("read only"), "the worst: {header}");
            assert!(!header.contains("left out"), "and only that: {header}");
            person.press("?");
            assert!(matches!(person.model.overlay, Some(Overlay::Help { .. })));
            let screen = person.screen();
            for why in ["The file can only be read.", "mine.toml was left out."] {
                assert!(screen.contains(why), "{screen}");
            }
        }
    }
}

#[test]
fn what_was_mended_leaves_the_header() {
    let mut person = Person::new(learner(), Config::default(), 80, 24);
    let why = "No backup could be made.".to_owned();
    person.send(Message::Troubled(Trouble::NoBackup, why));
    assert!(person.row(0).contains("no backup"));
    person.send(Message::Troubled(Trouble::LeftOut, "mine.toml was left out.".to_owned()));
    person.send(Message::Tended);
    assert!(person.row(0).contains("file left out"), "{}", person.row(0));
}
