//! A disk without room: a small one, which only root may make; else the test says so and stops.

use super::*;
use crate::damage::SmallDisk;

const NO_ROOM: &str = "{db} can only be read: there was no room on its disk when it was opened, or \
    the disk failed. Nothing was saved. Free some space or check the disk, and start inch again";

#[test]
fn a_full_disk_loses_nothing_and_is_told_of() {
    let person = Person::without_a_file();
    let folder = person.db.parent().unwrap();
    let Some(disk) = SmallDisk::at(folder, 1024) else { return };
    person.say(&["habit", "add", "Read"]);
    person.say(&["habit", "add", "Write"]);
    person.say(&["done", "Write"]);
    person.say(&["backup"]);
    person.write("a.csv", "Read,2026-11-03,done\n");
    let old = folder.join("old.db");
    opening::older(&old);
    let filler = disk.fill();
    for (args, message) in [
        (&["done"][..], NO_ROOM),
        (&["habit", "add", "New"], NO_ROOM),
        (&["undo"], NO_ROOM),
        (&["-q", "import", "a.csv"], NO_ROOM),
        (
            &["--db", old.to_str().unwrap(), "status"],
            &NO_ROOM.replace("{db}", old.to_str().unwrap()),
        ),
        (
            &["backup"],
            "the disk that holds {home}/data/inch/backups is full. No backup was made, and your \
             data is as it was. Free some space and try again",
        ),
        (
            &["export", "everything", "-o", "data/inch/all.json"],
            "data/inch/all.json can't be written: no space left on device. Nothing was written. \
             Free some space, or choose another disk",
        ),
        (
            &["--db", "data/inch/new.db", "habit", "add", "New"],
            "the disk that holds {home}/data/inch/new.db is full. Nothing was left behind. \
             Free some space and try again",
        ),
    ] {
        person.refuses(&row(format!("{args:?}"), args, 74, message));
    }
    assert!(person.say(&["status"]).contains("1 of 2 done"), "it can be browsed");
    fs::remove_file(&filler).unwrap();
    person.say(&["done"]);
    person.say(&["backup"]);
    person.say(&["doctor"]);
}

#[test]
fn a_full_folder_for_copies_is_told_of_and_not_the_file() {
    let person = Person::new();
    let folder = person.home.path().join("tmp");
    let Some(disk) = SmallDisk::at(&folder, 4096) else { return };
    // What is read in a copy.
    opening::crashed(&person.db, "UPDATE habit SET name = 'Newer'");
    person.say_with(&["doctor"], &[("TMPDIR", &folder)], 77);
    disk.fill();
    let told = person.say_with(&["doctor"], &[("TMPDIR", &folder)], 74);
    let expected = person.filled(
        "{db} can only be read in a copy, and none could be made in {home}/tmp: no space left on \
         device. It is as it was. Free some space there, or name another folder with the variable \
         TMPDIR",
    );
    assert!(told.contains(&expected), "{told}");
    assert!(!told.contains("`inch restore`"), "{told}");
    person.say_with(&["doctor"], &[], 77);
}
