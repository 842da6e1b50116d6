//! The timer: the countdown of a tiny start, the question after it, and a session that counts up.
//!
//! ```text
//!          █   ███
//!         ██   █ █
//!          █   █ █
//!          █   █ █
//!         ███  ███
//!   ▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░
//! ```
//!
//! Where there is little room everything but the digits gives way. Must not know what time it is.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::{keys, room, window};
use crate::{
    app::{
        Model,
        timer::{HandyLink, Phase, Timer},
    },
    domain::{
        day::short,
        habit::{Habit, Mark},
        session::{Studied, Subject, duration},
        text,
    },
    keymap::Keymap,
    ui::{digits, fit, hints, roadmap, theme::Theme},
};

/// Cells of the countdown's bar.
const BAR: usize = 40;
/// Up to so many rows everything is needed for the time.
const KEYS_FROM: u16 = 9;
/// The rank of what never gives way.
const NEVER: u8 = 9;

/// Lines that belong together, and how soon they give way: the lowest rank first.
struct Part<'a> {
    rank: u8,
    lines: Vec<Line<'a>>,
}

impl<'a> Part<'a> {
    fn new(rank: u8, lines: impl IntoIterator<Item = Line<'a>>) -> Self {
        Self { rank, lines: lines.into_iter().collect() }
    }
}

/// Draws it.
pub fn draw(model: &Model, keymap: &Keymap, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let Some(timer) = &model.timer else {
        return;
    };
    let title = match timer.phase {
        Phase::Going => model.timer_title(),
        Phase::Countdown { .. } | Phase::Asking => {
            habit(model, timer).map_or_else(String::new, |habit| habit.name.clone())
        }
    };
    let day = short(timer.day, model.today);
    let day = if timer.day == model.today { String::new() } else { day };
    let inner = window(area, &title, &day, theme, frame);
    let columns = usize::from(inner.width);
    let parts = match timer.phase {
        Phase::Countdown { seconds } => countdown(model, timer, seconds, columns, theme),
        Phase::Asking => question(model, timer, columns, theme),
        Phase::Going => session(model, timer, columns, theme),
    };
    let links = if timer.phase == Phase::Going { model.handy_links() } else { Vec::new() };
    let (content, keys_area) = split(inner, timer.phase == Phase::Asking);
    let content = draw_parts(parts, links.len(), content, frame);
    draw_links(&links, timer.link, content, theme, frame);
    let keys = keys(model, keymap, inner.width, theme);
    frame.render_widget(hints::line(&keys, theme.text, theme), keys_area);
}

/// The row of the keys, where the window has one; else beyond its end.
pub fn keys_row(model: &Model, area: Rect) -> u16 {
    let inner = room(area);
    let is_asking = model.timer.as_ref().is_some_and(|timer| timer.phase == Phase::Asking);
    let (_, keys) = split(inner, is_asking);
    if keys.height == 0 { inner.height } else { keys.y - inner.y }
}

/// The room above, and the last line for the keys: a low window leaves them to the footer, unless
/// that has something else to say.
fn split(inner: Rect, is_needed: bool) -> (Rect, Rect) {
    let has_keys = inner.height > KEYS_FROM || is_needed && inner.height > 2;
    let height = if has_keys { inner.height - 2 } else { inner.height };
    let keys = Rect { y: inner.bottom().saturating_sub(1), height: has_keys.into(), ..inner };
    (Rect { height, ..inner }, keys)
}

/// Draws the parts that fit, a line apart, and leaves room for as many links as can be; returns
/// what is left below.
fn draw_parts(mut parts: Vec<Part<'_>>, links: usize, area: Rect, frame: &mut Frame<'_>) -> Rect {
    let room = usize::from(area.height);
    let needed = |parts: &[Part<'_>]| parts.iter().map(|part| part.lines.len() + 1).sum::<usize>();
    let (all_links, links) = (links, links.min(2));
    while needed(&parts) + links > room + 1 {
        let least = parts.iter().enumerate().filter(|(_, part)| part.rank < NEVER);
        let Some((least, _)) = least.min_by_key(|(_, part)| part.rank) else {
            break;
        };
        parts.remove(least);
    }
    // In the middle of what is free, links and all.
    let free = (room + 1).saturating_sub(needed(&parts) + all_links);
    let mut y = area.y + u16::try_from(free / 2).unwrap_or(0);
    for part in parts {
        for line in part.lines.into_iter().take(usize::from(area.bottom() - y)) {
            frame.render_widget(line, Rect { y, height: 1, ..area });
            y += 1;
        }
        y = (y + 1).min(area.bottom());
    }
    Rect { y, height: area.bottom() - y, ..area }
}

/// The links at hand, the selected one in sight.
fn draw_links(
    links: &[HandyLink],
    selected: usize,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let selected = selected.min(links.len().saturating_sub(1));
    let skipped = (selected + 1).saturating_sub(usize::from(area.height));
    let columns = usize::from(area.width).saturating_sub(2);
    let kind = links.iter().map(|link| fit::width(link.kind)).max().map_or(0, |width| width + 2);
    for (y, (at, link)) in (area.y..area.bottom()).zip(links.iter().enumerate().skip(skipped)) {
        let place = Rect { y, height: 1, ..area };
        if at == selected {
            frame.buffer_mut().set_style(place, theme.selected);
            frame.render_widget(Span::styled(theme.glyphs.marker, theme.border_focused), place);
        }
        let host = fit::clipped(&text::host(&link.url), columns / 3, theme);
        let room = columns.saturating_sub(kind + fit::width(&host) + 1);
        let title = if link.title.is_empty() { &link.url } else { &link.title };
        let line = fit::spread(
            vec![
                Span::styled(fit::fitted(link.kind, kind, theme), theme.muted),
                Span::raw(fit::clipped(title, room, theme)),
            ],
            vec![Span::styled(host, theme.link)],
            columns,
        );
        frame.render_widget(line, Rect { x: place.x + 1, width: place.width - 1, ..place });
    }
}

fn countdown<'a>(
    model: &Model,
    timer: &Timer,
    seconds: u8,
    columns: usize,
    theme: &'a Theme,
) -> Vec<Part<'a>> {
    let left = timer.seconds_left();
    // A change of form in the middle would make the digits jump.
    let time = if seconds < 60 { left.to_string() } else { digits::clock(left) };
    let cells = BAR.min(columns);
    let filled = left as usize * cells / usize::from(seconds.max(1));
    let bar = Line::from(vec![
        Span::styled(theme.glyphs.bar.repeat(filled), theme.bar),
        Span::styled(theme.glyphs.bar_rest.repeat(cells - filled), theme.muted),
    ]);
    let recipe = habit(model, timer)
        .map(|habit| habit.recipes.at(timer.day).sentence(&habit.name))
        .unwrap_or_default();
    vec![
        big(&time, theme.under_way, columns, theme),
        Part::new(3, [bar.centered()]),
        Part::new(2, wrapped(&recipe, columns, theme.text)),
    ]
}

/// Done is done; more is a bonus.
fn question<'a>(model: &Model, timer: &Timer, columns: usize, theme: &'a Theme) -> Vec<Part<'a>> {
    let habit = habit(model, timer);
    let track = habit.and_then(|habit| model.workspace.tracks.get(&habit.id));
    let mark = track.and_then(|track| track.marks.get(&timer.day));
    // Only what is on the disk is said to be done; the footer tells why where it is not.
    let done = if mark == Some(&Mark::Done) {
        vec![Span::styled(theme.glyphs.done, theme.done), Span::styled(" done", theme.heading)]
    } else {
        vec![Span::styled("Time is up", theme.heading)]
    };
    let figures = habit.and_then(|habit| model.figures.get(&habit.id));
    let streak = figures.map(|figures| {
        let (streak, lifetime) = (figures.current_streak, fit::grouped(figures.lifetime));
        let unit = figures.unit.word(streak);
        match streak {
            0 => format!("{lifetime} in all"),
            _ => format!("{} {unit} in a row, {lifetime} in all", fit::grouped(streak)),
        }
    });
    let celebration = habit.map(|habit| habit.recipes.at(timer.day).celebration.clone());
    let celebration = celebration.filter(|celebration| !celebration.is_empty());
    let topic = habit.and_then(|habit| habit.topic.as_ref());
    let more = topic.map_or_else(
        || "Keep going?".to_owned(),
        |topic| format!("Keep going on {}?", model.topic_title(topic)),
    );
    let more = [centred(&more, columns, theme.heading, theme)];
    let bonus = "That was all of it. More is a bonus.";
    let mut parts = vec![Part::new(7, [Line::from(done).centered()])];
    parts.extend(celebration.map(|text| Part::new(6, wrapped(&text, columns, theme.good))));
    parts.extend(streak.map(|text| Part::new(5, [centred(&text, columns, theme.text, theme)])));
    parts.push(Part::new(1, [centred(bonus, columns, theme.muted, theme)]));
    parts.push(Part::new(NEVER, more));
    parts
}

fn session<'a>(model: &Model, timer: &Timer, columns: usize, theme: &'a Theme) -> Vec<Part<'a>> {
    let time = digits::clock(timer.seconds());
    let mut parts = vec![big(&time, theme.done, columns, theme)];
    if let Some(topic) = &timer.on.topic {
        let (glyph, style) = roadmap::sign(model, topic, theme);
        let Studied { seconds, .. } = model.workspace.studied(&Subject::Topic(topic.clone()));
        let before = match seconds {
            0 => "the first session".to_owned(),
            _ => format!("{} before", duration(seconds)),
        };
        let room = columns.saturating_sub(fit::width(&before) + 5);
        let title = fit::clipped(&model.topic_title(topic), room, theme);
        let line = Line::from(vec![
            Span::styled(glyph, style),
            Span::raw(format!(" {title}   ")),
            Span::styled(before, theme.muted),
        ]);
        parts.push(Part::new(2, [line.centered()]));
    }
    parts
}

/// The time as large as there is room for.
fn big<'a>(time: &str, style: Style, columns: usize, theme: &Theme) -> Part<'a> {
    let rows = digits::rows(time, columns, theme.glyphs.block);
    let rows = rows.map_or_else(|| vec![time.to_owned()], Vec::from);
    Part::new(NEVER, rows.into_iter().map(|row| Line::styled(row, style).centered()))
}

fn habit<'m>(model: &'m Model, timer: &Timer) -> Option<&'m Habit> {
    timer.on.habit.and_then(|id| model.workspace.habit(id))
}

fn centred<'a>(stored: &str, columns: usize, style: Style, theme: &Theme) -> Line<'a> {
    Line::styled(fit::clipped(stored, columns, theme), style).centered()
}

fn wrapped<'a>(stored: &str, columns: usize, style: Style) -> Vec<Line<'a>> {
    let lines = fit::wrapped(stored, columns).into_iter().filter(|line| !line.is_empty());
    lines.map(|line| Line::styled(line, style).centered()).collect()
}
