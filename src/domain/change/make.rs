//! What each change does to the records it touches, and when it is refused.
//!
//! Owns every limit on what may be stored; topics and projects have their own files. Must not know
//! where records live.

mod fill;
mod project;
mod topic;

use chrono::{NaiveDate, SubsecRound as _};

use super::{Change, Records, Refusal};
use crate::domain::{
    day,
    habit::{CheckIn, Habit, Mark, Recipe, TIMER},
    ids::{HabitId, TopicId},
    project::Project,
    record::{Key, Record},
    schedule::Schedule,
    session::{self, Session},
    text,
    version::Versions,
};

impl Change {
    /// Makes the change in `records`, which must hold every key of [`Self::keys`]. On a refusal they
    /// are not to be used any more.
    pub fn make(&self, records: &mut Records, today: NaiveDate) -> Result<(), Refusal> {
        match self {
            Self::HabitAdd {
                habit,
                name,
                topic,
                position,
                recipe,
                schedule,
                from,
                seconds,
                is_review,
            } => {
                let added = Habit {
                    id: *habit,
                    name: text::name("the name", name)?,
                    topic: topic.as_ref().map(checked_slug).transpose()?,
                    position: *position,
                    schedules: Versions::new(kept(*from)?, asked(*schedule)?),
                    recipes: Versions::new(*from, checked(recipe)?),
                    seconds: checked_seconds(*seconds)?,
                    is_review: *is_review,
                    is_deleted: false,
                };
                return add(records, Record::Habit(added), "habit");
            }
            Self::HabitRename { habit, name } => {
                habit_in(records, *habit)?.name = text::name("the name", name)?;
            }
            Self::HabitSeconds { habit, seconds } => {
                habit_in(records, *habit)?.seconds = checked_seconds(*seconds)?;
            }
            Self::HabitReview { habit, is_review } => {
                habit_in(records, *habit)?.is_review = *is_review;
            }
            Self::HabitLink { habit, topic } => {
                habit_in(records, *habit)?.topic = topic.as_ref().map(checked_slug).transpose()?;
            }
            Self::RecipeSet { habit, from, anchor, behaviour, celebration } => {
                let habit = habit_in(records, *habit)?;
                // Later versions go, so what is not named comes from the newest of them.
                let held = &habit.recipes.newest().value;
                let recipe = Recipe {
                    anchor: anchor.as_ref().unwrap_or(&held.anchor).clone(),
                    behaviour: behaviour.as_ref().unwrap_or(&held.behaviour).clone(),
                    celebration: celebration.as_ref().unwrap_or(&held.celebration).clone(),
                };
                habit.recipes.set(kept(*from)?, checked(&recipe)?);
            }
            Self::ScheduleSet { habit, from, schedule } => {
                habit_in(records, *habit)?.schedules.set(kept(*from)?, asked(*schedule)?);
            }
            Self::HabitArchive { habit, on } => {
                let habit = habit_in(records, *habit)?;
                if habit.archived_on().is_none() {
                    habit.archive(kept(*on)?);
                }
            }
            Self::HabitUnarchive { habit, on } => {
                habit_in(records, *habit)?.unarchive(kept(*on)?);
            }
            Self::HabitDelete { habit } => habit_in(records, *habit)?.is_deleted = true,
            Self::HabitsReorder { positions } => {
                for (habit, position) in positions {
                    habit_in(records, *habit)?.position = *position;
                }
            }
            Self::CheckInSet { habit, day, mark } => {
                come(*mark, *day, today)?;
                return check_in(records, *habit, *day, |check_in| check_in.mark = *mark);
            }
            Self::CheckInNote { habit, day, note } => {
                let note = checked_note(note.as_deref())?;
                return check_in(records, *habit, *day, |check_in| check_in.note = note);
            }
            Self::CheckInFill { habit, day, mark, note } => {
                return fill(records, *habit, (*day, *mark, note.as_deref()), today);
            }
            Self::CheckInsFill { habit, days } => {
                for (day, mark, note) in days {
                    fill(records, *habit, (*day, *mark, note.as_deref()), today)?;
                }
            }
            Self::ProjectAdd { .. }
            | Self::ProjectEdit { .. }
            | Self::ProjectStatus { .. }
            | Self::ProjectScope { .. }
            | Self::ProjectDelete { .. }
            | Self::ProjectsReorder { .. } => return self.make_project(records),
            Self::SessionPut { session } => {
                let session = checked_session(session, records)?;
                records.insert(Key::Session(session.id), Some(Record::Session(session)));
            }
            Self::Fill { record, gone } => return fill::fill(record, gone, records, today),
            Self::Together { changes, .. } => {
                for change in changes {
                    change.make(records, today)?;
                }
            }
            _ => return self.make_topic(records),
        }
        Ok(())
    }

    /// The part of [`Self::make`] that concerns topics.
    fn make_topic(&self, records: &mut Records) -> Result<(), Refusal> {
        match self {
            Self::TopicSet { topic, state, on } => {
                return topic::set(records, topic, *state, kept(*on)?);
            }
            Self::TopicEvidence { topic, evidence } => {
                return topic::prove(records, topic, evidence);
            }
            Self::TopicReview { topic, rating, on } => {
                return topic::review(records, topic, *rating, kept(*on)?);
            }
            Self::TopicAnnotate { topic, edit } => {
                let edit = topic::checked_annotation(edit)?;
                return topic::annotate(records, topic, |annotation| edit.alter(annotation));
            }
            Self::ResourceUsed { topic, url, is_used } => {
                return topic::set_used(records, topic, url, *is_used);
            }
            Self::TopicTakeOver { topic, from } => return topic::take_over(records, topic, from),
            Self::GoalSet { goal } => {
                let goal = text::lines("the goal", goal, text::NOTE_BYTES)?;
                records.insert(
                    Key::Goal,
                    Some(goal).filter(|goal| !goal.is_empty()).map(Record::Goal),
                );
            }
            Self::OwnTopicPut { topic } => return topic::put_own(records, topic),
            Self::OwnTopicDelete { topic } => topic::own_in(records, topic)?.is_deleted = true,
            _ => {}
        }
        Ok(())
    }

    /// The part of [`Self::make`] that concerns projects.
    fn make_project(&self, records: &mut Records) -> Result<(), Refusal> {
        match self {
            Self::ProjectAdd { project, draft, position, on } => {
                let draft = project::checked(draft)?;
                let added = Project::new(*project, draft, *position, kept(*on)?);
                return add(records, Record::Project(Box::new(added)), "project");
            }
            Self::ProjectEdit { project, edit, on } => {
                let project = project::of(records, *project)?;
                let draft = project::checked(&edit.clone().over(&project.draft))?;
                project.set_status(draft.status, kept(*on)?);
                project.draft = draft;
            }
            Self::ProjectStatus { project, status, on } => {
                project::of(records, *project)?.set_status(*status, kept(*on)?);
            }
            Self::ProjectScope { project, answers, on } => {
                return project::answer(records, *project, answers, kept(*on)?);
            }
            Self::ProjectDelete { project } => project::of(records, *project)?.is_deleted = true,
            Self::ProjectsReorder { positions } => {
                for (project, position) in positions {
                    project::of(records, *project)?.position = *position;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn checked_seconds(seconds: u8) -> Result<u8, Refusal> {
    if TIMER.contains(&seconds) { Ok(seconds) } else { Err(Refusal::timer(seconds.into())) }
}

/// Time that was spent stays, even where some of what it was spent on is gone.
fn checked_session(session: &Session, records: &Records) -> Result<Session, Refusal> {
    let is_there = |key: Key| records.get(&key).is_some_and(Option::is_some);
    let session = Session {
        habit: session.habit.filter(|id| is_there(Key::Habit(*id))),
        project: session.project.filter(|id| is_there(Key::Project(*id))),
        ..session.clone()
    };
    if session.subjects().next().is_none() {
        return Err(Refusal::NoSubject);
    }
    let (seconds, most) = (session.seconds, session::LONGEST);
    if !(1..=most).contains(&seconds) {
        let seconds = seconds.into();
        return Err(Refusal::Seconds { what: "a session", seconds, least: 1, most });
    }
    let topic = session.topic.as_ref().map(checked_slug).transpose()?;
    // The file keeps milliseconds; what it holds must be what the journal says.
    let started_at = session.started_at.trunc_subsecs(3);
    Ok(Session { day: kept(session.day)?, topic, started_at, ..session })
}

fn kept(day: NaiveDate) -> Result<NaiveDate, Refusal> {
    if day::is_kept(day) { Ok(day) } else { Err(Refusal::Range(day)) }
}

/// A day can be marked done once it has come.
fn come(mark: Option<Mark>, day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if mark == Some(Mark::Done) && day > today { Err(Refusal::Future(day)) } else { Ok(()) }
}

fn asked(schedule: Schedule) -> Result<Schedule, Refusal> {
    if schedule == Schedule::None { Err(Refusal::NoSchedule) } else { Ok(schedule) }
}

fn checked(recipe: &Recipe) -> Result<Recipe, Refusal> {
    Ok(Recipe {
        anchor: text::line("the anchor", &recipe.anchor)?,
        behaviour: text::line("the behaviour", &recipe.behaviour)?,
        celebration: text::line("the celebration", &recipe.celebration)?,
    })
}

/// An empty note is none.
fn checked_note(note: Option<&str>) -> Result<Option<String>, Refusal> {
    let note = text::lines("the note", note.unwrap_or_default(), text::NOTE_BYTES)?;
    Ok(Some(note).filter(|note| !note.is_empty()))
}

fn checked_slug(topic: &TopicId) -> Result<TopicId, Refusal> {
    Ok(TopicId(text::name("the topic", &topic.0)?))
}

/// Puts a new record, unless there is one already.
fn add(records: &mut Records, record: Record, what: &'static str) -> Result<(), Refusal> {
    let place = records.entry(record.key()).or_default();
    if place.is_some() {
        return Err(Refusal::Exists(what));
    }
    *place = Some(record);
    Ok(())
}

fn habit_in(records: &mut Records, habit: HabitId) -> Result<&mut Habit, Refusal> {
    match records.get_mut(&Key::Habit(habit)) {
        Some(Some(Record::Habit(habit))) if !habit.is_deleted => Ok(habit),
        _ => Err(Refusal::Missing("habit")),
    }
}

/// Edits a habit's day; the row goes when neither mark nor note is left.
fn check_in(
    records: &mut Records,
    habit: HabitId,
    day: NaiveDate,
    edit: impl FnOnce(&mut CheckIn),
) -> Result<(), Refusal> {
    kept(day)?;
    habit_in(records, habit)?;
    let key = Key::CheckIn(habit, day);
    let mut edited = match records.remove(&key) {
        Some(Some(Record::CheckIn(check_in))) => check_in,
        _ => CheckIn { habit, day, mark: None, note: None },
    };
    edit(&mut edited);
    let is_kept = edited.mark.is_some() || edited.note.is_some();
    records.insert(key, is_kept.then_some(Record::CheckIn(edited)));
    Ok(())
}

/// Adds what a habit's day does not say yet, unless it has another mark.
fn fill(
    records: &mut Records,
    habit: HabitId,
    (day, mark, note): (NaiveDate, Option<Mark>, Option<&str>),
    today: NaiveDate,
) -> Result<(), Refusal> {
    come(mark, day, today)?;
    let note = checked_note(note)?;
    check_in(records, habit, day, |here| {
        if here.mark.zip(mark).is_none_or(|(here, mark)| here == mark) {
            here.mark = here.mark.or(mark);
            here.note = here.note.take().or(note);
        }
    })
}

#[cfg(test)]
mod tests;
