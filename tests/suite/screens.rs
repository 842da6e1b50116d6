//! Screens as text: every pane and overlay, at every size, for several people.
//!
//! A snapshot is the characters, then the style runs of each line that has any, so that colours can
//! be read and compared as well.

use std::fmt::Write as _;

use inch::{
    config::Config,
    ui::{theme::Theme, view},
};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, style::Style};

use crate::fixture::{Memory, Person, beginner, learner, nobody, traveller};

/// Draws a person's screen.
fn draw(person: &Person, config: &Config) -> Buffer {
    let size = person.model.size;
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let theme = Theme::new(config, true);
    terminal.draw(|frame| view(&person.model, &person.keymap, &theme, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The characters of a screen, a line each.
fn characters(buffer: &Buffer) -> String {
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
    let modifiers = if style.add_modifier.is_empty() { String::new() } else { modifiers.to_lowercase() };
    format!("{}{}{modifiers}", colour("fg", style.fg), colour("bg", style.bg)).trim_end().to_owned()
}

const SIZES: [(u16, u16); 5] = [(120, 40), (100, 30), (80, 24), (40, 12), (20, 5)];

fn snapshot(name: &str, memory: fn() -> Memory, keys: &str) {
    for (width, height) in SIZES {
        let config = Config::default();
        let mut person = Person::new(memory(), config.clone(), width, height);
        person.press(keys);
        let buffer = draw(&person, &config);
        let text = format!("{}\n{}", characters(&buffer), styles(&buffer));
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), text);
    }
}

#[test]
fn print_one() {
    let Ok(spec) = std::env::var("SHOW") else { return };
    for part in spec.split(';') {
        let mut words = part.splitn(4, ',');
        let who = words.next().unwrap();
        let width = words.next().unwrap().parse().unwrap();
        let height = words.next().unwrap().parse().unwrap();
        let memory = match who { "nobody" => nobody(), "beginner" => beginner(), "traveller" => traveller(), _ => learner() };
        let config = Config::default();
        let mut person = Person::new(memory, config.clone(), width, height);
        person.press(words.next().unwrap_or(""));
        println!("{part}\n{}", characters(&draw(&person, &config)));
    }
}
