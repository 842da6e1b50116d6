//! More than is kept: files that are full already, and imports that would fill them.

use std::fmt::Write as _;

use inch::domain::curriculum::Curriculum;
use rusqlite::Connection;

use super::*;

/// A person whose file another program filled.
fn filled(sql: &str) -> Person {
    let person = Person::new();
    let other = Connection::open(&person.db).unwrap();
    other.execute_batch(sql).unwrap();
    other.close().unwrap();
    person
}

/// `count` rows, as `i`.
fn rows(count: u32, then: &str) -> String {
    format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) {then} \
         FROM n;"
    )
}

const ID: &str = "printf('00000000-0000-7000-8000-%012d', i)";

fn full(count: &str, what: &str) -> String {
    format!(
        "inch keeps at most {count} {what}, and this would be more. Nothing was saved. \
         Delete some first"
    )
}

fn import_too_large(file: &str, all: &str, limit: &str) -> String {
    format!(
        "{file} would make it {all}, and inch keeps at most {limit}. Nothing was imported. \
         Leave some out of it, or delete some here"
    )
}

#[test]
fn a_thousand_habits_are_kept() {
    let person = Person::new();
    let import = |name: &str, count: usize| {
        let mut text = "habit,date,mark\n".to_owned();
        for number in 0..count {
            writeln!(text, "Habit {number},2026-11-01,done").unwrap();
        }
        person.write(name, text);
    };
    import("more.csv", 1_000);
    let message = import_too_large("more.csv", "1,001 habits", "1,000");
    person.refuses(&row("one too many", &["import", "more.csv"], 65, message));
    import("many.csv", 2_001);
    let message = "many.csv holds more than 2,000 habits; inch keeps 1,000. Nothing was imported. \
        Leave some out of it";
    person.refuses(&row("many too many", &["import", "many.csv"], 65, message));
    import("most.csv", 999);
    person.say(&["import", "most.csv"]);
    let message = full("1,000", "habits");
    person.refuses(&row("another one", &["habit", "add", "New"], 65, message));
}

#[test]
fn five_thousand_projects_are_kept() {
    let person = filled(&rows(
        4_998,
        &format!(
            "INSERT INTO project (id, title, level, status, pitch, position) \
             SELECT {ID}, 'Project ' || i, 'personal', 'idea', '', i"
        ),
    ));
    person.say(&["project", "add", "The last"]);
    let message = full("5,000", "projects");
    person.refuses(&row("another one", &["project", "add", "New"], 65, message));
}

#[test]
fn ten_thousand_topics_are_kept() {
    let person = filled(&rows(
        9_999,
        "INSERT INTO own_topic (id, module, title, mastery_check) \
         SELECT 'own-' || i, 'm', 'Topic ' || i, ''",
    ));
    let topic = |name: &str| {
        format!(
            "{{\"format\": \"inch\", \"version\": 1, \"own_topics\": \
             [{{\"id\": \"{name}\", \"module\": \"m\", \"title\": \"{name}\"}}]}}"
        )
    };
    person.write("last.json", topic("last"));
    person.say(&["import", "last.json"]);
    person.write("new.json", topic("new"));
    let message = import_too_large("new.json", "10,001 topics of your own", "10,000");
    person.refuses(&row("another one", &["-q", "import", "new.json"], 65, message));
}

#[test]
fn a_curriculum_has_ten_thousand_topics() {
    let person = Person::new();
    let mut text = "schema_version = 1\n[[area]]\nid = \"a\"\ntitle = \"A\"\n\
                    [[module]]\nid = \"m\"\narea = \"a\"\ntitle = \"M\"\n"
        .to_owned();
    for number in 0..10_001 {
        writeln!(text, "[[topic]]\nid=\"t{number}\"\nmodule=\"m\"\ntitle=\"T\"\ncheck=\"C.\"")
            .unwrap();
    }
    person.write("many.toml", text);
    let message = format!(
        "many.toml has a mistake:\n  line 50010: there would be {} topics, and at most 10,000 can \
         be shown; leave some out\nNothing was changed",
        10_001 + Curriculum::shipped().topics.len()
    );
    person.refuses(&row("topics too many", &["curriculum", "check", "many.toml"], 65, message));
}

#[test]
fn five_million_check_ins_are_kept() {
    let person = Person::new();
    // Deleted habits keep their days, and so these count, too; nothing else has to look at them.
    let other = Connection::open(&person.db).unwrap();
    let habits = rows(
        100,
        &format!(
            "INSERT INTO habit (id, name, position, is_deleted) SELECT {ID}, 'Habit ' || i, i, 1"
        ),
    );
    let days = rows(50_000, "INSERT INTO day SELECT date('1970-01-01', i || ' days')");
    // The person has one of their own.
    other
        .execute_batch(&format!(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; \
             PRAGMA ignore_check_constraints = ON; CREATE TEMP TABLE day (text TEXT); \
             {habits} {days} \
             INSERT INTO check_in (habit, day, mark) \
             SELECT h.id, d.text, 'done' FROM habit h CROSS JOIN day d WHERE h.is_deleted \
             LIMIT 4999999; PRAGMA journal_mode = WAL"
        ))
        .unwrap();
    other.close().unwrap();
    person.write("a.csv", "habit,date,mark\nRead,2026-11-03,done\n");
    let written = || {
        let found = fs::metadata(&person.db).unwrap();
        (found.ino(), found.len(), found.mtime(), found.mtime_nsec())
    };
    let before = written();
    let message = import_too_large("a.csv", "5,000,001 check-ins", "5,000,000");
    let row = row("one more", &["-q", "import", "a.csv"], 65, message);
    person.is_refused(&row, &person.command(&row.args).output().unwrap());
    assert_eq!(written(), before);
}
