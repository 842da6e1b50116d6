//! A recipe as three steps to go through, and how often it was.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{keys, lines, styled, window};
use crate::{
    app::{
        Model,
        rehearsal::{ROUNDS, Rehearsal},
    },
    domain::advice,
    keymap::Keymap,
    ui::{fit, hints, theme::Theme},
};

const OFFER: &str =
    "Rehearse it three times now? A recipe that was gone through is half remembered.";
const ROUND: &str = "Go through it as if it were the moment, in earnest.";
const END: &str = "Three times. When the moment comes, you have been there already.";

/// Draws it.
pub fn draw(
    rehearsal: &Rehearsal,
    model: &Model,
    keymap: &Keymap,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let Some(habit) = model.workspace.habit(rehearsal.habit) else {
        return;
    };
    let fact = match rehearsal.rounds {
        Some(rounds) if rounds < ROUNDS => format!("{}/{ROUNDS}", rounds + 1),
        _ => String::new(),
    };
    let inner = window(area, &format!("Rehearsal: {}", habit.name), &fact, theme, frame);
    let columns = usize::from(inner.width);
    let recipe = habit.recipes.at(model.today);
    let mut content = Vec::new();
    for (at, step) in (1..).zip(recipe.steps(&habit.name)) {
        for (line, text) in fit::wrapped(&step, columns.saturating_sub(5)).into_iter().enumerate() {
            let number = if line == 0 { format!("  {at}  ") } else { "     ".to_owned() };
            content.push(Line::from(vec![Span::styled(number, theme.key), Span::raw(text)]));
        }
    }
    let (text, style) = match rehearsal.rounds {
        None => (OFFER, theme.heading),
        Some(rounds) if rounds < ROUNDS => (ROUND, theme.muted),
        Some(_) => (END, theme.good),
    };
    let mut text: Vec<_> =
        fit::wrapped(text, columns).into_iter().map(|line| styled(line, style)).collect();
    if rehearsal.rounds.is_none() {
        // Said in the form as well, but gone with its field.
        let advice = advice::on_recipe(Some(&recipe.anchor), Some(&recipe.behaviour));
        let advice =
            advice.map_or_else(Vec::new, |advice| fit::wrapped(advice.sentence(), columns));
        text.extend(advice.into_iter().map(|line| styled(line, theme.advice)));
    }
    let rounds = usize::from(rehearsal.rounds.unwrap_or(0).min(ROUNDS));
    let mut dots = vec![Span::raw("  ")];
    for round in 0..usize::from(ROUNDS) {
        let is_done = round < rounds;
        let (glyph, style) =
            if is_done { (theme.glyphs.done, theme.done) } else { (theme.glyphs.due, theme.due) };
        dots.push(Span::styled(glyph, style));
        dots.push(Span::raw(" "));
    }
    let mut below: Vec<Line<'_>> = vec![Line::from(dots), Line::default()];
    below.extend(text);
    below.push(Line::default());
    below.push(hints::line(&keys(model, keymap, inner.width, theme), theme.text, theme));
    // The keys stay in sight; where there is little room, gaps go, then the end of the recipe.
    let room = usize::from(inner.height);
    if content.len() + below.len() >= room {
        below.retain(|line| line.width() > 0);
    } else {
        content.push(Line::default());
    }
    content.truncate(room.saturating_sub(below.len()));
    content.extend(below);
    lines(content, inner, frame);
}
