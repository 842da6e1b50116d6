//! The palette: every action by name, what works here first, and what comes of taking one that works
//! elsewhere or nowhere.

use inch::{
    app::{Action, Effect, Focus, Overlay, Pane, is_available, panes},
    config::Config,
    domain::habit::Mark,
};

use crate::fixture::{Memory, Person, learner, nobody};

fn person(memory: Memory) -> Person {
    Person::new(memory, Config::default(), 120, 40)
}

fn listed(person: &Person) -> &[Action] {
    match &person.model.overlay {
        Some(Overlay::Palette(palette)) => palette.actions.rows(),
        other => panic!("{other:?}"),
    }
}

fn notice(person: &Person) -> &str {
    person.model.notice.as_ref().map_or("", |notice| &notice.text)
}

#[test]
fn every_action_of_the_panes_is_listed_once_and_what_works_here_comes_first() {
    for keys in [":", "2 :", "3 :", "0 :", "2 0 :"] {
        let mut person = person(learner());
        person.press(keys);
        let listed = listed(&person);
        let mut sorted = listed.to_vec();
        sorted.sort_unstable();
        let all = Action::ALL.iter().filter(|action| !panes(**action).is_empty());
        let mut all: Vec<_> = all.copied().collect();
        all.sort_unstable();
        assert_eq!(sorted, all, "{keys}");
        let is_here = |action: &Action| is_available(&person.model, *action);
        assert!(listed.is_sorted_by_key(|action| !is_here(action)), "{keys}: {listed:?}");
    }
}

#[test]
fn what_is_available_has_its_home_there() {
    for keys in ["", "2", "2 j", "3", "3 j", "0", "2 0", "3 j 0", ". 2 f", "/ \"o enter"] {
        let mut person = person(learner());
        person.press(keys);
        for action in Action::ALL {
            let is_home = panes(*action).contains(&person.model.pane);
            assert!(is_home || !is_available(&person.model, *action), "{action:?} after {keys}");
        }
    }
}

#[test]
fn typing_finds_by_a_few_letters_and_leaves_out_what_is_far_off() {
    let mut person = person(learner());
    person.press("2 : \"undo");
    assert_eq!(listed(&person)[0], Action::Undo);
    assert!(!listed(&person).contains(&Action::AdvanceTopic));
    person.press("esc : \"drift");
    assert_eq!(listed(&person)[0], Action::LookAgain);
    person.press("esc : \"arch");
    let first = [Action::Archive, Action::ShowArchived];
    assert!(listed(&person).iter().all(|action| first.contains(action)), "{:?}", listed(&person));
}

#[test]
fn an_action_of_another_pane_goes_there_first() {
    let mut person = person(learner());
    let habit = person.model.habits.rows()[0];
    person.press("2 0 : \"mark_a_rest enter");
    assert_eq!((person.model.pane, person.model.focus), (Pane::Today, Focus::List));
    assert_eq!(person.model.asks[&habit].mark, Some(Mark::Rest));
    person.press(": \"next_filter enter");
    assert_eq!(person.model.pane, Pane::Curriculum);
}

#[test]
fn what_can_not_be_done_is_said_kindly_and_changes_nothing() {
    for (memory, keys, pane, part) in [
        (learner as fn() -> Memory, "2 j : \"delete enter", Pane::Curriculum, "This is a heading"),
        (learner, "2 : \"delete enter", Pane::Curriculum, "Only topics of your own"),
        (learner, ": \"back_to_today enter", Pane::Today, "Today is shown already"),
        (learner, ": \"move_it_up enter", Pane::Today, "can't move"),
        (learner, ": \"open_the_link enter", Pane::Today, "no link"),
        (learner, ": \"step_back enter", Pane::Today, "nothing to step back"),
        (nobody, "esc : \"move_the_project enter", Pane::Today, "No pane has anything"),
        (nobody, "esc 2 : \"mark_a_rest enter", Pane::Curriculum, "No pane has anything"),
    ] {
        let mut person = person(memory());
        person.press(keys);
        assert!(notice(&person).contains(part), "{keys}: {}", notice(&person));
        assert_eq!(person.model.pane, pane, "{keys}");
        assert!(person.model.overlay.is_none(), "{keys}");
        assert_eq!(person.model.workspace.habits.len(), person.memory.workspace().habits.len());
        let is_told = |effect: &Effect| *effect == Effect::Welcomed;
        assert!(person.effects.iter().all(is_told), "{keys}: {:?}", person.effects);
    }
}

#[test]
fn no_name_of_an_action_is_cut_in_80_columns() {
    for (width, height) in [(80, 24), (100, 30), (120, 40)] {
        for keys in ["2 :", "3 :"] {
            let mut person = Person::new(learner(), Config::default(), width, height);
            person.press(keys);
            let window = person.model.areas.overlay.unwrap();
            for _ in 0..Action::ALL.len() / 12 {
                let rows = (window.y..window.bottom()).map(|y| person.row(y));
                let cut = rows.map(|row| {
                    let columns = row.chars().skip(usize::from(window.x));
                    columns.take(usize::from(window.width)).collect::<String>()
                });
                let cut: Vec<_> = cut.filter(|row| row.contains('…')).collect();
                assert!(cut.is_empty(), "{cut:?}");
                person.press("pgdn");
            }
        }
    }
}
