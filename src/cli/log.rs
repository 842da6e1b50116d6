//! `log`: the dated history, newest last.

use std::{collections::HashMap, io::Write as _};

use super::{
    args::LogArgs,
    desk::Desk,
    failure::Failure,
    output::{Output, Role},
    table::{self, Side},
};
use crate::domain::{habit::Mark, text::shown};

/// Prints it. In JSON, `habit` is the id: names change and need not be unique.
pub fn run(desk: &mut Desk, output: &mut Output, args: &LogArgs) -> Result<(), Failure> {
    let since = args.since.as_deref();
    let since = since.map(|text| desk.date(Some(text))).transpose()?;
    let habit = args.habit.as_deref().map(|text| desk.habit(text)).transpose()?;
    let check_ins = desk.check_ins(habit.map(|habit| habit.id), since)?;
    if args.json {
        return Ok(output.json(&check_ins)?);
    }
    let names: HashMap<_, _> =
        desk.workspace.habits.iter().map(|habit| (habit.id, shown(&habit.name))).collect();
    let rows: Vec<_> = check_ins
        .iter()
        .map(|check_in| {
            [
                check_in.day.to_string(),
                output.mark(check_in.mark).to_owned(),
                names.get(&check_in.habit).map_or(String::new(), ToString::to_string),
                shown(check_in.note.as_deref().unwrap_or_default()).into_owned(),
            ]
        })
        .collect();
    let lines = table::lines([Side::Left; 4], &rows);
    for (line, check_in) in lines.iter().zip(&check_ins) {
        let line = match check_in.mark {
            Some(Mark::Done) => line.into(),
            _ => output.paint(Role::Quiet, line),
        };
        writeln!(output, "{line}")?;
    }
    Ok(())
}
