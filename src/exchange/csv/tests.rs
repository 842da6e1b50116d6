//! Which lines are taken, and what is said of the others.

use super::*;
use crate::{
    domain::text,
    exchange::{BadLine, reading::Entry},
};

fn today() -> NaiveDate {
    day::parse_iso("2026-11-23").unwrap()
}

fn lenient(source: &str) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, source).unwrap();
    let mut reading = Reading::new("a.csv", today(), true);
    read(&Input::open(&path).unwrap(), &mut reading).unwrap();
    reading
}

fn all(source: &str) -> Result<Vec<Row>, BadLine> {
    let reading = lenient(source);
    match reading.skipped.first() {
        Some(bad) => Err(bad.clone()),
        None => Ok(reading.entries.iter().map(|entry| row_of(entry, &reading)).collect()),
    }
}

type Row = (u64, String, String, Option<Mark>, Option<String>);

fn row_of(entry: &Entry, reading: &Reading) -> Row {
    let line = reading.place_of(entry).strip_prefix("line ").unwrap().parse().unwrap();
    let note = entry.note.as_deref().map(str::to_owned);
    (line, entry.habit_name(reading), entry.day.to_string(), entry.mark, note)
}

fn rows(source: &str) -> Vec<Row> {
    all(source).unwrap()
}

/// Lines that were taken and lines that were not, in order.
fn lines(source: &str) -> Vec<u64> {
    let reading = lenient(source);
    let bad = reading.skipped.iter().map(|bad| bad.place.clone());
    let good = reading.entries.iter().map(|entry| reading.place_of(entry));
    let number = |place: String| place.strip_prefix("line ").unwrap().parse().unwrap();
    let mut lines: Vec<u64> = bad.chain(good).map(number).collect();
    lines.sort_unstable();
    lines
}

#[test]
fn the_header_may_be_there_or_not_and_line_ends_may_be_either() {
    let line = |line| {
        let (habit, day) = ("Read".to_owned(), "2026-11-22".to_owned());
        vec![(line, habit, day, Some(Mark::Done), None)]
    };
    assert_eq!(rows("Read,2026-11-22,done"), line(1));
    assert_eq!(rows("habit,date,mark\nRead,2026-11-22,done\n"), line(2));
    assert_eq!(rows("Habit,Date,Mark,Note\r\n\r\n Read , 2026-11-22 ,DONE,\r\n"), line(3));
    assert!(rows("").is_empty());
    assert!(rows("habit,date,mark\n").is_empty());
    assert!(rows("\n\n,,\n").is_empty());
}

#[test]
fn columns_may_stand_as_the_header_names_them_and_have_semicolons_between_them() {
    let wanted = rows("habit,date,mark,note\nRead,2026-11-22,done,\"a;b,c\"\n");
    for source in [
        "habit;date;mark;note\r\nRead;2026-11-22;done;\"a;b,c\"\r\n",
        "\nDate,Note,Habit,Mark\nx\n2026-11-22,\"a;b,c\",Read,done\n",
        "date;habit;note;mark\n2026-11-22;Read;\"a;b,c\";done\n",
    ] {
        let reading = lenient(source);
        let found = reading.entries.iter().map(|entry| row_of(entry, &reading));
        let found: Vec<_> =
            found.map(|(_, habit, day, mark, note)| (habit, day, mark, note)).collect();
        let (_, habit, day, mark, note) = wanted[0].clone();
        assert_eq!(found, [(habit, day, mark, note)], "{source}");
    }
    assert_eq!(rows("Read;2026-11-22;done\n").len(), 1);
    // A column that is not known is not passed over.
    assert!(all("habit,date,mark,time\nRead,2026-11-22,done,10:00\n").is_err());
}

#[test]
fn notes_keep_their_lines_and_guards_are_undone() {
    let source = "\"a,b\",2026-11-22,rest,\"two\nlines \"\"q\"\"\"\n'=x,2026-12-24,rest,'tis\nz,2026-11-01,,'+1\n";
    assert_eq!(
        rows(source),
        [
            (
                1,
                "a,b".into(),
                "2026-11-22".into(),
                Some(Mark::Rest),
                Some("two\nlines \"q\"".into())
            ),
            (3, "=x".into(), "2026-12-24".into(), Some(Mark::Rest), Some("'tis".into())),
            (4, "z".into(), "2026-11-01".into(), None, Some("+1".into())),
        ]
    );
}

#[test]
fn a_bad_line_is_named_with_its_column_value_and_accepted_form() {
    let good = "habit,date,mark\nRead,2026-11-22,done\n\n";
    for (line, what) in [
        ("Read,2026-02-30,done", "column date: '2026-02-30' is not a date. Accepted: YYYY-MM-DD"),
        ("Read,today,done", "column date: 'today' is not a date. Accepted: YYYY-MM-DD"),
        (
            "Read,1969-01-01,done",
            "column date: 1969-01-01 is out of range. Accepted: 1970-01-01 to 2200-12-31",
        ),
        (
            "Read,2026-11-24,done",
            "column date: 2026-11-24 is in the future; a day can be marked done once it has come",
        ),
        (
            "Read,2026-11-22,y\u{1b}",
            "column mark: 'y\u{241b}' is not a mark. Accepted: done, rest, or empty with a note",
        ),
        (
            "Read,2026-11-22,",
            "column mark: it is empty, and there is no note. Accepted: done, rest, or empty with a note",
        ),
        (
            "Read;2026-11-22;done",
            "semicolons instead of commas were found. Accepted: habit,date,mark or habit,date,mark,note, separated as in the first line",
        ),
        (",2026-11-22,done", "column habit: the name is empty"),
        (
            "a\u{202e},2026-11-22,done",
            "column habit: the name has the character U+202E at place 2, which could garble a terminal",
        ),
        ("Read,2026-11-22,done,\"oops\nRead,2026-11-21,done", "a quote is opened and never closed"),
        ("Read,2026-11-22,done,\"", "a quote is opened and never closed"),
        (
            "Read,2026-11-22,done,\"o\"ops\nRead,2026-11-21,done",
            "text follows a closing quote. Accepted: the next column or the end of the line there; a quote inside of quotes is written twice",
        ),
        (
            "\u{1}",
            "1 column was found. Accepted: habit,date,mark or habit,date,mark,note, separated as in the first line",
        ),
    ] {
        let found = all(&format!("{good}{line}\n"));
        assert_eq!(found, Err(BadLine { place: "line 4".into(), what: what.into() }), "{line}");
    }
    let long = format!("Read,2026-11-22,done,{}", "x".repeat(text::NOTE_BYTES + 1));
    assert!(all(&long).unwrap_err().what.starts_with("column note: "));
}

#[test]
fn control_characters_end_no_file() {
    let good = "Read,2026-11-21,done\n";
    let error = all(&format!("{good}\u{1}\nRead,2026-02-30,done\n")).unwrap_err();
    assert_eq!(error.place, "line 2");
    assert!(error.what.starts_with("1 column was found"), "{error:?}");
    for note in ["x\u{1}", "\u{1}", "\"x\u{1}\"", "\"x\n\u{1}\""] {
        let error = all(&format!("Read,2026-11-22,done,{note}")).unwrap_err();
        assert!(error.what.contains("the character U+0001"), "{error:?}");
    }
}

#[test]
fn lines_are_counted_however_they_end() {
    for end in ["\n", "\r", "\r\n"] {
        let note = format!("\"two{end}lines\"");
        let source = format!(
            "{end}Habit,date,mark{end}{end}a,2026-11-21,done,{note}{end}b,2026-11-21,done{end}{end}c,x,done{end}"
        );
        assert_eq!(lines(&source), [4, 6, 8], "{end:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_to_its_end(
        text in "(Read,2026-11-22,done,|[,\"\r\n\u{1}éx])*",
    ) {
        proptest::prop_assert!(lines(&text).is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn a_quoted_note_comes_back_and_an_open_one_is_refused(
        notes in proptest::collection::vec("[,\"\r\nx]{0,9}y", 1..4),
    ) {
        let lines: Vec<_> = notes
            .iter()
            .map(|note| format!("Read,2026-11-22,done,\"{}\"", note.replace('"', "\"\"")))
            .collect();
        let source = lines.join("\n");
        let found = all(&source).unwrap().into_iter().map(|row| row.4.unwrap());
        let wanted = notes.iter().map(|note| text::lines("", note, 99).unwrap());
        proptest::prop_assert!(found.eq(wanted));
        proptest::prop_assert!(all(&source[..source.len() - 1]).is_err());
    }
}
