//! The session against real files: order of saving, news, time, and what is lost.

mod moving;
mod reminding;
mod tending;
mod time;
mod timing;

use std::{io, path::Path, time::Duration};

use chrono::NaiveTime;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rusqlite::Connection;

use super::*;
use crate::{app::Effect, domain::change::Change};
use crate::{
    app::{Action, Tone},
    clock::Clock,
    domain::{
        change::Stamp,
        day::Rules,
        habit::{Mark, Recipe},
        schedule::Schedule,
    },
    store::{Options, Store},
};

const OPTIONS: Options = Options {
    busy_timeout: Duration::from_millis(20),
    rules: Rules {
        week_starts_on: chrono::Weekday::Mon,
        streaks: crate::domain::day::StreakRule::Strict,
    },
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn clock() -> Clock {
    Clock { pretended: Some(today()), ..Clock::new(NaiveTime::MIN) }
}

fn stamp() -> Stamp {
    clock().now().stamp()
}

fn open(path: &Path) -> Session {
    open_with(path, Config::default(), clock())
}

fn open_with(path: &Path, config: Config, clock: Clock) -> Session {
    let options = Options { rules: config.rules(), ..OPTIONS };
    let hands = Hands {
        store: Store::open(path, options).unwrap(),
        clock,
        open: |_| Err(io::Error::other("no browser here")),
        unsaved: None,
    };
    let theme = Theme::new(&config, true);
    Session::start(
        hands,
        config,
        Curriculum::shipped(),
        Keymap::default(),
        theme,
        Size::new(80, 24),
    )
    .unwrap()
}

/// A file with as many daily habits.
struct File {
    folder: tempfile::TempDir,
    habits: Vec<HabitId>,
}

impl File {
    fn new(count: i64) -> Self {
        Self::since(count, today())
    }

    fn since(count: i64, from: NaiveDate) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("inch.db"), OPTIONS).unwrap();
        let mut ids = IdSource::new(1, 1);
        let add = |position| {
            let habit = HabitId(ids.next_uuid());
            let change = Change::HabitAdd {
                seconds: 10,
                is_review: false,
                habit,
                name: format!("Habit {position}"),
                topic: None,
                position,
                recipe: Recipe::default(),
                schedule: Schedule::Daily,
                from,
            };
            let stamp = Stamp { today: from, ..stamp() };
            store.apply(&change, &stamp).unwrap();
            habit
        };
        let habits = (0..count).map(add).collect();
        Self { folder, habits }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("inch.db")
    }

    fn marks(&self) -> Vec<Option<Mark>> {
        let mut store = Store::open(&self.path(), OPTIONS).unwrap();
        let workspace = store.load(today()).unwrap();
        let mark = |habit| workspace.tracks[habit].marks.get(&today()).copied();
        self.habits.iter().map(mark).collect()
    }

    /// Another program that writes and does not finish.
    fn lock(&self) -> Connection {
        let other = Connection::open(self.path()).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        other
    }
}

fn press(session: &mut Session, letter: char) {
    let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
    session.hear(Event::Key(key));
}

fn said(session: &Session) -> (Tone, String) {
    let notice = session.model.notice.clone().unwrap();
    (notice.tone, notice.text)
}

#[test]
fn each_of_many_keys_is_on_the_disk_before_the_next() {
    let file = File::new(3);
    let mut session = open(&file.path());
    for _ in 0..3 {
        press(&mut session, ' ');
    }
    assert_eq!(file.marks(), [Some(Mark::Done); 3]);
    press(&mut session, 'u');
    assert_eq!(file.marks(), [Some(Mark::Done), Some(Mark::Done), None]);
    session.take(Message::Action(Action::Redo));
    assert_eq!(file.marks(), [Some(Mark::Done); 3]);
    assert!(session.take_changed() && !session.take_changed());
    assert_eq!(session.close(), None);
}

#[test]
fn a_file_without_anything_in_it_is_a_first_start() {
    let is_welcome = |count| {
        let file = File::new(count);
        let session = open(&file.path());
        matches!(session.model.overlay, Some(Overlay::Welcome))
    };
    assert!(is_welcome(0));
    assert!(!is_welcome(1));
}

#[test]
fn what_is_not_saved_waits_and_is_never_overtaken() {
    let file = File::new(2);
    let mut session = open(&file.path());
    assert_eq!(session.deadline(false), None, "asleep");
    let lock = file.lock();
    press(&mut session, ' ');
    assert_eq!(session.model.unsaved.len(), 1);
    assert_eq!(said(&session).0, Tone::Bad);
    let deadline = session.deadline(false).unwrap();
    assert_eq!(deadline.at - deadline.now, SOON);

    press(&mut session, 'u');
    assert!(said(&session).1.starts_with("Not yet"), "{:?}", said(&session));
    press(&mut session, 'j');
    press(&mut session, ' ');
    assert_eq!(session.model.unsaved.len(), 2);

    drop(lock);
    session.retry_at = Some(DateTime::UNIX_EPOCH);
    session.wake(false);
    assert!(session.model.unsaved.is_empty());
    assert_eq!(session.deadline(false), None, "asleep again");
    assert_eq!(file.marks(), [Some(Mark::Done); 2]);
}

#[test]
fn a_key_saves_what_waited_before_its_own_change() {
    let file = File::new(1);
    let mut session = open(&file.path());
    let lock = file.lock();
    press(&mut session, ' ');
    drop(lock);
    press(&mut session, ' ');
    assert!(session.model.unsaved.is_empty());
    assert_eq!(file.marks(), [None], "ticked, then unticked");
}

#[test]
fn a_try_in_the_meantime_keeps_the_form_that_is_open() {
    let file = File::new(1);
    let mut session = open(&file.path());
    let lock = file.lock();
    press(&mut session, ' ');
    // The form's name is at its end, and x is typed there.
    press(&mut session, 'e');
    press(&mut session, 'x');
    session.retry_at = Some(DateTime::UNIX_EPOCH);
    drop(lock);
    session.wake(false);
    assert!(session.model.unsaved.is_empty());
    assert_eq!(file.marks(), [Some(Mark::Done)]);
    let Some(Overlay::Form(form)) = &session.model.overlay else { panic!("the form is gone") };
    assert!(form.text(crate::app::form::Name::Name).ends_with('x'));
}

#[test]
fn what_is_lost_at_the_end_is_told() {
    let file = File::new(1);
    let mut session = open(&file.path());
    let _lock = file.lock();
    press(&mut session, ' ');
    let (lost, fault) = session.close().unwrap();
    assert_eq!(fault, Fault::Busy);
    assert!(lost.starts_with("1 change could not be saved. "), "{lost}");
}

#[test]
fn a_change_that_is_refused_does_not_wait() {
    let file = File::new(1);
    let mut session = open(&file.path());
    let change = Change::HabitRename { habit: file.habits[0], name: String::new() };
    session.perform(Effect::Apply(change));
    assert!(session.model.unsaved.is_empty());
    assert_eq!(said(&session).0, Tone::Bad);
}

#[test]
fn others_changes_arrive_on_waking() {
    let file = File::new(1);
    let mut session = open(&file.path());
    session.take_changed();
    session.wake(true);
    assert!(!session.take_changed(), "no news, nothing to draw");
    let mut other = Store::open(&file.path(), OPTIONS).unwrap();
    let rename = Change::HabitRename { habit: file.habits[0], name: "Another name".to_owned() };
    other.apply(&rename, &stamp()).unwrap();
    session.wake(true);
    assert!(session.take_changed());
    assert_eq!(session.model.workspace.habits[0].name, "Another name");
}

#[test]
fn the_day_is_read_on_waking_and_the_deadline_is_its_end() {
    let file = File::new(1);
    let mut session = open(&file.path());
    session.hands.clock.pretended = today().succ_opt();
    session.wake(false);
    assert_eq!(session.model.today, today().succ_opt().unwrap());
    session.hands.clock.pretended = None;
    let deadline = session.deadline(false).unwrap();
    assert!(deadline.at > deadline.now);
    let at_once = session.deadline(true).unwrap();
    assert_eq!(at_once.at, at_once.now);
}

#[test]
fn days_that_cannot_be_read_are_asked_for_once_per_wake() {
    let file = File::new(1);
    let mut session = open(&file.path());
    let from = today() - TimeDelta::days(4_000);
    assert!(!session.loads.contains(&(file.habits[0], from)));
    session.perform(Effect::Load(file.habits[0], from));
    session.take_changed();
    session.perform(Effect::Load(file.habits[0], from));
    assert!(!session.take_changed());
    session.wake(false);
    session.perform(Effect::Load(file.habits[0], from));
    assert!(session.take_changed());
}

#[test]
fn links_text_and_the_process_are_left_to_the_outside() {
    let file = File::new(1);
    let mut session = open(&file.path());
    session.perform(Effect::OpenUrl("https://example.org/a".to_owned()));
    let (tone, text) = said(&session);
    assert_eq!(tone, Tone::Bad);
    assert!(text.ends_with("copies the address: https://example.org/a"));
    session.perform(Effect::Copy("inch \u{1b}[31m".to_owned()));
    assert_eq!(session.take_outgoing(), "\x1b]52;c;aW5jaCAbWzMxbQ==\x07");
    assert!(!said(&session).1.contains('\u{1b}'));
    let text = || "a\nb".to_owned();
    for (effect, wish) in [
        (Effect::Suspend, Wish::Suspend),
        (Effect::Edit(text()), Wish::Edit(text())),
        (Effect::Quit, Wish::Quit),
    ] {
        session.perform(effect);
        assert_eq!(session.take_wish(), Some(wish));
        assert_eq!(session.take_wish(), None);
    }
}

#[test]
fn a_key_goes_to_its_binding_or_to_the_text_on_top() {
    let file = File::new(1);
    let mut session = open(&file.path());
    session.take_changed();
    press(&mut session, 'ß');
    assert!(!session.take_changed(), "a key that means nothing draws nothing");
    press(&mut session, '/');
    press(&mut session, 'q');
    session.hear(Event::Paste("uu".to_owned()));
    assert_eq!(session.model.query(), "quu");
    assert_eq!(session.take_wish(), None);
    let mut release = KeyEvent::new(KeyCode::Char('x'), KeyModifiers::NONE);
    release.kind = ratatui::crossterm::event::KeyEventKind::Release;
    session.hear(Event::Key(release));
    assert_eq!(session.model.query(), "quu");
}
