//! What changes do to records.

use super::*;
use crate::domain::{
    change::ProjectPatch,
    ids::{IdSource, ProjectId},
    project::{Level, ProjectDraft, Status, choice::Choice},
    review::{Rating, Review},
    schedule::Schedule,
    topic::{Evidence, TopicProgress, TopicState},
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
    make(&mut records, &fill(Some(Mark::Done), Some("another mark's"))).unwrap();
    assert_eq!(found(&records), (Some(Mark::Rest), None));
    make(&mut records, &fill(Some(Mark::Rest), Some("first"))).unwrap();
    make(&mut records, &fill(None, Some("second"))).unwrap();
    assert_eq!(found(&records), (Some(Mark::Rest), Some("first".into())));
    let later = Change::CheckInFill { habit, day: day(24), mark: Some(Mark::Done), note: None };
    assert_eq!(make(&mut records, &later), Err(Refusal::Future(day(24))));
    let many = |days| Change::CheckInsFill { habit, days };
    let days =
        vec![(on, Some(Mark::Done), Some("third".into())), (day(21), None, Some("a".into()))];
    make(&mut records, &many(days)).unwrap();
    assert_eq!(found(&records), (Some(Mark::Rest), Some("first".into())));
    assert!(records[&Key::CheckIn(habit, day(21))].is_some());
    let later = many(vec![(day(24), Some(Mark::Done), None)]);
    assert_eq!(make(&mut records, &later), Err(Refusal::Future(day(24))));
}

#[test]
fn an_import_fills_what_is_not_there_and_brings_back_what_was_deleted() {
    let (mut records, habit) = with_habit();
    let key = Key::Habit(habit);
    let Some(Some(Record::Habit(here))) = records.get(&key).cloned() else { panic!("no habit") };
    let set = |on| Change::CheckInSet { habit, day: day(on), mark: Some(Mark::Done) };
    make(&mut records, &set(20)).unwrap();
    make(&mut records, &set(21)).unwrap();
    let fill = |habit: &Habit| Change::Fill {
        record: Box::new(Record::Habit(habit.clone())),
        gone: vec![day(20)],
    };
    let other = Habit { name: " Other ".into(), ..here.clone() };
    make(&mut records, &fill(&other)).unwrap();
    assert_eq!(records[&key], Some(Record::Habit(here.clone())));
    let is_there = |records: &Records, on| records[&Key::CheckIn(habit, day(on))].is_some();
    assert!(is_there(&records, 20), "what is there stays, and so do its days");
    make(&mut records, &Change::HabitDelete { habit }).unwrap();
    assert!(fill(&other).keys().contains(&Key::CheckIn(habit, day(20))));
    make(&mut records, &fill(&other)).unwrap();
    assert!(!is_there(&records, 20) && is_there(&records, 21));
    let trimmed = Habit { name: "Other".into(), ..here.clone() };
    assert_eq!(records[&key], Some(Record::Habit(trimmed)));
    // What stays is no excuse: a record is within its limits or refused.
    let mut late = here.clone();
    late.recipes = Versions::new(day(2), Recipe::default());
    let archived = Versions::new(day(1), Schedule::None);
    let wrong = [
        Habit { name: String::new(), ..here.clone() },
        Habit { seconds: 4, ..here.clone() },
        Habit { position: i64::MAX, ..here.clone() },
        Habit { schedules: archived, ..here },
        late,
    ];
    for habit in wrong {
        assert!(make(&mut records.clone(), &fill(&habit)).is_err(), "{habit:?}");
    }
}

#[test]
fn a_history_that_is_imported_goes_forward_and_ends_with_what_is_so() {
    let mut progress = TopicProgress::new("vectors".into(), TopicState::Learning, day(1));
    progress.set_state(TopicState::Mastered, day(5));
    let fill = |progress: &TopicProgress| {
        let record = Box::new(Record::Topic(progress.clone()));
        make(&mut Records::new(), &Change::Fill { record, gone: Vec::new() })
    };
    assert_eq!(fill(&progress), Ok(()));
    let state = TopicState::Skipped;
    assert!(fill(&TopicProgress { state, ..progress.clone() }).is_err());
    assert!(fill(&TopicProgress { history: Vec::new(), ..progress.clone() }).is_err());
    progress.history.reverse();
    assert!(fill(&TopicProgress { state: TopicState::Learning, ..progress }).is_err());
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

fn topic_set(state: TopicState, on: u32) -> Change {
    Change::TopicSet { topic: "vectors".into(), state, on: day(on) }
}

fn progress_of(records: &Records) -> Option<TopicProgress> {
    match records.get(&Key::Topic("vectors".into()))? {
        Some(Record::Topic(progress)) => Some(progress.clone()),
        _ => None,
    }
}

fn review_of(records: &Records) -> Option<Review> {
    match records.get(&Key::Review("vectors".into()))? {
        Some(Record::Review(review)) => Some(review.clone()),
        _ => None,
    }
}

#[test]
fn a_topic_keeps_its_states_and_comes_back_once_mastered() {
    let mut records = Records::new();
    make(&mut records, &topic_set(TopicState::Learning, 1)).unwrap();
    make(&mut records, &topic_set(TopicState::Mastered, 9)).unwrap();
    let days: Vec<_> = progress_of(&records).unwrap().history.iter().map(|at| at.on).collect();
    assert_eq!(days, [day(1), day(9)]);
    assert_eq!(review_of(&records), Some(Review::new("vectors".into(), day(9))));
    let look = |rating, on| Change::TopicReview { topic: "vectors".into(), rating, on: day(on) };
    make(&mut records, &look(Rating::Good, 12)).unwrap();
    assert!(review_of(&records).unwrap().due_on > day(12));
    make(&mut records, &look(Rating::Again, 20)).unwrap();
    assert_eq!(progress_of(&records).unwrap().state, TopicState::Practising);
    let refused = make(&mut records, &look(Rating::Good, 21));
    assert_eq!(refused, Err(Refusal::Missing("mastered topic")), "it is not mastered any more");
    make(&mut records, &topic_set(TopicState::Mastered, 22)).unwrap();
    assert_eq!(review_of(&records).unwrap().history.len(), 4, "what was known before counts");
}

#[test]
fn a_topic_that_was_only_touched_by_mistake_leaves_no_row() {
    let mut records = Records::new();
    make(&mut records, &topic_set(TopicState::Learning, 1)).unwrap();
    make(&mut records, &topic_set(TopicState::NotStarted, 1)).unwrap();
    assert_eq!(progress_of(&records), None);
    make(&mut records, &topic_set(TopicState::Learning, 1)).unwrap();
    make(&mut records, &topic_set(TopicState::NotStarted, 2)).unwrap();
    assert_eq!(progress_of(&records).unwrap().history.len(), 2, "what lasted a day is kept");
}

#[test]
fn what_stands_beside_a_topic_goes_with_its_last_part() {
    let mut records = Records::new();
    let key = Key::Annotation("vectors".into());
    let used = |url: &str, is_used| Change::ResourceUsed {
        topic: "vectors".into(),
        url: url.into(),
        is_used,
    };
    make(&mut records, &used("https://a.org/", true)).unwrap();
    make(&mut records, &used("https://a.org/", true)).unwrap();
    let Some(Some(Record::Annotation(annotation))) = records.get(&key) else {
        panic!("it is kept");
    };
    assert_eq!(annotation.used, ["https://a.org/"]);
    make(&mut records, &used("https://a.org/", false)).unwrap();
    assert_eq!(records.get(&key), Some(&None));
    let unsafe_link = make(&mut records, &used("javascript:alert(1)", true));
    assert!(matches!(unsafe_link, Err(Refusal::Text(_))));
}

#[test]
fn evidence_is_of_a_topic_that_was_begun() {
    let mut records = Records::new();
    let evidence = Evidence { sentence: " I taught it ".into(), link: None };
    let prove = Change::TopicEvidence { topic: "vectors".into(), evidence };
    assert!(matches!(make(&mut records, &prove), Err(Refusal::Missing(_))));
    make(&mut records, &topic_set(TopicState::Mastered, 1)).unwrap();
    make(&mut records, &prove).unwrap();
    assert_eq!(progress_of(&records).unwrap().evidence.sentence.trim(), "I taught it");
}

#[test]
fn scores_estimates_and_drift_checks_stay_within_their_range() {
    let project = ProjectId(IdSource::new(1, 1).next_uuid());
    let of = |choice: Choice, drift_check_on| {
        let draft = ProjectDraft {
            title: "Digits".into(),
            choice,
            drift_check_on,
            ..ProjectDraft::default()
        };
        let add = Change::ProjectAdd { project, draft, position: 0, on: day(1) };
        make(&mut Records::new(), &add)
    };
    let none = Choice::default;
    assert_eq!(of(Choice { growth: Some(5), estimate_days: Some(3_650), ..none() }, None), Ok(()));
    for bad in [
        Choice { growth: Some(0), ..none() },
        Choice { people: Some(6), ..none() },
        Choice { estimate_days: Some(0), ..none() },
        Choice { estimate_days: Some(3_651), ..none() },
    ] {
        assert!(matches!(of(bad, None), Err(Refusal::Number { .. })));
    }
    let far = NaiveDate::from_ymd_opt(2201, 1, 1);
    assert!(matches!(of(none(), far), Err(Refusal::Range(_))));
}
