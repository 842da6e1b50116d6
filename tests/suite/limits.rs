//! Every row of what is refused: what may be at the path of the data file, and what may come in. Each
//! runs the program itself, and holds the whole message, the exit code and everything in the home,
//! byte by byte and to the moment of its last writing.
//!
//! | opening | test |
//! |---|---|
//! | an `SQLite` that can damage files | `store::open::tests::an_sqlite_that_can_damage_a_file_is_refused`: only one is built in |
//! | folder, pipe, socket, device, link to nothing, hard link; empty, foreign, cut, damaged file; another program's database; newer schema in head or log; log alone; path through a file | `opening::what_is_no_data_file_of_this_inch_is_told_of_and_untouched` |
//! | damage that opening does not meet | `screen::damage_that_no_frame_needs_is_found_after_the_first_one` |
//! | missing: made private, whole and once | `opening::a_file_that_is_not_there_is_made_private_and_whole_by_whoever_is_first`; killed meanwhile: `faults::kills`, `faults::errors` |
//! | missing: reading makes nothing | `cli::surroundings::reading_makes_no_file` |
//! | settings of a connection | `store::open::tests::the_settings_hold` |
//! | no log yet | `opening::a_file_without_a_log_gets_one`; `Problem::NoLog` (78) is what no `SQLite` on Linux answers |
//! | older schema: a backup first, or nothing | `opening::an_older_file_is_brought_up_to_date_after_a_backup_or_not_at_all`; killed meanwhile: `faults::migration` |
//! | older schema, or a log, that may not be written | `permission::what_can_only_be_opened_by_writing_is_refused_where_that_may_not_be` |
//! | locked (75): tick, undo, read, restore, upgrade; the app | `opening::a_file_that_somebody_else_holds_is_waited_for_and_then_left`; `screen::a_tick_that_has_to_wait_is_shown_and_lost_only_with_a_word` |
//! | moved, deleted, swapped, or without its log while it is open | `opening::a_file_that_goes_away_while_it_is_open_takes_no_more_ticks`; restored meanwhile: `opening::a_restore_under_an_app_whose_file_is_gone_takes_nothing_from_either`; between read and commit: `store::refusing`, `store::linked` |
//! | to be read in a copy, and no room for one (74) | `disk::a_full_folder_for_copies_is_told_of_and_not_the_file` |
//! | network file system (78) | `network::a_file_on_a_network_file_system_is_neither_opened_nor_made`; remote FUSE by its mounts: `store::network::tests` |
//! | read-only file, folder, or both; unreadable ones (77) | `permission::what_may_not_be_read_or_written_is_told_of_and_untouched` |
//! | … can be browsed | `permission::a_file_that_may_not_be_written_can_be_browsed` |
//! | full disk (74), and browsing on it | `disk::a_full_disk_loses_nothing_and_is_told_of`; the app: `damage::a_disk_that_fills_under_the_app_keeps_the_tick_waiting` |
//! | a sync that fails (74) | `damage::a_sync_that_fails_is_never_taken_for_saved`; any other call: `faults::errors` |
//!
//! | limit | test |
//! |---|---|
//! | names of habit, topic, project: 200 graphemes, 1 KiB, 8 marks; empty, controls, directions | `input::names_over_a_limit_are_refused_for_habits_topics_and_projects`; typed: `screen::names_that_are_typed_have_the_same_limits` |
//! | note 16 KiB, description 64 KiB | `input::notes_and_descriptions_have_their_limits` |
//! | link: 2,048 bytes, scheme, credentials, controls | `input::links_lead_to_the_web_and_carry_no_secret` |
//! | date: form, range, future | `input::dates_have_one_form_and_a_range` |
//! | 1,000 habits | `objects::a_thousand_habits_are_kept` |
//! | 10,000 topics: of one's own, and in curriculum files | `objects::ten_thousand_topics_are_kept`, `objects::a_curriculum_has_ten_thousand_topics` |
//! | 5,000 projects; 5,000,000 check-ins | `objects::five_thousand_projects_are_kept`, `objects::five_million_check_ins_are_kept` |
//! | import: 64 MiB, 256 MiB unpacked or inch's own, 1,000 entries, nesting 32, what is no file | `input::what_is_imported_has_its_limits`; what is damaged or made to harm, by format: `importing::hostile` |
//! | one bad line, `--skip-bad`, the same again | `input::one_bad_line_is_named_and_keeps_all_of_a_file_out`; inch's own form: `cli::everything` |
//! | curriculum file: 1 MiB, regular | `input::curriculum_files_are_small_regular_texts`; its mistakes: `curricula` |
//! | config file | `input::a_config_that_is_wrong_stops_all_that_needs_it` |
//! | terminal 1000×500 | `screen::no_more_than_a_thousand_by_five_hundred_is_drawn` |
//! | … and smaller ones | `app::every_size_is_drawn_and_the_way_back_loses_nothing`, `screens::nothing_panics_or_escapes_at_any_size` |
//! | export and backup spare what is there | `input::an_export_spares_what_is_there`; by any link: `cli::export`; backups: `damage::no_export_replaces_a_backup_the_config_or_a_curriculum` |
//! | usage (64), missing (66) | `input::what_is_named_and_is_not_there_is_asked_for`; more of 64: `cli::bad_input` |
//! | our bug (70) | `screen::a_bug_is_told_and_touches_nothing` |
//! | 128+n | `app::a_signal_to_end_restores_the_terminal_and_is_told_by_the_exit_code` |

mod disk;
mod input;
#[cfg(target_os = "linux")]
mod network;
mod objects;
mod opening;
mod permission;
mod screen;

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::terminal::{Exit, Home, INCH, PATIENCE, Terminal};

/// A Monday.
const TODAY: &str = "2026-11-23";

/// What a command must come to.
struct Row {
    what: String,
    args: Vec<String>,
    code: i32,
    /// All that is said, after `inch: `. `{db}` stands for the data file, `{home}` for the home.
    message: String,
}

fn row(what: impl Into<String>, args: &[&str], code: i32, message: impl Into<String>) -> Row {
    let args = args.iter().map(|arg| (*arg).to_owned()).collect();
    Row { what: what.into(), args, code, message: message.into() }
}

/// Somebody with a habit, a tick, a project and a link in their file.
struct Person {
    home: Home,
    db: PathBuf,
}

impl Person {
    fn new() -> Self {
        let person = Self::without_a_file();
        person.say(&["habit", "add", "Read", "--from", "2020-01-01"]);
        person.say(&["done", "Read", "--note", "a note"]);
        person.say(&["project", "add", "Tool", "--link", "https://a.org/"]);
        person
    }

    fn without_a_file() -> Self {
        let home = Home::new();
        let db = home.path().join("data/inch/inch.db");
        Self { home, db }
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn command(&self, args: &[impl AsRef<str>]) -> Command {
        let mut command = self.home.inch(&["--today", TODAY]);
        command.args(args.iter().map(AsRef::as_ref));
        command
    }

    /// What it prints; it must succeed.
    fn say(&self, args: &[&str]) -> String {
        let output = self.command(args).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && error.is_empty(), "{args:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it prints in another environment, whatever it says besides.
    fn say_with(&self, args: &[&str], environment: &[(&str, &Path)], code: i32) -> String {
        let mut command = self.command(args);
        let output = command.envs(environment.iter().copied()).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The message whole, the exit code, and nothing in the home touched.
    fn refuses(&self, row: &Row) {
        let before = Kept::all(self.home.path());
        self.is_refused(row, &self.command(&row.args).output().unwrap());
        before.is_untouched(&row.what);
    }

    fn is_refused(&self, row: &Row, output: &Output) {
        let said = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(said, format!("inch: {}\n", self.filled(&row.message)), "{}", row.what);
        assert_eq!(output.status.code(), Some(row.code), "{}: {said}", row.what);
        assert!(output.stdout.is_empty(), "{}: nothing else is said", row.what);
    }

    /// The same of the app, which says it where it was started.
    fn app_refuses(&self, row: &Row) {
        let before = Kept::all(self.home.path());
        let args: Vec<_> = row.args.iter().map(String::as_str).collect();
        let mut app = Terminal::open(self.home.program(INCH, &args), 80, 24);
        let exit = app.wait_exit(PATIENCE);
        let said = String::from_utf8(app.received()).unwrap().replace("\r\n", "\n");
        let message = format!("inch: {}\n", self.filled(&row.message));
        assert!(said.contains(&message), "{}: {said}", row.what);
        assert_eq!(exit, Exit::with(u32::try_from(row.code).unwrap()), "{}", row.what);
        assert_eq!(app.leftovers(), [""; 0], "{}", row.what);
        before.is_untouched(&row.what);
    }

    fn filled(&self, message: &str) -> String {
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        message.replace("{db}", &text(&self.db)).replace("{home}", &text(self.home.path()))
    }
}

/// Everything in a folder as it was.
struct Kept {
    folder: PathBuf,
    found: BTreeMap<PathBuf, Trace>,
}

/// What tells that something was touched. Large files are told by their length and time alone.
#[derive(Debug, PartialEq)]
struct Trace {
    mode: u32,
    inode: u64,
    written: Option<(i64, i64)>,
    length: u64,
    bytes: Option<Vec<u8>>,
}

impl Kept {
    /// The index of `SQLite`'s log is left out, where whoever reads notes that they do, and so is a
    /// log with nothing in it.
    fn all(folder: &Path) -> Self {
        let mut kept = Self { folder: folder.to_owned(), found: BTreeMap::new() };
        kept.add(folder);
        kept
    }

    fn add(&mut self, folder: &Path) {
        const LARGE: u64 = 4 * 1024 * 1024;

        // A folder that may not be looked into is one of its own.
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let found = fs::symlink_metadata(&path).unwrap();
            let name = path.to_str().unwrap();
            if name.ends_with("-shm") || name.ends_with("-wal") && found.len() == 0 {
                continue;
            }
            let (is_file, length) = (found.is_file(), found.len());
            let trace = Trace {
                mode: found.permissions().mode(),
                inode: found.ino(),
                // A log comes and goes in a folder, and takes nothing with it.
                written: (!found.is_dir()).then(|| (found.mtime(), found.mtime_nsec())),
                length: if found.is_dir() { 0 } else { length },
                bytes: (is_file && length < LARGE).then(|| fs::read(&path).ok()).flatten(),
            };
            self.found.insert(path.clone(), trace);
            if found.is_dir() {
                self.add(&path);
            }
        }
    }

    fn is_untouched(&self, what: &str) {
        let after = Self::all(&self.folder);
        let paths = self.found.keys().chain(after.found.keys());
        let touched: Vec<_> =
            paths.filter(|path| self.found.get(*path) != after.found.get(*path)).collect();
        assert!(touched.is_empty(), "{what} touched {touched:?}");
    }
}
