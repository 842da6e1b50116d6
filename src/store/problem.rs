//! What can be wrong with a file as a whole, in words for people.
//!
//! Owns the endings of the messages that begin with a path. Must not know how it was found out.

use std::path::PathBuf;

use thiserror::Error;

use super::place;

/// Why what is at a path can't be used. Nothing of it was touched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// A folder.
    #[error("is a folder. It is as it was. Name a file in it, as in --db {}", place::quoted(.0))]
    Folder(PathBuf),
    /// A pipe, a socket or a device.
    #[error("is {0}, not a file. It was not touched. Name a file with --db FILE")]
    Special(&'static str),
    /// A symbolic link to nothing.
    #[error(
        "is a link to a file that is not there. Nothing was created. \
         Mend the link, or name another file with --db FILE"
    )]
    DanglingLink,
    /// A file with several names: two `SQLite` journals for one file lose data.
    #[error(
        "has {0} names (hard links), and using it under two of them would lose data. \
         It is as it was. Remove the other names, or use a copy of it"
    )]
    HardLinked(u64),
    /// Nothing in it.
    #[error(
        "is empty, so it is not inch's data. It is as it was. \
         If nothing should be in it, remove it and start inch again; \
         else `inch restore` brings back the newest good backup, if there is one"
    )]
    Empty,
    /// Not a database at all.
    #[error(
        "is not a file of inch: it has another format. It is as it was. \
         Name another file with --db FILE; if it should be inch's data, `inch restore` brings back \
         the newest good backup, if there is one, and keeps this file"
    )]
    OtherFormat,
    /// A database of something else.
    #[error(
        "is a database of another program (application id {0:#010x}). It is as it was. \
         Name another file with --db FILE"
    )]
    OtherProgram(i32),
    /// Written by a newer inch.
    #[error(
        "was written by a newer inch (schema {found}, this one knows {known}). It is as it was. \
         Use the newer inch, or name another file with --db FILE"
    )]
    Newer {
        /// The file's schema.
        found: i32,
        /// The newest that this program knows.
        known: i32,
    },
    /// Written by an older inch, and it can't be altered.
    #[error(
        "was written by an older inch and can't be brought up to date, for it can't be written. \
         It is as it was. Make it writable, or open a copy with --db FILE"
    )]
    OlderAndReadOnly,
    /// On a network file system.
    #[error(
        "is on a network file system ({0}), where two programs can't safely share a database \
         (its write-ahead log needs shared memory). It was not touched. \
         Name a file on a local disk with --db FILE"
    )]
    Network(String),
    /// The write-ahead log can't be switched on.
    #[error(
        "can't have a write-ahead log where it is (SQLite kept '{0}'). It is as it was. \
         Name a file on a local disk with --db FILE"
    )]
    NoLog(String),
    /// It can't be written, and part of it is in a log that can't be read without writing.
    #[error(
        "can't be read where it is: its newest changes are in the log beside it, and reading them \
         needs a folder that can be written. It is as it was. \
         Copy the file and those named like it to such a folder, and open that with --db FILE"
    )]
    LogOutOfReach,
    /// The file is gone and its log is not.
    #[error(
        "is gone, but its log, the file named like it with -wal, is still there and may hold the \
         newest changes. Nothing was created. Put the file back beside its log, or use \
         `inch restore`, which brings back the newest good backup, if there is one, and keeps the log"
    )]
    LogAlone,
    /// The file is gone and its backups are not: what looks like a beginning is a loss.
    #[error(
        "is not there, but backups of it are. Nothing was made. \
         `inch restore` brings back the newest good one; \
         to begin anew, move the files backups/{0}.* beside it elsewhere, \
         or name another file with --db FILE"
    )]
    Lost(String),
    /// Whether the file is gone, nobody can tell.
    #[error(
        "is not there, and the folder backups beside it can't be looked into, so that it may have \
         been. Nothing was made. Let that folder be read, or bring back the disk that it is on; \
         to begin anew, move it elsewhere"
    )]
    BackupsOutOfSight,
    /// It was there a moment ago.
    #[error(
        "was moved, replaced or deleted while it was being opened. Nothing was changed. \
         Start inch again"
    )]
    Moved,
}

impl Problem {
    /// What is the matter, without what to do about it.
    pub fn fact(&self) -> String {
        let text = self.to_string();
        text.split(". ").next().unwrap_or_default().to_owned()
    }
}

/// Why the store takes no changes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadOnly {
    /// The file, its folder or its log may not be written.
    #[error(
        "can only be read: it, its folder or a file named like it with -wal or -shm is \
         write-protected. Nothing was saved. Allow writing to all of them, and start inch again"
    )]
    Protected,
    /// No room for what writing needs, or the disk failed.
    #[error(
        "can only be read: there was no room on its disk when it was opened, or the disk failed. \
         Nothing was saved. Free some space or check the disk, and start inch again"
    )]
    NoRoom,
    /// The path leads nowhere any more.
    #[error(
        "was deleted or moved away while inch was using it. Nothing was saved, and this inch only \
         reads from now on. Put the file back, or bring back a backup, and start inch again"
    )]
    Deleted,
    /// The path leads to another file.
    #[error(
        "is not the file any more that inch opened: another one took its place. Nothing was saved, \
         and this inch only reads from now on. Start inch again to use the new file"
    )]
    Replaced,
    /// The log was taken away.
    #[error(
        "lost its log, the file named like it with -wal, while inch was using it. Nothing was saved, \
         and this inch only reads from now on. Put the log back if you can, and start inch again"
    )]
    LogGone,
    /// The file went away in the very moment of saving.
    #[error(
        "was deleted, moved or replaced while a change was being saved. The change is in the old \
         file only, and this inch only reads from now on. \
         Put that file back if you can, and start inch again"
    )]
    LostWhileSaving,
}
