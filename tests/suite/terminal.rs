//! A pseudo-terminal with a person's eyes and hands: what `inch` looks like from outside.
//!
//! Owns the terminal, the process in it, and a home folder of its own. Waits for what the screen
//! shows and never for time to pass. Must not know any screen of `inch`.

use std::{
    fmt::Write as _,
    fs::File,
    io::{Read, Write},
    num::NonZeroU16,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Arc, Condvar, Mutex},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::{
    fs::OFlags,
    io::ioctl_fionread,
    process::{Pid, Signal, kill_process},
    termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetwinsize, tcsetattr},
};
use vt100::{MouseProtocolMode, Parser, Screen};

/// How long anything may take to appear; a machine under load must not fail a test.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The end of all output, which the terminal writes itself once the process has exited.
const END: &[u8] = b"\x1b]777;the end of all output\x1b\\";

/// The program under test.
pub const INCH: &str = env!("CARGO_BIN_EXE_inch");

/// A person's own folders, and no trace of the machine's.
pub struct Home {
    folder: tempfile::TempDir,
    zone: String,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), zone: "UTC".into() }
    }

    /// Lives in another time zone, as `TZ` names it.
    pub fn in_zone(zone: &str) -> Self {
        Self { zone: zone.into(), ..Self::new() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let under = |name: &str| self.path().join(name).to_str().unwrap().to_owned();
        vec![
            ("HOME", under("")),
            ("XDG_DATA_HOME", under("data")),
            ("XDG_CONFIG_HOME", under("config")),
            ("XDG_STATE_HOME", under("state")),
            ("XDG_CACHE_HOME", under("cache")),
            ("TERM", "xterm-256color".into()),
            ("LANG", "C.UTF-8".into()),
            ("TZ", self.zone.clone()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
        ]
    }

    /// A program for [`Terminal::open`].
    pub fn program(&self, program: &str, arguments: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.args(arguments);
        command.cwd(self.path());
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        command
    }

    /// `inch` without a terminal.
    pub fn inch(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(INCH);
        command.env_clear().envs(self.environment());
        command.args(arguments).current_dir(self.path()).stdin(std::process::Stdio::null());
        command
    }
}

/// What the terminal has received.
struct Received {
    parser: Parser,
    bytes: Vec<u8>,
    is_closing: bool,
}

/// What the reading thread and the test share.
struct Shared {
    received: Mutex<Received>,
    is_new: Condvar,
}

/// How a process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    pub code: u32,
    /// The signal's name, when it died of one.
    pub signal: Option<String>,
}

impl Exit {
    pub fn with(code: u32) -> Self {
        Self { code, signal: None }
    }
}

/// A terminal with one process in it. Dropping it closes the terminal and kills the process.
pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    /// Held open so that the modes can be read, and output ends only when this side says so.
    slave: File,
    modes_before: Termios,
    child: Box<dyn Child + Send + Sync>,
    shared: Arc<Shared>,
    reader: Option<JoinHandle<()>>,
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    /// Opens a terminal of that size and starts the program in it.
    pub fn open(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(pty_size(columns, rows)).unwrap();
        let slave = File::options()
            .read(true)
            .write(true)
            .custom_flags(i32::try_from(OFlags::NOCTTY.bits()).unwrap())
            .open(pair.master.tty_name().unwrap())
            .unwrap();
        let modes_before = tcgetattr(&slave).unwrap();
        let shared = Arc::new(Shared {
            received: Mutex::new(Received {
                parser: Parser::new(cells(rows), cells(columns), 0),
                bytes: Vec::new(),
                is_closing: false,
            }),
            is_new: Condvar::new(),
        });
        let mut output = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || {
                let mut buffer = [0; 4096];
                while let Ok(length @ 1..) = output.read(&mut buffer) {
                    let mut received = shared.received.lock().unwrap();
                    if received.is_closing {
                        return;
                    }
                    received.parser.process(&buffer[..length]);
                    received.bytes.extend_from_slice(&buffer[..length]);
                    shared.is_new.notify_all();
                }
            }
        });
        Self {
            master: Some(pair.master),
            writer: Some(writer),
            slave,
            modes_before,
            child,
            shared,
            reader: Some(reader),
        }
    }

    /// Waits until the screen shows the text in one row.
    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} on the screen"), |screen| shows(screen, text));
    }

    /// Waits until the screen is as wanted; `what` says how in the message of a failure.
    pub fn wait_until(&mut self, what: &str, is_so: impl Fn(&Screen) -> bool) {
        self.wait_within(PATIENCE, what, is_so);
    }

    /// [`Self::wait_until`] with a deadline of one's own.
    pub fn wait_within(&mut self, patience: Duration, what: &str, is_so: impl Fn(&Screen) -> bool) {
        let deadline = Instant::now() + patience;
        let mut exit = None;
        loop {
            let received = self.shared.received.lock().unwrap();
            if is_so(received.parser.screen()) {
                return;
            }
            if exit.is_some() || Instant::now() >= deadline {
                let picture = picture(&received);
                drop(received);
                let ended = exit.map_or("it still runs".into(), |exit| format!("{exit:?}"));
                panic!("waited in vain for {what}; {ended}\n{picture}");
            }
            // Woken by output; now and then it is asked whether there is still anyone to wait for.
            let step = Duration::from_millis(50);
            drop(self.shared.is_new.wait_timeout(received, step).unwrap());
            exit = self.exit();
            if exit.is_some() {
                self.drain();
            }
        }
    }

    /// Types, as bytes: `\r` is Enter, `\x1b` Esc.
    pub fn send(&mut self, keys: &str) {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Pastes as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &str) {
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Waits until the process has read every key that was sent.
    pub fn wait_read(&self) {
        let deadline = Instant::now() + PATIENCE;
        // Keys are on their way for a moment before the kernel counts them: look more than once.
        let mut empty = 0;
        while empty < 5 {
            empty = if ioctl_fionread(&self.slave).unwrap() == 0 { empty + 1 } else { 0 };
            assert!(Instant::now() < deadline, "keys that nobody reads\n{}", self.picture());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// What is on the screen now.
    pub fn screen(&self) -> Screen {
        self.shared.received.lock().unwrap().parser.screen().clone()
    }

    /// Every byte so far.
    pub fn received(&self) -> Vec<u8> {
        self.shared.received.lock().unwrap().bytes.clone()
    }

    /// The screen as a person sees it, for messages.
    pub fn picture(&self) -> String {
        picture(&self.shared.received.lock().unwrap())
    }

    /// Changes the size; the kernel tells the process.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.shared.received.lock().unwrap().parser.set_size(cells(rows), cells(columns));
        self.master.as_ref().unwrap().resize(pty_size(columns, rows)).unwrap();
    }

    /// Sends a signal to the process in the foreground, also when a shell started it.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.foreground(), signal).unwrap();
    }

    /// The leader of the foreground process group.
    pub fn foreground(&self) -> Pid {
        let leader = self.master.as_ref().unwrap().process_group_leader();
        Pid::from_raw(leader.expect("a process in the foreground")).unwrap()
    }

    /// Closes the terminal's window: the process is hung up on.
    pub fn close(&mut self) {
        // Dropping the writer would type Ctrl-D first, were there such a character.
        let mut modes = tcgetattr(&self.slave).unwrap();
        modes.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&self.slave, OptionalActions::Now, &modes).unwrap();
        self.shared.received.lock().unwrap().is_closing = true;
        self.writer = None;
        self.master = None;
        // The reading thread holds the last handle; any output wakes it, and it lets go.
        (&self.slave).write_all(b"\0").unwrap();
        self.reader.take().unwrap().join().unwrap();
    }

    /// How the process ended, if it has.
    pub fn exit(&mut self) -> Option<Exit> {
        let status = self.child.try_wait().unwrap()?;
        Some(Exit { code: status.exit_code(), signal: status.signal().map(str::to_owned) })
    }

    /// Waits for the end of the process and of its output.
    pub fn wait_exit(&mut self, patience: Duration) -> Exit {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(exit) = self.exit() {
                self.drain();
                return exit;
            }
            assert!(
                Instant::now() < deadline,
                "the process still runs after {patience:?}\n{}",
                self.picture()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Takes in everything the ended process has written.
    fn drain(&self) {
        if self.master.is_none() {
            return;
        }
        (&self.slave).write_all(END).unwrap();
        let deadline = Instant::now() + PATIENCE;
        let mut received = self.shared.received.lock().unwrap();
        while !received.bytes.ends_with(END) {
            assert!(Instant::now() < deadline, "output that never ends");
            let step = Duration::from_millis(50);
            received = self.shared.is_new.wait_timeout(received, step).unwrap().0;
        }
        let length = received.bytes.len() - END.len();
        received.bytes.truncate(length);
    }

    /// Whether the process has made the terminal its own: raw mode and the alternate screen.
    pub fn is_taken(&self) -> bool {
        let modes = tcgetattr(&self.slave).unwrap();
        modes.local_modes != self.modes_before.local_modes && self.screen().alternate_screen()
    }

    /// What a process has left behind in the terminal, in words; empty when all is restored.
    pub fn leftovers(&self) -> Vec<&'static str> {
        let modes = tcgetattr(&self.slave).unwrap();
        let before = &self.modes_before;
        let screen = self.screen();
        [
            ("raw mode", modes.local_modes != before.local_modes),
            ("input modes", modes.input_modes != before.input_modes),
            ("output modes", modes.output_modes != before.output_modes),
            ("the alternate screen", screen.alternate_screen()),
            ("a hidden cursor", screen.hide_cursor()),
            ("bracketed paste", screen.bracketed_paste()),
            ("the mouse", screen.mouse_protocol_mode() != MouseProtocolMode::None),
            ("application keys", screen.application_cursor() || screen.application_keypad()),
        ]
        .into_iter()
        .filter_map(|(what, is_left)| is_left.then_some(what))
        .collect()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait()
            && let Some(pid) = self.child.process_id().and_then(|pid| i32::try_from(pid).ok())
            && let Some(pid) = Pid::from_raw(pid)
        {
            let _ = kill_process(pid, Signal::KILL);
            let _ = self.child.wait();
        }
        if self.master.is_some() && !std::thread::panicking() {
            self.close();
        }
    }
}

/// Whether any row holds the text.
pub fn shows(screen: &Screen, text: &str) -> bool {
    row_with(screen, text).is_some()
}

/// The first row that holds the text.
pub fn row_with(screen: &Screen, text: &str) -> Option<String> {
    let (_, columns) = screen.size();
    screen.rows(0, columns.get()).find(|row| row.contains(text))
}

fn picture(received: &Received) -> String {
    let screen = received.parser.screen();
    let (rows, columns) = screen.size();
    let mut text = format!("the screen, {columns}×{rows}:\n");
    for row in screen.rows(0, columns.get()) {
        writeln!(text, "│{row}").unwrap();
    }
    let last = received.bytes.len().saturating_sub(300);
    let tail = String::from_utf8_lossy(&received.bytes[last..]).into_owned();
    write!(text, "the last bytes of {}: {tail:?}", received.bytes.len()).unwrap();
    text
}

mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    fn shell(script: &str) -> Terminal {
        let mut command = Home::new().program("/bin/sh", &["-c", script]);
        command.cwd("/");
        Terminal::open(command, 40, 5)
    }

    #[test]
    fn a_terminal_shows_what_was_typed_and_how_it_ended() {
        let mut terminal = shell("echo ready; read line; echo \"got $line\"; exit 7");
        terminal.wait_for("ready");
        terminal.send("tick\r");
        terminal.wait_for("got tick");
        assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(7));
        assert_eq!(terminal.leftovers(), [""; 0]);
        let received = String::from_utf8(terminal.received()).unwrap();
        assert_eq!(received, "ready\r\ntick\r\ngot tick\r\n");
    }

    #[test]
    fn a_wait_in_vain_shows_the_screen_and_the_end_of_the_process() {
        let mut terminal = shell("echo only this; exit 3");
        let wait = || terminal.wait_for("something else");
        let message = catch_unwind(AssertUnwindSafe(wait)).unwrap_err();
        let message = message.downcast_ref::<String>().unwrap();
        assert!(message.contains("something else"), "{message}");
        assert!(message.contains("only this"), "{message}");
        assert!(message.contains("code: 3"), "{message}");
    }

    #[test]
    fn the_environment_and_the_folders_are_its_own() {
        let home = Home::in_zone("Asia/Kathmandu");
        let mut terminal = Terminal::open(home.program("/usr/bin/env", &[]), 400, 50);
        terminal.wait_exit(PATIENCE);
        let received = String::from_utf8(terminal.received()).unwrap();
        assert!(received.contains("TERM=xterm-256color\r\n"), "{received}");
        assert!(received.contains("TZ=Asia/Kathmandu\r\n"), "{received}");
        assert!(!received.contains("NO_COLOR"), "{received}");
        assert!(!received.contains("CARGO"), "{received}");
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            let own = format!("{name}={}", home.path().display());
            assert!(received.contains(&own), "{received}");
        }
    }

    #[test]
    fn everything_left_behind_is_named() {
        let mut terminal = shell(
            "stty raw -echo; printf '\\033[?1049h\\033[?25l\\033[?2004h\\033[?1002h\\033[?1htaken'; read _",
        );
        terminal.wait_for("taken");
        assert!(terminal.is_taken());
        terminal.signal(Signal::KILL);
        assert_eq!(terminal.wait_exit(PATIENCE).signal.as_deref(), Some("Killed"));
        assert_eq!(
            terminal.leftovers(),
            [
                "raw mode",
                "input modes",
                "output modes",
                "the alternate screen",
                "a hidden cursor",
                "bracketed paste",
                "the mouse",
                "application keys"
            ]
        );
    }

    #[test]
    fn a_paste_is_bracketed_and_it_is_known_when_all_was_read() {
        let mut terminal =
            shell("stty raw -echo; echo ready; sleep 0.1; dd bs=1 count=16 2>/dev/null | cat -v");
        terminal.wait_for("ready");
        terminal.paste("tick");
        terminal.wait_read();
        terminal.wait_for("^[[200~tick^[[201~");
    }

    #[test]
    fn a_new_size_reaches_the_process() {
        let mut terminal =
            shell("trap 'stty size' WINCH; echo ready; while :; do sleep 0.01; done");
        terminal.wait_for("ready");
        terminal.resize(20, 4);
        terminal.wait_for("4 20");
        terminal.resize(1, 1);
        assert_eq!(tcgetwinsize(&terminal.slave).unwrap().ws_col, 1);
    }

    #[test]
    fn a_closed_terminal_hangs_up_on_the_process() {
        let mut terminal = shell("trap 'exit 9' HUP; echo ready; while :; do sleep 0.01; done");
        terminal.wait_for("ready");
        terminal.close();
        assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(9));
    }

    #[test]
    fn a_shell_with_job_control_sees_its_program_suspended() {
        let mut terminal = shell("set -m; cat; echo suspended; read _; fg; echo \"left with $?\"");
        terminal.send("hello\r");
        terminal.wait_until("an echo", |screen| screen.contents().matches("hello").count() == 2);
        terminal.send("\x1a");
        terminal.wait_for("suspended");
        terminal.send("\r");
        terminal.wait_until("cat again in the foreground", |screen| shows(screen, "cat"));
        terminal.send("again\r\x04");
        terminal.wait_for("left with 0");
    }
}
