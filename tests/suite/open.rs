//! While it is open: what moves, what the window is called, and what is left behind after a bug.
//!
//! Looks at the bytes as well as at the screen. The days and the reminder are tested with a clock
//! that can be set, beside the code.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::terminal::{Exit, Home, INCH, PATIENCE, Terminal, shows};

/// Longer than any effect.
const CELEBRATED: Duration = Duration::from_millis(1_500);

/// A home with these habits, today's days.
fn home(habits: &[&str]) -> Home {
    let home = Home::new();
    for habit in habits {
        let output = home.inch(&["habit", "add", habit]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    home
}

fn configure(home: &Home, text: &str) {
    let folder = home.path().join("config/inch");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), text).unwrap();
}

fn open(home: &Home, variable: Option<(&str, &str)>) -> Terminal {
    let mut command = home.program(INCH, &[]);
    if let Some((name, value)) = variable {
        command.env(name, value);
    }
    Terminal::open(command, 80, 24)
}

/// Every title the window was given.
fn titles(terminal: &Terminal) -> Vec<String> {
    let received = terminal.received();
    let text = String::from_utf8_lossy(&received).into_owned();
    let titles = text.split("\x1b]2;").skip(1);
    titles.map(|rest| rest.split('\x07').next().unwrap().to_owned()).collect()
}

fn count(terminal: &Terminal, sequence: &str) -> usize {
    String::from_utf8_lossy(&terminal.received()).matches(sequence).count()
}

/// How many times, in that time, the terminal is sent something; and how many bytes.
fn sent_within(terminal: &Terminal, time: Duration) -> (usize, usize) {
    let start = Instant::now();
    let before = terminal.received().len();
    let (mut frames, mut length) = (0, before);
    while start.elapsed() < time {
        std::thread::sleep(Duration::from_millis(3));
        let now = terminal.received().len();
        frames += usize::from(now != length);
        length = now;
    }
    (frames, length - before)
}

#[test]
fn the_title_says_what_is_left_and_is_given_back() {
    let home = home(&["Read one figure", "One flash card"]);
    let mut terminal = open(&home, None);
    terminal.wait_for("2 left");
    terminal.send("j");
    terminal.send("k ");
    terminal.wait_for("1 left");
    terminal.send(" ");
    terminal.wait_for("all done");
    terminal.send("h");
    terminal.wait_for("yesterday");
    let all = ["inch · 2 left today", "inch · 1 left today", "inch · all done"];
    assert_eq!(titles(&terminal), all, "sent when it changes, and for today only");
    assert_eq!(count(&terminal, "\x1b[22;2t"), 1);
    assert_eq!(count(&terminal, "\x1b[23;2t"), 0);
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
    assert_eq!(count(&terminal, "\x1b[23;2t"), 1);
    // Where the terminal kept no title, none is better than one that says what was left.
    assert_eq!(titles(&terminal)[3..], [""]);
}

#[test]
fn nothing_is_due_and_the_title_says_no_more_than_the_name() {
    let home = home(&[]);
    let mut terminal = open(&home, None);
    terminal.wait_for("enter");
    assert_eq!(titles(&terminal), ["inch"]);
    terminal.send("q");
    terminal.wait_exit(PATIENCE);
}

#[test]
fn a_suspended_app_gives_the_title_back_and_names_the_window_anew() {
    let home = home(&["Read one figure"]);
    let script = "set -m; \"$0\"; echo away; read _; fg; echo left with $?";
    let mut terminal = Terminal::open(home.program("/bin/sh", &["-c", script, INCH]), 80, 24);
    terminal.wait_for("1 left");
    terminal.send("\x1a");
    terminal.wait_for("away");
    assert_eq!(count(&terminal, "\x1b[23;2t"), 1);
    terminal.send("\r");
    terminal.wait_for("1 left");
    terminal.send("q");
    terminal.wait_for("left with 0");
    assert_eq!((count(&terminal, "\x1b[22;2t"), count(&terminal, "\x1b[23;2t")), (2, 2));
    assert_eq!(titles(&terminal), ["inch · 1 left today", ""].repeat(2));
}

#[test]
fn whoever_is_stopped_without_being_asked_puts_no_second_title_by() {
    let home = home(&["Read one figure"]);
    let mut terminal = open(&home, None);
    terminal.wait_for("1 left");
    terminal.signal(Signal::STOP);
    terminal.signal(Signal::CONT);
    let entered = "\x1b[?1049h";
    let deadline = Instant::now() + PATIENCE;
    while count(&terminal, entered) < 2 {
        assert!(Instant::now() < deadline, "{}", terminal.picture());
        std::thread::sleep(Duration::from_millis(5));
    }
    terminal.wait_for("1 left");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
    assert_eq!((count(&terminal, "\x1b[22;2t"), count(&terminal, "\x1b[23;2t")), (1, 1));
    let all = ["inch · 1 left today", "inch · 1 left today", ""];
    assert_eq!(titles(&terminal), all, "somebody else may have named it");
}

#[test]
fn a_tick_is_celebrated_frame_by_frame_and_then_nothing_is_sent() {
    let home = home(&["Read one figure", "One flash card"]);
    let mut terminal = open(&home, None);
    // The last thing of the first frame.
    terminal.wait_for("? help");
    terminal.wait_read();
    assert_eq!(sent_within(&terminal, CELEBRATED), (0, 0), "asleep before");
    terminal.send(" ");
    terminal.wait_for("Done: ");
    let (frames, bytes) = sent_within(&terminal, CELEBRATED);
    // A machine under load shows fewer.
    assert!((3..=14).contains(&frames), "{frames} frames");
    assert!(bytes < 300 * frames, "{bytes} bytes in {frames} frames");
    assert!(
        !String::from_utf8_lossy(&terminal.received()).contains("8;2;"),
        "no colours of its own"
    );
    assert_eq!(sent_within(&terminal, CELEBRATED), (0, 0), "asleep after");
}

#[test]
fn no_key_waits_for_a_celebration() {
    let home = home(&["Read one figure", "One flash card", "One push-up"]);
    let mut terminal = open(&home, None);
    terminal.wait_for("3 left");
    terminal.send("   ");
    terminal.wait_for("all done");
    let status = home.inch(&["status", "--json"]).output().unwrap();
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!(status["done"], 3);
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
    assert_eq!(terminal.leftovers(), [""; 0]);
}

#[test]
fn nothing_moves_where_nobody_wants_it() {
    for (config, variable) in [("motion = \"none\"", None), ("", Some(("NO_COLOR", "1")))] {
        let home = home(&["Read one figure", "One flash card"]);
        configure(&home, config);
        let mut terminal = open(&home, variable);
        terminal.wait_for("2 left");
        terminal.send(" ");
        terminal.wait_for("Done: ");
        assert_eq!(sent_within(&terminal, CELEBRATED), (0, 0), "{config}");
    }
}

/// A time zone in which it will be eight in the evening in so many seconds.
fn zone_with_evening_in(seconds: i64) -> String {
    crate::app::zone_in_which_it_is(20 * 3600 - seconds)
}

#[test]
fn the_reminder_rings_at_its_time_for_whoever_left_it_open() {
    let home = Home::in_zone(&zone_with_evening_in(8));
    for habit in ["Read one figure", "One flash card"] {
        home.inch(&["habit", "add", habit]).output().unwrap();
    }
    configure(&home, "remind_at = \"20:00\"");
    let mut terminal = open(&home, None);
    terminal.wait_for("2 left");
    let rung = "\x1b]9;inch: 2 habits left today: Read one figure, One flash card\x1b\\\x07";
    assert_eq!(count(&terminal, rung), 0);
    let reminded = "2 habits left today: Read one figure";
    let is_reminded = |screen: &vt100::Screen| shows(screen, reminded);
    terminal.wait_within(Duration::from_secs(20), "the reminder", is_reminded);
    assert_eq!(count(&terminal, rung), 1);
    terminal.send("j");
    terminal.wait_until("the message gone", |screen| !shows(screen, reminded));
    assert_eq!(count(&terminal, rung), 1);
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
}

/// Only builds that are not handed out can be asked for a bug.
#[cfg(debug_assertions)]
#[test]
fn a_bug_gives_the_terminal_back_and_can_be_read() {
    let home = home(&["Read one figure"]);
    let mut terminal = open(&home, Some(("INCH_PANIC_AT_KEY", "1")));
    terminal.wait_for("1 left");
    assert!(terminal.is_taken());
    terminal.send(" ");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(70));
    assert_eq!(terminal.leftovers(), [""; 0]);
    assert_eq!((count(&terminal, "\x1b[22;2t"), count(&terminal, "\x1b[23;2t")), (1, 1));
    let received = String::from_utf8_lossy(&terminal.received()).into_owned();
    let (_, after) = received.rsplit_once("\x1b[?1049l").unwrap();
    assert!(after.contains("a key is a bug"), "the report comes after the screen: {after:?}");
    assert!(shows(&terminal.screen(), "a key is a bug"), "{}", terminal.picture());
    // Each line of it begins at the left.
    assert!(after.contains("\r\n"), "{after:?}");
}
