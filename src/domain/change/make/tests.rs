//! What changes do to records.

use super::*;
use crate::domain::{
    change::ProjectPatch,
    ids::{IdSource, ProjectId},
    project::{Level, ProjectDraft, Status},
    schedule::Schedule,
};

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
}

fn make(records: &mut Records, change: &Change) -> Result<(), Refusal> {
    for key in change.keys() {
        records.entry(key).or_default();
    }
    change.make(records, day(23))
}

fn with_habit() -> (Records, HabitId) {
    let (mut records, habit) = (Records::new(), HabitId(IdSource::new(1, 1).next_uuid()));
    let recipe = Recipe { anchor: "sit down".into(), ..Recipe::default() };
    let (name, schedule) = ("Read".to_owned(), Schedule::Daily);
    let add = Change::HabitAdd {
        habit,
        name,
        topic: None,
        position: 0,
        recipe,
        schedule,
        from: day(1),
        seconds: 10,
        is_review: false,
    };
    make(&mut records, &add).unwrap();
    (records, habit)
}

#[test]
fn filling_leaves_what_is_there() {
    let (mut records, habit) = with_habit();
    let on = day(20);
    let fill = |mark, note: Option<&str>| Change::CheckInFill {
        habit,
        day: on,
        mark,
        note: note.map(str::to_owned),
    };
    let found = |records: &Records| match &records[&Key::CheckIn(habit, on)] {
        Some(Record::CheckIn(found)) => (found.mark, found.note.clone()),
        _ => (None, None),
    };
    make(&mut records, &fill(None, Some(" "))).unwrap();
    assert_eq!(found(&records), (None, None));
    make(&mut records, &fill(Some(Mark::Rest), None)).unwrap();
    make(&mut records, &fill(Some(Mark::Done), Some("first"))).unwrap();
    make(&mut records, &fill(Some(Mark::Done), Some("second"))).unwrap();
    assert_eq!(found(&records), (Some(Mark::Rest), Some("first".into())));
    let later = Change::CheckInFill { habit, day: day(24), mark: Some(Mark::Done), note: None };
    assert_eq!(make(&mut records, &later), Err(Refusal::Future(day(24))));
}

#[test]
fn a_recipe_takes_on_only_the_parts_that_are_named() {
    let (mut records, habit) = with_habit();
    let set = |from, anchor: Option<&str>, behaviour: Option<&str>| Change::RecipeSet {
        habit,
        from,
        anchor: anchor.map(str::to_owned),
        behaviour: behaviour.map(str::to_owned),
        celebration: None,
    };
    make(&mut records, &set(day(10), None, Some("read a page"))).unwrap();
    make(&mut records, &set(day(20), Some("pour coffee"), None)).unwrap();
    let recipes = &habit_in(&mut records, habit).unwrap().recipes;
    let parts = |on| (recipes.at(on).anchor.as_str(), recipes.at(on).behaviour.as_str());
    assert_eq!(parts(day(9)), ("sit down", ""));
    assert_eq!(parts(day(10)), ("sit down", "read a page"));
    assert_eq!(parts(day(20)), ("pour coffee", "read a page"));
}

#[test]
fn two_who_edit_a_project_do_not_undo_each_other() {
    let (mut records, project) = (Records::new(), ProjectId(IdSource::new(1, 1).next_uuid()));
    let draft = ProjectDraft { title: "Digits".into(), ..ProjectDraft::default() };
    let add = Change::ProjectAdd { project, draft, position: 0, on: day(1) };
    make(&mut records, &add).unwrap();
    let edit = |edit| Change::ProjectEdit { project, edit, on: day(2) };
    let patch = ProjectPatch::default;
    let links = Some(vec!["https://a.org/".to_owned()]);
    for one in [
        ProjectPatch { status: Some(Status::Shipped), ..patch() },
        ProjectPatch { level: Some(Level::Larger), pitch: Some("Reads".into()), ..patch() },
        ProjectPatch { title: Some("Digit reader".into()), links, ..patch() },
        ProjectPatch { topics: Some(vec!["vectors".into()]), ..patch() },
    ] {
        make(&mut records, &edit(one)).unwrap();
    }
    let stored = project::of(&mut records, project).unwrap();
    assert_eq!(
        stored.draft,
        ProjectDraft {
            title: "Digit reader".into(),
            level: Level::Larger,
            status: Status::Shipped,
            pitch: "Reads".into(),
            links: vec!["https://a.org/".into()],
            topics: vec!["vectors".into()],
            ..ProjectDraft::default()
        }
    );
    assert_eq!(stored.history.len(), 2);
    let empty = ProjectPatch { title: Some(" ".into()), ..patch() };
    assert!(matches!(make(&mut records, &edit(empty)), Err(Refusal::Text(_))));
}

#[test]
fn a_recipe_from_an_earlier_day_keeps_the_newest_words_it_does_not_name() {
    let (mut records, habit) = with_habit();
    let set = |from, anchor: Option<&str>, behaviour: Option<&str>| Change::RecipeSet {
        habit,
        from: day(from),
        anchor: anchor.map(str::to_owned),
        behaviour: behaviour.map(str::to_owned),
        celebration: None,
    };
    make(&mut records, &set(22, Some("stand up"), None)).unwrap();
    make(&mut records, &set(20, None, Some("read one page"))).unwrap();
    let recipe = habit_in(&mut records, habit).unwrap().recipes.at(day(23)).clone();
    assert_eq!((&*recipe.anchor, &*recipe.behaviour), ("stand up", "read one page"));
}
