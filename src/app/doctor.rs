//! The recipe doctor: after misses, one thing after the other that can be made easier.
//!
//! Owns the steps in Fogg's order (prompt, ability, motivation) and what is proposed at each. What
//! is chosen is applied at once. Must not know how it is drawn.

use chrono::NaiveDate;
use ratatui::layout::Size;

use super::{Action, Effect, Model, Overlay, editor::Editor, listing::Listing};
use crate::domain::{
    change::Change,
    habit::{Habit, Recipe},
    ids::HabitId,
    starters::Starters,
};

/// What is looked at. The last three are about wanting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The anchor.
    Prompt,
    /// A smaller behaviour.
    Ability,
    /// Another behaviour.
    Motivation,
    /// Another celebration.
    Celebration,
    /// A name for what the habit is now.
    Name,
}

/// What a step says.
#[derive(Debug)]
pub struct Words {
    /// Where the person is.
    pub place: &'static str,
    /// What could be better.
    pub title: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// What stands before the part of the recipe.
    pub label: &'static str,
    /// The line that leaves it.
    pub fine: &'static str,
}

impl Step {
    const ALL: [Self; 5] =
        [Self::Prompt, Self::Ability, Self::Motivation, Self::Celebration, Self::Name];

    /// What it says.
    pub const fn words(self) -> Words {
        let (place, title, about, label, fine) = match self {
            Self::Prompt => (
                "1/3 prompt",
                "A clearer prompt",
                "Most often it is the moment that was missed, not the will. The best reminder is something you do anyway, at the same place, right before.",
                "After I",
                "This is fine, next",
            ),
            Self::Ability => (
                "2/3 ability",
                "An easier behaviour",
                "Let it be so small that it needs no good day: only the first step, ten seconds. It grows by itself when it wants to.",
                "I will",
                "This is fine, next",
            ),
            Self::Motivation => (
                "3/3 motivation",
                "A wanted one",
                "What we look forward to, we do. If this is not it, something else may lead to the same place.",
                "I will",
                "This is fine, next",
            ),
            Self::Celebration => (
                "3/3 motivation",
                "A celebration that feels good",
                "Being glad right after is what makes a habit stick. Choose what makes you smile.",
                "Then",
                "This is fine, done",
            ),
            Self::Name => (
                "3/3 motivation",
                "Its name",
                "The habit does something else now. Its name and its history can stay as they are, or the name goes along.",
                "called",
                "Keep the name, done",
            ),
        };
        Words { place, title, about, label, fine }
    }

    /// The present value of what it is about.
    pub fn present(self, habit: &Habit, recipe: &Recipe) -> String {
        match self {
            Self::Prompt => recipe.anchor.clone(),
            Self::Ability | Self::Motivation => recipe.behaviour.clone(),
            Self::Celebration => recipe.celebration.clone(),
            Self::Name => habit.name.clone(),
        }
    }

    fn suggestions(self, starters: Starters, recipe: &Recipe) -> Vec<String> {
        match self {
            Self::Prompt => starters.anchors,
            Self::Ability => starters.behaviours,
            Self::Motivation => {
                starters.habits.into_iter().map(|starter| starter.behaviour).collect()
            }
            Self::Celebration => starters.celebrations,
            Self::Name => vec![capitalised(&recipe.behaviour)],
        }
    }

    /// What choosing `text` does, from `today` on.
    fn change(self, habit: &Habit, text: String, today: NaiveDate) -> Change {
        if self == Self::Name {
            return Change::HabitRename { habit: habit.id, name: text };
        }
        let mut parts = shown_parts(habit, today);
        *match self {
            Self::Prompt => &mut parts.0,
            Self::Celebration => &mut parts.2,
            _ => &mut parts.1,
        } = Some(text);
        let (anchor, behaviour, celebration) = parts;
        Change::RecipeSet { habit: habit.id, from: today, anchor, behaviour, celebration }
    }
}

/// The parts of the shown recipe that go with a change of one: all where a later version goes, whose
/// words nobody has seen; else none, so that what others change meanwhile stays.
fn shown_parts(
    habit: &Habit,
    today: NaiveDate,
) -> (Option<String>, Option<String>, Option<String>) {
    if habit.recipes.newest().from <= today {
        return (None, None, None);
    }
    let Recipe { anchor, behaviour, celebration } = habit.recipes.at(today).clone();
    (Some(anchor), Some(behaviour), Some(celebration))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A line to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Leave it and go on.
    Fine,
    /// Take this.
    Suggested(String),
    /// Take what was typed.
    Own,
}

/// The doctor at a step.
#[derive(Debug, Clone)]
pub struct Doctor {
    /// Whose recipe.
    pub habit: HabitId,
    /// What is looked at; `None` at the end.
    pub step: Option<Step>,
    /// What can be chosen there.
    pub choices: Listing<Choice>,
    /// The person's own words.
    pub editor: Editor,
    /// Why it was not taken.
    pub error: Option<String>,
    /// What was changed so far.
    pub changed: Vec<(Step, String)>,
}

/// How its window is divided; what explains gives way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// What the step is about, with the gap below it.
    pub about: u16,
    /// The present value, with the gap below it.
    pub present: u16,
    /// The lines to choose.
    pub list: u16,
    /// Advice and errors.
    pub below: u16,
}

impl Rows {
    const ROOMY: Self = Self { about: 4, present: 2, list: 6, below: 2 };

    /// For a window with so much room inside.
    pub fn of(room: Size) -> Self {
        let Self { about, present, below, .. } = Self::ROOMY;
        // What needs two lines in a wide window needs more in a narrow one.
        let about = if room.width < 60 { about + 2 } else { about };
        let about = if room.height < about + present + below + 3 { 0 } else { about };
        let present = if about == 0 { 1 } else { present };
        let below = below.min(room.height.saturating_sub(present + 2));
        Self { about, present, list: room.height.saturating_sub(about + present + below), below }
    }
}

/// Rows of what is said at the end besides what was changed.
const END: u16 = 8;

impl Doctor {
    /// Rows of its content.
    pub fn height(&self) -> u16 {
        let Rows { about, present, list, below } = Rows::ROOMY;
        let count = |many: usize| u16::try_from(many).unwrap_or(u16::MAX);
        let choices = count(self.choices.rows().len());
        if self.step.is_none() {
            return count(self.changed.len()).saturating_add(END);
        }
        about + present + choices.max(list) + below
    }

    /// Takes a key that no binding took: it is the person's own words.
    pub fn type_in(&mut self, type_in: impl FnOnce(&mut Editor)) {
        if self.step.is_some() {
            self.error = None;
            self.choices.select_where(|choice| *choice == Choice::Own);
            type_in(&mut self.editor);
        }
    }

    fn is_behaviour_changed(&self) -> bool {
        let is_behaviour = |step: Step| matches!(step, Step::Ability | Step::Motivation);
        self.changed.iter().any(|(step, _)| is_behaviour(*step))
    }
}

impl Model {
    /// Opens the doctor for the selected habit.
    pub(super) fn open_doctor(&mut self) {
        let Some(habit) = self.selected_habit().map(|habit| habit.id) else { return };
        let doctor = Doctor {
            habit,
            step: None,
            choices: Listing::default(),
            editor: Editor::line(""),
            error: None,
            changed: Vec::new(),
        };
        self.go_to_step(doctor, Some(Step::Prompt));
    }

    /// Does an action to the doctor.
    pub(super) fn act_on_doctor(&mut self, mut doctor: Doctor, action: Action) -> Vec<Effect> {
        let Some(step) = doctor.step else { return Vec::new() };
        match action {
            Action::Up | Action::Down => {
                doctor.error = None;
                doctor.choices.step(if action == Action::Up { -1 } else { 1 });
            }
            Action::Accept => {
                let text = match doctor.choices.selected() {
                    None | Some(Choice::Fine) => {
                        self.go_on_from(doctor, step);
                        return Vec::new();
                    }
                    Some(Choice::Suggested(text)) => text.clone(),
                    Some(Choice::Own) => doctor.editor.text().trim().to_owned(),
                };
                if text.is_empty() {
                    doctor.error = Some("Type it here first, or choose another line.".to_owned());
                } else {
                    let Some(habit) = self.workspace.habit(doctor.habit) else {
                        return Vec::new();
                    };
                    let change = step.change(habit, text, self.today);
                    self.saving = Some(change.clone());
                    self.overlay = Some(Overlay::Doctor(doctor));
                    return vec![Effect::Apply(change)];
                }
            }
            _ if doctor.editor.text().trim().is_empty() => return Vec::new(),
            _ => {
                self.ask_to_leave(Overlay::Doctor(doctor));
                return Vec::new();
            }
        }
        self.overlay = Some(Overlay::Doctor(doctor));
        Vec::new()
    }

    /// What was chosen is on the disk; it `is_new` unless it was so already.
    pub(super) fn go_on_with(&mut self, mut doctor: Doctor, change: &Change, is_new: bool) {
        let Some(step) = doctor.step else { return };
        let text = match change {
            Change::HabitRename { name, .. } => Some(name),
            Change::RecipeSet { anchor, behaviour, celebration, .. } => match step {
                Step::Prompt => anchor.as_ref(),
                Step::Celebration => celebration.as_ref(),
                _ => behaviour.as_ref(),
            },
            _ => None,
        };
        doctor.changed.extend(text.filter(|_| is_new).map(|text| (step, text.clone())));
        self.go_on_from(doctor, step);
    }

    fn go_on_from(&mut self, doctor: Doctor, step: Step) {
        let mut later = Step::ALL.into_iter().skip_while(|other| *other != step).skip(1);
        let next = later.find(|next| *next != Step::Name || doctor.is_behaviour_changed());
        self.go_to_step(doctor, next);
    }

    fn go_to_step(&mut self, mut doctor: Doctor, step: Option<Step>) {
        doctor.step = step;
        doctor.error = None;
        doctor.editor.clear();
        let mut lines = Vec::new();
        if let (Some(step), Some(habit)) = (step, self.workspace.habit(doctor.habit)) {
            let recipe = habit.recipes.at(self.today);
            let present = step.present(habit, recipe);
            let suggested = step.suggestions(Starters::shipped(), recipe).into_iter();
            let suggested = suggested.filter(|text| *text != present).map(Choice::Suggested);
            lines = std::iter::once(Choice::Fine).chain(suggested).chain([Choice::Own]).collect();
        }
        doctor.choices = Listing::default();
        doctor.choices.replace(lines);
        self.overlay = Some(Overlay::Doctor(doctor));
    }
}
