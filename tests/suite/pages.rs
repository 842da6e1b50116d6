//! What a history is told from: how far back it reads, what could not be read, and what comes late.

use chrono::{NaiveDate, Weekday};
use inch::{
    app::{Action, Effect, Failure, Message, history::View, is_available, update},
    config::Config,
    domain::{
        change::{Applied, Change},
        day::{parse_iso, plus},
        habit::{Mark, Recipe},
        history::{
            Past,
            overview::{Overview, Told},
        },
        ids::{HabitId, IdSource, SessionId},
        session::Session,
    },
};

use crate::fixture::{Memory, Person, student, today};

fn person(memory: Memory) -> Person {
    Person::new(memory, Config::default(), 120, 40)
}

fn day(text: &str) -> NaiveDate {
    parse_iso(text).unwrap()
}

/// Somebody who went away from two habits in different ways, and has been back for three weeks.
fn returned() -> Memory {
    let mut memory = Memory::default();
    let mut ids = IdSource::new(6, 1);
    let (start, left, back) = (day("2024-01-01"), day("2025-07-01"), day("2026-11-01"));
    let until =
        |first: NaiveDate, end: NaiveDate| first.iter_days().take_while(move |on| *on < end);
    for (position, schedule) in (0..).zip(["daily", "sun", "daily", "every 30 days"]) {
        let habit = HabitId(ids.next_uuid());
        memory
            .apply(&Change::HabitAdd {
                seconds: 10,
                is_review: false,
                habit,
                name: format!("Habit {position}"),
                topic: None,
                position,
                recipe: Recipe::default(),
                schedule: schedule.parse().unwrap(),
                from: start,
            })
            .unwrap();
        let set = |on, mark| Change::CheckInSet { habit, day: on, mark: Some(mark) };
        for on in until(start, left).chain(until(back, plus(today(), 1))) {
            memory.apply(&set(on, Mark::Done)).unwrap();
        }
        if position < 2 {
            memory.apply(&Change::HabitArchive { habit, on: left }).unwrap();
            memory.apply(&Change::HabitUnarchive { habit, on: back }).unwrap();
        } else {
            for on in until(left, back) {
                memory.apply(&set(on, Mark::Rest)).unwrap();
            }
        }
        for (from, anchor) in [("2026-11-10", "wake up"), ("2026-12-01", "go to bed")] {
            let anchor = Some(anchor.to_owned());
            let from = day(from);
            let (behaviour, celebration) = (None, None);
            let recipe = Change::RecipeSet { habit, from, anchor, behaviour, celebration };
            memory.apply(&recipe).unwrap();
        }
    }
    memory
}

/// Only the shown year, the last one, and what shows of the days before are read of all habits: what
/// they come to is the same.
#[test]
fn all_habits_need_no_older_days() {
    for memory in [student(), returned()] {
        let mut person = person(memory);
        person.press("z shift-tab");
        while person.model.history.habit.is_some() {
            person.press("shift-tab");
        }
        for _ in 0..3 {
            let model = &person.model;
            assert!(model.history.is_read());
            let told: Vec<_> = model
                .workspace
                .habits
                .iter()
                .map(|habit| {
                    let track = &model.workspace.tracks[&habit.id];
                    let figures = &model.figures[&habit.id];
                    let (rules, today) = (model.workspace.rules, model.today);
                    let first_day = figures.first_day;
                    let past = Past { habit, marks: &track.marks, rules, first_day, today };
                    let held_from = NaiveDate::MIN;
                    Told { past, notes: &track.notes, best: &figures.best, held_from }
                })
                .collect();
            let all = Overview::of_all(&told, &model.history.stretch);
            let seen = &model.history.overview;
            let strengths = all.strength.iter().zip(&seen.strength);
            for ((day, all), (on, seen)) in strengths {
                assert_eq!(day, on);
                let difference = all.unwrap_or(0.0) - seen.unwrap_or(0.0);
                assert!(
                    difference.abs() < 0.001,
                    "{day}: {all:?} {seen:?} {:?} {:?}",
                    model.history.pages.request,
                    model.figures
                );
            }
            assert_eq!(&Overview { strength: seen.strength.clone(), ..all }, seen);
            person.press("pgup");
        }
    }
}

#[test]
fn all_habits_say_what_each_says_alone() {
    let mut person = person(returned());
    person.press("z");
    let mut strengths = Vec::new();
    let mut recipes = Vec::new();
    for _ in 0..4 {
        let overview = &person.model.history.overview;
        let id = person.model.history.habit.unwrap();
        let (_, strength) = overview.strength.last().unwrap();
        assert!((strength.unwrap() - person.model.figures[&id].strength).abs() < 1e-9);
        strengths.push(strength.unwrap());
        // The newest is to come.
        assert_eq!(overview.recipes[0].tally.all, 0);
        recipes.push(overview.recipes[1]);
        person.press("tab");
    }
    assert_eq!(person.model.history.habit, None);
    let overview = &person.model.history.overview;
    let (_, mean) = overview.strength.last().unwrap();
    let alone = strengths.iter().sum::<f64>() / 4.0;
    assert!((mean.unwrap() - alone).abs() < 0.001, "{mean:?} {alone}");
    assert_eq!(overview.recipes, recipes);
}

fn session(person: &Person, number: u64, on: NaiveDate, seconds: u32) -> Change {
    Change::SessionPut {
        session: Session {
            id: SessionId(IdSource::new(number, number).next_uuid()),
            habit: person.model.history.habit,
            topic: None,
            project: None,
            day: on,
            started_at: on.and_hms_opt(8, 0, 0).unwrap().and_utc().fixed_offset(),
            seconds,
        },
    }
}

#[test]
fn late_news_of_a_session_is_not_counted_twice() {
    let mut person = person(student());
    person.press("z");
    let sum = |person: &Person| person.model.history.weekly_seconds.iter().sum::<u64>();
    let before = sum(&person);
    let put = session(&person, 9, plus(today(), -3), 600);
    person.press("esc");
    let applied = person.memory.apply(&put).unwrap();
    person.press("z");
    assert_eq!(sum(&person), before + 600, "it was on the disk");
    person.send(Message::Heard(vec![applied]));
    assert_eq!(sum(&person), before + 600);
    // Written, taken back and written again elsewhere, all heard at once.
    let put = session(&person, 10, plus(today(), -4), 300);
    let written = person.memory.apply(&put).unwrap();
    let (before, after) = (written.before.clone(), written.after.clone());
    let undone = Applied { before: after, after: before, ..written.clone() };
    let seen = sum(&person);
    person.send(Message::Heard(vec![written.clone(), undone, written]));
    assert_eq!(sum(&person), seen + 300);
}

#[test]
fn days_that_could_not_be_read_are_asked_for_again_and_not_written_over() {
    let mut person = person(student());
    person.press("z v v");
    let read = person.model.history.overview.clone();
    let failure = Failure { text: "The disk is out.".into(), change: None, is_waiting: false };
    let verbs = [Action::ToggleCheckIn, Action::ToggleRest, Action::WriteNote, Action::ChooseState];
    person.memory.failure = Some(failure);
    person.press("tab");
    assert_eq!(person.model.notice.as_ref().unwrap().text, "The disk is out.");
    assert!(!person.model.history.is_read());
    for verb in verbs {
        assert!(!is_available(&person.model, verb), "{verb:?}");
    }
    assert!(person.screen().contains("could not be read"), "{}", person.screen());
    assert!(person.screen().contains("not read"));
    // Nothing is asked for while nobody does anything.
    let moment = Message::Moment { today: today(), until: None };
    assert_eq!(update(&mut person.model, moment), []);
    let asked = update(&mut person.model, Message::Action(Action::NextView));
    assert!(matches!(asked[..], [Effect::LoadHistory(_)]), "{asked:?}");
    person.memory.failure = None;
    person.send(Message::HistoryUnread("Still out.".into()));
    person.press("shift-tab");
    assert!(person.model.history.is_read());
    assert_eq!(person.model.history.overview, read);
    assert!(verbs.iter().all(|verb| is_available(&person.model, *verb)));
}

/// What is left of another stretch while a new one can't be read must not be drawn over it.
#[test]
fn a_year_that_could_not_be_read_is_drawn_empty() {
    for start in [Weekday::Mon, Weekday::Sun] {
        let config = Config { week_starts_on: start, ..Config::default() };
        let mut person = Person::new(student(), config, 120, 40);
        person.press("z shift-tab");
        assert!(person.screen().contains("of 6 done"));
        let failure = Failure { text: "Out.".into(), change: None, is_waiting: false };
        person.memory.failure = Some(failure);
        for view in View::ALL {
            person.press("pgup v");
            let shown = person.screen();
            assert!(!shown.contains("of 6 done"), "{view:?}: {shown}");
            person.press("pgdn");
        }
    }
}
