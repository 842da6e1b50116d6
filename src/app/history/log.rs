//! The log as it is seen: which of its lines are in sight, and how it scrolls.
//!
//! Owns the way between days and lines. Must not know what entries say.

use chrono::NaiveDate;
use ratatui::layout::{Margin, Position, Rect};

use super::{History, View};
use crate::{app::Model, domain::history::log::Entry};

/// A line of the log.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogLine {
    /// What stands there; nothing where the cursor's day has no entry.
    pub entry: Option<Entry>,
    /// Whether the cursor is on it.
    pub has_cursor: bool,
}

impl History {
    /// The place in the log of the cursor's day, and whether it has an entry there.
    pub fn place_in_log(&self) -> (usize, bool) {
        let log = &self.overview.log;
        let place = log.partition_point(|entry| entry.day > self.cursor);
        (place, log.get(place).is_some_and(|entry| entry.day == self.cursor))
    }

    /// The lines around the cursor's day, which has one even without an entry.
    pub fn log_lines(&self, rows: usize) -> impl Iterator<Item = LogLine> {
        let (place, is_there) = self.place_in_log();
        let log = &self.overview.log;
        let count = log.len() + usize::from(!is_there);
        let top = place.saturating_sub(rows / 3).min(count.saturating_sub(rows));
        (top..count.min(top + rows)).map(move |row| {
            let has_cursor = row == place;
            let entry = if has_cursor && !is_there {
                None
            } else {
                Some(log[row - usize::from(!is_there && row > place)])
            };
            LogLine { entry, has_cursor }
        })
    }
}

impl Model {
    /// Where the lines of the log are; nowhere while another view has its place.
    fn log_area(&self) -> Option<Rect> {
        let frames = self.areas.history?;
        let in_view = || (self.shown_view() == View::Log).then_some(frames.view);
        Some(frames.log.or_else(in_view)?.inner(Margin::new(1, 1)))
    }

    /// The day of the log's line at a place.
    pub(in crate::app) fn logged_day(&self, at: Position) -> Option<NaiveDate> {
        let area = self.log_area().filter(|area| area.contains(at))?;
        let line = self.history.log_lines(area.height.into()).nth((at.y - area.y).into())?;
        Some(line.entry.map_or(self.history.cursor, |entry| entry.day))
    }

    /// Scrolls the view by some rows; of the log, the cursor goes along.
    pub(in crate::app) fn scroll_history(&mut self, by: isize) {
        let Some(frames) = self.areas.history else { return };
        if self.shown_view() != View::Log {
            let rows = usize::from(frames.view.height.saturating_sub(2));
            let last = self.shape.lines.saturating_sub(rows);
            self.history.top = self.history.top.saturating_add_signed(by).min(last);
            return;
        }
        let (place, _) = self.history.place_in_log();
        let log = &self.history.overview.log;
        let cursor = self.history.cursor;
        let place = place.saturating_add_signed(by).min(log.len().saturating_sub(1));
        // The cursor is on days: of one with many entries it goes on to the next one.
        let is_older = |entry: &&Entry| by <= 0 || entry.day < cursor;
        if let Some(entry) = log.get(place..).and_then(|rest| rest.iter().find(is_older)) {
            self.move_cursor(entry.day);
        }
    }
}
