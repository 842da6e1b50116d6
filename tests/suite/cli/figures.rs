//! What is read: status, stats and log, in both forms.

use serde_json::{Value, json};

use super::{Home, TODAY, keys};

#[test]
fn status_has_its_promised_form() {
    let home = Home::new();
    assert!(home.say(&["status"]).contains("no habits yet"));
    assert_eq!(home.say(&["status", "--prompt"]), "✓0/0\n");
    home.say(&["habit", "add", "Read"]);
    home.say(&["habit", "add", "日本語", "--schedule", "3/week"]);
    home.say(&["habit", "add", "Tuesdays", "--schedule", "tue"]);
    home.say(&["habit", "add", "Gone"]);
    home.say(&["habit", "archive", "Gone"]);
    home.say(&["done", "Read"]);
    home.say(&["rest", "日"]);
    assert_eq!(home.say(&["status", "--json"]).lines().count(), 1);
    let status = home.json(&["status", "--json"]);
    assert_eq!(keys(&status).len(), 4);
    assert_eq!(
        (&status["today"], &status["done"], &status["due"]),
        (&json!(TODAY), &json!(1), &json!(1))
    );
    let rows: Vec<_> = status["habits"]
        .as_array()
        .unwrap()
        .iter()
        .cloned()
        .map(|mut row| {
            assert_eq!(row["id"].as_str().unwrap().len(), 36);
            row.as_object_mut().unwrap().remove("id");
            row
        })
        .collect();
    assert_eq!(
        rows,
        [
            json!({"name": "Read", "due": true, "mark": "done", "done": 1, "quota": 1, "current_streak": 1}),
            json!({"name": "日本語", "due": false, "mark": "rest", "done": 0, "quota": 3, "current_streak": 0}),
            json!({"name": "Tuesdays", "due": false, "mark": null, "done": 0, "quota": 0, "current_streak": 0}),
        ]
    );
    assert_eq!(home.say(&["status", "--prompt"]), "✓1/1\n");
    assert_eq!(
        home.say(&["status"]),
        "Mon 23 Nov · 1 of 1 done\n✓ Read           1 day\n– 日本語    0/3\n· Tuesdays\n"
    );
    home.fail(&["status", "--prompt", "--json"], 64);
}

#[test]
fn stats_have_their_promised_form() {
    let home = Home::new();
    home.say(&["habit", "add", "Read", "--from", "2026-11-03"]);
    for day in ["2026-11-03", "2026-11-04", "2026-11-20", "2026-11-21", "2026-11-22"] {
        home.say(&["done", "Read", "--on", day]);
    }
    home.say(&["habit", "add", "Gone", "--schedule", "every 4 days"]);
    home.say(&["habit", "archive", "Gone"]);
    let stats = home.json(&["stats", "--json"]);
    assert_eq!(stats["today"], TODAY);
    let mut read = stats["habits"][0].clone();
    let strength = read["strength"].as_f64().unwrap();
    assert!(strength > 0.0 && strength < 1.0);
    let known = read.as_object_mut().unwrap();
    known.remove("id");
    known.remove("strength");
    let streak = |length, first, last| json!({"length": length, "first": first, "last": last});
    assert_eq!(
        read,
        json!({
            "name": "Read", "schedule": "daily", "archived_on": null, "current_streak": 3,
            "longest_streak": streak(3, "2026-11-20", "2026-11-22"),
            "streaks": [streak(2, "2026-11-03", "2026-11-04"), streak(3, "2026-11-20", "2026-11-22")],
            "rate_7": 0.5, "rate_30": 0.25, "rate_365": 0.25, "lifetime": 5,
        })
    );
    let gone = &stats["habits"][1];
    assert_eq!(gone["archived_on"], TODAY);
    assert_eq!(gone["schedule"], "every 4 days");
    assert_eq!((&gone["longest_streak"], &gone["rate_7"]), (&Value::Null, &Value::Null));
    let text = home.say(&["stats"]);
    assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
    assert!(home.say(&["stats", "Read"]).contains("Best streaks"));
}

#[test]
fn the_log_is_dated_newest_last_and_can_be_narrowed() {
    let home = Home::new();
    home.say(&["habit", "add", "Read", "--from", "2026-11-01"]);
    home.say(&["habit", "add", "Run"]);
    home.say(&["done", "Run"]);
    home.say(&["done", "Read", "--on", "2026-11-05", "--note", "a figure"]);
    home.say(&["rest", "Read", "--on", "2026-12-24"]);
    assert_eq!(
        home.say(&["log"]),
        "2026-11-05  ✓  Read  a figure\n2026-11-23  ✓  Run\n2026-12-24  –  Read\n"
    );
    let log = home.json(&["log", "Read", "--since", "-18", "--json"]);
    assert_eq!(log.as_array().unwrap().len(), 2);
    let id = &home.stats("Read")["id"];
    assert_eq!(
        log[0],
        json!({"habit": id, "day": "2026-11-05", "mark": "done", "note": "a figure"})
    );
    assert_eq!(home.json(&["log", "Read", "--since", "today", "--json"])[0]["mark"], "rest");
}

#[test]
fn colours_come_only_when_asked_for() {
    let home = Home::new();
    home.say(&["habit", "add", "Read"]);
    assert!(!home.say(&["status"]).contains('\u{1b}'));
    assert!(home.say(&["status", "--color", "always"]).contains("\u{1b}[33m○\u{1b}[0m Read"));
}

#[test]
fn the_figures_do_not_depend_on_how_much_is_remembered() {
    let home = Home::new();
    let day = |at| chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + chrono::Days::new(at);
    let lines: Vec<_> =
        (0..1057).filter(|at| at % 50 != 7).map(|at| format!("Read,{},done\n", day(at))).collect();
    home.say(&["import", &home.write("a.csv", &lines.concat())]);
    home.say(&["done", "Read"]);
    let streak = &home.json(&["status", "--json"])["habits"][0]["current_streak"];
    assert_eq!(streak, &home.stats("Read")["current_streak"]);
    assert_eq!(
        home.say(&["done", "Read", "--on", "2024-01-08"]),
        format!("✓ Read · Mon 8 Jan 2024 · {streak} days\n")
    );
    assert_eq!(home.stats("Read")["streaks"][0]["length"], 57);
    home.say(&["undo"]);
    assert_eq!(home.stats("Read")["streaks"][0]["length"], 7);
}
