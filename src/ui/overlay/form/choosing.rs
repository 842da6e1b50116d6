//! Beside the scores the ranking of all ideas, beside the questions what they suggest.
//!
//! ```text
//! Your ideas, the best first; 15 is the most
//!  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇ 14  Open data for the whole region
//! ▌▇▇▇▇▇▇▇▇▇▇     10  Explain a rejection letter
//! ```

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use crate::{
    app::{
        Model,
        choosing::Ranked,
        form::{Form, Subject},
    },
    domain::project::choice::{BEST, Choice, QUESTIONS, Score},
    ui::{
        fit,
        overlay::{lines, styled},
        theme::Theme,
        worth,
    },
};

/// Columns of a bar.
const BAR: usize = 15;

/// Draws what belongs to the page in sight.
pub fn draw(form: &Form, model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    if !matches!(form.subject, Subject::Choice(_)) || area.height < 2 {
        return;
    }
    if form.page() == 0 {
        let ranking = model.ranking(form);
        lines(ranks(&ranking, area, theme), area, frame);
    } else {
        let said = suggestion(&form.weighed());
        let said = fit::wrapped(&said, usize::from(area.width)).into_iter();
        lines(said.map(|line| styled(line, theme.advice)), area, frame);
    }
}

fn ranks<'a>(ranking: &[Ranked], area: Rect, theme: &'a Theme) -> Vec<Line<'a>> {
    let rows = usize::from(area.height) - 1;
    // The one being weighed stays in sight.
    let this = ranking.iter().position(|ranked| ranked.is_this).unwrap_or(0);
    let skipped = (this + 1).saturating_sub(rows);
    let most = BEST * u8::try_from(Score::ALL.len()).unwrap_or(1);
    let heading = match ranking.len() {
        0 | 1 => format!("The first idea to be weighed; {most} is the most"),
        count if count > rows => {
            format!("Your ideas, the best first   {}–{} of {count}", skipped + 1, skipped + rows)
        }
        _ => format!("Your ideas, the best first; {most} is the most"),
    };
    let columns = usize::from(area.width);
    let row = |ranked: &Ranked| {
        let (marker, title) =
            if ranked.is_this { (theme.glyphs.marker, theme.heading) } else { (" ", theme.text) };
        let style = match (ranked.is_bad, ranked.is_whole) {
            (true, _) => theme.missed,
            (false, true) => theme.bar,
            (false, false) => theme.muted,
        };
        let bar = worth::bar(ranked.sum.unwrap_or(0), most, BAR, style, theme);
        let gap = " ".repeat(BAR.saturating_sub(fit::width(&bar.content)));
        let sum = ranked.sum.map_or_else(|| "–".to_owned(), |sum| sum.to_string());
        let why = match (ranked.is_bad, ranked.is_whole, ranked.sum) {
            (true, ..) => "bad for people",
            (false, false, None) => "not weighed",
            (false, false, _) => "not all said",
            (false, true, _) => "",
        };
        let room = columns.saturating_sub(1 + BAR + 5 + fit::width(why) + 2);
        fit::spread(
            vec![
                Span::styled(marker, theme.border_focused),
                bar,
                Span::raw(gap),
                Span::styled(format!(" {sum:>2}  "), theme.muted),
                Span::styled(fit::clipped(&ranked.title, room, theme), title),
            ],
            vec![Span::styled(why, style)],
            columns,
        )
    };
    let rows = ranking.iter().skip(skipped).take(rows).map(row);
    std::iter::once(styled(heading, theme.muted)).chain(rows).collect()
}

/// What the answers suggest; before all are given, how many are missing.
fn suggestion(choice: &Choice) -> String {
    let yes = choice.answers.iter().filter(|answer| **answer == Some(true)).count();
    let missing = choice.answers.iter().filter(|answer| answer.is_none()).count();
    let all = QUESTIONS.len();
    match choice.suggestion() {
        Some(approach) => format!(
            "{yes} of {all} say yes. That suggests {}: {}.",
            approach.title(),
            approach.meaning()
        ),
        None if missing == all => {
            "Four answers suggest a way to go about it; the decision is yours.".to_owned()
        }
        None => format!("{} of {all} answered; {missing} to go for a suggestion.", all - missing),
    }
}
