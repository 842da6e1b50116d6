//! What the import of a document would add, found out before anything is written.
//!
//! Owns how things of the document and things here are matched, by id and then by name, and the
//! checking of every part. Must not know JSON, or how a plan is shown.

mod bench;
mod same;

use std::collections::HashMap;

use chrono::NaiveDate;

use self::{
    bench::{Bench, Came},
    same::{Same, matched},
};
use super::Document;
use crate::{
    domain::{
        change::{Applied, Change, Stamp},
        habit::CheckIn,
        ids::{HabitId, TopicId},
        record::Record,
        text::{clip, shown},
        workspace::Everything,
    },
    store::{Store, StoreError},
};

/// What would be added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Habits, archived ones too.
    pub habits: usize,
    /// Done and rest marks.
    pub marks: usize,
    /// Notes of days.
    pub notes: usize,
    /// Topics of the person's own.
    pub own_topics: usize,
    /// Topics of which something is said that was not said here.
    pub topics: usize,
    /// Projects.
    pub projects: usize,
    /// Sessions.
    pub sessions: usize,
    /// The goal: one or none.
    pub goal: usize,
}

/// What says something else here than in the document, and stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// "the habit Read", safe to print.
    pub what: String,
    /// On which day, when it is a habit's day.
    pub day: Option<NaiveDate>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What the change is called, as in "import of inch.json".
    pub what: String,
    /// What would be added.
    pub added: Added,
    /// How many parts are here already.
    pub already: usize,
    /// What says something else here.
    pub kept: Vec<Kept>,
    changes: Vec<Change>,
}

impl Plan {
    /// Finds out what a document would add. What is wrong with it ends it: the part and what is
    /// wrong there, as the rest of a sentence.
    pub fn new(
        what: String,
        document: &Document,
        here: &Everything,
        today: NaiveDate,
    ) -> Result<Self, String> {
        let plan = Self {
            what,
            added: Added::default(),
            already: 0,
            kept: Vec::new(),
            changes: Vec::new(),
        };
        let mut planner =
            Planner { same: same(document, here), bench: Bench::new(here, today), plan };
        planner.goal(&document.goal)?;
        planner.own_topics(document)?;
        planner.habits(document, here)?;
        planner.topics(document)?;
        planner.projects(document, here)?;
        planner.sessions(document)?;
        Ok(planner.plan)
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Makes it one change. Says whether all that was planned came about: what others wrote in the
    /// meantime stays.
    pub fn carry_out(
        self,
        store: &mut Store,
        stamp: &Stamp,
    ) -> Result<(Applied, bool), StoreError> {
        let planned = self.changes.len();
        let change = Change::Together { what: self.what, changes: self.changes };
        let applied = store.apply(&change, stamp)?;
        let is_whole = applied.after.len() == planned;
        Ok((applied, is_whole))
    }
}

fn same(document: &Document, here: &Everything) -> Same {
    let workspace = &here.workspace;
    Same {
        habits: matched(
            document.habits.iter().map(|habit| (&habit.id, habit.name.trim())),
            workspace.habits.iter().map(|habit| (&habit.id, habit.name.as_str())),
        ),
        topics: matched(
            document.own_topics.iter().map(|topic| (&topic.id, topic.title.trim())),
            workspace.own_topics.values().map(|topic| (&topic.id, topic.title.as_str())),
        ),
        projects: matched(
            document.projects.iter().map(|project| (&project.id, project.title.trim())),
            workspace.projects.iter().map(|one| (&one.id, one.draft.title.as_str())),
        ),
    }
}

struct Planner {
    same: Same,
    bench: Bench,
    plan: Plan,
}

impl Planner {
    /// Plans one record. `place` says where it stands in the document, and `what` what it is.
    fn fill(&mut self, place: &str, what: &str, record: Record) -> Result<Came, String> {
        let came = self.bench.fill(&record).map_err(|refusal| format!("{place}: {refusal}"))?;
        match came {
            Came::New => {
                self.plan.changes.push(Change::Fill { record: Box::new(record), gone: Vec::new() })
            }
            Came::Same => self.plan.already += 1,
            Came::Other => self.plan.kept.push(Kept { what: what.to_owned(), day: None }),
        }
        Ok(came)
    }

    fn goal(&mut self, goal: &str) -> Result<(), String> {
        if !goal.trim().is_empty() {
            let came = self.fill("goal", "the goal", Record::Goal(goal.to_owned()))?;
            self.plan.added.goal += usize::from(came == Came::New);
        }
        Ok(())
    }

    fn own_topics(&mut self, document: &Document) -> Result<(), String> {
        for (form, number) in document.own_topics.iter().zip(1..) {
            let mut topic = form.topic();
            self.same.topic(&mut topic.id);
            let title = named(&topic.title);
            let place = format!("own_topics, entry {number} ({title})");
            let came = self.fill(&place, &format!("the topic {title}"), Record::OwnTopic(topic))?;
            self.plan.added.own_topics += usize::from(came == Came::New);
        }
        Ok(())
    }

    fn habits(&mut self, document: &Document, here: &Everything) -> Result<(), String> {
        let mut days: HashMap<(HabitId, NaiveDate), &CheckIn> =
            here.check_ins.iter().map(|day| ((day.habit, day.day), day)).collect();
        // In an empty list the places of the document hold; else they follow those that are here.
        let first =
            (!here.workspace.habits.is_empty()).then(|| here.workspace.next_habit_position());
        let mut next = first;
        for (form, number) in document.habits.iter().zip(1..) {
            let name = named(&form.name);
            let place = format!("habits, entry {number} ({name})");
            let mut habit = form.habit().map_err(|law| format!("{place}, {law}"))?;
            habit.id = self.same.habit(habit.id);
            if let Some(topic) = &mut habit.topic {
                self.same.topic(topic);
            }
            habit.position = next.unwrap_or(habit.position);
            let id = habit.id;
            let came = self.fill(&place, &format!("the habit {name}"), Record::Habit(habit))?;
            if came == Came::New {
                self.plan.added.habits += 1;
                next = next.map(|next| next + 1);
            }
            for form in &form.check_ins {
                let said = form.check_in(id);
                let place = format!("{place}, check-in of {}", said.day);
                let here = days.remove(&(id, said.day));
                self.day(&place, &name, &said, here)?;
            }
        }
        Ok(())
    }

    /// A day is filled part by part, as any import does.
    fn day(
        &mut self,
        place: &str,
        name: &str,
        said: &CheckIn,
        here: Option<&CheckIn>,
    ) -> Result<(), String> {
        let said = self.bench.day(said).map_err(|refusal| format!("{place}: {refusal}"))?;
        let Some(CheckIn { habit, day, mark, note }) = said else {
            return Err(format!("{place}: it has neither a mark nor a note"));
        };
        let (mark_here, note_here) = here.map_or((None, None), |day| (day.mark, day.note.as_ref()));
        let is_other_mark = mark.is_some() && mark_here.is_some() && mark != mark_here;
        let is_other_note = note.is_some() && note_here.is_some() && note.as_ref() != note_here;
        let mark = mark.filter(|_| mark_here.is_none());
        let note = note.filter(|_| note_here.is_none());
        self.plan.added.marks += usize::from(mark.is_some());
        self.plan.added.notes += usize::from(note.is_some());
        if is_other_mark || is_other_note {
            self.plan.kept.push(Kept { what: format!("the habit {name}"), day: Some(day) });
        } else if mark.is_none() && note.is_none() {
            self.plan.already += 1;
        }
        if mark.is_some() || note.is_some() {
            self.plan.changes.push(Change::CheckInFill { habit, day, mark, note });
        }
        Ok(())
    }

    /// When a topic comes back belongs to how far one is: it comes along with that, or where both
    /// say the same.
    fn topics(&mut self, document: &Document) -> Result<(), String> {
        for (form, number) in document.topics.iter().zip(1..) {
            let slug = named(&form.id.0);
            let place = format!("topics, entry {number} ({slug})");
            let what = format!("the topic {slug}");
            let renamed = |same: &Same, mut id: TopicId| {
                same.topic(&mut id);
                id
            };
            let (mut is_new, mut is_other) = (false, false);
            if let Some(mut progress) = form.progress() {
                progress.topic = renamed(&self.same, progress.topic);
                let came = self.fill(&place, &what, Record::Topic(progress))?;
                (is_new, is_other) = (came == Came::New, came == Came::Other);
            }
            if let Some(mut review) = form.review() {
                review.topic = renamed(&self.same, review.topic);
                let record = Record::Review(review);
                if is_other {
                    self.bench.check(&record).map_err(|refusal| format!("{place}: {refusal}"))?;
                } else {
                    is_new |= self.fill(&place, &what, record)? == Came::New;
                }
            }
            if let Some(mut annotation) = form.annotation() {
                annotation.topic = renamed(&self.same, annotation.topic);
                let what = format!("what stands beside {slug}");
                is_new |= self.fill(&place, &what, Record::Annotation(annotation))? == Came::New;
            }
            self.plan.added.topics += usize::from(is_new);
        }
        Ok(())
    }

    fn projects(&mut self, document: &Document, here: &Everything) -> Result<(), String> {
        let workspace = &here.workspace;
        let mut next = (!workspace.projects.is_empty()).then(|| workspace.next_project_position());
        for (form, number) in document.projects.iter().zip(1..) {
            let mut project = form.project();
            project.id = self.same.project(project.id);
            for topic in &mut project.draft.topics {
                self.same.topic(topic);
            }
            project.position = next.unwrap_or(project.position);
            let title = named(&form.title);
            let place = format!("projects, entry {number} ({title})");
            let came = self.fill(
                &place,
                &format!("the project {title}"),
                Record::Project(Box::new(project)),
            )?;
            if came == Came::New {
                self.plan.added.projects += 1;
                next = next.map(|next| next + 1);
            }
        }
        Ok(())
    }

    fn sessions(&mut self, document: &Document) -> Result<(), String> {
        for (form, number) in document.sessions.iter().zip(1..) {
            let mut session = form.session();
            session.habit = session.habit.map(|id| self.same.habit(id));
            session.project = session.project.map(|id| self.same.project(id));
            if let Some(topic) = &mut session.topic {
                self.same.topic(topic);
            }
            let place = format!("sessions, entry {number}");
            let what = format!("the session {}", session.id);
            let came = self.fill(&place, &what, Record::Session(session))?;
            self.plan.added.sessions += usize::from(came == Came::New);
        }
        Ok(())
    }
}

/// A name as messages have it.
fn named(text: &str) -> String {
    clip(&shown(text), 60)
}
