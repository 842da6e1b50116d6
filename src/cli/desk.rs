//! What a command works on: the data file, what is in memory of it, and the time, read once.
//!
//! Owns opening and the small steps that most commands share; `care` is for the file. Must not print.

mod care;

use std::{
    fs,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{curriculum::own_files, failure::Failure, find::Search, output::warn};
use crate::{
    clock::Now,
    config::{Config, curricula::Curricula},
    domain::{
        change::{Applied, Change},
        checkpoint::first_day,
        curriculum::{Curriculum, Topic},
        day::{self, plus},
        describe::describe,
        figures::Ask,
        habit::{CheckIn, Habit},
        ids::{HabitId, IdSource, TopicId},
        record::Key,
        session::Session,
        text::{clip, shown},
        workspace::{Everything, Workspace},
    },
    exchange::Here,
    store::{self, Options, Store, StoreError, backup},
};

/// How long a write waits for another process.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest window, in days: marks this much earlier may matter to a day.
const WINDOW: i64 = 366;

/// One command's place of work: the data file, what is in memory of it, and the time.
///
/// Only a change makes a file that is not there; to read, that is an empty one.
pub struct Desk {
    path: PathBuf,
    options: Options,
    needs: Needs,
    store: Option<Store>,
    has_saved: bool,
    /// There is a file, and nothing is known of it: nobody asked for it to be brought up to date.
    pub is_unread: bool,
    config_path: Option<PathBuf>,
    /// What the person has chosen.
    pub config: Config,
    /// What the file holds.
    pub workspace: Workspace,
    /// The time.
    pub now: Now,
}

/// What of the file a command looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The same as the next, where whoever asks may do without an answer and alters nothing.
    Prompt,
    /// Habits and their days, and nothing more than this one look at them.
    Glance,
    /// Habits and their days.
    Habits,
    /// All of it.
    All,
}

/// Reads DATE.
pub fn date(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    // The text goes into the message, and it may hold anything.
    Ok(day::parse(&clip(&shown(text), 60), today)?)
}

impl Desk {
    /// Opens the file, if it is there, and reads what is needed for today.
    pub fn open(
        path: PathBuf,
        needs: Needs,
        config: Config,
        config_path: Option<PathBuf>,
        now: Now,
    ) -> Result<Self, Failure> {
        let options = Options { busy_timeout: PATIENCE, rules: config.rules() };
        let workspace = Workspace { rules: options.rules, ..Workspace::default() };
        let (store, has_saved, is_unread) = (None, false, false);
        let mut desk = Self {
            path,
            options,
            needs,
            store,
            has_saved,
            is_unread,
            config_path,
            config,
            workspace,
            now,
        };
        // A log whose file is gone is no beginning either; the store says what is wrong with it.
        if store::is_begun(&desk.path) {
            let glance = || Store::glance(&desk.path, options, desk.now.today);
            let is_glance = matches!(needs, Needs::Prompt | Needs::Glance);
            if let Some(workspace) = is_glance.then(glance).flatten() {
                desk.workspace = workspace;
            } else if needs == Needs::Prompt && store::is_older(&desk.path, PATIENCE) {
                desk.is_unread = true;
            } else {
                desk.store()?;
            }
        }
        Ok(desk)
    }

    /// The open file, which is made if need be.
    pub fn store(&mut self) -> Result<&mut Store, StoreError> {
        match &mut self.store {
            Some(store) => Ok(store),
            place @ None => {
                let mut store = Store::open(&self.path, self.options)?;
                let today = self.now.today;
                self.workspace = match self.needs {
                    Needs::Prompt | Needs::Glance | Needs::Habits => store.load_habits(today)?,
                    Needs::All => store.load(today)?,
                };
                Ok(place.insert(store))
            }
        }
    }

    /// Where the data file is, or is to be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether anything was saved.
    pub fn has_saved(&self) -> bool {
        self.has_saved
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
        let stamp = self.now.stamp();
        let change = self.workspace.building(change.clone(), |change| {
            let (nothing, none) = (Applied::nothing(change), Curriculum::default());
            describe(&nothing, &self.workspace, &none, self.now.today)
        });
        let applied = self.store()?.apply(&change, &stamp)?;
        self.take_in(&applied);
        Ok(applied)
    }

    /// Memory follows a change that is on the disk.
    pub fn take_in(&mut self, applied: &Applied) {
        self.has_saved |= applied.seq.is_some();
        self.workspace.absorb(applied);
    }

    /// Takes back the newest change, or makes it again with `is_redo`; `None` when there is none.
    pub fn turn(&mut self, is_redo: bool) -> Result<Option<Applied>, Failure> {
        let stamp = self.now.stamp();
        let Some(store) = &mut self.store else {
            return Ok(None);
        };
        let applied = if is_redo { store.redo(&stamp)? } else { store.undo(&stamp)? };
        self.has_saved |= applied.is_some();
        Ok(applied)
    }

    /// Check-ins in the order of their days, of one habit or of all.
    pub fn check_ins(
        &mut self,
        habit: Option<HabitId>,
        since: Option<NaiveDate>,
    ) -> Result<Vec<CheckIn>, Failure> {
        match &mut self.store {
            Some(store) => Ok(store.check_ins(habit, since)?),
            None => Ok(Vec::new()),
        }
    }

    /// The open file. Whoever makes a copy of it asks, so that nothing is made up where there is none.
    pub fn there(&self) -> Result<&Store, StoreError> {
        self.store.as_ref().ok_or_else(|| StoreError::NotThere { path: self.path.clone() })
    }

    /// All that is not deleted.
    pub fn everything(&self) -> Result<Everything, Failure> {
        Ok(self.there()?.everything()?)
    }

    /// Ticks of some habits up to a day.
    pub fn ticks(&mut self, habits: &[HabitId], until: NaiveDate) -> Result<u64, Failure> {
        match &mut self.store {
            Some(store) => Ok(store.ticks(habits, until)?),
            None => Ok(0),
        }
    }

    /// Whether a file is the data file or one of those that stand beside it while it is open, by
    /// whatever name or link.
    pub fn is_data(&self, file: &Path) -> bool {
        store::belongs(&self.path, file)
    }

    /// Whether a file is a backup, the config, or a curriculum file: as dear as the data.
    pub fn is_kept(&self, file: &Path) -> bool {
        let Ok(wanted) = fs::canonicalize(file) else {
            return false;
        };
        let own = own_files(&self.config, self.config_path.as_deref());
        let backups = backup::list(&self.path).into_iter().map(|backup| backup.path);
        let all = self.config_path.iter().cloned().chain(own).chain(backups);
        all.into_iter().any(|path| fs::canonicalize(path).is_ok_and(|path| path == wanted))
    }

    /// Why nothing is asked for, and what to do about it; `None` when there are active habits.
    pub fn no_habits(&self) -> Option<&'static str> {
        if self.lost().is_some() {
            Some("no habits, for the file that they were in is gone")
        } else if self.workspace.habits.is_empty() {
            Some(
                "no habits yet. Add one: inch habit add \"Read one figure\" --anchor \"sit down at my desk\"",
            )
        } else if self.workspace.active_habits().next().is_none() {
            Some(
                "all habits are archived. Bring one back: inch habit unarchive HABIT; `inch habit list --archived` shows them",
            )
        } else {
            None
        }
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
            let today = self.today();
            let track = self.store()?.track(habit, from, today)?;
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

    /// What the curriculum files hold, with the person's own topics and retired ones; files that
    /// can't be used are told. Topics that go on for others are read so from then on.
    pub fn curriculum(&mut self) -> Curriculum {
        let Curricula { curriculum, left_out } =
            Curricula::load(&own_files(&self.config, self.config_path.as_deref()));
        for left_out in left_out {
            warn(&left_out.to_string());
        }
        self.workspace.follow(&curriculum);
        Arc::unwrap_or_clone(self.workspace.complete(&Arc::new(curriculum)))
    }
}

/// A file that is not there is an empty one.
impl Here for Desk {
    fn check_ins_of(&self, habit: HabitId) -> Result<Vec<CheckIn>, StoreError> {
        self.store.as_ref().map_or(Ok(Vec::new()), |store| store.check_ins_of(habit))
    }

    fn check_in_count(&self) -> Result<usize, StoreError> {
        self.store.as_ref().map_or(Ok(0), Store::check_in_count)
    }

    fn is_free(&self, key: &Key) -> Result<bool, StoreError> {
        self.store.as_ref().map_or(Ok(true), |store| store.is_free(key))
    }

    fn sessions(&self) -> Result<Vec<Session>, StoreError> {
        self.store.as_ref().map_or(Ok(Vec::new()), Store::sessions)
    }

    fn seen(&self) -> i64 {
        self.store.as_ref().map_or(0, Store::newest_seen_change)
    }
}

/// The topic that is meant.
pub fn topic<'a>(curriculum: &'a Curriculum, text: &str) -> Result<&'a Topic, Failure> {
    // One that is called otherwise today is still known by its earlier id.
    let heir = curriculum.heirs().get(&TopicId::from(text));
    if let Some(heir) = heir.and_then(|id| curriculum.topic(id)) {
        return Ok(heir);
    }
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
