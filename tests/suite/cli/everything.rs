//! `export everything` and `import --from inch`: out of one file and whole into another.

use std::fs;

use inch::domain::{
    change::Change,
    ids::{HabitId, ProjectId},
};
use serde_json::{Value, json};

use super::{Home, keys};

/// Something of every kind.
fn home() -> Home {
    let home = Home::new();
    home.say(&["habit", "add", "Read", "--topic", "vectors", "--from", "2026-11-01"]);
    home.say(&["habit", "edit", "Read", "--schedule", "3/week", "--from", "2026-11-09"]);
    home.say(&["habit", "edit", "Read", "--anchor", "wake", "--from", "2026-11-10"]);
    home.say(&["habit", "add", "=SUM(A1)", "--from", "2026-11-01"]);
    home.say(&["habit", "archive", "=SUM(A1)"]);
    home.say(&["done", "Read", "--on", "2026-11-02", "--note", "two\nlines"]);
    home.say(&["rest", "Read", "--on", "2026-11-03"]);
    home.say(&["topic", "set", "vectors", "mastered"]);
    let project = ["project", "add", "Bus times", "--topic", "vectors", "--growth", "4"];
    home.say(&project);
    home.say(&["project", "edit", "Bus", "--status", "shipped", "--link", "https://a.org/"]);
    home
}

#[test]
fn everything_goes_into_an_empty_file_and_comes_out_the_same() {
    let home = home();
    let said = home.say(&["export", "everything", "-o", "all.json"]);
    assert_eq!(said, "Wrote all.json: everything.\n");
    let written = fs::read_to_string(home.path("all.json")).unwrap();
    assert_eq!(home.say(&["export", "everything"]), written);
    assert_eq!(home.say(&["export", "--format", "json"]), written);
    let import = ["--db", "new.db", "import", "all.json", "--from", "inch"];
    let added = "2 habits, 2 marks, 1 note, 1 topic's progress and 1 project";
    let plan = format!(
        "all.json is read as inch's own export.\n\
         To add: {added}. Here already: 0 habits and 0 days.\n  \
         new habit, 3/week from Sun 1 Nov: Read\n  \
         new habit, daily from Sun 1 Nov, archived on Mon 23 Nov: =SUM(A1)\n"
    );
    let dry = home.say(&[&import[..], &["--dry-run"]].concat());
    assert_eq!(dry, format!("{plan}Nothing was changed: this was a dry run.\n"));
    assert!(!home.path("new.db").exists());
    let said = home.say(&import);
    assert_eq!(said, format!("{plan}Imported: {added}. `inch undo` takes it back.\n"));
    let new = |args: &[&str]| home.say(&[&["--db", "new.db"], args].concat());
    assert_eq!(new(&["export", "everything"]), written);
    // What it is can be seen without being told.
    for import in [&import[..], &import[..4]] {
        let said = home.say(import);
        assert!(said.ends_with("Nothing was changed: all of it is here already.\n"), "{said}");
    }
    for list in [&["habit", "list", "--archived"][..], &["log"], &["stats"], &["project", "list"]] {
        assert_eq!(new(list), home.say(list), "{list:?}");
    }
    assert_eq!(new(&["undo"]), "Took back: import of all.json\n");
    assert_eq!(new(&["log"]), "");
    let left: Value = serde_json::from_str(&new(&["export", "everything"])).unwrap();
    for (field, value) in left.as_object().unwrap() {
        let nothing = match field.as_str() {
            "format" | "version" => continue,
            "goal" => json!(""),
            _ => json!([]),
        };
        assert_eq!(*value, nothing, "{field}");
    }
    let said = home.fail(&["--db", "none.db", "export", "everything"], 66);
    assert!(said.contains("none.db is not there"), "{said}");
    assert!(!home.path("none.db").exists(), "reading makes no file");
    new(&["redo"]);
    assert_eq!(new(&["export", "everything"]), written);
}

#[test]
fn the_fields_are_those_of_the_readme() {
    let document: Value = home().json(&["export", "everything"]);
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let (_, table) = readme.split_once("<summary>What the JSON holds</summary>").unwrap();
    let (table, _) = table.split_once("</details>").unwrap();
    let row = |name: &str| {
        let row = table.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        row.unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(document["format"], "inch");
    assert_eq!(document["version"], 1);
    for list in keys(&document) {
        let row = row(list);
        // What the others hold is the same for each entry.
        if let Some(Value::Object(entry)) = document[list].get(0) {
            for (field, value) in entry {
                assert!(row.contains(&format!("`{field}`")), "{list}: {field}");
                let below = value.get(0).unwrap_or(value);
                for field in below.as_object().into_iter().flat_map(|below| below.keys()) {
                    assert!(row.contains(&format!("`{field}`")), "{list}: {field}");
                }
            }
        }
    }
}

#[test]
fn what_is_here_stays_and_names_that_are_the_only_ones_are_the_same_thing() {
    let home = home();
    home.say(&["export", "everything", "-o", "all.json"]);
    let here = |args: &[&str]| home.say(&[&["--db", "here.db"], args].concat());
    here(&["habit", "add", "Mine", "--from", "2026-11-01"]);
    here(&["habit", "add", "Read", "--from", "2026-11-01"]);
    here(&["rest", "Read", "--on", "2026-11-02"]);
    here(&["project", "add", "Bus times"]);
    let said = here(&["import", "all.json", "--from", "inch"]);
    assert!(said.contains("To add: 1 habit, 1 mark, 0 notes and 1 topic"), "{said}");
    for part in [
        "Here already: 0 habits and 0 days. Said otherwise here: 1 habit, 1 day and 1 project.\n",
        "  here already, by its name: the project Bus times\n",
        "  projects, entry 1: Bus times says something else here; what is here stays\n",
        "  here already, by its name, 1 day to add: Read\n",
        "  habits, entry 1: Read says something else here; what is here stays\n",
        "  habits, entry 1: Read says something else here for Mon 2 Nov; what is here stays\n",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let list = here(&["habit", "list", "--archived"]);
    let order: Vec<_> = ["Mine", "Read", "=SUM(A1)"].map(|name| list.find(name).unwrap()).into();
    assert!(order.is_sorted(), "{list}");
    assert_eq!(list.matches("Read").count(), 1, "{list}");
    let log = here(&["log", "Read"]);
    assert_eq!(log, "2026-11-02  –  Read\n2026-11-03  –  Read\n");
    let again = here(&["import", "all.json", "--from", "inch"]);
    let end = "Nothing was changed: 1 habit, 1 day and 1 project stay as they are here.\n";
    assert!(again.ends_with(end), "{again}");
    // Where two have the name, nothing tells which is meant.
    let twins = |args: &[&str]| home.say(&[&["--db", "twins.db"], args].concat());
    twins(&["habit", "add", "Read"]);
    twins(&["habit", "add", "Read"]);
    twins(&["import", "all.json", "--from", "inch"]);
    assert_eq!(twins(&["habit", "list"]).matches("Read").count(), 3);
}

#[test]
fn a_document_that_is_wrong_changes_nothing_and_says_where() {
    let home = home();
    let good = home.say(&["export", "everything"]);
    let number = |text: &str| good.lines().position(|line| line.contains(text)).unwrap() + 1;
    let from = number("\"from\": \"2026-11-09\"");
    let cases = [
        (
            "{\"format\": \"inch\",",
            String::new(),
            "is not an export of inch: line 1, column 18: it ends".to_owned(),
        ),
        ("", good.replace("\"version\": 1", "\"version\": 2"), "newer inch, in version 2".into()),
        ("", good.replace("\"version\": 1", "\"version\": 0"), "no \"version\"".into()),
        ("[1]", String::new(), ": line 1, column".into()),
        ("{\"basics\": {}}", String::new(), "is not an export of inch".into()),
        (
            "",
            good.replace("2026-11-03", "2026-02-30"),
            "bad.json, habits, entry 1 (Read), check-in 2, '2026-02-30' is not a date. Accepted: YYYY-MM-DD. Nothing".into(),
        ),
        (
            "",
            good.replace("2026-11-09", "2026-02-30"),
            format!("can't be read as an export of inch: line {from}, column 25: '2026-02-30' is"),
        ),
        (
            "",
            good.replace("2026-11-03", "2026-11-02"),
            "habits, entry 1 (Read), check-in 2 (2026-11-02), this day stands there twice".into(),
        ),
        (
            "",
            good.replace("2026-11-03", "2026-12-03").replace("\"rest\"", "\"done\""),
            "(2026-12-03), 2026-12-03 is in the future; a day".into(),
        ),
        (
            "",
            good.replace("\"rest\"", "\"maybe\""),
            "entry 1 (Read), check-in 2, 'maybe' is not a mark. Accepted: done or rest.".into(),
        ),
        (
            "",
            good.replace("\"seconds\": 10", "\"seconds\": 9999"),
            "habits, entry 1 (Read), a timer lasts 5 to 120 seconds, not 9999.".into(),
        ),
        (
            "",
            good.replace("\"seconds\": 10", "\"seconds\": -60"),
            "habits, entry 1 (Read), a timer lasts 5 to 120 seconds, not -60.".into(),
        ),
        ("", good.replace("Bus times", &"x".repeat(201)), "projects, entry 1 (xxx".into()),
        ("", good.replace("https://a.org/", "ftp://a.org/"), "'ftp://a.org/' is not a link".into()),
        ("", good.replace("\"3/week\"", "\"9/week\""), "'9/week' is not a schedule".into()),
        (
            "",
            good.replace("\"goal\"", "\"aim\""),
            "there is no field 'aim'. Accepted: format, version, goal".into(),
        ),
        (
            "",
            good.replace(
                "\"status\": \"shipped\", \"position\"",
                "\"status\": \"live\", \"position\"",
            ),
            "the history of a project ends with what is so now".into(),
        ),
    ];
    let before = home.say(&["log"]);
    for (start, text, part) in cases {
        let text = if text.is_empty() { start } else { text.as_str() };
        assert_ne!(text, good, "{part}");
        let file = home.write("bad.json", text);
        for db in ["none.db", ".local/share/inch/inch.db"] {
            let message = home.fail(&["--db", db, "import", &file, "--from", "inch"], 65);
            assert!(message.contains(&part), "{part}: {message}");
            assert!(message.contains("Nothing was imported"), "{message}");
        }
        assert!(!home.path("none.db").exists(), "{part}");
    }
    assert_eq!(home.say(&["log"]), before);
    assert_eq!(home.say(&["export", "everything"]), good);
}

#[test]
fn bad_parts_are_left_out_and_listed_when_that_is_asked_for() {
    let home = home();
    let good = home.say(&["export", "everything"]);
    let (on, more) = ("{\"day\": \"2026-11-03\"", "{\"day\": \"2026-02-30\"},\n");
    let bad = good
        .replace(on, &[more, on].concat())
        .replace("2026-11-03", "2026-12-03")
        .replace("\"rest\"", "\"done\"")
        .replace("https://a.org/", "ftp://a.org/");
    home.write("bad.json", &bad);
    let import = ["--db", "new.db", "import", "bad.json", "--skip-bad"];
    let said = home.say(&import);
    for part in [
        "To add: 2 habits, 1 mark, 1 note and 1 topic's progress. Here",
        "Left out: 3 bad lines.\n  habits, entry 1 (Read), check-in 2, '2026-02-30' is not a date",
        "\n  habits, entry 1 (Read), check-in 3 (2026-12-03), 2026-12-03 is in the future",
        "\n  projects, entry 1 (Bus times), 'ftp://a.org/' is not a link",
        "Imported: 2 habits, 1 mark, 1 note and 1 topic's progress. `inch undo`",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let again = home.say(&import);
    assert!(again.ends_with("Nothing was changed: all of it is here already.\n"), "{again}");
    // In the order of the document, whatever is wrong with them.
    let two = "[{\"day\": \"2026-12-03\", \"mark\": \"done\"}, {\"day\": \"x\"}]";
    home.write("two.json", &format!("{{\"format\": \"inch\", \"version\": 1, \"habits\": [{{\"id\": \"00000000-0000-7000-8000-000000000000\", \"name\": \"Walk\", \"schedules\": [{{\"from\": \"2026-11-01\", \"schedule\": \"daily\"}}], \"check_ins\": {two}}}]}}"));
    let message = home.fail(&["--db", "other.db", "import", "two.json"], 65);
    assert!(message.contains("check-in 1 (2026-12-03), 2026-12-03 is in"), "{message}");
    assert!(message.contains("There is 1 more bad line. Mend both and import"), "{message}");
    // A habit goes with its days.
    home.write("bad.json", &good.replace("\"Read\"", "\"\""));
    let said = home.say(&["--db", "other.db", "import", "bad.json", "--skip-bad"]);
    assert!(said.contains("To add: 1 habit, 0 marks, 0 notes,"), "{said}");
    // What can't be read ends it all the same.
    home.write("bad.json", &good.replace("2026-11-09", "2026-02-30"));
    let import = ["--db", "none.db", "import", "bad.json", "--skip-bad"];
    let message = home.fail(&import, 65);
    let next = "Nothing was imported. --skip-bad can't leave that out; mend it";
    assert!(message.contains(next), "{message}");
    home.write("bad.json", &good.replace("\"version\": 1", "\"version\": 2"));
    assert!(home.fail(&import, 65).contains("Update inch and import again"));
    assert!(!home.path("none.db").exists());
}

#[test]
fn time_on_what_is_left_out_comes_in_and_is_told() {
    let home = Home::new();
    let id = |number: u32| format!("01980f5e-7c1a-7b3c-8d4e-0000000000{number:02}");
    let session = |number, on: Value| {
        let mut session = json!({
            "id": id(number), "day": "2026-11-02", "seconds": 60,
            "started_at": "2026-11-02T10:00:00+00:00",
        });
        session.as_object_mut().unwrap().extend(on.as_object().unwrap().clone());
        session
    };
    let habit = |number, name: &str| {
        json!({
            "id": id(number), "name": name,
            "schedules": [{ "from": "2026-11-01", "schedule": "daily" }],
        })
    };
    let document = json!({
        "format": "inch", "version": 1, "habits": [habit(1, ""), habit(2, "Read")],
        "sessions": [
            session(11, json!({ "habit": id(1), "topic": "vectors" })),
            session(12, json!({ "habit": id(1), "topic": "vectors" })),
            session(13, json!({ "habit": id(2), "project": id(3) })),
            session(14, json!({ "habit": id(2) })),
            session(15, json!({ "habit": id(1) })),
        ],
    });
    home.write("bad.json", &document.to_string());
    let import = ["import", "bad.json", "--skip-bad"];
    let said = home.say(&import);
    for part in [
        "To add: 1 habit, 0 marks, 0 notes and 4 sessions. Here",
        "\n  2 sessions come without their habit, which is neither here nor comes in\n",
        "\n  1 session comes without its project, which is neither here nor comes in\n",
        "Left out: 2 bad lines.\n  habits, entry 1, the name is empty",
        "\n  sessions, entry 5, what it was spent on is neither here nor comes in",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let again = home.say(&import);
    assert!(!again.contains("without"), "nothing comes again: {again}");
}

#[test]
fn what_was_deleted_comes_back_as_the_file_has_it_and_no_more() {
    let home = home();
    home.say(&["export", "everything", "-o", "all.json"]);
    let written = fs::read_to_string(home.path("all.json")).unwrap();
    // Said afterwards: on a day of the file, and on one that it has not.
    home.say(&["done", "Read", "--on", "2026-11-03"]);
    home.say(&["done", "Read", "--on", "2026-11-05", "--note", "later"]);
    let lived = home.say(&["export", "everything"]);
    let document: Value = serde_json::from_str(&written).unwrap();
    let id = |list: &str| document[list][0]["id"].as_str().unwrap().parse().unwrap();
    home.change(&Change::HabitDelete { habit: HabitId(id("habits")) });
    home.change(&Change::ProjectDelete { project: ProjectId(id("projects")) });
    let added = "1 habit, 2 marks, 1 note and 1 project";
    let said = home.say(&["import", "all.json"]);
    for part in [
        &format!("To add: {added}. Here already: 1 habit, 0 days and 1 topic's progress.\n"),
        "\n  habit that was deleted here, 3/week from Sun 1 Nov: Read\n",
        "\n  was deleted here and comes back: the project Bus times\n",
        &format!("\nImported: {added}. `inch undo` takes it back.\n"),
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let sorted = |text: &str| {
        let document: Value = serde_json::from_str(text).unwrap();
        let list = document["habits"].as_array().unwrap().iter();
        let of = |habit: &Value| (habit["name"].to_string(), habit["check_ins"].to_string());
        let mut days: Vec<_> = list.map(of).collect();
        days.sort();
        days
    };
    assert_eq!(sorted(&home.say(&["export", "everything"])), sorted(&written));
    let again = home.say(&["import", "all.json"]);
    assert!(again.ends_with("Nothing was changed: all of it is here already.\n"), "{again}");
    home.say(&["undo"]);
    assert!(!home.say(&["habit", "list"]).contains("Read"));
    home.say(&["redo"]);
    assert_eq!(sorted(&home.say(&["export", "everything"])), sorted(&written));
    home.say(&["undo"]);
    home.say(&["undo"]);
    home.say(&["undo"]);
    assert_eq!(home.say(&["export", "everything"]), lived, "and undo brings back the rest");
}

#[test]
fn no_more_comes_in_than_is_kept_and_a_dry_run_says_so() {
    type Id = fn(usize) -> String;
    let home = home();
    let good: Value = home.json(&["export", "everything"]);
    let many = |list: &str, count: usize, id: Id| {
        let mut document = good.clone();
        let entry = match list {
            "own_topics" => serde_json::json!({"id": "", "module": "maths", "title": "T"}),
            list => document[list][0].clone(),
        };
        let numbered = (0..count).map(|number| {
            let mut entry = entry.clone();
            entry["id"] = id(number).into();
            entry
        });
        document[list] = numbered.collect();
        document.to_string()
    };
    let uuid = |number: usize| format!("00000000-0000-7000-8000-{number:012}");
    let cases: [(&str, usize, Id, &str); 3] = [
        ("habits", 1_000, uuid, "1,002 habits, and inch keeps at most 1,000"),
        (
            "own_topics",
            10_001,
            |number| format!("my-{number}"),
            "10,001 topics of your own, and inch keeps at most 10,000",
        ),
        ("projects", 5_000, uuid, "5,001 projects, and inch keeps at most 5,000"),
    ];
    let before = home.say(&["export", "everything"]);
    for (list, count, id, said) in cases {
        home.write("many.json", &many(list, count, id));
        for args in [&["import", "many.json", "--dry-run"][..], &["import", "many.json"]] {
            let message = home.fail(args, 65);
            let said =
                format!("inch: many.json would make it {said}. Nothing was imported. Leave some");
            assert!(message.starts_with(&said), "{message}");
        }
    }
    assert_eq!(home.say(&["export", "everything"]), before);
}

#[test]
fn tables_go_into_a_folder_and_run_nothing() {
    let home = home();
    let tables = ["export", "everything", "--format", "csv"];
    let message = home.fail(&tables, 64);
    assert!(message.contains("they need a folder"), "{message}");
    let into = |folder| [&tables[..], &["-o", folder]].concat();
    assert_eq!(home.say(&into("tables")), "Wrote tables: everything in 12 tables.\n");
    let read = |name: &str| fs::read_to_string(home.path("tables").join(name)).unwrap();
    assert!(read("habits.csv").contains(",'=SUM(A1),daily,2026-11-01,"), "{}", read("habits.csv"));
    assert!(read("schedules.csv").contains(",Read,2026-11-09,3/week\r\n"));
    assert!(read("projects.csv").contains(",Bus times,educational,shipped,2026-11-23,"));
    assert_eq!(fs::read_dir(home.path("tables")).unwrap().count(), 12);
    // The check-ins are in the form that is read.
    let log = home.say(&["log"]);
    let said = home.say(&["--db", "new.db", "import", "tables/check-ins.csv"]);
    let told = "  Schedules are not in the file: the new habit becomes daily. If inch wrote it, the \
                .json of `inch export everything` has them\n";
    assert!(said.contains(told), "{said}");
    assert_eq!(home.say(&["--db", "new.db", "log"]), log);
    // A folder that holds something is not written into unless that was meant.
    let message = home.fail(&into("tables"), 73);
    assert!(message.contains("holds something") && message.contains("--force"), "{message}");
    fs::write(home.path("tables/mine.txt"), "mine").unwrap();
    home.say(&["done", "Read", "--on", "2026-11-04"]);
    home.say(&[&into("tables")[..], &["--force"]].concat());
    assert!(read("check-ins.csv").contains("2026-11-04") && read("mine.txt") == "mine");
    fs::create_dir(home.path("empty")).unwrap();
    home.say(&into("empty"));
    fs::write(home.path("file"), "").unwrap();
    assert!(home.fail(&into("file"), 73).contains("is no folder"));
    assert!(home.fail(&into("no/such"), 73).contains("Make its folder first"));
    let left = fs::read_dir(home.path(".")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with(".inch-")));
}

#[test]
fn what_one_inch_writes_another_reads_from_standard_input() {
    let home = home();
    let written = home.say(&["export", "everything"]);
    home.write("all.json", &written);
    let piped = |args: &[&str], name: &str| {
        let from = fs::File::open(home.path(name)).unwrap();
        let mut command = home.command(&[&["--db", "new.db", "import", "-"], args].concat());
        command.stdin(from).output().unwrap()
    };
    let said = String::from_utf8(piped(&[], "all.json").stdout).unwrap();
    assert!(said.starts_with("standard input is read as inch's own export, by the look"), "{said}");
    assert_eq!(home.say(&["--db", "new.db", "export", "everything"]), written);
    assert_eq!(home.say(&["--db", "new.db", "undo"]), "Took back: import of standard input\n");
    home.write("plain", "Read,2026-11-05,done\n");
    let said = String::from_utf8(piped(&["--from", "csv"], "plain").stdout).unwrap();
    assert!(said.contains("Imported: 1 habit, 1 mark and 0 notes."), "{said}");
    home.write("unknown", "Read\n");
    let output = piped(&[], "unknown");
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(64), "{error}");
    assert!(error.contains("standard input does not tell what wrote it"), "{error}");
    // A folder can't come that way.
    let output = piped(&["--from", "harsh"], "plain");
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("standard input is not a folder. Nothing was imported"), "{error}");
    let message = home.fail(&["import", "./-"], 66);
    assert!(message.contains("- is not there"), "{message}");
}

#[test]
fn what_does_not_go_together_is_refused() {
    let home = home();
    for (args, part) in [
        (&["export", "portfolio", "--format", "json"][..], "json is for everything"),
        (&["export", "everything", "--format", "html"], "as json or csv"),
        (&["export", "report", "--format", "csv"], "as markdown"),
        (&["export", "everything", "--since", "-3"], "are for a report"),
        (&["export", "--format", "json", "--all"], "are for the portfolio"),
        (&["export", "report", "--name", "Ada"], "are for the portfolio"),
        (&["export", "page.html"], "portfolio, report"),
    ] {
        let message = home.fail(args, 64);
        assert!(message.contains(part), "{args:?}: {message}");
    }
    // A link to nothing is a name that is taken.
    std::os::unix::fs::symlink("nowhere", home.path("link.json")).unwrap();
    let message = home.fail(&["export", "everything", "-o", "link.json"], 73);
    assert!(message.contains("--force"), "{message}");
    assert!(!home.path("nowhere").exists());
}
