//! `status`: what today asks for.
//!
//! Runs from shell prompts: it opens, loads, prints, and does nothing else.

use std::{borrow::Cow, io::Write as _};

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args::StatusArgs,
    desk::Desk,
    failure::Failure,
    output::{Output, Role},
    table::{self, Side},
};
use crate::domain::{
    day::short,
    figures::Ask,
    habit::{Habit, Mark},
    ids::HabitId,
    text::shown,
};

#[derive(Serialize)]
struct Status<'a> {
    today: NaiveDate,
    habits: Vec<Row<'a>>,
    done: usize,
    due: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    id: HabitId,
    name: &'a str,
    due: bool,
    mark: Option<Mark>,
    done: u32,
    quota: u32,
    current_streak: u32,
}

/// Prints it.
pub fn run(desk: &Desk, output: &mut Output, args: &StatusArgs) -> Result<(), Failure> {
    if desk.is_unread {
        return Ok(());
    }
    let asked: Vec<(&Habit, Ask)> = desk
        .workspace
        .active_habits()
        .filter_map(|habit| Some((habit, desk.ask(habit, desk.today())?)))
        .collect();
    let due = asked.iter().filter(|(_, ask)| ask.is_due).count();
    let done = asked.iter().filter(|(_, ask)| ask.is_finished()).count();
    if args.prompt {
        let glyph = if output.is_ascii() { "" } else { "✓" };
        writeln!(output, "{glyph}{done}/{due}")?;
    } else if args.json {
        let habits = asked.iter().map(|(habit, ask)| json_row(desk, habit, ask)).collect();
        output.json(&Status { today: desk.today(), habits, done, due })?;
    } else {
        print(desk, output, &asked, done, due)?;
    }
    Ok(())
}

fn json_row<'a>(desk: &Desk, habit: &'a Habit, ask: &Ask) -> Row<'a> {
    let figures = desk.workspace.figures(habit, desk.today());
    let (done, quota) = ask.window.map_or((0, 0), |judged| (judged.done, judged.quota));
    Row {
        id: habit.id,
        name: &habit.name,
        due: ask.is_due,
        mark: ask.mark,
        done,
        quota,
        current_streak: figures.map_or(0, |figures| figures.current_streak),
    }
}

fn print(
    desk: &Desk,
    output: &mut Output,
    asked: &[(&Habit, Ask)],
    done: usize,
    due: usize,
) -> Result<(), Failure> {
    let today = desk.today();
    let until =
        desk.now.until.map_or(String::new(), |until| format!(" until {}", until.format("%H:%M")));
    let day = format!("{}{until}", short(today, today));
    if let Some(why) = desk.no_habits() {
        return Ok(writeln!(output, "{day} · {why}")?);
    }
    writeln!(output, "{day} · {done} of {due} done")?;
    let rows: Vec<_> = asked
        .iter()
        .map(|(habit, ask)| {
            let quota = ask.window.filter(|judged| judged.window.quota > 1);
            let streak = desk.workspace.figures(habit, today).filter(|f| f.current_streak > 0);
            [
                shown(&habit.name).into_owned(),
                quota.map_or(String::new(), |judged| format!("{}/{}", judged.done, judged.quota)),
                streak.map_or(String::new(), |figures| {
                    let count = figures.current_streak;
                    format!("{count} {}", figures.unit.word(count))
                }),
            ]
        })
        .collect();
    let lines = table::lines([Side::Left, Side::Right, Side::Right], &rows);
    for ((_, ask), line) in asked.iter().zip(lines) {
        let (glyph, role) = output.box_of(ask);
        let glyph = output.paint(role, glyph);
        let line = match role {
            Role::Quiet => output.paint(role, &line),
            Role::Done | Role::Due => Cow::Borrowed(line.as_str()),
        };
        let line = format!("{glyph} {line}");
        writeln!(output, "{line}")?;
    }
    Ok(())
}
