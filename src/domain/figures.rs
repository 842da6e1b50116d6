//! The numbers of one habit as seen on a day: streaks, strength, rates, what is due.
//!
//! Owns how folds and windows become figures. Must not know who shows them.

use std::ops::AddAssign;

use chrono::NaiveDate;

use super::{
    checkpoint::{Checkpoint, Marks, first_day},
    day::{Rules, plus},
    habit::{Habit, Mark},
    history::Past,
    streak::{Streak, Unit},
    window::{Judged, Outcome, Window},
};

/// What a list row and the head of the detail need; folds only days after the checkpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The streak in progress, in windows.
    pub current_streak: u32,
    /// What the streak is counted in.
    pub unit: Unit,
    /// Windows missed in a row, up to the newest that is over; rested and pending ones are passed
    /// over. While a streak goes on, the miss that its rule passes over for now.
    pub missed_in_a_row: u32,
    /// The best streaks, longest first, the one in progress among them; at most five.
    pub best: Vec<Streak>,
    /// 0–1.
    pub strength: f64,
    /// Done days up to today, in windows or not.
    pub lifetime: u32,
    /// The earlier of the creation day and the earliest done day.
    pub first_day: NaiveDate,
}

impl Figures {
    /// The figures on `today`. `marks` must hold every mark from `from.resume` on.
    pub fn new(
        habit: &Habit,
        from: &Checkpoint,
        marks: &impl Marks,
        rules: Rules,
        today: NaiveDate,
    ) -> Self {
        let first_day = first_day(habit, from, marks, today);
        let fold = from.advance(habit, marks, rules, today, None, |_| {}).fold;
        let current = fold.run.current();
        Self {
            current_streak: current.map_or(0, |streak| streak.length),
            unit: current.map_or(Unit::of_schedule(habit.schedule_on(today)), |streak| streak.unit),
            missed_in_a_row: fold.run.missed_in_a_row(),
            best: fold.best_streaks(),
            strength: fold.strength,
            lifetime: fold.lifetime,
            first_day,
        }
    }

    /// The longest streak, the newest among equals.
    pub fn longest(&self) -> Option<Streak> {
        self.best.first().copied()
    }
}

/// Every streak, oldest first, the one in progress last. `marks` must hold all marks.
pub fn streaks(habit: &Habit, marks: &impl Marks, rules: Rules, today: NaiveDate) -> Vec<Streak> {
    let mut all = Vec::new();
    let end =
        Checkpoint::default().advance(habit, marks, rules, today, None, |streak| all.push(streak));
    all.extend(end.fold.run.current());
    all
}

/// How many of some were met or done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that were.
    pub met: u32,
    /// All of them.
    pub all: u32,
}

impl Tally {
    /// Counts one more.
    pub fn take(&mut self, is_met: bool) {
        self.met += u32::from(is_met);
        self.all += 1;
    }

    /// The share that was met, 0–1; `None` where there are none.
    pub fn share(self) -> Option<f64> {
        (self.all > 0).then(|| f64::from(self.met) / f64::from(self.all))
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.met += other.met;
        self.all += other.all;
    }
}

/// Windows whose last day lies in the `days` days that end today: met, and met or missed.
///
/// `marks` must hold every mark from the start of the first such window on; `first_day` is the
/// habit's.
pub fn tally(
    habit: &Habit,
    marks: &impl Marks,
    rules: Rules,
    first_day: NaiveDate,
    today: NaiveDate,
    days: u16,
) -> Tally {
    let past = Past { habit, marks, rules, first_day, today };
    past.tally(plus(today, 1 - i64::from(days)), today)
}

/// Met ÷ (met + missed) of the [`tally`] over `days` days; `None` where there are none.
pub fn rate(
    habit: &Habit,
    marks: &impl Marks,
    rules: Rules,
    first_day: NaiveDate,
    today: NaiveDate,
    days: u16,
) -> Option<f64> {
    tally(habit, marks, rules, first_day, today, days).share()
}

/// The first day whose marks [`rate`] over `days` days may look at.
pub fn rate_reads_from(habit: &Habit, rules: Rules, today: NaiveDate, days: u16) -> NaiveDate {
    let from = plus(today, 1 - i64::from(days));
    Window::holding(from, &habit.schedules, rules.week_starts_on)
        .map_or(from, |window| window.start)
}

/// What is asked of a habit on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    /// What was said about the day.
    pub mark: Option<Mark>,
    /// A window holds the day, it is not marked rest, and the quota was not met before it.
    pub is_due: bool,
    /// The window that holds the day, judged as of today.
    pub window: Option<Judged>,
}

impl Ask {
    /// What is asked on `day`. `marks` must hold those of the window around that day; no window
    /// that ends before the habit's `first_day` exists.
    pub fn on(
        day: NaiveDate,
        habit: &Habit,
        marks: &impl Marks,
        rules: Rules,
        first_day: NaiveDate,
        today: NaiveDate,
    ) -> Self {
        let mark = marks.within(day, day).next().map(|(_, mark)| mark);
        let window = Window::holding(day, &habit.schedules, rules.week_starts_on)
            .filter(|window| window.end >= first_day)
            .map(|window| window.judge(marks.within(window.start, window.end), today));
        // Marks after today are shown, but no rule looks at them until their day comes.
        let is_rested = mark == Some(Mark::Rest) && day <= today;
        let is_due = !is_rested
            && window.is_some_and(|judged| {
                let before = marks
                    .within(judged.window.start, judged.window.end)
                    .filter(|(on, mark)| *on < day && *on <= today && *mark == Mark::Done)
                    .count();
                judged.quota > 0 && before < judged.quota as usize
            });
        Self { mark, is_due, window }
    }

    /// Due, with nothing said yet, and nothing done since has met what its window asks for.
    pub fn is_unfinished(&self) -> bool {
        let is_met = self.window.is_some_and(|judged| judged.outcome == Outcome::Met);
        self.is_due && self.mark.is_none() && !is_met
    }

    /// Due and done.
    pub fn is_finished(&self) -> bool {
        self.is_due && self.mark == Some(Mark::Done)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::{
        checkpoint::boundary,
        habit::Recipe,
        ids::{HabitId, IdSource},
        schedule::Schedule,
        version::Versions,
    };

    fn day(text: &str) -> NaiveDate {
        crate::domain::day::parse_iso(text).unwrap()
    }

    fn habit(from: &str, schedule: &str) -> Habit {
        Habit {
            id: HabitId(IdSource::new(1, 1).next_uuid()),
            name: "Read".into(),
            topic: None,
            position: 0,
            schedules: Versions::new(day(from), schedule.parse::<Schedule>().unwrap()),
            recipes: Versions::new(day(from), Recipe::default()),
            seconds: 10,
            is_review: false,
            is_deleted: false,
        }
    }

    fn done(from: &str, count: i64) -> BTreeMap<NaiveDate, Mark> {
        (0..count).map(|at| (plus(day(from), at), Mark::Done)).collect()
    }

    fn figures(habit: &Habit, marks: &BTreeMap<NaiveDate, Mark>, today: NaiveDate) -> Figures {
        Figures::new(habit, &Checkpoint::default(), marks, Rules::default(), today)
    }

    #[test]
    fn strength_has_the_worked_figures_of_the_product() {
        let habit = habit("2026-01-01", "daily");
        let percent = |marks: &BTreeMap<_, _>, days: i64| {
            let strength = figures(&habit, marks, plus(day("2026-01-01"), days - 1)).strength;
            (strength * 1000.0).round() / 10.0
        };
        assert_eq!(percent(&done("2026-01-01", 30), 30), 79.8);
        assert_eq!(percent(&done("2026-01-01", 66), 66), 97.0);
        // The 67th day is over, and was missed.
        assert_eq!(percent(&done("2026-01-01", 66), 68), 92.0);
        assert_eq!(percent(&BTreeMap::new(), 1), 0.0);
    }

    #[test]
    fn a_checkpoint_gives_the_figures_of_the_full_fold() {
        for schedule in ["daily", "mon,wed,fri", "3/week", "every 40 days"] {
            let habit = habit("2025-03-05", schedule);
            let mut marks = done("2025-02-20", 600);
            marks.retain(|day, _| !day.to_string().ends_with('7'));
            marks.insert(day("2025-11-27"), Mark::Rest);
            let today = day("2026-08-19");
            let rules = Rules::default();
            let full = figures(&habit, &marks, today);
            let checkpoint = Checkpoint::default().advance(
                &habit,
                &marks,
                rules,
                today,
                Some(boundary(today)),
                |_| {},
            );
            let live: BTreeMap<_, _> =
                marks.range(checkpoint.resume..).map(|(d, m)| (*d, *m)).collect();
            assert_eq!(Figures::new(&habit, &checkpoint, &live, rules, today), full, "{schedule}");
            assert!(checkpoint.resume <= boundary(today));
        }
    }

    #[test]
    fn due_until_the_quota_was_met_before_that_day() {
        let habit = habit("2026-11-02", "2/week");
        let marks = done("2026-11-23", 2);
        let first = day("2026-11-02");
        let ask =
            |on: &str| Ask::on(day(on), &habit, &marks, Rules::default(), first, day("2026-11-26"));
        assert!(!ask("2026-11-01").is_due, "before the first day there is no window");
        assert!(ask("2026-11-24").is_finished());
        assert!(!ask("2026-11-25").is_due);
        assert!(ask("2026-11-30").is_unfinished());
    }

    #[test]
    fn rates_look_at_windows_that_end_in_the_range() {
        let habit = habit("2026-11-01", "daily");
        let marks = done("2026-11-20", 3);
        let rate = |today: &str, days| {
            rate(&habit, &marks, Rules::default(), day("2026-11-01"), day(today), days)
        };
        assert_eq!(rate("2026-11-23", 7), Some(3.0 / 6.0), "today is pending");
        assert_eq!(rate("2026-11-01", 7), None);
    }
}
