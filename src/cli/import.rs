//! `import`: shows the plan, then makes it one change.

use std::io::Write as _;

use super::{
    args::{Format, ImportArgs},
    desk::Desk,
    failure::Failure,
    output::Output,
};
use crate::{
    domain::{
        day::short,
        text::{clip, shown},
    },
    exchange::{self, Plan, csv},
};

/// How many examples of a kind the plan names.
const EXAMPLES: usize = 10;

/// All of the file, or nothing.
pub fn run(desk: &mut Desk, output: &mut Output, args: &ImportArgs) -> Result<(), Failure> {
    let file = exchange::file_name(&args.file);
    let source = exchange::read(&args.file)?;
    let entries = match args.from {
        Format::Csv => csv::parse(&source, desk.today()),
    };
    let entries = entries.map_err(|bad| bad.in_file(&file))?;
    let check_ins = desk.store.check_ins(None, None)?;
    let plan = Plan::new(
        format!("import of {file}"),
        &entries,
        &desk.workspace,
        check_ins,
        desk.today(),
        &mut desk.ids(),
    );
    let plan = plan.map_err(|bad| bad.in_file(&file))?;
    let lines = shown_plan(&plan, desk);
    if args.dry_run {
        for line in lines {
            writeln!(output, "{line}")?;
        }
        writeln!(output, "Nothing was changed: this was a dry run.")?;
        return Ok(());
    }
    for line in lines {
        output.confirm(&line)?;
    }
    let (marks, notes) = (plan.marks, plan.notes);
    let end = match plan.carry_out(&mut desk.store, &desk.now.stamp())? {
        None => "Nothing was changed: all of it is here already.".to_owned(),
        Some(applied) => {
            desk.workspace.absorb(&applied);
            let (marks, notes) = (counted(marks, "mark"), counted(notes, "note"));
            format!("Imported and found again: {marks} and {notes}. `inch undo` takes it back.")
        }
    };
    Ok(output.confirm(&end)?)
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn shown_plan(plan: &Plan, desk: &Desk) -> Vec<String> {
    let name = |text: &str| clip(&shown(text), 60);
    let mut lines = vec![format!(
        "To add: {}, {} and {}. Here already: {} and {}.",
        counted(plan.new_habits.len(), "habit"),
        counted(plan.marks, "mark"),
        counted(plan.notes, "note"),
        counted(plan.known_habits, "habit"),
        counted(plan.already, "day"),
    )];
    for habit in plan.new_habits.iter().take(EXAMPLES) {
        let from = short(habit.from, desk.today());
        lines.push(format!("  new habit, daily from {from}: {}", name(&habit.name)));
    }
    if let Some(more) = plan.new_habits.len().checked_sub(EXAMPLES + 1) {
        lines.push(format!("  and {} more", counted(more + 1, "new habit")));
    }
    for kept in plan.kept.iter().take(EXAMPLES) {
        lines.push(format!(
            "  line {}: {} says something else here for {}, which stays",
            kept.line,
            name(&kept.habit),
            short(kept.day, desk.today())
        ));
    }
    if let Some(more) = plan.kept.len().checked_sub(EXAMPLES + 1) {
        lines.push(format!("  and {} more that stay", counted(more + 1, "day")));
    }
    lines
}
