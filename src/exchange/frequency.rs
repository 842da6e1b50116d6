//! Other programs' frequencies in inch's schedules.
//!
//! Owns what is the nearest where it can't be said exactly. Must not know who asks.

use crate::domain::schedule::Schedule;

/// `times` in any `days` days as a schedule, and whether it says the same. Neither is 0.
pub fn nearest(times: u32, days: u32) -> (Schedule, bool) {
    match (times, days) {
        _ if times >= days => return (Schedule::Daily, true),
        (1, 2..=365) if days != 7 => return (every(days), true),
        (1..=6, 7) => return (per_week(times), true),
        _ => {}
    }
    // How often a day each of them asks, and which of those is the least way off.
    let wanted = f64::from(times) / f64::from(days);
    let weekly = (1..=7_u32).map(|count| (per_week(count), f64::from(count) / 7.0));
    let spaced = (2..=365_u32).map(|count| (every(count), 1.0 / f64::from(count)));
    let off = |rate: f64| (rate / wanted).ln().abs();
    let best = weekly.chain(spaced).min_by(|a, b| off(a.1).total_cmp(&off(b.1)));
    (best.map_or(Schedule::Daily, |best| best.0), false)
}

/// Once every `days` days.
pub fn every(days: u32) -> Schedule {
    match days {
        0 | 1 => Schedule::Daily,
        _ => Schedule::Every(u16::try_from(days).unwrap_or(MOST).min(MOST)),
    }
}

/// The longest that a schedule can wait.
const MOST: u16 = 365;

fn per_week(count: u32) -> Schedule {
    Schedule::PerWeek(u8::try_from(count).unwrap_or(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_said_is_said_and_the_rest_is_the_nearest() {
        for (times, days, schedule, is_exact) in [
            (1, 1, "daily", true),
            (7, 7, "daily", true),
            (9, 7, "daily", true),
            (3, 7, "3/week", true),
            (1, 7, "1/week", true),
            (1, 2, "every 2 days", true),
            (1, 30, "every 30 days", true),
            (1, 365, "every 365 days", true),
            (1, 366, "every 365 days", false),
            (3, 10, "2/week", false),
            (2, 3, "5/week", false),
            (2, 30, "every 15 days", false),
            (10, 31, "every 3 days", false),
            (6, 14, "3/week", false),
            (1, u32::MAX, "every 365 days", false),
            (u32::MAX - 1, u32::MAX, "7/week", false),
        ] {
            let found = nearest(times, days);
            assert_eq!(
                (found.0.to_string().as_str(), found.1),
                (schedule, is_exact),
                "{times}/{days}"
            );
        }
        assert_eq!(
            [0, 1, 7, 9_999].map(|days| every(days).to_string()),
            ["daily", "daily", "every 7 days", "every 365 days"]
        );
    }
}
