//! The zoomed roadmap's columns: how much a topic is wanted, minutes, when it comes back, its proof.
//!
//! ```text
//! topic                                  want    spent    review  shown by
//! ● Vectors                              needed   4.2 h   12 Mar  ■ 2
//! ```
//!
//! Owns which columns there is room for. Must not know how any figure is counted.

use chrono::{Datelike, NaiveDate};
use ratatui::{style::Style, text::Span};

use crate::{
    app::Model,
    domain::{
        ids::TopicId,
        session::{Subject, brief},
        topic::TopicState,
    },
    ui::{fit, theme::Theme},
};

/// What a column tells of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Want,
    Spent,
    Review,
    Proof,
}

impl Column {
    /// In the order that they stand in.
    const ALL: [Self; 4] = [Self::Want, Self::Spent, Self::Review, Self::Proof];

    /// In the order that they go in where there is no room.
    const LEAST_FIRST: [Self; 4] = [Self::Spent, Self::Want, Self::Proof, Self::Review];

    const fn title(self) -> &'static str {
        match self {
            Self::Want => "want",
            Self::Spent => "spent",
            Self::Review => "review",
            Self::Proof => "shown by",
        }
    }

    const fn width(self) -> usize {
        match self {
            Self::Want => 7,
            Self::Spent => 6,
            Self::Review | Self::Proof => 8,
        }
    }
}

/// Cells before each.
const GAP: usize = 2;
/// Cells that a title keeps.
const TITLE: usize = 30;
/// Cells of a heading beside its title: indent, fold, bar and count.
const HEADING: usize = 16;

/// The columns that there is room for.
pub struct Columns(Vec<Column>);

impl Columns {
    /// As many as leave titles their room; the last one goes only for those of topics.
    pub fn new(columns: usize) -> Self {
        let mut shown = Column::ALL.to_vec();
        for least in Column::LEAST_FIRST {
            let beside = HEADING + width(summed(&shown));
            let has_headings = shown.len() == 1 || columns >= TITLE + beside;
            if columns >= TITLE + width(&shown) && has_headings {
                break;
            }
            shown.retain(|column| *column != least);
        }
        Self(shown)
    }

    /// Their names.
    pub fn head(&self, theme: &Theme) -> Vec<Span<'static>> {
        cells(&self.0, |column| (column.title().to_owned(), theme.muted))
    }

    /// What they tell of a topic.
    pub fn of_topic(&self, model: &Model, id: &TopicId, theme: &Theme) -> Vec<Span<'static>> {
        cells(&self.0, |column| match column {
            Column::Want => {
                let want = model.workspace.want(id);
                (want.map_or("", |want| want.word()).to_owned(), theme.link)
            }
            Column::Spent => {
                let studied = model.workspace.studied(&Subject::Topic(id.clone()));
                (brief(studied.seconds), theme.muted)
            }
            Column::Review => review(model, id, theme),
            Column::Proof => proof(model, id, theme),
        })
    }

    /// What they come to over some topics; a heading needs the room of the first for its bar.
    pub fn of_all<'t>(
        &self,
        model: &Model,
        topics: &(impl Iterator<Item = &'t TopicId> + Clone),
        theme: &Theme,
    ) -> Vec<Span<'static>> {
        cells(summed(&self.0), |column| match column {
            Column::Want | Column::Proof => (String::new(), theme.muted),
            Column::Spent => {
                let subjects = topics.clone().cloned().map(Subject::Topic);
                let seconds = subjects.map(|subject| model.workspace.studied(&subject).seconds);
                (brief(seconds.sum()), theme.muted)
            }
            Column::Review => match topics.clone().filter(|id| model.is_due(id)).count() {
                0 => (String::new(), theme.muted),
                due => (format!("{} {due}", theme.glyphs.review), theme.advice),
            },
        })
    }

    /// Cells of those that headings have.
    pub fn summed_width(&self) -> usize {
        width(summed(&self.0))
    }
}

/// Those that headings have.
fn summed(all: &[Column]) -> &[Column] {
    match all {
        [Column::Want, rest @ ..] => rest,
        all => all,
    }
}

fn cells(columns: &[Column], cell: impl Fn(Column) -> (String, Style)) -> Vec<Span<'static>> {
    let cells = columns.iter().map(|column| {
        let (text, style) = cell(*column);
        let gap = " ".repeat(GAP);
        // Figures stand to the right, words to the left.
        let text = match column {
            Column::Spent | Column::Review => fit::right(&text, column.width()),
            Column::Want | Column::Proof => format!("{text:<width$}", width = column.width()),
        };
        Span::styled(format!("{gap}{text}"), style)
    });
    cells.collect()
}

fn width(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.width() + GAP).sum()
}

/// When it comes back: `▲ due`, `12 Mar`, `Mar 2028`.
fn review(model: &Model, id: &TopicId, theme: &Theme) -> (String, Style) {
    let Some(review) = model.coming_review(id) else {
        return (String::new(), theme.muted);
    };
    if review.due_on <= model.today {
        return (format!("{} due", theme.glyphs.review), theme.advice);
    }
    (date(review.due_on, model.today), theme.muted)
}

fn date(day: NaiveDate, today: NaiveDate) -> String {
    let form = if day.year() == today.year() { "%-d %b" } else { "%b %Y" };
    day.format(form).to_string()
}

/// What shows that it is mastered: so many projects, else a link, else words.
fn proof(model: &Model, id: &TopicId, theme: &Theme) -> (String, Style) {
    let projects = model.proof(id).filter(|project| project.draft.status.is_work()).count();
    let evidence = model.workspace.progress.get(id).map(|progress| &progress.evidence);
    let is_mastered = model.topic_state(id) == TopicState::Mastered;
    match evidence {
        _ if projects > 0 => (format!("{} {projects}", theme.glyphs.project), theme.under_way),
        Some(evidence) if evidence.link.is_some() => ("a link".to_owned(), theme.link),
        Some(evidence) if !evidence.is_empty() => ("words".to_owned(), theme.text),
        _ if is_mastered => ("nothing".to_owned(), theme.muted),
        _ => (String::new(), theme.muted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_one_by_one_as_room_gets_scarce() {
        let titles = |columns| {
            let shown = Columns::new(columns).0;
            shown.iter().map(|column| column.title()).collect::<Vec<_>>()
        };
        assert_eq!(titles(120), ["want", "spent", "review", "shown by"]);
        assert_eq!(titles(66), ["want", "review", "shown by"]);
        assert_eq!(titles(65), ["review"]);
        assert_eq!(titles(43), ["review"]);
        assert!(titles(30).is_empty());
        for columns in 0..200 {
            let shown = Columns::new(columns).0;
            let (taken, beside) = (width(&shown), width(summed(&shown)) + HEADING);
            assert!(taken == 0 || columns >= TITLE + taken, "{columns}");
            assert!(shown.len() < 2 || columns >= TITLE + beside, "{columns}");
        }
    }
}
