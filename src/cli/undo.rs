//! `undo` and `redo`: of every change, from whichever process.

use super::{desk::Desk, failure::Failure, output::Output};
use crate::domain::{
    change::{Applied, Change},
    curriculum::Curriculum,
    describe::describe,
};

/// Takes back the newest change.
pub fn undo(desk: &mut Desk, output: &mut Output) -> Result<(), Failure> {
    let applied = desk.turn(false)?;
    let line = match applied {
        Some(applied) => format!("Took back: {}", named(desk, &applied)),
        None => "There is nothing to take back.".to_owned(),
    };
    Ok(output.confirm(&line)?)
}

/// Makes it again.
pub fn redo(desk: &mut Desk, output: &mut Output) -> Result<(), Failure> {
    let applied = desk.turn(true)?;
    let line = match applied {
        Some(applied) => format!("Made again: {}", named(desk, &applied)),
        None => "There is nothing to make again.".to_owned(),
    };
    Ok(output.confirm(&line)?)
}

/// The curriculum is read only where a topic has to be named.
fn named(desk: &mut Desk, applied: &Applied) -> String {
    let curriculum = match &applied.change {
        Change::TopicSet { .. } | Change::HabitLink { topic: Some(_), .. } => desk.curriculum(),
        _ => Curriculum::default(),
    };
    describe(applied, &desk.workspace, &curriculum, desk.today())
}
