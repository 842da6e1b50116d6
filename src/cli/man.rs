//! `man`: the manual page, in the form that `man` reads.
//!
//! Owns its order. What it says of commands and options comes from the one definition of the
//! arguments. Must not know what they do.

use std::io::{self, Write as _};

use clap::CommandFactory as _;
use clap_mangen::{
    Man,
    roff::{Roff, bold, italic, roman},
};

use super::{args::Arguments, failure::Failure, output::Output};
use crate::domain::fault::Fault;

/// Prints it.
pub fn run(output: &mut Output) -> Result<(), Failure> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let man = Man::new(command.clone()).manual("inch");
    man.render_title(output)?;
    man.render_name_section(output)?;
    synopsis(output, &command)?;
    man.render_description_section(output)?;
    man.render_options_section(output)?;
    heading(output, "SH", "COMMANDS")?;
    for command in command.get_subcommands() {
        describe(output, command)?;
    }
    heading(output, "SH", "NAMES AND DAYS")?;
    let words = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut roff = Roff::new();
    roff.text([roman(words)]);
    roff.to_writer(output)?;
    heading(output, "SH", "ENVIRONMENT")?;
    for (name, meaning) in [
        ("INCH_DB", "The data file, unless --db names one."),
        ("INCH_CONFIG", "The config file, unless --config names one."),
        ("NO_COLOR", "When it is set to anything, nothing is coloured."),
    ] {
        item(output, name, meaning)?;
    }
    heading(output, "SH", "EXIT STATUS")?;
    item(output, "0", "Done, or nothing had to be done.")?;
    for (fault, meaning) in FAULTS {
        item(output, &fault.exit_code().to_string(), meaning)?;
    }
    Ok(())
}

const FAULTS: [(Fault, &str); 9] = [
    (Fault::Usage, "The command was used wrongly."),
    (Fault::Data, "Data is not what it should be."),
    (Fault::Missing, "What was named is not there."),
    (Fault::Bug, "inch itself is wrong."),
    (Fault::Create, "Something can't be created."),
    (Fault::Io, "Reading or writing failed, or the disk is full."),
    (Fault::Busy, "Another program holds the file; try again."),
    (Fault::Permission, "Not allowed."),
    (Fault::Config, "The config is wrong."),
];

/// Its options with what they take, which `clap_mangen` leaves out.
fn synopsis(output: &mut Output, command: &clap::Command) -> io::Result<()> {
    heading(output, "SH", "SYNOPSIS")?;
    let mut line = vec![bold(command.get_name())];
    for option in command.get_arguments().filter(|option| !option.is_hide_set()) {
        line.push(roman(" ["));
        if let Some(short) = option.get_short() {
            line.extend([bold(format!("-{short}")), roman("|")]);
        }
        line.push(bold(format!("--{}", option.get_long().unwrap_or_default())));
        if option.get_action().takes_values() {
            let values = option.get_value_names().unwrap_or_default();
            line.extend(values.iter().flat_map(|value| [roman(" "), italic(value.as_str())]));
        }
        line.push(roman("]"));
    }
    line.extend([roman(" ["), italic("COMMAND"), roman("]")]);
    let mut roff = Roff::new();
    roff.text(line);
    roff.to_writer(output)
}

/// One command with its options, or the commands of a family. Options that every command has stand
/// at the top of the page.
fn describe(output: &mut Output, command: &clap::Command) -> io::Result<()> {
    if command.is_hide_set() {
        return Ok(());
    }
    if command.has_subcommands() {
        return command.get_subcommands().try_for_each(|command| describe(output, command));
    }
    let mut command = command.clone().mut_args(|arg| {
        let is_everywhere = arg.is_global_set() || arg.get_id() == "help";
        arg.hide(is_everywhere)
    });
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").trim();
    heading(output, "SS", usage)?;
    let about = command.get_long_about().or_else(|| command.get_about());
    let about = about.map(ToString::to_string).unwrap_or_default();
    let mut roff = Roff::new();
    roff.text([roman(format!("{}.", about.trim_end_matches('.')))]);
    roff.to_writer(output)?;
    let mut options = Vec::new();
    Man::new(command).render_options_section(&mut options)?;
    let options = String::from_utf8_lossy(&options);
    // Its heading would end the section.
    let lines = options.lines().filter(|line| !line.starts_with(".SH "));
    lines.into_iter().try_for_each(|line| writeln!(output, "{line}"))
}

fn heading(output: &mut Output, level: &str, title: &str) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control(level, [title]);
    roff.to_writer(output)
}

fn item(output: &mut Output, name: &str, meaning: &str) -> io::Result<()> {
    let mut roff = Roff::new();
    roff.control("TP", []).text([bold(name)]).text([roman(meaning)]);
    roff.to_writer(output)
}
