//! `[keys]`: rebound keys work in the app, and what can't be is told before anything is opened.

use std::{fs, path::PathBuf};

use inch::{
    config::{Config, KeyRow},
    domain::{change::Change, day::plus, ids::TopicId, topic::TopicState},
    keymap::{contexts, rebind::stacks},
};

use crate::{
    fixture::{Memory, Person, beginner, learner, nobody, today},
    terminal::{Exit, Home, INCH, PATIENCE, Terminal},
};

fn config(home: &Home, text: &str) -> PathBuf {
    let path = home.path().join("mine.toml");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_rebound_key_works_and_its_old_one_does_not() {
    let home = Home::new();
    let text = "[keys.today]\ntoggle-check-in = [\"T\", \"f5\"]\n";
    let path = config(&home, text).display().to_string();
    assert!(home.inch(&["habit", "add", "First"]).output().unwrap().status.success());
    let mut terminal = Terminal::open(home.program(INCH, &["--config", &path]), 80, 24);
    terminal.wait_for(" T tick");
    terminal.send(" ");
    terminal.wait_read();
    terminal.send("T");
    terminal.wait_for("✓ First");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
}

#[test]
fn a_clash_ends_every_command_with_78_and_names_both() {
    let home = Home::new();
    let text = "theme = \"dark\"\n\n[keys.today]\nadd = \"space\"\n";
    let path = config(&home, text).display().to_string();
    for command in [&[][..], &["config"], &["status"]] {
        let output = home.inch(&[&["--config", &path], command].concat()).output().unwrap();
        assert_eq!(output.status.code(), Some(78), "{command:?}");
        let message = String::from_utf8(output.stderr).unwrap();
        for part in [
            "mine.toml, line 4: ",
            "space",
            "toggle-check-in in [keys.today]",
            "add in [keys.today]",
            "Nothing was changed",
        ] {
            assert!(message.contains(part), "{part}: {message}");
        }
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    }
}

#[test]
fn the_printed_keys_read_back() {
    let home = Home::new();
    let print = |path: &str| {
        let output = home.inch(&["--config", path, "config"]).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{error}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().skip(1).collect::<Vec<_>>().join("\n")
    };
    let path = config(&home, "[keys.today]\nadd = \"\\\"\"\n[keys.global]\ncopy = []\n");
    let printed = print(&path.display().to_string());
    assert!(printed.contains("\nadd = \"\\\"\" # Add one here\n"), "{printed}");
    assert!(printed.contains("\ncopy = [] # Copy as text\n"), "{printed}");
    let again = home.path().join("again.toml");
    fs::write(&again, &printed).unwrap();
    assert_eq!(print(&again.display().to_string()), printed);
}

#[test]
fn every_stack_that_is_reached_is_looked_through_for_clashes() {
    let stacks = stacks();
    let mut reached = Vec::new();
    let stories = [
        "",
        "0",
        "2",
        "2 0",
        "3",
        "3 j 0",
        "z",
        "?",
        ":",
        "s",
        "n",
        "e",
        "/",
        "e \"x esc",
        "2 a",
        "3 a",
        "d",
        ": \"rehearse enter",
        "enter",
        "enter ~10",
        "enter ~10 enter",
        "3 j enter",
        "2 v",
    ];
    for memory in [learner, nobody] {
        for story in stories {
            let mut person = Person::new(memory(), Config::default(), 120, 40);
            person.press(story);
            let stack = contexts(&person.model);
            assert!(stacks.iter().any(|known| known == stack), "{stack:?}");
            reached.push(stack.to_vec());
        }
    }
    assert!(stacks.iter().all(|known| reached.contains(known)), "a stack that nobody reaches");
}

/// Somebody with keys of their own, written as `place action key`, after some of them were pressed.
fn after(memory: Memory, keys: &[&str], pressed: &str) -> Person {
    let row = |text: &&str| {
        let words: Vec<_> = text.split(' ').map(str::to_owned).collect();
        let (place, action) = (words[0].clone(), words[1].clone());
        KeyRow { line: 1, place, action, chords: words[2..].to_vec() }
    };
    let config = Config { keys: keys.iter().map(row).collect(), ..Config::default() };
    let mut person = Person::new(memory, config, 120, 40);
    person.press(pressed);
    person
}

#[test]
fn sentences_name_the_keys_in_force() {
    let keys = [
        "today toggle-check-in f5",
        "today start f6",
        "global undo f7",
        "curriculum write-goal f8",
        "portfolio fill-scope f10",
        "form enter f9",
    ];
    for (memory, pressed, said) in [
        (beginner(), "", "f5 ticks, f6 counts 10 s down."),
        (beginner(), "x", "f7 brings it back."),
        (beginner(), "f6 esc", "f5 ticks without a timer."),
        (beginner(), "2 z", "No goal written down yet (f8)"),
        (beginner(), "2 f8 \"More ctrl-s", "Goal saved. z shows it, f7 takes it back."),
        (nobody(), "esc a enter \"Read ctrl-s", "Added “Read”. f5 ticks it."),
        (nobody(), "esc 3 a enter \"Sines ctrl-s", "(f10)"),
        (beginner(), "e tab tab tab tab tab \"Vec", "f9: Vectors"),
    ] {
        let screen = after(memory, &keys, pressed).screen();
        assert!(screen.contains(said), "{pressed}: {screen}");
    }
}

#[test]
fn the_footer_offers_to_take_back_whatever_was_changed() {
    for (memory, pressed) in
        [(nobody(), "esc 2 z W \"More ctrl-s"), (beginner(), ": \"delete enter y")]
    {
        let mut person = after(memory, &[], pressed);
        person.press("esc");
        assert!(person.model.notice.is_none());
        assert!(person.screen().contains("u undo"), "{pressed}: {}", person.screen());
    }
}

#[test]
fn today_offers_the_reviews_that_its_header_counts_without_a_habit_too() {
    let mut memory = nobody();
    let topic = TopicId("vectors".to_owned());
    let on = plus(today(), -30);
    memory.apply(&Change::TopicSet { topic, state: TopicState::Mastered, on }).unwrap();
    let screen = after(memory, &[], "esc").screen();
    assert!(screen.contains("1 review") && screen.contains("v review"), "{screen}");
    assert!(!after(nobody(), &[], "esc").screen().contains("v review"));
}

#[test]
fn a_sentence_leaves_out_what_no_key_does() {
    let keys = ["today start", "global undo", "curriculum write-goal"];
    for (pressed, said) in [
        ("", ". space ticks.  "),
        ("x", "Archived “Watch 10 seconds of a lesson”.  "),
        ("2 z", "No goal written down yet: "),
    ] {
        let screen = after(beginner(), &keys, pressed).screen();
        assert!(screen.contains(said), "{pressed}: {screen}");
    }
}
