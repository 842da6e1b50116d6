//! What the import of a document would add, found out before anything is written.
//!
//! Owns how things of the document and things here are matched, by id and then by name, and the
//! checking of every part. Must not know JSON, or how a plan is shown.

mod bench;
mod same;
mod sessions;

use std::{collections::BTreeSet, fmt};

use chrono::NaiveDate;

use self::{
    bench::{Bench, Came},
    same::{Same, matched},
};
use super::{
    Document,
    form::{CheckIns, HabitForm, OwnTopicForm, ProjectForm, TopicForm},
};
use crate::{
    domain::{
        annotation::Annotation,
        change::{Change, DayFill},
        habit::{CheckIn, Habit},
        ids::HabitId,
        record::{Key, Record},
        review::Review,
        text::{clip, shown},
        topic::TopicProgress,
        workspace::Workspace,
    },
    exchange::{Count, Ground, ImportError, Kept, Known, NewHabit, Plan, skipped::Skipped},
};

/// Finds out what a document would add. What is wrong with it ends it or is left out.
pub fn of(file: &str, document: Document, ground: Ground<'_>) -> Result<Plan, ImportError> {
    let sessions = ground.here.sessions()?;
    let mut planner = Planner {
        same: same(&document, ground.workspace),
        bench: Bench::new(ground.workspace, sessions, ground.today),
        met: BTreeSet::new(),
        skipped: Skipped::new(file, ground.skips_bad),
        plan: Plan::empty(file),
        ground,
    };
    planner.goal(&document.goal)?;
    planner.habits(document.habits)?;
    planner.own_topics(&document.own_topics)?;
    planner.topics(&document.topics)?;
    planner.projects(&document.projects)?;
    planner.sessions(&document.sessions)?;
    planner.plan.finished(planner.skipped, &planner.ground)
}

fn same(document: &Document, workspace: &Workspace) -> Same {
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

/// Where a part stands in the document, and what it is called there.
struct At<'a> {
    list: &'static str,
    /// From 1 on; 0 for what stands alone.
    number: usize,
    /// Empty for what has none.
    name: &'a str,
}

impl At<'_> {
    fn place(&self) -> String {
        match self.number {
            0 => self.list.to_owned(),
            number => format!("{}, entry {number}", self.list),
        }
    }

    fn kept(&self, day: Option<NaiveDate>) -> Kept {
        let name = if self.name.is_empty() { "it" } else { self.name };
        Kept { place: self.place(), name: name.to_owned(), day }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place())?;
        if self.name.is_empty() { Ok(()) } else { write!(f, " ({})", named(self.name)) }
    }
}

struct Planner<'a> {
    same: Same,
    bench: Bench,
    /// By the ids of the document.
    met: BTreeSet<Key>,
    skipped: Skipped,
    plan: Plan,
    ground: Ground<'a>,
}

impl Planner<'_> {
    fn bad(&mut self, at: &At<'_>, what: impl fmt::Display) -> Result<(), ImportError> {
        self.skipped.add(at.to_string(), what.to_string())
    }

    /// Whether a part has come for the first time; the second is a bad one.
    fn is_first(&mut self, at: &At<'_>, key: Key) -> Result<bool, ImportError> {
        let is_first = self.met.insert(key);
        if !is_first {
            self.bad(at, "its id stands there twice")?;
        }
        Ok(is_first)
    }

    /// Plans one record; nothing comes of a bad one.
    fn fill(&mut self, at: &At<'_>, record: Record) -> Result<Option<Came>, ImportError> {
        match self.bench.fill(&record) {
            Ok(Came::New) => {
                self.plan.push(Change::Fill { record: Box::new(record), gone: Vec::new() });
                Ok(Some(Came::New))
            }
            Ok(came) => Ok(Some(came)),
            Err(refusal) => self.bad(at, refusal).map(|()| None),
        }
    }

    /// Counts what became of a part, by the field for its kind.
    fn count(&mut self, at: &At<'_>, came: Option<Came>, kind: impl Fn(&mut Count) -> &mut usize) {
        match came {
            Some(Came::New) => *kind(&mut self.plan.added) += 1,
            Some(Came::Same) => *kind(&mut self.plan.already) += 1,
            Some(Came::Other) => {
                *kind(&mut self.plan.kept) += 1;
                self.plan.keep(|| at.kept(None));
            }
            None => {}
        }
    }

    /// Says of a thing with a name what it is here.
    fn meet(&mut self, at: &At<'_>, kind: &'static str, is_by_id: bool, name_here: &str) {
        let (name, name_here) = (at.name.to_owned(), name_here.to_owned());
        let known = Known { kind, habit: None, name, name_here, is_by_id, days: 0 };
        self.plan.told.extend(known.in_other_case());
        self.plan.known.push(known);
    }

    /// Says that a thing comes back, if it was deleted here.
    fn tell_back(
        &mut self,
        came: Option<Came>,
        key: &Key,
        what: impl FnOnce() -> String,
    ) -> Result<(), ImportError> {
        if came == Some(Came::New) && !self.ground.here.is_free(key)? {
            self.plan.back.push(what());
        }
        Ok(())
    }

    fn goal(&mut self, goal: &str) -> Result<(), ImportError> {
        if !goal.trim().is_empty() {
            let at = At { list: "goal", number: 0, name: "" };
            let came = self.fill(&at, Record::Goal(goal.to_owned()))?;
            self.count(&at, came, |count| &mut count.goal);
        }
        Ok(())
    }

    fn own_topics(&mut self, forms: &[OwnTopicForm]) -> Result<(), ImportError> {
        for (form, number) in forms.iter().zip(1..) {
            let mut topic = form.topic();
            let at = At { list: "own_topics", number, name: form.title.trim() };
            if !self.is_first(&at, Key::OwnTopic(form.id.clone()))? {
                continue;
            }
            self.same.topic(&mut topic.id);
            let key = Key::OwnTopic(topic.id.clone());
            let here = self.ground.workspace.own_topics.get(&topic.id);
            let came = self.fill(&at, Record::OwnTopic(topic))?;
            if let Some(here) = here.filter(|_| came.is_some()) {
                self.meet(&at, "the topic ", here.id == form.id, &here.title);
            }
            self.tell_back(came, &key, || format!("the topic {}", at.name))?;
            self.count(&at, came, |count| &mut count.own_topics);
        }
        Ok(())
    }

    fn habits(&mut self, forms: Vec<HabitForm>) -> Result<(), ImportError> {
        let workspace = self.ground.workspace;
        // In an empty list the places of the document hold; else they follow those that are here.
        let mut next = (!workspace.habits.is_empty()).then(|| workspace.next_habit_position());
        for (form, number) in forms.into_iter().zip(1..) {
            let at = At { list: "habits", number, name: form.name.trim() };
            if !self.is_first(&at, Key::Habit(form.id))? {
                continue;
            }
            let mut habit = match form.habit() {
                Ok(habit) => habit,
                Err(law) => {
                    self.bad(&at, law)?;
                    continue;
                }
            };
            habit.id = self.same.habit(form.id);
            if let Some(topic) = &mut habit.topic {
                self.same.topic(topic);
            }
            habit.position = next.unwrap_or(habit.position);
            let id = habit.id;
            let came = self.habit(&at, &habit, form.id)?;
            self.count(&at, came, |count| &mut count.habits);
            let here = match came {
                None => continue,
                Some(Came::New) => {
                    next = next.map(|next| next + 1);
                    Vec::new()
                }
                Some(_) => self.ground.here.check_ins_of(id)?,
            };
            let days = self.days(&at, id, &form.check_ins, &here)?;
            self.plan.fill(id, days);
        }
        Ok(())
    }

    /// A habit that was deleted here comes back without the days that went with it.
    fn habit(
        &mut self,
        at: &At<'_>,
        habit: &Habit,
        id_there: HabitId,
    ) -> Result<Option<Came>, ImportError> {
        let (id, record) = (habit.id, Record::Habit(habit.clone()));
        let came = match self.bench.fill(&record) {
            Ok(came) => came,
            Err(refusal) => return self.bad(at, refusal).map(|()| None),
        };
        if came == Came::New {
            let is_back = !self.ground.here.is_free(&Key::Habit(id))?;
            let hidden = if is_back { self.ground.here.check_ins_of(id)? } else { Vec::new() };
            let gone = hidden.into_iter().map(|hidden| hidden.day).collect();
            self.plan.new_habits.push(NewHabit::of(habit, is_back));
            self.plan.push(Change::Fill { record: Box::new(record), gone });
        } else if let Some(here) = self.ground.workspace.habit(id) {
            self.meet(at, "", id == id_there, &here.name);
            if let Some(known) = self.plan.known.last_mut() {
                known.habit = Some(id);
            }
        }
        Ok(Some(came))
    }

    /// What the days of a habit do not say here yet.
    fn days(
        &mut self,
        at: &At<'_>,
        habit: HabitId,
        forms: &CheckIns,
        here: &[CheckIn],
    ) -> Result<Vec<DayFill>, ImportError> {
        let (mut days, mut met) = (Vec::with_capacity(forms.0.len()), BTreeSet::new());
        for (form, number) in forms.0.iter().zip(1_usize..) {
            let place = || format!("{at}, check-in {number}");
            let form = match form {
                Ok(form) => form,
                Err(what) => {
                    self.skipped.add(place(), what)?;
                    continue;
                }
            };
            let said = match self.bench.day(&form.check_in(habit)) {
                _ if !met.insert(form.day) => Err("this day stands there twice".to_owned()),
                Ok(None) => Err("it has neither a mark nor a note".to_owned()),
                Ok(Some(CheckIn { day, mark, note, .. })) => {
                    Ok((day, mark, note.map(String::into_boxed_str)))
                }
                Err(refusal) => Err(refusal.to_string()),
            };
            let said = match said {
                Ok(said) => said,
                Err(what) => {
                    self.skipped.add(format!("{} ({})", place(), form.day), what)?;
                    continue;
                }
            };
            let found = here.binary_search_by_key(&form.day, |here| here.day);
            let found = found.ok().and_then(|found| here.get(found));
            let kept = || at.kept(Some(form.day));
            days.extend(self.plan.compared(said, found, |note, here| note == here, kept));
        }
        Ok(days)
    }

    /// When a topic comes back belongs to how far one is: it comes along with that, or where both
    /// say the same.
    fn topics(&mut self, forms: &[TopicForm]) -> Result<(), ImportError> {
        for (form, number) in forms.iter().zip(1..) {
            let at = At { list: "topics", number, name: &form.id.0 };
            if !self.is_first(&at, Key::Topic(form.id.clone()))? {
                continue;
            }
            let mut topic = form.id.clone();
            self.same.topic(&mut topic);
            let progress =
                form.progress().map(|said| TopicProgress { topic: topic.clone(), ..said });
            let review = form.review().map(|said| Review { topic: topic.clone(), ..said });
            let beside = form.annotation().map(|said| Annotation { topic, ..said });
            let mut all = Vec::new();
            if let Some(progress) = progress {
                all.extend(self.fill(&at, Record::Topic(progress))?);
            }
            if let Some(review) = review.map(Record::Review) {
                if all.contains(&Came::Other) {
                    if let Err(refusal) = self.bench.check(&review) {
                        self.bad(&at, refusal)?;
                    }
                } else {
                    all.extend(self.fill(&at, review)?);
                }
            }
            if let Some(beside) = beside {
                all.extend(self.fill(&at, Record::Annotation(beside))?);
            }
            let came = [Came::New, Came::Other].into_iter().filter(|came| all.contains(came));
            let came: Vec<_> = came.collect();
            let is_same = came.is_empty() && !all.is_empty();
            for came in came.into_iter().chain(is_same.then_some(Came::Same)) {
                self.count(&at, Some(came), |count| &mut count.topics);
            }
        }
        Ok(())
    }

    fn projects(&mut self, forms: &[ProjectForm]) -> Result<(), ImportError> {
        let workspace = self.ground.workspace;
        let mut next = (!workspace.projects.is_empty()).then(|| workspace.next_project_position());
        for (form, number) in forms.iter().zip(1..) {
            let at = At { list: "projects", number, name: form.title.trim() };
            if !self.is_first(&at, Key::Project(form.id))? {
                continue;
            }
            let mut project = form.project();
            project.id = self.same.project(project.id);
            for topic in &mut project.draft.topics {
                self.same.topic(topic);
            }
            project.position = next.unwrap_or(project.position);
            let id = project.id;
            let came = self.fill(&at, Record::Project(Box::new(project)))?;
            if let Some(here) = workspace.project(id).filter(|_| came.is_some()) {
                self.meet(&at, "the project ", id == form.id, &here.draft.title);
            }
            self.tell_back(came, &Key::Project(id), || format!("the project {}", at.name))?;
            self.count(&at, came, |count| &mut count.projects);
            if came == Some(Came::New) {
                next = next.map(|next| next + 1);
            }
        }
        Ok(())
    }
}

/// A name as messages have it.
fn named(text: &str) -> String {
    clip(&shown(text), 60)
}
