//! Import, and the made-up year.

use std::ffi::OsString;

use inch::cli::{self, Start};

use super::{Home, TODAY};

#[test]
fn an_import_is_all_or_nothing_and_repeating_it_adds_nothing() {
    let home = Home::new();
    home.say(&["habit", "add", "Read", "--from", "2026-11-01"]);
    home.say(&["rest", "Read", "--on", "2026-11-03"]);
    let bad =
        home.write("bad.csv", "habit,date,mark\nRead,2026-11-01,done\nRead,2026-02-30,done\n");
    let message = home.fail(&["import", &bad], 65);
    assert_eq!(
        message,
        "inch: bad.csv, line 3, column date: '2026-02-30' is not a date. Accepted: YYYY-MM-DD. Nothing was imported. Mend it and import again, or leave it out with --skip-bad\n"
    );
    assert_eq!(home.json(&["log", "--json"]).as_array().unwrap().len(), 1);
    let good = home.write(
        "good.csv",
        "habit,date,mark,note\nRead,2026-11-01,done,\nRead,2026-11-02,done,'=1+1\nRead,2026-11-03,done,after all\nNew,2026-10-01,done,\n",
    );
    let plan = "To add: 1 habit, 3 marks and 1 note. Here already: 1 habit and 0 days. Said otherwise here: 1 day.\n  new habit, daily from Thu 1 Oct: New\n  here already, by its name, 2 days to add: Read\n  line 4: Read says something else here for Tue 3 Nov; what is here stays\n  \
         Schedules are not in the file: the new habit becomes daily. If inch wrote it, the .json of \
         `inch export everything` has them\n";
    assert_eq!(
        home.say(&["import", &good, "--dry-run"]),
        format!(
            "good.csv is read as plain CSV, by the look of it; --from says otherwise.\n{plan}Nothing was changed: this was a dry run.\n"
        )
    );
    assert_eq!(home.json(&["log", "--json"]).as_array().unwrap().len(), 1);
    assert_eq!(
        home.say(&["import", &good, "--from", "csv"]),
        format!(
            "good.csv is read as plain CSV.\n{plan}Imported: 1 habit, 3 marks and 1 note. `inch undo` takes it back.\n"
        )
    );
    let log = home.say(&["log"]);
    assert_eq!(
        log,
        "2026-10-01  ✓  New\n2026-11-01  ✓  Read\n2026-11-02  ✓  Read  =1+1\n2026-11-03  –  Read\n"
    );
    assert!(
        home.say(&["import", &good]).ends_with("Nothing was changed: 1 day stays as it is here.\n")
    );
    assert_eq!(home.say(&["log"]), log);
    assert_eq!(home.say(&["undo"]), "Took back: import of good.csv\n");
    assert_eq!(home.json(&["log", "--json"]).as_array().unwrap().len(), 1);
    home.fail(&["import", "none.csv"], 66);
    home.fail(&["import", "good.csv/none"], 66);
    home.fail(&["import", "."], 64);
    home.fail(&["import", ".", "--from", "csv"], 65);
    home.fail(&["import", &good, "--from", "loop"], 65);
    home.fail(&["import", &good, "--from", "elsewhere"], 64);
    assert_eq!(home.json(&["stats", "--json"])["habits"].as_array().unwrap().len(), 1);
}

#[test]
fn an_import_that_adds_nothing_says_why() {
    let home = Home::new();
    let end = |text: &str| {
        let said = home.say(&["import", &home.write("a.csv", text)]);
        said.lines().last().unwrap().to_owned()
    };
    assert_eq!(end("habit,date,mark\n"), "Nothing was changed: there is nothing in it to add.");
    let empty = home.write("empty.csv", " \n");
    for args in [&["import", &empty][..], &["import", &empty, "--from", "loop", "--skip-bad"]] {
        assert_eq!(
            home.fail(args, 65),
            "inch: empty.csv is empty. Nothing was imported. Name the right file, or export it again\n"
        );
    }
    assert!(!home.path(".local").exists(), "nothing was created");
    home.say(&["habit", "add", "Read", "--from", "2026-11-01"]);
    home.say(&["rest", "Read", "--on", "2026-11-03"]);
    let (first, second) = ("Read,2026-11-03,done\n", "Read,2026-11-04,done\n");
    assert_eq!(end(first), "Nothing was changed: 1 day stays as it is here.");
    assert_eq!(
        end(&[first, second].concat()),
        "Imported: 0 habits, 1 mark and 0 notes. `inch undo` takes it back."
    );
    assert_eq!(end(&[first, second].concat()), "Nothing was changed: 1 day stays as it is here.");
    assert_eq!(end(second), "Nothing was changed: all of it is here already.");
}

#[test]
fn leaving_bad_lines_out_is_offered_where_something_is_left() {
    let home = Home::new();
    let fail = |text: &str| home.fail(&["import", &home.write("a.csv", text)], 65);
    let offer = "or leave it out with --skip-bad\n";
    assert!(fail("Read,2026-11-01,done\nRead,2026-02-30,done\n").ends_with(offer));
    assert!(
        fail("Read,2026-11-01,done\nRead,2026-02-30,done\nRead,x,done\nRead,y,done\n").ends_with(
            "Nothing was imported. There are 2 more bad lines. Mend them and import again, or leave them out with --skip-bad\n"
        )
    );
    let many = ["Read,2026-11-01,done\n", &"Read,x,done\n".repeat(10_001)].concat();
    let message = fail(&many);
    assert!(
        message.contains("--skip-bad does not help: a.csv has more than 10,000 bad lines. It may"),
        "{message}"
    );
    let swapped = "2026-11-01,Read,done\n2026-11-02,Read,done\n";
    assert_eq!(
        fail(swapped),
        "inch: a.csv, line 1, column date: 'Read' is not a date. Accepted: YYYY-MM-DD. Nothing was imported. It was read as plain CSV (habit,date,mark or habit,date,mark,note), and --skip-bad would leave nothing of it. Mend it, or say with --from what else it is\n"
    );
    assert!(fail("day,what\n2026-11-01,Read\n").contains("--skip-bad would leave nothing of it"));
    let said = home.say(&["import", "a.csv", "--skip-bad"]);
    assert!(said.ends_with("Nothing was changed: all of it was left out.\n"), "{said}");
    home.write("all.json", r#"{"format": "inch", "version": 1, "own_topics": [{"id": "own-1", "module": "m", "title": ""}]}"#);
    let message = home.fail(&["import", "all.json"], 65);
    assert!(message.contains("read as inch's own export (the .json of"), "{message}");
    // Spreadsheets write semicolons in half of the world.
    let said =
        home.say(&["import", &home.write("b.csv", "habit;date;mark\nRead;2026-11-01;done\n")]);
    assert!(said.contains("Imported: 1 habit, 1 mark"), "{said}");
}

#[test]
fn no_line_is_left_out_without_a_word() {
    let home = Home::new();
    let file = home.write("a.csv", "Read,2026-11-03,done\n\u{1}\nRead,2026-02-30,done\n");
    let message = home.fail(&["import", &file], 65);
    assert!(message.contains("a.csv, line 2, 1 column was found."), "{message}");
    assert_eq!(home.json(&["log", "--json"]), serde_json::json!([]));
}

#[test]
fn a_folder_of_another_program_is_told_by_its_look_and_its_plan_says_what_was_made_of_it() {
    let home = Home::new();
    std::fs::create_dir(home.path("harsh")).unwrap();
    home.write("harsh/habits", "Gym: 3/10\nOld: 1: 2026-06-01\n");
    let log = "2026-11-01 : Gym : y : legs : 2\n2026-05-01 : Old : y\n2026-02-30 : Gym : y\n";
    home.write("harsh/log", log);
    assert_eq!(
        home.fail(&["import", "harsh"], 65),
        "inch: harsh, log, line 3, column date: '2026-02-30' is not a date. Accepted: YYYY-MM-DD. Nothing was imported. Mend it and import again, or leave it out with --skip-bad\n"
    );
    assert!(!home.path(".local").exists(), "nothing was created");
    let plan = "harsh is read as harsh, by the look of it; --from says otherwise.\nTo add: 2 habits, 2 marks and 1 note. Here already: 0 habits and 0 days.\n  new habit, 2/week from Sun 1 Nov: Gym\n  new habit, daily from Fri 1 May, archived on Mon 1 Jun: Old\n  Gym: 3 in 10 days can't be said here; the nearest is 2/week\nLeft out: 1 bad line.\n  log, line 3, column date: '2026-02-30' is not a date. Accepted: YYYY-MM-DD\n";
    let args = ["import", "harsh", "--skip-bad"];
    let dry = home.say(&[&args[..], &["--dry-run"]].concat());
    assert_eq!(dry, format!("{plan}Nothing was changed: this was a dry run.\n"));
    assert!(!home.path(".local").exists(), "a dry run writes nothing");
    let said = home.say(&args);
    assert_eq!(
        said,
        format!("{plan}Imported: 2 habits, 2 marks and 1 note. `inch undo` takes it back.\n")
    );
    assert_eq!(home.say(&["log"]), "2026-05-01  ✓  Old\n2026-11-01  ✓  Gym  legs (2)\n");
    let again = home.say(&args);
    assert!(again.contains("  here already, by its id: Gym\n"), "{again}");
    assert!(again.ends_with("Nothing was changed: all of it is here already.\n"), "{again}");
    assert_eq!(std::fs::read_to_string(home.path("harsh/log")).unwrap(), log);
    assert_eq!(home.say(&["undo"]), "Took back: import of harsh\n");
    assert_eq!(home.json(&["log", "--json"]), serde_json::json!([]));
}

#[test]
fn what_tells_nothing_is_asked_about() {
    let home = Home::new();
    let file = home.write("notes.txt", "dear diary\n");
    let message = home.fail(&["import", &file], 64);
    let expected = "inch: notes.txt does not tell what wrote it. Nothing was imported. Name it with --from:\n  inch       the .json of `inch export everything`\n  loop       the .zip of its CSV export, unpacked or not, or the .db of its backup\n  harsh      the folder with its files habits and log\n";
    assert!(message.starts_with(expected), "{message}");
    let help = home.say(&["import", "--help"]);
    for format in ["inch", "loop", "harsh", "habitctl", "dijo", "habitbull", "csv"] {
        assert!(message.contains(&format!("\n  {format} ")), "{message}");
        assert!(help.contains(&format!("- {format}:")), "{help}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let home = Home::new();
    let path = home.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let message = home.fail(&["import", "pipe"], 65);
    assert!(message.contains("pipe is not a regular file. Nothing was imported."), "{message}");
}

#[test]
fn the_made_up_year_is_rich_and_goes_afterwards() {
    let home = Home::new();
    let config = home.write("config.toml", "");
    let config = home.path(&config).display().to_string();
    let args = ["inch", "--config", &config, "--today", TODAY, "demo"];
    let Start::App(launch) = cli::parse(args.map(OsString::from), inch::keymap::rebind::print)
    else {
        panic!("the app is what a demo opens");
    };
    assert!(launch.is_demo && launch.clock.pretended.is_some());
    let db = launch.db.display().to_string();
    let stats = home.json(&["--db", &db, "stats", "--json"]);
    let habits = stats["habits"].as_array().unwrap();
    assert!((7..=9).contains(&habits.len()));
    assert_eq!(habits.iter().filter(|habit| !habit["archived_on"].is_null()).count(), 1);
    assert_eq!(habits[0]["current_streak"], 23);
    assert!(habits.iter().all(|habit| habit["lifetime"].as_u64().unwrap() > 10));
    assert_eq!(home.say(&["--db", &db, "status", "--prompt"]), "✓3/7\n");
    let projects = home.json(&["--db", &db, "project", "list", "--json"]);
    assert_eq!(projects.as_array().unwrap().len(), 7);
    drop(launch);
    assert!(!std::path::Path::new(&db).exists());
}
