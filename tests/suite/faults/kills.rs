//! Kills at any moment while another program writes, too.
//!
//! Owns `kill -9` under two writers. Half of the kills come at a moment, half at a call: between two
//! things that a process does to its files, or in the middle of a write.

use std::{
    io::Read as _,
    os::unix::process::ExitStatusExt as _,
    process::{Child, Stdio},
    time::Duration,
};

use super::{Dice, Victim, day, is_acknowledged, read_whole, share, shim};
use crate::terminal::{INCH, Terminal};

/// Rounds on one file; then a new one begins.
const ROUNDS: u32 = 100;

/// About how many calls a tick makes.
const CALLS: usize = 45;

/// How a killed process ended: by the kill, or before it. Tells whether it had acknowledged.
fn ended(mut child: Child) -> (bool, bool) {
    let status = child.wait().unwrap();
    let is_killed = status.signal() == Some(9);
    assert!(is_killed || status.success(), "{status}");
    let mut said = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut said).unwrap();
    (is_killed, is_acknowledged(&said))
}

#[test]
fn two_commands_killed_at_once_leave_a_whole_file_with_all_that_was_acknowledged() {
    let wanted = share(60, 4_800);
    let mut dice = Dice(3);
    let (mut killed, mut acknowledged, mut saved) = (0, 0, 0);
    // How long a command takes until it has acknowledged, more or less.
    let mut usual = Duration::from_millis(20);
    while killed < wanted {
        let victim = Victim::with_habits();
        let mut expected = read_whole(&victim.file);
        for round in 0..ROUNDS {
            if killed >= wanted {
                break;
            }
            let new = format!("Habit {round}");
            let mut tick = victim.done("Read", day(round));
            let mut other = match round % 4 {
                3 => victim.inch(&["habit", "add", &new, "--from", "2020-01-01"]),
                _ => victim.done("Write", day(round)),
            };
            let is_by_call = round % 2 == 0;
            let mut start = |command: &mut std::process::Command| {
                if is_by_call {
                    let call = (1 + dice.below(CALLS)).to_string();
                    command.envs(shim::told(&victim.root, [("SHIM_KILL", call)]));
                }
                command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
            };
            let mut children = [start(&mut tick), start(&mut other)];
            if !is_by_call {
                std::thread::sleep(usual.mul_f64(0.3 + dice.part()));
                for child in &mut children {
                    child.kill().unwrap();
                }
            }
            let ends = children.map(ended);
            let after = read_whole(&victim.file);
            let there = [
                after.has("Read", day(round)),
                if round % 4 == 3 {
                    after.habits.contains(&new)
                } else {
                    after.has("Write", day(round))
                },
            ];
            for ((is_killed, is_told), is_there) in ends.into_iter().zip(there) {
                assert!(!is_told || is_there, "round {round}: acknowledged, and lost");
                killed += u32::from(is_killed);
                acknowledged += u32::from(is_told);
                saved += u32::from(is_there);
                if !is_by_call {
                    usual = usual.mul_f64(if is_told { 0.95 } else { 1.05 });
                }
            }
            // Nothing else has changed.
            if there[0] {
                expected.done.insert(("Read".into(), day(round)));
            }
            match (there[1], round % 4) {
                (true, 3) => drop(expected.habits.insert(new)),
                (true, _) => drop(expected.done.insert(("Write".into(), day(round)))),
                _ => {}
            }
            assert_eq!(after, expected, "round {round}");
        }
    }
    // Else the kills all came too early, or too late.
    assert!(
        acknowledged > killed / 10 && saved < killed * 2,
        "{acknowledged} and {saved} of {killed}"
    );
    println!(
        "{killed} kills under two writers, none lost: {acknowledged} were acknowledged, {saved} saved"
    );
}

#[test]
fn an_app_killed_while_commands_write_keeps_what_it_has_shown() {
    let wanted = share(4, 200);
    let mut dice = Dice(4);
    let (mut shown, mut saved) = (0, 0);
    // How long the app takes to save a tick, more or less.
    let mut usual = Duration::from_millis(10);
    let victim = Victim::with_habits();
    for round in 0..wanted {
        let today = day(round).to_string();
        let file = victim.file.to_str().unwrap();
        let arguments = ["--db", file, "--today", &today];
        let mut app = Terminal::open(victim.home.program(INCH, &arguments), 100, 30);
        app.wait_for("0/2 today");
        let mut command = victim.done("Write", day(round));
        let command = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        app.send(" ");
        std::thread::sleep(usual.mul_f64(2.0 * dice.part()));
        app.signal(rustix::process::Signal::KILL);
        app.wait_exit(crate::terminal::PATIENCE);
        let is_shown = crate::terminal::row_with(&app.screen(), "today")
            .is_some_and(|header| header.contains("1/2") || header.contains("2/2"));
        let (_, is_told) = ended(command);
        let found = read_whole(&victim.file);
        assert!(is_told && found.has("Write", day(round)), "round {round}: the command's tick");
        // What the screen counts may be the tick of the command.
        let is_there = found.has("Read", day(round));
        let is_own = is_shown && crate::terminal::row_with(&app.screen(), "✓ Read").is_some();
        assert!(!is_own || is_there, "round {round}: shown, and lost\n{}", app.picture());
        usual = usual.mul_f64(if is_there { 0.9 } else { 1.1 });
        shown += u32::from(is_own);
        saved += u32::from(is_there);
    }
    println!("{wanted} kills of the app, none lost: {shown} ticks were shown, {saved} saved");
}
