//! Two programs that commit without a pause.
//!
//! Owns the count: every commit of both is in the journal, in each one's order, and no number is
//! missing.

use std::process::Stdio;

use rusqlite::Connection;
use serde_json::Value;

use super::{Victim, assert_whole, share, worker};

#[test]
fn two_programs_that_commit_without_a_pause_lose_nothing() {
    let commits = share(1_500, 100_000);
    let victim = Victim::new();
    worker::prepare(&victim.file);
    let start = |worker| {
        let mut command = worker::command(worker::Way::Notes, &victim.file, worker, commits);
        command.stdout(Stdio::piped()).spawn().unwrap()
    };
    let workers = [0, 1].map(start);
    for child in workers {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        assert!(worker::kept(&output.stdout).eq(0..commits));
    }
    let sql = Connection::open(&victim.file).unwrap();
    assert_whole(&sql);
    let mut journal = sql.prepare("SELECT change FROM change ORDER BY seq").unwrap();
    let rows = journal.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let (mut next, mut turns, mut last) = ([0; 2], 0, 2);
    for row in rows {
        let change: Value = serde_json::from_str(&row.unwrap()).unwrap();
        let Some(note) = change["check-in-note"]["note"].as_str() else { continue };
        let (worker, number) = note.split_once(' ').unwrap();
        let worker: usize = worker.parse().unwrap();
        assert_eq!(number.parse::<u32>().unwrap(), next[worker], "of worker {worker}");
        next[worker] += 1;
        turns += u32::from(worker != last);
        last = worker;
    }
    assert_eq!(next, [commits; 2]);
    // How often is the system's choice; one after the other would try nothing.
    assert!(turns > 2, "they took turns {turns} times only");
    println!("{} commits by two processes, none lost; they took turns {turns} times", 2 * commits);
}
