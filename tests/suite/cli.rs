//! The command line: every command, its JSON, its exit codes, and what it does with bad input.

mod bad_input;
mod completing;
mod everything;
mod export;
mod figures;
mod import;
mod lists;
mod report;
mod surroundings;
mod ticks;

use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
    time::Duration,
};

use chrono::DateTime;
use inch::{
    domain::{
        change::{Change, Stamp},
        day::Rules,
    },
    store::{Options, Store},
};
use serde_json::Value;
use tempfile::TempDir;

/// A Monday.
const TODAY: &str = "2026-11-23";

/// A home of its own, on a pretended day.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inch"));
        command
            .env_clear()
            .env("HOME", self.0.path())
            .env("TZ", "UTC")
            .env("TMPDIR", self.0.path())
            .args(["--today", TODAY])
            .args(args)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    fn output(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What it prints; it must succeed.
    fn say(&self, args: &[&str]) -> String {
        let output = self.output(args);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{args:?}: {error}");
        assert_eq!(error, "", "{args:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Its message; it must fail with the code and print nothing else.
    fn fail(&self, args: &[&str], code: i32) -> String {
        let output = self.output(args);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {error}");
        assert!(output.stdout.is_empty(), "{args:?}");
        assert!(error.starts_with("inch: "), "{error}");
        error
    }

    /// Makes a change that only the app offers.
    fn change(&self, change: &Change) {
        let options = Options { busy_timeout: Duration::from_secs(5), rules: Rules::default() };
        let mut store = Store::open(&self.path(".local/share/inch/inch.db"), options).unwrap();
        let at = DateTime::parse_from_rfc3339(&format!("{TODAY}T12:00:00Z")).unwrap();
        store.apply(change, &Stamp { at, today: at.date_naive() }).unwrap();
        store.close().unwrap();
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.say(args)).unwrap()
    }

    fn stats(&self, habit: &str) -> Value {
        self.json(&["stats", habit, "--json"])["habits"][0].clone()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).unwrap();
        name.to_owned()
    }
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}
