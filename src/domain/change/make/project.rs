//! What changes do to projects.
//!
//! Owns the limits on a project. Must not know habits or topics.

use chrono::NaiveDate;

use super::{checked_slug, kept};
use crate::domain::{
    change::{Records, Refusal},
    ids::ProjectId,
    project::{
        Project, ProjectDraft,
        choice::{BEST, Choice, LONGEST_ESTIMATE},
        scope::Prompt,
    },
    record::{Key, Record},
    text,
};

/// How many links or topics a project may have.
const MOST_LINKS: usize = 50;

/// The project, to be altered.
pub(super) fn of(records: &mut Records, project: ProjectId) -> Result<&mut Project, Refusal> {
    match records.get_mut(&Key::Project(project)) {
        Some(Some(Record::Project(project))) if !project.is_deleted => Ok(project),
        _ => Err(Refusal::Missing("project")),
    }
}

/// Every part of a draft within its limits.
pub(super) fn checked(draft: &ProjectDraft) -> Result<ProjectDraft, Refusal> {
    if draft.links.len() > MOST_LINKS || draft.topics.len() > MOST_LINKS {
        return Err(Refusal::TooMany { what: "links or topics of a project", limit: MOST_LINKS });
    }
    let links: Result<Vec<_>, _> = draft.links.iter().map(|link| text::link(link)).collect();
    let topics: Result<Vec<_>, _> = draft.topics.iter().map(checked_slug).collect();
    Ok(ProjectDraft {
        title: text::name("the title", &draft.title)?,
        pitch: text::lines("the pitch", &draft.pitch, text::DESCRIPTION_BYTES)?,
        links: links?,
        topics: topics?,
        result: text::lines("the result", &draft.result, text::DESCRIPTION_BYTES)?,
        role: text::line("the role", &draft.role)?,
        explained: text::lines(
            "the simple explanation",
            &draft.explained,
            text::DESCRIPTION_BYTES,
        )?,
        employer: text::lines("the employer's view", &draft.employer, text::NOTE_BYTES)?,
        drift_check_on: draft.drift_check_on.map(kept).transpose()?,
        choice: weighed(&draft.choice)?,
        ..draft.clone()
    })
}

fn weighed(choice: &Choice) -> Result<Choice, Refusal> {
    let scores = [choice.growth, choice.people, choice.stepping_stone];
    for score in scores.into_iter().flatten() {
        between("a score", score.into(), BEST.into())?;
    }
    if let Some(days) = choice.estimate_days {
        between("an estimate in days", days.into(), LONGEST_ESTIMATE.into())?;
    }
    let reason = text::lines("the reason", &choice.reason, text::NOTE_BYTES)?;
    Ok(Choice { reason, ..choice.clone() })
}

fn between(what: &'static str, number: u32, most: u32) -> Result<(), Refusal> {
    let is_within = (1..=most).contains(&number);
    if is_within { Ok(()) } else { Err(Refusal::Number { what, number, most }) }
}

/// Answers prompts of the worksheet.
pub(super) fn answer(
    records: &mut Records,
    project: ProjectId,
    answers: &[(Prompt, String)],
    on: NaiveDate,
) -> Result<(), Refusal> {
    let project = of(records, project)?;
    for (prompt, answer) in answers {
        let answer = text::lines("the answer", answer, text::NOTE_BYTES)?;
        project.scope.answer_with(*prompt, answer, on);
    }
    Ok(())
}
