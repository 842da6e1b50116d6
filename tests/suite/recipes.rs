//! Recipes as somebody types: starters, advice, rehearsal, the doctor, coming back after a break.

use inch::{
    app::{
        Action, Effect, Failure, Message, Overlay, STARTER,
        doctor::{Doctor, Step},
        form::Form,
        is_available,
        reading::Reading,
        rehearsal::Rehearsal,
        starter_recipe, update,
    },
    config::Config,
    domain::{
        advice::Advice,
        change::Change,
        checkpoint::{Checkpoint, boundary},
        day::plus,
        habit::{Habit, Mark, Recipe},
        ids::{HabitId, IdSource, TopicId},
        schedule::Schedule,
        starters::Starters,
        window::Window,
    },
    ui::{shape, theme::Theme},
};

use crate::fixture::{
    Memory, Person, add_habit, beginner, learner, nobody, returner, stumbler, today,
};

fn person(memory: Memory) -> Person {
    Person::new(memory, Config::default(), 120, 40)
}

fn notice(person: &Person) -> &str {
    person.model.notice.as_ref().map_or("", |notice| &notice.text)
}

fn form(person: &Person) -> &Form {
    match &person.model.overlay {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn doctor(person: &Person) -> &Doctor {
    match &person.model.overlay {
        Some(Overlay::Doctor(doctor)) => doctor,
        other => panic!("no doctor: {other:?}"),
    }
}

fn rehearsal(person: &Person) -> &Rehearsal {
    match &person.model.overlay {
        Some(Overlay::Rehearsal(rehearsal)) => rehearsal,
        other => panic!("no rehearsal: {other:?}"),
    }
}

fn selected(person: &Person) -> &Habit {
    person.model.selected_habit().unwrap()
}

fn recipe(person: &Person) -> &Recipe {
    &selected(person).recipes.newest().value
}

#[test]
fn a_starter_fills_the_form_and_advice_never_keeps_from_saving() {
    let mut person = person(nobody());
    person.press("esc a j j j enter");
    assert!(!form(&person).is_changed(), "nothing was typed yet");
    person.press("tab");
    assert_eq!(form(&person).advice(), None);
    person.press("ctrl-u \"in_the_morning");
    assert_eq!(form(&person).advice(), Some(Advice::Time));
    person.press("ctrl-u \"pour_my_tea");
    assert_eq!(form(&person).advice(), None);
    person.press("tab ctrl-u \"read_for_30_minutes");
    assert_eq!(form(&person).advice(), Some(Advice::Long));
    person.press("tab");
    assert_eq!(form(&person).advice(), None, "it is about the focused field");
    person.press("ctrl-s");
    let habit = selected(&person);
    assert_eq!((habit.name.as_str(), habit.schedule()), ("Write one line of code", weekdays()));
    assert_eq!(habit.topic, Some(TopicId::from("programming-basics")));
    let Recipe { anchor, behaviour, celebration } = recipe(&person);
    assert_eq!(
        [anchor.as_str(), behaviour, celebration],
        ["pour my tea", "read for 30 minutes", "I nod at the screen"]
    );
    // What is a habit already is not offered again.
    person.press("esc a j j j enter");
    assert_eq!(form(&person).text(inch::app::form::Name::Name), "One flash card");
}

fn weekdays() -> Schedule {
    "mon,tue,wed,thu,fri".parse().unwrap()
}

#[test]
fn a_new_habit_is_rehearsed_three_times_and_nothing_is_logged() {
    let mut person = person(nobody());
    person.press("esc a j j enter ctrl-s");
    assert_eq!(rehearsal(&person).rounds, None, "it is offered");
    let screen = person.screen();
    assert!(!screen.contains("space ticks it"), "here space does something else: {screen}");
    person.press("down");
    assert_eq!(person.screen().matches("space yes").count(), 2, "{}", person.screen());
    let before = person.memory.workspace();
    person.press("enter");
    for round in 0..=3 {
        assert_eq!(rehearsal(&person).rounds, Some(round));
        person.press(if round % 2 == 0 { "space" } else { "enter" });
    }
    assert!(person.model.overlay.is_none());
    assert_eq!(person.memory.workspace(), before, "it is practice");
    person.press(": \"rehearse enter");
    assert_eq!(rehearsal(&person).rounds, Some(0));
    person.press("space esc");
    assert!(person.model.overlay.is_none());
}

#[test]
fn without_a_recipe_there_is_nothing_to_rehearse() {
    let mut person = person(beginner());
    assert!(is_available(&person.model, Action::Rehearse));
    person.press("a enter \"Read ctrl-s");
    assert!(person.model.overlay.is_none());
    assert!(!is_available(&person.model, Action::Rehearse));
    person.press("e tab \"wake_up ctrl-s");
    assert!(person.model.overlay.is_none(), "an edit offers nothing");
    assert!(is_available(&person.model, Action::Rehearse));
    person.press("x . G");
    assert!(!is_available(&person.model, Action::Rehearse), "it is archived");
    assert!(!is_available(&person.model, Action::RecipeDoctor));
}

#[test]
fn the_doctor_applies_each_choice_at_once_and_undo_takes_each_back() {
    let mut person = person(stumbler());
    person.press("j");
    let before = selected(&person).clone();
    person.press("d");
    assert_eq!(doctor(&person).step, Some(Step::Prompt));
    // The prompt: another anchor.
    person.press("down enter");
    assert_eq!(recipe(&person).anchor, "pour my first coffee");
    assert_eq!(doctor(&person).step, Some(Step::Ability));
    // The ability: one's own words.
    person.press("\"look_at_one_axis enter");
    assert_eq!(recipe(&person).behaviour, "look at one axis");
    assert_eq!(doctor(&person).step, Some(Step::Motivation));
    // The motivation: something else, and a celebration.
    person.press("down down enter");
    assert_ne!(recipe(&person).behaviour, "look at one axis");
    assert_eq!(doctor(&person).step, Some(Step::Celebration));
    person.press("down enter");
    assert_eq!(recipe(&person).celebration, "I say “nice”");
    // The name goes along only because somebody says so.
    assert_eq!(doctor(&person).step, Some(Step::Name));
    assert_eq!(selected(&person).name, before.name);
    person.press("down enter");
    let named = selected(&person).name.to_lowercase();
    assert_eq!(named, recipe(&person).behaviour.to_lowercase());
    assert_eq!((doctor(&person).step, doctor(&person).changed.len()), (None, 5));
    person.press("enter");
    assert!(person.model.overlay.is_none());
    // The days before keep their recipe.
    let habit = selected(&person);
    assert_eq!(habit.recipes.at(plus(today(), -1)), before.recipes.at(today()));
    assert_eq!(habit.recipes.as_slice().len(), 2, "one new version, from today");
    assert_eq!(habit.recipes.newest().from, today());
    person.press("u u u u u");
    assert_eq!(*selected(&person), before);
}

#[test]
fn the_doctor_may_leave_everything_as_it_is() {
    let mut person = person(stumbler());
    let before = person.memory.workspace();
    person.press("d enter enter enter enter");
    assert_eq!(doctor(&person).step, None, "without another behaviour no other name is asked for");
    assert!(doctor(&person).changed.is_empty());
    person.press("enter");
    assert_eq!(person.memory.workspace(), before);
    // Half way through, what was chosen stays.
    person.press("d down enter esc");
    assert!(person.model.overlay.is_none());
    assert_eq!(recipe(&person).anchor, "pour my first coffee");
}

#[test]
fn the_doctor_says_what_is_not_taken_and_loses_no_words() {
    let mut person = person(stumbler());
    person.press("d G");
    assert_eq!(doctor(&person).editor.text(), "G", "letters are words here");
    person.press("ctrl-u enter");
    assert!(doctor(&person).error.as_ref().unwrap().contains("Type it here first"));
    person.send(Message::Pasted("long ".repeat(500)));
    assert_eq!(doctor(&person).error, None);
    person.press("enter");
    assert!(person.model.notice.as_ref().unwrap().text.contains("at most"));
    assert!(doctor(&person).editor.text().starts_with("long"));
    person.press("up");
    assert!(doctor(&person).editor.text().starts_with("long"), "moving away keeps it");
    // What can't be written now waits, like everything else.
    person.press("esc y d down");
    person.memory.failure = Some(Failure { text: "locked".into(), change: None, is_waiting: true });
    person.press("enter");
    assert!(person.model.overlay.is_none());
    assert_eq!(person.model.unsaved.len(), 1);
    person.memory.failure = None;
    person.send(Message::Retry);
    assert_eq!(recipe(&person).anchor, "pour my first coffee");
}

#[test]
fn the_doctor_asks_before_words_are_lost() {
    for key in ["esc", "ctrl-c"] {
        let mut person = person(stumbler());
        person.press("d \"stand_up up").press(key);
        assert!(matches!(person.model.overlay, Some(Overlay::Confirm(_))), "{key}");
        person.press("n");
        assert_eq!(doctor(&person).editor.text(), "stand up");
        person.press(key).press("y");
        assert!(person.model.overlay.is_none());
        person.press("d \"__").press(key);
        assert!(person.model.overlay.is_none(), "blanks are no words");
    }
}

#[test]
fn a_recipe_that_goes_takes_its_words_along() {
    let plan = |memory: &mut Memory, habit| {
        let words = |text: &str| Some(text.to_owned());
        let from = plus(today(), 8);
        let (anchor, behaviour) = (words("come home"), words("read one page"));
        let planned = Change::RecipeSet { habit, from, anchor, behaviour, celebration: None };
        memory.apply(&planned).unwrap();
    };
    for (keys, anchor, behaviour) in [
        ("d down enter", "pour my first coffee", "read one figure of a paper"),
        ("d enter \"look enter", "sit down at my desk", "look"),
        ("e tab ctrl-u \"stand_up ctrl-s ctrl-s", "stand up", "read one figure of a paper"),
    ] {
        let mut memory = stumbler();
        let habit = memory.workspace().habits[0].id;
        plan(&mut memory, habit);
        let mut person = person(memory);
        person.press(keys);
        let held = recipe(&person);
        assert_eq!((&*held.anchor, &*held.behaviour), (anchor, behaviour), "{keys}");
        assert_eq!(selected(&person).recipes.newest().from, today());
        if let Some(Overlay::Doctor(doctor)) = &person.model.overlay {
            let said = if keys.contains("look") { behaviour } else { anchor };
            assert_eq!(doctor.changed[0].1, said, "what was chosen, not what came along");
        }
    }
    // What stays planned keeps its own words for what is not named.
    let mut memory = stumbler();
    let habit = memory.workspace().habits[0].id;
    plan(&mut memory, habit);
    let mut person = person(memory);
    let from = plus(today(), 9).to_string();
    person.press("e tab ctrl-u \"stand_up shift-tab shift-tab ctrl-u");
    person.press(&format!("\"{from} ctrl-s"));
    let held = recipe(&person);
    assert_eq!((&*held.anchor, &*held.behaviour), ("stand up", "read one page"));
}

#[test]
fn a_window_about_a_habit_goes_with_it() {
    for open in ["d", ": \"rehearse enter"] {
        let mut person = person(stumbler());
        person.press(open);
        assert!(person.model.overlay.is_some());
        let habit = selected(&person).id;
        let applied = person.memory.apply(&Change::HabitDelete { habit }).unwrap();
        person.send(Message::Heard(vec![applied]));
        assert!(person.model.overlay.is_none(), "{open}");
    }
}

#[test]
fn the_first_starter_is_the_one_of_the_welcome() {
    let starter = &Starters::shipped().habits[0];
    assert_eq!((starter.name.as_str(), starter.recipe()), (STARTER, starter_recipe()));
}

#[test]
fn after_a_break_the_first_words_are_welcome_and_what_stays() {
    let away = person(returner());
    assert!(notice(&away).starts_with("Welcome back. 48 ticks stay yours, strength "));
    assert!(!notice(&away).contains(" 0"), "{}", notice(&away));
    assert_eq!(notice(&person(learner())), "");
    assert_eq!(notice(&person(nobody())), "");
    let mut back = person(returner());
    back.press("space");
    assert_eq!(notice(&person(back.memory)), "", "back already");
    // It stayed open meanwhile.
    let mut open = person(learner());
    open.send(Message::Moment { today: plus(today(), 1), until: None });
    assert!(notice(&open).starts_with("A new day"), "{}", notice(&open));
    open.send(Message::Moment { today: plus(today(), 5), until: None });
    assert!(notice(&open).starts_with("Welcome back. "), "{}", notice(&open));
}

fn explained(person: &Person) -> String {
    match &person.model.overlay {
        Some(Overlay::Reading(Reading { paragraphs, .. })) => paragraphs.join("\n"),
        other => panic!("nothing to read: {other:?}"),
    }
}

/// The number between two pieces of a text.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let behind = text.split_once(before).unwrap_or_else(|| panic!("{before} in {text}")).1;
    behind.split_once(after).unwrap().0
}

/// The strength of the first habit, as the explanation writes it.
fn strength(person: &Person) -> String {
    let habit = person.model.workspace.habits[0].id;
    format!("{:.1}", 100.0 * person.model.figures[&habit].strength)
}

/// Somebody with one habit since a day, done on some days before today.
fn with_habit(schedule: &str, since: i64, done: impl IntoIterator<Item = i64>) -> Memory {
    let mut memory = nobody();
    let mut ids = IdSource::new(6, 1);
    let from = plus(today(), -since);
    let habit = add_habit(&mut memory, &mut ids, 0, "Read", schedule, from, Recipe::default());
    for ago in done {
        let day = plus(today(), -ago);
        memory.apply(&Change::CheckInSet { habit, day, mark: Some(Mark::Done) }).unwrap();
    }
    memory
}

/// Holds of a habit what a start holds: its days since its checkpoint.
fn forget(person: &mut Person, habit: HabitId) {
    let workspace = &mut person.model.workspace;
    let held = workspace.habit(habit).unwrap().clone();
    let rules = workspace.rules;
    let track = workspace.tracks.get_mut(&habit).unwrap();
    let until = Some(boundary(today()));
    let checkpoint =
        Checkpoint::default().advance(&held, &track.marks, rules, today(), until, |_| {});
    track.marks = track.marks.split_off(&checkpoint.resume);
    track.held_from = checkpoint.resume;
    track.checkpoint = checkpoint;
}

#[test]
fn the_strength_is_explained_with_the_numbers_that_come_true() {
    let mut person = person(stumbler());
    person.press("j j i");
    let text = explained(&person);
    assert!(text.contains("11 of 20 were met"), "{text}");
    let promised = between(&text, "The next tick makes it ", " %").to_owned();
    person.press("esc space");
    let habit = person.model.habits.rows()[2];
    assert_eq!(person.model.asks[&habit].mark, Some(Mark::Done));
    let strength = 100.0 * person.model.figures[&habit].strength;
    assert_eq!(format!("{strength:.1}"), promised);
}

#[test]
fn the_strength_is_explained_from_a_whole_year_in_the_history_too() {
    let mut person = person(learner());
    let second = person.model.workspace.habits[1].id;
    forget(&mut person, second);
    person.press("z tab : \"explain_strength enter");
    assert_eq!(person.model.history.habit, Some(second));
    let met = person.model.history.overview.rates[2];
    assert!(met.all > 300);
    let text = explained(&person);
    assert!(text.contains(&format!(" {} of {} were met", met.met, met.all)), "{text}");
}

#[test]
fn strength_that_no_window_of_the_last_year_explains_is_named_all_the_same() {
    // Met early: the week is not over. And archived for longer than a year.
    let mut old = with_habit("daily", 600, 450..600);
    let habit = old.workspace().habits[0].id;
    old.apply(&Change::HabitArchive { habit, on: plus(today(), -440) }).unwrap();
    for (memory, keys) in [(with_habit("1/week", 0, [0]), "i"), (old, ". i")] {
        let mut person = person(memory);
        person.press(keys);
        let (text, strength) = (explained(&person), strength(&person));
        assert_ne!(strength, "0.0");
        assert!(text.contains(&format!("Here it is {strength} % now.")), "{text}");
        assert!(!text.contains("begins to count") && !text.contains("were met"), "{text}");
    }
    let mut person = person(with_habit("1/week", 0, []));
    person.press("i");
    assert!(explained(&person).contains("It begins to count with the first tick."));
}

#[test]
fn the_next_tick_is_one_that_can_be_made() {
    // Weeks begin on Tuesday: the Monday before today is a last day, on which two of four are done.
    let monday = plus(today(), -7);
    let memory = with_habit("4/week", 60, (14..60).chain([10, 7]));
    let config = Config { week_starts_on: chrono::Weekday::Tue, ..Config::default() };
    let mut person = Person::new(memory, config, 120, 40);
    person.send(Message::Moment { today: monday, until: None });
    person.press("i");
    let text = explained(&person);
    let stays = between(&text, "out of reach; once it is over, ", " % stay").to_owned();
    let promised = between(&text, "The next 4 ticks in one week make it ", " %").to_owned();
    person.press("esc");
    person.send(Message::Moment { today: plus(monday, 1), until: None });
    assert_eq!(strength(&person), stays, "{text}");
    person.press("space");
    for day in (2..=4).map(|day| plus(monday, day)) {
        person.send(Message::Moment { today: day, until: None });
        person.press("space");
    }
    assert_eq!(strength(&person), promised, "{text}");
}

#[test]
fn a_window_to_read_in_is_as_high_as_what_it_says() {
    for width in 40..=110 {
        let mut person = Person::new(learner(), Config::default(), width, 60);
        person.press("j j i");
        let theme = Theme::new(&person.model.config, true);
        let lines = shape(&person.model, &person.keymap, &theme).lines;
        assert_eq!(usize::from(person.model.areas.overlay_height()), lines, "{width}");
    }
}

#[test]
fn what_is_read_begins_with_a_window() {
    for schedule in ["every 100 days", "3/week", "every 365 days"] {
        let mut person = person(with_habit(schedule, 900, [30, 130, 230, 330, 430]));
        let habit = person.model.workspace.habits[0].clone();
        // Another one is selected, and the days go back.
        person.press("a enter \"Other ctrl-s");
        for _ in 0..90 {
            forget(&mut person, habit.id);
            let effects = update(&mut person.model, Message::Action(Action::DayBack));
            assert_ne!(selected(&person).id, habit.id);
            let read = effects.iter().find_map(|effect| match effect {
                Effect::Load(whose, from) if *whose == habit.id => Some(*from),
                _ => None,
            });
            let held = read.unwrap_or(person.model.workspace.tracks[&habit.id].held_from);
            let drawn = plus(person.model.day, -13);
            let rules = person.model.workspace.rules;
            let window = Window::holding(drawn, &habit.schedules, rules.week_starts_on).unwrap();
            assert!(held <= window.start, "{schedule} {drawn}: {held} is after {}", window.start);
            person.model.workspace.tracks = person.memory.workspace().tracks;
        }
    }
}

#[test]
fn a_window_to_read_in_scrolls_and_stops_at_its_end() {
    let mut person = Person::new(stumbler(), Config::default(), 40, 12);
    let offset = |person: &Person| match &person.model.overlay {
        Some(Overlay::Reading(reading)) => reading.offset,
        other => panic!("nothing to read: {other:?}"),
    };
    person.press("i j j k");
    assert_eq!(offset(&person), 1);
    person.press("G");
    let end = offset(&person);
    let Some(Overlay::Reading(reading)) = &person.model.overlay else { unreachable!() };
    let height = person.model.areas.overlay_height();
    assert_eq!(end + height, reading.height(36), "the last line is at the bottom");
    person.press("j pgdn");
    assert_eq!(offset(&person), end);
    person.press("g q");
    assert!(person.model.overlay.is_none());
}

#[test]
fn the_timers_length_is_a_field_of_the_habit() {
    let mut person = person(beginner());
    person.press("e tab tab tab tab tab tab tab ctrl-u \"30 ctrl-s");
    assert_eq!(selected(&person).seconds, 30);
    assert_eq!(notice(&person), "Saved. u takes it back.");
    person.press("e tab tab tab tab tab tab tab ctrl-u \"3 ctrl-s");
    assert_eq!(form(&person).error.as_deref(), Some("The timer runs 5 to 120 seconds."));
    person.press("esc y a enter \"Read tab tab tab tab tab tab tab \"20 ctrl-s");
    assert_eq!((selected(&person).name.as_str(), selected(&person).seconds), ("Read", 20));
}
