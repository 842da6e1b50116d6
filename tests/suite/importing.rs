//! What comes in from other programs: each format as its program writes it, what is hostile, and
//! what no mutation may do.
//!
//! Owns a place to import into. The samples are in `samples`.

mod golden;
mod hostile;
mod mutations;
mod samples;

use std::{fmt::Write as _, path::Path, time::Duration};

use chrono::{DateTime, NaiveDate};
use inch::{
    domain::{change::Stamp, day::Rules, ids::IdSource},
    exchange::{Count, Format, Ground, ImportError, Input, Plan},
    store::{Options, Store},
};
use tempfile::TempDir;

use crate::fixture::today;

/// A data file to import into.
struct Place {
    store: Store,
    seed: u64,
    _folder: TempDir,
}

fn stamp() -> Stamp {
    let at = DateTime::parse_from_rfc3339("2026-11-23T12:00:00Z").unwrap();
    Stamp { at, today: today() }
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { busy_timeout: Duration::from_secs(5), rules: Rules::default() };
        let store = Store::open(&folder.path().join("inch.db"), options).unwrap();
        Self { store, seed: 7, _folder: folder }
    }

    /// What the input would add; its format is guessed unless it is named.
    fn plan(
        &mut self,
        path: &Path,
        from: Option<&str>,
        skips_bad: bool,
    ) -> Result<Plan, ImportError> {
        self.plan_on(path, from, skips_bad, today())
    }

    fn plan_on(
        &mut self,
        path: &Path,
        from: Option<&str>,
        skips_bad: bool,
        today: NaiveDate,
    ) -> Result<Plan, ImportError> {
        let input = Input::open(path)?;
        let format = match from {
            Some(name) => Format::named(name).unwrap(),
            None => Format::guess(&input)?,
        };
        let workspace = self.store.load(today).unwrap();
        self.seed += 1;
        let store = &self.store;
        let ground = Ground {
            workspace: &workspace,
            here: store,
            today,
            ids: IdSource::new(self.seed, self.seed),
            skips_bad,
        };
        format.plan(&input, ground)
    }

    /// Imports it, and counts what came of it.
    fn import(&mut self, path: &Path, from: Option<&str>) -> (Plan, Count) {
        let plan = self.plan(path, from, false).unwrap_or_else(|error| panic!("{error}"));
        let (_, added) = plan.clone().carry_out(&mut self.store, &stamp(), &mut |_| ()).unwrap();
        assert_eq!(added, plan.added, "the counts agree");
        (plan, added)
    }

    fn undo(&mut self) {
        self.store.undo(&stamp()).unwrap().unwrap();
    }

    /// All habits with their versions and days, as text.
    fn told(&mut self) -> String {
        let workspace = self.store.load(today()).unwrap();
        let mut told = String::new();
        for habit in &workspace.habits {
            let id = habit.id.0;
            let kind = match id.get_version_num() {
                7 => "a new id".to_owned(),
                5 => "an id by its name".to_owned(),
                _ => id.to_string(),
            };
            writeln!(told, "{} ({kind})", habit.name).unwrap();
            for version in habit.schedules.as_slice() {
                writeln!(told, "  {} {}", version.from, version.value).unwrap();
            }
            let recipe = &habit.recipes.newest().value;
            if !recipe.behaviour.is_empty() {
                writeln!(told, "  recipe: {}", recipe.sentence(&habit.name)).unwrap();
            }
            for found in self.store.check_ins(Some(habit.id), None).unwrap() {
                let mark = found.mark.map_or("-", |mark| mark.word());
                let note = found.note.unwrap_or_default();
                writeln!(told, "  {} {mark} {note:?}", found.day).unwrap();
            }
        }
        told
    }
}

/// What the plan tells beside its counts.
fn words(plan: &Plan) -> String {
    let mut words = plan.told.join("\n");
    for bad in &plan.skipped {
        write!(words, "\nleft out: {}, {}", bad.place, bad.what).unwrap();
    }
    words
}
