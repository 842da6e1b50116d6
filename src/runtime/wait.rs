//! The wait: where the process sleeps, and what may wake it.
//!
//! Owns the sleeping itself. Must not know what a key, a signal or a change of the file means.
//! Asleep means asleep: where the system allows it nothing is looked at again and again.

#[cfg(target_os = "linux")]
mod linux;
mod portable;

use std::{io, os::fd::BorrowedFd, path::Path};

use chrono::{DateTime, Utc};
use rustix::event::{PollFd, PollFlags};

/// What there is to look at after a sleep.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "any of these may come together with any other")]
pub struct Woken {
    /// The terminal is gone.
    pub is_hung_up: bool,
    /// The terminal has something to read.
    pub has_input: bool,
    /// A signal came.
    pub has_signal: bool,
    /// The data file may have been written.
    pub has_news: bool,
    /// The deadline is past, or the clock was set.
    pub is_due: bool,
}

/// The earliest moment at which something is to be done without being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The moment.
    pub at: DateTime<Utc>,
    /// What the clock said when it was set.
    pub now: DateTime<Utc>,
}

/// Sleeps until there is something to look at.
pub trait Wait {
    /// Returns as soon as `terminal` or `bell` can be read, the file may have changed or the
    /// deadline is past.
    fn wait(
        &mut self,
        terminal: BorrowedFd<'_>,
        bell: BorrowedFd<'_>,
        deadline: Option<Deadline>,
    ) -> io::Result<Woken>;
}

/// The best wait there is for this file on this system.
#[cfg(target_os = "linux")]
pub fn waiter(file: &Path) -> Box<dyn Wait> {
    match linux::Linux::new(file) {
        Ok(waiter) => Box::new(waiter),
        // A person may have used up what the system grants of this kind.
        Err(_) => Box::new(portable::Portable),
    }
}

/// The best wait there is for this file on this system.
#[cfg(not(target_os = "linux"))]
pub fn waiter(_: &Path) -> Box<dyn Wait> {
    Box::new(portable::Portable)
}

/// What a poll said about the two descriptors that every wait has first.
fn woken(polled: &[PollFd<'_>]) -> Woken {
    let at = |place: usize| polled.get(place).map_or(PollFlags::empty(), PollFd::revents);
    let (terminal, bell) = (at(0), at(1));
    Woken {
        is_hung_up: terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
        has_input: terminal.contains(PollFlags::IN),
        has_signal: !bell.is_empty(),
        ..Woken::default()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{PipeReader, PipeWriter, Write, pipe},
        os::fd::AsFd,
        time::{Duration, Instant},
    };

    use super::*;

    /// Stands in for the terminal and the bell.
    struct Ends {
        terminal: PipeReader,
        typing: PipeWriter,
        bell: PipeReader,
        ringing: PipeWriter,
    }

    impl Ends {
        fn new() -> Self {
            let (terminal, typing) = pipe().unwrap();
            let (bell, ringing) = pipe().unwrap();
            Self { terminal, typing, bell, ringing }
        }

        fn wait(&self, waiter: &mut dyn Wait, millis: i64) -> Woken {
            #[expect(clippy::disallowed_methods, reason = "a deadline is a real moment")]
            let now = Utc::now();
            let at = now + chrono::TimeDelta::milliseconds(millis);
            let deadline = Some(Deadline { at, now });
            waiter.wait(self.terminal.as_fd(), self.bell.as_fd(), deadline).unwrap()
        }
    }

    /// What every wait must do, whichever system it is for.
    fn conforms(waiter: &mut dyn Wait) {
        let mut ends = Ends::new();
        let start = Instant::now();
        assert!(ends.wait(waiter, 60).is_due);
        assert!(start.elapsed() >= Duration::from_millis(50));
        assert!(ends.wait(waiter, -60_000).is_due, "a deadline in the past");

        ends.typing.write_all(b"j").unwrap();
        let woken = ends.wait(waiter, 600_000);
        assert!(woken.has_input && !woken.has_signal && !woken.is_hung_up);
        ends.ringing.write_all(&[1]).unwrap();
        let woken = ends.wait(waiter, 600_000);
        assert!(woken.has_input && woken.has_signal, "both are still unread");

        let hung_up = Ends::new();
        drop(hung_up.typing);
        let woken = waiter.wait(hung_up.terminal.as_fd(), hung_up.bell.as_fd(), None);
        assert!(woken.unwrap().is_hung_up);
    }

    #[test]
    fn the_portable_wait_conforms() {
        conforms(&mut portable::Portable);
    }

    #[test]
    fn the_portable_wait_looks_for_news_within_a_second() {
        let ends = Ends::new();
        let start = Instant::now();
        let woken = ends.wait(&mut portable::Portable, 600_000);
        assert!(woken.has_news && !woken.is_due);
        assert!(start.elapsed() < Duration::from_secs(2));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_linux_wait_conforms() {
        let folder = tempfile::tempdir().unwrap();
        conforms(&mut linux::Linux::new(&folder.path().join("inch.db")).unwrap());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_the_file_and_those_named_like_it_are_news() {
        let folder = tempfile::tempdir().unwrap();
        let mut waiter = linux::Linux::new(&folder.path().join("inch.db")).unwrap();
        let ends = Ends::new();
        std::fs::write(folder.path().join("other.txt"), "x").unwrap();
        let woken = ends.wait(&mut waiter, 100);
        assert!(woken.is_due && !woken.has_news, "{woken:?}");
        for name in ["inch.db", "inch.db-wal"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
            assert!(ends.wait(&mut waiter, 600_000).has_news, "{name}");
            assert!(!ends.wait(&mut waiter, 50).has_news, "told once only");
        }
        std::fs::remove_file(folder.path().join("inch.db")).unwrap();
        assert!(ends.wait(&mut waiter, 600_000).has_news);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_is_moved_is_news_at_whatever_height() {
        for height in [1, 2] {
            let root = tempfile::tempdir().unwrap();
            let folder = root.path().join("around/folder");
            std::fs::create_dir_all(&folder).unwrap();
            let file = folder.join("inch.db");
            let mut waiter = linux::Linux::new(&file).unwrap();
            let moved = file.ancestors().nth(height).unwrap();
            std::fs::rename(moved, root.path().join("elsewhere")).unwrap();
            let woken = Ends::new().wait(&mut waiter, 2_000);
            assert!(woken.has_news, "{height}: {woken:?}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_deadline_that_is_gone_wakes_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let mut waiter = linux::Linux::new(&folder.path().join("inch.db")).unwrap();
        let mut ends = Ends::new();
        ends.typing.write_all(b"j").unwrap();
        ends.wait(&mut waiter, 30);
        std::thread::sleep(Duration::from_millis(40));
        let woken = waiter.wait(ends.terminal.as_fd(), ends.bell.as_fd(), None);
        assert!(!woken.unwrap().is_due);
    }
}
