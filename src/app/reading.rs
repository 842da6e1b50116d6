//! A window to read in, and what explains a habit's strength there.
//!
//! Owns the words and how high their window is. Must not know how they are drawn.

use super::{Action, Model, Overlay};
use crate::domain::{
    figures::{Tally, tally},
    habit::Habit,
    outlook,
    schedule::Schedule,
    strength, text,
    window::{Judged, Outcome},
    wrap::wrapped,
};

/// The days whose windows are counted: as many as are held of the selected habit.
const COUNTED_DAYS: u16 = 365;

/// Paragraphs under a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it is about.
    pub title: String,
    /// A gap is between any two.
    pub paragraphs: Vec<String>,
    /// The first visible line.
    pub offset: u16,
}

impl Reading {
    fn new(title: String, paragraphs: Vec<String>) -> Self {
        Self { title, paragraphs, offset: 0 }
    }

    /// Rows of its content in so many columns.
    pub fn height(&self, columns: u16) -> u16 {
        let lines = |paragraph: &String| wrapped(paragraph, columns.into()).len();
        let gaps = self.paragraphs.len().saturating_sub(1);
        let rows = self.paragraphs.iter().map(lines).sum::<usize>() + gaps;
        u16::try_from(rows).unwrap_or(u16::MAX)
    }
}

impl Model {
    /// Opens the explanation of the selected habit's strength.
    pub(super) fn explain_strength(&mut self) {
        let reading = self.selected_habit().and_then(|habit| self.strength_of(habit));
        self.overlay = reading.map(Overlay::Reading);
    }

    /// Scrolls a window to read in; `None` when the action closes it.
    pub(super) fn scrolled(&self, offset: u16, action: Action) -> Option<u16> {
        let page = self.areas.overlay_height().max(1);
        Some(match action {
            Action::Up => offset.saturating_sub(1),
            Action::Down => offset.saturating_add(1),
            Action::PageUp => offset.saturating_sub(page),
            Action::PageDown => offset.saturating_add(page),
            Action::HalfUp => offset.saturating_sub(page / 2),
            Action::HalfDown => offset.saturating_add(page / 2),
            Action::Top => 0,
            Action::Bottom => u16::MAX,
            _ => return None,
        })
    }

    fn strength_of(&self, habit: &Habit) -> Option<Reading> {
        let figures = self.figures.get(&habit.id)?;
        let track = self.workspace.tracks.get(&habit.id)?;
        let (rules, today) = (self.workspace.rules, self.today);
        let counted = tally(habit, &track.marks, rules, figures.first_day, today, COUNTED_DAYS);
        let word = window_word(habit.schedule_on(today));
        let mut paragraphs = vec![
            "Strength says how much of a habit it has become: an average of how often it was done, in which the newest days weigh most. It grows slowly and it fades slowly, so one miss costs little."
                .to_owned(),
        ];
        paragraphs.push(now(figures.strength, counted));
        let mut strength = figures.strength;
        for (judged, latest) in outlook::ahead(habit, &track.marks, rules, figures.first_day, today)
        {
            if latest.is_some() {
                paragraphs.push(ahead_of(strength, &judged, word));
                paragraphs.push(formula(&judged, word));
                break;
            }
            if outlook::can_be_missed(&judged.window) {
                let lost = Judged { outcome: Outcome::Missed, ..judged };
                strength = strength::after(strength, &lost);
                paragraphs.push(format!(
                    "This {word} is out of reach; once it is over, {} stay.",
                    percent(strength)
                ));
            }
        }
        paragraphs.push(
            "Rest days leave it as it is, and an open window takes nothing off: it never sags in the morning."
                .to_owned(),
        );
        Some(Reading::new(format!("Strength of “{}”", text::shown(&habit.name)), paragraphs))
    }
}

/// What its windows are called.
fn window_word(schedule: Schedule) -> &'static str {
    match schedule {
        Schedule::Daily | Schedule::None => "day",
        Schedule::Weekdays(_) => "chosen day",
        Schedule::PerWeek(_) => "week",
        Schedule::Every(_) => "turn",
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn now(strength: f64, counted: Tally) -> String {
    if strength <= 0.0 {
        return "It begins to count with the first tick.".to_owned();
    }
    let now = format!("Here it is {} now.", percent(strength));
    // A window that is met early counts for the strength at once, and here once it is over.
    match counted.all {
        0 => now,
        all => format!("{now} Of the last year's windows {} of {all} were met.", counted.met),
    }
}

fn ahead_of(strength: f64, next: &Judged, word: &str) -> String {
    let met = percent(strength::supposing(strength, next, Outcome::Met));
    let missed = percent(strength::supposing(strength, next, Outcome::Missed));
    let needs = next.quota - next.done;
    let ticks = match needs {
        1 => "The next tick makes".to_owned(),
        _ => format!("The next {needs} ticks in one {word} make"),
    };
    if strength <= 0.0 {
        return format!("{ticks} it {met}.");
    }
    format!("{ticks} it {met}; a {word} without any would leave {missed}.")
}

/// The formula with the numbers of this habit.
fn formula(next: &Judged, word: &str) -> String {
    let kept = strength::kept(&next.window);
    // As many windows as halve what is missing.
    let half = (0.5_f64.ln() / kept.ln()).round().max(1.0);
    let plural = if half > 1.0 { "s" } else { "" };
    format!(
        "After each {word}, {} of the strength stays and {} comes from what was done of that {word}'s share. So {half:.0} {word}{plural} kept in a row make half of what is missing to 100 %.",
        percent(kept),
        percent(1.0 - kept)
    )
}
