//! `import`: shows the plan, then makes it one change.

use std::io::Write as _;

use super::{
    args::ImportArgs,
    desk::Desk,
    failure::Failure,
    output::{Output, read_or_not, warn},
    progress::Progress,
};
use crate::{
    domain::{
        day::short,
        fault::Fault,
        schedule::Schedule,
        text::{clip, counted, grouped, shown},
    },
    exchange::{Count, EXAMPLES, Format, Ground, Input, Known, NewHabit, Plan},
};

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
    let progress = Progress::new(output.is_quiet(), output.is_ascii());
    progress.say("Reading …");
    let input = Input::open(&args.file)?;
    let named = args.from.as_deref().and_then(Format::named);
    let format = named.map_or_else(|| Format::guess(&input), Ok)?;
    let ground = Ground {
        workspace: &desk.workspace,
        here: &*desk,
        today: desk.today(),
        ids: desk.ids(),
        skips_bad: args.skip_bad,
    };
    let plan = format.plan(&input, ground);
    progress.end();
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
    let told = lines.iter().try_for_each(|line| output.confirm(line));
    read_or_not(told.and_then(|()| output.flush()))?;
    if output.is_quiet() && !plan.skipped.is_empty() {
        // What is missing now nobody would find out later.
        warn(&format!("left out: {}", counted(plan.skipped.len(), "bad line")));
    }
    if plan.is_empty() {
        return Ok(output.confirm(&format!("Nothing was changed: {}.", why_nothing(&plan)))?);
    }
    desk.back_up()?;
    let (planned, stamp) = (plan.added, desk.now.stamp());
    progress.say("Saving …");
    let mut tell = |share| progress.draw("Saving …", share);
    let (applied, added) = plan.carry_out(desk.store()?, &stamp, &mut tell)?;
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

fn why_nothing(plan: &Plan) -> String {
    match (plan.already.total(), plan.kept.total()) {
        (0, 0) if plan.skipped.is_empty() => "there is nothing in it to add".to_owned(),
        (0, 0) => "all of it was left out".to_owned(),
        (_, 0) => "all of it is here already".to_owned(),
        (_, 1) => format!("{} stays as it is here", words(plan.kept, [])),
        _ => format!("{} stay as they are here", words(plan.kept, [])),
    }
}

/// What comes in or came.
fn all(count: Count) -> String {
    words(count, ["habit", "mark", "note"])
}

/// Every kind of which there is something, and `always` these.
fn words<const N: usize>(count: Count, always: [&str; N]) -> String {
    let Count { habits, days, marks, notes, own_topics, topics, projects, sessions, goal } = count;
    let counts = [
        (habits, "habit", "habits"),
        (days, "day", "days"),
        (marks, "mark", "marks"),
        (notes, "note", "notes"),
        (own_topics, "own topic", "own topics"),
        (topics, "topic's progress", "topics' progress"),
        (projects, "project", "projects"),
        (sessions, "session", "sessions"),
        (goal, "goal", "goals"),
    ];
    let told = counts.into_iter().filter(|(count, one, _)| *count > 0 || always.contains(one));
    let told = told.map(|(count, one, many)| {
        format!("{} {}", number(count), if count == 1 { one } else { many })
    });
    let told: Vec<_> = told.collect();
    match told.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn number(count: usize) -> String {
    grouped(count as u64)
}

fn name(text: &str) -> String {
    clip(&shown(text), 60)
}

fn shown_plan(plan: &Plan, desk: &Desk, skips_bad: bool) -> Vec<String> {
    let today = desk.today();
    let (added, already) = (all(plan.added), words(plan.already, ["habit", "day"]));
    let mut head = format!("To add: {added}. Here already: {already}.");
    if plan.kept.total() > 0 {
        head = format!("{head} Said otherwise here: {}.", words(plan.kept, []));
    }
    let mut lines = vec![head];
    let new = |habit: &NewHabit| {
        let schedule = match habit.schedule {
            Schedule::Daily => "daily".to_owned(),
            other => other.to_string(),
        };
        let (from, name) = (short(habit.from, today), name(&habit.name));
        let what = if habit.is_back { "habit that was deleted here" } else { "new habit" };
        match habit.archived_on {
            Some(on) => {
                let on = short(on, today);
                format!("{what}, {schedule} from {from}, archived on {on}: {name}")
            }
            None => format!("{what}, {schedule} from {from}: {name}"),
        }
    };
    let known = |known: &Known| {
        let days = match known.days {
            0 => String::new(),
            days => format!(", {} to add", counted(days, "day")),
        };
        let (kind, name_here) = (known.kind, name(&known.name_here));
        match (known.is_by_id, known.name == known.name_here) {
            (true, true) => format!("here already, by its id{days}: {kind}{name_here}"),
            (true, false) => {
                let name = name(&known.name);
                format!("here already, by its id{days}: {kind}{name} is {name_here}")
            }
            (false, _) => format!("here already, by its name{days}: {kind}{name_here}"),
        }
    };
    let back = |what: &String| format!("was deleted here and comes back: {}", name(what));
    list(&mut lines, plan.new_habits.iter().map(new), plan.new_habits.len(), "more new habits");
    list(&mut lines, plan.back.iter().map(back), plan.back.len(), "more that come back");
    list(&mut lines, plan.known.iter().map(known), plan.known.len(), "more that are here already");
    let kept = plan.kept_first.iter().map(|kept| {
        let day = kept.day.map_or(String::new(), |day| format!(" for {}", short(day, today)));
        format!(
            "{}: {} says something else here{day}; what is here stays",
            kept.place,
            name(&kept.name)
        )
    });
    list(&mut lines, kept, plan.kept.total(), "more that stay");
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
fn list(lines: &mut Vec<String>, first: impl Iterator<Item = String>, count: usize, more: &str) {
    lines.extend(first.take(EXAMPLES).map(|line| format!("  {line}")));
    if count > EXAMPLES {
        lines.push(format!("  and {} {more}", number(count - EXAMPLES)));
    }
}
