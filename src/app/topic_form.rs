//! Adding and editing a topic of one's own.
//!
//! Owns the form's fields and the change they make. Must not know how it is saved.

use super::{
    Model, TreeRow,
    form::{Field, Form, Labelled, Name, Subject, Wrong},
};
use crate::domain::{change::Change, ids::TopicId, topic::OwnTopic};

/// The form for a topic of one's own, or for a new one in the module that is selected.
pub(super) fn form(model: &Model, topic: Option<&OwnTopic>) -> Form {
    let modules = model.defined.modules.iter();
    let module = topic.map(|topic| topic.module.clone()).or_else(|| selected_module(model));
    let title_of = |slug: &String| modules.clone().find(|module| module.id == *slug);
    let module = module.as_ref().and_then(title_of).map_or("", |module| module.title.as_str());
    let labelled = |name, label, help, field| Labelled { name, label, help, field };
    let fields =
        vec![
            labelled(
                Name::Title,
                "Title",
                "what you want to learn, such as: Diffusion models",
                Field::line(topic.map_or("", |topic| &topic.title)),
            ),
            labelled(
                Name::Module,
                "Module",
                "where it stands in the roadmap; ← → chooses",
                Field::choice(modules.clone().map(|module| module.title.as_str()), module),
            ),
            labelled(
                Name::Check,
                "You can",
                "how you will know that you have mastered it",
                Field::line(topic.map_or("", |topic| {
                    topic.check.strip_prefix("You can ").unwrap_or(&topic.check)
                })),
            ),
            labelled(
                Name::Link,
                "Link",
                "where to learn it: an http or https address, or nothing",
                Field::line(topic.and_then(|topic| topic.link.as_deref()).unwrap_or_default()),
            ),
        ];
    let title = topic.map_or("New topic".to_owned(), |topic| format!("Edit “{}”", topic.title));
    Form::new(title, Subject::Topic(topic.map(|topic| topic.id.clone())), fields)
}

/// The module of the selected row.
fn selected_module(model: &Model) -> Option<String> {
    match model.tree.selected()? {
        TreeRow::Module(slug) => Some(slug.clone()),
        TreeRow::Area(slug) => {
            model.curriculum.modules_in(slug).next().map(|module| module.id.clone())
        }
        TreeRow::Next(id) | TreeRow::Topic(id) => {
            model.curriculum.topic(id).map(|topic| topic.module.clone())
        }
    }
}

impl Model {
    /// What saving the form does. Says what is wrong.
    pub(super) fn topic_change(
        &mut self,
        form: &Form,
        id: Option<TopicId>,
    ) -> Result<Option<Change>, Wrong> {
        let title = form.text(Name::Title);
        if title.is_empty() {
            return Err(Wrong::new(Name::Title, "A title is needed."));
        }
        if id.is_some() && !form.is_changed() {
            return Ok(None);
        }
        let module = form.chosen(Name::Module).and_then(|at| self.defined.modules.get(at));
        let check = form.text(Name::Check);
        let topic = OwnTopic {
            module: module.map_or_else(String::new, |module| module.id.clone()),
            title,
            check: if check.is_empty() { check } else { format!("You can {check}") },
            link: Some(form.text(Name::Link)).filter(|link| !link.is_empty()),
            is_deleted: false,
            // The prefix keeps a later curriculum from ever using the slug for something else.
            id: id.unwrap_or_else(|| TopicId(format!("own-{}", self.ids.next_uuid().simple()))),
        };
        Ok(Some(Change::OwnTopicPut { topic }))
    }
}
