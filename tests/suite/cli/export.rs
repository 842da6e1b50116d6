//! `export`: what is written where, and what is never written over.

use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
};

use super::Home;

/// A project that proves vectors, and a habit on them with two ticks before it shipped.
fn home() -> Home {
    let home = Home::new();
    home.say(&["habit", "add", "Read", "--topic", "vectors", "--from", "2026-11-01"]);
    for day in ["2026-11-02", "2026-11-03", "2026-11-20"] {
        home.say(&["-q", "done", "Read", "--on", day]);
    }
    let add = ["project", "add", "Bread & <b>butter</b>", "--status", "building"];
    home.say(
        &[&add[..], &["--topic", "vectors", "--level", "personal", "--today", "2026-11-02"]]
            .concat(),
    );
    home.say(&["project", "edit", "Bread", "--status", "shipped", "--today", "2026-11-10"]);
    home.say(&["project", "add", "Only an idea"]);
    home.say(&["topic", "set", "vectors", "mastered"]);
    home
}

#[test]
fn markdown_goes_to_standard_output() {
    let home = home();
    let written = home.say(&["export"]);
    assert!(written.starts_with("# Portfolio\n"), "{written}");
    assert!(written.contains("### Bread \\& \\<b\\>butter\\</b\\>\n"), "{written}");
    // Two ticks came before it was shipped, and one after.
    assert!(written.contains("grew from 2 tiny starts"), "{written}");
    assert!(written.contains("*shipped · 2 Nov 2026 – 10 Nov 2026"), "{written}");
    assert!(written.contains("- Vectors ("), "{written}");
    assert!(written.contains("3 tiny starts in the past year"), "{written}");
    assert!(!written.contains("Only an idea"), "{written}");
    assert!(home.say(&["export", "--all"]).contains("### Only an idea"));
    assert_eq!(home.say(&["export", "-o", "-"]), written);
}

#[test]
fn the_ending_of_the_file_tells_the_format() {
    let home = home();
    for (name, part, what) in [
        ("page.html", "<!DOCTYPE html>", "the portfolio"),
        (
            "resume.json",
            "\"$schema\"",
            "the portfolio as JSON Resume; `inch export everything` writes all your data",
        ),
        ("table.csv", "title,level,status", "the portfolio"),
        ("README.md", "# Ada", "the portfolio"),
    ] {
        let said = home.say(&["export", "--name", "Ada", "-o", name]);
        assert_eq!(said, format!("Wrote {name}: {what}. One idea is left out; --all shows it.\n"));
        let written = fs::read_to_string(home.path(name)).unwrap();
        assert!(written.contains(part), "{name}: {written}");
        let mode = fs::metadata(home.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert_eq!(home.say(&["export", "--all", "-o", "all.md"]), "Wrote all.md: the portfolio.\n");
    let message = home.fail(&["export", "-o", "page.pdf"], 64);
    assert!(message.contains("--format markdown, html, json-resume or csv"), "{message}");
    home.say(&["export", "-o", "page.txt", "--format", "markdown"]);
}

#[test]
fn the_name_is_the_configs_unless_another_is_given() {
    let home = home();
    fs::write(home.path("mine.toml"), "name = \"Grace Hopper\"\n").unwrap();
    let written = home.say(&["--config", "mine.toml", "export"]);
    assert!(written.starts_with("# Grace Hopper\n"), "{written}");
    let written = home.say(&["--config", "mine.toml", "export", "--name", "Ada"]);
    assert!(written.starts_with("# Ada\n"), "{written}");
}

#[test]
fn nothing_is_written_over_that_was_not_meant() {
    let home = home();
    fs::write(home.path("there.md"), "mine").unwrap();
    let message = home.fail(&["export", "-o", "there.md"], 73);
    assert!(message.contains("is there already") && message.contains("--force"), "{message}");
    assert_eq!(fs::read_to_string(home.path("there.md")).unwrap(), "mine");
    home.say(&["export", "-o", "there.md", "--force"]);
    assert!(fs::read_to_string(home.path("there.md")).unwrap().starts_with("# Portfolio"));
    fs::create_dir(home.path("folder.md")).unwrap();
    for name in ["folder.md", "/dev/null"] {
        let args = ["export", "--format", "markdown", "--force", "-o", name];
        assert!(home.fail(&args, 73).contains("Nothing was written"), "{name}");
    }
    let message = home.fail(&["export", "-o", "no/such/folder.md"], 73);
    assert!(message.contains("Make its folder first"), "{message}");
    let left = fs::read_dir(home.path(".")).unwrap().filter_map(|entry| {
        entry.unwrap().file_name().into_string().ok().filter(|name| name.starts_with(".inch-"))
    });
    assert_eq!(left.count(), 0, "no half file is left");
}

#[test]
fn the_data_file_and_what_stands_beside_it_are_safe() {
    let home = home();
    home.say(&["--db", "my.db", "habit", "add", "Read"]);
    let before = fs::read(home.path("my.db")).unwrap();
    // Somebody else has it open, so that its log is beside it.
    let other = rusqlite::Connection::open(home.path("my.db")).unwrap();
    other.query_row("SELECT count(*) FROM habit", [], |_| Ok(())).unwrap();
    for (link, to) in [("a.csv", "my.db"), ("b.csv", "my.db-wal"), ("c.csv", "my.db-shm")] {
        symlink(home.path(to), home.path(link)).unwrap();
    }
    // The file itself has one name only; inch opens no other.
    fs::hard_link(home.path("my.db-wal"), home.path("d.csv")).unwrap();
    fs::hard_link(home.path("my.db-shm"), home.path("e.csv")).unwrap();
    let names = ["my.db", "./my.db", "my.db-wal", "my.db-shm", "my.db-journal"];
    let links = ["a.csv", "b.csv", "c.csv", "d.csv", "e.csv"];
    for name in names.into_iter().chain(links) {
        for what in [&["everything"][..], &["portfolio", "--format", "csv"], &["report"]] {
            let args = [&["--db", "my.db", "export", "--force", "-o", name], what].concat();
            assert!(home.fail(&args, 64).contains("data file"), "{name} {what:?}");
        }
    }
    for link in links {
        fs::create_dir_all(home.path("tables")).unwrap();
        fs::rename(home.path(link), home.path("tables/sessions.csv")).unwrap();
        let tables = ["--db", "my.db", "export", "everything", "--format", "csv", "--force"];
        let message = home.fail(&[&tables[..], &["-o", "tables"]].concat(), 64);
        assert!(message.contains("data file"), "{link}: {message}");
        let left = fs::read_dir(home.path("tables")).unwrap();
        assert_eq!(left.count(), 1, "{link}: nothing was written, not even what was before it");
    }
    drop(other);
    assert_eq!(fs::read(home.path("my.db")).unwrap(), before);
}

#[test]
fn without_a_file_there_is_an_empty_page() {
    let home = Home::new();
    assert!(home.say(&["export"]).contains("No projects yet."));
    assert!(home.say(&["export", "--format", "html"]).contains("No projects yet."));
}
