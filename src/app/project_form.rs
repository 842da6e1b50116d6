//! Adding and editing a project.
//!
//! Owns the form's fields and the change they make. Must not know how it is saved.

use super::{
    Model, ProjectRow,
    editor::Editor,
    form::{Field, Form, Labelled, Name, Subject, Token, TokenKind, Wrong},
};
use crate::domain::{
    change::{Change, ProjectPatch},
    ids::{ProjectId, TopicId},
    project::{Level, Project, ProjectDraft, Status},
    text,
};

/// How many links or topics a project may have.
const MOST: usize = 50;

/// The form for a project, or for a new one at the level that is selected.
pub(super) fn form(model: &Model, project: Option<&Project>) -> Form {
    let level = match model.projects.selected() {
        Some(ProjectRow::Level(level)) => *level,
        _ => model.selected_project().map_or(Level::Educational, |project| project.draft.level),
    };
    let new = ProjectDraft { level, ..ProjectDraft::default() };
    let draft = project.map_or(&new, |project| &project.draft);
    let links = draft.links.iter();
    let links = links.map(|url| Token { label: text::shown(url).into_owned(), value: url.clone() });
    let topics = draft.topics.iter();
    let topics = topics.map(|id| Token { label: model.topic_title(id), value: id.0.clone() });
    let labelled = |name, label, help, field| Labelled { name, label, help, field };
    let fields = vec![
        labelled(
            Name::Title,
            "Title",
            "a short name, such as: Forecast a shop's demand",
            Field::line(&draft.title),
        ),
        labelled(
            Name::Level,
            "Level",
            "from exercise to work that others rely on; ← → chooses",
            Field::choice(Level::ALL.map(Level::word), draft.level.word()),
        ),
        labelled(
            Name::Status,
            "Status",
            "how far it is; ← → chooses",
            Field::choice(Status::ALL.map(Status::word), draft.status.word()),
        ),
        labelled(
            Name::Pitch,
            "Pitch",
            "what it does and for whom; alt-enter starts a new line",
            Field::Text(Editor::lines(&draft.pitch)),
        ),
        labelled(
            Name::Link,
            "Links",
            "http or https addresses; enter takes each, backspace drops the last",
            Field::tokens(TokenKind::Link, MOST, links.collect()),
        ),
        labelled(
            Name::Topics,
            "Proves",
            "topics it shows you can do; type some letters, enter takes each",
            Field::tokens(TokenKind::Topic, MOST, topics.collect()),
        ),
    ];
    let title = project
        .map_or("New project".to_owned(), |project| format!("Edit “{}”", project.draft.title));
    Form::new(title, Subject::Project(project.map(|project| project.id)), fields)
}

impl Model {
    /// What saving the form does; nothing when nothing differs. Says what is wrong.
    pub(super) fn project_change(
        &mut self,
        form: &Form,
        id: Option<ProjectId>,
    ) -> Result<Option<Change>, Wrong> {
        let draft = ProjectDraft {
            title: form.text(Name::Title),
            level: Level::parse(&form.text(Name::Level)).unwrap_or_default(),
            status: Status::parse(&form.text(Name::Status)).unwrap_or_default(),
            pitch: form.text(Name::Pitch),
            links: form.values(Name::Link),
            topics: form.values(Name::Topics).into_iter().map(TopicId).collect(),
            ..ProjectDraft::default()
        };
        if draft.title.is_empty() {
            return Err(Wrong::new(Name::Title, "A title is needed."));
        }
        let on = self.today;
        Ok(match id {
            None => Some(Change::ProjectAdd {
                project: ProjectId(self.ids.next_uuid()),
                draft,
                position: self.workspace.next_project_position(),
                on,
            }),
            Some(project) if form.is_changed() => {
                let is_changed = |name| form.is_field_changed(name);
                let edit = ProjectPatch {
                    title: is_changed(Name::Title).then_some(draft.title),
                    level: is_changed(Name::Level).then_some(draft.level),
                    status: is_changed(Name::Status).then_some(draft.status),
                    pitch: is_changed(Name::Pitch).then_some(draft.pitch),
                    links: is_changed(Name::Link).then_some(draft.links),
                    topics: is_changed(Name::Topics).then_some(draft.topics),
                    ..ProjectPatch::default()
                };
                Some(Change::ProjectEdit { project, edit, on })
            }
            Some(_) => None,
        })
    }
}
