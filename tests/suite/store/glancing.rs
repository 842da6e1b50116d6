//! A look at a file that nobody has open: as good as opening it, and without a trace.

use super::*;

fn ticked() -> (TempDir, PathBuf) {
    let (folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "daily", day("2026-01-01")), &stamp(today())).unwrap();
    store.apply(&mark(1, today(), Some(Mark::Done)), &stamp(today())).unwrap();
    store.close().unwrap();
    (folder, path)
}

fn glance(path: &Path) -> Option<Workspace> {
    Store::glance(path, options(), today())
}

#[test]
fn it_reads_what_opening_reads_and_makes_nothing() {
    let (_kept, path) = ticked();
    let folder = path.parent().unwrap();
    let look = || {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let changed = fs::metadata(folder).unwrap().modified().unwrap();
        (names.collect::<Vec<_>>(), changed, fs::read(&path).unwrap())
    };
    let before = look();
    let glanced = glance(&path).unwrap();
    assert_eq!(look(), before);
    assert_eq!(glanced, open(&path).load_habits(today()).unwrap());
    assert_eq!(glanced.habits.len(), 1);
}

#[test]
fn what_is_open_was_left_in_the_middle_or_is_not_ours_is_for_opening() {
    let (_kept, path) = ticked();
    let folder = path.parent().unwrap();
    let mut store = open(&path);
    store.load_habits(today()).unwrap();
    assert!(glance(&path).is_none(), "somebody has it open");
    store.close().unwrap();
    fs::write(folder.join("inch.db-journal"), "left behind").unwrap();
    assert!(glance(&path).is_none(), "somebody was killed while writing");
    fs::remove_file(folder.join("inch.db-journal")).unwrap();
    assert!(glance(&path).is_some());
    let older = Connection::open(&path).unwrap();
    older.pragma_update(None, "user_version", 1).unwrap();
    older.close().unwrap();
    assert!(glance(&path).is_none(), "it is to be brought up to date");
    assert!(glance(&folder.join("none.db")).is_none());
    fs::write(folder.join("other.db"), "not a database").unwrap();
    assert!(glance(&folder.join("other.db")).is_none());
}

#[test]
fn a_prompt_beside_somebody_who_writes_tells_one_moment_or_another() {
    let home = crate::terminal::Home::new();
    let say = |args: &[&str]| {
        let output = home.inch(args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for name in ["Read", "Write"] {
        say(&["habit", "add", name]);
    }
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for _ in 0..25 {
                say(&["done", "Read"]);
                say(&["undo"]);
            }
        });
        let mut seen = std::collections::BTreeSet::new();
        while !writer.is_finished() {
            seen.insert(say(&["status", "--prompt"]));
        }
        assert!(seen.iter().all(|said| said == "✓0/2\n" || said == "✓1/2\n"), "{seen:?}");
    });
    assert_eq!(say(&["status", "--prompt"]), "✓0/2\n");
}

#[test]
fn a_prompt_leaves_an_older_file_as_it_is_and_says_nothing_of_it() {
    for schema in [include_str!("../schemas/1.sql"), include_str!("../schemas/2.sql")] {
        let home = crate::terminal::Home::new();
        let folder = home.path().join("data/inch");
        fs::create_dir_all(&folder).unwrap();
        let old = Connection::open(folder.join("inch.db")).unwrap();
        old.execute_batch(schema).unwrap();
        let prompt = || {
            let output = home.inch(&["status", "--prompt"]).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(String::from_utf8_lossy(&output.stderr), "");
            String::from_utf8(output.stdout).unwrap()
        };
        // While somebody has it open, and while nobody has.
        assert_eq!(prompt(), "");
        old.close().unwrap();
        let bytes = fs::read(folder.join("inch.db")).unwrap();
        assert_eq!(prompt(), "");
        assert_eq!(fs::read(folder.join("inch.db")).unwrap(), bytes);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        // Whoever asks for more brings it up to date.
        assert!(home.inch(&["status"]).output().unwrap().status.success());
        assert!(folder.join("backups").exists());
        assert_ne!(prompt(), "");
    }
}
