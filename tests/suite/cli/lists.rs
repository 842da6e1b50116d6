//! Habits, topics and projects: adding, editing, listing.

use serde_json::json;

use super::{Home, TODAY, keys};

#[test]
fn habits_are_edited_archived_and_listed() {
    let home = Home::new();
    home.say(&[
        "habit",
        "add",
        "Read",
        "--from",
        "2026-11-01",
        "--anchor",
        "sit down",
        "--topic",
        "vectors",
    ]);
    home.say(&["habit", "edit", "Read", "--schedule", "3/week", "--from", "2026-11-10"]);
    home.say(&["habit", "edit", "Read", "--schedule", "2/week", "--from", "2026-11-17"]);
    assert_eq!(
        home.say(&["habit", "edit", "Read", "--schedule", "daily", "--from", "2026-11-09"]),
        "Changed: Read\n2 later schedules were removed.\n"
    );
    assert_eq!(home.say(&["undo"]), "Took back: schedule daily · Read\n");
    assert_eq!(home.stats("Read")["schedule"], "2/week");
    assert_eq!(
        home.say(&[
            "habit",
            "edit",
            "Read",
            "--name",
            "Read two",
            "--celebration",
            "smile",
            "--topic",
            "none"
        ]),
        "Changed: Read two\n"
    );
    assert_eq!(home.say(&["undo"]), "Took back: edit of Read\n");
    assert_eq!(
        home.say(&["habit", "edit", "Read", "--name", "Read"]),
        "It is like that already: Read\n"
    );
    assert_eq!(home.say(&["habit", "edit", "Read", "--seconds", "30"]), "Changed: Read\n");
    assert_eq!(
        home.say(&["habit", "edit", "Read", "--seconds", "30"]),
        "It is like that already: Read\n"
    );
    home.fail(&["habit", "edit", "Read", "--seconds", "3"], 65);
    home.fail(&["habit", "add", "New", "--seconds", "121"], 65);
    home.say(&["undo"]);
    home.fail(&["habit", "edit", "Read"], 64);
    home.fail(&["habit", "edit", "Read", "--name", "X", "--from", "-1"], 64);
    for schedule in ["none", "often", "8/week"] {
        home.fail(&["habit", "edit", "Read", "--schedule", schedule], 64);
        home.fail(&["habit", "add", "New", "--schedule", schedule], 64);
    }
    home.fail(&["habit", "add", "New", "--topic", "no-such-topic"], 66);
    assert_eq!(home.say(&["habit", "archive", "Read"]), "Archived: Read\n");
    assert_eq!(home.say(&["habit", "archive", "Read"]), "Already archived: Read · Mon 23 Nov\n");
    assert_eq!(home.say(&["habit", "list"]), "");
    assert!(home.say(&["habit", "list", "--archived"]).contains("archived Mon 23 Nov"));
    assert_eq!(home.say(&["habit", "unarchive", "Read"]), "Back from the archive: Read · 2/week\n");
    assert_eq!(home.say(&["habit", "unarchive", "Read"]), "It is not archived: Read\n");
    assert!(home.say(&["habit", "list"]).starts_with("Read  2/week  "));
}

#[test]
fn a_schedule_that_begins_later_is_not_shown_as_todays() {
    let home = Home::new();
    home.say(&["habit", "add", "Read", "--from", "2026-11-01"]);
    home.say(&["habit", "edit", "Read", "--schedule", "3/week", "--from", "2026-11-24"]);
    home.say(&["habit", "edit", "Read", "--schedule", "2/week", "--from", "2026-12-07"]);
    assert!(home.say(&["habit", "list"]).starts_with("Read  daily  "));
    assert_eq!(home.stats("Read")["schedule"], "daily");
    assert_eq!(
        home.say(&["habit", "archive", "Read"]),
        "Archived: Read\n2 later schedules were removed.\n"
    );
    assert_eq!(home.stats("Read")["schedule"], "daily");
    assert_eq!(home.say(&["habit", "unarchive", "Read"]), "Back from the archive: Read · daily\n");
}

#[test]
fn an_edit_alters_only_what_was_named() {
    let home = Home::new();
    home.say(&["habit", "add", "Read", "--from", "2026-11-01", "--anchor", "sit down"]);
    home.say(&["habit", "edit", "Read", "--behaviour", "read a page"]);
    home.say(&["project", "add", "Digits"]);
    home.say(&["project", "edit", "Digits", "--pitch", "Reads them"]);
    let journal = |table: &str| {
        let sql = rusqlite::Connection::open(home.path(".local/share/inch/inch.db")).unwrap();
        let query = format!("SELECT change FROM change WHERE change LIKE '%{table}%'");
        sql.query_one(&query, [], |row| row.get::<_, String>(0)).unwrap()
    };
    let change = |table| serde_json::from_str::<serde_json::Value>(&journal(table)).unwrap();
    let recipe = &change("recipe-set")["recipe-set"];
    assert_eq!(
        (&recipe["anchor"], &recipe["behaviour"], &recipe["celebration"]),
        (&json!(null), &json!("read a page"), &json!(null))
    );
    let edit = &change("project-edit")["project-edit"]["edit"];
    assert_eq!((&edit["pitch"], &edit["status"]), (&json!("Reads them"), &json!(null)));
    assert_eq!(home.say(&["undo"]), "Took back: edited · Digits\n");
}

#[test]
fn topics_are_listed_and_set() {
    let home = Home::new();
    let all = home.json(&["topic", "list", "--json"]);
    assert!(all.as_array().unwrap().len() > 80);
    assert_eq!(keys(&all[0]).len(), 6);
    assert_eq!(home.say(&["topic", "set", "Vectors", "mastered"]), "Vectors: mastered\n");
    assert_eq!(home.say(&["topic", "set", "vectors", "mastered"]), "Vectors: already mastered\n");
    assert_eq!(home.say(&["topic", "list", "--state", "mastered"]), "mastered  vectors  Vectors\n");
    let ready = home.json(&["topic", "list", "--area", "math", "--ready", "--json"]);
    let is_ready = |id: &str| ready.as_array().unwrap().iter().any(|topic| topic["id"] == id);
    assert!(is_ready("matrices") && is_ready("vectors"), "whatever their own state");
    assert_eq!(home.say(&["undo"]), "Took back: mastered · Vectors\n");
    assert_eq!(
        home.say(&["topic", "set", "vectors", "not started"]),
        "Vectors: already not started\n"
    );
    home.fail(&["topic", "set", "vectors", "finished"], 64);
    home.fail(&["topic", "set", "no-such-topic", "mastered"], 66);
    home.fail(&["topic", "list", "--area", "no-such-area"], 66);
}

#[test]
fn projects_are_added_edited_and_listed() {
    let home = Home::new();
    assert_eq!(home.json(&["project", "list", "--json"]), json!([]));
    let add = [
        "project",
        "add",
        "Digit reader",
        "--level",
        "personal",
        "--link",
        "https://a.org/x",
        "--topic",
        "vectors",
        "--topic",
        "Matrices",
    ];
    assert_eq!(home.say(&add), "Added: Digit reader · personal · idea\n");
    assert_eq!(
        home.say(&[
            "project",
            "edit",
            "digit",
            "--status",
            "shipped",
            "--title",
            "Digits",
            "--pitch",
            "Reads them"
        ]),
        "Changed: Digits · personal · shipped\n"
    );
    let mut project = home.json(&["project", "list", "--json"])[0].clone();
    assert_eq!(project.as_object_mut().unwrap().remove("id").unwrap().as_str().unwrap().len(), 36);
    assert_eq!(
        project,
        json!({
            "title": "Digits", "level": "personal", "status": "shipped", "pitch": "Reads them",
            "links": ["https://a.org/x"], "topics": ["vectors", "matrices"],
            "history": [{"on": TODAY, "status": "shipped"}],
            "result": "", "role": "", "explained": "", "source": null, "employer": "",
            "drift_check_on": null, "scope": {}, "seconds": 0, "sessions": 0,
            "choice": {
                "growth": null, "people": null, "stepping_stone": null, "good": null,
                "estimate_days": null, "answers": [null, null, null, null], "approach": null,
                "reason": "",
            },
        })
    );
    home.say(&["project", "edit", "Digits", "--link", "none", "--topic", "none"]);
    assert_eq!(home.json(&["project", "list", "--json"])[0]["links"], json!([]));
    assert!(home.say(&["project", "list"]).contains("Digits"));
    home.fail(&["project", "edit", "Digits"], 64);
    home.fail(&["project", "edit", "Digits", "--status", "perfect"], 64);
    home.fail(&["project", "edit", "Digits", "--link", "javascript:alert(1)"], 65);
    assert_eq!(home.say(&["undo"]), "Took back: edited · Digits\n");
}

#[test]
fn a_project_tells_its_story_on_the_command_line() {
    let home = Home::new();
    let add = ["--source", "side", "--employer", "Asked", "--growth", "4", "--estimate", "14"];
    home.say(&[&["project", "add", "Digits"][..], &add].concat());
    let edit = ["--people", "3", "--stepping-stone", "5", "--good", "yes", "--result", "97 %"];
    let more = ["--role", "Alone", "--explained", "It reads", "--drift-check", "2027-01-31"];
    home.say(&[&["project", "edit", "Digits"][..], &edit, &more].concat());
    let project = home.json(&["project", "list", "--json"])[0].clone();
    for (field, said) in [
        ("source", json!("side")),
        ("employer", json!("Asked")),
        ("result", json!("97 %")),
        ("role", json!("Alone")),
        ("explained", json!("It reads")),
        ("drift_check_on", json!("2027-01-31")),
    ] {
        assert_eq!(project[field], said, "{field}");
    }
    let choice = &project["choice"];
    // A score that was given before stays when another is given.
    assert_eq!(choice["growth"], json!(4));
    assert_eq!((&choice["people"], &choice["stepping_stone"]), (&json!(3), &json!(5)));
    assert_eq!((&choice["good"], &choice["estimate_days"]), (&json!(true), &json!(14)));
    home.say(&["project", "edit", "Digits", "--drift-check", "none", "--source", "none"]);
    let project = home.json(&["project", "list", "--json"])[0].clone();
    assert_eq!((&project["drift_check_on"], &project["source"]), (&json!(null), &json!(null)));
    home.fail(&["project", "edit", "Digits", "--growth", "6"], 65);
    home.fail(&["project", "edit", "Digits", "--estimate", "0"], 65);
    home.fail(&["project", "edit", "Digits", "--good", "perhaps"], 64);
    home.fail(&["project", "edit", "Digits", "--source", "dream"], 64);
    home.fail(&["project", "edit", "Digits", "--drift-check", "soon"], 64);
}

#[test]
fn habits_are_listed_for_programs() {
    let home = Home::new();
    assert_eq!(home.json(&["habit", "list", "--json"]), json!([]));
    for (name, schedule) in [("Read", "3/week"), ("Write", "daily")] {
        home.say(&["habit", "add", name, "--schedule", schedule, "--from", "2026-01-01"]);
    }
    home.say(&["habit", "archive", "Write"]);
    let listed = home.json(&["habit", "list", "--json"]);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["name"], "Read");
    assert_eq!(listed[0]["schedule"], "3/week");
    assert_eq!(listed[0]["archived_on"], json!(null));
    let all = home.json(&["habit", "list", "--archived", "--json"]);
    assert_eq!(all[1]["name"], "Write");
    assert!(all[1]["archived_on"].is_string() && all[1]["id"].is_string(), "{all}");
}
