//! Files that are too large, too deep, damaged, mistaken or made to harm: each is refused by name,
//! and none is believed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use inch::domain::fault::Fault;
use rusqlite::Connection;

use super::{Place, samples};

fn path(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// What is said of these bytes; they must be refused as bad data.
fn refused(from: &str, bytes: impl AsRef<[u8]>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = path(folder.path(), "a.file", bytes);
    refused_at(from, &path)
}

fn refused_at(from: &str, path: &Path) -> String {
    let error = Place::new().plan(path, Some(from), false).unwrap_err();
    assert_eq!(error.fault(), Fault::Data, "{error}");
    let said = error.to_string();
    assert!(said.contains("Nothing was imported."), "{said}");
    said
}

fn says(said: &str, what: &str) {
    assert!(said.contains(what), "{said}");
}

#[test]
fn names_in_a_zip_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let zip = samples::zipped(&[
        ("Habits.csv", "Name,NumRepetitions,Interval\na,1,1\n"),
        ("../../Checkmarks.csv", "2026-11-01,2\n"),
        ("/etc/Checkmarks.csv", "2026-11-01,2\n"),
        ("../evil", "x"),
        ("001 a/Checkmarks.csv", "2026-11-01,2\n"),
    ]);
    let path = path(folder.path(), "a.zip", zip);
    let plan = Place::new().plan(&path, None, true).unwrap();
    assert_eq!((plan.added.marks, plan.added.habits), (1, 1));
    let inside: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(inside.len(), 1, "nothing was unpacked");
}

#[test]
fn a_zip_that_is_none_or_not_loops_is_refused() {
    says(&refused("loop", "PK\u{3}\u{4}and no more"), "is not a whole zip file");
    says(
        &refused("loop", "plain text"),
        "is neither a zip file nor a database. Nothing was imported. Name the .zip",
    );
    says(&refused("loop", samples::zipped(&[("a.txt", "x")])), "has no Habits.csv in it");
    let zip = |habits: &str, marks: &str| {
        samples::zipped(&[("Habits.csv", habits), ("001 a/Checkmarks.csv", marks)])
    };
    says(&refused("loop", zip("Who,What\n", "")), "has not the columns Name and frequency");
    let habits = "Name,NumRepetitions,Interval\na,1,1\n";
    says(
        &refused("loop", zip(habits, "2026-11-01,2\n2026-02-30,2\n")),
        "a.file, 001 a/Checkmarks.csv, line 2, column Date: '2026-02-30' is not a date. Accepted: YYYY-MM-DD.",
    );
    says(&refused("loop", zip(habits, "2026-11-01,YES\n")), "column Value: 'YES' is not a mark");
    says(&refused("loop", zip(habits, "2026-11-01,99999999999999999999\n")), "is not a mark");
    says(&refused("loop", zip(habits, "2026-11-24,2\n")), "is in the future");
    says(&refused("loop", zip("Name,NumRepetitions,Interval\na,0,1\n", "")), "can't be meant");
    says(&refused("loop", zip("Name,NumRepetitions,Interval\n\u{202e}a,1,1\n", "")), "U+202E");
    let twice = "Position,Name,NumRepetitions,Interval\n001,a,1,1\n001,b,1,1\n";
    says(&refused("loop", zip(twice, "")), "Habits.csv, line 3, the number 001 stands there twice");
    let two = [("Habits.csv", habits), ("001 a/Checkmarks.csv", ""), ("001 b/Checkmarks.csv", "")];
    says(
        &refused("loop", samples::zipped(&two)),
        "001 b/Checkmarks.csv, line 1, another folder has the same number",
    );
    let counts = "Name,Type,FrequencyNumerator,FrequencyDenominator,Unit,Target Type,Target Value";
    let unit = format!("{counts}\na,NUMERICAL,1,1,k\u{1b}m,AT_LEAST,1\n");
    says(&refused("loop", zip(&unit, "")), "column Unit: the unit has the character U+001B");
    let alone = "a.file has the habits of Loop without their days, which are in the folders beside it. Nothing was imported. Name the folder that holds them all";
    assert_eq!(refused("loop", habits), alone);
    let folder = samples::zipped(&[("Habits.csv", habits), ("009 b/Checkmarks.csv", "")]);
    says(&refused("loop", folder), "no habit in Habits.csv has the number of this folder");
    let mut bytes = zip(habits, &"2026-11-01,2\n".repeat(999));
    let name = b"Checkmarks.csv";
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap();
    bytes[at + name.len() + 4] ^= 0xff;
    refused("loop", bytes);
}

#[test]
fn a_database_is_neither_believed_nor_touched() {
    let good = samples::loop_db(25);
    let mut damaged = good.clone();
    let from = damaged.len() / 2;
    for byte in &mut damaged[from..] {
        *byte = 0x5a;
    }
    says(&refused("loop", &damaged), "is damaged, or no database of Loop");
    says(&refused("loop", &good[..good.len() / 2]), "is damaged, or no database of Loop");
    says(&refused("loop", b"SQLite format 3\0"), "is damaged, or no database of Loop");
    let of = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let sql = Connection::open(&path).unwrap();
        sql.execute_batch(text).unwrap();
        sql.close().unwrap();
        fs::read(&path).unwrap()
    };
    says(&refused("loop", of("CREATE TABLE a (b);")), "has no tables Habits and Repetitions");
    // A view that never ends is no table.
    let endless = "CREATE TABLE Repetitions (id INTEGER PRIMARY KEY, habit, timestamp);
        CREATE VIEW Habits AS WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
          SELECT id, 'a' AS name, 1 AS freq_num, 1 AS freq_den FROM n;";
    says(&refused("loop", of(endless)), "has no tables Habits and Repetitions");
    // Nor is one whose columns or rules work something out for hours.
    let slow = "length(printf('%.*c', 900000, 'x')) > 0";
    let of_loop = "CREATE TABLE Habits (id INTEGER PRIMARY KEY, name, freq_num, freq_den);
        CREATE TABLE Repetitions (id INTEGER PRIMARY KEY, habit, timestamp";
    let generated = format!("{of_loop}, value AS ({slow}));");
    says(&refused("loop", of(&generated)), "has no tables Habits and Repetitions");
    let checked = format!(
        "{of_loop}, value INTEGER CHECK ({slow}));
        INSERT INTO Habits VALUES (1, 'a', 1, 1);
        PRAGMA ignore_check_constraints = ON;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
          INSERT INTO Repetitions SELECT i, 1, i * 86400000, 2 FROM n;"
    );
    let quick = tempfile::tempdir().unwrap();
    let quick_path = path(quick.path(), "a.db", of(&checked));
    let plan = Place::new().plan(&quick_path, None, false).unwrap();
    assert_eq!(plan.added.marks, 20_000);
    let table = "CREATE TABLE Habits (id INTEGER PRIMARY KEY, name, freq_num, freq_den);
        CREATE TABLE Repetitions (id INTEGER PRIMARY KEY, habit, timestamp, value);";
    let day = "INSERT INTO Habits VALUES (1, 'a', 1, 1); INSERT INTO Repetitions VALUES";
    for (rows, what) in [
        (
            "INSERT INTO Habits VALUES (1, x'00', 1, 1);",
            "Habits, row 1, column name: it is no text",
        ),
        ("INSERT INTO Habits VALUES (1, NULL, 1, 1);", "the name is empty"),
        ("INSERT INTO Habits VALUES (1, 'a' || char(0), 1, 1);", "U+0000"),
        ("INSERT INTO Habits VALUES (1, 'a', -1, 1);", "column frequency: -1 in 1 days"),
        ("INSERT INTO Habits VALUES (1, 'a', 1e99, 1);", "column freq_num: it is no whole number"),
        (&format!("{day} (5, 1, 9223372036854775807, 2);"), "Repetitions, row 5, column timestamp"),
        (&format!("{day} (5, 1, -1, 2);"), "column timestamp"),
        (&format!("{day} (5, 1, 0, 9);"), "column Value: 9 is not a mark"),
        (&format!("{day} (5, 1, 0, 'x');"), "column value: it is no whole number"),
        ("INSERT INTO Habits VALUES (1, zeroblob(2000000), 1, 1);", "too big"),
    ] {
        says(&refused("loop", of(&format!("{table}{rows}"))), what);
    }
    // What inch wrote itself is told apart.
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("inch.db");
    let options = inch::store::Options {
        busy_timeout: std::time::Duration::from_secs(5),
        rules: inch::domain::day::Rules::default(),
    };
    inch::store::Store::open(&own, options).unwrap().close().unwrap();
    says(&refused_at("loop", &own), "is a data file of inch, not of Loop");
    // A log beside it stays, and so does the file.
    let path = path(folder.path(), "loop.db", &good);
    fs::write(folder.path().join("loop.db-wal"), "x").unwrap();
    let mut logged = good.clone();
    logged[18..20].fill(2);
    fs::write(&path, &logged).unwrap();
    assert!(!Place::new().plan(&path, None, false).unwrap().is_empty());
    assert_eq!(fs::read(&path).unwrap(), logged);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing was left beside it");
}

#[test]
fn json_is_neither_deep_nor_huge() {
    says(&refused("dijo", "[".repeat(100_000)), "is nested deeper than 32 levels");
    says(
        &refused("dijo", "[{\"type\": \"Bit\","),
        "is not a list of habits as dijo writes it: line 1",
    );
    says(&refused("dijo", "{}"), "is not a list of habits as dijo writes it");
    says(
        &refused("dijo", "[{\"type\":\"Bit\",\"stats\":{},\"goal\":true}]"),
        "field 'name' is missing",
    );
    let of = |kind: &str, name: &str, stats: &str, goal: &str| {
        format!(
            "[{{\"type\":\"{kind}\",\"name\":\"{name}\",\"stats\":{{{stats}}},\"goal\":{goal}}}]"
        )
    };
    for (json, what) in [
        (
            of("Bit", "a", "\"2026-02-30\":true", "true"),
            "habit 1 'a', day 1, column stats: '2026-02-30' is not a date",
        ),
        (
            of("Bit", "a", "\"2026-11-01\":1", "true"),
            "column stats: 1 on 2026-11-01 is not what a day comes to. Accepted: true or false",
        ),
        (of("Count", "a", "\"2026-11-01\":1e300", "1"), "column stats: 10000000"),
        (
            of("Count", "a", "\"2026-11-01\":-1", "1"),
            "habit 1 'a', day 1, column stats: -1 on 2026-11-01 is not what a day comes to. Accepted: a number from 0 to 4,294,967,295, or such a value with its precision from 0 to 18.",
        ),
        (of("Count", "a", "\"2026-11-01\":99999999999999999999999", "1"), "column stats: 1000000"),
        (
            of("Float", "a", "\"2026-11-01\":{\"value\":1,\"precision\":99}", "1"),
            "column stats: the value 1 with the precision 99 on 2026-11-01",
        ),
        (
            of("Float", "a", "\"2026-11-01\":{\"value\":[[1]]}", "1"),
            "column stats: an object without value and precision on 2026-11-01",
        ),
        (of("Count", "a", "", "\"much\""), "habit 1 'a', column goal: 'much' is not a goal"),
        (
            of("Bat", "a", "", "true"),
            "column type: 'Bat' is not a type. Accepted: Bit, Count or Float",
        ),
        (of("Bit", "a\\u0000", "", "true"), "U+0000"),
        (of("Bit", "", "", "true"), "the name is empty"),
    ] {
        says(&refused("dijo", json), what);
    }
}

#[test]
fn what_is_wrong_with_json_is_said_without_the_words_of_its_reader() {
    let start = "a.file is not a list of habits as dijo writes it: line 2, column";
    let end = "Nothing was imported. Mend that place, or name the right file, and import again";
    for (json, what) in [
        ("[\n{\"name\": \"a\"}]", "13: the field 'type' is missing."),
        (
            "[\n{\"name\": 7}]",
            "10: the number 7 is not what belongs here. Accepted: text in quotes.",
        ),
        (
            "[\n{\"stats\": []}]",
            "10: a list is not what belongs here. Accepted: the days of a habit.",
        ),
        ("[\n],", "2: something follows its end."),
    ] {
        assert_eq!(refused("dijo", json), format!("{start} {what} {end}"), "{json}");
    }
    let own = |field: &str| format!("{{\"format\": \"inch\", \"version\": 1, {field}}}");
    for (field, what) in [
        ("\"habits\": 1", "the number 1 is not what belongs here. Accepted: a list."),
        ("\"habits\": [{\"name\": \"a\"}]", "the field 'id' is missing."),
        ("\"habits\": [{\"id\": \"x\"}]", "it is not an id. Accepted: as in 01980f5e"),
        (
            "\"topics\": [{\"id\": \"a\", \"state\": \"known\"}]",
            "'known' is not what may stand here. Accepted: ",
        ),
        ("\"sessions\": [{\"started_at\": \"now\"}]", "it is not a moment. Accepted: as in 2026"),
    ] {
        says(&refused("inch", own(field)), &format!(": {what}"));
    }
}

#[test]
fn folders_and_their_files_are_what_they_should_be() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path();
    let error = Place::new().plan(inside, Some("harsh"), false).unwrap_err();
    assert_eq!(error.fault(), Fault::Missing);
    says(&error.to_string(), "habits in ");
    fs::write(inside.join("habits"), "Read: 1\nRead: 2\n").unwrap();
    fs::write(inside.join("log"), "").unwrap();
    says(&refused_at("harsh", inside), "habits, line 2, 'Read' stands there twice");
    for (habits, what) in [
        ("Read", "habits, line 1, column habit: 'Read' has no frequency"),
        ("Read: often", "column frequency: 'often' is not a frequency"),
        ("Read: 1: soon", "column end date: 'soon' is not a date. Accepted: YYYY-MM-DD"),
        (": 1", "the name is empty"),
    ] {
        fs::write(inside.join("habits"), habits).unwrap();
        says(&refused_at("harsh", inside), what);
    }
    fs::write(inside.join("habits"), "Read: 1\n").unwrap();
    for (log, what) in [
        (
            "2026-11-01 : Read : maybe",
            "log, line 1, column answer: 'maybe' is not an answer. Accepted: y, n or s.",
        ),
        ("2026-11-01", "it has 1 part between ' : '"),
        ("2026-11-01 : Read", "it has 2 parts between ' : '"),
        ("2026-11-01 : Read : y : a : b : c", "it has 6 parts between ' : '"),
        ("2026-11-24 : Read : y", "is in the future"),
        ("2026-11-01 : Read : y : a\u{1b}", "U+001B"),
    ] {
        fs::write(inside.join("log"), log).unwrap();
        says(&refused_at("harsh", inside), what);
    }
    fs::write(inside.join("log"), b"2026-11-01 : Read : y\n\xff").unwrap();
    says(&refused_at("harsh", inside), "is not UTF-8 text (line 2)");
    fs::write(inside.join("habits"), "1 Read\n").unwrap();
    for (log, what) in [
        ("2026-11-01", "it has 1 part between tabs"),
        ("2026-11-01\tRead", "it has 2 parts between tabs"),
        ("2026-11-01\tRead\ty\tz", "it has 4 parts between tabs"),
        ("2026-11-1\tRead\ty", "column date: '2026-11-1' is not a date"),
    ] {
        fs::write(inside.join("log"), log).unwrap();
        says(&refused_at("habitctl", inside), what);
    }
    says(&refused_at("loop", inside), "has no Habits.csv in it");
    fs::write(inside.join("Habits.csv"), "Name,NumRepetitions,Interval\na,1,1\n").unwrap();
    fs::create_dir(inside.join("001 a")).unwrap();
    fs::write(inside.join("001 a/Checkmarks.csv"), "2026-02-30,2\n").unwrap();
    says(&refused_at("loop", inside), "001 a/Checkmarks.csv, line 1, column Date: '2026-02-30'");
    // What is there and can't be read is not the same as nothing.
    fs::create_dir_all(inside.join("000 b/Checkmarks.csv")).unwrap();
    says(&refused_at("loop", inside), "is not a regular file");
    fs::remove_dir_all(inside.join("000 b")).unwrap();
    for number in 0..1_000 {
        fs::write(inside.join(number.to_string()), "").unwrap();
    }
    says(&refused_at("loop", inside), "has more than 1,000 entries");
    says(&refused_at("csv", inside), "is a folder. Nothing was imported. Name the file");
    says(&refused_at("habitctl", &inside.join("log")), "is not a folder");
    fs::remove_file(inside.join("log")).unwrap();
    fs::create_dir(inside.join("log")).unwrap();
    says(&refused_at("habitctl", inside), "is not a regular file");
}

#[test]
fn habitbull_names_its_columns_and_values() {
    let of = |line: &str| {
        format!("HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\n{line}\n")
    };
    says(
        &refused("habitbull", "HabitName,Value\n"),
        "has not the columns HabitName, CalendarDate and Value",
    );
    for (line, what) in [
        ("a,,,soon,1,", "line 2, column CalendarDate: 'soon' is not a date. Accepted: 2026-02-03"),
        ("a,,,2026-11-01,many,", "column Value: 'many' is not a number"),
        ("a,,,2026-11-01,inf,", "column Value: 'inf' is not a number"),
        ("a,,,2026-11-24,1,", "is in the future"),
        (",,,2026-11-01,1,", "column HabitName: the name is empty"),
        (
            "a,b\u{7},,2026-11-01,1,",
            "column HabitDescription: the description has the character U+0007",
        ),
    ] {
        says(&refused("habitbull", of(line)), what);
    }
}

#[test]
fn bad_lines_are_left_out_and_listed_when_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let text = "habit,date,mark\nRead,2026-11-01,done\nRead,2026-02-30,done\nRead,2026-11-02,\"done\nRead,2026-11-03,done\nRead,2026-11-03,rest\n";
    let path = path(folder.path(), "a.csv", text);
    let mut place = Place::new();
    assert!(place.plan(&path, None, false).is_err());
    let plan = place.plan(&path, None, true).unwrap();
    assert_eq!(plan.added.marks, 2);
    let skipped: Vec<_> = plan.skipped.iter().map(|bad| bad.place.as_str()).collect();
    assert_eq!(skipped, ["line 3", "line 4", "line 6"]);
    // A habit that is left out takes its days along.
    let zip = samples::zipped(&[
        ("Habits.csv", "Name,NumRepetitions,Interval\na,0,1\nb,1,1\n"),
        ("002 b/Checkmarks.csv", "2026-11-01,2\n"),
    ]);
    fs::write(&path, zip).unwrap();
    let plan = place.plan(&path, Some("loop"), true).unwrap();
    assert_eq!((plan.added.habits, plan.added.marks, plan.skipped.len()), (1, 1, 1));
    assert!(plan.told.is_empty(), "what is left out is no habit without days: {:?}", plan.told);
}
