//! Adding and editing a habit.
//!
//! Owns the form's fields and the change they make. Must not know how it is saved.

use super::{
    Model,
    editor::Editor,
    form::{Field, Form, Labelled, Name, Subject, Token, TokenKind, Wrong},
};
use crate::domain::{
    change::Change,
    day,
    habit::{Habit, Recipe, SECONDS},
    ids::{HabitId, TopicId},
    schedule::{Schedule, ScheduleError},
};

/// The habit that is offered on a first start.
pub const STARTER: &str = "Watch 10 seconds of a lesson";

/// The starter's recipe: small enough that it is never skipped.
pub fn starter_recipe() -> Recipe {
    Recipe {
        anchor: "sit down at my desk".to_owned(),
        behaviour: "watch 10 seconds of a lesson".to_owned(),
        celebration: "I say “nice”".to_owned(),
    }
}

/// The form for a habit, or for a new one.
pub(super) fn form(model: &Model, habit: Option<&Habit>) -> Form {
    let today = model.today;
    let recipe = habit.map(|habit| habit.recipes.at(today).clone()).unwrap_or_default();
    let schedule = habit.map_or(Schedule::Daily, |habit| habit.schedule_on(today));
    let topics = habit.and_then(|habit| habit.topic.clone()).into_iter();
    let topics = topics.map(|id| Token { label: model.topic_title(&id), value: id.0 }).collect();
    let labelled = |name, label, help, field| Labelled { name, label, help, field };
    let from_help = if habit.is_some() {
        "from when a new recipe or schedule holds: today, yesterday, -3 or 2026-01-31"
    } else {
        "its first day: today, yesterday, -3 or 2026-01-31"
    };
    let fields = vec![
        labelled(
            Name::Name,
            "Name",
            "what the list shows, such as: Watch 10 seconds of a lesson",
            Field::line(habit.map_or("", |habit| &habit.name)),
        ),
        labelled(
            Name::Anchor,
            "After I",
            "something you do every day already, such as: sit down at my desk",
            Field::line(&recipe.anchor),
        ),
        labelled(
            Name::Behaviour,
            "I will",
            "so small that it takes ten seconds, such as: read one figure",
            Field::line(&recipe.behaviour),
        ),
        labelled(
            Name::Celebration,
            "Then",
            "celebrate at once, such as: I say “nice”",
            Field::line(&recipe.celebration),
        ),
        labelled(
            Name::Schedule,
            "Schedule",
            "daily, or mon,wed,fri, or 3/week, or every 4 days",
            if habit.is_some() {
                Field::line(&schedule.to_string())
            } else {
                Field::Text(Editor::suggestion(&schedule.to_string()))
            },
        ),
        labelled(
            Name::Topics,
            "Topic",
            "a topic of the roadmap that it serves; type some letters, enter takes it",
            Field::tokens(TokenKind::Topic, 1, topics),
        ),
        labelled(Name::From, "From", from_help, Field::Text(Editor::suggestion("today"))),
    ];
    let title = habit.map_or("New habit".to_owned(), |habit| format!("Edit “{}”", habit.name));
    Form::new(title, Subject::Habit(habit.map(|habit| habit.id)), fields)
}

impl Model {
    /// The starter habit as a change.
    pub(super) fn add_starter(&mut self) -> Change {
        Change::HabitAdd {
            seconds: SECONDS,
            habit: HabitId(self.ids.next_uuid()),
            name: STARTER.to_owned(),
            topic: None,
            position: self.workspace.next_habit_position(),
            recipe: starter_recipe(),
            schedule: Schedule::Daily,
            from: self.today,
        }
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
            let text = "A habit needs a schedule. x in the list archives it.";
            return Err(Wrong::new(Name::Schedule, text));
        }
        let from = day::parse(&form.text(Name::From), self.today)
            .map_err(|error| Wrong::new(Name::From, error.to_string()))?;
        let recipe = Recipe {
            anchor: form.text(Name::Anchor),
            behaviour: form.text(Name::Behaviour),
            celebration: form.text(Name::Celebration),
        };
        let topic = form.values(Name::Topics).first().map(|slug| TopicId::from(slug.as_str()));
        let typed = form.text(Name::Name);
        let name = if typed.is_empty() { recipe.behaviour.clone() } else { typed };
        if name.is_empty() {
            return Err(Wrong::new(Name::Name, "A name is needed."));
        }
        let Some(id) = id else {
            return Ok(Some(Change::HabitAdd {
                seconds: SECONDS,
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
            let text = "This habit is archived. x in the list brings it back first.";
            return Err(Wrong::new(Name::Schedule, text));
        }
        let later = |on: &chrono::NaiveDate| *on > from;
        let schedules = habit.schedules.as_slice().iter().map(|version| version.from);
        let recipes = habit.recipes.as_slice().iter().map(|version| version.from);
        let removed = schedules.filter(later).filter(|_| sets_schedule).count()
            + recipes.filter(later).filter(|_| sets_recipe).count();
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
        if sets_recipe {
            changes.push(Change::RecipeSet {
                habit: id,
                from,
                anchor: is_changed(Name::Anchor).then_some(recipe.anchor),
                behaviour: is_changed(Name::Behaviour).then_some(recipe.behaviour),
                celebration: is_changed(Name::Celebration).then_some(recipe.celebration),
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
