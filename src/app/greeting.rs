//! What is said when somebody comes back after a break.
//!
//! Owns when it is a break, and the words: they lead with what stays, never with a bare 0.

use super::Model;
use crate::domain::{outlook, text};

/// So many days without anything are a break.
const BREAK_DAYS: i64 = 3;

impl Model {
    /// A welcome after a break of which something is to be said: there is something to come back to.
    pub(super) fn welcome_back(&self) -> Option<String> {
        let lifetime: u32 = self.figures.values().map(|figures| figures.lifetime).sum();
        let active = self.workspace.active_habits().filter_map(|habit| {
            let figures = self.figures.get(&habit.id)?;
            let track = self.workspace.tracks.get(&habit.id)?;
            Some((habit, &track.marks, figures.first_day))
        });
        let active: Vec<_> = active.collect();
        let is_break = outlook::is_break(&active, self.workspace.rules, BREAK_DAYS, self.today);
        if lifetime == 0 || !is_break {
            return None;
        }
        let ticks = if lifetime == 1 { "tick stays" } else { "ticks stay" };
        let strength = self.strength_over_all().map(|strength| format!(", strength {strength} %"));
        Some(format!(
            "Welcome back. {} {ticks} yours{}. Ten seconds will do today.",
            text::grouped(lifetime),
            strength.unwrap_or_default()
        ))
    }

    /// The mean over habits that are not archived, in whole percent; none that rounds to nothing.
    fn strength_over_all(&self) -> Option<String> {
        let habits = self.workspace.active_habits();
        let strengths: Vec<_> = habits
            .filter_map(|habit| self.figures.get(&habit.id))
            .filter(|figures| figures.lifetime > 0)
            .map(|figures| figures.strength)
            .collect();
        let count = f64::from(u32::try_from(strengths.len()).unwrap_or(1).max(1));
        let mean = 100.0 * strengths.iter().sum::<f64>() / count;
        (mean >= 0.5).then(|| format!("{mean:.0}"))
    }
}
