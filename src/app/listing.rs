//! A list with a selected row that stays selected when the rows change.
//!
//! Owns selection and scroll. Must not know what the rows are or how they are drawn.

/// Rows, the selected one and the first visible one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<R> {
    rows: Vec<R>,
    index: usize,
    offset: usize,
}

impl<R> Default for Listing<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), index: 0, offset: 0 }
    }
}

impl<R: PartialEq> Listing<R> {
    /// All rows.
    pub fn rows(&self) -> &[R] {
        &self.rows
    }

    /// The selected row's place; 0 in an empty list.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The first visible row's place.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&R> {
        self.rows.get(self.index)
    }

    /// Other rows; the selected one stays selected while it is among them.
    pub fn replace(&mut self, rows: Vec<R>) {
        let place = self.selected().and_then(|row| rows.iter().position(|other| other == row));
        self.rows = rows;
        self.select(place.unwrap_or(self.index));
    }

    /// Selects a place, the last one at most.
    pub fn select(&mut self, index: usize) {
        self.index = index.min(self.rows.len().saturating_sub(1));
    }

    /// Selects the first row that fits; says whether there was one.
    pub fn select_where(&mut self, fits: impl FnMut(&R) -> bool) -> bool {
        let place = self.rows.iter().position(fits);
        self.index = place.unwrap_or(self.index);
        place.is_some()
    }

    /// Moves the selection, held at both ends.
    pub fn step(&mut self, by: isize) {
        self.select(self.index.saturating_add_signed(by));
    }

    /// Scrolls as little as needed to show the selected row in `height` rows, and never past the
    /// end.
    pub fn keep_visible(&mut self, height: u16) {
        let height = usize::from(height.max(1));
        self.offset = self.offset.min(self.index).max((self.index + 1).saturating_sub(height));
        self.offset = self.offset.min(self.rows.len().saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_row_stays_selected() {
        let mut list = Listing::default();
        list.replace(vec!['a', 'b', 'c']);
        list.step(1);
        list.replace(vec!['x', 'a', 'y', 'b']);
        assert_eq!(list.selected(), Some(&'b'));
        list.replace(vec!['x']);
        assert_eq!(list.selected(), Some(&'x'));
        list.replace(vec![]);
        assert_eq!(list.selected(), None);
    }

    #[test]
    fn scrolling_shows_the_selection_and_no_gap_at_the_end() {
        let mut list = Listing::default();
        list.replace((0..10).collect());
        list.step(99);
        list.keep_visible(4);
        assert_eq!((list.index(), list.offset()), (9, 6));
        list.step(-2);
        list.keep_visible(4);
        assert_eq!(list.offset(), 6);
        list.step(-99);
        list.keep_visible(4);
        assert_eq!(list.offset(), 0);
        list.step(9);
        list.keep_visible(4);
        list.keep_visible(8);
        assert_eq!(list.offset(), 2);
    }
}
