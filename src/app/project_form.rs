//! Adding and editing a project: the whole form, and the short one for an idea.
//!
//! Owns both forms' fields and the changes they make. Must not know how they are saved.

use super::{
    Model, ProjectRow,
    editor::Editor,
    form::{Field, Form, Labelled, Name, Page, Pages, Subject, Token, TokenKind, Wrong},
};
use crate::domain::{
    change::{Change, ProjectPatch},
    day,
    ids::{ProjectId, TopicId},
    project::{Level, Project, ProjectDraft, Source, Status, calendar},
    text,
};

/// How many links or topics a project may have.
const MOST: usize = 50;

/// What stands where no source was named.
const NO_SOURCE: &str = "not said";

const EMPLOYER: &str =
    "Is it fine with your employer, and could it even help there? Ask before it grows.";

fn labelled(name: Name, label: &'static str, help: &'static str, field: Field) -> Labelled {
    Labelled { name, label, help, field }
}

fn source_field(source: Option<Source>) -> Labelled {
    let titles = [NO_SOURCE].into_iter().chain(Source::ALL.map(Source::title));
    labelled(
        Name::Source,
        "From",
        "Where the idea comes from; ← → chooses. A side project asks about your employer.",
        Field::choice(titles, source.map_or(NO_SOURCE, Source::title)),
    )
}

fn source_of(form: &Form) -> Option<Source> {
    Source::ALL.get(form.chosen(Name::Source)?.checked_sub(1)?).copied()
}

/// The short form: a title is enough.
pub(super) fn idea_form(model: &Model) -> Form {
    let fields = vec![
        labelled(
            Name::Title,
            "Idea",
            "What it is, in a few words: that is enough. Where it comes from may stay open.",
            Field::line(""),
        ),
        source_field(None),
        labelled(Name::Employer, "Employer", EMPLOYER, Field::line("")),
    ];
    let only_while = vec![(Name::Employer, Name::Source, Source::Side.title())];
    let title = format!("An idea, {}", model.selected_level().word());
    Form::new(title, Subject::Idea, fields).divided(Pages { only_while, ..Pages::default() })
}

/// The form for a project, or for a new one at the level that is selected.
pub(super) fn form(model: &Model, project: Option<&Project>) -> Form {
    let new = ProjectDraft { level: model.selected_level(), ..ProjectDraft::default() };
    let draft = project.map_or(&new, |project| &project.draft);
    let links = draft.links.iter();
    let links = links.map(|url| Token { label: text::shown(url).into_owned(), value: url.clone() });
    let topics = draft.topics.iter();
    let topics = topics.map(|id| Token { label: model.topic_title(id), value: id.0.clone() });
    let several = |text: &str| Field::Text(Editor::lines(text));
    // What becomes live is to be looked at a while later; that is only a suggestion.
    let look = match draft.drift_check_on {
        Some(on) => Editor::line(&on.to_string()),
        None if draft.status == Status::Live => Editor::line(""),
        None => Editor::suggestion(&calendar::next_look(model.today).to_string()),
    };
    let what = vec![
        labelled(
            Name::Title,
            "Title",
            "A short name, such as: Forecast a shop's demand.",
            Field::line(&draft.title),
        ),
        labelled(
            Name::Level,
            "Level",
            "From exercise to work that others rely on; ← → chooses.",
            Field::choice(Level::ALL.map(Level::word), draft.level.word()),
        ),
        labelled(
            Name::Status,
            "Status",
            "How far it is; ← → chooses.",
            Field::choice(Status::ALL.map(Status::word), draft.status.word()),
        ),
        labelled(
            Name::Drift,
            "Look again",
            "The day to look whether it still does what it did, such as 2027-01-31; or nothing.",
            Field::Text(look),
        ),
        labelled(
            Name::Pitch,
            "Pitch",
            "What it does and for whom; alt-enter starts a new line.",
            several(&draft.pitch),
        ),
        source_field(draft.source),
        labelled(Name::Employer, "Employer", EMPLOYER, several(&draft.employer)),
    ];
    let came = vec![
        labelled(
            Name::Result,
            "Result",
            "What came of it: a number, a sentence of somebody who uses it; alt-enter starts a new line.",
            several(&draft.result),
        ),
        labelled(
            Name::Role,
            "Your role",
            "What you did in it, in one line; alone counts.",
            Field::line(&draft.role),
        ),
        labelled(
            Name::Explained,
            "Simply",
            "How you would explain it to somebody outside of the field; alt-enter starts a new line.",
            several(&draft.explained),
        ),
    ];
    let shows = vec![
        labelled(
            Name::Link,
            "Links",
            "Addresses, http or https, one after the other; backspace drops the last.",
            Field::tokens(TokenKind::Link, MOST, links.collect()),
        ),
        labelled(
            Name::Topics,
            "Proves",
            "Topics it shows you can do, one after the other; some letters of each are enough.",
            Field::tokens(TokenKind::Topic, MOST, topics.collect()),
        ),
    ];
    let (second, third) = (what.len(), what.len() + came.len());
    let all = vec![
        Page::new("What it is", 0, 3),
        Page::new("What came of it", second, 4),
        Page::new("What it shows", third, 3),
    ];
    let only_while = vec![
        (Name::Drift, Name::Status, Status::Live.word()),
        (Name::Employer, Name::Source, Source::Side.title()),
    ];
    let title = project.map_or("New project".to_owned(), |project| {
        format!("Edit “{}”", text::shown(&project.draft.title))
    });
    let fields = what.into_iter().chain(came).chain(shows).collect();
    Form::new(title, Subject::Project(project.map(|project| project.id)), fields).divided(Pages {
        all,
        only_while,
        ..Pages::default()
    })
}

impl Model {
    /// The level of the selected row; where nothing is selected, the simplest.
    fn selected_level(&self) -> Level {
        match self.projects.selected() {
            Some(ProjectRow::Level(level)) => *level,
            _ => self.selected_project().map_or(Level::Educational, |project| project.draft.level),
        }
    }

    /// A new project, last in its level.
    pub(super) fn added(&mut self, draft: ProjectDraft) -> Change {
        Change::ProjectAdd {
            project: ProjectId(self.ids.next_uuid()),
            draft,
            position: self.workspace.next_project_position(),
            on: self.today,
        }
    }

    /// What saving an idea does. Says what is wrong.
    pub(super) fn idea_change(&mut self, form: &Form) -> Result<Option<Change>, Wrong> {
        let source = source_of(form);
        let employer = match source {
            Some(Source::Side) => form.text(Name::Employer),
            _ => String::new(),
        };
        let level = self.selected_level();
        let title = named(form)?;
        let draft = ProjectDraft { title, level, source, employer, ..ProjectDraft::default() };
        Ok(Some(self.added(draft)))
    }

    /// What saving the form does; nothing when nothing differs. Says what is wrong.
    pub(super) fn project_change(
        &mut self,
        form: &Form,
        id: Option<ProjectId>,
    ) -> Result<Option<Change>, Wrong> {
        let status = Status::parse(&form.text(Name::Status)).unwrap_or_default();
        let mut drift_check_on = None;
        if status == Status::Live {
            let typed = Some(form.text(Name::Drift)).filter(|typed| !typed.is_empty());
            let read = typed.map(|typed| day::parse(&typed, self.today)).transpose();
            drift_check_on = read.map_err(|error| Wrong::new(Name::Drift, error.to_string()))?;
        }
        let draft = ProjectDraft {
            title: named(form)?,
            level: Level::parse(&form.text(Name::Level)).unwrap_or_default(),
            status,
            pitch: form.text(Name::Pitch),
            links: form.values(Name::Link),
            topics: form.values(Name::Topics).into_iter().map(TopicId).collect(),
            result: form.text(Name::Result),
            role: form.text(Name::Role),
            explained: form.text(Name::Explained),
            source: source_of(form),
            employer: form.text(Name::Employer),
            drift_check_on,
            ..ProjectDraft::default()
        };
        let Some(project) = id else {
            return Ok(Some(self.added(draft)));
        };
        let is_changed = |name| form.is_field_changed(name);
        let sets_drift =
            status == Status::Live && [Name::Status, Name::Drift].map(is_changed) != [false; 2];
        let edit = ProjectPatch {
            title: is_changed(Name::Title).then_some(draft.title),
            level: is_changed(Name::Level).then_some(draft.level),
            status: is_changed(Name::Status).then_some(draft.status),
            pitch: is_changed(Name::Pitch).then_some(draft.pitch),
            links: is_changed(Name::Link).then_some(draft.links),
            topics: is_changed(Name::Topics).then_some(draft.topics),
            result: is_changed(Name::Result).then_some(draft.result),
            role: is_changed(Name::Role).then_some(draft.role),
            explained: is_changed(Name::Explained).then_some(draft.explained),
            source: is_changed(Name::Source).then_some(draft.source),
            employer: is_changed(Name::Employer).then_some(draft.employer),
            drift_check_on: sets_drift.then_some(draft.drift_check_on),
            choice: None,
        };
        let is_none = edit == ProjectPatch::default();
        Ok((!is_none).then_some(Change::ProjectEdit { project, edit, on: self.today }))
    }
}

fn named(form: &Form) -> Result<String, Wrong> {
    let title = form.text(Name::Title);
    if title.is_empty() { Err(Wrong::new(Name::Title, "A title is needed.")) } else { Ok(title) }
}
