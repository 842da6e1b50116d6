//! What a command works on: the open store, what is in memory, and the time, read once.
//!
//! Owns opening and the small steps that most commands share. Must not print.

use std::{
    io::{self, IsTerminal as _},
    path::Path,
    time::Duration,
};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{failure::Failure, find::Search};
use crate::{
    clock::Now,
    config::Config,
    domain::{
        change::{Applied, Change},
        checkpoint::first_day,
        curriculum::{Curriculum, Topic},
        day::{self, plus},
        figures::Ask,
        habit::Habit,
        ids::{HabitId, IdSource},
        text::{clip, shown},
        workspace::Workspace,
    },
    store::{Options, Store},
};

/// How long a write waits for another process.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest window, in days: marks this much earlier may matter to a day.
const WINDOW: i64 = 366;

/// See the module.
pub struct Desk {
    /// The open file.
    pub store: Store,
    /// What it holds.
    pub workspace: Workspace,
    /// The time.
    pub now: Now,
}

/// Reads DATE.
pub fn date(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    // The text goes into the message, and it may hold anything.
    Ok(day::parse(&clip(&shown(text), 60), today)?)
}

impl Desk {
    /// Opens the file and reads what is needed for today.
    pub fn open(path: &Path, config: &Config, now: Now) -> Result<Self, Failure> {
        let options = Options { busy_timeout: PATIENCE, rules: config.rules() };
        let mut store = Store::open(path, options)?;
        let workspace = store.load(now.today)?;
        Ok(Self { store, workspace, now })
    }

    /// The logical day.
    pub fn today(&self) -> NaiveDate {
        self.now.today
    }

    /// Reads DATE; today when there is none.
    pub fn date(&self, text: Option<&str>) -> Result<NaiveDate, Failure> {
        text.map_or(Ok(self.today()), |text| date(text, self.today()))
    }

    /// Disk first, memory second.
    pub fn apply(&mut self, change: &Change) -> Result<Applied, Failure> {
        let applied = self.store.apply(change, &self.now.stamp())?;
        self.workspace.absorb(&applied);
        Ok(applied)
    }

    /// Lets the next start be quick. To be called when all has been acknowledged: should it fail,
    /// nothing is lost, and the next time does it.
    pub fn tidy(&mut self) {
        // By the real day: rows for a pretended one would be of no use tomorrow.
        let _ = self.store.refresh_checkpoints(self.now.at.date_naive());
    }

    /// New ids, never made before.
    pub fn ids(&self) -> IdSource {
        let seed = Uuid::new_v4().as_u64_pair().1;
        let millis = self.now.at.timestamp_millis().max(0).unsigned_abs();
        IdSource::new(seed, millis)
    }

    /// Holds enough of a habit's days to say what `day` asked for.
    pub fn reach(&mut self, habit: HabitId, day: NaiveDate) -> Result<(), Failure> {
        let from = plus(day, -WINDOW);
        let is_held =
            self.workspace.tracks.get(&habit).is_some_and(|track| track.held_from <= from);
        if !is_held && day < self.today() {
            let track = self.store.track(habit, from, self.today())?;
            self.workspace.tracks.insert(habit, track);
        }
        Ok(())
    }

    /// What a day asks of a habit.
    pub fn ask(&self, habit: &Habit, day: NaiveDate) -> Option<Ask> {
        let track = self.workspace.tracks.get(&habit.id)?;
        let first_day = first_day(habit, &track.checkpoint, &track.marks, self.today());
        self.workspace.ask(habit, day, first_day, self.today())
    }

    /// The habit that is meant; active ones before archived ones.
    pub fn habit(&self, text: &str) -> Result<Habit, Failure> {
        self.habit_likely(text, |habit| habit.archived_on().is_none())
    }

    /// The habit that is meant; archived ones before active ones.
    pub fn archived_habit(&self, text: &str) -> Result<Habit, Failure> {
        self.habit_likely(text, |habit| habit.archived_on().is_some())
    }

    fn habit_likely(&self, text: &str, is_likely: fn(&Habit) -> bool) -> Result<Habit, Failure> {
        let search = Search {
            what: "habit",
            list: "inch habit list --archived",
            among: self.workspace.habits.iter().collect(),
            id: |habit: &Habit| habit.id.to_string(),
            name: |habit| &habit.name,
            is_likely,
            is_terminal: is_terminal(),
        };
        search.find(text).cloned()
    }

    /// The shipped curriculum with the person's own topics.
    pub fn curriculum(&self) -> Curriculum {
        Curriculum::shipped().with_own(self.workspace.own_topics.values())
    }
}

/// The topic that is meant.
pub fn topic<'a>(curriculum: &'a Curriculum, text: &str) -> Result<&'a Topic, Failure> {
    let search = Search {
        what: "topic",
        list: "inch topic list",
        among: curriculum.topics.iter().collect(),
        id: |topic: &Topic| topic.id.0.clone(),
        name: |topic| &topic.title,
        is_likely: |_| false,
        is_terminal: is_terminal(),
    };
    search.find(text)
}

/// Somebody reads the answer and can take it back.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}
