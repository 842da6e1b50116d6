//! One integration binary, a module per concern.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test's helpers fail as the test does"
)]

mod store;
