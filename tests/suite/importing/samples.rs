//! A small history in every format and generation.
//!
//! Those whose names begin with `real-` were written by the programs themselves and are in the folder
//! `real`: by dijo 0.2.7 (with erased-serde 0.3.31 and typetag 0.1.8, for the locked ones stop when
//! saving), habitctl 0.3.2 and harsh 0.14.3, on made-up days. Only the lines of `habits` were typed into
//! an editor, as both ask for. All others are made by hand, from what is documented of each version
//! (and, for the columns, from the programs' own exporters and migrations).

use std::{
    fs,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use zip::{ZipWriter, write::SimpleFileOptions};

/// Files by their names. One alone is the input; several are a folder.
pub type Files = Vec<(&'static str, Vec<u8>)>;

/// A sample: its name, the format that it is of, and its files.
pub struct Sample {
    pub name: &'static str,
    pub format: &'static str,
    pub files: Files,
}

impl Sample {
    /// Writes it into the folder, and says what is to be imported.
    pub fn write(&self, folder: &Path) -> PathBuf {
        write(&self.files, folder)
    }
}

/// Writes files, and says what is to be imported.
pub fn write(files: &Files, folder: &Path) -> PathBuf {
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    match files.as_slice() {
        [(name, _)] => folder.join(name),
        _ => folder.to_owned(),
    }
}

/// Every sample.
pub fn all() -> Vec<Sample> {
    let sample = |name, format, files| Sample { name, format, files };
    let file = |name, bytes: Vec<u8>| vec![(name, bytes)];
    let folder = |[habits, log]: [&str; 2]| vec![("habits", habits.into()), ("log", log.into())];
    vec![
        sample("loop-csv-2025", "loop", file("Loop Habits CSV.zip", loop_csv_2025())),
        sample("loop-csv-2021", "loop", file("Loop Habits CSV.zip", loop_csv_2021())),
        sample("loop-csv-2019", "loop", file("Loop Habits CSV.zip", loop_csv_2019())),
        sample("loop-csv-2015", "loop", file("Loop Habits CSV.zip", loop_csv_2015())),
        sample("loop-db-9", "loop", file("Loop Habits Backup.db", loop_db(9))),
        sample("loop-db-16", "loop", file("Loop Habits Backup.db", loop_db(16))),
        sample("loop-db-18", "loop", file("Loop Habits Backup.db", loop_db(18))),
        sample("loop-db-23", "loop", file("Loop Habits Backup.db", loop_db(23))),
        sample("loop-db-24", "loop", file("Loop Habits Backup.db", loop_db(24))),
        sample("loop-db-25", "loop", file("Loop Habits Backup.db", loop_db(25))),
        sample("loop-db-26", "loop", file("Loop Habits Backup.db", loop_db(26))),
        sample("harsh", "harsh", harsh()),
        sample("real-harsh", "harsh", folder(HARSH)),
        sample("habitctl", "habitctl", habitctl()),
        sample("real-habitctl", "habitctl", folder(HABITCTL)),
        sample("dijo", "dijo", file("habit_record.json", DIJO.into())),
        sample("real-dijo", "dijo", file("habit_record.json", REAL_DIJO.into())),
        sample("real-dijo-auto", "dijo", file("habit_record[auto].json", REAL_DIJO_AUTO.into())),
        sample("habitbull-iso", "habitbull", file("HabitBull.csv", HABITBULL_ISO.into())),
        sample("habitbull-slashes", "habitbull", file("HabitBull.csv", HABITBULL_SLASHES.into())),
        sample("csv", "csv", file("habits.csv", CSV.into())),
    ]
}

/// The sample of that name.
pub fn named(name: &str) -> Sample {
    all().into_iter().find(|sample| sample.name == name).unwrap()
}

/// A zip of these members.
pub fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The same zip with all of it in one folder.
pub fn wrapped(zip: &[u8], folder: &str) -> Vec<u8> {
    let mut packed = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut wrapped = ZipWriter::new(Cursor::new(Vec::new()));
    wrapped.add_directory(folder, SimpleFileOptions::default()).unwrap();
    for at in 0..packed.len() {
        let member = packed.by_index_raw(at).unwrap();
        let name = format!("{folder}/{}", member.name().unwrap());
        wrapped.raw_copy_file_rename(member, name).unwrap();
    }
    wrapped.finish().unwrap().into_inner()
}

const HABITS_2025: &str = "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,Target Value,Archived?\n\
001,Meditate,YES_NO,Did you meditate this morning?,ten breaths,1,1,#FF8F00,,,,false\n\
002,\"Run, slowly\",NUMERICAL,How far?,,3,7,#00897B,km,AT_LEAST,5.0,false\n\
003,Sugar,NUMERICAL,,,1,1,#AFB42B,cubes,AT_MOST,2.0,false\n\
004,日本語,YES_NO,,,3,10,#AFB42B,,,,true\n\
005,Never begun,YES_NO,,,1,30,#AFB42B,,,,false\n";

/// Since June 2025: words, notes, and a header in every file.
fn loop_csv_2025() -> Vec<u8> {
    zipped(&[
        ("Habits.csv", HABITS_2025),
        ("001 Meditate/Scores.csv", "Date,Score\n2026-11-05,0.5\n"),
        (
            "001 Meditate/Checkmarks.csv",
            "Date,Value,Notes\n2026-11-06,UNKNOWN,\n2026-11-05,YES_MANUAL,\"two\nlines, \"\"quoted\"\"\"\n2026-11-04,SKIP,ill\n2026-11-03,YES_AUTO,\n2026-11-02,NO,forgot\n2026-11-01,YES_MANUAL,\n2026-10-31,NO,\n",
        ),
        (
            "002 Run slowly/Checkmarks.csv",
            "Date,Value,Notes\n2026-11-05,5000,\n2026-11-04,UNKNOWN,\n2026-11-03,4999,tired\n2026-11-02,SKIP,\n",
        ),
        (
            "003 Sugar/Checkmarks.csv",
            "Date,Value,Notes\n2026-11-05,NO,\n2026-11-04,2000,\n2026-11-03,5000,cake\n",
        ),
        (
            "004/Checkmarks.csv",
            "Date,Value,Notes\n2026-03-05,YES_MANUAL,\n2026-03-01,YES_MANUAL,\n",
        ),
        ("005 Never begun/Checkmarks.csv", "Date,Value,Notes\n"),
        ("Checkmarks.csv", "Date,Meditate,Run, slowly,Sugar,日本語,Never begun,\nrubbish\n"),
        ("Scores.csv", "Date,Meditate,\n"),
    ])
}

/// The columns of today, and days without a header, notes or words.
fn loop_csv_2021() -> Vec<u8> {
    zipped(&[
        ("Habits.csv", HABITS_2025),
        (
            "001 Meditate/Checkmarks.csv",
            "2026-11-06,-1\n2026-11-05,2\n2026-11-04,3\n2026-11-03,1\n2026-11-02,0\n2026-11-01,2\n",
        ),
        ("002 Run slowly/Checkmarks.csv", "2026-11-05,5000\n2026-11-04,0\n2026-11-03,4999\n"),
        ("003 Sugar/Checkmarks.csv", "2026-11-05,0\n"),
        ("004/Checkmarks.csv", "2026-03-05,2\n2026-03-01,2\n"),
    ])
}

/// Without types, units, targets and archived ones.
fn loop_csv_2019() -> Vec<u8> {
    zipped(&[
        (
            "Habits.csv",
            "Position,Name,Question,Description,NumRepetitions,Interval,Color\n001,Meditate,Did you meditate?,calm,1,1,#FF8F00\n002,Count,,,2,7,#AFB42B\n",
        ),
        ("001 Meditate/Checkmarks.csv", "2026-11-05,2\n2026-11-04,1\n2026-11-03,0\n2026-11-02,3\n"),
        ("002 Count/Checkmarks.csv", "2026-11-05,12500\n2026-11-04,0\n"),
        ("Checkmarks.csv", "Date,Meditate,Count,\n"),
    ])
}

/// Without positions and questions: the description holds the question.
fn loop_csv_2015() -> Vec<u8> {
    zipped(&[
        (
            "Habits.csv",
            "Name,Description,NumRepetitions,Interval,Color\nMeditate,Did you meditate this morning?,1,1,#AFB42B\nWake up early,Did you wake up before 6am?,2,3,#00897B\n",
        ),
        ("001 Meditate/Checkmarks.csv", "2015-01-25,2\n2015-01-24,0\n"),
        ("002 Wake up early/Checkmarks.csv", "2015-01-25,1\n2015-01-24,2\n"),
    ])
}

/// A backup with the columns of that version of the schema. Its days are those of January 2026.
pub fn loop_db(version: u32) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loop.db");
    let sql = Connection::open(&path).unwrap();
    let run = |text: &str| sql.execute_batch(text).unwrap();
    run("PRAGMA foreign_keys = OFF;");
    for (_, text) in LOOP.iter().filter(|(first, _)| *first <= version) {
        run(text);
    }
    run("UPDATE Repetitions SET timestamp = (20453 + timestamp) * 86400000;");
    run(&format!("PRAGMA user_version = {version};"));
    sql.close().unwrap();
    fs::read(&path).unwrap()
}

/// What each version of the schema came with, and what a person then put into it.
const LOOP: [(u32, &str); 9] = [
    (
        9,
        "CREATE TABLE android_metadata (locale TEXT);
         CREATE TABLE Habits (id INTEGER PRIMARY KEY AUTOINCREMENT, archived INTEGER, color INTEGER,
           description TEXT, freq_den INTEGER, freq_num INTEGER, highlight INTEGER, name TEXT,
           position INTEGER, reminder_hour INTEGER, reminder_min INTEGER);
         CREATE TABLE Repetitions (id INTEGER PRIMARY KEY AUTOINCREMENT,
           habit INTEGER REFERENCES Habits (id), timestamp INTEGER);
         INSERT INTO Habits (id, archived, description, freq_den, freq_num, name, position) VALUES
           (1, 0, 'Did you meditate this morning?', 1, 1, 'Meditate', 1),
           (2, 1, '', 10, 3, 'Old one', 0),
           (4, 0, 'How far?', 7, 3, 'Run', 2);
         INSERT INTO Repetitions (id, habit, timestamp) VALUES (1, 1, 1), (2, 1, 2), (3, 2, 5),
           (4, 4, 3);
         -- What version 22 drops: a day twice, days of no habit, and nothing at all.
         INSERT INTO Repetitions (id, habit, timestamp) VALUES (5, 1, 1), (6, 77, 1), (7, NULL, 1),
           (8, 1, NULL);",
    ),
    (11, "ALTER TABLE Habits ADD COLUMN reminder_days INTEGER NOT NULL DEFAULT 127;"),
    (
        16,
        "ALTER TABLE Habits ADD COLUMN type INTEGER NOT NULL DEFAULT 0;
         ALTER TABLE Repetitions ADD COLUMN value INTEGER NOT NULL DEFAULT 2;
         UPDATE Habits SET type = 1 WHERE id = 4;
         UPDATE Repetitions SET value = 5500 WHERE id = 4;
         INSERT INTO Repetitions (id, habit, timestamp, value) VALUES (11, 1, 10, 3),
           (12, 1, 11, 0), (13, 1, 12, 1), (14, 1, 13, -1), (15, 4, 4, 4000);",
    ),
    (
        18,
        "ALTER TABLE Habits ADD COLUMN target_type INTEGER NOT NULL DEFAULT 0;
         ALTER TABLE Habits ADD COLUMN target_value REAL NOT NULL DEFAULT 0;
         ALTER TABLE Habits ADD COLUMN unit TEXT NOT NULL DEFAULT \"\";
         UPDATE Habits SET target_value = 5.0, unit = 'km' WHERE id = 4;",
    ),
    (
        22,
        "DELETE FROM Repetitions WHERE habit IS NULL OR timestamp IS NULL
           OR habit NOT IN (SELECT id FROM Habits)
           OR id NOT IN (SELECT min(id) FROM Repetitions GROUP BY habit, timestamp);
         ALTER TABLE Repetitions RENAME TO Older;
         CREATE TABLE Repetitions (id INTEGER PRIMARY KEY AUTOINCREMENT,
           habit INTEGER NOT NULL REFERENCES Habits (id), timestamp INTEGER NOT NULL,
           value INTEGER NOT NULL);
         CREATE UNIQUE INDEX idx_repetitions_habit_timestamp ON Repetitions (habit, timestamp);
         INSERT INTO Repetitions SELECT * FROM Older;
         DROP TABLE Older;",
    ),
    (
        23,
        "ALTER TABLE Habits ADD COLUMN question TEXT;
         UPDATE Habits SET question = description;
         UPDATE Habits SET description = '';
         UPDATE Habits SET description = 'along the river' WHERE id = 4;",
    ),
    (
        24,
        "ALTER TABLE Habits ADD COLUMN uuid TEXT;
         UPDATE Habits SET uuid = '0a1b2c3d4e5f60718293a4b5c6d7e8f9' WHERE id = 1;
         UPDATE Habits SET uuid = '33d4c1a5be2f7066aa11223344556677316162' WHERE id = 2;",
    ),
    (
        25,
        "ALTER TABLE Repetitions ADD COLUMN notes TEXT;
         UPDATE Repetitions SET notes = 'windy' WHERE id = 4;
         UPDATE Repetitions SET notes = 'asked myself why' WHERE id = 14;
         INSERT INTO Habits (id, archived, freq_den, freq_num, name, position, type,
           target_type, target_value, unit, question, description) VALUES
           (5, 0, 1, 1, 'Süßes – 砂糖', 3, 1, 1, 2.0, 'Würfel', '', ''),
           (6, 0, 5, 1, 'Run', 4, 0, 0, 0, '', '', '');
         INSERT INTO Repetitions (id, habit, timestamp, value, notes) VALUES
           (21, 5, 1, 0, ''), (22, 5, 2, 2000, ''), (23, 5, 3, 2001, 'Kuchen,\n日本語'),
           (24, 5, 4, 3, 'krank'), (25, 5, 5, -1, ''), (26, 6, 6, 2, '');",
    ),
    // Nothing is known of this version: it stands for whatever Loop comes to add.
    (
        26,
        "ALTER TABLE Habits ADD COLUMN freq_mode INTEGER NOT NULL DEFAULT 0;
         CREATE TABLE HabitGroups (id INTEGER PRIMARY KEY, name TEXT);",
    ),
];

fn harsh() -> Files {
    let habits = "# what I track\r\n! Dailies\nMeditated: 1\n\n! Weeklies\nGym: 3/7\nCleaned House: 7\nCalled Mom: 1w\nNew Skill: 3/10\nToo much coffee: 0\nRetired: 1: 2026-06-01\nTo end: 2: 2026-12-24\n";
    let log = "# nothing\n2026-11-01 : Meditated : y : calm : \n2026-11-01 : Gym : y : Leg day : 1.5\n2026-11-02 : Meditated : y :  : \n2026-11-02 : Meditated : n :  : \n2026-11-03 : Meditated : n : late : 0\n2026-11-03 : Meditated : y :  : 20\n2026-11-04 : Gym : s\n2026-11-04 : Cleaned House : y : \n2026-05-01 : Retired : y :  :\n2026-05-02 : Forgotten : y\n2026-11-05 : Too much coffee : y\n";
    vec![("habits", habits.into()), ("log", log.into())]
}

fn habitctl() -> Files {
    let habits = "# The numbers specifies how often\n1 Meditated\n7 Cleaned the apartment\n0 Had a headache\n400 Saw the sea\n";
    let log = "2026-11-01\tMeditated\ty\n2026-11-01\tMeditated\tn\n2026-11-01\tHad a headache\tn\n2026-11-01\tHad a headache\ty\n\n2026-11-02\tMeditated\ts\n2026-11-03\tCleaned the apartment\ty\n2026-10-01\tGone\ty\n";
    vec![("habits", habits.into()), ("log", log.into())]
}

/// The files `habits` and `log` of a program.
const HARSH: [&str; 2] = [include_str!("real/harsh-habits"), include_str!("real/harsh-log")];
const HABITCTL: [&str; 2] =
    [include_str!("real/habitctl-habits"), include_str!("real/habitctl-log")];

const REAL_DIJO: &str = include_str!("real/dijo.json");
const REAL_DIJO_AUTO: &str = include_str!("real/dijo-auto.json");

const DIJO: &str = r#"[
  {"type": "Bit", "name": "meditate", "stats": {"2026-11-02": true, "2026-11-01": false}, "goal": true, "auto": false},
  {"type": "Count", "name": "water", "stats": {"2026-11-01": 8, "2026-11-02": 3, "2026-11-03": 0}, "goal": 8, "auto": false},
  {"type": "Float", "name": "run", "stats": {"2026-11-01": {"value": 55, "precision": 1}, "2026-11-02": {"value": 49, "precision": 1}},
   "goal": {"value": 50, "precision": 1}, "precision": 1, "auto": true}
]"#;

const HABITBULL_ISO: &str = "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\nBreed dragons,with love and fire,Diet & Food,2026-03-18,1,text\nBreed dragons,with love and fire,Diet & Food,2026-03-19,0,\nPushups,,Fitness,2026-03-18,30,\"hard, really\"\nPushups,,Fitness,2026-03-19,-2150000000,\nPushups,,Fitness,2026-03-20,,\nPushups,,Fitness,2026-03-21,,ill\n";

const HABITBULL_SLASHES: &str = "\u{feff}HabitName,HabitDescription,HabitCategory,DateNumber,Date,Value,Notes\r\nH1,,C1,1,11/5/2020,1,\r\nH1,,C1,2,11/13/2020,1,\r\n";

const CSV: &str = "habit,date,mark,note\nRead one figure,2026-11-21,done,the loss has a second dip\nRead one figure,2026-11-22,rest,\n\"One push-up, early\",2026-11-22,,\"forgot\nit\"\n'=SUM(1),2026-11-20,done,'+1\n";
