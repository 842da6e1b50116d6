//! The whole program in a real terminal: what a person sees, and what a terminal's life does to it.
//!
//! Owns the behaviour of the app from first start to last signal. Rules and durability of single
//! commands are tested elsewhere.

use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;
use vt100::Screen;

use crate::terminal::{Exit, Home, INCH, PATIENCE, Terminal, shows};

/// What the welcome screen offers.
const OFFER: &str = "Watch 10 seconds of a lesson";

/// The same in a list, where the end of a name may be cut.
const STARTER: &str = "Watch 10";

/// The whole list row's left part: everything before the name.
fn before_starter(screen: &Screen) -> Option<String> {
    let (_, columns) = screen.size();
    screen
        .rows(0, columns.get())
        .filter_map(|row| row.split_once(STARTER).map(|(before, _)| before.to_owned()))
        .find(|before| before.contains(['✓', '○', '◎']))
}

fn is_ticked(screen: &Screen) -> bool {
    before_starter(screen).is_some_and(|before| before.contains('✓'))
}

fn is_unticked(screen: &Screen) -> bool {
    before_starter(screen).is_some_and(|before| before.contains(['○', '◎']))
}

trait Today {
    fn wait_ticked(&mut self);
    fn wait_unticked(&mut self);
    fn quit(self);
}

impl Today for Terminal {
    fn wait_ticked(&mut self) {
        self.wait_until("the starter habit ticked", is_ticked);
    }

    fn wait_unticked(&mut self) {
        self.wait_until("the starter habit not ticked", is_unticked);
    }

    fn quit(mut self) {
        self.send("q");
        assert_eq!(self.wait_exit(PATIENCE), Exit::with(0));
        assert_eq!(self.leftovers(), [""; 0]);
    }
}

fn open(home: &Home) -> Terminal {
    Terminal::open(home.program(INCH, &[]), 80, 24)
}

/// The app with the starter habit taken.
fn started(home: &Home) -> Terminal {
    let mut terminal = open(home);
    terminal.wait_for(OFFER);
    terminal.send("\r");
    // The offer on the welcome screen looks like the row; only the message says it is stored.
    terminal.wait_for("Added");
    terminal.wait_unticked();
    terminal
}

fn json(home: &Home, arguments: &[&str]) -> Value {
    let output = home.inch(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {:?} {errors}", output.status);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// How many habits are done today, as another process sees it.
fn done_today(home: &Home) -> u64 {
    json(home, &["status", "--json"])["done"].as_u64().unwrap()
}

#[test]
fn a_first_start_offers_the_starter_habit_and_enter_takes_it() {
    let home = Home::new();
    let terminal = started(&home);
    let status = json(&home, &["status", "--json"]);
    assert_eq!(status["habits"].as_array().unwrap().len(), 1);
    assert_eq!(status["habits"][0]["name"], OFFER);
    assert_eq!(status["habits"][0]["mark"], Value::Null);
    assert_eq!(status["done"], 0);
    assert_eq!(status["due"], 1);
    terminal.quit();
    let mut again = open(&home);
    again.wait_unticked();
    again.quit();
}

#[test]
fn a_starter_becomes_a_habit_and_is_rehearsed_without_being_logged() {
    let home = Home::new();
    let mut terminal = started(&home);
    terminal.send("a");
    terminal.wait_for("Something of my own");
    terminal.send("jj");
    terminal.wait_for("After I open my editor");
    terminal.send("\r");
    terminal.wait_for("Programming basics");
    // On to the anchor, which becomes a time, and then an action again.
    terminal.send("\t\x15in the morning");
    terminal.wait_for("A time slips by unseen");
    terminal.send("\x15pour my tea");
    terminal.wait_for("it will remind you");
    terminal.send("\x13");
    terminal.wait_for("Rehearse it three times now?");
    terminal.send("\r");
    for round in ["1/3", "2/3", "3/3"] {
        terminal.wait_for(round);
        terminal.send(" ");
    }
    terminal.wait_for("you have been there");
    terminal.send("\r");
    terminal.wait_until("the list again", |screen| {
        shows(screen, "After I pour my tea, I will") && !shows(screen, "you have been there")
    });
    let status = json(&home, &["status", "--json"]);
    assert_eq!(status["habits"][1]["name"], "Write one line of code");
    assert_eq!(status["done"], 0, "it was practice");
    terminal.quit();
}

#[test]
fn escape_on_a_first_start_begins_with_nothing() {
    let home = Home::new();
    let mut terminal = open(&home);
    terminal.wait_for(OFFER);
    terminal.send("\x1b");
    terminal.wait_until("the offer gone", |screen| !shows(screen, OFFER) && shows(screen, "help"));
    terminal.quit();
    assert_eq!(json(&home, &["status", "--json"])["habits"].as_array().unwrap().len(), 0);
    let mut again = open(&home);
    again.wait_until("no second welcome", |screen| {
        shows(screen, "No habits yet") && !shows(screen, OFFER)
    });
    again.quit();
}

#[test]
fn a_tick_lasts_beyond_quitting_and_the_command_line_agrees() {
    let home = Home::new();
    let mut terminal = started(&home);
    terminal.send(" ");
    terminal.wait_ticked();
    assert_eq!(done_today(&home), 1, "durable as soon as it is on the screen");
    terminal.quit();

    let status = json(&home, &["status", "--json"]);
    assert_eq!(status["done"], 1);
    assert_eq!(status["habits"][0]["mark"], "done");
    assert_eq!(status["habits"][0]["current_streak"], 1);
    let mut again = open(&home);
    again.wait_ticked();
    again.quit();
}

#[test]
fn a_forgotten_day_is_filled_in_the_history_and_lasts() {
    let home = Home::new();
    let mut terminal = started(&home);
    terminal.send("z");
    terminal.wait_for("History");
    terminal.wait_for("Strength");
    terminal.send("h");
    terminal.wait_for(": no mark");
    terminal.send(" ");
    terminal.wait_for(": done");
    let log = json(&home, &["log", "--json"]);
    assert_eq!(log.as_array().unwrap().len(), 1);
    assert_eq!(log[0]["mark"], "done");
    terminal.quit();
    let mut again = open(&home);
    again.wait_unticked();
    again.send("z");
    again.wait_for(": no mark");
    again.send("h");
    again.wait_for(": done");
    again.send("vvvv");
    again.wait_for("No session in these weeks");
    again.quit();
}

#[test]
fn the_demos_history_is_alive() {
    let home = Home::new();
    let mut terminal = Terminal::open(home.program(INCH, &["demo"]), 120, 40);
    terminal.wait_for("Read one figure");
    terminal.send("jz");
    terminal.wait_for("History · Write one line of code");
    terminal.send("vvv");
    terminal.wait_for(" a week");
    terminal.send("v");
    terminal.wait_for("After I close my mail");
    terminal.send("\x1b[Z\x1b[Z\x1b[Z");
    terminal.wait_for("History · All habits");
    terminal.quit();
}

#[test]
fn undo_takes_a_tick_back_also_after_a_restart() {
    let home = Home::new();
    let mut terminal = started(&home);
    terminal.send(" ");
    terminal.wait_ticked();
    terminal.send("u");
    terminal.wait_unticked();
    assert_eq!(done_today(&home), 0);
    terminal.send("\x12");
    terminal.wait_ticked();
    terminal.quit();

    let mut again = open(&home);
    again.wait_ticked();
    again.send("u");
    again.wait_unticked();
    again.quit();
    assert_eq!(done_today(&home), 0);
}

#[test]
fn control_c_leaves_as_q_does() {
    let home = Home::new();
    let mut terminal = started(&home);
    terminal.send("\x03");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
    assert_eq!(terminal.leftovers(), [""; 0]);
}

#[test]
fn every_size_is_drawn_and_the_way_back_loses_nothing() {
    let home = Home::new();
    let mut terminal = started(&home);
    // A key takes the message away that stands where the footer's keys are.
    terminal.send("g");
    for (columns, rows) in [(120, 40), (100, 30), (80, 24), (40, 12)] {
        terminal.resize(columns, rows);
        terminal.wait_until("the habit, and the footer at the bottom", |screen| {
            let footer = screen.rows(0, columns).nth(usize::from(rows) - 1);
            before_starter(screen).is_some() && footer.is_some_and(|row| row.contains("help"))
        });
    }
    terminal.resize(20, 5);
    terminal.wait_for("0/1");
    terminal.resize(1, 1);
    terminal.resize(20, 5);
    terminal.wait_for("0/1");
    for (columns, rows) in [(1, 1), (2, 1), (1, 50), (300, 1), (3, 3)] {
        terminal.resize(columns, rows);
        terminal.send("j");
    }
    terminal.resize(80, 24);
    terminal.wait_unticked();
    terminal.send(" ");
    terminal.wait_ticked();
    terminal.quit();
}

#[test]
fn a_signal_to_end_restores_the_terminal_and_is_told_by_the_exit_code() {
    for (signal, code) in
        [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)]
    {
        let home = Home::new();
        let mut terminal = started(&home);
        terminal.send(" ");
        terminal.wait_ticked();
        assert!(terminal.is_taken());
        terminal.signal(signal);
        assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(code), "{signal:?}");
        assert_eq!(terminal.leftovers(), [""; 0], "{signal:?}");
        assert_eq!(done_today(&home), 1, "{signal:?}");
    }
}

#[test]
fn suspending_gives_the_shell_its_terminal_and_coming_back_draws_all_again() {
    let home = Home::new();
    let script = "set -m; \"$0\"; echo away; read _; fg; echo away; read _; fg; echo left with $?";
    let mut terminal = Terminal::open(home.program("/bin/sh", &["-c", script, INCH]), 80, 24);
    terminal.wait_for(OFFER);
    terminal.send("\r");
    terminal.wait_unticked();
    // By its own key first, then by a signal from somewhere else.
    for count in 1..=2 {
        if count == 1 {
            terminal.send("\x1a");
        } else {
            terminal.signal(Signal::TSTP);
        }
        terminal
            .wait_until("the shell", |screen| screen.contents().matches("away").count() == count);
        assert_eq!(terminal.leftovers(), [""; 0]);
        terminal.send("\r");
        terminal.wait_until("the app again", |screen| {
            screen.alternate_screen() && before_starter(screen).is_some()
        });
        assert!(terminal.is_taken());
    }
    terminal.send(" ");
    terminal.wait_ticked();
    terminal.send("q");
    terminal.wait_for("left with 0");
    assert_eq!(terminal.leftovers(), [""; 0]);
}

#[test]
fn when_the_terminal_is_closed_the_process_is_gone_within_a_second() {
    let home = Home::new();
    let mut terminal = started(&home);
    terminal.send(" ");
    terminal.wait_ticked();
    terminal.close();
    assert_eq!(terminal.wait_exit(Duration::from_secs(1)), Exit::with(129));
    assert_eq!(done_today(&home), 1);
}

#[test]
fn a_closed_terminal_ends_the_process_even_where_hang_ups_are_ignored() {
    let home = Home::new();
    started(&home).quit();
    // `nohup` does this to programs: the signal never comes, only the descriptor tells.
    let script = "trap '' HUP; exec \"$0\"";
    let mut terminal = Terminal::open(home.program("/bin/sh", &["-c", script, INCH]), 80, 24);
    terminal.wait_unticked();
    terminal.close();
    let exit = terminal.wait_exit(Duration::from_secs(1));
    assert!(exit.signal.is_none() && exit.code != 101, "a panic or a crash: {exit:?}");
}

#[test]
fn a_flood_of_keys_is_taken_in_and_the_next_key_still_works() {
    let home = Home::new();
    let mut terminal = started(&home);
    terminal.send(&"jk".repeat(1_500));
    terminal.wait_read();
    terminal.send(" ");
    terminal.wait_ticked();
    terminal.quit();
}

#[test]
fn a_paste_outside_a_text_field_does_nothing() {
    let home = Home::new();
    let mut terminal = started(&home);
    // Every letter of it is a key that would quit, archive, tick or open something.
    terminal.paste(&"q x a e : / ? s u".repeat(180));
    terminal.wait_read();
    terminal.send(" ");
    terminal.wait_ticked();
    let status = json(&home, &["status", "--json"]);
    assert_eq!(status["habits"].as_array().unwrap().len(), 1);
    assert_eq!(status["done"], 1);
    terminal.quit();
}

#[test]
fn a_change_by_another_process_is_on_the_screen_within_two_seconds() {
    let home = Home::new();
    let mut terminal = started(&home);
    let soon = Duration::from_secs(2);
    for (verb, mark, is_so) in
        [("done", "ticked", is_ticked as fn(&Screen) -> bool), ("clear", "not ticked", is_unticked)]
    {
        let output = home.inch(&[verb, STARTER]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        terminal.wait_within(soon, &format!("the habit {mark} from outside"), is_so);
    }
    let output = home.inch(&["habit", "add", "Read one figure"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    terminal.wait_within(soon, "the new habit", |screen| shows(screen, "Read one figure"));
    terminal.quit();
}

#[test]
fn two_apps_on_one_file_see_each_other() {
    let home = Home::new();
    let mut one = started(&home);
    let mut other = open(&home);
    other.wait_unticked();
    one.send(" ");
    one.wait_ticked();
    other.wait_within(Duration::from_secs(2), "the other's tick", is_ticked);
    other.quit();
    one.quit();
}

/// A time zone in which it will be four in the morning in so many seconds.
fn zone_with_rollover_in(seconds: i64) -> String {
    zone_in_which_it_is(4 * 3600 - seconds)
}

/// A time zone in which so many seconds of the day are over.
pub fn zone_in_which_it_is(wanted: i64) -> String {
    // A new file tells the time of the machine.
    let file = tempfile::NamedTempFile::new().unwrap();
    let modified = file.as_file().metadata().unwrap().modified().unwrap();
    let now = modified.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let east = (wanted - i64::try_from(now % 86_400).unwrap()).rem_euclid(86_400);
    // POSIX counts to the west, and no place is further than a day.
    let (sign, away) = if east > 43_200 { ("", 86_400 - east) } else { ("-", east) };
    format!("TST{sign}{}:{:02}:{:02}", away / 3600, away / 60 % 60, away % 60)
}

#[test]
fn at_the_rollover_an_open_screen_changes_day_by_itself() {
    let home = Home::in_zone(&zone_with_rollover_in(12));
    let mut terminal = started(&home);
    let before = json(&home, &["status", "--json"])["today"].clone();
    terminal.wait_for("until 04:00");
    terminal.send(" ");
    terminal.wait_ticked();

    terminal.wait_within(Duration::from_secs(30), "a new day", is_unticked);
    assert!(!shows(&terminal.screen(), "until 04:00"), "{}", terminal.picture());
    terminal.send(" ");
    terminal.wait_ticked();
    terminal.quit();
    let log = json(&home, &["log", "--json"]);
    let mut days: Vec<_> = log.as_array().unwrap().iter().map(|row| &row["day"]).collect();
    days.sort_by_key(ToString::to_string);
    assert_eq!(days.len(), 2, "{log}");
    assert_eq!(days[0], &before, "the first tick stays on the day that the screen showed");
}

#[test]
fn without_a_terminal_the_app_names_the_command_line() {
    let home = Home::new();
    let output = home.inch(&[]).output().unwrap();
    assert!(!output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("inch status"), "{message}");
}

#[test]
fn a_dumb_terminal_is_left_alone() {
    let home = Home::new();
    let mut command = home.program(INCH, &[]);
    command.env("TERM", "dumb");
    let mut terminal = Terminal::open(command, 80, 24);
    assert_ne!(terminal.wait_exit(PATIENCE).code, 0);
    assert!(!terminal.received().contains(&0x1b), "{}", terminal.picture());
    assert!(shows(&terminal.screen(), "inch status"), "{}", terminal.picture());
}

#[test]
fn a_tick_on_the_screen_survives_a_kill() {
    let home = Home::new();
    started(&home).quit();
    for is_done in [true, false].into_iter().cycle().take(10) {
        let mut terminal = open(&home);
        terminal.wait_until("the habit", |screen| before_starter(screen).is_some());
        terminal.send(" ");
        if is_done {
            terminal.wait_ticked();
        } else {
            terminal.wait_unticked();
        }
        terminal.signal(Signal::KILL);
        terminal.wait_exit(PATIENCE);
        assert_eq!(done_today(&home), u64::from(is_done));
    }
}
