//! The words of the product as types and pure rules.
//!
//! Owns what a habit, a schedule, a window, a topic and a project are, every change that can happen
//! to them, and what is held of them in memory. Must not know the clock, the disk, the terminal or
//! any other room of the house: time and rows come in as arguments.

pub mod advice;
pub mod annotation;
pub mod change;
pub mod checkpoint;
pub mod curriculum;
pub mod dated;
pub mod day;
pub mod describe;
pub mod fault;
pub mod figures;
pub mod habit;
pub mod history;
pub mod ids;
pub mod outlook;
pub mod pace;
pub mod page;
pub mod project;
pub mod record;
pub mod report;
pub mod review;
pub mod schedule;
pub mod session;
pub mod starters;
pub mod streak;
pub mod strength;
pub mod succession;
pub mod text;
pub mod thinning;
pub mod topic;
pub mod version;
pub mod window;
pub mod workspace;
pub mod wrap;
