//! Loop's CSV export: a zip with `Habits.csv` and a folder per habit, or what was in the zip.
//!
//! Owns the unpacking, in memory and within limits, and the columns of both generations. What a
//! number means is told by its parent. The `Checkmarks.csv` beside `Habits.csv` is not looked at:
//! names stand unquoted in it, and the folders say all that it says.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
};

use csv::StringRecord;
use zip::ZipArchive;

use super::{Habit, Measure, WORDS, joined};
use crate::domain::{
    fault::Fault,
    text::{counted, grouped},
};
use crate::exchange::{
    ImportError, Input, UNPACKED_LIMIT,
    cells::{Cells, cell, columns, first_line, unguarded},
    input::decoded,
    reading::{ANY, Reading, Said, date, note, quoted, reported, wrong},
};

/// How many entries a zip may have.
const ENTRIES: usize = 1_000;

const AGAIN: &str = "Export it from Loop again";

/// The columns of `Habits.csv`, under the names of every generation.
const HABIT: [&[&str]; 11] = [
    &["Position"],
    &["Name"],
    &["Type"],
    &["Question"],
    &["Description"],
    &["FrequencyNumerator", "NumRepetitions"],
    &["FrequencyDenominator", "Interval"],
    &["Unit"],
    &["Target Type"],
    &["Target Value"],
    &["Archived?"],
];

/// The file that describes all habits.
const HABITS: &str = "Habits.csv";

/// The file in the folder of a habit.
const DAYS: &str = "Checkmarks.csv";

/// By the first bytes of a zip, also of one without entries, or by what describes the habits.
pub fn looks_so(input: &Input) -> bool {
    is_zip(input) || is_list(input) || input.has_member(HABITS)
}

fn is_zip(input: &Input) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06"].iter().any(|start| input.head().starts_with(*start))
}

/// Whether it is what describes the habits, alone.
fn is_list(input: &Input) -> bool {
    !input.is_folder() && describes(&columns(&first_line(input.head()), HABIT))
}

/// Whether a line names the columns without which no habit is described.
fn describes(columns: &[Option<usize>; 11]) -> bool {
    matches!(columns, [_, Some(_), _, _, _, Some(_), Some(_), ..])
}

/// Reads `Habits.csv`, then each habit's folder.
pub fn read(input: &Input, reading: &mut Reading) -> Result<(), ImportError> {
    let mut members = match () {
        () if input.is_folder() => unpacked(input, reading)?,
        () if is_zip(input) => unpack(input.bytes()?, reading)?,
        () if is_list(input) => {
            let what =
                "has the habits of Loop without their days, which are in the folders beside it";
            return Err(reading.broken(what, "Name the folder that holds them all"));
        }
        () => {
            let next = "Name the .zip of Loop's CSV export, the folder that it was unpacked into, or the .db of its backup";
            return Err(reading.broken("is neither a zip file nor a database", next));
        }
    };
    let Some(habits) = members.remove(HABITS) else {
        let beyond = if input.is_folder() { "" } else { " or in its only folder" };
        return Err(reading.broken(format!("has no Habits.csv in it{beyond}"), AGAIN));
    };
    reading.begin(HABITS, "line");
    let described = self::habits(decoded(&habits, HABITS)?, reading)?;
    drop(habits);
    let number_of = |member: &str| member.split(['/', ' ']).next()?.parse::<u64>().ok();
    let folders: BTreeSet<u64> = members.keys().filter_map(|member| number_of(member)).collect();
    let came = described.iter().filter(|(_, habit)| habit.is_some());
    for (number, _) in came.filter(|(number, _)| !folders.contains(number)) {
        reading
            .told
            .push(format!("the folder {number:03} is not there, so its habit comes without days"));
    }
    let mut met = BTreeSet::new();
    for (member, bytes) in members {
        let shown = quoted(&member);
        let number = number_of(&member);
        reading.begin(shown.clone(), "line");
        match number.and_then(|number| described.get(&number)) {
            // It was left out itself.
            Some(None) => {}
            Some(Some(_)) if !met.insert(number) => {
                let place = reading.place(1);
                reading.bad_at(place, "another folder has the same number")?;
            }
            Some(Some((habit, measure))) => {
                checkmarks(decoded(&bytes, &shown)?, *habit, measure, reading)?;
            }
            None => {
                let place = reading.place(1);
                reading.bad_at(place, "no habit in Habits.csv has the number of this folder")?;
            }
        }
    }
    Ok(())
}

/// What is needed of the zip, by name. Nothing is written anywhere, so that names can't lead astray.
fn unpack(bytes: &[u8], reading: &Reading) -> Result<BTreeMap<String, Vec<u8>>, ImportError> {
    let damaged = |what: String| reading.broken(format!("is not a whole zip file: {what}"), AGAIN);
    let mut zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| damaged("the list of what is in it is damaged or missing".to_owned()))?;
    check_count(zip.len(), reading)?;
    let wrapping = wrapping(zip.file_names().flatten());
    let mut members = BTreeMap::new();
    let mut left = UNPACKED_LIMIT;
    for at in 0..zip.len() {
        let member = zip.by_index(at).map_err(|error| damaged(reported(&error)))?;
        // Loop's own names are plain: any other is none of them.
        let Ok(name) = member.name().map(Cow::into_owned) else { continue };
        let Some(name) = name.strip_prefix(&wrapping).map(str::to_owned) else { continue };
        let is_wanted =
            name == HABITS || name.split_once('/').is_some_and(|(_, file)| file == DAYS);
        if !is_wanted {
            continue;
        }
        let mut unpacked = Vec::new();
        // What the zip says of sizes is not believed: what comes is counted.
        member
            .take(left + 1)
            .read_to_end(&mut unpacked)
            .map_err(|error| damaged(format!("{} ({})", quoted(&name), reported(&error))))?;
        left = less(left, &unpacked, reading)?;
        members.insert(name, unpacked);
    }
    Ok(members)
}

/// What stands before all names where somebody packed the folder rather than what is in it; else
/// nothing.
fn wrapping<'a>(names: impl Iterator<Item = Cow<'a, str>>) -> String {
    let folder = |name: Cow<'_, str>| {
        let folder = name.strip_suffix(HABITS)?;
        let is_top = folder.is_empty() || folder.find('/') == Some(folder.len() - 1);
        is_top.then(|| folder.to_owned())
    };
    let folders: Vec<_> = names.filter_map(folder).collect();
    match folders.as_slice() {
        [only] => only.clone(),
        _ => String::new(),
    }
}

/// The same of a folder into which somebody unpacked it.
fn unpacked(input: &Input, reading: &Reading) -> Result<BTreeMap<String, Vec<u8>>, ImportError> {
    let inside = input.members()?;
    check_count(inside.len(), reading)?;
    let wanted = inside.into_iter().map(|name| match name.as_str() {
        HABITS => name,
        _ => format!("{name}/{DAYS}"),
    });
    let mut members = BTreeMap::new();
    let mut left = UNPACKED_LIMIT;
    for name in wanted {
        let bytes = match input.member_bytes(&name) {
            // Whatever else lies beside them.
            Err(error) if error.fault() == Fault::Missing => continue,
            read => read?,
        };
        left = less(left, &bytes, reading)?;
        members.insert(name, bytes);
    }
    Ok(members)
}

fn check_count(entries: usize, reading: &Reading) -> Result<(), ImportError> {
    let next = "Export it from Loop again, with fewer habits";
    let what = || format!("has more than {} entries", grouped(ENTRIES as u64));
    if entries > ENTRIES { Err(reading.broken(what(), next)) } else { Ok(()) }
}

/// How much room is left.
fn less(left: u64, bytes: &[u8], reading: &Reading) -> Result<u64, ImportError> {
    left.checked_sub(bytes.len() as u64)
        .ok_or_else(|| reading.broken("is larger than 256 MiB once it is unpacked", AGAIN))
}

/// Where each numbered habit went; `None` for one that was left out.
type Numbered = BTreeMap<u64, Option<(usize, Measure)>>;

fn habits(source: &str, reading: &mut Reading) -> Result<Numbered, ImportError> {
    let mut cells = Cells::new(source);
    let header = cells.next_line().and_then(|(_, line)| line.ok().cloned()).unwrap_or_default();
    let columns = columns(&header, HABIT);
    if !describes(&columns) {
        let what = "has not the columns Name and frequency in the first line of its Habits.csv";
        return Err(reading.broken(what, AGAIN));
    }
    let mut numbered = Numbered::new();
    let mut nth = 0;
    while let Some((line, record)) = cells.next_line() {
        nth += 1;
        let read =
            record.and_then(|record| Ok((number(record, columns, nth)?, habit(record, columns))));
        let (number, habit) = match read {
            Ok(read) => read,
            Err(what) => {
                reading.bad(line, what)?;
                continue;
            }
        };
        let described = match habit {
            _ if numbered.contains_key(&number) => {
                reading.bad(line, format!("the number {number:03} stands there twice"))?;
                continue;
            }
            Ok(habit) => {
                let measure = habit.measure.clone();
                habit.describe(line, reading)?.map(|habit| (habit, measure))
            }
            Err(what) => {
                reading.bad(line, what)?;
                None
            }
        };
        numbered.insert(number, described);
    }
    Ok(numbered)
}

fn whole(column: &str, text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| wrong(column, text, "is not a number", "a whole number"))
}

/// The number of a habit, which the oldest export does not write.
fn number(record: &StringRecord, columns: [Option<usize>; 11], nth: u64) -> Result<u64, String> {
    let [position @ Some(_), ..] = columns else { return Ok(nth) };
    Ok(whole("Position", cell(record, position))?.try_into().unwrap_or(0))
}

fn habit(record: &StringRecord, columns: [Option<usize>; 11]) -> Result<Habit, String> {
    let has = |at: usize| columns[at].is_some();
    let [_, name, kind, question, description, times, days, unit, limit, target, archived] =
        columns.map(|column| unguarded(cell(record, column)));
    let measure = match kind {
        "" if !has(2) => Measure::Untold,
        "YES_NO" => Measure::Yes,
        "NUMERICAL" => Measure::Number {
            unit: super::unit("Unit", unit)?,
            target: target
                .parse()
                .ok()
                .filter(|target: &f64| target.is_finite())
                .ok_or_else(|| wrong("Target Value", target, "is not a number", "a number"))?,
            is_limit: match limit {
                "AT_LEAST" => false,
                "AT_MOST" => true,
                _ => {
                    let accepted = "AT_LEAST or AT_MOST";
                    return Err(wrong("Target Type", limit, "is not a type", accepted));
                }
            },
        },
        _ => return Err(wrong("Type", kind, "is not a type", "YES_NO or NUMERICAL")),
    };
    // Before there was a question, the description held it.
    let (question, description) = if has(3) { (question, description) } else { (description, "") };
    let is_archived = match archived {
        "" | "false" => false,
        "true" => true,
        _ => return Err(wrong("Archived?", archived, "is not an answer", "true or false")),
    };
    Ok(Habit {
        name: name.to_owned(),
        question: question.to_owned(),
        description: description.to_owned(),
        times: whole("FrequencyNumerator", times)?,
        days: whole("FrequencyDenominator", days)?,
        is_archived,
        measure,
        uuid: None,
    })
}

/// The days of a habit: with a header and notes since June 2025, without both before.
fn checkmarks(
    source: &str,
    habit: usize,
    measure: &Measure,
    reading: &mut Reading,
) -> Result<(), ImportError> {
    let mut cells = Cells::new(source);
    let (mut is_first, mut has_numbers) = (true, false);
    while let Some((line, record)) = cells.next_line() {
        let is_header = std::mem::take(&mut is_first)
            && record.as_ref().is_ok_and(|record| record.get(0) == Some("Date"));
        if is_header {
            continue;
        }
        match record.and_then(|record| checkmark(record, measure)) {
            Ok(Some(said)) => {
                has_numbers |= *measure == Measure::Untold && !said.note.is_empty();
                reading.take(line, Ok(Said { habit, ..said }))?;
            }
            Ok(None) => {}
            Err(what) => reading.bad(line, what)?,
        }
    }
    if has_numbers && let Some(habit) = reading.habits.get(habit) {
        let told = format!("{}: its goal is not in this older export; {ANY}", quoted(&habit.name));
        reading.told.push(told);
    }
    Ok(())
}

fn checkmark(record: &StringRecord, measure: &Measure) -> Result<Option<Said>, String> {
    if !(2..=3).contains(&record.len()) {
        let columns = counted(record.len(), "column");
        return Err(format!("it has {columns}. Accepted: Date,Value or Date,Value,Notes"));
    }
    let day = date("Date", record[0].trim())?;
    let value = record[1].trim();
    let known = WORDS.iter().find_map(|(word, number)| (*word == value).then_some(*number));
    let known = known.or_else(|| value.parse().ok());
    let accepted = "YES_MANUAL, YES_AUTO, NO, SKIP, UNKNOWN or a whole number";
    let known = known.ok_or_else(|| wrong("Value", value, "is not a mark", accepted))?;
    let written = note("Notes", record.get(2).map(unguarded).unwrap_or_default())?;
    let said = match measure.meaning(known)? {
        Some((mark, amount)) => Some((mark, joined(amount, &written))),
        // What was written beside a day that says nothing else is kept.
        None => (!written.is_empty()).then_some((None, written)),
    };
    let said =
        said.map(|(mark, text)| Ok(Said { habit: 0, day, mark, note: note("Notes", &text)? }));
    said.transpose()
}
