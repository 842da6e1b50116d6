//! A disk that loses its power: what may be on it afterwards, from a log of what was done.
//!
//! Owns the model. It is harsher than most file systems:
//! - what was written to a file is safe once a sync of that file, begun after the write, has returned;
//!   of everything later each sector is there or not, by chance, so that pages and log frames tear;
//! - a new length is as unsafe as a write, and sectors that never came read as zeros;
//! - a name (made, renamed, removed) is safe once its folder was synced; of later ones, those up to
//!   some moment are there, for file systems keep their order. That a file was synced does not keep
//!   its name;
//! - the shared memory of `SQLite` is never safe: it comes back as noise;
//! - what has been synced stays.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

use super::{
    Dice,
    shim::{Record, text},
};

/// A file or a folder, by a number of our own: inodes come again.
type Id = usize;

#[derive(Debug, Clone, Default)]
struct Node {
    safe: Vec<u8>,
    /// What was done since, with its moment.
    pending: Vec<(usize, Change)>,
    is_folder: bool,
}

#[derive(Debug, Clone)]
enum Change {
    Write { at: usize, data: Vec<u8> },
    Length(usize),
}

/// What happened to names in one step.
#[derive(Debug, Clone)]
struct Step {
    moment: usize,
    folder: PathBuf,
    put: Option<(PathBuf, Id)>,
    gone: Option<PathBuf>,
}

/// The disk at a moment of the log.
#[derive(Debug, Default)]
pub(super) struct Disk {
    root: PathBuf,
    nodes: Vec<Node>,
    /// Which one an inode is now.
    inodes: BTreeMap<u64, Id>,
    /// The names as programs see them, and as they are safe.
    live: BTreeMap<PathBuf, Id>,
    safe: BTreeMap<PathBuf, Id>,
    steps: Vec<Step>,
    moment: usize,
    /// Syncs under way: by process and inode, since when.
    syncing: BTreeMap<(u32, u64), usize>,
}

impl Disk {
    /// A disk with what is under `root` now, all of it safe.
    pub(super) fn new(root: &Path) -> Self {
        let mut disk = Self { root: root.to_owned(), ..Self::default() };
        disk.take_in(root);
        disk.safe = disk.live.clone();
        disk
    }

    fn take_in(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let found = fs::metadata(&path).unwrap();
            let safe = if found.is_dir() { Vec::new() } else { fs::read(&path).unwrap() };
            let id =
                self.add(found.ino(), Node { safe, is_folder: found.is_dir(), ..Node::default() });
            self.live.insert(path.clone(), id);
            if found.is_dir() {
                self.take_in(&path);
            }
        }
    }

    fn add(&mut self, inode: u64, node: Node) -> Id {
        self.nodes.push(node);
        let id = self.nodes.len() - 1;
        self.inodes.insert(inode, id);
        id
    }

    /// Takes in what was done next.
    pub(super) fn follow(&mut self, record: &Record) {
        self.moment += 1;
        let inode = record.node;
        match record.kind {
            'm' => {
                let id = self.add(inode, Node { is_folder: true, ..Node::default() });
                self.step(Some((record.path(), id)), None);
            }
            'o' => self.opened(inode, record.path(), record.at != 0),
            'w' => {
                let at = usize::try_from(record.at).unwrap();
                self.change(inode, Change::Write { at, data: record.second.clone() });
            }
            't' => self.change(inode, Change::Length(usize::try_from(record.at).unwrap())),
            'u' => self.step(None, Some(record.path())),
            'r' => {
                let id = self.live[&record.path()];
                self.step(Some((text(&record.second).into(), id)), Some(record.path()));
            }
            'b' => drop(self.syncing.insert((record.pid, inode), self.moment)),
            'd' => {
                self.reconcile(&record.path(), text(&record.second));
                self.syncing.insert((record.pid, inode), self.moment);
            }
            'e' => {
                let begun = self.syncing.remove(&(record.pid, inode)).unwrap();
                self.synced(inode, begun);
            }
            'a' | 'f' => {}
            other => panic!("a record of kind {other}"),
        }
    }

    fn opened(&mut self, inode: u64, path: PathBuf, is_new: bool) {
        let known = self.live.get(&path).copied();
        if known.is_some() && known == self.inodes.get(&inode).copied() {
            return;
        }
        let known = self.inodes.get(&inode).copied().filter(|_| !is_new);
        if let Some((id, old)) = known.and_then(|id| Some((id, self.name_of(id)?))) {
            // Renamed past the shim.
            self.step(Some((path, id)), Some(old));
        } else {
            // New; or its number is that of one that another process has just removed.
            let id = self.add(inode, Node::default());
            self.step(Some((path, id)), None);
        }
    }

    fn name_of(&self, id: Id) -> Option<PathBuf> {
        self.live.iter().find_map(|(path, named)| (*named == id).then(|| path.clone()))
    }

    /// Finds renames past the shim in a list of what a folder holds.
    fn reconcile(&mut self, folder: &Path, list: &str) {
        let listed: BTreeMap<PathBuf, u64> = list
            .lines()
            .map(|line| line.split_once(' ').unwrap())
            .map(|(inode, name)| (folder.join(name), inode.parse().unwrap()))
            .collect();
        for (path, inode) in &listed {
            let Some(id) = self.inodes.get(inode).copied() else { continue };
            if self.live.get(path) == Some(&id) {
                continue;
            }
            if let Some(old) = self.name_of(id).filter(|old| !listed.contains_key(old)) {
                self.step(Some((path.clone(), id)), Some(old));
            }
        }
    }

    fn step(&mut self, put: Option<(PathBuf, Id)>, gone: Option<PathBuf>) {
        let named = put.as_ref().map(|(path, _)| path).or(gone.as_ref()).unwrap();
        let folder = named.parent().unwrap().to_owned();
        let step = Step { moment: self.moment, folder, put, gone };
        make(&mut self.live, &step);
        self.steps.push(step);
    }

    fn change(&mut self, inode: u64, change: Change) {
        let id = self.inodes[&inode];
        self.nodes[id].pending.push((self.moment, change));
    }

    fn synced(&mut self, inode: u64, begun: usize) {
        let Some(id) = self.inodes.get(&inode).copied() else {
            // The root, which was there before.
            let root = self.root.clone();
            return self.synced_names(&root, begun);
        };
        if self.nodes[id].is_folder {
            if let Some(folder) = self.name_of(id) {
                self.synced_names(&folder, begun);
            }
            return;
        }
        let node = &mut self.nodes[id];
        for (moment, change) in std::mem::take(&mut node.pending) {
            if moment < begun {
                whole(&mut node.safe, &change);
            } else {
                node.pending.push((moment, change));
            }
        }
    }

    fn synced_names(&mut self, folder: &Path, begun: usize) {
        for step in std::mem::take(&mut self.steps) {
            if step.folder == folder && step.moment <= begun {
                make(&mut self.safe, &step);
            } else {
                self.steps.push(step);
            }
        }
    }

    /// Cuts the power: lays into `place` what chance has left of the disk.
    pub(super) fn cut(&self, dice: &mut Dice, place: &Path) {
        let _ = fs::remove_dir_all(place);
        fs::create_dir(place).unwrap();
        let sector = [512, 4096][dice.below(2)];
        // Nothing, hardly anything, half, nearly all, all.
        let kept = [0.0, 0.1, 0.5, 0.9, 1.0][dice.below(5)];
        let mut names = self.safe.clone();
        let mut ends: BTreeMap<&Path, usize> = BTreeMap::new();
        for step in &self.steps {
            let all = self.steps.iter().filter(|other| other.folder == step.folder).count();
            let left = ends.entry(&step.folder).or_insert_with(|| match kept {
                0.0 => 0,
                1.0 => all,
                _ => dice.below(all + 1),
            });
            if *left > 0 {
                *left -= 1;
                make(&mut names, step);
            }
        }
        // Folders come before what is in them.
        for (path, id) in names {
            let node = &self.nodes[id];
            let path = place.join(path.strip_prefix(&self.root).unwrap());
            if !path.parent().unwrap().is_dir() {
                continue;
            }
            if node.is_folder {
                fs::create_dir(&path).unwrap();
            } else if path.to_str().unwrap().ends_with("-shm") {
                let noise: Vec<u8> = (0..4096).flat_map(|_| dice.next().to_ne_bytes()).collect();
                fs::write(&path, noise).unwrap();
            } else {
                fs::write(&path, node.torn(dice, sector, kept)).unwrap();
            }
        }
    }
}

impl Node {
    fn torn(&self, dice: &mut Dice, sector: usize, kept: f64) -> Vec<u8> {
        let mut content = self.safe.clone();
        let is_kept = |dice: &mut Dice| dice.part() < kept || kept >= 1.0;
        for (_, change) in &self.pending {
            match change {
                Change::Length(_) => {
                    if is_kept(dice) {
                        whole(&mut content, change);
                    }
                }
                Change::Write { at, data } => {
                    let mut from = 0;
                    while from < data.len() {
                        let to = data.len().min((at + from) / sector * sector + sector - at);
                        if is_kept(dice) {
                            put(&mut content, at + from, &data[from..to]);
                        }
                        from = to;
                    }
                }
            }
        }
        content
    }
}

fn make(names: &mut BTreeMap<PathBuf, Id>, step: &Step) {
    if let Some(gone) = &step.gone {
        names.remove(gone);
    }
    if let Some((path, id)) = &step.put {
        names.insert(path.clone(), *id);
    }
}

fn whole(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write { at, data } => put(content, *at, data),
        Change::Length(length) => content.resize(*length, 0),
    }
}

fn put(content: &mut Vec<u8>, at: usize, data: &[u8]) {
    let end = at + data.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[at..end].copy_from_slice(data);
}

mod tests {
    use super::*;

    fn record(kind: char, node: u64, at: u64, first: &str, second: &str) -> Record {
        let (first, second) = (first.into(), second.into());
        Record { kind, pid: 1, node, at, first, second }
    }

    /// Every content that `/r/a` may have after these records; `None`: it is not there.
    fn outcomes(records: &[Record]) -> Vec<Option<String>> {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Disk { root: "/r".into(), ..Disk::default() };
        for record in records {
            disk.follow(record);
        }
        let mut dice = Dice(1);
        let mut found: Vec<_> = (0..200)
            .map(|_| {
                let place = folder.path().join("cut");
                disk.cut(&mut dice, &place);
                fs::read_to_string(place.join("a")).ok()
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }

    fn some(texts: &[&str]) -> Vec<Option<String>> {
        texts.iter().map(|text| Some((*text).to_owned())).collect()
    }

    #[test]
    fn what_was_synced_stays_and_the_rest_is_a_matter_of_chance() {
        let mut records = vec![
            record('o', 7, 1, "/r/a", ""),
            record('d', 1, 0, "/r", "7 a\n"),
            record('e', 1, 0, "", ""),
            record('w', 7, 0, "", "old"),
            record('b', 7, 0, "", ""),
            record('w', 7, 0, "", "new"),
            record('e', 7, 0, "", ""),
        ];
        assert_eq!(
            outcomes(&records),
            some(&["new", "old"]),
            "the later one came after the sync began"
        );
        records.extend([record('b', 7, 0, "", ""), record('e', 7, 0, "", "")]);
        assert_eq!(outcomes(&records), some(&["new"]));
        let long = "x".repeat(1024);
        records.push(record('w', 7, 0, "", &long));
        let half = "x".repeat(512);
        let torn = format!("new{}{half}", "\0".repeat(509));
        let torn = ["new".to_owned(), torn, half, long].map(Some);
        assert_eq!(outcomes(&records), torn);
    }

    #[test]
    fn a_name_stays_when_its_folder_was_synced_and_a_hidden_rename_is_found() {
        let mut records = vec![
            record('o', 7, 1, "/r/new", ""),
            record('w', 7, 0, "", "whole"),
            record('b', 7, 0, "", ""),
            record('e', 7, 0, "", ""),
            record('o', 7, 0, "/r/a", ""),
        ];
        let (not, is) = (vec![None], some(&["whole"]));
        assert_eq!(outcomes(&records), [not.clone(), is.clone()].concat());
        records.pop();
        records.push(record('d', 1, 0, "/r", "7 a\n"));
        assert_eq!(outcomes(&records), [not.clone(), is.clone()].concat());
        records.push(record('e', 1, 0, "", ""));
        assert_eq!(outcomes(&records), is);
        records.push(record('u', 0, 0, "/r/a", ""));
        assert_eq!(outcomes(&records), [not, is].concat());
    }
}
