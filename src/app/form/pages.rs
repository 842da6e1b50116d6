//! Pages of a form: which fields are in sight together, and which are not asked for at all.
//!
//! Owns turning pages and how many rows a field has on its page. Must not know what a form is for.

use super::{Field, Form, Name};
use crate::app::Action;

/// How the pages are announced above the fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    /// As tabs.
    #[default]
    Tabs,
    /// As steps that follow each other, each filled or not.
    Steps,
}

/// Some fields of a form, up to the next page's first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What it is about.
    pub title: &'static str,
    /// The place of its first field.
    pub first: usize,
    /// Rows of a text of several lines on it.
    pub text_rows: u16,
    /// Rows below its fields for something to look at.
    pub panel: u16,
}

impl Page {
    /// A page of fields only.
    pub fn new(title: &'static str, first: usize, text_rows: u16) -> Self {
        Self { title, first, text_rows, panel: 0 }
    }
}

/// How a form is divided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// How they are announced.
    pub look: Look,
    /// The pages in order; none where all fields are seen together.
    pub all: Vec<Page>,
    /// Fields that are asked for only while another one says a word.
    pub only_while: Vec<(Name, Name, &'static str)>,
}

impl Form {
    /// The same form, divided.
    #[must_use]
    pub fn divided(self, pages: Pages) -> Self {
        Self { pages, ..self }
    }

    /// Whether there is anything for an action to do.
    pub fn is_of_use(&self, action: Action) -> bool {
        match action {
            Action::PageDown | Action::PageUp => self.pages.all.len() > 1,
            Action::NextField => (0..self.fields.len()).filter(|at| self.is_asked(*at)).count() > 1,
            Action::OpenEditor => {
                let focused = self.fields.get(self.index).map(|labelled| &labelled.field);
                matches!(focused, Some(Field::Text(editor)) if editor.is_multiline())
            }
            _ => true,
        }
    }

    /// The place of the page in sight.
    pub fn page(&self) -> usize {
        self.page_of(self.index)
    }

    fn page_of(&self, place: usize) -> usize {
        self.pages.all.iter().rposition(|page| page.first <= place).unwrap_or(0)
    }

    /// Whether the field is asked for as things stand.
    pub fn is_asked(&self, place: usize) -> bool {
        let Some(name) = self.fields.get(place).map(|labelled| labelled.name) else {
            return false;
        };
        let mut rules = self.pages.only_while.iter().filter(|(whose, ..)| *whose == name);
        rules.all(|(_, other, word)| self.text(*other) == *word)
    }

    /// The places of a page's fields that are asked for.
    pub fn places_on(&self, page: usize) -> impl Iterator<Item = usize> {
        let places = 0..self.fields.len();
        places.filter(move |place| self.page_of(*place) == page && self.is_asked(*place))
    }

    /// Rows of a field on its page.
    pub fn rows_of(&self, place: usize) -> u16 {
        let Some(field) = self.fields.get(place).map(|labelled| &labelled.field) else {
            return 0;
        };
        match (field, self.pages.all.get(self.page_of(place))) {
            (Field::Text(editor), Some(page)) if editor.is_multiline() => page.text_rows,
            _ => field.height(),
        }
    }

    /// Rows of the tallest page with what announces it, so that the window stays as it is while
    /// pages are turned.
    pub(super) fn page_rows(&self) -> u16 {
        let fields = 0..self.fields.len();
        if self.pages.all.is_empty() {
            return fields.map(|place| self.rows_of(place)).sum();
        }
        let rows = |page: usize| {
            let on_page = fields.clone().filter(|place| self.page_of(*place) == page);
            let panel = self.pages.all.get(page).map_or(0, |page| page.panel);
            on_page.map(|place| self.rows_of(place)).sum::<u16>() + panel
        };
        2 + (0..self.pages.all.len()).map(rows).max().unwrap_or(0)
    }

    /// Turns so many pages, to the first field that is asked for there; held at both ends.
    pub fn turn(&mut self, by: isize) {
        let last = self.pages.all.len().saturating_sub(1);
        let page = self.page().saturating_add_signed(by).min(last);
        let first = self.places_on(page).next();
        if let Some(place) = first.filter(|_| page != self.page()) {
            self.focus(place);
        }
    }

    /// In how many fields of a page something stands.
    pub fn filled_on(&self, page: usize) -> usize {
        let is_filled = |place: &usize| match &self.fields[*place].field {
            Field::Text(editor) => !editor.text().trim().is_empty(),
            Field::Choice { index, .. } => *index > 0,
            Field::Score(score) => *score > 0,
            Field::Tokens { chosen, .. } => !chosen.is_empty(),
        };
        self.places_on(page).filter(is_filled).count()
    }
}
