//! What is said of a change that is on the disk.
//!
//! Owns the words, and that what was changed is selected. Must not know how it got there.

use chrono::NaiveDate;

use super::{Action, Model, Overlay, Pane, Tone};
use crate::domain::{
    advice::{self, Advice},
    change::{AnnotationPatch, Applied, Change},
    day::short,
    figures::Figures,
    habit::Mark,
    ids::HabitId,
    record::{Image, Record},
    text,
};

/// What there is to say once more about a recipe that was changed: it is gone with its field.
fn advice_on(change: &Change) -> Option<Advice> {
    match change {
        Change::Together { changes, .. } => changes.iter().find_map(advice_on),
        Change::RecipeSet { anchor, behaviour, .. } => {
            advice::on_recipe(anchor.as_deref(), behaviour.as_deref())
        }
        _ => None,
    }
}

impl Model {
    /// Selects what was changed, and says what the screen alone doesn't; a tick's habit had the
    /// `figures` before it.
    pub(super) fn show(&mut self, applied: &Applied, figures: Option<&Figures>) {
        if self.say_kept(applied) || self.show_project(&applied.change) {
            return;
        }
        if let Change::Together { changes, .. } = &applied.change
            && self.show_learned(changes, figures)
        {
            return;
        }
        match &applied.change {
            Change::CheckInSet { habit, day, mark: Some(Mark::Done) } => {
                self.show_ticked(*habit, *day, figures);
            }
            Change::CheckInSet { habit, day, mark } => {
                let was_done = applied.before.iter().any(is_done);
                self.say_marked(*habit, *day, *mark, was_done);
            }
            Change::CheckInNote { day, note, .. } => {
                let day = short(*day, self.today);
                let what = if note.is_some() { "Note saved" } else { "Note cleared" };
                self.say(Tone::Good, format!("{what}, {day}."));
            }
            Change::HabitAdd { habit, name, .. } => {
                self.go_to(Pane::Today);
                self.is_zoomed = false;
                self.queries[0].clear();
                self.refresh_rows();
                self.habits.select_where(|row| row == habit);
                let tick = self.hints([(Action::ToggleCheckIn, "ticks it")]);
                self.say(Tone::Good, format!("Added “{}”.{tick}", text::shown(name)));
            }
            Change::HabitArchive { habit, .. } => {
                let name = self.habit_name(*habit);
                let versions = |images: &[Image]| match images.first().map(|image| &image.record) {
                    Some(Some(Record::Habit(habit))) => habit.schedules.as_slice().len(),
                    _ => 0,
                };
                // Archiving adds one version; what is missing beyond that was planned.
                let planned =
                    (versions(&applied.before) + 1).saturating_sub(versions(&applied.after));
                let too =
                    if planned > 0 { " Schedules planned for later went with it." } else { "" };
                let back = self.hints([(Action::Undo, "brings it back")]);
                self.say(Tone::Plain, format!("Archived “{name}”.{too}{back}"));
            }
            Change::HabitUnarchive { habit, .. } => {
                let name = self.habit_name(*habit);
                self.say(Tone::Good, format!("“{name}” is back."));
            }
            Change::HabitDelete { .. }
            | Change::ProjectDelete { .. }
            | Change::OwnTopicDelete { .. } => {
                let back = self.hints([(Action::Undo, "brings it back")]);
                self.say(Tone::Plain, format!("Deleted.{back}"));
            }
            Change::OwnTopicPut { topic } => {
                self.go_to(Pane::Curriculum);
                self.reveal_topic(&topic.id);
                self.say(Tone::Good, format!("Saved.{}", self.way_back()));
            }
            Change::HabitLink { habit, topic: Some(topic) } => {
                let name = text::clip(&self.habit_name(*habit), 28);
                let topic = text::clip(&text::shown(&self.topic_title(topic)), 40);
                let back = self.way_back();
                self.say(Tone::Good, format!("Linked “{name}” to {topic}.{back}"));
            }
            Change::GoalSet { goal } => self.say_goal(goal),
            // The worksheet is still open, and `u` is a letter in it.
            Change::ProjectScope { .. } if matches!(self.overlay, Some(Overlay::Form(_))) => {
                self.say(Tone::Good, "That step is saved.");
            }
            change @ (Change::Together { .. }
            | Change::HabitRename { .. }
            | Change::HabitLink { topic: None, .. }
            | Change::HabitSeconds { .. }
            | Change::HabitReview { .. }
            | Change::ProjectScope { .. }
            | Change::RecipeSet { .. }
            | Change::ScheduleSet { .. }) => {
                let (back, advice) = (self.way_back(), advice_on(change));
                let advice = advice.map_or("", Advice::sentence);
                self.say(Tone::Good, format!("Saved.{back} {advice}").trim_end());
            }
            // Projects were shown before. The list itself shows another order; sessions have said
            // what was kept, and only an import fills.
            Change::HabitsReorder { .. }
            | Change::ProjectAdd { .. }
            | Change::ProjectEdit { .. }
            | Change::ProjectStatus { .. }
            | Change::ProjectsReorder { .. }
            | Change::SessionPut { .. }
            | Change::CheckInFill { .. }
            | Change::CheckInsFill { .. }
            | Change::Fill { .. } => {}
            topic => self.show_topic(topic),
        }
    }

    fn say_goal(&mut self, goal: &str) {
        let what = if goal.is_empty() { "removed" } else { "saved" };
        // Only the zoomed roadmap has room for it.
        let is_hidden = !goal.is_empty() && !self.is_zoomed;
        let show = is_hidden.then_some((Action::Zoom, "shows it"));
        let ways = self.hints(show.into_iter().chain([(Action::Undo, "takes it back")]));
        self.say(Tone::Good, format!("Goal {what}.{ways}"));
    }

    fn show_ticked(&mut self, habit: HabitId, day: NaiveDate, figures: Option<&Figures>) {
        self.celebrate(habit, day, figures);
        if day == self.day && self.pane == Pane::Today && !self.is_zoomed {
            self.select_next_unfinished();
        }
    }

    fn say_marked(&mut self, habit: HabitId, day: NaiveDate, mark: Option<Mark>, was_done: bool) {
        let name = text::clip(&self.habit_name(habit), 40);
        let day = short(day, self.today);
        let said = match mark {
            Some(_) if was_done => {
                format!("Rest: {name}, {day}; it was done.{}", self.way_back())
            }
            Some(_) => format!("Rest: {name}, {day}."),
            None => format!("Mark removed: {name}, {day}."),
        };
        self.say(Tone::Good, said);
    }

    /// Says what became of a topic that was mastered with its evidence, or looked back at as a
    /// habit's act; other changes that are made together are not for this.
    fn show_learned(&mut self, changes: &[Change], figures: Option<&Figures>) -> bool {
        let Some(topic) = changes
            .iter()
            .find(|part| matches!(part, Change::TopicSet { .. } | Change::TopicReview { .. }))
        else {
            return false;
        };
        for part in changes {
            if let Change::CheckInSet { habit, day, mark: Some(Mark::Done) } = part {
                self.show_ticked(*habit, *day, figures);
            }
        }
        self.show_topic(topic);
        true
    }

    /// Says what became of a topic.
    fn show_topic(&mut self, change: &Change) {
        match change {
            Change::TopicSet { topic, state, .. } => {
                let title = self.topic_title(topic);
                self.say(Tone::Good, format!("“{}” is {}.", text::shown(&title), state.word()));
            }
            Change::TopicEvidence { topic, .. } => {
                let title = self.topic_title(topic);
                self.say(Tone::Good, format!("Evidence saved: {}.", text::shown(&title)));
            }
            Change::TopicReview { topic, rating, .. } => {
                let title = text::shown(&self.topic_title(topic)).into_owned();
                let due = self.workspace.review(topic).map(|review| review.due_on);
                let next = match due {
                    Some(day) => format!("comes back on {}.", short(day, self.today)),
                    None => format!("is practised again.{}", self.way_back()),
                };
                self.say(Tone::Good, format!("{}: “{title}” {next}", rating.word()));
            }
            Change::TopicAnnotate { topic, edit } => {
                let title = self.topic_title(topic);
                let what = match edit {
                    AnnotationPatch { want: Some(Some(want)), .. } => want.word(),
                    AnnotationPatch { want: Some(None), .. } => "not wanted",
                    AnnotationPatch { notes: Some(_), .. } => "notes saved",
                    _ => "links saved",
                };
                let back = self.way_back();
                self.say(Tone::Good, format!("“{}”: {what}.{back}", text::shown(&title)));
            }
            Change::ResourceUsed { url, is_used, .. } => {
                let what = if *is_used { "Used" } else { "Not used" };
                self.say(Tone::Good, format!("{what}: {}.", text::host(url)));
            }
            _ => {}
        }
    }

    fn habit_name(&self, id: HabitId) -> String {
        let name = self.workspace.habit(id).map(|habit| text::shown(&habit.name).into_owned());
        name.unwrap_or_default()
    }
}

fn is_done(image: &Image) -> bool {
    matches!(&image.record, Some(Record::CheckIn(before)) if before.mark == Some(Mark::Done))
}
