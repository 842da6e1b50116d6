//! inch: tiny habits, a skill roadmap and a portfolio in a terminal.
//!
//! # The house
//!
//! | room | owns | may name |
//! |---|---|---|
//! | [`domain`] | the words of the product and its rules, pure | nothing of ours |
//! | [`store`] | the one `SQLite` file: opening, changes, journal, undo | domain |
//! | [`exchange`] | the files of other programs | domain, store |
//! | [`config`] | `config.toml` | domain |
//! | [`clock`], [`paths`] | wall time; folders | domain; nothing |
//! | [`app`] | model, messages, effects: what every action does | domain, config |
//! | [`keymap`] | which key means what, once for handling, footer, help, palette and README | app, config |
//! | [`ui`] | drawing, pure in the model | domain, app, keymap, config |
//! | [`cli`] | the command line | domain, store, exchange, clock, paths, config |
//! | [`runtime`] | the loop: wait, resolve, update, perform, draw | all |
//!
//! A key press becomes a [`keymap::chord::Chord`], that an [`app::Action`], that an
//! [`app::Effect::Apply`] with a [`domain::change::Change`]; [`store::Store::apply`] commits it
//! together with its journal row, and only what comes back alters the
//! [`domain::workspace::Workspace`] that is drawn. Disk first, memory second.
//!
//! # The screen, with the words for its parts
//!
//! ```text
//!  inch  Mon 23 Nov 2026             ✓ 3/6 today   ◆ 38/85 topics      header: day and counts
//! ┌ 1 Today ──────────── 3 left ┬ Read one figure ──── every day ┐    frame: title and fact
//! │▌○ Read one figure ■■·■  4 d │ After I sit down, I will read. │    row: marker, box, name,
//! │ ✓ One flash card  ■■■■ 12 d │                                │         strip, streak
//! ├ 2 Curriculum ──────── 38/85 ┤ streak 4 days · strength 71 %  │    detail: the document of
//! │ → next: Matrices   opens 4  │                                │         the selected row
//! │ ▾ Linear algebra ▓▓░░░  3/5 │      Dec  Jan Feb Mar          │    heading: fold, bar, roll-up
//! │     ● Vectors               │ Mon ■■·–■■■■■■■                │    heatmap: a column a week
//! ├ 3 Portfolio ───────────── 5 ┤ Linked topic                   │    pane: one of three lists
//! │ ▾ educational               │   ● Vectors  mastered          │    item: a line that leads
//! │   live    Imitate sin(x)    │                                │         somewhere
//! └─────────────────────────────┴────────────────────────────────┘
//!  space tick  ← → day  a add  u undo  / find  ? help  q quit           footer: hints or a notice
//! ```
//!
//! Over it lies at most one overlay: welcome, help, palette, menu, question, note, form, the starters
//! offered before one, rehearsal, recipe doctor, something to read, or the timer (its countdown, the
//! question after it, a session with its links, the choice of a topic). A session that goes on without
//! its overlay stands in the header: `▶ 12:34 Vectors`. Under 100 columns the panes are tabs there.
#![cfg_attr(test, allow(clippy::float_cmp, reason = "worked figures are exact after rounding"))]

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod exchange;
pub mod keymap;
pub mod paths;
pub mod runtime;
pub mod store;
pub mod ui;
