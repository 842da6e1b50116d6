//! What adding a project offers first: an idea, a whole project, or one of the templates.
//!
//! Owns choosing. Must not know what the forms do.

use super::{Action, Effect, Model, Overlay, Tone, listing::Listing, project_form};
use crate::domain::{
    change::Change,
    day::short,
    ids::ProjectId,
    project::{Status, template::Template},
    text,
};

/// A way to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beginning {
    /// A title is enough.
    Idea,
    /// The whole form.
    Whole,
    /// A template, taken as it is.
    Template(Box<Template>),
}

/// The ways to begin.
#[derive(Debug, Clone)]
pub struct Begin {
    /// An idea is selected first.
    pub choices: Listing<Beginning>,
}

/// Rows of what is said of the selected one, with the gap above it.
const ABOUT_ROWS: u16 = 7;

/// Rows of the list, where the window has so many; a small one has no room for what is said below.
pub fn list_rows(height: u16) -> u16 {
    if height >= ABOUT_ROWS + 5 { height - ABOUT_ROWS } else { height }
}

impl Begin {
    /// Rows of its content.
    pub fn height(&self) -> u16 {
        u16::try_from(self.choices.rows().len()).unwrap_or(u16::MAX).saturating_add(ABOUT_ROWS)
    }
}

impl Model {
    /// Offers ways to begin a project; a template that was taken is not offered again.
    pub(super) fn offer_beginnings(&mut self) {
        let is_new = |template: &Template| {
            self.workspace.projects.iter().all(|project| project.draft.title != template.title)
        };
        let templates = Template::shipped().into_iter().filter(is_new);
        let templates = templates.map(|template| Beginning::Template(Box::new(template)));
        let mut choices = Listing::default();
        choices.replace([Beginning::Idea, Beginning::Whole].into_iter().chain(templates).collect());
        self.overlay = Some(Overlay::Begin(Begin { choices }));
    }

    /// Does an action to the offer; taking a line opens a form, or takes the template.
    pub(super) fn act_on_begin(&mut self, mut begin: Begin, action: Action) -> Vec<Effect> {
        match action {
            Action::Up | Action::Down => {
                begin.choices.step(if action == Action::Up { -1 } else { 1 });
                self.overlay = Some(Overlay::Begin(begin));
            }
            Action::Accept => {
                let form = match begin.choices.selected() {
                    Some(Beginning::Template(template)) => {
                        return vec![Effect::Apply(self.take(template))];
                    }
                    Some(Beginning::Whole) => project_form::form(self, None),
                    _ => project_form::idea_form(self),
                };
                self.overlay = Some(Overlay::Form(Box::new(form)));
            }
            _ => {}
        }
        Vec::new()
    }

    /// A template as a project of the person's, with its first answers, as one change.
    fn take(&mut self, template: &Template) -> Change {
        let added = self.added(template.draft());
        let Change::ProjectAdd { project, on, .. } = &added else {
            return added;
        };
        let (project, on) = (*project, *on);
        let answers: Vec<_> =
            template.scope.iter().map(|(prompt, text)| (*prompt, text.clone())).collect();
        if answers.is_empty() {
            return added;
        }
        Change::Together {
            what: format!("new project · {}", template.title),
            changes: vec![added, Change::ProjectScope { project, answers, on }],
        }
    }

    /// Shows what became of a project; says whether the change was about one.
    pub(super) fn show_project(&mut self, change: &Change) -> bool {
        match change {
            Change::Together { changes, .. } => {
                let added = changes.iter().find(|part| matches!(part, Change::ProjectAdd { .. }));
                return added.is_some_and(|added| self.show_project(added));
            }
            Change::ProjectAdd { project, draft, .. } => {
                self.reveal_project(*project);
                let title = short_title(&draft.title);
                let next = match draft.status {
                    Status::Idea => self.hints([
                        (Action::WeighIdea, "weighs it"),
                        (Action::FillScope, "opens its worksheet"),
                    ]),
                    _ => self.way_back(),
                };
                self.say(Tone::Good, format!("Added “{title}”.{next}"));
            }
            Change::ProjectEdit { project, edit, .. } => {
                self.reveal_project(*project);
                let back = self.way_back();
                let said = match (edit.status, edit.drift_check_on) {
                    (status, Some(Some(on))) => {
                        let title = self.project_title(*project);
                        let live = status.map_or("", |_| " is live");
                        let on = short(on, self.today);
                        format!("“{title}”{live}: the next look for drift is on {on}.{back}")
                    }
                    _ => format!("Saved.{back}"),
                };
                self.say(Tone::Good, said);
            }
            Change::ProjectStatus { project, status, on } => {
                let title =
                    self.workspace.project(*project).map(|project| project.draft.title.as_str());
                let title = text::shown(title.unwrap_or_default()).into_owned();
                let (word, on) = (status.word(), short(*on, self.today));
                let is_dropped = *status == Status::Dropped;
                let back = self.hints(is_dropped.then_some((Action::Undo, "brings it back")));
                self.say(Tone::Good, format!("“{title}” is {word} since {on}.{back}"));
            }
            _ => return false,
        }
        true
    }

    /// A project's title, as a message has room for it.
    pub(super) fn project_title(&self, id: ProjectId) -> String {
        let project = self.workspace.project(id);
        project.map_or_else(String::new, |project| short_title(&project.draft.title))
    }
}

fn short_title(title: &str) -> String {
    text::clip(&text::shown(title), 30)
}
