//! `done`, `rest` and `clear`.
//!
//! Owns which habit is meant when none is named, and what is said afterwards.

use chrono::NaiveDate;

use super::{
    args::{DoneArgs, MarkArgs},
    desk::Desk,
    failure::Failure,
    output::Output,
};
use crate::domain::{
    change::{Change, Refusal},
    day::short,
    habit::{Habit, Mark},
    text::shown,
};

/// Ticks. Pressing it again is no undo: what is done stays done.
pub fn done(desk: &mut Desk, output: &mut Output, args: &DoneArgs) -> Result<(), Failure> {
    let day = desk.date(args.on.as_deref())?;
    if day > desk.today() {
        return Err(Failure::usage(format!("{}. Nothing was changed", Refusal::Future(day))));
    }
    let Some(habit) = named_or_first(desk, output, args.habit.as_deref(), day)? else {
        return Ok(());
    };
    let is_done = mark_of(desk, &habit, day) == Some(Mark::Done);
    let tick = Change::CheckInSet { habit: habit.id, day, mark: Some(Mark::Done) };
    let note = args.note.clone().map(|text| Change::CheckInNote {
        habit: habit.id,
        day,
        note: Some(text),
    });
    let has_note = note.is_some();
    match (is_done, note) {
        (true, None) => {}
        (true, Some(note)) => drop(desk.apply(&note)?),
        (false, None) => drop(desk.apply(&tick)?),
        (false, Some(note)) => {
            let what = format!("done and note · {} · {}", habit.name, short(day, desk.today()));
            let changes = vec![tick, note];
            desk.apply(&Change::Together { what, changes })?;
        }
    }
    let start = match (is_done, has_note) {
        (true, true) => "Already done, note saved: ",
        (true, false) => "Already done: ",
        (false, _) => "",
    };
    let line = said(desk, output, &habit, day, Mark::Done)?;
    output.confirm(&format!("{start}{line}"))?;
    Ok(())
}

/// Marks a rest day.
pub fn rest(desk: &mut Desk, output: &mut Output, args: &MarkArgs) -> Result<(), Failure> {
    let day = desk.date(args.on.as_deref())?;
    let Some(habit) = named_or_first(desk, output, args.habit.as_deref(), day)? else {
        return Ok(());
    };
    let is_rest = mark_of(desk, &habit, day) == Some(Mark::Rest);
    if !is_rest {
        desk.apply(&Change::CheckInSet { habit: habit.id, day, mark: Some(Mark::Rest) })?;
    }
    let start = if is_rest { "Already resting: " } else { "" };
    let line = said(desk, output, &habit, day, Mark::Rest)?;
    output.confirm(&format!("{start}{line}"))?;
    Ok(())
}

/// Removes the mark; the note stays.
pub fn clear(desk: &mut Desk, output: &mut Output, args: &MarkArgs) -> Result<(), Failure> {
    let day = desk.date(args.on.as_deref())?;
    let habit = match args.habit.as_deref() {
        Some(text) => desk.habit(text)?,
        None => only_marked(desk, day)?,
    };
    desk.reach(habit.id, day)?;
    let had_mark = mark_of(desk, &habit, day).is_some();
    if had_mark {
        desk.apply(&Change::CheckInSet { habit: habit.id, day, mark: None })?;
    }
    let what = if had_mark { "Mark removed" } else { "There is no mark" };
    let when = short(day, desk.today());
    output.confirm(&format!("{what}: {} · {when}", shown(&habit.name)))?;
    Ok(())
}

/// The named habit, or the first one that is due that day and not done. `None` after saying that
/// there is nothing to do.
fn named_or_first(
    desk: &mut Desk,
    output: &mut Output,
    text: Option<&str>,
    day: NaiveDate,
) -> Result<Option<Habit>, Failure> {
    if let Some(text) = text {
        let habit = desk.habit(text)?;
        desk.reach(habit.id, day)?;
        return Ok(Some(habit));
    }
    if let Some(why) = desk.no_habits() {
        return Err(Failure::missing(why));
    }
    let active: Vec<_> = desk.workspace.active_habits().cloned().collect();
    let mut has_due = false;
    for habit in active {
        desk.reach(habit.id, day)?;
        let ask = desk.ask(&habit, day);
        if ask.is_some_and(|ask| ask.is_unfinished()) {
            return Ok(Some(habit));
        }
        has_due |= ask.is_some_and(|ask| ask.is_due);
    }
    let is_today = day == desk.today();
    let when = if is_today { "today".to_owned() } else { short(day, desk.today()) };
    let line = if has_due {
        format!("All done for {when}. Well done")
    } else {
        format!("Nothing is due {when}")
    };
    output.confirm(&format!("{line}."))?;
    Ok(None)
}

/// Removing is never guessed: without a name there must be only one mark.
fn only_marked(desk: &mut Desk, day: NaiveDate) -> Result<Habit, Failure> {
    let active: Vec<_> = desk.workspace.active_habits().cloned().collect();
    let mut marked = Vec::new();
    for habit in active {
        desk.reach(habit.id, day)?;
        if mark_of(desk, &habit, day).is_some() {
            marked.push(habit);
        }
    }
    let when = short(day, desk.today());
    match marked.as_slice() {
        [] => Err(Failure::missing(format!(
            "nothing is marked on {when}. Nothing was changed. Name another day with --on DATE; `inch log` shows what is marked"
        ))),
        [one] => Ok(one.clone()),
        several => {
            let names: Vec<_> = several.iter().map(|habit| shown(&habit.name)).collect();
            Err(Failure::usage(format!(
                "{} habits are marked on {when}. Nothing was changed. Name one of them:\n  {}",
                several.len(),
                names.join("\n  ")
            )))
        }
    }
}

fn mark_of(desk: &Desk, habit: &Habit, day: NaiveDate) -> Option<Mark> {
    let track = desk.workspace.tracks.get(&habit.id)?;
    track.marks.get(&day).copied()
}

/// `✓ Read one figure · 5 days`: the mark, the name, the day unless it is today, and how far it got.
fn said(
    desk: &mut Desk,
    output: &Output,
    habit: &Habit,
    day: NaiveDate,
    mark: Mark,
) -> Result<String, Failure> {
    let today = desk.today();
    let mut parts = vec![format!("{} {}", output.mark(Some(mark)), shown(&habit.name))];
    if mark == Mark::Rest {
        parts.push("rest".to_owned());
    }
    if day != today {
        parts.push(short(day, today));
    }
    // The change may have left less of the past in memory.
    desk.reach(habit.id, day)?;
    let window = desk.ask(habit, day).and_then(|ask| ask.window);
    if let Some(judged) = window.filter(|judged| judged.window.quota > 1) {
        parts.push(format!("{}/{}", judged.done, judged.quota));
    }
    if let Some(figures) = desk.workspace.figures(habit, today) {
        let (streak, unit) = (figures.current_streak, figures.unit);
        // A streak that has yet to begin is no reason to show a nought.
        if streak > 0 {
            parts.push(format!("{streak} {}", unit.word(streak)));
        } else if figures.lifetime > 0 {
            parts.push(format!("{} in all", figures.lifetime));
        }
    }
    Ok(parts.join(" · "))
}
