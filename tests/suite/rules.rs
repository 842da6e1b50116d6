//! The rules of the product against the independent model, over habits that nobody planned.
//!
//! Owns the made-up histories and the comparison. The rules themselves are told in [`model`].

use std::{cell::RefCell, collections::BTreeMap, fmt};

use chrono::{Days, NaiveDate, Weekday};
use inch::domain::{
    checkpoint::{Checkpoint, boundary},
    day::{Rules, StreakRule, plus},
    figures::{Ask, Figures, rate, rate_reads_from, streaks},
    habit::{Habit, Mark, Recipe},
    ids::{HabitId, IdSource},
    outlook::Outlook,
    schedule::{Schedule, WEEK, Weekdays},
    streak::{Streak, Unit},
    version::Versions,
    window::{self, Outcome},
};
use proptest::{
    prelude::*,
    test_runner::{TestError, TestRunner},
};

use crate::model::{self, Kind, Model, Run, Window};

type Marks = BTreeMap<NaiveDate, Mark>;

/// What a person may do to a schedule.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Set(Schedule),
    Archive,
    Unarchive,
}

/// A habit's whole life, told twice: as `inch` keeps it and as the model does.
#[derive(Clone)]
struct Life {
    habit: Habit,
    model: Model,
    rules: Rules,
    edits: Vec<(NaiveDate, Edit)>,
}

impl fmt::Debug for Life {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Model { versions, marks, today, .. } = &self.model;
        let Rules { week_starts_on, streaks } = self.rules;
        writeln!(f, "today {today}, weeks from {week_starts_on}, {streaks:?}")?;
        for (from, schedule) in versions {
            writeln!(f, "  from {} {from}: {schedule}", from.format("%a"))?;
        }
        writeln!(f, "  after the edits {:?}", self.edits)?;
        for (day, mark) in marks {
            write!(f, "  {} {day} {}", day.format("%a"), mark.word())?;
        }
        Ok(())
    }
}

impl Life {
    fn new(created: NaiveDate, schedule: Schedule, rules: Rules, today: NaiveDate) -> Self {
        Self {
            habit: Habit {
                id: HabitId(IdSource::new(1, 1).next_uuid()),
                name: "Read".into(),
                topic: None,
                position: 0,
                schedules: Versions::new(created, schedule),
                recipes: Versions::new(created, Recipe::default()),
                seconds: 10,
                is_review: false,
                is_deleted: false,
            },
            model: Model {
                versions: vec![(created, schedule)],
                marks: BTreeMap::new(),
                week_starts_on: rules.week_starts_on,
                is_two_day: rules.streaks == StreakRule::TwoDay,
                today,
            },
            rules,
            edits: Vec::new(),
        }
    }

    fn edit(&mut self, day: NaiveDate, edit: Edit) {
        match edit {
            Edit::Set(schedule) => {
                self.habit.schedules.set(day, schedule);
                self.model.edit(day, schedule);
            }
            Edit::Archive => {
                self.habit.archive(day);
                self.model.archive(day);
            }
            Edit::Unarchive => {
                self.habit.unarchive(day);
                self.model.unarchive(day);
            }
        }
        self.edits.push((day, edit));
    }

    fn today(&self) -> NaiveDate {
        self.model.today
    }

    fn marks(&self) -> &Marks {
        &self.model.marks
    }

    fn figures(&self) -> Figures {
        Figures::new(&self.habit, &Checkpoint::default(), self.marks(), self.rules, self.today())
    }

    fn streaks(&self) -> Vec<Streak> {
        streaks(&self.habit, self.marks(), self.rules, self.today())
    }

    fn rate(&self, days: u16) -> Option<f64> {
        let first_day = self.model.first_day();
        rate(&self.habit, self.marks(), self.rules, first_day, self.today(), days)
    }
}

fn day(text: &str) -> NaiveDate {
    inch::domain::day::parse_iso(text).unwrap()
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let weekdays = (1_u32..128).prop_map(|bits| {
        let chosen = WEEK.into_iter().filter(|day| bits & (1 << day.num_days_from_monday()) != 0);
        Schedule::Weekdays(Weekdays::new(chosen).unwrap())
    });
    prop_oneof![
        2 => Just(Schedule::Daily),
        4 => (1_u8..=7).prop_map(Schedule::PerWeek),
        2 => weekdays,
        2 => (2_u16..=9).prop_map(Schedule::Every),
        1 => (2_u16..=365).prop_map(Schedule::Every),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => schedule().prop_map(Edit::Set),
        1 => Just(Edit::Archive),
        1 => Just(Edit::Unarchive),
    ]
}

fn rules() -> impl Strategy<Value = Rules> {
    let week_starts_on = prop_oneof![
        2 => Just(Weekday::Mon),
        2 => Just(Weekday::Sun),
        1 => Just(Weekday::Sat),
        1 => proptest::sample::select(WEEK.to_vec()),
    ];
    let streaks = prop_oneof![Just(StreakRule::Strict), Just(StreakRule::TwoDay)];
    (week_starts_on, streaks)
        .prop_map(|(week_starts_on, streaks)| Rules { week_starts_on, streaks })
}

/// Lives of up to `span` days: edits mostly close to each other, marks from rare to nearly daily.
fn lives(span: i64) -> impl Strategy<Value = Life> {
    let step = prop_oneof![
        4 => 0_i64..4,
        2 => 4..span / 3,
        1 => -3_i64..0,
    ];
    // Often on the last days, where things are pending; now and then long before or after.
    let today = prop_oneof![3 => span * 2 / 3..span, 1 => 0..span + 20];
    let created = prop_oneof![2 => 3..span / 3, 1 => 3..span - 3];
    let first_done = prop_oneof![2 => Just(0), 1 => 0..span];
    (
        (created, schedule(), rules(), today, first_done),
        prop::collection::vec((step, edit()), 0..7),
        0_u16..=12,
        prop::collection::vec(any::<u8>(), usize::try_from(span).unwrap()),
    )
        .prop_map(|((created, schedule, rules, today, first_done), edits, density, noise)| {
            let base = day("2025-12-04");
            let mut life = Life::new(plus(base, created), schedule, rules, plus(base, today));
            let mut at = created;
            for (step, edit) in edits {
                at += step;
                life.edit(plus(base, at), edit);
            }
            for (at, noise) in (0..).zip(noise) {
                // High noise is done, a narrow band is rest, and shrinking leaves no mark.
                let mark = if u16::from(noise) > 256 - density * 20 && at >= first_done {
                    Mark::Done
                } else if (1..14).contains(&noise) {
                    Mark::Rest
                } else {
                    continue;
                };
                life.model.marks.insert(plus(base, at), mark);
            }
            life
        })
}

/// Runs `law` over many lives and returns how often each named case came up.
fn over_many_lives(
    span: i64,
    law: impl Fn(&Life, &mut Tally) -> Result<(), TestCaseError>,
) -> Tally {
    let mut config = ProptestConfig::default();
    config.cases = config.cases.max(2_000);
    config.failure_persistence = None;
    let tally = RefCell::new(Tally::default());
    let outcome =
        TestRunner::new(config).run(&lives(span), |life| law(&life, &mut tally.borrow_mut()));
    match outcome {
        Ok(()) => tally.into_inner(),
        Err(TestError::Fail(reason, life)) => panic!("{reason}\nminimal life: {life:?}"),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

/// How many lives showed each case.
#[derive(Debug, Default)]
struct Tally(BTreeMap<&'static str, u32>);

impl Tally {
    fn count(&mut self, case: &'static str, is_there: bool) {
        *self.0.entry(case).or_default() += u32::from(is_there);
    }

    /// A generator that misses what it is for makes every law above it empty.
    fn expect_each(&self, at_least: u32) {
        for (case, count) in &self.0 {
            assert!(*count >= at_least, "only {count} lives with {case}: {:?}", self.0);
        }
    }
}

fn outcome(of: model::Outcome) -> Outcome {
    match of {
        model::Outcome::Rested => Outcome::Rested,
        model::Outcome::Met => Outcome::Met,
        model::Outcome::Pending => Outcome::Pending,
        model::Outcome::Blank => Outcome::Blank,
        model::Outcome::Missed => Outcome::Missed,
    }
}

fn streak(run: Run) -> Streak {
    let unit = match run.unit {
        "days" => Unit::Days,
        "weeks" => Unit::Weeks,
        _ => Unit::Times,
    };
    Streak { length: run.length, first: run.first, last: run.last, unit }
}

fn is_close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

fn tally_windows(life: &Life, judged: &[(Window, model::Outcome)], tally: &mut Tally) {
    let model = &life.model;
    let any = |is: &dyn Fn(&Window, model::Outcome) -> bool| {
        judged.iter().any(|(window, outcome)| is(window, *outcome))
    };
    let created = model.created_on();
    tally.count("joined weeks", any(&|window, _| window.versions > 1));
    tally
        .count("joined weeks that are cut", any(&|window, _| window.versions > 1 && window.is_cut));
    tally.count("cut windows", any(&|window, _| window.is_cut));
    tally.count(
        "cut windows met with less than the own quota",
        any(&|window, outcome| {
            window.is_cut
                && outcome == model::Outcome::Met
                && model.done_days(window) < window.own_quota
        }),
    );
    tally.count(
        "a creation window with done days before it",
        any(&|window, _| {
            window.counted.len() < window.days.len()
                && window
                    .days
                    .iter()
                    .any(|day| *day < created && model.mark(*day) == Some(Mark::Done))
        }),
    );
    tally.count(
        "unmet archive days",
        any(&|window, outcome| {
            window.is_archive_end && !window.is_cut && outcome == model::Outcome::Rested
        }),
    );
    tally.count("blank windows", any(&|_, outcome| outcome == model::Outcome::Blank));
    tally.count(
        "windows missed in part",
        any(&|window, outcome| outcome == model::Outcome::Missed && model.done_days(window) > 0),
    );
    tally.count(
        "open windows already met",
        any(&|window, outcome| {
            outcome == model::Outcome::Met && window.days[window.days.len() - 1] > model.today
        }),
    );
    tally.count(
        "quotas lowered by rest",
        any(&|window, _| !window.is_cut && model.quota(window) < window.own_quota),
    );
    let held =
        |range: std::ops::Range<usize>| range.into_iter().any(|at| model.is_held(judged, at));
    let newest = judged.len().saturating_sub(2);
    tally.count("two-day held misses", held(0..judged.len()));
    tally.count("two-day held misses at the end", held(newest..judged.len()));
    tally.count(
        "two-day misses not held",
        model.is_two_day
            && (0..judged.len())
                .any(|at| judged[at].1 == model::Outcome::Missed && !model.is_held(judged, at)),
    );
    tally.count("today before creation", model.today < created);
    tally.count("marks after today", model.marks.keys().any(|day| *day > model.today));
    tally.count("a gap of none", {
        let is_none = |(_, schedule): &(NaiveDate, Schedule)| *schedule == Schedule::None;
        model.versions.iter().rev().skip(1).any(is_none)
    });
    for (case, kind) in [
        ("daily windows met", Kind::Daily),
        ("weekday windows met", Kind::Weekdays),
        ("weekly windows met", Kind::PerWeek),
        ("blocks met", Kind::Every),
    ] {
        let is_met = |window: &Window, outcome: model::Outcome| {
            window.kind == kind && outcome == model::Outcome::Met
        };
        tally.count(case, any(&is_met));
    }
}

#[test]
fn versions_are_those_of_the_model_after_any_edits() {
    over_many_lives(60, |life, _| {
        let versions: Vec<_> =
            life.habit.schedules.as_slice().iter().map(|v| (v.from, v.value)).collect();
        prop_assert_eq!(versions, life.model.versions.clone());
        prop_assert_eq!(life.habit.created_on(), life.model.created_on());
        prop_assert_eq!(life.habit.archived_on(), life.model.archived_on());
        Ok(())
    });
}

#[test]
fn streaks_strength_and_rates_are_those_of_the_model() {
    let tally = over_many_lives(90, |life, tally| {
        let model = &life.model;
        tally_windows(life, &model.judged(), tally);

        let figures = life.figures();
        let current = model.current().map(streak);
        prop_assert_eq!(figures.current_streak, current.map_or(0, |streak| streak.length));
        if let Some(current) = current {
            prop_assert_eq!(figures.unit, current.unit);
        }
        prop_assert_eq!(figures.missed_in_a_row, missed_in_a_row(&model.judged()));
        prop_assert_eq!(figures.first_day, model.first_day());
        prop_assert_eq!(figures.lifetime, model.lifetime());
        prop_assert!(
            is_close(figures.strength, model.strength()),
            "strength {} is {} in the model",
            figures.strength,
            model.strength()
        );

        let all: Vec<_> = model.streaks().into_iter().map(streak).collect();
        prop_assert_eq!(&life.streaks(), &all);
        prop_assert_eq!(figures.longest(), model.longest().map(streak));
        let mut best = all;
        best.reverse();
        best.sort_by_key(|streak| std::cmp::Reverse(streak.length));
        best.truncate(5);
        prop_assert_eq!(figures.best, best);

        for days in [7, 30, 365] {
            let expected =
                model.rate(days).map(|(met, missed)| f64::from(met) / f64::from(met + missed));
            prop_assert_eq!(life.rate(days), expected, "the rate over {} days", days);
            let reads_from = rate_reads_from(&life.habit, life.rules, life.today(), days);
            let read: Marks = model.marks.range(reads_from..).map(|(d, m)| (*d, *m)).collect();
            let (first_day, today) = (model.first_day(), life.today());
            prop_assert_eq!(
                rate(&life.habit, &read, life.rules, first_day, today, days),
                expected,
                "the rate over {} days from the marks it says it reads",
                days
            );
        }
        Ok(())
    });
    tally.expect_each(20);
}

#[test]
fn what_is_asked_on_any_day_is_what_the_model_says() {
    let tally = over_many_lives(45, |life, tally| {
        let model = &life.model;
        let first_day = model.first_day();
        for on in day("2025-11-25").iter_days().take(75) {
            let ask = Ask::on(on, &life.habit, life.marks(), life.rules, first_day, life.today());
            let is_due = model.is_due(on);
            prop_assert_eq!(ask.is_due, is_due, "due on {}", on);
            let window = model.window_on(on);
            prop_assert_eq!(
                ask.window.map(|judged| (judged.quota, judged.done, judged.outcome)),
                window.as_ref().map(|window| (
                    model.quota(window),
                    model.done_days(window),
                    outcome(model.outcome(window))
                )),
                "the quota, done days and outcome of the window on {}",
                on
            );
            prop_assert_eq!(
                ask.window.map(|judged| (judged.window.start, judged.window.end)),
                window.as_ref().map(|window| (window.days[0], window.days[window.days.len() - 1])),
            );
            // What was said is shown on later days too; only the rules do not look at it yet.
            prop_assert_eq!(ask.mark, life.marks().get(&on).copied());
            let is_done = ask.mark == Some(Mark::Done);
            prop_assert_eq!(ask.is_finished(), is_due && is_done);
            // On a past day, days after it may have done what was asked.
            let is_met = ask.window.is_some_and(|judged| judged.outcome == Outcome::Met);
            let is_said = ask.mark.is_some();
            prop_assert_eq!(ask.is_unfinished(), is_due && !is_said && !is_met);
        }
        let is_rest = |day: &NaiveDate| model.marks[day] == Mark::Rest;
        tally.count(
            "rest planned after today in its window",
            model.window_on(life.today()).is_some_and(|window| {
                let mut later = window.days.iter().filter(|day| **day > life.today());
                later.any(|day| model.marks.contains_key(day) && is_rest(day))
            }),
        );
        tally.count("due today", model.is_due(life.today()));
        tally.count(
            "no longer due today",
            model.window_on(life.today()).is_some() && !model.is_due(life.today()),
        );
        Ok(())
    });
    tally.expect_each(20);
}

#[test]
fn a_checkpoint_at_any_earlier_time_gives_the_figures_of_the_full_fold() {
    let tally = over_many_lives(400, |life, tally| {
        let full = life.figures();
        let mut checkpoint = Checkpoint::default();
        let mut ended = Vec::new();
        for days_ago in [150, 33, 0] {
            let then = life.today() - Days::new(days_ago);
            let live: Marks =
                life.marks().range(checkpoint.resume..).map(|(d, m)| (*d, *m)).collect();
            let until = Some(boundary(then));
            let keep = |streak| ended.push(streak);
            checkpoint = checkpoint.advance(&life.habit, &live, life.rules, then, until, keep);
            prop_assert!(checkpoint.resume <= boundary(then), "nothing beyond the boundary");
            prop_assert!(checkpoint.is_before(life.today()));
            let earlier = Some(boundary(then - Days::new(100)));
            let again = checkpoint.advance(&life.habit, &live, life.rules, then, earlier, |_| {});
            prop_assert_eq!(&again, &checkpoint, "an earlier boundary takes nothing back");
            tally.count(
                "a window across the boundary",
                checkpoint.resume != NaiveDate::MIN && checkpoint.resume < boundary(then),
            );
            tally.count("done days in the checkpoint", checkpoint.fold.lifetime > 0);
        }
        let live: Marks = life.marks().range(checkpoint.resume..).map(|(d, m)| (*d, *m)).collect();
        let continued = Figures::new(&life.habit, &checkpoint, &live, life.rules, life.today());
        let outlook =
            |figures, marks| Outlook::new(&life.habit, marks, life.rules, figures, life.today());
        let all = outlook(&full, life.marks());
        prop_assert_eq!(outlook(&continued, &live), all, "whatever days are held");
        tally.count("missed in a row", all.missed_in_a_row > 0);
        prop_assert_eq!(continued, full);

        let keep = |streak| ended.push(streak);
        let today = life.today();
        let end = checkpoint.advance(&life.habit, &live, life.rules, today, None, keep);
        ended.extend(end.fold.run.current());
        prop_assert_eq!(ended, life.streaks());
        Ok(())
    });
    tally.expect_each(50);
}

/// The newest windows that were missed, rested and pending ones aside.
fn missed_in_a_row(judged: &[(Window, model::Outcome)]) -> u32 {
    let over = judged.iter().rev().filter(|(_, outcome)| {
        !matches!(outcome, model::Outcome::Rested | model::Outcome::Pending)
    });
    let missed = over.take_while(|(_, outcome)| *outcome == model::Outcome::Missed);
    u32::try_from(missed.count()).unwrap()
}

#[test]
fn a_streak_goes_on_when_it_is_kept_by_the_last_day_and_not_when_that_is_left() {
    let tally = over_many_lives(150, |life, tally| {
        let figures = life.figures();
        let mut idle = life.clone();
        // What is planned for later days is not looked at, so that it may turn out otherwise.
        idle.model.marks.retain(|day, _| *day <= life.today());
        let outlook = Outlook::new(&life.habit, idle.marks(), life.rules, &figures, life.today());
        let Some(last) = outlook.keep_by else { return Ok(()) };
        let window =
            window::Window::holding(last, &life.habit.schedules, life.rules.week_starts_on);
        let end = window.unwrap().end;
        let mut kept = idle.clone();
        kept.model
            .marks
            .extend(last.iter_days().map_while(|on| (on <= end).then_some((on, Mark::Done))));
        for later in [&mut idle, &mut kept] {
            later.model.today = plus(end, 1);
        }
        prop_assert_eq!(idle.figures().current_streak, 0, "left after {}", last);
        prop_assert!(kept.figures().current_streak > 0, "kept on {}", last);
        let rule = life.rules.streaks;
        let has_miss = figures.missed_in_a_row > 0;
        tally.count("strict", rule == StreakRule::Strict);
        tally.count("two-day", rule == StreakRule::TwoDay && !has_miss);
        tally.count("two-day, a miss passed over", rule == StreakRule::TwoDay && has_miss);
        tally.count("at risk", outlook.is_at_risk);
        Ok(())
    });
    tally.expect_each(10);
}

#[test]
fn filling_in_a_forgotten_day_never_lowers_a_figure() {
    let tally = over_many_lives(70, |life, tally| {
        let before = life.figures();
        let longest = |figures: &Figures| figures.longest().map_or(0, |streak| streak.length);
        let rates = [7, 30, 365].map(|days| life.rate(days));
        let open = day("2025-12-01").iter_days().take_while(|day| *day <= life.today());
        for on in open.filter(|day| life.marks().get(day) != Some(&Mark::Done)) {
            let mut filled = life.clone();
            filled.model.marks.insert(on, Mark::Done);
            let after = filled.figures();
            prop_assert!(after.current_streak >= before.current_streak, "streak, by {}", on);
            prop_assert!(longest(&after) >= longest(&before), "longest streak, by {}", on);
            prop_assert!(after.strength >= before.strength - 1e-12, "strength, by {}", on);
            prop_assert!((0.0..=1.0).contains(&after.strength));
            prop_assert_eq!(after.lifetime, before.lifetime + 1);
            for (days, before) in [7, 30, 365].into_iter().zip(rates) {
                // No rate at all is less than any.
                prop_assert!(filled.rate(days) >= before, "rate over {} days, by {}", days, on);
            }
            tally.count("a longer streak", after.current_streak > before.current_streak);
            tally.count("an earlier first day", after.first_day < before.first_day);
            tally.count("a rest day filled in", life.marks().contains_key(&on));
            tally.count("the same strength", is_close(after.strength, before.strength));
        }
        Ok(())
    });
    tally.expect_each(50);
}

#[test]
fn strength_has_the_worked_figures_of_the_product_in_both_tellings() {
    for (perfect, days, percent) in [(30, 30, 79.8), (66, 66, 97.0), (66, 68, 92.0)] {
        let created = day("2026-01-01");
        let today = plus(created, days - 1);
        let mut life = Life::new(created, Schedule::Daily, Rules::default(), today);
        life.model.marks = created.iter_days().take(perfect).map(|d| (d, Mark::Done)).collect();
        for strength in [life.figures().strength, life.model.strength()] {
            assert!(is_close((strength * 1000.0).round() / 10.0, percent), "{strength}");
        }
    }
}

#[test]
fn a_checkpoint_keeps_the_whole_week_of_the_first_done_day() {
    // 1 December 2026 is a Tuesday: the boundary cuts the week of the first done day in two.
    let rules = Rules::default();
    let mut week = Life::new(day("2026-12-10"), Schedule::PerWeek(7), rules, day("2027-01-10"));
    week.model.marks.insert(day("2026-11-30"), Mark::Rest);
    week.model.marks.extend(day("2026-12-01").iter_days().take(6).map(|d| (d, Mark::Done)));
    assert_eq!(week.model.longest().map(|run| run.length), Some(1));

    let today = week.today();
    let until = Some(boundary(today));
    let checkpoint =
        Checkpoint::default().advance(&week.habit, week.marks(), rules, today, until, |_| {});
    let live: Marks = week.marks().range(checkpoint.resume..).map(|(d, m)| (*d, *m)).collect();
    let continued = Figures::new(&week.habit, &checkpoint, &live, rules, today);
    assert_eq!(continued, week.figures());
}
