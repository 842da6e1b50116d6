//! How a project is chosen: what it is worth to the person, and how to go about it.
//!
//! Owns the scores, the four questions and what they suggest, after "Choosing projects" in Ng's *How
//! to Build Your Career in AI*. Must not know how they are asked.

use serde::{Deserialize, Serialize};

/// The scores, in the order of [`Score::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Score {
    /// Will it help one to grow technically?
    Growth,
    /// Are there good people to work with, or to discuss it with?
    People,
    /// Can it be a stepping stone to larger ones?
    SteppingStone,
}

impl Score {
    /// Every score, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Growth, Self::People, Self::SteppingStone];

    /// What is asked.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Growth => "Will it make you grow technically?",
            Self::People => "Are there people to do or discuss it with?",
            Self::SteppingStone => "Is it a stepping stone to larger projects?",
        }
    }
}

/// The best score; the worst is 1.
pub const BEST: u8 = 5;

/// The two ways to go about an idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approach {
    /// Start, and let what comes out direct the next step.
    ReadyFireAim,
    /// Plan and ask first.
    ReadyAimFire,
}

impl Approach {
    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ReadyFireAim => "ready, fire, aim",
            Self::ReadyAimFire => "ready, aim, fire",
        }
    }

    /// What it means.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::ReadyFireAim => "start now and let the results steer",
            Self::ReadyAimFire => "check and plan first, then commit",
        }
    }
}

/// The four questions; yes speaks for starting at once.
pub const QUESTIONS: [&str; 4] = [
    "Can a first version be tried within days?",
    "Is a wrong turn cheap to take back?",
    "Would trying teach you more than asking around?",
    "Would a bad first version harm nobody?",
];

/// How an idea is weighed. What is `None` was not said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// 1–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub growth: Option<u8>,
    /// 1–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u8>,
    /// 1–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stepping_stone: Option<u8>,
    /// Whether it is good for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_good: Option<bool>,
    /// How many days building it would take, as the person thinks; 1–3,650.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate_days: Option<u16>,
    /// Yes or no to each of [`QUESTIONS`].
    pub answers: [Option<bool>; 4],
    /// How the person goes about it, whatever was suggested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approach: Option<Approach>,
    /// Why.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// The longest estimate in days: ten years, which only a mistake would be.
pub const LONGEST_ESTIMATE: u16 = 3_650;

impl Choice {
    /// One of the scores.
    pub const fn score(&self, score: Score) -> Option<u8> {
        match score {
            Score::Growth => self.growth,
            Score::People => self.people,
            Score::SteppingStone => self.stepping_stone,
        }
    }

    /// The sum of the scores, 3–15; `None` until all are given.
    pub fn total(&self) -> Option<u8> {
        Some(self.growth? + self.people? + self.stepping_stone?)
    }

    /// What ideas are ranked by, best last: what is good for people or not yet said to be bad, then
    /// the sum, with 3 for what was not said, the middle; none where no score was given, so that
    /// nothing wins by silence.
    pub fn rank(&self) -> (bool, Option<u8>) {
        let scores = Score::ALL.map(|score| self.score(score));
        let is_weighed = scores.iter().any(Option::is_some);
        let sum = scores.iter().map(|score| score.unwrap_or(3)).sum();
        (self.is_good != Some(false), is_weighed.then_some(sum))
    }

    /// What the answers suggest, once all four are given: start at once when at most one of them
    /// speaks against it.
    pub fn suggestion(&self) -> Option<Approach> {
        let mut answers = self.answers.into_iter();
        let yes = answers.try_fold(0, |sum, answer| Some(sum + u8::from(answer?)))?;
        Some(if yes >= 3 { Approach::ReadyFireAim } else { Approach::ReadyAimFire })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_of_four_speak_for_starting_at_once() {
        let of = |answers| Choice { answers, ..Choice::default() }.suggestion();
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(of([yes, yes, no, yes]), Some(Approach::ReadyFireAim));
        assert_eq!(of([yes, no, no, yes]), Some(Approach::ReadyAimFire));
        assert_eq!(of([yes, yes, None, yes]), None);
    }

    #[test]
    fn ideas_that_are_bad_for_people_rank_below_all_others() {
        let best = Choice {
            growth: Some(5),
            people: Some(5),
            stepping_stone: Some(5),
            is_good: Some(false),
            ..Choice::default()
        };
        let unsaid = Choice::default();
        assert_eq!((best.total(), unsaid.total()), (Some(15), None));
        assert!(best.rank() < unsaid.rank());
        let worst = Choice { growth: Some(1), people: Some(1), ..Choice::default() };
        assert_eq!((unsaid.rank(), worst.rank()), ((true, None), (true, Some(5))));
    }
}
