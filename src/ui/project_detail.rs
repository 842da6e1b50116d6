//! The detail of a project: how it went, what it is and shows, how it was chosen and scoped.
//!
//! Items stand in the order of `app::detail`. What was not said takes no line: one at the end names
//! what could be added.

mod story;

use ratatui::text::{Line, Span};

use super::{detail::Document, fit, roadmap, theme::Theme};
use crate::{
    app::{Action, Model, Pane, ProjectRow},
    domain::{
        day::short,
        project::{Level, Project, Source, Status, calendar::Remark},
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
    for line in story::course(project, model.today, columns, theme) {
        document.push(line);
    }
    if let Some(remark) = project.remark(model.today) {
        let mut text = remark.sentence();
        if let Remark::Drift { .. } = remark {
            let looked = [(Action::LookAgain, "says that you looked")];
            text.push_str(&model.hints_in(Pane::Portfolio, looked));
        }
        for line in fit::wrapped(&text, columns) {
            document.push(Span::styled(line, theme.advice));
        }
    }
    let studied = model.workspace.studied(&Subject::Project(project.id)).words();
    let effort: Vec<_> = studied.into_iter().chain(model.grew(project.id)).collect();
    for line in fit::wrapped(&effort.join(" · "), columns) {
        document.push(Span::styled(line, theme.muted));
    }
    document.gap();
    if !draft.pitch.is_empty() {
        for line in fit::wrapped(&draft.pitch, columns) {
            document.push(line);
        }
    }
    for (heading, said) in
        [("Result", &draft.result), ("Your role", &draft.role), ("Said simply", &draft.explained)]
    {
        if !said.is_empty() {
            document.heading(heading, theme);
            told(&mut document, said, columns);
        }
    }
    shows(&mut document, model, project, columns, theme);
    story::choosing(&mut document, &draft.choice, columns, theme);
    story::scope(&mut document, &project.scope, columns, theme);
    if let Some(source) = draft.source {
        document.heading("Where it comes from", theme);
        told(&mut document, source.title(), columns);
        if source == Source::Side && !draft.employer.is_empty() {
            told(&mut document, &draft.employer, columns);
        }
    }
    let look = draft.drift_check_on.filter(|on| *on > model.today);
    if let (Some(on), Status::Live) = (look, draft.status) {
        document.gap();
        let words = format!("next look for drift {}", short(on, model.today));
        document.push(Span::styled(words, theme.muted));
    }
    let missing = missing(model, project);
    if !missing.is_empty() {
        document.gap();
        for line in fit::wrapped(&format!("Could be added: {missing}."), columns) {
            document.push(Span::styled(line, theme.muted));
        }
    }
    document
}

/// Stored text below a heading.
fn told(document: &mut Document<'_>, text: &str, columns: usize) {
    for line in fit::wrapped(text, columns.saturating_sub(2)) {
        document.push(format!("  {line}"));
    }
}

/// Links and topics: the items, in the order of `app::detail`.
fn shows<'a>(
    document: &mut Document<'a>,
    model: &Model,
    project: &Project,
    columns: usize,
    theme: &'a Theme,
) {
    let draft = &project.draft;
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
    if !draft.topics.is_empty() {
        // What is only planned, or was let go, proves nothing.
        let heading = if draft.status.is_work() { "Proves" } else { "Would show" };
        document.heading(heading, theme);
    }
    for topic in &draft.topics {
        let state = model.topic_state(topic);
        let (glyph, style) = roadmap::sign(model, topic, theme);
        let room = columns.saturating_sub(fit::width(state.word()) + 6);
        let title = fit::clipped(&model.topic_title(topic), room, theme);
        document.item(fit::spread(
            vec![Span::raw("  "), Span::styled(glyph, style), Span::raw(format!(" {title}"))],
            vec![Span::styled(state.word(), theme.muted)],
            columns,
        ));
    }
}

/// What has nothing to be shown yet, with the keys that add it.
fn missing(model: &Model, project: &Project) -> String {
    let draft = &project.draft;
    let by = |what: &str, action| match model.key_in(Pane::Portfolio, action) {
        Some(key) => format!("{what} ({key})"),
        None => what.to_owned(),
    };
    let is_done = draft.status.is_work();
    let fields = [
        (draft.pitch.is_empty(), "a pitch"),
        (is_done && draft.result.is_empty(), "the result"),
        (is_done && draft.role.is_empty(), "your role"),
        (is_done && draft.explained.is_empty(), "how you explain it simply"),
        (is_done && draft.links.is_empty(), "links"),
        (draft.topics.is_empty(), "the topics it shows"),
    ];
    let fields: Vec<_> =
        fields.into_iter().filter(|(is_empty, _)| *is_empty).map(|(_, what)| what).collect();
    let mut parts = Vec::new();
    if !fields.is_empty() {
        parts.push(by(&fields.join(", "), Action::Edit));
    }
    let is_open = matches!(draft.status, Status::Idea | Status::Scoped);
    let is_ahead = is_open || draft.status == Status::Building;
    if project.scope.is_empty() && is_ahead {
        parts.push(by("its scope", Action::FillScope));
    }
    if is_open && draft.choice.total().is_none() {
        parts.push(by("what it is worth to you", Action::WeighIdea));
    }
    parts.join(", ")
}
