//! Hand-computed histories, and laws that hold for any.

use std::collections::BTreeMap;

use chrono::Weekday;
use proptest::prelude::*;

use super::{
    log::{self, What},
    overview::{Overview, Told},
    stretch::Stretch,
    *,
};
use crate::domain::{
    checkpoint::Checkpoint,
    figures::{Figures, rate},
    habit::Recipe,
    ids::{HabitId, IdSource},
    version::Versions,
};

type Held = BTreeMap<NaiveDate, Mark>;

fn day(text: &str) -> NaiveDate {
    crate::domain::day::parse_iso(text).unwrap()
}

/// A day of November 2026; the 2nd is a Monday.
fn nov(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
}

fn habit(from: NaiveDate, schedule: &str) -> Habit {
    Habit {
        id: HabitId(IdSource::new(1, 1).next_uuid()),
        name: "Read".into(),
        topic: None,
        position: 0,
        schedules: Versions::new(from, schedule.parse().unwrap()),
        recipes: Versions::new(from, Recipe::default()),
        seconds: 10,
        is_review: false,
        is_deleted: false,
    }
}

fn done(days: &[u32]) -> Held {
    days.iter().map(|number| (nov(*number), Mark::Done)).collect()
}

fn past<'a>(habit: &'a Habit, marks: &'a Held, today: NaiveDate) -> Past<'a, Held> {
    let figures = Figures::new(habit, &Checkpoint::default(), marks, Rules::default(), today);
    Past { habit, marks, rules: Rules::default(), first_day: figures.first_day, today }
}

fn pairs(tallies: &[Tally]) -> Vec<(u32, u32)> {
    tallies.iter().map(|tally| (tally.met, tally.all)).collect()
}

#[test]
fn a_daily_habit_by_weekday_is_its_windows() {
    let habit = habit(nov(2), "daily");
    let mut marks = done(&[2, 3, 5, 9, 10]);
    marks.insert(nov(6), Mark::Rest);
    let past = past(&habit, &marks, nov(11));
    assert_eq!(past.tally(nov(1), nov(30)), Tally { met: 5, all: 8 });
    let weekdays = past.by_weekday(nov(1), nov(30));
    assert_eq!(pairs(&weekdays), [(2, 2), (2, 2), (0, 1), (1, 1), (0, 0), (0, 1), (0, 1)]);
    let months = past.by_month(&[day("2026-10-01"), nov(1)]);
    assert_eq!(pairs(&months), [(0, 0), (5, 8)]);
}

#[test]
fn days_of_a_week_are_asked_until_its_quota_is_met_and_more_is_not_lost() {
    let habit = habit(nov(2), "3/week");
    let marks = done(&[3, 4, 7, 8, 9]);
    let past = past(&habit, &marks, nov(18));
    assert_eq!(past.tally(nov(1), nov(30)), Tally { met: 1, all: 2 });
    let weekdays = past.by_weekday(nov(1), nov(30));
    assert_eq!(pairs(&weekdays), [(1, 2), (1, 2), (1, 2), (0, 2), (0, 2), (1, 2), (1, 2)]);
    let asked = [2, 3, 5, 10, 16].map(|number| past.asked_on(nov(number)));
    // The first week was met by other days than the 2nd and the 5th.
    assert_eq!(asked, [None, Some(true), None, Some(false), Some(false)]);
}

#[test]
fn only_the_chosen_weekdays_are_asked() {
    let habit = habit(nov(2), "mon,wed");
    let marks = done(&[2, 3, 11]);
    let past = past(&habit, &marks, nov(12));
    let weekdays = past.by_weekday(nov(1), nov(30));
    assert_eq!(pairs(&weekdays[..4]), [(1, 2), (0, 0), (1, 2), (0, 0)]);
    let asked = [3, 4, 5].map(|number| past.asked_on(nov(number)));
    assert_eq!(asked, [Some(true), Some(false), None], "what was not asked but done counts");
}

#[test]
fn blocks_of_days_are_asked_until_done() {
    let habit = habit(nov(2), "every 4 days");
    let marks = done(&[3]);
    let past = past(&habit, &marks, nov(12));
    assert_eq!(past.tally(nov(1), nov(30)), Tally { met: 1, all: 2 });
    let weekdays = past.by_weekday(nov(1), nov(30));
    assert_eq!(pairs(&weekdays), [(0, 2), (1, 1), (0, 0), (0, 0), (0, 1), (0, 1), (0, 1)]);
}

#[test]
fn nothing_is_asked_while_archived() {
    let mut habit = habit(nov(2), "daily");
    habit.archive(nov(5));
    habit.unarchive(nov(9));
    let marks = done(&[2, 3, 4, 9]);
    let past = past(&habit, &marks, nov(10));
    assert_eq!(past.tally(nov(1), nov(30)), Tally { met: 4, all: 4 });
    assert_eq!([5, 7].map(|number| past.asked_on(nov(number))), [None, None]);
    assert_eq!(pairs(&past.by_weekday(nov(1), nov(30))).iter().map(|(_, all)| all).sum::<u32>(), 4);
}

#[test]
fn each_recipe_has_the_windows_that_ended_on_its_days() {
    let mut habit = habit(nov(2), "daily");
    let other = Recipe { anchor: "wake up".into(), ..Recipe::default() };
    habit.recipes.set(nov(5), other);
    // A forgotten day before the first version belongs to it too.
    let marks: Held = done(&[1, 2, 3, 5, 6, 7]);
    let past = past(&habit, &marks, nov(8));
    assert_eq!(pairs(&past.by_recipe()), [(3, 4), (3, 3)]);
}

#[test]
fn days_before_the_creation_day_count_when_they_were_done() {
    let habit = habit(nov(4), "3/week");
    let marks = done(&[2, 5]);
    let past = past(&habit, &marks, nov(9));
    // The window is cut: five days are left, and their quota was not reached.
    assert_eq!(past.tally(nov(1), nov(30)).all, 0);
    let marks = done(&[2, 5, 6]);
    let past = self::past(&habit, &marks, nov(9));
    let weekdays = past.by_weekday(nov(1), nov(30));
    assert_eq!(pairs(&weekdays), [(1, 1), (0, 0), (0, 1), (1, 1), (1, 1), (0, 0), (0, 0)]);
}

#[test]
fn the_log_has_marks_notes_and_misses_newest_first() {
    let habit = habit(nov(2), "3/week");
    let marks = done(&[3, 8]);
    let notes: BTreeMap<_, _> = [(nov(5), "on a train".to_owned())].into();
    let past = past(&habit, &marks, nov(11));
    let stretch = Stretch::last_year(nov(11), nov(11), Weekday::Mon);
    let log = log::of_one(&past, &notes, &stretch);
    let days: Vec<_> = log.iter().map(|entry| entry.day.day()).collect();
    assert_eq!(days, [8, 8, 5, 3]);
    let What::MissedWindow(missed) = log[0].what else { panic!("{:?}", log[0]) };
    assert_eq!((missed.done, missed.quota), (2, 3));
    assert_eq!(log[2].what, What::Noted);
}

#[test]
fn all_habits_share_a_day() {
    let (one, two) = (habit(nov(2), "daily"), habit(nov(3), "mon,tue"));
    let (first, second) = (done(&[2, 3, 4]), done(&[3]));
    let notes: BTreeMap<_, _> = [(nov(3), "both".to_owned())].into();
    let stretch = Stretch::of_year(2026, Weekday::Mon);
    let told = [
        Told {
            past: past(&one, &first, nov(5)),
            notes: &notes,
            best: &[],
            held_from: NaiveDate::MIN,
        },
        Told {
            past: past(&two, &second, nov(5)),
            notes: &BTreeMap::new(),
            best: &[],
            held_from: NaiveDate::MIN,
        },
    ];
    let overview = Overview::of_all(&told, &stretch);
    let share = |number| overview.shares[stretch.place(nov(number)).unwrap()];
    assert_eq!(
        pairs(&[1, 2, 3, 4, 5, 6].map(share)),
        [(0, 0), (1, 1), (2, 2), (1, 1), (0, 1), (0, 0)]
    );
    let entries: Vec<_> = overview.log.iter().map(|entry| (entry.day.day(), entry.habit)).collect();
    assert_eq!(entries, [(5, None), (4, None), (3, None), (3, Some(one.id)), (2, None)]);
    assert_eq!(overview.rates[0], Tally { met: 4, all: 4 });
}

#[test]
fn what_is_not_read_weighs_nothing_in_the_strength() {
    for schedule in ["daily", "fri", "1/week", "3/week", "every 90 days", "every 365 days"] {
        let habit = habit(day("1990-01-01"), schedule);
        let marks: Held = (0..13_500).map(|at| (plus(day("1990-01-01"), at), Mark::Done)).collect();
        let today = nov(23);
        let whole = past(&habit, &marks, today);
        let from = strength_reads_from(&habit, Rules::default(), nov(1), HALF_LIVES);
        assert!(whole.is_worn_off(from, nov(1)), "{schedule}");
        let all = whole.strength_on(whole.first_day, [nov(2), today].into_iter());
        let read = whole.strength_on(from, [nov(2), today].into_iter());
        for (all, read) in all.into_iter().zip(read) {
            assert!((all - read).abs() < 0.001, "{schedule}: {all} {read}");
        }
    }
}

#[test]
fn a_strength_from_before_a_gap_is_not_worn_off_by_it() {
    let start = day("2024-01-01");
    let marks: Held = (0..546).map(|at| (plus(start, at), Mark::Done)).collect();
    let mut archived = habit(start, "daily");
    archived.archive(plus(start, 545));
    archived.unarchive(nov(1));
    let held = past(&archived, &marks, nov(23));
    assert!(!held.is_worn_off(day("2026-01-01"), nov(1)));
    assert!(held.is_worn_off(day("2025-01-01"), nov(1)));
    let resting = habit(start, "daily");
    let mut rests = marks.clone();
    rests.extend((546..1_035).map(|at| (plus(start, at), Mark::Rest)));
    let held = past(&resting, &rests, nov(23));
    assert!(!held.is_worn_off(day("2026-01-01"), nov(1)));
    assert!(held.is_worn_off(day("2025-01-01"), nov(1)));
    let young = habit(nov(1), "daily");
    let few = done(&[1, 2]);
    assert!(past(&young, &few, nov(23)).is_worn_off(nov(1), nov(2)), "there is nothing before");
}

#[test]
fn the_newest_recipe_has_its_own_days_alone() {
    let mut habit = habit(nov(2), "daily");
    let marks = done(&[2, 3, 5, 6, 7]);
    let newest = |habit: &Habit, first| past(habit, &marks, nov(9)).by_newest_recipe(first);
    let tally = |met, all| Tally { met, all };
    assert_eq!(newest(&habit, nov(1)), (0, tally(5, 7)));
    for (from, anchor) in [(nov(7), "wake up"), (nov(12), "go to bed")] {
        habit.recipes.set(from, Recipe { anchor: anchor.into(), ..Recipe::default() });
    }
    // The third is to come.
    assert_eq!(newest(&habit, nov(1)), (1, tally(1, 2)));
    assert_eq!(newest(&habit, nov(8)), (1, tally(0, 1)));
}

fn schedule() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "daily",
        "mon,wed,fri",
        "sun",
        "3/week",
        "7/week",
        "every 4 days",
        "every 40 days",
        "every 90 days",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn sums_agree_with_the_figures(
        schedule in schedule(),
        later in schedule(),
        created in 0..200_i64,
        turned in 0..200_i64,
        gap in (0..100_i64, 0..100_i64),
        said in proptest::collection::btree_map(0..260_i64, 0..4_u8, 0..200),
    ) {
        let start = day("2026-03-02");
        let mut habit = habit(plus(start, created), schedule);
        habit.schedules.set(plus(start, created + turned), later.parse().unwrap());
        // The archive day is at the earliest the one before the new schedule holds.
        let archived = plus(start, created + gap.0);
        if gap.1 > 0 {
            habit.archive(archived);
            habit.unarchive(plus(archived, gap.1));
        }
        habit.recipes.set(plus(start, created + 30), Recipe { anchor: "x".into(), ..Recipe::default() });
        let today = plus(start, 240);
        let marks: Held = said
            .into_iter()
            .map(|(at, kind)| (plus(start, at), if kind == 0 { Mark::Rest } else { Mark::Done }))
            .filter(|(on, mark)| *mark == Mark::Rest || *on <= today)
            .collect();
        let rules = Rules::default();
        let figures = Figures::new(&habit, &Checkpoint::default(), &marks, rules, today);
        let past = past(&habit, &marks, today);
        let stretch = Stretch::last_year(today, today, Weekday::Mon);
        let notes = BTreeMap::new();
        let told = Told { past, notes: &notes, best: &[], held_from: NaiveDate::MIN };
        let overview = Overview::of_one(&told, &stretch);
        // Everything lies within the last year, so all sums are the same.
        let mut sum = Tally::default();
        overview.months.iter().for_each(|(_, tally)| sum += *tally);
        prop_assert_eq!(sum, overview.rates[2]);
        prop_assert_eq!(sum.share(), rate(&habit, &marks, rules, figures.first_day, today, 365));
        let mut recipes = Tally::default();
        overview.recipes.iter().for_each(|recipe| recipes += recipe.tally);
        prop_assert_eq!(recipes, sum);
        // One habit among all says the same.
        let all = Overview::of_all(&[told], &stretch);
        prop_assert_eq!(&all.strength, &overview.strength);
        prop_assert_eq!(all.rates, overview.rates);
        if let [recipe] = all.recipes[..] {
            prop_assert_eq!(Some(&recipe), overview.recipes.iter().find(|each| each.version == recipe.version));
            prop_assert_eq!(recipe.version, habit.recipes.index_at(today));
        }
        let mut weekdays = Tally::default();
        overview.weekdays.iter().for_each(|tally| weekdays += *tally);
        if [schedule, later].iter().all(|each| ["daily", "mon,wed,fri", "sun"].contains(each)) {
            prop_assert_eq!(weekdays, sum);
        }
        let is_done = |what: &What| *what == What::Marked(Mark::Done);
        let in_log = overview.log.iter().filter(|entry| is_done(&entry.what)).count();
        prop_assert_eq!(in_log, figures.lifetime as usize);
        prop_assert_eq!(overview.streaks.first().map(|(_, streak)| *streak), figures.longest());
        let last = overview.strength.last().and_then(|(_, value)| *value);
        prop_assert_eq!(last.unwrap_or(0.0), figures.strength);
        // The strength of a week is what was seen when it ended.
        for (end, value) in overview.strength.iter().filter(|(end, _)| *end >= figures.first_day) {
            let then = Figures::new(&habit, &Checkpoint::default(), &marks, rules, *end);
            let difference = value.unwrap_or(0.0) - then.strength;
            if *end >= habit.created_on() {
                prop_assert!(difference.abs() < 1e-9, "{end}: {difference}");
            }
        }
    }
}
