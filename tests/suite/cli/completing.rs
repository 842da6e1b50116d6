//! Completions in real shells, and the manual page.
//!
//! A shell that is not on the machine is passed over; bash always is where tests run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use rusqlite::Connection;

use crate::terminal::{Home, INCH, Terminal};

/// A name in which any shell would find something to run.
const HOSTILE: &str =
    "Zeal $(touch pwned) `touch pwned`; touch pwned & 'x' \"y\" * ~ \\ !! {a,b} #";

fn say(home: &Home, args: &[&str]) -> String {
    let output = home.inch(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn home() -> Home {
    let home = Home::new();
    for name in ["Read one figure", "Read a page", HOSTILE, "Yoga isn't far"] {
        say(&home, &["habit", "add", name, "--from", "2026-01-01"]);
    }
    home
}

/// What is offered where the last word is being typed.
fn offered(home: &Home, line: &[&str]) -> Vec<String> {
    let place = (line.len() - 1).to_string();
    let printed = say(home, &[&["complete", &place, "--"], line].concat());
    let value = |line: &str| line.split('\t').next().unwrap().to_owned();
    printed.lines().map(value).collect()
}

#[test]
fn commands_options_and_names_are_offered() {
    let home = home();
    assert_eq!(offered(&home, &["inch", "don"]), ["done"]);
    assert_eq!(offered(&home, &["inch", "export", "p"]), ["portfolio"]);
    assert_eq!(offered(&home, &["inch", "export", "--format", "json"]), ["json", "json-resume"]);
    assert_eq!(offered(&home, &["inch", "export", "--fo"]), ["--format", "--force"]);
    assert_eq!(offered(&home, &["inch", "done", "read"]), ["Read one figure", "Read a page"]);
    assert_eq!(offered(&home, &["inch", "habit", "archive", "Yo"]), ["Yoga isn't far"]);
    assert!(offered(&home, &["inch", "habit", "unarchive", "Yo"]).is_empty());
    assert_eq!(offered(&home, &["inch", "topic", "set", "vec"]), ["vectors"]);
    assert_eq!(offered(&home, &["inch", "topic", "set", "vectors", "m"]), ["mastered"]);
    assert_eq!(offered(&home, &["inch", "done", "--on", ""]), ["today", "yesterday"]);
    assert_eq!(offered(&home, &["inch", "log", "--since", "Y"]), ["yesterday"]);
    assert!(offered(&home, &["inch", "done", "--on", "2026-"]).is_empty());
    assert!(offered(&home, &["inch", "done", "--note", ""]).is_empty());
    // Files are for the shell.
    for line in [&["inch", "export", "-o", ""][..], &["inch", "import", "a"], &["inch", "--db", ""]]
    {
        assert_eq!(offered(&home, line), [""], "{line:?}");
    }
    // Another file, named on the line.
    assert!(offered(&home, &["inch", "--db", "other.db", "done", "Read"]).is_empty());
    let there = format!("--db={}", home.path().join("data/inch/inch.db").display());
    assert!(offered(&home, &["inch", "--db=other.db", "done", "Read"]).is_empty());
    assert_eq!(offered(&home, &["inch", &there, "done", "Yo"]), ["Yoga isn't far"]);
    assert!(!home.path().join("other.db").exists());
}

#[test]
fn a_restore_offers_the_backups_the_newest_first() {
    let home = home();
    for _ in 0..3 {
        say(&home, &["backup"]);
    }
    let folder = home.path().join("data/inch/backups");
    let made = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut made: Vec<_> = made.map(|path| path.to_str().unwrap().to_owned()).collect();
    made.sort();
    made.reverse();
    assert_eq!(made.len(), 3);
    assert_eq!(offered(&home, &["inch", "restore", ""]), made);
    assert_eq!(offered(&home, &["inch", "restore", &made[1].to_uppercase()]), made[1..2]);
    // Another file is for the shell.
    assert_eq!(offered(&home, &["inch", "restore", "/media/"]), [""]);
    assert_eq!(offered(&home, &["inch", "restore", "--y"]), ["--yes"]);
}

#[test]
fn what_can_not_be_typed_or_read_is_not_offered() {
    let home = home();
    let sql = Connection::open(home.path().join("data/inch/inch.db")).unwrap();
    for (like, name) in [("Read o%", "Read\nrm"), ("Read a%", "Read \u{1b}[31m"), ("Yoga%", "-q")] {
        sql.execute("UPDATE habit SET name = ?1 WHERE name LIKE ?2", (name, like)).unwrap();
    }
    drop(sql);
    assert_eq!(offered(&home, &["inch", "done", ""]), [HOSTILE]);
    // Whatever is wrong, there is silence: somebody is typing.
    fs::create_dir_all(home.path().join("config/inch")).unwrap();
    fs::write(home.path().join("config/inch/config.toml"), "nonsense").unwrap();
    assert_eq!(offered(&home, &["inch", "done", ""]), [HOSTILE]);
    fs::write(home.path().join("no.db"), "no database").unwrap();
    assert!(offered(&home, &["inch", "--db", "no.db", "done", ""]).is_empty());
}

/// Every file below, with its bytes and when it was written.
fn all(folder: &Path) -> Vec<(PathBuf, Vec<u8>, SystemTime)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all(&path));
        } else {
            let written = path.metadata().unwrap().modified().unwrap();
            found.push((path.clone(), fs::read(&path).unwrap(), written));
        }
    }
    found.sort();
    found
}

#[test]
fn to_complete_a_name_alters_nothing_and_waits_for_nobody() {
    let home = home();
    let data = home.path().join("data/inch");
    let offers = |line: &[&str]| {
        let before = all(home.path());
        let offered = offered(&home, line);
        assert_eq!(all(home.path()), before, "{line:?}");
        offered
    };
    let lines = [&["inch", "done", "Read"][..], &["inch", "topic", "set", "vec"]];
    let read = ["Read one figure", "Read a page"];
    assert_eq!(lines.map(&offers), [&read[..], &["vectors"]]);
    // As a kill leaves it: a log, and no index of it.
    let sql = Connection::open(data.join("inch.db")).unwrap();
    sql.execute("UPDATE habit SET name = 'Read on' WHERE name = 'Read a page'", []).unwrap();
    let left = ["inch.db", "inch.db-wal"].map(|name| fs::read(data.join(name)).unwrap());
    sql.close().unwrap();
    fs::write(data.join("inch.db"), &left[0]).unwrap();
    fs::write(data.join("inch.db-wal"), &left[1]).unwrap();
    assert_eq!(offers(lines[0]), ["Read one figure", "Read on"]);
    // A tick under way elsewhere.
    let other = Connection::open(data.join("inch.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(offered(&home, lines[0]), ["Read one figure", "Read on"]);
    drop(other);
    // An older inch's, which only a command brings up to date.
    let old = Connection::open(home.path().join("old.db")).unwrap();
    old.execute_batch(include_str!("../schemas/1.sql")).unwrap();
    old.close().unwrap();
    offers(&["inch", "--db", "old.db", "done", ""]);
    offers(&["inch", "--db", "old.db", "topic", "set", "vec"]);
    fs::write(home.path().join("bad.db"), &left[0][..5000]).unwrap();
    assert!(offers(&["inch", "--db", "bad.db", "done", ""]).is_empty());
    assert!(offers(&["inch", "--db", "none.db", "done", ""]).is_empty());
}

/// A shell that has read its script, waiting at its prompt.
fn shell(home: &Home, shell: &str, script: &str) -> Option<Terminal> {
    if Command::new(shell).arg("--version").output().is_err() {
        println!("{shell} is not here: passed over");
        return None;
    }
    let file = home.path().join("_inch");
    fs::write(&file, say(home, &["completions", shell])).unwrap();
    let start = home.path().join("start");
    let file = file.to_str().unwrap();
    fs::write(&start, script.replace("SCRIPT", file)).unwrap();
    let start = start.to_str().unwrap();
    let mut command = match shell {
        "bash" => home.program(shell, &["--noprofile", "--rcfile", start, "-i"]),
        "fish" => {
            home.program(shell, &["--no-config", "--init-command", &format!("source {start}")])
        }
        _ => {
            fs::rename(start, home.path().join(".zshrc")).unwrap();
            home.program(shell, &["-d", "-i"])
        }
    };
    let bin = Path::new(INCH).parent().unwrap().to_str().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{bin}:{path}"));
    let mut terminal = Terminal::open(command, 200, 24);
    terminal.wait_for("ready>");
    Some(terminal)
}

/// Types beginnings and Tab; what comes of it is ticked, and nothing else is run.
fn ticks_what_was_completed(name: &str, script: &str) {
    let home = home();
    let Some(mut terminal) = shell(&home, name, script) else { return };
    for (typed, completed, habit) in [
        ("inch done Ze\t", "touch", HOSTILE),
        ("inch done yO\t", "far", "Yoga isn't far"),
        ("inch done 'Read on\t", "figure", "Read one figure"),
        ("inch done \"Read a\t", "page", "Read a page"),
    ] {
        terminal.send(typed);
        terminal.wait_until(completed, |screen| {
            let line = screen.contents();
            let line = line.trim_end().rsplit("ready>").next().unwrap();
            line.contains(completed)
        });
        let is_open = |quote| typed.matches(quote).count() == 1;
        // Shells differ in whether they close the quote.
        let screen = terminal.screen().contents();
        let line = screen.trim_end().rsplit("ready>").next().unwrap().trim_end().to_owned();
        for quote in ['\'', '"'] {
            if is_open(quote) && line.matches(quote).count() == 1 {
                terminal.send(&quote.to_string());
            }
        }
        terminal.send("\r");
        terminal.wait_for(&format!("✓ {habit} · 1 day"));
        terminal.send("clear\r");
        terminal.wait_until("an empty screen", |screen| screen.contents().trim() == "ready>");
    }
    // A day is no file, and a backup is one that is known.
    fs::write(home.path().join("file.csv"), "").unwrap();
    say(&home, &["backup"]);
    for (typed, completed) in [
        ("inch done --on fi\tx", "--on fix"),
        ("inch done --on yes\t", "--on yesterday"),
        ("inch import fi\t", "import file.csv"),
        ("inch restore \t", ".asked"),
    ] {
        terminal.send(typed);
        terminal.wait_for(completed);
        terminal.send("\x15clear\r");
        terminal.wait_until("an empty screen", |screen| screen.contents().trim() == "ready>");
    }
    assert!(!home.path().join("pwned").exists(), "{name} ran a part of a name");
    terminal.send("exit\r");
    terminal.wait_exit(crate::terminal::PATIENCE);
    let log: serde_json::Value = serde_json::from_str(&say(&home, &["log", "--json"])).unwrap();
    assert_eq!(log.as_array().unwrap().len(), 4);
}

#[test]
fn bash_completes_names_and_runs_none_of_them() {
    ticks_what_was_completed(
        "bash",
        "PS1='ready> '\nbind 'set enable-bracketed-paste off'\nsource SCRIPT\n",
    );
}

#[test]
fn zsh_completes_names_and_runs_none_of_them() {
    let start = "PS1='ready> '\nunset zle_bracketed_paste\nautoload -Uz compinit\n";
    // As somebody reads it, and as a package installs it.
    for way in ["compinit -u -D\nsource SCRIPT\n", "fpath=(~ $fpath)\ncompinit -u -D\n"] {
        ticks_what_was_completed("zsh", &format!("{start}{way}"));
    }
}

#[test]
fn fish_completes_names_and_runs_none_of_them() {
    ticks_what_was_completed(
        "fish",
        "function fish_greeting; end\nfunction fish_prompt; echo -n 'ready> '; end\nsource SCRIPT\n",
    );
}

#[test]
fn the_manual_page_tells_of_every_command_and_option() {
    let home = Home::new();
    let page = say(&home, &["man"]);
    assert!(page.contains(".TH inch 1"), "{page}");
    for part in [
        ".SS \"inch habit add [OPTIONS] <NAME>\"",
        ".SS \"inch export [OPTIONS] [WHAT]\"",
        "\\-\\-schedule",
        "\\-\\-dry\\-run",
        ".SH \"EXIT STATUS\"",
        "\\fBinch\\fR [\\fB\\-\\-db\\fR \\fIFILE\\fR] ",
        " [\\fB\\-\\-color\\fR \\fIWHEN\\fR] [\\fB\\-q\\fR|\\fB\\-\\-quiet\\fR] ",
        " [\\fICOMMAND\\fR]\n",
        "INCH_DB",
        "json\\-resume",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("inch complete "), "what is hidden stays hidden");
    assert_eq!(page.matches("INCH_CONFIG").count(), 2, "what holds everywhere is said once");
}
