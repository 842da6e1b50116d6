//! The mouse: what lies under it on every screen, what it does there, and that no way out leaves it
//! with the terminal.

use inch::{
    app::{Focus, Overlay, Pane, ProjectRow, TreeRow, begin::Beginning, doctor::Choice, mouse},
    config::Config,
    domain::{day::plus, habit::Mark, text},
    ui::{shape, theme::Theme},
};
use mouse::{Hit, Target};
use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Position};
use rustix::process::Signal;

use crate::{
    fixture::{Memory, Person, learner, nobody, today, traveller},
    screens::draw,
    terminal::{Exit, Home, INCH, PATIENCE, Terminal},
};

fn person(memory: Memory, width: u16, height: u16) -> Person {
    Person::new(memory, Config::default(), width, height)
}

fn buffer(person: &Person) -> Buffer {
    draw(person, &Config::default(), true)
}

/// Where a text is drawn, from the top.
fn find(person: &Person, text: &str) -> (u16, u16) {
    let buffer = buffer(person);
    let area = buffer.area;
    let places = (0..area.height).flat_map(|y| (0..area.width).map(move |x| (x, y)));
    let starts = |(x, y): (u16, u16)| {
        let row: String = (x..area.width).map(|x| buffer[(x, y)].symbol()).collect();
        row.starts_with(text)
    };
    let found = places.into_iter().find(|place| starts(*place));
    found.unwrap_or_else(|| panic!("{text} is not on the screen"))
}

fn click_on(person: &mut Person, text: &str) {
    let (x, y) = find(person, text);
    person.click(x, y);
}

fn selected(person: &Person) -> &str {
    &person.model.selected_habit().unwrap().name
}

#[test]
fn a_click_selects_and_a_click_on_the_box_ticks_like_space() {
    let mut person = person(learner(), 120, 40);
    click_on(&mut person, "One flash card");
    assert_eq!(selected(&person), "One flash card");
    let (x, y) = find(&person, "One push-up");
    let pushup = person.model.habits.rows()[4];
    let mut typed = self::person(learner(), 120, 40);
    typed.press("j j j j space");
    person.click(x - 2, y);
    assert_eq!(person.model.asks[&pushup].mark, Some(Mark::Done));
    assert_eq!(person.model.habits.index(), typed.model.habits.index(), "on to the next one");
    assert_eq!(person.model.notice, typed.model.notice);
    person.click(x - 2, y);
    assert_eq!(person.model.asks[&pushup].mark, None);
    person.press("l").click(x - 2, y);
    let said = &person.model.notice.as_ref().unwrap().text;
    assert!(said.contains("is not here yet"), "{said}");
}

#[test]
fn a_click_on_a_heading_s_sign_folds_it_and_a_topic_is_only_selected() {
    let mut person = person(learner(), 120, 40);
    let before = person.model.tree.rows().len();
    let (x, y) = find(&person, "Deep learning");
    person.click(x, y);
    assert_eq!(person.model.pane, Pane::Curriculum);
    assert!(matches!(person.model.tree.selected(), Some(TreeRow::Area(_))));
    assert_eq!(person.model.tree.rows().len(), before, "its name only selects");
    person.click(x - 2, y).press("esc");
    assert!(person.model.tree.rows().len() > before);
    person.click(x - 2, y);
    assert_eq!(person.model.tree.rows().len(), before);
    let place = person.model.tree.rows().iter().position(|row| matches!(row, TreeRow::Topic(_)));
    let topic = person.model.tree.rows()[place.unwrap()].clone();
    let TreeRow::Topic(id) = &topic else { unreachable!() };
    let state = person.model.topic_state(id);
    let title: String = person.model.topic_title(id).chars().take(16).collect();
    let (x, y) = find(&person, &title);
    for x in [x - 2, x] {
        person.click(x, y);
        assert_eq!(person.model.tree.selected(), Some(&topic));
        assert_eq!(person.model.topic_state(id), state);
    }
    let (x, y) = find(&person, "educational");
    person.click(x - 2, y);
    assert_eq!(person.model.pane, Pane::Portfolio);
    assert!(matches!(person.model.projects.rows()[1], ProjectRow::Level(_)), "folded");
}

#[test]
fn titles_and_tabs_focus_their_pane() {
    let mut wide = person(learner(), 110, 24);
    click_on(&mut wide, "3 Portfolio");
    assert_eq!(wide.model.pane, Pane::Portfolio);
    click_on(&mut wide, "1 Today");
    assert_eq!(wide.model.pane, Pane::Today);
    for width in [40, 60, 80, 99] {
        let mut narrow = person(learner(), width, 24);
        let (x, y) = find(&narrow, " 3 ");
        narrow.click(x + 1, y);
        assert_eq!(narrow.model.pane, Pane::Portfolio, "{width}");
    }
}

#[test]
fn a_second_click_on_an_item_follows_it_and_esc_leads_back() {
    let mut person = person(learner(), 120, 40);
    person.press("j");
    let (x, y) = find(&person, "Linked topic");
    person.click(x, y + 1);
    assert_eq!((person.model.focus, person.model.detail_item), (Focus::Detail, Some(0)));
    person.click(x, y + 1);
    assert_eq!((person.model.pane, person.model.focus), (Pane::Curriculum, Focus::List));
    person.press("esc");
    assert_eq!((person.model.pane, person.model.focus), (Pane::Today, Focus::Detail));
    assert_eq!(selected(&person), "Read one figure");
    assert_eq!(person.model.detail_item, Some(0));
    person.press("enter j esc");
    assert_eq!(person.model.pane, Pane::Curriculum, "who has moved on stays");
}

#[test]
fn what_was_scrolled_is_hit_where_it_is_seen() {
    let mut person = person(learner(), 120, 24);
    person.press("j");
    let detail = person.model.areas.detail.unwrap();
    person.turn(4, detail.x + 5, 12);
    assert!(person.model.detail_top > 0);
    let (x, y) = find(&person, "Linked topic");
    person.click(x, y);
    assert_eq!(person.model.focus, Focus::Detail);
    let top = person.model.detail_top;
    person.press("esc").turn(4, x, 12).click(x, y + 1);
    assert_eq!((person.model.detail_item, person.model.detail_top), (Some(0), top));
    person.press("esc").turn(1, x, 12);
    let (x, y) = find(&person, "Wed ");
    let day = person.model.day;
    person.click(x + 20, y);
    assert_eq!((person.model.day - day).num_days() % 7, 2 - 7, "a Wednesday");
}

#[test]
fn a_click_on_a_day_of_the_year_shows_it() {
    for (width, height) in [(120, 40), (100, 30), (80, 24)] {
        let mut person = person(learner(), width, height);
        let (x, y) = find(&person, "Mon ■");
        let (x, theme) = (x + 4, Theme::new(&Config::default(), true));
        let heat = shape(&person.model, &person.keymap, &theme).heat.unwrap();
        let week = u16::try_from(heat.weeks - 9).unwrap();
        person.click(x + week, y + 2);
        let day = plus(heat.first, i64::from(week) * 7 + 2);
        assert_eq!(person.model.day, day, "at {width}x{height}");
        assert!(day < today());
        let moved = shape(&person.model, &person.keymap, &theme).heat.unwrap();
        assert_eq!(moved.first, heat.first, "what is seen stays where it is");
        let cell = &buffer(&person)[(x + week, y + 2)];
        assert_eq!(cell.modifier, theme.cursor.add_modifier, "and the cursor is on it");
        let habit = *person.model.habits.selected().unwrap();
        person.press("r");
        assert_eq!(person.model.workspace.tracks[&habit].marks[&day], Mark::Rest);
    }
}

#[test]
fn the_wheel_moves_what_lies_under_it_and_nothing_else() {
    let mut person = person(learner(), 120, 40);
    let (x, y) = find(&person, "▌");
    person.turn(2, x, y);
    assert_eq!(person.model.habits.index(), 2, "a row at a time where all are seen");
    person.press("2 space j space j space");
    let (tree, habits) = (person.model.tree.index(), person.model.habits.index());
    person.turn(-1, x, y);
    assert_eq!(person.model.habits.index(), habits - 1);
    assert_eq!((person.model.pane, person.model.tree.index()), (Pane::Curriculum, tree));
    person.press("1");
    let detail = person.model.areas.detail.unwrap();
    person.send(inch::app::Message::Resized { width: 120, height: 29 });
    person.turn(1, detail.x + 5, 12);
    assert_eq!((person.model.detail_top > 0, person.model.focus), (true, Focus::List));
    person.turn(-9, detail.x + 5, 12);
    assert_eq!(person.model.detail_top, 0);
}

#[test]
fn windows_take_their_clicks_and_nothing_falls_through() {
    let mut person = person(learner(), 120, 40);
    person.press("?");
    person.turn(2, 60, 20);
    assert!(matches!(person.model.overlay, Some(Overlay::Help { offset: 6 })));
    let (x, y) = (2, 3);
    person.click(x, y);
    assert!(person.model.overlay.is_none(), "a click beside it closes what loses nothing");
    assert_eq!(person.model.habits.index(), 0, "and does no more");
    person.press(": \"rest_day");
    click_on(&mut person, "Mark a rest day");
    let habit = person.model.habits.rows()[0];
    assert_eq!(person.model.asks[&habit].mark, Some(Mark::Rest));
    person.press("s");
    click_on(&mut person, "no mark");
    assert_eq!(person.model.asks[&habit].mark, None);
    person.press("e \"x");
    person.click(x, y);
    assert!(matches!(person.model.overlay, Some(Overlay::Form(_))), "what was typed stays");
    click_on(&mut person, "Schedule");
    let Some(Overlay::Form(form)) = &person.model.overlay else { unreachable!() };
    assert_eq!(form.fields[form.index].label, "Schedule");
    person.press("esc");
    click_on(&mut person, "y leave");
    assert!(person.model.overlay.is_none());
    let mut welcomed = self::person(nobody(), 80, 24);
    welcomed.click(2, 2);
    assert!(welcomed.model.overlay.is_some());
}

#[test]
fn a_click_on_a_hint_does_it_and_one_on_a_message_takes_it_away() {
    let mut person = person(learner(), 120, 40);
    let (x, y) = find(&person, "← → day");
    person.click(x, y);
    assert_eq!(person.model.day, plus(today(), -1));
    person.click(x + 2, y);
    assert_eq!(person.model.day, today(), "each key is its own");
    click_on(&mut person, "? help");
    assert!(matches!(person.model.overlay, Some(Overlay::Help { .. })));
    click_on(&mut person, "close");
    assert!(person.model.overlay.is_none());
    person.press("space");
    assert!(person.model.notice.is_some());
    person.click(3, y);
    assert!(person.model.notice.is_none() && person.model.overlay.is_none());
}

/// What is drawn in a row of cells.
fn row_text(buffer: &Buffer, left: u16, right: u16, y: u16) -> String {
    let mut skipped = 0;
    let mut text = String::new();
    for x in left..right {
        let symbol = buffer[(x, y)].symbol();
        if skipped == 0 {
            text.push_str(symbol);
        }
        skipped = unicode_width::UnicodeWidthStr::width(symbol).max(skipped).saturating_sub(1);
    }
    text
}

/// The name by which a row is known on the screen.
fn name(person: &Person, pane: Pane, index: usize) -> String {
    let model = &person.model;
    let name = match pane {
        Pane::Today => model.workspace.habit(model.habits.rows()[index]).unwrap().name.clone(),
        Pane::Curriculum => match &model.tree.rows()[index] {
            TreeRow::Next(id) | TreeRow::Topic(id) => model.topic_title(id),
            TreeRow::Area(slug) => model.curriculum.area(slug).unwrap().title.clone(),
            TreeRow::Module(slug) => model.curriculum.module(slug).unwrap().title.clone(),
        },
        Pane::Portfolio => match model.projects.rows()[index] {
            ProjectRow::Level(level) => level.word().to_owned(),
            ProjectRow::Project(id) => model.workspace.project(id).unwrap().draft.title.clone(),
        },
    };
    text::shown(&name).chars().take(6).collect()
}

/// Every row that is hit is drawn there.
fn check(person: &mut Person) {
    let theme = Theme::new(&Config::default(), true);
    person.model.shape = shape(&person.model, &person.keymap, &theme);
    let buffer = buffer(person);
    let size = person.model.size;
    for y in 0..size.height {
        for x in 0..size.width {
            let Some(hit) = mouse::hit(&person.model, Position { x, y }) else { continue };
            let wanted = match hit {
                Hit::Row { pane, index, .. } => name(person, pane, index),
                Hit::Choice(index) => match &person.model.overlay {
                    Some(Overlay::Palette(palette)) => {
                        palette.actions.rows()[index].title().chars().take(12).collect()
                    }
                    Some(Overlay::Menu(menu)) => menu.choices.rows()[index].label.clone(),
                    Some(Overlay::Offer(offer)) => match &offer.choices.rows()[index] {
                        Some(starter) => starter.name.chars().take(12).collect(),
                        None => "Something".to_owned(),
                    },
                    Some(Overlay::Doctor(doctor)) => match &doctor.choices.rows()[index] {
                        Choice::Fine => doctor.step.unwrap().words().fine.to_owned(),
                        Choice::Suggested(text) => text.chars().take(12).collect(),
                        Choice::Own => "In my own".to_owned(),
                    },
                    Some(Overlay::Review(looking)) => looking.ratings.rows()[index].word().into(),
                    Some(Overlay::Begin(begin)) => match &begin.choices.rows()[index] {
                        Beginning::Idea => "An idea".to_owned(),
                        Beginning::Whole => "A whole".to_owned(),
                        Beginning::Template(template) => template.title.chars().take(9).collect(),
                    },
                    other => panic!("{other:?}"),
                },
                Hit::Spot(Target::Field(at)) => {
                    let Some(Overlay::Form(form)) = &person.model.overlay else { unreachable!() };
                    let (above, labelled) = (&buffer, &form.fields[at]);
                    let rows = y.saturating_sub(form.rows_of(at) - 1)..=y;
                    let label: String = labelled.label.chars().take(9).collect();
                    let is_drawn =
                        rows.clone().any(|y| row_text(above, 0, size.width, y).contains(&label));
                    assert!(is_drawn, "{} at {x},{y} of {size:?}", labelled.label);
                    continue;
                }
                _ => continue,
            };
            let row = row_text(&buffer, 0, size.width, y);
            assert!(row.contains(&wanted), "{wanted} at {x},{y} of {size:?}: {row}");
        }
    }
}

const STORIES: [&str; 23] = [
    "",
    "j j j",
    "2",
    "2 G",
    "3 j",
    "0",
    "2 0",
    "? ",
    ":",
    ": up",
    "s",
    "e",
    "/ \"o",
    "z 2",
    "a",
    "d",
    "d enter",
    "3 a",
    "3 j e",
    "3 j e pgdn",
    "3 j w",
    "3 j c",
    "3 j c pgdn",
];

#[test]
fn what_is_hit_is_what_is_drawn_there() {
    let sizes = [(120, 40), (100, 30), (100, 24), (80, 24), (60, 18), (40, 12), (41, 13), (20, 5)];
    for memory in [learner, traveller] {
        for story in STORIES {
            for (width, height) in sizes {
                let mut person = person(memory(), width, height);
                person.press(story);
                check(&mut person);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_click_at_any_place_leaves_a_screen_that_is_drawn_as_it_is_hit(
        size in (0..130_u16, 0..45_u16),
        story in 0..STORIES.len(),
        hands in prop::collection::vec((0..3_u8, 0..140_u16, 0..50_u16), 1..12),
    ) {
        let mut person = person(learner(), size.0, size.1);
        person.press(STORIES[story]);
        for (hand, x, y) in hands {
            match hand {
                0 => person.click(x, y),
                1 => person.turn(1, x, y),
                _ => person.turn(-1, x, y),
            };
            check(&mut person);
        }
        prop_assert_eq!(&person.model.workspace.habits, &person.memory.workspace().habits);
    }
}

/// A click as a terminal sends it, counted from 1.
fn click(x: u16, y: u16) -> String {
    format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", x + 1, y + 1, x + 1, y + 1)
}

fn has_mouse(terminal: &Terminal) -> bool {
    terminal.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
}

/// The app with two habits, the first one selected.
fn opened(home: &Home) -> Terminal {
    for name in ["First", "Second"] {
        assert!(home.inch(&["habit", "add", name]).output().unwrap().status.success());
    }
    let mut terminal = Terminal::open(home.program(INCH, &[]), 80, 24);
    terminal.wait_for("○ Second");
    terminal
}

#[test]
fn a_click_ticks_the_wheel_moves_and_the_mouse_goes_back_in_the_end() {
    let home = Home::new();
    let mut terminal = opened(&home);
    assert!(has_mouse(&terminal));
    terminal.send("\x1b[<65;5;4M");
    terminal.wait_for("▌○ Second");
    terminal.send("\x1b[<64;5;4M");
    terminal.wait_for("▌○ First");
    terminal.send(&click(2, 3));
    terminal.wait_for("✓ Second");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
    assert_eq!(terminal.leftovers(), [""; 0]);
    assert!(!has_mouse(&terminal));
}

#[test]
fn a_signal_gives_the_mouse_back() {
    let home = Home::new();
    let mut terminal = opened(&home);
    assert!(has_mouse(&terminal));
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(143));
    assert!(!has_mouse(&terminal));
}

#[test]
fn a_stop_gives_the_mouse_back_and_coming_back_takes_it_again() {
    let home = Home::new();
    opened(&home).send("q");
    let script = "set -m; \"$0\"; echo away; read _; fg; echo left with $?";
    let mut terminal = Terminal::open(home.program("/bin/sh", &["-c", script, INCH]), 80, 24);
    terminal.wait_for("○ Second");
    terminal.send("\x1a");
    terminal.wait_for("away");
    assert!(!has_mouse(&terminal));
    terminal.send("\r");
    terminal.wait_for("○ Second");
    assert!(has_mouse(&terminal));
    terminal.send("q");
    terminal.wait_for("left with 0");
    assert!(!has_mouse(&terminal));
}

#[test]
fn who_does_not_want_the_mouse_keeps_it() {
    let home = Home::new();
    let path = home.path().join("mine.toml");
    std::fs::write(&path, "mouse = \"off\"\n").unwrap();
    opened(&home).send("q");
    let path = path.display().to_string();
    let mut terminal = Terminal::open(home.program(INCH, &["--config", &path]), 80, 24);
    terminal.wait_for("○ Second");
    assert!(!has_mouse(&terminal));
    terminal.send("q");
    terminal.wait_exit(PATIENCE);
}
