//! The detail of a habit: recipe, figures, a year, best streaks, rates, linked topic, notes.
//!
//! Must not know how figures are folded.

use chrono::{Datelike, NaiveDate};
use ratatui::text::{Line, Span};

use super::{detail::Document, fit, heatmap, outlook, roadmap, theme::Theme};
use crate::{
    app::{Action, Model, Pane},
    domain::{
        day::short,
        figures::{Ask, Figures, rate},
        habit::{Habit, Mark},
        ids::TopicId,
        outlook::Outlook,
        schedule::Schedule,
        session::{Subject, duration},
        streak::Streak,
        text,
        topic::TopicProgress,
    },
};

/// At most so many rows leave no room for a gap above the year.
const TIGHT: usize = 12;
/// How many notes are shown.
const NOTES: usize = 5;
/// How many lines of each.
const NOTE_LINES: usize = 12;

/// The selected habit. Where there are few `rows` the year moves up, so that it is seen whole.
pub fn document<'a>(model: &Model, columns: usize, rows: usize, theme: &'a Theme) -> Document<'a> {
    let Some(habit) = model.selected_habit() else {
        return welcome(columns, theme);
    };
    let mut document = Document {
        title: habit.name.clone(),
        fact: schedule(habit, model.day),
        ..Document::default()
    };
    if let Some(topic) = &habit.topic {
        // It stands below as well, and so the frame tells it whole or not at all.
        let fact = format!("{}, linked: {}", document.fact, model.topic_title(topic));
        if fit::width(&text::shown(&format!("{}{fact}", habit.name))) + 3 <= columns {
            document.fact = fact;
        }
    }
    recipe(&mut document, model, habit, columns, theme);
    document.gap();
    if let Some(figures) = model.figures.get(&habit.id) {
        let outlook = model.outlook(habit).unwrap_or_default();
        for line in fit::packed(&facts(habit, figures, &outlook, model), columns) {
            document.push(line);
        }
        let doctor = model.key_in(Pane::Today, Action::RecipeDoctor);
        let below = outlook::below(&outlook, habit, model.today, doctor);
        let below = if below.is_empty() { Vec::new() } else { fit::wrapped(&below, columns) };
        let tight = TIGHT + below.len();
        for line in below {
            document.push(Span::styled(line, theme.advice));
        }
        if rows > tight {
            document.gap();
        }
        // Before the first tick there is no year to look at.
        if figures.lifetime > 0 {
            document.heat(heatmap::place(model, columns));
            for line in heatmap::lines(model, habit, columns, theme) {
                document.push(line);
            }
        }
        rates(&mut document, model, habit, figures, theme);
        best_streaks(&mut document, model, figures, columns, theme);
    }
    if let Some(topic) = &habit.topic {
        document.heading("Linked topic", theme);
        let (glyph, style) = roadmap::sign(model, topic, theme);
        let fact = linked(model, topic);
        let room = columns.saturating_sub(fit::width(&fact) + 6);
        let title = fit::clipped(&model.topic_title(topic), room, theme);
        document.item(Line::from(vec![
            Span::raw("  "),
            Span::styled(glyph, style),
            Span::raw(format!(" {title}  ")),
            Span::styled(fact, theme.muted),
        ]));
        if let Some(review) = model.workspace.review(topic).filter(|_| model.is_due(topic)) {
            let since = short(review.due_on, model.today);
            let text = format!("  {} review due since {since}", theme.glyphs.review);
            document.push(Span::styled(text, theme.advice));
        }
    } else if let Some(words) = model.workspace.studied(&Subject::Habit(habit.id)).words() {
        document.heading("Sessions", theme);
        document.push(format!("  {words}"));
    }
    if habit.is_review {
        act(&mut document, model, columns, theme);
    }
    notes(&mut document, model, habit, columns, theme);
    document
}

/// Which topic a habit looks back at, whose act is the review that is due.
fn act(document: &mut Document<'_>, model: &Model, columns: usize, theme: &Theme) {
    document.heading("Review", theme);
    let Some(topic) = model.longest_due() else {
        document
            .push(Span::styled("  Nothing is due now; ten seconds of any topic do.", theme.muted));
        return;
    };
    let others = model.due_reviews().len() - 1;
    let more = if others == 0 { String::new() } else { format!("  and {others} more") };
    let title = fit::clipped(
        &model.topic_title(&topic),
        columns.saturating_sub(fit::width(&more) + 4),
        theme,
    );
    document.push(Line::from(vec![
        Span::raw("  "),
        Span::styled(theme.glyphs.review, theme.advice),
        Span::raw(format!(" {title}")),
        Span::styled(more, theme.muted),
    ]));
}

/// How far the person is with the linked topic, since when, and how long they studied it.
fn linked(model: &Model, topic: &TopicId) -> String {
    let mut fact = model.topic_state(topic).word().to_owned();
    let progress = model.workspace.progress.get(topic);
    if let Some(on) = progress.and_then(TopicProgress::changed_on) {
        fact = format!("{fact} {}", short(on, model.today));
    }
    let studied = model.workspace.studied(&Subject::Topic(topic.clone()));
    if studied.sessions > 0 {
        fact = format!("{fact}  {}", duration(studied.seconds));
    }
    fact
}

/// What stands beside an empty list: the idea in a few lines.
fn welcome<'a>(columns: usize, theme: &Theme) -> Document<'a> {
    let mut document = Document { title: "Tiny habits".to_owned(), ..Document::default() };
    let text = "A habit that sticks is tiny: ten seconds of a lesson, one line of code, one figure of a paper.\n\n\
                Put it right after something you do every day already, and celebrate at once. Doing the tiny \
                version is full success; more is a bonus.";
    for line in fit::wrapped(text, columns) {
        document.push(Span::styled(line, theme.muted));
    }
    document
}

fn recipe(
    document: &mut Document<'_>,
    model: &Model,
    habit: &Habit,
    columns: usize,
    theme: &Theme,
) {
    let mut sentence = habit.recipes.at(model.day).sentence(&habit.name);
    if sentence.is_empty() {
        let add =
            model.hints_in(Pane::Today, [(Action::Edit, "adds one: after what will you do it?")]);
        sentence = format!("No recipe yet.{}", add.trim_end_matches('.'));
    }
    for line in fit::wrapped(&sentence, columns) {
        document.push(line);
    }
    if let Some(on) = habit.archived_on() {
        let on = short(on, model.today);
        let back =
            model.tell_key(Pane::Today, Action::Archive, |key| format!("; {key} brings it back"));
        document.push(Span::styled(format!("archived since {on}{back}"), theme.muted));
    }
}

/// When it is asked for, in words.
fn schedule(habit: &Habit, day: NaiveDate) -> String {
    match habit.schedule_on(day) {
        Schedule::Daily => "every day".to_owned(),
        Schedule::Weekdays(days) => {
            let days: Vec<_> = days.iter().map(|day| day.to_string()).collect();
            format!("on {}", days.join(", "))
        }
        Schedule::PerWeek(1) => "once a week".to_owned(),
        Schedule::PerWeek(count) => format!("{count} times a week"),
        Schedule::Every(count) => format!("every {count} days"),
        Schedule::None => "not at all".to_owned(),
    }
}

/// What keys do for a habit that was never ticked, where the shown day asks for it.
fn first_keys(habit: &Habit, model: &Model) -> String {
    let is_asked = model.asks.get(&habit.id).is_some_and(Ask::is_unfinished);
    if !is_asked || model.day > model.today || model.day < habit.created_on() {
        return String::new();
    }
    let counts = format!("counts {} s down", habit.seconds);
    let ways = [(Action::ToggleCheckIn, "ticks"), (Action::Start, counts.as_str())];
    // While a session runs the key leads to it instead.
    model.hints_in(Pane::Today, ways.into_iter().take(if model.timer.is_none() { 2 } else { 1 }))
}

/// The figures, one by one. After a break it leads with what stays, never with a bare 0; where a
/// habit is archived no streak goes on.
fn facts(habit: &Habit, figures: &Figures, outlook: &Outlook, model: &Model) -> Vec<String> {
    if figures.lifetime == 0 && habit.archived_on().is_some() {
        return vec!["Never ticked.".to_owned()];
    }
    if figures.lifetime == 0 && model.mark_on_day(habit.id) == Some(Mark::Rest) {
        let since = short(habit.created_on(), model.today);
        return vec![format!("Nothing yet since {since}; this is a rest day.")];
    }
    if figures.lifetime == 0 {
        let since = short(habit.created_on(), model.today);
        return vec![format!("Nothing yet since {since}.{}", first_keys(habit, model))];
    }
    let strength = format!("strength {} %", percent(figures.strength));
    let lifetime = format!("{} in all", fit::grouped(figures.lifetime));
    let longest =
        figures.longest().map(|streak| format!("longest {}", fit::grouped(streak.length)));
    let current = figures.current_streak;
    let mut facts = Vec::new();
    if habit.archived_on().is_some() {
        facts.push(lifetime);
        facts.extend(longest);
        facts.push(strength);
    } else if current > 0 {
        let safety = outlook::safety(outlook, model.today);
        let unit = figures.unit.word(current);
        facts.push(format!("streak {} {unit}{safety}", fit::grouped(current)));
        facts.extend(longest);
        facts.extend([strength, lifetime]);
    } else {
        facts.extend([lifetime, strength]);
        facts.extend(longest);
    }
    facts
}

/// A fraction as a whole percentage.
pub fn percent(fraction: f64) -> String {
    format!("{:.0}", fraction * 100.0)
}

fn rates(
    document: &mut Document<'_>,
    model: &Model,
    habit: &Habit,
    figures: &Figures,
    theme: &Theme,
) {
    let track = model.workspace.tracks.get(&habit.id).filter(|_| figures.lifetime > 0);
    let Some(track) = track else {
        return;
    };
    let mut spans = vec![Span::styled("Met  ", theme.heading)];
    for days in [7, 30, 365] {
        let rate =
            rate(habit, &track.marks, model.workspace.rules, figures.first_day, model.today, days);
        // Nothing that ended in these days: a dash would read as nothing done.
        let Some(rate) = rate else { continue };
        spans.push(Span::styled(format!("{days} d "), theme.muted));
        spans.push(Span::raw(format!("{} %   ", percent(rate))));
    }
    if spans.len() > 1 {
        document.gap();
        document.push(Line::from(spans));
    }
}

fn best_streaks(
    document: &mut Document<'_>,
    model: &Model,
    figures: &Figures,
    columns: usize,
    theme: &Theme,
) {
    let Some(longest) = figures.longest() else {
        return;
    };
    document.heading("Best streaks", theme);
    let room = columns.saturating_sub(40).clamp(4, 24);
    for streak in &figures.best {
        // Proportional to the longest, and never nothing.
        let share = streak.length as usize * room / longest.length.max(1) as usize;
        let bar = theme.glyphs.length.repeat(share.max(1));
        document.push(Line::from(vec![
            Span::raw(fit::right(&fit::grouped(streak.length), 5)),
            Span::raw(" "),
            Span::styled(fit::fitted(&bar, room, theme), theme.bar),
            Span::styled(format!("  {}", span(streak, model)), theme.muted),
        ]));
    }
}

/// When a streak was.
pub fn span(streak: &Streak, model: &Model) -> String {
    let date = |day: NaiveDate| {
        let form = if day.year() == model.today.year() { "%-d %b" } else { "%-d %b %Y" };
        day.format(form).to_string()
    };
    let last = if streak.last == model.today { "today".to_owned() } else { date(streak.last) };
    if streak.first == streak.last { last } else { format!("{} – {last}", date(streak.first)) }
}

fn notes(document: &mut Document<'_>, model: &Model, habit: &Habit, columns: usize, theme: &Theme) {
    let Some(track) = model.workspace.tracks.get(&habit.id) else {
        return;
    };
    let mut notes = track.notes.range(..=model.day.max(model.today)).rev().take(NOTES).peekable();
    if notes.peek().is_none() {
        return;
    }
    document.heading("Notes", theme);
    for (day, note) in notes {
        let date = format!("  {:<12}", short(*day, model.today));
        let room = columns.saturating_sub(fit::width(&date));
        for (at, line) in fit::few_lines(note, room, NOTE_LINES, theme).into_iter().enumerate() {
            let before = if at == 0 { date.clone() } else { " ".repeat(fit::width(&date)) };
            document.push(Line::from(vec![Span::styled(before, theme.muted), Span::raw(line)]));
        }
    }
}
