//! Restoring: what is refused, what is kept of what was there, and who may be at it.

use std::fs::File;

use inch::store::{
    backup::{self, Kind},
    restore::{self, Before},
};

use super::{
    keeping::{dump, lived},
    *,
};

/// A lived-in file that is closed, a backup of it, and what it holds.
fn backed_up() -> (TempDir, PathBuf, PathBuf, Vec<String>) {
    let (folder, path) = place();
    lived(&path).close().unwrap();
    let copy = backup::make(&path, Kind::Asked).unwrap().unwrap().path;
    let source = dump(&path);
    (folder, path, copy, source)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn aside(before: Before) -> PathBuf {
    let Before::Aside(kept) = before else { panic!("{before:?}") };
    assert!(kept.to_str().unwrap().contains("inch.db.damaged-"), "{}", kept.display());
    kept
}

#[test]
fn a_restore_keeps_what_was_there_and_begins_undo_anew() {
    let (_folder, path, copy, source) = backed_up();
    let mut store = open(&path);
    store.apply(&rename(1, "Newer"), &stamp(today())).unwrap();
    store.close().unwrap();
    let newer = dump(&path);
    let before = restore::restore(&path, &copy).unwrap();
    let Before::BackedUp(kept) = before else { panic!("{before:?}") };
    assert!(kept.to_str().unwrap().ends_with(".before-restore"));
    assert_eq!(dump(&path), source);
    assert_eq!(dump(&kept), newer);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let mut store = open(&path);
    assert_eq!(store.load(today()).unwrap().habits[0].name, "Habit 1");
    assert_eq!(store.undo(&stamp(today())).unwrap(), None);
    store.apply(&rename(1, "After"), &stamp(today())).unwrap();
    // And back again.
    store.close().unwrap();
    restore::restore(&path, &kept).unwrap();
    assert_eq!(dump(&path), newer);
}

#[test]
fn what_is_derived_is_derived_anew() {
    let (_folder, path, _, source) = backed_up();
    let mut store = open(&path);
    store.load(today()).unwrap();
    store.refresh_checkpoints(today()).unwrap();
    store.close().unwrap();
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("UPDATE habit_fold SET strength = 0.1; UPDATE studied SET seconds = 7")
        .unwrap();
    other.close().unwrap();
    let copy = backup::make(&path, Kind::Asked).unwrap().unwrap().path;
    restore::restore(&path, &copy).unwrap();
    assert_eq!(dump(&path), source);
    let mut store = open(&path);
    let memory = store.load(today()).unwrap();
    assert_same(&memory, &path, today());
}

#[test]
fn what_can_not_be_restored_is_refused_and_all_stays() {
    let (folder, path, copy, source) = backed_up();
    let made = |name: &str, harm: fn(&Path)| {
        let file = folder.path().join(name);
        fs::copy(&copy, &file).unwrap();
        harm(&file);
        file
    };
    let sql = |file: &Path, sql: &str| {
        let other = Connection::open(file).unwrap();
        other.execute_batch(sql).unwrap();
        other.close().unwrap();
    };
    let newer = made("newer.db", |_| {});
    sql(&newer, "PRAGMA user_version = 99");
    let foreign = made("foreign.db", |_| {});
    sql(&foreign, "PRAGMA application_id = 77");
    let astray = made("astray.db", |_| {});
    sql(&astray, "PRAGMA foreign_keys = OFF; DELETE FROM habit");
    let unticked = made("unticked.db", |_| {});
    sql(&unticked, "DROP TABLE check_in");
    let unstudied = made("unstudied.db", |_| {});
    sql(&unstudied, "DROP TABLE session");
    let spoilt = made("spoilt.db", |file| {
        let mut bytes = fs::read(file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 8192].fill(0x5a);
        fs::write(file, bytes).unwrap();
    });
    let cut = made("cut.db", |file| {
        File::options().write(true).open(file).unwrap().set_len(50_000).unwrap();
    });
    let text = made("notes.txt", |file| fs::write(file, "notes").unwrap());
    let empty = made("empty.db", |file| fs::write(file, "").unwrap());
    // Another name of the data file, as a second mount of its disk would be.
    let twin = folder.path().join("twin.db");
    fs::hard_link(&path, &twin).unwrap();
    for (from, fault, words) in [
        (&newer, Fault::Data, "was written by a newer inch (schema 99"),
        (&foreign, Fault::Data, "is a database of another program"),
        (&astray, Fault::Data, "is damaged: a row of"),
        (&unticked, Fault::Data, "lacks the table check_in"),
        (&unstudied, Fault::Data, "lacks the table session"),
        (&spoilt, Fault::Data, "is damaged: "),
        (&cut, Fault::Data, "is damaged: "),
        (&text, Fault::Data, "is not a file of inch"),
        (&empty, Fault::Data, "is empty"),
        (&folder.path().to_owned(), Fault::Data, "is a folder"),
        (&folder.path().join("nothing.db"), Fault::Missing, "is not there"),
        (&path, Fault::Usage, "is the data file itself"),
        (&twin, Fault::Usage, "is the data file itself"),
    ] {
        let bytes = fs::read(from).ok();
        let error = restore::restore(&path, from).unwrap_err();
        let text = error.to_string();
        assert_eq!(error.fault(), fault, "{text}");
        assert!(text.starts_with(from.to_str().unwrap()) && text.contains(words), "{text}");
        assert!(text.contains("Nothing was"), "{text}");
        assert!(!text.contains("--db"), "{text}");
        assert_eq!(dump(&path), source);
        assert_eq!(fs::read(from).ok(), bytes, "{text}");
    }
    assert_eq!(backup::list(&path).len(), 1, "nothing was done that needs a backup");
    let there = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(there, 2, "nothing half is left");
}

#[test]
fn nobody_loses_the_file_that_they_have_open() {
    let (_folder, path, copy, source) = backed_up();
    let mut store = open(&path);
    store.load(today()).unwrap();
    let error = restore::restore(&path, &copy).unwrap_err();
    assert_eq!(error.fault(), Fault::Busy, "{error}");
    assert!(
        error.to_string().contains("is open in another inch or another program. Nothing"),
        "{error}"
    );
    store.apply(&rename(1, "Still here"), &stamp(today())).unwrap();
    assert_ne!(dump(&path), source);
    store.close().unwrap();
    restore::restore(&path, &copy).unwrap();
    assert_eq!(dump(&path), source);
}

#[test]
fn a_file_that_can_not_be_read_is_kept_whole_beside_the_restored_one() {
    type Harm = fn(&Path);
    let harms: [Harm; 3] = [
        |path| fs::write(path, "all of it is gone, and this is here").unwrap(),
        |path| fs::write(path, "").unwrap(),
        |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[4096..40_960].fill(0x5a);
            fs::write(path, bytes).unwrap();
        },
    ];
    for harm in harms {
        let (_folder, path, copy, source) = backed_up();
        harm(&path);
        fs::write(beside(&path, "-wal"), "what was in the log").unwrap();
        let bytes = fs::read(&path).unwrap();
        let kept = aside(restore::restore(&path, &copy).unwrap());
        assert_eq!(fs::read(&kept).unwrap(), bytes);
        assert_eq!(fs::read(beside(&kept, "-wal")).unwrap(), b"what was in the log");
        assert!(!beside(&path, "-wal").exists());
        assert_eq!(fs::metadata(&path).unwrap().nlink(), 1);
        assert_eq!(dump(&path), source);
        open(&path).apply(&rename(1, "Goes on"), &stamp(today())).unwrap();
    }
}

#[test]
fn a_log_without_its_file_is_not_read_into_a_new_one() {
    let (_folder, path, copy, source) = backed_up();
    let mut store = open(&path);
    store.apply(&rename(1, "In the log"), &stamp(today())).unwrap();
    let log = fs::read(beside(&path, "-wal")).unwrap();
    // As a crash leaves it, and then somebody deletes the file.
    store.close().unwrap();
    fs::write(beside(&path, "-wal"), &log).unwrap();
    fs::remove_file(&path).unwrap();
    let error = Store::open(&path, options()).map(drop).unwrap_err();
    assert_eq!(error.fault(), Fault::Data, "{error}");
    assert!(error.to_string().contains("its log"), "{error}");
    assert!(!path.exists());
    let before = restore::restore(&path, &copy).unwrap();
    let Before::LogAside(kept) = before else { panic!("{before:?}") };
    assert_eq!(fs::read(&kept).unwrap(), log);
    assert!(kept.to_str().unwrap().contains("inch.db.damaged-"), "{}", kept.display());
    assert_eq!(dump(&path), source);
}

#[test]
fn an_older_backup_comes_back_in_the_newest_form() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.db");
    let sql = Connection::open(&old).unwrap();
    sql.execute_batch(include_str!("../schemas/1.sql")).unwrap();
    sql.close().unwrap();
    let bytes = fs::read(&old).unwrap();
    let path = folder.path().join("inch.db");
    assert_eq!(restore::restore(&path, &old).unwrap(), Before::Nothing);
    assert_eq!(fs::read(&old).unwrap(), bytes);
    let mut store = open(&path);
    assert_eq!(store.load(today()).unwrap().habits.len(), 2);
    assert!(!folder.path().join("backups").exists(), "it was not upgraded in place");
}
