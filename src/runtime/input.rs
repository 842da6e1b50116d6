//! Keys and the mouse: what the terminal has for us, and what each event means to the app.
//!
//! Owns reading events. Must not know what an action does.

use std::{io, os::fd::BorrowedFd, time::Duration};

use ratatui::{
    crossterm::event::{self, Event, KeyEventKind, MouseButton, MouseEventKind},
    layout::Position,
};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    termios::{OptionalActions, QueueSelector, tcflush, tcgetattr, tcsetattr},
};

use crate::{
    app::{Message, Model, editor::Input, mouse::Mouse},
    keymap::{Keymap, chord::Chord, contexts},
};

/// How many events are taken in before a frame is drawn.
const BATCH: usize = 1_024;

/// How often the reader may come back empty-handed before what it can't get at is thrown away.
const TRIES: u32 = 3;

/// Events that were waiting.
#[derive(Debug, Default)]
pub struct Batch {
    /// In the order in which they were typed.
    pub events: Vec<Event>,
    /// There may be more that no poll tells of, for it was read already.
    pub has_more: bool,
}

/// Takes in what is waiting, without waiting itself.
///
/// The reader is told of new input once. Of more than it reads at a time (1,024 bytes) it leaves
/// the rest in the terminal, which a poll then finds for ever and the reader never.
pub fn drain(terminal: BorrowedFd<'_>) -> io::Result<Batch> {
    let mut batch = Batch::default();
    let mut tries = 0;
    loop {
        let before = batch.events.len();
        while event::poll(Duration::ZERO)? {
            batch.events.push(event::read()?);
            if batch.events.len() >= BATCH {
                batch.has_more = true;
                return Ok(batch);
            }
        }
        if !is_readable(terminal) {
            return Ok(batch);
        }
        tries = if batch.events.len() > before { 0 } else { tries + 1 };
        if tries >= TRIES {
            tcflush(terminal, QueueSelector::IFlush)?;
            return Ok(batch);
        }
        // Setting the modes, to what they are, tells every reader anew that there is input.
        tcsetattr(terminal, OptionalActions::Now, &tcgetattr(terminal)?)?;
    }
}

fn is_readable(terminal: BorrowedFd<'_>) -> bool {
    let mut polled = [PollFd::from_borrowed_fd(terminal, PollFlags::IN)];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut polled, Some(&at_once)).is_ok() && polled[0].revents() == PollFlags::IN
}

/// What an event asks of the app as it is now.
pub fn message(model: &Model, keymap: &Keymap, event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            match keymap.resolve(contexts(model), Chord::from(key)) {
                Some(action) => Some(Message::Action(action)),
                None => model.overlay.is_some().then(|| Message::Typed(Input::from(key))),
            }
        }
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Mouse(event) => {
            let at = Position { x: event.column, y: event.row };
            match event.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Mouse::Click(at)),
                MouseEventKind::ScrollUp => Some(Mouse::WheelUp(at)),
                MouseEventKind::ScrollDown => Some(Mouse::WheelDown(at)),
                _ => None,
            }
            .map(Message::Mouse)
        }
        // The size is read where the signal is heard.
        _ => None,
    }
}
