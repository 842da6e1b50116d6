//! The history of one habit: what its windows and days came to over any stretch of time.
//!
//! Owns rates by weekday, month and recipe, strength over time, and which days were asked for. What
//! is told of them together is in [`overview`]. Must not know who shows it.

pub mod log;
pub mod overview;
pub mod stretch;

use chrono::{Datelike, NaiveDate};

use super::{
    checkpoint::Marks,
    day::{Rules, plus},
    figures::{Ask, Tally, rate_reads_from},
    habit::{Habit, Mark},
    schedule::Schedule,
    strength,
    window::{Judged, Outcome, Window},
};

/// How many half-lives of the strength are read at first before the days that are shown: some more
/// than `NEGLIGIBLE` takes, for rest days and gaps take nothing off.
pub const HALF_LIVES: u32 = 12;
/// What is left of an older strength when it no longer shows.
const NEGLIGIBLE: f64 = 0.001;
/// The days in which the strength of a daily habit halves (product.md, "Strength").
const HALF_LIFE_DAYS: f64 = 13.0;

/// One habit's days, and the day from which they are looked at.
#[derive(Debug)]
pub struct Past<'a, M> {
    /// Whose.
    pub habit: &'a Habit,
    /// Every mark of the windows that are asked about.
    pub marks: &'a M,
    /// How weeks and streaks are read.
    pub rules: Rules,
    /// The habit's first day: no window that ends before it exists.
    pub first_day: NaiveDate,
    /// The logical day.
    pub today: NaiveDate,
}

impl<M> Clone for Past<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Past<'_, M> {}

impl<M: Marks> Past<'_, M> {
    /// Every window that ends on `from` or later and begins by `until` and today, in order.
    fn judged(self, from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = Judged> {
        let Self { habit, marks, rules, first_day, today } = self;
        let (from, until) = (from.max(first_day), until.min(today));
        Window::between(from, until, &habit.schedules, rules.week_starts_on)
            .map(move |window| window.judge(marks.within(window.start, window.end), today))
    }

    /// The met and the missed windows whose last day lies in the range and is not to come.
    fn counted(self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = Judged> {
        let last = last.min(self.today);
        self.judged(first, last)
            .filter(move |judged| judged.window.end >= first && judged.window.end <= last)
            .filter(|judged| matches!(judged.outcome, Outcome::Met | Outcome::Missed))
    }

    /// Met ÷ (met + missed) over windows whose last day lies in the range.
    pub fn tally(&self, first: NaiveDate, last: NaiveDate) -> Tally {
        let mut tally = Tally::default();
        self.counted(first, last).for_each(|judged| tally.take(judged.outcome == Outcome::Met));
        tally
    }

    /// By weekday, Monday first: done ÷ asked days of the windows that [`Self::tally`] counts. A day
    /// is asked while its window's quota was not met before it and it is not a rest; one that was
    /// done beyond the quota counts as well, for it was done.
    pub fn by_weekday(&self, first: NaiveDate, last: NaiveDate) -> [Tally; 7] {
        let mut weekdays = [Tally::default(); 7];
        for Judged { window, quota, .. } in self.counted(first, last) {
            let mut marks = self.marks.within(window.start, window.end).peekable();
            let mut done = 0;
            for day in window.start.iter_days().take_while(|day| *day <= window.end) {
                let mark = marks.next_if(|(on, _)| *on == day).map(|(_, mark)| mark);
                let is_done = mark == Some(Mark::Done);
                // Days before the creation day count when they were done, and only then.
                let is_asked = is_done || mark.is_none() && day >= window.counted_from;
                if is_asked && (is_done || done < quota) {
                    weekdays[day.weekday().num_days_from_monday() as usize].take(is_done);
                }
                done += u32::from(is_done);
            }
        }
        weekdays
    }

    /// By month: windows by the month of their last day. `months` are first days, in order.
    pub fn by_month(&self, months: &[NaiveDate]) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); months.len()];
        let (Some(first), Some(newest)) = (months.first(), months.last()) else {
            return tallies;
        };
        for judged in self.counted(*first, stretch::month_end(*newest)) {
            let place = months.partition_point(|month| *month <= judged.window.end) - 1;
            tallies[place].take(judged.outcome == Outcome::Met);
        }
        tallies
    }

    /// The strength as it was seen on each of some days, in order and none to come. `from` begins a
    /// window before which nothing is folded in.
    pub fn strength_on(&self, from: NaiveDate, days: impl Iterator<Item = NaiveDate>) -> Vec<f64> {
        let mut windows = self.judged(from, self.today).peekable();
        let mut strength = 0.0;
        days.map(|day| {
            while let Some(ended) = windows.next_if(|judged| judged.window.end < day) {
                strength = strength::after(strength, &ended);
            }
            let open = windows.peek().map(|judged| judged.window);
            open.filter(|window| window.start <= day).map_or(strength, |window| {
                let seen = window.judge(self.marks.within(window.start, day), day);
                strength::after(strength, &seen)
            })
        })
        .collect()
    }

    /// Whether days held from `from` on are enough for the strength from `until` on: the windows
    /// between have worn off what was before, or there was nothing.
    pub fn is_worn_off(&self, from: NaiveDate, until: NaiveDate) -> bool {
        let kept = || {
            let windows = self.counted(from, plus(until, -1));
            windows.map(|judged| strength::kept(&judged.window)).product::<f64>()
        };
        from <= self.first_day || kept() <= NEGLIGIBLE
    }

    /// Whether a day that was asked for was done; nothing where it was not asked for. What was done
    /// without being asked counts as asked.
    pub fn asked_on(&self, day: NaiveDate) -> Option<bool> {
        if day > self.today || day < self.first_day {
            return None;
        }
        let ask = Ask::on(day, self.habit, self.marks, self.rules, self.first_day, self.today);
        if ask.mark == Some(Mark::Done) {
            return Some(true);
        }
        let outcome = ask.window.map(|judged| judged.outcome);
        let is_counted = matches!(outcome, Some(Outcome::Missed | Outcome::Pending));
        let is_open = is_counted && ask.is_unfinished() && day >= self.habit.created_on();
        is_open.then_some(false)
    }

    /// Under the version of the recipe that holds today, with its place: windows whose last day is
    /// one of its days, `first` or later.
    pub fn by_newest_recipe(&self, first: NaiveDate) -> (usize, Tally) {
        let version = self.habit.recipes.index_at(self.today);
        let from = match version {
            0 => self.first_day,
            _ => self.habit.recipes.as_slice()[version].from,
        };
        (version, self.tally(from.max(first), self.today))
    }

    /// Under each version of the recipe, oldest first: windows whose last day is one of its days.
    pub fn by_recipe(&self) -> Vec<Tally> {
        let versions = self.habit.recipes.as_slice();
        let ends = versions[1..].iter().map(|next| plus(next.from, -1)).chain([self.today]);
        let starts = [self.first_day].into_iter().chain(versions[1..].iter().map(|each| each.from));
        starts.zip(ends).map(|(first, last)| self.tally(first, last)).collect()
    }
}

/// The first day to read for the strength on `day`: so many half-lives before it, if all that time
/// was asked for something.
pub fn strength_reads_from(
    habit: &Habit,
    rules: Rules,
    day: NaiveDate,
    half_lives: u32,
) -> NaiveDate {
    let longest = habit.schedules.as_slice().iter().map(|version| match version.value {
        Schedule::Daily | Schedule::None => 1.0,
        Schedule::Weekdays(days) => 7.0 / f64::from(days.count()),
        Schedule::PerWeek(count) => 7.0 / f64::from(count),
        Schedule::Every(count) => f64::from(count),
    });
    let days = f64::from(half_lives) * HALF_LIFE_DAYS * longest.fold(1.0, f64::max).sqrt();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and a number that is too large becomes the largest"
    )]
    let days = days.ceil() as u16;
    rate_reads_from(habit, rules, day, days)
}

#[cfg(test)]
mod tests;
