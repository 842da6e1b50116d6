//! What is in the file: whether it is whole, and whether its parts say the same.
//!
//! Owns the comparisons of journal, rows and derived rows. Must not alter anything.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rusqlite::Connection;

use super::{Finding, State};
use crate::{
    domain::{
        day::{FIRST, LAST, Rules},
        fault::Fault,
        record::Key,
    },
    store::{
        annotation, backup, check_in, derived,
        error::{Cause, in_words},
        goal, habit, journal,
        peek::Peek,
        project, record, review, session, topic,
    },
};

/// How many faults of a kind are named.
const NAMED: usize = 5;

const RESTORE: &str =
    "`inch restore` brings back the newest good backup and keeps this file as it is";

/// What all sessions come to, but for what is kept of that; and the other way round.
const STUDIED: &str = "WITH told AS (SELECT subject, id, sum(seconds) AS seconds, count(*) AS sessions \
       FROM (SELECT 'habit' AS subject, habit AS id, seconds FROM session \
         UNION ALL SELECT 'topic', topic, seconds FROM session \
         UNION ALL SELECT 'project', project, seconds FROM session) \
       WHERE id IS NOT NULL GROUP BY subject, id), \
     kept AS (SELECT subject, id, seconds, sessions FROM studied) \
     SELECT count(*) FROM (SELECT * FROM (SELECT * FROM told EXCEPT SELECT * FROM kept) \
       UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM told))";

/// Findings about what is in an open file.
pub(super) fn content(
    peek: &Peek,
    rules: Rules,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Vec<Finding> {
    let sql = &peek.sql;
    // One moment of the file, whoever writes meanwhile.
    let moment = sql.unchecked_transaction();
    let whole = match backup::faults(sql, NAMED) {
        Ok(faults) if faults.is_empty() => {
            Finding::good("integrity", "pages and references are whole")
        }
        Ok(faults) => Finding::bad("integrity", Fault::Data, faults.join("; "), RESTORE),
        Err(error) => Finding::bad("integrity", Fault::Data, in_words(&error), RESTORE),
    };
    let is_whole = whole.state == State::Good;
    let mut found = vec![whole];
    // Rows of an older form can't be read, and damaged ones say nothing.
    if is_whole && !peek.is_older() {
        found.push(finding("rows", rows(sql), "every row can be read"));
        if found.iter().all(|finding| finding.state == State::Good) {
            found.push(finding(
                "journal",
                journalled(sql),
                "every row is as its last change left it",
            ));
            found.extend(clock(sql, now));
        }
        // What comes of altered rows is another thing too, and says nothing more.
        if found.iter().all(|finding| !matches!(finding.state, State::Bad(_))) {
            found.push(totals(sql, rules, today));
        }
    }
    drop(moment);
    found
}

fn finding(check: &'static str, faults: Result<Vec<String>, Cause>, good: &str) -> Finding {
    let faults = faults.unwrap_or_else(|cause| vec![said(&cause)]);
    if faults.is_empty() {
        return Finding::good(check, good);
    }
    let advice = format!("Another program altered the file. {RESTORE}");
    Finding::bad(check, Fault::Data, faults.join("; "), advice)
}

fn said(cause: &Cause) -> String {
    match cause {
        Cause::Sql(error) => in_words(error),
        Cause::Json(error) => error.to_string(),
        Cause::Migration(text) | Cause::Copy(text) => text.clone(),
        Cause::Store(error) => error.to_string(),
    }
}

fn rows(sql: &Connection) -> Result<Vec<String>, Cause> {
    for habit in habit::all(sql)? {
        check_in::each(sql, habit.id, FIRST, LAST, |_| {})?;
    }
    topic::all_progress(sql)?;
    topic::all_own(sql)?;
    annotation::all(sql)?;
    review::all(sql)?;
    goal::read(sql)?;
    project::all(sql)?;
    session::all_studied(sql)?;
    journal::device(sql)?;
    Ok(Vec::new())
}

/// Every record that the journal tells of is as the newest change of it left it.
fn journalled(sql: &Connection) -> Result<Vec<String>, Cause> {
    let (mut seen, mut odd) = (HashSet::new(), Vec::new());
    journal::each_backwards(sql, |entry| {
        for image in entry.after {
            if odd.len() < NAMED
                && !seen.contains(&image.key)
                && record::read(sql, &image.key)? != image.record
            {
                odd.push(format!("{} is not as change {} left it", named(&image.key), entry.seq));
            }
            seen.insert(image.key);
        }
        Ok(())
    })?;
    Ok(odd)
}

fn named(key: &Key) -> String {
    match key {
        Key::Habit(id) => format!("the habit {id}"),
        Key::CheckIn(habit, day) => format!("the check-in of {day} of the habit {habit}"),
        Key::Topic(id) => format!("the topic {}", id.0),
        Key::OwnTopic(id) => format!("the own topic {}", id.0),
        Key::Project(id) => format!("the project {id}"),
        Key::Session(id) => format!("the session {}", id.0),
        Key::Annotation(id) => format!("what is written beside the topic {}", id.0),
        Key::Review(id) => format!("the review of the topic {}", id.0),
        Key::Goal => "the goal".to_owned(),
    }
}

/// What is derived is what it is derived from.
fn totals(sql: &Connection, rules: Rules, today: NaiveDate) -> Finding {
    let compare = || -> Result<Vec<String>, Cause> {
        let mut odd = Vec::new();
        for habit in habit::all(sql)? {
            if odd.len() < NAMED && !derived::is_true(sql, &habit, rules, today)? {
                odd.push(format!(
                    "what is remembered of the habit {} is not its history",
                    habit.id
                ));
            }
        }
        if sql.query_one(STUDIED, [], |row| row.get::<_, i64>(0))? > 0 {
            odd.push("the minutes that are remembered are not those of the sessions".to_owned());
        }
        Ok(odd)
    };
    let faults = compare().unwrap_or_else(|cause| vec![said(&cause)]);
    if faults.is_empty() {
        return Finding::good("totals", "what is remembered is what the history comes to");
    }
    let advice = "Your history itself is whole. `inch backup FILE` and then `inch restore FILE` \
        remember it anew";
    Finding::bad("totals", Fault::Data, faults.join("; "), advice)
}

/// A clock that is behind the newest change files new ticks under old days.
fn clock(sql: &Connection, now: DateTime<Utc>) -> Option<Finding> {
    let newest: Option<String> = sql
        .query_one("SELECT (SELECT at FROM change ORDER BY seq DESC LIMIT 1)", [], |row| row.get(0))
        .ok()?;
    let newest = DateTime::parse_from_rfc3339(&newest?).ok()?;
    (newest > now + TimeDelta::hours(1)).then(|| {
        Finding::note(
            "clock",
            format!("the newest change was made at {newest}, which is still to come"),
            "Look whether the clock of this machine is right".to_owned(),
        )
    })
}
