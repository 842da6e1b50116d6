//! `demo`: a made-up year in a throwaway file, the same for everybody on the same day.
//!
//! Owns how figures in `assets/demo.toml` become days. Goes through the same change and store as
//! anything else.

mod learning;
mod story;
mod throwaway;

use std::{collections::BTreeMap, path::Path, time::Duration};

use chrono::NaiveDate;

use self::story::{HabitStory, Story};
pub use self::throwaway::Throwaway;
use super::failure::Failure;
use crate::{
    clock::Now,
    config::Config,
    domain::{
        change::Change,
        curriculum::Curriculum,
        day::{Rules, plus},
        fault::Fault,
        habit::{Mark, Recipe, SECONDS},
        ids::{HabitId, IdSource, SessionId},
        session::Session,
        version::Versions,
        window::Window,
    },
    store::{Options, Store},
};

/// Writes the year that ends today into a new file at `path`.
pub fn build(path: &Path, config: &Config, now: &Now) -> Result<(), Failure> {
    let options = Options { busy_timeout: Duration::from_secs(5), rules: config.rules() };
    let change = year(config.rules(), now.today)?;
    let mut store = Store::open(path, options)?;
    store.apply(&change, &now.stamp())?;
    // One stray key must not take the whole year back.
    store.renew_device()?;
    store.refresh_checkpoints(now.today)?;
    Ok(())
}

/// All of it as one change.
fn year(rules: Rules, today: NaiveDate) -> Result<Change, Failure> {
    let story = toml::from_str(include_str!("../../assets/demo.toml"));
    let story: Story = story.map_err(|error| Failure::Said {
        message: format!("the made-up year can't be read ({error}). Please report this"),
        fault: Fault::Bug,
    })?;
    let mut teller = Teller {
        chance: Chance(0x1c4),
        ids: IdSource::new(10, 1_600_000_000_000),
        rules,
        today,
        changes: Vec::new(),
    };
    for (habit, position) in story.habit.iter().zip(0..) {
        teller.habit(habit, position);
    }
    teller.topics(&story.topics);
    let goal = story.goal.clone();
    teller.changes.push(Change::GoalSet { goal });
    let curriculum = Curriculum::shipped();
    for beside in &story.beside {
        teller.beside(beside, &curriculum);
    }
    for (project, position) in story.project.iter().zip(0..) {
        teller.project(project, position);
    }
    teller.sessions(&story.habit);
    Ok(Change::Together { what: "a made-up year".to_owned(), changes: teller.changes })
}

/// Chance that is the same every time (Marsaglia's xorshift, 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }

    fn is_so(&mut self, share: f64) -> bool {
        let draw = u32::try_from(self.below(1_000_000)).unwrap_or(0);
        f64::from(draw) < share * 1_000_000.0
    }
}

struct Teller {
    chance: Chance,
    ids: IdSource,
    rules: Rules,
    today: NaiveDate,
    changes: Vec<Change>,
}

impl Teller {
    fn habit(&mut self, story: &HabitStory, position: i64) {
        let habit = HabitId(self.ids.next_uuid());
        let from = plus(self.today, -story.begun);
        self.changes.push(Change::HabitAdd {
            seconds: SECONDS,
            is_review: false,
            habit,
            name: story.name.clone(),
            topic: story.topic.clone(),
            position,
            recipe: Recipe {
                anchor: story.anchor.clone(),
                behaviour: story.behaviour.clone(),
                celebration: story.celebration.clone(),
            },
            schedule: story.schedule,
            from,
        });
        for later in &story.recipes {
            self.changes.push(Change::RecipeSet {
                habit,
                from: plus(self.today, -later.ago),
                anchor: later.anchor.clone(),
                behaviour: later.behaviour.clone(),
                celebration: later.celebration.clone(),
            });
        }
        let last = plus(self.today, -story.archived.unwrap_or(0));
        let versions = Versions::new(from, story.schedule);
        let windows: Vec<_> =
            Window::between(from, last, &versions, self.rules.week_starts_on).collect();
        let mut told = 0;
        for (window, ago) in windows.iter().zip((0..windows.len()).rev()) {
            let is_open = window.end >= self.today;
            let quota = window.quota as usize;
            // The window that holds today is not over: the streak counts from the one before it.
            let before = windows.last().is_some_and(|last| last.end >= self.today);
            let ended = ago.saturating_sub(usize::from(before));
            let wanted = if is_open {
                story.now
            } else if ended < story.streak {
                quota
            } else if ended == story.streak || !self.is_met(story.rate, window.start) {
                quota - 1
            } else if self.chance.is_so(story.rest) {
                self.mark(habit, window.start, Mark::Rest);
                0
            } else {
                quota
            };
            for day in self.pick(window, wanted, story.is_done_today) {
                self.mark(habit, day, Mark::Done);
                if self.chance.is_so(0.03) && !story.notes.is_empty() {
                    let note = Some(story.notes[told % story.notes.len()].clone());
                    told += 1;
                    self.changes.push(Change::CheckInNote { habit, day, note });
                }
            }
        }
        if story.archived.is_some() {
            self.changes.push(Change::HabitArchive { habit, on: last });
        }
    }

    /// Weeks differ: in one of nine, little comes about.
    fn is_met(&mut self, rate: f64, day: NaiveDate) -> bool {
        let week = (day - crate::domain::day::FIRST).num_days() / 7;
        let share = if week % 9 == 4 { rate * 0.45 } else { rate };
        self.chance.is_so(share)
    }

    /// So many days of a window, none after today, today only when it is done.
    fn pick(&mut self, window: &Window, count: usize, is_done_today: bool) -> Vec<NaiveDate> {
        let mut days: Vec<_> = window
            .counted_from
            .iter_days()
            .take_while(|day| *day <= window.end && *day <= self.today)
            .filter(|day| *day != self.today || is_done_today)
            .collect();
        let mut picked = Vec::new();
        if count > 0 && is_done_today && days.last() == Some(&self.today) {
            picked.extend(days.pop());
        }
        while picked.len() < count && !days.is_empty() {
            picked.push(days.remove(self.chance.below(days.len())));
        }
        picked.sort_unstable();
        picked
    }

    /// Some ticks went on as sessions, which grow as the year goes on.
    fn sessions(&mut self, story: &[HabitStory]) {
        let habits = self.changes.iter().filter_map(|change| match change {
            Change::HabitAdd { habit, .. } => Some(*habit),
            _ => None,
        });
        let studied: BTreeMap<_, _> = habits
            .zip(story)
            .filter_map(|(habit, story)| Some((habit, (story.sessions.as_ref()?, &story.topic))))
            .collect();
        let ticks = self.changes.iter().filter_map(|change| match change {
            Change::CheckInSet { habit, day, mark: Some(Mark::Done) } => Some((*habit, *day)),
            _ => None,
        });
        for (habit, day) in ticks.collect::<Vec<_>>() {
            let Some((told, topic)) = studied.get(&habit) else { continue };
            let Some(at) = day.and_hms_opt(7, 30, 0).filter(|_| self.chance.is_so(told.share))
            else {
                continue;
            };
            let ago = usize::try_from((self.today - day).num_days()).unwrap_or(0).min(400);
            let minutes = 2 + self.chance.below(told.minutes * (500 - ago) / 500);
            let session = Session {
                id: SessionId(self.ids.next_uuid()),
                habit: Some(habit),
                topic: (*topic).clone(),
                project: None,
                day,
                started_at: at.and_utc().fixed_offset(),
                seconds: u32::try_from(minutes * 60 + self.chance.below(60)).unwrap_or(60),
            };
            self.changes.push(Change::SessionPut { session });
        }
    }

    fn mark(&mut self, habit: HabitId, day: NaiveDate, mark: Mark) {
        let mark = Some(mark);
        self.changes.push(Change::CheckInSet { habit, day, mark });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::Records,
        curriculum::Curriculum,
        day::parse_iso,
        record::{Image, Key},
        workspace::Workspace,
    };

    fn workspace(today: NaiveDate) -> Workspace {
        let mut records = Records::new();
        let change = year(Rules::default(), today).unwrap();
        change.make(&mut records, today).unwrap();
        let mut workspace = Workspace::default();
        let order = |key: &Key| matches!(key, Key::CheckIn(..));
        let mut images: Vec<_> = records.into_iter().collect();
        images.sort_by_key(|(key, _)| order(key));
        for (key, record) in images {
            workspace.put(&Image { key, record });
        }
        workspace
    }

    #[test]
    fn the_streaks_are_as_told_on_any_day_of_the_week() {
        for day in 0..14 {
            let today = plus(parse_iso("2026-11-23").unwrap(), day);
            let workspace = workspace(today);
            let story: Story = toml::from_str(include_str!("../../assets/demo.toml")).unwrap();
            let told_of = story.habit.iter().zip(&workspace.habits);
            for (told, habit) in told_of.filter(|(told, _)| told.archived.is_none()) {
                let figures = workspace.figures(habit, today).unwrap();
                let is_open_met = workspace
                    .ask(habit, today, figures.first_day, today)
                    .and_then(|ask| ask.window)
                    .is_some_and(|judged| judged.done >= judged.quota);
                let streak = told.streak + usize::from(is_open_met);
                assert_eq!(figures.current_streak as usize, streak, "{} {today}", told.name);
                assert!(figures.lifetime > 10, "{}", told.name);
            }
        }
    }

    #[test]
    fn its_topics_are_in_the_curriculum_and_it_is_the_same_every_time() {
        let today = parse_iso("2026-11-23").unwrap();
        let rules = Rules::default();
        let change = year(rules, today).unwrap();
        assert_eq!(change, year(rules, today).unwrap());
        let curriculum = Curriculum::shipped();
        let workspace = workspace(today);
        assert!(workspace.progress.len() >= 40);
        let topics = workspace.projects.iter().flat_map(|project| &project.draft.topics);
        let linked = workspace.habits.iter().filter_map(|habit| habit.topic.as_ref());
        for topic in workspace.progress.keys().chain(topics).chain(linked) {
            assert!(curriculum.topic(topic).is_some(), "{topic}");
        }
        assert_eq!(workspace.habits.len(), 8);
        assert!(workspace.habits.iter().any(|habit| habit.archived_on().is_some()));
        assert!(workspace.habits.iter().any(|habit| habit.recipes.as_slice().len() > 2));
        let Change::Together { changes, .. } = change else { panic!("it is one change") };
        let sessions = changes.iter().filter(|each| matches!(each, Change::SessionPut { .. }));
        assert!(sessions.count() > 100);
    }
}
