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
    for until in [&["--until", "2027-01-05"][..], &[]] {
        let args = [&["export", "report", "--since", "2027-01-01"], until].concat();
        let message = home.fail(&args, 64);
        assert!(
            message.contains("and 2027-01-01 is still to come. Nothing was written"),
            "{message}"
        );
    }
    let message = home.fail(&["export", "--since", "-1", "--until", "-3"], 64);
    assert!(message.contains("2026-11-22 comes after 2026-11-20"), "{message}");
}

#[test]
fn a_day_that_is_over_is_kept_or_missed_and_only_today_is_pending() {
    let home = Home::new();
    let days = |from: &str, count: u64| {
        let from: chrono::NaiveDate = from.parse().unwrap();
        (0..count).map(move |at| from + chrono::Days::new(at))
    };
    // All but the last day of each stretch: two months, and the one that today is in.
    let done = days("2026-02-01", 27).chain(days("2026-10-01", 30)).chain(days("2026-11-01", 22));
    let lines: Vec<_> = done.map(|day| format!("Read,{day},done\n")).collect();
    home.say(&["habit", "add", "Read", "--from", "2026-01-01"]);
    home.say(&["habit", "add", "Run", "--schedule", "3/week", "--from", "2026-01-01"]);
    home.say(&["habit", "add", "Rest", "--from", "2026-10-31"]);
    home.say(&["-q", "import", &home.write("read.csv", &lines.concat())]);
    for day in ["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-16", "2026-11-17"] {
        home.say(&["-q", "done", "Run", "--on", day]);
    }
    home.say(&["-q", "rest", "Rest", "--on", "2026-10-31"]);
    for (since, until, row) in [
        ("2026-10-01", "2026-10-31", "| Read | 30 | 30 of 31 (97 %) | – | – |"),
        ("2026-02-01", "2026-02-28", "| Read | 27 | 27 of 28 (96 %) | – | – |"),
        ("2026-10-01", "2026-10-30", "| Read | 30 | 30 of 30 (100 %) | 30 days | – |"),
        // A rest on the last day asks for nothing, on the habit's first day too.
        ("2026-10-01", "2026-10-31", "| Rest | 0 | – | – | – |"),
        // Today may still be done, yesterday not any more.
        ("2026-11-01", "2026-11-23", "| Read | 22 | 22 of 22 (100 %) | 22 days | – |"),
        ("2026-11-01", "2026-11-30", "| Read | 22 | 22 of 22 (100 %) | 22 days | – |"),
        ("2026-11-22", "2026-11-22", "| Read | 1 | 1 of 1 (100 %) | 22 days | – |"),
        ("2026-10-31", "2026-10-31", "| Read | 0 | 0 of 1 (0 %) | – | – |"),
        // A week counts once it is over, and where it ends.
        ("2026-11-09", "2026-11-15", "| Run | 3 | 1 of 1 (100 %) | 1 week | – |"),
        ("2026-11-09", "2026-11-22", "| Run | 5 | 1 of 2 (50 %) | – | – |"),
        ("2026-11-16", "2026-11-21", "| Run | 2 | – | 1 week | – |"),
        ("2026-11-16", "2026-11-22", "| Run | 2 | 0 of 1 (0 %) | – | – |"),
        ("2026-11-23", "2026-11-23", "| Read | 0 | – | 22 days | – |"),
    ] {
        let told = home.say(&["export", "report", "--since", since, "--until", until]);
        assert!(told.contains(row), "{since} {until}: {row}: {told}");
    }
}
