//! What moves after a tick: which cells, in which styles, and that it stops.

use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, layout::Position};

use super::*;
use crate::{
    app::celebration::{Place, place},
    clock::fake::{self, utc},
    config::{Motion, ThemeChoice},
};

/// A session whose clock stands still until it is told.
fn still(file: &File, config: Config) -> Session {
    fake::set(utc("2026-11-23 12:00:00"));
    open_with(&file.path(), config, Clock { source: fake::SOURCE, ..clock() })
}

fn drawn(session: &mut Session) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let Session { model, keymap, theme, effects, .. } = session;
    let frame = terminal.draw(|frame| {
        ui::view(model, keymap, theme, frame);
        effects.draw(model, frame.buffer_mut());
    });
    frame.unwrap().buffer.clone()
}

/// The cells that an effect has painted, which keep their characters.
fn painted(session: &mut Session) -> Vec<Position> {
    let with = drawn(session);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let Session { model, keymap, theme, .. } = session;
    let plain = terminal.draw(|frame| ui::view(model, keymap, theme, frame)).unwrap();
    let celebrate = theme.celebrate.unwrap();
    let mut painted = Vec::new();
    for position in with.area.positions() {
        let (cell, before) = (&with[position], &plain.buffer[position]);
        assert_eq!(cell.symbol(), before.symbol());
        if cell.style() != before.style() {
            assert_eq!(cell.style(), before.style().patch(celebrate), "only the theme's own");
            painted.push(position);
        }
    }
    painted
}

/// Sleeps until the next deadline; none when nothing would wake it.
fn sleep(session: &mut Session) -> Option<DateTime<Utc>> {
    let deadline = session.deadline(false)?;
    assert!(deadline.at > deadline.now, "a deadline lies ahead");
    fake::set(deadline.at);
    session.wake(false);
    Some(deadline.at)
}

/// Every frame of what runs, as painted cells.
fn frames(session: &mut Session) -> Vec<Vec<Position>> {
    let mut frames = vec![painted(session)];
    session.take_changed();
    while sleep(session).is_some() {
        assert!(session.take_changed(), "woken for nothing");
        frames.push(painted(session));
        assert!(frames.len() < 100, "it never ends");
    }
    frames
}

fn here(session: &Session) -> Place {
    place(&session.model).unwrap()
}

/// Marks the days before today done.
fn run_of(file: &File, days: i64) {
    let mut store = Store::open(&file.path(), OPTIONS).unwrap();
    for ago in 1..=days {
        let day = crate::domain::day::plus(today(), -ago);
        let mark = Some(Mark::Done);
        store.apply(&Change::CheckInSet { habit: file.habits[0], day, mark }, &stamp()).unwrap();
    }
}

#[test]
fn a_tick_sweeps_its_row_and_then_all_is_asleep() {
    for theme in [ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::Ansi] {
        let file = File::new(2);
        let mut session = still(&file, Config { theme, ..Config::default() });
        assert_eq!(session.deadline(false), None);
        press(&mut session, ' ');
        let row = here(&session).row;
        let frames = frames(&mut session);
        assert!((10..=14).contains(&frames.len()), "{} frames", frames.len());
        let all: BTreeSet<_> = frames.iter().flatten().map(|cell| (cell.x, cell.y)).collect();
        let whole: BTreeSet<_> = row.positions().map(|cell| (cell.x, cell.y)).collect();
        assert_eq!(all, whole, "every cell of the row, and no other");
        assert!(frames.iter().all(|cells| cells.len() <= 16), "a few at a time");
        assert_eq!(frames.last().unwrap().len(), 0, "nothing stays");
        assert_eq!(session.deadline(false), None, "asleep");
        press(&mut session, 'j');
        assert_eq!(session.deadline(false), None, "celebrated once");
    }
}

#[test]
fn a_milestone_goes_over_the_pane() {
    let file = File::new(2);
    run_of(&file, 6);
    let mut session = still(&file, Config::default());
    press(&mut session, ' ');
    assert_eq!(said(&session).1, "Done: Habit 0 · 7 days. It is taking root.");
    let Place { row, pane } = here(&session);
    let frames = frames(&mut session);
    assert!((25..=33).contains(&frames.len()), "{} frames", frames.len());
    for cells in &frames[..frames.len() - 1] {
        assert!(row.positions().all(|cell| cells.contains(&cell)), "the row glows");
    }
    let all: BTreeSet<_> = frames.iter().flatten().map(|cell| (cell.x, cell.y)).collect();
    let whole: BTreeSet<_> = pane.positions().map(|cell| (cell.x, cell.y)).collect();
    assert_eq!(all, whole);
    assert_eq!(frames.last().unwrap().len(), 0);
}

#[test]
fn keys_are_taken_while_it_runs_and_the_next_tick_has_it() {
    let file = File::new(2);
    let mut session = still(&file, Config::default());
    press(&mut session, ' ');
    let first = here(&session).row;
    drawn(&mut session);
    fake::set(utc("2026-11-23 12:00:00") + TimeDelta::milliseconds(200));
    session.wake(false);
    assert!(painted(&mut session).iter().all(|cell| cell.y == first.y));
    press(&mut session, ' ');
    assert_eq!(file.marks(), [Some(Mark::Done); 2], "at once");
    let second = here(&session).row;
    assert_eq!(second.y, first.y + 1);
    let frames = frames(&mut session);
    assert!(frames.len() >= 10, "from its beginning");
    assert!(frames.iter().flatten().all(|cell| cell.y == second.y));
}

#[test]
fn what_is_gone_from_the_screen_is_not_celebrated() {
    for (what, keys) in [("taken back", "u"), ("another day", "h"), ("covered", "?")] {
        let file = File::new(1);
        let mut session = still(&file, Config::default());
        press(&mut session, ' ');
        assert!(session.deadline(false).is_some(), "{what}");
        for key in keys.chars() {
            press(&mut session, key);
        }
        assert_eq!(painted(&mut session), [], "{what}");
        sleep(&mut session);
        assert_eq!(session.deadline(false), None, "{what}: asleep");
    }
}

#[test]
fn a_clock_that_is_set_ends_it() {
    for seconds in [-7_200, 7_200] {
        let file = File::new(1);
        let mut session = still(&file, Config::default());
        press(&mut session, ' ');
        fake::set(utc("2026-11-23 12:00:00") + TimeDelta::seconds(seconds));
        session.take_changed();
        session.wake(false);
        assert!(session.take_changed(), "drawn without it");
        assert_eq!(painted(&mut session), []);
        assert_eq!(session.deadline(false), None);
    }
}

#[test]
fn nothing_moves_without_colours_or_where_nobody_wants_it() {
    let none = Config { motion: Motion::None, ..Config::default() };
    for (config, has_color) in [(none, true), (Config::default(), false)] {
        let file = File::new(1);
        let mut session = still(&file, config.clone());
        session.theme = Theme::new(&config, has_color);
        session.effects = Effects::new(config.motion, &session.theme);
        press(&mut session, ' ');
        assert_eq!(file.marks(), [Some(Mark::Done)]);
        assert_eq!(session.deadline(false), None, "asleep");
    }
}
