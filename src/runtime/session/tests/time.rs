//! Days as they are lived: through gaps and folds, over borders and the date line, through sleep,
//! and with clocks that are set.

use std::collections::BTreeMap;

use chrono_tz::{
    America::{Havana, Los_Angeles, New_York},
    Asia::Tokyo,
    Australia::Lord_Howe,
    Europe::Berlin,
    Pacific::{Apia, Auckland, Honolulu, Kiritimati},
    Tz,
};

use super::*;
use crate::{
    clock::{
        Now,
        fake::{self, utc},
    },
    domain::day::{FIRST, StreakRule, plus},
};

const SECOND: TimeDelta = TimeDelta::seconds(1);

/// A person with one habit who leaves the app open.
struct Life {
    session: Session,
    file: File,
    /// Every day that the screen has shown, in that order.
    shown: Vec<NaiveDate>,
    /// The days that were ticked, as the screen showed them.
    ticked: BTreeSet<NaiveDate>,
}

impl Life {
    fn new(zone: Tz, at: &str, day_starts_at: NaiveTime) -> Self {
        fake::travel(zone);
        fake::set(utc(at));
        let clock = Clock { source: fake::SOURCE, ..Clock::new(day_starts_at) };
        let today = clock.now().today;
        let file = File::since(1, plus(today, -9));
        let session = open_with(&file.path(), Config::default(), clock);
        Self { session, file, shown: vec![today], ticked: BTreeSet::new() }
    }

    fn now(&self) -> Now {
        self.session.hands.clock.now()
    }

    /// Wakes at an instant, and holds the screen against the clock.
    fn wake(&mut self, at: DateTime<Utc>) {
        fake::set(at);
        let before = self.session.model.today;
        self.session.wake(false);
        let is_new_day = self.session.drawn_on != self.session.model.today;
        // The frame.
        self.session.take_changed();
        let model = &self.session.model;
        assert_eq!((model.today, model.until), (self.now().today, self.now().until), "{at}");
        assert_eq!(is_new_day, model.today != before, "{at}");
        if is_new_day {
            assert_eq!(model.day, model.today, "the screen goes along");
            self.shown.push(model.today);
        }
        assert!(self.session.deadline(false).unwrap().at > at, "a deadline lies ahead");
    }

    /// The deadline, held against the clock: nothing it tells is another before then.
    fn deadline(&mut self) -> DateTime<Utc> {
        let now = self.now();
        let deadline = self.session.deadline(false).unwrap().at;
        assert!(deadline > now.at.to_utc());
        let told = |now: Now| (now.today, now.until);
        fake::set(deadline - SECOND);
        assert_eq!(told(self.now()), told(now), "not too late: {deadline}");
        fake::set(now.at.to_utc());
        deadline
    }

    /// Sleeps until then.
    fn sleep(&mut self) {
        let deadline = self.deadline();
        self.wake(deadline);
    }

    /// Ticks the day on the screen, once.
    fn tick(&mut self) {
        let day = self.session.model.day;
        if self.ticked.insert(day) {
            press(&mut self.session, ' ');
            // What is celebrated is not what is looked at here.
            self.session.effects = Effects::new(crate::config::Motion::None, &self.session.theme);
        }
    }

    /// Every tick is where the screen showed it: on the disk, and for another program.
    fn check(&self) {
        let mut store = Store::open(&self.file.path(), OPTIONS).unwrap();
        let habit = self.file.habits[0];
        let on_disk = store.track(habit, FIRST, self.session.model.today).unwrap().marks;
        assert_eq!(on_disk.keys().copied().collect::<BTreeSet<_>>(), self.ticked);
        let in_memory = &self.session.model.workspace.tracks[&habit];
        let held: BTreeMap<_, _> = on_disk.range(in_memory.held_from..).collect();
        assert_eq!(in_memory.marks.iter().collect::<BTreeMap<_, _>>(), held);
    }
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn day(text: &str) -> NaiveDate {
    crate::domain::day::parse_iso(text).unwrap()
}

/// Nights in which clocks are moved: where, from when on, and the date that the calendar skips there.
/// Where days begin after midnight, even that one is lived for as long as midnight is away.
const NIGHTS: [(Tz, &str, Option<&str>); 12] = [
    (Havana, "2026-03-07 12:00:00", None),
    (Havana, "2026-10-31 12:00:00", None),
    (Apia, "2011-12-29 12:00:00", Some("2011-12-30")),
    (Apia, "2026-11-23 12:00:00", None),
    (Kiritimati, "1994-12-30 12:00:00", Some("1994-12-31")),
    (Kiritimati, "2026-11-23 12:00:00", None),
    (Lord_Howe, "2026-04-04 03:00:00", None),
    (Lord_Howe, "2026-10-03 03:00:00", None),
    (New_York, "2026-03-07 15:00:00", None),
    (New_York, "2026-10-31 15:00:00", None),
    (Berlin, "2026-03-28 12:00:00", None),
    (Berlin, "2026-10-24 12:00:00", None),
];

/// Rollovers before, inside and after the hours that are skipped or come twice.
const ROLLOVERS: [&str; 7] = ["00:00", "00:30", "01:45", "02:00", "02:30", "04:00", "23:30"];

fn in_every_night(spend: impl Fn(&mut Life)) {
    for (zone, from, skipped) in NIGHTS {
        for starts in ROLLOVERS {
            let skipped = skipped.filter(|_| starts == "00:00").map(day);
            let mut life = Life::new(zone, from, time(starts));
            spend(&mut life);
            life.check();
            let what = format!("{zone} from {from}, days from {starts}: {:?}", life.shown);
            assert!(life.shown.len() >= 3, "{what}");
            for pair in life.shown.windows(2) {
                let next = plus(pair[0], 1);
                let next = if Some(next) == skipped { plus(next, 1) } else { next };
                assert_eq!(pair[1], next, "{what}");
            }
        }
    }
}

#[test]
fn asleep_until_each_change_no_day_comes_twice_or_never() {
    in_every_night(|life| {
        let end = life.now().at.to_utc() + TimeDelta::hours(66);
        while life.now().at.to_utc() < end {
            life.tick();
            life.sleep();
        }
    });
}

#[test]
fn awake_every_few_minutes_no_day_comes_twice_or_never() {
    in_every_night(|life| {
        let start = life.now().at.to_utc();
        for minutes in (3..=66 * 60).step_by(3) {
            let deadline = life.session.deadline(false).unwrap().at;
            let shown = life.shown.len();
            let at = start + TimeDelta::minutes(minutes);
            life.wake(at);
            assert!(life.shown.len() == shown || deadline <= at, "the deadline was too late: {at}");
            if minutes % 97 == 0 {
                life.tick();
            }
        }
    });
}

#[test]
fn a_traveller_has_the_day_of_the_place_and_keeps_what_was_ticked() {
    let mut life = Life::new(Berlin, "2026-11-23 18:00:00", time("04:00"));
    // Each flight with its hours; the clock of the machine follows at the next key.
    for (zone, hours) in [
        (Tokyo, 12),
        (Auckland, 11),
        // Over the date line, a day back, and over it again.
        (Honolulu, 9),
        (Los_Angeles, 5),
        (Honolulu, 6),
        (Kiritimati, 3),
        (Apia, 2),
        (New_York, 16),
        (Berlin, 8),
    ] {
        life.tick();
        fake::travel(zone);
        let landed = life.now().at.to_utc() + TimeDelta::hours(hours);
        life.wake(landed);
        let local = life.now().at.naive_local() - TimeDelta::hours(4);
        assert_eq!(life.session.model.today, local.date(), "{zone}");
        life.tick();
        life.check();
        life.deadline();
    }
    let back = life.shown.windows(2).filter(|pair| pair[1] == plus(pair[0], -1)).count();
    assert_eq!(back, 1, "over the date line it is the day before: {:?}", life.shown);
}

#[test]
fn another_zone_with_the_same_day_has_its_own_rollover() {
    let mut life = Life::new(Berlin, "2026-11-23 12:00:00", time("04:00"));
    let before = life.session.deadline(false).unwrap().at;
    fake::travel(New_York);
    life.wake(utc("2026-11-23 12:00:01"));
    let after = life.session.deadline(false).unwrap().at;
    assert_eq!((before, after), (utc("2026-11-23 23:00:00"), utc("2026-11-24 05:00:00")));
}

#[test]
fn a_clock_that_is_set_back_shows_its_day_and_loses_nothing() {
    for back in [TimeDelta::hours(1), TimeDelta::hours(9), TimeDelta::days(3)] {
        let mut life = Life::new(New_York, "2026-11-20 20:00:00", time("04:00"));
        for _ in 0..4 {
            life.tick();
            life.sleep();
        }
        let at = life.now().at.to_utc();
        let before = life.session.model.today;
        life.wake(at - back);
        assert!(life.session.model.today <= before);
        life.tick();
        life.check();
        for _ in 0..8 {
            life.sleep();
            life.tick();
        }
        life.check();
        life.wake(at + TimeDelta::days(9));
        life.check();
    }
}

#[test]
fn whoever_sleeps_for_hours_or_days_wakes_on_the_right_day() {
    for (hours, days) in [(2, 0), (9, 1), (24 * 5, 5), (24 * 400, 400)] {
        let mut life = Life::new(Berlin, "2026-11-23 20:00:00", time("04:00"));
        life.tick();
        let woken = utc("2026-11-23 20:00:00") + TimeDelta::hours(hours);
        // Nothing was woken for on the way; the first thing that happens is that the time is read.
        life.wake(woken);
        assert_eq!(life.session.model.day, plus(day("2026-11-23"), days));
        life.tick();
        life.check();
    }
}

#[test]
fn a_far_clock_is_no_reason_to_fail() {
    let mut life = Life::new(Apia, "2026-11-23 12:00:00", time("04:00"));
    for at in ["1970-01-01 00:00:00", "2038-01-19 03:14:08", "2200-12-31 23:59:59"] {
        life.wake(utc(at));
        for _ in 0..4 {
            life.sleep();
        }
    }
    life.wake(utc("2026-11-24 12:00:00"));
    life.tick();
    life.check();
}

/// A screen of yesterday that nobody has drawn since.
fn overslept(then: impl FnOnce(&mut Session)) -> Life {
    let mut life = Life::new(Berlin, "2026-11-23 20:00:00", time("04:00"));
    then(&mut life.session);
    life.session.take_changed();
    fake::set(utc("2026-11-24 07:00:00"));
    life.session.wake(false);
    life
}

fn enter(session: &mut Session) {
    session.hear(Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
}

fn type_in(session: &mut Session, text: &str) {
    text.chars().for_each(|letter| press(session, letter));
}

#[test]
fn no_key_reaches_a_day_before_it_is_on_the_screen() {
    let mut life = overslept(|_| ());
    press(&mut life.session, ' ');
    life.check();
    // As after a stop, which wakes it a second time.
    life.session.wake(true);
    press(&mut life.session, ' ');
    life.check();
    assert!(life.session.take_changed(), "now it is drawn");
    life.tick();
    life.check();
    assert_eq!(life.ticked, [day("2026-11-24")].into());
}

#[test]
fn what_was_chosen_in_the_palette_for_yesterday_is_not_done_today() {
    let mut life = overslept(|session| type_in(session, ":tick"));
    enter(&mut life.session);
    life.check();
    assert!(matches!(life.session.model.overlay, Some(Overlay::Palette(_))));
    life.session.take_changed();
    enter(&mut life.session);
    assert!(life.session.model.overlay.is_none());
    life.ticked.insert(day("2026-11-24"));
    life.check();
}

#[test]
fn a_note_begun_yesterday_is_typed_on_and_stays_there() {
    let mut life = overslept(|session| type_in(session, "nlate"));
    type_in(&mut life.session, "r");
    enter(&mut life.session);
    let mut store = Store::open(&life.file.path(), OPTIONS).unwrap();
    let notes = store.track(life.file.habits[0], FIRST, day("2026-11-24")).unwrap().notes;
    assert_eq!(notes, [(day("2026-11-23"), "later".to_owned())].into());
    // It is closed, and below it is a day that nobody has seen.
    press(&mut life.session, ' ');
    life.check();
}

#[test]
fn new_rules_are_said_at_one_start_and_stored() {
    fake::travel(Berlin);
    fake::set(utc("2026-11-23 12:00:00"));
    let file = File::since(1, day("2026-01-01"));
    let start = |streaks, clock| {
        let config = Config { streaks, ..Config::default() };
        let mut session = open_with(&file.path(), config, clock);
        let notice = session.model.notice.clone().map(|notice| notice.text);
        session.settle();
        notice
    };
    let real = Clock { source: fake::SOURCE, ..Clock::new(time("04:00")) };
    let pretending = Clock { pretended: Some(today()), ..real };
    let said = || Some(NEW_RULES.to_owned());
    assert_eq!(start(StreakRule::Strict, real), None, "nothing was remembered before");
    assert_eq!(start(StreakRule::TwoDay, pretending), None, "nothing is stored");
    assert_eq!(start(StreakRule::TwoDay, real), said());
    assert_eq!(start(StreakRule::TwoDay, real), None, "once");
    assert_eq!(start(StreakRule::Strict, real), said());
}
