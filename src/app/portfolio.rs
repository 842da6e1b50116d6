//! Portfolio: projects by level.
//!
//! Owns the pane's rows and verbs. Must not know how projects are stored.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::{
    Action, Effect, Model, Overlay, Pane, Tone,
    confirm::Confirm,
    find,
    menu::{Choice, Menu},
    today::moved,
};
use crate::domain::{
    change::{Change, ProjectPatch},
    ids::ProjectId,
    project::{Level, Project, Status, calendar},
};

/// One row of the portfolio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProjectRow {
    /// A level's heading.
    Level(Level),
    /// A project.
    Project(ProjectId),
}

/// Which projects the portfolio lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// All of them.
    #[default]
    All,
    /// Those that are not begun, the best first.
    Ideas,
    /// Those that are being built.
    Building,
    /// Those that can be shown.
    Shipped,
}

impl Stage {
    const fn next(self) -> Self {
        match self {
            Self::All => Self::Ideas,
            Self::Ideas => Self::Building,
            Self::Building => Self::Shipped,
            Self::Shipped => Self::All,
        }
    }

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Ideas => "ideas, best first",
            Self::Building => "building",
            Self::Shipped => "shipped or live",
        }
    }

    pub(super) const fn holds(self, status: Status) -> bool {
        match self {
            Self::All => true,
            Self::Ideas => matches!(status, Status::Idea | Status::Scoped),
            Self::Building => matches!(status, Status::Building),
            Self::Shipped => matches!(status, Status::Shipped | Status::Live),
        }
    }
}

/// Whether a project was let go; such ones are listed only on request.
pub(super) fn is_dropped(project: &Project) -> bool {
    project.draft.status == Status::Dropped
}

/// Another status. What becomes live is looked at for drift some days later, unless a day for that
/// is set already.
fn set_status(
    project: ProjectId,
    drift_check_on: Option<NaiveDate>,
    status: Status,
    on: NaiveDate,
) -> Change {
    if status != Status::Live || drift_check_on.is_some_and(|day| day > on) {
        return Change::ProjectStatus { project, status, on };
    }
    let edit = ProjectPatch {
        status: Some(status),
        drift_check_on: Some(Some(calendar::next_look(on))),
        ..ProjectPatch::default()
    };
    Change::ProjectEdit { project, edit, on }
}

impl Model {
    /// The projects that are listed, whether their level is folded or not, by level and then in
    /// the person's order.
    pub fn listed_projects(&self) -> impl Iterator<Item = &Project> {
        let projects = self.workspace.projects.iter();
        projects
            .filter(|project| self.shows_dropped || !is_dropped(project))
            .filter(|project| self.stage.holds(project.draft.status))
    }

    /// Levels that have projects, with those below them that are not folded away; while finding, and
    /// among ideas, what fits best comes first, whatever its level.
    pub(super) fn project_rows(&self) -> Vec<ProjectRow> {
        let mut listed: Vec<_> = self.listed_projects().collect();
        if self.stage == Stage::Ideas {
            listed.sort_by_key(|project| Reverse(project.draft.choice.rank()));
        }
        let query = &self.queries[2];
        if !query.is_empty() {
            listed = find::matching(query, listed, |project| project.draft.title.clone());
        }
        if !query.is_empty() || self.stage == Stage::Ideas {
            return listed.into_iter().map(|project| ProjectRow::Project(project.id)).collect();
        }
        let mut rows = Vec::new();
        for level in Level::ALL {
            let mut at_level =
                listed.iter().filter(|project| project.draft.level == level).peekable();
            if at_level.peek().is_none() {
                continue;
            }
            rows.push(ProjectRow::Level(level));
            if self.stage != Stage::All || !self.folded_levels.contains(&level) {
                rows.extend(at_level.map(|project| ProjectRow::Project(project.id)));
            }
        }
        rows
    }

    /// Shows the next stage only.
    fn filter_projects(&mut self) {
        self.stage = self.stage.next();
        self.refresh_rows();
        let is_filtered = self.stage != Stage::All;
        let more = self.hints(is_filtered.then_some((Action::FilterProjects, "goes on")));
        self.say(Tone::Plain, format!("Projects: {}.{more}", self.stage.words()));
    }

    /// The project beside the selected one within its level, when the order can be changed.
    pub(super) fn project_beside(&self, by: isize) -> Option<(&Project, &Project)> {
        let place = self.projects.index().checked_add_signed(by)?;
        let ProjectRow::Project(other) = *self.projects.rows().get(place)? else {
            return None;
        };
        let (selected, other) = (self.selected_project()?, self.workspace.project(other)?);
        let is_same_level = selected.draft.level == other.draft.level;
        let is_ordered = self.queries[2].is_empty() && self.stage != Stage::Ideas;
        (is_same_level && is_ordered).then_some((selected, other))
    }

    fn fold_level(&mut self, level: Level, is_folded: bool) {
        if is_folded {
            self.folded_levels.insert(level);
        } else {
            self.folded_levels.remove(&level);
        }
        self.refresh_rows();
    }

    /// Does one of the portfolio's verbs to the selected row.
    pub(super) fn act_on_project(&mut self, action: Action) -> Vec<Effect> {
        if action == Action::FilterProjects {
            self.filter_projects();
            return Vec::new();
        }
        if let Some(ProjectRow::Level(level)) = self.projects.selected().copied() {
            match action {
                Action::AdvanceProject => self.fold_level(level, !self.is_level_folded(level)),
                Action::Fold => self.fold_level(level, true),
                Action::Unfold => self.fold_level(level, false),
                _ => {}
            }
            return Vec::new();
        }
        let Some(project) = self.selected_project() else {
            return Vec::new();
        };
        let (id, level, title) = (project.id, project.draft.level, project.draft.title.clone());
        let status = project.draft.status;
        let drift = project.draft.drift_check_on;
        let set = |status| set_status(id, drift, status, self.today);
        match action {
            Action::FillScope => self.open_scope(),
            Action::WeighIdea => self.open_choosing(),
            Action::LookAgain => return self.look_for_drift(),
            Action::AdvanceProject => {
                if let Some(next) = status.next() {
                    return vec![Effect::Apply(set(next))];
                }
                let all = self.hints([(Action::ChooseState, "offers every status")]);
                self.say(Tone::Plain, format!("Already live.{all}"));
            }
            Action::Fold => {
                self.projects.select_where(|row| *row == ProjectRow::Level(level));
            }
            Action::ChooseState => {
                let choices = Status::ALL.map(|each| Choice {
                    label: each.word().to_owned(),
                    is_current: each == status,
                    change: set(each),
                });
                self.overlay = Some(Overlay::Menu(Menu::new(title, choices)));
            }
            Action::Archive => {
                // Coming back, a project takes up the status it had before.
                let before = project.history.iter().rev().map(|change| change.status);
                let before = before.into_iter().find(|status| *status != Status::Dropped);
                let next = if status == Status::Dropped {
                    before.unwrap_or_default()
                } else {
                    Status::Dropped
                };
                return vec![Effect::Apply(set(next))];
            }
            Action::MoveEarlier | Action::MoveLater => {
                let by = if action == Action::MoveEarlier { -1 } else { 1 };
                let Some((project, other)) = self.project_beside(by) else {
                    return Vec::new();
                };
                let projects = self.workspace.projects.iter();
                let order = projects.map(|project| (project.id, project.position)).collect();
                let positions = moved(order, project.id, other.id);
                return vec![Effect::Apply(Change::ProjectsReorder { positions })];
            }
            Action::Delete => {
                self.overlay = Some(Overlay::Confirm(Confirm {
                    question: format!("Delete “{title}”?"),
                    consequence: "Undo brings it back.".to_owned(),
                    effect: Some(Effect::Apply(Change::ProjectDelete { project: id })),
                    back: None,
                }));
            }
            _ => {}
        }
        Vec::new()
    }

    /// The selected project, where it is in use: it can be looked at for drift.
    pub fn live_project(&self) -> Option<&Project> {
        let project = self.selected_project().filter(|_| self.pane == Pane::Portfolio)?;
        (project.draft.status == Status::Live).then_some(project)
    }

    /// It was looked at: the next look is some days on.
    pub(super) fn look_for_drift(&self) -> Vec<Effect> {
        let Some(project) = self.live_project().map(|project| project.id) else {
            return Vec::new();
        };
        let next = Some(Some(calendar::next_look(self.today)));
        let edit = ProjectPatch { drift_check_on: next, ..ProjectPatch::default() };
        vec![Effect::Apply(Change::ProjectEdit { project, edit, on: self.today })]
    }

    /// Shows a project wherever it stands.
    pub(super) fn reveal_project(&mut self, id: ProjectId) {
        let Some(project) = self.workspace.project(id) else {
            return;
        };
        let level = project.draft.level;
        self.shows_dropped |= is_dropped(project);
        let status = project.draft.status;
        self.queries[2].clear();
        if !self.stage.holds(status) {
            self.stage = Stage::All;
        }
        self.folded_levels.remove(&level);
        self.refresh_rows();
        self.projects.select_where(|row| *row == ProjectRow::Project(id));
    }
}
