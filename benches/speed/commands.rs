//! Whole commands, as a shell starts them, beside the least that a program can do.
//!
//! Owns how a command is started. The ratios that count: `status` to `nothing`, `done` to
//! `write_and_sync`; the fastest of each, for whatever else runs comes on top.

use std::{
    ffi::OsStr,
    fmt, fs,
    path::Path,
    process::{Command, Stdio},
};

use divan::Bencher;
use inch::store::Store;

use crate::files::{History, open, today};

const INCH: &str = env!("CARGO_BIN_EXE_inch");

/// Who else has the file open.
#[derive(Clone, Copy)]
enum Beside {
    Nobody,
    Another,
}

impl fmt::Display for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nobody => "alone",
            Self::Another => "open elsewhere",
        })
    }
}

impl Beside {
    fn opened(self, path: &Path) -> Option<Store> {
        match self {
            Self::Nobody => None,
            Self::Another => Some(open(path)),
        }
    }
}

fn run(program: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) {
    let mut command = Command::new(program);
    let status = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).status();
    assert!(status.unwrap().success(), "{command:?}");
}

fn inch(path: &Path, arguments: &[&str]) {
    let today = today().to_string();
    let common = ["--db", path.to_str().unwrap(), "--today", &today];
    run(INCH, common.iter().chain(arguments));
}

/// A program that ends at once.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn nothing(bencher: Bencher) {
    bencher.bench_local(|| run("/bin/true", [""; 0]));
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn version(bencher: Bencher) {
    bencher.bench_local(|| run(INCH, ["--version"]));
}

#[divan::bench(args = [Beside::Nobody, Beside::Another], sample_count = 200, sample_size = 1)]
fn status(bencher: Bencher, beside: Beside) {
    let path = History::TenRows.path();
    let _held = beside.opened(&path);
    bencher.bench_local(|| inch(&path, &["status"]));
}

/// A program that writes one page and syncs it.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn write_and_sync(bencher: Bencher) {
    let path = History::TenRows.path().with_file_name("page");
    fs::write(&path, [0; 4_096]).unwrap();
    let to = format!("of={}", path.display());
    let page = ["if=/dev/zero", &to, "bs=4096", "count=1", "conv=fdatasync,notrunc", "status=none"];
    bencher.bench_local(|| run("dd", page));
}

#[divan::bench(args = [Beside::Nobody, Beside::Another], sample_count = 200, sample_size = 1)]
fn done(bencher: Bencher, beside: Beside) {
    let path = History::TenRows.path();
    let _held = beside.opened(&path);
    let undo = || inch(&path, &["undo", "-q"]);
    inch(&path, &["done", "-q", "Habit 0"]);
    bencher.with_inputs(undo).bench_local_values(|()| inch(&path, &["done", "-q", "Habit 0"]));
    undo();
}
