//! How work on a copy is ended early from another thread.
//!
//! Owns the wish and the handle of what is at work. Must not know what that is.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use rusqlite::{Connection, InterruptHandle};

/// A wish to stop, shared between who works and who waits.
#[derive(Clone, Default)]
pub struct Stop {
    is_set: Arc<AtomicBool>,
    at_work: Arc<Mutex<Option<InterruptHandle>>>,
}

impl std::fmt::Debug for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stop").field("is_set", &self.is_set()).finish_non_exhaustive()
    }
}

impl Stop {
    /// Ends the work at its next step.
    pub fn set(&self) {
        self.is_set.store(true, Ordering::SeqCst);
        if let Some(handle) = &*self.at_work.lock().unwrap_or_else(PoisonError::into_inner) {
            handle.interrupt();
        }
    }

    /// Whether the work is to end.
    pub fn is_set(&self) -> bool {
        self.is_set.load(Ordering::SeqCst)
    }

    /// What this connection does now is what ends.
    pub(super) fn hold(&self, sql: &Connection) {
        let handle = sql.get_interrupt_handle();
        *self.at_work.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
    }
}
