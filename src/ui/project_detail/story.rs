//! How a project came about: its course through the statuses, how it was chosen, its worksheet.
//!
//! ```text
//! ○ idea ─────── ○ scoped ───── ◑ building ─── ● shipped
//! Wed 9 Sep      Thu 24 Sep     Tue 13 Oct     Mon 2 Nov
//! ```

use chrono::NaiveDate;
use ratatui::text::{Line, Span};

use crate::{
    domain::{
        day::short,
        project::{
            Project,
            choice::{Choice, Score},
            scope::{Scope, Step},
        },
    },
    ui::{detail::Document, fit, theme::Theme, worth},
};

/// Columns between two statuses, at least.
const GAP: usize = 3;

/// Every status with its day, on a line that is as often broken as it must be; the present one
/// stands out.
pub fn course<'a>(
    project: &Project,
    today: NaiveDate,
    columns: usize,
    theme: &'a Theme,
) -> Vec<Line<'a>> {
    let (mut lines, mut words, mut days) = (Vec::new(), Vec::new(), String::new());
    let mut used = 0;
    let last = project.history.len().saturating_sub(1);
    for (at, change) in project.history.iter().enumerate() {
        let day = short(change.on, today);
        let word = format!("{} {}", theme.status_sign(change.status), change.status.word());
        let width = fit::width(&word).max(fit::width(&day));
        if used > 0 && used + width > columns {
            lines.push(Line::from(std::mem::take(&mut words)));
            lines.push(Line::from(Span::styled(std::mem::take(&mut days), theme.muted)));
            used = 0;
        }
        let style = theme.status(change.status);
        let style = if at == last { style.patch(theme.heading) } else { style };
        let rest = width + GAP - fit::width(&word);
        words.push(Span::styled(word, style));
        if at != last {
            let dash = theme.glyphs.border.horizontal_top.repeat(rest.saturating_sub(2));
            words.push(Span::styled(format!(" {dash} "), theme.border));
        }
        let pad = " ".repeat(width + GAP - fit::width(&day));
        days.push_str(&day);
        days.push_str(&pad);
        used += width + GAP;
    }
    lines.push(Line::from(words));
    lines.push(Line::from(Span::styled(days.trim_end().to_owned(), theme.muted)));
    lines
}

/// What the scores and answers came to.
pub fn choosing<'a>(
    document: &mut Document<'a>,
    choice: &Choice,
    columns: usize,
    theme: &'a Theme,
) {
    if *choice == Choice::default() {
        return;
    }
    document.heading("Choosing", theme);
    let said = Score::ALL.into_iter().filter_map(|score| Some((score, choice.score(score)?)));
    for (score, given) in said {
        let mut line = vec![Span::styled(format!("  {:<16}", word(score)), theme.muted)];
        line.extend(worth::dots(given, theme));
        document.push(Line::from(line));
    }
    let mut facts = Vec::new();
    facts.extend(choice.total().map(|total| format!("{total} of 15")));
    facts.extend(
        choice
            .is_good
            .map(|is_good| if is_good { "good for people" } else { "bad for people" }.to_owned()),
    );
    facts.extend(choice.estimate_days.map(|days| match days {
        1 => "a day to build".to_owned(),
        _ => format!("{days} days to build"),
    }));
    for line in fit::packed(&facts, columns.saturating_sub(2)) {
        document.push(format!("  {line}"));
    }
    if let Some(approach) = choice.approach {
        let words = format!("{}: {}", approach.title(), approach.meaning());
        for line in fit::wrapped(&words, columns.saturating_sub(2)) {
            document.push(Span::styled(format!("  {line}"), theme.rest));
        }
    }
    if !choice.reason.is_empty() {
        for line in fit::wrapped(&choice.reason, columns.saturating_sub(2)) {
            document.push(format!("  {line}"));
        }
    }
}

fn word(score: Score) -> &'static str {
    match score {
        Score::Growth => "growth",
        Score::People => "people",
        Score::SteppingStone => "stepping stone",
    }
}

/// The steps of the worksheet as a path, and what was answered.
pub fn scope<'a>(document: &mut Document<'a>, scope: &Scope, columns: usize, theme: &'a Theme) {
    if scope.is_empty() {
        return;
    }
    document.gap();
    let mut path = vec![Span::styled("Scope  ", theme.heading)];
    path.extend(worth::path(&Step::ALL.map(|step| scope.has(step)), None, theme));
    document.push(Line::from(path));
    for (at, step) in (1..).zip(Step::ALL).filter(|(_, step)| scope.has(*step)) {
        document.push(Span::styled(format!("  {at} {}", step.title()), theme.muted));
        for prompt in step.prompts().filter(|prompt| !scope.answer(*prompt).is_empty()) {
            // Narrow details have no room for a column of labels.
            let label = if columns < 50 { 0 } else { 17 };
            let lines = fit::wrapped(scope.answer(prompt), columns.saturating_sub(4 + label));
            if label == 0 {
                document.push(Span::styled(format!("    {}", prompt.label()), theme.muted));
            }
            for (row, line) in lines.into_iter().enumerate() {
                let word = if row == 0 && label > 0 { prompt.label() } else { "" };
                document.push(Line::from(vec![
                    Span::styled(format!("    {word:<label$}"), theme.muted),
                    Span::raw(line),
                ]));
            }
        }
    }
}
