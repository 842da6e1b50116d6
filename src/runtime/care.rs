//! The care for the data file, beside the screen: it is checked and backed up on a thread of its own.
//!
//! Owns the thread, when it is looked whether there is work for one, and that a failure is told once.
//! Must not know what the care consists of. Nobody is woken for it: it is looked when somebody is
//! awake anyway.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, TryRecvError, channel},
    },
    thread::{self, JoinHandle},
};

use chrono::{DateTime, TimeDelta, Utc};

use super::{perform, signals::Ring};
use crate::{app::Message, store::backup::Stop};

/// How long after a look there is no other one.
const PAUSE: TimeDelta = TimeDelta::hours(1);

/// Work under way.
#[derive(Debug)]
struct Work {
    thread: JoinHandle<()>,
    told: Receiver<Message>,
    stop: Stop,
}

/// The care for one file.
pub struct Care {
    file: PathBuf,
    ring: Arc<Mutex<Ring>>,
    looked_at: Option<DateTime<Utc>>,
    work: Option<Work>,
    /// What was told last.
    said: String,
}

impl fmt::Debug for Care {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Care").field("work", &self.work).finish_non_exhaustive()
    }
}

impl Care {
    /// For the file at the path; `ring` wakes the loop when there is something to tell.
    pub fn new(file: &Path, ring: Ring) -> Self {
        Self {
            file: file.to_owned(),
            ring: Arc::new(Mutex::new(ring)),
            looked_at: None,
            work: None,
            said: String::new(),
        }
    }

    /// Whether to look if there is work now.
    pub fn is_time(&mut self, now: DateTime<Utc>) -> bool {
        // A clock that was set back must not put it off.
        let is_recent = self.looked_at.is_some_and(|at| at <= now && now < at + PAUSE);
        if is_recent || self.work.is_some() {
            return false;
        }
        self.looked_at = Some(now);
        true
    }

    /// Does what is due on a thread of its own. Where none can be had, the next look tries again.
    pub fn begin(&mut self, now: DateTime<Utc>) {
        let (tell, told) = channel();
        let stop = Stop::default();
        let (file, ring, stopped) = (self.file.clone(), Arc::clone(&self.ring), stop.clone());
        let work = move || {
            let tended = perform::tend(&file, now, &stopped);
            let is_wrong = matches!(tended, Message::Troubled(..));
            if !stopped.is_set() && tell.send(tended).is_ok() && is_wrong {
                ring.lock().unwrap_or_else(PoisonError::into_inner)();
            }
        };
        let thread = thread::Builder::new().name("care".to_owned()).spawn(work);
        self.work = thread.ok().map(|thread| Work { thread, told, stop });
    }

    /// What came of it, where that is something else than the last time.
    pub fn told(&mut self) -> Option<Message> {
        let message = match self.work.as_ref()?.told.try_recv() {
            Ok(message) => message,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => {
                self.work = None;
                return None;
            }
        };
        let text = match &message {
            Message::Troubled(_, text) => text.as_str(),
            _ => "",
        };
        let is_known = self.said == text;
        text.clone_into(&mut self.said);
        (!is_known).then_some(message)
    }

    /// Ends what is under way, and waits for its end: what is unfinished is taken away.
    pub fn end(self) {
        if let Some(work) = self.work {
            work.stop.set();
            let _ = work.thread.join();
        }
    }
}
