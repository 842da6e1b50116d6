//! The shim between a program and its disk: built once, and told what to do.
//!
//! Owns the building of `shim.c` and the reading of its log. Must not know what the records mean for
//! a disk.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/faults/shim.c");

/// How long the fixed part of a record is.
const HEAD: usize = 32;

/// The built library.
pub(super) fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| built(SOURCE, "shim.so", &["-shared", "-fPIC", "-ldl"]))
}

/// Builds something written in C for the tests.
pub(crate) fn built(source: &str, name: &str, flags: &[&str]) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    // Other test runs may be using it: made beside its place, then renamed.
    let unfinished = place.join(format!("{}-{name}", std::process::id()));
    let output = Command::new(std::env::var_os("CC").unwrap_or("cc".into()))
        .args(["-O1", "-Wall", "-Wextra", "-Werror", "-o"])
        .args([unfinished.as_os_str(), OsStr::new(source)])
        .args(flags)
        .output()
        .expect("a C compiler, which inch is built with, too");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let built = place.join(name);
    fs::rename(unfinished, &built).unwrap();
    built
}

/// What the shim is told: names and values of its environment.
pub(super) fn told<'a>(
    under: &Path,
    rest: impl IntoIterator<Item = (&'a str, String)>,
) -> Vec<(&'a str, String)> {
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let mut told = vec![("LD_PRELOAD", text(library())), ("SHIM_UNDER", text(under))];
    told.extend(rest);
    told
}

/// One thing that was done.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) kind: char,
    pub(super) pid: u32,
    pub(super) node: u64,
    pub(super) at: u64,
    /// Mostly a path.
    pub(super) first: Vec<u8>,
    pub(super) second: Vec<u8>,
}

impl Record {
    pub(super) fn path(&self) -> PathBuf {
        text(&self.first).into()
    }
}

pub(super) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Everything that was done so far; nothing when nothing was.
pub(super) fn read(log: &Path) -> Vec<Record> {
    let bytes = fs::read(log).unwrap_or_default();
    let mut rest = bytes.as_slice();
    let mut records = Vec::new();
    while !rest.is_empty() {
        let half = |at: usize| u32::from_ne_bytes(rest[at..at + 4].try_into().unwrap());
        let whole = |at: usize| u64::from_ne_bytes(rest[at..at + 8].try_into().unwrap());
        let (length, first) = (half(0) as usize, half(24) as usize);
        records.push(Record {
            kind: char::from_u32(half(28)).unwrap(),
            pid: half(4),
            node: whole(8),
            at: whole(16),
            first: rest[HEAD..HEAD + first].to_vec(),
            second: rest[HEAD + first..length].to_vec(),
        });
        rest = &rest[length..];
    }
    records
}

/// How many calls the shim made fail.
pub(super) fn failures(log: &Path) -> usize {
    read(log).iter().filter(|record| record.kind == 'f').count()
}
