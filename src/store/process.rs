//! Processes as the file remembers them: by more than their number, for numbers come again.
//!
//! Owns how a process is named and whether it is still there. Must not know what it was doing.

use std::process;

use rustix::{
    io::Errno,
    process::{Pid, test_kill_process},
};

/// This very process: its number and, where the system tells, when it began and after which start of
/// the machine.
pub(super) fn this() -> String {
    named(process::id())
}

/// Whether the process of that name has ended, whoever it belonged to. Where the system does not tell
/// when one began, another with its number is taken for it.
pub(super) fn has_ended(name: &str) -> bool {
    let number = name.split(' ').next().and_then(|number| number.parse::<u32>().ok());
    number.is_none_or(|number| {
        let now = named(number);
        !is_alive(number) || (is_whole(name) && is_whole(&now) && now != name)
    })
}

fn is_whole(name: &str) -> bool {
    name.contains(' ')
}

fn is_alive(number: u32) -> bool {
    let pid = i32::try_from(number).ok().filter(|pid| *pid > 0).and_then(Pid::from_raw);
    pid.is_some_and(|pid| matches!(test_kill_process(pid), Ok(()) | Err(Errno::PERM)))
}

fn named(number: u32) -> String {
    match beginning(number) {
        Some(beginning) => format!("{number} {beginning}"),
        None => number.to_string(),
    }
}

/// When it began, in ticks since the machine started, and that start's own id (proc(5)).
#[cfg(target_os = "linux")]
fn beginning(number: u32) -> Option<String> {
    use std::fs::read_to_string;

    let status = read_to_string(format!("/proc/{number}/stat")).ok()?;
    // The program's name may hold anything, but is the last thing in brackets.
    let (_, fields) = status.rsplit_once(") ")?;
    // Field 22 of all; the first one here is the third.
    let ticks = fields.split(' ').nth(19)?;
    let boot = read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(format!("{ticks} {}", boot.trim()))
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
fn beginning(_number: u32) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_process_is_there_until_it_ends() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let name = named(child.id());
        assert!(!has_ended(&name) && !has_ended(&this()));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(has_ended(&name), "{name}");
        for odd in ["", "0", "-1", "x", "99999999999"] {
            assert!(has_ended(odd), "{odd}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn another_one_with_its_number_is_not_taken_for_it() {
        let name = this();
        let [number, ticks, boot] = *name.split(' ').collect::<Vec<_>>() else { panic!("{name}") };
        assert!(ticks.parse::<u64>().unwrap() > 0 && boot.len() == 36, "{name}");
        assert!(has_ended(&format!("{number} 1 {boot}")), "it began at another time");
        assert!(has_ended(&format!("{number} {ticks} another")), "before the machine was started");
        assert!(!has_ended(number), "nothing more is known of it");
    }
}
