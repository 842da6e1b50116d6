//! Colours and glyphs by role.
//!
//! Owns which style and character a role has in each theme and terminal. Widgets name roles, never
//! colours. Every state has its own glyph, so that nothing is said by colour alone.

use ratatui::{
    style::{Color, Modifier, Style},
    symbols::border,
};

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
    /// The characters.
    pub glyphs: &'static GlyphSet,
}

/// Characters by role.
#[derive(Debug)]
pub struct GlyphSet {
    /// Marks the selected row.
    pub marker: &'static str,
    /// A ticked box.
    pub done: &'static str,
    /// A box to tick.
    pub due: &'static str,
    /// A rest day.
    pub rest: &'static str,
    /// Nothing is asked.
    pub idle: &'static str,
    /// A done day in strip and heatmap.
    pub day_done: &'static str,
    /// A missed day in strip and heatmap.
    pub day_missed: &'static str,
    /// None, some, most and all of what was asked.
    pub shades: [&'static str; 4],
    /// The plot of a chart has dots of its own within a cell.
    pub has_dots: bool,
    /// Bars that stand: an eighth of a cell, two eighths and so on.
    pub heights: [&'static str; 8],
    /// An unfolded heading.
    pub open: &'static str,
    /// A folded heading.
    pub folded: &'static str,
    /// The topic to go on with.
    pub next: &'static str,
    /// Learning.
    pub learning: &'static str,
    /// Practising.
    pub practising: &'static str,
    /// Mastered.
    pub mastered: &'static str,
    /// The filled part of a progress bar.
    pub bar: &'static str,
    /// The rest of it.
    pub bar_rest: &'static str,
    /// A horizontal bar that is compared with others.
    pub length: &'static str,
    /// Projects in the header.
    pub project: &'static str,
    /// Topics in the header.
    pub topic: &'static str,
    /// The day has a note.
    pub note: &'static str,
    /// Where text was cut.
    pub ellipsis: &'static str,
    /// Left and right of the focused tab.
    pub tab: [&'static str; 2],
    /// Frames.
    pub border: border::Set<'static>,
    /// Only ASCII may be drawn.
    pub is_ascii: bool,
}

const UNICODE: GlyphSet = GlyphSet {
    marker: "▌",
    done: "✓",
    due: "○",
    rest: "–",
    idle: "·",
    day_done: "■",
    day_missed: "·",
    shades: ["·", "░", "▒", "■"],
    has_dots: true,
    heights: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    open: "▾",
    folded: "▸",
    next: "→",
    learning: "◔",
    practising: "◑",
    mastered: "●",
    bar: "▓",
    bar_rest: "░",
    length: "▇",
    project: "■",
    topic: "◆",
    note: "*",
    ellipsis: "…",
    tab: ["▌", "▐"],
    border: border::PLAIN,
    is_ascii: false,
};

const ASCII: GlyphSet = GlyphSet {
    marker: ">",
    done: "x",
    due: "o",
    rest: "-",
    idle: ".",
    day_done: "#",
    day_missed: ".",
    shades: [".", "-", "+", "#"],
    has_dots: false,
    heights: [".", ".", ":", ":", "|", "|", "#", "#"],
    open: "-",
    folded: "+",
    next: "*",
    learning: "l",
    practising: "p",
    mastered: "M",
    bar: "#",
    bar_rest: ".",
    length: "=",
    project: "#",
    topic: "*",
    note: "*",
    ellipsis: "~",
    tab: ["[", "]"],
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
    is_ascii: true,
};

/// The few colours of a theme, as places in the 256-colour table: shorter to send than RGB.
struct Palette {
    muted: u8,
    border: u8,
    accent: u8,
    done: u8,
    warm: u8,
    cool: u8,
    bad: u8,
    selected: u8,
    selected_elsewhere: u8,
    /// Some and most of all that is done.
    shades: [u8; 2],
}

const DARK: Palette = Palette {
    muted: 245,
    border: 240,
    accent: 75,
    done: 114,
    warm: 179,
    cool: 110,
    bad: 203,
    selected: 237,
    selected_elsewhere: 235,
    shades: [65, 71],
};

const LIGHT: Palette = Palette {
    muted: 242,
    border: 248,
    accent: 25,
    done: 28,
    warm: 130,
    cool: 31,
    bad: 160,
    selected: 253,
    selected_elsewhere: 255,
    shades: [108, 71],
};

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
        };
        let fg = |index| Style::new().fg(Color::Indexed(index));
        let bold = Modifier::BOLD;
        Self {
            text: Style::new(),
            muted: fg(palette.muted),
            heading: Style::new().add_modifier(bold),
            border: fg(palette.border),
            border_focused: fg(palette.accent),
            title: fg(palette.muted),
            title_focused: fg(palette.accent).add_modifier(bold),
            selected: Style::new().bg(Color::Indexed(palette.selected)).add_modifier(bold),
            selected_elsewhere: Style::new().bg(Color::Indexed(palette.selected_elsewhere)),
            key: fg(palette.accent),
            done: fg(palette.done),
            due: Style::new(),
            under_way: fg(palette.warm),
            rest: fg(palette.cool),
            missed: fg(palette.warm),
            bar: fg(palette.done),
            link: fg(palette.cool),
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
            under_way: text,
            rest: text,
            missed: text,
            bar: text,
            link: text.add_modifier(Modifier::UNDERLINED),
            good: text,
            bad: bold,
            elsewhen: bold,
            cursor: text.add_modifier(Modifier::REVERSED),
            shades: [text; 4],
            glyphs,
        }
    }

    /// A topic's glyph and style.
    pub fn topic(&self, state: TopicState) -> (&'static str, Style) {
        match state {
            TopicState::NotStarted => (self.glyphs.due, self.muted),
            TopicState::Learning => (self.glyphs.learning, self.under_way),
            TopicState::Practising => (self.glyphs.practising, self.under_way),
            TopicState::Mastered => (self.glyphs.mastered, self.done),
            TopicState::Skipped => (self.glyphs.rest, self.muted),
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
