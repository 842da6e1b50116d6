//! `import --from inch`: what `export everything` wrote, back in as one change.
//!
//! Owns how its plan is told. Must not know the document.

use std::io::Write as _;

use super::{args::ImportArgs, desk::Desk, failure::Failure, output::Output};
use crate::{
    domain::{day::short, fault::Fault},
    exchange::{
        ImportError, Input,
        whole::{self, Added, Plan},
    },
};

/// How many examples of a kind the plan names.
const EXAMPLES: usize = 10;

/// All of the document, or nothing.
pub fn import(
    desk: &mut Desk,
    output: &mut Output,
    args: &ImportArgs,
    input: &Input,
) -> Result<(), Failure> {
    if args.skip_bad {
        return Err(Failure::usage(
            "--skip-bad is for lines of other programs; an export of inch is read whole or not at \
             all. Nothing was imported. Leave --skip-bad out",
        ));
    }
    let file = input.name.clone();
    let document = whole::read(input)?;
    let here = desk.everything()?;
    let plan = Plan::new(format!("import of {file}"), &document, &here, desk.today());
    let plan = plan.map_err(|wrong| ImportError::File {
        file,
        what: format!("is wrong in {wrong}"),
        next: "Mend it and import again",
        fault: Fault::Data,
    })?;
    drop((document, here));
    let mut lines = vec![format!("{} is read as inch's own export.", input.name)];
    lines.extend(told(&plan, desk));
    if args.dry_run {
        for line in lines {
            writeln!(output, "{line}")?;
        }
        return Ok(writeln!(output, "Nothing was changed: this was a dry run.")?);
    }
    for line in lines {
        output.confirm(&line)?;
    }
    if plan.is_empty() {
        let why = match (plan.already, plan.kept.len()) {
            (0, 0) => "the file holds nothing",
            (_, 0) => "all of it is here already",
            _ => "what is not here already says something else here",
        };
        return Ok(output.confirm(&format!("Nothing was changed: {why}."))?);
    }
    output.flush()?;
    desk.back_up()?;
    let stamp = desk.now.stamp();
    let (applied, is_whole) = plan.carry_out(desk.store()?, &stamp)?;
    desk.take_in(&applied);
    if !is_whole {
        output.confirm(
            "Some of it was here already under what was deleted, or came in meanwhile, and stays.",
        )?;
    }
    let said = match applied.seq {
        Some(_) => "Imported. `inch undo` takes it back.",
        None => "Nothing was changed: all of it is here already.",
    };
    Ok(output.confirm(said)?)
}

fn told(plan: &Plan, desk: &Desk) -> Vec<String> {
    let mut lines = vec![format!("To add: {}. Here already: {}.", added(plan.added), plan.already)];
    for kept in plan.kept.iter().take(EXAMPLES) {
        let day =
            kept.day.map_or(String::new(), |day| format!(" for {}", short(day, desk.today())));
        lines.push(format!("  {} says something else here{day}, and stays as it is", kept.what));
    }
    if let Some(more) = plan.kept.len().checked_sub(EXAMPLES + 1) {
        lines.push(format!("  and {} more that stay as they are", more + 1));
    }
    lines
}

/// What would be added, in words; nothing is left out but what there is none of.
fn added(added: Added) -> String {
    let Added { habits, marks, notes, own_topics, topics, projects, sessions, goal } = added;
    let counts = [
        (habits, "habit", "habits"),
        (marks, "mark", "marks"),
        (notes, "note", "notes"),
        (own_topics, "own topic", "own topics"),
        (topics, "topic's progress", "topics' progress"),
        (projects, "project", "projects"),
        (sessions, "session", "sessions"),
        (goal, "goal", "goals"),
    ];
    let said = counts.into_iter().filter(|(count, ..)| *count > 0);
    let said =
        said.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
    let said: Vec<_> = said.collect();
    match said.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
