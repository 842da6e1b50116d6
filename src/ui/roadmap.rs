//! The roadmap's list: areas, modules and topics with their states.
//!
//! ```text
//! ▾ Math for machine learning                      ▓▓░░░  9/19
//!   ▾ Linear algebra                               ▓▓▓░░   3/5
//!     ● Vectors
//! ```
//!
//! Must not know how progress is counted.

use std::borrow::Cow;

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{fit, found, header, pane, theme::Theme};
use crate::{
    app::{Filter, Focus, Model, Pane, TreeRow, find::Finder},
    domain::{
        curriculum::{Progress, Topic, Why, progress},
        ids::TopicId,
        session::{Studied, Subject, duration},
        text,
        topic::TopicState,
    },
};

/// Cells of a bar.
const BAR: usize = 5;

/// Draws the pane.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let is_focused = model.pane == Pane::Curriculum;
    let height = model.areas.list_height(Pane::Curriculum);
    let all = header::progress(model);
    let noun = if area.width < 48 { "" } else { " mastered" };
    let mut fact = format!("{}/{}{noun}", all.mastered, all.counted);
    if let Some(position) = pane::position(&model.tree, height).filter(|_| is_focused) {
        fact = format!("{fact}  {position}");
    }
    let inner = pane::titled(area, is_focused, &title(model), &fact, theme, frame);
    if model.tree.rows().is_empty() && height > 0 {
        let text = if model.queries[1].is_empty() {
            format!("No topic is {} now. f goes to the next filter.", model.filter.word())
        } else {
            "No topic fits. esc shows all.".to_owned()
        };
        return pane::empty(&text, inner, theme, frame);
    }
    let has_keys = is_focused && model.focus == Focus::List;
    let columns = usize::from(inner.width).saturating_sub(2);
    let mut finder = Finder::new(&model.queries[1]);
    pane::rows(&model.tree, inner, has_keys, theme, frame, |row| {
        line(model, row, &mut finder, columns, theme)
    });
}

fn title(model: &Model) -> String {
    let mut title = if model.areas.lists[0].is_some() && model.areas.lists[1].is_some() {
        "2 Curriculum".to_owned()
    } else {
        "Curriculum".to_owned()
    };
    if model.filter != Filter::All {
        title = format!("{title}: {}", model.filter.word());
    }
    if !model.queries[1].is_empty() {
        title = format!("{title} /{}", model.queries[1]);
    }
    title
}

fn line<'a>(
    model: &Model,
    row: &TreeRow,
    finder: &mut Finder,
    columns: usize,
    theme: &'a Theme,
) -> Line<'a> {
    match row {
        TreeRow::Next(id) => next(model, id, columns, theme),
        TreeRow::Area(slug) => {
            let area = model.curriculum.area(slug);
            let modules = model.curriculum.modules_in(slug);
            let topics = modules.flat_map(|module| model.curriculum.topics_in(&module.id));
            let title = area.map_or("", |area| area.title.as_str());
            heading(model, slug, title, row.indent(), of(model, topics), columns, theme)
        }
        TreeRow::Module(slug) => {
            let module = model.curriculum.module(slug);
            let topics = model.curriculum.topics_in(slug);
            let title = module.map_or("", |module| module.title.as_str());
            heading(model, slug, title, row.indent(), of(model, topics), columns, theme)
        }
        TreeRow::Topic(id) => topic(model, id, finder, columns, theme),
    }
}

/// The progress of some topics.
pub fn of<'t>(model: &Model, topics: impl IntoIterator<Item = &'t Topic>) -> Progress {
    progress(topics, |id| model.topic_state(id))
}

/// Why a topic is named as the next one.
pub fn reason(model: &Model, why: Why) -> String {
    match why {
        Why::UnderWay => "under way".to_owned(),
        Why::Wanted(want) => want.word().to_owned(),
        Why::LeadsTo(place) => {
            let title = model.curriculum.topics.get(place).map_or("", |topic| topic.title.as_str());
            format!("leads to {}", text::shown(title))
        }
        Why::Opens(0) => "ready".to_owned(),
        Why::Opens(count) => format!("opens {}", header::plural(count, "topic")),
    }
}

fn next<'a>(model: &Model, id: &TopicId, columns: usize, theme: &'a Theme) -> Line<'a> {
    let why = model.next_topic().map_or_else(String::new, |(_, why)| reason(model, why));
    let why = fit::clipped(&why, columns / 3, theme);
    let prefix = format!("{} next: ", theme.glyphs.next);
    let room = columns.saturating_sub(fit::width(&prefix) + fit::width(&why) + 2);
    fit::spread(
        vec![
            Span::styled(prefix, theme.under_way),
            Span::raw(fit::clipped(&model.topic_title(id), room, theme)),
        ],
        vec![Span::styled(why, theme.muted)],
        columns,
    )
}

fn heading<'a>(
    model: &Model,
    slug: &str,
    title: &str,
    indent: usize,
    progress: Progress,
    columns: usize,
    theme: &'a Theme,
) -> Line<'a> {
    let is_folded = model.is_folded(slug) && model.filter == Filter::All;
    let fold = if is_folded { theme.glyphs.folded } else { theme.glyphs.open };
    let mut right = bar(progress, BAR, theme);
    right.push(Span::raw(fit::right(&format!("{}/{}", progress.mastered, progress.counted), 6)));
    let room = columns.saturating_sub(indent + 2 + BAR + 7);
    let left = vec![
        Span::raw(" ".repeat(indent)),
        Span::styled(fold, theme.muted),
        Span::raw(" "),
        Span::styled(
            fit::clipped(title, room, theme),
            if indent == 0 { theme.heading } else { theme.text },
        ),
    ];
    fit::spread(left, right, columns)
}

/// A progress bar: any progress shows at least one cell, and only all of it shows every cell.
pub fn bar<'a>(progress: Progress, cells: usize, theme: &Theme) -> Vec<Span<'a>> {
    let Progress { mastered, counted } = progress;
    let share = (mastered * cells).checked_div(counted).unwrap_or(0);
    let filled = share.max(usize::from(mastered > 0));
    vec![
        Span::styled(theme.glyphs.bar.repeat(filled), theme.bar),
        Span::styled(theme.glyphs.bar_rest.repeat(cells - filled), theme.muted),
    ]
}

fn topic<'a>(
    model: &Model,
    id: &TopicId,
    finder: &mut Finder,
    columns: usize,
    theme: &'a Theme,
) -> Line<'a> {
    let state = model.topic_state(id);
    let (glyph, style) = theme.topic(state);
    let Studied { seconds, sessions } = model.workspace.studied(&Subject::Topic(id.clone()));
    let word = match state {
        // The sign says the state; the minutes say more.
        _ if sessions > 0 && state != TopicState::Skipped => Cow::Owned(duration(seconds)),
        TopicState::NotStarted | TopicState::Mastered => Cow::Borrowed(""),
        other => Cow::Borrowed(other.word()),
    };
    let room = columns.saturating_sub(6 + fit::width(&word) + 1);
    let title_style = match state {
        TopicState::Skipped => theme.muted,
        _ => theme.text,
    };
    let mut left = vec![Span::raw("    "), Span::styled(glyph, style), Span::raw(" ")];
    left.extend(found::clipped(finder, &model.topic_title(id), room, title_style, theme));
    fit::spread(left, vec![Span::styled(word, theme.muted)], columns)
}
