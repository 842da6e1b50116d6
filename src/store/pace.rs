//! How far a change of very many records has come.
//!
//! Owns how often that is told. Must not know what is done with a record.

/// Is told, now and then, which share of a change is done: above 0, below 1.
pub type Tell<'a> = &'a mut dyn FnMut(f64);

/// After how many records.
const EVERY: u32 = 10_000;

/// Counts the records of one change, each of which is read and then written. That is about half of
/// the work; half of the rest is their journal row, which is written at once.
pub(super) struct Pace<'a> {
    tell: Tell<'a>,
    done: u32,
    all: u32,
}

impl<'a> Pace<'a> {
    pub(super) fn new(tell: Tell<'a>, records: usize) -> Self {
        let all = u32::try_from(records).unwrap_or(u32::MAX).saturating_mul(4);
        Self { tell, done: 0, all }
    }

    /// One more is read or written.
    pub(super) fn step(&mut self) {
        self.done = self.done.saturating_add(1);
        if self.done.is_multiple_of(EVERY) {
            (self.tell)(f64::from(self.done) / f64::from(self.all.max(1)));
        }
    }

    /// The journal row is written; what is left is to fold and to sync.
    pub(super) fn journalled(&mut self) {
        if self.done >= EVERY {
            (self.tell)(0.75);
        }
    }
}
