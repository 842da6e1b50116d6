//! Changes that are on the disk, and those that did not get there.
//!
//! Owns how the model follows the disk and what it says about it. Must not write anything.

use super::{Failure, Model, Overlay, Pane, Tone};
use crate::domain::{
    change::{Applied, Change, Origin},
    day::short,
    describe::describe,
    habit::Mark,
    ids::HabitId,
    record::Key,
    text,
};

impl Model {
    /// Our own change is on the disk.
    pub(super) fn take_in(&mut self, applied: &Applied) {
        self.absorb(applied);
        match applied.origin {
            Origin::Asked => {
                if self.saving.as_ref() == Some(&applied.change) {
                    self.saving = None;
                    self.overlay = None;
                }
                if self.unsaved.is_empty() {
                    self.said_of_waiting.clear();
                }
                self.show(&applied.change);
            }
            Origin::Undone | Origin::Redone => {
                let what = describe(applied, &self.workspace, &self.curriculum, self.today);
                let verb =
                    if applied.origin == Origin::Undone { "Took back" } else { "Made again" };
                self.say(Tone::Good, format!("{verb}: {what}"));
            }
        }
    }

    /// Other processes' changes are on the disk.
    pub(super) fn hear(&mut self, changes: &[Applied]) {
        for applied in changes {
            self.absorb(applied);
        }
        let is_welcoming = matches!(self.overlay, Some(Overlay::Welcome));
        if is_welcoming && !self.workspace.habits.is_empty() {
            self.overlay = None;
        }
    }

    fn absorb(&mut self, applied: &Applied) {
        self.workspace.absorb(applied);
        let mut habits: Vec<HabitId> = applied.tracks.iter().map(|track| track.habit).collect();
        for image in &applied.after {
            match &image.key {
                Key::Habit(habit) | Key::CheckIn(habit, _) => habits.push(*habit),
                Key::OwnTopic(_) => self.rebuild_curriculum(),
                Key::Topic(_) | Key::Project(_) => {}
            }
        }
        habits.sort_unstable();
        habits.dedup();
        for habit in habits {
            self.recompute_habit(habit);
        }
        self.recompute_asks();
        self.refresh_rows();
    }

    /// Selects what was changed, and says what the screen alone doesn't.
    fn show(&mut self, change: &Change) {
        match change {
            Change::CheckInSet { habit, day, mark: Some(Mark::Done) } => {
                self.celebrate(*habit);
                if *day == self.day && self.pane == Pane::Today {
                    self.select_next_unfinished();
                }
            }
            Change::HabitAdd { habit, name, .. } => {
                self.go_to(Pane::Today);
                self.queries[0].clear();
                self.refresh_rows();
                self.habits.select_where(|row| row == habit);
                self.say(Tone::Good, format!("Added “{}”. space ticks it.", text::shown(name)));
            }
            Change::HabitArchive { habit, .. } => {
                let name = self.habit_name(*habit);
                self.say(Tone::Plain, format!("Archived “{name}”. u brings it back."));
            }
            Change::HabitUnarchive { habit, .. } => {
                let name = self.habit_name(*habit);
                self.say(Tone::Good, format!("“{name}” is back."));
            }
            Change::HabitDelete { .. }
            | Change::ProjectDelete { .. }
            | Change::OwnTopicDelete { .. } => {
                self.say(Tone::Plain, "Deleted. u brings it back.");
            }
            Change::ProjectAdd { project, .. } | Change::ProjectEdit { project, .. } => {
                self.reveal_project(*project);
            }
            Change::ProjectStatus { project, status, on } => {
                let title =
                    self.workspace.project(*project).map(|project| project.draft.title.clone());
                let title = title.unwrap_or_default();
                let (title, on) = (text::shown(&title).into_owned(), short(*on, self.today));
                self.say(Tone::Good, format!("“{title}” is {} since {on}.", status.word()));
            }
            Change::TopicSet { topic, state, .. } => {
                let title = self.topic_title(topic);
                self.say(Tone::Good, format!("“{}” is {}.", text::shown(&title), state.word()));
            }
            Change::OwnTopicPut { topic } => {
                self.go_to(Pane::Curriculum);
                self.reveal_topic(&topic.id);
            }
            _ => {}
        }
    }

    fn habit_name(&self, id: HabitId) -> String {
        let name = self.workspace.habit(id).map(|habit| text::shown(&habit.name).into_owned());
        name.unwrap_or_default()
    }

    /// A tick is complete success: the streak and the person's own celebration.
    fn celebrate(&mut self, id: HabitId) {
        let (Some(habit), Some(figures)) = (self.workspace.habit(id), self.figures.get(&id)) else {
            return;
        };
        let name = text::shown(&habit.name);
        let streak = figures.current_streak;
        let streak = match streak {
            0 => String::new(),
            _ => format!(" · {streak} {}", figures.unit.word(streak)),
        };
        let celebration = &habit.recipes.at(self.day).celebration;
        let celebration = if celebration.is_empty() {
            String::new()
        } else {
            format!(" · {}", text::shown(celebration))
        };
        let said = format!("Done: {name}{streak}{celebration}");
        self.say(Tone::Good, said);
    }

    /// An effect failed. A change that may still be written waits; a form keeps what was typed.
    pub(super) fn fail(&mut self, failure: Failure) {
        let Failure { text, change, is_waiting } = failure;
        let is_of_form = change.is_some() && change == self.saving;
        if is_of_form {
            self.saving = None;
        }
        match (&mut self.overlay, change) {
            (overlay, Some(change)) if is_waiting => {
                if is_of_form {
                    *overlay = None;
                }
                self.wait_for(change);
                // Every try fails in the same words; the header goes on saying that it waits.
                if self.said_of_waiting != text {
                    self.said_of_waiting.clone_from(&text);
                    self.say(Tone::Bad, text);
                }
            }
            (Some(Overlay::Form(form)), _) if is_of_form => form.error = Some(text),
            (Some(Overlay::Note(note)), _) if is_of_form => note.error = Some(text),
            _ => self.say(Tone::Bad, text),
        }
    }

    /// A change waits to be written; the newest mark of a day takes the place of an older one.
    fn wait_for(&mut self, change: Change) {
        if let Change::CheckInSet { habit, day, .. } = &change {
            self.unsaved.retain(|other| {
                !matches!(other, Change::CheckInSet { habit: whose, day: on, .. } if whose == habit && on == day)
            });
        }
        self.unsaved.push(change);
    }
}
