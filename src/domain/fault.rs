//! The kinds of failing, shared by every layer's errors.
//!
//! Owns the exit codes of data.md (those of `sysexits.h`). Must not know any message.

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The command was used wrongly.
    Usage,
    /// Data given to inch, or its own file, is not what it should be.
    Data,
    /// A named input is not there.
    Missing,
    /// inch itself is wrong.
    Bug,
    /// An output can't be created.
    Create,
    /// Reading or writing failed, or the disk is full.
    Io,
    /// Somebody else holds the file; trying again may work.
    Busy,
    /// Not allowed.
    Permission,
    /// The configuration is wrong.
    Config,
}

impl Fault {
    /// The process' exit code.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Usage => 64,
            Self::Data => 65,
            Self::Missing => 66,
            Self::Bug => 70,
            Self::Create => 73,
            Self::Io => 74,
            Self::Busy => 75,
            Self::Permission => 77,
            Self::Config => 78,
        }
    }
}
