//! What others' programs make of the files, and that stored text stays text in each.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use super::*;
use crate::domain::{
    curriculum::{Curriculum, Progress},
    ids::ProjectId,
    page::{Counted, Entry, Learned, Proof, Shelf, Wanted},
    project::{Level, Project, ProjectDraft, Status},
    session::Studied,
    topic::{Evidence, TopicProgress, TopicState},
    workspace::Workspace,
};

/// Markup, quotes, control characters, a changed direction, a formula, and Markdown.
const HOSTILE: &str =
    "=cmd()|'!A0 <script>alert(1)</script> \"q\" & \u{1b}[31m\u{202e}txt [a](javascript:b) **x**";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn entry(title: &str, status: Status) -> Entry {
    Entry {
        title: title.to_owned(),
        level: Level::Valuable,
        status,
        since: day("2026-02-01"),
        shipped_on: matches!(status, Status::Shipped | Status::Live).then(|| day("2026-03-15")),
        pitch: "Next week's bread.\n\nFor the bakery downstairs.".to_owned(),
        explained: String::new(),
        result: "A fifth less waste.\nUsed every week.".to_owned(),
        role: "All of it".to_owned(),
        links: vec!["https://example.org/bread?a=1&b=2".to_owned()],
        topics: vec!["Forecasting demand".to_owned()],
        studied: Studied { seconds: 15_000, sessions: 12 },
        grown: 41,
    }
}

fn page(projects: Vec<Entry>) -> Page {
    let proof = Proof {
        title: "Vectors".to_owned(),
        on: Some(day("2026-01-09")),
        sentence: "Wrote them out by hand".to_owned(),
        link: Some("https://example.org/notes".to_owned()),
        projects: vec!["live".to_owned()],
        seconds: 3_600,
    };
    let area = Learned {
        title: "Math for machine learning".to_owned(),
        progress: Progress { mastered: 1, counted: 19 },
        seconds: 3_600,
        topics: vec![proof],
    };
    Page {
        name: "Ada Lovelace".to_owned(),
        made_on: day("2026-11-23"),
        levels: vec![Shelf { level: Level::Valuable, projects }],
        areas: vec![area],
        ticks: [(day("2026-11-20"), 3), (day("2026-11-23"), 1)].into(),
    }
}

fn usual() -> Page {
    let states = [Status::Live, Status::Shipped, Status::Building];
    page(states.into_iter().map(|status| entry(status.word(), status)).collect())
}

fn empty() -> Page {
    let wanted = Wanted { name: String::new(), has_ideas: false, today: day("2026-11-23") };
    Page::new(&Workspace::default(), &Curriculum::shipped(), Counted::default(), &wanted)
}

/// What is made of a workspace in which every text is hostile, as if it came from another file.
fn hostile() -> Page {
    let text = || HOSTILE.to_owned();
    let good = "https://example.org/bread?a=1&b=2";
    let draft = ProjectDraft {
        title: text(),
        level: Level::Larger,
        status: Status::Shipped,
        pitch: text(),
        links: vec![good.to_owned(), "javascript:alert(1)".to_owned()],
        topics: vec!["vectors".into(), HOSTILE.into()],
        result: text(),
        role: text(),
        explained: text(),
        ..ProjectDraft::default()
    };
    let mut workspace = Workspace::default();
    let on = day("2026-03-15");
    workspace.projects.push(Project::new(ProjectId(uuid::Uuid::nil()), draft, 0, on));
    let mut vectors = TopicProgress::new("vectors".into(), TopicState::Mastered, on);
    vectors.evidence = Evidence { sentence: text(), link: Some("data:text/html,x".to_owned()) };
    workspace.progress.insert("vectors".into(), vectors);
    let wanted = Wanted { name: text(), has_ideas: false, today: day("2026-11-23") };
    Page::new(&workspace, &Curriculum::shipped(), Counted::default(), &wanted)
}

#[test]
fn each_format_as_it_stands() {
    for (name, format) in [
        ("markdown", Format::Markdown),
        ("json_resume", Format::JsonResume),
        ("csv", Format::Csv),
        ("html", Format::Html),
    ] {
        insta::assert_snapshot!(name, format.write(&usual()).replace(html::STYLE, "STYLE"));
    }
}

#[test]
fn a_name_tells_its_format() {
    let format = |name: &str| Format::of_file(Path::new(name));
    assert_eq!(format("a/b.HTML"), Some(Format::Html));
    assert_eq!(format("README.md"), Some(Format::Markdown));
    assert_eq!(format("resume.json"), Some(Format::JsonResume));
    assert_eq!(format("p.csv"), Some(Format::Csv));
    assert_eq!((format("p.pdf"), format("p")), (None, None));
}

#[test]
fn nothing_hidden_gets_out_in_any_format() {
    for format in [Format::Markdown, Format::Html, Format::JsonResume, Format::Csv] {
        let written = format.write(&hostile());
        let is_line = |c| c == '\n' || c == '\r' && format == Format::Csv;
        let hidden = |c: &char| c.is_control() && !is_line(*c) || *c == '\u{202e}';
        let hidden = written.chars().find(hidden);
        assert_eq!(hidden, None, "{format:?}: {written}");
        assert!(!written.contains("data:text"), "{format:?}: {written}");
        let leads = written.lines().filter(|line| line.contains("javascript:"));
        assert!(leads.clone().all(|line| line.contains("txt ")), "only as text: {format:?}");
    }
}

#[test]
fn markup_in_a_title_is_text_on_the_page() {
    let written = Format::Html.write(&hostile());
    assert!(!written.contains("<script"), "{written}");
    assert!(written.contains("&lt;script&gt;"), "{written}");
    let targets: Vec<_> = written.split("href=\"").skip(1).collect();
    assert!(targets.iter().all(|target| target.starts_with("https://example.org/")));
    assert!(targets.len() == 1 && !written.contains("src="));
    let written = Format::Html.write(&usual());
    assert!(written.contains("https://example.org/bread?a=1&amp;b=2"), "{written}");
}

#[test]
fn markup_in_a_title_is_text_in_markdown() {
    let written = Format::Markdown.write(&hostile());
    let title = written.lines().find(|line| line.starts_with("### ")).unwrap();
    assert!(title.starts_with("### \\=cmd()\\|'\\!A0 \\<script\\>"), "{title}");
    assert!(title.contains("\\[a\\](javascript:b) \\*\\*x\\*\\*"), "{title}");
    let mut page = page(vec![entry("1. Not a list", Status::Live)]);
    page.levels[0].projects[0].pitch =
        "# no heading\n- no item\n\n2) no number\n+ nor this".to_owned();
    let written = Format::Markdown.write(&page);
    for part in
        ["### 1\\. Not a list", "\\# no heading\\\n\\- no item\n\n2\\) no number\\\n\\+ nor"]
    {
        assert!(written.contains(part), "{part}: {written}");
    }
}

#[test]
fn no_cell_is_a_formula_and_every_row_has_its_cells() {
    let written = Format::Csv.write(&hostile());
    let mut reader = ::csv::Reader::from_reader(written.as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    assert!(rows[0][0].starts_with("'=cmd()"), "{rows:?}");
    assert!(rows[0].iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{rows:?}");
    assert_eq!(&rows[0][9], "https://example.org/bread?a=1&b=2");
}

/// A key of the schema and what its value must be.
type Rule = (&'static str, fn(&Value) -> bool);

/// The keys of the published schema (version 1.0.0) for what is written, with the form of each.
const PROJECT: [Rule; 10] = [
    ("name", Value::is_string),
    ("description", Value::is_string),
    ("highlights", is_strings),
    ("keywords", is_strings),
    ("startDate", is_iso8601),
    ("endDate", is_iso8601),
    ("url", is_uri),
    ("roles", is_strings),
    ("entity", Value::is_string),
    ("type", Value::is_string),
];
const SKILL: [Rule; 3] =
    [("name", Value::is_string), ("level", Value::is_string), ("keywords", is_strings)];
const BASICS: [Rule; 2] = [("name", Value::is_string), ("summary", Value::is_string)];

fn is_strings(value: &Value) -> bool {
    value.as_array().is_some_and(|all| all.iter().all(Value::is_string))
}

/// `^([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})$`
fn is_iso8601(value: &Value) -> bool {
    let ranges = ["12", "09", "09", "09", "--", "01", "09", "--", "03", "09"];
    let fits = |(letter, range): (u8, &&str)| {
        let range = range.as_bytes();
        (range[0]..=range[1]).contains(&letter)
    };
    let text = value.as_str().unwrap_or_default();
    [4, 7, 10].contains(&text.len()) && text.bytes().zip(&ranges).all(fits)
}

fn is_uri(value: &Value) -> bool {
    value.as_str().is_some_and(|text| url::Url::parse(text).is_ok())
}

fn fits(value: &Value, schema: &[Rule]) {
    for (key, value) in value.as_object().unwrap() {
        let rule = schema.iter().find(|(name, _)| name == key);
        let (_, is_right) = rule.unwrap_or_else(|| panic!("the schema has no {key}"));
        assert!(is_right(value), "{key}: {value}");
    }
}

#[test]
fn the_resume_is_one_by_the_published_schema() {
    for page in [usual(), hostile(), empty()] {
        let resume: Value = serde_json::from_str(&Format::JsonResume.write(&page)).unwrap();
        let keys: BTreeSet<_> = resume.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["$schema", "basics", "projects", "skills"].into());
        fits(&resume["basics"], &BASICS);
        for project in resume["projects"].as_array().unwrap() {
            fits(project, &PROJECT);
        }
        for skill in resume["skills"].as_array().unwrap() {
            fits(skill, &SKILL);
        }
    }
}

#[test]
fn what_goes_on_has_no_end() {
    let resume: Value = serde_json::from_str(&Format::JsonResume.write(&usual())).unwrap();
    let ends: Vec<_> = (0..3).map(|at| resume["projects"][at]["endDate"].as_str()).collect();
    assert_eq!(ends, [None, Some("2026-03-15"), None], "live, shipped, building");
}

#[test]
fn a_page_without_anything_says_so() {
    let page = empty();
    assert!(Format::Html.write(&page).contains("No projects yet."));
    assert!(Format::Markdown.write(&page).contains("No projects yet."));
    assert_eq!(Format::Csv.write(&page).lines().count(), 1);
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let written = Format::Html.write(&usual());
    for part in ["<link", "<script", "@import", "url(", "src=", "<iframe", "<img", "<form"] {
        assert!(!written.contains(part), "{part}");
    }
    assert!(written.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
}

#[test]
fn the_page_says_whose_it_is_and_is_at_home_on_every_screen_and_on_paper() {
    let written = Format::Html.write(&usual());
    for part in [
        "<html lang=\"en\">",
        "<title>Ada Lovelace: portfolio</title>",
        "name=\"viewport\" content=\"width=device-width",
        "name=\"description\" content=\"3 projects · 1 topic mastered",
        "@media print",
        "@media (prefers-color-scheme: dark)",
    ] {
        assert!(written.contains(part), "{part}");
    }
    let written = Format::Html.write(&empty());
    assert!(written.contains("<title>Portfolio</title>") && !written.contains("class=\"lead\""));
    assert!(!written.contains("Learning record"), "where nothing was learned there is no record");
}

#[test]
fn the_heatmap_ends_today_and_begins_on_a_monday() {
    let written = Format::Html.write(&usual());
    let squares = written.matches("<rect").count();
    // 52 whole weeks, and the Monday that it was made on.
    assert_eq!(squares, 52 * 7 + 1);
    assert_eq!(usual().year_begins(), day("2025-11-24"));
    assert_eq!(written.matches("<rect class=\"l4\"").count(), 1, "the busiest day");
    assert!(written.contains("2 days with at least one"), "{written}");
}
