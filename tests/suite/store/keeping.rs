//! Backups: each is whole, none goes for a bad one, and every one of them leads back to the very same
//! data.

use chrono::{TimeDelta, Utc};
use inch::store::{
    backup::{self, Backup, Every, Kind, Stop, Tended},
    restore,
};

use super::*;

/// Every row of every table that is not derived, but for the device that a restore changes.
pub(super) fn dump(path: &Path) -> Vec<String> {
    let sql = Connection::open(path).unwrap();
    let tables: Vec<String> = sql
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' \
             AND name NOT IN ('habit_fold', 'sqlite_sequence') ORDER BY name",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut rows = Vec::new();
    for table in tables {
        let but = if table == "meta" { " WHERE key <> 'device'" } else { "" };
        let mut statement = sql.prepare(&format!("SELECT * FROM {table}{but}")).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        let mut of_table = Vec::new();
        while let Some(row) = found.next().unwrap() {
            let cells: Vec<_> = (0..columns).map(|at| row.get_ref(at).unwrap()).collect();
            of_table.push(format!("{table} {cells:?}"));
        }
        of_table.sort();
        rows.extend(of_table);
    }
    rows
}

/// A backup leads back to the data as it was: `source` is a dump of that moment.
fn assert_leads_back(copy: &Path, source: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("restored.db");
    assert_eq!(restore::restore(&path, copy).unwrap(), restore::Before::Nothing);
    assert_eq!(dump(&path), source);
    let mut store = open(&path);
    store.load(today()).unwrap();
    assert_eq!(store.undo(&stamp(today())).unwrap(), None, "another device's changes");
}

/// Something of everything, still open, with most of it in the log.
pub(super) fn lived(path: &Path) -> Store {
    let mut store = open(path);
    let mut changes = vec![
        add(1, "daily", day("2026-01-01")),
        add(2, "3/week", day("2026-01-01")),
        session(1, Some(habit_id(1)), 90, today()),
        Change::TopicSet { topic: "matrices".into(), state: TopicState::Mastered, on: today() },
        Change::GoalSet { goal: "Read papers".into() },
        Change::ProjectAdd {
            project: project_id(1),
            draft: ProjectDraft { title: "Digits".into(), ..ProjectDraft::default() },
            position: 0,
            on: today(),
        },
    ];
    changes.extend((0..200).map(|back| mark(1, plus(today(), -back), Some(Mark::Done))));
    for change in &changes {
        store.apply(change, &stamp(today())).unwrap();
    }
    store.undo(&stamp(today())).unwrap();
    store
}

fn backups(path: &Path) -> Vec<Backup> {
    backup::list(path)
}

fn tend(path: &Path, now: DateTime<Utc>) -> Result<Tended, StoreError> {
    backup::tend(path, Every::Day, now, &Stop::default())
}

/// The moment of now, as the system stamps files.
fn now() -> DateTime<Utc> {
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().metadata().unwrap().modified().unwrap().into()
}

/// A copy of a good backup under the name of another moment.
fn as_of(good: &Backup, at: DateTime<Utc>) -> PathBuf {
    let moment = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H%M%S%.3fZ").to_string();
    let name = good.path.file_name().unwrap().to_str().unwrap();
    let path = good.path.with_file_name(name.replace(&moment(good.at), &moment(at)));
    assert_ne!(path, good.path);
    fs::copy(&good.path, &path).unwrap();
    path
}

fn spoil(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

fn names(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path.parent().unwrap().join("backups")).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn every_kind_of_backup_leads_back_to_the_same_data() {
    let (folder, path) = place();
    let store = lived(&path);
    let source = dump(&path);
    let elsewhere = folder.path().join("mine.db");
    backup::write_to(&path, &elsewhere).unwrap();
    let mut copies = vec![elsewhere];
    for kind in [Kind::Asked, Kind::Import] {
        let made = backup::make(&path, kind).unwrap().unwrap();
        assert_eq!(made.kind, kind);
        assert!(made.path.to_str().unwrap().ends_with(kind.word()), "{made:?}");
        copies.push(made.path);
    }
    let Tended::Made(daily) = tend(&path, now() + TimeDelta::days(1)).unwrap() else {
        panic!("it was time")
    };
    copies.push(daily);
    let parent = path.parent().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&parent.join("backups")), 0o700);
    for copy in &copies {
        assert_eq!(mode(copy), 0o600);
        assert_leads_back(copy, &source);
    }
    assert_eq!(dump(&path), source, "the file itself is as it was");
    // The one before a restore, last, for the file is another one then.
    store.close().unwrap();
    let before = restore::restore(&path, &copies[0]).unwrap();
    let restore::Before::BackedUp(kept) = before else { panic!("{before:?}") };
    assert_leads_back(&kept, &source);
}

#[test]
fn nothing_is_written_over_and_nothing_half_stays() {
    let (folder, path) = place();
    drop(lived(&path));
    let taken = folder.path().join("taken.db");
    fs::write(&taken, "mine").unwrap();
    let error = backup::write_to(&path, &taken).unwrap_err();
    assert_eq!(error.fault(), Fault::Create, "{error}");
    assert_eq!(fs::read(&taken).unwrap(), b"mine");
    let nowhere = folder.path().join("no/such/folder.db");
    let error = backup::write_to(&path, &nowhere).unwrap_err();
    assert!(error.to_string().contains("Your data is as it was"), "{error}");
    let there: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(there.len(), 2, "{there:?}");
}

#[test]
fn a_file_in_which_nothing_was_stored_is_not_backed_up() {
    let (_folder, path) = place();
    let store = open(&path);
    assert_eq!(backup::make(&path, Kind::Asked).unwrap(), None);
    assert!(!store.is_backup_due(Every::Day, now()));
    assert_eq!(tend(&path, now()).unwrap(), Tended::NotDue);
    assert!(!path.parent().unwrap().join("backups").exists());
}

#[test]
fn the_app_makes_one_a_day_and_the_command_line_one_a_week() {
    let (_folder, path) = place();
    let store = lived(&path);
    let first = stamp(today()).at.to_utc();
    let days = TimeDelta::days;
    assert!(!store.is_backup_due(Every::Week, first + days(6)));
    assert!(store.is_backup_due(Every::Week, first + days(8)));
    assert!(store.is_backup_due(Every::Day, first));

    let made = backup::make(&path, Kind::Asked).unwrap().unwrap().at;
    for (every, after, is_due) in [
        (Every::Day, TimeDelta::hours(19), false),
        (Every::Day, TimeDelta::hours(21), true),
        (Every::Week, days(6), false),
        (Every::Week, days(8), true),
    ] {
        assert_eq!(store.is_backup_due(every, made + after), is_due, "{every:?} {after}");
    }
    let (later, sooner) = (made + days(1), made + TimeDelta::hours(30));
    assert!(matches!(tend(&path, later).unwrap(), Tended::Made(_)));
    // Looked at a few hours ago, whatever came of it.
    assert_eq!(tend(&path, sooner).unwrap(), Tended::NotDue);
    assert_eq!(backups(&path).len(), 2);
}

#[test]
fn a_backup_of_days_to_come_does_not_put_off_the_next() {
    let (_folder, path) = place();
    let store = lived(&path);
    let good = backup::make(&path, Kind::Asked).unwrap().unwrap();
    fs::rename(&good.path, as_of(&good, good.at + TimeDelta::days(900))).unwrap();
    assert!(store.is_backup_due(Every::Day, good.at + TimeDelta::hours(1)));
    assert!(matches!(tend(&path, good.at).unwrap(), Tended::Made(_)));
}

#[test]
fn old_ones_go_only_after_a_new_one_and_never_for_a_bad_one() {
    let (_folder, path) = place();
    drop(lived(&path));
    let good = backup::make(&path, Kind::Asked).unwrap().unwrap();
    let noon = good.at.date_naive().and_hms_opt(12, 0, 0).unwrap().and_utc();
    let mut old: Vec<_> =
        (0..40).map(|hours| as_of(&good, noon - TimeDelta::hours(100 + 12 * hours))).collect();
    fs::remove_file(&good.path).unwrap();
    // The newer one of a day, which would stand for it.
    let bad = old[3].clone();
    spoil(&bad);
    old.sort();
    assert!(matches!(tend(&path, now()).unwrap(), Tended::Made(_)));
    let left: Vec<_> = backups(&path).into_iter().map(|backup| backup.path).collect();
    assert!(left.len() < 25, "{left:?}");
    assert!(left.contains(&bad), "what is in it may be nowhere else");
    let day_of = |path: &Path| path.file_name().unwrap().to_str().unwrap()[8..18].to_owned();
    let stands = left.iter().any(|copy| *copy != bad && day_of(copy) == day_of(&bad));
    assert!(stands, "{left:?}");
    // Nothing more to let go of.
    let (at, count) = (backups(&path)[0].at, left.len());
    assert!(matches!(tend(&path, at + TimeDelta::hours(21)).unwrap(), Tended::Made(_)));
    assert_eq!(backups(&path).len(), count + 1);
}

#[test]
fn a_damaged_file_is_told_of_and_no_backup_goes_or_comes() {
    let (_folder, path) = place();
    lived(&path).close().unwrap();
    let good = backup::make(&path, Kind::Asked).unwrap().unwrap();
    for hours in 0..60 {
        as_of(&good, good.at - TimeDelta::hours(100 + hours));
    }
    spoil(&path);
    let (before, bytes) = (names(&path), fs::read(&path).unwrap());
    let error = tend(&path, good.at + TimeDelta::days(2)).unwrap_err();
    assert_eq!(error.fault(), Fault::Data, "{error}");
    let text = error.to_string();
    assert!(text.contains("every backup is kept") && text.contains("`inch restore`"), "{text}");
    assert!(text.contains(good.path.to_str().unwrap()), "{text}");
    let mut after = names(&path);
    after.retain(|name| !name.ends_with(".checked"));
    assert_eq!(after, before);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert!(backup::make(&path, Kind::Asked).is_err(), "nor is a copy believed");
    assert_eq!(backups(&path).len(), 61);
}

#[test]
fn a_backup_made_while_others_write_is_one_moment_of_the_file() {
    let (_folder, path) = place();
    drop(lived(&path));
    let (is_done, patient) = (std::sync::atomic::AtomicBool::new(false), Duration::from_secs(5));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut store =
                Store::open(&path, Options { busy_timeout: patient, ..options() }).unwrap();
            for round in 0.. {
                let to = (round % 2 == 0).then_some(Mark::Done);
                store.apply(&mark(2, plus(today(), -round % 50), to), &stamp(today())).unwrap();
                if is_done.load(std::sync::atomic::Ordering::SeqCst) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(40));
            }
        });
        for _ in 0..5 {
            let made = backup::make(&path, Kind::Asked).unwrap().unwrap();
            assert!(backup::is_whole(&made.path));
            // The journal and the rows tell of the same moment.
            let copy = dump(&made.path);
            assert_leads_back(&made.path, &copy);
        }
        is_done.store(true, std::sync::atomic::Ordering::SeqCst);
    });
}

#[test]
fn who_stops_leaves_nothing_half() {
    let (_folder, path) = place();
    drop(lived(&path));
    let stop = Stop::default();
    stop.set();
    assert!(backup::tend(&path, Every::Day, now(), &stop).is_err());
    assert_eq!(names(&path), [""; 0], "it is looked after again, not a day later");
    // What a killed process leaves is swept up by the next.
    let half =
        path.parent().unwrap().join(format!("backups/inch.db.unfinished-{}", "0".repeat(32)));
    fs::write(&half, "half").unwrap();
    backup::make(&path, Kind::Asked).unwrap();
    assert!(!half.exists());
}

#[test]
fn a_folder_that_takes_no_backup_is_named() {
    let (_folder, path) = place();
    drop(lived(&path));
    let folder = path.parent().unwrap().join("backups");
    fs::write(&folder, "in the way").unwrap();
    let error = tend(&path, now()).unwrap_err();
    let text = error.to_string();
    assert!(text.contains(folder.to_str().unwrap()), "{text}");
    assert!(text.contains("Your data is as it was"), "{text}");
    assert_eq!(error.fault(), Fault::Create);
}
