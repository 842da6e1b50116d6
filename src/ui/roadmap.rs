//! The roadmap's list: areas, modules and topics with their states.
//!
//! ```text
//! ▾ Math for machine learning                      ▓▓░░░  9/19
//!   ▾ Linear algebra                               ▓▓▓░░   3/5
//!     ● Vectors
//! ```
//!
//! Owns the rows; zoomed, their columns have a file of their own. Must not know how progress is
//! counted.

mod columns;

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use self::columns::Columns;

use super::{fit, found, header, pane, theme::Theme};
use crate::{
    app::{Action, Filter, Focus, Model, Pane, TreeRow, areas::GOAL, find::Finder},
    domain::{
        curriculum::{Origin, Progress, Topic, Why, progress},
        ids::TopicId,
        session::{Studied, Subject, duration},
        text,
        topic::TopicState,
    },
};

/// Cells of a bar.
const BAR: usize = 5;
/// A row of so many cells has room for one more word.
const WORDY: usize = 60;

/// The fewest cells of a reason that is cut.
const REASON: usize = 16;

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
    let framed = pane::titled(area, is_focused, &title(model), &fact, theme, frame);
    let inner = model.areas.list_room(Pane::Curriculum).unwrap_or(framed);
    let look = Look::new(model, usize::from(inner.width).saturating_sub(2));
    let rows = usize::from(inner.y - framed.y).saturating_sub(1);
    let above = goal(model, look.cells, rows, theme).into_iter().chain([look.head(theme)]);
    for (y, line) in (framed.y..inner.y).zip(above) {
        frame.render_widget(line, Rect { x: framed.x + 1, y, height: 1, ..framed });
    }
    if model.tree.rows().is_empty() && height > 0 {
        let text = if model.queries[1].is_empty() {
            let next = [(Action::FilterStates, "goes to the next filter")];
            let next = model.hints_in(Pane::Curriculum, next);
            format!("No topic is {} now.{next}", model.filter.word())
        } else {
            match model.filter {
                Filter::All => {
                    let all = model.hints_in(Pane::Curriculum, [(Action::Back, "shows all")]);
                    format!("No topic fits.{all}")
                }
                filter => {
                    let back =
                        [(Action::Back, "ends the search"), (Action::Back, "again the filter")];
                    let back = model.hints_in(Pane::Curriculum, back);
                    format!("No topic fits that is {}.{back}", filter.word())
                }
            }
        };
        return pane::empty(&text, inner, theme, frame);
    }
    let has_keys = is_focused && model.focus == Focus::List;
    let mut finder = Finder::new(&model.queries[1]);
    pane::rows(&model.tree, inner, has_keys, theme, frame, |row| {
        line(model, row, &mut finder, &look, theme)
    });
}

/// The cells of a row; zoomed, columns stand at its end.
struct Look {
    cells: usize,
    columns: Option<Columns>,
}

impl Look {
    fn new(model: &Model, cells: usize) -> Self {
        let columns = (model.areas.head > 0).then(|| Columns::new(cells));
        Self { cells, columns }
    }

    /// Cells that the columns of headings leave.
    fn room(&self) -> usize {
        self.cells.saturating_sub(self.columns.as_ref().map_or(0, Columns::summed_width))
    }

    fn head<'a>(&self, theme: &Theme) -> Line<'a> {
        let columns = self.columns.as_ref();
        fit::spread(Vec::new(), columns.map_or_else(Vec::new, |all| all.head(theme)), self.cells)
    }
}

/// What it is all learned for; or how it is written down.
fn goal<'a>(model: &Model, cells: usize, rows: usize, theme: &Theme) -> Vec<Line<'a>> {
    let style = if model.workspace.goal.is_empty() { theme.muted } else { theme.text };
    let few = fit::few_lines(&model.goal(), cells.saturating_sub(GOAL), rows, theme);
    let labels = [" goal  "].into_iter().chain(std::iter::repeat("       "));
    let line = |(label, text)| {
        Line::from(vec![Span::styled(label, theme.muted), Span::styled(text, style)])
    };
    labels.zip(few).map(line).collect()
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
    look: &Look,
    theme: &'a Theme,
) -> Line<'a> {
    let curriculum = &model.curriculum;
    match row {
        TreeRow::Next(id) => next(model, id, look, theme),
        TreeRow::Area(slug) => {
            let title = curriculum.area(slug).map_or("", |area| area.title.as_str());
            let modules = curriculum.modules_in(slug);
            let topics = modules.flat_map(|module| curriculum.topics_in(&module.id));
            heading(model, (slug, title), row.indent(), &topics.collect::<Vec<_>>(), look, theme)
        }
        TreeRow::Module(slug) => {
            let title = curriculum.module(slug).map_or("", |module| module.title.as_str());
            let topics: Vec<_> = curriculum.topics_in(slug).collect();
            heading(model, (slug, title), row.indent(), &topics, look, theme)
        }
        TreeRow::Topic(id) => topic(model, id, finder, look, theme),
    }
}

/// A topic's sign and its look.
pub fn sign(model: &Model, id: &TopicId, theme: &Theme) -> (&'static str, Style) {
    theme.topic(model.topic_state(id), model.workspace.is_proven(id))
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

fn next<'a>(model: &Model, id: &TopicId, look: &Look, theme: &'a Theme) -> Line<'a> {
    let why = model.next_topic().map_or_else(String::new, |(_, why)| reason(model, why));
    let prefix = format!("{} next: ", theme.glyphs.next);
    let title = model.topic_title(id);
    let gap = if look.columns.is_some() { " — " } else { "  " };
    let room = look.cells.saturating_sub(fit::width(&prefix) + fit::width(gap));
    // What the title leaves, if that is more than a few letters of it.
    let most = room.saturating_sub(fit::width(&text::shown(&title)));
    let most = if most < REASON.min(fit::width(&why)) { 0 } else { most };
    let why = Span::styled(fit::clipped(&why, most, theme), theme.muted);
    let gap = if why.width() == 0 { "" } else { gap };
    let room = look.cells.saturating_sub(fit::width(&prefix) + fit::width(gap) + why.width());
    let title = fit::clipped(&title, room, theme);
    let mut left = vec![Span::styled(prefix, theme.under_way), Span::raw(title)];
    if look.columns.is_some() {
        // The right end belongs to the columns.
        left.extend([Span::styled(gap, theme.muted), why]);
        return Line::from(left);
    }
    fit::spread(left, vec![why], look.cells)
}

fn heading<'a>(
    model: &Model,
    (slug, title): (&str, &str),
    indent: usize,
    topics: &[&Topic],
    look: &Look,
    theme: &'a Theme,
) -> Line<'a> {
    let progress = of(model, topics.iter().copied());
    let is_folded = model.is_folded(slug) && model.filter == Filter::All;
    let fold = if is_folded { theme.glyphs.folded } else { theme.glyphs.open };
    let count = fit::right(&counted(progress, topics), 6);
    let room = look.room().saturating_sub(indent + 2 + BAR + 7);
    let left = vec![
        Span::raw(" ".repeat(indent)),
        Span::styled(fold, theme.muted),
        Span::raw(" "),
        Span::styled(
            fit::clipped(title, room, theme),
            if indent == 0 { theme.heading } else { theme.text },
        ),
    ];
    let mut right = if is_retired(topics) { Vec::new() } else { bar(progress, BAR, theme) };
    right.push(Span::raw(count));
    if let Some(columns) = &look.columns {
        right.extend(columns.of_all(model, &topics.iter().map(|topic| &topic.id), theme));
    }
    fit::spread(left, right, look.cells)
}

/// Whether topics are in no curriculum any more: nothing is to be mastered there.
pub fn is_retired(topics: &[&Topic]) -> bool {
    topics.first().is_some_and(|topic| topic.origin == Origin::Retired)
}

/// How many of some topics are mastered; of retired ones, how many there are.
pub fn counted(progress: Progress, topics: &[&Topic]) -> String {
    if is_retired(topics) {
        return topics.len().to_string();
    }
    format!("{}/{}", progress.mastered, progress.counted)
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
    look: &Look,
    theme: &'a Theme,
) -> Line<'a> {
    let state = model.topic_state(id);
    let (glyph, style) = sign(model, id, theme);
    let title_style = if state == TopicState::Skipped { theme.muted } else { theme.text };
    let right = match &look.columns {
        Some(columns) => fit::without_lead(columns.of_topic(model, id, theme)),
        None => told(model, id, state, look.cells, theme),
    };
    let taken: usize = right.iter().map(Span::width).sum();
    // Zoomed, a column tells of reviews.
    let is_back = look.columns.is_none() && model.is_due(id);
    let back = if is_back { format!(" {}", theme.glyphs.review) } else { String::new() };
    let room = look.cells.saturating_sub(6 + fit::width(&back) + taken + 1);
    let mut left = vec![Span::raw("    "), Span::styled(glyph, style), Span::raw(" ")];
    left.extend(found::clipped(finder, &model.topic_title(id), room, title_style, theme));
    left.push(Span::styled(back, theme.advice));
    fit::spread(left, right, look.cells)
}

/// What a short row says of a topic: the sign tells its state, so that the minutes say more.
fn told<'a>(
    model: &Model,
    id: &TopicId,
    state: TopicState,
    cells: usize,
    theme: &'a Theme,
) -> Vec<Span<'a>> {
    let Studied { seconds, sessions } = model.workspace.studied(&Subject::Topic(id.clone()));
    let mut told = Vec::new();
    if let Some(want) = model.workspace.want(id).filter(|_| cells >= WORDY) {
        told.push(Span::styled(format!("{}  ", want.word()), theme.link));
    }
    let word = match state {
        _ if sessions > 0 && state != TopicState::Skipped => duration(seconds),
        TopicState::NotStarted | TopicState::Mastered => String::new(),
        other => other.word().to_owned(),
    };
    told.push(Span::styled(word, theme.muted));
    told
}
