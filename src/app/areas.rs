//! Where everything is on the screen, as data: pure in size and model.
//!
//! Owns the layouts of product.md ("The screen"). Must not draw. The frames of neighbouring panes
//! overlap by one cell, so that they share a line.

use ratatui::layout::{Margin, Rect, Size};

use super::{Focus, Model, Overlay, Pane, history::frames::Frames};
use crate::domain::wrap::wrapped;

/// The largest screen that is drawn; beyond it the terminal stays blank.
const LARGEST: Size = Size { width: 1000, height: 500 };
/// Below this there is only a notice.
const SMALLEST: Size = Size { width: 40, height: 12 };
/// From this width on the panes stand side by side.
const WIDE: u16 = 100;
/// Below this height unfocused panes fold to their titles.
const TALL: u16 = 28;
/// Below this height a narrow screen has no room for list and detail at once.
const SPLIT: u16 = 20;

/// Columns of a zoomed list, whose names and columns are all seen then, and the fewest of a detail
/// that may stand beside it.
const ZOOMED: u16 = 100;
const BESIDE: u16 = 40;
/// From this height on the detail stands below a zoomed list that it has no room beside.
const STACKED: u16 = 36;

/// Columns before the goal, which is told above the zoomed roadmap.
pub const GOAL: usize = 7;
/// The most rows of the goal, and how many of all rows stand for one of it.
const GOAL_ROWS: u16 = 4;
const ROWS_TO_GOAL: u16 = 5;

/// Rows above the zoomed portfolio: the names of its columns.
const TABLE_HEAD: u16 = 1;
/// From this width on the zoomed portfolio is a table with a timeline.
const TABLE: u16 = 60;

/// How the screen is divided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// A short notice only.
    #[default]
    Tiny,
    /// Panes as tabs in the header, one at a time.
    Narrow,
    /// Panes stacked beside the detail.
    Wide,
}

/// The rectangles of one frame, borders included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Areas {
    /// The whole screen that is drawn.
    pub screen: Rect,
    /// How it is divided.
    pub layout: Layout,
    /// The top line.
    pub header: Rect,
    /// The bottom line.
    pub footer: Rect,
    /// The list panes in the order of [`Pane::ALL`]; a folded one has no rows between its lines.
    pub lists: [Option<Rect>; 3],
    /// Rows above those of the zoomed list: what its columns are.
    pub head: u16,
    /// The detail of the focused pane's selection.
    pub detail: Option<Rect>,
    /// The parts of the history, when it is shown: it takes the place of list and detail.
    pub history: Option<Frames>,
    /// The window of the overlay, when one is open that has a window.
    pub overlay: Option<Rect>,
}

impl Areas {
    /// Rows for the content of a pane's list.
    pub fn list_height(&self, pane: Pane) -> u16 {
        self.list_room(pane).map_or(0, |room| room.height)
    }

    /// The room for the rows of a pane's list.
    pub fn list_room(&self, pane: Pane) -> Option<Rect> {
        let inner = self.lists[pane as usize]?.inner(Margin::new(1, 1));
        let head = self.head.min(inner.height);
        Some(Rect { y: inner.y + head, height: inner.height - head, ..inner })
    }

    /// The room inside the overlay's frame.
    pub fn overlay_room(&self) -> Size {
        self.overlay.map_or(Size::ZERO, |area| area.inner(Margin::new(2, 1)).as_size())
    }

    /// Rows for the content of the overlay.
    pub fn overlay_height(&self) -> u16 {
        self.overlay.map_or(0, |area| area.height.saturating_sub(2))
    }
}

/// Divides a screen of this size for what the model shows.
pub fn areas(size: Size, model: &Model) -> Areas {
    let width = size.width.min(LARGEST.width);
    let height = size.height.min(LARGEST.height);
    let screen = Rect::new(0, 0, width, height);
    if width < SMALLEST.width || height < SMALLEST.height {
        return Areas { screen, ..Areas::default() };
    }
    let header = Rect { height: 1, ..screen };
    let footer = Rect { y: height - 1, height: 1, ..screen };
    let body = Rect { y: 1, height: height - 2, ..screen };
    let mut lists = [None; 3];
    let layout = if width < WIDE { Layout::Narrow } else { Layout::Wide };
    let history = model.is_in_history().then(|| Frames::new(body));
    let detail = match layout {
        _ if history.is_some() => None,
        Layout::Tiny => None,
        Layout::Narrow => narrow(body, model, &mut lists),
        Layout::Wide if model.is_zoomed && width < ZOOMED + BESIDE => {
            stacked(body, model, &mut lists)
        }
        Layout::Wide => Some(wide(body, model, &mut lists)),
    };
    // The welcome stands beside the panes where it can, so that they are seen at once.
    let room = match (&model.overlay, detail) {
        (Some(Overlay::Welcome), Some(detail)) if layout == Layout::Wide => {
            detail.inner(Margin::new(1, 1))
        }
        _ => body,
    };
    let overlay = model.overlay.as_ref().and_then(|overlay| window(overlay, room));
    let head = match model.pane {
        Pane::Curriculum if model.is_zoomed => {
            let list = lists[Pane::Curriculum as usize].unwrap_or_default();
            goal_rows(list.as_size(), model) + 1
        }
        Pane::Portfolio if model.is_zoomed => {
            let width = lists[Pane::Portfolio as usize].map_or(0, |list: Rect| list.width);
            if width < TABLE { 0 } else { TABLE_HEAD }
        }
        _ => 0,
    };
    Areas { screen, layout, header, footer, lists, head, detail, history, overlay }
}

/// Rows of the goal above the roadmap: as many as it has, where there is room.
fn goal_rows(list: Size, model: &Model) -> u16 {
    let columns = usize::from(list.width).saturating_sub(4 + GOAL);
    let most = (list.height / ROWS_TO_GOAL).clamp(1, GOAL_ROWS);
    // What can't be in so few rows needs no wrapping.
    let start: String = model.goal().chars().take(columns * usize::from(GOAL_ROWS + 1)).collect();
    u16::try_from(wrapped(&start, columns).len()).unwrap_or(most).clamp(1, most)
}

/// One list above its detail; or only one of them where there is no room, or when zoomed.
fn narrow(body: Rect, model: &Model, lists: &mut [Option<Rect>; 3]) -> Option<Rect> {
    if model.is_zoomed || body.height + 2 < SPLIT {
        return one_of_both(body, model, lists);
    }
    let rows = u16::try_from(model.row_count(model.pane)).unwrap_or(u16::MAX);
    let most = match model.pane {
        Pane::Today => 8,
        Pane::Curriculum => body.height * 3 / 5,
        Pane::Portfolio => body.height / 2,
    };
    // What an empty list says takes some rows.
    let height = if rows == 0 { 3 } else { rows.min(most) } + 2;
    lists[model.pane as usize] = Some(Rect { height, ..body });
    Some(Rect { y: body.y + height - 1, height: body.height - height + 1, ..body })
}

/// The zoomed list above its detail, at a height that folding does not change; or one of both.
fn stacked(body: Rect, model: &Model, lists: &mut [Option<Rect>; 3]) -> Option<Rect> {
    if body.height + 2 < STACKED {
        return one_of_both(body, model, lists);
    }
    let height = body.height * 3 / 5;
    lists[model.pane as usize] = Some(Rect { height, ..body });
    Some(Rect { y: body.y + height - 1, height: body.height - height + 1, ..body })
}

/// The list, or in its place the detail, when it has the keys.
fn one_of_both(body: Rect, model: &Model, lists: &mut [Option<Rect>; 3]) -> Option<Rect> {
    let has_keys = model.focus == Focus::Detail;
    lists[model.pane as usize] = (!has_keys).then_some(body);
    has_keys.then_some(body)
}

/// Three stacked lists, or the zoomed one, on the left; the detail on the right.
fn wide(body: Rect, model: &Model, lists: &mut [Option<Rect>; 3]) -> Rect {
    let width = if model.is_zoomed {
        (body.width * 3 / 5).max(ZOOMED)
    } else {
        (body.width - 60).clamp(40, 52)
    };
    let column = Rect { width, ..body };
    if model.is_zoomed {
        lists[model.pane as usize] = Some(column);
    } else {
        let rows = |pane, least: u16, most: u16| {
            u16::try_from(model.row_count(pane)).unwrap_or(most).clamp(least, most)
        };
        let inner = body.height - 4;
        let mut heights = if body.height + 2 < TALL {
            Pane::ALL.map(|pane| if pane == model.pane { inner } else { 0 })
        } else {
            // A high screen has room for more projects, however many topics are folded or found.
            let projects = (inner / 2).saturating_sub(8).clamp(6, 10);
            let (today, portfolio) = (rows(Pane::Today, 3, 8), rows(Pane::Portfolio, 3, projects));
            [today, inner - today - portfolio, portfolio]
        }
        .into_iter();
        let mut y = column.y;
        for list in lists {
            let height = heights.next().unwrap_or(0);
            *list = Some(Rect { y, height: height + 2, ..column });
            y += height + 1;
        }
    }
    Rect { x: column.right() - 1, width: body.width - width + 1, ..body }
}

/// How wide a window is: a few cells of what lies behind, left and right, would only be debris.
fn spread(width: u16, room: Rect) -> u16 {
    if width + 8 > room.width { room.width } else { width }
}

/// The width of a window whose lines are long: a part of a wide screen.
fn roomy(least: u16, room: Rect) -> u16 {
    (room.width / 4 * 3).clamp(least, 100)
}

/// The window of an overlay, centred in the room for it.
fn window(overlay: &Overlay, room: Rect) -> Option<Rect> {
    let (width, height) = match overlay {
        Overlay::Find(_) => return None,
        Overlay::Welcome => (74, 18),
        Overlay::Help { .. } => (roomy(76, room), room.height),
        Overlay::Palette(_) => (roomy(76, room), 18),
        Overlay::Topics(_) => (68, 18),
        Overlay::Menu(menu) => (44, u16::try_from(menu.choices.rows().len()).unwrap_or(9) + 2),
        Overlay::Confirm(_) | Overlay::Asleep { .. } => (60, 6),
        Overlay::Note(_) => (70, 12),
        Overlay::Review(_) => (70, 13),
        Overlay::Form(form) => (74, form.height() + 2),
        Overlay::Timer => (roomy(64, room), 17),
        Overlay::Offer(offer) => (74, offer.height() + 2),
        Overlay::Begin(begin) => (74, begin.height() + 2),
        Overlay::Rehearsal(_) => (74, 13),
        Overlay::Doctor(doctor) => (74, doctor.height() + 2),
        Overlay::Reading(reading) => {
            (74, reading.height(spread(74, room).saturating_sub(4)).saturating_add(2))
        }
    };
    let width = spread(width, room);
    // A line of what lies behind, above and below, would only be debris, too.
    let is_all = width == room.width && height.saturating_add(4) > room.height;
    let height = if is_all { room.height } else { height.min(room.height) };
    Some(Rect {
        x: room.x + (room.width - width) / 2,
        y: room.y + (room.height - height) / 2,
        width,
        height,
    })
}
