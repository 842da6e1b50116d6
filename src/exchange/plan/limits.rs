//! Whether what an import would add still fits in.
//!
//! Owns the words for that; the numbers are the store's. Must not know where any of it comes from.

use super::{Count, Ground};
use crate::{
    domain::text::grouped,
    exchange::ImportError,
    store::{CHECK_INS, HABITS, OWN_TOPICS, PROJECTS},
};

/// Refuses what would be more than is kept. `rows` is how many check-ins there would be more.
pub fn check(
    added: Count,
    rows: usize,
    file: &str,
    ground: &Ground<'_>,
) -> Result<(), ImportError> {
    let workspace = ground.workspace;
    // They are counted one by one, so only where some come.
    let check_ins = if rows == 0 { 0 } else { ground.here.check_in_count()? };
    for (new, here, limit, what) in [
        (added.habits, workspace.habits.len(), HABITS, "habits"),
        (added.own_topics, workspace.own_topics.len(), OWN_TOPICS, "topics of your own"),
        (added.projects, workspace.projects.len(), PROJECTS, "projects"),
        (rows, check_ins, CHECK_INS, "check-ins"),
    ] {
        if new > 0 && here + new > limit {
            let [all, limit] = [here + new, limit].map(|count| grouped(count as u64));
            let what = format!("would make it {all} {what}, and inch keeps at most {limit}");
            return Err(ImportError::data(file, what, "Leave some out of it, or delete some here"));
        }
    }
    Ok(())
}
