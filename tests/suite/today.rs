//! What Today says of its habits: weeks that are lost, advice, past days, archived ones, notes.

use inch::{
    app::{Action, Effect, Message},
    config::{Config, Glyphs, KeyRow},
    domain::{
        change::Change,
        day::plus,
        habit::{Mark, Recipe},
        ids::{HabitId, IdSource},
    },
};

use crate::{
    fixture::{Memory, Person, beginner, learner, stumbler, today},
    screens::{characters, draw},
};

fn person(memory: Memory, width: u16, height: u16) -> Person {
    Person::new(memory, Config::default(), width, height)
}

fn screen(person: &Person) -> String {
    characters(&draw(person, &person.model.config, true))
}

fn notice(person: &Person) -> &str {
    person.model.notice.as_ref().map_or("", |notice| &notice.text)
}

/// Somebody with one habit since so many days.
fn somebody(name: &str, schedule: &str, days: i64) -> (Memory, HabitId) {
    let mut memory = Memory::default();
    let habit = HabitId(IdSource::new(9, 1).next_uuid());
    let change = Change::HabitAdd {
        seconds: 10,
        is_review: false,
        habit,
        name: name.into(),
        topic: None,
        position: 0,
        recipe: Recipe::default(),
        schedule: schedule.parse().unwrap(),
        from: plus(today(), -days),
    };
    memory.apply(&change).unwrap();
    (memory, habit)
}

/// Lets days pass.
fn go_on(person: &mut Person, days: i64) {
    let today = plus(person.model.today, days);
    person.send(Message::Moment { today, until: None });
    person.press("esc");
}

#[test]
fn a_week_that_is_lost_says_so_and_counts_no_days() {
    let mut person = person(somebody("Gym", "3/week", 0).0, 120, 40);
    go_on(&mut person, 4);
    assert!(screen(&person).contains(" 3 d left "), "{}", screen(&person));
    go_on(&mut person, 2);
    for keys in ["", "space", "space r"] {
        person.press(keys);
        let screen = screen(&person);
        assert!(!screen.contains("d left"), "{screen}");
        assert!(!screen.contains("days left"), "{screen}");
        assert!(screen.contains("This week can't reach 3 any more; each tick still"), "{screen}");
    }
}

#[test]
fn a_stretch_that_ends_with_a_rest_is_not_due_within_0_days() {
    let mut person = person(somebody("Gym", "every 2 days", 0).0, 120, 40);
    go_on(&mut person, 1);
    assert!(screen(&person).contains("due today"), "{}", screen(&person));
    person.press("r");
    let screen = screen(&person);
    assert!(!screen.contains("0 d"), "{screen}");
    assert!(screen.contains("These 2 days end with a rest"), "{screen}");
}

#[test]
fn the_doctor_stands_in_the_footer_where_the_row_speaks_of_it() {
    for (width, height) in [(120, 40), (100, 30), (80, 24), (60, 20)] {
        let mut person = person(stumbler(), width, height);
        let footer = |person: &Person| screen(person).lines().last().unwrap().to_owned();
        assert!(!footer(&person).contains("d doctor"), "missed once: {}", footer(&person));
        person.press("j");
        assert!(footer(&person).starts_with(" space tick"), "{}", footer(&person));
        assert!(footer(&person).contains("d doctor"), "{}", footer(&person));
    }
}

#[test]
fn the_doctor_rests_until_what_it_changed_was_tried() {
    let mut person = person(stumbler(), 120, 40);
    person.press("j");
    let offers = |person: &Person| {
        let screen = screen(person);
        screen.matches("recipe doctor").count() + screen.matches("d: doctor").count()
    };
    assert_eq!(offers(&person), 2, "row and detail: {}", screen(&person));
    person.press("d enter enter enter enter esc");
    assert_eq!(offers(&person), 2, "nothing was changed");
    person.press("d down enter enter enter enter esc");
    assert_eq!(offers(&person), 0, "{}", screen(&person));
    assert!(!screen(&person).contains("d doctor"), "{}", screen(&person));
    go_on(&mut person, 1);
    person.press("g j");
    assert!(
        screen(&person).contains("d opens the recipe doctor"),
        "missed again: {}",
        screen(&person)
    );
}

#[test]
fn what_helps_after_a_miss_is_seen_in_every_row_that_needs_it() {
    for (width, height) in [(120, 40), (110, 40), (100, 30), (80, 24)] {
        let screen = screen(&person(stumbler(), width, height));
        let row = |name: &str| {
            let row = screen.lines().find(|line| line.contains(name)).expect(&screen);
            row.chars().skip(1).take_while(|c| *c != '│').collect::<String>()
        };
        assert!(row("Read one figure  ").contains("never "), "{screen}");
        assert!(row("One flash card ").contains("doctor"), "{screen}");
        // The others keep their days.
        assert!(row("Write one li").contains("■■■■■■"), "{screen}");
    }
    // Beside a long name the days give way, but never what a week asks for.
    for (schedule, end) in [("daily", "   d: doctor │"), ("3/week", "  0/3 w │")] {
        let (mut memory, habit) = somebody(&"Long ".repeat(20), schedule, 30);
        let done = Change::CheckInSet { habit, day: plus(today(), -29), mark: Some(Mark::Done) };
        memory.apply(&done).unwrap();
        let screen = screen(&person(memory, 100, 30));
        assert!(screen.contains(end), "{screen}");
    }
}

#[test]
fn a_row_of_a_past_day_is_open_only_where_something_is_missing() {
    let (mut memory, habit) = somebody("Gym", "2/week", 20);
    for ago in [1, 2] {
        let day = plus(today(), -ago);
        memory.apply(&Change::CheckInSet { habit, day, mark: Some(Mark::Done) }).unwrap();
    }
    let mut person = person(memory, 80, 24);
    person.press("left left left");
    let screen = screen(&person);
    assert!(screen.contains("▌· Gym"), "its week was met later: {screen}");
    person.press("left left left left left");
    let screen = self::screen(&person);
    assert!(screen.contains("▌○ Gym"), "the week before was not: {screen}");
}

#[test]
fn a_tick_names_its_day_and_a_large_one_its_habit() {
    let mut person = person(stumbler(), 120, 40);
    person.press("left space");
    assert!(
        notice(&person).starts_with("Done: Read one figure, Sun 22 Nov · "),
        "{:?}",
        notice(&person)
    );
    let (mut memory, habit) = somebody(&"Read one figure ".repeat(9), "daily", 20);
    for ago in 1..7 {
        let day = plus(today(), -ago);
        memory.apply(&Change::CheckInSet { habit, day, mark: Some(Mark::Done) }).unwrap();
    }
    let mut person = self::person(memory, 120, 40);
    person.press("space");
    let said = "Done: Read one figure Read one fi… · 7 days. It is taking root.";
    assert!(notice(&person).starts_with("Done: Read one figure"), "{}", notice(&person));
    assert!(notice(&person).ends_with(" · 7 days. It is taking root."), "{said}");
}

#[test]
fn a_recipe_is_copied_as_it_holds_today() {
    let (mut memory, habit) = somebody("Gym", "daily", 9);
    for (from, anchor) in [(-3, "come home"), (7, "wake up")] {
        let (from, anchor) = (plus(today(), from), Some(anchor.to_owned()));
        let change = Change::RecipeSet { habit, from, anchor, behaviour: None, celebration: None };
        memory.apply(&change).unwrap();
    }
    let mut person = person(memory, 80, 24);
    person.press("y");
    let copied = person.effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    assert!(copied.unwrap().contains("come home"), "{copied:?}");
}

#[test]
fn the_palette_names_no_key_that_does_something_else() {
    let row = |place: &str, action: &str, chord: &str| KeyRow {
        line: 1,
        place: place.to_owned(),
        action: action.to_owned(),
        chords: vec![chord.to_owned()],
    };
    let config = Config { keys: vec![row("today", "write-note", "u")], ..Config::default() };
    let mut person = Person::new(learner(), config, 100, 30);
    person.press(": \"undo");
    let undo = |person: &Person| {
        let screen = screen(person);
        screen.lines().find(|line| line.contains("Undo the last")).unwrap().to_owned()
    };
    assert!(!undo(&person).contains(" u │"), "{}", undo(&person));
    person.press("esc 2 : \"undo");
    assert!(undo(&person).contains(" u │"), "{}", undo(&person));
    // What only the detail binds is named all the same.
    person.press("esc 1 : \"follow");
    assert!(screen(&person).contains("Follow the selected line"), "{}", screen(&person));
    assert!(screen(&person).contains(" enter │"), "{}", screen(&person));
}

#[test]
fn what_z_opens_is_found_by_its_name() {
    for name in ["history", "roadmap"] {
        let mut person = person(learner(), 120, 40);
        person.press(&format!(": \"{name} enter"));
        assert!(person.model.is_zoomed, "{name}: {}", Action::Zoom.title());
    }
}

#[test]
fn a_zoomed_pane_names_the_way_back_first() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        for pane in ["2", "3"] {
            let mut person = person(learner(), width, height);
            let footer = |person: &Person| screen(person).lines().last().unwrap().to_owned();
            person.press(pane);
            assert!(!footer(&person).contains(" back "), "{}", footer(&person));
            person.press("z");
            assert!(footer(&person).starts_with(" esc z back "), "{}", footer(&person));
        }
    }
}

#[test]
fn the_help_begins_with_what_is_in_sight() {
    for (keys, title) in [("", "Today"), ("z", "History, Today zoomed"), ("2", "Curriculum")] {
        let mut person = person(learner(), 80, 24);
        person.press(&format!("{keys} ?"));
        assert!(screen(&person).lines().nth(2).unwrap().contains(title), "{}", screen(&person));
    }
}

#[test]
fn nothing_in_the_help_is_cut() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let config = Config { glyphs, ..Config::default() };
            let mut person = Person::new(learner(), config, width, height);
            person.press("?");
            for _ in 0..200 {
                let screen = screen(&person);
                let body = screen.lines().skip(1).collect::<Vec<_>>();
                let window = body.iter().filter(|line| width < 100 || line.len() > 100);
                let cut = if glyphs == Glyphs::Ascii { '~' } else { '…' };
                for line in window {
                    let inside = line.chars().skip(if width == 120 { 24 } else { 0 }).take(72);
                    assert!(!inside.clone().any(|c| c == cut), "{line}");
                }
                person.press("down");
            }
        }
    }
}

#[test]
fn a_note_says_how_to_start_a_line_where_there_is_little_room() {
    let mut person = person(beginner(), 40, 12);
    person.press("n");
    assert!(screen(&person).contains("enter saves, alt-enter: a new line"), "{}", screen(&person));
}

#[test]
fn long_notes_can_be_read_up_to_twelve_lines() {
    let (mut memory, habit) = somebody("Read", "daily", 9);
    let long: Vec<_> = (1..=14).map(|line| format!("line {line}.")).collect();
    for (ago, note) in [(1, long.join("\n")), (2, "short".to_owned())] {
        let day = plus(today(), -ago);
        memory.apply(&Change::CheckInNote { habit, day, note: Some(note) }).unwrap();
    }
    let person = person(memory, 120, 40);
    let screen = screen(&person);
    for line in
        ["  Sun 22 Nov  line 1.", "              line 11.", "line 12.…", "Sat 21 Nov  short"]
    {
        assert!(screen.contains(line), "{line}: {screen}");
    }
    assert!(!screen.contains("line 13."), "{screen}");
}

#[test]
fn advice_is_given_once_more_after_saving_and_keeps_from_nothing() {
    let mut person = person(beginner(), 80, 24);
    person.press("a enter tab ctrl-u \"in_the_morning tab \"write_one_line ctrl-s");
    assert!(screen(&person).contains("A time slips by unseen"), "{}", screen(&person));
    person.press("enter");
    assert!(!screen(&person).contains("A time slips by unseen"), "{}", screen(&person));
    person.press("esc e tab tab ctrl-u \"read_for_30_minutes ctrl-s");
    assert!(
        notice(&person).starts_with("Saved. u takes it back. That may take longer"),
        "{}",
        notice(&person)
    );
    person.press("e tab tab tab ctrl-u \"I_smile ctrl-s");
    assert_eq!(
        notice(&person),
        "Saved. u takes it back.",
        "what was not changed is not advised on"
    );
}

#[test]
fn a_rest_and_an_unticked_habit_are_told_as_they_are() {
    let mut person = person(beginner(), 120, 40);
    let has_rates = |person: &Person| screen(person).contains("365 d");
    assert!(!has_rates(&person), "nothing was ever done: {}", screen(&person));
    assert!(screen(&person).contains("space ticks, enter counts"), "{}", screen(&person));
    person.press("r");
    assert!(screen(&person).contains("Mon 23 Nov; this is a rest day."), "{}", screen(&person));
    assert!(!screen(&person).contains("space ticks, enter counts"), "{}", screen(&person));
    person.press("r space");
    assert!(has_rates(&person), "{}", screen(&person));
}

#[test]
fn an_archived_habit_leads_with_what_stays() {
    let (mut memory, habit) = somebody("Read", "daily", 9);
    for ago in 3..8 {
        let day = plus(today(), -ago);
        memory.apply(&Change::CheckInSet { habit, day, mark: Some(Mark::Done) }).unwrap();
    }
    memory.apply(&Change::HabitArchive { habit, on: plus(today(), -3) }).unwrap();
    let mut person = person(memory, 120, 40);
    person.press(".");
    let screen = screen(&person);
    assert!(screen.contains("5 in all · longest 5 · strength"), "{screen}");
    assert!(screen.contains("archived since") && !screen.contains("streak 5"), "{screen}");
}

#[test]
fn ascii_has_one_sign_for_done_and_another_for_times() {
    let (mut memory, habit) = somebody("Read", "mon,tue", 30);
    for ago in [6, 7] {
        let day = plus(today(), -ago);
        memory.apply(&Change::CheckInSet { habit, day, mark: Some(Mark::Done) }).unwrap();
    }
    let config = Config { glyphs: Glyphs::Ascii, ..Config::default() };
    let mut person = Person::new(memory, config, 80, 24);
    assert!(screen(&person).contains(" 2 t |"), "{}", screen(&person));
    person.press("? G");
    assert!(screen(&person).contains("t is times"), "{}", screen(&person));
}

#[test]
fn the_help_explains_every_sign_and_says_where() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut person = person(learner(), width, height);
        person.press("?");
        assert!(screen(&person).contains("Keys; G: signs"), "{}", screen(&person));
        person.press("G");
        assert!(screen(&person).contains("heading is"), "{}", screen(&person));
        person.press("pgup");
        let all = format!("{}{}", screen(&person), screen(person.press("G")));
        assert!(all.contains("blank ") || height < 24, "{all}");
        person.send(Message::Resized { width: 120, height: 40 });
        assert!(screen(&person).contains("│ Signs"), "{}", screen(&person));
    }
}
