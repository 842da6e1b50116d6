//! What each change does to the records it touches, and when it is refused.
//!
//! Owns every limit on what may be stored. Must not know where records live.

use chrono::NaiveDate;

use super::{Change, Records, Refusal};
use crate::domain::{
    day,
    habit::{CheckIn, Habit, Mark, Recipe},
    ids::{HabitId, ProjectId, TopicId},
    project::{Project, ProjectDraft},
    record::{Key, Record},
    schedule::Schedule,
    text,
    topic::{OwnTopic, TopicProgress, TopicState},
    version::Versions,
};

impl Change {
    /// Makes the change in `records`, which must hold every key of [`Self::keys`]. On a refusal they
    /// are not to be used any more.
    pub fn make(&self, records: &mut Records, today: NaiveDate) -> Result<(), Refusal> {
        match self {
            Self::HabitAdd { habit, name, topic, position, recipe, schedule, from } => {
                let added = Habit {
                    id: *habit,
                    name: text::name("the name", name)?,
                    topic: topic.as_ref().map(checked_slug).transpose()?,
                    position: *position,
                    schedules: Versions::new(kept(*from)?, asked(*schedule)?),
                    recipes: Versions::new(*from, checked(recipe)?),
                    is_deleted: false,
                };
                return add(records, Record::Habit(added), "habit");
            }
            Self::HabitRename { habit, name } => {
                habit_in(records, *habit)?.name = text::name("the name", name)?;
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
                come(*mark, *day, today)?;
                let note = checked_note(note.as_deref())?;
                return check_in(records, *habit, *day, |here| {
                    here.mark = here.mark.or(*mark);
                    here.note = here.note.take().or(note);
                });
            }
            Self::TopicSet { topic, state, on } => return set_topic(records, topic, *state, *on),
            Self::OwnTopicPut { topic } => {
                let checked = checked_topic(topic)?;
                records.insert(Key::OwnTopic(topic.id.clone()), Some(Record::OwnTopic(checked)));
            }
            Self::OwnTopicDelete { topic } => own_topic_in(records, topic)?.is_deleted = true,
            Self::ProjectAdd { project, draft, position, on } => {
                let draft = checked_draft(draft)?;
                let added = Project::new(*project, draft, *position, kept(*on)?);
                return add(records, Record::Project(added), "project");
            }
            Self::ProjectEdit { project, edit, on } => {
                let project = project_in(records, *project)?;
                let draft = checked_draft(&edit.clone().over(&project.draft))?;
                project.set_status(draft.status, kept(*on)?);
                project.draft = draft;
            }
            Self::ProjectStatus { project, status, on } => {
                project_in(records, *project)?.set_status(*status, kept(*on)?);
            }
            Self::ProjectDelete { project } => project_in(records, *project)?.is_deleted = true,
            Self::ProjectsReorder { positions } => {
                for (project, position) in positions {
                    project_in(records, *project)?.position = *position;
                }
            }
            Self::Together { changes, .. } => {
                for change in changes {
                    change.make(records, today)?;
                }
            }
        }
        Ok(())
    }
}

/// How many links or topics a project may have.
const MOST_LINKS: usize = 50;

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

fn checked_topic(topic: &OwnTopic) -> Result<OwnTopic, Refusal> {
    Ok(OwnTopic {
        id: checked_slug(&topic.id)?,
        module: text::line("the module", &topic.module)?,
        title: text::name("the title", &topic.title)?,
        check: text::lines("the mastery check", &topic.check, text::NAME_BYTES)?,
        link: topic.link.as_deref().map(text::link).transpose()?,
        is_deleted: topic.is_deleted,
    })
}

fn checked_draft(draft: &ProjectDraft) -> Result<ProjectDraft, Refusal> {
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
        ..draft.clone()
    })
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

fn set_topic(
    records: &mut Records,
    topic: &TopicId,
    state: TopicState,
    on: NaiveDate,
) -> Result<(), Refusal> {
    let key = Key::Topic(topic.clone());
    let current = match records.get(&key) {
        Some(Some(Record::Topic(progress))) => progress.state,
        _ => TopicState::NotStarted,
    };
    if current != state {
        let topic = checked_slug(topic)?;
        let progress = TopicProgress { topic, state, changed_on: kept(on)? };
        let is_kept = state != TopicState::NotStarted;
        records.insert(key, is_kept.then_some(Record::Topic(progress)));
    }
    Ok(())
}

fn habit_in(records: &mut Records, habit: HabitId) -> Result<&mut Habit, Refusal> {
    match records.get_mut(&Key::Habit(habit)) {
        Some(Some(Record::Habit(habit))) if !habit.is_deleted => Ok(habit),
        _ => Err(Refusal::Missing("habit")),
    }
}

fn own_topic_in<'a>(
    records: &'a mut Records,
    topic: &TopicId,
) -> Result<&'a mut OwnTopic, Refusal> {
    match records.get_mut(&Key::OwnTopic(topic.clone())) {
        Some(Some(Record::OwnTopic(topic))) => Ok(topic),
        _ => Err(Refusal::Missing("topic of your own")),
    }
}

fn project_in(records: &mut Records, project: ProjectId) -> Result<&mut Project, Refusal> {
    match records.get_mut(&Key::Project(project)) {
        Some(Some(Record::Project(project))) if !project.is_deleted => Ok(project),
        _ => Err(Refusal::Missing("project")),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::ProjectPatch,
        ids::IdSource,
        project::{Level, Status},
        schedule::Schedule,
    };

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    fn make(records: &mut Records, change: &Change) -> Result<(), Refusal> {
        for key in change.keys() {
            records.entry(key).or_default();
        }
        change.make(records, day(23))
    }

    fn with_habit() -> (Records, HabitId) {
        let (mut records, habit) = (Records::new(), HabitId(IdSource::new(1, 1).next_uuid()));
        let recipe = Recipe { anchor: "sit down".into(), ..Recipe::default() };
        let (name, schedule) = ("Read".to_owned(), Schedule::Daily);
        let add = Change::HabitAdd {
            habit,
            name,
            topic: None,
            position: 0,
            recipe,
            schedule,
            from: day(1),
        };
        make(&mut records, &add).unwrap();
        (records, habit)
    }

    #[test]
    fn filling_leaves_what_is_there() {
        let (mut records, habit) = with_habit();
        let on = day(20);
        let fill = |mark, note: Option<&str>| Change::CheckInFill {
            habit,
            day: on,
            mark,
            note: note.map(str::to_owned),
        };
        let found = |records: &Records| match &records[&Key::CheckIn(habit, on)] {
            Some(Record::CheckIn(found)) => (found.mark, found.note.clone()),
            _ => (None, None),
        };
        make(&mut records, &fill(None, Some(" "))).unwrap();
        assert_eq!(found(&records), (None, None));
        make(&mut records, &fill(Some(Mark::Rest), None)).unwrap();
        make(&mut records, &fill(Some(Mark::Done), Some("first"))).unwrap();
        make(&mut records, &fill(Some(Mark::Done), Some("second"))).unwrap();
        assert_eq!(found(&records), (Some(Mark::Rest), Some("first".into())));
        let later = Change::CheckInFill { habit, day: day(24), mark: Some(Mark::Done), note: None };
        assert_eq!(make(&mut records, &later), Err(Refusal::Future(day(24))));
    }

    #[test]
    fn a_recipe_takes_on_only_the_parts_that_are_named() {
        let (mut records, habit) = with_habit();
        let set = |from, anchor: Option<&str>, behaviour: Option<&str>| Change::RecipeSet {
            habit,
            from,
            anchor: anchor.map(str::to_owned),
            behaviour: behaviour.map(str::to_owned),
            celebration: None,
        };
        make(&mut records, &set(day(10), None, Some("read a page"))).unwrap();
        make(&mut records, &set(day(20), Some("pour coffee"), None)).unwrap();
        let recipes = &habit_in(&mut records, habit).unwrap().recipes;
        let parts = |on| (recipes.at(on).anchor.as_str(), recipes.at(on).behaviour.as_str());
        assert_eq!(parts(day(9)), ("sit down", ""));
        assert_eq!(parts(day(10)), ("sit down", "read a page"));
        assert_eq!(parts(day(20)), ("pour coffee", "read a page"));
    }

    #[test]
    fn two_who_edit_a_project_do_not_undo_each_other() {
        let (mut records, project) = (Records::new(), ProjectId(IdSource::new(1, 1).next_uuid()));
        let draft = ProjectDraft { title: "Digits".into(), ..ProjectDraft::default() };
        let add = Change::ProjectAdd { project, draft, position: 0, on: day(1) };
        make(&mut records, &add).unwrap();
        let edit = |edit| Change::ProjectEdit { project, edit, on: day(2) };
        let patch = ProjectPatch::default;
        let links = Some(vec!["https://a.org/".to_owned()]);
        for one in [
            ProjectPatch { status: Some(Status::Shipped), ..patch() },
            ProjectPatch { level: Some(Level::Larger), pitch: Some("Reads".into()), ..patch() },
            ProjectPatch { title: Some("Digit reader".into()), links, ..patch() },
            ProjectPatch { topics: Some(vec!["vectors".into()]), ..patch() },
        ] {
            make(&mut records, &edit(one)).unwrap();
        }
        let stored = project_in(&mut records, project).unwrap();
        assert_eq!(
            stored.draft,
            ProjectDraft {
                title: "Digit reader".into(),
                level: Level::Larger,
                status: Status::Shipped,
                pitch: "Reads".into(),
                links: vec!["https://a.org/".into()],
                topics: vec!["vectors".into()],
            }
        );
        assert_eq!(stored.history.len(), 2);
        let empty = ProjectPatch { title: Some(" ".into()), ..patch() };
        assert!(matches!(make(&mut records, &edit(empty)), Err(Refusal::Text(_))));
    }

    #[test]
    fn a_recipe_from_an_earlier_day_keeps_the_newest_words_it_does_not_name() {
        let (mut records, habit) = with_habit();
        let set = |from, anchor: Option<&str>, behaviour: Option<&str>| Change::RecipeSet {
            habit,
            from: day(from),
            anchor: anchor.map(str::to_owned),
            behaviour: behaviour.map(str::to_owned),
            celebration: None,
        };
        make(&mut records, &set(22, Some("stand up"), None)).unwrap();
        make(&mut records, &set(20, None, Some("read one page"))).unwrap();
        let recipe = habit_in(&mut records, habit).unwrap().recipes.at(day(23)).clone();
        assert_eq!((&*recipe.anchor, &*recipe.behaviour), ("stand up", "read one page"));
    }
}
