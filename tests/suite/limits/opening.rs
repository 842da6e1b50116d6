//! What may be at the path of the data file, and what is refused there untouched.

use std::{
    io::{Read as _, Seek as _, SeekFrom},
    os::unix::{fs::symlink, net::UnixListener},
    thread,
};

use rusqlite::Connection;

use super::*;

/// What reads, writes, and takes things elsewhere: all say the same of a file that can't be used.
const COMMANDS: [&[&str]; 7] = [
    &["habit", "add", "New"],
    &["done", "Read"],
    &["undo"],
    &["status"],
    &["log"],
    &["export", "everything"],
    &["import", "a.csv"],
];

/// What is done to the file of a person.
type Harm = fn(&Path);

fn in_place(path: &Path, put: impl FnOnce(&Path)) {
    fs::remove_file(path).unwrap();
    put(path);
}

fn sql(path: &Path, text: &str) {
    let other = Connection::open(path).unwrap();
    other.execute_batch(text).unwrap();
    other.close().unwrap();
}

fn spoil(path: &Path, from: usize, length: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[from..from + length].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

/// Leaves the file and its log as a program does that was killed after this.
pub(super) fn crashed(path: &Path, text: &str) {
    let killed = Connection::open(path).unwrap();
    killed.execute_batch(&format!("PRAGMA wal_autocheckpoint = 0; {text}")).unwrap();
    let both = ["db", "db-wal"].map(|ending| path.with_extension(ending));
    let bytes = both.each_ref().map(|path| fs::read(path).unwrap());
    killed.close().unwrap();
    for (path, bytes) in both.iter().zip(bytes) {
        fs::write(path, bytes).unwrap();
    }
}

const FORMAT: &str = "is not a file of inch: it has another format. It is as it was. \
    Name another file with --db FILE; if it should be inch's data, `inch restore` brings back the \
    newest good backup, if there is one, and keeps this file";
const NEWER: &str = "was written by a newer inch (schema 99, this one knows 3). It is as it was. \
    Use the newer inch, or name another file with --db FILE";

const PLACES: [(&str, Harm, i32, &str); 17] = [
    (
        "a folder",
        |db| in_place(db, |db| fs::create_dir(db).unwrap()),
        65,
        "is a folder. It is as it was. Name a file in it, as in --db {db}/inch.db",
    ),
    (
        "a pipe",
        |db| {
            in_place(db, |db| {
                rustix::fs::mkfifoat(rustix::fs::CWD, db, 0o600.into()).unwrap();
            });
        },
        65,
        "is a pipe, not a file. It was not touched. Name a file with --db FILE",
    ),
    (
        "a socket",
        |db| in_place(db, |db| drop(UnixListener::bind(db).unwrap())),
        65,
        "is a socket, not a file. It was not touched. Name a file with --db FILE",
    ),
    (
        "a device",
        |db| in_place(db, |db| symlink("/dev/null", db).unwrap()),
        65,
        "is a device, not a file. It was not touched. Name a file with --db FILE",
    ),
    (
        "a link to nothing",
        |db| in_place(db, |db| symlink("nowhere", db).unwrap()),
        66,
        "is a link to a file that is not there. Nothing was created. \
         Mend the link, or name another file with --db FILE",
    ),
    (
        "a hard link",
        |db| fs::hard_link(db, db.with_file_name("second.db")).unwrap(),
        65,
        "has 2 names (hard links), and using it under two of them would lose data. \
         It is as it was. Remove the other names, or use a copy of it",
    ),
    (
        "an empty file",
        |db| in_place(db, |db| fs::write(db, "").unwrap()),
        65,
        "is empty, so it is not inch's data. It is as it was. If nothing should be in it, remove \
         it and start inch again; else `inch restore` brings back the newest good backup, if there is one",
    ),
    ("a text", |db| in_place(db, |db| fs::write(db, "notes\n").unwrap()), 65, FORMAT),
    (
        "the first bytes of a file",
        |db| {
            let bytes = fs::read(db).unwrap();
            in_place(db, |db| fs::write(db, &bytes[..99]).unwrap());
        },
        65,
        FORMAT,
    ),
    (
        "a file with a damaged head",
        |db| {
            spoil(db, 0, 100);
        },
        65,
        FORMAT,
    ),
    (
        "a damaged file",
        |db| {
            spoil(db, 4096, 30_000);
        },
        65,
        "could not be read, for it is damaged or was altered by another program: \
         database disk image is malformed. Nothing was changed. `inch doctor` tells more; \
         `inch restore` brings back the newest good backup, if there is one, and keeps this file",
    ),
    (
        "a database without an id",
        |db| in_place(db, |db| sql(db, "CREATE TABLE t (a)")),
        65,
        "is a database of another program (application id 0x00000000). It is as it was. \
         Name another file with --db FILE",
    ),
    (
        "a database with another id",
        |db| in_place(db, |db| sql(db, "PRAGMA application_id = 77; CREATE TABLE t (a)")),
        65,
        "is a database of another program (application id 0x0000004d). It is as it was. \
         Name another file with --db FILE",
    ),
    (
        "a newer schema",
        |db| {
            sql(db, "PRAGMA user_version = 99");
        },
        65,
        NEWER,
    ),
    (
        "a newer schema that only the log tells of, for its inch was killed",
        |db| {
            crashed(db, "PRAGMA user_version = 99");
            assert_eq!(fs::read(db).unwrap()[60..64], [0, 0, 0, 3], "the head is older");
        },
        65,
        NEWER,
    ),
    (
        "a log whose file is gone",
        |db| in_place(db, |db| fs::write(db.with_extension("db-wal"), "log").unwrap()),
        65,
        "is gone, but its log, the file named like it with -wal, is still there and may hold the \
         newest changes. Nothing was created. Put the file back beside its log, or use \
         `inch restore`, which brings back the newest good backup, if there is one, and keeps the log",
    ),
    (
        "a file where its folder should be",
        |db| {
            fs::remove_dir_all(db.parent().unwrap()).unwrap();
            fs::write(db.parent().unwrap(), "in the way").unwrap();
        },
        73,
        "can't be opened: not a directory. It is as it was. Check its permissions and those of its \
         folder, or name another file with --db FILE",
    ),
];

#[test]
fn what_is_no_data_file_of_this_inch_is_told_of_and_untouched() {
    for (what, harm, code, message) in PLACES {
        let person = Person::new();
        person.write("a.csv", "Read,2026-11-03,done\n");
        harm(&person.db);
        let message = format!("{{db}} {message}");
        for args in COMMANDS {
            person.refuses(&row(format!("{what}: {args:?}"), args, code, message.as_str()));
        }
        person.app_refuses(&row(what, &[], code, message.as_str()));
    }
}

/// Laid out by an older inch.
pub(super) fn older(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    sql(path, include_str!("../schemas/1.sql"));
    sql(path, "PRAGMA journal_mode = WAL");
}

#[test]
fn an_older_file_is_brought_up_to_date_after_a_backup_or_not_at_all() {
    let person = Person::without_a_file();
    older(&person.db);
    let backups = person.db.with_file_name("backups");
    fs::write(&backups, "in the way").unwrap();
    let message = "no backup could be made at {home}/data/inch/backups: file exists. \
        Your data is as it was. Check that folder, and the room on its disk";
    for args in COMMANDS {
        person.refuses(&row("no place for a backup", args, 73, message));
    }
    person.app_refuses(&row("no place for a backup", &[], 73, message));
    fs::remove_file(&backups).unwrap();
    person.say(&["status"]);
    let made = fs::read_dir(&backups).unwrap();
    let made: Vec<_> = made.map(|entry| entry.unwrap().file_name()).collect();
    assert!(made.len() == 1 && made[0].to_str().unwrap().ends_with(".before-upgrade"), "{made:?}");
}

#[test]
fn a_file_that_is_not_there_is_made_private_and_whole_by_whoever_is_first() {
    let person = Person::without_a_file();
    thread::scope(|scope| {
        for number in 0..6 {
            let name = format!("Habit {number}");
            let person = &person;
            scope.spawn(move || person.say(&["habit", "add", &name]));
        }
    });
    assert_eq!(person.say(&["habit", "list"]).matches("Habit ").count(), 6);
    let folder = person.db.parent().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&person.db), mode(folder)), (0o600, 0o700));
    assert_eq!(fs::metadata(&person.db).unwrap().nlink(), 1);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_file_without_a_log_gets_one() {
    let person = Person::new();
    let mode = || -> String {
        let other = Connection::open(&person.db).unwrap();
        other.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap()
    };
    sql(&person.db, "PRAGMA journal_mode = DELETE");
    assert_eq!(mode(), "delete");
    person.say(&["done", "Read", "--on", "-1"]);
    assert_eq!(mode(), "wal");
}

#[test]
fn a_file_that_somebody_else_holds_is_waited_for_and_then_left() {
    const SAVING: &str = "{db} is being written by another program. Nothing was saved; all that \
        was saved before is as it was; it may work in a moment";
    const OPENING: &str = "{db} is being written by another program. Nothing was changed; \
        it may work in a moment";
    const UPGRADING: &str = "{db} is being written by another program. It is whole, and a backup of \
        it is in the folder backups beside it; it may work in a moment";
    const RESTORING: &str = "{db} is open in another inch or another program. \
        Nothing was changed. Close it there (q in inch), and try again";
    type Hold = (&'static str, &'static str, &'static [&'static str], &'static str);
    let holds: [Hold; 4] = [
        ("WAL", "BEGIN IMMEDIATE", &["done", "Read", "--on", "-1"], SAVING),
        ("WAL", "BEGIN IMMEDIATE", &["undo"], SAVING),
        // Without a log, whoever writes keeps readers away, too.
        ("DELETE", "BEGIN EXCLUSIVE", &["status"], OPENING),
        ("WAL", "SELECT count(*) FROM habit", &["restore", "--yes", "mine.db"], RESTORING),
    ];
    // Each waits for five seconds.
    thread::scope(|scope| {
        scope.spawn(|| {
            let person = Person::without_a_file();
            older(&person.db);
            let before = fs::read(&person.db).unwrap();
            let other = Connection::open(&person.db).unwrap();
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            let row = row("an older file", &["status"], 75, UPGRADING);
            person.is_refused(&row, &person.command(&row.args).output().unwrap());
            drop(other);
            assert_eq!(fs::read(&person.db).unwrap(), before);
        });
        for (mode, hold, args, message) in holds {
            scope.spawn(move || {
                let person = Person::new();
                person.say(&["backup", "mine.db"]);
                sql(&person.db, &format!("PRAGMA journal_mode = {mode}"));
                // Not looked at while it is held: to close it again would drop the locks.
                let before = Kept::all(person.home.path());
                let other = Connection::open(&person.db).unwrap();
                other.execute_batch(hold).unwrap();
                let row = row(format!("{hold}: {args:?}"), args, 75, message);
                person.is_refused(&row, &person.command(args).output().unwrap());
                drop(other);
                before.is_untouched(&row.what);
                person.say(&["done", "Read", "--on", "-1"]);
            });
        }
    });
}

const TODAY: &str = "2026-11-22";

/// Somebody who has just ticked, so that the log has something in it, with the app still open; a
/// backup is there, so that the app has none to make.
fn ticked() -> (Person, Terminal) {
    let person = Person::new();
    person.say(&["backup"]);
    let mut app = Terminal::open(person.home.program(INCH, &["--today", TODAY]), 300, 24);
    app.wait_for("0/1 today");
    app.send(" ");
    app.wait_for("1/1 today");
    (person, app)
}

/// Quits although a change is not saved, and says what is told of that.
fn quit_unsaved(app: &mut Terminal) -> String {
    app.send(" ");
    app.wait_for("1 not saved");
    app.send("q");
    app.wait_for("Quit with 1 not saved?");
    app.wait_for("It can't be saved here any more");
    app.send("y");
    assert_eq!(app.wait_exit(PATIENCE), Exit::with(74));
    String::from_utf8(app.received()).unwrap()
}

#[test]
fn a_file_that_goes_away_while_it_is_open_takes_no_more_ticks() {
    let moved = |db: &Path| fs::rename(db, db.with_file_name("elsewhere.db")).unwrap();
    let replaced = |db: &Path| {
        let other = db.with_file_name("other.db");
        fs::copy(db, &other).unwrap();
        fs::rename(other, db).unwrap();
    };
    let with_its_folder = |db: &Path| {
        let folder = db.parent().unwrap();
        fs::rename(folder, folder.with_file_name("elsewhere")).unwrap();
    };
    let with_all_around = |db: &Path| {
        let around = db.parent().unwrap().parent().unwrap();
        fs::rename(around, around.with_file_name("elsewhere")).unwrap();
    };
    let gone = "was deleted or moved away while inch was using it. Nothing was saved, and this inch \
             only reads from now on. Put the file back, or bring back a backup, and start inch again";
    let harms: [(Harm, &str); 6] = [
        (with_its_folder, gone),
        (with_all_around, gone),
        (moved, gone),
        (|db| fs::remove_file(db).unwrap(), gone),
        (
            replaced,
            "is not the file any more that inch opened: another one took its place. Nothing was \
             saved, and this inch only reads from now on. Start inch again to use the new file",
        ),
        (
            |db| fs::remove_file(db.with_extension("db-wal")).unwrap(),
            "lost its log, the file named like it with -wal, while inch was using it. Nothing was \
             saved, and this inch only reads from now on. Put the log back if you can, and start \
             inch again",
        ),
    ];
    for (harm, message) in harms {
        let (person, mut app) = ticked();
        harm(&person.db);
        let before = Kept::all(person.home.path());
        app.wait_for(message);
        let said = quit_unsaved(&mut app);
        let lost =
            person.filled(&format!("inch: 1 change could not be saved. {{db}} {message}.\r\n"));
        assert!(said.contains(&lost), "{said}");
        if message.starts_with("lost its log") {
            // What was in the log is known to the app, which has put it where it belongs.
            let status = person.home.inch(&["status", "--today", TODAY]).output().unwrap();
            let status = String::from_utf8(status.stdout).unwrap();
            assert!(status.contains("1 of 1 done"), "what was saved is there: {status}");
        } else {
            before.is_untouched(message);
        }
    }
}

/// Somebody deletes the file under the app, and brings a backup back while the app is still open.
#[test]
fn a_restore_under_an_app_whose_file_is_gone_takes_nothing_from_either() {
    let (person, mut app) = ticked();
    let gone = fs::File::open(&person.db).unwrap();
    fs::remove_file(&person.db).unwrap();
    app.wait_for("was deleted or moved away while inch was using it");
    let said = person.say(&["restore", "--yes"]);
    let (_, log) = said.trim().rsplit_once("The log of a file that is gone is kept as ").unwrap();
    assert!(fs::metadata(log.trim_end_matches('.')).unwrap().len() > 0, "what was saved last");
    // What is written to the file that has no name any more would be nowhere.
    let bytes = |mut file: &fs::File| {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0)).unwrap();
        file.read_to_end(&mut bytes).unwrap();
        bytes
    };
    let (before, of_gone) = (Kept::all(person.home.path()), bytes(&gone));
    let said = quit_unsaved(&mut app);
    assert!(said.contains("inch: 1 change could not be saved. "), "{said}");
    before.is_untouched("an app whose file is gone");
    assert_eq!(bytes(&gone), of_gone);
    // And what is there now is one to go on with.
    person.say(&["done", "Read", "--on", "2026-11-22"]);
    assert_eq!(person.say(&["log", "Read"]).lines().count(), 2);
}
