//! The wait on Linux: one poll of everything, and no wake-up without a reason.

use std::{
    ffi::{OsStr, OsString},
    io,
    mem::MaybeUninit,
    os::{
        fd::{AsFd as _, BorrowedFd, OwnedFd},
        unix::ffi::OsStrExt as _,
    },
    path::{Path, absolute},
};

use chrono::{DateTime, Utc};
use rustix::{
    event::{PollFd, PollFlags, poll},
    fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags},
    io::Errno,
    time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
        timerfd_settime,
    },
};

use super::{Deadline, Wait, Woken, woken};

/// Enough for a dozen events with names.
const EVENT_BYTES: usize = 1_024;

/// Waits for the descriptors, the file's folder and the wall clock at once.
#[derive(Debug)]
pub(super) struct Linux {
    watch: OwnedFd,
    timer: OwnedFd,
    armed: Option<DateTime<Utc>>,
    /// The file's name; its log and its index are named like it.
    name: OsString,
}

impl Linux {
    /// Watches the folder: a handle of the file itself would drop the locks of `SQLite` when closed.
    pub(super) fn new(file: &Path) -> io::Result<Self> {
        // Through links: the log lies beside the file that is meant.
        let file = file.canonicalize().or_else(|_| absolute(file))?;
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let watch = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        let kinds = WatchFlags::MODIFY
            | WatchFlags::CREATE
            | WatchFlags::DELETE
            | WatchFlags::MOVED_FROM
            | WatchFlags::MOVED_TO
            | WatchFlags::ONLYDIR;
        inotify::add_watch(&watch, folder, kinds | WatchFlags::MOVE_SELF)?;
        // The folder goes with any that it lies in. Those that can't be watched are the system's own.
        for around in folder.ancestors().skip(1) {
            let _ = inotify::add_watch(&watch, around, WatchFlags::MOVE_SELF);
        }
        let timer = timerfd_create(
            TimerfdClockId::Realtime,
            TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC,
        )?;
        Ok(Self { watch, timer, armed: None, name: name.to_owned() })
    }

    /// Sets the timer; the timeout of a poll would stand still while the machine is suspended.
    fn arm(&mut self, at: Option<DateTime<Utc>>) -> io::Result<()> {
        if self.armed == at {
            return Ok(());
        }
        let zero = Timespec { tv_sec: 0, tv_nsec: 0 };
        let value = at.map_or(zero, |at| Timespec {
            // Zero would mean never.
            tv_sec: at.timestamp().max(1),
            tv_nsec: at.timestamp_subsec_nanos().min(999_999_999).into(),
        });
        // Setting the clock, by hand or by the network, cancels it: then the day is read again.
        let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
        let times = Itimerspec { it_interval: zero, it_value: value };
        match timerfd_settime(&self.timer, flags, &times) {
            // The clock was set since the last time; the timer is armed all the same.
            Ok(_) | Err(Errno::CANCELED) => {}
            Err(error) => return Err(error.into()),
        }
        self.armed = at;
        Ok(())
    }

    /// Reads what happened in the folder; tells whether any of it concerns the file.
    fn has_news(&self) -> io::Result<bool> {
        let mut buffer = [MaybeUninit::uninit(); EVENT_BYTES];
        let mut events = Reader::new(&self.watch, &mut buffer);
        let mut has_news = false;
        loop {
            match events.next() {
                Ok(event) => {
                    let name = event.file_name().map(|name| OsStr::from_bytes(name.to_bytes()));
                    let elsewhere = ReadFlags::QUEUE_OVERFLOW | ReadFlags::MOVE_SELF;
                    has_news |= event.events().intersects(elsewhere)
                        || name
                            .is_some_and(|name| name.as_bytes().starts_with(self.name.as_bytes()));
                }
                Err(Errno::AGAIN) => return Ok(has_news),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Whether the timer went off or was cancelled.
    fn is_due(&mut self) -> io::Result<bool> {
        let mut count = [0; 8];
        match rustix::io::read(&self.timer, &mut count) {
            Ok(_) | Err(Errno::CANCELED) => {
                self.armed = None;
                Ok(true)
            }
            Err(Errno::AGAIN | Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

impl Wait for Linux {
    fn wait(
        &mut self,
        terminal: BorrowedFd<'_>,
        bell: BorrowedFd<'_>,
        deadline: Option<Deadline>,
    ) -> io::Result<Woken> {
        self.arm(deadline.map(|deadline| deadline.at))?;
        loop {
            let mut polled = [
                PollFd::from_borrowed_fd(terminal, PollFlags::IN),
                PollFd::from_borrowed_fd(bell, PollFlags::IN),
                PollFd::from_borrowed_fd(self.watch.as_fd(), PollFlags::IN),
                PollFd::from_borrowed_fd(self.timer.as_fd(), PollFlags::IN),
            ];
            match poll(&mut polled, None) {
                Ok(_) => {}
                // A signal that concerns the loop rings the bell.
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            let (has_changes, is_timed) =
                (!polled[2].revents().is_empty(), !polled[3].revents().is_empty());
            let mut woken = woken(&polled);
            woken.has_news = has_changes && self.has_news()?;
            woken.is_due = is_timed && self.is_due()?;
            if woken != Woken::default() {
                return Ok(woken);
            }
        }
    }
}
