//! The timer in a real terminal: it ticks by itself, and its sessions outlive every end of a process.
//!
//! Owns what happens as real time passes. What each key does in which phase is told elsewhere.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use chrono::{DateTime, FixedOffset, NaiveTime};
use inch::{
    clock::Clock,
    domain::{
        change::Change,
        day::Rules,
        habit::{Mark, Recipe},
        ids::{HabitId, TopicId},
        schedule::Schedule,
        session::{Studied, Subject},
    },
    store::{Options, Store},
};
use rustix::process::Signal;
use uuid::Uuid;

use crate::terminal::{Exit, Home, INCH, PATIENCE, Terminal, shows};

const HABIT: HabitId = HabitId(Uuid::from_u128(1));

/// A home with one habit on vectors, whose timer runs for five seconds.
struct Desk {
    home: Home,
}

impl Desk {
    fn new(is_done: bool) -> Self {
        let desk = Self { home: Home::new() };
        let mut store = desk.store();
        let stamp = Self::clock().now().stamp();
        let add = Change::HabitAdd {
            habit: HABIT,
            name: "Read one figure".into(),
            topic: Some(TopicId::from("vectors")),
            position: 0,
            recipe: Recipe::default(),
            schedule: Schedule::Daily,
            from: stamp.today,
            seconds: 5,
            is_review: false,
        };
        store.apply(&add, &stamp).unwrap();
        if is_done {
            let mark = Some(Mark::Done);
            let done = Change::CheckInSet { habit: HABIT, day: stamp.today, mark };
            store.apply(&done, &stamp).unwrap();
        }
        desk
    }

    fn clock() -> Clock {
        Clock::new(NaiveTime::MIN)
    }

    fn now() -> DateTime<FixedOffset> {
        Self::clock().now().at
    }

    fn file(&self) -> PathBuf {
        self.home.path().join("inch.db")
    }

    fn store(&self) -> Store {
        let options = Options { busy_timeout: PATIENCE, rules: Rules::default() };
        Store::open(&self.file(), options).unwrap()
    }

    /// The app on that file, on the day that it was made for.
    fn program(&self) -> Vec<String> {
        let day = Self::now().date_naive().to_string();
        let file = self.file().to_str().unwrap().to_owned();
        ["--db".into(), file, "--today".into(), day].into()
    }

    fn open(&self) -> Terminal {
        let arguments = self.program();
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let mut terminal = Terminal::open(self.home.program(INCH, &arguments), 80, 24);
        terminal.wait_for("Read one figure");
        terminal
    }

    /// The app with a session that has gone on for so many seconds.
    fn going(&self, seconds: u32) -> Terminal {
        let mut terminal = self.open();
        terminal.send("\r");
        terminal.wait_until("a session", |screen| has_gone(screen, seconds));
        terminal
    }

    fn studied(&self) -> Studied {
        let today = Self::now().date_naive();
        let workspace = self.store().load(today).unwrap();
        workspace.studied(&Subject::Topic(TopicId::from("vectors")))
    }

    fn is_ticked(&self) -> bool {
        self.store().check_ins(Some(HABIT), None).unwrap().len() == 1
    }
}

/// Whether the header shows a session of at least so many seconds.
fn has_gone(screen: &vt100::Screen, seconds: u32) -> bool {
    (seconds..60).any(|seconds| shows(screen, &format!("▶ 0:{seconds:02} ")))
}

#[test]
fn the_countdown_ticks_by_itself_and_going_on_saves_the_time() {
    let desk = Desk::new(false);
    let mut terminal = desk.open();
    terminal.send("\r");
    terminal.wait_for("esc stop");
    assert!(!desk.is_ticked());
    terminal.wait_for("Keep going on Vectors?");
    assert!(desk.is_ticked(), "durable as soon as it is on the screen");
    terminal.send("\r");
    terminal.wait_until("two seconds more", |screen| has_gone(screen, 7));
    terminal.send("\r");
    terminal.wait_for("Kept ");
    let Studied { seconds, sessions } = desk.studied();
    assert!((7..60).contains(&seconds) && sessions == 1, "{seconds} in {sessions}");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
}

#[test]
fn a_kill_takes_no_more_than_the_last_five_seconds() {
    let desk = Desk::new(true);
    let mut terminal = desk.going(7);
    terminal.signal(Signal::KILL);
    terminal.wait_exit(PATIENCE);
    assert_eq!(desk.studied().sessions, 0);
    let mut again = desk.open();
    again.wait_for("from a session that was cut short");
    let Studied { seconds, sessions } = desk.studied();
    assert!((2..60).contains(&seconds) && sessions == 1, "{seconds} in {sessions}");
    // It is a change like any other.
    again.send("u");
    again.wait_for("Took back");
    assert_eq!(desk.studied().sessions, 0);
}

#[test]
fn every_other_end_keeps_all_of_it() {
    type End = fn(&mut Terminal);
    let ends: [(&str, End, u32); 4] = [
        ("quitting", |terminal| terminal.send("qq"), 0),
        ("to end", |terminal| terminal.signal(Signal::TERM), 143),
        ("to hang up", |terminal| terminal.signal(Signal::HUP), 129),
        ("closing", Terminal::close, 129),
    ];
    for (what, end, code) in ends {
        let desk = Desk::new(true);
        let mut terminal = desk.going(2);
        end(&mut terminal);
        assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(code), "{what}");
        let Studied { seconds, sessions } = desk.studied();
        assert!((2..60).contains(&seconds) && sessions == 1, "{what}: {seconds} in {sessions}");
        assert_eq!(desk.store().cut_short().unwrap(), [], "{what}");
    }
}

#[test]
fn a_stopped_process_leaves_its_row_and_goes_on_when_it_is_continued() {
    let desk = Desk::new(true);
    let script = "set -m; \"$@\"; echo away; read _; fg; echo left with $?";
    let arguments =
        [vec!["-c".into(), script.into(), "sh".into(), INCH.to_owned()], desk.program()];
    let arguments = arguments.concat();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let mut terminal = Terminal::open(desk.home.program("/bin/sh", &arguments), 80, 24);
    terminal.wait_for("Read one figure");
    terminal.send("\r");
    terminal.wait_until("a session", |screen| has_gone(screen, 2));
    terminal.signal(Signal::TSTP);
    terminal.wait_for("away");
    let kept = rusqlite::Connection::open(desk.file()).unwrap();
    let seconds: u32 =
        kept.query_row("SELECT seconds FROM running_session", [], |row| row.get(0)).unwrap();
    assert!(seconds >= 2, "{seconds}");
    assert_eq!(desk.store().cut_short().unwrap(), [], "it has not ended");
    terminal.send("\r");
    terminal.wait_until("the session again", |screen| has_gone(screen, seconds));
    terminal.send("qq");
    terminal.wait_for("left with 0");
    assert!(desk.studied().seconds >= u64::from(seconds));
}

/// How often the loop was woken so far.
#[cfg(target_os = "linux")]
fn wake_ups(terminal: &Terminal) -> u64 {
    let process = terminal.foreground().as_raw_nonzero();
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    line.unwrap().trim().parse().unwrap()
}

/// Waits until nothing has woken the loop for longer than a timer would let it sleep.
#[cfg(target_os = "linux")]
fn wait_asleep(terminal: &Terminal, what: &str) {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        let before = wake_ups(terminal);
        std::thread::sleep(Duration::from_millis(1_600));
        if wake_ups(terminal) == before {
            return;
        }
    }
    panic!("something wakes the loop {what}\n{}", terminal.picture());
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_wakes_the_loop_but_a_timer_that_counts() {
    let desk = Desk::new(false);
    let mut terminal = desk.open();
    wait_asleep(&terminal, "without a timer");
    terminal.send("\r");
    terminal.wait_for("Keep going on Vectors?");
    wait_asleep(&terminal, "while it asks");
    terminal.send("\r");
    let before = wake_ups(&terminal);
    terminal.wait_until("two seconds more", |screen| has_gone(screen, 7));
    assert!(wake_ups(&terminal) >= before + 2, "else the test could not fail");
    terminal.send("\r");
    terminal.wait_for("Kept ");
    wait_asleep(&terminal, "after a session");
}

#[test]
fn a_second_costs_the_terminal_little() {
    let desk = Desk::new(true);
    let mut terminal = desk.going(1);
    let before = terminal.received().len();
    terminal.wait_until("four seconds more", |screen| has_gone(screen, 5));
    let each = (terminal.received().len() - before) / 4;
    assert!(each < 300, "{each} bytes for each second");
}
