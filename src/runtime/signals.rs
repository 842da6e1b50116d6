//! Signals: a thread that hears them, a bell that wakes the loop, and an end that always comes.
//!
//! Owns which signals are heard and the promise that a process told to end does end. Must not know
//! what the app was doing: it rings, waits a moment, and then ends the process itself.

use std::{
    collections::VecDeque,
    io::{self, Read as _, Write as _},
    os::{
        fd::{AsFd, BorrowedFd},
        unix::net::UnixStream,
    },
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
    process::{
        Signal, getpgid, getpgrp, getpid, getppid, getsid, kill_current_process_group, kill_process,
    },
    termios::tcgetpgrp,
};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator,
    low_level::{emulate_default_handler, exit},
};

use super::terminal::Keeper;

/// How long the loop has to end by itself. It is busy that long only when a read or a write of the
/// terminal hangs.
const GRACE: Duration = Duration::from_millis(500);

/// On the bell: the number of no signal.
const TOLD: i32 = 0;

/// What a signal means to the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The terminal may have another size.
    Resized,
    /// Somebody wants the process to stop.
    Stop,
    /// It goes on after a stop.
    Continued,
    /// No signal: somebody at work beside the loop has something to tell.
    Told,
    /// It must end; with the signal's number.
    End(i32),
}

impl Heard {
    fn from_number(signal: i32) -> Self {
        match signal {
            SIGWINCH => Self::Resized,
            SIGTSTP => Self::Stop,
            SIGCONT => Self::Continued,
            TOLD => Self::Told,
            _ => Self::End(signal),
        }
    }
}

/// Wakes the loop.
pub type Ring = Box<dyn FnMut() + Send>;

/// Where signals arrive, in the order in which the thread told of them.
#[derive(Debug)]
pub struct Signals {
    /// Whether the terminal is lent to a program of the person's.
    is_lent: Arc<AtomicBool>,
    bell: UnixStream,
    /// Its other end, for others to ring.
    rope: UnixStream,
    waiting: VecDeque<Heard>,
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }
}

impl Signals {
    /// Starts to listen. The thread sleeps until there is a signal.
    pub fn listen(keeper: Keeper) -> io::Result<Self> {
        let (bell, mut ringing) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        ringing.set_nonblocking(true)?;
        let rope = ringing.try_clone()?;
        let mut signals =
            iterator::Signals::new([SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT])?;
        let is_lent = Arc::new(AtomicBool::new(false));
        let lent = Arc::clone(&is_lent);
        let hear = move || {
            for signal in signals.forever() {
                if lent.load(Ordering::Relaxed) {
                    match signal {
                        // Meant for the program in front, which does with it as it likes.
                        SIGINT | SIGQUIT => continue,
                        // The whole job stops, and goes on, with that program.
                        SIGTSTP => {
                            let _ = emulate_default_handler(signal);
                            continue;
                        }
                        _ => {}
                    }
                }
                // A full bell is ringing already.
                let _ = ringing.write(&[u8::try_from(signal).unwrap_or(0)]);
                if matches!(Heard::from_number(signal), Heard::End(_)) {
                    thread::sleep(GRACE);
                    keeper.restore();
                    exit(128 + signal);
                }
            }
        };
        thread::Builder::new().name("signals".to_owned()).stack_size(64 * 1024).spawn(hear)?;
        Ok(Self { is_lent, bell, rope, waiting: VecDeque::new() })
    }

    /// What wakes the loop from another thread. Whoever rings must have told what there is to tell.
    pub fn bell(&self) -> io::Result<Ring> {
        let mut rope = self.rope.try_clone()?;
        Ok(Box::new(move || {
            // A full bell is ringing already.
            let _ = rope.write(&[0]);
        }))
    }

    /// While the terminal is lent, what is typed there is another program's business.
    pub fn lend(&self, is_lent: bool) {
        self.is_lent.store(is_lent, Ordering::Relaxed);
    }

    /// The next signal that has come.
    pub fn next(&mut self) -> Option<Heard> {
        if self.waiting.is_empty() {
            let mut numbers = [0; 64];
            let count = self.bell.read(&mut numbers).unwrap_or(0);
            let heard = numbers.into_iter().take(count).map(i32::from);
            self.waiting.extend(heard.map(Heard::from_number));
        }
        self.waiting.pop_front()
    }

    /// The next signal, whenever it comes.
    fn wait(&mut self) -> io::Result<Heard> {
        loop {
            if let Some(heard) = self.next() {
                return Ok(heard);
            }
            match poll(&mut [PollFd::new(&self.bell, PollFlags::IN)], None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Stops the process until it is continued with the terminal its own again. The screen must have
    /// been left. Tells which signal ends the process, if one does.
    ///
    /// `is_asked` when the wish came from here and not by a signal: then the others of the job, a
    /// script that started us for one, must stop as well.
    pub fn stop(&mut self, is_asked: bool, terminal: BorrowedFd<'_>) -> io::Result<Option<i32>> {
        if is_asked {
            kill_current_process_group(Signal::TSTP)?;
            // It comes to us too, and must not stop us once more later.
            loop {
                match self.wait()? {
                    Heard::Stop => break,
                    Heard::End(signal) => return Ok(Some(signal)),
                    Heard::Resized | Heard::Continued | Heard::Told => {}
                }
            }
        }
        kill_process(getpid(), Signal::STOP)?;
        loop {
            match self.wait()? {
                Heard::End(signal) => return Ok(Some(signal)),
                Heard::Continued if is_in_foreground(terminal) => return Ok(None),
                // Continued in the background: there is nothing to do without the terminal.
                Heard::Continued => kill_process(getpid(), Signal::STOP)?,
                Heard::Resized | Heard::Stop | Heard::Told => {}
            }
        }
    }
}

/// Whether the terminal is this job's to read and write.
fn is_in_foreground(terminal: BorrowedFd<'_>) -> bool {
    tcgetpgrp(terminal).map_or(true, |group| group == getpgrp())
}

/// Whether somebody is there to continue the process after a stop: a parent in the same session but
/// in another job. A terminal that runs nothing but this program has no such shell.
pub fn has_shell() -> bool {
    let Some(parent) = getppid() else {
        return false;
    };
    let (Ok(session), Ok(parents)) = (getsid(None), getsid(Some(parent))) else {
        return false;
    };
    // A parent in our own job stops with us; then its parent must be the shell, which is not so if it
    // leads the session.
    let is_in_our_job = getpgid(Some(parent)).is_ok_and(|group| group == getpgrp());
    parents == session && !(is_in_our_job && parent == session)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_rings_the_bell_and_says_what_it_means() {
        let mut signals = Signals::listen(Keeper::default()).unwrap();
        assert_eq!(signals.next(), None);
        kill_process(getpid(), Signal::WINCH).unwrap();
        assert_eq!(signals.wait().unwrap(), Heard::Resized);
        kill_process(getpid(), Signal::CONT).unwrap();
        assert_eq!(signals.wait().unwrap(), Heard::Continued);
        signals.bell().unwrap()();
        assert_eq!(signals.wait().unwrap(), Heard::Told);
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
            assert_eq!(Heard::from_number(signal), Heard::End(signal));
        }
    }
}
