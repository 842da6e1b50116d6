//! Files and folders that may not be read or written. Root may do both, so that as root the program
//! is run as somebody else; where it can't be, the test says so and stops.

use super::*;

/// The command as a user whom permissions bind; `None` after saying why not.
fn bound(command: &Command) -> Option<Output> {
    // setpriv's own codes for a program that can't be run (env(1) has the same).
    const NOT_RUN: [Option<i32>; 2] = [Some(126), Some(127)];

    let mut command_line: Vec<_> = vec![command.get_program()];
    command_line.extend(command.get_args());
    if rustix::process::geteuid().is_root() {
        let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        command_line.splice(0..0, nobody.map(AsRef::as_ref));
    }
    let mut run = Command::new(command_line[0]);
    run.args(&command_line[1..]).env_clear().current_dir(command.get_current_dir().unwrap());
    run.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    match run.output() {
        Ok(output) if NOT_RUN.contains(&output.status.code()) => {
            println!("not tried as root: {}", String::from_utf8_lossy(&output.stderr));
            None
        }
        Ok(output) => Some(output),
        Err(error) => {
            println!("not tried as root, for setpriv can't be run: {error}");
            None
        }
    }
}

/// What may be done with what is in a home, from its top.
type Modes = &'static [(&'static str, u32)];

fn allow(person: &Person, modes: Modes) {
    for (name, mode) in modes.iter().rev() {
        let path = person.home.path().join(name);
        // Whose modes they are to change, also where somebody else runs the program.
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(&path, Some(65534), None).unwrap();
        }
        fs::set_permissions(path, fs::Permissions::from_mode(*mode)).unwrap();
    }
}

/// All that may be looked at by anybody, and made by nobody.
const READABLE: Modes = &[
    ("", 0o755),
    ("config", 0o755),
    ("config/inch", 0o755),
    ("config/inch/curricula", 0o755),
    ("data", 0o755),
    ("data/inch", 0o555),
    ("data/inch/inch.db", 0o444),
];

const OPEN: Modes = &[("data/inch", 0o755), ("", 0o755)];

const UNSEEN: &str = "{db} can't be opened: permission denied. It is as it was. \
    Allow it with `chmod u+rw {db}`, or name another file with --db FILE";
const PROTECTED: &str = "{db} can only be read: it, its folder or a file named like it with -wal or \
    -shm is write-protected. Nothing was saved. Allow writing to all of them, and start inch again";

#[test]
fn what_may_not_be_read_or_written_is_told_of_and_untouched() {
    type Case = (&'static str, Modes, &'static [&'static str], &'static str);
    let cases: [Case; 15] = [
        ("a file and its folder", &[], &["done", "Read", "--on", "-1"], PROTECTED),
        ("a folder", &[("data/inch/inch.db", 0o666)], &["undo"], PROTECTED),
        ("a file", &[("data/inch", 0o777)], &["habit", "add", "New"], PROTECTED),
        ("a file and its folder, by an import", &[], &["-q", "import", "a.csv"], PROTECTED),
        ("an unreadable file", &[("data/inch/inch.db", 0o000)], &["status"], UNSEEN),
        (
            "an unreadable folder",
            &[("data/inch", 0o000)],
            &["status"],
            "{db} can't be opened: permission denied. It is as it was. Allow it with `chmod u+rwx {home}/data/inch`, or name another file with --db FILE",
        ),
        (
            "no file, and a folder",
            &[],
            &["--db", "data/inch/new.db", "habit", "add", "New"],
            "{home}/data/inch/new.db could not be created: permission denied. Nothing was left behind. Allow it with `chmod u+rwx {home}/data/inch`, or name another file with --db FILE",
        ),
        (
            "an export's folder",
            &[],
            &["export", "-o", "data/inch/all.md"],
            "data/inch/all.md can't be written: permission denied. Nothing was written. Choose a folder that you may write to",
        ),
        (
            "a backup's folder",
            &[],
            &["backup"],
            "no backup could be made at {home}/data/inch/backups: permission denied. Your data is as it was. Allow it with `chmod u+rwx {home}/data/inch`",
        ),
        (
            "an import",
            &[("a.csv", 0o000)],
            &["import", "a.csv"],
            "a.csv may not be read. Nothing was imported. Check its permissions",
        ),
        (
            "a folder to import",
            &[("harsh", 0o000)],
            &["import", "harsh"],
            "harsh may not be read. Nothing was imported. Check its permissions",
        ),
        (
            "a folder that may not be searched",
            &[("harsh", 0o644)],
            &["import", "harsh"],
            "harsh may not be read. Nothing was imported. Check its permissions",
        ),
        (
            "a file in it",
            &[("harsh", 0o755), ("harsh/log", 0o000)],
            &["import", "harsh"],
            "log in harsh may not be read. Nothing was imported. Check its permissions",
        ),
        (
            "a curriculum",
            &[("mine.toml", 0o000)],
            &["curriculum", "check", "mine.toml"],
            "mine.toml: it can't be read: permission denied. Check its permissions and its disk. Nothing was changed",
        ),
        (
            "a config",
            &[("mine.toml", 0o000)],
            &["--config", "mine.toml", "status"],
            "the config mine.toml can't be read: permission denied. Nothing was changed. Check the path, or name another with --config FILE",
        ),
    ];
    for (what, modes, args, message) in cases {
        let person = Person::new();
        person.write("a.csv", "Read,2026-11-03,done\n");
        person.write("harsh/habits", "Read: 1\n");
        person.write("harsh/log", "2026-11-03 : Read : y\n");
        person.write("mine.toml", "");
        person.write("config/inch/curricula/mine.toml", "schema_version = 1\n");
        allow(&person, READABLE);
        allow(&person, modes);
        let before = Kept::all(person.home.path());
        let Some(output) = bound(&person.command(args)) else { return };
        let row = row(format!("{what}: {args:?}"), args, 77, message);
        person.is_refused(&row, &output);
        before.is_untouched(&row.what);
        // So that it can be taken away again.
        allow(&person, &[("harsh", 0o755)]);
        allow(&person, OPEN);
    }
}

#[test]
fn the_command_that_is_offered_is_the_way_back() {
    for modes in [&[("data/inch/inch.db", 0o000)][..], &[("data/inch", 0o000)]] {
        for args in [&["status"][..], &["doctor"]] {
            let person = Person::new();
            person.write("config/inch/curricula/mine.toml", "schema_version = 1\n");
            allow(&person, READABLE);
            allow(&person, &[("data/inch/inch.db", 0o600), ("data/inch", 0o700)]);
            allow(&person, modes);
            let Some(output) = bound(&person.command(args)) else { return };
            assert_eq!(output.status.code(), Some(77), "{args:?}");
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8(said).unwrap();
            let chmod = |line: &str| {
                let (_, command) = line.split_once("chmod ")?;
                Some(command.split(['`', '\n']).next().unwrap().trim().to_owned())
            };
            let commands: Vec<_> = said.lines().filter_map(chmod).collect();
            assert!(!commands.is_empty(), "{said}");
            for command in commands {
                let command: Vec<_> = command.split(' ').collect();
                assert!(Command::new("chmod").args(&command).status().unwrap().success());
            }
            let output = bound(&person.command(&["done", "Read"])).unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            allow(&person, OPEN);
        }
    }
}

#[test]
fn a_log_that_was_made_while_the_file_was_write_protected_is_named() {
    let person = Person::new();
    person.write("config/inch/curricula/mine.toml", "schema_version = 1\n");
    allow(&person, READABLE);
    allow(&person, &[("data/inch", 0o700), ("data/inch/inch.db", 0o400)]);
    let Some(output) = bound(&person.command(&["log"])) else { return };
    assert!(output.status.success());
    allow(&person, &[("data/inch/inch.db", 0o600)]);
    let output = bound(&person.command(&["done", "Read", "--on", "-1"])).unwrap();
    person.is_refused(&row("a log", &["done"], 77, PROTECTED), &output);
    // The doctor leads out of it, a file at a time.
    let shut = ["-wal", "-shm"].map(|suffix| person.db.with_file_name(format!("inch.db{suffix}")));
    let is_shut =
        |log: &&PathBuf| fs::metadata(log).is_ok_and(|log| log.permissions().mode() & 0o200 == 0);
    assert!(shut.iter().any(|log| is_shut(&log)));
    for log in shut.iter().filter(is_shut) {
        let output = bound(&person.command(&["doctor"])).unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(&format!("chmod u+rw {}", log.display())), "{said}");
        fs::set_permissions(log, fs::Permissions::from_mode(0o600)).unwrap();
    }
    assert!(bound(&person.command(&["done", "Read", "--on", "-1"])).unwrap().status.success());
    allow(&person, OPEN);
}

#[test]
fn a_file_that_may_not_be_written_can_be_browsed() {
    for modes in [&[][..], &[("data/inch/inch.db", 0o666)], &[("data/inch", 0o777)]] {
        let person = Person::new();
        fs::create_dir_all(person.home.path().join("config/inch/curricula")).unwrap();
        allow(&person, READABLE);
        allow(&person, modes);
        let before = Kept::all(person.home.path());
        for (args, said) in [
            (&["status"][..], "1 of 1 done"),
            (&["log"], "a note"),
            (&["project", "list"], "Tool"),
            (&["export", "everything"], "\"a note\""),
        ] {
            let Some(output) = bound(&person.command(args)) else { return };
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && error.is_empty(), "{args:?}: {error}");
            assert!(String::from_utf8_lossy(&output.stdout).contains(said), "{args:?}");
        }
        before.is_untouched("a look");
        allow(&person, OPEN);
    }
}

#[test]
fn what_can_only_be_opened_by_writing_is_refused_where_that_may_not_be() {
    type Case = (fn(&Person), &'static str);
    let cases: [Case; 2] = [
        (
            |person| {
                fs::remove_file(&person.db).unwrap();
                opening::older(&person.db);
            },
            "{db} was written by an older inch and can't be brought up to date, for it can't be \
             written. It is as it was. Make it writable, or open a copy with --db FILE",
        ),
        (
            |person| {
                opening::crashed(&person.db, "UPDATE habit SET name = 'Newer'");
                allow(person, &[("data/inch/inch.db-wal", 0o444)]);
            },
            "{db} can't be read where it is: its newest changes are in the log beside it, and \
             reading them needs a folder that can be written. It is as it was. Copy the file and \
             those named like it to such a folder, and open that with --db FILE",
        ),
    ];
    for (harm, message) in cases {
        let person = Person::new();
        fs::create_dir_all(person.home.path().join("config/inch/curricula")).unwrap();
        harm(&person);
        allow(&person, READABLE);
        let before = Kept::all(person.home.path());
        for args in [&["status"][..], &["done", "Read", "--on", "-1"], &["export", "everything"]] {
            let Some(output) = bound(&person.command(args)) else { return };
            person.is_refused(&row(format!("{args:?}"), args, 77, message), &output);
            before.is_untouched(message);
        }
        allow(&person, OPEN);
    }
}
