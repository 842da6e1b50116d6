//! Choosing between ideas: what each is worth, and how to go about it.
//!
//! Owns the form, the change it makes, and the ranking beside it. Must not know how it is drawn.

use super::{
    Model, Overlay, Stage,
    editor::Editor,
    form::{Field, Form, Labelled, Name, Page, Pages, Subject, Wrong},
};
use crate::domain::{
    change::{Change, ProjectPatch},
    ids::ProjectId,
    project::{
        Project,
        choice::{Approach, Choice, LONGEST_ESTIMATE, QUESTIONS, Score},
    },
    text,
};

/// What stands where nothing was said.
const UNSAID: &str = "not said";
const YES_OR_NO: [&str; 3] = [UNSAID, "yes", "no"];
const APPROACHES: [Approach; 2] = [Approach::ReadyFireAim, Approach::ReadyAimFire];

/// Rows for the ranking below the scores.
const RANKING_ROWS: u16 = 8;
/// Rows for what the answers suggest.
const SUGGESTION_ROWS: u16 = 3;

/// An idea among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Its title, as it is stored.
    pub title: String,
    /// It is the one being weighed.
    pub is_this: bool,
    /// It was said not to be good for people.
    pub is_bad: bool,
    /// The sum of its scores, 3–15, the middle standing for what was not said; none where nothing is.
    pub sum: Option<u8>,
    /// Every score was given.
    pub is_whole: bool,
}

/// The form for a project.
pub(super) fn form(project: &Project) -> Form {
    let choice = &project.draft.choice;
    let labelled = |name, label, help, field| Labelled { name, label, help, field };
    let yes_or_no = |answer: Option<bool>| {
        Field::choice(YES_OR_NO, answer.map_or(UNSAID, |yes| if yes { "yes" } else { "no" }))
    };
    let scores = Score::ALL.map(|score| {
        let help = "From 1, hardly, to 5, very much: ← → or the number; backspace takes it back.";
        let field = Field::Score(choice.score(score).unwrap_or(0));
        labelled(Name::Score(score), score.question(), help, field)
    });
    let estimate = choice.estimate_days.map_or_else(String::new, |days| days.to_string());
    let worth = [
        labelled(
            Name::Good,
            "Is it good for people?",
            "Would the world be better with it? An idea that is bad for people stands last, whatever its scores.",
            yes_or_no(choice.is_good),
        ),
        labelled(
            Name::Estimate,
            "Days to build a first version?",
            "A guess is fine. When deciding takes longer than this, inch says so.",
            Field::line(&estimate),
        ),
    ];
    let questions = (0..).zip(QUESTIONS).zip(choice.answers).map(|((at, question), answer)| {
        let help = "Yes speaks for starting now and letting the results steer; ← → chooses.";
        labelled(Name::Question(at), question, help, yes_or_no(answer))
    });
    let titles = [UNSAID].into_iter().chain(APPROACHES.map(Approach::title));
    let how = [
        labelled(
            Name::Approach,
            "How will you go about it?",
            "Your decision, whatever is suggested; ← → chooses.",
            Field::choice(titles, choice.approach.map_or(UNSAID, Approach::title)),
        ),
        labelled(
            Name::Reason,
            "Why?",
            "A sentence for you to read in a month; alt-enter starts a new line.",
            Field::Text(Editor::lines(&choice.reason)),
        ),
    ];
    let second = scores.len() + worth.len();
    let all = vec![
        Page { panel: RANKING_ROWS, ..Page::new("Is it worth it?", 0, 2) },
        Page { panel: SUGGESTION_ROWS, ..Page::new("How to go about it?", second, 2) },
    ];
    let fields = scores.into_iter().chain(worth).chain(questions).chain(how).collect();
    let title = format!("Weigh: {}", text::shown(&project.draft.title));
    Form::new(title, Subject::Choice(project.id), fields).divided(Pages { all, ..Pages::default() })
}

impl Form {
    /// What stands in the form of choosing, without an estimate that can't be read.
    pub fn weighed(&self) -> Choice {
        let answer = |name| match self.chosen(name) {
            Some(1) => Some(true),
            Some(2) => Some(false),
            _ => None,
        };
        let score = |score| self.score(Name::Score(score));
        let approach = self.chosen(Name::Approach).and_then(|place| place.checked_sub(1));
        Choice {
            growth: score(Score::Growth),
            people: score(Score::People),
            stepping_stone: score(Score::SteppingStone),
            is_good: answer(Name::Good),
            estimate_days: self.text(Name::Estimate).parse().ok(),
            answers: std::array::from_fn(|at| answer(Name::Question(at))),
            approach: approach.and_then(|place| APPROACHES.get(place).copied()),
            reason: self.text(Name::Reason),
        }
    }
}

impl Model {
    /// Opens the form for the selected project.
    pub(super) fn open_choosing(&mut self) {
        if let Some(project) = self.selected_project() {
            self.overlay = Some(Overlay::Form(Box::new(form(project))));
        }
    }

    /// What saving it does; nothing when nothing differs. Says what is wrong.
    pub(super) fn choice_change(
        &self,
        form: &Form,
        project: ProjectId,
    ) -> Result<Option<Change>, Wrong> {
        let choice = form.weighed();
        let typed = form.text(Name::Estimate);
        let is_read =
            choice.estimate_days.is_some_and(|days| (1..=LONGEST_ESTIMATE).contains(&days));
        if !typed.is_empty() && !is_read {
            let text = format!("Days are a whole number, 1 to {LONGEST_ESTIMATE}; or nothing.");
            return Err(Wrong::new(Name::Estimate, text));
        }
        let edit = ProjectPatch { choice: Some(choice), ..ProjectPatch::default() };
        let change = Change::ProjectEdit { project, edit, on: self.today };
        Ok(form.is_changed().then_some(change))
    }

    /// The ideas that are not begun yet, the best first; the one being weighed as it stands in the
    /// form.
    pub fn ranking(&self, form: &Form) -> Vec<Ranked> {
        let Subject::Choice(this) = form.subject else { return Vec::new() };
        let weighed = form.weighed();
        let is_open = |project: &&Project| Stage::Ideas.holds(project.draft.status);
        let mut ideas: Vec<_> = self.workspace.projects.iter().filter(is_open).collect();
        let choice = |project: &Project| {
            if project.id == this { weighed.clone() } else { project.draft.choice.clone() }
        };
        ideas.sort_by_key(|project| std::cmp::Reverse(choice(project).rank()));
        let ranked = |project: &Project| {
            let choice = choice(project);
            let (is_fine, sum) = choice.rank();
            Ranked {
                title: project.draft.title.clone(),
                is_this: project.id == this,
                is_bad: !is_fine,
                sum,
                is_whole: choice.total().is_some(),
            }
        };
        ideas.into_iter().map(ranked).collect()
    }
}
