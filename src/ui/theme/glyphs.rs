//! Characters by role, for terminals that know them and for those that know only ASCII.
//!
//! Owns the two sets. Must not know any style.

use ratatui::symbols::border;

/// Characters by role.
#[derive(Debug)]
pub struct GlyphSet {
    /// Marks the selected row.
    pub marker: &'static str,
    /// A ticked box.
    pub done: &'static str,
    /// A box to tick.
    pub due: &'static str,
    /// A box to tick today, or its window is missed.
    pub at_risk: &'static str,
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
    /// Mastered, with nothing that shows it.
    pub unproven: &'static str,
    /// It has come back for review.
    pub review: &'static str,
    /// The filled part of a progress bar.
    pub bar: &'static str,
    /// The rest of it.
    pub bar_rest: &'static str,
    /// A horizontal bar that is compared with others.
    pub length: &'static str,
    /// A stretch of a project's way that was planned, and one that was worked on.
    pub track: [&'static str; 2],
    /// Projects in the header.
    pub project: &'static str,
    /// Topics in the header.
    pub topic: &'static str,
    /// The day has a note.
    pub note: &'static str,
    /// A cell of the big digits.
    pub block: &'static str,
    /// A timer that counts, in the header.
    pub running: &'static str,
    /// Where text was cut.
    pub ellipsis: &'static str,
    /// Left and right of the focused tab.
    pub tab: [&'static str; 2],
    /// Frames.
    pub border: border::Set<'static>,
    /// Only ASCII may be drawn.
    pub is_ascii: bool,
}

pub(super) const UNICODE: GlyphSet = GlyphSet {
    marker: "▌",
    done: "✓",
    due: "○",
    at_risk: "◎",
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
    unproven: "◉",
    review: "▲",
    bar: "▓",
    bar_rest: "░",
    length: "▇",
    track: ["─", "━"],
    project: "■",
    topic: "◆",
    note: "*",
    block: "█",
    running: "▶",
    ellipsis: "…",
    tab: ["▌", "▐"],
    border: border::PLAIN,
    is_ascii: false,
};

pub(super) const ASCII: GlyphSet = GlyphSet {
    marker: ">",
    done: "x",
    due: "o",
    at_risk: "O",
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
    unproven: "m",
    review: "^",
    bar: "#",
    bar_rest: ".",
    length: "=",
    track: ["-", "="],
    project: "#",
    topic: "*",
    note: "*",
    block: "#",
    running: ">",
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
