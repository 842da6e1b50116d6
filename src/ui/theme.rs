//! Colours and glyphs by role.
//!
//! Owns which style and character a role has in each theme and terminal. Widgets name roles, never
//! colours. Every state has its own glyph, so that nothing is said by colour alone.

mod glyphs;

use ratatui::style::{Color, Modifier, Style};

pub use self::glyphs::GlyphSet;
use self::glyphs::{ASCII, UNICODE};
use crate::{
    config::{Config, Glyphs, ThemeChoice},
    domain::{project::Status, topic::TopicState},
};

/// Styles by role, and the glyphs to draw with.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// Text that stands back.
    pub muted: Style,
    /// Headings within a pane.
    pub heading: Style,
    /// Frames.
    pub border: Style,
    /// The focused pane's frame.
    pub border_focused: Style,
    /// Titles on frames.
    pub title: Style,
    /// The focused pane's title.
    pub title_focused: Style,
    /// The selected row where the keys go.
    pub selected: Style,
    /// The selected row elsewhere.
    pub selected_elsewhere: Style,
    /// A key in a hint.
    pub key: Style,
    /// Done, mastered.
    pub done: Style,
    /// Due, not started.
    pub due: Style,
    /// Due, and today is the last day that counts for it: calm, for it is only a day.
    pub at_risk: Style,
    /// A kind word of advice.
    pub advice: Style,
    /// Under way.
    pub under_way: Style,
    /// A rest day, a skipped topic.
    pub rest: Style,
    /// Missed: an event, in a calm colour.
    pub missed: Style,
    /// The filled part of a bar.
    pub bar: Style,
    /// A web address.
    pub link: Style,
    /// Letters that were looked for, over the style of their text.
    pub found: Style,
    /// Something went as asked.
    pub good: Style,
    /// Something was not done.
    pub bad: Style,
    /// The day being shown, when it is not today.
    pub elsewhen: Style,
    /// The cell of the shown day in a heatmap.
    pub cursor: Style,
    /// None, some, most and all of what was asked, in a heatmap of all habits.
    pub shades: [Style; 4],
    /// What an effect paints over a tick; without colours there is none.
    pub celebrate: Option<Style>,
    /// The characters.
    pub glyphs: &'static GlyphSet,
}

/// The few colours of a theme.
struct Palette {
    muted: Color,
    border: Color,
    accent: Color,
    done: Color,
    warm: Color,
    cool: Color,
    bad: Color,
    selected: Style,
    selected_elsewhere: Style,
    celebrate: Style,
    /// Some and most of all that is done.
    shades: [Color; 2],
}

/// A place in the 256-colour table: shorter to send than RGB.
const fn at(place: u8) -> Color {
    Color::Indexed(place)
}

const DARK: Palette = Palette {
    muted: at(245),
    border: at(240),
    accent: at(75),
    done: at(114),
    warm: at(179),
    cool: at(110),
    bad: at(203),
    selected: Style::new().bg(at(237)).add_modifier(Modifier::BOLD),
    selected_elsewhere: Style::new().bg(at(235)),
    celebrate: Style::new().fg(at(114)).bg(at(22)).add_modifier(Modifier::BOLD),
    shades: [at(65), at(71)],
};

const LIGHT: Palette = Palette {
    muted: at(242),
    border: at(248),
    accent: at(25),
    done: at(28),
    warm: at(130),
    cool: at(31),
    bad: at(160),
    selected: Style::new().bg(at(253)).add_modifier(Modifier::BOLD),
    selected_elsewhere: Style::new().bg(at(255)),
    celebrate: Style::new().fg(at(28)).bg(at(194)).add_modifier(Modifier::BOLD),
    shades: [at(108), at(71)],
};

/// The terminal's own colours, which fit its background whatever that is.
const ANSI: Palette = Palette {
    muted: Color::DarkGray,
    border: Color::DarkGray,
    accent: Color::Cyan,
    done: Color::Green,
    warm: Color::Yellow,
    cool: Color::LightBlue,
    bad: Color::Red,
    selected: Style::new().add_modifier(Modifier::REVERSED),
    selected_elsewhere: Style::new().add_modifier(Modifier::BOLD),
    celebrate: Style::new().fg(Color::Green).add_modifier(Modifier::REVERSED),
    shades: [Color::Green; 2],
};

/// Whether a terminal that calls itself so knows no more than its own sixteen colours, as far as
/// it tells.
pub fn has_sixteen_colours(term: &str, colorterm: &str) -> bool {
    const MORE: [&str; 9] =
        ["256", "direct", "kitty", "ghostty", "alacritty", "foot", "wezterm", "contour", "rio"];
    colorterm.is_empty() && !MORE.iter().any(|name| term.contains(name))
}

impl Theme {
    /// The theme for the config; `has_color` is false for `NO_COLOR` and `--color never`.
    pub fn new(config: &Config, has_color: bool) -> Self {
        let glyphs = match config.glyphs {
            Glyphs::Unicode => &UNICODE,
            Glyphs::Ascii => &ASCII,
        };
        if !has_color {
            return Self::plain(glyphs);
        }
        let palette = match config.theme {
            ThemeChoice::Dark => DARK,
            ThemeChoice::Light => LIGHT,
            ThemeChoice::Ansi => ANSI,
        };
        let fg = |colour| Style::new().fg(colour);
        let bold = Modifier::BOLD;
        Self {
            text: Style::new(),
            muted: fg(palette.muted),
            heading: Style::new().add_modifier(bold),
            border: fg(palette.border),
            border_focused: fg(palette.accent),
            title: fg(palette.muted),
            title_focused: fg(palette.accent).add_modifier(bold),
            selected: palette.selected,
            selected_elsewhere: palette.selected_elsewhere,
            key: fg(palette.accent),
            done: fg(palette.done),
            due: Style::new(),
            at_risk: fg(palette.warm),
            advice: fg(palette.cool),
            under_way: fg(palette.warm),
            rest: fg(palette.cool),
            missed: fg(palette.warm),
            bar: fg(palette.done),
            link: fg(palette.cool),
            found: fg(palette.warm).add_modifier(Modifier::UNDERLINED),
            good: fg(palette.done),
            bad: fg(palette.bad).add_modifier(bold),
            elsewhen: fg(palette.warm).add_modifier(bold),
            cursor: Style::new().add_modifier(Modifier::REVERSED),
            shades: [
                fg(palette.warm),
                fg(palette.shades[0]),
                fg(palette.shades[1]),
                fg(palette.done),
            ],
            celebrate: Some(palette.celebrate),
            glyphs,
        }
    }

    /// No colour at all: weight and reverse video only.
    fn plain(glyphs: &'static GlyphSet) -> Self {
        let text = Style::new();
        let bold = text.add_modifier(Modifier::BOLD);
        let dim = text.add_modifier(Modifier::DIM);
        Self {
            text,
            muted: dim,
            heading: bold,
            border: dim,
            border_focused: text,
            title: text,
            title_focused: bold,
            selected: text.add_modifier(Modifier::REVERSED),
            selected_elsewhere: bold,
            key: bold,
            done: text,
            due: text,
            at_risk: text,
            advice: text,
            under_way: text,
            rest: text,
            missed: text,
            bar: text,
            link: text.add_modifier(Modifier::UNDERLINED),
            found: bold.add_modifier(Modifier::UNDERLINED),
            good: text,
            bad: bold,
            elsewhen: bold,
            cursor: text.add_modifier(Modifier::REVERSED),
            shades: [text; 4],
            celebrate: None,
            glyphs,
        }
    }

    /// A topic's glyph and style; mastered without anything that shows it looks different.
    pub fn topic(&self, state: TopicState, is_proven: bool) -> (&'static str, Style) {
        match state {
            TopicState::Mastered if !is_proven => (self.glyphs.unproven, self.done),
            TopicState::NotStarted => (self.glyphs.due, self.muted),
            TopicState::Learning => (self.glyphs.learning, self.under_way),
            TopicState::Practising => (self.glyphs.practising, self.under_way),
            TopicState::Mastered => (self.glyphs.mastered, self.done),
            TopicState::Skipped => (self.glyphs.rest, self.muted),
        }
    }

    /// A project's status as a sign of its own: open, under way, there, let go.
    pub const fn status_sign(&self, status: Status) -> &'static str {
        match status {
            Status::Idea => self.glyphs.due,
            Status::Scoped => self.glyphs.learning,
            Status::Building => self.glyphs.practising,
            Status::Shipped => self.glyphs.mastered,
            Status::Live => self.glyphs.running,
            Status::Dropped => self.glyphs.rest,
        }
    }

    /// The style of a project's status.
    pub fn status(&self, status: Status) -> Style {
        match status {
            Status::Idea | Status::Dropped => self.muted,
            Status::Scoped => self.rest,
            Status::Building => self.under_way,
            Status::Shipped | Status::Live => self.done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_tell_how_many_colours_they_know() {
        for (term, colorterm, is_limited) in [
            ("linux", "", true),
            ("xterm", "", true),
            ("screen", "", true),
            ("xterm", "truecolor", false),
            ("xterm-256color", "", false),
            ("tmux-256color", "", false),
            ("xterm-kitty", "", false),
            ("foot", "", false),
        ] {
            assert_eq!(has_sixteen_colours(term, colorterm), is_limited, "{term} {colorterm}");
        }
    }

    #[test]
    fn the_terminals_own_colours_are_all_that_the_ansi_theme_uses() {
        let theme = Theme::new(&Config { theme: ThemeChoice::Ansi, ..Config::default() }, true);
        let shown = format!("{theme:?}");
        assert!(!shown.contains("Indexed") && !shown.contains("Rgb"), "{shown}");
        assert_eq!(theme.done.fg, Some(Color::Green));
    }
}
