//! Waiting for one's turn where `SQLite`'s own locks do not reach: on folders.
//!
//! Owns the patience. Must not know what is done in the turn. A lock goes with its handle, so that
//! nothing is left of it after a crash. Files of `SQLite`'s are never locked this way: closing the
//! handle would drop `SQLite`'s locks on them.

use std::{
    fs::File,
    io, thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};

const STEP: Duration = Duration::from_millis(5);

/// Which turn is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nobody else's meanwhile.
    Alone,
    /// Beside others of the kind.
    Shared,
}

/// Waits for at most `patience`; says whether the turn came.
pub(super) fn wait(folder: &File, turn: Turn, patience: Duration) -> io::Result<bool> {
    let operation = match turn {
        Turn::Alone => FlockOperation::NonBlockingLockExclusive,
        Turn::Shared => FlockOperation::NonBlockingLockShared,
    };
    let start = Instant::now();
    loop {
        match flock(folder, operation) {
            Ok(()) => return Ok(true),
            Err(Errno::WOULDBLOCK | Errno::INTR) if start.elapsed() < patience => {
                thread::sleep(STEP);
            }
            Err(Errno::WOULDBLOCK | Errno::INTR) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
    }
}
