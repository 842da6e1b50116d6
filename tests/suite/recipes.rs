//! Recipes as somebody types: starters, advice, rehearsal, the doctor, coming back after a break.

use inch::{
    app::{
        Action, Failure, Message, Overlay, STARTER,
        doctor::{Doctor, Step},
        form::Form,
        is_available,
        reading::Reading,
        rehearsal::Rehearsal,
        starter_recipe,
    },
    config::Config,
    domain::{
        advice::Advice,
        change::Change,
        day::plus,
        habit::{Habit, Mark, Recipe},
        ids::TopicId,
        schedule::Schedule,
        starters::Starters,
    },
};

use crate::fixture::{Memory, Person, beginner, learner, nobody, returner, stumbler, today};

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
    assert!(doctor(&person).error.as_ref().unwrap().contains("at most"));
    assert!(doctor(&person).editor.text().starts_with("long"));
    person.press("up");
    assert!(doctor(&person).editor.text().starts_with("long"), "moving away keeps it");
    // What can't be written now waits, like everything else.
    person.press("esc d down");
    person.memory.failure = Some(Failure { text: "locked".into(), change: None, is_waiting: true });
    person.press("enter");
    assert!(person.model.overlay.is_none());
    assert_eq!(person.model.unsaved.len(), 1);
    person.memory.failure = None;
    person.send(Message::Retry);
    assert_eq!(recipe(&person).anchor, "pour my first coffee");
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

#[test]
fn the_strength_is_explained_with_the_numbers_that_come_true() {
    let mut person = person(stumbler());
    person.press("j j i");
    let Some(Overlay::Reading(Reading { paragraphs, .. })) = &person.model.overlay else {
        panic!("nothing to read");
    };
    let text = paragraphs.join("\n");
    assert!(text.contains("11 of 20 were met"), "{text}");
    let promised = text.split_once("The next tick makes it ").unwrap().1;
    let promised = promised.split_once(" %").unwrap().0.to_owned();
    person.press("esc space");
    let habit = person.model.habits.rows()[2];
    assert_eq!(person.model.asks[&habit].mark, Some(Mark::Done));
    let strength = 100.0 * person.model.figures[&habit].strength;
    assert_eq!(format!("{strength:.1}"), promised);
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
    person.press("e tab tab tab tab tab tab ctrl-u \"30 ctrl-s");
    assert_eq!(selected(&person).seconds, 30);
    person.press("e tab tab tab tab tab tab ctrl-u \"3 ctrl-s");
    assert_eq!(form(&person).error.as_deref(), Some("The timer runs 5 to 120 seconds."));
    person.press("esc y a enter \"Read tab tab tab tab tab tab \"20 ctrl-s");
    assert_eq!((selected(&person).name.as_str(), selected(&person).seconds), ("Read", 20));
}
