//! A look back at a mastered topic: what it asks, how it went before, and when it comes again.
//!
//! ```text
//! Can you still do it?
//! You can take a gradient by hand and check it with autograd.
//!
//! 3 Jan  3───3────────4───────────────────────────────── today
//!
//! 1 again  not any more                     back to practising
//! 2 hard   with effort                    comes back on 26 Nov
//! ```
//!
//! Must not know how the days come about. The ratings stand in the last rows.

use chrono::NaiveDate;
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{lines, styled, window};
use crate::{
    app::{Model, review::Looking},
    domain::{
        day::short,
        review::{Rating, Review},
    },
    ui::{fit, pane, theme::Theme},
};

/// Rows of a mastery check, at most.
const CHECK: usize = 3;

/// Draws it.
pub fn draw(looking: &Looking, model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let title = format!("Looking back: {}", model.topic_title(&looking.topic));
    let due = model.due_reviews();
    let others = due.iter().filter(|review| review.topic != looking.topic).count();
    let fact = if others == 0 { String::new() } else { format!("{others} more after it") };
    let inner = window(area, &title, &fact, theme, frame);
    let Some(review) = model.workspace.review(&looking.topic) else {
        return;
    };
    let rows = u16::try_from(Rating::ALL.len()).unwrap_or(u16::MAX).min(inner.height);
    let list = Rect { y: inner.bottom() - rows, height: rows, ..inner };
    let above = Rect { height: inner.height.saturating_sub(rows + 1), ..inner };
    let columns = usize::from(inner.width);
    let mut content = vec![styled("Can you still do it?", theme.heading)];
    let check = model.curriculum.topic(&looking.topic).map_or("", |topic| topic.check.as_str());
    let check = if check.is_empty() { "Explain it aloud, without looking." } else { check };
    let check = fit::few_lines(check, columns, CHECK, theme);
    content.extend(check.into_iter().map(|line| styled(line, theme.text)));
    content.push(Line::default());
    content.extend(course(review, model.today, columns, theme));
    lines(content, above, frame);
    let days = review.choices(model.today);
    pane::rows(&looking.ratings, list, true, theme, frame, |rating| {
        choice(*rating, days[*rating as usize], model.today, columns.saturating_sub(1), theme)
    });
}

/// What each rating means, and what follows.
fn choice<'a>(
    rating: Rating,
    day: NaiveDate,
    today: NaiveDate,
    columns: usize,
    theme: &Theme,
) -> Line<'a> {
    let meaning = match rating {
        Rating::Again => "not any more",
        Rating::Hard => "with effort",
        Rating::Good => "as it should be",
        Rating::Easy => "without a thought",
    };
    let left = vec![
        Span::styled(format!(" {} ", number(rating)), theme.key),
        Span::raw(format!("{:<7}", rating.word())),
    ];
    let date = |form: &str| day.format(form).to_string();
    let after = match rating {
        Rating::Again => ["back to practising", "practise again", "practise"].map(str::to_owned),
        _ => [format!("comes back on {}", short(day, today)), date("%-d %b %Y"), date("%b %Y")],
    };
    let taken = left.iter().map(Span::width).sum::<usize>();
    // The day that it comes back is worth more than what a rating means.
    let forms = [(meaning, &after[0]), (meaning, &after[1]), ("", &after[1])];
    let is_fitting =
        |form: &(&str, &String)| taken + fit::width(form.0) + 2 + fit::width(form.1) <= columns;
    let (meaning, after) = forms.into_iter().find(is_fitting).unwrap_or(("", &after[2]));
    let meaning = Span::styled(meaning, theme.muted);
    let after = Span::styled(after.clone(), theme.text);
    fit::spread(left.into_iter().chain([meaning]).collect(), vec![after], columns)
}

/// The key that gives it.
fn number(rating: Rating) -> usize {
    rating as usize + 1
}

/// Every look back on a line of time, by the number of its rating.
fn course<'a>(
    review: &Review,
    today: NaiveDate,
    columns: usize,
    theme: &Theme,
) -> Option<Line<'a>> {
    let first = review.history.first().map(|look| look.on).filter(|first| *first < today)?;
    let from = format!("{}  ", short(first, today));
    let width = columns.saturating_sub(fit::width(&from) + "  today".len());
    let days = usize::try_from((today - first).num_days()).unwrap_or(0);
    let mut axis = vec![theme.glyphs.border.horizontal_top.to_owned(); width];
    for look in &review.history {
        let since = usize::try_from((look.on - first).num_days()).unwrap_or(0);
        let place = (since * width.saturating_sub(1)).checked_div(days).unwrap_or(0);
        if let Some(cell) = axis.get_mut(place) {
            *cell = number(look.rating).to_string();
        }
    }
    Some(Line::from(vec![
        Span::styled(from, theme.muted),
        Span::styled(axis.concat(), theme.link),
        Span::styled("  today", theme.muted),
    ]))
}
