//! What each format comes to, its guess, its repetition and its undo.

use std::{fmt::Write as _, fs, time::Duration};

use super::{Place, samples, words};
use crate::terminal::{Exit, Home, INCH, Terminal, shows};

#[test]
fn every_format_comes_to_what_its_program_meant() {
    for sample in samples::all() {
        let folder = tempfile::tempdir().unwrap();
        let path = sample.write(folder.path());
        let mut place = Place::new();
        let (plan, _) = place.import(&path, None);
        let mut told = place.told();
        write!(told, "\n{}", words(&plan)).unwrap();
        insta::assert_snapshot!(format!("import-{}", sample.name), told);
    }
}

#[test]
fn repeating_an_import_adds_nothing_and_undo_restores() {
    for sample in samples::all() {
        let folder = tempfile::tempdir().unwrap();
        let path = sample.write(folder.path());
        let mut place = Place::new();
        let (plan, added) = place.import(&path, Some(sample.format));
        assert!(added.habits > 0 && added.marks > 0, "{}", sample.name);
        let told = place.told();
        let again = place.plan(&path, None, false).unwrap();
        assert!(again.is_empty(), "{}: {again:?}", sample.name);
        assert_eq!(again.known.len(), plan.new_habits.len(), "{}", sample.name);
        assert_eq!(again.known.iter().all(|known| known.is_by_id), sample.format != "csv");
        assert_eq!(again.kept.total(), 0, "{}: {again:?}", sample.name);
        place.undo();
        assert_eq!(place.told(), "", "{}", sample.name);
        place.store.redo(&super::stamp()).unwrap().unwrap();
        assert_eq!(place.told(), told, "{}", sample.name);
    }
}

#[test]
fn a_habit_that_was_renamed_here_is_found_again() {
    use inch::domain::change::Change;
    let folder = tempfile::tempdir().unwrap();
    let path = samples::named("harsh").write(folder.path());
    let mut place = Place::new();
    let (plan, _) = place.import(&path, None);
    let habit = plan.new_habits[0].id;
    let rename = Change::HabitRename { habit, name: "Sit still".into() };
    place.store.apply(&rename, &super::stamp()).unwrap();
    let again = place.plan(&path, None, false).unwrap();
    assert!(again.is_empty());
    assert!(
        again.known.iter().any(|known| known.name == "Meditated" && known.name_here == "Sit still")
    );
    // One that was deleted here is made anew, with another id.
    place.store.apply(&Change::HabitDelete { habit }, &super::stamp()).unwrap();
    let again = place.plan(&path, None, false).unwrap();
    assert_eq!(again.new_habits.len(), 1);
    assert_ne!(again.new_habits[0].id, habit);
    again.carry_out(&mut place.store, &super::stamp(), &mut |_| ()).unwrap();
    assert!(place.plan(&path, None, false).unwrap().is_empty());
}

#[test]
fn the_two_exports_of_loop_meet_in_the_same_habits() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut place = Place::new();
    place.import(&samples::named("loop-db-25").write(first.path()), None);
    let plan = place.plan(&samples::named("loop-csv-2025").write(second.path()), None, false);
    let plan = plan.unwrap();
    let known: Vec<_> = plan.known.iter().map(|known| known.name.as_str()).collect();
    assert_eq!(known, ["Meditate"]);
    assert!(!plan.known[0].is_by_id, "the zip has no ids");
}

#[test]
fn an_export_of_loop_that_was_unpacked_or_packed_again_comes_to_the_same() {
    let all = samples::all().into_iter().filter(|sample| sample.name.starts_with("loop-csv"));
    for sample in all {
        let folder = tempfile::tempdir().unwrap();
        let zip = sample.write(folder.path());
        let inside = folder.path().join("Loop Habits CSV 2026-11-23");
        let packed = fs::File::open(&zip).unwrap();
        zip::ZipArchive::new(packed).unwrap().extract(&inside).unwrap();
        let again = folder.path().join("packed again.zip");
        fs::write(&again, samples::wrapped(&fs::read(&zip).unwrap(), "Loop Export")).unwrap();
        let mut place = Place::new();
        let (plan, _) = place.import(&zip, None);
        for path in [&inside, &again] {
            let mut other = Place::new();
            let (unpacked, _) = other.import(path, None);
            assert_eq!(other.told(), place.told(), "{}", sample.name);
            assert_eq!(words(&unpacked), words(&plan), "{}", sample.name);
            assert!(other.plan(&zip, None, false).unwrap().is_empty(), "{}", sample.name);
        }
    }
}

#[test]
fn what_wrote_it_is_guessed_where_it_can_be() {
    use inch::exchange::{Format, Input};
    let folder = tempfile::tempdir().unwrap();
    let guess = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Format::guess(&Input::open(&path).unwrap()).map(|format| format.name)
    };
    for (name, text, format) in [
        ("a.txt", "Read,2026-11-01,done\n", Some("csv")),
        ("a.txt", "\n\nHABIT , date,mark\n", Some("csv")),
        ("a.txt", "Read,2026-11-01\n", None),
        ("a.CSV", "habit", Some("csv")),
        ("a.csv", "", None),
        ("a.csv", "\u{feff}HabitName,HabitDescription\n", Some("habitbull")),
        ("Habits.csv", "Name,NumRepetitions,Interval\n", Some("loop")),
        ("a.bin", "PK\u{3}\u{4}", Some("loop")),
        ("a.bin", "SQLite format 3\0", Some("loop")),
        ("a", " []\n", Some("dijo")),
        ("a", "[1, 2]", None),
        ("a", "{}", None),
        ("a", "", None),
    ] {
        assert_eq!(guess(name, text).ok(), format, "{name} {text:?}");
    }
    let error = guess("a.bin", "what").unwrap_err();
    for format in ["loop", "harsh", "habitctl", "dijo", "habitbull", "csv"] {
        assert!(error.to_string().contains(&format!("\n  {format} ")), "{error}");
    }
    let of = |log: &str, habits: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("log"), log).unwrap();
        std::fs::write(folder.path().join("habits"), habits).unwrap();
        Format::guess(&Input::open(folder.path()).unwrap()).map(|format| format.name).ok()
    };
    assert_eq!(of("2026-11-01 : a : y", ""), Some("harsh"));
    assert_eq!(of("# x\n2026-11-01\ta : b\ty", ""), Some("habitctl"));
    assert_eq!(of("", "! Daily\nRead: 1"), Some("harsh"));
    assert_eq!(of("\n", "1 Read: a book"), Some("habitctl"));
    assert_eq!(of("", ""), None);
    let empty = tempfile::tempdir().unwrap();
    assert!(Format::guess(&Input::open(empty.path()).unwrap()).is_err());
}

#[test]
fn a_terminal_is_told_what_is_being_done_and_keeps_nothing_of_it() {
    let home = Home::new();
    let path = samples::named("csv").write(home.path());
    let own = home.path().join("inch.json");
    let [path, own] = [&path, &own].map(|path| path.to_str().unwrap());
    let export = ["export", "everything", "-o", own];
    for args in [&["import", path][..], &export, &["--db", "new.db", "import", own]] {
        let args = [&["--today", "2026-11-23"], args].concat();
        let mut terminal = Terminal::open(home.program(INCH, &args), 100, 30);
        assert_eq!(terminal.wait_exit(Duration::from_secs(30)), Exit::with(0));
        if !args.contains(&"import") {
            continue;
        }
        terminal.wait_for("Imported: 3 habits");
        let received = String::from_utf8(terminal.received()).unwrap();
        for what in ["Reading …", "Saving …"] {
            assert!(received.contains(what), "{received:?}");
            assert!(!shows(&terminal.screen(), what), "{}", terminal.picture());
        }
    }
}

#[test]
fn how_far_a_long_one_has_come_is_drawn() {
    let home = Home::new();
    let first = inch::domain::day::parse_iso("2020-01-01").unwrap();
    let mut text = "habit,date,mark\n".to_owned();
    for day in 0..12_000 {
        let on = inch::domain::day::plus(first, day / 8);
        writeln!(text, "Habit {},{on},done", day % 8).unwrap();
    }
    let path = home.path().join("long.csv");
    fs::write(&path, text).unwrap();
    let args = ["--today", "2026-11-23", "import", path.to_str().unwrap()];
    let mut terminal = Terminal::open(home.program(INCH, &args), 100, 30);
    assert_eq!(terminal.wait_exit(Duration::from_secs(30)), Exit::with(0));
    terminal.wait_for("Imported: 8 habits, 12,000 marks");
    let received = String::from_utf8(terminal.received()).unwrap();
    assert!(received.contains("Saving … █████░░░░░░░░░░░░░░░ 20 %"), "{received:?}");
    assert!(received.contains("Saving … ███████████████░░░░░ 75 %"), "{received:?}");
    assert!(!shows(&terminal.screen(), "Saving"), "{}", terminal.picture());
}
