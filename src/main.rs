//! The program: error reports first, then arguments, then the command or the app.

use std::process::ExitCode;

use inch::{
    cli::{self, Start},
    keymap::rebind,
    runtime,
};

fn main() -> ExitCode {
    // Without the hook an error is still reported, only less well.
    let _ = color_eyre::install();
    match cli::parse(std::env::args_os(), rebind::print) {
        Start::Finished(code) => code,
        Start::App(launch) => runtime::run(*launch),
    }
}
