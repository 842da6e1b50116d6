//! The loop: wait, resolve, update, perform, draw.
//!
//! Owns the running app: the terminal, signals, sleeping, and the order in which things happen. The
//! one room that may name every other; it must not hold a rule of any of them.

mod care;
mod editor;
mod effects;
mod input;
mod perform;
mod reminder;
mod session;
mod signals;
mod terminal;
mod wait;

use std::{
    env,
    io::{self, IsTerminal as _, Write as _},
    os::fd::AsFd as _,
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
    time::Duration,
};

use rustix::{
    stdio::stdin,
    termios::{QueueSelector, tcflush},
};
use signal_hook::consts::SIGHUP;

use self::{
    care::Care,
    perform::Hands,
    session::{Session, Wish},
    signals::{Heard, Signals},
    terminal::{Keeper, Screen},
    wait::Wait,
};
use crate::{
    app::{self, Failure, Message, Trouble},
    cli::Launch,
    config::{ThemeChoice, Wrong, curricula::Curricula},
    domain::{fault::Fault, text},
    keymap::Keymap,
    store::{Options, Store, StoreError},
    ui::{
        self,
        theme::{Theme, has_sixteen_colours},
    },
};

/// How long a key may wait for another program that is writing the file.
const BUSY_TIMEOUT: Duration = Duration::from_millis(250);

/// What is said where there is no screen to be had.
const COMMAND_LINE: &str = "Nothing was opened. On the command line, inch status shows today's habits, inch done ticks one, \
     and inch --help tells the rest";

/// Why the app ended early, or was never opened.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("the app needs a terminal to be opened in. {COMMAND_LINE}")]
    NoTerminal,
    #[error("the app can't be shown in this terminal (TERM is {}). {COMMAND_LINE}", .0.as_deref().unwrap_or("not set"))]
    NoScreen(Option<String>),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Config(#[from] Wrong),
    #[error(
        "the terminal can't be used ({0}). Everything that was saved is as it was. Try another terminal"
    )]
    Terminal(#[from] io::Error),
    #[error("{0}")]
    Unsaved(String, Fault),
}

impl Failed {
    fn fault(&self) -> Fault {
        match self {
            Self::NoTerminal | Self::NoScreen(_) => Fault::Usage,
            Self::Store(error) => error.fault(),
            Self::Config(_) => Fault::Config,
            Self::Terminal(_) => Fault::Io,
            Self::Unsaved(_, fault) => *fault,
        }
    }

    fn report(&self) -> ExitCode {
        let message = self.to_string();
        // Nobody is left to tell when standard error is closed, too.
        let _ = writeln!(io::stderr(), "inch: {}", text::shown_lines(&message));
        ExitCode::from(self.fault().exit_code())
    }
}

/// How the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The person wanted it.
    Quit,
    /// A signal did, or a terminal that went away.
    Signal(i32),
}

/// Opens the app and runs it to its end.
pub fn run(launch: Launch) -> ExitCode {
    // The report was made when it happened, on a terminal that had been given back.
    catch_unwind(AssertUnwindSafe(|| match open(launch) {
        Ok(End::Quit) => ExitCode::SUCCESS,
        Ok(End::Signal(signal)) => ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX)),
        Err(failed) => failed.report(),
    }))
    .unwrap_or_else(|_| ExitCode::from(Fault::Bug.exit_code()))
}

fn open(launch: Launch) -> Result<End, Failed> {
    refuse_unless_terminal()?;
    let keymap = Keymap::new(&launch.config)?;
    let options = Options { busy_timeout: BUSY_TIMEOUT, rules: launch.config.rules() };
    let store = Store::open(&launch.db, options)?;
    // Before the file is read, so that nothing written since goes unheard.
    let waiter = wait::waiter(store.path());
    let mut config = launch.config;
    if is_limited() {
        config.theme = ThemeChoice::Ansi;
    }
    let theme = Theme::new(&config, launch.has_color);
    let hands = Hands { store, clock: launch.clock, open: perform::browser, unsaved: None };
    let file = hands.store.path().to_owned();
    let Curricula { curriculum, left_out } = launch.curricula;
    let mut session = Session::start(hands, config, curriculum, keymap, theme, terminal::size())?;
    if let Some(first) = left_out.first() {
        let others = match left_out.len() - 1 {
            0 => String::new(),
            1 => "; nor could another file be used".to_owned(),
            more => format!("; nor could {more} other files be used"),
        };
        let why = format!("{}{others}.", first.brief());
        session.take(Message::Troubled(Trouble::LeftOut, why));
    }
    let keeper = Keeper::default();
    keeper.restore_on_panic();
    let signals = Signals::listen(keeper.clone())?;
    if !launch.is_demo {
        session.care_for(Care::new(&file, signals.bell()?));
    }
    let screen = Screen::enter(&keeper, session.model.config.has_mouse)?;
    let mut app = App { session, screen, signals, waiter };
    let ended = app.run();
    // Closing the file takes a while; the shell is back before that.
    app.screen.leave();
    let lost = app.session.close();
    drop(launch.throwaway);
    let end = ended.or_else(|error| match error.raw_os_error() {
        Some(code) if code == rustix::io::Errno::IO.raw_os_error() => Ok(HUNG_UP),
        _ => Err(error),
    })?;
    match lost {
        Some((lost, fault)) if end == End::Quit => Err(Failed::Unsaved(lost, fault)),
        Some((lost, fault)) => {
            Failed::Unsaved(lost, fault).report();
            Ok(end)
        }
        None => Ok(end),
    }
}

/// What a terminal that went away comes to.
const HUNG_UP: End = End::Signal(SIGHUP);

fn refuse_unless_terminal() -> Result<(), Failed> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Failed::NoTerminal);
    }
    let term = env::var_os("TERM").filter(|term| !term.is_empty());
    match term {
        Some(term) if term != "dumb" => Ok(()),
        term => Err(Failed::NoScreen(term.map(|term| term.to_string_lossy().into_owned()))),
    }
}

/// A way out that nobody takes on purpose, for the test of what it leaves behind: with this set, the
/// first key is a bug. Programs that are handed out don't look.
#[cfg(debug_assertions)]
fn panic_if_asked() {
    let is_asked = env::var_os("INCH_PANIC_AT_KEY").is_some();
    assert!(!is_asked, "a key is a bug, as INCH_PANIC_AT_KEY asks");
}

/// Whether the terminal has no more colours than its own sixteen.
fn is_limited() -> bool {
    let said = |name| env::var(name).unwrap_or_default();
    has_sixteen_colours(&said("TERM"), &said("COLORTERM"))
}

/// The session with the terminal it runs in.
struct App {
    session: Session,
    screen: Screen,
    signals: Signals,
    waiter: Box<dyn Wait>,
}

impl App {
    fn run(&mut self) -> io::Result<End> {
        self.draw()?;
        self.session.settle();
        let mut has_more = false;
        loop {
            let deadline = self.session.deadline(has_more);
            let woken = self.waiter.wait(stdin(), self.signals.as_fd(), deadline)?;
            if woken.is_hung_up {
                return Ok(HUNG_UP);
            }
            self.session.wake(woken.has_news);
            while let Some(heard) = self.signals.next() {
                if let Some(end) = self.hear(heard)? {
                    return Ok(end);
                }
            }
            if woken.has_input || has_more {
                #[cfg(debug_assertions)]
                panic_if_asked();
                let batch = input::drain(stdin())?;
                has_more = batch.has_more;
                for event in batch.events {
                    self.session.hear(event);
                    if let Some(end) = self.grant()? {
                        return Ok(end);
                    }
                }
            }
            if self.session.take_changed() {
                self.draw()?;
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        self.screen.put(self.session.take_outgoing().as_bytes());
        let Session { model, keymap, theme, effects, .. } = &mut self.session;
        self.screen.entitle(&app::title(model));
        self.screen.draw(|frame| {
            ui::view(model, keymap, theme, frame);
            effects.draw(model, frame.buffer_mut());
        })
    }

    fn hear(&mut self, heard: Heard) -> io::Result<Option<End>> {
        match heard {
            Heard::Resized => {
                self.screen.measure()?;
                self.follow_size();
                Ok(None)
            }
            Heard::Stop => self.stop(false),
            // The session has heard it on waking.
            Heard::Told => Ok(None),
            // Somebody has stopped the process without asking it.
            Heard::Continued => self.come_back().map(|()| None),
            Heard::End(signal) => Ok(Some(End::Signal(signal))),
        }
    }

    /// Does what the app wants of the process.
    fn grant(&mut self) -> io::Result<Option<End>> {
        match self.session.take_wish() {
            None => Ok(None),
            Some(Wish::Quit) => Ok(Some(End::Quit)),
            Some(Wish::Suspend) => self.stop(true),
            Some(Wish::Edit(text)) => self.edit(&text).map(|()| None),
        }
    }

    /// Lends the terminal to the person's own editor.
    fn edit(&mut self, text: &str) -> io::Result<()> {
        self.session.keep_timer();
        self.screen.leave();
        self.signals.lend(true);
        let edited = editor::edit(text);
        self.signals.lend(false);
        // What was typed at the editor, and was too late for it, is not meant for us.
        let _ = tcflush(stdin(), QueueSelector::IFlush);
        self.come_back()?;
        self.session.take(match edited {
            Ok(text) => Message::Edited(text),
            Err(error) => {
                Failure { text: error.to_string(), change: None, is_waiting: false }.into()
            }
        });
        Ok(())
    }

    fn stop(&mut self, is_asked: bool) -> io::Result<Option<End>> {
        if !signals::has_shell() {
            let text = "There is no shell here to go back to.";
            self.session.take(Message::Said(text.to_owned()));
            return Ok(None);
        }
        self.session.keep_timer();
        self.screen.leave();
        if let Some(signal) = self.signals.stop(is_asked, stdin())? {
            return Ok(Some(End::Signal(signal)));
        }
        self.come_back()?;
        Ok(None)
    }

    /// After a stop: the terminal may be another in every way, and time has passed.
    fn come_back(&mut self) -> io::Result<()> {
        self.screen.reenter()?;
        self.session.wake(true);
        self.follow_size();
        Ok(())
    }

    fn follow_size(&mut self) {
        let size = self.screen.size();
        self.session.take(Message::Resized { width: size.width, height: size.height });
    }
}
