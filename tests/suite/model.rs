//! The rules of the product, told a second time: slow, literal, and written from the text alone.
//!
//! Owns an independent reading of windows, outcomes, streaks, strength, rates and "due". Must not
//! use any code of `inch` that knows these rules; only the plain input types are shared.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use inch::domain::{habit::Mark, schedule::Schedule};

/// Everything the rules look at.
#[derive(Debug, Clone)]
pub struct Model {
    /// Effective day and schedule, oldest first. The first day is the creation day.
    pub versions: Vec<(NaiveDate, Schedule)>,
    pub marks: BTreeMap<NaiveDate, Mark>,
    pub week_starts_on: Weekday,
    pub is_two_day: bool,
    pub today: NaiveDate,
}

/// A stretch of days that asks for a quota.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// All its days, those before the creation day too.
    pub days: Vec<NaiveDate>,
    /// Its days from the creation day on, if it holds that day; else all.
    pub counted: Vec<NaiveDate>,
    pub kind: Kind,
    /// How many versions share it.
    pub versions: usize,
    /// The schedule's own quota; the smallest in a joined week.
    pub own_quota: u32,
    /// L: the uncut window's length in days, as strength reads it.
    pub length: f64,
    pub is_cut: bool,
    pub is_archive_end: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Daily,
    Weekdays,
    PerWeek,
    Every,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Rested,
    Met,
    Pending,
    Blank,
    Missed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub length: u32,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub unit: &'static str,
}

/// What tells one day's uncut window from the next one's: days in a row with equal labels are one
/// window. Weekly windows do not name their version, so neighbouring versions join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Label {
    kind: Kind,
    version: Option<usize>,
    starts: NaiveDate,
    period: u64,
}

pub fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap()
}

impl Model {
    pub fn created_on(&self) -> NaiveDate {
        self.versions[0].0
    }

    /// Marks after today are not looked at, anywhere.
    pub fn mark(&self, day: NaiveDate) -> Option<Mark> {
        if day > self.today {
            return None;
        }
        self.marks.get(&day).copied()
    }

    fn is_done(&self, day: NaiveDate) -> bool {
        self.mark(day) == Some(Mark::Done)
    }

    fn is_rest(&self, day: NaiveDate) -> bool {
        self.mark(day) == Some(Mark::Rest)
    }

    pub fn first_day(&self) -> NaiveDate {
        let mut first = self.created_on();
        for day in self.marks.keys() {
            if self.is_done(*day) && *day < first {
                first = *day;
            }
        }
        first
    }

    fn version_on(&self, day: NaiveDate) -> usize {
        let mut holds = 0;
        for (index, (from, _)) in self.versions.iter().enumerate() {
            if *from <= day {
                holds = index;
            }
        }
        holds
    }

    fn label(&self, day: NaiveDate) -> Option<Label> {
        let version = self.version_on(day);
        let (from, schedule) = self.versions[version];
        match schedule {
            Schedule::None => None,
            Schedule::Daily => {
                Some(Label { kind: Kind::Daily, version: Some(version), starts: day, period: 1 })
            }
            Schedule::Weekdays(chosen) => chosen.contains(day.weekday()).then_some(Label {
                kind: Kind::Weekdays,
                version: Some(version),
                starts: day,
                period: 1,
            }),
            Schedule::PerWeek(_) => {
                let mut starts = day;
                while starts.weekday() != self.week_starts_on {
                    starts = starts.pred_opt().unwrap();
                }
                Some(Label { kind: Kind::PerWeek, version: None, starts, period: 7 })
            }
            Schedule::Every(n) => {
                let into = (day - from).num_days().rem_euclid(i64::from(n));
                Some(Label {
                    kind: Kind::Every,
                    version: Some(version),
                    starts: day - Days::new(into.unsigned_abs()),
                    period: u64::from(n),
                })
            }
        }
    }

    /// Every window that exists and holds a day of `from..=to`, oldest first.
    pub fn windows(&self, from: NaiveDate, to: NaiveDate) -> Vec<Window> {
        let mut longest = 7;
        for (_, schedule) in &self.versions {
            if let Schedule::Every(n) = schedule {
                longest = longest.max(u64::from(*n));
            }
        }
        // Whole windows are wanted at both ends, so look a little beyond and drop the rest.
        let mut groups: Vec<(Label, Vec<NaiveDate>)> = Vec::new();
        let mut before = None;
        let mut day = from - Days::new(longest);
        while day <= to + Days::new(longest) {
            let label = self.label(day);
            if let Some(label) = label {
                if before == Some(label) {
                    groups.last_mut().unwrap().1.push(day);
                } else {
                    groups.push((label, vec![day]));
                }
            }
            before = label;
            day = next(day);
        }
        let first_day = self.first_day();
        groups
            .into_iter()
            .filter(|(_, days)| days[0] <= to && days[days.len() - 1] >= from)
            .filter(|(_, days)| days[days.len() - 1] >= first_day)
            .map(|(label, days)| self.window(label, days))
            .collect()
    }

    fn window(&self, label: Label, days: Vec<NaiveDate>) -> Window {
        let created = self.created_on();
        let mut counted = days.clone();
        let mut is_cut = (days.len() as u64) < label.period;
        if days.contains(&created) {
            counted.retain(|day| *day >= created);
            is_cut |= days[0] < created;
        }
        let mut indices: Vec<usize> = days.iter().map(|day| self.version_on(*day)).collect();
        indices.dedup();
        let own_quota = indices
            .iter()
            .map(|index| match self.versions[*index].1 {
                Schedule::PerWeek(n) => u32::from(n),
                _ => 1,
            })
            .min()
            .unwrap();
        let length = match self.versions[indices[0]].1 {
            Schedule::Daily => 1.0,
            Schedule::Weekdays(chosen) => 7.0 / f64::from(chosen.count()),
            Schedule::PerWeek(_) => 7.0,
            Schedule::Every(n) => f64::from(n),
            Schedule::None => unreachable!("no window is made of nothing"),
        };
        let after = next(days[days.len() - 1]);
        let is_archive_end = self
            .versions
            .iter()
            .any(|(from, schedule)| *from == after && *schedule == Schedule::None);
        Window {
            days,
            counted,
            kind: label.kind,
            versions: indices.len(),
            own_quota,
            length,
            is_cut,
            is_archive_end,
        }
    }

    /// The quota of "Outcome": cuts and rests taken off.
    pub fn quota(&self, window: &Window) -> u32 {
        let mut quota = window.own_quota;
        if window.is_cut {
            quota = quota.min(u32::try_from(window.counted.len()).unwrap());
        }
        let free = window.counted.iter().filter(|day| !self.is_rest(**day));
        quota.min(u32::try_from(free.count()).unwrap())
    }

    pub fn done_days(&self, window: &Window) -> u32 {
        let done = window.days.iter().filter(|day| self.is_done(**day));
        u32::try_from(done.count()).unwrap()
    }

    pub fn outcome(&self, window: &Window) -> Outcome {
        let last = window.days[window.days.len() - 1];
        let quota = self.quota(window);
        if quota == 0 {
            Outcome::Rested
        } else if self.done_days(window) >= quota {
            Outcome::Met
        } else if last >= self.today {
            Outcome::Pending
        } else if window.is_cut || window.is_archive_end {
            Outcome::Rested
        } else if last < self.created_on() {
            Outcome::Blank
        } else {
            Outcome::Missed
        }
    }

    /// The windows that have begun with their outcomes, oldest first.
    pub fn judged(&self) -> Vec<(Window, Outcome)> {
        self.windows(self.first_day().min(self.today), self.today)
            .into_iter()
            .map(|window| {
                let outcome = self.outcome(&window);
                (window, outcome)
            })
            .collect()
    }

    /// Whether the two-day rule passes over the missed window at `at`.
    pub fn is_held(&self, judged: &[(Window, Outcome)], at: usize) -> bool {
        if !self.is_two_day || judged[at].1 != Outcome::Missed {
            return false;
        }
        let mut older = None;
        for (_, outcome) in &judged[..at] {
            if *outcome != Outcome::Rested {
                older = Some(*outcome);
            }
        }
        let mut newer = None;
        for (_, outcome) in judged[at + 1..].iter().rev() {
            if *outcome != Outcome::Rested {
                newer = Some(*outcome);
            }
        }
        older == Some(Outcome::Met) && matches!(newer, None | Some(Outcome::Met | Outcome::Pending))
    }

    fn run(&self, met: &[&Window]) -> Option<Run> {
        let oldest = met.first()?;
        let newest = met.last()?;
        let unit = if met.iter().all(|window| window.kind == Kind::Daily) {
            "days"
        } else if met.iter().all(|window| window.kind == Kind::PerWeek) {
            "weeks"
        } else {
            "times"
        };
        Some(Run {
            length: u32::try_from(met.len()).unwrap(),
            first: oldest.days[0].max(self.first_day()),
            last: newest.days[newest.days.len() - 1].min(self.today),
            unit,
        })
    }

    /// Walks back from the newest window that has begun.
    pub fn current(&self) -> Option<Run> {
        let judged = self.judged();
        let mut met = Vec::new();
        for at in (0..judged.len()).rev() {
            match judged[at].1 {
                Outcome::Met => met.insert(0, &judged[at].0),
                Outcome::Pending | Outcome::Rested => {}
                Outcome::Missed if self.is_held(&judged, at) => {}
                Outcome::Missed | Outcome::Blank => break,
            }
        }
        self.run(&met)
    }

    /// Every streak there ever was, oldest first.
    pub fn streaks(&self) -> Vec<Run> {
        let judged = self.judged();
        let mut all = Vec::new();
        let mut met = Vec::new();
        for (at, (window, outcome)) in judged.iter().enumerate() {
            match outcome {
                Outcome::Met => met.push(window),
                Outcome::Pending | Outcome::Rested => {}
                Outcome::Missed if self.is_held(&judged, at) => {}
                Outcome::Missed | Outcome::Blank => {
                    all.extend(self.run(&met));
                    met.clear();
                }
            }
        }
        all.extend(self.run(&met));
        all
    }

    /// The longest streak, the newest among equals.
    pub fn longest(&self) -> Option<Run> {
        let mut longest: Option<Run> = None;
        for run in self.streaks() {
            if longest.is_none_or(|best| run.length >= best.length) {
                longest = Some(run);
            }
        }
        longest
    }

    pub fn strength(&self) -> f64 {
        let mut strength = 0.0;
        for (window, outcome) in self.judged() {
            if !matches!(outcome, Outcome::Met | Outcome::Missed) {
                continue;
            }
            let days = if window.is_cut {
                f64::from(u32::try_from(window.counted.len()).unwrap())
            } else {
                window.length
            };
            let often = f64::from(window.own_quota) / window.length;
            let m = 0.5_f64.powf(often.sqrt() * days / 13.0);
            let done = f64::from(self.done_days(&window)) / f64::from(self.quota(&window));
            strength = strength * m + done.min(1.0) * (1.0 - m);
        }
        strength
    }

    /// Met and missed windows whose last day lies in the `days` that end today.
    pub fn rate(&self, days: u16) -> Option<(u32, u32)> {
        let begin = self.today - Days::new(u64::from(days) - 1);
        let mut met = 0;
        let mut missed = 0;
        for (window, outcome) in self.judged() {
            let last = window.days[window.days.len() - 1];
            if begin <= last && last <= self.today {
                met += u32::from(outcome == Outcome::Met);
                missed += u32::from(outcome == Outcome::Missed);
            }
        }
        (met + missed > 0).then_some((met, missed))
    }

    pub fn lifetime(&self) -> u32 {
        let done = self.marks.keys().filter(|day| self.is_done(**day));
        u32::try_from(done.count()).unwrap()
    }

    /// The window that holds a day.
    pub fn window_on(&self, day: NaiveDate) -> Option<Window> {
        self.windows(day, day).into_iter().find(|window| window.days.contains(&day))
    }

    /// A window holds the day, it is not marked rest, and the quota was not met before it.
    pub fn is_due(&self, day: NaiveDate) -> bool {
        let Some(window) = self.window_on(day) else {
            return false;
        };
        let earlier = window.days.iter().filter(|other| **other < day);
        let done = earlier.filter(|other| self.is_done(**other)).count();
        !self.is_rest(day) && done < self.quota(&window) as usize
    }

    /// The last day before the newest *none*, when nothing is asked any more.
    pub fn archived_on(&self) -> Option<NaiveDate> {
        let (from, schedule) = self.versions[self.versions.len() - 1];
        (schedule == Schedule::None).then(|| from.pred_opt().unwrap())
    }
}

/// Edits of the versions, read from the same text.
impl Model {
    /// Removes the versions effective on or after `day`; one equal to its predecessor is not stored.
    pub fn edit(&mut self, day: NaiveDate, schedule: Schedule) {
        let day = day.max(self.created_on());
        self.versions.retain(|(from, _)| *from < day);
        if self.versions.last().map(|(_, before)| *before) != Some(schedule) {
            self.versions.push((day, schedule));
        }
    }

    /// A version *none* from the next day.
    pub fn archive(&mut self, day: NaiveDate) {
        let day = day.max(self.created_on());
        self.edit(next(day), Schedule::None);
    }

    /// Puts the old schedule back from `day`.
    pub fn unarchive(&mut self, day: NaiveDate) {
        let Some(archived) = self.archived_on() else {
            return;
        };
        let old = self.versions[self.versions.len() - 2].1;
        self.edit(day.max(next(archived)), old);
    }
}
