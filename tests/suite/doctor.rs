//! `inch doctor`: it works on anything, alters nothing, and says what to do.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use serde_json::Value;

use crate::terminal::Home;

struct Patient {
    home: Home,
    db: PathBuf,
}

/// Every file and folder below, with modes, times and bytes.
fn all(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = fs::symlink_metadata(&path).unwrap();
        let bytes = if about.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        let (mode, at) = (about.permissions().mode(), about.modified().unwrap());
        found.push(format!("{} {mode:o} {at:?} {bytes:?}", path.display()));
        if about.is_dir() {
            found.extend(all(&path));
        }
    }
    found.sort();
    found
}

impl Patient {
    fn new() -> Self {
        let home = Home::new();
        let patient = Self { db: home.path().join("data/inch/inch.db"), home };
        patient.run(&["habit", "add", "Read", "--from", "2020-01-01"], 0);
        for day in 10..20 {
            patient.run(&["done", "--on", &format!("2026-01-{day}")], 0);
        }
        patient.run(&["backup"], 0);
        patient
    }

    fn run(&self, args: &[&str], code: i32) -> String {
        let output = self.home.inch(args).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it finds; twice, in both forms, and nothing may have been altered.
    fn doctor(&self, code: i32) -> Value {
        let before = all(self.home.path());
        let json: Value = serde_json::from_str(&self.run(&["doctor", "--json"], code)).unwrap();
        let text = self.run(&["doctor"], code);
        assert_eq!(all(self.home.path()), before, "{text}");
        for check in json["checks"].as_array().unwrap() {
            for part in [&check["name"], &check["says"], &check["advice"]] {
                assert!(text.contains(part.as_str().unwrap_or_default()), "{part}: {text}");
            }
            assert!(check["state"] != "bad" || check["advice"].is_string(), "{check}");
        }
        assert_eq!(json["ok"], code == 0);
        json
    }

    fn alter(&self, sql: &str) {
        let other = Connection::open(&self.db).unwrap();
        other.execute_batch(sql).unwrap();
        other.close().unwrap();
    }

    fn backup(&self) -> PathBuf {
        let folder = self.db.parent().unwrap().join("backups");
        fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
    }
}

/// The checks that are bad, with what they say and advise.
fn bad(json: &Value) -> Vec<(String, String)> {
    let checks = json["checks"].as_array().unwrap().iter();
    let told = |check: &Value| {
        let text = |name: &str| check[name].as_str().unwrap_or_default().to_owned();
        (text("name"), format!("{} {}", text("says"), text("advice")))
    };
    checks.filter(|check| check["state"] == "bad").map(told).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_healthy_file_is_in_order_and_the_names_are_those_of_the_readme() {
    let patient = Patient::new();
    let json = patient.doctor(0);
    let names = [
        ("", &json),
        ("versions", &json["versions"]),
        ("paths", &json["paths"]),
        ("time", &json["time"]),
        ("terminal", &json["terminal"]),
        ("checks", &json["checks"][0]),
        ("backups", &json["backups"][0]),
    ];
    let readme = include_str!("../../README.md");
    let (_, told) = readme.split_once("`inch doctor --json` prints").unwrap();
    let (told, _) = told.split_once("\n</details>").unwrap();
    for (of, value) in names {
        for key in keys(value) {
            assert!(told.contains(&format!("`{key}`")), "{of}.{key} is not in the README");
        }
    }
    let checks: Vec<_> =
        json["checks"].as_array().unwrap().iter().map(|check| &check["name"]).collect();
    assert_eq!(
        checks,
        [
            "file",
            "permissions",
            "integrity",
            "rows",
            "journal",
            "totals",
            "backups",
            "config",
            "curricula",
            "terminal",
            "locale"
        ]
    );
    assert_eq!(json["versions"]["inch"], env!("CARGO_PKG_VERSION"));
    assert_eq!(json["versions"]["schema"], json["versions"]["newest_schema"]);
    assert_eq!(json["paths"]["data"], patient.db.to_str().unwrap());
    assert_eq!(
        (&json["backups"][0]["kind"], &json["backups"][0]["good"]),
        (&"asked".into(), &true.into())
    );
    assert!(patient.run(&["doctor"], 0).ends_with("Everything is in order.\n"));
}

#[test]
fn each_thing_that_is_wrong_is_found_and_has_a_way_on() {
    type Harm = fn(&Patient);
    let harms: [(Harm, i32, &str, &str); 15] = [
        (
            |patient| fs::set_permissions(&patient.db, fs::Permissions::from_mode(0o644)).unwrap(),
            77,
            "permissions",
            "chmod 600 ",
        ),
        (
            |patient| {
                let folder = patient.db.parent().unwrap();
                fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
            },
            77,
            "permissions",
            "chmod 700 ",
        ),
        (|patient| spoil_file(&patient.db, 4096, 30_000), 65, "", "`inch restore` brings back"),
        (|patient| spoil_file(&patient.db, 0, 100), 65, "file", "`inch restore` brings back"),
        (|patient| fs::write(&patient.db, "").unwrap(), 65, "file", "is empty"),
        (|patient| fs::remove_file(&patient.db).unwrap(), 66, "file", "`inch restore` brings back"),
        (
            |patient| {
                fs::remove_file(&patient.db).unwrap();
                fs::write(patient.db.with_file_name("inch.db-wal"), "log").unwrap();
            },
            65,
            "file",
            "its log is still there",
        ),
        (|patient| patient.alter("PRAGMA user_version = 99"), 65, "file", "a newer inch"),
        (
            |patient| patient.alter("PRAGMA foreign_keys = OFF; DELETE FROM habit"),
            65,
            "integrity",
            "a row of check_in refers to one of habit that is not there",
        ),
        (
            |patient| {
                patient.alter(
                    "PRAGMA ignore_check_constraints = ON; UPDATE habit_schedule SET schedule = 'often'",
                );
            },
            65,
            "rows",
            "'often' is not a schedule",
        ),
        (
            |patient| patient.alter("UPDATE check_in SET mark = 'rest' WHERE day = '2026-01-12'"),
            65,
            "journal",
            "the check-in of 2026-01-12 of the habit",
        ),
        (
            |patient| patient.alter("DELETE FROM check_in WHERE day = '2026-01-12'"),
            65,
            "journal",
            "is not as change 4 left it",
        ),
        (
            |patient| {
                patient.alter("UPDATE habit_fold SET strength = strength / 2");
                let other = Connection::open(&patient.db).unwrap();
                let folds =
                    other.query_row("SELECT count(*) FROM habit_fold", [], |row| row.get(0));
                assert_eq!(folds, Ok(1), "there is one to be wrong");
            },
            65,
            "totals",
            "is not its history",
        ),
        (
            |patient| patient.alter("INSERT INTO studied VALUES ('topic', 'vectors', 60, 1)"),
            65,
            "totals",
            "the minutes that are remembered",
        ),
        (|patient| spoil_file(&patient.backup(), 4096, 30_000), 65, "backups", "can't be trusted"),
    ];
    for (harm, code, check, words) in harms {
        let patient = Patient::new();
        harm(&patient);
        let found = bad(&patient.doctor(code));
        let is_found = found
            .iter()
            .any(|(name, text)| (check.is_empty() || name == check) && text.contains(words));
        assert!(is_found, "{check} {words}: {found:?}");
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

/// Neither the doctor's advice nor a restore may lead back to what was wrong.
#[test]
fn a_backup_with_what_was_wrong_is_not_brought_back() {
    let patient = Patient::new();
    let whole = patient.backup();
    patient.alter("UPDATE check_in SET mark = 'rest' WHERE day = '2026-01-12'");
    patient.run(&["backup"], 0);
    let json = patient.doctor(65);
    let copies: Vec<_> = json["backups"].as_array().unwrap().iter().map(|it| &it["good"]).collect();
    assert_eq!(copies, [&Value::Bool(false), &Value::Bool(true)]);
    assert!(json["backups"][0]["fault"].as_str().unwrap().contains("as change 4 left it"));
    let found = bad(&json);
    let advice = &found.iter().find(|(name, _)| name == "journal").unwrap().1;
    assert!(advice.contains(&format!("brings back {}", whole.display())), "{advice}");
    // The other way it names keeps what was altered.
    let commands: Vec<_> = advice.split('`').filter(|part| part.starts_with("inch ")).collect();
    let [export, import, back, restore] = commands[..] else { panic!("{advice}") };
    assert_eq!(restore, "inch restore");
    let log = patient.run(&["log"], 0);
    for command in [export, import, &format!("{back} --yes")] {
        patient.run(&command.split(' ').skip(1).collect::<Vec<_>>(), 0);
    }
    assert_eq!(patient.run(&["log"], 0), log);
    assert_eq!(bad(&patient.doctor(65)).len(), 1, "only the copy");
    fs::remove_file(json["backups"][0]["path"].as_str().unwrap()).unwrap();
    // What was there before is one of those, too.
    let kept = bad(&patient.doctor(65));
    assert!(kept[0].1.contains(".before-restore"), "{kept:?}");
    patient.run(&["restore", "--yes"], 0);
    assert!(patient.run(&["log"], 0).contains("2026-01-12  ✓"), "{log}");
}

/// What it says and what it advises are one thing, whatever is at the path.
#[test]
fn advice_does_no_harm_and_contradicts_nothing() {
    type Make = fn(&Path);
    let made: [(Make, i32, &str, &str); 5] = [
        (|db| fs::create_dir(db).unwrap(), 65, "is a folder", "Do what it says"),
        (
            |db| {
                let mode = rustix::fs::Mode::from_raw_mode(0o644);
                rustix::fs::mknodat(rustix::fs::CWD, db, rustix::fs::FileType::Fifo, mode, 0)
                    .unwrap();
            },
            65,
            "is a pipe",
            "Do what it says",
        ),
        (|db| fs::write(db, "").unwrap(), 65, "it is empty, so", "If nothing should be in it"),
        (|db| fs::write(db, "a letter").unwrap(), 65, "it is not a file of inch", "Keep it and"),
        (
            |db| {
                let whole = fs::read(db.with_file_name("good.db")).unwrap();
                fs::write(db, &whole[..30_000]).unwrap();
            },
            65,
            "it is damaged: ",
            "Keep it and",
        ),
    ];
    for (make, code, says, advice) in made {
        let patient = Patient::new();
        let folder = patient.db.parent().unwrap();
        fs::rename(folder.join("backups"), folder.join("old")).unwrap();
        fs::rename(&patient.db, folder.join("good.db")).unwrap();
        make(&patient.db);
        let _ = fs::set_permissions(&patient.db, fs::Permissions::from_mode(0o600));
        if patient.db.is_dir() {
            fs::set_permissions(&patient.db, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let found = bad(&patient.doctor(code));
        let [(name, text)] = &found[..] else { panic!("{found:?}") };
        assert!(name == "file" && text.contains(says) && text.contains(advice), "{text}");
        assert!(!text.contains("`inch restore`"), "there is none to bring back: {text}");
    }
}

#[test]
fn a_backup_that_is_none_is_told_of_in_its_own_words() {
    let patient = Patient::new();
    let backup = patient.backup();
    fs::write(&backup, "a letter").unwrap();
    let found = bad(&patient.doctor(65));
    let told = format!("the newest of them {}: it is not a file of inch", backup.display());
    assert!(found[0].1.contains(&told), "{found:?}");
    assert!(!found[0].1.contains("--db"), "{found:?}");
    // A folder for them that is not there is no folder for the next one.
    let backups = backup.parent().unwrap();
    fs::rename(backups, backups.with_file_name("old")).unwrap();
    std::os::unix::fs::symlink("nowhere", backups).unwrap();
    let found = bad(&patient.doctor(73));
    assert!(found[0].1.contains("backups is a link to a folder that is not there"), "{found:?}");
    patient.run(&["backup"], 73);
    // Nor is a file of that name, nor a link to itself.
    let file = |at: &Path| fs::write(at, "").unwrap();
    let circle = |at: &Path| std::os::unix::fs::symlink("backups", at).unwrap();
    for (make, words) in
        [(&file as &dyn Fn(&Path), "is not a folder"), (&circle, "can't be looked at: ")]
    {
        fs::remove_file(backups).unwrap();
        make(backups);
        let found = bad(&patient.doctor(73));
        assert!(found[0].1.contains(words), "{found:?}");
        patient.run(&["backup"], 73);
    }
}

fn spoil_file(path: &Path, from: usize, length: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[from..from + length].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_config_that_can_not_be_read_is_a_finding_and_stops_none_of_the_three() {
    let patient = Patient::new();
    let config = patient.home.path().join("config/inch/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    fs::write(&config, "glyphs = \"crayons\"\n").unwrap();
    patient.run(&["status"], 78);
    let found = bad(&patient.doctor(78));
    assert_eq!(found.len(), 1);
    assert!(found[0].0 == "config" && found[0].1.contains("crayons"), "{found:?}");
    patient.run(&["backup"], 0);
    patient.run(&["restore", "--yes"], 0);
}

#[test]
fn where_nothing_is_nothing_is_made() {
    let patient = Home::new();
    let output = patient.inch(&["doctor"]).output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("it is not there yet"), "{text}");
    assert_eq!(fs::read_dir(patient.path()).unwrap().count(), 0);
}

#[test]
fn a_log_that_a_crash_left_is_read_and_stays_as_it_is() {
    for has_index in [true, false] {
        let patient = Patient::new();
        let other = Connection::open(&patient.db).unwrap();
        // As another program might, and not through the journal.
        other.execute_batch("UPDATE check_in SET mark = 'rest' WHERE day = '2026-01-12'").unwrap();
        let crashed = Home::new();
        let folder = crashed.path().join("data/inch");
        fs::create_dir_all(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        let suffixes: &[&str] = if has_index { &["", "-wal", "-shm"] } else { &["", "-wal"] };
        for suffix in suffixes {
            let name = format!("inch.db{suffix}");
            fs::copy(patient.db.with_file_name(&name), folder.join(&name)).unwrap();
        }
        let crashed = Patient { db: folder.join("inch.db"), home: crashed };
        let before: Vec<_> = ["", "-wal"]
            .map(|suffix| fs::read(folder.join(format!("inch.db{suffix}"))).unwrap())
            .into();
        let json = crashed.run(&["doctor", "--json"], 65);
        assert!(json.contains("the check-in of 2026-01-12"), "what the log holds counts: {json}");
        let after: Vec<_> = ["", "-wal"]
            .map(|suffix| fs::read(folder.join(format!("inch.db{suffix}"))).unwrap())
            .into();
        assert_eq!(after, before);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), suffixes.len());
    }
}

#[test]
fn files_that_were_brought_up_to_date_are_in_order() {
    for schema in [include_str!("schemas/1.sql"), include_str!("schemas/2.sql")] {
        let home = Home::new();
        let patient = Patient { db: home.path().join("data/inch/inch.db"), home };
        fs::create_dir_all(patient.db.parent().unwrap()).unwrap();
        fs::set_permissions(patient.db.parent().unwrap(), fs::Permissions::from_mode(0o700))
            .unwrap();
        patient.alter(schema);
        fs::set_permissions(&patient.db, fs::Permissions::from_mode(0o600)).unwrap();
        let json = patient.doctor(0);
        assert!(json["checks"][0]["says"].as_str().unwrap().contains("an older inch"), "{json}");
        patient.run(&["status"], 0);
        let json = patient.doctor(0);
        assert_eq!(json["backups"][0]["kind"], "before-upgrade");
        patient.run(&["restore", "--yes"], 0);
        patient.doctor(0);
    }
}

#[test]
fn a_curriculum_file_that_cannot_be_used_is_found() {
    let patient = Patient::new();
    let folder = patient.home.path().join("config/inch/curricula");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("mine.toml"), "schema_version = 1\n[[area]]\nid = \"x y\"\n").unwrap();
    let said = patient.run(&["doctor"], 65);
    assert!(said.contains("mine.toml was left out: line 3: 'x y' is not an id"), "{said}");
    assert!(said.contains("inch curriculum check"), "{said}");
}
