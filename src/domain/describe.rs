//! A change in a few words: what was taken back, made again, or written by somebody else.
//!
//! Owns the wording. Must not know where it is shown.

use chrono::NaiveDate;

use super::{
    change::{Applied, Change, ProjectPatch},
    curriculum::Curriculum,
    day::short,
    habit::Mark,
    ids::{HabitId, ProjectId, TopicId},
    record::{Key, Record},
    session::{Session, duration},
    text::{grouped, host, shown},
    workspace::Workspace,
};

/// The change as a person would name it, as in `done · Read one figure · Mon 23 Nov`.
///
/// Names come from the records it touched first: what it took away is in no workspace any more.
/// Stored text is safe to print; the result is one line that may follow "Took back: ".
pub fn describe(
    applied: &Applied,
    workspace: &Workspace,
    curriculum: &Curriculum,
    today: NaiveDate,
) -> String {
    let names = Names { applied, workspace, curriculum };
    match &applied.change {
        Change::HabitAdd { name, .. } => format!("new habit · {}", shown(name)),
        Change::HabitRename { habit, name } => {
            format!("renamed · {} → {}", names.old_habit(*habit, name), shown(name))
        }
        Change::HabitLink { habit, topic } => match topic {
            Some(topic) => format!("linked · {} → {}", names.habit(*habit), names.topic(topic)),
            None => format!("link to a topic removed · {}", names.habit(*habit)),
        },
        Change::HabitSeconds { habit, seconds } => {
            format!("timer of {seconds} s · {}", names.habit(*habit))
        }
        Change::HabitReview { habit, is_review } => {
            let what = if *is_review { "linked to reviews" } else { "link to reviews removed" };
            format!("{what} · {}", names.habit(*habit))
        }
        Change::RecipeSet { habit, .. } => format!("recipe · {}", names.habit(*habit)),
        Change::ScheduleSet { habit, schedule, .. } => {
            format!("schedule {schedule} · {}", names.habit(*habit))
        }
        Change::HabitArchive { habit, .. } => format!("archived · {}", names.habit(*habit)),
        Change::HabitUnarchive { habit, .. } => {
            format!("back from the archive · {}", names.habit(*habit))
        }
        Change::HabitDelete { habit } => format!("deleted · {}", names.habit(*habit)),
        Change::HabitsReorder { .. } => "order of the habits".to_owned(),
        Change::CheckInSet { habit, day, mark } => {
            let what = match mark {
                Some(Mark::Done) => "done",
                Some(Mark::Rest) => "rest",
                None => "mark removed",
            };
            format!("{what} · {} · {}", names.habit(*habit), short(*day, today))
        }
        Change::CheckInNote { habit, day, note } => {
            let has_text = note.as_deref().is_some_and(|note| !note.trim().is_empty());
            let what = if has_text { "note" } else { "note removed" };
            format!("{what} · {} · {}", names.habit(*habit), short(*day, today))
        }
        Change::CheckInFill { habit, day, mark, note } => {
            let words = [mark.map(Mark::word), note.as_ref().map(|_| "note")];
            let what: Vec<_> = words.into_iter().flatten().collect();
            format!("{} · {} · {}", what.join(" and "), names.habit(*habit), short(*day, today))
        }
        Change::CheckInsFill { habit, days } => {
            let days = match days.len() {
                1 => "1 day".to_owned(),
                count => format!("{} days", grouped(count as u64)),
            };
            format!("{days} filled in · {}", names.habit(*habit))
        }
        Change::Fill { .. } => "something imported".to_owned(),
        Change::TopicSet { topic, state, .. } => {
            format!("{} · {}", state.word(), names.topic(topic))
        }
        Change::TopicEvidence { topic, .. } => format!("evidence · {}", names.topic(topic)),
        Change::TopicReview { topic, rating, .. } => {
            format!("review, {} · {}", rating.word(), names.topic(topic))
        }
        Change::TopicAnnotate { topic, edit } => {
            let what = match (&edit.want, &edit.notes, &edit.links) {
                (Some(Some(want)), None, None) => want.word(),
                (Some(None), None, None) => "not wanted",
                (None, Some(_), None) => "notes",
                (None, None, Some(_)) => "links",
                _ => "notes and links",
            };
            format!("{what} · {}", names.topic(topic))
        }
        Change::ResourceUsed { topic, url, is_used } => {
            let what = if *is_used { "used" } else { "not used" };
            format!("{what} · {} · {}", host(url), names.topic(topic))
        }
        Change::TopicTakeOver { topic, .. } => format!("new name · {}", names.topic(topic)),
        Change::GoalSet { goal } if goal.trim().is_empty() => "goal removed".to_owned(),
        Change::GoalSet { .. } => "goal".to_owned(),
        Change::OwnTopicPut { topic } => format!("own topic · {}", shown(&topic.title)),
        Change::OwnTopicDelete { topic } => format!("deleted · {}", names.topic(topic)),
        Change::ProjectAdd { draft, .. } => format!("new project · {}", shown(&draft.title)),
        Change::ProjectEdit { project, edit, .. } => match &edit.title {
            Some(title) => format!("edited · {}", shown(title)),
            None => format!("{} · {}", edited(edit), names.project(*project)),
        },
        Change::ProjectStatus { project, status, .. } => {
            format!("{} · {}", status.word(), names.project(*project))
        }
        Change::ProjectScope { project, .. } => format!("scope · {}", names.project(*project)),
        Change::ProjectDelete { project } => format!("deleted · {}", names.project(*project)),
        Change::ProjectsReorder { .. } => "order of the projects".to_owned(),
        Change::SessionPut { session } => {
            format!("session of {} · {}", duration(session.seconds.into()), names.studied(session))
        }
        Change::Together { what, .. } => shown(what).into_owned(),
    }
}

/// Where names are looked for.
struct Names<'a> {
    applied: &'a Applied,
    workspace: &'a Workspace,
    curriculum: &'a Curriculum,
}

impl<'a> Names<'a> {
    fn records(&self, key: &Key) -> impl Iterator<Item = &'a Record> {
        let images = self.applied.after.iter().chain(&self.applied.before);
        images.filter(move |image| image.key == *key).filter_map(|image| image.record.as_ref())
    }

    fn habit(&self, id: HabitId) -> String {
        self.habit_where(id, |_| true)
    }

    /// The other name of a habit that is, or was, renamed to `new`.
    fn old_habit(&self, id: HabitId, new: &str) -> String {
        self.habit_where(id, |name| name != new.trim())
    }

    fn habit_where(&self, id: HabitId, is_wanted: impl Fn(&str) -> bool) -> String {
        let touched = self.records(&Key::Habit(id)).find_map(|record| match record {
            Record::Habit(habit) if is_wanted(&habit.name) => Some(&habit.name),
            _ => None,
        });
        let held = || self.workspace.habit(id).map(|habit| &habit.name);
        safe(touched.or_else(held), "a habit")
    }

    /// What a session was on, the narrowest first.
    fn studied(&self, session: &Session) -> String {
        let project = session.project.map(|id| self.project(id));
        let topic = || session.topic.as_ref().map(|id| self.topic(id));
        let habit = || session.habit.map(|id| self.habit(id));
        project.or_else(topic).or_else(habit).unwrap_or_default()
    }

    fn project(&self, id: ProjectId) -> String {
        let touched = self.records(&Key::Project(id)).find_map(|record| match record {
            Record::Project(project) => Some(&project.draft.title),
            _ => None,
        });
        let held = || self.workspace.project(id).map(|held| &held.draft.title);
        safe(touched.or_else(held), "a project")
    }

    fn topic(&self, id: &TopicId) -> String {
        let touched = self.records(&Key::OwnTopic(id.clone())).find_map(|record| match record {
            Record::OwnTopic(topic) => Some(&topic.title),
            _ => None,
        });
        let own = || self.workspace.own_topics.get(id).map(|own| &own.title);
        let shipped = || self.curriculum.topic(id).map(|topic| &topic.title);
        safe(touched.or_else(own).or_else(shipped), &id.0)
    }
}

/// What an edit of a project was about, where it was one thing.
fn edited(edit: &ProjectPatch) -> &'static str {
    let rest = ProjectPatch { status: None, drift_check_on: None, choice: None, ..edit.clone() };
    match (edit.status, edit.drift_check_on, &edit.choice) {
        _ if rest != ProjectPatch::default() => "edited",
        (Some(status), _, None) => status.word(),
        (None, Some(_), None) => "look for drift",
        (None, None, Some(_)) => "weighed",
        _ => "edited",
    }
}

fn safe(name: Option<&String>, otherwise: &str) -> String {
    shown(name.map_or(otherwise, String::as_str)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::{Origin, Records},
        habit::Recipe,
        ids::IdSource,
        project::{ProjectDraft, Status},
        record::Image,
        schedule::Schedule,
        topic::OwnTopic,
    };

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
    }

    /// Makes the changes one after the other and describes the last one.
    fn said(changes: &[Change], is_taken_back: bool) -> String {
        let mut records = Records::new();
        let mut last = None;
        for change in changes {
            let images = |records: &Records| -> Vec<Image> {
                let image = |key: Key| Image { record: records.get(&key).cloned().flatten(), key };
                change.keys().into_iter().map(image).collect()
            };
            let before = images(&records);
            change.make(&mut records, day(23)).unwrap();
            let after = images(&records);
            let (before, after) = if is_taken_back { (after, before) } else { (before, after) };
            last = Some(Applied {
                seq: Some(1),
                origin: Origin::Asked,
                change: change.clone(),
                before,
                after,
                tracks: Vec::new(),
                studied: Vec::new(),
            });
        }
        describe(&last.unwrap(), &Workspace::default(), &Curriculum::default(), day(23))
    }

    fn add(name: &str) -> (HabitId, Change) {
        let habit = HabitId(IdSource::new(1, 1).next_uuid());
        let change = Change::HabitAdd {
            seconds: 10,
            is_review: false,
            habit,
            name: name.into(),
            topic: None,
            position: 0,
            recipe: Recipe::default(),
            schedule: Schedule::Daily,
            from: day(1),
        };
        (habit, change)
    }

    #[test]
    fn habits_are_named_also_when_they_have_just_gone() {
        let (habit, added) = add("Read one figure");
        assert_eq!(said(std::slice::from_ref(&added), true), "new habit · Read one figure");
        let done = Change::CheckInSet { habit, day: day(22), mark: Some(Mark::Done) };
        for is_taken_back in [false, true] {
            assert_eq!(
                said(&[added.clone(), done.clone()], is_taken_back),
                "done · Read one figure · Sun 22 Nov"
            );
        }
        let renamed = Change::HabitRename { habit, name: "Read two".into() };
        for is_taken_back in [false, true] {
            assert_eq!(
                said(&[added.clone(), renamed.clone()], is_taken_back),
                "renamed · Read one figure → Read two"
            );
        }
        let note = Change::CheckInNote { habit, day: day(22), note: Some(String::new()) };
        assert_eq!(
            said(&[added.clone(), note], false),
            "note removed · Read one figure · Sun 22 Nov"
        );
        let slower = Change::ScheduleSet { habit, from: day(22), schedule: Schedule::PerWeek(3) };
        assert_eq!(said(&[added.clone(), slower], false), "schedule 3/week · Read one figure");
        let deleted = Change::HabitDelete { habit };
        assert_eq!(said(&[added, deleted], false), "deleted · Read one figure");
    }

    #[test]
    fn projects_own_topics_and_forms_are_named() {
        let project = ProjectId(IdSource::new(1, 1).next_uuid());
        let draft = ProjectDraft { title: "Paper tracker".into(), ..ProjectDraft::default() };
        let added = Change::ProjectAdd { project, draft, position: 0, on: day(1) };
        let shipped = Change::ProjectStatus { project, status: Status::Shipped, on: day(2) };
        assert_eq!(said(std::slice::from_ref(&added), true), "new project · Paper tracker");
        assert_eq!(said(&[added, shipped], true), "shipped · Paper tracker");
        let topic = OwnTopic {
            id: "own-1".into(),
            module: "m".into(),
            title: "Mine".into(),
            check: String::new(),
            link: None,
            is_deleted: false,
        };
        let put = Change::OwnTopicPut { topic };
        let gone = Change::OwnTopicDelete { topic: "own-1".into() };
        assert_eq!(said(&[put, gone], true), "deleted · Mine");
        let form = Change::Together { what: "import of a\u{1b}.csv".into(), changes: Vec::new() };
        assert_eq!(said(&[form], false), "import of a\u{241b}.csv");
    }
}
