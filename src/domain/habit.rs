//! A habit: a tiny behaviour with a recipe and a schedule, and the marks people make on its days.
//!
//! Owns the habit's definition. Must not know how windows are judged.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    day::plus,
    ids::{HabitId, TopicId},
    schedule::Schedule,
    version::{Version, Versions},
};

/// After I *anchor*, I will *behaviour*; then *celebration*. Parts may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// What already happens every day, such as "sit down at my desk".
    pub anchor: String,
    /// The tiny thing to do right after it.
    pub behaviour: String,
    /// How the person celebrates at once.
    pub celebration: String,
}

impl Recipe {
    /// The recipe as sentences; what was left empty is left out. A missing behaviour after an anchor
    /// is only named: `name` need not be something that one will do.
    pub fn sentence(&self, name: &str) -> String {
        // People often type the "I" that stands there already.
        let (anchor, behaviour) = (without_i(&self.anchor), without_i(&self.behaviour));
        let act = match (anchor, behaviour) {
            ("", "") => String::new(),
            ("", behaviour) => format!("I will {behaviour}."),
            (anchor, "") => format!("After I {anchor}: {name}."),
            (anchor, behaviour) => format!("After I {anchor}, I will {behaviour}."),
        };
        match (act.as_str(), self.celebration.as_str()) {
            (_, "") => act,
            ("", celebration) => format!("Then {celebration}."),
            (_, celebration) => format!("{act} Then {celebration}."),
        }
    }

    /// The recipe as the steps to go through, celebration included; `name` stands in for a missing
    /// behaviour, and a smile for a missing celebration.
    pub fn steps(&self, name: &str) -> Vec<String> {
        let (anchor, behaviour) = (without_i(&self.anchor), without_i(&self.behaviour));
        let act =
            if behaviour.is_empty() { format!("{name}.") } else { format!("I will {behaviour}.") };
        let celebration =
            if self.celebration.is_empty() { "I smile" } else { self.celebration.as_str() };
        let anchor = (!anchor.is_empty()).then(|| format!("After I {anchor},"));
        let rest = [act, format!("Then {celebration}.")];
        anchor.into_iter().chain(rest).collect()
    }
}

fn without_i(text: &str) -> &str {
    text.strip_prefix("I will ").or_else(|| text.strip_prefix("I ")).unwrap_or(text)
}

/// A habit as it is stored and held: definition and every version of schedule and recipe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habit {
    /// Its identity.
    pub id: HabitId,
    /// Shown in the list; at most 200 graphemes.
    pub name: String,
    /// The topic that its sessions count for.
    pub topic: Option<TopicId>,
    /// Ascending order in the list, as the person set it.
    pub position: i64,
    /// What was asked for when. The first version's day is the creation day.
    pub schedules: Versions<Schedule>,
    /// How it was meant to be done when.
    pub recipes: Versions<Recipe>,
    /// How long its timer runs before it ticks by itself, 5–120.
    #[serde(default = "default_seconds")]
    pub seconds: u8,
    /// Whether its act is the review that is due.
    #[serde(default)]
    pub is_review: bool,
    /// Deleted habits stay in the file, so that undo can bring every tick back.
    pub is_deleted: bool,
}

/// A timer's usual length: the ten seconds that are never skipped.
pub const SECONDS: u8 = 10;

/// How long a timer may run, in seconds.
pub const TIMER: std::ops::RangeInclusive<u8> = 5..=120;

/// For journal rows that were written before habits had a timer.
pub(super) const fn default_seconds() -> u8 {
    SECONDS
}

impl Habit {
    /// The day named when adding: the first version's effective day.
    pub fn created_on(&self) -> NaiveDate {
        self.schedules.created_on()
    }

    /// The last day before the newest *none*, when the habit is archived.
    pub fn archived_on(&self) -> Option<NaiveDate> {
        let newest = self.schedules.newest();
        (newest.value == Schedule::None).then(|| plus(newest.from, -1))
    }

    /// The newest schedule but *none*, also when it begins later only: what un-archiving puts back.
    pub fn schedule(&self) -> Schedule {
        newest_real(self.schedules.as_slice())
    }

    /// What it asks for on `day`, or asked for last while it is archived then.
    pub fn schedule_on(&self, day: NaiveDate) -> Schedule {
        newest_real(&self.schedules.as_slice()[..=self.schedules.index_at(day)])
    }

    /// Archives it: *none* from the day after `on`, and never before it existed.
    ///
    /// Returns how many schedules that were to begin later were removed.
    pub fn archive(&mut self, on: NaiveDate) -> usize {
        let on = on.max(self.created_on());
        let planned = self.schedules.as_slice().iter().filter(|version| version.from > on).count();
        self.schedules.set(plus(on, 1), Schedule::None);
        planned
    }

    /// Puts the old schedule back from `on`; on the day after archiving (or before) that undoes it.
    pub fn unarchive(&mut self, on: NaiveDate) {
        let newest = self.schedules.newest();
        if newest.value == Schedule::None {
            self.schedules.set(on.max(newest.from), self.schedule());
        }
    }
}

fn newest_real(versions: &[Version<Schedule>]) -> Schedule {
    let mut values = versions.iter().rev().map(|version| version.value);
    values.find(|schedule| *schedule != Schedule::None).unwrap_or(Schedule::None)
}

/// What a person said about a habit on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// It was done.
    Done,
    /// A planned rest: nothing was asked.
    Rest,
}

impl Mark {
    /// The word used in the file, in JSON and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Rest => "rest",
        }
    }

    /// The one of that word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Done, Self::Rest].into_iter().find(|mark| mark.word() == word)
    }
}

/// One habit's mark on one day, with an optional note. At least one of them is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Whose.
    pub habit: HabitId,
    /// The logical date.
    pub day: NaiveDate,
    /// `None` when there is only a note.
    pub mark: Option<Mark>,
    /// At most 16 KiB.
    pub note: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::IdSource;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, number).unwrap()
    }

    fn habit() -> Habit {
        Habit {
            id: HabitId(IdSource::new(1, 1).next_uuid()),
            name: "Read".into(),
            topic: None,
            position: 0,
            schedules: Versions::new(day(5), Schedule::Daily),
            recipes: Versions::new(day(5), Recipe::default()),
            seconds: SECONDS,
            is_review: false,
            is_deleted: false,
        }
    }

    #[test]
    fn a_recipe_is_said_with_what_there_is() {
        let recipe = |parts: [&str; 3]| {
            let [anchor, behaviour, celebration] = parts.map(str::to_owned);
            Recipe { anchor, behaviour, celebration }.sentence("read")
        };
        assert_eq!(recipe(["I wake", "I read", ""]), "After I wake, I will read.");
        assert_eq!(recipe(["I wake", "", ""]), "After I wake: read.");
        assert_eq!(recipe(["", "", ""]), "");
        assert_eq!(recipe(["", "read one page", ""]), "I will read one page.");
        assert_eq!(recipe(["sit down", "", ""]), "After I sit down: read.");
        assert_eq!(
            recipe(["sit down", "read one page", "I smile"]),
            "After I sit down, I will read one page. Then I smile."
        );
    }

    #[test]
    fn a_recipe_is_gone_through_step_by_step() {
        let recipe = Recipe { anchor: "I wake".into(), ..Recipe::default() };
        assert_eq!(recipe.steps("Read"), ["After I wake,", "Read.", "Then I smile."]);
        let recipe = Recipe { behaviour: "read".into(), celebration: "I nod".into(), ..recipe };
        let recipe = Recipe { anchor: String::new(), ..recipe };
        assert_eq!(recipe.steps(""), ["I will read.", "Then I nod."]);
    }

    #[test]
    fn the_archive_day_is_the_last_day_before_none() {
        let mut habit = habit();
        habit.archive(day(10));
        assert_eq!(habit.archived_on(), Some(day(10)));
        assert_eq!(habit.schedule(), Schedule::Daily);
        habit.unarchive(day(20));
        assert_eq!(habit.archived_on(), None);
        assert_eq!(*habit.schedules.at(day(15)), Schedule::None);
        assert_eq!(*habit.schedules.at(day(20)), Schedule::Daily);
    }

    #[test]
    fn what_begins_later_is_not_yet_asked_for_and_goes_with_archiving() {
        let mut habit = habit();
        habit.schedules.set(day(11), Schedule::PerWeek(3));
        habit.schedules.set(day(20), Schedule::PerWeek(2));
        let on = |habit: &Habit, number| habit.schedule_on(day(number));
        assert_eq!(on(&habit, 1), Schedule::Daily);
        assert_eq!(on(&habit, 10), Schedule::Daily);
        assert_eq!(on(&habit, 11), Schedule::PerWeek(3));
        assert_eq!(habit.schedule(), Schedule::PerWeek(2));
        assert_eq!(habit.archive(day(10)), 2, "the one of tomorrow, too");
        assert_eq!(on(&habit, 15), Schedule::Daily);
        habit.unarchive(day(20));
        assert_eq!(on(&habit, 15), Schedule::Daily);
    }

    #[test]
    fn coming_back_the_day_after_undoes_archiving() {
        for back in [10, 11] {
            let mut archived = habit();
            archived.archive(day(10));
            archived.unarchive(day(back));
            assert_eq!(archived, habit());
        }
    }

    #[test]
    fn archiving_before_the_creation_day_keeps_that_day() {
        let mut archived = habit();
        archived.archive(day(1));
        assert_eq!(archived.archived_on(), Some(day(5)));
        archived.unarchive(day(1));
        assert_eq!(archived, habit());
    }
}
