//! What lies under the mouse.
//!
//! Owns the hit test, pure in the areas, the lists' offsets and what was measured. Must not draw or
//! change anything.

use chrono::NaiveDate;
use ratatui::layout::{Margin, Position, Rect};

use super::{Spot, TURN, Target};
use crate::app::{
    Model, Overlay, Pane, ProjectRow, TreeRow, areas::Layout, begin, doctor::Rows,
    listing::Listing, offer::list_rows,
};

/// Rows of a review's ratings, at the bottom of its window.
const RATINGS: u16 = 4;
/// Rows of the palette above its list: what is typed, and a gap.
const PROMPT: u16 = 2;

/// What lies under the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A row of a list.
    Row {
        /// Whose list.
        pane: Pane,
        /// Its place in the list.
        index: usize,
        /// Before its name: the box, or the sign of a fold.
        is_on_box: bool,
    },
    /// A list beside its rows, or its title.
    List(Pane),
    /// A day in the detail or in the history.
    Day(NaiveDate),
    /// A line of the detail, or none of its lines.
    Detail(Option<usize>),
    /// A measured place.
    Spot(Target),
    /// A row of the palette or of a menu.
    Choice(usize),
    /// The window on top, beside its rows.
    Window,
    /// Around the window on top.
    Around,
}

/// What lies at a place.
pub fn hit(model: &Model, at: Position) -> Option<Hit> {
    if model.areas.layout == Layout::Tiny {
        return None;
    }
    // The tabs are below what is on top.
    let is_below = |spot: &Spot| {
        matches!(spot.target, Target::Tab(_) | Target::View(_)) && model.overlay.is_some()
    };
    let mut spots = model.shape.spots.iter().filter(|spot| !is_below(spot));
    if let Some(spot) = spots.find(|spot| spot.area.contains(at)) {
        return Some(Hit::Spot(spot.target));
    }
    match &model.overlay {
        // What is found is chosen in the list itself.
        Some(Overlay::Find(_)) => list_hit(model, at)
            .filter(|hit| matches!(hit, Hit::Row { pane, .. } if *pane == model.pane)),
        Some(_) => window_hit(model, at),
        None if model.is_in_history() => {
            let heat = model.history_heat();
            let day = heat.and_then(|heat| heat.day(at.y.into(), at.x.into()));
            day.or_else(|| model.logged_day(at)).map(Hit::Day)
        }
        None => list_hit(model, at).or_else(|| detail_hit(model, at)),
    }
}

fn window_hit(model: &Model, at: Position) -> Option<Hit> {
    let area = model.areas.overlay?;
    if !area.contains(at) {
        return Some(Hit::Around);
    }
    let choice = choices(model).and_then(|choices| choices.at(at));
    Some(choice.map_or(Hit::Window, Hit::Choice))
}

/// The rows to choose from in a window.
pub(super) struct Choices {
    area: Rect,
    offset: usize,
    count: usize,
}

impl Choices {
    fn new<R: PartialEq>(list: &Listing<R>, area: Rect) -> Self {
        Self { area, offset: list.offset(), count: list.rows().len() }
    }

    fn at(&self, at: Position) -> Option<usize> {
        row_at(self.area, self.offset, self.count, at)
    }

    /// How far a turn of the wheel goes in them.
    pub(super) fn pace(&self) -> isize {
        pace(self.count, self.area.height)
    }
}

/// The rows that the window on top offers.
pub(super) fn choices(model: &Model) -> Option<Choices> {
    let inner = model.areas.overlay?.inner(Margin::new(1, 1));
    let height = inner.height.saturating_sub(PROMPT);
    let below_prompt = Rect { y: inner.y + PROMPT, height, ..inner };
    Some(match model.overlay.as_ref()? {
        Overlay::Palette(palette) => Choices::new(&palette.actions, below_prompt),
        Overlay::Topics(topics) => Choices::new(&topics.found, below_prompt),
        Overlay::Menu(menu) => Choices::new(&menu.choices, inner),
        Overlay::Offer(offer) => {
            let height = list_rows(inner.height).min(inner.height);
            Choices::new(&offer.choices, Rect { height, ..inner })
        }
        Overlay::Begin(begin) => {
            let height = begin::list_rows(inner.height).min(inner.height);
            Choices::new(&begin.choices, Rect { height, ..inner })
        }
        Overlay::Review(looking) => {
            let height = inner.height.min(RATINGS);
            let list = Rect { y: inner.bottom() - height, height, ..inner };
            Choices::new(&looking.ratings, list)
        }
        Overlay::Doctor(doctor) if doctor.step.is_some() => {
            let rows = Rows::of(model.areas.overlay_room());
            let y = inner.y + rows.about + rows.present;
            let list = Rect { y, height: rows.list, ..inner };
            Choices::new(&doctor.choices, list.intersection(inner))
        }
        _ => return None,
    })
}

/// A list that is seen whole moves by a row, since each row is a choice; anything longer goes faster.
pub(super) fn pace(rows: usize, height: u16) -> isize {
    if rows > usize::from(height) { TURN } else { 1 }
}

fn list_hit(model: &Model, at: Position) -> Option<Hit> {
    let has_title = |area: Rect| at.y == area.y && (area.left()..area.right()).contains(&at.x);
    for pane in Pane::ALL {
        let Some(area) = model.areas.lists[pane as usize] else {
            continue;
        };
        let inner = area.inner(Margin::new(1, 1));
        let rows = model.areas.list_room(pane).unwrap_or(inner);
        if let Some(index) = row_at(rows, model.offset_of(pane), model.row_count(pane), at) {
            // The marker, the glyph behind its indent, and the gap before the name.
            let boxed = model.indent(pane, index).map_or(0, |indent| indent + 3);
            let is_on_box = usize::from(at.x - inner.x) < boxed;
            return Some(Hit::Row { pane, index, is_on_box });
        }
        if has_title(area) || inner.contains(at) {
            return Some(Hit::List(pane));
        }
    }
    None
}

fn detail_hit(model: &Model, at: Position) -> Option<Hit> {
    let area = model.areas.detail?;
    let inner = area.inner(Margin::new(1, 1));
    if !inner.contains(at) {
        let is_title = at.y == area.y && (inner.left()..inner.right()).contains(&at.x);
        return is_title.then_some(Hit::Detail(None));
    }
    let height = usize::from(inner.height);
    let top = model.detail_top.min(model.shape.lines.saturating_sub(height));
    let line = top + usize::from(at.y - inner.y);
    // The lines begin behind the column of the marker.
    let column = usize::from(at.x - inner.x).checked_sub(1);
    let day = model.shape.heat.and_then(|heat| heat.day(line, column?));
    let is_line = line < model.shape.lines;
    Some(day.map_or(Hit::Detail(is_line.then_some(line)), Hit::Day))
}

/// The row of a list of `count` rows, the first visible one at `offset`, that is drawn at a place.
fn row_at(area: Rect, offset: usize, count: usize, at: Position) -> Option<usize> {
    let row = offset + usize::from(at.y.checked_sub(area.y)?);
    (area.contains(at) && row < count).then_some(row)
}

impl Model {
    /// Columns before the glyph of a row that has one to click.
    fn indent(&self, pane: Pane, index: usize) -> Option<usize> {
        match pane {
            Pane::Today => Some(0),
            Pane::Curriculum => match self.tree.rows().get(index)? {
                row @ (TreeRow::Area(_) | TreeRow::Module(_)) => Some(row.indent()),
                TreeRow::Next(_) | TreeRow::Topic(_) => None,
            },
            Pane::Portfolio => match self.projects.rows().get(index)? {
                ProjectRow::Level(_) => Some(0),
                ProjectRow::Project(_) => None,
            },
        }
    }

    fn offset_of(&self, pane: Pane) -> usize {
        match pane {
            Pane::Today => self.habits.offset(),
            Pane::Curriculum => self.tree.offset(),
            Pane::Portfolio => self.projects.offset(),
        }
    }
}
