//! Samples with bytes flipped, cut, doubled and swapped: nothing panics, and an import is all or
//! nothing.
//!
//! A short run is part of every test; a long one is asked for by its number of mutations:
//! `INCH_MUTATIONS=100000 cargo test --release --test suite mutations`.

use std::env;

use inch::domain::ids::IdSource;

use super::{
    Place,
    samples::{self, Files, Sample},
    stamp,
};

/// Bytes that mean something in one format or another.
const TOKENS: [&[u8]; 24] = [
    b"\0",
    b"\n",
    b"\r\n",
    b"\"",
    b",",
    b"'=",
    b"\t",
    b" : ",
    b": ",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"2026-11-01",
    b"2200-12-31",
    b"1969-12-31",
    b"-1",
    b"99999999999999999999",
    b"[[[[[[[[",
    b"{}",
    b"null",
    b"1e999",
    b"PK\x01\x02",
    b"0/0",
    b"Checkmarks.csv",
];

/// Where randomness comes from: the same again for the same seed.
struct Dice(IdSource);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        let (_, low) = self.0.next_uuid().as_u64_pair();
        // The two topmost bits of this half say that it is a UUID.
        let number = (low & (u64::MAX >> 2)) % u64::try_from(sides.max(1)).unwrap();
        usize::try_from(number).unwrap()
    }

    fn mutated(&mut self, files: &Files) -> Files {
        let mut files = files.clone();
        for _ in 0..=self.roll(4) {
            let which = self.roll(files.len());
            let bytes = &mut files[which].1;
            let at = self.roll(bytes.len() + 1);
            let until = (at + 1 + self.roll(40)).min(bytes.len());
            match self.roll(7) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.roll(8),
                1 if at < bytes.len() => bytes[at] = u8::try_from(self.roll(256)).unwrap(),
                2 => bytes.truncate(at),
                3 => drop(bytes.drain(at..until.max(at))),
                4 => {
                    let doubled = bytes[at..until.max(at)].to_vec();
                    drop(bytes.splice(at..at, doubled));
                }
                5 => {
                    let other = self.roll(bytes.len() + 1).min(until);
                    bytes[other.min(until)..until].reverse();
                }
                _ => {
                    let token = TOKENS[self.roll(TOKENS.len())];
                    drop(bytes.splice(at..at, token.iter().copied()));
                }
            }
        }
        files
    }
}

#[test]
fn no_mutation_panics_or_comes_in_by_half() {
    let count: usize = env::var("INCH_MUTATIONS").map_or(3_000, |count| count.parse().unwrap());
    let mut dice = Dice(IdSource::new(20_261_123, 1));
    let samples = samples::all();
    let folder = tempfile::tempdir().unwrap();
    // Somebody whose habits have some of the names already.
    let mut place = Place::new();
    let known = tempfile::tempdir().unwrap();
    place.import(&samples::named("habitctl").write(known.path()), None);
    let before = place.told();
    let (mut taken, mut refused) = (0, 0);
    for nth in 0..count {
        let sample: &Sample = &samples[dice.roll(samples.len())];
        let files = dice.mutated(&sample.files);
        let path = samples::write(&files, folder.path());
        let from = [Some(sample.format), None][dice.roll(2)];
        let skips_bad = dice.roll(2) == 0;
        match place.plan(&path, from, skips_bad) {
            Err(error) => {
                refused += 1;
                let said = error.to_string();
                assert!(said.contains("Nothing was imported"), "{said}");
                assert!(said.chars().all(|c| !c.is_control() || c == '\n'), "{said:?}");
            }
            Ok(plan) => {
                taken += 1;
                assert!(skips_bad || plan.skipped.is_empty());
                let told = plan.told.iter().chain(plan.skipped.iter().map(|bad| &bad.what));
                assert!(told.flat_map(|text| text.chars()).all(|c| !c.is_control()), "{plan:?}");
                // What was planned can be saved, whole, and taken back; not each, for it takes long.
                if nth % 8 == 0 && !plan.is_empty() {
                    let planned = plan.added;
                    let (_, added) =
                        plan.carry_out(&mut place.store, &stamp(), &mut |_| ()).unwrap();
                    assert_eq!(added, planned, "mutation {nth} of {}", sample.name);
                    let again = place.plan(&path, from, skips_bad).unwrap();
                    assert!(again.is_empty(), "mutation {nth} of {}: {again:?}", sample.name);
                    place.undo();
                }
            }
        }
        for (name, _) in &files {
            std::fs::remove_file(folder.path().join(name)).unwrap();
        }
    }
    assert_eq!(place.told(), before);
    assert!(taken > count / 10 && refused > count / 10, "{taken} taken, {refused} refused");
}
