//! Strength: an exponential average of met windows, 0 to 1.
//!
//! Owns the one formula. Must not know where windows come from.

use super::window::{Judged, Outcome, Window};

/// The strength after one more window: `s' = s·m + c·(1−m)` with `m = 0.5^(√f·d/13)`.
///
/// After a met or missed window only; others leave it. `d` is the uncut length in days, or the
/// counted days of a cut window; `f` the schedule's own quota per uncut length; `c` the share of
/// the judged quota that was done, at most 1. Source: product.md, after Loop Habit Tracker's score,
/// which weighs open windows too.
pub fn after(strength: f64, judged: &Judged) -> f64 {
    if !matches!(judged.outcome, Outcome::Met | Outcome::Missed) {
        return strength;
    }
    let kept = kept(&judged.window);
    let done = (f64::from(judged.done) / f64::from(judged.quota)).min(1.0);
    strength * kept + done * (1.0 - kept)
}

/// The share of the strength that stays after a window, `m`; the rest comes from the window.
pub fn kept(window: &Window) -> f64 {
    let days = if window.is_cut { f64::from(window.counted_days()) } else { window.uncut_length };
    let frequency = f64::from(window.quota) / window.uncut_length;
    0.5_f64.powf(frequency.sqrt() * days / 13.0)
}

/// What strength would be once a window was met, or missed with nothing done.
pub fn supposing(strength: f64, judged: &Judged, outcome: Outcome) -> f64 {
    let done = if outcome == Outcome::Met { judged.quota } else { 0 };
    after(strength, &Judged { outcome, done, ..*judged })
}
