//! `export`: the portfolio as a file for others, or on standard output.
//!
//! Owns where it goes: never over anything that was not meant. Must not know how a format is written.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use tempfile::Builder;

use super::{
    args::{ExportArgs, ExportFormat},
    desk::Desk,
    failure::Failure,
    output::Output,
};
use crate::{
    domain::{
        day::plus,
        fault::Fault,
        habit::Mark,
        page::{Counted, Page, Wanted, YEAR, roots},
        project::{Project, Status},
        text::{self, clip, shown},
    },
    exchange::portfolio::Format,
};

/// Writes the portfolio.
pub fn run(desk: &mut Desk, output: &mut Output, args: &ExportArgs) -> Result<(), Failure> {
    let file = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let format = match (args.format, file) {
        (Some(format), _) => format_of(format),
        (None, Some(file)) => Format::of_file(file).ok_or_else(|| {
            Failure::usage(format!(
                "{} does not tell its format. Nothing was written. Name one with --format markdown, html, json-resume or csv",
                named(file)
            ))
        })?,
        (None, None) => Format::Markdown,
    };
    if let Some(file) = file {
        // Before the work, so that nobody waits for a no.
        check(desk, file, args.force)?;
    }
    let name = args.name.clone().unwrap_or_else(|| desk.config.name.clone());
    let name = text::line("name", &name).map_err(|error| Failure::usage(error.to_string()))?;
    let written = format.write(&page(desk, name, args.all)?);
    let Some(file) = file else {
        return Ok(output.write_all(written.as_bytes())?);
    };
    put(file, &written, args.force).map_err(|error| unwritten(file, &error))?;
    let left_out = if args.all { String::new() } else { ideas_left_out(&desk.workspace.projects) };
    Ok(output.confirm(&format!("Wrote {}.{left_out}", named(file)))?)
}

/// What somebody would look for on the page in vain; empty when there is nothing.
fn ideas_left_out(projects: &[Project]) -> String {
    match projects.iter().filter(|project| project.draft.status == Status::Idea).count() {
        0 => String::new(),
        1 => " One idea is left out; --all shows it.".to_owned(),
        ideas => format!(" {ideas} ideas are left out; --all shows them."),
    }
}

fn format_of(format: ExportFormat) -> Format {
    match format {
        ExportFormat::Markdown => Format::Markdown,
        ExportFormat::Html => Format::Html,
        ExportFormat::JsonResume => Format::JsonResume,
        ExportFormat::Csv => Format::Csv,
    }
}

/// The page; what of it is not held is read.
fn page(desk: &mut Desk, name: String, has_ideas: bool) -> Result<Page, Failure> {
    let (today, curriculum) = (desk.today(), desk.curriculum());
    let mut counted = Counted::default();
    for check_in in desk.check_ins(None, Some(plus(today, 1 - YEAR)))? {
        if check_in.mark == Some(Mark::Done) && check_in.day <= today {
            *counted.ticks.entry(check_in.day).or_default() += 1;
        }
    }
    let grown = |project: &Project| (project.id, roots(&desk.workspace, project, today));
    let grown: Vec<_> = desk.workspace.projects.iter().map(grown).collect();
    for (project, (habits, until)) in grown {
        counted.grown.insert(project, desk.ticks(&habits, until)?);
    }
    let wanted = Wanted { name, has_ideas, today };
    Ok(Page::new(&desk.workspace, &curriculum, counted, &wanted))
}

/// Refuses what must not be written over.
fn check(desk: &Desk, file: &Path, is_forced: bool) -> Result<(), Failure> {
    let refused = |why: &str, next: &str, fault| Failure::Said {
        message: format!("{} {why}. Nothing was written. {next}", named(file)),
        fault,
    };
    let elsewhere = "Name another file with -o";
    if desk.is_data(file) {
        return Err(refused("is the data file, or belongs to it", elsewhere, Fault::Usage));
    }
    match fs::metadata(file) {
        Ok(there) if there.is_dir() => Err(refused("is a folder", elsewhere, Fault::Usage)),
        Ok(there) if !there.is_file() => Err(refused("is no usual file", elsewhere, Fault::Usage)),
        Ok(_) if !is_forced => {
            Err(refused("is there already", "Name another file, or add --force", Fault::Usage))
        }
        _ => Ok(()),
    }
}

/// A sibling is written whole, and then takes the name: nobody ever sees half a file.
fn put(file: &Path, written: &str, is_forced: bool) -> io::Result<()> {
    // What a link leads to is replaced, not the link.
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut sibling = Builder::new().prefix(".inch-").tempfile_in(&folder)?;
    sibling.write_all(written.as_bytes())?;
    sibling.as_file().sync_all()?;
    let put = if is_forced { sibling.persist(&target) } else { sibling.persist_noclobber(&target) };
    put.map_err(|error| error.error)?;
    File::open(&folder)?.sync_all()
}

fn unwritten(file: &Path, error: &io::Error) -> Failure {
    let next = match error.kind() {
        ErrorKind::NotFound => "Make its folder first",
        ErrorKind::PermissionDenied => "Choose a folder that you may write to",
        ErrorKind::AlreadyExists => "Name another file, or add --force",
        _ => "Try another folder",
    };
    Failure::Said {
        message: format!("{} can't be written: {}. {next}", named(file), text::reason(error)),
        fault: Fault::Io,
    }
}

fn named(file: &Path) -> String {
    clip(&shown(&file.to_string_lossy()), 300)
}
