//! Where every part of a document is tried out on what is here, in memory.
//!
//! Owns the comparison. The limits are those of the change itself, which is made here as it will be
//! made in the file. Must not know the document.

use chrono::NaiveDate;

use crate::domain::{
    change::{Change, Records, Refusal},
    habit::CheckIn,
    record::{Key, Record},
    session::Session,
    workspace::Workspace,
};

/// What becomes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// It is added.
    New,
    /// It is here and says the same.
    Same,
    /// It is here and says something else.
    Other,
}

/// The records of definitions, as they would stand.
pub(super) struct Bench {
    records: Records,
    today: NaiveDate,
}

impl Bench {
    pub(super) fn new(workspace: &Workspace, sessions: Vec<Session>, today: NaiveDate) -> Self {
        let goal = Some(&workspace.goal).filter(|goal| !goal.is_empty());
        let records = (workspace.habits.iter().cloned().map(Record::Habit))
            .chain(workspace.own_topics.values().cloned().map(Record::OwnTopic))
            .chain(workspace.progress.values().cloned().map(Record::Topic))
            .chain(workspace.annotations.values().cloned().map(Record::Annotation))
            .chain(workspace.reviews.values().cloned().map(Record::Review))
            .chain(workspace.projects.iter().cloned().map(Box::new).map(Record::Project))
            .chain(sessions.into_iter().map(Record::Session))
            .chain(goal.cloned().map(Record::Goal));
        Self { records: records.map(|record| (record.key(), Some(record))).collect(), today }
    }

    /// Tries a record out.
    pub(super) fn fill(&mut self, record: &Record) -> Result<Came, Refusal> {
        let key = record.key();
        let here = self.records.get(&key).cloned().flatten();
        let Some(here) = here else {
            self.make(record)?;
            // What says nothing leaves nothing.
            let is_there = self.has(&key);
            return Ok(if is_there { Came::New } else { Came::Same });
        };
        // As it would stand if nothing stood there: checked and trimmed.
        self.records.insert(key.clone(), None);
        let made = self.make(record);
        let checked = self.records.insert(key, Some(here.clone())).flatten();
        made?;
        let here = self.told(here);
        let is_same = checked.is_some_and(|checked| is_same(checked, &here));
        Ok(if is_same { Came::Same } else { Came::Other })
    }

    /// Whether anything would stand there.
    pub(super) fn has(&self, key: &Key) -> bool {
        self.records.get(key).is_some_and(Option::is_some)
    }

    /// A record here as an export has it: a session without what was deleted.
    fn told(&self, here: Record) -> Record {
        match here {
            Record::Session(session) => Record::Session(Session {
                habit: session.habit.filter(|id| self.has(&Key::Habit(*id))),
                project: session.project.filter(|id| self.has(&Key::Project(*id))),
                ..session
            }),
            other => other,
        }
    }

    /// Only looks whether a record is within its limits.
    pub(super) fn check(&mut self, record: &Record) -> Result<(), Refusal> {
        let here = self.records.get(&record.key()).cloned().flatten();
        let made = self.make(record);
        self.records.insert(record.key(), here);
        made
    }

    /// A day as it would stand if nothing stood there; `None` when it says nothing.
    pub(super) fn day(&mut self, said: &CheckIn) -> Result<Option<CheckIn>, Refusal> {
        let key = Key::CheckIn(said.habit, said.day);
        self.make(&Record::CheckIn(said.clone()))?;
        Ok(match self.records.remove(&key) {
            Some(Some(Record::CheckIn(check_in))) => Some(check_in),
            _ => None,
        })
    }

    fn make(&mut self, record: &Record) -> Result<(), Refusal> {
        let change = Change::Fill { record: Box::new(record.clone()), gone: Vec::new() };
        change.make(&mut self.records, self.today)
    }
}

/// The place in a list is no matter of what a thing is.
fn is_same(mut checked: Record, here: &Record) -> bool {
    match (&mut checked, here) {
        (Record::Habit(checked), Record::Habit(here)) => checked.position = here.position,
        (Record::Project(checked), Record::Project(here)) => checked.position = here.position,
        _ => {}
    }
    checked == *here
}
