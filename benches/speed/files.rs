//! The files that are opened: little, young and a hundred years old.
//!
//! Owns how they are made and when it is there. Must not know what is measured.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::OnceLock,
    time::Duration,
};

use chrono::{DateTime, NaiveDate};
use inch::{
    domain::{
        change::{Change, Stamp},
        day::{Rules, parse_iso, plus},
        habit::Recipe,
        ids::{HabitId, IdSource},
    },
    store::{Options, Store},
};
use rusqlite::Connection;
use tempfile::TempDir;

/// How much somebody has ticked.
#[derive(Clone, Copy)]
pub enum History {
    /// Two habits and eight check-ins.
    TenRows,
    /// Fifty habits, two hundred check-ins.
    FourDays,
    /// Fifty habits, 1.6 million check-ins.
    HundredYears,
}

pub const ALL: [History; 3] = [History::TenRows, History::FourDays, History::HundredYears];

static MADE: [OnceLock<TempDir>; 3] = [const { OnceLock::new() }; 3];

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TenRows => "10 rows",
            Self::FourDays => "50 habits, 4 days",
            Self::HundredYears => "50 habits, 100 years",
        })
    }
}

impl History {
    pub fn made(self) -> &'static OnceLock<TempDir> {
        &MADE[self as usize]
    }

    /// The file; made when it is first asked for.
    pub fn path(self) -> PathBuf {
        let (habits, days) = match self {
            Self::TenRows => (2, 4),
            Self::FourDays => (50, 4),
            Self::HundredYears => (50, 36_525),
        };
        let folder = self.made().get_or_init(|| {
            let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
            make(&folder.path().join("inch.db"), habits, days);
            folder
        });
        folder.path().join("inch.db")
    }
}

/// So late that a hundred years before it are days inch knows.
pub fn today() -> NaiveDate {
    parse_iso("2126-11-23").unwrap()
}

pub fn stamp() -> Stamp {
    Stamp { at: DateTime::parse_from_rfc3339("2126-11-23T12:00:00+01:00").unwrap(), today: today() }
}

pub fn open(path: &Path) -> Store {
    let options = Options { busy_timeout: Duration::from_millis(250), rules: Rules::default() };
    Store::open(path, options).unwrap()
}

fn make(path: &Path, habits: i64, days: i64) {
    let start = plus(today(), -days);
    let mut ids = IdSource::new(1, 1);
    let mut store = open(path);
    let schedules = ["daily", "3/week", "mon,wed,fri", "every 4 days"];
    let ids: Vec<_> = (0..habits)
        .zip(schedules.iter().cycle())
        .map(|(position, schedule)| {
            let habit = HabitId(ids.next_uuid());
            let change = Change::HabitAdd {
                seconds: 10,
                is_review: false,
                habit,
                name: format!("Habit {position}"),
                topic: None,
                position,
                recipe: Recipe::default(),
                schedule: schedule.parse().unwrap(),
                from: start,
            };
            store.apply(&change, &stamp()).unwrap();
            habit
        })
        .collect();
    store.close().unwrap();

    let mut sql = Connection::open(path).unwrap();
    let all = sql.transaction().unwrap();
    let mut insert =
        all.prepare("INSERT INTO check_in (habit, day, mark) VALUES (?1, ?2, ?3)").unwrap();
    for (habit, id) in (0..).zip(&ids) {
        let id = id.0.to_string();
        for day in 0..days {
            // Misses and rests here and there, so that streaks end and begin.
            let mark = match (day * day + 7 * day * habit) % 97 {
                13 => "rest",
                0..=9 => continue,
                _ => "done",
            };
            let day = plus(start, day).to_string();
            insert.execute([&*id, &day, mark]).unwrap();
        }
    }
    drop(insert);
    all.commit().unwrap();
    sql.close().unwrap();

    let mut store = open(path);
    store.refresh_checkpoints(today()).unwrap();
    store.close().unwrap();
}
