//! The README says what the program does: its generated blocks are compared with their sources.
//!
//! `INCH_BLESS=1 cargo test --test suite readme` writes the blocks anew.

use std::{fs, path::PathBuf, process::Command};

use inch::{
    config::Config,
    keymap::{Keymap, reference},
    ui::{theme::Theme, view},
};
use ratatui::{Terminal, backend::TestBackend};

use crate::{
    fixture::{Person, learner},
    terminal::INCH,
};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

fn readme() -> String {
    fs::read_to_string(path()).unwrap()
}

/// The README with this between the markers of a block.
fn with_block(readme: &str, name: &str, content: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let lost = || panic!("the README has lost the markers of its block '{name}'");
    let (before, rest) = readme.split_once(&open).unwrap_or_else(lost);
    let (_, after) = rest.split_once(&close).unwrap_or_else(lost);
    format!("{before}{open}\n{}\n\n{close}{after}", content.trim_end())
}

/// What a person with a year behind them sees after two ticks.
fn screen() -> String {
    let config = Config::default();
    let (width, height) = (100, 30);
    let mut person = Person::new(learner(), config.clone(), width, height);
    // The last key takes the footer's message away.
    person.press("space space 1");
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let theme = Theme::new(&config, false);
    terminal.draw(|frame| view(&person.model, &person.keymap, &theme, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let line = |y| -> String { (0..width).map(|x| buffer[(x, y)].symbol()).collect() };
    let lines: Vec<_> = (0..height).map(|y| line(y).trim_end().to_owned()).collect();
    fenced("text", &lines.join("\n"))
}

fn fenced(language: &str, content: &str) -> String {
    format!("```{language}\n{}\n```", content.trim_end())
}

#[test]
fn the_generated_blocks_are_up_to_date() {
    let written = readme();
    let blocks = [
        ("screen", screen()),
        ("keys", reference::markdown(&Keymap::default())),
        ("config", fenced("toml", &Config::default().print())),
    ];
    let generated = blocks
        .iter()
        .fold(written.clone(), |readme, (name, content)| with_block(&readme, name, content));
    if std::env::var_os("INCH_BLESS").is_some() {
        fs::write(path(), &generated).unwrap();
    } else {
        assert!(
            generated == written,
            "the README is behind; INCH_BLESS=1 cargo test --test suite readme brings it up to date"
        );
    }
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = readme();
    let commands = |args: &[&str]| -> Vec<String> {
        let help = Command::new(INCH).args(args).output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let listed = listed.take_while(|line| !line.is_empty());
        // What is indented more continues the line above.
        let command = |line: &str| {
            let line = line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?;
            line.split(' ').next().map(str::to_owned)
        };
        let found = listed.filter_map(command);
        let found: Vec<_> = found.filter(|command| command != "help").collect();
        assert!(found.len() > 1, "{help}");
        found
    };
    for command in commands(&["--help"]) {
        assert!(readme.contains(&format!("`inch {command}")), "inch {command}");
    }
    for family in ["habit", "topic", "project"] {
        for command in commands(&[family, "--help"]) {
            let command = format!("`inch {family} {command}");
            assert!(readme.contains(&command), "{command}");
        }
    }
}

#[test]
fn the_oldest_compiler_and_the_tests_are_those_that_ci_runs() {
    let readme = readme();
    let oldest = format!("Rust {} or newer", env!("CARGO_PKG_RUST_VERSION"));
    assert!(readme.contains(&oldest), "{oldest}");
    let ci = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".ci/run");
    let ci = fs::read_to_string(ci).unwrap();
    for text in [&readme, &ci] {
        assert!(text.contains("cargo test --locked\n"));
    }
}
