//! What the product promises on speed: everything between a key and its frame, on real files.
//!
//! Each figure is taken on a file of ten rows, on one of fifty habits that are four days old, and on
//! one of fifty habits over a hundred years. What counts are the ratios, for absolute times say more
//! about the machine than about inch: from the second to the third file is what history costs. The
//! files lie in the build folder and every commit is synced, as it is for a person; where the disk is
//! shared, the fastest sync says more than the median. Only the terminal is left out: frames end in a
//! writer that keeps nothing.
//!
//! The long history is written by plain SQL, in one transaction: through the store each check-in
//! would be journalled, which takes minutes. Its journal therefore holds the habits alone; undo
//! finds its change by an index, whatever the journal's length.
#![allow(clippy::unwrap_used, reason = "a bench that can't go on says so by panicking")]

mod app;
mod commands;
mod curriculum;
mod files;
mod habits;

use std::fs;

use self::files::ALL;

fn main() {
    divan::main();
    for history in ALL {
        if let Some(folder) = history.made().get() {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}
