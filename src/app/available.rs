//! Where an action works, and whether it would do something now.
//!
//! Owns the one guard that `update`, the footer, help and the palette share, and why something can't
//! be done. Must not act.

use std::borrow::Cow;

use super::{
    Action, Filter, Focus, Model, Pane, ProjectRow, Stage, TreeRow, areas::Layout, detail,
    history::HISTORY_ONLY,
};
use crate::domain::{day::short, habit::Mark, topic::TopicState};

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
    let homes = panes(action);
    if !homes.contains(&model.pane) {
        // Whatever window is on top knows what its own are worth.
        return homes.is_empty() && model.overlay.is_some();
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
        Action::ToggleCheckIn => model.can_tick(),
        Action::ToggleRest | Action::ExplainStrength => has_habit,
        Action::MarkWanted | Action::EditLinks => has_topic,
        Action::FillScope => has_project,
        Action::WeighIdea => {
            model.selected_project().is_some_and(|project| Stage::Ideas.holds(project.draft.status))
        }
        Action::LookAgain => model.live_project().is_some(),
        Action::Prove => model
            .selected_topic()
            .is_some_and(|topic| model.topic_state(topic) == TopicState::Mastered),
        Action::RecipeDoctor => {
            model.selected_habit().is_some_and(|habit| habit.archived_on().is_none())
        }
        Action::Rehearse => model.can_rehearse(),
        Action::BackToToday => model.day != model.today,
        Action::AdvanceTopic => has_topic || has_row && model.can_fold(),
        Action::AdvanceProject => has_project || has_row && model.can_fold(),
        Action::FilterProjects => !model.workspace.projects.is_empty(),
        Action::Fold => has_row && model.can_fold(),
        Action::Unfold => model.is_on_heading() && model.can_fold(),
        Action::Start => model.timer.is_some() || has_record && !(in_today && model.is_ahead()),
        Action::WriteNote | Action::ChooseState | Action::Copy | Action::Archive => has_record,
        Action::Edit | Action::Delete => {
            has_record && (model.pane != Pane::Curriculum || model.has_own_topic())
        }
        Action::MoveEarlier => model.neighbour(-1),
        Action::MoveLater => model.neighbour(1),
        Action::OpenLink => detail::link(model).is_some(),
        Action::ShowArchived => model.has_archived(),
        Action::FocusDetail => model.focus == Focus::List && has_row,
        Action::Follow => model.focus == Focus::Detail && model.detail_item.is_some(),
        Action::Back => {
            model.focus == Focus::Detail
                || model.can_return()
                || model.is_zoomed
                || !model.query().is_empty()
                || model.is_filtered()
                || in_today && model.day != model.today
        }
        // The history is not on the screen.
        other => !HISTORY_ONLY.contains(&other),
    }
}

/// The panes that an action works in; none for what belongs to a window on top.
pub fn panes(action: Action) -> &'static [Pane] {
    match action {
        Action::ToggleCheckIn
        | Action::ToggleRest
        | Action::ExplainStrength
        | Action::RecipeDoctor
        | Action::Rehearse
        | Action::DayBack
        | Action::DayForward
        | Action::BackToToday => &[Pane::Today],
        Action::AdvanceTopic
        | Action::FilterStates
        | Action::MarkWanted
        | Action::WriteGoal
        | Action::Prove
        | Action::EditLinks => &[Pane::Curriculum],
        Action::WriteNote => &[Pane::Today, Pane::Curriculum],
        Action::AdvanceProject
        | Action::FilterProjects
        | Action::FillScope
        | Action::WeighIdea
        | Action::LookAgain => &[Pane::Portfolio],
        Action::Fold | Action::Unfold => &[Pane::Curriculum, Pane::Portfolio],
        Action::Archive | Action::ShowArchived | Action::MoveEarlier | Action::MoveLater => {
            &[Pane::Today, Pane::Portfolio]
        }
        Action::RateAgain
        | Action::RateHard
        | Action::RateGood
        | Action::RateEasy
        | Action::Accept
        | Action::KeepGoing
        | Action::StopSession
        | Action::GoOn
        | Action::StartEmpty
        | Action::NextField
        | Action::PreviousField
        | Action::Enter
        | Action::Save
        | Action::Cancel
        | Action::OpenEditor
        | Action::Confirm
        | Action::Decline
        | Action::Close
        | Action::KeepFilter
        | Action::ClearFilter => &[],
        its_own if HISTORY_ONLY.contains(&its_own) => &[Pane::Today],
        _ => &Pane::ALL,
    }
}

/// Why an action would do nothing in the focused pane, as a sentence.
pub(super) fn why_not(model: &Model, action: Action) -> Cow<'static, str> {
    let reason = match (action, model.pane) {
        (its_own, _) if HISTORY_ONLY.contains(&its_own) => {
            "That is for the history, which is Today zoomed."
        }
        (
            Action::ToggleCheckIn | Action::ToggleRest | Action::WriteNote | Action::ChooseState,
            _,
        ) if model.is_in_history() && !model.history.is_read() => "These days could not be read.",
        (Action::ToggleCheckIn | Action::Start, Pane::Today) if model.is_ahead() => {
            return Cow::Owned(model.not_here_yet());
        }
        (Action::BackToToday, _) => "Today is shown already.",
        (Action::Follow, _) => "No line of the detail is selected.",
        (Action::Back, _) => "There is nothing to step back from.",
        (Action::Fold | Action::Unfold, _) => "There is nothing to fold here.",
        (Action::ShowArchived, _) if !model.is_in_history() => {
            "Nothing is archived or dropped here."
        }
        (Action::FocusDetail, _) if model.focus == Focus::Detail => "This is the detail.",
        _ if model.row_count(model.pane) == 0 => "Nothing is listed here.",
        _ if model.is_in_history() => "That is for the list: the history tells of its days.",
        _ if model.is_on_heading() => "This is a heading: that is for what stands below it.",
        (Action::MoveEarlier | Action::MoveLater, Pane::Curriculum) => {
            "Topics stand in the order of their curriculum."
        }
        (Action::MoveEarlier | Action::MoveLater, _) => "It can't move any further that way.",
        (Action::OpenLink, _) => "There is no link here.",
        (Action::LookAgain, _) => "Only a live project is looked at for drift.",
        (Action::WeighIdea, _) => "It is begun already: only ideas are weighed.",
        (Action::Prove, _) => "It is not mastered yet.",
        (Action::Rehearse, _) => "There is no whole recipe to rehearse.",
        (Action::RecipeDoctor, _) => "An archived habit needs no doctor.",
        (Action::Edit | Action::Delete, Pane::Curriculum) => {
            let add = model.hints([(Action::Add, "adds one")]);
            return format!("Only topics of your own can be edited or deleted.{add}").into();
        }
        _ => "There is nothing to do that with here.",
    };
    Cow::Borrowed(reason)
}

/// What can't be seen can't be done, but for the tick that the notice of a tiny screen speaks of.
fn is_available_unseen(model: &Model, action: Action) -> bool {
    let in_today = model.pane == Pane::Today && !model.is_zoomed;
    match action {
        Action::ToggleCheckIn => in_today && model.can_tick(),
        Action::Start => model.timer.is_some(),
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
    /// Whether the day that marks are for is not here yet.
    pub fn is_ahead(&self) -> bool {
        self.pane == Pane::Today && self.edited_day() > self.today
    }

    /// Whether the selected habit can be ticked or unticked. A day to come is done only where a clock
    /// was ahead; that can be taken back.
    fn can_tick(&self) -> bool {
        self.selected_habit()
            .is_some_and(|habit| !self.is_ahead() || self.mark_on_day(habit.id) == Some(Mark::Done))
    }

    /// Says so: only a rest can be planned.
    fn not_here_yet(&self) -> String {
        let rest = self.hints([(Action::ToggleRest, "plans a rest day")]);
        format!("{} is not here yet.{rest}", short(self.edited_day(), self.today))
    }

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
        self.query().is_empty() && !self.is_filtered()
    }

    /// Whether the focused pane lists only some of what it has.
    pub(super) fn is_filtered(&self) -> bool {
        match self.pane {
            Pane::Today => false,
            Pane::Curriculum => self.filter != Filter::All,
            Pane::Portfolio => self.stage != Stage::All,
        }
    }
}
