//! Text being written: a day's note, notes beside a topic, the goal.

use ratatui::{Frame, layout::Rect, text::Span};

use super::window;
use crate::{
    app::{
        Action, Model,
        note::{About, Note},
    },
    domain::day::short,
    ui::{fit, theme::Theme},
};

/// Draws it.
pub fn draw(note: &Note, model: &Model, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let (title, name) = match &note.about {
        About::Day(habit, day) => {
            let habit = model.workspace.habit(*habit);
            let name = habit.map_or_else(String::new, |habit| habit.name.clone());
            (format!("Note, {}", short(*day, model.today)), name)
        }
        About::Topic(topic) => ("Notes".to_owned(), model.topic_title(topic)),
        About::Goal => {
            ("Your goal".to_owned(), "what must you know for the decisions of the job?".to_owned())
        }
    };
    let inner = window(area, &title, &name, theme, frame);
    let text = Rect { height: inner.height.saturating_sub(2), ..inner };
    frame.render_widget(note.editor.widget(), text);
    let below = Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
    let columns = usize::from(below.width);
    let save = model.key(Action::Save).unwrap_or_default();
    let help = [" starts a", ": a"].map(|how| format!("{save} saves, alt-enter{how} new line"));
    let help = help.iter().find(|help| fit::width(help) <= columns).unwrap_or(&help[1]);
    let (text, style) = if note.is_changed_elsewhere {
        ("changed elsewhere meanwhile; saving replaces that", theme.bad)
    } else {
        (help.as_str(), theme.muted)
    };
    let line = Span::styled(fit::clipped(text, columns, theme), style);
    frame.render_widget(line, below);
}
