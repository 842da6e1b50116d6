//! How many tiny starts the selected project grew from, counted when it is about to be shown.
//!
//! Owns when they are counted. Must not know how ticks are kept.

use chrono::NaiveDate;

use super::{Effect, Model, Pane};
use crate::domain::{
    change::Applied,
    ids::{HabitId, ProjectId},
    page,
    record::Key,
};

/// What a project grew from: the ticks of these habits up to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roots {
    /// Which project.
    pub project: ProjectId,
    /// The habits that are for a topic it proves.
    pub habits: Vec<HabitId>,
    /// The last day that counts.
    pub until: NaiveDate,
}

/// How far the starts are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grown {
    /// What was asked for last.
    asked: Option<Roots>,
    /// What it came to; nothing while it is being counted, or could not be.
    starts: Option<u64>,
}

impl Grown {
    /// A tick changes them.
    pub(super) fn absorb(&mut self, applied: &Applied) {
        let mut keys = applied.after.iter().chain(&applied.before).map(|image| &image.key);
        if keys.any(|key| matches!(key, Key::CheckIn(..))) {
            *self = Self::default();
        }
    }

    /// They were counted.
    pub(super) fn take_in(&mut self, roots: &Roots, starts: u64) {
        if self.asked.as_ref() == Some(roots) {
            self.starts = Some(starts);
        }
    }
}

impl Model {
    /// Asks for the starts of the project whose detail is about to be shown.
    pub(super) fn settle_grown(&mut self, effects: &mut Vec<Effect>) {
        let Some(project) = self.selected_project().filter(|_| self.pane == Pane::Portfolio) else {
            return;
        };
        let (habits, until) = page::roots(&self.workspace, project, self.today);
        let roots = Roots { project: project.id, habits, until };
        if roots.habits.is_empty() || self.grown.asked.as_ref() == Some(&roots) {
            return;
        }
        self.grown = Grown { asked: Some(roots.clone()), starts: None };
        effects.push(Effect::CountStarts(roots));
    }

    /// "grew from 211 tiny starts"; nothing where there are none, or they are not counted yet.
    pub fn grew(&self, project: ProjectId) -> Option<String> {
        let is_asked = self.grown.asked.as_ref().is_some_and(|roots| roots.project == project);
        page::grew(self.grown.starts.filter(|_| is_asked)?)
    }
}
