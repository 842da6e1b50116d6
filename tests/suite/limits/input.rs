//! Words, dates and files over a limit, or of another form than is accepted.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use inch::domain::text;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

const MIB: usize = 1024 * 1024;

/// A grapheme of eleven bytes.
const WIDE: &str = "👩\u{200d}💻";

/// The end of every message about one bad line.
const MEND: &str =
    "Nothing was imported. Mend it and import again, or leave it out with --skip-bad";

/// Names over each limit, what is said of them, and what to do.
fn bad_names() -> [(&'static str, String, &'static str, &'static str); 7] {
    [
        (
            "200 graphemes",
            "x".repeat(201),
            "has 201 characters; at most 200 are kept",
            "shorten it",
        ),
        ("1 KiB", WIDE.repeat(94), "has 1034 bytes; at most 1024 are kept", "shorten it"),
        (
            "8 combining marks",
            format!("e{}", "\u{301}".repeat(20)),
            "has 20 marks on one character; at most 8 are kept",
            "shorten it",
        ),
        ("empty", "  ".into(), "is empty", "give it 1 to 200 characters"),
        (
            "control characters",
            "a\u{1b}[2J".into(),
            "has the character U+001B at place 2, which could garble a terminal",
            "take that character out",
        ),
        (
            "line ends",
            "a\nb".into(),
            "has the character U+000A at place 2, which could garble a terminal",
            "take that character out",
        ),
        (
            "hidden directions",
            "a\u{202e}b".into(),
            "has the character U+202E at place 2, which could garble a terminal",
            "take that character out",
        ),
    ]
}

/// A document with one topic of one's own.
fn own_topic(title: &str) -> String {
    let topic = serde_json::json!({ "id": "own-1", "module": "m", "title": title });
    let document = serde_json::json!({
        "format": "inch", "version": 1, "goal": "a goal", "habits": [], "own_topics": [topic],
        "topics": [], "projects": [], "sessions": [],
    });
    document.to_string()
}

/// A curriculum file with a topic of that title in line 12.
fn curriculum(title: &str) -> String {
    let title = serde_json::to_string(title).unwrap();
    format!(
        "schema_version = 1\n[[area]]\nid = \"a\"\ntitle = \"Area\"\n\
         [[module]]\nid = \"m\"\narea = \"a\"\ntitle = \"Module\"\n\
         [[topic]]\nid = \"t\"\nmodule = \"m\"\ntitle = {title}\ncheck = \"You can.\"\n"
    )
}

#[test]
fn names_over_a_limit_are_refused_for_habits_topics_and_projects() {
    let person = Person::new();
    for (limit, name, what, next) in bad_names() {
        for (args, said) in [
            (&["habit", "add", &name][..], "the name"),
            (&["habit", "edit", "Read", "--name", &name], "the name"),
            (&["project", "add", &name], "the title"),
            (&["project", "edit", "Tool", "--title", &name], "the title"),
        ] {
            let message = format!("{said} {what}; {next}. Nothing was saved");
            person.refuses(&row(format!("{limit}: {args:?}"), args, 65, message));
        }
        person.write("all.json", own_topic(&name));
        let message = format!(
            "all.json, own_topics, entry 1{}, the title {what}; {next}. Nothing was imported. \
             Mend it and import again, or leave it out with --skip-bad",
            match name.trim() {
                "" => String::new(),
                _ => format!(" ({})", text::clip(&text::shown(&name), 60)),
            }
        );
        person.refuses(&row(limit, &["import", "all.json"], 65, message));
        person.write("mine.toml", curriculum(&name));
        let message = format!(
            "mine.toml has a mistake:\n  line 12: topic 't': title {what}; \
             write one line of 1 to 200 characters\nNothing was changed"
        );
        person.refuses(&row(limit, &["curriculum", "check", "mine.toml"], 65, message));
        person.write(
            "a.csv",
            format!("habit,date,mark\n\"{name}\",2026-11-03,done\nRead,2026-11-01,done\n"),
        );
        let message = format!("a.csv, line 2, column habit: the name {what}. {MEND}");
        person.refuses(&row(limit, &["import", "a.csv"], 65, message));
    }
    for name in ["x".repeat(200), WIDE.repeat(93) + "x", format!("e{}", "\u{301}".repeat(8))] {
        person.say(&["habit", "add", &name]);
        person.say(&["project", "add", &name]);
        person.write("all.json", own_topic(&name));
        person.say(&["import", "all.json"]);
        person.write("mine.toml", curriculum(&name));
        person.say(&["curriculum", "check", "mine.toml"]);
    }
}

#[test]
fn notes_and_descriptions_have_their_limits() {
    let person = Person::new();
    let (note, description) = ("x".repeat(16 * 1024), "x".repeat(64 * 1024));
    let (long_note, long_description) = (format!("{note}x"), format!("{description}x"));
    for (args, what) in [
        (&["done", "Read", "--note", &long_note][..], "the note has 16385 bytes; at most 16384"),
        (
            &["project", "edit", "Tool", "--employer", &long_note],
            "the employer's view has 16385 bytes; at most 16384",
        ),
        (
            &["project", "add", "New", "--pitch", &long_description],
            "the pitch has 65537 bytes; at most 65536",
        ),
        (
            &["project", "edit", "Tool", "--result", &long_description],
            "the result has 65537 bytes; at most 65536",
        ),
        (
            &["project", "edit", "Tool", "--explained", &long_description],
            "the simple explanation has 65537 bytes; at most 65536",
        ),
    ] {
        let message = format!("{what} are kept; shorten it. Nothing was saved");
        person.refuses(&row(what, args, 65, message));
    }
    let message = "the note has the character U+001B at place 2, which could garble a terminal; \
        take that character out. Nothing was saved";
    person.refuses(&row("a note", &["done", "Read", "--note", "a\u{1b}b"], 65, message));
    person.write(
        "a.csv",
        format!("habit,date,mark,note\nRead,2026-11-03,done,{long_note}\nRead,2026-11-01,done\n"),
    );
    let message = format!(
        "a.csv, line 2, column note: the note has 16385 bytes; at most 16384 are kept. {MEND}"
    );
    person.refuses(&row("a note", &["import", "a.csv"], 65, message));
    person.say(&["done", "Read", "--note", &note]);
    person.say(&["project", "add", "New", "--pitch", &description]);
}

#[test]
fn links_lead_to_the_web_and_carry_no_secret() {
    let person = Person::new();
    let most = format!("https://a.org/{}", "x".repeat(2048 - 14));
    let long = format!("{most}x");
    for (what, link) in [
        ("2,048 bytes", long.as_str()),
        ("another scheme", "ftp://a.org/"),
        ("a script", "javascript:alert(1)"),
        ("a file", "file:///etc/passwd"),
        ("no scheme", "a.org"),
        ("no host", "https://"),
        ("a password", "https://me:secret@a.org/"),
        ("a user", "https://me@a.org/"),
        ("a control character", "https://a.org/\u{1b}[2J"),
        ("a hidden direction", "https://a.org/\u{202e}"),
        ("a line end", "https://a.org/\nb"),
        ("a space", "https://a.org/a b"),
    ] {
        let message = format!(
            "'{}' is not a link. Accepted: an http or https address without a password, up to \
             2,048 bytes; mend it. Nothing was saved",
            text::clip(&text::shown(link), 60)
        );
        for args in [
            &["project", "add", "New", "--link", link][..],
            &["project", "edit", "Tool", "--link", link],
        ] {
            person.refuses(&row(format!("{what}: {args:?}"), args, 65, message.as_str()));
        }
    }
    person.say(&["project", "add", "New", "--link", &most, "--link", "http://a.org:8080/x?y=1#z"]);
}

#[test]
fn dates_have_one_form_and_a_range() {
    let person = Person::new();
    let long = "9".repeat(10_000);
    let odd = |date: &str| {
        format!(
            "'{}' is not a date. Accepted: YYYY-MM-DD, today, yesterday, or -N for N days ago. \
             Nothing was changed",
            text::clip(&text::shown(date), 60)
        )
    };
    let beyond = |date: &str| {
        format!("{date} is out of range. Accepted: 1970-01-01 to 2200-12-31. Nothing was changed")
    };
    for (date, message) in [
        ("2026-2-3", odd("2026-2-3")),
        ("26-02-03", odd("26-02-03")),
        ("20260203", odd("20260203")),
        ("2026/02/03", odd("2026/02/03")),
        ("2026-02-30", odd("2026-02-30")),
        ("2026-13-01", odd("2026-13-01")),
        (" 2026-02-03", odd(" 2026-02-03")),
        ("2026-02-03T10:00", odd("2026-02-03T10:00")),
        ("٢٠٢٦-٠٢-٠٣", odd("٢٠٢٦-٠٢-٠٣")),
        ("tomorrow", odd("tomorrow")),
        ("\u{1b}[2J", odd("\u{1b}[2J")),
        (&long, odd(&long)),
        ("", odd("")),
        ("1969-12-31", beyond("1969-12-31")),
        ("2201-01-01", beyond("2201-01-01")),
        ("0000-01-01", beyond("0000-01-01")),
        ("-99999999", beyond("-99999999")),
    ] {
        for args in [
            &["done", "Read", "--on", date][..],
            &["rest", "Read", "--on", date],
            &["clear", "Read", "--on", date],
            &["habit", "add", "New", "--from", date],
            &["habit", "edit", "Read", "--schedule", "daily", "--from", date],
            &["project", "edit", "Tool", "--drift-check", date],
            &["log", "--since", date],
            &["export", "report", "--since", date],
        ] {
            person.refuses(&row(format!("{args:?}"), args, 64, message.as_str()));
        }
        let mut command = person.home.inch(&["--today", date, "done", "Read"]);
        let before = Kept::all(person.home.path());
        let row = row(format!("--today {date}"), &[], 64, message.as_str());
        person.is_refused(&row, &command.output().unwrap());
        before.is_untouched(&row.what);
    }
    let message = "2026-11-24 is in the future; a day can be marked done once it has come. \
        Nothing was changed";
    person.refuses(&row("the future", &["done", "Read", "--on", "2026-11-24"], 64, message));
    person.say(&["habit", "add", "Old", "--from", "1970-01-01"]);
    person.say(&["done", "Old", "--on", "1970-01-01"]);
    person.say(&["habit", "add", "Late", "--from", "2200-12-31"]);
}

#[test]
fn what_inch_wrote_may_be_longer_than_what_others_do() {
    let person = Person::without_a_file();
    let own = [&b"{\"format\":\"inch\",\"version\":1"[..], &vec![b' '; 64 * MIB], b"}"];
    person.write("own.json", own.concat());
    assert!(person.say(&["import", "own.json"]).contains("there is nothing in it to add"));
}

#[test]
fn what_is_imported_has_its_limits() {
    let person = Person::new();
    let zip = |members: &[(&str, &[u8])]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let habits: (&str, &[u8]) = ("Habits.csv", b"Name,NumRepetitions,Interval\na,1,1\n");
    let numbers: Vec<_> = (1..=1_000).map(|number| number.to_string()).collect();
    let empty = numbers.iter().map(|number| (number.as_str(), &b""[..]));
    let many: Vec<_> = [habits].into_iter().chain(empty).collect();
    person.write("many.zip", zip(&many));
    person.write("most.zip", zip(&many[..1_000]));
    let (more, rest) = (vec![b'\n'; 200 * MIB], vec![b'\n'; 56 * MIB]);
    let members = [habits, ("001 a/Checkmarks.csv", &more), ("002 b/Checkmarks.csv", &rest)];
    person.write("grows.zip", zip(&members));
    let large = fs::File::create(person.home.path().join("large.csv")).unwrap();
    large.set_len(64 * MIB as u64 + 1).unwrap();
    let larger = fs::File::create(person.home.path().join("larger.json")).unwrap();
    larger.set_len(256 * MIB as u64 + 1).unwrap();
    person.write("large.json", [&b"[{\"type\":"[..], &vec![b' '; 64 * MIB]].concat());
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    person.write("deep.json", deep(33));
    person.write("deep-inch.json", format!("{{\"format\":\"inch\",\"x\":{}}}", deep(32)));
    person.write("latin.csv", b"habit,date,mark\nLes\xe9,2026-11-03,done\n");
    rustix::fs::mkfifoat(rustix::fs::CWD, person.home.path().join("pipe"), 0o600.into()).unwrap();
    let whole = [
        ("64 MiB", "large.csv", 65, "is larger than 64 MiB", "Split it and import the parts"),
        (
            "256 MiB unpacked",
            "grows.zip",
            65,
            "is larger than 256 MiB once it is unpacked",
            "Export it from Loop again",
        ),
        (
            "1,000 entries",
            "many.zip",
            65,
            "has more than 1,000 entries",
            "Export it from Loop again, with fewer habits",
        ),
        (
            "nesting, of inch's own",
            "deep-inch.json",
            65,
            "is nested deeper than 32 levels",
            "Check that it is the right file",
        ),
        ("256 MiB", "larger.json", 65, "is larger than 256 MiB", "Split it and import the parts"),
        ("64 MiB", "large.json", 65, "is larger than 64 MiB", "Split it and import the parts"),
        ("not there", "none.csv", 66, "is not there", "Check the path"),
        ("a pipe", "pipe", 65, "is not a regular file", "Name a file to import"),
        ("not UTF-8", "latin.csv", 65, "is not UTF-8 text (line 2)", "Save it as UTF-8"),
    ];
    for (what, file, code, why, next) in whole {
        let message = format!("{file} {why}. Nothing was imported. {next}");
        for args in [&["import", file][..], &["import", file, "--dry-run"]] {
            person.refuses(&row(format!("{what}: {args:?}"), args, code, message.as_str()));
        }
    }
    for (what, args, code, message) in [
        (
            "nesting",
            &["import", "deep.json", "--from", "dijo"][..],
            65,
            "deep.json is nested deeper than 32 levels. Nothing was imported. \
             Check that it is the right file",
        ),
        (
            "a folder",
            &["import", ".", "--from", "csv"],
            65,
            ". is a folder. Nothing was imported. Name the file that the program wrote",
        ),
        (
            "a device",
            &["import", "/dev/zero"],
            65,
            "zero is not a regular file. Nothing was imported. Name a file to import",
        ),
        (
            "the data file",
            &["import", "data/inch/inch.db"],
            64,
            "that is the data file itself, or belongs to it. Nothing was imported. Name what \
             another program wrote, or what `inch export everything` did",
        ),
    ] {
        person.refuses(&row(what, args, code, message));
    }
    person.say(&["import", "most.zip"]);
}

#[test]
fn one_bad_line_is_named_and_keeps_all_of_a_file_out() {
    let person = Person::new();
    for (line, place) in [
        ("Read,2026-02-30,done", "column date: '2026-02-30' is not a date. Accepted: YYYY-MM-DD"),
        (
            "Read,2201-01-01,done",
            "column date: 2201-01-01 is out of range. Accepted: 1970-01-01 to 2200-12-31",
        ),
        (
            "Read,2026-11-24,done",
            "column date: 2026-11-24 is in the future; a day can be marked done once it has come",
        ),
        (
            "Read,2026-11-03,maybe",
            "column mark: 'maybe' is not a mark. Accepted: done, rest, or empty with a note",
        ),
        (
            "Read",
            "1 column was found. Accepted: habit,date,mark or habit,date,mark,note, \
             separated as in the first line",
        ),
    ] {
        let before = person.say(&["log"]);
        let good = "Read,2026-11-01,done";
        person.write("a.csv", format!("habit,date,mark\n{good}\n{line}\n"));
        let message = format!("a.csv, line 3, {place}. {MEND}");
        for args in [&["import", "a.csv"][..], &["import", "a.csv", "--dry-run"]] {
            person.refuses(&row(format!("{line}: {args:?}"), args, 65, message.as_str()));
        }
        let skips = ["import", "a.csv", "--skip-bad"];
        let said = person.say(&skips);
        assert!(said.contains(&format!("Left out: 1 bad line.\n  line 3, {place}\n")), "{said}");
        assert!(person.say(&["log"]).starts_with("2026-11-01  ✓  Read\n"));
        let said = person.say(&skips);
        assert!(said.ends_with("Nothing was changed: all of it is here already.\n"), "{said}");
        person.say(&["undo"]);
        assert_eq!(person.say(&["log"]), before);
    }
}

#[test]
fn an_export_spares_what_is_there() {
    let person = Person::new();
    person.write("there.md", "mine");
    person.write("tables/mine.txt", "mine");
    person.write("config/inch/config.toml", "");
    fs::create_dir(person.home.path().join("folder.md")).unwrap();
    std::os::unix::fs::symlink(&person.db, person.home.path().join("link.md")).unwrap();
    let everything = |file| ["export", "everything", "--format", "json", "--force", "-o", file];
    for (file, code, why) in [
        ("folder.md", 73, "is a folder"),
        ("/dev/null", 73, "is no usual file"),
        ("data/inch/inch.db", 64, "is the data file, or belongs to it"),
        ("data/inch/inch.db-wal", 64, "is the data file, or belongs to it"),
        ("link.md", 64, "is the data file, or belongs to it"),
        (
            "config/inch/config.toml",
            64,
            "is a backup, the config, or a curriculum file, which no export replaces",
        ),
    ] {
        let message = format!("{file} {why}. Nothing was written. Name another file with -o");
        person.refuses(&row(file, &everything(file), code, message));
    }
    for (what, args, code, message) in [
        (
            "a file",
            &["export", "-o", "there.md"][..],
            73,
            "there.md is there already. Nothing was written. Name another file, or add --force",
        ),
        (
            "a backup in the place of the log",
            &["backup", "data/inch/inch.db-wal"],
            64,
            "data/inch/inch.db-wal is a name that belongs to the data file. No backup was made. \
             Name another file",
        ),
        (
            "a folder with something in it",
            &["export", "everything", "--format", "csv", "-o", "tables"],
            73,
            "tables is there already and holds something. Nothing was written. \
             Name another folder, or add --force to put the tables there",
        ),
        (
            "no folder",
            &["export", "-o", "no/such/folder.md"],
            73,
            "no/such/folder.md can't be written: no such file or directory. Nothing was written. \
             Make its folder first",
        ),
        (
            "a file for a folder",
            &["export", "-o", "there.md/folder.md"],
            73,
            "there.md/folder.md can't be written: not a directory. Nothing was written. \
             Name another place with -o",
        ),
        (
            "a backup over a file",
            &["backup", "there.md"],
            73,
            "there.md is there already. No backup was made. Name another file",
        ),
        (
            "a backup without a folder",
            &["backup", "no/such/folder.db"],
            73,
            "no backup could be made at no/such/folder.db: no such file or directory. \
             Your data is as it was. Check that folder, and the room on its disk",
        ),
    ] {
        person.refuses(&row(what, args, code, message));
    }
}

#[test]
fn curriculum_files_are_small_regular_texts() {
    let person = Person::new();
    let folder = "config/inch/curricula";
    person.write(&format!("{folder}/wide.toml"), vec![b'#'; MIB + 1]);
    person.write(&format!("{folder}/latin.toml"), [0xe9]);
    fs::create_dir(person.home.path().join(folder).join("folder.toml")).unwrap();
    let pipe = person.home.path().join(folder).join("pipe.toml");
    rustix::fs::mkfifoat(rustix::fs::CWD, pipe, 0o600.into()).unwrap();
    let mut left_out = String::new();
    for (name, code, why) in [
        ("folder", 65, "it is not a regular file. Use a text file instead"),
        ("latin", 65, "it is not UTF-8 text. Save it as UTF-8"),
        ("pipe", 65, "it is not a regular file. Use a text file instead"),
        ("wide", 65, "it is larger than 1 MiB. Split it into several files"),
        ("none", 66, "it is not there. Correct the path"),
    ] {
        let path = format!("{folder}/{name}.toml");
        let message = format!("{path}: {why}. Nothing was changed");
        person.refuses(&row(name, &["curriculum", "check", &path], code, message));
        if name != "none" {
            writeln!(
                left_out,
                "inch: {}/{path}: {why}. It was left out, and nothing else is touched; \
                 `inch curriculum check` tells more",
                person.home.path().display()
            )
            .unwrap();
        }
    }
    let before = Kept::all(person.home.path());
    let output = person.command(&["topic", "list"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), left_out);
    assert!(output.status.success(), "the rest goes on without them");
    before.is_untouched("a curriculum that is left out");
    let mut most = curriculum("T").into_bytes();
    most.resize(MIB, b'#');
    fs::remove_dir_all(person.home.path().join(folder)).unwrap();
    person.write("most.toml", most);
    person.say(&["curriculum", "check", "most.toml"]);
}

#[test]
fn a_config_that_is_wrong_stops_all_that_needs_it() {
    let person = Person::new();
    person.write("key.toml", "glyphs = \"ascii\"\ncolour = 1\n");
    person.write("value.toml", "week_starts_on = \"mon\"\n");
    person.write("wide.toml", vec![b'#'; MIB + 1]);
    person.write("folder/x", "");
    for (what, config, code, message) in [
        (
            "a key",
            "key.toml",
            78,
            "key.toml, line 2: there is no key 'colour'. Accepted: day_starts_at, week_starts_on, streaks, theme, glyphs, motion, remind_at, mouse, name, curricula, [days], [keys]. Nothing was changed. Mend that line, or name another file with --config FILE",
        ),
        (
            "a value",
            "value.toml",
            78,
            "value.toml, line 1: week_starts_on can't be \"mon\". Accepted: \"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\", \"saturday\", \"sunday\". Nothing was changed. Mend that line, or name another file with --config FILE",
        ),
        (
            "1 MiB",
            "wide.toml",
            78,
            "the config wide.toml is larger than 1 MiB. Nothing was changed. Name another with --config FILE",
        ),
        (
            "a folder",
            "folder",
            78,
            "the config folder is not a regular file. Nothing was changed. Put a file there, or name another with --config FILE",
        ),
        (
            "not there",
            "none.toml",
            66,
            "the config none.toml is not there. Nothing was changed. Check the path, or name another with --config FILE",
        ),
    ] {
        person.refuses(&row(what, &["--config", config, "done", "Read"], code, message));
        person.app_refuses(&row(what, &["--config", config], code, message));
    }
}

#[test]
fn what_is_named_and_is_not_there_is_asked_for() {
    let person = Person::new();
    person.write("notes.txt", "notes\n");
    std::os::unix::fs::symlink("nowhere", person.home.path().join("link.db")).unwrap();
    let long = "x".repeat(10_000);
    let clipped = text::clip(&long, 60);
    let habit = |name: &str| {
        format!(
            "there is no habit '{name}'. Nothing was changed. `inch habit list --archived` shows \
             what there is"
        )
    };
    for (args, code, message) in [
        (&["done", "Nobody"][..], 66, habit("Nobody").as_str()),
        (&["done", &long], 66, &habit(&clipped)),
        (
            &["project", "edit", "Nothing", "--role", "x"],
            66,
            "there is no project 'Nothing'. Nothing was changed. \
             `inch project list` shows what there is",
        ),
        (
            &["topic", "set", "nowhere", "mastered"],
            66,
            "there is no topic 'nowhere'. Nothing was changed. \
             `inch topic list` shows what there is",
        ),
        (
            &["topic", "set", "vectors", "finished"],
            64,
            "'finished' is not a state of a topic. Accepted: not-started, learning, practising, \
             mastered, skipped. Nothing was changed",
        ),
        (
            &["nonsense"],
            64,
            "unrecognized subcommand 'nonsense'\n\nUsage: inch [OPTIONS] [COMMAND]\n\n\
             For more information, try '--help'.",
        ),
        (
            &["restore"],
            66,
            "there is no good backup of {db}. Nothing was changed. Name the file to restore",
        ),
        (
            &["restore", "--yes", "none.db"],
            66,
            "{home}/none.db is not there. Nothing was changed. Name the file that you mean",
        ),
        (
            &["restore", "--yes", "notes.txt"],
            65,
            "notes.txt is not a file of inch: it has another format. Nothing was restored, and \
             your data is as it was. Name another backup; `inch doctor` lists them",
        ),
        (
            &["restore", "--yes", "link.db"],
            66,
            "link.db is a link to a file that is not there. Nothing was restored, and \
             your data is as it was. Name another backup; `inch doctor` lists them",
        ),
        (
            &["restore", "--yes", "notes.txt/mine.db"],
            66,
            "notes.txt/mine.db can't be opened: not a directory. Nothing was restored, and \
             your data is as it was. Name another backup; `inch doctor` lists them",
        ),
        (
            &["restore", "--yes", "data/inch/inch.db"],
            64,
            "data/inch/inch.db is the data file itself. Nothing was changed. Name a backup of it",
        ),
    ] {
        person.refuses(&row(format!("{args:?}"), args, code, message));
    }
}
