//! Reviews: when a mastered topic comes back.
//!
//! Owns the ratings and the days; the intervals are those of FSRS. Must not know what is asked.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rs_fsrs::{Card, FSRS, Parameters};
use serde::{Deserialize, Serialize};

use super::{
    dated::{Dated, take_on},
    day::{LAST, plus},
    ids::TopicId,
};

/// How well something was still known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rating {
    /// Not any more: it drops to practising.
    Again,
    /// With effort.
    Hard,
    /// As it should be.
    Good,
    /// Without a thought.
    Easy,
}

impl Rating {
    /// Every rating, in the order of the choices.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// The word in the file and on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }

    const fn of_scheduler(self) -> rs_fsrs::Rating {
        match self {
            Self::Again => rs_fsrs::Rating::Again,
            Self::Hard => rs_fsrs::Rating::Hard,
            Self::Good => rs_fsrs::Rating::Good,
            Self::Easy => rs_fsrs::Rating::Easy,
        }
    }
}

/// One look back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// The logical day.
    pub on: NaiveDate,
    /// How it went.
    pub rating: Rating,
}

impl Dated for Reviewed {
    fn on(&self) -> NaiveDate {
        self.on
    }

    fn begun_on(self, on: NaiveDate) -> Self {
        Self { on, ..self }
    }

    /// Every look back counts.
    fn says_same(&self, _: &Self) -> bool {
        false
    }
}

/// When a topic comes back, and every look back at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Which topic.
    pub topic: TopicId,
    /// The day it comes back, as decided after the newest look. It stays as it was said, whatever a
    /// later scheduler would say.
    pub due_on: NaiveDate,
    /// Oldest first, one a day; the first is the day of mastering. Never empty.
    pub history: Vec<Reviewed>,
}

impl Review {
    /// A topic that was mastered on a day.
    pub fn new(topic: TopicId, on: NaiveDate) -> Self {
        let mut review = Self { topic, due_on: on, history: Vec::new() };
        review.rate(Rating::Good, on);
        review
    }

    /// A look back; a second one on the same day replaces the first.
    pub fn rate(&mut self, rating: Rating, on: NaiveDate) {
        take_on(&mut self.history, Reviewed { on, rating });
        self.due_on = due_on(&self.history);
    }

    /// The day it would come back after each rating on `on`, in the order of [`Rating::ALL`].
    pub fn choices(&self, on: NaiveDate) -> [NaiveDate; 4] {
        Rating::ALL.map(|rating| {
            let mut rated = self.clone();
            rated.rate(rating, on);
            rated.due_on
        })
    }
}

/// FSRS-5 with its published weights, for a recall of nine in ten, whole days only and no chance:
/// what was said comes true. <https://github.com/open-spaced-repetition/rs-fsrs>
fn due_on(history: &[Reviewed]) -> NaiveDate {
    let parameters =
        Parameters { enable_short_term: false, enable_fuzz: false, ..Parameters::default() };
    let scheduler = FSRS::new(parameters);
    let Some(first) = history.first() else { return LAST };
    let mut card = Card { due: noon(first.on), last_review: noon(first.on), ..Card::default() };
    for look in history {
        card = scheduler.next(card, noon(look.on), look.rating.of_scheduler()).card;
    }
    let last = history.last().map_or(first.on, |look| look.on);
    plus(last, card.scheduled_days.max(1)).min(LAST)
}

/// The scheduler counts in instants; the same hour of every day makes them whole days.
fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> NaiveDate {
        plus(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(), number)
    }

    #[test]
    fn good_reviews_come_at_growing_distances() {
        let mut review = Review::new("vectors".into(), day(0));
        assert_eq!(review.due_on, day(3), "as the migration has it");
        let mut gaps = Vec::new();
        for _ in 0..5 {
            let on = review.due_on;
            review.rate(Rating::Good, on);
            gaps.push((review.due_on - on).num_days());
        }
        assert!(gaps.windows(2).all(|pair| pair[0] * 3 / 2 < pair[1]), "{gaps:?}");
    }

    #[test]
    fn the_better_it_went_the_later_it_comes() {
        let mut review = Review::new("vectors".into(), day(0));
        review.rate(Rating::Good, day(3));
        let choices = review.choices(day(14));
        assert!(choices.is_sorted(), "{choices:?}");
        assert!(choices[0] > day(14) && choices[0] < choices[3]);
        assert_eq!(choices[2], {
            let mut rated = review.clone();
            rated.rate(Rating::Good, day(14));
            rated.due_on
        });
    }

    #[test]
    fn a_second_look_on_one_day_replaces_the_first() {
        let mut twice = Review::new("vectors".into(), day(0));
        twice.rate(Rating::Again, day(3));
        twice.rate(Rating::Easy, day(3));
        let mut once = Review::new("vectors".into(), day(0));
        once.rate(Rating::Easy, day(3));
        assert_eq!(twice, once);
    }
}
