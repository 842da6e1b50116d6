//! `export report`: what a stretch of days came to.

use super::Home;

fn home() -> Home {
    let home = Home::new();
    home.say(&["habit", "add", "Read | one", "--topic", "vectors", "--from", "2026-11-09"]);
    home.say(&["habit", "add", "Run", "--schedule", "3/week", "--from", "2026-11-09"]);
    home.say(&["habit", "add", "Old", "--from", "2026-10-01", "--today", "2026-10-01"]);
    home.say(&["habit", "archive", "Old", "--today", "2026-10-05"]);
    for day in ["2026-11-14", "2026-11-17", "2026-11-18", "2026-11-20", "2026-11-21", "2026-11-22"]
    {
        home.say(&["-q", "done", "Read", "--on", day]);
    }
    home.say(&["-q", "done", "Run", "--on", "2026-11-18", "--note", "*fast*\nand far"]);
    home.say(&["topic", "set", "vectors", "learning", "--today", "2026-11-18"]);
    home.say(&["topic", "set", "vectors", "mastered", "--today", "2026-11-21"]);
    home.say(&["project", "add", "Bus times", "--status", "building", "--today", "2026-11-19"]);
    home
}

#[test]
fn a_week_is_told_in_markdown() {
    let home = home();
    let told = "\
# 17 – 23 Nov 2026

**6 ticks** on 5 of 7 days · 1 topic moved · 1 project moved

## Habits

| habit | ticks | kept | streak | time |
|---|--:|--:|--:|--:|
| Read \\| one | 5 | 5 of 6 (83 %) | 3 days | – |
| Run | 1 | 0 of 1 (0 %) | – | – |

## Topics

- **Vectors**: learning 18 Nov, mastered 21 Nov

## Projects

- **Bus times**: building 19 Nov

## Notes

- 18 Nov, Run: \\*fast\\*\\
  and far
";
    assert_eq!(home.say(&["export", "report"]), told);
    assert_eq!(home.say(&["export", "--since", "-6"]), told);
    // What is to come has nothing to tell.
    assert_eq!(home.say(&["export", "--since", "-6", "--until", "2027-01-01"]), told);
    let said = home.say(&["export", "report", "-o", "week.txt"]);
    assert_eq!(said, "Wrote week.txt: the report.\n");
    assert_eq!(std::fs::read_to_string(home.path("week.txt")).unwrap(), told);
}

#[test]
fn it_is_told_as_it_stood_on_the_last_day() {
    let home = home();
    let told = home.say(&["export", "report", "--since", "2026-11-14", "--until", "2026-11-18"]);
    assert!(told.starts_with("# 14 – 18 Nov 2026\n"), "{told}");
    assert!(told.contains("| 3 | 3 of 5 (60 %) | 2 days |"), "{told}");
    assert!(told.contains("**Vectors**: learning 18 Nov\n"), "{told}");
    assert!(!told.contains("Bus times"), "{told}");
    let told = home.say(&["export", "--since", "2026-10-30", "--until", "2026-10-30"]);
    assert_eq!(told, "# 30 Oct 2026\n\nNothing was asked for and nothing was done.\n");
    let told = home.say(&["export", "--since", "2025-12-30", "--until", "2026-11-01"]);
    assert!(told.starts_with("# 30 Dec 2025 – 1 Nov 2026\n"), "{told}");
    // Its last day is the archive day, and never a miss.
    assert!(told.contains("| Old | 0 | 0 of 4 (0 %) | – | – |"), "{told}");
    let message = home.fail(&["export", "--since", "-1", "--until", "-3"], 64);
    assert!(message.contains("2026-11-22 comes after 2026-11-20"), "{message}");
}
