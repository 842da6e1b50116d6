//! What lies ahead of a habit and right behind it, in words: beside its name and below its figures.
//!
//! Owns the wording, which is calm: a miss is an event. Must not know how windows are judged.

use chrono::NaiveDate;
use ratatui::text::Span;

use super::{fit, theme::Theme};
use crate::domain::{
    day::{plus, short},
    habit::Habit,
    outlook::{Open, Outlook},
    schedule::Schedule,
};

/// What stands beside a name, in the longest form that `room` has place for.
pub fn beside(
    outlook: &Outlook,
    habit: &Habit,
    (today, doctor): (NaiveDate, Option<&str>),
    room: usize,
    theme: &Theme,
) -> Option<Span<'static>> {
    if outlook.missed_in_a_row == 0 {
        let open = outlook.open.filter(|open| is_long(habit, today) && is_in_reach(open))?;
        let left = format!("{} d left", open.days_left);
        return (fit::width(&left) <= room).then(|| Span::styled(left, theme.muted));
    }
    let fitting = advice(outlook, doctor).into_iter().find(|form| fit::width(form) <= room)?;
    Some(Span::styled(fitting, theme.advice))
}

/// What helps after a miss, the longest form first; nothing where nothing was missed. The doctor has
/// a key, unless the person took it away.
fn advice(outlook: &Outlook, doctor: Option<&str>) -> Vec<String> {
    match (outlook.missed_in_a_row, doctor) {
        (0, _) => Vec::new(),
        (1, _) | (_, None) => ["never miss twice", "never twice"].map(str::to_owned).to_vec(),
        (_, Some(key)) => [" opens the recipe doctor", ": recipe doctor", ": doctor"]
            .map(|what| format!("{key}{what}"))
            .to_vec(),
    }
}

/// The fewest columns that advice after a miss takes; none where there is none to give.
pub fn least_advice(outlook: &Outlook, doctor: Option<&str>) -> Option<usize> {
    advice(outlook, doctor).iter().map(|form| fit::width(form)).min()
}

/// What is said below the figures: what its window still needs, and what helps after a miss.
pub fn below(outlook: &Outlook, habit: &Habit, today: NaiveDate, doctor: Option<&str>) -> String {
    let open = outlook.open.filter(|_| is_long(habit, today));
    let window = open.and_then(|open| needed(habit, &open, today));
    let miss = match (outlook.missed_in_a_row, doctor) {
        (0, _) => None,
        (1, _) => Some("Missed once: never miss twice.".to_owned()),
        (_, None) => Some("What would make it easier?".to_owned()),
        (_, Some(key)) => {
            Some(format!("{key} opens the recipe doctor: what would make it easier?"))
        }
    };
    let parts = [window, miss];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How long the streak is safe, after its length.
pub fn safety(outlook: &Outlook, today: NaiveDate) -> String {
    match outlook.keep_by {
        None => String::new(),
        Some(day) if day == today => ", today keeps it".to_owned(),
        Some(day) if day <= plus(today, 6) => format!(", safe until {}", day.format("%a")),
        Some(day) => format!(", safe until {}", short(day, today)),
    }
}

fn is_long(habit: &Habit, today: NaiveDate) -> bool {
    matches!(habit.schedule_on(today), Schedule::PerWeek(_) | Schedule::Every(_))
}

/// Whether the days that are left are enough.
fn is_in_reach(open: &Open) -> bool {
    open.needs() <= open.days_left
}

fn needed(habit: &Habit, open: &Open, today: NaiveDate) -> Option<String> {
    let days = if open.days_left == 1 { "day" } else { "days" };
    let left = open.days_left;
    match habit.schedule_on(today) {
        Schedule::PerWeek(_) if !is_in_reach(open) => Some(format!(
            "This week can't reach {} any more; each tick still counts in all",
            open.quota
        )),
        Schedule::Every(count) if !is_in_reach(open) => {
            Some(format!("These {count} days end with a rest; each tick still counts in all"))
        }
        Schedule::PerWeek(_) => {
            Some(format!("{}/{} this week, {left} {days} left", open.done, open.quota))
        }
        Schedule::Every(_) if left == 1 => Some("due today".to_owned()),
        Schedule::Every(_) => Some(format!("due within {left} days")),
        _ => None,
    }
}
