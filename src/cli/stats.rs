//! `stats`: streaks, strength, rates and lifetime ticks, from the full fold over all marks.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write as _,
};

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args::StatsArgs,
    desk::Desk,
    failure::Failure,
    output::{Output, Role},
    table::{self, Side},
};
use crate::domain::{
    checkpoint::Checkpoint,
    day::short,
    figures::{Figures, rate, streaks},
    habit::{Habit, Mark},
    ids::HabitId,
    schedule::Schedule,
    streak::Streak,
    text::shown,
};

#[derive(Serialize)]
struct Stats<'a> {
    today: NaiveDate,
    habits: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: HabitId,
    name: &'a str,
    schedule: Schedule,
    archived_on: Option<NaiveDate>,
    current_streak: u32,
    longest_streak: Option<Span>,
    streaks: Vec<Span>,
    strength: f64,
    rate_7: Option<f64>,
    rate_30: Option<f64>,
    rate_365: Option<f64>,
    lifetime: u32,
    #[serde(skip)]
    figures: Figures,
}

#[derive(Serialize)]
struct Span {
    length: u32,
    first: NaiveDate,
    last: NaiveDate,
}

impl From<Streak> for Span {
    fn from(streak: Streak) -> Self {
        Self { length: streak.length, first: streak.first, last: streak.last }
    }
}

/// Prints them, of one habit or of all, archived ones too.
pub fn run(desk: &mut Desk, output: &mut Output, args: &StatsArgs) -> Result<(), Failure> {
    let one = args.habit.as_deref().map(|text| desk.habit(text)).transpose()?;
    let one = one.map(|habit| habit.id);
    let mut marks: HashMap<HabitId, BTreeMap<NaiveDate, Mark>> = HashMap::new();
    for check_in in desk.check_ins(one, None)? {
        if let Some(mark) = check_in.mark {
            let days = marks.entry(check_in.habit).or_default();
            days.insert(check_in.day, mark);
        }
    }
    let habits: Vec<_> = desk
        .workspace
        .habits
        .iter()
        .filter(|habit| one.is_none_or(|id| id == habit.id))
        .map(|habit| {
            let marks = marks.remove(&habit.id).unwrap_or_default();
            row(desk, habit, &marks, args.json)
        })
        .collect();
    if args.json {
        let today = desk.today();
        return Ok(output.json(&Stats { today, habits })?);
    }
    print(desk, output, &habits)?;
    if let (Some(_), [row]) = (one, habits.as_slice()) {
        print_streaks(desk, output, row)?;
    }
    Ok(())
}

/// Every streak is folded for JSON only; the text shows the best ones.
fn row<'a>(
    desk: &Desk,
    habit: &'a Habit,
    marks: &BTreeMap<NaiveDate, Mark>,
    is_json: bool,
) -> Row<'a> {
    let (rules, today) = (desk.workspace.rules, desk.today());
    let figures = Figures::new(habit, &Checkpoint::default(), marks, rules, today);
    let rate = |days| rate(habit, marks, rules, figures.first_day, today, days);
    let all = if is_json { streaks(habit, marks, rules, today) } else { Vec::new() };
    Row {
        id: habit.id,
        name: &habit.name,
        schedule: habit.schedule_on(today),
        archived_on: habit.archived_on(),
        current_streak: figures.current_streak,
        longest_streak: figures.longest().map(Span::from),
        streaks: all.into_iter().map(Span::from).collect(),
        strength: figures.strength,
        rate_7: rate(7),
        rate_30: rate(30),
        rate_365: rate(365),
        lifetime: figures.lifetime,
        figures,
    }
}

fn print(desk: &Desk, output: &mut Output, habits: &[Row]) -> Result<(), Failure> {
    if habits.is_empty() {
        let (day, why) = (short(desk.today(), desk.today()), desk.no_habits().unwrap_or_default());
        return Ok(writeln!(output, "{day} · {why}")?);
    }
    let head = ["Habit", "Streak", "Longest", "Strength", "7 d", "30 d", "365 d", "In all", ""];
    let percent = |share: Option<f64>| {
        share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
    };
    let body = habits.iter().map(|row| {
        let unit = row.figures.unit;
        let longest = row.figures.longest();
        [
            shown(row.name).into_owned(),
            match row.current_streak {
                0 => "–".to_owned(),
                count => format!("{count} {}", unit.word(count)),
            },
            longest.map_or_else(
                || "–".to_owned(),
                |longest| format!("{} {}", longest.length, longest.unit.word(longest.length)),
            ),
            percent(Some(row.strength)),
            percent(row.rate_7),
            percent(row.rate_30),
            percent(row.rate_365),
            row.lifetime.to_string(),
            row.archived_on
                .map_or_else(String::new, |on| format!("archived {}", short(on, desk.today()))),
        ]
    });
    let rows: Vec<_> = std::iter::once(head.map(str::to_owned)).chain(body).collect();
    let mut sides = [Side::Right; 9];
    (sides[0], sides[8]) = (Side::Left, Side::Left);
    for (at, line) in table::lines(sides, &rows).iter().enumerate() {
        let is_quiet = at == 0 || habits[at - 1].archived_on.is_some();
        let line = if is_quiet { output.paint(Role::Quiet, line) } else { line.into() };
        writeln!(output, "{line}")?;
    }
    Ok(())
}

/// The best streaks with their dates, the newest first among equals.
fn print_streaks(desk: &Desk, output: &mut Output, row: &Row) -> Result<(), Failure> {
    if row.figures.best.is_empty() {
        return Ok(());
    }
    writeln!(output, "\nBest streaks")?;
    let rows: Vec<_> = row
        .figures
        .best
        .iter()
        .map(|best| {
            let day = |day| short(day, desk.today());
            [
                format!("{} {}", best.length, best.unit.word(best.length)),
                format!("{} – {}", day(best.first), day(best.last)),
            ]
        })
        .collect();
    for line in table::lines([Side::Right, Side::Left], &rows) {
        writeln!(output, "{line}")?;
    }
    Ok(())
}
