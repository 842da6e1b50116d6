//! The outlook, over schedules and days.

use std::collections::BTreeMap;

use super::*;
use crate::domain::{
    checkpoint::Checkpoint,
    day::parse_iso,
    habit::Recipe,
    ids::{HabitId, IdSource},
    version::Versions,
};

fn day(text: &str) -> NaiveDate {
    parse_iso(text).unwrap()
}

fn habit(from: &str, schedule: &str) -> Habit {
    Habit {
        id: HabitId(IdSource::new(1, 1).next_uuid()),
        name: "Read".into(),
        topic: None,
        position: 0,
        schedules: Versions::new(day(from), schedule.parse().unwrap()),
        recipes: Versions::new(day(from), Recipe::default()),
        seconds: 10,
        is_review: false,
        is_deleted: false,
    }
}

/// Marks as letters that end on Sunday 22 November 2026: `m` done, `r` rest, `.` none.
fn marks(letters: &str) -> BTreeMap<NaiveDate, Mark> {
    let end = day("2026-11-22");
    let days = (0..).zip(letters.chars().rev());
    days.filter_map(|(ago, letter)| {
        let mark = match letter {
            'm' => Mark::Done,
            'r' => Mark::Rest,
            _ => return None,
        };
        Some((plus(end, -ago), mark))
    })
    .collect()
}

/// The outlook of a habit on a day, as all its marks have it.
fn seen(habit: &Habit, marks: &BTreeMap<NaiveDate, Mark>, rules: Rules, today: &str) -> Outlook {
    let figures = Figures::new(habit, &Checkpoint::default(), marks, rules, day(today));
    Outlook::new(habit, marks, rules, &figures, day(today))
}

/// The outlook of a habit since 2 November on a day, with marks up to the 22nd and some more.
fn outlook(schedule: &str, letters: &str, done: &[&str], today: &str, rule: StreakRule) -> Outlook {
    let mut marks = marks(letters);
    marks.extend(done.iter().map(|text| (day(text), Mark::Done)));
    let rules = Rules { streaks: rule, ..Rules::default() };
    seen(&habit("2026-11-02", schedule), &marks, rules, today)
}

#[test]
fn misses_in_a_row_are_counted_from_the_newest_closed_window() {
    // 2026-11-23 is a Monday; the marks end the day before.
    for (schedule, letters, missed) in [
        ("daily", "mmm", 0),
        ("daily", "mm.", 1),
        ("daily", "m..", 2),
        ("daily", "....", 21),
        ("daily", "m.r", 1),
        ("daily", "m.rrrr.", 2),
        ("daily", "m.rrrrrrrrrr", 1),
        ("daily", "m.rrrrrrr.rrrrrrr", 2),
        ("mon,wed,fri", "m.m.m..", 0),
        ("mon,wed,fri", "m.m....", 1),
        ("mon,wed,fri", "m......", 2),
        ("3/week", "mm.m...", 0),
        ("3/week", "mmm....mm.....", 1),
        ("3/week", "mm.....", 3),
        ("every 2 days", ".m", 0),
        ("every 2 days", "mmmmmm...", 1),
        ("every 2 days", "mmm......", 2),
    ] {
        let found = outlook(schedule, letters, &[], "2026-11-23", StreakRule::Strict);
        assert_eq!(found.missed_in_a_row, missed, "{schedule} {letters}");
    }
}

#[test]
fn a_window_that_is_met_or_before_the_habit_ends_the_misses() {
    let met_today = outlook("daily", "m..", &["2026-11-23"], "2026-11-23", StreakRule::Strict);
    assert_eq!(met_today.missed_in_a_row, 0);
    let new = habit("2026-11-22", "daily");
    let seen = seen(&new, &BTreeMap::new(), Rules::default(), "2026-11-23");
    assert_eq!(seen.missed_in_a_row, 1, "it has only one day behind it");
}

#[test]
fn an_archived_habit_has_no_outlook() {
    let mut habit = habit("2026-11-02", "daily");
    habit.archive(day("2026-11-20"));
    let found = seen(&habit, &marks("mmmm..."), Rules::default(), "2026-11-23");
    assert_eq!(found, Outlook::default());
    // Back again, the time in between was not missed.
    habit.unarchive(day("2026-11-23"));
    let found = seen(&habit, &marks("mmmm."), Rules::default(), "2026-11-23");
    assert_eq!(found.missed_in_a_row, 0);
}

#[test]
fn at_risk_is_what_only_today_can_save() {
    let week = "mmmmmmmmmmmmmmmmmmmmm";
    let but_one = "mmmmmmmmmmmmmmmmmmmm.";
    let two_day = [
        ("daily", "mmm", &[][..], "2026-11-23", false),
        ("daily", "mm.", &[], "2026-11-23", true),
        ("daily", "mm.rrrrrrrrrrrr", &[], "2026-11-23", true),
        ("daily", "m..", &[], "2026-11-23", false),
        ("mon,wed,fri", week, &[], "2026-11-23", false),
        ("mon,wed,fri", "mmm..........", &[], "2026-11-23", false),
        ("3/week", week, &[], "2026-11-27", true),
    ];
    for (schedule, letters, done, today, is_at_risk) in two_day {
        let found = outlook(schedule, letters, done, today, StreakRule::TwoDay);
        assert_eq!(found.is_at_risk, is_at_risk, "{schedule} {letters} {done:?} {today} {found:?}");
    }
    for (schedule, letters, done, today, is_at_risk) in [
        ("daily", "mmm", &[][..], "2026-11-23", true),
        ("daily", "mmm", &["2026-11-23"], "2026-11-23", false),
        ("daily", "mm.", &[], "2026-11-23", false),
        ("mon,wed,fri", week, &[], "2026-11-23", true),
        ("mon,wed,fri", week, &[], "2026-11-24", false),
        ("3/week", week, &[], "2026-11-23", false),
        ("3/week", week, &[], "2026-11-27", true),
        ("3/week", "", &[], "2026-11-27", true),
        ("3/week", week, &["2026-11-27"], "2026-11-27", false),
        ("3/week", week, &[], "2026-11-28", false),
        ("3/week", week, &["2026-11-23"], "2026-11-27", false),
        ("7/week", week, &[], "2026-11-23", true),
        ("every 4 days", week, &[], "2026-11-25", false),
        ("every 4 days", but_one, &[], "2026-11-24", false),
        ("every 4 days", but_one, &[], "2026-11-25", true),
    ] {
        let found = outlook(schedule, letters, done, today, StreakRule::Strict);
        assert_eq!(found.is_at_risk, is_at_risk, "{schedule} {letters} {done:?} {today} {found:?}");
    }
}

#[test]
fn a_rest_today_takes_the_risk() {
    let habit = habit("2026-11-02", "daily");
    let mut marks = marks("mmm");
    marks.insert(day("2026-11-23"), Mark::Rest);
    let seen = seen(&habit, &marks, Rules::default(), "2026-11-23");
    assert_eq!((seen.is_at_risk, seen.open, seen.keep_by), (false, None, Some(day("2026-11-24"))));
}

#[test]
fn days_left_are_those_on_which_something_can_be_done() {
    let week = "m".repeat(21);
    let open = |schedule, done: &[&str], today| {
        let open = outlook(schedule, &week, done, today, StreakRule::Strict).open;
        open.map(|open| (open.needs(), open.days_left))
    };
    assert_eq!(open("5/week", &[], "2026-11-23"), Some((5, 7)));
    assert_eq!(open("5/week", &["2026-11-23", "2026-11-24"], "2026-11-25"), Some((3, 5)));
    assert_eq!(open("5/week", &["2026-11-25"], "2026-11-25"), Some((4, 4)));
    assert_eq!(open("5/week", &[], "2026-11-29"), Some((5, 1)));
    assert_eq!(open("1/week", &["2026-11-23"], "2026-11-25"), None);
    assert_eq!(open("daily", &[], "2026-11-23"), Some((1, 1)));
    assert_eq!(open("every 4 days", &[], "2026-11-23"), None, "met on Sunday");
    assert_eq!(open("every 4 days", &[], "2026-11-27"), Some((1, 3)));
}

#[test]
fn a_streak_is_kept_by_the_last_day_that_can_still_do_it() {
    let week = "m".repeat(21);
    let today = "2026-11-23";
    for (schedule, done, on, rule, by) in [
        ("daily", &[][..], today, StreakRule::Strict, Some("2026-11-23")),
        ("daily", &[today], today, StreakRule::Strict, Some("2026-11-24")),
        ("daily", &[], today, StreakRule::TwoDay, Some("2026-11-24")),
        ("daily", &[], "2026-11-24", StreakRule::TwoDay, Some("2026-11-24")),
        ("daily", &[], "2026-11-24", StreakRule::Strict, None),
        ("mon,wed,fri", &[today], today, StreakRule::Strict, Some("2026-11-25")),
        ("mon,wed,fri", &[today], "2026-11-24", StreakRule::Strict, Some("2026-11-25")),
        ("3/week", &[], today, StreakRule::Strict, Some("2026-11-27")),
        ("3/week", &[today], today, StreakRule::Strict, Some("2026-11-28")),
        ("1/week", &[today], today, StreakRule::Strict, Some("2026-12-06")),
        ("3/week", &[], "2026-11-28", StreakRule::Strict, None),
        ("3/week", &["2026-11-28"], "2026-11-28", StreakRule::Strict, None),
        (
            "3/week",
            &["2026-11-24", "2026-11-28"],
            "2026-11-28",
            StreakRule::Strict,
            Some("2026-11-29"),
        ),
        ("3/week", &["2026-11-24", "2026-11-29"], "2026-11-29", StreakRule::Strict, None),
        ("every 4 days", &[], today, StreakRule::Strict, Some("2026-11-29")),
        ("every 4 days", &[], "2026-11-26", StreakRule::Strict, Some("2026-11-29")),
        ("every 365 days", &[], today, StreakRule::Strict, Some("2028-10-31")),
    ] {
        let found = outlook(schedule, &week, done, on, rule).keep_by;
        assert_eq!(found, by.map(day), "{schedule} {done:?} {on} {rule:?}");
    }
}

#[test]
fn a_miss_that_was_passed_over_is_not_passed_over_again_after_any_rest() {
    // Twenty days, a miss on the 10th, and rest until yesterday.
    let letters = format!("{}.{}", "m".repeat(20), "r".repeat(12));
    let found = outlook("daily", &letters, &[], "2026-11-23", StreakRule::TwoDay);
    assert_eq!((found.missed_in_a_row, found.keep_by), (1, Some(day("2026-11-23"))));
    let idle = outlook("daily", &letters, &[], "2026-11-24", StreakRule::TwoDay);
    assert_eq!(idle.keep_by, None, "the streak has ended");
}

#[test]
fn a_cut_window_can_not_be_missed_so_that_it_puts_nothing_at_risk() {
    let mut habit = habit("2026-11-02", "3/week");
    habit.schedules.set(day("2026-11-26"), Schedule::Daily);
    let marks = marks(&"m".repeat(21));
    let seen = seen(&habit, &marks, Rules::default(), "2026-11-23");
    assert!(!seen.is_at_risk, "three of three days are left, but it is cut");
    assert_eq!(seen.keep_by, Some(day("2026-11-26")));
}

#[test]
fn a_break_is_days_without_anything_although_a_window_was_missed() {
    let today = day("2026-11-23");
    let is_break = |schedule: &str, letters: &str| {
        let (habit, marks) = (habit("2026-11-02", schedule), marks(letters));
        let all = [(&habit, &marks, day("2026-11-02"))];
        is_break(&all, Rules::default(), 3, today)
    };
    assert!(is_break("daily", "m..."));
    assert!(!is_break("daily", "m.."));
    assert!(is_break("daily", "mr..r."));
    assert!(!is_break("daily", "mrrr"), "a rest is no break");
    assert!(is_break("3/week", "m......"));
    assert!(!is_break("1/week", "m......"), "the week was met");
    assert!(!is_break("every 40 days", "m......"));
    let (habit, mut marks) = (habit("2026-11-02", "daily"), marks("m..."));
    marks.insert(today, Mark::Done);
    let all = [(&habit, &marks, day("2026-11-02"))];
    assert!(!super::is_break(&all, Rules::default(), 3, today), "back already");
}
