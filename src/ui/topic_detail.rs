//! The detail of a topic: what mastery means, what it needs and opens, where to learn it, its proof.
//!
//! Must not know how readiness is decided. Items stand in the order of `app::detail`.

use ratatui::text::{Line, Span};

use super::{
    detail::Document,
    fit,
    roadmap::{bar, of, reason},
    theme::Theme,
};
use crate::{
    app::{Model, TreeRow},
    domain::{
        curriculum::{Resource, Topic},
        day::short,
        ids::TopicId,
        session::Subject,
        text,
        topic::{TopicProgress, TopicState},
    },
};

/// Columns before what a line is about.
const LABEL: usize = 13;

/// The selected topic, module or area.
pub fn document<'a>(model: &Model, columns: usize, theme: &'a Theme) -> Document<'a> {
    match model.tree.selected() {
        Some(TreeRow::Next(id) | TreeRow::Topic(id)) => {
            let mut document = topic(model, id, columns, theme);
            if let (Some(TreeRow::Next(_)), Some((_, why))) =
                (model.tree.selected(), model.next_topic())
            {
                document.title = format!("next: {}", document.title);
                document.fact = reason(model, why);
            }
            document
        }
        Some(TreeRow::Module(slug)) => module(model, slug, columns, theme),
        Some(TreeRow::Area(slug)) => area(model, slug, columns, theme),
        None => Document { title: "Curriculum".to_owned(), ..Document::default() },
    }
}

fn topic<'a>(model: &Model, id: &TopicId, columns: usize, theme: &'a Theme) -> Document<'a> {
    let Some(topic) = model.curriculum.topic(id) else {
        return Document::default();
    };
    let state = model.topic_state(id);
    let since = model.workspace.progress.get(id).and_then(TopicProgress::changed_on);
    let fact = since.map_or_else(
        || state.word().to_owned(),
        |on| format!("{} since {}", state.word(), short(on, model.today)),
    );
    let mut document = Document { title: topic.title.clone(), fact, ..Document::default() };
    let check =
        if topic.check.is_empty() { "No “You can …” yet. e adds one." } else { &topic.check };
    for line in fit::wrapped(check, columns) {
        document.push(line);
    }
    for line in fit::wrapped(&place(model, topic), columns) {
        document.push(Span::styled(line, theme.muted));
    }
    document.gap();
    let opens: Vec<_> = model.curriculum.opens(id).map(|topic| topic.id.clone()).collect();
    neighbours(&mut document, "needs", &topic.prerequisites, model, columns, theme);
    neighbours(&mut document, "opens", &opens, model, columns, theme);
    if !topic.resources.is_empty() {
        document.gap();
    }
    for resource in &topic.resources {
        document.item(link(resource, columns, theme));
    }
    document.gap();
    if let Some(words) = model.workspace.studied(&Subject::Topic(id.clone())).words() {
        document.push(labelled("studied", Span::raw(words), theme));
    }
    let mut proof = model.proof(id).peekable();
    if proof.peek().is_none() {
        document.push(labelled("proof", Span::styled("no project yet", theme.muted), theme));
    }
    for (at, project) in proof.enumerate() {
        let label = if at == 0 { "proof" } else { "" };
        let title = fit::clipped(&project.draft.title, columns.saturating_sub(LABEL), theme);
        document.item(labelled(label, Span::raw(title), theme));
    }
    document
}

/// Where a topic stands, and whether anything is missing before it.
fn place(model: &Model, topic: &Topic) -> String {
    let module = model.curriculum.module(&topic.module);
    let mut place = module.map_or_else(String::new, |module| module.title.clone());
    let is_untouched = model.topic_state(&topic.id) == TopicState::NotStarted;
    if is_untouched && model.curriculum.is_ready(topic, |id| model.topic_state(id)) {
        place.push_str(", ready to learn");
    }
    if topic.is_own {
        place.push_str(", your own");
    }
    if let Some(group) = &topic.choose_one {
        let others = model.curriculum.topics.iter();
        let others =
            others.filter(|other| other.choose_one.as_ref() == Some(group) && other.id != topic.id);
        let others: Vec<_> = others.map(|other| other.title.as_str()).collect();
        place = format!("{place}, or {}", others.join(", "));
    }
    text::shown(&place).into_owned()
}

fn labelled<'a>(label: &str, content: Span<'a>, theme: &Theme) -> Line<'a> {
    Line::from(vec![Span::styled(format!("{label:<LABEL$}"), theme.muted), content])
}

fn neighbours<'a>(
    document: &mut Document<'a>,
    label: &str,
    topics: &[TopicId],
    model: &Model,
    columns: usize,
    theme: &'a Theme,
) {
    for (at, id) in topics.iter().enumerate() {
        let (glyph, style) = theme.topic(model.topic_state(id));
        let title = fit::clipped(&model.topic_title(id), columns.saturating_sub(LABEL + 2), theme);
        document.item(Line::from(vec![
            Span::styled(format!("{:<LABEL$}", if at == 0 { label } else { "" }), theme.muted),
            Span::styled(glyph, style),
            Span::raw(format!(" {title}")),
        ]));
    }
}

fn link<'a>(resource: &Resource, columns: usize, theme: &'a Theme) -> Line<'a> {
    let host = fit::clipped(&text::host(&resource.url), columns / 3, theme);
    let mut title = resource.title.clone();
    if !resource.by.is_empty() {
        title = format!("{title}, {}", resource.by);
    }
    let room = columns.saturating_sub(LABEL + fit::width(&host) + 2);
    fit::spread(
        vec![
            Span::styled(format!("{:<LABEL$}", resource.kind.word()), theme.muted),
            Span::raw(fit::clipped(&title, room, theme)),
        ],
        vec![Span::styled(host, theme.link)],
        columns,
    )
}

fn module<'a>(model: &Model, slug: &str, columns: usize, theme: &'a Theme) -> Document<'a> {
    let module = model.curriculum.module(slug);
    let progress = of(model, model.curriculum.topics_in(slug));
    let mut document = Document {
        title: module.map_or_else(String::new, |module| module.title.clone()),
        fact: format!("{}/{} mastered", progress.mastered, progress.counted),
        ..Document::default()
    };
    document.push(Line::from(bar(progress, columns.min(40), theme)));
    document.gap();
    for topic in model.curriculum.topics_in(slug) {
        let state = model.topic_state(&topic.id);
        let (glyph, style) = theme.topic(state);
        let word = state.word();
        let room = columns.saturating_sub(4 + fit::width(word));
        document.push(fit::spread(
            vec![
                Span::styled(glyph, style),
                Span::raw(format!(" {}", fit::clipped(&topic.title, room, theme))),
            ],
            vec![Span::styled(word, theme.muted)],
            columns,
        ));
    }
    document
}

fn area<'a>(model: &Model, slug: &str, columns: usize, theme: &'a Theme) -> Document<'a> {
    let area = model.curriculum.area(slug);
    let modules = || model.curriculum.modules_in(slug);
    let progress = of(model, modules().flat_map(|module| model.curriculum.topics_in(&module.id)));
    let mut document = Document {
        title: area.map_or_else(String::new, |area| area.title.clone()),
        fact: format!("{}/{} mastered", progress.mastered, progress.counted),
        ..Document::default()
    };
    document.push(Line::from(bar(progress, columns.min(40), theme)));
    document.gap();
    for module in modules() {
        let progress = of(model, model.curriculum.topics_in(&module.id));
        let mut right = bar(progress, 10, theme);
        right
            .push(Span::raw(fit::right(&format!("{}/{}", progress.mastered, progress.counted), 7)));
        let title = fit::clipped(&module.title, columns.saturating_sub(19), theme);
        document.push(fit::spread(vec![Span::raw(title)], right, columns));
    }
    document
}
