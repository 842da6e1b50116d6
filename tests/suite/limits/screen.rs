//! The same limits as the screen meets them.

use std::fmt::Write as _;

use chrono::NaiveDate;
use inch::domain::day::plus;
use rusqlite::Connection;

use super::*;
use crate::terminal::shows;

impl Person {
    fn app(&self, columns: u16, rows: u16) -> Terminal {
        // So that the app has none to make.
        self.say(&["backup"]);
        let args = ["--today", TODAY];
        let mut app = Terminal::open(self.home.program(INCH, &args), columns, rows);
        app.wait_for("1/1 today");
        app
    }
}

#[test]
fn no_more_than_a_thousand_by_five_hundred_is_drawn() {
    let person = Person::new();
    for (columns, rows) in [(1000, 500), (1300, 600), (1300, 30), (100, 600)] {
        let mut app = person.app(columns, rows);
        app.wait_for("? help");
        let screen = app.screen();
        let (width, height) = (columns.min(1000), rows.min(500));
        let is_empty = |row: u16, column: u16| {
            screen.cell(row, column).is_none_or(|cell| cell.contents().trim().is_empty())
        };
        let drawn = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        let mut drawn = drawn.filter(|(row, column)| !is_empty(*row, *column));
        let beyond = drawn.find(|(row, column)| *row >= height || *column >= width);
        assert_eq!(beyond, None, "{columns}×{rows}");
        let footer = (0..columns).any(|column| !is_empty(height - 1, column));
        assert!(footer, "all of it is used: {columns}×{rows}");
        app.send("q");
        assert_eq!(app.wait_exit(PATIENCE), Exit::with(0));
    }
}

#[test]
fn names_that_are_typed_have_the_same_limits() {
    let person = Person::new();
    let mut app = person.app(120, 40);
    let before = Kept::all(person.home.path());
    for (keys, field, what) in [
        ("1a\r", "Name", "the name"),
        ("2a", "New topic", "the title"),
        ("3a\r", "An idea, ", "the title"),
    ] {
        app.send(keys);

        app.wait_for(field);
        app.paste(&"x".repeat(201));
        app.send("\x13");
        app.wait_for(&format!("{what} has 201 characters; at most 200 are kept; shorten it"));
        app.send("\x1b");
        app.wait_for("Leave without saving?");
        app.send("y");
        app.wait_until("the pane", |screen| !shows(screen, "Leave without saving?"));
    }
    app.send("q");
    assert_eq!(app.wait_exit(PATIENCE), Exit::with(0));
    before.is_untouched("what was typed");
}

#[test]
fn a_tick_that_has_to_wait_is_shown_and_lost_only_with_a_word() {
    let person = Person::new();
    let mut app = person.app(300, 24);
    let before = Kept::all(person.home.path());
    let other = Connection::open(&person.db).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    app.send(" ");
    app.wait_for("1 not saved");
    let waits = person.filled(
        "{db} is being written by another program. Nothing was saved; all that was saved before is \
         as it was; it may work in a moment",
    );
    app.wait_for(&format!("{waits}. The change waits and is tried again by itself."));
    app.send("q");
    app.wait_for("Quit with 1 not saved?");
    app.send("y");
    assert_eq!(app.wait_exit(PATIENCE), Exit::with(75));
    let said = String::from_utf8(app.received()).unwrap();
    let lost = format!("inch: 1 change could not be saved. {waits}.\r\n");
    assert!(said.contains(&lost), "{said}");
    drop(other);
    before.is_untouched("a tick that had to wait");
}

/// Only builds that are not handed out can be asked for a bug.
#[cfg(debug_assertions)]
#[test]
fn a_bug_is_told_and_touches_nothing() {
    let person = Person::new();
    person.say(&["backup"]);
    let before = Kept::all(person.home.path());
    let mut command = person.home.program(INCH, &["--today", TODAY]);
    command.env("INCH_PANIC_AT_KEY", "1");
    let mut app = Terminal::open(command, 80, 24);
    app.wait_for("? help");
    app.send(" ");
    assert_eq!(app.wait_exit(PATIENCE), Exit::with(70));
    assert!(app.picture().contains("a key is a bug"), "{}", app.picture());
    before.is_untouched("a bug");
}

#[test]
fn damage_that_no_frame_needs_is_found_after_the_first_one() {
    let person = Person::new();
    let mut days = String::new();
    for number in 0..2_000 {
        let day = plus(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(), number);
        writeln!(days, "Read,{day},done,{}", "x".repeat(200)).unwrap();
    }
    person.write("a.csv", days);
    person.say(&["-q", "import", "a.csv"]);
    let mut bytes = fs::read(&person.db).unwrap();
    // A leaf of the table of check-ins, which has no row ids (sqlite.org/fileformat2.html).
    let is_leaf = |page: &[u8]| page[0] == 0x0a && page.windows(10).any(|at| at == b"2022-06-01");
    let page = bytes.chunks_mut(4096).find(|page| is_leaf(page)).unwrap();
    page.fill(0x5a);
    fs::write(&person.db, bytes).unwrap();
    fs::remove_dir_all(person.db.with_file_name("backups")).unwrap();
    let before = fs::read(&person.db).unwrap();
    let mut app = Terminal::open(person.home.program(INCH, &["--today", TODAY]), 300, 24);
    app.wait_for("1/1 today");
    app.wait_for(&person.filled(
        "{db} is damaged: database disk image is malformed. Nothing was changed, and every backup is \
         kept. `inch doctor` tells more; there is no good backup, so keep a copy of the file and of \
         its -wal",
    ));
    app.send("q");
    assert_eq!(app.wait_exit(PATIENCE), Exit::with(0));
    assert_eq!(fs::read(&person.db).unwrap(), before);
}
