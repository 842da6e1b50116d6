//! Markdown: headings by level, for a README or a blog.
//!
//! Owns what stands where. Must not know files.

use crate::{
    domain::page::{Entry, Learned, Page, date, meaning},
    exchange::markup::{address, line, lines},
};

/// The page as one document.
pub(super) fn write(page: &Page) -> String {
    let mut blocks = Vec::new();
    let title = if page.name.is_empty() { "Portfolio" } else { &page.name };
    blocks.push(format!("# {}", line(title)));
    let summary = page.summary();
    if !summary.is_empty() {
        blocks.push(line(&summary));
    }
    if page.levels.is_empty() {
        blocks.push("No projects yet.".to_owned());
    }
    for shelf in &page.levels {
        let word = capital(shelf.level.word());
        blocks.push(format!("## {word}: {}", meaning(shelf.level).to_lowercase()));
        for project in &shelf.projects {
            entry(&mut blocks, project);
        }
    }
    if !page.areas.is_empty() {
        blocks.push("## Learning record".to_owned());
        for area in &page.areas {
            learned(&mut blocks, area);
        }
    }
    blocks.push(format!("Made with inch on {}.", date(page.made_on)));
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

fn entry(blocks: &mut Vec<String>, project: &Entry) {
    blocks.push(format!("### {}", line(&project.title)));
    let facts = [project.status.word().to_owned(), project.dates()];
    let facts: Vec<_> = facts.into_iter().chain(project.effort()).collect();
    blocks.push(format!("*{}*", line(&facts.join(" · "))));
    if !project.pitch.is_empty() {
        blocks.push(lines(&project.pitch));
    }
    let told = [
        ("Result", &project.result),
        ("My role", &project.role),
        ("Said simply", &project.explained),
    ];
    for (word, said) in told.into_iter().filter(|(_, said)| !said.is_empty()) {
        blocks.push(format!("**{word}.** {}", lines(said)));
    }
    if !project.topics.is_empty() {
        let topics: Vec<_> = project.topics.iter().map(|topic| line(topic)).collect();
        blocks.push(format!("**{}.** {}", project.shows(), topics.join(", ")));
    }
    if !project.links.is_empty() {
        let links: Vec<_> =
            project.links.iter().map(|link| format!("- {}", address(link))).collect();
        blocks.push(links.join("\n"));
    }
}

fn learned(blocks: &mut Vec<String>, area: &Learned) {
    let progress = area.progress;
    blocks.push(format!(
        "### {} ({} of {})",
        line(&area.title),
        progress.mastered,
        progress.counted
    ));
    let topics: Vec<_> = area
        .topics
        .iter()
        .map(|topic| {
            let facts = topic.facts();
            let facts = if facts.is_empty() { facts } else { format!(" ({})", line(&facts)) };
            let mut proof = Vec::new();
            if !topic.sentence.is_empty() {
                proof.push(line(&topic.sentence));
            }
            proof.extend(topic.link.as_deref().map(address));
            proof.extend(topic.projects.iter().map(|title| format!("*{}*", line(title))));
            let proof =
                if proof.is_empty() { String::new() } else { format!(": {}", proof.join("; ")) };
            format!("- {}{facts}{proof}", line(&topic.title))
        })
        .collect();
    blocks.push(topics.join("\n"));
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
