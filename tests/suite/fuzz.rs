//! A cat on the keyboard: random keys over random sizes and days, with a real file behind them.
//!
//! Nothing panics, nothing but plain text reaches the screen, and whatever was done, the file says
//! what memory says. A short run is part of every test; a long one is asked for by its number of
//! keys: `INCH_KEYS=1000000 cargo test --release --test suite fuzz`.

use std::{env, time::Duration};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use inch::{
    app::{
        Action, Effect, Failure, Message, Model, Start,
        detail::needs_shape,
        history::pages::{Pages, Request, Span},
        mouse::Mouse,
        update,
    },
    config::{Config, Glyphs},
    domain::{
        change::{Change, Stamp},
        curriculum::Curriculum,
        day::plus,
        habit::{Mark, Recipe},
        ids::{HabitId, IdSource, SessionId},
        pace::Pace,
        session::Session,
        workspace::Track,
    },
    keymap::{Keymap, chord::Chord, contexts},
    store::{Options, Store},
    ui::{self, theme::Theme},
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
    layout::{Position, Size},
};
use tempfile::TempDir;

use crate::fixture;

/// How many keys one life has before its file is opened anew.
const LIFE: u64 = 1_000;

/// Text that people paste and that must never be obeyed.
const PASTES: [&str; 6] = [
    "Read one page",
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "evil \u{202e}txt.exe\u{2066}",
    "読む本 👩\u{200d}💻 e\u{301}\u{301}\u{301}",
    "https://arxiv.org/abs/1706.03762",
    "line\nline\r\n\tline\u{0}",
];

/// Where randomness comes from: the same again for the same seed.
struct Dice(IdSource);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        let (_, low) = self.0.next_uuid().as_u64_pair();
        // The two topmost bits of this half say that it is a UUID.
        (low & (u64::MAX >> 2)) % sides
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let sides = u64::try_from(from.len()).unwrap();
        &from[usize::try_from(self.roll(sides)).unwrap()]
    }
}

/// A model with a real file behind it.
struct Life {
    model: Model,
    keymap: Keymap,
    theme: Theme,
    store: Store,
    today: NaiveDate,
    folder: TempDir,
    changes: u64,
    now: DateTime<FixedOffset>,
}

fn options(config: &Config) -> Options {
    Options { busy_timeout: Duration::from_millis(250), rules: config.rules() }
}

impl Life {
    fn begin(dice: &mut Dice) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let glyphs = if dice.roll(4) == 0 { Glyphs::Ascii } else { Glyphs::Unicode };
        let config = Config { glyphs, ..Config::default() };
        let today = plus(fixture::today(), i64::try_from(dice.roll(40_000)).unwrap() - 20_000);
        let mut store = Store::open(&folder.path().join("inch.db"), options(&config)).unwrap();
        let is_first_start = dice.roll(4) == 0;
        if !is_first_start {
            for change in some_habits(dice, today) {
                store.apply(&change, &stamp(today)).unwrap();
            }
        }
        let theme = Theme::new(&config, dice.roll(4) > 0);
        let (model, effects) = Model::new(Start {
            workspace: store.load(today).unwrap(),
            curriculum: Curriculum::shipped(),
            config,
            keys: Keymap::default().words(theme.glyphs.is_ascii),
            today,
            until: None,
            size: Size { width: 80, height: 24 },
            ids: IdSource::new(dice.roll(u64::MAX >> 2), 1_763_856_000_000),
            is_first_start,
        });
        let keymap = Keymap::default();
        let now = stamp(today).at;
        let mut life = Self { model, keymap, theme, store, today, folder, changes: 0, now };
        life.perform(effects);
        life
    }

    fn take(&mut self, message: Message) {
        if needs_shape(&self.model, &message) {
            self.model.shape = ui::shape(&self.model, &self.keymap, &self.theme);
        }
        let effects = update(&mut self.model, message);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let stamp = stamp(self.today);
            let message = match effect {
                Effect::Apply(change) => match self.store.apply(&change, &stamp) {
                    Ok(applied) => {
                        self.changes += u64::from(applied.seq.is_some());
                        Message::Applied(Box::new(applied))
                    }
                    Err(error) => failed(&error, Some(change)),
                },
                Effect::Undo => match self.store.undo(&stamp) {
                    Ok(Some(applied)) => Message::Applied(Box::new(applied)),
                    Ok(None) => Message::NothingToUndo,
                    Err(error) => failed(&error, None),
                },
                Effect::Redo => match self.store.redo(&stamp) {
                    Ok(Some(applied)) => Message::Applied(Box::new(applied)),
                    Ok(None) => Message::NothingToRedo,
                    Err(error) => failed(&error, None),
                },
                Effect::Load(habit, from) => {
                    let track = self.store.track(habit, from, self.today);
                    Message::Loaded(Box::new(track.unwrap_or_else(|_| Track::empty(habit))))
                }
                Effect::ReadTime => Message::Beat { at: self.now },
                Effect::LoadHistory(request) => {
                    Message::HistoryRead(Box::new(read(&self.store, request)))
                }
                Effect::LoadPace(today) => {
                    let first = Pace::first_day(today);
                    let seconds = self.store.seconds_by_day(None, first, today).unwrap();
                    Message::PaceRead(Pace::new(&seconds, today))
                }
                Effect::CountStarts(roots) => {
                    let starts = self.store.ticks(&roots.habits, roots.until).unwrap();
                    Message::StartsCounted(roots, starts)
                }
                _ => continue,
            };
            self.take(message);
        }
    }

    /// Something happens.
    fn live(&mut self, dice: &mut Dice) {
        match dice.roll(100) {
            0 => {
                // Mostly large enough for something to be done.
                let least = if dice.roll(5) > 0 { (40, 12) } else { (0, 0) };
                let (width, height) = (least.0 + dice.roll(100), least.1 + dice.roll(40));
                let (width, height) =
                    (u16::try_from(width).unwrap(), u16::try_from(height).unwrap());
                self.take(Message::Resized { width, height });
            }
            1 => {
                // Mostly on, sometimes back: a clock is set, a traveller flies west.
                let by = i64::try_from(dice.roll(40)).unwrap() - 8;
                self.today = plus(self.today, by);
                self.take(Message::Moment { today: self.today, until: None });
            }
            2 => self.take(Message::Pasted((*dice.pick(&PASTES)).to_owned())),
            3 => {
                self.somebody_else(dice);
                // News may come late: meanwhile the file is read for other reasons.
                if dice.roll(2) == 0 {
                    self.hear();
                }
            }
            4..10 => {
                // Mostly a few seconds, sometimes a night, sometimes back.
                let by = [1, 1, 5, 12, 12, 40, 30_000, -100];
                self.now += TimeDelta::seconds(*dice.pick(&by));
                self.take(Message::Beat { at: self.now });
            }
            10..16 => {
                let at = Position {
                    x: u16::try_from(dice.roll(130)).unwrap(),
                    y: u16::try_from(dice.roll(45)).unwrap(),
                };
                let done =
                    [Mouse::Click(at), Mouse::Click(at), Mouse::WheelUp(at), Mouse::WheelDown(at)];
                self.take(Message::Mouse(*dice.pick(&done)));
            }
            16..28 => {
                let letter = char::from(u8::try_from(dice.roll(95) + 32).unwrap());
                self.key(Chord::from(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
            }
            _ => {
                let here = contexts(&self.model);
                let bound = |action: Action| {
                    !matches!(action, Action::Quit | Action::Interrupt | Action::Suspend)
                };
                let chords: Vec<_> = self
                    .keymap
                    .bindings()
                    .iter()
                    .filter(|binding| here.contains(&binding.context) && bound(binding.action))
                    .flat_map(|binding| binding.chords.clone())
                    .collect();
                if let Some(chord) = (!chords.is_empty()).then(|| *dice.pick(&chords)) {
                    self.key(chord);
                }
            }
        }
    }

    fn hear(&mut self) {
        let news = self.store.news(self.today).unwrap();
        self.take(Message::Heard(news));
        let pages = &self.model.history.pages;
        if self.model.is_in_history() {
            let stored = read(&self.store, pages.request.clone());
            assert_eq!(told(pages.clone()), told(stored));
        }
    }

    /// Another process writes to the file: it ticks, undoes or adds a session.
    fn somebody_else(&mut self, dice: &mut Dice) {
        let path = self.folder.path().join("inch.db");
        let mut other = Store::open(&path, options(&self.model.config)).unwrap();
        let stamp = stamp(self.today);
        let day = plus(self.today, -i64::try_from(dice.roll(90)).unwrap());
        let habits = &self.model.workspace.habits;
        let Some(habit) = (!habits.is_empty()).then(|| dice.pick(habits).id) else { return };
        // What is refused, such as a day out of range, is no matter here.
        let _ = match dice.roll(4) {
            0 => other.undo(&stamp).map(|_| ()),
            1 => {
                let session = Session {
                    id: SessionId(dice.0.next_uuid()),
                    habit: Some(habit),
                    topic: None,
                    project: None,
                    day,
                    started_at: self.now,
                    seconds: 600,
                };
                other.apply(&Change::SessionPut { session }, &stamp).map(|_| ())
            }
            _ => {
                let mark = *dice.pick(&[Some(Mark::Done), Some(Mark::Rest), None]);
                other.apply(&Change::CheckInSet { habit, day, mark }, &stamp).map(|_| ())
            }
        };
        other.close().unwrap();
    }

    fn key(&mut self, chord: Chord) {
        if let Some(action) = self.keymap.resolve(contexts(&self.model), chord) {
            return self.take(Message::Action(action));
        }
        if self.model.overlay.is_some() {
            let mut modifiers = KeyModifiers::NONE;
            modifiers.set(KeyModifiers::CONTROL, chord.ctrl);
            modifiers.set(KeyModifiers::ALT, chord.alt);
            self.take(Message::Typed(KeyEvent::new(chord.code, modifiers).into()));
        }
    }

    /// Draws the screen and looks at every cell.
    fn look(&self) {
        let Size { width, height } = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| ui::view(&self.model, &self.keymap, &self.theme, frame)).unwrap();
        for cell in terminal.backend().buffer().content() {
            let symbol = cell.symbol();
            let is_plain = symbol.chars().all(|letter| {
                !letter.is_control()
                    && !matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            });
            assert!(is_plain, "{symbol:?} is on the screen");
        }
    }

    /// The file is opened anew and says what memory says.
    fn end(self) {
        let Self { model, mut store, today, folder, .. } = self;
        assert_eq!(store.news(today).unwrap(), [], "all of it was heard");
        store.close().unwrap();
        let mut again =
            Store::open(&folder.path().join("inch.db"), options(&model.config)).unwrap();
        let (read, held) = (again.load(today).unwrap(), &model.workspace);
        assert!(model.unsaved.is_empty(), "nothing had a reason to wait");
        assert_eq!((&held.habits, &held.projects), (&read.habits, &read.projects));
        assert_eq!((&held.progress, &held.own_topics), (&read.progress, &read.own_topics));
        assert_eq!(held.studied, read.studied);
        for habit in &read.habits {
            let (ours, theirs) = (&held.tracks[&habit.id], &read.tracks[&habit.id]);
            let from = ours.held_from.max(theirs.held_from);
            assert!(ours.marks.range(from..).eq(theirs.marks.range(from..)));
            assert!(ours.notes.range(from..).eq(theirs.notes.range(from..)));
            assert_eq!(held.figures(habit, today), read.figures(habit, today));
            assert_eq!(model.figures.get(&habit.id), read.figures(habit, today).as_ref());
        }
    }
}

/// What pages tell: a habit whose last mark went tells nothing.
fn told(mut pages: Pages) -> Pages {
    pages.days.retain(|_, days| !days.marks.is_empty() || !days.notes.is_empty());
    pages.seconds.retain(|_, seconds| *seconds > 0);
    pages
}

/// The days of a history, as the runtime reads them.
fn read(store: &Store, request: Request) -> Pages {
    let mut pages = Pages::default();
    for Span { habit, first, last } in &request.spans {
        let insert = |check_in| pages.insert(check_in);
        store.check_ins_between(*habit, *first, *last, insert).unwrap();
    }
    if let Some((first, last)) = request.sessions {
        pages.seconds = store.seconds_by_day(request.habit, first, last).unwrap();
    }
    Pages { request, ..pages }
}

fn stamp(today: NaiveDate) -> Stamp {
    let text = format!("{}T12:00:00+00:00", fixture::today());
    Stamp { at: DateTime::parse_from_rfc3339(&text).unwrap(), today }
}

fn some_habits(dice: &mut Dice, today: NaiveDate) -> Vec<Change> {
    let schedules = ["daily", "mon,wed,fri", "3/week", "every 4 days"];
    (0..4)
        .map(|position| Change::HabitAdd {
            habit: HabitId(dice.0.next_uuid()),
            name: (*dice.pick(&PASTES)).to_owned(),
            topic: (dice.roll(2) == 0).then(|| "vectors".into()),
            position,
            recipe: Recipe::default(),
            schedule: dice.pick(&schedules).parse().unwrap(),
            from: plus(today, -i64::try_from(dice.roll(400)).unwrap()),
            seconds: 10,
            is_review: false,
        })
        .filter(|change| {
            change
                .make(&mut change.keys().into_iter().map(|key| (key, None)).collect(), today)
                .is_ok()
        })
        .collect()
}

fn failed(error: &inch::store::StoreError, change: Option<Change>) -> Message {
    Failure { text: error.to_string(), change, is_waiting: false }.into()
}

#[test]
fn no_keys_in_any_order_do_any_harm() {
    let keys: u64 = env::var("INCH_KEYS").map_or(4_000, |count| count.parse().unwrap());
    let mut changes = 0;
    for life in 0..keys.div_ceil(LIFE) {
        let mut dice = Dice(IdSource::new(life, 1));
        let mut lived = Life::begin(&mut dice);
        for _ in 0..LIFE.min(keys) {
            lived.live(&mut dice);
            lived.look();
        }
        changes += lived.changes;
        lived.hear();
        lived.end();
    }
    assert!(changes > keys / 100, "{changes} changes are not much of a life");
}
