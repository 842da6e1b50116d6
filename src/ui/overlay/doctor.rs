//! The recipe doctor at a step: what it is about, the present recipe, and what could be instead.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{lines, styled, window};
use crate::{
    app::{
        Action, Model, Pane,
        doctor::{Choice, Doctor, Rows, Step},
    },
    domain::{advice, day::short, habit::Habit},
    ui::{fit, pane, theme::Theme},
};

/// Before the person's own words.
const OWN: &str = "In my own words: ";
const NOTHING: &str = "Nothing was changed: the recipe is fine as it is. A missed day is an event; today is a new one.";

/// Draws it.
pub fn draw(doctor: &Doctor, model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let Some(habit) = model.workspace.habit(doctor.habit) else {
        return;
    };
    let place = doctor.step.map_or("", |step| step.words().place);
    let inner = window(area, &format!("Recipe doctor: {}", habit.name), place, theme, frame);
    match doctor.step {
        Some(step) => draw_step(doctor, step, habit, model, inner, theme, frame),
        None => draw_end(doctor, habit, model, inner, theme, frame),
    }
}

fn draw_step(
    doctor: &Doctor,
    step: Step,
    habit: &Habit,
    model: &Model,
    inner: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let words = step.words();
    let columns = usize::from(inner.width);
    let rows = Rows::of(inner.as_size());
    if rows.about > 0 {
        let about = fit::wrapped(words.about, columns).into_iter().map(Line::from);
        let content = std::iter::once(styled(words.title, theme.heading)).chain(about);
        lines(content, Rect { height: rows.about.saturating_sub(1), ..inner }, frame);
    }
    let present = step.present(habit, habit.recipes.at(model.today));
    let (label, present) = match present.as_str() {
        "" => ("Now: ".to_owned(), "nothing yet"),
        present => (format!("Now: {} ", words.label), present),
    };
    let present = fit::clipped(present, columns.saturating_sub(fit::width(&label)), theme);
    let now = Line::from(vec![Span::styled(label, theme.muted), Span::raw(present)]);
    let y = inner.y + rows.about;
    lines([now], Rect { y, height: rows.present.min(inner.height), ..inner }, frame);
    let list = Rect { y: y + rows.present, height: rows.list, ..inner };
    draw_choices(doctor, words.fine, list.intersection(inner), theme, frame);
    let below = Rect { y: list.bottom(), height: rows.below, ..inner }.intersection(inner);
    let is_own = doctor.choices.selected() == Some(&Choice::Own);
    let typed = doctor.editor.text();
    let advice = match step {
        Step::Prompt if is_own => advice::on_anchor(&typed),
        Step::Ability | Step::Motivation if is_own => advice::on_behaviour(&typed),
        _ => None,
    };
    let (text, style) = match (&doctor.error, advice) {
        (Some(error), _) => (error.clone(), theme.bad),
        (None, Some(advice)) => (advice.sentence().to_owned(), theme.advice),
        (None, None) => (planned(habit, step, model), theme.muted),
    };
    let text = fit::wrapped(&text, columns);
    lines(text.into_iter().map(|line| styled(line, style)), below, frame);
}

/// A recipe that was to hold later goes when one holds from today on; that is to be said before.
fn planned(habit: &Habit, step: Step, model: &Model) -> String {
    let newest = habit.recipes.newest();
    if newest.from <= model.today || step == Step::Name {
        return String::new();
    }
    let day = short(newest.from, model.today);
    format!("Another one takes the place of the recipe that was planned for {day}.")
}

fn draw_choices(doctor: &Doctor, fine: &str, list: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let columns = usize::from(list.width).saturating_sub(2);
    pane::rows(&doctor.choices, list, true, theme, frame, |choice| match choice {
        Choice::Fine => Line::from(Span::styled(format!(" {fine}"), theme.text)),
        Choice::Suggested(text) => Line::from(format!(" {}", fit::clipped(text, columns, theme))),
        Choice::Own => Line::from(Span::styled(format!(" {OWN}"), theme.muted)),
    });
    // One's own words are the last line.
    let own = doctor.choices.rows().len().saturating_sub(1);
    let Some(row) = own.checked_sub(doctor.choices.offset()) else { return };
    let row = u16::try_from(row).unwrap_or(u16::MAX);
    let used = u16::try_from(fit::width(OWN) + 2).unwrap_or(0).min(list.width);
    if row < list.height {
        let place = Rect { x: list.x + used, y: list.y + row, width: list.width - used, height: 1 };
        if doctor.choices.index() == own {
            frame.render_widget(doctor.editor.widget(), place);
        } else {
            let typed = fit::clipped(&doctor.editor.text(), usize::from(place.width), theme);
            frame.render_widget(Span::styled(typed, theme.muted), place);
        }
    }
}

fn draw_end(
    doctor: &Doctor,
    habit: &Habit,
    model: &Model,
    inner: Rect,
    theme: &Theme,
    frame: &mut Frame<'_>,
) {
    let columns = usize::from(inner.width);
    let mut content = Vec::new();
    for (step, text) in &doctor.changed {
        let line = format!("{} {} {text}", theme.glyphs.done, step.words().label);
        content.push(styled(fit::clipped(&line, columns, theme), theme.good));
    }
    let back =
        model.tell_key(Pane::Today, Action::Undo, |key| format!(", and {key} takes a change back"));
    let something = format!(
        "This holds from today on; the days before keep what they had{back}. Ten seconds are enough to begin again."
    );
    let said = if doctor.changed.is_empty() { NOTHING } else { &something };
    if !doctor.changed.is_empty() {
        content.push(Line::default());
        let sentence = habit.recipes.at(model.today).sentence(&habit.name);
        content.extend(fit::wrapped(&sentence, columns).into_iter().map(Line::from));
        content.push(Line::default());
    }
    content.extend(fit::wrapped(said, columns).into_iter().map(|line| styled(line, theme.muted)));
    content.push(Line::default());
    content.push(Line::from(vec![
        Span::styled(model.key(Action::Accept).unwrap_or_default().to_owned(), theme.key),
        Span::raw(" closes"),
    ]));
    if content.len() > usize::from(inner.height) {
        content.retain(|line| line.width() > 0);
    }
    lines(content, inner, frame);
}
