//! The scope worksheet: Ng's five steps from a business problem to what it takes.
//!
//! Owns the steps, their prompts and every answer with its day: a step that is opened again keeps
//! what was answered before. Must not know how it is filled in.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::dated::{Dated, take_on};

/// The five steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Not the AI problem.
    #[default]
    Problem,
    /// Several of them.
    Solutions,
    /// Whether it can be done and is worth it.
    Feasibility,
    /// In numbers.
    Milestones,
    /// What it takes.
    Resources,
}

impl Step {
    /// In order.
    pub const ALL: [Self; 5] =
        [Self::Problem, Self::Solutions, Self::Feasibility, Self::Milestones, Self::Resources];

    /// Its name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Problem => "Business problem",
            Self::Solutions => "Solutions",
            Self::Feasibility => "Feasibility and value",
            Self::Milestones => "Milestones",
            Self::Resources => "Resources",
        }
    }

    /// What it asks for.
    pub fn prompts(self) -> impl Iterator<Item = Prompt> {
        Prompt::ALL.into_iter().filter(move |prompt| prompt.step() == self)
    }
}

macro_rules! prompts {
    ($($name:ident: $step:ident, $label:literal, $question:literal,)*) => {
        /// One thing that the worksheet asks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Prompt {
            $(#[doc = $question] $name,)*
        }

        impl Prompt {
            /// Every prompt, in order.
            pub const ALL: [Self; [$(Self::$name),*].len()] = [$(Self::$name),*];

            /// The step it belongs to.
            pub const fn step(self) -> Step {
                match self {
                    $(Self::$name => Step::$step,)*
                }
            }

            /// A word or two before the answer.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                }
            }

            /// What is asked.
            pub const fn question(self) -> &'static str {
                match self {
                    $(Self::$name => $question,)*
                }
            }
        }
    };
}

prompts! {
    Problem: Problem, "problem", "What goes wrong today, and for whom? Say it without the word AI: it is a problem of the business, not of a model.",
    Improve: Problem, "to improve", "Which three things would the people there wish for first?",
    WhyNotYet: Problem, "why not yet", "Why does it not work like that already? What was tried?",
    Solutions: Solutions, "solutions", "What could help? Several ways, before one is liked best.",
    WithoutAi: Solutions, "without AI", "And without AI: a rule, a list, a word with somebody?",
    Feasible: Feasibility, "feasible", "What says that it can be done? Others who did it, a paper, what a person sees in the same data, an afternoon's try.",
    Value: Feasibility, "value", "What is it worth once it works, and who says so? Ask somebody who knows the field.",
    MlMetric: Milestones, "ML metric", "Which number of the model is good enough, and on which data?",
    BusinessMetric: Milestones, "business metric", "Which number of the business moves then, and how far?",
    When: Milestones, "by when", "What is there to see by when? The first thing soon.",
    Data: Resources, "data", "Which data does it need, where is it, and who may give it?",
    People: Resources, "people", "Who has to help, and how often?",
    Time: Resources, "time", "How much of your time, until when?",
    Integrations: Resources, "integrations", "What does it have to work with: a website, a spreadsheet, a machine?",
    Support: Resources, "support", "What else is needed of others: money, machines, a word from somebody?",
}

/// What was answered from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The logical day.
    pub on: NaiveDate,
    /// At most 16 KiB; empty when it was taken out.
    pub text: String,
}

impl Dated for Answer {
    fn on(&self) -> NaiveDate {
        self.on
    }

    fn begun_on(self, on: NaiveDate) -> Self {
        Self { on, ..self }
    }

    fn says_same(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// The worksheet of one project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scope {
    answers: BTreeMap<Prompt, Vec<Answer>>,
}

impl Scope {
    /// Every answer to every prompt that has any, oldest first.
    pub fn all(&self) -> impl Iterator<Item = (Prompt, &[Answer])> {
        self.answers.iter().map(|(prompt, answers)| (*prompt, answers.as_slice()))
    }

    /// A worksheet with these answers; prompts without any are left out.
    pub fn of(answers: impl IntoIterator<Item = (Prompt, Vec<Answer>)>) -> Self {
        let answers = answers.into_iter().filter(|(_, answers)| !answers.is_empty());
        Self { answers: answers.collect() }
    }

    /// The newest answer; empty where there is none.
    pub fn answer(&self, prompt: Prompt) -> &str {
        self.answers.get(&prompt).and_then(|all| all.last()).map_or("", |answer| &answer.text)
    }

    /// What was answered before the newest answer, oldest first.
    pub fn earlier(&self, prompt: Prompt) -> &[Answer] {
        let all = self.answers.get(&prompt).map(Vec::as_slice).unwrap_or_default();
        all.split_last().map_or(&[], |(_, earlier)| earlier)
    }

    /// Answers a prompt from `on`; an answer of the same day is replaced.
    pub fn answer_with(&mut self, prompt: Prompt, text: String, on: NaiveDate) {
        if self.answer(prompt) == text {
            return;
        }
        let all = self.answers.entry(prompt).or_default();
        take_on(all, Answer { on, text });
        if all.iter().all(|answer| answer.text.is_empty()) {
            self.answers.remove(&prompt);
        }
    }

    /// How many prompts of a step are answered, and how many there are.
    pub fn filled(&self, step: Step) -> (usize, usize) {
        let answered = step.prompts().filter(|prompt| !self.answer(*prompt).is_empty());
        (answered.count(), step.prompts().count())
    }

    /// Whether a step says anything.
    pub fn has(&self, step: Step) -> bool {
        self.filled(step).0 > 0
    }

    /// Whether every step says something: it is scoped.
    pub fn is_whole(&self) -> bool {
        Step::ALL.into_iter().all(|step| self.has(step))
    }

    /// Whether nothing was answered yet.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_is_opened_again_keeps_what_was_answered_before() {
        let day = |number| NaiveDate::from_ymd_opt(2026, 1, number).unwrap();
        let mut scope = Scope::default();
        for (on, text) in
            [(1, "churn"), (1, "too many leave"), (3, "too many leave"), (4, "who leaves")]
        {
            scope.answer_with(Prompt::Problem, text.to_owned(), day(on));
        }
        assert_eq!(scope.answer(Prompt::Problem), "who leaves");
        let earlier: Vec<_> = scope
            .earlier(Prompt::Problem)
            .iter()
            .map(|answer| (answer.on, &*answer.text))
            .collect();
        assert_eq!(earlier, [(day(1), "too many leave")]);
        assert_eq!(scope.filled(Step::Problem), (1, 3));
        assert!(!scope.is_whole());
        let json = serde_json::to_string(&scope).unwrap();
        assert_eq!(serde_json::from_str::<Scope>(&json).unwrap(), scope);
    }

    #[test]
    fn every_step_has_prompts_and_is_whole_once_each_has_an_answer() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let mut scope = Scope::default();
        for step in Step::ALL {
            assert!(!scope.is_whole());
            let prompt = step.prompts().next().unwrap();
            scope.answer_with(prompt, "x".to_owned(), day);
        }
        assert!(scope.is_whole());
        scope.answer_with(Prompt::Problem, String::new(), day);
        assert_eq!(scope.answer(Prompt::Problem), "");
        assert!(!scope.is_whole());
    }
}
