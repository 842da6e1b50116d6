//! What is refused: files that are not ours, files that went away, changes over a limit. All of it
//! is left as it was.

use super::*;
use std::os::unix::{fs::symlink, net::UnixListener};

fn refused(path: &Path) -> StoreError {
    let error = Store::open(path, options()).map(drop).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with(&path.display().to_string()), "{text}");
    assert!(!text.contains('!') && !text.contains("Error"), "{text}");
    error
}

/// Opens `bytes` as a file, which must be refused with `words` and stay as it is.
fn refused_file(bytes: &[u8], words: &str) {
    let (_folder, path) = place();
    let parent = path.parent().unwrap();
    fs::create_dir(parent).unwrap();
    fs::write(&path, bytes).unwrap();
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let error = refused(&path);
    assert_eq!(error.fault(), Fault::Data, "{error}");
    assert!(error.to_string().contains(words), "{error}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
    assert_eq!(fs::read_dir(parent).unwrap().count(), 1, "nothing beside it");
}

/// The bytes of a whole file after some SQL of another program.
fn written_by(ours: bool, sql: &str) -> Vec<u8> {
    let (_folder, path) = place();
    fs::create_dir(path.parent().unwrap()).unwrap();
    if ours {
        open(&path).close().unwrap();
    }
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(sql).unwrap();
    connection.close().unwrap();
    fs::read(&path).unwrap()
}

#[test]
fn files_that_are_not_ours_are_refused_untouched() {
    refused_file(b"", "is empty");
    refused_file(b"habit,date,mark\n", "another format");
    refused_file(&[0; 4096], "another format");
    refused_file(&written_by(false, "CREATE TABLE t (a)"), "another program");
    refused_file(
        &written_by(false, "PRAGMA application_id = 77; CREATE TABLE t (a)"),
        "application id 0x0000004d",
    );
    refused_file(&written_by(true, "PRAGMA user_version = 99"), "a newer inch (schema 99");
}

#[test]
fn things_that_are_not_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(refused(folder.path()).to_string().contains("is a folder"));
    rustix::fs::mkfifoat(rustix::fs::CWD, at("fifo"), 0o600.into()).unwrap();
    assert!(refused(&at("fifo")).to_string().contains("a pipe"));
    let _listener = UnixListener::bind(at("socket")).unwrap();
    assert!(refused(&at("socket")).to_string().contains("a socket"));
    assert!(refused(Path::new("/dev/null")).to_string().contains("a device"));
    symlink(at("nowhere"), at("link")).unwrap();
    assert_eq!(refused(&at("link")).fault(), Fault::Missing);
    assert!(!at("nowhere").exists());
    fs::write(at("file"), "x").unwrap();
    assert_eq!(refused(&at("file").join("inch.db")).fault(), Fault::Create);
}

#[test]
fn a_file_with_two_names_is_refused_and_a_link_to_a_file_is_fine() {
    let (folder, path) = place();
    open(&path).close().unwrap();
    let second = folder.path().join("second.db");
    fs::hard_link(&path, &second).unwrap();
    for name in [&path, &second] {
        assert!(refused(name).to_string().contains("2 names"));
    }
    fs::remove_file(&second).unwrap();
    symlink(&path, &second).unwrap();
    open(&second).apply(&add(1, "daily", today()), &stamp(today())).unwrap();
    assert_eq!(open(&path).load(today()).unwrap().habits.len(), 1);
}

#[test]
fn the_second_name_that_a_crash_left_is_taken_away() {
    let (_folder, path) = place();
    open(&path).close().unwrap();
    let mut name = path.clone().into_os_string();
    name.push(".unfinished-0123");
    fs::hard_link(&path, &name).unwrap();
    open(&path).close().unwrap();
    assert!(!Path::new(&name).exists());
}

#[test]
fn a_newer_schema_that_only_the_log_tells_of_is_refused() {
    let (_folder, path) = place();
    open(&path).close().unwrap();
    let newer = Connection::open(&path).unwrap();
    newer.execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 99").unwrap();
    assert_eq!(fs::read(&path).unwrap()[60..64], [0, 0, 0, 3], "the header is older");
    assert!(refused(&path).to_string().contains("schema 99"));
}

#[test]
fn a_file_that_went_away_takes_no_more_changes() {
    type Harm = fn(&Path);
    let harms: [(Harm, &str); 3] = [
        (|path| fs::remove_file(path).unwrap(), "was deleted or moved away"),
        (
            |path| {
                let other = path.with_file_name("other.db");
                fs::copy(path, &other).unwrap();
                fs::rename(&other, path).unwrap();
            },
            "another one took its place",
        ),
        (|path| fs::remove_file(path.with_extension("db-wal")).unwrap(), "lost its log"),
    ];
    for (harm, words) in harms {
        let (_folder, path) = place();
        let mut store = open(&path);
        store.apply(&add(1, "daily", today()), &stamp(today())).unwrap();
        harm(&path);
        for _ in 0..2 {
            let error = store.apply(&rename(1, "Read"), &stamp(today())).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
            assert!(error.to_string().contains("Nothing was saved"), "{error}");
            assert_eq!(error.fault(), Fault::Io);
            assert!(store.is_read_only());
        }
        assert_eq!(store.load(today()).unwrap().habits[0].name, "Habit 1", "nothing was saved");
        assert!(store.undo(&stamp(today())).is_err());
    }
}

#[test]
fn refusals_of_the_domain_and_limits_save_nothing() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let error = store.apply(&rename(1, "Read"), &stamp(today())).unwrap_err();
    assert!(matches!(error, StoreError::Refused(Refusal::Missing("habit"))), "{error}");
    let many = |count| Change::Together {
        what: "import".into(),
        changes: (0..count).map(|number| add(number, "daily", today())).collect(),
    };
    let error = store.apply(&many(1001), &stamp(today())).unwrap_err();
    assert!(matches!(error, StoreError::Limit { limit: 1000, .. }), "{error}");
    assert_eq!(store.load(today()).unwrap().habits, []);
    store.apply(&many(1000), &stamp(today())).unwrap();
    let error = store.apply(&add(5000, "daily", today()), &stamp(today())).unwrap_err();
    assert!(error.to_string().contains("at most 1,000 habits"), "{error}");
}

#[test]
fn several_changes_at_once_are_all_made_or_none() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.apply(&add(1, "daily", today()), &stamp(today())).unwrap();
    let refused = [rename(9, "Nobody"), mark(1, plus(today(), 1), Some(Mark::Done))];
    for last in refused {
        let changes = vec![add(2, "daily", today()), rename(1, "Read"), last];
        let together = Change::Together { what: "a form".into(), changes };
        let error = store.apply(&together, &stamp(today())).unwrap_err();
        assert!(matches!(error, StoreError::Refused(_)), "{error}");
    }
    let habits = open(&path).load(today()).unwrap().habits;
    assert_eq!((habits.len(), habits[0].name.as_str()), (1, "Habit 1"));
    let undone = store.undo(&stamp(today())).unwrap().unwrap();
    assert_eq!(undone.change, add(1, "daily", today()), "nothing was journalled");
}

#[test]
fn rows_that_something_else_spoilt_are_named_and_not_guessed_at() {
    let id = habit_id(1);
    for (harm, words) in [
        (
            "UPDATE habit_schedule SET schedule = 'often'",
            format!("in the row '{id} 2026-11-23' of habit_schedule, 'often' is not a schedule"),
        ),
        (
            "UPDATE check_in SET day = '2026-02-30'",
            format!("in the row '{id} 2026-02-30' of check_in, '2026-02-30' is not a day"),
        ),
        (
            "UPDATE check_in SET mark = 'do' || char(27) || 'ne'",
            format!("in the row '{id} 2026-11-23' of check_in, 'do\u{241b}ne' is not a word"),
        ),
        (
            "DELETE FROM habit_recipe",
            format!("in the row '{id}' of habit, its recipe versions must exist"),
        ),
        (
            "UPDATE topic_progress SET history = '[7]'",
            "in the row 'a' of topic_progress, '[7]' can't be understood".to_owned(),
        ),
        (
            "DROP TABLE habit_fold",
            "took something out of it (no such table: habit_fold)".to_owned(),
        ),
        (
            "ALTER TABLE topic_progress RENAME COLUMN state TO status",
            "took something out of it (no such column: state)".to_owned(),
        ),
    ] {
        let (_folder, path) = place();
        let mut store = open(&path);
        let started =
            Change::TopicSet { topic: "a".into(), state: TopicState::Learning, on: today() };
        for change in [add(1, "daily", today()), mark(1, today(), Some(Mark::Done)), started] {
            store.apply(&change, &stamp(today())).unwrap();
        }
        let other = Connection::open(&path).unwrap();
        other.execute_batch(&format!("PRAGMA ignore_check_constraints = ON; {harm}")).unwrap();
        let error = store.load(today()).unwrap_err();
        let text = error.to_string();
        assert_eq!(error.fault(), Fault::Data, "{text}");
        assert!(text.contains(&words), "{text}");
        assert!(!text.contains("SELECT") && !text.contains("index"), "{text}");
        assert!(
            text.ends_with(
                "brings back the newest good backup, if there is one, and keeps this file"
            ),
            "{text}"
        );
    }
}

#[test]
fn a_journal_that_something_else_spoilt_is_named_by_its_row() {
    for (harm, words) in [
        ("UPDATE change SET change = '7'", "in the row '1' of change, what it tells can't be"),
        ("DELETE FROM meta", "the row 'device' of meta is not there"),
        ("DROP TABLE change", "no such table: change"),
    ] {
        let (_folder, path) = place();
        let mut store = open(&path);
        store.apply(&add(1, "daily", today()), &stamp(today())).unwrap();
        Connection::open(&path).unwrap().execute_batch(harm).unwrap();
        let error = store.undo(&stamp(today())).unwrap_err();
        assert_eq!(error.fault(), Fault::Data, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn no_program_can_write_a_day_that_does_not_exist_or_that_inch_does_not_keep() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let mut make = |change: Change| drop(store.apply(&change, &stamp(today())).unwrap());
    let (first, last) = (day("1970-01-01"), day("2200-12-31"));
    // The ends of the range, and the one day beyond that inch itself writes.
    make(add(1, "daily", first));
    make(Change::HabitArchive { habit: habit_id(1), on: last });
    make(mark(1, first, Some(Mark::Done)));
    make(mark(1, last, Some(Mark::Rest)));
    make(Change::TopicSet { topic: "a".into(), state: TopicState::Mastered, on: last });
    make(Change::ProjectAdd {
        project: project_id(1),
        draft: ProjectDraft { title: "Digits".into(), ..ProjectDraft::default() },
        position: 0,
        on: first,
    });
    // What a wrong clock says does not keep anybody from working.
    for wrong in ["1969-12-31", "2345-06-07"] {
        let wrong = Stamp { today: day_of_any_year(wrong), ..stamp(today()) };
        store.apply(&rename(1, &wrong.today.to_string()), &wrong).unwrap();
    }
    let sql = Connection::open(&path).unwrap();
    for (table, column) in [
        ("habit_schedule", "effective_day"),
        ("habit_recipe", "effective_day"),
        ("check_in", "day"),
        ("review", "due_on"),
        ("project_status", "day"),
    ] {
        for bad in ["2026-02-30", "2026-13-01", "2026-1-1", "1969-12-31", "2201-01-02", "now", ""] {
            let written = sql.execute(&format!("UPDATE {table} SET {column} = ?1"), [bad]);
            assert!(written.is_err(), "{table}.{column} = '{bad}'");
        }
    }
    for bad in ["2026-02-30", "now", "2026-11-23 00:00"] {
        assert!(sql.execute("UPDATE change SET day = ?1", [bad]).is_err(), "{bad}");
    }
}

fn day_of_any_year(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Runs `body` as a user whom permissions bind: right here, unless this is root, who may write
/// anything and runs the test of that name again as somebody else.
pub(super) fn as_nobody(name: &str, body: fn(&Path), path: &Path) {
    // setpriv's own codes for a program that can't be run (env(1) has the same).
    const NOT_RUN: [Option<i32>; 2] = [Some(126), Some(127)];

    if !rustix::process::geteuid().is_root() {
        return body(path);
    }
    let run = std::process::Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env("INCH_TEST_DB", path)
        .output();
    match run {
        Ok(run) if NOT_RUN.contains(&run.status.code()) => {
            println!("not tried as root: {}", String::from_utf8_lossy(&run.stderr));
        }
        Ok(run) => {
            let said = String::from_utf8_lossy(&run.stdout);
            assert!(run.status.success() && said.contains("1 passed"), "{said}");
        }
        Err(error) => println!("not tried as root, for setpriv can't be run: {error}"),
    }
}

/// What root hands over to [`as_nobody`].
pub(super) fn handed_over() -> PathBuf {
    PathBuf::from(std::env::var_os("INCH_TEST_DB").unwrap())
}

pub(super) fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_file_that_may_not_be_written_can_be_browsed() {
    // Files with a log beside them, and without; write-protected themselves, or by their folder.
    for (has_log, file_mode, folder_mode) in
        [(false, 0o444, 0o555), (false, 0o666, 0o555), (false, 0o444, 0o777), (true, 0o444, 0o555)]
    {
        let (folder, path) = place();
        let mut store = open(&path);
        store.apply(&add(1, "daily", today()), &stamp(today())).unwrap();
        let parent = path.parent().unwrap();
        let _held = if has_log {
            Some(store)
        } else {
            store.close().unwrap();
            None
        };
        for entry in fs::read_dir(parent).unwrap() {
            allow(&entry.unwrap().path(), file_mode);
        }
        allow(folder.path(), 0o755);
        allow(parent, folder_mode);
        as_nobody("store::refusing::browses_as_nobody", browses, &path);
        allow(parent, 0o755);
    }
}

fn browses(path: &Path) {
    let mut store = open(path);
    assert!(store.is_read_only());
    assert_eq!(store.load(today()).unwrap().habits.len(), 1);
    assert_eq!(store.news(today()).unwrap(), []);
    store.refresh_checkpoints(today()).unwrap();
    let error = store.apply(&rename(1, "Read"), &stamp(today())).unwrap_err();
    assert_eq!(error.fault(), Fault::Permission);
    assert!(error.to_string().contains("Nothing was saved"), "{error}");
    store.close().unwrap();
}

#[test]
#[ignore = "run by the test above, as another user"]
fn browses_as_nobody() {
    browses(&handed_over());
}

#[test]
fn a_folder_where_nothing_may_be_made_is_named() {
    let (folder, path) = place();
    allow(folder.path(), 0o555);
    as_nobody("store::refusing::creates_as_nobody", creates, &path);
}

fn creates(path: &Path) {
    let error = Store::open(path, options()).map(drop).unwrap_err();
    assert_eq!(error.fault(), Fault::Permission, "{error}");
    assert!(error.to_string().contains("could not be created"), "{error}");
}

#[test]
#[ignore = "run by the test above, as another user"]
fn creates_as_nobody() {
    creates(&handed_over());
}
