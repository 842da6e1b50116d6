//! The sessions of a document, which may be on what does not come in.
//!
//! Owns what is said of those. Must not know how the rest of a document is planned.

use super::{At, Came, Planner};
use crate::{
    domain::{
        record::{Key, Record},
        text::grouped,
    },
    exchange::{ImportError, whole::form::SessionForm},
};

impl Planner<'_> {
    /// They come after all that they can be on. Time that was spent comes in, even where some of what
    /// it was spent on is neither here nor comes in.
    pub(super) fn sessions(&mut self, forms: &[SessionForm]) -> Result<(), ImportError> {
        let (mut without_habit, mut without_project) = (0, 0);
        for (form, number) in forms.iter().zip(1..) {
            let at = At { list: "sessions", number, name: "" };
            if !self.is_first(&at, Key::Session(form.id))? {
                continue;
            }
            let mut session = form.session();
            session.habit = session.habit.map(|id| self.same.habit(id));
            session.project = session.project.map(|id| self.same.project(id));
            if let Some(topic) = &mut session.topic {
                self.same.topic(topic);
            }
            let subjects = [session.habit.map(Key::Habit), session.project.map(Key::Project)];
            let has_any = subjects.iter().flatten().any(|key| self.bench.has(key));
            let lost = subjects.map(|key| key.is_some_and(|key| !self.bench.has(&key)));
            if lost.contains(&true) && !has_any && session.topic.is_none() {
                self.bad(&at, "what it was spent on is neither here nor comes in")?;
                continue;
            }
            let came = self.fill(&at, Record::Session(session))?;
            if came == Some(Came::New) {
                without_habit += u64::from(lost[0]);
                without_project += u64::from(lost[1]);
            }
            self.count(&at, came, |count| &mut count.sessions);
        }
        let told = [told(without_habit, "habit"), told(without_project, "project")];
        self.plan.told.extend(told.into_iter().flatten());
        Ok(())
    }
}

fn told(count: u64, what: &str) -> Option<String> {
    let (come, whose) =
        if count == 1 { ("session comes", "its") } else { ("sessions come", "their") };
    let number = grouped(count);
    let told =
        || format!("{number} {come} without {whose} {what}, which is neither here nor comes in");
    (count > 0).then(told)
}
