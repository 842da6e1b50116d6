//! Bad arguments, configs, environments and readers: a message, a code, nothing changed.

use std::{path::Path, process::Stdio};

use super::Home;

#[test]
fn usage_errors_are_64_and_help_is_none() {
    let home = Home::new();
    for args in [
        &["nope"][..],
        &["done", "--nope"],
        &["habit"],
        &["habit", "add"],
        &["--today", "soon", "status"],
        &["--color", "pink", "status"],
        &["habit", "ad\u{1b}d"],
    ] {
        let message = home.fail(args, 64);
        assert!(!message.contains('\u{1b}'), "{message:?}");
    }
    for args in [&["--help"][..], &["--version"], &["help", "done"], &["import", "--help"]] {
        assert!(!home.say(args).is_empty());
    }
    assert!(!home.path(".local").exists(), "nothing was created");
}

#[test]
fn the_config_is_checked_and_printed() {
    let home = Home::new();
    let printed = home.say(&["config"]);
    assert!(printed.contains("day_starts_at = \"04:00\""));
    assert!(printed.contains("/.config/inch/config.toml"));
    let file = home.write("mine.toml", "# mine\nglyphs = \"ascii\"\n");
    home.say(&["habit", "add", "Read"]);
    assert_eq!(home.say(&["--config", &file, "done"]), "x Read · 1 day\n");
    let printed = home.write("printed.toml", &home.say(&["--config", &file, "config"]));
    assert_eq!(
        home.say(&["--config", &printed, "config"]).lines().skip(1).collect::<Vec<_>>(),
        home.say(&["--config", &file, "config"]).lines().skip(1).collect::<Vec<_>>()
    );
    let unknown = home.write("bad.toml", "glyphs = \"ascii\"\ncolour = 1\n");
    let message = home.fail(&["--config", &unknown, "status"], 78);
    assert!(
        message.contains("bad.toml, line 2: there is no key 'colour'. Accepted: day_starts_at"),
        "{message}"
    );
    let value = home.write("bad.toml", "week_starts_on = \"mon\"\n");
    let message = home.fail(&["--config", &value, "status"], 78);
    assert!(
        message.contains("Accepted: \"monday\"") && message.contains("Nothing was changed"),
        "{message}"
    );
    home.fail(&["--config", "none.toml", "status"], 66);
    let output = home.command(&["status"]).env("INCH_CONFIG", "none.toml").output().unwrap();
    assert_eq!(output.status.code(), Some(66));
}

#[test]
fn without_a_home_the_files_must_be_named() {
    let home = Home::new();
    let run = |args: &[&str], value: Option<&str>| {
        let mut command = home.command(args);
        match value {
            Some(value) => command.env("HOME", value),
            None => command.env_remove("HOME"),
        };
        command.output().unwrap()
    };
    for value in [None, Some(""), Some("relative")] {
        let output = run(&["status"], value);
        assert_eq!(output.status.code(), Some(78));
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("--db FILE"), "{message}");
        let output = run(&["habit", "add", "Read", "--db", "mine.db"], value);
        assert!(output.status.success());
        let output = run(&["--db", "mine.db", "config"], value);
        assert!(String::from_utf8(output.stdout).unwrap().starts_with("# When a new day begins"));
        let output = run(&["demo"], value);
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("terminal") && !message.contains("HOME"), "{message}");
    }
    assert!(home.path("mine.db").is_file());
}

/// What becomes of a command whose reader is gone before it begins.
fn unread(home: &Home, args: &[&str]) -> (i32, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = home.command(args).stdout(writer).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_reader_that_went_away_hinders_no_import_and_no_verdict() {
    let home = Home::new();
    let lines: Vec<_> = (0..2_000).map(|at| format!("Read {at},2026-11-02,done\n")).collect();
    let long = [&lines[..900], &["x\n".to_owned()]].concat().concat();
    home.write("a.csv", &lines[..2].concat());
    home.write("long.csv", &long);
    for (args, ticks) in [
        (&["import", "a.csv", "--dry-run"][..], 0),
        (&["import", "a.csv"], 2),
        (&["import", "a.csv"], 2),
        (&["import", "long.csv", "--skip-bad"], 900),
    ] {
        assert_eq!(unread(&home, args), (0, String::new()), "{args:?}");
        assert_eq!(home.say(&["log"]).lines().count(), ticks, "{args:?}");
    }
    assert_eq!(unread(&home, &["doctor"]).0, 0);
    home.write("bad.toml", "nonsense = 1\n");
    for json in
        [&["--config", "bad.toml", "doctor"][..], &["--config", "bad.toml", "doctor", "--json"]]
    {
        let (code, said) = unread(&home, json);
        assert_eq!(code, 78, "{said}");
        assert!(said.starts_with("inch: not in order: config."), "{said}");
    }
}

#[test]
fn a_reader_that_went_away_ends_it_quietly() {
    let home = Home::new();
    let lines: Vec<_> = (0..3000)
        .map(|at| {
            let day = chrono::NaiveDate::from_ymd_opt(2015, 1, 1).unwrap() + chrono::Days::new(at);
            format!("Read,{day},done,{}\n", "long ".repeat(20))
        })
        .collect();
    home.say(&["import", &home.write("a.csv", &lines.concat())]);
    let mut child =
        home.command(&["log"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
    if Path::new("/dev/full").exists() {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = home.command(&["log"]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(74));
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("no space left on device. Nothing was changed"), "{message}");
        for args in [
            &["done", "Read"][..],
            &["backup"],
            &["backup", "copy.db"],
            &["restore", "copy.db", "--yes"],
            &["export", "-o", "page.md"],
            &["export", "everything", "--format", "csv", "-o", "tables"],
        ] {
            let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
            let output = home.command(args).stdout(full).output().unwrap();
            assert_eq!(output.status.code(), Some(74), "{args:?}");
            assert_eq!(
                String::from_utf8(output.stderr).unwrap(),
                "inch: the output can't be written: no space left on device; what was asked for has been saved\n",
                "{args:?}"
            );
        }
        assert!(home.say(&["done", "Read"]).starts_with("Already done"));
    }
}
