//! An export onto a disk that fails once, at each of its calls.
//!
//! Owns that what is said of the files is what became of them.

use std::{collections::BTreeSet, fs, path::Path};

use super::{Victim, shim, succeeded};

const OLD: &str = "old";

/// What a failed export said that it came to, and did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Nothing,
    Some,
    Whole,
}

/// The files of a folder that is there, new ones and old ones.
fn files(folder: &Path) -> [BTreeSet<String>; 2] {
    let mut files = [const { BTreeSet::new() }; 2];
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let is_old = fs::read_to_string(&path).unwrap() == OLD;
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(!name.starts_with(".inch-"), "{name} was left behind");
        files[usize::from(is_old)].insert(name.to_owned());
    }
    files
}

/// The names after a word, up to the end of the sentence.
fn named(said: &str, word: &str) -> BTreeSet<String> {
    let (_, names) = said.split_once(word).unwrap();
    let (names, _) = names.split_once(". ").unwrap();
    names.split(", ").map(str::to_owned).collect()
}

/// Exports with `arguments` and a path below the folder, over what is there of `old`.
fn told_at_each_call(arguments: &[&str], below: &str, old: &BTreeSet<String>) -> BTreeSet<End> {
    let victim = Victim::with_habits();
    let disk = victim.root.join("out");
    let (to, log) = (disk.join(below), victim.home.path().join("log"));
    let folder = if below == "tables" { to.clone() } else { disk.clone() };
    let mut ends = BTreeSet::new();
    for call in 1.. {
        let _ = fs::remove_dir_all(&disk);
        let _ = fs::remove_file(&log);
        fs::create_dir(&disk).unwrap();
        for name in old {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(name), OLD).unwrap();
        }
        let mut command = victim.inch(&["export"]);
        command.args(arguments).args(["--force", "-o", to.to_str().unwrap()]);
        let fail = format!("{call} {}", rustix::io::Errno::IO.raw_os_error());
        let log_to = log.to_str().unwrap().to_owned();
        command.envs(shim::told(&disk, [("SHIM_FAIL", fail), ("SHIM_LOG", log_to)]));
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let [new, kept] = files(&folder);
        if shim::failures(&log) == 0 {
            assert!(succeeded(Ok(output)).stderr.is_empty() && kept.is_empty());
            break;
        }
        assert_eq!(output.status.code(), Some(74), "call {call}: {said}");
        let end = if said.contains("Nothing was written") {
            assert!(new.is_empty() && &kept == old, "call {call}: {said}");
            End::Nothing
        } else if said.contains("was written whole, but the disk did not confirm it") {
            assert!(kept.is_empty() && !new.is_empty(), "call {call}: {said}");
            End::Whole
        } else {
            assert_eq!(named(&said, "Written by then: "), new, "call {call}: {said}");
            assert_eq!(named(&said, "Not written: "), kept, "call {call}: {said}");
            End::Some
        };
        ends.insert(end);
    }
    ends
}

#[test]
fn a_file_is_told_of_as_it_is() {
    let old = BTreeSet::from(["page.md".to_owned()]);
    for old in [&old, &BTreeSet::new()] {
        let ends = told_at_each_call(&["portfolio"], "page.md", old);
        assert_eq!(ends, BTreeSet::from([End::Nothing, End::Whole]));
    }
}

#[test]
fn tables_are_told_of_as_they_are() {
    let everything = ["everything", "--format", "csv"];
    let ends = told_at_each_call(&everything, "tables", &BTreeSet::new());
    assert_eq!(ends, BTreeSet::from([End::Nothing, End::Whole]));
    let victim = Victim::with_habits();
    let folder = victim.root.join("tables");
    let export = ["export", "everything", "--format", "csv", "-o", folder.to_str().unwrap()];
    succeeded(victim.inch(&export).output());
    let [old, _] = files(&folder);
    assert!(old.len() > 10, "{old:?}");
    let ends = told_at_each_call(&everything, "tables", &old);
    assert_eq!(ends, BTreeSet::from([End::Nothing, End::Some, End::Whole]));
}
