//! Where the parts of the history are on the screen.
//!
//! Owns the division of the body into the year, its figures and the views below. Must not draw.
//!
//! ```text
//! ┌ year ───────────────── figures ┐     wide: ├ log ─────┬ view ─────┤
//! ├ view ──────────────────────────┤
//! └────────────────────────────────┘
//! ```

use std::ops::Range;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::day::plus;

/// Columns before the first week of a heatmap: a weekday's name.
pub const LABEL: u16 = 4;
/// Months and seven days.
const HEAT_ROWS: u16 = 8;
/// The most weeks of a year, which begins and ends within one.
const HEAT_COLUMNS: u16 = LABEL + 54;
/// The fewest columns for the figures, with the gap before them.
const FIGURES: u16 = 19;
/// Below this height of the body there is a line of days instead of the year.
const SHORT: u16 = 15;
/// From this height on a narrow screen has a line for the figures below the year.
const TALL: u16 = 18;
/// From this width on the log stands beside another view.
const WIDE: u16 = 100;
/// The columns that the view on the right has at least.
const VIEW: u16 = 60;

/// The parts; those with a frame share their lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frames {
    /// The frame of the year.
    pub year: Rect,
    /// The months and days in it, or the line of days in short screens.
    pub heat: Rect,
    /// The figures, beside the year or in a line below it.
    pub figures: Option<Rect>,
    /// The frame of the log, where it stands beside another view.
    pub log: Option<Rect>,
    /// The frame of the chosen view.
    pub view: Rect,
}

impl Frames {
    /// Divides the body.
    pub fn new(body: Rect) -> Self {
        let inner = Rect {
            x: body.x + 2,
            y: body.y + 1,
            width: body.width.saturating_sub(4),
            height: HEAT_ROWS,
        };
        let mut heat = Rect { width: inner.width.min(HEAT_COLUMNS), ..inner };
        let mut figures = None;
        if body.height < SHORT {
            heat.height = 1;
        } else if inner.width >= HEAT_COLUMNS + FIGURES - 1 {
            let x = inner.x + HEAT_COLUMNS + 2;
            figures = Some(Rect { x, width: inner.right() - x, ..inner });
        } else if body.height >= TALL {
            figures = Some(Rect { y: heat.bottom(), height: 1, ..inner });
        }
        let bottom = figures.map_or(heat.bottom(), |area| area.bottom().max(heat.bottom()));
        let year = Rect { height: bottom + 1 - body.y, ..body };
        let below = Rect { y: bottom, height: body.bottom() - bottom, ..body };
        let (log, view) = if body.width >= WIDE {
            let width = (body.width - VIEW).clamp(40, 60);
            let x = below.x + width - 1;
            (Some(Rect { width, ..below }), Rect { x, width: below.width - width + 1, ..below })
        } else {
            (None, below)
        };
        Self { year, heat, figures, log, view }
    }

    /// Whether there is only a line of days instead of the year.
    pub fn is_strip(&self) -> bool {
        self.heat.height == 1
    }

    /// The weeks of a year that are in sight, with the cursor's among them.
    pub fn weeks(&self, weeks: usize, cursor: usize) -> Range<usize> {
        let room = usize::from(self.heat.width.saturating_sub(LABEL)).min(weeks);
        let first = cursor.saturating_sub(room / 2).min(weeks - room);
        first..first + room
    }

    /// The first of the days of the strip: today at its end, or the cursor's around its middle.
    pub fn strip_start(&self, cursor: NaiveDate, today: NaiveDate) -> NaiveDate {
        let days = i64::from(self.heat.width);
        let last = plus(cursor, days / 2).min(today).max(cursor);
        plus(last, 1 - days)
    }

    /// Rows for the entries of the log.
    pub fn log_rows(&self) -> u16 {
        self.log.unwrap_or(self.view).height.saturating_sub(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(width: u16, height: u16) -> Rect {
        Rect::new(0, 1, width, height - 2)
    }

    #[test]
    fn every_part_lies_in_the_body_at_every_size() {
        for width in 40..=140 {
            for height in 12..=60 {
                let body = body(width, height);
                let frames = Frames::new(body);
                let parts = [Some(frames.year), Some(frames.heat), frames.figures, frames.log];
                for part in parts.into_iter().flatten().chain([frames.view]) {
                    assert_eq!(part.intersection(body), part, "{width}x{height}");
                }
                assert!(frames.log_rows() >= 3, "{width}x{height}");
                assert!(frames.heat.bottom() < frames.view.y + 1, "{width}x{height}");
            }
        }
    }

    #[test]
    fn a_whole_year_and_its_figures_fit_into_80_columns() {
        let frames = Frames::new(body(80, 24));
        assert_eq!(frames.weeks(54, 0), 0..54);
        assert!(frames.figures.is_some_and(|area| area.width >= 16));
        assert_eq!(frames.log_rows(), 11);
        assert!(Frames::new(body(40, 12)).is_strip());
    }

    #[test]
    fn the_cursor_is_in_sight_where_weeks_are_few() {
        let frames = Frames::new(body(40, 24));
        for cursor in 0..53 {
            assert!(frames.weeks(53, cursor).contains(&cursor), "{cursor}");
        }
        assert_eq!(frames.weeks(53, 52).end, 53);
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let frames = Frames::new(body(40, 12));
        for ago in -400..30 {
            let cursor = plus(today, ago);
            let start = frames.strip_start(cursor, today);
            let place = (cursor - start).num_days();
            assert!((0..i64::from(frames.heat.width)).contains(&place), "{ago}");
        }
        assert_eq!(frames.strip_start(today, today), plus(today, 1 - i64::from(frames.heat.width)));
    }
}
