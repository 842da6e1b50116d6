//! Changes that are on the disk, and those that did not get there.
//!
//! Owns how the model follows the disk and what it says about it. Must not write anything.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Action, Failure, Model, Overlay, Pane, Tone, TreeRow};
use crate::domain::{
    advice::{self, Advice},
    change::{AnnotationPatch, Applied, Change, Origin},
    day::short,
    describe::describe,
    figures::Figures,
    habit::Mark,
    ids::HabitId,
    record::{Image, Key, Record},
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
    /// Our own change is on the disk.
    pub(super) fn take_in(&mut self, applied: &Applied) {
        let is_late = self.forget_retried(&applied.change);
        // The "next" row names another topic once this one is mastered; the selection stays with it.
        let set = applied.change.parts().iter().find_map(|part| match part {
            Change::TopicSet { topic, .. } => Some(topic),
            _ => None,
        });
        let next =
            set.filter(|topic| self.tree.selected() == Some(&TreeRow::Next((*topic).clone())));
        let figures = match &applied.change {
            Change::CheckInSet { habit, .. } => self.figures.get(habit).cloned(),
            change => change.parts().iter().find_map(|part| match part {
                Change::CheckInSet { habit, .. } => self.figures.get(habit).cloned(),
                _ => None,
            }),
        };
        self.absorb([applied]);
        match applied.origin {
            Origin::Asked => {
                if self.saving.as_ref() == Some(&applied.change) {
                    self.close_saved(applied);
                }
                if self.unsaved.is_empty() {
                    self.said_of_waiting.clear();
                }
                if is_late && applied.seq.is_some() {
                    self.say(Tone::Good, "Saved what was waiting.");
                } else if !is_late && applied.seq.is_some() {
                    self.show(applied, figures.as_ref());
                    if let Some(topic) = next {
                        self.reveal_topic(topic);
                    }
                }
            }
            Origin::Undone | Origin::Redone => {
                let what = describe(applied, &self.workspace, &self.curriculum, self.today);
                let verb =
                    if applied.origin == Origin::Undone { "Took back" } else { "Made again" };
                self.say(Tone::Good, format!("{verb}: {what}"));
                // What came back is where the eyes are.
                if let [Image { key: Key::Habit(id), .. }] = &applied.after[..] {
                    self.habits.select_where(|row| row == id);
                }
            }
        }
    }

    /// Whether the change is one that waited and was tried again: whoever asked for it has long gone
    /// on to something else.
    fn forget_retried(&mut self, change: &Change) -> bool {
        let place = self.retried.iter().position(|retried| retried == change);
        place.map(|place| self.retried.remove(place)).is_some()
    }

    /// Other processes' changes are on the disk.
    pub(super) fn hear(&mut self, changes: &[Applied]) {
        self.absorb(changes);
        let images = || changes.iter().flat_map(|applied| &applied.after);
        if let Some(Overlay::Note(note)) = &mut self.overlay {
            let key = note.key();
            note.is_changed_elsewhere |= images().any(|image| image.key == key);
        }
        let subject = match &self.overlay {
            Some(Overlay::Doctor(doctor)) => Some(doctor.habit),
            Some(Overlay::Rehearsal(rehearsal)) => Some(rehearsal.habit),
            _ => None,
        };
        if let Some(Overlay::Review(looking)) = &self.overlay
            && self.workspace.review(&looking.topic).is_none()
        {
            self.overlay = None;
        }
        if subject.is_some_and(|habit| self.workspace.habit(habit).is_none()) {
            self.overlay = None;
        }
        let is_welcoming = matches!(self.overlay, Some(Overlay::Welcome));
        if is_welcoming && !self.workspace.habits.is_empty() {
            self.overlay = None;
        }
    }

    fn absorb<'a>(&mut self, changes: impl IntoIterator<Item = &'a Applied>) {
        let (mut habits, mut has_new_topics) = (BTreeSet::new(), false);
        for applied in changes {
            self.workspace.absorb(applied);
            self.history.absorb(applied);
            self.pace.absorb(applied);
            self.grown.absorb(applied);
            habits.extend(applied.tracks.iter().map(|track| track.habit));
            for image in &applied.after {
                match &image.key {
                    Key::Habit(habit) | Key::CheckIn(habit, _) => drop(habits.insert(*habit)),
                    Key::OwnTopic(_) => has_new_topics = true,
                    // Somebody else knows it, whose curriculum is another.
                    Key::Topic(id) | Key::Annotation(id) => {
                        has_new_topics |= self.curriculum.topic(id).is_none();
                    }
                    _ => {}
                }
            }
        }
        for habit in habits {
            self.recompute_habit(habit);
        }
        if has_new_topics {
            self.rebuild_curriculum();
        }
        self.recompute_asks();
        self.refresh_rows();
    }

    /// Selects what was changed, and says what the screen alone doesn't; a tick's habit had the
    /// `figures` before it.
    fn show(&mut self, applied: &Applied, figures: Option<&Figures>) {
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
                self.celebrate(*habit, *day, figures);
                if *day == self.day && self.pane == Pane::Today && !self.is_zoomed {
                    self.select_next_unfinished();
                }
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
            // The worksheet is still open, and `u` is a letter in it.
            Change::ProjectScope { .. } if matches!(self.overlay, Some(Overlay::Form(_))) => {
                self.say(Tone::Good, "That step is saved.");
            }
            change @ (Change::Together { .. }
            | Change::HabitRename { .. }
            | Change::HabitLink { topic: None, .. }
            | Change::HabitSeconds { .. }
            | Change::HabitReview { .. }
            | Change::GoalSet { .. }
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
                self.celebrate(*habit, *day, figures);
                if *day == self.day && self.pane == Pane::Today && !self.is_zoomed {
                    self.select_next_unfinished();
                }
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

    /// An effect failed. A change that may still be written waits; a form keeps what was typed.
    pub(super) fn fail(&mut self, failure: Failure) {
        let Failure { text, change, is_waiting } = failure;
        let is_of_form = change.is_some() && change == self.saving;
        if is_of_form {
            self.saving = None;
        }
        match (&mut self.overlay, change) {
            (overlay, Some(change)) if is_waiting => {
                match overlay {
                    Some(Overlay::Form(form)) if is_of_form && form.is_staying => form.keep(),
                    _ if is_of_form => *overlay = None,
                    _ => {}
                }
                self.wait_for(change);
                if self.unsaved.is_empty() {
                    self.say(Tone::Plain, "Taken back before it was saved.");
                    return;
                }
                // Every try fails in the same words; the header goes on saying that it waits.
                if self.said_of_waiting != text {
                    self.said_of_waiting.clone_from(&text);
                    self.say(Tone::Bad, text);
                }
            }
            (overlay, change) => {
                if let Some(Overlay::Form(form)) = overlay
                    && is_of_form
                {
                    form.look_at_changed();
                }
                if let Some(change) = change {
                    let _ = self.forget_retried(&change);
                }
                self.say(Tone::Bad, text);
            }
        }
    }

    /// A change waits to be written; the newest mark or note of a day takes the place of an older
    /// one.
    fn wait_for(&mut self, change: Change) {
        let _ = self.forget_retried(&change);
        let subject = |change: &Change| match change {
            Change::CheckInSet { habit, day, .. } => Some((false, *habit, *day)),
            Change::CheckInNote { habit, day, .. } => Some((true, *habit, *day)),
            _ => None,
        };
        let replaced = subject(&change);
        self.unsaved.retain(|other| replaced.is_none() || subject(other) != replaced);
        // Taken back before it was saved: the disk says so already.
        let is_there = match &change {
            Change::CheckInSet { habit, day, mark } => {
                let track =
                    self.workspace.tracks.get(habit).filter(|track| *day >= track.held_from);
                track.is_some_and(|track| track.marks.get(day).copied() == *mark)
            }
            _ => false,
        };
        if is_there {
            self.said_of_waiting.clear();
        } else {
            self.unsaved.push(change);
        }
    }
}

fn is_done(image: &Image) -> bool {
    matches!(&image.record, Some(Record::CheckIn(before)) if before.mark == Some(Mark::Done))
}
