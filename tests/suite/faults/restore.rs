//! A restore that is killed at each of its calls, and one where a file has but one name.
//!
//! Owns that of two files one is always there, whole, and that nothing is gone of the other.

use std::{
    fs,
    os::unix::{fs::MetadataExt as _, process::ExitStatusExt as _},
    path::{Path, PathBuf},
    process::Stdio,
};

use super::{Found, Victim, day, read_whole, share, shim, succeeded};

/// Where a kill met the restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// What was there has its place, and is nowhere else.
    Before,
    /// It is kept elsewhere as well.
    In,
    /// The restored one has its place.
    After,
}

/// A file, and a backup of it with a tick less.
struct Restorable {
    victim: Victim,
    copy: PathBuf,
    /// What the copy holds.
    copied: Found,
    bytes: Vec<u8>,
}

impl Restorable {
    fn new() -> Self {
        let victim = Victim::with_habits();
        succeeded(victim.done("Read", day(0)).output());
        let copy = victim.root.join("copy.db");
        succeeded(victim.inch(&["backup", copy.to_str().unwrap()]).output());
        succeeded(victim.done("Read", day(1)).output());
        let bytes = fs::read(&victim.file).unwrap();
        // To read it makes files beside it.
        let read = victim.root.join("read.db");
        fs::copy(&copy, &read).unwrap();
        Self { copied: read_whole(&read), victim, copy, bytes }
    }

    fn folder(&self) -> &Path {
        self.victim.file.parent().unwrap()
    }

    /// The file alone, as it was at first.
    fn lay(&self) -> u64 {
        fs::remove_dir_all(self.folder()).unwrap();
        fs::create_dir(self.folder()).unwrap();
        fs::write(&self.victim.file, &self.bytes).unwrap();
        fs::metadata(&self.victim.file).unwrap().ino()
    }

    fn restore(&self) -> std::process::Command {
        self.victim.inch(&["restore", "--yes", self.copy.to_str().unwrap()])
    }

    /// What of it is kept elsewhere.
    fn kept(&self) -> Option<PathBuf> {
        let folders = [self.folder().to_owned(), self.folder().join("backups")];
        let entries = folders.into_iter().flat_map(fs::read_dir).flatten().flatten();
        entries.map(|entry| entry.path()).find(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.ends_with(".before-restore") || name.starts_with("inch.db.damaged-")
        })
    }

    /// Kills a restore at its calls, one after the other, until one comes to its end.
    fn killed_at_each_call(&self, check: impl Fn(&Self, Moment, Option<PathBuf>)) {
        let (mut moments, mut call, mut step) = (Vec::new(), 1, share(5, 1));
        loop {
            let inode = self.lay();
            let mut command = self.restore();
            command.envs(shim::told(&self.victim.root, [("SHIM_KILL", call.to_string())]));
            let output = command.stdout(Stdio::null()).output().unwrap();
            let is_over = output.status.success();
            let is_killed = output.status.signal() == Some(9);
            assert!(is_over || is_killed, "call {call}: {output:?}");
            let (kept, now) = (self.kept(), fs::metadata(&self.victim.file).unwrap().ino());
            let moment = match (now == inode, &kept) {
                (true, None) => Moment::Before,
                (true, Some(_)) => Moment::In,
                (false, _) => Moment::After,
            };
            if (is_over || moment != Moment::Before) && step > 1 {
                // Long before the swap, some calls are as good as all; but here every one counts.
                call -= step - 1;
                step = 1;
                continue;
            }
            if is_over {
                break;
            }
            check(self, moment, kept);
            moments.push(moment);
            call += step;
        }
        let count = |wanted| moments.iter().filter(|moment| **moment == wanted).count();
        let counts = [Moment::Before, Moment::In, Moment::After].map(count);
        assert!(counts.iter().all(|count| *count > 0), "before, in and after: {counts:?}");
        println!("{} kills before, in and after the swap: {counts:?}", moments.len());
    }
}

#[test]
fn a_restore_killed_at_any_call_leaves_one_file_or_the_other() {
    let restorable = Restorable::new();
    let before = read_whole(&restorable.victim.file);
    restorable.killed_at_each_call(|restorable, moment, kept| {
        let found = read_whole(&restorable.victim.file);
        assert_eq!(&found, if moment == Moment::After { &restorable.copied } else { &before });
        if let Some(kept) = kept {
            assert_eq!(read_whole(&kept), before, "{moment:?}");
        } else {
            assert_ne!(moment, Moment::After);
        }
    });
}

#[test]
fn a_damaged_file_is_never_gone_while_a_restore_is_killed() {
    let mut restorable = Restorable::new();
    restorable.bytes[4_096..40_960].fill(0x5a);
    restorable.killed_at_each_call(|restorable, moment, kept| {
        if moment == Moment::After {
            assert_eq!(read_whole(&restorable.victim.file), restorable.copied);
        } else {
            assert_eq!(fs::read(&restorable.victim.file).unwrap(), restorable.bytes);
        }
        match kept {
            Some(kept) => assert_eq!(fs::read(kept).unwrap(), restorable.bytes),
            None => assert_eq!(moment, Moment::Before),
        }
        // What was left half does not hinder the next one.
        succeeded(restorable.restore().output());
        assert_eq!(read_whole(&restorable.victim.file), restorable.copied);
        let names =
            fs::read_dir(restorable.folder()).unwrap().map(|entry| entry.unwrap().file_name());
        let names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        assert!(names.iter().all(|name| !name.contains("unfinished")), "{names:?}");
    });
}

/// An error at a call, told as it is: who says that nothing was done has done nothing.
fn told_at_each_call(restorable: &Restorable, before: Option<&Found>) {
    let (mut call, mut told, mut went_well) = (1, 0, 0);
    loop {
        let inode = restorable.lay();
        let fails = [("SHIM_FAIL", format!("{call} {}", rustix::io::Errno::IO.raw_os_error()))];
        let mut command = restorable.restore();
        command.envs(shim::told(&restorable.victim.root, fails));
        let output = command.output().unwrap();
        let now = fs::metadata(&restorable.victim.file).map(|found| found.ino()).ok();
        let (is_old, kept) = (now == Some(inode), restorable.kept());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            assert_eq!(read_whole(&restorable.victim.file), restorable.copied, "call {call}");
            went_well += 1;
            if went_well > 20 {
                break;
            }
        } else {
            (told, went_well) = (told + 1, 0);
            let is_damaged_kept =
                kept.as_ref().is_some_and(|kept| !kept.to_str().unwrap().contains("backups"));
            if !is_old {
                assert!(
                    said.contains("was written whole, but")
                        && said.contains("What was there is kept as"),
                    "{call}: {said}"
                );
                assert_eq!(read_whole(&restorable.victim.file), restorable.copied);
            } else if is_damaged_kept {
                assert!(
                    said.contains("could not be restored") && said.contains("kept as"),
                    "{call}: {said}"
                );
            } else if let Some(before) = before {
                assert_eq!(&read_whole(&restorable.victim.file), before, "{call}: {said}");
            } else {
                let bytes = fs::read(&restorable.victim.file).unwrap();
                assert!(bytes == restorable.bytes, "{call}: {said}");
            }
            // What was left does not hinder the next one.
            succeeded(restorable.restore().output());
            assert_eq!(read_whole(&restorable.victim.file), restorable.copied);
        }
        call += 1;
    }
    println!("{told} errors in a restore, each told as it was");
    assert!(told > 20);
}

#[test]
fn an_error_at_any_call_of_a_restore_is_told_as_it_is() {
    let mut restorable = Restorable::new();
    let before = read_whole(&restorable.victim.file);
    told_at_each_call(&restorable, Some(&before));
    restorable.bytes[4_096..40_960].fill(0x5a);
    told_at_each_call(&restorable, None);
}

#[test]
fn where_a_file_has_but_one_name_a_damaged_one_is_kept_all_the_same() {
    let mut restorable = Restorable::new();
    restorable.bytes[4_096..40_960].fill(0x5a);
    restorable.lay();
    let here = restorable.victim.home.path().join("no-links");
    fs::write(&here, "").unwrap();
    let told = [("SHIM_WHILE", format!("l {} {}", no_links(), here.display()))];
    let mut command = restorable.restore();
    succeeded(command.envs(shim::told(&restorable.victim.root, told)).output());
    assert_eq!(fs::read(restorable.kept().unwrap()).unwrap(), restorable.bytes);
    assert_eq!(read_whole(&restorable.victim.file), restorable.copied);
}

/// What a link fails with on a file system that has none.
fn no_links() -> i32 {
    rustix::io::Errno::PERM.raw_os_error()
}
