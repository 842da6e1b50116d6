//! The roadmap as somebody types: wants, notes, links, evidence, and topics that come back.

use inch::{
    app::{Effect, Message, Overlay, TreeRow},
    config::Config,
    domain::{
        annotation::{OwnLink, Want},
        change::{AnnotationPatch, Change},
        day::plus,
        habit::{Mark, Recipe},
        ids::{IdSource, SessionId, TopicId},
        review::Rating,
        session::Session,
        topic::{Evidence, TopicState},
    },
};

use crate::{
    fixture::{Memory, Person, add_habit, learner, nobody, storied, today},
    screens::{characters, draw},
};

const CHECKS: &str = "vectors";

fn person(memory: Memory) -> Person {
    Person::new(memory, Config::default(), 120, 40)
}

fn id(slug: &str) -> TopicId {
    TopicId::from(slug)
}

fn notice(person: &Person) -> &str {
    person.model.notice.as_ref().map_or("", |notice| &notice.text)
}

/// Somebody who mastered a topic so many days ago, and knows nothing else.
fn master(ago: i64) -> Memory {
    let mut memory = Memory::default();
    let mut ids = IdSource::new(5, 1);
    add_habit(&mut memory, &mut ids, 0, "Look back", "daily", today(), Recipe::default());
    let state = TopicState::Mastered;
    let on = plus(today(), -ago);
    memory.apply(&Change::TopicSet { topic: id(CHECKS), state, on }).unwrap();
    memory
}

/// The learner, who wants something, wrote about it, used a course and has shown what they can.
pub fn scholar() -> Memory {
    let mut memory = learner();
    let shipped = inch::domain::curriculum::Curriculum::shipped();
    // All but two were looked at again lately.
    let reviews: Vec<_> = memory.workspace().reviews.into_values().collect();
    for review in reviews.iter().skip(2) {
        let topic = review.topic.clone();
        let (rating, on) = (Rating::Easy, plus(today(), -3));
        memory.apply(&Change::TopicReview { topic, rating, on }).unwrap();
    }
    let goal = "Which models can be trusted with decisions about people?".to_owned();
    memory.apply(&Change::GoalSet { goal }).unwrap();
    let topic = id("data-splits");
    assert!(shipped.topic(&topic).is_some());
    let links = vec![OwnLink {
        title: "The talk from March".to_owned(),
        url: "https://example.org/talk".to_owned(),
    }];
    let edit = AnnotationPatch {
        want: Some(Some(Want::Needed)),
        notes: Some("A split by time, never by chance.\nAsk who sees the test set.".to_owned()),
        links: Some(links),
    };
    memory.apply(&Change::TopicAnnotate { topic: topic.clone(), edit }).unwrap();
    let url = shipped.topic(&topic).unwrap().resources[0].url.clone();
    memory.apply(&Change::ResourceUsed { topic, url, is_used: true }).unwrap();
    let evidence = Evidence {
        sentence: "I rewrote a request of my bank as a classifier and told them why not.".into(),
        link: Some("https://example.org/notebook".into()),
    };
    let topic = id("ml-problem-types");
    assert!(shipped.topic(&topic).is_some());
    memory.apply(&Change::TopicEvidence { topic, evidence }).unwrap();
    memory
}

fn wanted(person: &Person, slug: &str) -> Option<Want> {
    person.model.workspace.want(&id(slug))
}

#[test]
fn w_goes_through_needed_nice_and_curious_and_next_follows_the_wish() {
    let mut person = person(nobody());
    person.press("esc 2 / \"matrices enter esc");
    assert_eq!(person.model.selected_topic(), Some(&id("matrices")));
    for want in [Some(Want::Needed), Some(Want::Nice), Some(Want::Curious), None] {
        person.press("w");
        assert_eq!(wanted(&person, "matrices"), want);
    }
    person.press("w g");
    assert_eq!(person.model.selected_topic(), Some(&id(CHECKS)), "what it needs comes first");
    assert!(person.screen().contains("leads to Matrices"), "{}", person.screen());
    // Its filter shows it, and nothing else.
    person.press("f f f f");
    let topics = |person: &Person| {
        let rows = person.model.tree.rows().iter();
        rows.filter(|row| matches!(row, TreeRow::Topic(_))).count()
    };
    assert!(person.screen().contains("Curriculum: wanted"), "{}", person.screen());
    assert_eq!(topics(&person), 1);
}

#[test]
fn the_goal_is_written_down_and_stands_above_the_zoomed_roadmap() {
    let mut person = person(nobody());
    person.press("esc 2 z");
    assert!(person.screen().contains("No goal written down yet"));
    person.press("W \"Weigh_risks ctrl-s");
    assert_eq!(person.model.workspace.goal, "Weigh risks");
    assert!(person.screen().contains("goal  Weigh risks"), "{}", person.screen());
    person.press("W ctrl-u ctrl-s u");
    assert_eq!(person.model.workspace.goal, "Weigh risks", "cleared, and brought back");
}

#[test]
fn mastering_asks_what_shows_it_and_may_get_no_answer() {
    let mut person = person(learner());
    person.press("2 / \"gradient_desc enter esc space");
    assert!(person.screen().contains("Mastered: “Gradient descent”"), "{}", person.screen());
    person.press("esc");
    assert_eq!(person.model.topic_state(&id("gradient-descent")), TopicState::Practising);
    person.press("space ctrl-s");
    assert_eq!(person.model.topic_state(&id("gradient-descent")), TopicState::Mastered);
    assert!(!person.model.workspace.is_proven(&id("gradient-descent")));
    assert!(person.screen().contains("◉ Gradient descent"), "{}", person.screen());
    person.press("f f f f f f");
    assert!(person.screen().contains("Curriculum: unproven"), "{}", person.screen());
}

#[test]
fn a_project_a_link_and_a_sentence_are_one_change() {
    let mut person = person(learner());
    person.press("2 / \"gradient_desc enter esc space right tab");
    person.press("\"https://example.org/nb tab \"By_hand_and_by_autograd ctrl-s");
    let topic = id("gradient-descent");
    let progress = &person.model.workspace.progress[&topic];
    assert_eq!(progress.evidence.link.as_deref(), Some("https://example.org/nb"));
    assert_eq!(progress.evidence.sentence, "By hand and by autograd");
    let shows = |person: &Person| {
        let projects = person.model.workspace.projects.iter();
        projects.filter(|project| project.draft.topics.contains(&topic)).count()
    };
    assert_eq!(shows(&person), 1);
    assert!(person.screen().contains("● Gradient descent"), "{}", person.screen());
    person.press("u");
    assert_eq!(person.model.topic_state(&topic), TopicState::Practising);
    assert_eq!(shows(&person), 0);
    assert!(person.model.workspace.progress[&topic].evidence.is_empty());
}

#[test]
fn a_bad_link_is_said_where_it_stands() {
    let mut person = person(learner());
    person.press("2 / \"gradient_desc enter esc space tab \"javascript:alert(1) ctrl-s");
    let Some(Overlay::Form(form)) = &person.model.overlay else { panic!("the form is gone") };
    assert!(form.error.as_ref().unwrap().contains("http"), "{:?}", form.error);
    assert_eq!(person.model.topic_state(&id("gradient-descent")), TopicState::Practising);
}

#[test]
fn notes_and_links_of_ones_own_stand_beside_a_topic() {
    let mut person = person(nobody());
    person.press("esc 2 n \"Norms_first alt-enter \"then_angles enter");
    let beside = |person: &Person| person.model.workspace.annotations[&id(CHECKS)].clone();
    assert_eq!(beside(&person).notes, "Norms first\nthen angles");
    assert!(person.screen().contains("notes      Norms first"), "{}", person.screen());
    person.press("L \"https://example.org/mine enter ctrl-s");
    assert_eq!(beside(&person).links[0].url, "https://example.org/mine");
    assert!(person.screen().contains("your own"), "{}", person.screen());
    person.press("L backspace ctrl-s");
    assert!(beside(&person).links.is_empty());
}

#[test]
fn a_used_resource_has_its_tick_and_o_opens_the_first_that_has_none() {
    let mut person = person(nobody());
    person.press("esc 2");
    let links: Vec<_> = inch::domain::curriculum::Curriculum::shipped()
        .topic(&id(CHECKS))
        .unwrap()
        .resources
        .iter()
        .map(|resource| resource.url.clone())
        .collect();
    assert!(links.len() > 1);
    person.press("o 0");
    assert_eq!(person.effects.last(), Some(&Effect::OpenUrl(links[0].clone())));
    while !person.model.is_on_link() {
        person.press("j");
    }
    person.press("space");
    assert!(person.model.workspace.is_used(&id(CHECKS), &links[0]));
    person.press("esc o");
    assert_eq!(person.effects.last(), Some(&Effect::OpenUrl(links[1].clone())));
    // In its session, too.
    person.press("enter ~60 o");
    assert_eq!(person.effects.last(), Some(&Effect::OpenUrl(links[1].clone())));
}

#[test]
fn what_is_mastered_comes_back_and_goes_on_from_there() {
    let mut person = person(master(3));
    assert!(person.screen().contains("▲ 1 review "), "{}", person.screen());
    person.press("2 v");
    assert!(person.screen().contains("Can you still do it?"), "{}", person.screen());
    person.press("o y");
    let [.., Effect::OpenUrl(opened), Effect::Copy(copied)] = &person.effects[..] else {
        panic!("{:?}", person.effects)
    };
    assert_eq!(copied, opened);
    person.press("enter");
    assert!(person.model.overlay.is_none());
    let review = person.model.workspace.review(&id(CHECKS)).unwrap();
    assert!(review.due_on > plus(today(), 3));
    assert_eq!(review.history.last().unwrap().rating, Rating::Good);
    assert!(!person.screen().contains("▲ 1 review"));
    person.press("u");
    assert_eq!(person.model.workspace.review(&id(CHECKS)).unwrap().due_on, today());
}

#[test]
fn not_any_more_drops_it_to_practising() {
    let mut person = person(master(3));
    person.press("2 v 1");
    assert_eq!(person.model.topic_state(&id(CHECKS)), TopicState::Practising);
    assert!(person.model.workspace.review(&id(CHECKS)).is_none());
    assert!(person.model.overlay.is_none());
    person.press("u");
    assert_eq!(person.model.topic_state(&id(CHECKS)), TopicState::Mastered);
    assert!(person.model.is_due(&id(CHECKS)));
}

#[test]
fn one_review_leads_to_the_next_and_esc_is_enough() {
    let mut person = person(scholar());
    assert_eq!(person.model.workspace.due_reviews(today()).len(), 2);
    person.press("v");
    assert!(person.screen().contains("1 more after it"), "{}", person.screen());
    person.press("4");
    assert_eq!(person.model.workspace.due_reviews(today()).len(), 1);
    assert!(matches!(person.model.overlay, Some(Overlay::Review(_))), "the next one");
    person.press("esc v 2 v");
    assert!(person.model.overlay.is_none());
    assert!(notice(&person).contains("Nothing to look back at now"), "{}", notice(&person));
}

#[test]
fn a_review_can_be_a_habits_act() {
    let mut person = person(master(3));
    let habit = person.model.habits.rows()[0];
    person.press("e tab tab tab tab tab tab right ctrl-s");
    assert!(person.model.workspace.habit(habit).unwrap().is_review);
    person.press("0 esc");
    assert!(person.screen().contains("enter look back"), "{}", person.screen());
    person.press("enter 3");
    assert_eq!(person.model.asks[&habit].mark, Some(Mark::Done));
    assert!(!person.model.is_due(&id(CHECKS)));
    person.press("u");
    assert_eq!(person.model.asks[&habit].mark, None, "one change, taken back whole");
    assert!(person.model.is_due(&id(CHECKS)));
    person.press("e tab tab tab tab tab tab left ctrl-s");
    assert!(!person.model.workspace.habit(habit).unwrap().is_review);
}

#[test]
fn checks_and_resources_are_found_too() {
    let mut person = person(nobody());
    person.press("esc 2 / \"hold-out");
    let rows = person.model.tree.rows();
    let titles: Vec<_> = rows
        .iter()
        .filter_map(|row| match row {
            TreeRow::Topic(id) => person.model.curriculum.topic(id),
            _ => None,
        })
        .collect();
    assert!(!titles.is_empty());
    for topic in titles {
        let told = format!("{topic:?}").to_lowercase();
        assert!(told.contains("hold-out"), "{told}");
    }
}

#[test]
fn headings_lead_to_what_stands_below_them() {
    let mut person = person(learner());
    person.press("2 j 0 j enter");
    let Some(TreeRow::Module(module)) = person.model.tree.selected().cloned() else {
        panic!("{:?}", person.model.tree.selected())
    };
    assert_eq!(module, person.model.curriculum.modules_in("ml").nth(1).unwrap().id);
    person.press("0 enter");
    let first = person.model.curriculum.topics_in(&module).next().unwrap();
    assert_eq!(person.model.selected_topic(), Some(&first.id));
}

#[test]
fn a_text_goes_to_the_persons_own_editor_and_back() {
    let mut person = person(nobody());
    person.press("esc 2 n \"one ctrl-o");
    assert_eq!(person.effects.last(), Some(&Effect::Edit("one".to_owned())));
    person.send(Message::Edited("one\ntwo \u{1b}[31m\n".to_owned()));
    person.press("ctrl-s");
    assert_eq!(person.model.workspace.annotations[&id(CHECKS)].notes, "one\ntwo \u{241b}[31m");
    // In a form only long texts go.
    person.press("3 a ctrl-o");
    assert!(!matches!(person.effects.last(), Some(Effect::Edit(text)) if text.is_empty()));
}

/// Somebody with three topics mastered in two hours each, and one begun, at four hours a week.
fn walker() -> Memory {
    let mut memory = Memory::default();
    let mut ids = IdSource::new(6, 1);
    let slugs = ["ml-problem-types", "linear-regression", "logistic-regression"];
    for slug in slugs {
        let (topic, state, on) = (id(slug), TopicState::Mastered, plus(today(), -2));
        memory.apply(&Change::TopicSet { topic, state, on }).unwrap();
    }
    for (at, slug) in slugs.into_iter().chain(["data-splits"]).enumerate() {
        let day = plus(today(), -5 * i64::try_from(at).unwrap());
        let session = Session {
            id: SessionId(ids.next_uuid()),
            habit: None,
            topic: Some(id(slug)),
            project: None,
            day,
            started_at: day.and_hms_opt(8, 0, 0).unwrap().and_utc().fixed_offset(),
            seconds: 7_200,
        };
        memory.apply(&Change::SessionPut { session }).unwrap();
    }
    memory
}

#[test]
fn a_module_under_way_says_how_long_it_takes_by_the_persons_own_log() {
    let mut person = person(walker());
    // The module of the topic that comes next is unfolded.
    person.press("esc 2 j j");
    let screen = person.screen();
    assert!(screen.contains("all sessions: 2 h 40 m a week, over 3 weeks"), "{screen}");
    // Two topics are left, and one of them had its two hours already.
    assert!(
        screen.contains("about 1 week for the 2 topics left: a topic took you 2 h"),
        "{screen}"
    );
    person.press("j j j j j");
    // One whose topics nobody has begun has none, and neither has an area.
    assert!(!person.screen().contains("left: a topic"), "{}", person.screen());
}

#[test]
fn without_sessions_there_is_no_pace_and_no_estimate() {
    let mut person = person(learner());
    person.press("esc 2 j j");
    assert!(!person.screen().contains("a week, over"), "{}", person.screen());
    assert!(!person.screen().contains("left: a topic"), "{}", person.screen());
}

#[test]
fn the_learning_side_at_every_size() {
    for (name, keys) in [
        ("roadmap_scholar_zoomed", "2 z"),
        ("roadmap_scholar_topic", "2"),
        ("roadmap_scholar_proven", "2 / \"learning_problems enter esc"),
        ("roadmap_review", "2 v"),
        ("roadmap_evidence", "2 / \"gradient_desc enter esc space"),
        ("roadmap_links", "2 L"),
        ("roadmap_notes", "2 n"),
        ("roadmap_goal", "2 W"),
    ] {
        let mut text = String::new();
        for (width, height) in [(120, 40), (100, 30), (80, 24), (60, 18), (40, 12)] {
            let mut person = Person::new(scholar(), Config::default(), width, height);
            person.press(keys);
            let buffer = draw(&person, &Config::default(), true);
            text.push_str(&characters(&buffer));
        }
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn headings_of_the_zoomed_roadmap_and_the_goal_stand_whole() {
    const GOAL: &str = "Which models can be trusted with decisions about people, and how do I keep \
                        them honest once they are live? I want to be asked that in a public service, \
                        and to have an answer that its clerks can use.";
    for (width, height) in [(80, 24), (100, 30), (120, 40), (160, 45)] {
        let mut memory = learner();
        memory.apply(&Change::GoalSet { goal: GOAL.to_owned() }).unwrap();
        let mut person = Person::new(memory, Config::default(), width, height);
        person.press("2 z G space k space k space k space g");
        let list = person.model.areas.lists[1].unwrap();
        let rows: Vec<String> = (list.y + 1..list.bottom() - 1)
            .map(|y| person.row(y).chars().skip(1).take(usize::from(list.width) - 2).collect())
            .collect();
        let goal = rows.iter().take(4).map(|row| row.trim().trim_start_matches("goal").trim());
        let goal: Vec<_> = goal.take_while(|line| !line.contains("review")).collect();
        assert_eq!(goal.join(" "), GOAL, "{}", person.screen());
        let titles = rows.iter().filter_map(|row| row.split_once("▸ ")?.1.split_once('…'));
        let clipped: Vec<_> = titles.filter(|(title, _)| title.chars().count() < 29).collect();
        assert!(clipped.is_empty(), "{clipped:?} {}", person.screen());
        assert!(rows.iter().any(|row| row.contains("next: ") && row.contains(" — ")));
    }
}

#[test]
fn the_reason_for_the_next_topic_takes_what_a_short_title_leaves() {
    let mut person = Person::new(nobody(), Config::default(), 100, 30);
    person.press("esc 2");
    assert!(
        person.screen().contains("→ next: Vectors       opens 4 topics"),
        "{}",
        person.screen()
    );
}

#[test]
fn a_larger_screen_shows_no_less_of_a_zoomed_table() {
    let sizes = [(80, 24), (100, 30), (120, 40), (140, 40), (160, 45)];
    for (memory, keys) in [
        (scholar(), "2 z"),
        (scholar(), "2 z j j space"),
        (storied(), "3 z"),
        (nobody(), "esc 2 z G"),
    ] {
        let mut seen: Vec<String> = Vec::new();
        for (width, height) in sizes {
            let mut person = Person::new(memory.clone(), Config::default(), width, height);
            person.press(keys);
            let list = person.model.areas.lists[person.model.pane as usize].unwrap();
            let rows = (list.y + 1..list.bottom() - 1).map(|y| person.row(y));
            let rows: Vec<String> =
                rows.map(|row| row.chars().take(usize::from(list.width)).collect()).collect();
            let parts = rows
                .iter()
                .flat_map(|row| row.split("  "))
                .flat_map(|part| part.split(['▓', '░']))
                .map(str::trim);
            let parts: Vec<_> =
                parts.filter(|part| part.chars().any(char::is_alphabetic)).collect();
            let kept = seen.iter().filter(|part| !part.contains('…'));
            for part in kept.filter(|part| !part.starts_with("goal")) {
                let is_kept = rows.iter().any(|row| row.contains(part.as_str()));
                assert!(is_kept, "{part} at {width}:\n{}", person.screen());
            }
            seen = parts.into_iter().map(str::to_owned).collect();
        }
    }
}

#[test]
fn a_title_that_the_frame_cuts_begins_the_detail_whole() {
    let title = "word ".repeat(40).trim_end().to_owned();
    let typed = title.replace(' ', "_");
    for (width, height) in [(80, 24), (100, 30), (120, 40)] {
        for keys in [format!("esc 2 a \"{typed} ctrl-s"), format!("esc 3 a enter \"{typed} ctrl-s")]
        {
            let mut person = Person::new(nobody(), Config::default(), width, height);
            person.press(&keys);
            let detail = person.model.areas.detail.unwrap();
            let rows = (detail.y + 1..detail.bottom() - 1).map(|y| person.row(y));
            let inner = |row: String| {
                let columns = row.chars().skip(usize::from(detail.x) + 1);
                columns.take(usize::from(detail.width) - 2).collect::<String>().trim().to_owned()
            };
            let told: Vec<_> = rows.map(inner).collect();
            assert!(told.join(" ").starts_with(&title), "{}", person.screen());
        }
    }
}

#[test]
fn the_next_topic_is_named_whole_before_a_reason_stands_beside_it() {
    for width in [80, 100, 110, 120] {
        for memory in [learner(), scholar(), nobody()] {
            let mut person = Person::new(memory, Config::default(), width, 40);
            person.press("esc 2");
            let list = person.model.areas.lists[1].unwrap();
            let row = person.row(list.y + 1);
            let row: String = row.chars().take(usize::from(list.width)).collect();
            let (_, told) = row.split_once("next: ").unwrap();
            let (topic, _) = person.model.next_topic().unwrap();
            let (start, _) = told.split_once('…').unwrap_or((told, ""));
            let is_cut = start.len() > 20 && topic.title.starts_with(start.trim_end());
            assert!(is_cut || told.starts_with(&topic.title), "{row}");
            let cut = row.find('…').map(|at| row[at..].trim_end_matches(['…', '│', ' ']).len());
            assert_eq!(cut.unwrap_or(0), 0, "nothing behind what is cut: {row}");
        }
    }
}

#[test]
fn a_title_of_two_lines_stands_straight() {
    let mut person = Person::new(nobody(), Config::default(), 100, 40);
    person.press("esc 2 / \"decision_trees enter");
    let left = usize::from(person.model.areas.detail.unwrap().x) + 1;
    let rows = (0..40).map(|y| person.row(y).chars().skip(left).collect::<String>());
    let rows: Vec<_> = rows.skip_while(|row| !row.contains("interactive")).collect();
    let start = rows[0].find("A Visual").unwrap();
    assert_eq!(rows[1].find(|letter| letter != ' '), Some(start), "{}", person.screen());
}

#[test]
fn whoever_wrote_a_resource_and_where_it_is_can_be_read() {
    for (width, height) in [(80, 40), (100, 30), (120, 40)] {
        let mut person = Person::new(nobody(), Config::default(), width, height);
        person.press("esc 2");
        let screen = person.screen();
        for part in
            ["course     Linear algebra, Khan Academy", "(Dive into", "khanacademy.org", "d2l.ai"]
        {
            assert!(screen.contains(part), "{part}: {screen}");
        }
    }
}

#[test]
fn where_no_topic_fits_the_detail_tells_of_all() {
    let mut person = person(walker());
    person.press("esc 2 f f f");
    assert!(person.model.tree.rows().is_empty(), "{}", person.screen());
    let screen = person.screen();
    assert_eq!(screen.matches("3/89 mastered").count(), 2, "{screen}");
    assert!(screen.contains("all sessions: "), "{screen}");
}

#[test]
fn a_look_back_on_the_first_day_has_no_line_of_time() {
    for (ago, has_line) in [(0, false), (3, true)] {
        let mut person = person(master(ago));
        person.press("2 / \"vectors enter esc v");
        assert!(person.screen().contains("Can you still do it?"), "{}", person.screen());
        assert_eq!(person.screen().contains("──  today"), has_line, "{}", person.screen());
    }
}
