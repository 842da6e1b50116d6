//! inch: tiny habits, a skill roadmap and a portfolio in a terminal.
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "worked figures are exact after rounding")
)]

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
