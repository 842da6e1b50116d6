//! Marks, undo, and which habit is meant.

use std::process::Stdio;

use serde_json::{Value, json};

use super::Home;

#[test]
fn ticking_says_how_far_it_got_and_is_never_a_toggle() {
    let home = Home::new();
    home.say(&["habit", "add", "Read one figure", "--from", "2026-11-19"]);
    for day in ["2026-11-19", "-3", "2026-11-21", "yesterday"] {
        home.say(&["done", "read", "--on", day]);
    }
    assert_eq!(home.say(&["done"]), "✓ Read one figure · 5 days\n");
    assert_eq!(
        home.say(&["done", "Read one figure"]),
        "Already done: ✓ Read one figure · 5 days\n"
    );
    assert_eq!(home.say(&["done"]), "All done for today. Well done.\n");
    assert_eq!(home.say(&["--quiet", "done"]), "");
    assert_eq!(home.stats("Read")["current_streak"], 5);
}

#[test]
fn without_a_habit_the_first_unfinished_one_is_ticked() {
    let home = Home::new();
    home.fail(&["done"], 66);
    home.say(&["habit", "add", "Tuesdays", "--schedule", "tue"]);
    assert_eq!(home.say(&["done"]), "Nothing is due today.\n");
    home.say(&["habit", "add", "First"]);
    home.say(&["habit", "add", "Second"]);
    assert_eq!(home.say(&["done"]), "✓ First · 1 day\n");
    assert_eq!(home.say(&["rest"]), "– Second · rest\n");
    assert_eq!(home.say(&["rest", "Second"]), "Already resting: – Second · rest\n");
    home.fail(&["clear"], 64);
    assert_eq!(home.say(&["clear", "First"]), "Mark removed: First · Mon 23 Nov\n");
    assert_eq!(home.say(&["clear", "First"]), "There is no mark: First · Mon 23 Nov\n");
    assert_eq!(home.say(&["clear"]), "Mark removed: Second · Mon 23 Nov\n");
}

#[test]
fn another_day_is_confirmed_with_its_own_week() {
    let home = Home::new();
    home.say(&["habit", "add", "Run", "--schedule", "3/week", "--from", "2025-01-01"]);
    home.say(&["done", "Run"]);
    assert_eq!(
        home.say(&["done", "Run", "--on", "2026-11-03"]),
        "✓ Run · Tue 3 Nov · 1/3 · 2 in all\n"
    );
    assert_eq!(
        home.say(&["done", "Run", "--on", "2026-11-05"]),
        "✓ Run · Thu 5 Nov · 2/3 · 3 in all\n"
    );
    assert_eq!(
        home.say(&["done", "Run", "--on", "2025-03-05"]),
        "✓ Run · Wed 5 Mar 2025 · 1/3 · 4 in all\n"
    );
}

#[test]
fn with_all_habits_archived_it_says_how_to_bring_one_back() {
    let home = Home::new();
    home.say(&["habit", "add", "Read"]);
    home.say(&["habit", "archive", "Read"]);
    let message = home.fail(&["done"], 66);
    let status = home.say(&["status"]);
    for said in [message, status] {
        assert!(said.contains("all habits are archived. Bring one back: inch habit un"), "{said}");
    }
    let message = home.fail(&["clear"], 66);
    assert!(message.contains("--on DATE"), "{message}");
}

#[test]
fn a_second_process_takes_back_and_makes_again() {
    let home = Home::new();
    home.say(&["habit", "add", "Read"]);
    assert_eq!(home.say(&["redo"]), "There is nothing to make again.\n");
    home.say(&["done", "Read", "--on", "yesterday", "--note", "two\nlines"]);
    assert_eq!(home.say(&["undo"]), "Took back: done and note · Read · Sun 22 Nov\n");
    assert_eq!(home.json(&["log", "--json"]), json!([]));
    assert_eq!(home.say(&["redo"]), "Made again: done and note · Read · Sun 22 Nov\n");
    assert_eq!(home.json(&["log", "--json"])[0]["note"], "two\nlines");
    home.say(&["clear", "Read", "--on", "yesterday"]);
    assert_eq!(home.json(&["log", "--json"])[0]["mark"], Value::Null);
    home.say(&["undo"]);
    home.say(&["undo"]);
    assert_eq!(home.say(&["undo"]), "Took back: new habit · Read\n");
    assert_eq!(home.say(&["undo"]), "There is nothing to take back.\n");
}

#[test]
fn habits_are_found_by_id_name_or_beginning_and_never_guessed() {
    let home = Home::new();
    for name in ["Read", "Read one figure", "Run"] {
        home.say(&["habit", "add", name]);
    }
    let id = home.stats("Run")["id"].as_str().unwrap().to_owned();
    assert_eq!(home.say(&["done", &id]), "✓ Run · 1 day\n");
    assert_eq!(home.say(&["done", "read o"]), "✓ Read one figure · 1 day\n");
    assert_eq!(home.say(&["done", "Read"]), "✓ Read · 1 day\n");
    let message = home.fail(&["done", "R"], 64);
    assert!(message.contains("  Read one figure  ") && message.contains(&id), "{message}");
    assert!(message.contains("Nothing was changed"));
    home.fail(&["done", "figure"], 66);
    home.fail(&["done", ""], 64);
    home.say(&["habit", "archive", "Run"]);
    home.say(&["habit", "add", "Run"]);
    assert_eq!(home.say(&["done", "Run"]), "✓ Run · 1 day\n");
    assert_ne!(home.json(&["log", "Run", "--json"])[0]["habit"], json!(id));
}

#[test]
fn two_processes_that_tick_at_once_both_succeed() {
    let home = Home::new();
    home.say(&["habit", "add", "Read", "--from", "2026-11-01"]);
    let children: Vec<_> = (0..8)
        .map(|at| {
            home.command(&["done", "Read", "--on", &format!("-{at}")])
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    assert_eq!(home.stats("Read")["current_streak"], 8);
}
