//! The mouse: what lies under it, and what a click or a turn of the wheel does there.
//!
//! Owns the hit test, pure in the areas, the lists' offsets and what was measured. Clicks do nothing
//! that a key could not do. Must not draw.

use chrono::NaiveDate;
use ratatui::layout::{Margin, Position, Rect};

use super::{
    Action, Effect, Focus, Model, Overlay, Pane, ProjectRow, TreeRow, areas::Layout, is_available,
    update::take_action,
};

/// How far a turn of the wheel goes in what does not fit its place.
const TURN: isize = 3;
/// Rows of the palette above its list: what is typed, and a gap.
const PROMPT: u16 = 2;

/// Something that the mouse did, in cells from the upper left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The left button was pressed.
    Click(Position),
    /// The wheel was turned towards the top.
    WheelUp(Position),
    /// The wheel was turned towards the end.
    WheelDown(Position),
}

/// A place whose extent only drawing knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Its cells.
    pub area: Rect,
    /// What a click there is for.
    pub target: Target,
}

/// What a spot is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A pane's tab.
    Tab(Pane),
    /// A hint, or a key named in a window.
    Hint(Action),
    /// A form's field.
    Field(usize),
    /// The message over the footer.
    Notice,
}

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
    /// A day in the detail.
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
    let is_below = |spot: &Spot| matches!(spot.target, Target::Tab(_)) && model.overlay.is_some();
    let mut spots = model.shape.spots.iter().filter(|spot| !is_below(spot));
    if let Some(spot) = spots.find(|spot| spot.area.contains(at)) {
        return Some(Hit::Spot(spot.target));
    }
    match &model.overlay {
        // What is found is chosen in the list itself.
        Some(Overlay::Find(_)) => list_hit(model, at)
            .filter(|hit| matches!(hit, Hit::Row { pane, .. } if *pane == model.pane)),
        Some(overlay) => window_hit(model, overlay, at),
        None => list_hit(model, at).or_else(|| detail_hit(model, at)),
    }
}

fn window_hit(model: &Model, overlay: &Overlay, at: Position) -> Option<Hit> {
    let area = model.areas.overlay?;
    if !area.contains(at) {
        return Some(Hit::Around);
    }
    let inner = area.inner(Margin::new(1, 1));
    let choice = match overlay {
        Overlay::Palette(palette) => {
            let rows =
                Rect { y: inner.y + PROMPT, height: inner.height.saturating_sub(PROMPT), ..inner };
            let count = palette.actions.rows().len();
            row_at(rows, palette.actions.offset(), count, at)
        }
        Overlay::Menu(menu) => row_at(inner, menu.choices.offset(), menu.choices.rows().len(), at),
        _ => None,
    };
    Some(choice.map_or(Hit::Window, Hit::Choice))
}

fn list_hit(model: &Model, at: Position) -> Option<Hit> {
    let has_title = |area: Rect| at.y == area.y && (area.left()..area.right()).contains(&at.x);
    for pane in Pane::ALL {
        let Some(area) = model.areas.lists[pane as usize] else {
            continue;
        };
        let inner = area.inner(Margin::new(1, 1));
        if let Some(index) = row_at(inner, model.offset_of(pane), model.row_count(pane), at) {
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
    /// Does what the mouse asks for.
    pub(super) fn take_mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        match mouse {
            Mouse::Click(at) => self.click(at),
            Mouse::WheelUp(at) => {
                self.turn(-1, at);
                Vec::new()
            }
            Mouse::WheelDown(at) => {
                self.turn(1, at);
                Vec::new()
            }
        }
    }

    fn click(&mut self, at: Position) -> Vec<Effect> {
        let Some(hit) = hit(self, at) else {
            return Vec::new();
        };
        self.notice = None;
        match hit {
            Hit::Row { pane, index, is_on_box } => {
                if self.overlay.is_none() {
                    self.go_to(pane);
                }
                self.select_row(pane, index);
                if is_on_box && self.overlay.is_none() {
                    return self.click_box();
                }
            }
            Hit::List(pane) | Hit::Spot(Target::Tab(pane)) => self.go_to(pane),
            Hit::Day(day) => self.set_day(day),
            Hit::Detail(line) => return self.click_detail(line),
            Hit::Spot(Target::Hint(action)) => return take_action(self, action),
            Hit::Spot(Target::Field(place)) => {
                if let Some(Overlay::Form(form)) = &mut self.overlay {
                    form.focus(place);
                }
            }
            Hit::Choice(index) => {
                match &mut self.overlay {
                    Some(Overlay::Palette(palette)) => palette.actions.select(index),
                    Some(Overlay::Menu(menu)) => menu.choices.select(index),
                    _ => return Vec::new(),
                }
                return take_action(self, Action::Accept);
            }
            Hit::Around => {
                // What was typed or asked is left by a key only.
                if let Some(Overlay::Help { .. } | Overlay::Palette(_) | Overlay::Menu(_)) =
                    &self.overlay
                {
                    self.overlay = None;
                }
            }
            Hit::Spot(Target::Notice) | Hit::Window => {}
        }
        Vec::new()
    }

    /// Ticks, or folds and unfolds; any other state is too much for a click that may be a slip.
    fn click_box(&mut self) -> Vec<Effect> {
        let action = match self.pane {
            Pane::Today => Action::ToggleCheckIn,
            Pane::Curriculum if self.is_on_heading() => Action::AdvanceTopic,
            Pane::Portfolio if self.is_on_heading() => Action::AdvanceProject,
            _ => return Vec::new(),
        };
        if is_available(self, action) { take_action(self, action) } else { Vec::new() }
    }

    /// Goes into the detail, to the item on the line; a second click follows it.
    fn click_detail(&mut self, line: Option<usize>) -> Vec<Effect> {
        let was_focused = self.focus == Focus::Detail;
        self.focus = Focus::Detail;
        let item = line.and_then(|line| self.shape.items.iter().position(|item| *item == line));
        if was_focused && item.is_some() && item == self.detail_item {
            return self.follow();
        }
        self.detail_item = item.or(self.detail_item);
        self.scroll_detail(0);
        Vec::new()
    }

    /// Moves what lies under the mouse; the keys stay where they are.
    /// Moves what lies under the mouse; the focus stays where it is. A list that is seen whole moves
    /// by a row, since each row is a choice; anything longer goes faster.
    fn turn(&mut self, by: isize, at: Position) {
        let under = hit(self, at);
        let pace = |rows: usize, height: u16| if rows > usize::from(height) { TURN } else { 1 };
        let height = self.areas.overlay_height();
        match &mut self.overlay {
            Some(Overlay::Help { offset }) => {
                *offset = offset.saturating_add_signed(i16::try_from(by * TURN).unwrap_or(0));
                return;
            }
            Some(Overlay::Palette(palette)) => {
                let height = height.saturating_sub(PROMPT);
                let rows = palette.actions.rows().len();
                return palette.actions.step(by * pace(rows, height));
            }
            Some(Overlay::Menu(menu)) => {
                let rows = menu.choices.rows().len();
                return menu.choices.step(by * pace(rows, height));
            }
            _ => {}
        }
        match under {
            Some(Hit::Row { pane, .. } | Hit::List(pane)) => {
                let by = by * pace(self.row_count(pane), self.areas.list_height(pane));
                self.step_list(pane, by);
            }
            Some(Hit::Detail(_) | Hit::Day(_)) => {
                self.scroll_detail(by * TURN);
                if self.focus == Focus::List {
                    self.detail_item = None;
                }
            }
            _ => {}
        }
    }

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

    fn select_row(&mut self, pane: Pane, index: usize) {
        match pane {
            Pane::Today => self.habits.select(index),
            Pane::Curriculum => self.tree.select(index),
            Pane::Portfolio => self.projects.select(index),
        }
    }
}
