//! The counts of the header: what is done of what is due.
//!
//! Owns the sum over habits. Must not know how it is drawn.

use super::Model;

/// Done and due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Due and done.
    pub done: usize,
    /// Due, and not met by other days of its window.
    pub due: usize,
}

/// Over habits that are not archived, on the day that Today shows.
pub fn today_count(model: &Model) -> Count {
    let asks = model.workspace.active_habits().filter_map(|habit| model.asks.get(&habit.id));
    asks.fold(Count::default(), |count, ask| Count {
        done: count.done + usize::from(ask.is_finished()),
        due: count.due + usize::from(ask.is_finished() || ask.is_unfinished()),
    })
}
