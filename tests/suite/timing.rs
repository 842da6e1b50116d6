//! The timer as somebody uses it: stories over a memory that stands for the disk, and a clock that
//! is moved by hand.
//!
//! Owns what each phase does with each key and with time that passes, stands still or goes back.

use chrono::TimeDelta;
use inch::{
    app::{
        Action, Effect, Failure, Message, Overlay, Pane, is_available,
        timer::{Phase, Timer},
    },
    config::Config,
    domain::{
        change::Change,
        day::plus,
        habit::Mark,
        ids::{HabitId, SessionId, TopicId},
        session::{Session, Studied, Subject},
    },
};

use crate::fixture::{Person, beginner, learner, nobody, today};

/// Somebody in front of the second of six habits, which is linked to a topic.
fn linked() -> Person {
    let mut person = Person::new(learner(), Config::default(), 120, 40);
    person.press("j");
    person
}

/// Somebody in front of a habit that is linked to nothing.
fn unlinked() -> Person {
    Person::new(beginner(), Config::default(), 120, 40)
}

fn selected(person: &Person) -> HabitId {
    *person.model.habits.selected().unwrap()
}

fn mark(person: &Person, habit: HabitId) -> Option<Mark> {
    person.model.workspace.tracks[&habit].marks.get(&today()).copied()
}

fn phase(person: &Person) -> Option<Phase> {
    person.model.timer.as_ref().map(|timer| timer.phase)
}

fn seconds(person: &Person) -> u32 {
    person.model.timer.as_ref().map_or(0, Timer::seconds)
}

fn is_shown(person: &Person) -> bool {
    matches!(person.model.overlay, Some(Overlay::Timer))
}

fn notice(person: &Person) -> &str {
    person.model.notice.as_ref().map_or("", |notice| &notice.text)
}

fn studied(person: &Person, subject: &Subject) -> (u64, u32) {
    let Studied { seconds, sessions } = person.model.workspace.studied(subject);
    (seconds, sessions)
}

fn vectors() -> Subject {
    Subject::Topic("vectors".into())
}

/// What was written for the case of a crash.
fn kept(person: &Person) -> Vec<u32> {
    let kept = person.effects.iter().filter_map(|effect| match effect {
        Effect::KeepRunning(session) => Some(session.seconds),
        _ => None,
    });
    kept.collect()
}

const TEN: Phase = Phase::Countdown { seconds: 10 };

#[test]
fn ten_seconds_tick_by_themselves_and_the_same_key_keeps_going() {
    let mut person = linked();
    let habit = selected(&person);
    person.press("enter ~9");
    assert_eq!((phase(&person), mark(&person, habit)), (Some(TEN), None));
    person.pass(1);
    assert_eq!((phase(&person), mark(&person, habit)), (Some(Phase::Asking), Some(Mark::Done)));
    assert!(notice(&person).starts_with("Done: Read one figure"), "{}", notice(&person));
    assert!(person.model.timer.as_ref().unwrap().next_beat().is_none(), "nothing counts");
    person.leap(100).press("enter ~50");
    assert_eq!((phase(&person), seconds(&person)), (Some(Phase::Going), 60));
    person.press("enter");
    assert!(person.model.timer.is_none() && person.model.overlay.is_none());
    assert_eq!(notice(&person), "Kept 1 m on Vectors. u takes it back.");
    assert_eq!(studied(&person, &vectors()), (60, 1));
    assert_eq!(studied(&person, &Subject::Habit(habit)), (60, 1));
    person.press("u");
    assert_eq!(studied(&person, &vectors()), (0, 0));
    assert_eq!(mark(&person, habit), Some(Mark::Done), "the tick is another change");
}

#[test]
fn every_key_of_every_phase() {
    // Keys, then what is left: the phase, whether it is shown, and whether the day is ticked.
    for (keys, left, shown, is_ticked) in [
        ("enter ~3 enter", Some(TEN), true, false),
        ("enter ~3 space j o x u s", Some(TEN), true, false),
        ("enter ~3 esc", None, false, false),
        ("enter ~3 q", None, false, false),
        ("enter ~3 ctrl-c", None, false, false),
        ("enter ~10 space j x u", Some(Phase::Asking), true, true),
        ("enter ~10 esc", None, false, true),
        ("enter ~10 q", None, false, true),
        ("enter ~10 ctrl-c", None, false, true),
        ("enter ~10 enter space x u", Some(Phase::Going), true, true),
        ("enter ~10 enter esc", Some(Phase::Going), false, true),
        ("enter ~10 enter q", Some(Phase::Going), false, true),
        ("enter ~10 enter ctrl-c", Some(Phase::Going), false, true),
        ("enter ~10 enter ~5 esc enter", Some(Phase::Going), true, true),
        ("enter ~10 enter ~5 esc 2 j enter", Some(Phase::Going), true, true),
        ("enter ~10 enter ~5 esc 2 g enter", Some(Phase::Going), true, true),
        ("enter ~10 enter ~5 esc z enter", Some(Phase::Going), true, true),
        ("z enter", None, false, false),
        ("enter ~10 enter ~5 esc enter enter", None, false, true),
    ] {
        let mut person = linked();
        let habit = selected(&person);
        person.press(keys);
        let is_done = mark(&person, habit) == Some(Mark::Done);
        assert_eq!(
            (phase(&person), is_shown(&person), is_done),
            (left, shown, is_ticked),
            "{keys}"
        );
        assert!(person.effects.iter().all(|effect| !matches!(effect, Effect::Quit)), "{keys}");
    }
}

#[test]
fn a_day_that_is_done_goes_on_at_once_and_a_future_one_is_not_here_yet() {
    let mut person = linked();
    person.press("space k enter ~4");
    assert_eq!((phase(&person), seconds(&person)), (Some(Phase::Going), 4));
    let mut person = linked();
    person.press("right enter");
    assert!(person.model.timer.is_none() && notice(&person).contains("not here yet"));
}

#[test]
fn topics_and_projects_go_on_at_once_and_headings_start_nothing() {
    let mut person = linked();
    person.press("2 / \"regularization enter esc enter ~70 enter");
    let topic = person.model.selected_topic().unwrap().clone();
    assert_eq!(studied(&person, &Subject::Topic(topic)), (70, 1));
    person.press("3 j enter ~70");
    let project = person.model.selected_project().unwrap().id;
    person.press("enter");
    assert_eq!(studied(&person, &Subject::Project(project)), (70, 1));
    person.press("3 g");
    assert!(!is_available(&person.model, Action::Start));
    person.press("enter 2 g j enter");
    assert!(person.model.timer.is_none());
}

#[test]
fn a_habit_without_a_topic_is_offered_one() {
    let mut person = unlinked();
    let habit = selected(&person);
    person.press("enter ~10 enter");
    assert!(matches!(person.model.overlay, Some(Overlay::Topics(_))));
    person.leap(600).press("\"vect enter ~20");
    let topic = Some(TopicId::from("vectors"));
    assert_eq!(person.model.workspace.habit(habit).unwrap().topic, topic);
    assert_eq!(seconds(&person), 30, "choosing is no studying");
    person.press("enter");
    assert_eq!(studied(&person, &vectors()), (30, 1));

    let mut without = unlinked();
    let habit = selected(&without);
    without.press("enter ~10 enter up enter ~20 enter");
    assert_eq!(without.model.workspace.habit(habit).unwrap().topic, None);
    assert_eq!(studied(&without, &Subject::Habit(habit)), (30, 1));

    let mut back = unlinked();
    for key in ["ctrl-c", "esc"] {
        back.press("enter ~10 enter \"zzz enter").press(key);
        assert_eq!((phase(&back), is_shown(&back)), (Some(Phase::Asking), true), "{key}");
        back.press("esc space");
    }
    back.press("space");
    back.press("esc enter ctrl-c");
    assert!(back.model.timer.is_none() && back.model.overlay.is_none());
}

#[test]
fn only_one_timer_runs_and_it_counts_on_while_one_browses() {
    let mut person = linked();
    person.press("enter ~10 enter esc 2 j j ~30 3 ? ~30");
    assert!(matches!(person.model.overlay, Some(Overlay::Help { .. })));
    person.press("esc 3 j enter");
    assert_eq!((is_shown(&person), seconds(&person)), (true, 70));
    assert_eq!(person.model.timer.as_ref().unwrap().on.project, None);
}

#[test]
fn the_resources_are_at_hand() {
    let mut person = linked();
    person.press("enter ~10 enter");
    let links = person.model.handy_links();
    assert!(links.len() > 1);
    let opened = |person: &Person| match person.effects.last() {
        Some(Effect::OpenUrl(url)) => url.clone(),
        other => panic!("{other:?}"),
    };
    person.press("o");
    assert_eq!(opened(&person), links[0].url);
    person.press("j o");
    assert_eq!(opened(&person), links[1].url);
    person.press("j j j j j j o");
    assert_eq!(opened(&person), links.last().unwrap().url);
    person.press("k k k k k k k o");
    assert_eq!(opened(&person), links[0].url);
    assert!(is_shown(&person));
}

#[test]
fn what_a_crash_could_take_is_five_seconds() {
    let mut person = linked();
    person.press("enter ~10");
    assert_eq!(kept(&person), [0; 0], "a tiny start alone is no session");
    person.press("enter ~12 esc ~4");
    assert_eq!(kept(&person), [10, 15, 20, 25]);
}

#[test]
fn a_sleep_is_asked_about_and_goes_in_only_when_it_was_meant() {
    for (answer, counted) in [("y", 3_670), ("n", 70), ("esc", 70), ("ctrl-c", 70)] {
        for hidden in ["", "esc"] {
            let mut person = linked();
            person.press("enter ~10 enter ~50").press(hidden).leap(3_600);
            assert!(matches!(person.model.overlay, Some(Overlay::Asleep { .. })), "{answer}");
            person.pass(10).press(answer);
            assert_eq!((seconds(&person), is_shown(&person)), (counted, hidden.is_empty()));
            assert_eq!(phase(&person), Some(Phase::Going), "the session goes on");
        }
    }
}

#[test]
fn a_question_about_a_sleep_waits_until_nothing_is_being_typed() {
    let mut person = linked();
    person.press("enter ~10 enter esc n \"half").leap(3_600).press("\"y");
    let Some(Overlay::Note(note)) = &person.model.overlay else { panic!("the note is gone") };
    assert!(note.editor.text().ends_with("halfy"));
    person.press("ctrl-s");
    assert!(matches!(person.model.overlay, Some(Overlay::Asleep { .. })));
    person.press("n q");
    assert_eq!(person.effects.last(), Some(&Effect::Quit));
}

#[test]
fn a_countdown_waits_through_a_sleep_and_a_clock_that_was_set_back() {
    let mut person = linked();
    let habit = selected(&person);
    person.press("enter ~4").leap(9_000);
    assert_eq!(phase(&person), Some(TEN));
    person.leap(-20_000).pass(5);
    assert_eq!((phase(&person), mark(&person, habit)), (Some(TEN), None));
    person.pass(1);
    assert_eq!(mark(&person, habit), Some(Mark::Done));
    person.press("enter ~10").leap(-3_600).pass(10);
    assert_eq!(seconds(&person), 30);
}

#[test]
fn the_day_is_the_one_that_was_shown_when_it_started() {
    let mut person = linked();
    let habit = selected(&person);
    let tomorrow = plus(today(), 1);
    person.press("enter ~4");
    person.send(Message::Moment { today: tomorrow, until: None });
    person.press("~6 enter ~50");
    assert_eq!(mark(&person, habit), Some(Mark::Done));
    assert_eq!(person.model.running_session().unwrap().day, today());
    let mut person = linked();
    person.press("left left left left left left left left left left space enter");
    let timer = person.model.timer.as_ref();
    assert_eq!(timer.map(|timer| timer.day), Some(plus(today(), -10)), "{:?}", phase(&person));
}

/// Another program does something.
fn elsewhere(person: &mut Person, change: &Change) {
    let applied = person.memory.apply(change).unwrap();
    person.send(Message::Heard(vec![applied]));
}

#[test]
fn what_another_program_takes_away_ends_nothing_too_early() {
    // While it counts down.
    let mut person = linked();
    let habit = selected(&person);
    person.press("enter ~4");
    elsewhere(&mut person, &Change::HabitDelete { habit });
    person.pass(6);
    assert!(person.model.timer.is_none() && person.model.overlay.is_none());
    assert!(notice(&person).contains("deleted elsewhere"), "{}", notice(&person));
    // While it asks.
    let mut person = linked();
    person.press("enter ~10");
    elsewhere(&mut person, &Change::HabitDelete { habit });
    person.press("enter");
    assert!(person.model.timer.is_none() && notice(&person).contains("deleted elsewhere"));
    // While it goes on: the topic still gets its minutes.
    let mut person = linked();
    person.press("enter ~10 enter ~50");
    elsewhere(&mut person, &Change::HabitDelete { habit });
    person.press("enter");
    assert_eq!(studied(&person, &vectors()), (60, 1));
    // An archived habit still has its day.
    let mut person = linked();
    person.press("enter ~4");
    elsewhere(&mut person, &Change::HabitArchive { habit, on: today() });
    person.press("~6 enter ~50 enter");
    assert_eq!(mark(&person, habit), Some(Mark::Done));
    assert_eq!(studied(&person, &Subject::Habit(habit)), (60, 1));
    // Nothing is left to count for.
    let mut person = unlinked();
    let habit = selected(&person);
    person.press("enter ~10 enter up enter ~20");
    elsewhere(&mut person, &Change::HabitDelete { habit });
    person.press("enter");
    assert!(notice(&person).contains("30 s could not be kept"), "{}", notice(&person));
    assert!(matches!(person.effects.last(), Some(Effect::ForgetRunning(_))));
}

#[test]
fn a_topic_that_was_removed_keeps_its_minutes() {
    let mut person = Person::new(nobody(), Config::default(), 120, 40);
    person.press("esc 2 a \"Mine ctrl-s enter ~70 esc");
    let topic = person.model.selected_topic().unwrap().clone();
    person.press(": \"delete enter y enter enter");
    assert_eq!(studied(&person, &Subject::Topic(topic)), (70, 1));
}

#[test]
fn under_a_second_nothing_is_kept() {
    let mut person = linked();
    person.press("2 j j j enter enter");
    assert!(notice(&person).contains("less than a second"), "{}", notice(&person));
    assert!(person.model.timer.is_none() && person.model.workspace.studied.is_empty());
}

#[test]
fn the_end_of_the_app_keeps_the_session_and_lets_a_countdown_go() {
    for (keys, seconds) in [
        ("enter ~10 enter ~50", 60),
        ("enter ~10 enter ~50 esc", 60),
        ("enter ~10 enter ~50 esc ? ", 60),
        ("enter ~5", 0),
        ("enter ~10", 0),
        ("enter ~10 enter esc q", 10),
    ] {
        let mut person = linked();
        person.press(keys);
        person.send(Message::Closing);
        assert_eq!(studied(&person, &vectors()).0, seconds, "{keys}");
        assert!(person.model.timer.is_none());
    }
}

#[test]
fn a_session_that_can_not_be_saved_waits_like_any_change() {
    let mut person = linked();
    person.press("enter ~10 enter ~50");
    person.memory.failure = Some(Failure { text: "locked".into(), change: None, is_waiting: true });
    person.press("enter");
    assert_eq!((person.model.unsaved.len(), studied(&person, &vectors())), (1, (0, 0)));
    person.memory.failure = None;
    person.send(Message::Retry);
    assert_eq!(studied(&person, &vectors()), (60, 1));
}

#[test]
fn a_tick_that_can_not_be_saved_is_not_said_to_be_done() {
    let mut person = linked();
    let habit = selected(&person);
    person.memory.failure = Some(Failure { text: "locked".into(), change: None, is_waiting: true });
    person.press("enter ~10");
    assert_eq!((phase(&person), mark(&person, habit)), (Some(Phase::Asking), None));
    assert_eq!((notice(&person), person.model.unsaved.len()), ("locked", 1));
}

fn cut_short(person: &Person, number: u128, topic: Option<&str>, seconds: u32) -> Session {
    Session {
        id: SessionId(uuid::Uuid::from_u128(number)),
        habit: None,
        topic: topic.map(TopicId::from),
        project: None,
        day: today(),
        started_at: person.now - TimeDelta::hours(1),
        seconds,
    }
}

#[test]
fn what_a_crash_cut_short_is_kept_and_said() {
    let mut person = linked();
    let one = cut_short(&person, 1, Some("vectors"), 725);
    person.send(Message::CutShort(vec![one]));
    let said = "Kept 12 m on Vectors from a session that was cut short. u takes it back.";
    assert_eq!((notice(&person), studied(&person, &vectors())), (said, (725, 1)));
    person.press("u");
    assert_eq!(studied(&person, &vectors()), (0, 0));

    let mut person = linked();
    let two =
        [(1, 60), (2, 30)].map(|(id, length)| cut_short(&person, id, Some("vectors"), length));
    person.send(Message::CutShort(two.into()));
    assert_eq!(notice(&person), "Kept 2 sessions that were cut short. u takes them back.");
    assert_eq!(studied(&person, &vectors()), (90, 2));
    person.press("u");
    assert_eq!(studied(&person, &vectors()), (0, 0));

    let mut person = linked();
    let nothing = cut_short(&person, 1, None, 60);
    person.send(Message::CutShort(vec![nothing]));
    assert!(matches!(person.effects[..], [Effect::ForgetRunning(_)]));
}

#[test]
fn where_hardly_anything_can_be_seen_the_timer_still_can() {
    let mut person = Person::new(learner(), Config::default(), 120, 40);
    person.press("j enter ~10 enter ~50");
    person.send(Message::Resized { width: 20, height: 5 });
    person.press("esc");
    assert_eq!((phase(&person), is_shown(&person)), (Some(Phase::Going), false));
    person.press("enter enter");
    assert_eq!(studied(&person, &vectors()), (60, 1));
    // A question that can't be seen is answered with no.
    person.press("enter");
    assert!(person.model.timer.is_none(), "what can't be seen is not begun");
    person.send(Message::Resized { width: 120, height: 40 });
    person.press("2 / \"vectors enter enter ~5 esc");
    person.send(Message::Resized { width: 20, height: 5 });
    person.leap(9_000).press("ctrl-c");
    assert_eq!(seconds(&person), 5);
    person.press("q");
    assert_eq!(person.effects.last(), Some(&Effect::Quit));
    assert_eq!(person.model.pane, Pane::Curriculum);
}

#[test]
fn a_topic_that_nobody_chose_is_none_of_the_session() {
    let mut person = Person::new(beginner(), Config::default(), 120, 40);
    person.press("enter ~10 enter enter");
    assert_eq!(person.model.timer.as_ref().map(|timer| &timer.on.topic), Some(&None));
}
