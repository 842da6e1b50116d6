//! Adding and editing a habit.
//!
//! Owns the form's fields and the change they make. Must not know how it is saved.

use super::{
    Action, Model, Pane,
    editor::Editor,
    form::{Field, Form, Labelled, Name, Subject, Token, TokenKind, Wrong},
};
use crate::domain::{
    advice::{self, Advice},
    change::Change,
    day,
    habit::{Habit, Recipe, SECONDS, TIMER},
    ids::{HabitId, TopicId},
    schedule::{Schedule, ScheduleError},
    starters::Starter,
};

/// The habit that is offered on a first start.
pub const STARTER: &str = "Watch 10 seconds of a lesson";

/// What a habit's act is: its own, or the review that is due.
const ACTS: [&str; 2] = ["its own", "the review that is due"];

/// The starter's recipe: small enough that it is never skipped.
pub fn starter_recipe() -> Recipe {
    Recipe {
        anchor: "sit down at my desk".to_owned(),
        behaviour: "watch 10 seconds of a lesson".to_owned(),
        celebration: "I say “nice”".to_owned(),
    }
}

/// The form for a habit; or for a new one, with what a starter proposes.
pub(super) fn form(model: &Model, habit: Option<&Habit>, starter: Option<&Starter>) -> Form {
    let today = model.today;
    let recipe = habit.map(|habit| habit.recipes.at(today).clone());
    let recipe = recipe.or_else(|| starter.map(Starter::recipe)).unwrap_or_default();
    let schedule = habit.map(|habit| habit.schedule_on(today));
    let schedule = schedule.or_else(|| starter.map(|starter| starter.schedule));
    let schedule = schedule.unwrap_or(Schedule::Daily);
    let name = habit.map(|habit| &habit.name).or_else(|| starter.map(|starter| &starter.name));
    let topic = habit.map_or_else(|| starter?.topic.clone(), |habit| habit.topic.clone());
    let topics = topic.into_iter();
    let topics = topics.map(|id| Token { label: model.topic_title(&id), value: id.0 }).collect();
    let seconds = match habit {
        Some(habit) => Editor::line(&habit.seconds.to_string()),
        None => Editor::suggestion(&SECONDS.to_string()),
    };
    let labelled = |name, label, help, field| Labelled { name, label, help, field };
    let from_help = if habit.is_some() {
        "From when a new recipe or schedule holds: today, yesterday, -3 or 2026-01-31. The days before keep theirs."
    } else {
        "Its first day: today, yesterday, -3 or 2026-01-31."
    };
    let fields = vec![
        labelled(
            Name::Name,
            "Name",
            "What the list shows, such as: Watch 10 seconds of a lesson. Left empty, it is called by what you will do.",
            Field::line(name.map_or("", |name| name)),
        ),
        labelled(
            Name::Anchor,
            "After I",
            "Something you do every day already: it will remind you. Such as: pour my first coffee; sit down at my desk; brush my teeth.",
            Field::line(&recipe.anchor),
        ),
        labelled(
            Name::Behaviour,
            "I will",
            "So small that ten seconds are enough, on the worst day too. Such as: look at one figure; write one line of code.",
            Field::line(&recipe.behaviour),
        ),
        labelled(
            Name::Celebration,
            "Then",
            "Be glad at once: that is what makes it stick. Such as: I say “nice”; I raise a fist; I hum two notes.",
            Field::line(&recipe.celebration),
        ),
        labelled(
            Name::Schedule,
            "Schedule",
            "When it is asked for: daily, or mon,wed,fri, or 3/week, or every 4 days.",
            if habit.is_some() {
                Field::line(&schedule.to_string())
            } else {
                Field::Text(Editor::suggestion(&schedule.to_string()))
            },
        ),
        labelled(
            Name::Topics,
            "Topic",
            "A topic of the roadmap that it serves, if there is one. Some letters of it are enough.",
            Field::tokens(TokenKind::Topic, 1, topics),
        ),
        labelled(
            Name::Act,
            "Its act",
            "What Enter starts: its own countdown, or a look back at the topic that waits longest. ← → chooses.",
            Field::choice(ACTS, ACTS[usize::from(habit.is_some_and(|habit| habit.is_review))]),
        ),
        labelled(
            Name::Seconds,
            "Timer",
            "How many seconds its timer runs, 5 to 120. Ten are enough.",
            Field::Text(seconds),
        ),
        labelled(Name::From, "From", from_help, Field::Text(Editor::suggestion("today"))),
    ];
    let title = habit.map_or("New habit".to_owned(), |habit| format!("Edit “{}”", habit.name));
    Form::new(title, Subject::Habit(habit.map(|habit| habit.id)), fields)
}

impl Form {
    /// What there is to say about the focused field as it stands; it never keeps from saving.
    pub fn advice(&self) -> Option<Advice> {
        match self.fields.get(self.index)?.name {
            Name::Anchor => advice::on_anchor(&self.text(Name::Anchor)),
            Name::Behaviour => advice::on_behaviour(&self.text(Name::Behaviour)),
            _ => None,
        }
    }
}

impl Model {
    /// The starter habit as a change.
    pub(super) fn add_starter(&mut self) -> Change {
        Change::HabitAdd {
            seconds: SECONDS,
            is_review: false,
            habit: HabitId(self.ids.next_uuid()),
            name: STARTER.to_owned(),
            topic: None,
            position: self.workspace.next_habit_position(),
            recipe: starter_recipe(),
            schedule: Schedule::Daily,
            from: self.today,
        }
    }

    fn with_archive_key(&self, text: &str, does: &str) -> String {
        let does = format!("in the list {does}");
        format!("{text}{}", self.hints_in(Pane::Today, [(Action::Archive, does.as_str())]))
    }

    /// What saving the form does; nothing when nothing differs. Says what is wrong.
    pub(super) fn habit_change(
        &mut self,
        form: &mut Form,
        id: Option<HabitId>,
    ) -> Result<Option<Change>, Wrong> {
        let schedule: Schedule = form
            .text(Name::Schedule)
            .parse()
            .map_err(|error: ScheduleError| Wrong::new(Name::Schedule, error.to_string()))?;
        if schedule == Schedule::None {
            let text = self.with_archive_key("A habit needs a schedule.", "archives it");
            return Err(Wrong::new(Name::Schedule, text));
        }
        let from = day::parse(&form.text(Name::From), self.today)
            .map_err(|error| Wrong::new(Name::From, error.to_string()))?;
        let seconds = form.text(Name::Seconds);
        let seconds = seconds.trim_end_matches(['s', ' ']).parse().ok();
        let seconds: u8 = seconds.filter(|seconds| TIMER.contains(seconds)).ok_or_else(|| {
            let text = format!("The timer runs {} to {} seconds.", TIMER.start(), TIMER.end());
            Wrong::new(Name::Seconds, text)
        })?;
        let recipe = Recipe {
            anchor: form.text(Name::Anchor),
            behaviour: form.text(Name::Behaviour),
            celebration: form.text(Name::Celebration),
        };
        let topic = form.values(Name::Topics).first().map(|slug| TopicId::from(slug.as_str()));
        let is_review = form.chosen(Name::Act) == Some(1);
        let typed = form.text(Name::Name);
        let name = if typed.is_empty() { recipe.behaviour.clone() } else { typed };
        if name.is_empty() {
            return Err(Wrong::new(Name::Name, "A name is needed."));
        }
        let Some(id) = id else {
            return Ok(Some(Change::HabitAdd {
                seconds,
                is_review,
                habit: HabitId(self.ids.next_uuid()),
                name,
                topic,
                position: self.workspace.next_habit_position(),
                recipe,
                schedule,
                from,
            }));
        };
        let habit = self.workspace.habit(id).ok_or_else(|| {
            Wrong::new(Name::Name, "This habit is gone; it was deleted elsewhere.")
        })?;
        let from = from.max(habit.created_on());
        let is_changed = |name| form.is_field_changed(name);
        let sets_schedule = is_changed(Name::Schedule);
        let sets_recipe =
            [Name::Anchor, Name::Behaviour, Name::Celebration].into_iter().any(is_changed);
        if is_changed(Name::From) && !sets_schedule && !sets_recipe {
            let text = "From says when a new recipe or schedule holds; neither was changed.";
            return Err(Wrong::new(Name::From, text));
        }
        if sets_schedule && habit.archived_on().is_some() {
            let text = self.with_archive_key("This habit is archived.", "brings it back first");
            return Err(Wrong::new(Name::Schedule, text));
        }
        let later = |on: &chrono::NaiveDate| *on > from;
        let schedules = habit.schedules.as_slice().iter().map(|version| version.from);
        let recipes = habit.recipes.as_slice().iter().map(|version| version.from);
        let removed_recipes = recipes.filter(later).filter(|_| sets_recipe).count();
        let removed = schedules.filter(later).filter(|_| sets_schedule).count() + removed_recipes;
        if removed > 0 && !form.is_warned {
            form.is_warned = true;
            let text = format!(
                "This takes the place of what holds from {from} on, later changes too ({removed}). Save again to do it."
            );
            return Err(Wrong::new(Name::From, text));
        }
        let mut changes = Vec::new();
        if is_changed(Name::Name) {
            changes.push(Change::HabitRename { habit: id, name: name.clone() });
        }
        if is_changed(Name::Topics) {
            changes.push(Change::HabitLink { habit: id, topic });
        }
        if is_changed(Name::Act) {
            changes.push(Change::HabitReview { habit: id, is_review });
        }
        if is_changed(Name::Seconds) {
            changes.push(Change::HabitSeconds { habit: id, seconds });
        }
        if sets_recipe {
            // Where a later version goes, its words do too: what holds is what stood here.
            let is_set = |name| removed_recipes > 0 || is_changed(name);
            changes.push(Change::RecipeSet {
                habit: id,
                from,
                anchor: is_set(Name::Anchor).then_some(recipe.anchor),
                behaviour: is_set(Name::Behaviour).then_some(recipe.behaviour),
                celebration: is_set(Name::Celebration).then_some(recipe.celebration),
            });
        }
        if sets_schedule {
            changes.push(Change::ScheduleSet { habit: id, from, schedule });
        }
        Ok(match changes.len() {
            0 | 1 => changes.pop(),
            _ => Some(Change::Together { what: format!("edit of “{name}”"), changes }),
        })
    }
}
