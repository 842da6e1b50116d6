//! Import and export: what comes in from other programs, and what goes out to other people.
//!
//! An import parses, validates all, shows the plan, makes one change and compares the counts.
//! Owns what the formats share: the input, what was read of it, the plan and its carrying out. Must
//! not know how a format is written (a file per format does) or how a plan is shown.
//!
//! An import only ever adds. A day that says something else here is kept as it is, also when it is
//! filled between plan and change, so that nothing ticked is lost and repeating an import adds
//! nothing.

mod answers;
mod cells;
mod csv;
mod described;
mod dijo;
mod error;
mod format;
mod frequency;
mod habitbull;
mod habitctl;
mod harsh;
mod input;
mod json;
mod loop_habits;
mod markup;
mod plan;
pub mod portfolio;
mod reading;
pub mod report;
mod sheet;
mod skipped;
pub mod tables;
pub mod whole;

pub use self::{
    error::{BadLine, ImportError},
    format::{FORMATS, Format},
    input::{Input, LIMIT, UNPACKED_LIMIT, file_name},
    plan::{Count, EXAMPLES, Ground, Here, Kept, Known, NewHabit, Plan},
};
