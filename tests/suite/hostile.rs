//! Text that tries to be more than text: on screen, on the command line and in every export.
//!
//! One table of texts stands in every record, as another program may have written them. What is
//! made of it is taken apart by the parsers of others, and must be built like that of plain text.

use std::{collections::BTreeSet, sync::Arc};

use html5gum::{DefaultEmitter, Token, Tokenizer};
use inch::{
    config::Config,
    domain::{
        change::Change,
        curriculum::Curriculum,
        habit::{Mark, Recipe},
        ids::{IdSource, ProjectId, TopicId},
        page::{Counted, Page, Wanted},
        project::{Level, ProjectDraft, Status},
        topic::{OwnTopic, TopicState},
    },
    exchange::portfolio::Format,
};
use pulldown_cmark::{Event, Options, Parser, Tag};
use ratatui::buffer::Buffer;
use serde_json::Value;

use crate::{
    fixture::{Memory, Person, add_habit, student, today},
    screens::{characters, draw},
    terminal::Home,
};

/// What every text is compared with.
const PLAIN: &str = "plain";

/// A link that is one, with everything in it that a format could take for its own.
const LINK: &str =
    "https://example.org/a'b)c](javascript:d)%22%3E%3Cscript%3E?e=1&f=<g>|`h`*i*&amp;\"j";

fn texts() -> Vec<String> {
    let fixed = [
        "</script><img src=x onerror=alert(1)>",
        "</title></style></textarea><svg onload=alert(1)><!--",
        "\"><a href=\"javascript:alert(1)\">x</a>",
        "' onmouseover='alert(1)' x='",
        "]]> --> <![CDATA[ <? <% {{7*7}} &lt;b&gt; &#60;b&#62; &amp;amp;",
        "a\0b\u{8}c\u{1b}]0;owned\u{7}d\u{1b}[2J\u{7f}e\u{9b}31mf\u{85}g",
        "photo\u{202e}gpj.exe\u{202c} \u{2066}x\u{2069} \u{200f}\u{061c}y",
        "\u{feff}a\u{200b}b\u{2060}c\u{e0041}d\u{fff9}e\u{2028}f\u{2029}g",
        "שלום עולם · مرحبا بالعالم",
        "# [x](javascript:a) ![y](https://example.org/p.png) <https://example.org> **b** `c` ~~d~~",
        "https://example.org www.example.org a@example.org [^1] [r] | e | f | $g$ \\",
        "```",
        "===",
        "---",
        "- [ ] a",
        "12. b",
        "    indented",
        "one\n\n# two\n\n---\n\n- three\n\n1) four\n\n> five\n\n    six\n\n```\nseven\n```\n\n<div>\n\n\
         | a | b |\n|---|---|\n| c | d |\n\n[r]: https://example.org\n\neight\n===\n~~~\n\tnine  \nten\\",
        "=HYPERLINK(\"https://example.org\";\"x\")",
        "+1+cmd|' /C calc'!A0",
        "-2",
        "@SUM(A1)",
        "\t=3",
        "\r=4",
        "＝5",
        "'=6",
        "x,\"y\";z\t\r\n=7",
    ];
    let mut texts: Vec<_> = fixed.map(str::to_owned).into();
    texts.push("W".repeat(200));
    texts.push("👩‍💻".repeat(200));
    texts.push(format!("e{}", "\u{301}".repeat(90)));
    texts
}

/// A learner whose every text is this one, and who has a mastered topic of their own.
fn tainted(text: &str) -> Memory {
    let mut memory = student();
    let id = TopicId::from("own-1");
    let topic = OwnTopic {
        id: id.clone(),
        module: Curriculum::shipped().modules[0].id.clone(),
        title: PLAIN.into(),
        check: "You can tell.".into(),
        link: None,
        is_deleted: false,
    };
    memory.apply(&Change::OwnTopicPut { topic }).unwrap();
    let (state, on) = (TopicState::Mastered, today());
    memory.apply(&Change::TopicSet { topic: id.clone(), state, on }).unwrap();
    let mut ids = IdSource::new(9, 1);
    let project = ProjectId(ids.next_uuid());
    let draft = ProjectDraft {
        title: PLAIN.into(),
        level: Level::Larger,
        status: Status::Shipped,
        topics: vec![id],
        ..ProjectDraft::default()
    };
    memory.apply(&Change::ProjectAdd { project, draft, position: 0, on }).unwrap();
    let habit = add_habit(&mut memory, &mut ids, 1, PLAIN, "daily", on, Recipe::default());
    let mark = Some(Mark::Done);
    memory.apply(&Change::CheckInSet { habit, day: on, mark }).unwrap();
    memory.taint(text);
    memory
}

fn page(text: &str) -> Page {
    let workspace = tainted(text).workspace();
    let curriculum = Arc::new(Curriculum::shipped()).with_own(workspace.own_topics.values());
    let wanted = Wanted { name: text.into(), has_ideas: true, today: today() };
    Page::new(&workspace, &curriculum, Counted::default(), &wanted)
}

/// What is drawn instead of characters that nobody sees, or that move others.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200f}' | '\u{061c}' | '\u{feff}' | '\u{fff9}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
}

fn shows_nothing_hidden(what: &str, written: &str, is_line: impl Fn(char) -> bool) {
    let hidden = written.chars().find(|c| is_hidden(*c) && !is_line(*c));
    assert_eq!(hidden, None, "{what}: {written}");
}

/// The tags of a page with all that stands in them, without paragraphs, of which a long text has
/// more; and its text.
fn html(written: &str) -> (Vec<String>, String) {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let (mut tags, mut text) = (Vec::new(), String::new());
    for Ok(token) in Tokenizer::new_with_emitter(written, emitter) {
        match token {
            Token::StartTag(tag) if *tag.name != b"p" => tags.push(format!("{tag:?}")),
            Token::EndTag(tag) if *tag.name != b"p" => tags.push(format!("{tag:?}")),
            Token::StartTag(_) | Token::EndTag(_) => {}
            Token::String(part) => text.push_str(&String::from_utf8_lossy(&part)),
            other @ (Token::Comment(_) | Token::Doctype(_)) => tags.push(format!("{other:?}")),
            Token::Error(error) => panic!("no HTML: {error:?}"),
        }
    }
    (tags, text)
}

#[test]
fn a_page_has_the_tags_of_the_template_and_no_others() {
    let (plain, _) = html(&Format::Html.write(&page(PLAIN)));
    assert!(plain.len() > 300, "{}", plain.len());
    for text in texts() {
        let written = Format::Html.write(&page(&text));
        let (tags, said) = html(&written);
        assert_eq!(tags, plain, "{text:?}");
        shows_nothing_hidden(&text, &written, |c| c == '\n');
        if text.is_ascii() && !text.contains(|c: char| c.is_control()) {
            assert!(said.contains(text.trim()), "{text:?} is not told as it is");
        }
    }
}

/// Every extension there is, but for the one that only changes quotes and dashes.
fn extensions() -> Options {
    Options::all() - Options::ENABLE_SMART_PUNCTUATION
}

/// What Markdown is made of, without text, and without paragraphs and breaks, of which a long text
/// has more; and its text.
fn markdown(written: &str) -> (Vec<String>, String) {
    let (mut parts, mut text) = (Vec::new(), String::new());
    for event in Parser::new_ext(written, extensions()) {
        match event {
            Event::Text(said) => text.push_str(&said),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(Tag::Paragraph) | Event::End(pulldown_cmark::TagEnd::Paragraph) => {}
            other => parts.push(format!("{other:?}")),
        }
    }
    (parts, text)
}

#[test]
fn markdown_has_the_headings_lists_and_links_of_the_page_and_no_others() {
    let (plain, _) = markdown(&Format::Markdown.write(&page(PLAIN)));
    assert!(plain.len() > 100, "{}", plain.len());
    for text in texts() {
        let written = Format::Markdown.write(&page(&text));
        let (parts, said) = markdown(&written);
        assert_eq!(parts, plain, "{text:?}: {written}");
        shows_nothing_hidden(&text, &written, |c| c == '\n');
        if text.is_ascii() && !text.contains(|c: char| c.is_control()) {
            assert!(said.contains(text.trim()), "{text:?} is not told as it is: {written}");
        }
    }
}

/// Every place of a document with its kind, but no text.
fn places(value: &Value, at: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(all) => {
            all.iter().for_each(|(key, value)| self::places(value, &format!("{at}.{key}"), places));
        }
        Value::Array(all) => all.iter().for_each(|value| self::places(value, at, places)),
        Value::String(text) => {
            shows_nothing_hidden(at, text, |c| c == '\n');
            places.push(at.to_owned());
        }
        _ => places.push(at.to_owned()),
    }
}

#[test]
fn a_resume_says_the_same_of_every_text() {
    let of = |text: &str| {
        let resume = Format::JsonResume.write(&page(text));
        let mut all = Vec::new();
        places(&serde_json::from_str(&resume).unwrap(), "", &mut all);
        all
    };
    let plain = of(PLAIN);
    for text in texts() {
        assert_eq!(of(&text), plain, "{text:?}");
    }
}

#[test]
fn a_table_has_its_cells_and_none_of_them_is_a_formula() {
    let rows = |text: &str| {
        let written = Format::Csv.write(&page(text));
        let mut reader = csv::Reader::from_reader(written.as_bytes());
        reader.records().map(Result::unwrap).collect::<Vec<_>>()
    };
    let plain = rows(PLAIN).len();
    for text in texts() {
        let rows = rows(&text);
        assert_eq!(rows.len(), plain, "{text:?}");
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']));
            shows_nothing_hidden(&text, cell, |c| c == '\n');
        }
    }
}

#[test]
fn a_link_leads_where_it_says_in_every_format() {
    let mut memory = tainted(PLAIN);
    let workspace = memory.workspace();
    let project = workspace.projects.iter().find(|project| project.draft.status.is_work()).unwrap();
    let links = vec![LINK.to_owned(), "javascript:alert(1)".into(), "data:text/html,x".into()];
    let edit =
        inch::domain::change::ProjectPatch { links: Some(vec![LINK.into()]), ..Default::default() };
    memory.apply(&Change::ProjectEdit { project: project.id, edit, on: today() }).unwrap();
    let mut workspace = memory.workspace();
    let id = project.id;
    // What no change would let in.
    let project = workspace.projects.iter_mut().find(|project| project.id == id).unwrap();
    project.draft.links = links;
    let wanted = Wanted { name: String::new(), has_ideas: false, today: today() };
    let page = Page::new(&workspace, &Curriculum::shipped(), Counted::default(), &wanted);
    let target = url::Url::parse(LINK).unwrap().to_string();
    let mut leads = BTreeSet::new();
    for Ok(token) in Tokenizer::new(&Format::Html.write(&page)) {
        if let Token::StartTag(tag) = token {
            let of = |name: &str| tag.attributes.get(name.as_bytes());
            assert!(of("src").is_none());
            leads.extend(of("href").map(|to| String::from_utf8_lossy(to).into_owned()));
        }
    }
    assert_eq!(leads, [target.clone()].into());
    let written = Format::Markdown.write(&page);
    let leads: BTreeSet<_> = Parser::new_ext(&written, extensions())
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            Event::Start(Tag::Image { .. }) | Event::Html(_) | Event::InlineHtml(_) => {
                panic!("{event:?}")
            }
            _ => None,
        })
        .collect();
    assert_eq!(leads, [target.clone()].into(), "{written}");
    let resume: Value = serde_json::from_str(&Format::JsonResume.write(&page)).unwrap();
    let urls = resume["projects"].as_array().unwrap().iter().filter_map(|one| one["url"].as_str());
    assert_eq!(urls.collect::<Vec<_>>(), [&target]);
}

/// The panes, and everywhere that texts are shown.
const PANES: [&str; 4] = ["", "2 j j j j", "3 j", "3 z"];
const STORIES: [&str; 28] = [
    "2",
    "2 z",
    "2 / \"e G",
    "n",
    "e",
    "3 j e",
    "3 j e pgdn",
    "3 j w",
    "3 j c",
    "3 j c pgdn",
    "3 j 0 G",
    "z",
    "z v",
    "z V",
    "z shift-tab",
    "z shift-tab v",
    "j left n",
    ": \"delete",
    "x",
    "s",
    "j enter",
    "j enter ~10",
    "3 j enter ~9",
    "3 j enter ~9 enter",
    "d",
    "i",
    "v",
    ": \"rehearse enter",
];

#[test]
fn on_screen_nothing_hides_and_the_frame_stays() {
    let draw = |memory: &Memory, keys: &str| {
        let mut person = Person::new(memory.clone(), Config::default(), 120, 40);
        person.press(keys);
        draw(&person, &Config::default(), true)
    };
    let edge = |buffer: &Buffer| -> Vec<_> {
        (0..40).map(|y| buffer[(119, y)].symbol().to_owned()).collect()
    };
    let memory = tainted(PLAIN);
    let plain = PANES.map(|keys| edge(&draw(&memory, keys)));
    for text in texts() {
        let memory = tainted(&text);
        for (keys, plain) in PANES.iter().zip(&plain) {
            let buffer = draw(&memory, keys);
            shows_nothing_hidden(&format!("{text:?} {keys}"), &characters(&buffer), |c| c == '\n');
            assert_eq!(edge(&buffer), *plain, "{text:?} {keys}:\n{}", characters(&buffer));
        }
    }
    let all = tainted(&texts().concat());
    for keys in STORIES {
        shows_nothing_hidden(keys, &characters(&draw(&all, keys)), |c| c == '\n');
    }
}

/// A file with a habit, a project and a topic, each of which says only this.
fn file(text: &str) -> Home {
    let home = Home::new();
    let say = |args: &[&str]| assert!(home.inch(args).status().unwrap().success(), "{args:?}");
    say(&["-q", "habit", "add", PLAIN, "--anchor", PLAIN, "--db", "my.db"]);
    say(&["-q", "done", "--note", PLAIN, "--db", "my.db"]);
    say(&["-q", "project", "add", PLAIN, "--status", "shipped", "--db", "my.db"]);
    let file = rusqlite::Connection::open(home.path().join("my.db")).unwrap();
    let module = &Curriculum::shipped().modules[0].id;
    let own = "INSERT INTO own_topic (id, module, title, mastery_check) VALUES ('own-1', ?, ?, ?)";
    file.execute(own, [module, text, text]).unwrap();
    for place in [
        "habit SET name",
        "habit_recipe SET anchor",
        "check_in SET note",
        "project SET title",
        "project SET pitch",
        "project SET result",
        "project SET role",
        "project SET explained",
    ] {
        file.execute(&format!("UPDATE {place} = ?"), [text]).unwrap();
    }
    home
}

#[test]
fn the_command_line_prints_the_same_lines_for_every_text() {
    let commands: [&[&str]; 8] = [
        &["status"],
        &["log"],
        &["stats"],
        &["habit", "list"],
        &["project", "list"],
        &["topic", "list"],
        &["export", "--format", "csv"],
        &["export", "--format", "html"],
    ];
    let said = |home: &Home, command: &[&str]| {
        let args = [command, &["--db", "my.db", "--color", "never"]].concat();
        let output = home.inch(&args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let plain: Vec<_> = {
        let home = file(PLAIN);
        commands.iter().map(|command| said(&home, command).lines().count()).collect()
    };
    for text in texts() {
        let home = file(&text);
        for (command, plain) in commands.iter().zip(&plain) {
            let said = said(&home, command);
            let is_export = command[0] == "export";
            shows_nothing_hidden(&format!("{command:?} {text:?}"), &said, |c| {
                c == '\n' || is_export && matches!(c, '\r' | '\u{feff}')
            });
            if !is_export {
                assert_eq!(said.lines().count(), *plain, "{command:?} {text:?}: {said}");
            }
        }
    }
}
