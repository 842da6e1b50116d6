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
    let titles = model.defined.modules.iter().map(|module| module.title.as_str());
    let module = topic.map(|topic| topic.module.clone()).or_else(|| selected_module(model));
    let place = place(model, module.as_deref());
    let labelled = |name, label, help, field| Labelled { name, label, help, field };
    let fields =
        vec![
            labelled(
                Name::Title,
                "Title",
                "What you want to learn, such as: Diffusion models.",
                Field::line(topic.map_or("", |topic| &topic.title)),
            ),
            labelled(
                Name::Module,
                "Module",
                "Where it stands in the roadmap; ← → chooses.",
                Field::choice_at(titles, place),
            ),
            labelled(
                Name::Check,
                "You can",
                "How you will know that you have mastered it.",
                Field::line(topic.map_or("", |topic| {
                    topic.check.strip_prefix("You can ").unwrap_or(&topic.check)
                })),
            ),
            labelled(
                Name::Link,
                "Link",
                "Where to learn it: an http or https address, or nothing.",
                Field::line(topic.and_then(|topic| topic.link.as_deref()).unwrap_or_default()),
            ),
        ];
    let title = topic.map_or("New topic".to_owned(), |topic| format!("Edit “{}”", topic.title));
    Form::new(title, Subject::Topic(topic.map(|topic| topic.id.clone())), fields)
}

/// Where a module stands among the choices; the first one stands for one that is not here.
fn place(model: &Model, module: Option<&str>) -> usize {
    let mut modules = model.defined.modules.iter();
    modules.position(|other| Some(&*other.id) == module).unwrap_or(0)
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
        // One whose file is left out for a while is not given up by saving something else.
        let held = id.as_ref().and_then(|id| self.workspace.own_topics.get(id));
        let held = held.map(|topic| topic.module.clone());
        let chosen = form.chosen(Name::Module);
        let kept = held.filter(|held| chosen == Some(place(self, Some(held))));
        let module = kept.or_else(|| Some(self.defined.modules.get(chosen?)?.id.clone()));
        let check = form.text(Name::Check);
        let topic = OwnTopic {
            module: module.unwrap_or_default(),
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
