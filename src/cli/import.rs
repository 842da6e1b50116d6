//! `import`: shows the plan, then makes it one change.

use std::io::Write as _;

use super::{
    args::ImportArgs,
    desk::Desk,
    failure::Failure,
    output::{Output, warn},
    progress::Progress,
    whole,
};
use crate::{
    domain::{
        day::short,
        fault::Fault,
        schedule::Schedule,
        text::{clip, grouped, shown},
    },
    exchange::{Count, Format, Ground, Input, Known, NewHabit, Plan},
};

/// How many examples of a kind the plan names.
const EXAMPLES: usize = 10;

/// How many of the lines that were left out.
const BAD_LINES: usize = 1_000;

/// All of the file, or nothing.
pub fn run(desk: &mut Desk, output: &mut Output, args: &ImportArgs) -> Result<(), Failure> {
    // Before it is opened: to close it again would drop SQLite's locks.
    if desk.is_data(&args.file) {
        return Err(Failure::Said {
            message: "that is the data file itself, or belongs to it. Nothing was imported. Name \
                      what another program wrote, or what `inch export everything` did"
                .to_owned(),
            fault: Fault::Usage,
        });
    }
    let progress = Progress::new(output.is_quiet());
    progress.say("Reading …");
    let input = Input::open(&args.file)?;
    let named = args.from.as_deref().and_then(Format::named);
    let format = named.map_or_else(|| Format::guess(&input), Ok)?;
    let plan = format.plan(
        &input,
        Ground {
            workspace: &desk.workspace,
            check_ins: &|habit| desk.check_ins_of(habit),
            is_free: &|habit| desk.is_free(habit),
            today: desk.today(),
            ids: desk.ids(),
            skips_bad: args.skip_bad,
        },
    );
    progress.end();
    let Some(plan) = plan else {
        return whole::import(desk, output, args, &input);
    };
    let plan = plan?;
    let guess = if named.is_some() { "" } else { ", by the look of it; --from says otherwise" };
    let mut lines = vec![format!("{} is read as {}{guess}.", input.name, format.title)];
    drop(input);
    lines.extend(shown_plan(&plan, desk, args.skip_bad));
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
    if output.is_quiet() && !plan.skipped.is_empty() {
        // What is missing now nobody would find out later.
        warn(&format!("left out: {}", counted(plan.skipped.len(), "bad line")));
    }
    if plan.is_empty() {
        let why = match (plan.already, plan.kept.len()) {
            (0, 0) => "there are no days in it to add".to_owned(),
            (_, 0) => "all of it is here already".to_owned(),
            (_, 1) => "1 day stays as it is here".to_owned(),
            (_, kept) => format!("{} days stay as they are here", number(kept)),
        };
        return Ok(output.confirm(&format!("Nothing was changed: {why}."))?);
    }
    output.flush()?;
    desk.back_up()?;
    let (planned, stamp) = (plan.added, desk.now.stamp());
    progress.say(&format!("Saving {} …", all(planned)));
    let (applied, added) = plan.carry_out(desk.store()?, &stamp)?;
    progress.end();
    let undo = match &applied {
        Some(applied) => {
            desk.take_in(applied);
            " `inch undo` takes it back."
        }
        // An import that came to nothing is not what undo would take back.
        None => "",
    };
    output.confirm(&format!("Imported: {}.{undo}", all(added)))?;
    if added != planned {
        output.confirm(&format!(
            "The plan was {}, but another program wrote there in the meantime, and that stays.",
            all(planned)
        ))?;
    }
    Ok(())
}

fn all(count: Count) -> String {
    format!(
        "{}, {} and {}",
        counted(count.habits, "habit"),
        counted(count.marks, "mark"),
        counted(count.notes, "note")
    )
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", number(count))
}

fn number(count: usize) -> String {
    grouped(count as u64)
}

fn name(text: &str) -> String {
    clip(&shown(text), 60)
}

fn shown_plan(plan: &Plan, desk: &Desk, skips_bad: bool) -> Vec<String> {
    let today = desk.today();
    let mut lines = vec![format!(
        "To add: {}. Here already: {} and {}.",
        all(plan.added),
        counted(plan.known.len(), "habit"),
        counted(plan.already, "day"),
    )];
    let new = |habit: &NewHabit| {
        let schedule = match habit.schedule {
            Schedule::Daily => "daily".to_owned(),
            other => other.to_string(),
        };
        let (from, name) = (short(habit.from, today), name(&habit.name));
        match habit.archived_on {
            Some(on) => {
                let on = short(on, today);
                format!("new habit, {schedule} from {from}, archived on {on}: {name}")
            }
            None => format!("new habit, {schedule} from {from}: {name}"),
        }
    };
    let known = |known: &Known| {
        let name_here = name(&known.name_here);
        match (known.is_by_id, known.name == known.name_here) {
            (true, true) => format!("here already, by its id: {name_here}"),
            (true, false) => {
                format!("here already, by its id: {} is {name_here}", name(&known.name))
            }
            (false, _) => format!("here already, by its name: {name_here}"),
        }
    };
    list(&mut lines, plan.new_habits.iter().map(new), "more new habits");
    list(&mut lines, plan.known.iter().map(known), "more that are here already");
    let kept = plan.kept.iter().map(|kept| {
        let (habit, day) = (name(&kept.habit), short(kept.day, today));
        format!("{}: {habit} says something else here for {day}, which stays", kept.place)
    });
    list(&mut lines, kept, "more days that stay");
    // All of them: each is something that is otherwise than it was there.
    lines.extend(plan.told.iter().map(|told| format!("  {told}")));
    if skips_bad {
        lines.push(format!("Left out: {}.", counted(plan.skipped.len(), "bad line")));
        // As many as anybody will read, for nothing else says what is missing.
        let bad = plan.skipped.iter().map(|bad| format!("  {}, {}", bad.place, bad.what));
        lines.extend(bad.take(BAD_LINES));
        if let Some(more) = plan.skipped.len().checked_sub(BAD_LINES + 1) {
            lines.push(format!("  and {} more", counted(more + 1, "bad line")));
        }
    }
    lines
}

/// The first lines of a kind, and how many more there are.
fn list(lines: &mut Vec<String>, all: impl ExactSizeIterator<Item = String>, more: &str) {
    let count = all.len();
    lines.extend(all.take(EXAMPLES).map(|line| format!("  {line}")));
    if count > EXAMPLES {
        lines.push(format!("  and {} {more}", number(count - EXAMPLES)));
    }
}
