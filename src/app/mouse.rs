//! The mouse: what a click or a turn of the wheel does to what lies under it.
//!
//! Clicks do nothing that a key could not do. Must not know where anything lies: that is the hit
//! test's.

mod hit;

use ratatui::layout::{Position, Rect};

pub use self::hit::{Hit, hit};
use self::hit::{choices, pace};
use super::{
    Action, Effect, Focus, Model, Overlay, Pane, doctor, history::View, listing::Listing,
    reading::Reading, update::take_action,
};

/// How far a turn of the wheel goes in what does not fit its place.
const TURN: isize = 3;

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
    /// The tab of a view of the history.
    View(View),
    /// A hint, or a key named in a window.
    Hint(Action),
    /// A form's field.
    Field(usize),
    /// A page of a form.
    Page(usize),
    /// The message over the footer.
    Notice,
}

/// Which row of a window is selected.
enum Choose {
    /// The one at this place.
    Row(usize),
    /// One so far from the present one.
    By(isize),
}

impl Choose {
    fn of<R: PartialEq>(self, list: &mut Listing<R>) {
        match self {
            Self::Row(place) => list.select(place),
            Self::By(by) => list.step(by),
        }
    }
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
            Hit::Spot(Target::View(view)) => self.show_view(view),
            Hit::Day(day) => self.set_day(day),
            Hit::Detail(line) => return self.click_detail(line),
            Hit::Spot(Target::Hint(action)) => return take_action(self, action),
            Hit::Spot(Target::Field(place)) => return self.go_to_field(place),
            Hit::Spot(Target::Page(page)) => return self.go_to_page(page),
            Hit::Choice(index) => {
                self.choose(Choose::Row(index));
                // One's own words are typed before they are taken.
                let is_typed = matches!(&self.overlay, Some(Overlay::Doctor(doctor))
                    if doctor.choices.selected() == Some(&doctor::Choice::Own));
                if !is_typed {
                    return take_action(self, Action::Accept);
                }
            }
            Hit::Around => {
                // What was typed or asked is left by a key only.
                if let Some(
                    Overlay::Help { .. }
                    | Overlay::Reading(_)
                    | Overlay::Palette(_)
                    | Overlay::Menu(_)
                    | Overlay::Offer(_)
                    | Overlay::Begin(_),
                ) = &self.overlay
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
        take_action(self, action)
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

    /// Moves what lies under the mouse; the focus stays where it is.
    fn turn(&mut self, by: isize, at: Position) {
        let under = hit(self, at);
        if let Some(Overlay::Help { offset } | Overlay::Reading(Reading { offset, .. })) =
            &mut self.overlay
        {
            *offset = offset.saturating_add_signed(i16::try_from(by * TURN).unwrap_or(0));
            return;
        }
        if let Some(choices) = choices(self) {
            return self.choose(Choose::By(by * choices.pace()));
        }
        if self.is_in_history() {
            return self.scroll_history(by * TURN);
        }
        match under {
            Some(Hit::Row { pane, .. } | Hit::List(pane)) => {
                let pace = pace(self.row_count(pane), self.areas.list_height(pane));
                self.step_list(pane, by * pace);
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

    /// Selects another row of the window on top.
    fn choose(&mut self, which: Choose) {
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => which.of(&mut palette.actions),
            Some(Overlay::Menu(menu)) => which.of(&mut menu.choices),
            Some(Overlay::Topics(topics)) => which.of(&mut topics.found),
            Some(Overlay::Offer(offer)) => which.of(&mut offer.choices),
            Some(Overlay::Begin(begin)) => which.of(&mut begin.choices),
            Some(Overlay::Doctor(doctor)) => which.of(&mut doctor.choices),
            Some(Overlay::Review(looking)) => which.of(&mut looking.ratings),
            _ => {}
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
