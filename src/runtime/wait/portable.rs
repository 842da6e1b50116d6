//! The wait where there is neither inotify nor a timer to poll: a sleep of a second at most.

use std::{io, os::fd::BorrowedFd};

use chrono::TimeDelta;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use super::{Deadline, Wait, Woken, woken};

/// How long others' changes may go unseen, and how late a deadline may be noticed when the machine
/// was suspended.
const LONGEST: TimeDelta = TimeDelta::seconds(1);

/// Waits for the descriptors, and says every second that there may be news.
#[derive(Debug)]
pub(super) struct Portable;

impl Wait for Portable {
    fn wait(
        &mut self,
        terminal: BorrowedFd<'_>,
        bell: BorrowedFd<'_>,
        deadline: Option<Deadline>,
    ) -> io::Result<Woken> {
        let left = deadline.map(|deadline| deadline.at - deadline.now);
        let span = left.map_or(LONGEST, |left| left.clamp(TimeDelta::zero(), LONGEST));
        let timeout = Timespec { tv_sec: span.num_seconds(), tv_nsec: span.subsec_nanos().into() };
        let mut polled = [
            PollFd::from_borrowed_fd(terminal, PollFlags::IN),
            PollFd::from_borrowed_fd(bell, PollFlags::IN),
        ];
        match poll(&mut polled, Some(&timeout)) {
            Ok(0) => Ok(Woken {
                has_news: true,
                is_due: left.is_some_and(|left| left <= LONGEST),
                ..Woken::default()
            }),
            Ok(_) => Ok(woken(&polled)),
            // A signal that concerns the loop rings the bell, so that the next wait ends at once.
            Err(Errno::INTR) => Ok(Woken::default()),
            Err(error) => Err(error.into()),
        }
    }
}
