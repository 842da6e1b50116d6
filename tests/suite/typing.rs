//! The app as somebody types: what keys do, told as stories over a memory that stands for the disk.
//!
//! And its laws: nothing is in the workspace that is not in the memory, and the selection is always
//! a row.

use inch::{
    app::{
        Action, Effect, Failure, Focus, Message, Overlay, Pane, ProjectRow, Tone, TreeRow,
        is_available,
    },
    config::Config,
    domain::{
        change::Change, day::plus, habit::Mark, ids::TopicId, project::Status, schedule::Schedule,
        topic::TopicState, workspace::Workspace,
    },
    keymap::{Keymap, contexts},
};
use proptest::prelude::*;

use crate::fixture::{Memory, Person, beginner, learner, nobody, today};

fn person(memory: Memory) -> Person {
    Person::new(memory, Config::default(), 120, 40)
}

fn marks(person: &Person) -> Vec<Option<Mark>> {
    let habits = person.model.habits.rows().iter();
    habits.map(|habit| person.model.asks[habit].mark).collect()
}

fn notice(person: &Person) -> &str {
    person.model.notice.as_ref().map_or("", |notice| &notice.text)
}

#[test]
fn the_first_start_offers_a_habit_and_takes_no_for_an_answer() {
    let mut taken = person(nobody());
    assert!(matches!(taken.model.overlay, Some(Overlay::Welcome)));
    taken.press("enter");
    assert_eq!(taken.model.workspace.habits.len(), 1);
    assert_eq!(taken.model.workspace.habits[0].created_on(), today());
    assert!(taken.model.overlay.is_none());
    let mut empty = person(nobody());
    empty.press("esc");
    assert!(empty.model.workspace.habits.is_empty() && empty.model.overlay.is_none());
}

#[test]
fn three_unfinished_habits_are_space_space_space() {
    let mut person = person(learner());
    assert_eq!(marks(&person), [None; 6]);
    person.press("space space space");
    assert_eq!(marks(&person)[..3], [Some(Mark::Done); 3]);
    assert_eq!(person.model.habits.index(), 3);
    person.press("k space");
    assert_eq!(marks(&person)[2], None, "space unticks");
    assert_eq!(person.model.habits.index(), 2, "unticking stays");
}

#[test]
fn after_the_last_habit_the_next_is_looked_for_from_the_top() {
    let mut person = person(learner());
    person.press("G space");
    assert_eq!(person.model.habits.index(), 0);
    person.press("space space space space space");
    assert_eq!(marks(&person), [Some(Mark::Done); 6]);
}

#[test]
fn a_past_day_is_shown_and_edited_and_t_comes_back() {
    let mut person = person(learner());
    person.press("left left left left left");
    let day = plus(today(), -5);
    assert_eq!(person.model.day, day);
    let habit = *person.model.habits.selected().unwrap();
    let before = person.model.asks[&habit].mark;
    person.press("r");
    assert_ne!(person.model.asks[&habit].mark, before);
    assert_eq!(person.model.workspace.tracks[&habit].marks[&day], Mark::Rest);
    person.press("t");
    assert_eq!(person.model.day, today());
    person.press("right");
    assert_eq!(person.model.day, plus(today(), 1));
    let footer = person.screen().lines().last().unwrap().to_owned();
    assert!(footer.contains(" r rest ") && !footer.contains("space"), "{footer}");
    for key in ["space", "enter", "z down space"] {
        person.press(key);
        assert!(notice(&person).ends_with("not here yet. r plans a rest day."), "{key}");
    }
    person.press("z esc");
    assert_eq!(person.model.day, today());
}

#[test]
fn undo_and_redo_name_what_they_took() {
    let mut person = person(beginner());
    person.press("space u");
    assert_eq!(marks(&person), [None]);
    assert!(notice(&person).starts_with("Took back: done"), "{}", notice(&person));
    person.press("ctrl-r");
    assert_eq!(marks(&person), [Some(Mark::Done)]);
    assert!(notice(&person).starts_with("Made again: done"), "{}", notice(&person));
    let mut many = self::person(learner());
    many.press("g j j space u");
    assert_eq!(many.model.habits.index(), 2, "what came back is selected");
    many.press("space u G ctrl-r");
    assert_eq!(many.model.habits.index(), 2);
    let mut fresh = person;
    fresh.press("ctrl-r");
    assert_eq!(notice(&fresh), "Nothing to redo.");
}

#[test]
fn a_habit_is_added_edited_archived_and_brought_back() {
    let mut person = person(nobody());
    person
        .press("esc a enter \"Read enter \"sit_down tab \"read_one_line tab tab ctrl-u \"3/week ctrl-s esc");
    let habit = &person.model.workspace.habits[0];
    assert_eq!((habit.name.as_str(), habit.schedule()), ("Read", Schedule::PerWeek(3)));
    assert_eq!(habit.recipes.newest().value.anchor, "sit down");
    person.press("e tab tab tab tab ctrl-u \"daily tab \"vect enter ctrl-s");
    let habit = &person.model.workspace.habits[0];
    assert_eq!(habit.schedule(), Schedule::Daily);
    assert_eq!(habit.topic, Some(TopicId::from("vectors")));
    person.press("u");
    let habit = &person.model.workspace.habits[0];
    assert_eq!(
        (habit.schedule(), &habit.topic),
        (Schedule::PerWeek(3), &None),
        "one form is one change"
    );
    person.press("x");
    assert!(person.model.habits.rows().is_empty());
    assert!(notice(&person).contains("u brings it back"));
    person.press(". x");
    assert_eq!(person.model.workspace.habits[0].archived_on(), None);
}

#[test]
fn a_tick_goes_on_to_nothing_that_was_put_away() {
    let mut person = person(beginner());
    person.press("a enter \"Walk ctrl-s esc x . g space");
    assert_eq!(person.model.habits.rows().len(), 2);
    assert_eq!(person.model.habits.index(), 0);
}

#[test]
fn a_goal_that_was_emptied_is_told_as_removed() {
    let mut person = person(beginner());
    person.press("2 W \"More ctrl-s W ctrl-u ctrl-s");
    assert_eq!(notice(&person), "Goal removed. u takes it back.");
}

#[test]
fn a_form_says_what_is_wrong_and_keeps_what_was_typed() {
    let mut person = person(beginner());
    person.press("e tab tab tab tab ctrl-u \"often ctrl-s");
    let Some(Overlay::Form(form)) = &person.model.overlay else { panic!("the form is gone") };
    assert!(form.error.as_ref().unwrap().contains("'often' is not a schedule"));
    person.press("esc");
    assert!(matches!(person.model.overlay, Some(Overlay::Confirm(_))), "something was typed");
    person.press("n");
    assert!(matches!(person.model.overlay, Some(Overlay::Form(_))));
    person.press("esc y");
    assert!(person.model.overlay.is_none());
    person.press("e esc");
    assert!(person.model.overlay.is_none(), "nothing was typed, nothing is asked");
}

#[test]
fn a_refused_text_stays_in_the_form() {
    let mut person = person(beginner());
    let long = "x".repeat(201);
    person.press("a enter").press(&format!("\"{long}")).press("ctrl-s");
    assert!(matches!(person.model.overlay, Some(Overlay::Form(_))), "the form is gone");
    assert!(person.model.notice.as_ref().unwrap().text.contains("at most 200"));
    assert_eq!(person.model.workspace.habits.len(), 1);
}

#[test]
fn a_note_is_written_with_or_without_a_mark() {
    let mut person = person(beginner());
    person.press("n \"first_line alt-enter \"second enter");
    let habit = *person.model.habits.selected().unwrap();
    assert_eq!(person.model.workspace.tracks[&habit].notes[&today()], "first line\nsecond");
    assert_eq!(marks(&person), [None]);
    person.press("n ctrl-u ctrl-u backspace ctrl-u ctrl-s");
    assert!(person.model.workspace.tracks[&habit].notes.is_empty());
}

#[test]
fn space_moves_a_topic_on_and_folds_headings() {
    let mut person = person(nobody());
    person.press("esc 2 space");
    let topic = TopicId::from("vectors");
    assert_eq!(person.model.topic_state(&topic), TopicState::Learning);
    person.press("space space ctrl-s space esc");
    assert_eq!(person.model.topic_state(&topic), TopicState::Mastered);
    let rows = person.model.tree.rows().len();
    person.press("g j space");
    assert_ne!(person.model.tree.rows().len(), rows);
    person.press("space");
    assert_eq!(person.model.tree.rows().len(), rows);
    // The menu goes backwards as well.
    person.press("/ \"vectors enter s g k k k k enter");
    assert_eq!(person.model.topic_state(&topic), TopicState::NotStarted);
}

#[test]
fn the_detail_follows_prerequisites_and_opens_links() {
    let mut person = person(learner());
    person.press("2 j j j j 0");
    assert_eq!(person.model.focus, Focus::Detail);
    person.press("enter");
    assert_eq!(
        person.model.tree.selected(),
        Some(&TreeRow::Topic(TopicId::from("ml-problem-types")))
    );
    assert_eq!(person.model.focus, Focus::List);
    person.press("o");
    assert!(
        matches!(person.effects.last(), Some(Effect::OpenUrl(url)) if url.starts_with("https://"))
    );
    assert!(notice(&person).starts_with("Opening "));
}

#[test]
fn a_projects_status_goes_on_and_dropping_can_be_undone() {
    let mut person = person(learner());
    person.press("3 j j");
    let id = person.model.selected_project().unwrap().id;
    let status = |person: &Person| person.model.workspace.project(id).unwrap().draft.status;
    assert_eq!(status(&person), Status::Shipped);
    person.press("space");
    assert_eq!(status(&person), Status::Live);
    person.press("x");
    assert_eq!(status(&person), Status::Dropped);
    assert!(!person.model.projects.rows().contains(&ProjectRow::Project(id)));
    person.press("u");
    assert_eq!(status(&person), Status::Live);
}

#[test]
fn the_order_is_the_persons() {
    let mut person = person(learner());
    let first = *person.model.habits.selected().unwrap();
    person.press("J J");
    assert_eq!(person.model.habits.rows()[2], first);
    assert_eq!(person.model.habits.selected(), Some(&first));
    person.press("K");
    assert_eq!(person.model.habits.rows()[1], first);
    person.press("u u u");
    assert_eq!(person.model.habits.rows()[0], first);
}

#[test]
fn deleting_is_in_the_palette_only_and_asks() {
    let mut person = person(learner());
    let id = *person.model.habits.selected().unwrap();
    person.press(": \"delete enter");
    assert!(matches!(person.model.overlay, Some(Overlay::Confirm(_))));
    person.press("n");
    assert!(person.model.workspace.habit(id).is_some());
    person.press(": \"delete enter y");
    assert!(person.model.workspace.habit(id).is_none());
    person.press("u");
    assert!(person.model.workspace.habit(id).is_some());
    assert!(person.model.figures[&id].lifetime > 300, "every day is back");
}

#[test]
fn what_is_not_saved_waits_and_is_not_shown_as_done() {
    let mut person = person(beginner());
    let busy = Failure { text: "locked".into(), change: None, is_waiting: true };
    person.memory.failure = Some(busy);
    person.press("space");
    assert_eq!(marks(&person), [None], "nothing is in the workspace before it is on the disk");
    assert_eq!(person.model.unsaved.len(), 1);
    assert_eq!(person.model.notice.as_ref().unwrap().tone, Tone::Bad);
    person.press("q");
    assert!(matches!(person.model.overlay, Some(Overlay::Confirm(_))), "quitting asks");
    person.press("n");
    person.memory.failure = None;
    person.send(Message::Retry);
    assert_eq!(marks(&person), [Some(Mark::Done)]);
    assert!(person.model.unsaved.is_empty());
    person.press("q");
    assert_eq!(person.effects.last(), Some(&Effect::Quit));
}

#[test]
fn unticking_what_is_not_saved_yet_takes_its_place() {
    let mut person = person(beginner());
    let busy = Failure { text: "locked".into(), change: None, is_waiting: true };
    person.memory.failure = Some(busy);
    person.press("space space");
    assert!(person.model.unsaved.is_empty(), "the disk says so already");
    assert!(notice(&person).contains("before it was saved"), "{}", notice(&person));
    person.memory.failure = None;
    person.send(Message::Retry);
    assert_eq!(marks(&person), [None]);
}

#[test]
fn a_new_day_begins_while_it_is_open() {
    let mut person = person(learner());
    person.press("space space j j");
    let tomorrow = plus(today(), 1);
    person.send(Message::Moment { today: tomorrow, until: None });
    assert_eq!((person.model.today, person.model.day), (tomorrow, tomorrow));
    assert_eq!(marks(&person), [None; 6]);
    assert_eq!(person.model.habits.index(), 0);
}

#[test]
fn a_paste_outside_a_text_field_does_nothing() {
    let mut person = person(learner());
    let before = person.memory.workspace();
    person.send(Message::Pasted("   x q d y :".repeat(300)));
    assert_eq!(person.memory.workspace(), before);
    assert!(person.effects.is_empty());
    person.press("a enter");
    person.send(Message::Pasted("one\r\ntwo\u{1b}[2J".into()));
    let Some(Overlay::Form(form)) = &person.model.overlay else { panic!("the form is gone") };
    assert_eq!(form.text(inch::app::form::Name::Name), "one two\u{241b}[2J");
}

#[test]
fn the_zoom_and_every_step_back() {
    let mut person = person(learner());
    person.press("2 z / \"regr enter 0");
    person.press("esc");
    assert_eq!((person.model.focus, person.model.query()), (Focus::List, "regr"));
    person.press("esc");
    assert_eq!((person.model.query(), person.model.is_zoomed), ("", true));
    person.press("esc");
    assert!(!person.model.is_zoomed);
    assert!(!is_available(&person.model, Action::Back));
}

#[test]
fn ctrl_c_closes_what_is_on_top_and_then_quits() {
    let mut person = person(learner());
    for open in ["?", ":", "s", "a", "n", "/"] {
        person.press(open).press("ctrl-c");
        assert!(person.model.overlay.is_none(), "{open}");
    }
    person.press("ctrl-c");
    assert_eq!(person.effects, [Effect::Quit]);
}

#[test]
fn every_hint_of_the_footer_does_something() {
    let stories = [
        "",
        "left",
        ".",
        "2",
        "2 j j",
        "2 j j j j",
        "2 0",
        "3",
        "3 j",
        "3 j 0",
        "j 0",
        "z",
        "z h",
        "z pgup",
        "z v",
        "z shift-tab",
    ];
    for story in stories {
        let mut person = person(learner());
        person.press(story);
        for hint in person.keymap.hints(&person.model) {
            // Undo has nothing to take back yet in some stories; it says so, which is something.
            let mut other = self::person(learner());
            other.press(story);
            let before = format!("{:?}", other.model);
            let effects = other.effects.len();
            other.press(&hint.keys[0].to_string());
            let is_changed = format!("{:?}", other.model) != before;
            assert!(is_changed || other.effects.len() > effects, "{} after {story}", hint.label);
        }
    }
}

#[test]
fn no_key_means_two_things_at_once() {
    // The first context decides; a key of an outer one that is hidden so must mean the same.
    let keymap = Keymap::default();
    for story in ["", "2", "3", "j 0", "2 0", "3 j 0", "z", "z shift-tab"] {
        let mut person = person(learner());
        person.press(story);
        let stack = contexts(&person.model);
        for binding in keymap.bindings().iter().filter(|binding| stack.contains(&binding.context)) {
            for chord in &binding.chords {
                let resolved = keymap.resolve(stack, *chord).unwrap();
                // Inside the detail Enter is for its items; it starts nothing unseen there.
                let is_inner = (resolved, binding.action) == (Action::Follow, Action::Start);
                assert!(resolved == binding.action || is_inner, "{chord} after {story}");
            }
        }
    }
}

/// Keys that a cat on the keyboard would press, with those that open things more often.
fn key() -> impl Strategy<Value = &'static str> {
    let keys = [
        "space",
        "space",
        "j",
        "k",
        "h",
        "l",
        "left",
        "right",
        "up",
        "down",
        "enter",
        "enter",
        "esc",
        "tab",
        "shift-tab",
        "1",
        "2",
        "3",
        "0",
        "z",
        "s",
        "a",
        "e",
        "n",
        "o",
        "f",
        ".",
        "y",
        "J",
        "K",
        "r",
        "x",
        "t",
        "d",
        "i",
        "/",
        ":",
        "?",
        "u",
        "u",
        "ctrl-r",
        "g",
        "G",
        "pgup",
        "pgdn",
        "ctrl-d",
        "ctrl-u",
        "ctrl-s",
        "ctrl-c",
        "backspace",
        "delete",
        "home",
        "end",
        "v",
        "w",
        "c",
        "V",
        "ctrl-w",
        "ctrl-k",
        "alt-enter",
        "é",
        "日",
        "-",
    ];
    proptest::sample::select(keys.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn memory_is_never_ahead_of_the_disk(keys in proptest::collection::vec(key(), 0..160), who in 0..3_usize) {
        let memory = [nobody, beginner, learner][who]();
        let mut person = person(memory);
        for (at, key) in keys.into_iter().enumerate() {
            // Now and then the disk can't be written; what waits is tried again later.
            let is_locked = at % 23 > 17;
            let failure = Failure { text: "locked".into(), change: None, is_waiting: true };
            person.memory.failure = is_locked.then_some(failure);
            if at % 23 == 0 {
                person.send(Message::Retry);
            }
            person.press(key).leap([1, 11, 0, 100, -50][at % 5]);
            let model = &person.model;
            prop_assert!(model.habits.index() < model.habits.rows().len().max(1));
            prop_assert!(model.tree.index() < model.tree.rows().len().max(1));
            prop_assert!(model.projects.index() < model.projects.rows().len().max(1));
        }
        let fresh = person.memory.workspace();
        let Workspace { habits, progress, own_topics, projects, studied, .. } = &person.model.workspace;
        prop_assert_eq!((&fresh.habits, &fresh.progress), (habits, progress));
        prop_assert_eq!((&fresh.own_topics, &fresh.projects), (own_topics, projects));
        prop_assert_eq!(&fresh.studied, studied);
        for habit in habits {
            let (held, stored) = (&person.model.workspace.tracks[&habit.id], &fresh.tracks[&habit.id]);
            prop_assert_eq!((&held.marks, &held.notes), (&stored.marks, &stored.notes));
            prop_assert_eq!(
                person.model.workspace.figures(habit, today()),
                person.model.figures.get(&habit.id).cloned()
            );
        }
    }
}

#[test]
fn every_line_of_a_detail_can_be_reached() {
    for (keys, width, height) in [
        ("j", 80, 24),
        ("j", 40, 12),
        ("2", 80, 24),
        ("2 j", 40, 12),
        ("3 j", 60, 20),
        ("3", 40, 12),
    ] {
        let mut person = Person::new(learner(), Config::default(), width, height);
        person.press(keys).press("0");
        let mut seen = std::collections::BTreeSet::new();
        let rows = usize::from(person.model.areas.detail.unwrap().height) - 2;
        for _ in 0..200 {
            let (top, lines) = (person.model.detail_top, person.model.shape.lines);
            seen.extend(top..(top + rows).min(lines));
            let item = person.model.detail_item.map(|item| person.model.shape.items[item]);
            assert!(item.is_none_or(|line| (top..top + rows).contains(&line)), "after {keys}");
            person.press("j");
        }
        assert_eq!(seen.len(), person.model.shape.lines, "after {keys} at {width}x{height}");
        person.press("g");
        assert_eq!(person.model.detail_top, 0);
    }
}

#[test]
fn leaving_the_detail_shows_its_beginning_and_undo_selects_what_came_back() {
    let mut person = Person::new(learner(), Config::default(), 80, 24);
    person.press("j 0 G");
    assert!(person.model.detail_top > 0);
    person.press("esc");
    assert_eq!(person.model.detail_top, 0);
    let habit = person.model.habits.selected().copied();
    person.press("x u");
    assert_eq!(person.model.habits.selected().copied(), habit);
}

#[test]
fn a_question_about_leaving_takes_nothing_from_the_form() {
    let mut person = person(learner());
    for no in ["n", "esc", "ctrl-c", "enter"] {
        person.press("a enter \"half esc");
        assert!(person.screen().contains("y leave    n stay"), "{}", person.screen());
        person.press(no);
        if no == "enter" {
            person.press("n");
        }
        let Some(Overlay::Form(form)) = &person.model.overlay else { panic!("gone after {no}") };
        assert!(form.is_changed());
        person.press("esc y");
        assert!(person.model.overlay.is_none());
    }
}

#[test]
fn a_note_that_waits_is_there_when_it_is_opened_again() {
    let mut person = person(beginner());
    person.memory.failure = Some(Failure { text: "locked".into(), change: None, is_waiting: true });
    person.press("n \"first enter n");
    let Some(Overlay::Note(note)) = &person.model.overlay else { panic!("the note is gone") };
    assert_eq!(note.editor.text(), "first");
    person.press("\"_and_more enter");
    assert_eq!(person.model.unsaved.len(), 1, "the newest takes the place of the older");
    person.memory.failure = None;
    person.send(Message::Retry);
    let habit = *person.model.habits.selected().unwrap();
    assert_eq!(person.model.workspace.tracks[&habit].notes[&today()], "first and more");
}

#[test]
fn what_was_tried_again_moves_nothing_under_the_hands() {
    let mut person = person(learner());
    person.memory.failure = Some(Failure { text: "locked".into(), change: None, is_waiting: true });
    person.press("a enter \"New ctrl-s 2 / \"reg");
    person.memory.failure = None;
    person.send(Message::Retry);
    assert_eq!((person.model.pane, person.model.query()), (Pane::Curriculum, "reg"));
    assert!(person.model.workspace.habits.iter().any(|habit| habit.name == "New"));
}

#[test]
fn where_nothing_can_be_seen_only_a_tick_can_be_done() {
    let mut person = Person::new(learner(), Config::default(), 30, 8);
    let before = person.memory.workspace();
    person.press("2 g a \"hi enter s x / : ? z");
    assert!(person.model.overlay.is_none());
    assert_eq!(person.memory.workspace(), before);
    person.press("1 space");
    assert_eq!(marks(&person)[0], Some(Mark::Done));
    let mut person = self::person(learner());
    person.press("a enter \"half");
    person.send(Message::Resized { width: 30, height: 8 });
    person.press("esc \"lost enter");
    person.send(Message::Resized { width: 120, height: 40 });
    let Some(Overlay::Form(form)) = &person.model.overlay else { panic!("the form is gone") };
    assert_eq!(form.text(inch::app::form::Name::Name), "half");
}

#[test]
fn space_goes_on_with_the_topic_that_the_next_row_named() {
    let mut person = person(nobody());
    person.press("esc 2 g space space space ctrl-s");
    assert_eq!(person.model.topic_state(&TopicId::from("vectors")), TopicState::Mastered);
    assert_eq!(person.model.workspace.progress.len(), 1, "no other topic was touched");
}

#[test]
fn a_found_topic_stays_selected_when_all_are_shown_again() {
    let mut person = person(nobody());
    person.press("esc 2 / \"backprop enter esc");
    let found = TopicId::from("backpropagation");
    assert_eq!(person.model.tree.selected(), Some(&TreeRow::Topic(found)));
    assert_eq!(person.model.query(), "");
}

#[test]
fn editing_keeps_what_is_stored_but_not_shown() {
    let mut person = person(nobody());
    let name = "نمی\u{200c}خواهم 👩\u{200d}💻";
    person.press("esc a enter");
    person.send(Message::Pasted(name.into()));
    person.press("ctrl-s e tab \"wake ctrl-s");
    let habit = &person.model.workspace.habits[0];
    assert_eq!((habit.name.as_str(), habit.recipes.newest().value.anchor.as_str()), (name, "wake"));
}

#[test]
fn an_open_note_goes_on_saying_that_its_day_was_changed_elsewhere() {
    let mut person = person(beginner());
    let habit = *person.model.habits.selected().unwrap();
    person.press("n");
    let note = Change::CheckInNote { habit, day: today(), note: Some("theirs".into()) };
    let applied = person.memory.apply(&note).unwrap();
    person.send(Message::Heard(vec![applied]));
    person.press("\"mine");
    let Some(Overlay::Note(note)) = &person.model.overlay else { panic!("the note is gone") };
    assert!(note.is_changed_elsewhere && note.editor.text() == "mine");
}

#[test]
fn what_others_change_clears_what_was_confirmed() {
    for (keys, said) in [("space", "Done: "), ("x", "Archived ")] {
        let mut person = person(beginner());
        let habit = person.model.habits.rows()[0];
        person.press(keys);
        assert!(notice(&person).starts_with(said), "{}", notice(&person));
        let gone = Change::CheckInSet { habit, day: today(), mark: None };
        let applied = person.memory.apply(&gone).unwrap();
        person.send(Message::Heard(vec![applied]));
        assert_eq!(notice(&person), "", "undo means what came after it now");
    }
}

#[test]
fn a_key_that_can_do_nothing_here_says_so() {
    for (keys, said) in [
        ("2 J", "Topics stand in the order"),
        ("2 E", "not mastered yet"),
        ("2 e", "Only topics of your own can be edited or deleted. a adds one."),
        ("2 j w", "This is a heading"),
        ("3 g c", "This is a heading"),
        ("3 G v", "Only a live project"),
        ("g K", "can't move any further"),
        ("/ \"qqqq enter x", "Nothing is listed here."),
        ("z : \"show_archived enter", "That is for the list"),
    ] {
        let mut person = person(learner());
        person.press(keys);
        assert!(notice(&person).contains(said), "{keys}: {}", notice(&person));
    }
}

#[test]
fn a_form_follows_others_and_asks_before_it_replaces_what_they_changed() {
    let renamed = |person: &mut Person| {
        let habit = person.model.habits.rows()[0];
        let name = "Renamed outside".to_owned();
        let applied = person.memory.apply(&Change::HabitRename { habit, name }).unwrap();
        person.send(Message::Heard(vec![applied]));
    };
    let name = |person: &Person| person.model.workspace.habits[0].name.clone();
    let mut other = person(beginner());
    other.press("e tab \"! ");
    renamed(&mut other);
    assert!(other.screen().contains("Renamed outside"), "{}", other.screen());
    other.press("ctrl-s");
    assert!(other.model.overlay.is_none());
    assert_eq!(name(&other), "Renamed outside", "only what was touched is saved");
    let mut same = person(beginner());
    same.press("e \"!");
    renamed(&mut same);
    same.press("ctrl-s");
    assert!(same.screen().contains("“Name” was changed elsewhere"), "{}", same.screen());
    assert_eq!(name(&same), "Renamed outside");
    same.press("ctrl-s");
    assert!(same.model.overlay.is_none());
    assert_eq!(name(&same), "Watch 10 seconds of a lesson!");
}

#[test]
fn a_form_names_every_field_that_saving_would_replace_and_no_other() {
    let changed = |person: &mut Person| {
        let habit = person.model.habits.rows()[0];
        let name = "Renamed".to_owned();
        let (anchor, behaviour) = (Some("After tea".to_owned()), Some("Sit down".to_owned()));
        let from = today();
        let recipe = Change::RecipeSet { habit, from, anchor, behaviour, celebration: None };
        let changes = [Change::HabitRename { habit, name }, recipe];
        let applied = changes.map(|change| person.memory.apply(&change).unwrap());
        person.send(Message::Heard(applied.into()));
    };
    let mut both = person(beginner());
    both.press("e \"! tab \"!");
    changed(&mut both);
    let screen = both.screen();
    assert!(screen.contains("Edit “Renamed”"), "the title follows: {screen}");
    both.press("ctrl-s");
    let screen = both.screen();
    assert!(screen.contains("“Name” and “After I” were changed elsewhere"), "{screen}");
    both.press("ctrl-s");
    assert!(both.model.overlay.is_none());
    // What was typed is theirs by now: nothing is replaced.
    let mut same = person(beginner());
    same.press("e \"! tab \"!");
    changed(&mut same);
    same.press("ctrl-u \"After_tea ctrl-s");
    let screen = same.screen();
    assert!(screen.contains("“Name” was changed elsewhere"), "{screen}");
    same.press("ctrl-u \"Renamed ctrl-s");
    assert!(same.model.overlay.is_none(), "{}", same.screen());
}

/// Made by a clock that was ahead then.
#[test]
fn a_done_day_to_come_can_be_unticked_and_not_ticked_again() {
    let mut person = person(learner());
    person.press("space");
    person.send(Message::Moment { today: plus(today(), -1), until: None });
    person.press("k l");
    assert_eq!((person.model.day, marks(&person)[0]), (today(), Some(Mark::Done)));
    person.press("space");
    assert_eq!(marks(&person)[0], None);
    person.press("space");
    assert_eq!(marks(&person)[0], None);
    assert!(notice(&person).contains("is not here yet"), "{}", notice(&person));
}
