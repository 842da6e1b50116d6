//! What shows that a topic is mastered, and links of the person's own beside it.
//!
//! Owns both forms' fields and the changes they make. Must not know how they are saved.

use super::{
    Effect, Model, Overlay,
    editor::Editor,
    form::{Field, Form, Labelled, Name, Subject, Token, TokenKind, Wrong},
};
use crate::domain::{
    annotation::OwnLink,
    change::{AnnotationPatch, Change, ProjectPatch},
    ids::TopicId,
    text,
    topic::{Evidence, TopicState},
};

/// How many links of their own a topic may have.
const MOST_LINKS: usize = 50;

/// The choice that names no project.
const NO_PROJECT: &str = "none";

/// The form that asks what shows it; saving it masters the topic, if it is not mastered yet.
pub(super) fn form(model: &Model, topic: &TopicId) -> Form {
    let title = model.topic_title(topic);
    let evidence = model.workspace.progress.get(topic).map(|progress| &progress.evidence);
    let link = evidence.and_then(|evidence| evidence.link.as_deref()).unwrap_or_default();
    let sentence = evidence.map_or("", |evidence| evidence.sentence.as_str());
    let mut fields = Vec::new();
    let labelled = |name, label, help, field| Labelled { name, label, help, field };
    let shown = model.shown_projects();
    if !shown.is_empty() {
        let proves = shown.iter().find(|project| project.draft.topics.contains(topic));
        let titles = shown.iter().map(|project| project.draft.title.as_str());
        let chosen = proves.map_or(NO_PROJECT, |project| project.draft.title.as_str());
        fields.push(labelled(
            Name::Project,
            "Project",
            "Which of your projects shows it? ← → chooses; everything here may stay empty.",
            Field::choice([NO_PROJECT].into_iter().chain(titles), chosen),
        ));
    }
    fields.push(labelled(
        Name::Link,
        "Link",
        "An address where it can be seen: a notebook, a talk, a repository; or nothing.",
        Field::line(link),
    ));
    fields.push(labelled(
        Name::Sentence,
        "Sentence",
        "What you did that shows it, in your own words; or nothing.",
        Field::Text(Editor::lines(sentence)),
    ));
    let title = match model.topic_state(topic) {
        TopicState::Mastered => format!("What shows “{title}”?"),
        _ => format!("Mastered: “{title}”"),
    };
    Form::new(title, Subject::Evidence(topic.clone()), fields)
}

/// The form for links of one's own beside a topic.
pub(super) fn links_form(model: &Model, topic: &TopicId) -> Form {
    let beside = model.workspace.annotations.get(topic);
    let links = beside.map_or(&[][..], |beside| &beside.links);
    let tokens = links.iter().map(|link| {
        let label = if link.title.is_empty() { &link.url } else { &link.title };
        Token { label: text::shown(label).into_owned(), value: link.url.clone() }
    });
    let field = Labelled {
        name: Name::Link,
        label: "Links",
        help: "Addresses, http or https, one after the other; backspace drops the last.",
        field: Field::tokens(TokenKind::Link, MOST_LINKS, tokens.collect()),
    };
    let title = format!("Your links on “{}”", model.topic_title(topic));
    Form::new(title, Subject::Links(topic.clone()), vec![field])
}

impl Model {
    /// Moves a topic to a state; mastering asks for what shows it first.
    pub(super) fn set_topic(&mut self, topic: TopicId, state: TopicState) -> Vec<Effect> {
        if state == TopicState::Mastered && self.topic_state(&topic) != state {
            self.overlay = Some(Overlay::Form(Box::new(form(self, &topic))));
            return Vec::new();
        }
        vec![Effect::Apply(Change::TopicSet { topic, state, on: self.today })]
    }

    /// The state that a topic stays in where a form that would master it is left.
    pub fn stays(&self, form: &Form) -> Option<&'static str> {
        let Subject::Evidence(topic) = &form.subject else { return None };
        let state = self.topic_state(topic);
        (state != TopicState::Mastered).then_some(state.word())
    }

    /// Projects that can show something, in the order of the portfolio.
    fn shown_projects(&self) -> Vec<&crate::domain::project::Project> {
        let projects = self.workspace.projects.iter();
        projects.filter(|project| project.draft.status.is_work()).collect()
    }

    /// What saving the evidence does, as one change. Says what is wrong.
    pub(super) fn evidence_change(
        &self,
        form: &Form,
        topic: &TopicId,
    ) -> Result<Option<Change>, Wrong> {
        let link = Some(form.text(Name::Link)).filter(|link| !link.is_empty());
        if let Some(link) = &link {
            text::link(link).map_err(|error| Wrong::new(Name::Link, error.to_string()))?;
        }
        let evidence = Evidence { sentence: form.text(Name::Sentence), link };
        let (topic, on) = (topic.clone(), self.today);
        let mut changes = Vec::new();
        if self.topic_state(&topic) != TopicState::Mastered {
            let state = TopicState::Mastered;
            changes.push(Change::TopicSet { topic: topic.clone(), state, on });
        }
        if form.is_field_changed(Name::Link) || form.is_field_changed(Name::Sentence) {
            changes.push(Change::TopicEvidence { topic: topic.clone(), evidence });
        }
        let place = form.chosen(Name::Project).and_then(|place| place.checked_sub(1));
        if let Some(project) = place.and_then(|place| self.shown_projects().get(place).copied())
            && !project.draft.topics.contains(&topic)
        {
            let topics = project.draft.topics.iter().cloned().chain([topic.clone()]).collect();
            let edit = ProjectPatch { topics: Some(topics), ..ProjectPatch::default() };
            changes.push(Change::ProjectEdit { project: project.id, edit, on });
        }
        let what = format!("mastered · {}", self.topic_title(&topic));
        Ok(match changes.len() {
            0 | 1 => changes.pop(),
            _ => Some(Change::Together { what, changes }),
        })
    }

    /// What saving links does; a link that stays keeps its title.
    pub(super) fn links_change(&self, form: &Form, topic: &TopicId) -> Option<Change> {
        let held = self.workspace.annotations.get(topic).map_or(&[][..], |beside| &beside.links);
        let links = form.values(Name::Link).into_iter().map(|url| {
            let same = held.iter().find(|link| link.url == url);
            same.cloned().unwrap_or(OwnLink { title: String::new(), url })
        });
        let edit = AnnotationPatch { links: Some(links.collect()), ..AnnotationPatch::default() };
        form.is_changed().then(|| Change::TopicAnnotate { topic: topic.clone(), edit })
    }
}
