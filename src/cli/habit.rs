//! `habit add`, `edit`, `archive`, `unarchive` and `list`.

use std::io::Write as _;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args::{HabitAddArgs, HabitCommand, HabitEditArgs},
    desk::{self, Desk},
    failure::Failure,
    output::{Output, Role},
    table::{self, Side},
};
use crate::domain::{
    change::Change,
    day::short,
    habit::{Habit, Recipe},
    ids::{HabitId, TopicId},
    schedule::Schedule,
    text::{clip, shown},
};

/// What `--json` prints of each. The names stay.
#[derive(Serialize)]
struct Row<'a> {
    id: HabitId,
    name: &'a str,
    schedule: Schedule,
    archived_on: Option<NaiveDate>,
}

/// Carries out one of them.
pub fn run(desk: &mut Desk, output: &mut Output, command: HabitCommand) -> Result<(), Failure> {
    match command {
        HabitCommand::Add(args) => add(desk, output, args),
        HabitCommand::Edit(args) => edit(desk, output, args),
        HabitCommand::Archive { habit } => archive(desk, output, &habit),
        HabitCommand::Unarchive { habit } => unarchive(desk, output, &habit),
        HabitCommand::List { archived, json } => list(desk, output, archived, json),
    }
}

fn add(desk: &mut Desk, output: &mut Output, args: HabitAddArgs) -> Result<(), Failure> {
    let schedule = schedule(&args.schedule)?;
    let from = desk.date(args.from.as_deref())?;
    let topic = args.topic.as_deref().map(|text| topic(desk, text)).transpose()?;
    let habit = HabitId(desk.ids().next_uuid());
    let recipe = Recipe {
        anchor: args.anchor.unwrap_or_default(),
        behaviour: args.behaviour.unwrap_or_default(),
        celebration: args.celebration.unwrap_or_default(),
    };
    desk.apply(&Change::HabitAdd {
        seconds: args.seconds,
        is_review: false,
        habit,
        name: args.name,
        topic,
        position: desk.workspace.next_habit_position(),
        recipe,
        schedule,
        from,
    })?;
    let name = desk.workspace.habit(habit).map(|habit| shown(&habit.name));
    let mut line = format!("Added: {} · {schedule}", name.unwrap_or_default());
    if from != desk.today() {
        line = format!("{line} · from {}", short(from, desk.today()));
    }
    Ok(output.confirm(&line)?)
}

fn edit(desk: &mut Desk, output: &mut Output, args: HabitEditArgs) -> Result<(), Failure> {
    let habit = desk.habit(&args.habit)?;
    let given = [&args.anchor, &args.behaviour, &args.celebration];
    let has_recipe = given.iter().any(|text| text.is_some());
    let is_versioned = args.schedule.is_some() || has_recipe;
    if args.from.is_some() && !is_versioned {
        return Err(Failure::usage(
            "--from says from when a new schedule or recipe holds, and neither was given. Nothing was changed. Add --schedule, --anchor, --behaviour or --celebration",
        ));
    }
    let is_plain = args.name.is_some() || args.topic.is_some() || args.seconds.is_some();
    if !is_versioned && !is_plain {
        return Err(Failure::usage(
            "it was not said what to change. Nothing was changed. `inch habit edit --help` shows what can be",
        ));
    }
    let from = desk.date(args.from.as_deref())?.max(habit.created_on());
    let mut edited = habit.clone();
    let (mut changes, mut gone) = (Vec::new(), Vec::new());
    if let Some(name) = args.name.filter(|name| *name != habit.name) {
        changes.push(Change::HabitRename { habit: habit.id, name });
    }
    if let Some(text) = args.topic {
        let topic = if text == "none" { None } else { Some(topic(desk, &text)?) };
        if topic != habit.topic {
            changes.push(Change::HabitLink { habit: habit.id, topic });
        }
    }
    if let Some(seconds) = args.seconds.filter(|seconds| *seconds != habit.seconds) {
        changes.push(Change::HabitSeconds { habit: habit.id, seconds });
    }
    if has_recipe {
        let before = habit.recipes.newest().value.clone();
        let recipe = Recipe {
            anchor: args.anchor.clone().unwrap_or(before.anchor),
            behaviour: args.behaviour.clone().unwrap_or(before.behaviour),
            celebration: args.celebration.clone().unwrap_or(before.celebration),
        };
        let count = edited.recipes.set(from, recipe);
        gone.extend(removed("recipe", count));
    }
    if edited.recipes != habit.recipes {
        let (anchor, behaviour, celebration) = (args.anchor, args.behaviour, args.celebration);
        changes.push(Change::RecipeSet { habit: habit.id, from, anchor, behaviour, celebration });
    }
    if let Some(text) = args.schedule {
        let schedule = schedule(&text)?;
        gone.extend(removed("schedule", edited.schedules.set(from, schedule)));
        changes.push(Change::ScheduleSet { habit: habit.id, from, schedule });
    }
    let what = format!("edit of {}", habit.name);
    let change = match changes.len() {
        0 => {
            return Ok(output.confirm(&format!("It is like that already: {}", shown(&habit.name)))?);
        }
        1 => changes.remove(0),
        _ => Change::Together { what, changes },
    };
    let applied = desk.apply(&change)?;
    let name = desk.workspace.habit(habit.id).map_or(&habit.name, |habit| &habit.name);
    let what = if applied.seq.is_some() { "Changed" } else { "It is like that already" };
    output.confirm(&format!("{what}: {}", shown(name)))?;
    for line in gone {
        output.confirm(&line)?;
    }
    if habit.archived_on().is_some() && edited.archived_on().is_none() {
        output.confirm("It is no longer archived.")?;
    }
    Ok(())
}

/// What went because it would have held from a later day on.
fn removed(what: &str, count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("One later {what} was removed.")),
        _ => Some(format!("{count} later {what}s were removed.")),
    }
}

fn archive(desk: &mut Desk, output: &mut Output, text: &str) -> Result<(), Failure> {
    let habit = desk.habit(text)?;
    let name = shown(&habit.name);
    if let Some(on) = habit.archived_on() {
        let when = short(on, desk.today());
        return Ok(output.confirm(&format!("Already archived: {name} · {when}"))?);
    }
    let on = desk.today();
    let planned = habit.clone().archive(on);
    desk.apply(&Change::HabitArchive { habit: habit.id, on })?;
    output.confirm(&format!("Archived: {name}"))?;
    if let Some(line) = removed("schedule", planned) {
        output.confirm(&line)?;
    }
    Ok(())
}

fn unarchive(desk: &mut Desk, output: &mut Output, text: &str) -> Result<(), Failure> {
    let habit = desk.archived_habit(text)?;
    let name = shown(&habit.name);
    if habit.archived_on().is_none() {
        return Ok(output.confirm(&format!("It is not archived: {name}"))?);
    }
    let on = desk.today();
    desk.apply(&Change::HabitUnarchive { habit: habit.id, on })?;
    Ok(output.confirm(&format!("Back from the archive: {name} · {}", habit.schedule()))?)
}

fn list(
    desk: &Desk,
    output: &mut Output,
    has_archived: bool,
    is_json: bool,
) -> Result<(), Failure> {
    let is_listed = |habit: &&Habit| has_archived || habit.archived_on().is_none();
    let habits: Vec<_> = desk.workspace.habits.iter().filter(is_listed).collect();
    if is_json {
        let rows = habits.iter().map(|habit| Row {
            id: habit.id,
            name: &habit.name,
            schedule: habit.schedule_on(desk.today()),
            archived_on: habit.archived_on(),
        });
        return Ok(output.json(&rows.collect::<Vec<_>>())?);
    }
    let rows: Vec<_> = habits
        .iter()
        .map(|habit| {
            [
                shown(&habit.name).into_owned(),
                habit.schedule_on(desk.today()).to_string(),
                habit.id.to_string(),
                habit
                    .archived_on()
                    .map_or_else(String::new, |on| format!("archived {}", short(on, desk.today()))),
            ]
        })
        .collect();
    for (line, habit) in table::lines([Side::Left; 4], &rows).iter().zip(habits) {
        let is_archived = habit.archived_on().is_some();
        let line = if is_archived { output.paint(Role::Quiet, line) } else { line.into() };
        writeln!(output, "{line}")?;
    }
    Ok(())
}

fn schedule(text: &str) -> Result<Schedule, Failure> {
    match clip(&shown(text), 100).parse()? {
        Schedule::None => Err(Failure::usage(
            "a habit needs a schedule. Nothing was changed. To pause it: inch habit archive HABIT",
        )),
        schedule => Ok(schedule),
    }
}

fn topic(desk: &mut Desk, text: &str) -> Result<TopicId, Failure> {
    Ok(desk::topic(&desk.curriculum(), text)?.id.clone())
}
