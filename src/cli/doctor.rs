//! `doctor`: a look at everything that inch rests on, and what to do about each finding.
//!
//! Owns how findings are shown and the exit code. Must not alter anything, and works whatever is wrong:
//! with the file, the config or the terminal.

mod terminal;

use std::{
    io::{self, Write as _},
    path::Path,
};

use serde::Serialize;

use self::terminal::Terminal;
use super::{
    PrintKeys,
    args::{DoctorArgs, Global},
    clock,
    curriculum::own_files,
    database,
    failure::Failure,
    load_config,
    output::{Output, Role, read_or_not},
};
use crate::{
    clock::Now,
    config::{Config, ConfigError, curricula::Curricula},
    domain::{
        fault::Fault,
        text::{grouped, shown},
    },
    store::exam::{self, Exam, Finding, State},
};

/// What `--json` prints. The names stay.
#[derive(Serialize)]
struct Report<'a> {
    ok: bool,
    versions: Versions,
    paths: Paths,
    bytes: Option<u64>,
    time: Time,
    terminal: &'a Terminal,
    checks: Vec<Check<'a>>,
    backups: Vec<Copy<'a>>,
}

#[derive(Serialize)]
struct Versions {
    inch: &'static str,
    sqlite: &'static str,
    /// Of the file; null where it can't be read.
    schema: Option<i32>,
    newest_schema: i32,
}

#[derive(Serialize)]
struct Paths {
    data: String,
    backups: String,
    /// Null where there is no home.
    config: Option<String>,
}

#[derive(Serialize)]
struct Time {
    now: String,
    zone: Option<String>,
    today: String,
    day_starts_at: String,
}

#[derive(Serialize)]
struct Check<'a> {
    name: &'static str,
    state: &'static str,
    says: &'a str,
    advice: Option<&'a str>,
}

#[derive(Serialize)]
struct Copy<'a> {
    path: String,
    made_at: String,
    kind: &'static str,
    bytes: u64,
    good: bool,
    fault: Option<&'a str>,
}

/// Looks, tells, and fails if anything is wrong.
pub fn run(
    global: &Global,
    print_keys: PrintKeys,
    output: &mut Output,
    args: &DoctorArgs,
) -> Result<(), Failure> {
    let db = database(global.db.clone())?;
    let config_path = match &global.config {
        Some(path) => Some(path.clone()),
        None => crate::paths::config().ok(),
    };
    let (config, of_config) = examine_config(global, config_path.as_deref(), print_keys);
    output.set_glyphs(config.glyphs);
    let now = clock(global, &config)?.now();
    let terminal = Terminal::look();
    let mut exam = exam::examine(&db, config.rules(), now.at.date_naive(), now.at.to_utc());
    exam.findings.push(of_config);
    exam.findings.push(examine_curricula(&config, config_path.as_deref()));
    exam.findings.extend(terminal.findings());
    let report = report(&db, config_path.as_deref(), &config, &now, &terminal, &exam);
    let told = if args.json { output.json(&report) } else { print(&report, &exam, output) };
    read_or_not(told.and_then(|()| output.flush()))?;
    verdict(&exam.findings)
}

/// The config in force, or the usual one in place of one that can't be read.
fn examine_config(
    global: &Global,
    path: Option<&Path>,
    print_keys: PrintKeys,
) -> (Config, Finding) {
    let loaded = load_config(global).and_then(|(config, _)| {
        let at = path.unwrap_or(Path::new(""));
        print_keys(&config).map_err(|wrong| ConfigError::at(at, &wrong))?;
        Ok(config)
    });
    match loaded {
        Ok(config) => {
            let is_there = path.is_some_and(Path::exists);
            let says = if is_there { "understood" } else { "there is none, so all is as usual" };
            (config, Finding::good("config", says))
        }
        Err(failure) => {
            let advice = "Mend it, or rename the file; without it, `inch config` prints all that is accepted";
            (Config::default(), Finding::bad("config", Fault::Config, failure.to_string(), advice))
        }
    }
}

/// Whether each of the person's curriculum files can be used.
fn examine_curricula(config: &Config, path: Option<&Path>) -> Finding {
    let own = own_files(config, path);
    let left_out = Curricula::load(&own).left_out;
    let Some(first) = left_out.first() else {
        let says = match own.len() {
            0 => "the shipped one".to_owned(),
            1 => "the shipped one and a file of your own".to_owned(),
            count => format!("the shipped one and {count} files of your own"),
        };
        return Finding::good("curricula", says);
    };
    let more = match left_out.len() {
        1 => String::new(),
        count => format!("; {} more can't be used", count - 1),
    };
    let name = first.path.to_string_lossy();
    let says = format!("{} was left out: {}{more}", shown(&name), first.why);
    Finding::bad("curricula", first.why.fault(), says, "`inch curriculum check FILE` tells all")
}

fn report<'a>(
    db: &Path,
    config_path: Option<&Path>,
    config: &Config,
    now: &Now,
    terminal: &'a Terminal,
    exam: &'a Exam,
) -> Report<'a> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let data = std::path::absolute(db).unwrap_or_else(|_| db.to_owned());
    let checks = exam.findings.iter().map(|finding| Check {
        name: finding.check,
        state: match finding.state {
            State::Good => "good",
            State::Note => "note",
            State::Bad(_) => "bad",
        },
        says: &finding.says,
        advice: finding.advice.as_deref(),
    });
    let backups = exam.backups.iter().map(|found| Copy {
        path: text(&found.backup.path),
        made_at: found.backup.at.to_rfc3339(),
        kind: found.backup.kind.word(),
        bytes: found.bytes,
        good: found.fault.is_none(),
        fault: found.fault.as_deref(),
    });
    Report {
        ok: first_bad(&exam.findings).is_none(),
        versions: Versions {
            inch: env!("CARGO_PKG_VERSION"),
            sqlite: exam::sqlite(),
            schema: exam.schema,
            newest_schema: exam::newest_schema(),
        },
        paths: Paths {
            backups: text(
                &std::fs::canonicalize(&data).unwrap_or(data.clone()).with_file_name("backups"),
            ),
            data: text(&data),
            config: config_path.map(text),
        },
        bytes: exam.bytes,
        time: Time {
            now: now.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
            zone: terminal::said("TZ"),
            today: now.today.to_string(),
            day_starts_at: config.day_starts_at.format("%H:%M").to_string(),
        },
        terminal,
        checks: checks.collect(),
        backups: backups.collect(),
    }
}

/// How many backups are listed.
const BACKUPS: usize = 12;

fn print(report: &Report<'_>, exam: &Exam, output: &mut Output) -> io::Result<()> {
    let Versions { inch, sqlite, .. } = report.versions;
    writeln!(output, "inch {inch}, SQLite {sqlite}")?;
    let size =
        report.bytes.map_or_else(String::new, |bytes| format!("  ({} bytes)", grouped(bytes)));
    let config = report.paths.config.as_deref().unwrap_or("nowhere: there is no home");
    let time = &report.time;
    let zone = time.zone.as_deref().map_or_else(String::new, |zone| format!(" (TZ {zone})"));
    for (what, line) in [
        ("data", format!("{}{size}", report.paths.data)),
        ("backups", report.paths.backups.clone()),
        ("config", config.to_owned()),
        (
            "time",
            format!(
                "{}{zone}; the day is {} and begins at {}",
                time.now, time.today, time.day_starts_at
            ),
        ),
    ] {
        writeln!(output, "{what:<12} {}", shown(&line))?;
    }
    writeln!(output)?;
    for (finding, check) in exam.findings.iter().zip(&report.checks) {
        let role = match finding.state {
            State::Good => Role::Done,
            State::Note => Role::Quiet,
            State::Bad(_) => Role::Due,
        };
        let state = output.paint(role, &format!("{:<4}", check.state)).into_owned();
        let says = output.aimed(check.says).into_owned();
        writeln!(output, "{state}  {:<12} {}", check.name, shown(&says))?;
        if let Some(advice) = check.advice {
            let advice = output.aimed(advice).into_owned();
            writeln!(output, "      {:<12} {}", "", shown(&advice))?;
        }
    }
    if !report.backups.is_empty() {
        writeln!(output, "\nBackups, the newest first:")?;
    }
    for backup in report.backups.iter().take(BACKUPS) {
        let state = if backup.good { "good" } else { "bad" };
        writeln!(output, "{state:<4}  {}  {}", backup.made_at, shown(&backup.path))?;
    }
    if let Some(more) = report.backups.len().checked_sub(BACKUPS).filter(|more| *more > 0) {
        writeln!(output, "and {more} older ones; --json lists them all")?;
    }
    let bad = exam.findings.iter().filter(|finding| is_bad(finding)).count();
    if bad == 0 {
        writeln!(output, "\nEverything is in order.")?;
    }
    Ok(())
}

fn is_bad(finding: &Finding) -> bool {
    matches!(finding.state, State::Bad(_))
}

fn first_bad(findings: &[Finding]) -> Option<Fault> {
    findings.iter().find_map(|finding| match finding.state {
        State::Bad(fault) => Some(fault),
        _ => None,
    })
}

fn verdict(findings: &[Finding]) -> Result<(), Failure> {
    let Some(fault) = first_bad(findings) else {
        return Ok(());
    };
    let bad: Vec<_> =
        findings.iter().filter(|finding| is_bad(finding)).map(|bad| bad.check).collect();
    let message = format!(
        "not in order: {}. Nothing was changed. What to do stands beside each",
        bad.join(", ")
    );
    Err(Failure::Said { message, fault })
}
