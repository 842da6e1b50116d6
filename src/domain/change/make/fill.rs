//! What an import of another file of inch's puts where nothing stands.
//!
//! Owns the limits on a record as a whole, and the law that what is there stays. Must not know the
//! file it came from.

use chrono::NaiveDate;

use super::{
    asked, checked, checked_seconds, checked_session, checked_slug, kept, project as projects,
    topic as topics,
};
use crate::domain::{
    annotation::Annotation,
    change::{AnnotationPatch, Records, Refusal},
    dated::Dated,
    day::{LAST, plus},
    habit::{CheckIn, Habit},
    project::{
        Project,
        scope::{Answer, Scope},
    },
    record::{Key, Record},
    review::Review,
    schedule::Schedule,
    text,
    topic::{Evidence, OwnTopic, TopicProgress},
    version::{Version, Versions},
};

/// How far a place in a list may lie from the first: a place after it must exist.
const FAR: i64 = 1 << 40;

/// Puts the record where none stands, or a deleted one. It is checked all the same. A habit that
/// was deleted comes back without the days that are gone: those that it has come after it.
pub(super) fn fill(
    record: &Record,
    gone: &[NaiveDate],
    records: &mut Records,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let record = match record {
        Record::CheckIn(CheckIn { habit, day, mark, note }) => {
            return super::fill(records, *habit, (*day, *mark, note.as_deref()), today);
        }
        Record::Habit(habit) => Some(Record::Habit(whole_habit(habit)?)),
        Record::Topic(progress) => {
            let progress = whole_progress(progress)?;
            (!progress.is_blank()).then_some(Record::Topic(progress))
        }
        Record::OwnTopic(topic) => {
            let topic = OwnTopic { is_deleted: false, ..topics::checked_own(topic)? };
            Some(Record::OwnTopic(topic))
        }
        Record::Project(project) => Some(Record::Project(Box::new(whole_project(project)?))),
        Record::Session(session) => Some(Record::Session(checked_session(session, records)?)),
        Record::Annotation(annotation) => {
            let annotation = whole_annotation(annotation)?;
            (!annotation.is_empty()).then_some(Record::Annotation(annotation))
        }
        Record::Review(review) => Some(Record::Review(whole_review(review)?)),
        Record::Goal(goal) => {
            let goal = text::lines("the goal", goal, text::NOTE_BYTES)?;
            (!goal.is_empty()).then_some(Record::Goal(goal))
        }
    };
    let Some(record) = record else {
        return Ok(());
    };
    let place = records.entry(record.key()).or_default();
    if place.as_ref().is_some_and(|here| !here.is_deleted()) {
        return Ok(());
    }
    if let Record::Habit(habit) = place.insert(record) {
        let id = habit.id;
        records.extend(gone.iter().map(|day| (Key::CheckIn(id, *day), None)));
    }
    Ok(())
}

fn whole_habit(habit: &Habit) -> Result<Habit, Refusal> {
    let odd = |law| Refusal::Odd { what: "a habit", law };
    let versions = habit.schedules.as_slice();
    asked(versions[0].value)?;
    for version in versions {
        // The day after the last archive day that is kept.
        let is_last = version.value == Schedule::None && version.from == plus(LAST, 1);
        if !is_last {
            kept(version.from)?;
        }
    }
    if habit.recipes.created_on() != habit.created_on() {
        return Err(odd("has its first recipe and its first schedule from the same day on"));
    }
    let recipes =
        habit.recipes.as_slice().iter().map(|version| {
            Ok(Version { from: kept(version.from)?, value: checked(&version.value)? })
        });
    let recipes = recipes.collect::<Result<Vec<_>, Refusal>>()?;
    let recipes = Versions::try_from(recipes);
    Ok(Habit {
        id: habit.id,
        name: text::name("the name", &habit.name)?,
        topic: habit.topic.as_ref().map(checked_slug).transpose()?,
        position: near(habit.position)?,
        schedules: habit.schedules.clone(),
        recipes: recipes.map_err(|_| odd("has recipes that differ from one to the next"))?,
        seconds: checked_seconds(habit.seconds)?,
        is_review: habit.is_review,
        is_deleted: false,
    })
}

fn whole_progress(progress: &TopicProgress) -> Result<TopicProgress, Refusal> {
    let history = &progress.history;
    let is_newest = history.last().map(|newest| newest.state) == Some(progress.state);
    checked_history("the history of a topic", history, is_newest)?;
    let evidence = &progress.evidence;
    Ok(TopicProgress {
        topic: checked_slug(&progress.topic)?,
        state: progress.state,
        history: history.clone(),
        evidence: Evidence {
            sentence: text::lines("the evidence", &evidence.sentence, text::NOTE_BYTES)?,
            link: evidence.link.as_deref().map(text::link).transpose()?,
        },
    })
}

fn whole_annotation(annotation: &Annotation) -> Result<Annotation, Refusal> {
    let Annotation { topic, want, notes, links, used } = annotation;
    let patch = AnnotationPatch {
        want: Some(*want),
        notes: Some(notes.clone()),
        links: Some(links.clone()),
    };
    let mut whole = Annotation::new(checked_slug(topic)?);
    topics::checked_annotation(&patch)?.alter(&mut whole);
    whole.used = topics::checked_used(used)?;
    Ok(whole)
}

fn whole_review(review: &Review) -> Result<Review, Refusal> {
    checked_history("the reviews of a topic", &review.history, true)?;
    Ok(Review {
        topic: checked_slug(&review.topic)?,
        due_on: kept(review.due_on)?,
        history: review.history.clone(),
    })
}

fn whole_project(project: &Project) -> Result<Project, Refusal> {
    let history = &project.history;
    let is_newest = history.last().map(|newest| newest.status) == Some(project.draft.status);
    checked_history("the history of a project", history, is_newest)?;
    let scope = project.scope.all().map(|(prompt, answers)| {
        checked_days("the answers of a worksheet", answers)?;
        let answers = answers.iter().map(|answer| {
            let text = text::lines("the answer", &answer.text, text::NOTE_BYTES)?;
            Ok(Answer { on: answer.on, text })
        });
        Ok((prompt, answers.collect::<Result<Vec<_>, Refusal>>()?))
    });
    Ok(Project {
        id: project.id,
        draft: projects::checked(&project.draft)?,
        history: history.clone(),
        scope: Scope::of(scope.collect::<Result<Vec<_>, Refusal>>()?),
        position: near(project.position)?,
        is_deleted: false,
    })
}

/// A history that says something, in the order of its days, the newest last.
fn checked_history<T: Dated>(
    what: &'static str,
    history: &[T],
    is_newest: bool,
) -> Result<(), Refusal> {
    if history.is_empty() || !is_newest {
        return Err(Refusal::Odd { what, law: "ends with what is so now" });
    }
    checked_days(what, history)
}

fn checked_days<T: Dated>(what: &'static str, history: &[T]) -> Result<(), Refusal> {
    for entry in history {
        kept(entry.on())?;
    }
    if history.is_sorted_by_key(Dated::on) {
        return Ok(());
    }
    Err(Refusal::Odd { what, law: "goes on from day to day, the newest last" })
}

fn near(position: i64) -> Result<i64, Refusal> {
    let is_near = (-FAR..=FAR).contains(&position);
    let law = "lies within a million million of the first";
    if is_near { Ok(position) } else { Err(Refusal::Odd { what: "a place in a list", law }) }
}
