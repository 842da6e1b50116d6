//! Screens as text: every pane and overlay, at every size, for several people.
//!
//! A snapshot is the characters, then the style runs of each line that has any, so that colours can
//! be read and compared as well.

use std::fmt::Write as _;

use inch::{
    app::{Failure, Message, Pane},
    config::{Config, Glyphs, KeyRow, ThemeChoice, days::Days},
    domain::{
        change::Change,
        day::{parse_iso, plus},
    },
    ui::{theme::Theme, view},
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::{Buffer, Cell},
    style::Style,
};

use crate::fixture::{
    Memory, Person, beginner, learner, nobody, returner, storied, student, stumbler, today,
    travelled, traveller,
};

/// Draws a person's screen.
pub fn draw(person: &Person, config: &Config, has_color: bool) -> Buffer {
    let size = person.model.size;
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let theme = Theme::new(config, has_color);
    terminal.draw(|frame| view(&person.model, &person.keymap, &theme, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The characters of a screen, a line each.
pub fn characters(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut skipped = 0;
        let mut line = String::new();
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if skipped == 0 {
                line.push_str(symbol);
            }
            skipped = unicode_width::UnicodeWidthStr::width(symbol).max(skipped).saturating_sub(1);
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Where styles begin, a line for each row that has any: `3: 1-4 Indexed(75) bold`.
fn styles(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut runs: Vec<(u16, u16, Style)> = Vec::new();
        for x in 0..buffer.area.width {
            let style = buffer[(x, y)].style();
            match runs.last_mut() {
                Some((_, end, last)) if *last == style => *end = x,
                _ => runs.push((x, x, style)),
            }
        }
        let plain = ratatui::buffer::Cell::EMPTY.style();
        let shown: Vec<_> = runs
            .iter()
            .filter(|(.., style)| *style != plain)
            .map(|(start, end, style)| format!("{start}-{end} {}", described(*style)))
            .collect();
        if !shown.is_empty() {
            let _ = writeln!(text, "{y}: {}", shown.join(", "));
        }
    }
    text
}

fn described(style: Style) -> String {
    use ratatui::style::Color;
    let colour = |name: &str, colour: Option<Color>| match colour {
        Some(Color::Indexed(index)) => format!("{name}{index} "),
        None | Some(Color::Reset) => String::new(),
        Some(other) => format!("{name}{other} "),
    };
    let modifiers = format!("{:?}", style.add_modifier);
    let modifiers =
        if style.add_modifier.is_empty() { String::new() } else { modifiers.to_lowercase() };
    format!("{}{}{modifiers}", colour("fg", style.fg), colour("bg", style.bg)).trim_end().to_owned()
}

const SIZES: [(u16, u16); 5] = [(120, 40), (100, 30), (80, 24), (40, 12), (20, 5)];

/// One file a screen: its characters at every size, its styles at one.
fn snapshot(name: &str, memory: fn() -> Memory, config: &Config, has_color: bool, keys: &str) {
    let mut text = String::new();
    for (width, height) in SIZES {
        let mut person = Person::new(memory(), config.clone(), width, height);
        person.press(keys);
        let buffer = draw(&person, config, has_color);
        let _ = writeln!(text, "{width}x{height}\n{}", characters(&buffer));
        if (width, height) == (80, 24) {
            let _ = writeln!(text, "styles\n{}", styles(&buffer));
        }
    }
    insta::assert_snapshot!(name, text);
}

macro_rules! screens {
    ($($name:ident: $memory:ident, $keys:literal;)*) => {
        $(
            #[test]
            fn $name() {
                snapshot(stringify!($name), $memory, &Config::default(), true, $keys);
            }
        )*
    };
}

screens! {
    first_start: nobody, "";
    today_empty: nobody, "esc";
    today_one: beginner, "";
    today_one_done: beginner, "space";
    today_full: learner, "";
    today_wide_glyphs: traveller, "";
    today_ticked: learner, "space";
    today_past_day: learner, "left left";
    today_planned_day: learner, "right r";
    today_archived: learner, ". G";
    today_detail: learner, "j 0";
    today_find: learner, "/ \"fig";
    today_find_nothing: learner, "/ \"xyzzy";
    today_note: learner, "j left n \"_more";
    today_menu: learner, "s";
    today_new_habit: learner, "a enter";
    today_edit_habit: learner, "j e tab tab tab tab tab \"eig";
    today_edit_error: learner, "e tab tab tab tab ctrl-u \"often ctrl-s";
    today_edit_leave: learner, "e \"x esc";
    history_log: student, "z";
    history_streaks: student, "z v";
    history_weekdays: student, "z v v";
    history_strength: student, "z v v v";
    history_minutes: student, "z v v v v";
    history_recipes: student, "z v v v v v";
    history_past_year: student, "z pgup h h";
    history_weeks: student, "z tab tab tab tab";
    history_all: student, "z shift-tab";
    history_all_streaks: student, "z shift-tab v";
    history_all_recipes: student, "z shift-tab V";
    history_all_minutes: student, "z shift-tab V V";
    history_archived: student, "z shift-tab shift-tab";
    history_planned: student, "z l r";
    history_menu: student, "z h s";
    history_nothing: nobody, "esc z";
    history_new_log: beginner, "z";
    history_new_streaks: beginner, "z v";
    history_new_weekdays: beginner, "z v v";
    history_new_strength: beginner, "z v v v";
    history_new_minutes: beginner, "z v v v v";
    history_new_recipes: beginner, "z v v v v v";
    history_wide_glyphs: traveller, "z shift-tab v";
    curriculum_fresh: nobody, "esc 2";
    curriculum_full: learner, "2";
    curriculum_topic: learner, "2 j j j j";
    curriculum_area: learner, "2 j";
    curriculum_module: learner, "2 j j";
    curriculum_wide_glyphs: traveller, "2 a \"拡散モデル ctrl-s";
    curriculum_ready: learner, "2 f";
    curriculum_find: learner, "2 / \"regr enter";
    curriculum_zoomed: learner, "2 z";
    curriculum_detail: learner, "2 0 j j j";
    curriculum_menu: learner, "2 s";
    curriculum_new_topic: learner, "2 a";
    portfolio_empty: nobody, "esc 3";
    portfolio_full: learner, "3 j";
    portfolio_level: learner, "3";
    portfolio_wide_glyphs: traveller, "3 j";
    portfolio_zoomed: learner, "3 z G";
    portfolio_storied_zoomed: storied, "3 z";
    portfolio_ideas_zoomed: storied, "3 z f";
    portfolio_building: storied, "3 f f";
    portfolio_detail: learner, "3 j 0 j";
    portfolio_menu: learner, "3 j s";
    portfolio_new_project: learner, "3 a j enter \"Weather pgdn pgdn \"https://example.org enter tab \"line";
    portfolio_begin: learner, "3 a";
    portfolio_begin_template: learner, "3 a j j j";
    portfolio_idea: learner, "3 a enter \"Bus_times tab left";
    portfolio_edit: storied, "3 j j j j e";
    portfolio_edit_came: storied, "3 j j j j e pgdn";
    portfolio_scope: storied, "3 G w";
    portfolio_scope_open: storied, "3 j w \"Late_buses";
    portfolio_weigh: storied, "3 G c";
    portfolio_weigh_how: storied, "3 G c pgdn";
    portfolio_deciding: storied, "3 G";
    portfolio_drift: storied, "3 j j j j";
    portfolio_storied: storied, "3 G 0 G";
    wide_scope: travelled, "3 j w";
    wide_weigh: travelled, "3 j c";
    portfolio_delete: learner, "3 j : \"delete enter";
    wide_new_habit: traveller, "e";
    wide_menu: traveller, "s";
    wide_note: traveller, "n \"一行のメモ";
    wide_detail: traveller, "0 j j";
    wide_find: traveller, "/ \"語";
    wide_zoomed: traveller, "z left";
    wide_question: traveller, ": \"delete enter";
    wide_doctor: traveller, "d";
    wide_rehearsal: traveller, ": \"rehearse enter";
    wide_project_form: traveller, "3 j e";
    wide_project_zoomed: traveller, "3 j z";
    today_starters: learner, "a j j j";
    today_starter_form: beginner, "a j j enter tab";
    today_vague_anchor: beginner, "a j j enter tab ctrl-u \"in_the_morning";
    today_long_behaviour: beginner, "a enter tab tab \"read_for_30_min";
    today_rehearsal_offer: beginner, "a j j enter ctrl-s";
    today_rehearsal: beginner, ": \"rehearse enter space";
    today_rehearsed: beginner, ": \"rehearse enter space space space";
    today_doctor_prompt: stumbler, "j d";
    today_doctor_own: stumbler, "j d enter \"read_ten_pages";
    today_doctor_rename: stumbler, "j d enter enter down enter enter";
    today_doctor_end: stumbler, "j d down enter down enter enter enter enter";
    today_doctor_unchanged: stumbler, "d enter enter enter enter";
    today_missed_once: stumbler, "";
    today_missed_twice: stumbler, "j";
    today_quota_needs_every_day: stumbler, "j j j";
    today_safe_until: stumbler, "G space G";
    today_welcome_back: returner, "";
    today_strength: stumbler, "j j i";
    today_strength_of_a_week: learner, "j j j j i";
    wide_ticked: traveller, "j space space";
    wide_record: traveller, "space";
    timer_countdown: learner, "j enter ~3";
    timer_asking: learner, "j enter ~10";
    timer_asking_unlinked: beginner, "enter ~10";
    timer_topics: learner, "enter ~10 enter \"grad";
    timer_session: learner, "j enter ~10 enter ~754 j";
    timer_session_in_header: learner, "j enter ~10 enter ~3754 esc 1";
    timer_session_in_the_history: learner, "j enter ~10 enter esc z v v v v ~60";
    timer_session_on_a_project: learner, "3 j enter ~61";
    timer_session_kept: learner, "j enter ~10 enter ~754 enter";
    studied_topic: learner, "2 / \"vectors enter enter ~754 enter esc 1 2";
    studied_project: learner, "3 j enter ~754 enter 3";
    studied_habit: learner, "2 / \"vectors enter enter ~4754 enter esc 1 j";
    wide_timer: traveller, "enter ~3";
    wide_timer_session: traveller, "enter ~10 enter esc ~5";
    help: learner, "?";
    help_end: learner, "? G";
    palette: learner, ":";
    palette_find: learner, ": \"und";
    palette_elsewhere: learner, "2 : \"rest";
    portfolio_find: learner, "3 / \"di";
}

#[test]
fn a_tick_that_is_not_saved_says_so() {
    let unsaved = Failure {
        text: "The file is locked by another program. The tick is kept and tried again.".to_owned(),
        change: None,
        is_waiting: true,
    };
    let mut text = String::new();
    for (width, height) in SIZES {
        let mut person = Person::new(learner(), Config::default(), width, height);
        person.memory.failure = Some(unsaved.clone());
        person.press("space");
        let _ = writeln!(text, "{}", characters(&draw(&person, &Config::default(), true)));
    }
    insta::assert_snapshot!("today_not_saved", text);
}

#[test]
fn a_sleep_is_asked_about() {
    let mut text = String::new();
    for (width, height) in SIZES {
        let mut person = Person::new(learner(), Config::default(), width, height);
        person.press("j");
        // Where there is no room to begin, it was begun before.
        person.send(Message::Resized { width: 80, height: 24 });
        person.press("enter ~10 enter").leap(25_920);
        person.send(Message::Resized { width, height });
        let _ = writeln!(text, "{}", characters(&draw(&person, &Config::default(), true)));
    }
    insta::assert_snapshot!("timer_asleep", text);
}

#[test]
fn the_timer_fits_a_small_window_and_ascii() {
    let config = Config { glyphs: Glyphs::Ascii, ..Config::default() };
    let mut text = String::new();
    for keys in ["j enter ~3", "j enter ~10", "j enter ~10 enter ~754", "enter ~10 enter"] {
        let mut person = Person::new(learner(), config.clone(), 60, 18);
        person.press(keys);
        let _ = writeln!(text, "{}", characters(&draw(&person, &config, false)));
    }
    insta::assert_snapshot!("timer_ascii", text);
}

#[test]
fn the_doctor_says_that_a_planned_recipe_would_go() {
    let mut memory = stumbler();
    let habit = memory.workspace().habits[0].id;
    let from = plus(today(), 7);
    let anchor = Some("come home".to_owned());
    let planned = Change::RecipeSet { habit, from, anchor, behaviour: None, celebration: None };
    memory.apply(&planned).unwrap();
    let mut person = Person::new(memory, Config::default(), 80, 24);
    person.press("d");
    let screen = characters(&draw(&person, &Config::default(), true));
    assert!(screen.contains("planned for Mon 30 Nov"), "{screen}");
    person.press("down enter");
    let screen = characters(&draw(&person, &Config::default(), true));
    assert!(!screen.contains("planned for"), "it went:\n{screen}");
}

#[test]
fn the_hours_after_midnight_still_belong_to_the_day_before() {
    let mut person = Person::new(learner(), Config::default(), 80, 24);
    let until = chrono::NaiveTime::from_hms_opt(4, 0, 0);
    person.send(Message::Moment { today: today(), until });
    let screen = characters(&draw(&person, &Config::default(), true));
    assert!(screen.starts_with(" Mon 23 Nov until 04:00 "), "{screen}");
}

#[test]
fn rows_that_a_pane_can_not_fill_go_to_the_one_below() {
    let person = Person::new(learner(), Config::default(), 120, 50);
    let [curriculum, projects] =
        [Pane::Curriculum, Pane::Portfolio].map(|pane| person.model.areas.list_height(pane));
    assert_eq!(usize::from(projects), person.model.row_count(Pane::Portfolio));
    assert!(usize::from(curriculum) >= person.model.row_count(Pane::Curriculum));
    let mut person = Person::new(beginner(), Config::default(), 80, 24);
    assert_eq!(person.model.areas.list_height(Pane::Today), 1);
    // What an empty list says is seen.
    person.press("/ \"xyzzy");
    assert_eq!(person.model.areas.list_height(Pane::Today), 3);
}

#[test]
fn folding_and_finding_in_the_roadmap_move_no_border() {
    for height in [30, 40, 50, 60] {
        let mut person = Person::new(storied(), Config::default(), 120, height);
        person.press("2 g j");
        let rows = person.model.row_count(Pane::Portfolio);
        assert!(rows > 6, "{rows}");
        let before = person.model.areas.lists;
        for keys in ["space", "space", "/ \"xyzzy", "esc"] {
            person.press(keys);
            assert_eq!(person.model.areas.lists, before, "{keys} at {height}");
        }
    }
}

#[test]
fn names_and_counts_stay_in_a_narrow_header_before_words_beside_them() {
    let header = |keys: &str, width| {
        let mut person = Person::new(learner(), Config::default(), width, 24);
        person.press(keys).row(0)
    };
    let counted = |header: &str| {
        ["1 Today ", "2 Curriculum 25/84", "3 Portfolio 5"].iter().all(|tab| header.contains(tab))
    };
    for keys in ["", "left", "left left", "j enter ~10 enter esc", "j enter ~10 enter esc left"] {
        let first = (40..100).find(|width| counted(&header(keys, *width))).unwrap_or(100);
        assert!(first <= 76, "{keys}: {}", header(keys, 80));
        assert!((first..100).all(|width| counted(&header(keys, width))), "{keys}");
    }
    assert!(header("left", 80).contains(" Sun 22 Nov, yesterday "));
    let session = header("j enter ~10 enter esc left", 80);
    let mut history = Person::new(beginner(), Config::default(), 40, 12);
    assert_eq!(history.press("z").row(0), " Watch 10 seconds of a lesson    a year ");
    assert!(session.contains(" Sun 22 Nov ") && session.ends_with("▶ 0:10 Vectors "), "{session}");
}

#[test]
fn the_days_of_a_life_are_counted_where_there_is_room() {
    let born = parse_iso("1995-11-25").ok();
    let header = |config: &Config, width, keys: &str| {
        let mut person = Person::new(learner(), config.clone(), width, 40);
        person.press(keys);
        characters(&draw(&person, config, true)).lines().next().unwrap().to_owned()
    };
    let counted = Config { days: Days { born, ..Days::default() }, ..Config::default() };
    let wide = header(&counted, 120, "");
    assert!(wide.starts_with(" inch  Mon 23 Nov 2026   day 11,322 of 27,649 "), "{wide}");
    let yesterday = header(&counted, 140, "left");
    assert!(yesterday.contains(", yesterday   day 11,321 of 27,649 "), "{yesterday}");
    // Nothing else gives way to it, and who has had them all is not told of it.
    for keys in ["", "left", "left left"] {
        for width in [40, 80, 99].into_iter().chain(100..=120) {
            let (with, without) =
                (header(&counted, width, keys), header(&Config::default(), width, keys));
            let count =
                with.find("   day 11,32").map_or(0, |at| at + "   day 11,322 of 27,649".len());
            let gap = &with[count..];
            assert!(count == 0 || gap.starts_with("  "), "set apart at {width}: {with}");
            let rest = with.split("   day 11,32").next().unwrap();
            assert!(without.starts_with(rest.trim_end()), "{with}");
            let right = |header: &str| header.split("  ✓").last().unwrap().to_owned();
            assert_eq!(right(&with), right(&without), "{width}");
        }
    }
    let expected = Days { born, expected: 11_321 };
    let over = header(&Config { days: expected, ..Config::default() }, 120, "");
    assert!(over.contains("   day 11,322  "), "{over}");
}

#[test]
fn a_wide_character_never_hides_the_edge_of_a_window() {
    let mut memory = traveller();
    for title in
        ["日本語のとても長い名前を学ぶことについて", "本語のとても長い名前を学ぶことについて"]
    {
        let name = format!("{title}{title}{title}");
        let habit = memory.workspace().habits[0].id;
        memory.apply(&Change::HabitRename { habit, name }).unwrap();
        for width in [76, 79, 80, 81, 83, 90, 99] {
            for keys in ["s", "a", "e", "n", ":", "i"] {
                let mut person = Person::new(memory.clone(), Config::default(), width, 24);
                person.press(keys);
                let window = person.model.areas.overlay.unwrap();
                let buffer = draw(&person, &Config::default(), true);
                for y in window.y..window.bottom() {
                    let before = window.x.checked_sub(1).map(|x| buffer[(x, y)].symbol());
                    let is_whole = before
                        .is_none_or(|symbol| unicode_width::UnicodeWidthStr::width(symbol) == 1);
                    assert!(is_whole, "{keys} at {width}:\n{}", characters(&buffer));
                }
            }
        }
    }
}

#[test]
fn every_screen_can_do_without_colour() {
    snapshot("today_no_colour", learner, &Config::default(), false, "left");
    snapshot("today_find_no_colour", learner, &Config::default(), false, "/ \"one");
}

#[test]
fn what_was_found_is_marked_in_other_terminals_too() {
    let config = Config { theme: ThemeChoice::Light, glyphs: Glyphs::Ascii, ..Config::default() };
    snapshot("curriculum_find_light_ascii", learner, &config, true, "2 / \"grad");
}

#[test]
fn rebound_keys_are_shown_wherever_keys_are_named() {
    let row = |place: &str, action: &str, chord: &str| KeyRow {
        line: 1,
        place: place.to_owned(),
        action: action.to_owned(),
        chords: vec![chord.to_owned()],
    };
    let keys = vec![
        row("today", "toggle-check-in", "T"),
        row("global", "undo", "f5"),
        row("confirm", "confirm", "J"),
    ];
    let config = Config { keys, ..Config::default() };
    let screen = |keys: &str| {
        let mut person = Person::new(learner(), config.clone(), 100, 30);
        person.press(keys);
        characters(&draw(&person, &config, true))
    };
    assert!(screen("").contains(" T tick "), "{}", screen(""));
    assert!(screen("").contains(" f5 undo "), "{}", screen(""));
    assert!(screen("?").contains("  T               Tick the habit"), "{}", screen("?"));
    let palette = screen(": \"tick");
    assert!(palette.contains("untick it") && palette.contains(" T │"), "{palette}");
    assert!(screen(": \"delete enter").contains("J yes    n no"), "{}", screen(": \"delete enter"));
}

#[test]
fn every_screen_has_a_light_theme() {
    let config = Config { theme: ThemeChoice::Light, ..Config::default() };
    snapshot("history_light", student, &config, true, "z shift-tab h");
    snapshot("curriculum_light", learner, &config, true, "2 j j j");
}

#[test]
fn ascii_terminals_get_ascii() {
    let config = Config { glyphs: Glyphs::Ascii, ..Config::default() };
    let memory = learner();
    for keys in [
        "",
        "z v",
        "z v v v",
        "z v v v v",
        "z shift-tab",
        "s",
        "e",
        "?",
        ":",
        "2",
        "2 0",
        "3 j",
        "3 e",
        "z",
        "left",
        "n",
        "x u",
        "space",
        "j enter ~3",
        "j enter ~10",
        "j enter ~10 enter ~5",
        "j enter ~10 enter esc",
        "enter ~10 enter",
        "a j",
        "d",
        "i",
        ": \"rehearse enter",
    ] {
        for (width, height) in SIZES {
            let mut person = Person::new(memory.clone(), config.clone(), width, height);
            person.press(keys);
            let screen = characters(&draw(&person, &config, true));
            // The demo's own words have typographic quotes, which the last step makes plain too.
            assert!(screen.is_ascii(), "after {keys} at {width}x{height}:\n{screen}");
        }
    }
    snapshot("history_ascii_all", student, &config, true, "z shift-tab h");
    snapshot("history_ascii_strength", student, &config, true, "z v v v");
    snapshot("history_ascii_minutes", student, &config, true, "z v v v v");
    snapshot("today_ascii", learner, &config, true, "");
}

#[test]
fn nothing_panics_or_escapes_at_any_size() {
    let stories = [
        "",
        "?",
        ":",
        "s",
        "a",
        "a j enter tab",
        "d",
        "d enter \"ten_pages",
        "d enter enter enter enter",
        "i",
        ": \"rehearse enter space",
        "n",
        "z",
        "0",
        "2",
        "2 a",
        "2 0",
        "3 j",
        "3 j 0",
        "3 j e",
        "/ \"a",
        "left",
        "e \"x esc",
        "enter ~3",
        "j enter ~10",
        "enter ~10 enter",
        "3 j enter ~5",
        "3 j enter ~7000 esc",
        "z v",
        "z v v pgup",
        "z v v v",
        "z v v v v",
        "z V pgup",
        "z shift-tab",
        "z shift-tab pgup V",
        "z g h",
    ];
    // Every size that is small, where things give way, and some large ones.
    let small = (0..=44).flat_map(|width| (0..=21).map(move |height| (width, height)));
    let large = [60, 79, 99, 100, 101, 160, 1001]
        .into_iter()
        .flat_map(|width| [0, 1, 12, 19, 20, 27, 28, 60, 501].map(|height| (width, height)));
    let sizes: Vec<(u16, u16)> = small.chain(large).collect();
    for (at, story) in stories.into_iter().enumerate() {
        let memory = if at % 2 == 0 { traveller() } else { student() };
        let mut person = Person::new(memory, Config::default(), 120, 40);
        person.press(story);
        for (width, height) in &sizes {
            person.send(Message::Resized { width: *width, height: *height });
            let buffer = draw(&person, &Config::default(), true);
            let is_safe = |cell: &Cell| cell.symbol().chars().all(|c| !c.is_control());
            assert!(buffer.content.iter().all(is_safe), "{story} at {width}x{height}");
        }
    }
    // Starting there, rather than coming there.
    for (width, height) in sizes.into_iter().step_by(7) {
        for memory in [nobody(), beginner()] {
            let mut person = Person::new(memory, Config::default(), width, height);
            person.press("esc 2 j 3 0");
            draw(&person, &Config::default(), true);
        }
    }
}

/// Prints screens for people to read: `SHOW="learner,80,24,2 j;nobody,120,40,"`.
#[test]
#[ignore = "a tool for people: SHOW=… cargo test --test suite -- --ignored --nocapture print"]
fn print_for_reading() {
    let Ok(spec) = std::env::var("SHOW") else {
        return;
    };
    for part in spec.split(';') {
        let words: Vec<_> = part.splitn(4, ',').collect();
        let memory = match words[0] {
            "nobody" => nobody(),
            "beginner" => beginner(),
            "traveller" => traveller(),
            "student" => student(),
            "storied" => storied(),
            "travelled" => travelled(),
            "stumbler" => stumbler(),
            "returner" => returner(),
            _ => learner(),
        };
        let size: [u16; 2] = [words[1], words[2]].map(|word| word.parse().unwrap());
        let mut person = Person::new(memory, Config::default(), size[0], size[1]);
        person.press(words[3]);
        println!("{part}\n{}", characters(&draw(&person, &Config::default(), true)));
    }
}
