//! The whole chain in a real terminal: a tick grows into a session, a session counts for a topic, a
//! project proves the topic, and the page that others see says all of it.

use inch::{config::Config, domain::project::Status};

use crate::{
    fixture::{Person, learner},
    terminal::{Exit, Home, INCH, PATIENCE, Terminal, row_with, shows},
};

/// Waits until the header shows that a session on it has gone on for a second or more: shorter ones
/// are not kept.
fn wait_going(terminal: &mut Terminal, on: &str) {
    terminal.wait_until(&format!("a session on {on}"), |screen| {
        (1..60).any(|seconds| {
            let clock = format!("▶ 0:{seconds:02} ");
            row_with(screen, &clock).is_some_and(|row| row.contains(on))
        })
    });
}

/// What a page says, without its tags.
fn words(html: &str) -> String {
    let body = &html[html.find("<body>").unwrap()..];
    let mut words = String::new();
    let mut is_tag = false;
    for c in body.chars() {
        match c {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                words.push(' ');
            }
            c if !is_tag => words.push(c),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn from_ten_seconds_to_a_line_in_the_portfolio() {
    let home = Home::new();
    let day = ["--today", "2026-11-24"];
    let add = ["-q", "habit", "add", "Read one figure", "--topic", "vectors", "--seconds", "5"];
    assert!(home.inch(&[&day[..], &add].concat()).status().unwrap().success());
    let mut terminal = Terminal::open(home.program(INCH, &day), 100, 30);

    // The tick, which comes by itself, and going on.
    terminal.wait_for("○ Read one figure");
    terminal.send("\r");
    terminal.wait_for("Keep going on Vectors?");
    assert!(shows(&terminal.screen(), "✓ done"));
    terminal.send("\r");
    wait_going(&mut terminal, "Vectors");
    terminal.send("\r");
    terminal.wait_for("Kept ");
    terminal.wait_for("✓ Read one figure");

    // What was studied is with the topic.
    terminal.send("2/vectors\r");
    terminal.wait_for("in 1 session");

    // A project, from an idea to what is shipped, with a session of its own.
    terminal.send("3a\r");
    terminal.wait_for("An idea, educational");
    terminal.send("Bus times\r");
    terminal.wait_for("c weighs it");
    for status in ["scoped", "building", "shipped"] {
        terminal.send(" ");
        terminal.wait_for(&format!("is {status} since"));
    }
    terminal.send("\r");
    wait_going(&mut terminal, "Bus times");
    terminal.send("\r");
    terminal.wait_for("Kept ");

    // Learning, practising, and mastered with the project as evidence.
    terminal.send("2 ");
    terminal.wait_for("learning since");
    terminal.send(" ");
    terminal.wait_for("practising since");
    terminal.send(" ");
    terminal.wait_for("Mastered: “Vectors”");
    terminal.send("\x1b[C\x13");
    terminal.wait_for("mastered since");
    terminal.wait_for("● Vectors");
    terminal.send("3");
    terminal.wait_for("in 1 session · grew from 1 tiny start");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));

    let export = ["export", "--name", "Ada", "-o", "page.html"];
    let said = home.inch(&[&day[..], &export].concat()).output().unwrap();
    assert_eq!(String::from_utf8(said.stdout).unwrap(), "Wrote page.html: the portfolio.\n");
    let page = words(&std::fs::read_to_string(home.path().join("page.html")).unwrap());
    for part in [
        "Ada 1 project · 1 topic mastered · 1 tiny start in the past year",
        "Bus times shipped 24 Nov 2026 ",
        "Shows Vectors ",
        "grew from 1 tiny start",
        "A year of tiny starts: 1 day with at least one.",
        "Vectors 24 Nov 2026 · ",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let told = |from: &str, to: &str| {
        let (_, rest) = page.split_once(from).unwrap();
        rest.split_once(to).unwrap().0.to_owned()
    };
    assert!(
        told("Bus times shipped 24 Nov 2026 ", "Shows Vectors").contains(" s in 1 session"),
        "{page}"
    );
    let vectors = told("Vectors 24 Nov 2026 · ", " s Shown by Bus times");
    let seconds: u32 = vectors.parse().unwrap();
    assert!((5..60).contains(&seconds), "the tiny start and what came after: {vectors}");
}

/// The starts that the detail of the selected project names.
fn starts(person: &Person) -> u64 {
    let screen = person.screen();
    let (_, rest) = screen.split_once("grew from ").expect("it says what it grew from");
    rest.split_once(" tiny start").unwrap().0.replace(',', "").parse().unwrap()
}

#[test]
fn a_project_says_what_it_grew_from_until_it_was_shipped() {
    let mut person = Person::new(learner(), Config::default(), 120, 40);
    person.press("3 / \"digits enter esc");
    assert_eq!(person.model.selected_project().unwrap().draft.status, Status::Shipped);
    let shipped = starts(&person);
    person.press("/ \"predict enter esc");
    assert_eq!(person.model.selected_project().unwrap().draft.status, Status::Building);
    let building = starts(&person);
    assert!(0 < shipped && shipped < building, "{shipped} {building}");
    // One more tick of the habit on a topic that it proves, and one of another habit.
    person.press("1 / \"figure enter esc space 3");
    assert_eq!(starts(&person), building + 1);
    person.press("1 / \"flash enter esc space 3");
    assert_eq!(starts(&person), building + 1);
    person.press("u u");
    assert_eq!(starts(&person), building);
    // An idea that proves a topic without a habit grew from nothing.
    person.press("a enter \"Fresh enter");
    assert!(!person.screen().contains("grew from"), "{}", person.screen());
}
