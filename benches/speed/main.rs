//! What the product promises on speed: everything between a key and its frame, on real files.
//!
//! Each figure is taken on a file of ten rows, on one of fifty habits that are four days old, and on
//! one of fifty habits over a hundred years. What counts are the ratios, for absolute times say more
//! about the machine than about inch: from the second to the third file is what history costs. The
//! files lie in the build folder and every commit is synced, as it is for a person; where the disk is
//! shared, the fastest sync says more than the median. Only the terminal is left out: frames end in a
//! writer that keeps nothing.
//!
//! The long history is written by plain SQL, in one transaction: through the store each check-in
//! would be journalled, which takes minutes. Its journal therefore holds the habits alone; undo
//! finds its change by an index, whatever the journal's length.
#![allow(clippy::unwrap_used, reason = "a bench that can't go on says so by panicking")]

use std::{
    cell::RefCell,
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::OnceLock,
    time::Duration,
};

use chrono::{DateTime, NaiveDate};
use divan::{Bencher, black_box};
use inch::{
    app::{
        Effect, Filter, Message, Model, Pane, Start,
        history::pages::{Pages, Span},
        update,
    },
    config::Config,
    domain::{
        change::{Change, Stamp},
        curriculum::Curriculum,
        day::{Rules, parse_iso, plus},
        habit::Recipe,
        ids::{HabitId, IdSource},
    },
    keymap::{Keymap, chord::Chord, contexts},
    store::{Options, Store},
    ui::{theme::Theme, view},
};
use ratatui::{
    Terminal, TerminalOptions, Viewport,
    backend::CrosstermBackend,
    layout::{Rect, Size},
};
use rusqlite::Connection;
use tempfile::TempDir;

fn main() {
    divan::main();
    for history in ALL {
        if let Some(folder) = history.made().get() {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}

/// How much somebody has ticked.
#[derive(Clone, Copy)]
enum History {
    /// Two habits and eight check-ins.
    TenRows,
    /// Fifty habits, two hundred check-ins.
    FourDays,
    /// Fifty habits, 1.6 million check-ins.
    HundredYears,
}

const ALL: [History; 3] = [History::TenRows, History::FourDays, History::HundredYears];

static MADE: [OnceLock<TempDir>; 3] = [const { OnceLock::new() }; 3];

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TenRows => "10 rows",
            Self::FourDays => "50 habits, 4 days",
            Self::HundredYears => "50 habits, 100 years",
        })
    }
}

impl History {
    fn made(self) -> &'static OnceLock<TempDir> {
        &MADE[self as usize]
    }

    /// The file; made when it is first asked for.
    fn path(self) -> PathBuf {
        let (habits, days) = match self {
            Self::TenRows => (2, 4),
            Self::FourDays => (50, 4),
            Self::HundredYears => (50, 36_525),
        };
        let folder = self.made().get_or_init(|| {
            let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
            make(&folder.path().join("inch.db"), habits, days);
            folder
        });
        folder.path().join("inch.db")
    }
}

/// So late that a hundred years before it are days inch knows.
fn today() -> NaiveDate {
    parse_iso("2126-11-23").unwrap()
}

fn stamp() -> Stamp {
    Stamp { at: DateTime::parse_from_rfc3339("2126-11-23T12:00:00+01:00").unwrap(), today: today() }
}

fn open(path: &Path) -> Store {
    let options = Options { busy_timeout: Duration::from_millis(250), rules: Rules::default() };
    Store::open(path, options).unwrap()
}

fn make(path: &Path, habits: i64, days: i64) {
    let start = plus(today(), -days);
    let mut ids = IdSource::new(1, 1);
    let mut store = open(path);
    let schedules = ["daily", "3/week", "mon,wed,fri", "every 4 days"];
    let ids: Vec<_> = (0..habits)
        .zip(schedules.iter().cycle())
        .map(|(position, schedule)| {
            let habit = HabitId(ids.next_uuid());
            let change = Change::HabitAdd {
                seconds: 10,
                is_review: false,
                habit,
                name: format!("Habit {position}"),
                topic: None,
                position,
                recipe: Recipe::default(),
                schedule: schedule.parse().unwrap(),
                from: start,
            };
            store.apply(&change, &stamp()).unwrap();
            habit
        })
        .collect();
    store.close().unwrap();

    let mut sql = Connection::open(path).unwrap();
    let all = sql.transaction().unwrap();
    let mut insert =
        all.prepare("INSERT INTO check_in (habit, day, mark) VALUES (?1, ?2, ?3)").unwrap();
    for (habit, id) in (0..).zip(&ids) {
        let id = id.0.to_string();
        for day in 0..days {
            // Misses and rests here and there, so that streaks end and begin.
            let mark = match (day * day + 7 * day * habit) % 97 {
                13 => "rest",
                0..=9 => continue,
                _ => "done",
            };
            let day = plus(start, day).to_string();
            insert.execute([&*id, &day, mark]).unwrap();
        }
    }
    drop(insert);
    all.commit().unwrap();
    sql.close().unwrap();

    let mut store = open(path);
    store.refresh_checkpoints(today()).unwrap();
    store.close().unwrap();
}

/// Where a terminal would be.
struct Wire;

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(black_box(bytes).len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The app without its loop: what the runtime does between a key and a frame.
struct App {
    store: Store,
    model: Model,
    keymap: Keymap,
    theme: Theme,
    terminal: Terminal<CrosstermBackend<Wire>>,
}

impl App {
    /// From nothing to the first frame.
    fn start(path: &Path) -> Self {
        Self::start_on(path, Curriculum::shipped())
    }

    fn start_on(path: &Path, curriculum: Curriculum) -> Self {
        let mut store = open(path);
        let config = Config::default();
        let theme = Theme::new(&config, true);
        let keymap = Keymap::default();
        let size = Size::new(120, 40);
        let (model, effects) = Model::new(Start {
            workspace: store.load(today()).unwrap(),
            curriculum,
            config,
            today: today(),
            until: None,
            size,
            ids: IdSource::new(2, 2),
            is_first_start: false,
        });
        let viewport = Viewport::Fixed(Rect::from(size));
        let terminal =
            Terminal::with_options(CrosstermBackend::new(Wire), TerminalOptions { viewport })
                .unwrap();
        let mut app = Self { store, model, keymap, theme, terminal };
        app.perform(effects);
        app.draw();
        app
    }

    fn draw(&mut self) {
        let Self { model, keymap, theme, terminal, .. } = self;
        terminal.draw(|frame| view(model, keymap, theme, frame)).unwrap();
    }

    /// A key, all that follows from it, and the frame.
    fn press(&mut self, key: &str) {
        let chord: Chord = key.parse().unwrap();
        let action = self.keymap.resolve(contexts(&self.model), chord).unwrap();
        self.take(Message::Action(action));
        self.draw();
    }

    fn take(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let message = match effect {
                Effect::Apply(change) => {
                    let applied = self.store.apply(&change, &stamp()).unwrap();
                    Message::Applied(Box::new(applied))
                }
                Effect::Undo => {
                    let undone = self.store.undo(&stamp()).unwrap();
                    Message::Applied(Box::new(undone.unwrap()))
                }
                Effect::Load(habit, from) => {
                    let track = self.store.track(habit, from, today()).unwrap();
                    Message::Loaded(Box::new(track))
                }
                Effect::LoadHistory(request) => {
                    let mut pages = Pages::default();
                    for Span { habit, first, last } in &request.spans {
                        let take = |check_in| pages.insert(check_in);
                        self.store.check_ins_between(*habit, *first, *last, take).unwrap();
                    }
                    let (first, last) = request.sessions.unwrap();
                    let seconds = self.store.seconds_by_day(request.habit, first, last).unwrap();
                    Message::HistoryRead(Box::new(Pages { request, seconds, ..pages }))
                }
                _ => continue,
            };
            self.take(message);
        }
    }
}

/// Opening the file and reading it, as every command does too.
#[divan::bench(args = ALL, sample_count = 100, sample_size = 1)]
fn open_and_load(bencher: Bencher, history: History) {
    let path = history.path();
    bencher.bench_local(|| {
        let mut store = open(black_box(&path));
        let workspace = store.load(today()).unwrap();
        (store, workspace)
    });
}

/// Opening the file, reading it, and one whole screen.
#[divan::bench(args = ALL, sample_count = 100, sample_size = 1)]
fn first_frame(bencher: Bencher, history: History) {
    let path = history.path();
    bencher.bench_local(|| App::start(black_box(&path)));
}

/// Space: the tick on the disk, and the screen that shows it.
#[divan::bench(args = ALL, sample_count = 500, sample_size = 1)]
fn tick(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("space");
    bencher
        .with_inputs(|| {
            let mut app = app.borrow_mut();
            app.press("u");
            app.press("g");
        })
        .bench_local_values(|()| app.borrow_mut().press(black_box("space")));
    app.borrow_mut().press("u");
}

/// `u`: the tick taken back on the disk, and the screen without it.
#[divan::bench(args = ALL, sample_count = 500, sample_size = 1)]
fn undo(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    bencher
        .with_inputs(|| {
            let mut app = app.borrow_mut();
            app.press("g");
            app.press("space");
        })
        .bench_local_values(|()| app.borrow_mut().press(black_box("u")));
}

/// Another habit, whose year has been read before.
#[divan::bench(args = ALL, sample_count = 500, sample_size = 1)]
fn move_on(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("j");
    bencher
        .with_inputs(|| app.borrow_mut().press("k"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("j")));
}

/// Another habit, whose year is read from the file first.
#[divan::bench(args = ALL, sample_count = 100, sample_size = 1)]
fn move_on_and_read(bencher: Bencher, history: History) {
    let path = history.path();
    bencher.with_inputs(|| App::start(&path)).bench_local_values(|mut app| {
        app.press(black_box("j"));
        app
    });
}

/// One habit's history, opened: all of it is read.
#[divan::bench(args = ALL, sample_count = 50, sample_size = 1)]
fn history(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    bencher
        .with_inputs(|| app.borrow_mut().press("esc"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("z")));
}

/// The day before in it: nothing is read.
#[divan::bench(args = ALL, sample_count = 500, sample_size = 1)]
fn history_day(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("z");
    bencher
        .with_inputs(|| app.borrow_mut().press("G"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("k")));
}

/// Space in it: the tick on the disk, and all that the history tells told anew.
#[divan::bench(args = ALL, sample_count = 100, sample_size = 1)]
fn history_tick(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("z");
    app.borrow_mut().press("space");
    bencher
        .with_inputs(|| app.borrow_mut().press("u"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("space")));
    app.borrow_mut().press("u");
}

/// The history of all habits, after that of one: their last year is read.
#[divan::bench(args = ALL, sample_count = 50, sample_size = 1)]
fn history_of_all(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("z");
    bencher
        .with_inputs(|| app.borrow_mut().press("tab"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("shift-tab")));
}

/// The roadmap as it ships.
#[divan::bench]
fn shipped_curriculum() -> Curriculum {
    Curriculum::shipped()
}

/// How many topics a curriculum has.
const TOPICS: [usize; 2] = [90, 10_000];

/// Files that add topics up to a number, 40 a module, each with a prerequisite.
fn own_files(topics: usize) -> Vec<String> {
    let own: Vec<_> = (90..topics).collect();
    let module = |number: usize| {
        let place = number / 40;
        format!("[[module]]\nid = \"m{place}\"\narea = \"ml\"\ntitle = \"Module {place}\"\n")
    };
    let topic = |number: usize| {
        let before = if number == 90 { "vectors".into() } else { format!("t{}", number - 1) };
        format!(
            "[[topic]]\nid = \"t{number}\"\nmodule = \"m{}\"\ntitle = \"Topic {number}\"\n\
             check = \"You can do {number}.\"\nprerequisites = [\"{before}\"]\n",
            number / 40
        )
    };
    let file = |numbers: &[usize]| {
        let begins = |number: &&usize| number.is_multiple_of(40) || **number == 90;
        let modules = numbers.iter().filter(begins).map(|number| module(*number));
        let topics = numbers.iter().map(|number| topic(*number));
        ["schema_version = 1\n".to_owned()].into_iter().chain(modules).chain(topics).collect()
    };
    own.chunks(5_000).map(file).collect()
}

fn laid(files: &[String]) -> Curriculum {
    files.iter().fold(Curriculum::shipped(), |base, file| base.laid_over(file).unwrap())
}

/// A start in the roadmap with every topic that was not begun listed.
fn roadmap(topics: usize) -> RefCell<App> {
    let mut app = App::start_on(&History::TenRows.path(), laid(&own_files(topics)));
    app.press("2");
    while app.model.filter != Filter::Untouched {
        app.press("f");
    }
    assert!(app.model.row_count(Pane::Curriculum) >= topics - 10, "all of them are rows");
    RefCell::new(app)
}

/// Reading the files and laying each over what was read before.
#[divan::bench(args = TOPICS, sample_count = 20, sample_size = 1)]
fn curriculum_files(bencher: Bencher, topics: usize) {
    let files = own_files(topics);
    bencher.bench_local(|| laid(black_box(&files)));
}

/// From the curriculum in memory to the first frame.
#[divan::bench(args = TOPICS, sample_count = 20, sample_size = 1)]
fn curriculum_first_frame(bencher: Bencher, topics: usize) {
    let (curriculum, path) = (laid(&own_files(topics)), History::TenRows.path());
    bencher
        .with_inputs(|| curriculum.clone())
        .bench_local_values(|curriculum| App::start_on(&path, curriculum));
}

/// One row down in the roadmap.
#[divan::bench(args = TOPICS, sample_count = 100, sample_size = 1)]
fn roadmap_down(bencher: Bencher, topics: usize) {
    let app = roadmap(topics);
    bencher
        .with_inputs(|| app.borrow_mut().press("g"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("j")));
}

/// The same with the columns of the zoomed roadmap.
#[divan::bench(args = TOPICS, sample_count = 100, sample_size = 1)]
fn roadmap_down_zoomed(bencher: Bencher, topics: usize) {
    let app = roadmap(topics);
    app.borrow_mut().press("z");
    bencher
        .with_inputs(|| app.borrow_mut().press("g"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("j")));
}

/// From untouched topics to the next filters, round to all and to untouched again.
#[divan::bench(args = TOPICS, sample_count = 20, sample_size = 1)]
fn roadmap_filters(bencher: Bencher, topics: usize) {
    let app = roadmap(topics);
    bencher.bench_local(|| {
        for _ in 0..7 {
            app.borrow_mut().press(black_box("f"));
        }
    });
}

/// Letters typed to find a topic.
#[divan::bench(args = TOPICS, sample_count = 50, sample_size = 1)]
fn roadmap_find(bencher: Bencher, topics: usize) {
    let app = roadmap(topics);
    bencher
        .with_inputs(|| {
            let mut app = app.borrow_mut();
            app.press("esc");
            app.press("/");
        })
        .bench_local_values(|()| {
            let mut app = app.borrow_mut();
            app.take(Message::Pasted(black_box("topic".to_owned())));
            app.draw();
            app.press("enter");
        });
}
