//! The rate under each version of a recipe; of all habits, each one's newest.
//!
//! Must not know how rates come about.

use chrono::{Datelike, NaiveDate};
use ratatui::text::{Line, Span};

use super::percent;
use crate::{
    app::Model,
    domain::{day::plus, habit::Habit, history::overview::Recipes},
    ui::{fit, theme::Theme},
};

/// From so many columns on a habit's name leaves room for the days.
const DATED: usize = 56;

/// Each with its days, its sentence and its rate.
pub fn lines<'a>(model: &Model, columns: usize, theme: &Theme) -> Vec<Line<'a>> {
    let recipes = &model.history.overview.recipes;
    let mut lines = Vec::new();
    for recipe in recipes {
        let Some(habit) = model.workspace.habit(recipe.habit) else { continue };
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        let mut windows = match recipe.tally.all {
            0 => String::new(),
            all => {
                let [met, all] = [recipe.tally.met, all].map(fit::grouped);
                format!("  {met} of {all}")
            }
        };
        let dates = dates(habit, recipe.version, model);
        let title = if model.history.habit.is_none() {
            if columns >= DATED {
                windows = format!("  {dates}{windows}");
            }
            fit::clipped(&habit.name, columns.saturating_sub(7 + fit::width(&windows)), theme)
        } else {
            dates
        };
        lines.push(Line::from(vec![
            Span::styled(format!("{}  ", percent(recipe.tally)), theme.text),
            Span::styled(title, theme.heading),
            Span::styled(windows, theme.muted),
        ]));
        lines.extend(sentence(habit, recipe, columns, theme));
    }
    if lines.is_empty() {
        lines.push(Line::styled("No habit asks for anything now.", theme.muted));
    }
    lines
}

fn sentence<'a>(habit: &Habit, recipe: &Recipes, columns: usize, theme: &Theme) -> Vec<Line<'a>> {
    let recipe = &habit.recipes.as_slice()[recipe.version].value;
    let sentence = recipe.sentence(&habit.name);
    let sentence = if sentence.is_empty() { "No recipe.".to_owned() } else { sentence };
    let lines = fit::wrapped(&sentence, columns.saturating_sub(7));
    lines
        .into_iter()
        .map(|line| Line::from(vec![Span::raw(" ".repeat(7)), Span::styled(line, theme.muted)]))
        .collect()
}

/// The days of a version: the first also held before its own. Of all habits the last year alone
/// counts.
fn dates(habit: &Habit, version: usize, model: &Model) -> String {
    let versions = habit.recipes.as_slice();
    let date = |day: NaiveDate| {
        let form = if day.year() == model.today.year() { "%-d %b" } else { "%-d %b %Y" };
        day.format(form).to_string()
    };
    let from = match model.history.habit {
        Some(_) => versions[version].from,
        None => versions[version].from.max(plus(model.today, 1 - 365)),
    };
    let from = date(from);
    match versions.get(version + 1) {
        Some(next) => format!("{from} – {}", date(plus(next.from, -1))),
        None => format!("since {from}"),
    }
}
