//! One HTML page that needs nothing else: no network, no script, light and dark, good on paper.
//!
//! Must not write stored text but through the template, which escapes it.

use chrono::{Datelike as _, Days, NaiveDate};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::domain::page::{Entry, Learned, Page, Proof, Shelf, date, grew, meaning};

pub(super) const STYLE: &str = include_str!("../../../assets/portfolio.css");

/// A day's square and what it takes with its gap, in the drawing's own units.
const DAY: u64 = 11;
const STEP: u64 = 14;
/// What the names of days take beside the squares, and those of months above them.
const LEFT: u64 = 28;
const ABOVE: u64 = 16;
/// The days that have their names: every other one is enough to count by.
const NAMED: [(&str, u64); 3] = [("Mon", 0), ("Wed", 2), ("Fri", 4)];

/// Writes it.
pub(super) fn write(page: &Page) -> String {
    let title = if page.name.is_empty() { "Portfolio" } else { &page.name };
    let written = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="description" content=(page.summary());
                title { (title) @if !page.name.is_empty() { ": portfolio" } }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 dir="auto" { (title) }
                    @if !page.summary().is_empty() { p.lead { (page.summary()) } }
                }
                main {
                    section aria-labelledby="projects" {
                        h2 #projects { "Projects" }
                        @if page.levels.is_empty() { p.nothing { "No projects yet." } }
                        @for shelf in &page.levels { (level(shelf)) }
                    }
                    (record(page))
                }
                footer { p { "As of " (date(page.made_on)) ". Made with inch." } }
            }
        }
    };
    written.into_string()
}

fn level(shelf: &Shelf) -> Markup {
    html! {
        div.level {
            header {
                h3.name { (shelf.level.word()) }
                p.muted { (meaning(shelf.level)) }
            }
            div.cards { @for entry in &shelf.projects { (project(entry)) } }
        }
    }
}

fn project(project: &Entry) -> Markup {
    let told = [
        ("Result", &project.result),
        ("My role", &project.role),
        ("Said simply", &project.explained),
    ];
    html! {
        article {
            header {
                h4 dir="auto" { (project.title) }
                p.facts {
                    span.status data-status=(project.status.word()) { (project.status.word()) }
                    " " span { (project.dates()) }
                    @if let Some(studied) = project.studied.words() { " " span { (studied) } }
                }
            }
            @if !project.pitch.is_empty() { div.pitch { (paragraphs(&project.pitch)) } }
            @for (label, said) in told.into_iter().filter(|(_, said)| !said.is_empty()) {
                div.told { h5 { (label) } div { (paragraphs(said)) } }
            }
            @if !project.topics.is_empty() {
                div.told {
                    h5 { (project.shows()) }
                    ul.topics { @for topic in &project.topics { li dir="auto" { (topic) } } }
                }
            }
            @if !project.links.is_empty() {
                ul.links { @for url in &project.links { li { (anchor(url)) } } }
            }
            @if let Some(grew) = grew(project.grown) { p.grew { (grew) } }
        }
    }
}

/// Whatever the direction of its letters, a text reads as it was written.
fn paragraphs(text: &str) -> Markup {
    html! { @for paragraph in text.split("\n\n") { p dir="auto" { (paragraph.trim()) } } }
}

/// A link that tells where it leads, and not from where one comes.
fn anchor(url: &str) -> Markup {
    let shown = url.split_once("://").map_or(url, |(_, rest)| rest);
    html! { a href=(url) rel="noopener noreferrer" { (shown.trim_end_matches('/')) } }
}

fn record(page: &Page) -> Markup {
    html! {
        @if !page.areas.is_empty() || !page.ticks.is_empty() {
            section aria-labelledby="record" {
                h2 #record { "Learning record" }
                @if !page.ticks.is_empty() { (heatmap(page)) }
                @for area in &page.areas { (learned(area)) }
            }
        }
    }
}

fn learned(area: &Learned) -> Markup {
    let (mastered, counted) = (area.progress.mastered, area.progress.counted);
    html! {
        div.area {
            h3 { (area.title) }
            div.bar {
                progress max=(counted) value=(mastered) {}
                span { (mastered) " of " (counted) " mastered" }
            }
            ul { @for topic in &area.topics { li { (proof(topic)) } } }
        }
    }
}

fn proof(topic: &Proof) -> Markup {
    html! {
        bdi { (topic.title) } " " span.muted { (topic.facts()) }
        @for project in &topic.projects { p.evidence { "Shown by " em { bdi { (project) } } } }
        @if !topic.sentence.is_empty() { p.evidence dir="auto" { (topic.sentence) } }
        @if let Some(url) = &topic.link { p.evidence { (anchor(url)) } }
    }
}

/// A year of days as squares, weeks from left to right, Monday at the top.
fn heatmap(page: &Page) -> Markup {
    let monday = page.year_begins();
    let days = u64::try_from((page.made_on - monday).num_days()).unwrap_or(0);
    let most = page.ticks.values().copied().max().unwrap_or(1).max(1);
    let busy = page.ticks.range(monday..).filter(|(_, ticks)| **ticks > 0).count();
    let noun = if busy == 1 { "day" } else { "days" };
    let told = format!("A year of tiny starts: {busy} {noun} with at least one.");
    let weeks = days / 7 + 1;
    html! {
        figure {
            div.year {
                svg viewBox=(format!("0 0 {} {}", LEFT + weeks * STEP, ABOVE + 7 * STEP))
                    role="img" aria-label=(told) {
                    @for (name, row) in NAMED {
                        text x="0" y=(ABOVE + row * STEP + DAY - 2) { (name) }
                    }
                    @for week in 0..weeks {
                        @if let Some(month) = month_of(monday, week) {
                            text x=(LEFT + week * STEP) y="10" { (month) }
                        }
                    }
                    @for at in 0..=days {
                        @let ticks = monday.checked_add_days(Days::new(at))
                            .and_then(|day| page.ticks.get(&day)).copied().unwrap_or(0);
                        rect.{ "l" (shade(ticks, most)) }
                            x=(LEFT + at / 7 * STEP) y=(ABOVE + at % 7 * STEP)
                            width=(DAY) height=(DAY) rx="2" {}
                    }
                }
            }
            figcaption {
                span { (told) }
                span.legend aria-hidden="true" {
                    "none" @for shade in 0..=4 { i.{ "l" (shade) } {} } "most"
                }
            }
        }
    }
}

/// The name of a month that begins in a week.
fn month_of(monday: NaiveDate, week: u64) -> Option<String> {
    let first = monday.checked_add_days(Days::new(week * 7))?;
    let sunday = first.checked_add_days(Days::new(6))?;
    (sunday.day() <= 7).then(|| sunday.format("%b").to_string())
}

/// None, some, most or all of the busiest day: 0–4.
fn shade(ticks: u32, most: u32) -> u32 {
    (ticks * 4).div_ceil(most).min(4)
}
