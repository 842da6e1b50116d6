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
        change::Applied,
        day::short,
        text::{clip, shown},
    },
    exchange::{self, Count, Plan, csv},
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
    let check_ins = desk.check_ins(None, None)?;
    let plan = Plan::new(
        format!("import of {file}"),
        entries,
        &desk.workspace,
        check_ins,
        desk.today(),
        &mut desk.ids(),
    );
    let plan = plan.map_err(|bad| bad.in_file(&file))?;
    drop(source);
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
    if plan.is_empty() {
        let why = match (plan.already, plan.kept.len()) {
            (0, 0) => "the file holds no days".to_owned(),
            (_, 0) => "all of it is here already".to_owned(),
            (_, 1) => "1 day stays as it is here".to_owned(),
            (_, kept) => format!("{kept} days stay as they are here"),
        };
        return Ok(output.confirm(&format!("Nothing was changed: {why}."))?);
    }
    desk.back_up()?;
    let (planned, stamp) = (plan.added, desk.now.stamp());
    let (applied, added) = plan.carry_out(desk.store()?, &stamp)?;
    desk.take_in(&applied);
    output.confirm(&format!("Imported: {}.{}", both(added), undo_hint(&applied)))?;
    if added != planned {
        output.confirm(&format!(
            "The plan was {}, but another program wrote there in the meantime, and that stays.",
            both(planned)
        ))?;
    }
    Ok(())
}

/// An import that came to nothing is not what undo would take back.
fn undo_hint(applied: &Applied) -> &'static str {
    if applied.seq.is_some() { " `inch undo` takes it back." } else { "" }
}

fn both(count: Count) -> String {
    format!("{} and {}", counted(count.marks, "mark"), counted(count.notes, "note"))
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn shown_plan(plan: &Plan, desk: &Desk) -> Vec<String> {
    let name = |text: &str| clip(&shown(text), 60);
    let mut lines = vec![format!(
        "To add: {}, {}. Here already: {} and {}.",
        counted(plan.new_habits.len(), "habit"),
        both(plan.added),
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
