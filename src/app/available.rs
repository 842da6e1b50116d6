//! Whether an action would do something now.
//!
//! Owns the one guard that `update`, the footer, help and the palette share. Must not act.

use super::{Action, Filter, Focus, Model, Pane, ProjectRow, TreeRow, areas::Layout, detail};

/// Whether `action` would do something in the focused pane as it stands.
pub fn is_available(model: &Model, action: Action) -> bool {
    if let Some(is_available) = model.is_available_in_history(action) {
        return is_available;
    }
    let has_habit = model.selected_habit().is_some();
    let has_topic = model.selected_topic().is_some();
    let has_project = model.selected_project().is_some();
    let has_row = model.row_count(model.pane) > 0;
    let in_today = model.pane == Pane::Today;
    let has_record = match model.pane {
        Pane::Today => has_habit,
        Pane::Curriculum => has_topic,
        Pane::Portfolio => has_project,
    };
    if model.areas.layout == Layout::Tiny {
        return is_available_unseen(model, action);
    }
    match action {
        Action::Up
        | Action::Down
        | Action::Top
        | Action::Bottom
        | Action::PageUp
        | Action::PageDown
        | Action::HalfUp
        | Action::HalfDown => has_row || model.focus == Focus::Detail,
        Action::ToggleCheckIn
        | Action::ToggleRest
        | Action::WriteNote
        | Action::ExplainStrength => in_today && has_habit,
        Action::RecipeDoctor => {
            in_today && model.selected_habit().is_some_and(|habit| habit.archived_on().is_none())
        }
        Action::Rehearse => in_today && model.can_rehearse(),
        Action::DayBack | Action::DayForward => in_today,
        Action::BackToToday => in_today && model.day != model.today,
        Action::AdvanceTopic => {
            model.pane == Pane::Curriculum && (has_topic || has_row && model.can_fold())
        }
        Action::AdvanceProject => model.pane == Pane::Portfolio && has_row,
        Action::Fold => !in_today && has_row && model.can_fold(),
        Action::Unfold => model.is_on_heading() && model.can_fold(),
        Action::ChooseState | Action::Copy => has_record,
        Action::Edit | Action::Delete => {
            has_record && (model.pane != Pane::Curriculum || model.has_own_topic())
        }
        Action::Archive => in_today && has_habit || model.pane == Pane::Portfolio && has_project,
        Action::MoveEarlier => model.neighbour(-1),
        Action::MoveLater => model.neighbour(1),
        Action::OpenLink => detail::link(model).is_some(),
        Action::FilterStates => model.pane == Pane::Curriculum,
        Action::ShowArchived => model.pane != Pane::Curriculum && model.has_archived(),
        Action::FocusDetail => model.focus == Focus::List && has_row,
        Action::Follow => model.focus == Focus::Detail && model.detail_item.is_some(),
        Action::Back => {
            model.focus == Focus::Detail
                || model.is_zoomed
                || !model.query().is_empty()
                || model.pane == Pane::Curriculum && model.filter != Filter::All
                || in_today && model.day != model.today
        }
        Action::FocusToday
        | Action::FocusCurriculum
        | Action::FocusPortfolio
        | Action::NextPane
        | Action::PreviousPane
        | Action::Add
        | Action::Find
        | Action::Zoom
        | Action::Undo
        | Action::Redo
        | Action::Palette
        | Action::Help
        | Action::Quit
        | Action::Interrupt
        | Action::Suspend => true,
        // The history's own, and it is not on the screen.
        Action::WeekBack
        | Action::WeekForward
        | Action::YearBack
        | Action::YearForward
        | Action::FirstDay
        | Action::LastDay
        | Action::NextHabit
        | Action::PreviousHabit
        | Action::NextView
        | Action::PreviousView => false,
        Action::Accept
        | Action::GoOn
        | Action::StartEmpty
        | Action::NextField
        | Action::PreviousField
        | Action::Enter
        | Action::Save
        | Action::Cancel
        | Action::Confirm
        | Action::Decline
        | Action::Close
        | Action::KeepFilter
        | Action::ClearFilter => model.overlay.is_some(),
    }
}

/// What can't be seen can't be done, but for the tick that the notice of a tiny screen speaks of.
fn is_available_unseen(model: &Model, action: Action) -> bool {
    let in_today = model.pane == Pane::Today && !model.is_zoomed;
    match action {
        Action::ToggleCheckIn => in_today && model.selected_habit().is_some(),
        Action::FocusToday
        | Action::Undo
        | Action::Redo
        | Action::Quit
        | Action::Interrupt
        | Action::Suspend => true,
        _ => false,
    }
}

impl Model {
    /// Whether the selected topic is one of the person's own.
    fn has_own_topic(&self) -> bool {
        self.selected_topic().is_some_and(|topic| self.workspace.own_topics.contains_key(topic))
    }

    /// Whether something is archived in the focused pane.
    fn has_archived(&self) -> bool {
        match self.pane {
            Pane::Today => self.workspace.habits.iter().any(|habit| habit.archived_on().is_some()),
            Pane::Curriculum => false,
            Pane::Portfolio => self.workspace.projects.iter().any(super::portfolio::is_dropped),
        }
    }

    /// Whether the selected record could move that way in the order.
    fn neighbour(&self, by: isize) -> bool {
        match self.pane {
            Pane::Today => self.habit_beside(by).is_some(),
            Pane::Curriculum => false,
            Pane::Portfolio => self.project_beside(by).is_some(),
        }
    }

    /// Whether the selected row of the focused pane is a heading.
    pub fn is_on_heading(&self) -> bool {
        match self.pane {
            Pane::Today => false,
            Pane::Curriculum => {
                matches!(self.tree.selected(), Some(TreeRow::Area(_) | TreeRow::Module(_)))
            }
            Pane::Portfolio => matches!(self.projects.selected(), Some(ProjectRow::Level(_))),
        }
    }

    /// Whether folds are in force: while finding or filtering everything that fits is shown.
    fn can_fold(&self) -> bool {
        let is_filtered = self.pane == Pane::Curriculum && self.filter != Filter::All;
        self.query().is_empty() && !is_filtered
    }
}
