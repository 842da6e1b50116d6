//! A disk that is really full: a small file system of its own.
//!
//! Owns what is told then, that all acknowledged ticks stay, and that it goes on when there is room.
//! Mounting takes a privileged user; where that can't be, the reason is printed and nothing is tested.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Victim, day, read_whole, share, succeeded};

/// A small file system; it goes when this is dropped.
struct Small(PathBuf);

impl Small {
    /// `None` after saying why there is none.
    fn mount(place: &Path) -> Option<Self> {
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=512k,mode=0700", "inch-test"])
            .arg(place)
            .output();
        match mount {
            Ok(output) if output.status.success() => Some(Self(place.to_owned())),
            Ok(output) => {
                let why = String::from_utf8_lossy(&output.stderr);
                println!("not tested on a full disk, for none can be mounted: {}", why.trim());
                None
            }
            Err(error) => {
                println!("not tested on a full disk, for none can be mounted: {error}");
                None
            }
        }
    }

    /// Leaves no room but `room` bytes.
    fn fill(&self, room: usize) {
        let mut file = fs::File::create(self.0.join("filler")).unwrap();
        let mut length = 0;
        while let Ok(more @ 1..) = file.write(&[1; 4096]) {
            length += more;
        }
        file.set_len(length.saturating_sub(room) as u64).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.0.join("filler")).unwrap();
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(&self.0).status();
        if !std::thread::panicking() {
            assert!(unmounted.unwrap().success());
        }
    }
}

#[test]
fn on_a_full_disk_nothing_is_lost_and_it_goes_on_when_there_is_room() {
    let victim = Victim::new();
    let Some(small) = Small::mount(&victim.root) else { return };
    small.fill(0);
    let first = victim.inch(&["habit", "add", "Read", "--from", "2020-01-01"]);
    let refused = { first }.output().unwrap();
    let told = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(74), "{told}");
    assert!(told.contains("Nothing was left behind"), "{told}");
    assert!(!victim.file.exists());
    small.make_room();
    succeeded(victim.inch(&["habit", "add", "Read", "--from", "2020-01-01"]).output());
    let (mut round, mut full) = (0, 0);
    // A page more of room each time, until a tick fits.
    for pages in 0..share(40, 60) {
        small.fill(pages as usize * 4096);
        let output = victim.done("Read", day(round)).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        if output.status.success() {
            round += 1;
        } else {
            full += 1;
            assert_eq!(output.status.code(), Some(74), "{told}");
            assert!(told.contains("room") || told.contains("is full"), "{told}");
            assert!(told.contains("Nothing was saved"), "{told}");
            // It can be looked at all the same.
            let listed = succeeded(victim.inch(&["log", "Read", "--json"]).output());
            let listed = String::from_utf8(listed.stdout).unwrap();
            assert_eq!(listed.matches("\"done\"").count(), round as usize, "{listed}");
        }
        small.make_room();
        let found = read_whole(&victim.file);
        assert_eq!(found.done, (0..round).map(|at| ("Read".into(), day(at))).collect());
        // With room, the same command works.
        succeeded(victim.done("Read", day(round)).output());
        round += 1;
    }
    assert!(full > 2 && round > full, "{full} times it was full, {round} ticks");
    println!("a full disk met {full} commands, none of the {round} acknowledged ticks was lost");
}
