//! A network file system, as the program sees it: there is none to mount, so the program is run under
//! a tracer that alters what `statfs(2)` tells it.

use super::*;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/limits/statfs.c");

/// What the tracer ends with when it may not trace.
const NOT_TRACED: Option<i32> = Some(126);

/// The command on another kind of file system.
fn on(tracer: &Path, magic: &str, command: &Command) -> Command {
    let mut run = Command::new(tracer);
    run.arg(magic).arg(command.get_program()).args(command.get_args());
    run.env_clear().current_dir(command.get_current_dir().unwrap());
    run.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    run
}

#[test]
fn a_file_on_a_network_file_system_is_neither_opened_nor_made() {
    let tracer = crate::faults::shim::built(SOURCE, "statfs", &[]);
    let person = Person::new();
    person.say(&["backup", "mine.db"]);
    let missing = person.home.path().join("no/such/folder.db");
    let missing = missing.to_str().unwrap();
    for (magic, kind) in [("0x6969", "NFS"), ("0xfe534d42", "SMB"), ("0x01021997", "9P")] {
        for (args, file) in [
            (&["done", "Read"][..], "{db}"),
            (&["status"], "{db}"),
            (&["--db", missing, "habit", "add", "New"], missing),
            (&["--db", missing, "restore", "--yes", "mine.db"], missing),
        ] {
            let message = format!(
                "{file} is on a network file system ({kind}), where two programs can't safely \
                 share a database (its write-ahead log needs shared memory). It was not touched. \
                 Name a file on a local disk with --db FILE"
            );
            let before = Kept::all(person.home.path());
            let output = on(&tracer, magic, &person.command(args)).output().unwrap();
            if output.status.code() == NOT_TRACED {
                println!("not tried, for no program may be traced here");
                return;
            }
            let row = row(format!("{kind}: {args:?}"), args, 78, message);
            person.is_refused(&row, &output);
            before.is_untouched(&row.what);
        }
    }
    // The tracer alone keeps nobody from working: 0xef53 is ext4.
    let output = on(&tracer, "0xef53", &person.command(&["done", "Read"])).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}
