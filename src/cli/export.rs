//! `export`: everything, the portfolio for others, or a report of some days.
//!
//! Owns what is meant when not all is said. `place` owns where it goes. Must not know how a format is
//! written.

mod place;

use std::{io::Write as _, path::Path};

use chrono::NaiveDate;

use super::{
    args::{Export, ExportArgs, ExportFormat},
    desk::Desk,
    failure::Failure,
    output::{Output, warn},
};
use crate::{
    domain::{
        day::plus,
        habit::Mark,
        page::{Counted, Page, Wanted, YEAR, roots},
        project::{Project, Status},
        report::Report,
        text,
    },
    exchange::{UNPACKED_LIMIT, portfolio::Format, report, tables, whole},
};

/// What an export comes to.
enum Way {
    /// JSON, to be read back.
    Whole,
    /// CSV, a table each.
    Tables,
    /// A page for others.
    Page(Format),
    /// The days from the first to the last.
    Report(NaiveDate, NaiveDate),
}

impl Way {
    /// What was written, for the confirmation.
    fn words(&self, is_whole: bool) -> &'static str {
        match self {
            Self::Whole | Self::Tables if is_whole => "everything",
            Self::Whole | Self::Tables => "what can be read",
            Self::Page(Format::JsonResume) => {
                "the portfolio as JSON Resume; `inch export everything` writes all your data"
            }
            Self::Page(_) => "the portfolio",
            Self::Report(..) => "the report",
        }
    }
}

/// Writes it.
pub fn run(desk: &mut Desk, output: &mut Output, args: &ExportArgs) -> Result<(), Failure> {
    if let Some(lost) = desk.lost() {
        return Err(lost.into());
    }
    let file = args.output.as_deref().filter(|path| *path != Path::new("-"));
    if let Some(file) = file.filter(|file| desk.is_data(file)) {
        // Before anything else that may be wrong with what was asked for.
        place::check(desk, file, args.force)?;
    }
    let way = way(desk, args, file)?;
    if file.is_some() {
        // An export of nothing must not take the place of an earlier one.
        desk.there()?;
    }
    if let Some(file) = file.filter(|_| !matches!(way, Way::Tables)) {
        // Before the work, so that nobody waits for a no.
        place::check(desk, file, args.force)?;
    }
    let mut left_out = String::new();
    let written = match way {
        Way::Tables => return write_tables(desk, output, args, file, &way),
        Way::Whole => {
            let written = whole::write(&desk.everything()?);
            if let Some(told) = too_long(&written, UNPACKED_LIMIT) {
                warn(&told);
            }
            written
        }
        Way::Page(format) => {
            let name = args.name.clone().unwrap_or_else(|| desk.config.name.clone());
            let name =
                text::line("name", &name).map_err(|error| Failure::usage(error.to_string()))?;
            if !args.all {
                left_out = ideas_left_out(&desk.workspace.projects);
            }
            format.write(&page(desk, name, args.all)?)
        }
        Way::Report(since, until) => {
            let everything = desk.everything()?;
            let curriculum = desk.curriculum();
            report::write(&Report::new(&everything, &curriculum, since, until, desk.today()))
        }
    };
    let is_whole = matches!(way, Way::Page(_)) || is_whole(desk);
    let Some(file) = file else {
        return Ok(output.write_all(written.as_bytes())?);
    };
    place::put(file, &written, args.force)?;
    output.acknowledge(&format!("Wrote {}: {}.{left_out}", text::path(file), way.words(is_whole)))
}

/// Whether all of the file can be read. Says so if not.
fn is_whole(desk: &Desk) -> bool {
    let damage = desk.damage();
    if let Some(damage) = &damage {
        // A way back would be that of the file in use, and this may be one that a restore put aside.
        let (file, fact) = (text::path(desk.path()), damage.fact());
        warn(&format!(
            "{file} {fact}. `inch doctor` tells more. The export has only what can be read"
        ));
    }
    damage.is_none()
}

/// Of what an import would not take back: better told now than when it is needed.
fn too_long(written: &str, limit: u64) -> Option<String> {
    (written.len() as u64 > limit).then(|| {
        format!(
            "the export is larger than {} MiB, which is the most that `inch import` reads. \
             `inch backup FILE` makes a copy that `inch restore` takes at any size",
            limit / (1024 * 1024)
        )
    })
}

/// What somebody would look for on the page in vain; empty when there is nothing.
fn ideas_left_out(projects: &[Project]) -> String {
    match projects.iter().filter(|project| project.draft.status == Status::Idea).count() {
        0 => String::new(),
        1 => " One idea is left out; --all shows it.".to_owned(),
        ideas => format!(" {ideas} ideas are left out; --all shows them."),
    }
}

fn write_tables(
    desk: &mut Desk,
    output: &mut Output,
    args: &ExportArgs,
    folder: Option<&Path>,
    way: &Way,
) -> Result<(), Failure> {
    let folder = folder.ok_or_else(|| {
        Failure::usage(
            "everything as csv is a table each, and they need a folder. Nothing was written. Name one with -o",
        )
    })?;
    let tables = tables::all(&desk.everything()?, &desk.curriculum());
    place::check_folder(desk, folder, &tables, args.force)?;
    let is_whole = is_whole(desk);
    place::put_folder(folder, &tables)?;
    let count = tables.len();
    let what = way.words(is_whole);
    output.acknowledge(&format!("Wrote {}: {what} in {count} tables.", text::path(folder)))
}

/// What is meant: what is named, else what the options are for.
fn way(desk: &Desk, args: &ExportArgs, file: Option<&Path>) -> Result<Way, Failure> {
    let has_days = args.since.is_some() || args.until.is_some();
    let what = match (args.what, args.format) {
        (Some(what), _) => what,
        (None, Some(ExportFormat::Json)) => Export::Everything,
        (None, _) if has_days => Export::Report,
        (None, _) => Export::Portfolio,
    };
    let wrong = |why: &str| Failure::usage(format!("{why}. Nothing was written"));
    if has_days && what != Export::Report {
        return Err(wrong("--since and --until are for a report: inch export report --since -6"));
    }
    if (args.name.is_some() || args.all) && what != Export::Portfolio {
        return Err(wrong("--name and --all are for the portfolio: inch export portfolio"));
    }
    let ending = file.and_then(Path::extension).and_then(|ending| ending.to_str());
    let is_one_of = |endings: &[&str]| ending.is_some_and(|ending| endings.contains(&ending));
    match (what, args.format) {
        (Export::Everything, None) if is_one_of(&["csv", "html", "htm", "md"]) => Err(wrong(
            "everything is written as json, or with --format csv as tables into a folder; name a \
             file that ends in .json",
        )),
        (Export::Report, None) if is_one_of(&["csv", "html", "htm", "json"]) => {
            Err(wrong("a report is written as markdown; name a file that ends in .md"))
        }
        (Export::Everything, None | Some(ExportFormat::Json)) => Ok(Way::Whole),
        (Export::Everything, Some(ExportFormat::Csv)) => Ok(Way::Tables),
        (Export::Everything, Some(_)) => Err(wrong("everything is written as json or csv")),
        (Export::Report, None | Some(ExportFormat::Markdown)) => days(desk, args),
        (Export::Report, Some(_)) => Err(wrong("a report is written as markdown")),
        (Export::Portfolio, Some(format)) => page_format(format).map(Way::Page).ok_or_else(|| {
            wrong("the portfolio is written as markdown, html, json-resume or csv; json is for everything")
        }),
        (Export::Portfolio, None) => Ok(Way::Page(match file {
            Some(file) => Format::of_file(file).ok_or_else(|| {
                Failure::usage(format!(
                    "{} does not tell its format. Nothing was written. Name one with --format markdown, html, json-resume or csv",
                    text::path(file)
                ))
            })?,
            None => Format::Markdown,
        })),
    }
}

fn page_format(format: ExportFormat) -> Option<Format> {
    Some(match format {
        ExportFormat::Markdown => Format::Markdown,
        ExportFormat::Html => Format::Html,
        ExportFormat::JsonResume => Format::JsonResume,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Json => return None,
    })
}

/// A week that ends today, unless something else is said. Days to come have nothing to tell.
fn days(desk: &Desk, args: &ExportArgs) -> Result<Way, Failure> {
    let today = desk.today();
    let until = desk.date(args.until.as_deref())?;
    let since = match args.since.as_deref() {
        Some(since) => desk.date(Some(since))?,
        None => plus(until.min(today), -6),
    };
    let wrong = if since > today {
        format!("a report tells of days that were, and {since} is still to come")
    } else if since > until {
        format!("a report goes from its first day to its last, and {since} comes after {until}")
    } else {
        return Ok(Way::Report(since, until.min(today)));
    };
    Err(Failure::usage(format!(
        "{wrong}. Nothing was written. Name the days with --since and --until"
    )))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_says_when_no_import_would_take_it() {
        const MIB: usize = 1024 * 1024;
        let written = "x".repeat(MIB);
        assert_eq!(too_long(&written, MIB as u64), None);
        let told = too_long(&(written + "x"), MIB as u64).unwrap();
        assert!(told.starts_with("the export is larger than 1 MiB,"), "{told}");
    }
}
