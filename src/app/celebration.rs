//! Celebration: a tick is complete success, and some are more than that.
//!
//! Owns whose tick it was, what makes it a special one, the words, and where on the screen it is.
//! Must not know how an effect looks or how long it lasts.

use chrono::NaiveDate;
use ratatui::layout::{Margin, Rect};

use super::{Model, Pane, Tone, areas::Layout};
use crate::domain::{day::short, figures::Figures, habit::Mark, ids::HabitId, streak::Unit, text};

/// Streaks that are worth more than a tick, and what to say of them.
const MILESTONES: [(u32, &str); 4] = [
    (7, "It is taking root."),
    (30, "It is yours now."),
    (100, "Small steps, a long way."),
    (365, "Look how far tiny goes."),
];

/// What is said of the longest streak there was.
const LONGEST: &str = "Your longest yet.";

/// Beating a shorter streak than this is nothing new.
const WORTH_BEATING: u32 = 3;

/// The newest tick that is celebrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Celebration {
    /// Whose tick.
    pub habit: HabitId,
    /// The day that was ticked.
    pub day: NaiveDate,
    /// More than a tick: over the whole pane.
    pub is_large: bool,
    /// Tells one celebration from the next.
    pub serial: u32,
}

/// Where a celebration is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The habit's row, between the frames.
    pub row: Rect,
    /// Today's list with its frames.
    pub pane: Rect,
}

impl Model {
    /// Celebrates a tick, whose habit had the figures `before` it.
    pub(super) fn celebrate(&mut self, id: HabitId, day: NaiveDate, before: Option<&Figures>) {
        let (Some(habit), Some(figures)) = (self.workspace.habit(id), self.figures.get(&id)) else {
            return;
        };
        let special = before.and_then(|before| special(before, figures));
        let streak = counted(figures.current_streak, figures.unit);
        let celebration = text::shown(&habit.recipes.at(day).celebration);
        // The person's own words come last, so that the footer's end can only cut those.
        // A long name must not push out what there is to be glad of.
        let mut done = format!("Done: {}", text::clip(&text::shown(&habit.name), 28));
        if day != self.today {
            done = format!("{done}, {}", short(day, self.today));
        }
        let streak = special.map_or_else(|| streak.clone(), |line| format!("{streak}. {line}"));
        let mut said = vec![done, streak, celebration.into_owned()];
        said.retain(|part| !part.is_empty());
        let said = said.join(" · ");
        let serial = self.celebration.map_or(0, |celebration| celebration.serial).wrapping_add(1);
        let is_large = special.is_some();
        self.celebration = Some(Celebration { habit: id, day, is_large, serial });
        self.say(Tone::Good, said);
    }
}

/// `7 days`; nothing for no streak.
fn counted(count: u32, unit: Unit) -> String {
    match count {
        0 => String::new(),
        _ => format!("{count} {}", unit.word(count)),
    }
}

/// What to say of a tick that is more than one: the streak has reached a milestone, or has become
/// longer than one that was worth beating.
fn special(before: &Figures, after: &Figures) -> Option<&'static str> {
    let (was, is) = (before.current_streak, after.current_streak);
    let reached = MILESTONES.iter().rev().find(|(length, _)| (was + 1..=is).contains(length));
    if let Some((_, line)) = reached {
        return Some(line);
    }
    // The newest among equals comes first, which is the streak in progress.
    let own = before.best.iter().position(|streak| was > 0 && streak.length == was);
    let others = before.best.iter().enumerate().filter(|(at, _)| Some(*at) != own);
    let record = others.map(|(_, streak)| streak.length).max().unwrap_or(0);
    let is_beaten = record >= WORTH_BEATING && was <= record && is > record;
    is_beaten.then_some(LONGEST)
}

/// Where the newest celebration is to be seen; nowhere when its tick was taken back, or the row or
/// its day is out of sight.
pub fn place(model: &Model) -> Option<Place> {
    let celebration = model.celebration?;
    let is_covered = model.areas.overlay.is_some() || model.areas.layout == Layout::Tiny;
    let is_there =
        celebration.day == model.day && model.mark_on_day(celebration.habit) == Some(Mark::Done);
    let pane = model.areas.lists[Pane::Today as usize].filter(|_| is_there && !is_covered)?;
    let inner = pane.inner(Margin::new(1, 1));
    let at = model.habits.rows().iter().position(|id| *id == celebration.habit)?;
    let below = u16::try_from(at.checked_sub(model.habits.offset())?).ok()?;
    let row = Rect { y: inner.y + below, height: 1, ..inner };
    (below < inner.height).then_some(Place { row, pane })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{day::plus, streak::Streak};

    /// Figures with these best streaks, the one in progress among them where it is that long.
    fn figures(current: u32, best: &[u32]) -> Figures {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let streak = |length: &u32| Streak {
            length: *length,
            first: plus(day, -i64::from(*length)),
            last: day,
            unit: Unit::Days,
        };
        Figures {
            current_streak: current,
            unit: Unit::Days,
            missed_in_a_row: 0,
            best: best.iter().map(streak).collect(),
            strength: 0.0,
            lifetime: 0,
            first_day: day,
        }
    }

    #[test]
    fn milestones_and_records_are_more_than_a_tick() {
        let of = |was: (u32, &[u32]), is: u32| special(&figures(was.0, was.1), &figures(is, &[]));
        for (length, line) in MILESTONES {
            assert_eq!(of((length - 1, &[length - 1]), length), Some(line));
            assert_eq!(of((length, &[length]), length + 1), None, "reached once");
        }
        assert_eq!(of((5, &[12, 5, 4]), 6), None, "an ordinary tick");
        assert_eq!(of((12, &[12, 12, 4]), 13), Some(LONGEST), "beats its equal");
        assert_eq!(of((13, &[13, 12]), 14), None, "the longest already");
        assert_eq!(of((3, &[3]), 4), None, "there is none to beat");
        assert_eq!(of((2, &[2, 2]), 3), None, "too short to be worth it");
        assert_eq!(of((3, &[3, 3]), 4), Some(LONGEST));
        assert_eq!(of((0, &[9, 9, 9, 9, 9]), 1), None);
        // A forgotten day between two streaks makes one of them.
        assert_eq!(of((2, &[12, 2]), 15), Some(MILESTONES[0].1));
        assert_eq!(of((8, &[12, 10, 8]), 19), Some(LONGEST));
        assert_eq!(of((8, &[8]), 8), None, "a quota that is not met yet");
        assert_eq!(of((29, &[29]), 120), Some(MILESTONES[2].1), "the largest one");
    }
}
