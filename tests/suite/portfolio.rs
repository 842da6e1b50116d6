//! The portfolio's list as somebody looks through it: filters, ranks, folds and the order.

use inch::{
    app::{ProjectRow, Stage},
    config::Config,
    domain::{
        change::Change,
        ids::{IdSource, ProjectId},
        project::{Level, ProjectDraft, Status, choice::Choice},
    },
};

use crate::fixture::{Memory, Person, learner, nobody, today};

fn person(memory: Memory) -> Person {
    Person::new(memory, Config::default(), 120, 40)
}

fn titles(person: &Person) -> Vec<String> {
    let rows = person.model.projects.rows().iter();
    let ids = rows.filter_map(|row| match row {
        ProjectRow::Project(id) => Some(*id),
        ProjectRow::Level(_) => None,
    });
    ids.map(|id| person.model.workspace.project(id).unwrap().draft.title.clone()).collect()
}

/// Ideas of several levels, each with what it is worth.
fn ideas(worth: &[(&str, Level, Option<u8>)]) -> Memory {
    let mut memory = nobody();
    let mut ids = IdSource::new(9, 1);
    for (title, level, score) in worth {
        let (growth, people, stepping_stone) = (*score, *score, *score);
        let choice = Choice { growth, people, stepping_stone, ..Choice::default() };
        let draft = ProjectDraft {
            title: (*title).into(),
            level: *level,
            choice,
            ..ProjectDraft::default()
        };
        let project = ProjectId(ids.next_uuid());
        memory.apply(&Change::ProjectAdd { project, draft, position: 0, on: today() }).unwrap();
    }
    memory
}

#[test]
fn f_goes_through_what_is_planned_built_and_shown_and_back_to_all() {
    let mut person = person(learner());
    person.press("3");
    let all = titles(&person);
    for stage in [Stage::Ideas, Stage::Building, Stage::Shipped] {
        person.press("f");
        assert_eq!(person.model.stage, stage);
        let shown = titles(&person);
        assert!(!shown.is_empty() && shown.len() < all.len(), "{stage:?}: {shown:?}");
        for project in person.model.listed_projects() {
            let fits = match project.draft.status {
                Status::Idea | Status::Scoped => Stage::Ideas,
                Status::Building => Stage::Building,
                Status::Shipped | Status::Live => Stage::Shipped,
                Status::Dropped => Stage::All,
            };
            assert_eq!(fits, stage, "{}", project.draft.title);
        }
    }
    person.press("f");
    assert_eq!((person.model.stage, titles(&person)), (Stage::All, all.clone()));
    person.press("f f esc");
    assert_eq!((person.model.stage, titles(&person)), (Stage::All, all), "esc shows all");
}

#[test]
fn among_ideas_the_best_comes_first_whatever_its_level() {
    let memory = ideas(&[
        ("Poor", Level::Educational, Some(1)),
        ("Unweighed", Level::Educational, None),
        ("Best", Level::Larger, Some(5)),
        ("Fair", Level::Personal, Some(3)),
    ]);
    // What nobody weighed wins over nothing.
    let mut person = person(memory);
    person.press("esc 3 f");
    assert_eq!(titles(&person), ["Best", "Fair", "Poor", "Unweighed"]);
    for said in ["15/15", "not weighed"] {
        assert!(person.screen().contains(said), "it says what they are worth");
    }
    // A rank is no order that could be changed by hand.
    person.press("J");
    assert_eq!(titles(&person), ["Best", "Fair", "Poor", "Unweighed"]);
}

#[test]
fn a_filter_looks_below_folded_levels_and_adding_shows_what_was_added() {
    let mut person = person(learner());
    person.press("3 space");
    let folded = titles(&person).len();
    person.press("f f f");
    assert_eq!(titles(&person), ["Imitate sin(x)", "Digits from scratch"]);
    person.press("a enter \"Fresh enter");
    assert_eq!(person.model.stage, Stage::All, "an idea is neither shipped nor live");
    assert_eq!(person.model.selected_project().unwrap().draft.title, "Fresh");
    assert!(titles(&person).len() > folded);
}

#[test]
fn projects_change_places_within_their_level_in_the_table_too() {
    let mut person = person(learner());
    person.press("3 z j");
    assert_eq!(titles(&person)[..2], ["Imitate sin(x)", "Digits from scratch"]);
    person.press("J");
    assert_eq!(titles(&person)[..2], ["Digits from scratch", "Imitate sin(x)"]);
    // Below stands the next level.
    person.press("J");
    assert_eq!(titles(&person)[..2], ["Digits from scratch", "Imitate sin(x)"]);
    person.press("K");
    assert_eq!(titles(&person)[..2], ["Imitate sin(x)", "Digits from scratch"]);
}
