//! The file while the app is open: lost ones are told of, and what can't be saved stays marked.

use std::{
    fs,
    sync::mpsc::{Receiver, channel},
};

use super::*;
use crate::{runtime::care::Care, store::backup};

/// A session that cares for its file, and the bell that rings when there is something to tell.
fn cared_for(file: &File) -> (Session, Receiver<()>) {
    let mut session = open(&file.path());
    let (rope, rung) = channel();
    session.care_for(Care::new(
        &file.path(),
        Box::new(move || {
            let _ = rope.send(());
        }),
    ));
    (session, rung)
}

#[test]
fn a_lost_file_is_told_of_at_once_and_a_tick_stays_marked() {
    let file = File::new(1);
    let mut session = open(&file.path());
    fs::rename(file.path(), file.path().with_file_name("elsewhere.db")).unwrap();
    session.wake(true);
    let (tone, text) = said(&session);
    assert_eq!(tone, Tone::Bad);
    assert!(text.contains("deleted or moved away"), "{text}");
    assert!(
        session.model.troubles.contains_key(&Trouble::ReadOnly),
        "the header goes on saying it"
    );
    press(&mut session, ' ');
    assert_eq!(session.model.unsaved.len(), 1);
    assert!(said(&session).1.ends_with("stays marked as not saved."), "{:?}", said(&session));
    session.echoes.clear();
    assert_eq!(session.deadline(false), None, "waiting would not help");
    session.wake(true);
    assert_eq!(session.model.unsaved.len(), 1);
    let (lost, fault) = session.close().unwrap();
    assert_eq!(fault, Fault::Io);
    assert!(lost.starts_with("1 change could not be saved. "), "{lost}");
}

#[test]
fn a_backup_is_made_beside_the_screen_and_nobody_is_woken() {
    let file = File::new(1);
    let (mut session, rung) = cared_for(&file);
    assert!(backup::list(&file.path()).is_empty(), "not before the first frame");
    session.settle();
    while backup::list(&file.path()).is_empty() {
        std::thread::yield_now();
    }
    session.wake(false);
    assert_eq!(session.deadline(false), None, "asleep");
    assert!(session.model.notice.is_none());
    assert_eq!(session.close(), None);
    assert!(rung.try_recv().is_err());
    assert_eq!(backup::list(&file.path()).len(), 1);
}

#[test]
fn what_goes_wrong_beside_the_screen_is_said_once() {
    let file = File::new(1);
    fs::write(file.path().with_file_name("backups"), "in the way").unwrap();
    let (mut session, rung) = cared_for(&file);
    session.settle();
    rung.recv().unwrap();
    session.wake(false);
    let (tone, text) = said(&session);
    assert_eq!(tone, Tone::Bad);
    assert!(text.contains("Your data is as it was"), "{text}");
    assert!(session.model.troubles.contains_key(&Trouble::NoBackup));
    session.model.notice = None;
    session.wake(false);
    session.settle();
    assert!(session.model.notice.is_none());
    assert!(session.model.troubles.contains_key(&Trouble::NoBackup), "it stays in the header");
    // The tick is none of its business.
    press(&mut session, ' ');
    assert_eq!(file.marks(), [Some(Mark::Done)]);
}

#[test]
fn who_quits_in_the_middle_leaves_nothing_half() {
    let file = File::new(1);
    for _ in 0..5 {
        let (mut session, _rung) = cared_for(&file);
        session.settle();
        assert_eq!(session.close(), None);
        let backups = file.path().with_file_name("backups");
        let half = fs::read_dir(&backups).into_iter().flatten().flatten();
        let half = half.filter(|entry| entry.path().to_str().unwrap().contains("unfinished"));
        assert_eq!(half.count(), 0);
        let _ = fs::remove_dir_all(backups);
        assert!(!file.path().with_file_name("inch.db-wal").exists(), "the log was emptied");
    }
}
