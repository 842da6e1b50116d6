//! The learning side's promises that go through more than one room: from the command line into a real
//! terminal and back, as weeks go by.

use inch::{
    app::{Effect, TreeRow, detail::items},
    config::Config,
    domain::{
        change::Change,
        curriculum::{Curriculum, Topic},
        day::plus,
        habit::Recipe,
        ids::{IdSource, TopicId},
        text,
        topic::TopicState,
    },
};
use serde_json::Value;

use crate::{
    fixture::{Memory, Person, add_habit, learner, nobody, today},
    terminal::{Exit, Home, INCH, PATIENCE, Terminal, shows},
};

const DAY: &str = "2026-11-24";

fn id(slug: &str) -> TopicId {
    TopicId::from(slug)
}

/// What the command line does on a day; it must succeed.
fn said(home: &Home, day: &str, args: &[&str]) -> String {
    let output = home.inch(&[&["--today", day][..], args].concat()).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn state_of(home: &Home, topic: &str) -> String {
    let topics: Value =
        serde_json::from_str(&said(home, DAY, &["topic", "list", "--json"])).unwrap();
    let mut topics = topics.as_array().unwrap().iter();
    topics.find(|one| one["id"] == topic).unwrap()["state"].as_str().unwrap().to_owned()
}

fn open(home: &Home, columns: u16, rows: u16) -> Terminal {
    Terminal::open(home.program(INCH, &["--today", DAY]), columns, rows)
}

fn quit(mut terminal: Terminal) {
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
}

#[test]
fn a_topic_comes_back_as_a_habits_act_and_again_drops_it_to_practising() {
    let home = Home::new();
    said(&home, "2026-11-01", &["topic", "set", "vectors", "mastered"]);
    said(&home, "2026-11-01", &["habit", "add", "Look back", "--topic", "vectors"]);
    let mut terminal = open(&home, 120, 40);
    // The header says it, and so does the detail of the habit that is for the topic.
    terminal.wait_for("▲ 1 review ");
    terminal.wait_for("▲ review due since");
    // The act becomes the review, and a start on the habit opens it.
    terminal.send("e");
    terminal.wait_for("Edit “Look back”");
    terminal.send("\t\t\t\t\t\t\x1b[C\x13");
    terminal.wait_for("Saved.");
    terminal.send("\r");
    terminal.wait_for("Looking back: Vectors");
    assert!(shows(&terminal.screen(), "Can you still do it?"));
    assert!(shows(&terminal.screen(), "You can add, scale and dot vectors"), "the mastery check");
    terminal.send("1");
    terminal.wait_for("✓ Look back");
    terminal.wait_until("no review", |screen| !shows(screen, "▲"));
    quit(terminal);
    assert_eq!(state_of(&home, "vectors"), "practising");
    // The tick and the look back were one change.
    said(&home, DAY, &["undo"]);
    assert_eq!(state_of(&home, "vectors"), "mastered");
    assert!(!said(&home, DAY, &["status"]).contains('✓'));
}

#[test]
fn the_roadmap_is_filtered_searched_and_marked_in_a_real_terminal() {
    let home = Home::new();
    said(&home, "2026-11-01", &["habit", "add", "Read"]);
    said(&home, "2026-11-01", &["topic", "set", "vectors", "mastered"]);
    said(&home, "2026-11-20", &["topic", "set", "matrices", "learning"]);
    let mut terminal = open(&home, 80, 24);
    terminal.wait_for("Read");
    terminal.send("2z");
    terminal.wait_for("No goal written down yet");
    terminal.send("WDecide about loans\x13");
    terminal.wait_for("goal  Decide about loans");
    terminal.send("g");
    terminal.wait_for("→ next: Matrices");
    terminal.send("w");
    terminal.wait_for("needed");
    for (filter, shown) in [
        ("ready", "○ "),
        ("learning", "◔ Matrices"),
        ("due for review", "◉ Vectors"),
        ("wanted", "◔ Matrices"),
        ("untouched", "○ "),
        ("unproven", "◉ Vectors"),
    ] {
        terminal.send("f");
        terminal.wait_for(&format!("Curriculum: {filter}"));
        terminal.wait_for(shown);
    }
    terminal.send("f");
    terminal.wait_for("Filter: all topics.");
    // By title with letters left out, by what one can do, by where to learn it.
    for (letters, found) in [
        ("eigvec", "Eigenvectors and SVD"),
        ("read a dot product", "Vectors"),
        ("karpathy", "PyTorch"),
    ] {
        terminal.send(&format!("/{letters}"));
        terminal.wait_until(found, |screen| {
            shows(screen, &format!("/{letters}")) && shows(screen, found)
        });
        terminal.send("\x1b");
        terminal.wait_until("all again", |screen| !shows(screen, &format!("/{letters}")));
    }
    // A topic of one's own stands in its module.
    terminal.send("a");
    terminal.wait_for("New topic");
    terminal.send("Causal forests\x13");
    terminal.wait_for("○ Causal forests");
    terminal.send("s");
    terminal.wait_for("skipped");
    terminal.send("jjjj\r");
    terminal.wait_for("“Causal forests” is skipped.");
    quit(terminal);
    let list = said(&home, DAY, &["topic", "list", "--state", "skipped"]);
    assert!(list.contains("Causal forests"), "{list}");
}

#[test]
fn weeks_later_a_decision_and_a_live_project_speak_up() {
    let home = Home::new();
    let idea = ["project", "add", "Bus times", "--estimate", "10", "--source", "side"];
    said(&home, "2026-09-01", &[&idea[..], &["--employer", "Asked: fine"]].concat());
    said(&home, "2026-08-01", &["project", "add", "Bread", "--status", "shipped"]);
    said(&home, "2026-08-15", &["project", "edit", "Bread", "--status", "live"]);
    let mut terminal = open(&home, 120, 40);
    terminal.send("3j");
    terminal.wait_for("Deciding for 84 days, building it would take 10.");
    assert!(shows(&terminal.screen(), "Asked: fine"), "what it means for the employer");
    assert!(shows(&terminal.screen(), "look again"));
    terminal.send("j");
    terminal.wait_for("v says that you looked");
    terminal.send("v");
    terminal.wait_for("the next look for drift is on Thu 24 Dec");
    // Building it decides.
    terminal.send("k  ");
    terminal.wait_for("is building since");
    terminal.wait_until("nothing to decide", |screen| !shows(screen, "Deciding"));
    quit(terminal);
}

#[test]
fn one_of_a_group_is_enough_and_two_count_no_more() {
    let mut person = Person::new(nobody(), Config::default(), 120, 40);
    let mastered = |person: &Person| {
        let curriculum = &person.model.curriculum;
        let of = |topic: &TopicId| person.model.topic_state(topic);
        inch::domain::curriculum::progress(&curriculum.topics, of).mastered
    };
    person.press("esc 2");
    for (at, letters) in ["pytorch", "tensorflow"].into_iter().enumerate() {
        person.press(&format!("/ \"{letters} enter esc"));
        let group = person.model.curriculum.topic(person.model.selected_topic().unwrap()).unwrap();
        assert!(group.choose_one.is_some(), "{letters}: {group:?}");
        person.press("space space space ctrl-s");
        assert_eq!(mastered(&person), 1, "{at}");
        assert!(person.screen().contains("◆ 1/"), "{}", person.screen());
    }
    assert!(person.screen().contains(", or PyTorch"), "{}", person.screen());
}

#[test]
fn what_a_topic_needs_and_what_it_opens_lead_there_and_back() {
    let mut person = Person::new(learner(), Config::default(), 120, 40);
    let curriculum = Curriculum::shipped();
    let has_both = |topic: &&Topic| {
        !topic.prerequisites.is_empty() && curriculum.opens(&topic.id).next().is_some()
    };
    let topic = curriculum.topics.iter().find(has_both).unwrap();
    let reach = |person: &mut Person| {
        person.press(&format!("2 / \"{} enter esc", topic.title.replace(' ', "_")));
        assert_eq!(person.model.selected_topic(), Some(&topic.id));
    };
    reach(&mut person);
    let all = items(&person.model);
    let opened: Vec<_> = curriculum.opens(&topic.id).map(|topic| topic.id.clone()).collect();
    for neighbour in topic.prerequisites.iter().chain(&opened) {
        let is_it = |item: &inch::app::detail::Item| matches!(item, inch::app::detail::Item::Topic(to) if to == neighbour);
        let place = all.iter().position(is_it).unwrap();
        reach(&mut person);
        person.press("0 g");
        person.press(&"j ".repeat(place));
        // What is marked is what Enter follows.
        let screen = person.screen();
        let marked = screen.lines().find(|line| line.contains('▌')).unwrap();
        assert!(marked.contains(&curriculum.topic(neighbour).unwrap().title), "{marked}");
        person.press("enter");
        let selected = TreeRow::Topic(neighbour.clone());
        assert_eq!(person.model.tree.selected(), Some(&selected));
        person.press("esc");
        assert_eq!(person.model.selected_topic(), Some(&topic.id), "esc leads back");
    }
}

#[test]
fn two_keys_open_the_first_unused_resource_of_what_comes_next() {
    let mut person = Person::new(nobody(), Config::default(), 120, 40);
    person.press("esc 2 o");
    let (next, _) = person.model.next_topic().unwrap();
    let url = next.resources[0].url.clone();
    assert_eq!(person.effects.last(), Some(&Effect::OpenUrl(url.clone())));
    let notice = &person.model.notice.as_ref().unwrap().text;
    assert!(notice.starts_with(&format!("Opening {} …", text::host(&url))), "the host is shown");
    assert!(person.screen().contains(&text::host(&url)), "and stood there before");
    person.press("y");
    assert_eq!(person.effects.last(), Some(&Effect::Copy(url)), "the bare address");
}

/// Somebody who mastered what a habit is for so long ago that it has come back.
fn forgetful() -> Memory {
    let mut memory = Memory::default();
    let mut ids = IdSource::new(5, 1);
    let habit = add_habit(&mut memory, &mut ids, 0, "Read", "daily", today(), Recipe::default());
    let (topic, state, on) = (id("vectors"), TopicState::Mastered, plus(today(), -9));
    memory.apply(&Change::TopicSet { topic: topic.clone(), state, on }).unwrap();
    memory.apply(&Change::HabitLink { habit, topic: Some(topic) }).unwrap();
    memory
}

#[test]
fn a_review_that_is_due_is_seen_at_every_size() {
    for (width, height) in [(120, 40), (100, 30), (80, 24)] {
        let person = Person::new(forgetful(), Config::default(), width, height);
        let screen = person.screen();
        assert!(screen.contains("▲ 1 review"), "{width}x{height}: {screen}");
        assert!(screen.contains("▲ review due since Tue 17 Nov"), "{width}x{height}: {screen}");
    }
}

#[test]
fn mastering_asks_whichever_key_it_was() {
    for way in ["2 space space space", "2 s down down down enter"] {
        let mut person = Person::new(nobody(), Config::default(), 120, 40);
        person.press(&format!("esc {way}"));
        let screen = person.screen();
        assert!(screen.contains("Mastered: “Vectors”"), "{way}: {screen}");
        assert!(screen.contains("esc stay "), "{way}: {screen}");
        person.press("esc");
        assert_ne!(person.model.topic_state(&id("vectors")), TopicState::Mastered, "{way}");
    }
}
