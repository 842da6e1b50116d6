//! The terminal: taken whole, drawn in one write a frame, and given back on every way out.
//!
//! Owns raw mode, the alternate screen, bracketed paste, the mouse, the window's title and the size.
//! Must not know what is drawn.

use std::{
    cell::RefCell,
    io::{self, Write},
    os::fd::BorrowedFd,
    panic,
    rc::Rc,
    sync::{Arc, Mutex, PoisonError, TryLockError},
};

use ratatui::{
    Frame, Terminal, TerminalOptions, Viewport,
    backend::CrosstermBackend,
    crossterm::{
        Command,
        cursor::{Hide, Show},
        event::{DisableBracketedPaste, EnableBracketedPaste},
        style::ResetColor,
        terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen},
    },
    layout::{Rect, Size},
};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    stdio::{stdin, stdout},
    termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr},
};

/// Tells of buttons and the wheel, in numbers without a limit. Movements and drags would only wake us,
/// which is why these are not the backend's own commands.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// The largest screen that is drawn; more would be memory for cells that nobody looks at.
const LARGEST: Size = Size::new(1000, 500);

/// What a terminal is taken for that does not know its size.
const UNKNOWN: Size = Size::new(80, 24);

/// The window's title is put by while the terminal is ours, and got back afterwards. A terminal that
/// puts nothing by is left without a title rather than with ours.
const KEEP_TITLE: &str = "\x1b[22;2t";
const GIVE_TITLE_BACK: &str = "\x1b]2;\x07\x1b[23;2t";

/// How long a last write may wait for a terminal that takes nothing.
const PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

/// Gives the terminal back, from whichever thread finds that it must.
#[derive(Debug, Clone, Default)]
pub struct Keeper {
    /// How the terminal was before it was taken; `None` while it is not ours.
    before: Arc<Mutex<Option<Termios>>>,
}

impl Keeper {
    /// Puts the terminal back as it was; nothing happens when it is not ours.
    pub fn restore(&self) {
        let before = match self.before.try_lock() {
            Ok(mut before) => before.take(),
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner().take(),
            // Another thread is at it.
            Err(TryLockError::WouldBlock) => None,
        };
        let Some(before) = before else { return };
        // The modes first: they never wait, and what is written may find nobody who reads.
        let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
        let mut polled = [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)];
        if poll(&mut polled, Some(&PATIENCE)).is_ok_and(|count| count > 0) {
            let _ = write_all(&leaving());
        }
    }

    /// From now on a panic gives the terminal back before it is reported.
    pub fn restore_on_panic(&self) {
        let (keeper, report) = (self.clone(), panic::take_hook());
        panic::set_hook(Box::new(move |panic| {
            keeper.restore();
            report(panic);
        }));
    }

    /// Makes the terminal ours; tells whether it was not before.
    fn take(&self) -> io::Result<bool> {
        let current = tcgetattr(stdin())?;
        let mut raw = current.clone();
        raw.make_raw();
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        // What is ours already was raw before, which is nothing to go back to.
        let is_new = before.is_none();
        before.get_or_insert(current);
        tcsetattr(stdin(), OptionalActions::Now, &raw)?;
        Ok(is_new)
    }
}

/// The terminal while it is ours, and what is on it.
#[derive(Debug)]
pub struct Screen {
    keeper: Keeper,
    terminal: Terminal<CrosstermBackend<Pending>>,
    pending: Pending,
    size: Size,
    /// The title that the window was given.
    title: String,
    has_mouse: bool,
}

impl Screen {
    /// Takes the terminal; it shows nothing yet. The mouse is taken only when it is wanted.
    pub fn enter(keeper: &Keeper, has_mouse: bool) -> io::Result<Self> {
        let pending = Pending::default();
        let size = size();
        let (keeper, terminal) = (keeper.clone(), fresh(&pending, size)?);
        let title = String::new();
        let screen = Self { keeper, terminal, pending, size, title, has_mouse };
        let is_new = screen.keeper.take()?;
        screen.begin(is_new);
        Ok(screen)
    }

    /// Takes the terminal again, after it was left or somebody else has used it. The next frame is
    /// drawn whole.
    pub fn reenter(&mut self) -> io::Result<()> {
        let is_new = self.keeper.take()?;
        self.renew()?;
        self.title.clear();
        self.begin(is_new);
        Ok(())
    }

    /// Sends along with the next frame what must come before it.
    fn begin(&self, is_new: bool) {
        let mut entering = String::new();
        if is_new {
            entering.push_str(KEEP_TITLE);
        }
        ansi(&mut entering, &EnterAlternateScreen);
        ansi(&mut entering, &EnableBracketedPaste);
        if self.has_mouse {
            entering.push_str(MOUSE_ON);
        }
        ansi(&mut entering, &Hide);
        ansi(&mut entering, &Clear(ClearType::All));
        self.pending.put(entering.as_bytes());
    }

    /// Gives the terminal back.
    pub fn leave(&mut self) {
        self.pending.0.borrow_mut().clear();
        self.keeper.restore();
    }

    /// The terminal's size when it was last read.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Reads the size; the next frame is drawn whole. A terminal that became small and large again
    /// has lost its content, although its size is what it was.
    pub fn measure(&mut self) -> io::Result<()> {
        self.renew()?;
        let mut clearing = String::new();
        ansi(&mut clearing, &Clear(ClearType::All));
        self.pending.put(clearing.as_bytes());
        Ok(())
    }

    /// Sends something along with the next frame that is no part of it.
    pub fn put(&self, bytes: &[u8]) {
        self.pending.put(bytes);
    }

    /// Gives the window a title, along with the next frame. The text has been made safe.
    pub fn entitle(&mut self, title: &str) {
        if self.title != title {
            title.clone_into(&mut self.title);
            self.pending.put(format!("\x1b]2;{title}\x07").as_bytes());
        }
    }

    /// Draws a frame, in one write.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(view)?;
        let bytes = std::mem::take(&mut *self.pending.0.borrow_mut());
        let sent = write_all(&bytes);
        // The same memory serves the next frame.
        let mut bytes = bytes;
        bytes.clear();
        *self.pending.0.borrow_mut() = bytes;
        sent
    }

    /// Forgets what is on the terminal.
    fn renew(&mut self) -> io::Result<()> {
        self.size = size();
        self.terminal = fresh(&self.pending, self.size)?;
        // The one that went has said something about the cursor, and its frames are of no use.
        self.pending.0.borrow_mut().clear();
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Bytes of the frame being made. Widgets and backend flush as they like; it goes out as one.
#[derive(Debug, Clone, Default)]
struct Pending(Rc<RefCell<Vec<u8>>>);

impl Pending {
    fn put(&self, bytes: &[u8]) {
        self.0.borrow_mut().extend_from_slice(bytes);
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.put(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A terminal of this size about which nothing is known. Its area is fixed, so that a frame asks
/// nobody for the size.
fn fresh(pending: &Pending, size: Size) -> io::Result<Terminal<CrosstermBackend<Pending>>> {
    let (width, height) = (size.width.min(LARGEST.width), size.height.min(LARGEST.height));
    let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
    Terminal::with_options(CrosstermBackend::new(pending.clone()), TerminalOptions { viewport })
}

/// The terminal's size as it is now.
pub fn size() -> Size {
    match tcgetwinsize(stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size::new(size.ws_col, size.ws_row),
        _ => UNKNOWN,
    }
}

fn leaving() -> Vec<u8> {
    let mut leaving = String::new();
    ansi(&mut leaving, &ResetColor);
    // Where the mouse was not taken, this changes nothing.
    leaving.push_str(MOUSE_OFF);
    ansi(&mut leaving, &DisableBracketedPaste);
    ansi(&mut leaving, &Show);
    ansi(&mut leaving, &LeaveAlternateScreen);
    leaving.push_str(GIVE_TITLE_BACK);
    leaving.into_bytes()
}

fn ansi(text: &mut String, command: &impl Command) {
    // Writing to a string can't fail.
    let _ = command.write_ansi(text);
}

fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Another program has set the terminal so that a write does not wait.
            Err(Errno::AGAIN) => wait_for_room(stdout())?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn wait_for_room(terminal: BorrowedFd<'_>) -> io::Result<()> {
    let mut polled = [PollFd::from_borrowed_fd(terminal, PollFlags::OUT)];
    match poll(&mut polled, None) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_collected_whole_and_capped() {
        let pending = Pending::default();
        for (size, area) in [
            (Size::new(0, 0), (0, 0)),
            (Size::new(1, 1), (1, 1)),
            (Size::new(u16::MAX, u16::MAX), (1000, 500)),
        ] {
            let mut terminal = fresh(&pending, size).unwrap();
            let mut seen = None;
            let frame = |frame: &mut Frame<'_>| {
                seen = Some((frame.area().width, frame.area().height));
                frame.render_widget("inch", frame.area());
                frame.set_cursor_position((0, 0));
            };
            terminal.draw(frame).unwrap();
            assert_eq!(seen, Some(area));
        }
        let bytes = String::from_utf8(pending.0.take()).unwrap();
        assert!(bytes.contains("inch") && bytes.contains("\x1b[?25h"));
    }

    #[test]
    fn leaving_undoes_everything_that_entering_did() {
        let leaving = String::from_utf8(leaving()).unwrap();
        // The title last: where it can't be got back, an empty one stays.
        assert!(leaving.ends_with("\x1b]2;\x07\x1b[23;2t"), "{leaving:?}");
        for sequence in ["\x1b[?2004l", "\x1b[?25h", "\x1b[?1049l", "\x1b[?1000l", "\x1b[?1006l"] {
            assert!(leaving.contains(sequence), "{leaving:?}");
        }
    }

    #[test]
    fn a_terminal_that_is_not_ours_is_left_alone() {
        let keeper = Keeper::default();
        keeper.restore();
        assert!(keeper.before.lock().unwrap().is_none());
    }
}
