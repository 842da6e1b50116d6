//! What `inch` promises, tested from outside: one binary, a module per concern.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails says so by panicking, in its helpers too"
)]

mod app;
mod chain;
mod cli;
mod curricula;
mod damage;
mod doctor;
#[cfg(target_os = "linux")]
mod faults;
mod fixture;
mod fuzz;
mod histories;
mod hostile;
mod house;
mod importing;
mod keys;
mod kills;
mod learning;
mod limits;
mod model;
mod mouse;
mod open;
mod packaging;
mod pages;
mod palette;
mod portfolio;
mod projects;
mod readme;
mod recipes;
mod roadmap;
mod rules;
mod screens;
mod store;
mod studying;
mod terminal;
mod timing;
mod today;
mod troubles;
mod typing;
