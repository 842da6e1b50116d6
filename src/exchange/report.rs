//! The report of a stretch of days in Markdown, to be read or pasted.
//!
//! Owns its words and their order. Must not know where the figures come from.

use chrono::NaiveDate;

use super::markup::{address, line, lines};
use crate::domain::{
    page::date,
    report::{HabitLine, NoteLine, ProjectLine, Report, TopicLine},
    session::duration,
    text::grouped,
};

/// The report as one document.
pub fn write(report: &Report) -> String {
    let mut blocks = vec![format!("# {}", stretch(report)), summary(report)];
    if !report.habits.is_empty() {
        blocks.push("## Habits".to_owned());
        blocks.push(habits(&report.habits));
    }
    let mut list = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            blocks.push(format!("## {title}"));
            blocks.push(items.join("\n"));
        }
    };
    list("Topics", report.topics.iter().map(topic).collect());
    list("Projects", report.projects.iter().map(project).collect());
    list("Notes", report.notes.iter().map(note).collect());
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

/// "17 – 23 Nov 2026"; what both days share is said once.
fn stretch(report: &Report) -> String {
    let Report { since, until, .. } = report;
    let form = |form: &str| since.format(form).to_string();
    let since = match () {
        () if since == until => return date(*until),
        () if form("%b %Y") == until.format("%b %Y").to_string() => form("%-d"),
        () if form("%Y") == until.format("%Y").to_string() => form("%-d %b"),
        () => date(*since),
    };
    format!("{since} – {}", date(*until))
}

fn summary(report: &Report) -> String {
    if report.is_empty() {
        return "Nothing was asked for and nothing was done.".to_owned();
    }
    let ticks = report.ticks();
    let noun = if ticks == 1 { "tick" } else { "ticks" };
    let days = report.days();
    let day = if days == 1 { "day" } else { "days" };
    let ticked = match ticks {
        0 => "No ticks".to_owned(),
        _ => format!("**{} {noun}** on {} of {days} {day}", count(ticks), report.active_days),
    };
    let moved = |count: usize, one: &str, many: &str| {
        (count > 0).then(|| format!("{count} {} moved", if count == 1 { one } else { many }))
    };
    let topics = report.topics.iter().filter(|topic| !topic.moves.is_empty()).count();
    let projects = report.projects.iter().filter(|project| !project.moves.is_empty()).count();
    let parts = [
        Some(ticked),
        report.studied.words(),
        moved(topics, "topic", "topics"),
        moved(projects, "project", "projects"),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

fn count(count: usize) -> String {
    grouped(u64::try_from(count).unwrap_or(u64::MAX))
}

fn habits(habits: &[HabitLine]) -> String {
    let head = "| habit | ticks | kept | streak | time |\n|---|--:|--:|--:|--:|".to_owned();
    let rows = habits.iter().map(|habit| {
        let kept = habit.tally.share().map_or("–".to_owned(), |share| {
            format!("{} of {} ({:.0} %)", habit.tally.met, habit.tally.all, share * 100.0)
        });
        let streak = match habit.streak {
            0 => "–".to_owned(),
            streak => format!("{streak} {}", habit.unit.word(streak)),
        };
        let time = if habit.seconds > 0 { duration(habit.seconds) } else { "–".to_owned() };
        format!("| {} | {} | {kept} | {streak} | {time} |", line(&habit.name), habit.ticks)
    });
    let lines: Vec<_> = std::iter::once(head).chain(rows).collect();
    lines.join("\n")
}

/// A day within the stretch: its year stands above.
fn day(on: NaiveDate) -> String {
    on.format("%-d %b").to_string()
}

fn topic(topic: &TopicLine) -> String {
    let moves = topic.moves.iter().map(|(on, state)| format!("{} {}", state.word(), day(*on)));
    let looks = topic
        .looks
        .iter()
        .map(|(on, rating)| format!("looked back {}: {}", day(*on), rating.word()));
    let time = (topic.seconds > 0).then(|| duration(topic.seconds));
    let said: Vec<_> = moves.chain(looks).chain(time).collect();
    let proof = (!topic.sentence.is_empty()).then(|| line(&topic.sentence));
    let proof: Vec<_> = proof.into_iter().chain(topic.link.as_deref().map(address)).collect();
    let proof = if proof.is_empty() { String::new() } else { format!(". {}", proof.join(" ")) };
    format!("- **{}**: {}{proof}", line(&topic.title), said.join(", "))
}

fn project(project: &ProjectLine) -> String {
    let moves = project.moves.iter().map(|(on, status)| format!("{} {}", status.word(), day(*on)));
    let time = (project.seconds > 0).then(|| duration(project.seconds));
    let said: Vec<_> = moves.chain(time).collect();
    format!("- **{}**: {}", line(&project.title), said.join(", "))
}

/// Further lines belong to the same item when they are as far in as its text.
fn note(note: &NoteLine) -> String {
    let text = lines(&note.text).replace('\n', "\n  ");
    format!("- {}, {}: {text}", day(note.on), line(&note.habit))
}
