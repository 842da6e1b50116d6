//! Text being typed: one line or several, with the usual line-editing keys.
//!
//! The only room outside `ui` that knows the text-area widget. Must not know what the text is for.
//! What is typed or pasted passes the sanitizer at once, so that a field can always be drawn.

use ratatui_textarea::{CursorMove, TextArea, WrapMode};
pub use ratatui_textarea::{Input, Key};

use crate::domain::text;

/// A text field's content and cursor.
#[derive(Debug, Clone)]
pub struct Editor {
    area: TextArea<'static>,
    is_multiline: bool,
    /// What stands there is a suggestion: the first letter typed takes its place.
    is_suggestion: bool,
}

impl Editor {
    /// A field of one line.
    pub fn line(text: &str) -> Self {
        Self::new(vec![text::typed(text, false).into_owned()], false)
    }

    /// A field of one line with a suggestion, which typing replaces.
    pub fn suggestion(text: &str) -> Self {
        Self { is_suggestion: true, ..Self::line(text) }
    }

    /// A field of several lines.
    pub fn lines(text: &str) -> Self {
        Self::new(text::typed(text, true).split('\n').map(str::to_owned).collect(), true)
    }

    fn new(lines: Vec<String>, is_multiline: bool) -> Self {
        let mut area = TextArea::new(lines);
        area.set_cursor_line_style(ratatui::style::Style::default());
        if is_multiline {
            area.set_wrap_mode(WrapMode::WordOrGlyph);
        }
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, is_multiline, is_suggestion: false }
    }

    /// What was typed, lines joined by line ends.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Whether it takes several lines, so that arrows and Enter are its own.
    pub fn is_multiline(&self) -> bool {
        self.is_multiline
    }

    /// For drawing.
    pub fn widget(&self) -> &TextArea<'static> {
        &self.area
    }

    /// The cursor's line and its place in it, from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.area.clear();
    }

    /// Inserts pasted text; line ends become spaces in a field of one line.
    pub fn paste(&mut self, pasted: &str) {
        let pasted = pasted.replace("\r\n", "\n").replace('\r', "\n");
        let safe = text::typed(&pasted, self.is_multiline);
        self.replace_suggestion();
        self.area.insert_str(safe);
    }

    fn replace_suggestion(&mut self) {
        if std::mem::take(&mut self.is_suggestion) {
            self.area.clear();
        }
    }

    /// Takes a key that no binding took.
    pub fn type_in(&mut self, input: Input) {
        let is_letter = matches!(input.key, Key::Char(_)) && !input.ctrl && !input.alt;
        if is_letter {
            self.replace_suggestion();
        }
        self.is_suggestion = false;
        let area = &mut self.area;
        match (input.key, input.ctrl, input.alt) {
            (Key::Char('a'), true, false) | (Key::Home, ..) => area.move_cursor(CursorMove::Head),
            (Key::Char('e'), true, false) | (Key::End, ..) => area.move_cursor(CursorMove::End),
            (Key::Char('b'), true, false) => area.move_cursor(CursorMove::Back),
            (Key::Char('f'), true, false) => area.move_cursor(CursorMove::Forward),
            (Key::Char('b'), false, true) | (Key::Left, true, _) | (Key::Left, _, true) => {
                area.move_cursor(CursorMove::WordBack);
            }
            (Key::Char('f'), false, true) | (Key::Right, true, _) | (Key::Right, _, true) => {
                area.move_cursor(CursorMove::WordForward);
            }
            (Key::Char('k'), true, false) => drop(area.delete_line_by_end()),
            (Key::Char('u'), true, false) => drop(area.delete_line_by_head()),
            (Key::Char('w'), true, false) | (Key::Backspace, _, true) => drop(area.delete_word()),
            (Key::Char('d'), false, true) => drop(area.delete_next_word()),
            (Key::Char('d'), true, false) => drop(area.delete_next_char()),
            (Key::Char('z'), true, false) => drop(area.undo()),
            (Key::Enter, ..) if self.is_multiline => area.insert_newline(),
            (Key::Enter | Key::Tab, ..) | (Key::Char(_), true, _) | (Key::Char(_), _, true) => {}
            (Key::Char(c), ..) => {
                let safe = text::typed(c.encode_utf8(&mut [0; 4]), false).into_owned();
                area.insert_str(safe);
            }
            _ => drop(area.input_without_shortcuts(input)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(editor: &mut Editor, key: Key, ctrl: bool) {
        editor.type_in(Input { key, ctrl, alt: false, shift: false });
    }

    #[test]
    fn the_usual_line_editing_keys_work() {
        let mut editor = Editor::line("one two");
        press(&mut editor, Key::Char('w'), true);
        press(&mut editor, Key::Char('x'), false);
        assert_eq!(editor.text(), "one x");
        press(&mut editor, Key::Char('a'), true);
        press(&mut editor, Key::Char('d'), true);
        assert_eq!(editor.text(), "ne x");
        press(&mut editor, Key::Char('k'), true);
        assert!(editor.is_empty());
    }

    #[test]
    fn typing_takes_the_place_of_a_suggestion_and_editing_keeps_it() {
        let mut editor = Editor::suggestion("daily");
        press(&mut editor, Key::Char('3'), false);
        assert_eq!(editor.text(), "3");
        let mut editor = Editor::suggestion("daily");
        press(&mut editor, Key::Backspace, false);
        press(&mut editor, Key::Char('x'), false);
        assert_eq!(editor.text(), "dailx");
    }

    #[test]
    fn a_line_stays_a_line_and_controls_never_get_in() {
        let mut editor = Editor::line("");
        editor.paste("a\r\nb\u{1b}[31m\u{202e}c");
        press(&mut editor, Key::Enter, false);
        assert_eq!(editor.text(), "a b\u{241b}[31mc");
        let mut editor = Editor::lines("");
        editor.paste("a\r\nb");
        press(&mut editor, Key::Enter, false);
        assert_eq!(editor.text(), "a\nb\n");
    }
}
