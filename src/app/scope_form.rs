//! The scope worksheet as a form: a page a step, each saved when it is left.
//!
//! Owns its fields, where it opens, and the changes it makes. Must not know what is asked.

use super::{
    Action, Effect, Model, Overlay, Pane,
    confirm::Confirm,
    editor::Editor,
    form::{Field, Form, Labelled, Look, Name, Page, Pages, Subject},
};
use crate::domain::{
    change::Change,
    day::short,
    ids::ProjectId,
    project::{
        Project, Status,
        scope::{Prompt, Step},
    },
    text,
};

/// Rows for the answers of a step.
const ROWS: u16 = 12;
/// How many earlier answers are shown below a prompt.
const EARLIER: usize = 2;

/// The worksheet, open at the first step that says nothing yet.
pub(super) fn form(model: &Model, project: &Project) -> Form {
    let scope = &project.scope;
    let field = |prompt: Prompt| Labelled {
        name: Name::Answer(prompt),
        label: prompt.label(),
        help: prompt.question(),
        field: Field::Text(Editor::lines(scope.answer(prompt))),
    };
    let page = |step: Step| {
        let first = Prompt::ALL.iter().position(|prompt| prompt.step() == step).unwrap_or(0);
        // All steps fill the window alike.
        let rows = ROWS / u16::try_from(step.prompts().count().max(1)).unwrap_or(1);
        Page::new(step.title(), first, rows)
    };
    let earlier = |prompt: Prompt| {
        let said = scope.earlier(prompt).iter().rev().filter(|answer| !answer.text.is_empty());
        said.take(EARLIER).map(move |answer| {
            let day = short(answer.on, model.today);
            let words: Vec<_> = answer.text.split_whitespace().collect();
            (Name::Answer(prompt), format!("before, {day}: {}", words.join(" ")))
        })
    };
    let title = format!("Scope: {}", text::shown(&project.draft.title));
    let fields = Prompt::ALL.map(field).into();
    let all = Step::ALL.map(page).into();
    let mut form = Form::new(title, Subject::Scope(project.id), fields).divided(Pages {
        look: Look::Steps,
        all,
        ..Pages::default()
    });
    form.asides = Prompt::ALL.into_iter().flat_map(earlier).collect();
    let open = Step::ALL.into_iter().position(|step| !scope.has(step)).unwrap_or(0);
    form.turn(isize::try_from(open).unwrap_or(0));
    form
}

/// What was answered anew, on one page or on all.
fn answers(form: &Form, page: Option<usize>) -> Vec<(Prompt, String)> {
    let is_on = |place: usize| page.is_none_or(|page| form.places_on(page).any(|on| on == place));
    let names = form.fields.iter().enumerate().filter(|(place, _)| is_on(*place));
    let answers = names.filter_map(|(_, labelled)| match labelled.name {
        Name::Answer(prompt) if form.is_field_changed(labelled.name) => {
            Some((prompt, form.text(labelled.name)))
        }
        _ => None,
    });
    answers.collect()
}

impl Model {
    /// Opens the worksheet of the selected project.
    pub(super) fn open_scope(&mut self) {
        if let Some(project) = self.selected_project() {
            let form = form(self, project);
            self.overlay = Some(Overlay::Form(Box::new(form)));
        }
    }

    /// What saving the worksheet does: all that was answered anew, or what was on one page.
    pub(super) fn scope_change(&self, form: &Form, page: Option<usize>) -> Option<Change> {
        let Subject::Scope(project) = form.subject else { return None };
        let answers = answers(form, page);
        let change = Change::ProjectScope { project, answers, on: self.today };
        let is_none = matches!(&change, Change::ProjectScope { answers, .. } if answers.is_empty());
        (!is_none).then_some(change)
    }

    /// Puts the form back on top. A step of the worksheet that was left is saved; the form stays.
    pub(super) fn go_on_in(&mut self, mut form: Box<Form>, page: usize) -> Vec<Effect> {
        let is_left = form.page() != page;
        let change = if is_left { self.scope_change(&form, Some(page)) } else { None };
        if change.is_some() {
            form.is_staying = true;
            self.saving.clone_from(&change);
        }
        self.overlay = Some(Overlay::Form(form));
        change.map(Effect::Apply).into_iter().collect()
    }

    /// Focuses a field of the form on top, as a click does.
    pub(super) fn go_to_field(&mut self, place: usize) -> Vec<Effect> {
        self.click_form(|form| form.focus(place))
    }

    /// Shows a page of the form on top, as a click does.
    pub(super) fn go_to_page(&mut self, page: usize) -> Vec<Effect> {
        self.click_form(|form| {
            let first = form.places_on(page).next();
            if let Some(place) = first.filter(|_| page != form.page()) {
                form.focus(place);
            }
        })
    }

    fn click_form(&mut self, click: impl FnOnce(&mut Form)) -> Vec<Effect> {
        match self.overlay.take() {
            Some(Overlay::Form(mut form)) => {
                let page = form.page();
                click(&mut form);
                self.go_on_in(form, page)
            }
            other => {
                self.overlay = other;
                Vec::new()
            }
        }
    }

    /// What follows once the worksheet is closed: an idea that answers every step is offered to be
    /// scoped.
    pub(super) fn scoped_offer(&self, project: ProjectId) -> Option<Overlay> {
        let project = self.workspace.project(project)?;
        let is_whole = project.draft.status == Status::Idea && project.scope.is_whole();
        let (id, status, on) = (project.id, Status::Scoped, self.today);
        let later = self.tell_key(Pane::Portfolio, Action::AdvanceProject, |key| {
            format!("; {key} moves it on any time")
        });
        is_whole.then(|| {
            Overlay::Confirm(Confirm {
                question: "Every step has an answer. Is it scoped?".to_owned(),
                consequence: format!("If not, it stays an idea{later}."),
                effect: Some(Effect::Apply(Change::ProjectStatus { project: id, status, on })),
                back: None,
            })
        })
    }
}
