//! The detail of a project: pitch, links, what it proves, how it went.
//!
//! Items stand in the order of `app::detail`.

use ratatui::text::{Line, Span};

use super::{detail::Document, fit, roadmap, theme::Theme};
use crate::{
    app::{Model, ProjectRow},
    domain::{
        day::short,
        project::{Level, Project},
        session::Subject,
        text,
    },
};

/// The selected project or level.
pub fn document<'a>(model: &Model, columns: usize, theme: &'a Theme) -> Document<'a> {
    if let Some(project) = model.selected_project() {
        return project_document(model, project, columns, theme);
    }
    let mut document = Document::default();
    if let Some(ProjectRow::Level(level)) = model.projects.selected() {
        level.word().clone_into(&mut document.title);
        for line in fit::wrapped(meaning(*level), columns) {
            document.push(line);
        }
        return document;
    }
    "Portfolio".clone_into(&mut document.title);
    document.push(Span::styled("Projects grow from simple to complex:", theme.muted));
    document.gap();
    for level in Level::ALL {
        let lines = fit::wrapped(meaning(level), columns.saturating_sub(13));
        for (at, line) in lines.into_iter().enumerate() {
            let word = if at == 0 { level.word() } else { "" };
            let word = Span::styled(format!("{word:<13}"), theme.heading);
            document.push(Line::from(vec![word, Span::styled(line, theme.muted)]));
        }
    }
    document
}

/// What a level means, after Ng's four steps.
fn meaning(level: Level) -> &'static str {
    match level {
        Level::Educational => "Class work and known exercises, done again by yourself.",
        Level::Personal => "Something small for yourself, with nobody waiting for it.",
        Level::Valuable => "Something that is of use to others.",
        Level::Larger => "Larger in scope, with others, and relied upon.",
    }
}

fn project_document<'a>(
    model: &Model,
    project: &Project,
    columns: usize,
    theme: &'a Theme,
) -> Document<'a> {
    let draft = &project.draft;
    let mut document = Document {
        title: draft.title.clone(),
        fact: draft.level.word().to_owned(),
        ..Document::default()
    };
    let since = project
        .changed_on()
        .map_or_else(String::new, |on| format!(" since {}", short(on, model.today)));
    document.push(Line::from(vec![
        Span::styled(draft.status.word(), theme.status(draft.status)),
        Span::styled(since, theme.muted),
    ]));
    if let Some(words) = model.workspace.studied(&Subject::Project(project.id)).words() {
        document.push(Span::styled(words, theme.muted));
    }
    document.gap();
    if draft.pitch.is_empty() {
        document.push(Span::styled("No pitch yet. e says what it does and for whom.", theme.muted));
    }
    for line in fit::wrapped(&draft.pitch, columns) {
        document.push(line);
    }
    if !draft.links.is_empty() {
        document.heading("Links", theme);
    }
    for url in &draft.links {
        let host = fit::clipped(&text::host(url), columns / 2, theme);
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let path = rest.split_once('/').map_or("", |(_, path)| path);
        let room = columns.saturating_sub(fit::width(&host) + 4);
        document.item(Line::from(vec![
            Span::raw("  "),
            Span::styled(host, theme.link),
            Span::styled(format!("  {}", fit::clipped(path, room, theme)), theme.muted),
        ]));
    }
    document.heading("Proves", theme);
    if draft.topics.is_empty() {
        document.push(Span::styled("  no topic yet; e adds some", theme.muted));
    }
    for topic in &draft.topics {
        let (glyph, style) = roadmap::sign(model, topic, theme);
        let title = fit::clipped(&model.topic_title(topic), columns.saturating_sub(4), theme);
        document.item(Line::from(vec![
            Span::raw("  "),
            Span::styled(glyph, style),
            Span::raw(format!(" {title}")),
        ]));
    }
    document.heading("How it went", theme);
    for change in &project.history {
        document.push(Line::from(vec![
            Span::styled(format!("  {:<16}", short(change.on, model.today)), theme.muted),
            Span::styled(change.status.word(), theme.status(change.status)),
        ]));
    }
    document
}
