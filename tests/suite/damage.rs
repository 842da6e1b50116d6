//! What can happen to the file and its disk, as the person meets it: the message, the exit code, and
//! that nothing was touched. What is refused at once is in `limits`.
//!
//! Disks that fill are small ones of this test's own, which only root may make; a sync that fails is
//! made to by a library that stands before the system's own. Where neither can be had, the test says
//! so and stops.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Duration,
};

use rusqlite::{Connection, config::DbConfig};

use crate::terminal::{Exit, Home, PATIENCE, Terminal};

/// A home with a habit in its file.
struct Person {
    home: Home,
    db: PathBuf,
}

impl Person {
    fn new() -> Self {
        let home = Home::new();
        let db = home.path().join("data/inch/inch.db");
        let person = Self { home, db };
        person.say(&["habit", "add", "Read"]);
        person
    }

    fn run(&self, args: &[&str]) -> Output {
        self.home.inch(args).output().unwrap()
    }

    fn say(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Its message, without line breaks in it.
    fn fail(&self, args: &[&str], code: i32) -> String {
        failed(&self.run(args), code)
    }

    fn app(&self) -> Terminal {
        Terminal::open(self.home.program(crate::terminal::INCH, &[]), 100, 30)
    }
}

fn failed(output: &Output, code: i32) -> String {
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert!(error.starts_with("inch: ") && !error.contains('!'), "{error}");
    error
}

fn spoil(path: &Path, from: usize, length: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[from..from + length].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

/// Spoils a part that nothing reads that is exported.
fn spoil_index(path: &Path, name: &str) {
    let sql = Connection::open(path).unwrap();
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: u32 = sql.query_row(page, [name], |row| row.get(0)).unwrap();
    drop(sql);
    spoil(path, (page as usize - 1) * 4_096, 4_096);
}

/// As somebody leaves it who is stopped right after a change.
fn leave_log(path: &Path) {
    let sql = Connection::open(path).unwrap();
    sql.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    sql.execute_batch("INSERT INTO meta (key, value) VALUES ('goal', 'in the log')").unwrap();
}

#[test]
fn a_damaged_file_comes_back_with_one_command_and_is_kept() {
    let person = Person::new();
    person.say(&["done"]);
    person.say(&["backup"]);
    person.say(&["clear"]);
    spoil_index(&person.db, "session_by_project");
    let damaged = fs::read(&person.db).unwrap();
    let text = person.fail(&["restore"], 64);
    assert!(text.contains("Add --yes") && text.contains("Nothing was changed"), "{text}");
    assert_eq!(fs::read(&person.db).unwrap(), damaged);
    let said = person.say(&["restore", "--yes"]);
    assert!(
        said.contains("What was there before, with 1 later change, could not be backed up, "),
        "{said}"
    );
    let (_, kept) = said.trim().rsplit_once("kept as ").unwrap();
    let (kept, way) = kept.split_once(". ").unwrap();
    assert_eq!(fs::read(kept).unwrap(), damaged);
    assert!(person.say(&["status"]).contains("1 of 1 done"));
    person.say(&["doctor"]);
    // What the backup lacks is to be had where it says so.
    assert!(way.contains(&format!("`inch --db {kept} export everything`")), "{way}");
    leave_log(Path::new(kept));
    let files = || ["", "-wal"].map(|suffix| fs::read(format!("{kept}{suffix}")).unwrap());
    let before = files();
    let export = person.run(&["--db", kept, "export", "everything"]);
    assert!(files() == before, "what is kept stays as it is");
    let warned = String::from_utf8(export.stderr).unwrap();
    assert!(warned.contains("is damaged: ") && !warned.contains("no good backup"), "{warned}");
    let export: serde_json::Value = serde_json::from_slice(&export.stdout).unwrap();
    assert_eq!(export["habits"][0]["check_ins"], serde_json::json!([]), "{export}");
    assert_eq!(export["goal"], "in the log");
    // As a shell takes it.
    let other = person.home.path().join("my data/inch.db");
    let at_other = |args: &[&str]| person.say(&[&["--db", other.to_str().unwrap()], args].concat());
    at_other(&["habit", "add", "Read"]);
    at_other(&["backup"]);
    at_other(&["done"]);
    spoil_index(&other, "session_by_project");
    let said = at_other(&["restore", "--yes"]);
    let (_, way) = said.split_once('`').unwrap();
    let words = shell_words::split(way.split_once('`').unwrap().0).unwrap();
    assert_eq!(words.len(), 5, "{said}");
    person.say(&words[1..].iter().map(String::as_str).collect::<Vec<_>>());
    // What can't even be opened is no damaged file of inch for sure.
    fs::write(&person.db, "a letter").unwrap();
    let said = person.say(&["restore", "--yes"]);
    assert!(
        said.contains("What was there before could not be backed up, and is kept as "),
        "{said}"
    );
    assert!(said.contains("What was changed since that backup is only in it."), "{said}");
}

#[test]
fn a_restore_asks_on_a_terminal_and_takes_nothing_for_a_yes() {
    let person = Person::new();
    person.say(&["backup"]);
    person.say(&["done"]);
    for (answer, code, words) in [("\r", 0, "Nothing was changed"), ("y\r", 0, "Restored ")] {
        let mut terminal =
            Terminal::open(person.home.program(crate::terminal::INCH, &["restore"]), 300, 20);
        terminal.wait_for("Restore it? [y/N]");
        let asked = terminal.picture();
        assert!(asked.contains("What is there now, with 1 later change, is backed up"), "{asked}");
        assert!(asked.contains(", less than a minute ago, comes in the place of"), "{asked}");
        terminal.send(answer);
        assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(code));
        assert!(terminal.picture().contains(words), "{}", terminal.picture());
    }
    assert!(person.say(&["status"]).contains("0 of 1 done"));
    // What it is told by is its name; a copy of it is written later.
    let copies = person.db.with_file_name("backups");
    let made = fs::read_dir(&copies).unwrap().map(|entry| entry.unwrap().path());
    let made = made.into_iter().find(|path| path.extension().is_some_and(|it| it == "asked"));
    let old = person.home.path().join("inch.db.2026-01-02T030405.678Z.daily");
    fs::copy(made.unwrap(), &old).unwrap();
    person.say(&["done"]);
    person.say(&["clear"]);
    let said = person.fail(&["restore", old.to_str().unwrap()], 64);
    assert!(said.contains(".daily, of 2026-01-02 03:04, ") && said.contains(" days ago"), "{said}");
    let said = person.say(&["restore", "--yes", old.to_str().unwrap()]);
    assert!(said.contains(".daily, of 2026-01-02 03:04, "), "{said}");
    assert!(said.contains("What was there before, with 2 later changes, is kept as "), "{said}");
    // What is there now and what was kept before have gone their own ways.
    person.say(&["done"]);
    let kept = said.trim().rsplit_once("kept as ").unwrap().1.trim_end_matches('.');
    let said = person.say(&["restore", "--yes", kept]);
    assert!(said.contains("What was there before is kept as "), "{said}");
    let text = Person::new().fail(&["restore", "--yes"], 66);
    assert!(text.contains("there is no good backup"), "{text}");
}

#[test]
fn a_restore_without_a_file_is_not_taken_back_by_another() {
    let person = Person::new();
    person.say(&["backup"]);
    person.say(&["done"]);
    let said = person.say(&["restore", "--yes"]);
    assert!(!said.contains("is newer"), "{said}");
    let kept = said.trim().rsplit_once("kept as ").unwrap().1.trim_end_matches('.');
    for _ in 0..3 {
        let output = person.run(&["restore", "--yes"]);
        let [said, warned] =
            [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        // The one that holds what was taken back, whatever later restores put aside.
        let named = format!("{kept} is newer, but was put aside by an earlier restore; name it");
        assert!(warned.contains(&named), "{warned}");
        assert_eq!(warned.lines().count(), 1, "{warned}");
        assert!(said.contains(".asked"), "{said}");
        assert!(person.say(&["status"]).contains("0 of 1 done"));
    }
    // The doctor tells of the same one.
    spoil(&person.db, 4096, 30_000);
    let advice = String::from_utf8(person.run(&["doctor"]).stdout).unwrap();
    let (_, named) = advice.split_once("`inch restore` brings back ").unwrap();
    assert!(named.split_once(" and keeps").unwrap().0.contains(".asked"), "{advice}");
    person.say(&["restore", "--yes", kept]);
    assert!(person.say(&["status"]).contains("1 of 1 done"));
    // Where there is no other one it is better than nothing.
    let backups = fs::read_dir(person.db.with_file_name("backups")).unwrap();
    for path in backups.map(|entry| entry.unwrap().path()) {
        if path != Path::new(kept) {
            fs::remove_file(path).unwrap();
        }
    }
    person.say(&["clear"]);
    let said = person.say(&["restore", "--yes"]);
    assert!(said.contains(&format!("from {kept}")) && !said.contains("is newer"), "{said}");
}

#[test]
fn an_export_of_a_damaged_file_and_the_doctor_say_what_can_be_done() {
    let person = Person::new();
    spoil_index(&person.db, "session_by_project");
    for (args, is_written) in [
        (&["export", "everything", "-o", "all.json"][..], true),
        (&["export", "everything", "--format", "csv", "-o", "tables"], true),
        (&["status"], false),
    ] {
        let output = person.run(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{args:?}: {said}");
        let is_told = said.contains("inch.db is damaged: page ")
            && said.trim().ends_with("The export has only what can be read");
        assert_eq!(is_told, is_written, "{args:?}: {said}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said.contains(": what can be read"), is_written, "{said}");
    }
    // What is not written has nothing.
    let text = person.fail(&["export", "everything", "--format", "csv", "-o", "tables"], 73);
    assert_eq!(text.lines().count(), 1, "{text}");
    let advice = String::from_utf8(person.run(&["doctor"]).stdout).unwrap();
    assert!(!advice.contains("`inch backup` makes one now"), "{advice}");
    assert!(advice.contains("none is made until the file is there and in order"), "{advice}");
    assert!(!advice.contains("`inch restore` brings back"), "there is none: {advice}");
    // Nothing of that where all is well.
    let person = Person::new();
    let output = person.run(&["export", "everything", "-o", "all.json"]);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let advice = String::from_utf8(person.run(&["doctor"]).stdout).unwrap();
    assert!(advice.contains("`inch backup` makes one now"), "{advice}");
}

#[test]
fn a_restore_names_the_newer_copies_that_it_passes_over() {
    let person = Person::new();
    person.say(&["backup"]);
    person.say(&["done"]);
    let sql = rusqlite::Connection::open(&person.db).unwrap();
    assert_eq!(sql.execute("DELETE FROM check_in", []).unwrap(), 1);
    drop(sql);
    person.say(&["backup"]);
    let of_copies = |restore: std::process::Output| {
        let warned = String::from_utf8(restore.stderr).unwrap();
        let (altered, fault) =
            warned.split_once(" whole, but another program altered what it holds: ").unwrap();
        assert!(altered.contains(".asked is"), "{warned}");
        assert!(fault.contains("is not as change 2 left it. Name it to bring it back"), "{warned}");
        altered.to_owned()
    };
    let altered = of_copies(person.run(&["restore", "--yes"]));
    assert!(altered.ends_with(" is newer and"), "{altered}");
    assert!(person.say(&["status"]).contains("0 of 1 done"));
    // Where there is no good one, it is the next step.
    let altered = altered.strip_prefix("inch: ").unwrap().strip_suffix(" is newer and").unwrap();
    let backups = fs::read_dir(person.db.with_file_name("backups")).unwrap();
    for path in backups.map(|entry| entry.unwrap().path()) {
        if path != Path::new(altered) {
            fs::remove_file(path).unwrap();
        }
    }
    let restore = person.run(&["restore", "--yes"]);
    assert_eq!(restore.status.code(), Some(66));
    assert!(of_copies(restore).ends_with(" is"));
    person.say(&["restore", "--yes", altered]);
}

/// Linux alone tells what files a process has open.
#[cfg(target_os = "linux")]
#[test]
fn a_restore_over_a_damaged_file_waits_for_who_reads_it() {
    use rustix::fs::{FlockOperation, OFlags, fcntl_lock};

    let person = Person::new();
    person.say(&["backup"]);
    spoil(&person.db, 4096, 30_000);
    // As `inch doctor` does, in another process.
    let reader = fs::File::open(&person.db).unwrap();
    fcntl_lock(&reader, FlockOperation::NonBlockingLockShared).unwrap();
    let mut restore = person.home.inch(&["restore", "--yes"]);
    let mut restore = restore.stdout(std::process::Stdio::null()).spawn().unwrap();
    let process = PathBuf::from(format!("/proc/{}", restore.id()));
    let has_it_to_write = || {
        let open = fs::read_dir(process.join("fd")).into_iter().flatten().flatten();
        let open = open.filter(|fd| fs::read_link(fd.path()).is_ok_and(|at| at == person.db));
        open.map(|fd| process.join("fdinfo").join(fd.file_name())).any(|about| {
            let about = fs::read_to_string(about).unwrap_or_default();
            let flags = about.lines().find_map(|line| line.strip_prefix("flags:"));
            let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok());
            flags.is_some_and(|flags| OFlags::from_bits_retain(flags).contains(OFlags::RDWR))
        })
    };
    while !has_it_to_write() {
        assert_eq!(restore.try_wait().unwrap(), None, "it did not wait");
        std::thread::yield_now();
    }
    drop(reader);
    assert!(restore.wait().unwrap().success());
    assert!(person.say(&["status"]).contains("0 of 1 done"));
}

#[test]
fn a_backup_goes_where_nothing_is() {
    let person = Person::new();
    person.say(&["backup", "mine.db"]);
    let bytes = fs::read(person.home.path().join("mine.db")).unwrap();
    let text = person.fail(&["backup", "mine.db"], 73);
    assert!(text.contains("is there already. No backup was made"), "{text}");
    let text = person.fail(&["backup", "-"], 64);
    assert!(text.contains("can't be printed. No backup was made"), "{text}");
    assert!(!person.home.path().join("-").exists());
    let text = person.fail(&["backup", "no/such/folder.db"], 73);
    assert!(text.contains("Your data is as it was"), "{text}");
    assert_eq!(fs::read(person.home.path().join("mine.db")).unwrap(), bytes);
    let nobody = Home::new();
    let text = failed(&nobody.inch(&["backup"]).output().unwrap(), 66);
    assert!(text.contains("is not there"), "{text}");
    assert_eq!(fs::read_dir(nobody.path()).unwrap().count(), 0);
}

#[test]
fn an_import_is_preceded_by_a_backup() {
    let person = Person::new();
    let file = person.home.path().join("a.csv");
    fs::write(&file, "Read,2026-11-03,done\n").unwrap();
    person.say(&["import", "a.csv", "--dry-run"]);
    let backups = person.db.parent().unwrap().join("backups");
    assert!(!backups.exists());
    person.say(&["import", "a.csv"]);
    let made: Vec<_> = fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(made.len(), 1, "{made:?}");
    assert!(made[0].to_str().unwrap().ends_with(".before-import"), "{made:?}");
    person.say(&["restore", "--yes", made[0].to_str().unwrap()]);
    assert_eq!(person.say(&["log"]), "");
}

#[test]
fn the_command_line_makes_a_backup_once_a_week_after_it_has_saved() {
    let person = Person::new();
    let backups = person.db.parent().unwrap().join("backups");
    let age = |days: u32| {
        let other = Connection::open(&person.db).unwrap();
        let query =
            format!("UPDATE change SET at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-{days} days')");
        other.execute_batch(&query).unwrap();
    };
    age(6);
    person.say(&["done"]);
    assert!(!backups.exists());
    age(8);
    person.say(&["status"]);
    assert!(!backups.exists(), "nothing was saved");
    person.say(&["clear"]);
    let count = || fs::read_dir(&backups).unwrap().count();
    assert_eq!(count(), 2, "a backup, and when it was looked");
    person.say(&["done"]);
    assert_eq!(count(), 2);
}

#[test]
fn a_command_that_saved_says_so_when_its_backup_fails() {
    let person = Person::new();
    let other = Connection::open(&person.db).unwrap();
    other.execute_batch("UPDATE change SET at = '2020-01-01T00:00:00Z'").unwrap();
    drop(other);
    fs::write(person.db.parent().unwrap().join("backups"), "in the way").unwrap();
    let output = person.run(&["done"]);
    assert!(output.status.success());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("inch: saved, but no backup was made: "), "{error}");
    assert!(person.say(&["status"]).contains("1 of 1 done"));
}

#[test]
fn the_app_backs_up_after_its_first_frame_and_says_when_it_can_not() {
    let person = Person::new();
    let mut app = person.app();
    app.wait_for("Read");
    let backups = person.db.parent().unwrap().join("backups");
    let deadline = std::time::Instant::now() + PATIENCE;
    let is_made = || {
        let entries = fs::read_dir(&backups).into_iter().flatten().flatten();
        entries
            .into_iter()
            .any(|entry| entry.path().extension().is_some_and(|kind| kind == "daily"))
    };
    while !is_made() {
        assert!(std::time::Instant::now() < deadline, "no backup");
        std::thread::yield_now();
    }
    app.send("q");
    assert_eq!(app.wait_exit(PATIENCE), Exit::with(0));

    let other = Person::new();
    fs::write(other.db.parent().unwrap().join("backups"), "in the way").unwrap();
    let mut app = other.app();
    app.wait_for("no backup could be made at");
    app.send(" ");
    app.wait_for("1/1 today");
    app.send("q");
    assert_eq!(app.wait_exit(PATIENCE), Exit::with(0));
}

/// A disk of half a mebibyte or so, gone with this.
pub(crate) struct SmallDisk(PathBuf);

impl SmallDisk {
    pub(crate) fn at(path: &Path, kibibytes: u32) -> Option<Self> {
        fs::create_dir_all(path).unwrap();
        let size = format!("size={kibibytes}k,mode=700");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none"]).arg(path).output();
        match mount {
            Ok(output) if output.status.success() => Some(Self(path.to_owned())),
            Ok(output) => {
                let why = String::from_utf8_lossy(&output.stderr).into_owned();
                println!("not tried, for no disk can be mounted here: {why}");
                None
            }
            Err(error) => {
                println!("not tried, for no disk can be mounted here: {error}");
                None
            }
        }
    }

    /// With other options from then on.
    fn alter(&self, options: &str) {
        let options = format!("remount,{options}");
        let mount = Command::new("mount").args(["-o", &options]).arg(&self.0).status();
        assert!(mount.unwrap().success());
    }

    /// Takes all the room there is.
    pub(crate) fn fill(&self) -> PathBuf {
        use std::io::Write as _;

        let path = self.0.join("everything-else");
        let mut file = fs::File::create(&path).unwrap();
        for block in [65_536, 4_096, 512, 1] {
            while file.write_all(&vec![b'x'; block]).is_ok() {}
        }
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

#[test]
fn the_doctor_tells_of_a_disk_without_room_for_a_backup() {
    let home = Home::new();
    let folder = home.path().join("data/inch");
    let Some(disk) = SmallDisk::at(&folder, 1024) else { return };
    let person = Person { db: folder.join("inch.db"), home };
    person.say(&["habit", "add", "Read"]);
    person.say(&["backup"]);
    person.say(&["doctor"]);
    disk.fill();
    let said = person.run(&["doctor"]);
    assert_eq!(said.status.code(), Some(74));
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("bytes are free on its disk, and a backup needs about"), "{said}");
    assert!(said.contains("Free some space on that disk"), "{said}");
    // Nor has a new one room there, nor may one be made where nothing may.
    let empty = folder.join("new/inch.db");
    let doctor = ["--db", empty.to_str().unwrap(), "doctor"];
    let said = person.run(&doctor);
    assert_eq!(said.status.code(), Some(74));
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("free on its disk, and a new file needs about 131,072"), "{said}");
    disk.alter("ro,size=2048k");
    let said = person.run(&doctor);
    assert_eq!(said.status.code(), Some(77));
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("data/inch can't be written, so nothing can be saved"), "{said}");
}

#[test]
fn a_restore_that_finds_no_room_or_no_way_says_that_nothing_was_restored() {
    let home = Home::new();
    let folder = home.path().join("data/inch");
    let Some(disk) = SmallDisk::at(&folder, 1024) else { return };
    let person = Person { db: folder.join("inch.db"), home };
    person.say(&["habit", "add", "Read"]);
    person.say(&["backup", "copy.db"]);
    let filler = disk.fill();
    let text = person.fail(&["restore", "--yes", "copy.db"], 74);
    assert!(text.contains("is full. Nothing was restored, and your data is as it was"), "{text}");
    fs::remove_file(filler).unwrap();
    disk.alter("ro");
    let text = person.fail(&["restore", "--yes", "copy.db"], 77);
    assert!(text.contains("could not be written: read-only file system. Nothing was"), "{text}");
    assert!(text.contains("Nothing was restored, and your data is as it was"), "{text}");
}

#[test]
fn the_doctor_sees_that_no_backup_can_be_made() {
    let person = Person::new();
    let backups = person.db.with_file_name("backups");
    fs::write(&backups, "in the way").unwrap();
    rustix::fs::chmod(&backups, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR).unwrap();
    let output = person.run(&["doctor", "--json"]);
    assert_eq!(output.status.code(), Some(73));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let checks = report["checks"].as_array().unwrap();
    let found: Vec<_> = checks.iter().filter(|check| check["name"] == "backups").collect();
    let [found] = found[..] else { panic!("one row, not {found:?}") };
    assert_eq!(found["state"], "bad");
    assert!(found["says"].as_str().unwrap().contains("is not a folder, so no backup"), "{found}");
    assert!(found["advice"].as_str().unwrap().contains("Move "), "{found}");
}

#[test]
fn a_disk_that_fills_under_the_app_keeps_the_tick_waiting() {
    let home = Home::new();
    let folder = home.path().join("data/inch");
    let Some(disk) = SmallDisk::at(&folder, 1024) else { return };
    let person = Person { db: folder.join("inch.db"), home };
    person.say(&["habit", "add", "Read"]);
    // The app has none to make then, which would take room and give it back.
    person.say(&["backup"]);
    let mut app = person.app();
    app.wait_for("Read");
    let filler = disk.fill();
    app.send(" ");
    app.wait_for("1 not saved");
    app.wait_for("is full");
    fs::remove_file(&filler).unwrap();
    app.wait_within(Duration::from_secs(20), "the tick to be saved", |screen| {
        !crate::terminal::shows(screen, "not saved")
    });
    app.send("q");
    assert_eq!(app.wait_exit(PATIENCE), Exit::with(0));
    assert!(person.say(&["status"]).contains("1 of 1 done"));
}

/// Stands before the system's own: no sync succeeds while the file is there that a variable names.
const NO_SYNC: &str = r#"
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
static int is_failing(void) {
    const char *path = getenv("INCH_TEST_NO_SYNC");
    return path != NULL && access(path, F_OK) == 0;
}
int fsync(int fd) {
    if (is_failing()) { errno = EIO; return -1; }
    return (int) syscall(SYS_fsync, fd);
}
int fdatasync(int fd) {
    if (is_failing()) { errno = EIO; return -1; }
    return (int) syscall(SYS_fdatasync, fd);
}
"#;

/// The library, built; nothing where there is no compiler for it.
fn no_sync(folder: &Path) -> Option<PathBuf> {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) {
        println!("not tried: no library can stand before this system's own");
        return None;
    }
    let (source, library) = (folder.join("nosync.c"), folder.join("nosync.so"));
    fs::write(&source, NO_SYNC).unwrap();
    let built =
        Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).output();
    match built {
        Ok(output) if output.status.success() => Some(library),
        other => {
            println!("not tried, for the library can't be built: {other:?}");
            None
        }
    }
}

#[test]
fn a_sync_that_fails_is_never_taken_for_saved() {
    let person = Person::new();
    let Some(library) = no_sync(person.home.path()) else { return };
    let fails = person.home.path().join("no-sync");
    fs::write(&fails, "").unwrap();
    let run = |args: &[&str]| {
        let mut command = person.home.inch(args);
        command.env("LD_PRELOAD", &library).env("INCH_TEST_NO_SYNC", &fails);
        command.output().unwrap()
    };
    let output = run(&["done"]);
    let text = failed(&output, 74);
    assert!(output.stdout.is_empty(), "nothing is acknowledged");
    assert!(text.contains("the disk did not confirm"), "{text}");
    assert!(text.contains("may be saved or not") && text.contains("`inch log`"), "{text}");
    let text = failed(&run(&["backup"]), 74);
    assert!(text.to_lowercase().contains("your data is as it was"), "{text}");
    let backups = person.db.parent().unwrap().join("backups");
    assert_eq!(fs::read_dir(backups).unwrap().count(), 0, "a copy that is not on the disk is none");
    let before = fs::read(&person.db).unwrap();
    person.say(&["backup", "good.db"]);
    failed(&run(&["restore", "--yes", "good.db"]), 74);
    let after = fs::read(&person.db).unwrap();
    assert_eq!(after.len(), before.len());
    fs::remove_file(&fails).unwrap();
    person.say(&["doctor"]);
    let again = run(&["done"]);
    assert!(again.status.success(), "{again:?}");
    assert!(person.say(&["status"]).contains("1 of 1 done"));
}

#[test]
fn no_export_replaces_a_backup_the_config_or_a_curriculum() {
    let person = Person::new();
    person.say(&["backup"]);
    let backups = person.db.parent().unwrap().join("backups");
    let is_copy = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "asked");
    let mut made = fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().path());
    let backup = made.find(is_copy).unwrap();
    let config = person.home.path().join("config/inch/config.toml");
    let curriculum = config.with_file_name("curricula").join("mine.toml");
    fs::create_dir_all(curriculum.parent().unwrap()).unwrap();
    fs::write(&config, "").unwrap();
    fs::write(&curriculum, "schema_version = 1\n").unwrap();
    for kept in [&backup, &config, &curriculum] {
        let before = fs::read(kept).unwrap();
        let path = kept.to_str().unwrap();
        let mut export = person.home.inch(&["export", "everything", "--force", "-o", path]);
        let text = failed(&export.output().unwrap(), 64);
        assert!(text.contains("which no export replaces. Nothing was written"), "{text}");
        assert_eq!(fs::read(kept).unwrap(), before);
    }
}

#[test]
fn backups_that_nobody_can_look_into_are_no_new_beginning_either() {
    let person = Person::new();
    let backups = person.db.with_file_name("backups");
    std::os::unix::fs::symlink(person.db.with_file_name("a disk"), &backups).unwrap();
    fs::remove_file(&person.db).unwrap();
    let text = person.fail(&["habit", "add", "Walk"], 66);
    assert!(text.contains("backups beside it can't be looked into"), "{text}");
    assert!(!person.db.exists());
    fs::remove_file(&backups).unwrap();
    person.say(&["habit", "add", "Walk"]);
}

#[test]
fn a_file_that_was_there_once_is_no_new_beginning() {
    let person = Person::new();
    person.say(&["backup"]);
    fs::remove_file(&person.db).unwrap();
    let output = person.home.inch(&["status"]).output().unwrap();
    let warned = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(warned.contains("is not there, but backups of it are. Nothing was made"), "{warned}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.ends_with("no habits, for the file that they were in is gone\n"), "{said}");
    // A new file would have the newest backups, and a restore bring back nothing else.
    let plain = person.home.path().join("plain.csv");
    fs::write(&plain, "Read,2026-11-03,done\n").unwrap();
    for args in [
        &["habit", "add", "Walk"][..],
        &["project", "add", "Bus times"],
        &["import", "plain.csv"],
        &["done", "Read"],
    ] {
        let text = person.fail(args, 66);
        assert!(text.contains("backups of it are. Nothing was made. `inch restore`"), "{text}");
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(!person.db.exists());
    }
    // Nor does the app welcome anybody to it.
    let mut app = person.app();
    assert_eq!(app.wait_exit(PATIENCE), Exit::with(66));
    app.wait_for("but backups of it are. Nothing was made");
    assert!(!person.db.exists());
    // What is offered is about the file that was named.
    let db = person.db.to_str().unwrap();
    let text = person.fail(&["--db", db, "done", "Read"], 66);
    assert!(text.contains(&format!("`inch --db {db} restore`")), "{text}");
    // What is kept is only what there was.
    let log = person.db.with_file_name("inch.db-wal");
    fs::write(&log, "what was not in the file yet").unwrap();
    let said = person.say(&["restore", "--yes"]);
    assert!(said.contains(" The log of a file that is gone is kept as "), "{said}");
    let kept = said.trim().rsplit_once("kept as ").unwrap().1.trim_end_matches('.');
    assert_eq!(fs::read(kept).unwrap(), b"what was not in the file yet");
    assert!(!log.exists());
    let output = person.home.inch(&["status"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    // No export of nothing takes the place of one, whether backups tell of a file or not.
    person.say(&["export", "everything", "-o", "all.json"]);
    let exported = fs::read(person.home.path().join("all.json")).unwrap();
    let none = person.home.path().join("none.db");
    for db in [&person.db, &none] {
        let _ = fs::remove_file(db);
        for what in [
            &["everything"][..],
            &["report", "--format", "markdown"],
            &["portfolio", "--format", "markdown"],
        ] {
            let export = ["--db", db.to_str().unwrap(), "export", "--force", "-o", "all.json"];
            let args = [&export, what].concat();
            let text = person.fail(&args, 66);
            assert!(text.contains("is not there"), "{text}");
        }
    }
    assert_eq!(fs::read(person.home.path().join("all.json")).unwrap(), exported);
    // Whoever wants to begin anew can.
    let text = person.fail(&["habit", "add", "Walk"], 66);
    assert!(text.contains("move the files backups/inch.db.* beside it elsewhere"), "{text}");
    let other = person.db.with_file_name("other.db");
    person.say(&["--db", other.to_str().unwrap(), "habit", "add", "Walk"]);
    let backups = person.db.with_file_name("backups");
    for path in fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().path()) {
        if path.file_name().unwrap().to_str().unwrap().starts_with("inch.db.") {
            fs::remove_file(path).unwrap();
        }
    }
    person.say(&["habit", "add", "Walk"]);
}

#[test]
fn the_data_file_itself_is_not_read_to_be_imported() {
    let person = Person::new();
    let before = fs::read(&person.db).unwrap();
    let mut import = person.home.inch(&["import", person.db.to_str().unwrap()]);
    let text = failed(&import.output().unwrap(), 64);
    assert!(
        text.contains("the data file itself") && text.contains("Nothing was imported"),
        "{text}"
    );
    assert_eq!(fs::read(&person.db).unwrap(), before);
}

#[test]
fn a_backup_restores_to_what_was_exported_at_that_moment() {
    let person = Person::new();
    person.say(&["done", "Read", "--note", "a note"]);
    person.say(&["project", "add", "Bus times", "--topic", "vectors"]);
    person.say(&["topic", "set", "vectors", "mastered"]);
    person.say(&["habit", "add", "Later", "--schedule", "3/week"]);
    person.say(&["habit", "archive", "Later"]);
    let then = person.say(&["export", "everything"]);
    person.say(&["backup", "then.db"]);
    person.say(&["clear", "Read"]);
    person.say(&["project", "edit", "Bus times", "--status", "dropped"]);
    assert_ne!(person.say(&["export", "everything"]), then);
    person.say(&["restore", "--yes", "then.db"]);
    assert_eq!(person.say(&["export", "everything"]), then);
    // And what was there before that is a backup, too.
    let backups = person.db.parent().unwrap().join("backups");
    assert!(fs::read_dir(backups).unwrap().count() > 0);
}

/// Somebody opens, writes and closes, again and again, so that between two of them nobody has the file
/// open and all of it is in one.
#[test]
fn a_look_and_a_backup_are_one_moment_whoever_comes_and_goes() {
    let person = Person::new();
    let days = (0..20_000).map(|day| {
        let on = inch::domain::day::plus(inch::domain::day::FIRST, day / 4);
        format!("Habit {},{on},done", day % 4)
    });
    let lines: Vec<_> = std::iter::once("habit,date,mark".to_owned()).chain(days).collect();
    let history = person.home.path().join("history.csv");
    fs::write(&history, lines.join("\n")).unwrap();
    person.say(&["import", history.to_str().unwrap()]);
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0_i64.. {
                if is_over.load(std::sync::atomic::Ordering::SeqCst) {
                    break;
                }
                let day = inch::domain::day::plus(inch::domain::day::FIRST, round % 5_000);
                let what = if round % 2 == 0 { "rest" } else { "clear" };
                person.say(&[what, "Habit 0", "--on", &day.to_string()]);
            }
        });
        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for round in 0..5 {
                let copy = person.home.path().join(format!("copy-{round}.db"));
                person.say(&["backup", copy.to_str().unwrap()]);
                person.say(&["--db", copy.to_str().unwrap(), "doctor"]);
                person.say(&["doctor"]);
            }
        }));
        is_over.store(true, std::sync::atomic::Ordering::SeqCst);
        looked.unwrap();
    });
}
