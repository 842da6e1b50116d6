//! What is in the file: whether it is whole, and whether its parts say the same.
//!
//! Owns what is said of it, and the comparison of derived rows. Must not alter anything.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rusqlite::Connection;

use super::{Finding, KEEP, State};
use crate::{
    domain::{day::Rules, fault::Fault},
    store::{
        agree, backup, derived,
        error::{Cause, in_words},
        habit,
        peek::Peek,
    },
};

/// How many faults of a kind are named.
const NAMED: usize = 5;

/// The way on with what another program wrote: what is imported is journalled anew.
const AS_IT_IS: &str = "To go on with it as it is: `inch export everything -o all.json`, \
    `inch --db new.db import all.json`, then `inch restore new.db`";

/// What all sessions come to, but for what is kept of that; and the other way round.
const STUDIED: &str = "WITH told AS (SELECT subject, id, sum(seconds) AS seconds, count(*) AS sessions \
       FROM (SELECT 'habit' AS subject, habit AS id, seconds FROM session \
         UNION ALL SELECT 'topic', topic, seconds FROM session \
         UNION ALL SELECT 'project', project, seconds FROM session) \
       WHERE id IS NOT NULL GROUP BY subject, id), \
     kept AS (SELECT subject, id, seconds, sessions FROM studied) \
     SELECT count(*) FROM (SELECT * FROM (SELECT * FROM told EXCEPT SELECT * FROM kept) \
       UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM told))";

/// Findings about what is in an open file; `restore` is what a restore would bring back, if anything.
pub(super) fn content(
    peek: &Peek,
    restore: Option<&str>,
    rules: Rules,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Vec<Finding> {
    let sql = &peek.sql;
    let way_back = restore.unwrap_or(KEEP);
    // One moment of the file, whoever writes meanwhile.
    let moment = sql.unchecked_transaction();
    let whole = match backup::faults(sql, NAMED) {
        Ok(faults) if faults.is_empty() => {
            Finding::good("integrity", "pages and references are whole")
        }
        Ok(faults) => Finding::bad("integrity", Fault::Data, faults.join("; "), way_back),
        Err(error) => Finding::bad("integrity", Fault::Data, in_words(&error), way_back),
    };
    let is_whole = whole.state == State::Good;
    let or = restore.map_or_else(String::new, |restore| format!(". Or {restore}"));
    let as_it_is = format!("{AS_IT_IS}{or}");
    let mut found = vec![whole];
    // Rows of an older form can't be read, and damaged ones say nothing.
    if is_whole && !peek.is_older() {
        found.push(finding("rows", agree::rows(sql), way_back, "every row can be read"));
        if found.iter().all(|finding| finding.state == State::Good) {
            found.push(finding(
                "journal",
                agree::journalled(sql, NAMED),
                &as_it_is,
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

fn finding(
    check: &'static str,
    faults: Result<Vec<String>, Cause>,
    way_back: &str,
    good: &str,
) -> Finding {
    let faults = faults.unwrap_or_else(|cause| vec![cause.in_words()]);
    if faults.is_empty() {
        return Finding::good(check, good);
    }
    let advice = format!("Another program altered the file. {way_back}");
    Finding::bad(check, Fault::Data, faults.join("; "), advice)
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
    let faults = compare().unwrap_or_else(|cause| vec![cause.in_words()]);
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
