//! The history as somebody uses it: forgotten days, other years, all habits together, and what
//! happens meanwhile.

use inch::{
    app::{
        Message, Pane,
        history::View,
        mouse::{Mouse, Target},
    },
    config::Config,
    domain::{
        change::Change,
        day::{parse_iso, plus},
        habit::{Mark, Recipe},
        ids::{IdSource, SessionId},
        session::Session,
    },
    ui::{shape, theme::Theme},
};
use ratatui::layout::Position;

use crate::fixture::{Memory, Person, add_habit, beginner, learner, nobody, student, today};

fn person(memory: Memory) -> Person {
    Person::new(memory, Config::default(), 120, 40)
}

fn notice(person: &Person) -> &str {
    person.model.notice.as_ref().map_or("", |notice| &notice.text)
}

/// What the disk holds of the shown habit's day.
fn stored(person: &Person) -> Option<Mark> {
    let history = &person.model.history;
    let workspace = person.memory.workspace();
    workspace.tracks[&history.habit.unwrap()].marks.get(&history.cursor).copied()
}

#[test]
fn a_forgotten_day_of_another_year_is_filled_in_and_taken_back() {
    let mut person = person(learner());
    person.press("z pgup");
    assert_eq!(person.model.history.cursor, parse_iso("2025-11-23").unwrap());
    assert_eq!(person.model.history.year, Some(2025));
    let id = person.model.history.habit.unwrap();
    let lifetime = person.model.figures[&id].lifetime;
    assert_eq!(stored(&person), None);
    person.press("space");
    assert_eq!(stored(&person), Some(Mark::Done));
    assert_eq!(person.model.figures[&id].lifetime, lifetime + 1);
    let (place, is_there) = person.model.history.place_in_log();
    let entry = person.model.history.overview.log[place];
    assert!(is_there && matches!(entry.what, inch::domain::history::log::What::Marked(_)));
    assert_eq!(person.model.day, today(), "Today stays where it was");
    person.press("u");
    assert_eq!((stored(&person), person.model.figures[&id].lifetime), (None, lifetime));
    person.press("r n \"ill ctrl-s");
    assert_eq!(stored(&person), Some(Mark::Rest));
    assert_eq!(person.model.history.pages.note(id, person.model.history.cursor), Some("ill"));
    person.press("s k k enter");
    assert_eq!(stored(&person), Some(Mark::Done), "the menu is about the cursor's day");
}

#[test]
fn a_day_before_the_creation_day_moves_the_first_day() {
    let mut person = person(beginner());
    person.press("z h h space");
    let id = person.model.history.habit.unwrap();
    assert_eq!(person.model.figures[&id].first_day, plus(today(), -14));
    assert_eq!(person.model.history.overview.rates[1].all, 1, "the days between are not missed");
    person.press("G g");
    assert_eq!(person.model.history.cursor, plus(today(), -14));
}

#[test]
fn days_to_come_can_be_rested_only() {
    let mut person = person(learner());
    person.press("z l space");
    assert!(notice(&person).contains("not here yet"), "{}", notice(&person));
    person.press("r");
    assert_eq!(stored(&person), Some(Mark::Rest));
    person.press("t");
    assert_eq!(person.model.history.cursor, today());
}

#[test]
fn tab_goes_through_all_habits_and_the_archived_last() {
    let mut person = person(learner());
    person.press("j z");
    assert_eq!(person.model.history.habit, person.model.habits.selected().copied());
    person.press("shift-tab shift-tab");
    assert_eq!(person.model.history.habit, None, "all habits come first");
    let before = person.memory.workspace();
    person.press("space r n s e x");
    assert_eq!(person.memory.workspace(), before, "all habits have no one mark");
    assert!(person.model.overlay.is_none());
    person.press("shift-tab");
    assert!(person.model.told_habit().unwrap().archived_on().is_some());
    person.press("tab tab tab tab esc");
    assert!(!person.model.is_in_history());
    let third = person.model.workspace.habits[2].id;
    assert_eq!(person.model.habits.selected(), Some(&third), "the list follows");
}

#[test]
fn years_turn_and_the_cursor_takes_them_along() {
    let mut person = person(learner());
    let shown = |person: &Person| (person.model.history.year, person.model.history.cursor);
    let day = |text: &str| parse_iso(text).unwrap();
    person.press("z pgup pgup");
    assert_eq!(shown(&person), (Some(2024), day("2024-11-23")));
    person.press("pgdn pgdn pgdn");
    assert_eq!(shown(&person), (None, today()));
    person.press("g");
    assert_eq!(shown(&person), (Some(2025), day("2025-11-10")));
    for _ in 0..52 {
        person.press("l");
    }
    assert_eq!(shown(&person), (None, day("2026-11-09")));
    // No year of before the kept range can be reached.
    for _ in 0..70 {
        person.press("pgup");
    }
    assert_eq!(person.model.history.year, Some(1970));
    person.press("g h h h");
    assert_eq!(person.model.history.year, Some(2025));
}

#[test]
fn views_turn_both_ways_and_the_log_has_its_own_place_where_there_is_room() {
    use View::{Log, Minutes, Recipes, Streaks, Strength, Weekdays};
    let mut person = person(learner());
    let views = |person: &mut Person, key: &str| {
        (0..6).map(|_| person.press(key).model.shown_view()).collect::<Vec<_>>()
    };
    person.press("z");
    assert_eq!(person.model.shown_view(), View::Streaks);
    assert_eq!(views(&mut person, "v"), [Weekdays, Strength, Minutes, Recipes, Streaks, Weekdays]);
    person.send(Message::Resized { width: 80, height: 24 });
    assert_eq!(views(&mut person, "V"), [Streaks, Log, Recipes, Minutes, Strength, Weekdays]);
    person.press("esc z");
    assert_eq!(person.model.shown_view(), Weekdays, "the view is kept");
}

#[test]
fn the_log_and_long_lists_scroll() {
    let mut person = person(learner());
    person.send(Message::Resized { width: 80, height: 24 });
    person.press("z ctrl-d");
    let below = person.model.history.cursor;
    assert!(below < today());
    person.press("ctrl-u ctrl-u v ctrl-d");
    assert!(person.model.history.cursor > below);
    assert_eq!(person.model.history.top, 5);
    for _ in 0..50 {
        person.press("ctrl-d");
    }
    let lines = person.model.history.overview.streaks.len();
    assert_eq!(person.model.history.top, lines - 11);
    person.press("v");
    assert_eq!(person.model.history.top, 0);
}

#[test]
fn minutes_follow_a_session_and_its_undoing() {
    let mut person = person(student());
    person.press("z");
    let sum = |person: &Person| person.model.history.weekly_seconds.iter().sum::<u64>();
    let before = sum(&person);
    assert!(before > 10_000);
    let habit = person.model.history.habit;
    let day = plus(today(), -3);
    let session = Session {
        id: SessionId(IdSource::new(9, 9).next_uuid()),
        habit,
        topic: None,
        project: None,
        day,
        started_at: day.and_hms_opt(8, 0, 0).unwrap().and_utc().fixed_offset(),
        seconds: 600,
    };
    let applied = person.memory.apply(&Change::SessionPut { session }).unwrap();
    person.send(Message::Applied(Box::new(applied)));
    assert_eq!(sum(&person), before + 600);
    person.press("u");
    assert_eq!(sum(&person), before);
    person.press("tab");
    assert_eq!(sum(&person), 0, "another habit has none");
    person.press("shift-tab shift-tab");
    assert_eq!(sum(&person), before, "all habits have them all");
}

#[test]
fn what_others_change_meanwhile_is_seen() {
    let mut person = person(learner());
    person.press("z");
    let id = person.model.history.habit.unwrap();
    let met = person.model.history.overview.rates[2];
    let set = Change::CheckInSet { habit: id, day: today(), mark: Some(Mark::Done) };
    let applied = person.memory.apply(&set).unwrap();
    person.send(Message::Heard(vec![applied]));
    assert_eq!(person.model.history.overview.rates[2].met, met.met + 1);
    let applied = person.memory.apply(&Change::HabitDelete { habit: id }).unwrap();
    person.send(Message::Heard(vec![applied]));
    assert_eq!(person.model.history.habit, None, "all habits are left");
    assert!(person.model.history.overview.streaks.iter().all(|(habit, _)| *habit != id));
}

#[test]
fn a_new_day_takes_a_cursor_on_today_along_and_no_other() {
    let mut first = person(learner());
    let tomorrow = plus(today(), 1);
    first.press("z");
    first.send(Message::Moment { today: tomorrow, until: None });
    assert_eq!(first.model.history.cursor, tomorrow);
    let mut second = person(learner());
    second.press("z k k");
    second.send(Message::Moment { today: tomorrow, until: None });
    assert_eq!(second.model.history.cursor, plus(today(), -2));
    assert!(second.model.is_in_history());
}

#[test]
fn a_habit_is_added_from_the_history_of_none() {
    let mut person = person(nobody());
    person.press("esc z space v tab pgup j");
    assert_eq!(person.model.history.habit, None);
    person.press(": \"add_one enter j j j enter ctrl-s esc");
    assert_eq!(person.model.workspace.habits.len(), 1);
    assert!(!person.model.is_in_history(), "space ticks it, as the message says");
    person.press("2 z 1");
    assert_eq!((person.model.pane, person.model.is_in_history()), (Pane::Today, true));
    person.press("1");
    assert!(!person.model.is_in_history());
}

#[test]
fn nothing_is_less_than_nothing_and_large_counts_are_grouped() {
    let mut empty = person(nobody());
    empty.press("esc z");
    assert!(!empty.screen().contains("-0"), "{}", empty.screen());
    let since = plus(today(), -1_500);
    let (mut memory, mut ids) = (Memory::default(), IdSource::new(3, 1));
    let habit = add_habit(&mut memory, &mut ids, 0, "Read", "daily", since, Recipe::default());
    for ago in 1..=1_200 {
        let day = plus(today(), -ago);
        memory.apply(&Change::CheckInSet { habit, day, mark: Some(Mark::Done) }).unwrap();
    }
    let mut long = person(memory);
    long.press("z v v v v");
    assert!(long.screen().contains("1,200 of 1,500"), "{}", long.screen());
}

#[test]
fn a_click_on_a_day_moves_the_cursor_and_the_wheel_scrolls() {
    let mut person = person(learner());
    person.press("z");
    // The first column is the week from 24 November 2025 on, below the months.
    person.send(Message::Mouse(Mouse::Click(Position { x: 6, y: 4 })));
    assert_eq!(person.model.history.cursor, parse_iso("2025-11-25").unwrap());
    person.send(Message::Mouse(Mouse::Click(Position { x: 3, y: 4 })));
    assert_eq!(person.model.history.cursor, parse_iso("2025-11-25").unwrap(), "a name is no day");
    person.send(Message::Mouse(Mouse::WheelDown(Position { x: 90, y: 20 })));
    assert_eq!(person.model.history.top, 3);
}

#[test]
fn the_log_of_all_habits_scrolls_past_a_day_with_many_entries() {
    let mut person = person(learner());
    person.send(Message::Resized { width: 80, height: 24 });
    let day = plus(today(), -2);
    let ids: Vec<_> = person.model.workspace.habits.iter().map(|habit| habit.id).collect();
    for habit in ids {
        let note = Some("a long day".to_owned());
        person.memory.apply(&Change::CheckInNote { habit, day, note }).unwrap();
    }
    let mut person = self::person(person.memory);
    person.send(Message::Resized { width: 80, height: 24 });
    person.press("z shift-tab t h l k k k");
    person.model.history.cursor = day;
    let (x, y) = (20, 18);
    let before = person.model.history.cursor;
    person.turn(1, x, y);
    assert_eq!(person.model.history.cursor, plus(before, -1), "the next day that has an entry");
    person.turn(-1, x, y);
    assert!(person.model.history.cursor >= before);
    // Every day is reached, and the last entry is the end.
    person.turn(500, x, y);
    let last = person.model.history.overview.log.last().unwrap().day;
    assert_eq!(person.model.history.cursor, last);
}

#[test]
fn the_cursor_is_always_among_the_days_that_are_shown() {
    let sunday = parse_iso("2026-11-29").unwrap();
    let config = Config { week_starts_on: chrono::Weekday::Sun, ..Config::default() };
    let mut person = Person::new(learner(), config, 120, 40);
    person.send(Message::Moment { today: sunday, until: None });
    while person.model.day > parse_iso("2025-11-26").unwrap() {
        person.press("left");
    }
    person.press("z");
    let history = &person.model.history;
    assert_eq!(history.cursor, parse_iso("2025-11-26").unwrap());
    assert!(history.stretch.holds(history.cursor), "{:?}", history.stretch);
    // The oldest week goes out of sight as a new one begins.
    let mut person = self::person(learner());
    person.press("z");
    let first = person.model.history.stretch.first;
    while person.model.history.cursor > first {
        person.press("h");
        if (person.model.history.cursor - first).num_days() < 7 {
            break;
        }
    }
    assert_eq!(person.model.history.year, None);
    person.send(Message::Moment { today: plus(today(), 7), until: None });
    let history = &person.model.history;
    assert!(history.stretch.holds(history.cursor) && history.is_read());
}

#[test]
fn tabs_and_lines_of_the_log_can_be_clicked() {
    for (width, height) in [(120, 40), (80, 24)] {
        let mut person = Person::new(learner(), Config::default(), width, height);
        person.press("z");
        let theme = Theme::new(&person.model.config, true);
        let spots = shape(&person.model, &person.keymap, &theme).spots;
        let views: Vec<_> = spots
            .iter()
            .filter_map(|spot| match spot.target {
                Target::View(view) => Some((spot.area, view)),
                _ => None,
            })
            .collect();
        assert_eq!(views.len(), if width == 120 { 5 } else { 6 });
        for (area, view) in views {
            person.click(area.x + area.width / 2, area.y);
            assert_eq!(person.model.shown_view(), view);
            let row = person.row(area.y);
            assert!(row.contains(&format!("▌{}▐", view.title())), "{row}");
            let tab: String = row.chars().skip(area.x.into()).take(area.width.into()).collect();
            assert!(tab.contains(view.title()), "{tab}");
        }
        person.press("?");
        let (area, shown) = (spots[spots.len() - 1].area, person.model.shown_view());
        person.click(area.x + 1, area.y);
        assert_eq!(person.model.shown_view(), shown, "a window is on top");
        let mut person = Person::new(learner(), Config::default(), width, height);
        person.press("z k k k k");
        let (log, _) = person.model.history.place_in_log();
        let entry = person.model.history.overview.log[log + 2];
        let frames = person.model.areas.history.unwrap();
        let top = frames.log.unwrap_or(frames.view).y;
        let date = entry.day.format("%a %-d %b").to_string();
        let y = (top + 1..height).find(|y| person.row(*y).contains(&date)).unwrap();
        person.click(8, y);
        assert_eq!(person.model.history.cursor, entry.day);
    }
}
