//! The loop: wait, resolve, update, perform, draw.

use std::process::ExitCode;

use crate::cli::Launch;

/// Opens the app.
pub fn run(_: Launch) -> ExitCode {
    ExitCode::SUCCESS
}
