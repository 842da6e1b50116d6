//! Every format that can be imported, a row each.
//!
//! Owns their names and the guessing. Must not know how one is written: its file does.

use super::{
    Ground, ImportError, Input, LIMIT, Plan, UNPACKED_LIMIT, answers, csv, dijo, habitbull,
    habitctl, harsh, loop_habits, skipped, whole,
};

/// A format of another program, or inch's own.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name after `--from`.
    pub name: &'static str,
    /// Who writes it, as in "read as …".
    pub title: &'static str,
    /// What is to be named.
    pub takes: &'static str,
    /// How many bytes a file of it may have.
    limit: u64,
    /// Whether it looks like that; looks at a little only, and never fails.
    looks_so: fn(&Input) -> bool,
    /// Reads all of it and finds out what it would add.
    plan: Planning,
}

type Planning = fn(&Input, Ground<'_>) -> Result<Plan, ImportError>;

/// Every format. Where two look right, the upper one is meant.
pub const FORMATS: [Format; 7] = [
    Format {
        name: "inch",
        title: "inch's own export",
        takes: "the .json of `inch export everything`",
        limit: UNPACKED_LIMIT,
        looks_so: whole::looks_so,
        plan: whole::plan,
    },
    Format {
        name: "loop",
        title: "Loop Habit Tracker",
        takes: "the .zip of its CSV export, unpacked or not, or the .db of its backup",
        limit: LIMIT,
        looks_so: loop_habits::looks_so,
        plan: |input, ground| Plan::of(input, ground, loop_habits::read),
    },
    Format {
        name: "harsh",
        title: "harsh",
        takes: "the folder with its files habits and log",
        limit: LIMIT,
        looks_so: harsh::looks_so,
        plan: |input, ground| Plan::of(input, ground, harsh::read),
    },
    Format {
        name: "habitctl",
        title: "habitctl",
        takes: "the folder with its files habits and log",
        limit: LIMIT,
        looks_so: habitctl::looks_so,
        plan: |input, ground| Plan::of(input, ground, habitctl::read),
    },
    Format {
        name: "dijo",
        title: "dijo",
        takes: "its habit_record.json",
        limit: LIMIT,
        looks_so: dijo::looks_so,
        plan: |input, ground| Plan::of(input, ground, dijo::read),
    },
    Format {
        name: "habitbull",
        title: "HabitBull",
        takes: "the .csv of its export",
        limit: LIMIT,
        looks_so: habitbull::looks_so,
        plan: |input, ground| Plan::of(input, ground, habitbull::read),
    },
    Format {
        name: "csv",
        title: "plain CSV",
        takes: "habit,date,mark or habit,date,mark,note",
        limit: LIMIT,
        looks_so: csv::looks_so,
        plan: |input, ground| Plan::of(input, ground, csv::read),
    },
];

impl Format {
    /// The one of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// What the input looks like.
    pub fn guess(input: &Input) -> Result<&'static Self, ImportError> {
        input.refuse_blank()?;
        if let Some(format) = FORMATS.iter().find(|format| (format.looks_so)(input)) {
            return Ok(format);
        }
        input.check_permission(&answers::FILES)?;
        let line = |format: &Self| format!("\n  {:<10} {}", format.name, format.takes);
        let lines: Vec<_> = FORMATS.iter().map(line).collect();
        Err(ImportError::Unknown { file: input.name.clone(), formats: lines.concat() })
    }

    /// Reads all of the input and finds out what it would add.
    pub fn plan(&self, input: &Input, ground: Ground<'_>) -> Result<Plan, ImportError> {
        input.check_length(self.limit)?;
        input.refuse_blank()?;
        let lenient = Ground { skips_bad: true, ids: ground.ids.clone(), ..ground };
        match (self.plan)(input, ground) {
            Err(ImportError::Line { file, bad, .. }) => {
                let read_as = || format!("It was read as {} ({})", self.title, self.takes);
                let next = match (self.plan)(input, lenient) {
                    Ok(plan) if plan.says_something() => skipped::next(plan.skipped.len()),
                    Ok(_) => format!(
                        "{}, and --skip-bad would leave nothing of it. Mend it, or say with --from what else it is",
                        read_as()
                    ),
                    Err(ImportError::File { file, what, next, .. }) => {
                        format!(
                            "{}, and --skip-bad does not help: {file} {what}. {next}",
                            read_as()
                        )
                    }
                    Err(other) => return Err(other),
                };
                Err(ImportError::Line { file, bad, next })
            }
            planned => planned,
        }
    }
}
