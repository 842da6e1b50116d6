//! The figures beside the year, or in a line below it.
//!
//! Must not know how they come about.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{bar, percent};
use crate::{
    app::Model,
    domain::{figures::Figures, history::overview::RATES, streak::Streak},
    ui::{fit, habit_detail, theme::Theme},
};

/// What the rates are of, behind their heading: of one habit, and of all.
const MET: &str = " when due";
const MET_OF_ALL: &str = " when due; a week counts as one";

/// Columns before the bars of the rates.
const RATE: usize = 14;

/// Draws them: rates first, then what stays, and never a bare 0.
pub fn draw(model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let lines =
        if area.height == 1 { vec![rates_in_line(model, theme)] } else { all(model, area, theme) };
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        frame.render_widget(line, Rect { y, height: 1, ..area });
    }
}

fn rates_in_line<'a>(model: &Model, theme: &Theme) -> Line<'a> {
    let mut spans = vec![Span::styled("met ", theme.heading)];
    for (tally, days) in model.history.overview.rates.iter().zip(RATES) {
        spans.push(Span::styled(format!(" {days} d "), theme.muted));
        spans.push(Span::raw(percent(*tally).trim_start().to_owned()));
    }
    Line::from(spans)
}

fn all<'a>(model: &Model, area: Rect, theme: &Theme) -> Vec<Line<'a>> {
    let columns = usize::from(area.width);
    let long = if model.history.habit.is_none() { MET_OF_ALL } else { MET };
    let said = [long, MET].into_iter().find(|said| fit::width(said) + 3 <= columns);
    let said = Span::styled(said.unwrap_or_default(), theme.muted);
    let mut lines = vec![Line::from(vec![Span::styled("met", theme.heading), said])];
    let room = columns.saturating_sub(RATE).min(20);
    for (tally, days) in model.history.overview.rates.iter().zip(RATES) {
        let mut spans = vec![
            Span::styled(
                format!(
                    "{days} d{}",
                    " ".repeat(if days < 10 { 3 } else { usize::from(days < 100) + 1 })
                ),
                theme.muted,
            ),
            Span::raw(percent(*tally)),
        ];
        if room >= 8 {
            spans.push(Span::raw("  "));
            spans.push(Span::styled(bar(tally.share().unwrap_or(0.0), room, theme), theme.bar));
        }
        lines.push(Line::from(spans));
    }
    lines.push(Line::default());
    let facts = match model.told_habit() {
        Some(habit) => {
            model.figures.get(&habit.id).map(|figures| of_one(figures, theme)).unwrap_or_default()
        }
        None => of_all(model),
    };
    let word = |text: &str| format!("{text:<10}");
    lines.extend(facts.into_iter().map(|(name, value)| {
        Line::from(vec![Span::styled(word(name), theme.muted), Span::raw(value)])
    }));
    lines
}

fn of_one(figures: &Figures, theme: &Theme) -> Vec<(&'static str, String)> {
    let count = |length: u32, streak: &Streak| {
        format!("{} {}", fit::grouped(length), streak.unit.letter(theme.glyphs.is_ascii))
    };
    let mut facts = Vec::new();
    if figures.lifetime == 0 {
        return vec![("nothing yet", String::new())];
    }
    if figures.current_streak > 0 {
        let letter = figures.unit.letter(theme.glyphs.is_ascii);
        facts.push(("streak", format!("{} {letter}", fit::grouped(figures.current_streak))));
    } else {
        facts.push(("in all", fit::grouped(figures.lifetime)));
    }
    facts.extend(figures.longest().map(|streak| ("longest", count(streak.length, &streak))));
    facts.extend(strength(figures.strength));
    facts
}

/// A strength that has faded is left out.
fn strength(fraction: f64) -> Option<(&'static str, String)> {
    let percent = habit_detail::percent(fraction);
    (percent != "0").then(|| ("strength", format!("{percent} %")))
}

fn of_all(model: &Model) -> Vec<(&'static str, String)> {
    let all = model.workspace.habits.iter().filter_map(|habit| model.figures.get(&habit.id));
    let lifetime: u64 = all.map(|each| u64::from(each.lifetime)).sum();
    // What runs now, and how strong it is now, whichever year is shown.
    let figures =
        || model.workspace.active_habits().filter_map(|habit| model.figures.get(&habit.id));
    let mut facts = vec![("in all", fit::grouped(lifetime))];
    let running = figures().filter(|each| each.current_streak > 0).count();
    if running > 0 {
        facts.push(("streaks", format!("{running} now")));
    }
    let strengths: Vec<_> = figures().map(|each| each.strength).collect();
    let count = f64::from(u32::try_from(strengths.len()).unwrap_or(u32::MAX));
    // The sum of nothing is minus zero, which would be shown.
    facts.extend(strength((strengths.iter().sum::<f64>() + 0.0) / count.max(1.0)));
    facts
}
