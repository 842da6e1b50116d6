//! The detail of a topic: what mastery means, what it needs and opens, where to learn it, its proof.
//!
//! Must not know how readiness is decided. Items stand in the order of `app::detail`.

use std::iter;

use ratatui::text::{Line, Span};

use super::{
    detail::Document,
    fit, header,
    roadmap::{bar, counted, is_retired, of, reason, sign},
    theme::Theme,
};
use crate::{
    app::{Action, Model, Pane, TreeRow},
    domain::{
        annotation::OwnLink,
        curriculum::{Origin, Resource, Topic},
        day::short,
        ids::TopicId,
        session::{Subject, duration},
        text,
        topic::{TopicProgress, TopicState},
    },
};

const PANE: Pane = Pane::Curriculum;

/// Columns before what a line is about; the one word that is longer shifts its own line.
const LABEL: usize = 11;
/// How many lines of notes, and of every other text, are shown.
const NOTE_LINES: usize = 40;

/// Said of topics that no file has.
const RETIRED: &str = "They were in a curriculum once. What you did with them stays here, and \
                       counts for nothing. Another topic takes over with replaces = [\"…\"] in its \
                       file.";

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
        None => {
            let all: Vec<_> = model.curriculum.topics.iter().collect();
            heading(model, "Curriculum".to_owned(), &all, columns, theme)
        }
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
    let check = match topic.origin {
        Origin::Retired => "It is in no curriculum any more. What you did with it stays here.",
        _ if topic.check.is_empty() => {
            &format!("No “You can …” yet.{}", model.hints_in(PANE, [(Action::Edit, "adds one")]))
        }
        _ => &topic.check,
    };
    for line in fit::wrapped(check, columns) {
        document.push(line);
    }
    if topic.origin != Origin::Retired {
        for line in fit::wrapped(&place(model, topic), columns) {
            document.push(Span::styled(line, theme.muted));
        }
    }
    document.gap();
    let beside = model.workspace.annotations.get(id);
    if let Some(want) = model.workspace.want(id) {
        document.push(labelled("wanted", Span::styled(want.word(), theme.link), theme));
    }
    neighbours(&mut document, "needs", &topic.prerequisites, model, columns, theme);
    // What it takes, where to learn it, and only then what it leads to: in a low window whoever asks
    // where to begin sees an address.
    let own = beside.map_or(&[][..], |beside| &beside.links);
    document.gap();
    let is_used = |url: &str| model.workspace.is_used(id, url);
    for Resource { title, by, kind, url } in &topic.resources {
        let title = if by.is_empty() { title.clone() } else { format!("{title}, {by}") };
        link(&mut document, (kind.word(), &title, url), is_used(url), columns, theme);
    }
    for OwnLink { title, url } in own {
        let title = if title.is_empty() { url } else { title };
        link(&mut document, ("your own", title, url), is_used(url), columns, theme);
    }
    let opens: Vec<_> = model.curriculum.opens(id).map(|topic| topic.id.clone()).collect();
    document.gap();
    neighbours(&mut document, "opens", &opens, model, columns, theme);
    if let Some(notes) = beside.map(|beside| beside.notes.as_str()).filter(|n| !n.is_empty()) {
        document.gap();
        told(&mut document, "notes", notes, columns, theme);
    }
    document.gap();
    if let Some(words) = model.workspace.studied(&Subject::Topic(id.clone())).words() {
        document.push(labelled("studied", Span::raw(words), theme));
    }
    proof(&mut document, model, id, columns, theme);
    way(&mut document, model, id, columns, theme);
    document
}

/// Projects that show it, then what the person said shows it.
fn proof<'a>(
    document: &mut Document<'a>,
    model: &Model,
    id: &TopicId,
    columns: usize,
    theme: &'a Theme,
) {
    let mut label = "proof";
    for project in model.proof(id) {
        let status = project.draft.status.word();
        let room = columns.saturating_sub(LABEL + fit::width(status) + 2);
        let title = fit::clipped(&project.draft.title, room, theme);
        document.item(fit::spread(
            vec![Span::styled(format!("{label:<LABEL$}"), theme.muted), Span::raw(title)],
            vec![Span::styled(status, theme.status(project.draft.status))],
            columns,
        ));
        label = "";
    }
    let progress = model.workspace.progress.get(id);
    let evidence = progress.map(|progress| &progress.evidence);
    if let Some(url) = evidence.and_then(|evidence| evidence.link.as_deref()) {
        let url = fit::clipped(url, columns.saturating_sub(LABEL), theme);
        document.item(labelled(label, Span::styled(url, theme.link), theme));
        label = "";
    }
    if let Some(sentence) = evidence.map(|told| told.sentence.as_str()).filter(|s| !s.is_empty()) {
        told(document, label, sentence, columns, theme);
        label = "";
    }
    if label.is_empty() {
        return;
    }
    let add = model.key_in(PANE, Action::Prove).map(|key| format!("; {key} adds what does"));
    let nothing = match model.topic_state(id) {
        TopicState::Mastered => format!("nothing shows it yet{}", add.unwrap_or_default()),
        _ => "none yet".to_owned(),
    };
    for line in fit::wrapped(&nothing, columns.saturating_sub(LABEL)) {
        document.push(labelled(label, Span::styled(line, theme.muted), theme));
        label = "";
    }
}

/// How it came here and when it comes back: `learning 3 Mar → mastered 9 May`.
fn way(document: &mut Document<'_>, model: &Model, id: &TopicId, columns: usize, theme: &Theme) {
    let today = model.today;
    if let Some(review) = model.coming_review(id) {
        let looks = review.history.len().saturating_sub(1);
        let before = match looks {
            0 => String::new(),
            _ => format!(", looked back {}", times(looks)),
        };
        let day = short(review.due_on, today);
        let (text, style) = if review.due_on <= today {
            let look = model.tell_key(PANE, Action::Review, |key| format!("; {key} looks back"));
            (format!("{} due since {day}{look}{before}", theme.glyphs.review), theme.advice)
        } else {
            (format!("comes back on {day}{before}"), theme.text)
        };
        let lines = fit::wrapped(&text, columns.saturating_sub(LABEL));
        for (line, label) in lines.into_iter().zip(iter::once("review").chain(iter::repeat(""))) {
            document.push(labelled(label, Span::styled(line, style), theme));
        }
    }
    let history = model.workspace.progress.get(id).map_or(&[][..], |progress| &progress.history);
    let steps =
        history.iter().map(|step| format!("{} {}", step.state.word(), short(step.on, today)));
    let steps: Vec<_> = steps.collect();
    // The newest step stands on the frame.
    if steps.len() > 1 {
        let arrow = if theme.glyphs.is_ascii { " > " } else { " → " };
        told(document, "so far", &steps.join(arrow), columns, theme);
    }
}

/// How often.
fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

/// Text of several lines behind its label.
fn told(document: &mut Document<'_>, label: &str, text: &str, columns: usize, theme: &Theme) {
    let lines = fit::few_lines(text, columns.saturating_sub(LABEL), NOTE_LINES, theme);
    for (at, line) in lines.into_iter().enumerate() {
        document.push(labelled(if at == 0 { label } else { "" }, Span::raw(line), theme));
    }
}

/// Where a topic stands, and whether anything is missing before it.
fn place(model: &Model, topic: &Topic) -> String {
    let module = model.curriculum.module(&topic.module);
    let mut place = module.map_or_else(String::new, |module| module.title.clone());
    let is_untouched =
        model.topic_state(&topic.id) == TopicState::NotStarted && topic.origin != Origin::Retired;
    if is_untouched && model.curriculum.is_ready(topic, |id| model.topic_state(id)) {
        place.push_str(", ready to learn");
    }
    if topic.origin == Origin::Own {
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
        let (glyph, style) = sign(model, id, theme);
        let title = fit::clipped(&model.topic_title(id), columns.saturating_sub(LABEL + 2), theme);
        document.item(Line::from(vec![
            Span::styled(format!("{:<LABEL$}", if at == 0 { label } else { "" }), theme.muted),
            Span::styled(glyph, style),
            Span::raw(format!(" {title}")),
        ]));
    }
}

/// Where to learn it; one that was used has its tick. A second line holds what is left of a long title,
/// and the host stands behind its end.
fn link<'a>(
    document: &mut Document<'a>,
    (kind, title, url): (&str, &str, &str),
    is_used: bool,
    columns: usize,
    theme: &'a Theme,
) {
    let kind = format!("{kind:<width$} ", width = LABEL - 3);
    let start = fit::width(&kind) + 2;
    let room = columns.saturating_sub(start);
    let host = fit::clipped(&text::host(url), room, theme);
    let mut titles = fit::few_lines(title, room, 2, theme);
    if titles.last().is_none_or(|last| fit::width(last) + 2 + fit::width(&host) > room) {
        titles.push(String::new());
    }
    let (tick, style) = if is_used { (theme.glyphs.done, theme.muted) } else { (" ", theme.text) };
    let count = titles.len();
    let mut before =
        vec![Span::styled(kind, theme.muted), Span::styled(tick, theme.done), Span::raw(" ")];
    for (at, title) in titles.into_iter().enumerate() {
        let host = (at + 1 == count).then(|| Span::styled(host.clone(), theme.link));
        before.push(Span::styled(title, style));
        let line = fit::spread(before, host.into_iter().collect(), columns);
        if at == 0 {
            document.item(line);
        } else {
            document.push(line);
        }
        before = vec![Span::raw(" ".repeat(start))];
    }
}

/// How far one is with all of some topics, and at which pace.
fn heading<'a>(
    model: &Model,
    title: String,
    topics: &[&Topic],
    columns: usize,
    theme: &'a Theme,
) -> Document<'a> {
    let progress = of(model, topics.iter().copied());
    if is_retired(topics) {
        let fact = header::plural(topics.len(), "topic");
        let mut document = Document { title, fact, ..Document::default() };
        for line in fit::wrapped(RETIRED, columns) {
            document.push(Span::styled(line, theme.muted));
        }
        return document;
    }
    let fact = format!("{} mastered", counted(progress, topics));
    let mut document = Document { title, fact, ..Document::default() };
    document.push(Line::from(bar(progress, columns.min(40), theme)));
    pace(&mut document, model, columns, theme);
    document
}

fn module<'a>(model: &Model, slug: &str, columns: usize, theme: &'a Theme) -> Document<'a> {
    let module = model.curriculum.module(slug);
    let title = module.map_or_else(String::new, |module| module.title.clone());
    let topics: Vec<_> = model.curriculum.topics_in(slug).collect();
    let mut document = heading(model, title, &topics, columns, theme);
    if let Some((estimate, left)) = model.estimate(slug) {
        let (each, weeks) = (duration(estimate.each), plural(estimate.weeks, "week"));
        let of = if left == 1 { "one topic".to_owned() } else { format!("{left} topics") };
        let text = format!("about {weeks} for the {of} left: a topic took you {each} so far");
        for line in fit::wrapped(&text, columns) {
            document.push(Span::styled(line, theme.muted));
        }
    }
    document.gap();
    for topic in model.curriculum.topics_in(slug) {
        let state = model.topic_state(&topic.id);
        let (glyph, style) = sign(model, &topic.id, theme);
        let word = state.word();
        let room = columns.saturating_sub(4 + fit::width(word));
        document.item(fit::spread(
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

/// Minutes per week of all sessions, a bar for each of the last weeks.
fn pace(document: &mut Document<'_>, model: &Model, columns: usize, theme: &Theme) {
    let Some((pace, weekly)) = model.known_pace() else {
        return;
    };
    let weeks = pace.weeks;
    let most = weeks.into_iter().max().unwrap_or(0).max(1);
    let steps = theme.glyphs.heights.len() as u64;
    let bars = weeks.map(|seconds| {
        // Rounded up: even the shortest session shows.
        let height = usize::try_from((seconds * steps).div_ceil(most)).unwrap_or(0);
        height.checked_sub(1).map_or(theme.glyphs.idle, |at| theme.glyphs.heights[at])
    });
    document.gap();
    let over = header::plural(pace.since_begun().len(), "week");
    let said = format!("all sessions: {} a week, over {over}", duration(weekly));
    let mut before = bars.concat();
    for line in fit::wrapped(&said, columns.saturating_sub(fit::width(&before) + 2)) {
        let text = Span::raw(format!("  {line}"));
        let blank = " ".repeat(fit::width(&before));
        document.push(Line::from(vec![Span::styled(before, theme.bar), text]));
        before = blank;
    }
}

/// A count with its noun.
fn plural(count: u64, noun: &str) -> String {
    header::plural(usize::try_from(count).unwrap_or(usize::MAX), noun)
}

fn area<'a>(model: &Model, slug: &str, columns: usize, theme: &'a Theme) -> Document<'a> {
    let area = model.curriculum.area(slug);
    let modules = || model.curriculum.modules_in(slug);
    let title = area.map_or_else(String::new, |area| area.title.clone());
    let topics = modules().flat_map(|module| model.curriculum.topics_in(&module.id));
    let topics: Vec<_> = topics.collect();
    let mut document = heading(model, title, &topics, columns, theme);
    document.gap();
    for module in modules() {
        let topics: Vec<_> = model.curriculum.topics_in(&module.id).collect();
        let progress = of(model, topics.iter().copied());
        let mut right = if is_retired(&topics) { Vec::new() } else { bar(progress, 10, theme) };
        right.push(Span::raw(fit::right(&counted(progress, &topics), 7)));
        let title = fit::clipped(&module.title, columns.saturating_sub(19), theme);
        document.item(fit::spread(vec![Span::raw(title)], right, columns));
    }
    document
}
