//! A file that is reached through a link: `SQLite` keeps its log beside the file itself, and so
//! nothing may be judged by what is beside the link.

use super::refusing::{allow, as_nobody, handed_over};
use super::*;
use std::os::unix::fs::symlink;

/// A file in one folder, with a habit, and a link to it in another.
fn linked() -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    // The folder itself may be behind a link, as it is on macOS.
    let root = fs::canonicalize(folder.path()).unwrap();
    let (real, link) = (root.join("real").join("inch.db"), root.join("link").join("other.db"));
    fs::create_dir(link.parent().unwrap()).unwrap();
    open(&real).apply(&add(1, "daily", today()), &stamp(today())).unwrap();
    symlink(&real, &link).unwrap();
    (folder, real, link)
}

#[test]
fn the_file_is_where_the_link_leads_and_messages_name_the_link() {
    let (_folder, real, link) = linked();
    let mut store = open(&link);
    assert_eq!(store.path(), real);
    fs::remove_file(&link).unwrap();
    let error = store.apply(&rename(1, "Read"), &stamp(today())).unwrap_err();
    assert!(error.to_string().starts_with(link.to_str().unwrap()), "{error}");
}

#[test]
fn harm_behind_a_link_is_seen_before_anything_is_acknowledged() {
    type Harm = fn(&Path, &Path);
    let harms: [(Harm, &str); 5] = [
        (|real, _| fs::remove_file(real.with_extension("db-wal")).unwrap(), "lost its log"),
        (|real, _| fs::remove_file(real).unwrap(), "was deleted or moved away"),
        (|_, link| fs::remove_file(link).unwrap(), "was deleted or moved away"),
        (
            |real, link| {
                // Whoever opens it next, through the link, looks for another log.
                fs::rename(real, real.with_file_name("moved.db")).unwrap();
                fs::remove_file(link).unwrap();
                symlink(real.with_file_name("moved.db"), link).unwrap();
            },
            "was deleted or moved away",
        ),
        (
            |real, link| {
                let other = real.with_file_name("other.db");
                fs::copy(real, &other).unwrap();
                fs::remove_file(link).unwrap();
                symlink(other, link).unwrap();
            },
            "another one took its place",
        ),
    ];
    for (harm, words) in harms {
        let (_folder, real, link) = linked();
        let mut store = open(&link);
        store.apply(&mark(1, today(), Some(Mark::Done)), &stamp(today())).unwrap();
        harm(&real, &link);
        let error = store.apply(&rename(1, "Read"), &stamp(today())).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.to_string().contains("Nothing was saved"), "{error}");
    }
}

#[test]
fn what_a_crash_left_in_the_log_is_not_passed_over_behind_a_link() {
    let (folder, path, _) = linked();
    let root = path.ancestors().nth(2).unwrap();
    let mut store = open(&path);
    store.apply(&add(2, "daily", today()), &stamp(today())).unwrap();
    // As they are after a crash: the second habit is in the log alone.
    let crashed = root.join("crashed").join("inch.db");
    fs::create_dir(crashed.parent().unwrap()).unwrap();
    for suffix in ["", "-wal"] {
        let with = |path: &Path| format!("{}{suffix}", path.display());
        fs::copy(with(&path), with(&crashed)).unwrap();
        allow(Path::new(&with(&crashed)), 0o444);
    }
    allow(folder.path(), 0o755);
    allow(crashed.parent().unwrap(), 0o555);
    let link = root.join("link").join("crashed.db");
    symlink(&crashed, &link).unwrap();
    for path in [&crashed, &link] {
        as_nobody("store::linked::is_refused_as_nobody", is_refused, path);
    }
    allow(crashed.parent().unwrap(), 0o755);
}

fn is_refused(path: &Path) {
    let error = Store::open(path, options()).map(drop).unwrap_err();
    assert!(error.to_string().contains("newest changes are in the log"), "{error}");
    assert_eq!(error.fault(), Fault::Permission);
}

#[test]
#[ignore = "run by the test above, as another user"]
fn is_refused_as_nobody() {
    is_refused(&handed_over());
}

#[test]
fn the_backup_before_an_upgrade_lies_beside_the_file_and_not_beside_the_link() {
    let folder = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (real, link) = (root.join("real").join("inch.db"), root.join("link").join("inch.db"));
    for path in [&real, &link] {
        fs::create_dir(path.parent().unwrap()).unwrap();
    }
    Connection::open(&real)
        .unwrap()
        .execute_batch("PRAGMA application_id = 0x696e6368; CREATE TABLE older (word TEXT)")
        .unwrap();
    symlink(&real, &link).unwrap();
    // It has no device, but it has been brought to the newest schema.
    open(&link).close().unwrap();
    assert!(real.with_file_name("backups").is_dir());
    assert!(!link.with_file_name("backups").exists());
}
