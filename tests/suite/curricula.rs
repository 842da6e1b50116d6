//! Curricula of the person's own: files that join, files that are wrong, and files that change while
//! somebody is learning.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf, sync::Arc};

use inch::{
    app::{Pane, TreeRow},
    config::Config,
    domain::{
        annotation::{Annotation, Want},
        change::{AnnotationPatch, Change},
        curriculum::{Curriculum, RETIRED},
        day::plus,
        ids::{IdSource, SessionId, TopicId},
        session::{Session, Studied, Subject},
        topic::{Evidence, OwnTopic, TopicProgress, TopicState},
        workspace::Workspace,
    },
};
use proptest::prelude::*;

use crate::{
    fixture::{Memory, Person, nobody, today},
    terminal::{Exit, Home, INCH, PATIENCE, Terminal, shows},
};

/// A curriculum of one module with these topics and what each replaces.
fn file(topics: &[(&str, &[&str])]) -> String {
    let mut text = "schema_version = 1\n[[area]]\nid = \"a\"\ntitle = \"Area\"\n\
                    [[module]]\nid = \"m\"\narea = \"a\"\ntitle = \"Module\"\n"
        .to_owned();
    for (id, replaces) in topics {
        write!(text, "[[topic]]\nid = \"{id}\"\nmodule = \"m\"\ntitle = \"The {id}\"\n").unwrap();
        writeln!(text, "check = \"You can {id}.\"\nreplaces = {replaces:?}").unwrap();
    }
    text
}

fn curriculum(topics: &[(&str, &[&str])]) -> Curriculum {
    Curriculum::parse(&file(topics)).unwrap()
}

fn person(memory: &Memory, topics: &[(&str, &[&str])]) -> Person {
    let mut person = Person::with(curriculum(topics), memory.clone(), Config::default(), 120, 40);
    person.press("esc 2");
    person
}

fn id(slug: &str) -> TopicId {
    TopicId::from(slug)
}

fn set(memory: &mut Memory, topic: &str, state: TopicState, ago: i64) {
    let on = plus(today(), -ago);
    memory.apply(&Change::TopicSet { topic: id(topic), state, on }).unwrap();
}

fn note(memory: &mut Memory, topic: &str, notes: &str) {
    let edit = AnnotationPatch { notes: Some(notes.to_owned()), ..AnnotationPatch::default() };
    memory.apply(&Change::TopicAnnotate { topic: id(topic), edit }).unwrap();
}

fn study(memory: &mut Memory, number: u64, topic: &str, seconds: u32) {
    let started_at = chrono::DateTime::parse_from_rfc3339("2026-11-20T10:00:00+01:00").unwrap();
    let session = Session {
        id: SessionId(IdSource::new(number + 100, 1).next_uuid()),
        habit: None,
        topic: Some(id(topic)),
        project: None,
        day: today(),
        started_at,
        seconds,
    };
    memory.apply(&Change::SessionPut { session }).unwrap();
}

#[test]
fn a_new_id_goes_on_for_the_old_one_and_nothing_is_written_until_something_changes() {
    let mut memory = nobody();
    set(&mut memory, "old", TopicState::Learning, 9);
    note(&mut memory, "old", "first half");
    study(&mut memory, 1, "old", 600);
    let before = memory.workspace();
    let mut person = person(&memory, &[("new", &["old"]), ("other", &[])]);
    assert_eq!(person.model.topic_state(&id("new")), TopicState::Learning);
    let shown = person.screen();
    assert!(shown.contains("The new"), "{shown}");
    assert!(!shown.contains("Retired"), "{shown}");
    assert_eq!(person.memory.workspace(), before);
    // The row on top is the topic that is under way.
    person.press("space");
    assert_eq!(person.model.topic_state(&id("new")), TopicState::Practising);
    let kept = person.memory.workspace();
    assert!(!kept.progress.contains_key(&id("old")), "it took over what was said");
    let history: Vec<_> = kept.progress[&id("new")].history.iter().map(|step| step.state).collect();
    assert_eq!(history, [TopicState::Learning, TopicState::Practising]);
    assert_eq!(kept.annotations[&id("new")].notes, "first half");
    let studied = person.model.workspace.studied(&Subject::Topic(id("new")));
    assert_eq!((studied.seconds, studied.sessions), (600, 1));
    let said = person.model.notice.as_ref().unwrap().text.clone();
    assert_eq!(said, "“The new” is practising.", "as if nothing else had been done");
    person.press("u");
    assert_eq!(person.memory.workspace(), before, "undo leads back to the old id");
    assert_eq!(person.model.topic_state(&id("new")), TopicState::Learning, "and shows the same");
}

#[test]
fn evidence_reviews_and_notes_of_the_old_id_can_be_gone_on_with() {
    let mut memory = nobody();
    set(&mut memory, "old", TopicState::Mastered, 400);
    let mut person = person(&memory, &[("new", &["old"])]);
    person.press("/ \"new enter");
    assert!(person.model.is_due(&id("new")), "it comes back under its new id");
    person.press("E tab \"I_said_so ctrl-s");
    let kept = person.memory.workspace();
    assert_eq!(kept.progress[&id("new")].evidence.sentence, "I said so");
    person.press("v 3");
    assert!(!person.model.is_due(&id("new")));
    person.press("n \"a_note enter");
    assert_eq!(person.memory.workspace().annotations[&id("new")].notes, "a note");
}

#[test]
fn what_no_file_has_any_more_stays_at_the_end_with_all_that_was_done() {
    let mut memory = nobody();
    set(&mut memory, "gone-for-good", TopicState::Mastered, 500);
    note(&mut memory, "gone-for-good", "still of use");
    let mut person = person(&memory, &[("here", &[])]);
    let last = person.model.tree.rows().last().cloned();
    assert_eq!(last, Some(TreeRow::Area(RETIRED.to_owned())));
    person.press("G right right right right");
    assert_eq!(person.model.selected_topic(), Some(&id("gone-for-good")));
    let screen = person.screen();
    for said in ["Gone for good", "in no curriculum any more", "still of use", "0/1"] {
        assert!(screen.contains(said), "{said}:\n{screen}");
    }
    assert!(!person.model.is_due(&id("gone-for-good")), "there is no check to look at");
    person.press("left");
    insta::assert_snapshot!("curricula_retired", person.screen());
    person.press("right z");
    insta::assert_snapshot!("curricula_retired_zoomed", person.screen());
    person.press("esc");
    person.press("f");
    assert!(!person.screen().contains("Gone for good"));
}

/// What somebody did with a topic.
#[derive(Debug, Clone)]
enum Deed {
    Set(TopicState),
    Note(u8),
    Want(Want),
    Prove(u8),
    Study(u32),
}

/// What an update does to a topic.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Kept,
    Renamed,
    /// Becomes one with the others of this fate.
    Joined,
    Removed,
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let state = prop::sample::select(TopicState::ALL.to_vec());
    let want = prop::sample::select(Want::ALL.to_vec());
    let deed = prop_oneof![
        3 => state.prop_map(Deed::Set),
        1 => any::<u8>().prop_map(Deed::Note),
        1 => want.prop_map(Deed::Want),
        1 => any::<u8>().prop_map(Deed::Prove),
        1 => (1u32..10_000).prop_map(Deed::Study),
    ];
    prop::collection::vec((0usize..TOPICS, deed), 0..40)
}

const TOPICS: usize = 6;

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let all = vec![Fate::Kept, Fate::Renamed, Fate::Joined, Fate::Removed];
    prop::collection::vec(prop::sample::select(all), TOPICS)
}

fn old(number: usize) -> String {
    format!("t{number}")
}

/// The ids after an update, each with those that it replaces.
fn updated(fates: &[Fate]) -> Vec<(String, Vec<String>)> {
    let mut topics = Vec::new();
    let mut joined = Vec::new();
    for (number, fate) in fates.iter().enumerate() {
        match fate {
            Fate::Kept => topics.push((old(number), Vec::new())),
            Fate::Renamed => topics.push((format!("n{number}"), vec![old(number)])),
            Fate::Joined => joined.push(old(number)),
            Fate::Removed => {}
        }
    }
    topics.push(("joint".to_owned(), joined));
    topics
}

fn parsed(topics: &[(String, Vec<String>)]) -> Curriculum {
    let mut text = file(&[]);
    for (id, replaces) in topics {
        write!(text, "[[topic]]\nid = \"{id}\"\nmodule = \"m\"\ntitle = \"{id}\"\n").unwrap();
        writeln!(text, "check = \"You can {id}.\"\nreplaces = {replaces:?}").unwrap();
    }
    Curriculum::parse(&text).unwrap()
}

fn lived(deeds: &[(usize, Deed)]) -> Memory {
    let mut memory = Memory::default();
    for (at, (number, deed)) in deeds.iter().enumerate() {
        let topic = old(*number);
        match deed {
            Deed::Set(state) => set(&mut memory, &topic, *state, 100 - i64::try_from(at).unwrap()),
            Deed::Note(said) => note(&mut memory, &topic, &format!("note {said}")),
            Deed::Want(want) => {
                let edit =
                    AnnotationPatch { want: Some(Some(*want)), ..AnnotationPatch::default() };
                memory.apply(&Change::TopicAnnotate { topic: id(&topic), edit }).unwrap();
            }
            Deed::Prove(said) => {
                let evidence = Evidence {
                    sentence: format!("said {said}"),
                    link: Some(format!("https://a.org/{said}")),
                };
                // Refused before it was begun.
                let _ = memory.apply(&Change::TopicEvidence { topic: id(&topic), evidence });
            }
            Deed::Study(seconds) => study(&mut memory, at as u64, &topic, *seconds),
        }
    }
    memory
}

/// What a start on this curriculum shows.
fn seen(memory: &Memory, curriculum: &Curriculum) -> Workspace {
    let mut workspace = memory.workspace();
    workspace.follow(curriculum);
    workspace
}

/// A topic as somebody sees it, whatever it is called.
fn picture(
    workspace: &Workspace,
    topic: &str,
) -> (Option<TopicProgress>, Option<Annotation>, Studied) {
    let topic = id(topic);
    let nameless = id("nameless");
    let progress = workspace.progress.get(&topic).cloned();
    let annotation = workspace.annotations.get(&topic).cloned();
    (
        progress.map(|progress| TopicProgress { topic: nameless.clone(), ..progress }),
        annotation.map(|annotation| Annotation { topic: nameless.clone(), ..annotation }),
        workspace.studied(&Subject::Topic(topic)),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Renamed topics look as before, kept and removed ones are as they were, joined ones lose
    /// nothing, and nothing at all is written by looking.
    #[test]
    fn an_update_never_loses_progress_or_moves_it_wrongly(deeds in deeds(), fates in fates()) {
        let memory = lived(&deeds);
        let before = memory.workspace();
        let curriculum = Arc::new(parsed(&updated(&fates)));
        let after = seen(&memory, &curriculum);
        for (number, fate) in fates.iter().enumerate() {
            let old = old(number);
            let new = match fate {
                Fate::Kept | Fate::Removed => old.clone(),
                Fate::Renamed => format!("n{number}"),
                Fate::Joined => continue,
            };
            prop_assert_eq!(picture(&before, &old), picture(&after, &new), "{:?}", fate);
            let review = |workspace: &Workspace, topic: &str| {
                workspace.reviews.get(&id(topic)).map(|review| review.due_on)
            };
            prop_assert_eq!(review(&before, &old), review(&after, &new));
            // What is in no file any more is still listed, if anything was done with it.
            let listed = curriculum.with_retired(after.touched_topics());
            let is_touched = before.touched_topics().contains(&id(&old));
            prop_assert_eq!(listed.topic(&id(&new)).is_some(), *fate != Fate::Removed || is_touched);
        }
        let joined: Vec<_> =
            (0..TOPICS).filter(|number| fates[*number] == Fate::Joined).map(old).collect();
        let joint = after.progress.get(&id("joint"));
        let states: Vec<_> = joined.iter().map(|old| before.topic_state(&id(old))).collect();
        if after.topic_state(&id("joint")) == TopicState::Mastered {
            let is_over = |state: &TopicState| {
                matches!(state, TopicState::Mastered | TopicState::Skipped)
            };
            prop_assert!(states.iter().all(is_over), "nobody is told what they never said");
        }
        let seconds = |workspace: &Workspace, topic: &str| {
            workspace.studied(&Subject::Topic(id(topic))).seconds
        };
        let sum: u64 = joined.iter().map(|old| seconds(&before, old)).sum();
        prop_assert_eq!(seconds(&after, "joint"), sum);
        for old in &joined {
            if let Some(said) = before.progress.get(&id(old)).map(|old| &old.evidence) {
                let all = joint.map(|joint| joint.evidence.clone()).unwrap_or_default();
                prop_assert!(all.sentence.contains(&said.sentence));
                let link = said.link.as_deref().unwrap_or_default();
                let is_kept = all.link.as_deref() == Some(link) || all.sentence.contains(link);
                prop_assert!(is_kept, "{} of {:?}", link, all);
            }
            if let Some(said) = before.annotations.get(&id(old)) {
                prop_assert!(after.annotations[&id("joint")].notes.contains(&said.notes));
            }
            // That one of them was skipped says nothing of what is not skipped as a whole.
            let is_begun = |old: &TopicProgress| old.state != TopicState::Skipped;
            if before.progress.get(&id(old)).is_some_and(is_begun) {
                prop_assert!(joint.is_some());
            }
        }
        // Nothing was written: the curriculum of before shows all as before.
        let back: Vec<_> = (0..TOPICS).map(|number| (old(number), Vec::new())).collect();
        prop_assert_eq!(seen(&memory, &parsed(&back)), before);
    }

    /// Whatever is done after an update, memory is what a fresh start would read.
    #[test]
    fn deeds_after_an_update_build_on_what_is_shown(
        deeds in deeds(),
        fates in fates(),
        later in prop::collection::vec((0usize..TOPICS, any::<bool>()), 1..8),
    ) {
        let mut memory = lived(&deeds);
        let topics = updated(&fates);
        let curriculum = parsed(&topics);
        let mut held = seen(&memory, &curriculum);
        for (number, is_note) in later {
            let topic = id(&topics[number % topics.len()].0);
            let shown = picture(&held, &topic.0);
            let change = if is_note {
                let notes = shown.1.as_ref().map_or("", |beside| &beside.notes).to_owned() + "+";
                let edit =
                    AnnotationPatch { notes: Some(notes), ..AnnotationPatch::default() };
                Change::TopicAnnotate { topic: topic.clone(), edit }
            } else {
                let state = held.topic_state(&topic).next().unwrap_or(TopicState::Learning);
                Change::TopicSet { topic: topic.clone(), state, on: today() }
            };
            let whole = held.building(change, |_| "more".to_owned());
            if let Change::Together { changes, .. } = &whole {
                let mut taken = held.clone();
                taken.absorb(&memory.clone().apply(&changes[0]).unwrap());
                let after = picture(&taken, &topic.0);
                prop_assert_eq!(&after, &shown, "taking over shows nothing");
            }
            held.absorb(&memory.apply(&whole).unwrap());
            prop_assert_eq!(&held, &seen(&memory, &curriculum));
            let now = picture(&held, &topic.0);
            if is_note {
                let notes = now.1.map(|beside| beside.notes).unwrap_or_default();
                let before = shown.1.map(|beside| beside.notes).unwrap_or_default();
                prop_assert_eq!(notes, before + "+");
            } else {
                // Every earlier day is still told, but for one that this day overtook.
                let days = |progress: Option<TopicProgress>| -> BTreeMap<_, _> {
                    let history = progress.map(|progress| progress.history).unwrap_or_default();
                    history.into_iter().map(|step| (step.on, step.state)).collect()
                };
                let (before, after) = (days(shown.0), days(now.0));
                for (on, state) in before.into_iter().filter(|(on, _)| *on != today()) {
                    prop_assert_eq!(after.get(&on), Some(&state));
                }
            }
        }
    }
}

/// Puts a file into the folder beside the config.
fn beside(home: &Home, name: &str, text: &str) -> PathBuf {
    let folder = home.path().join("config/inch/curricula");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn ran(home: &Home, arguments: &[&str]) -> (i32, String, String) {
    let output = home.inch(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_template_and_the_example_are_good_files() {
    let home = Home::new();
    for (arguments, said) in [
        (&["curriculum", "template"][..], "adds 1 area, 1 module, 1 topic."),
        (
            &["curriculum", "template", "--example"],
            "adds 1 area, 2 modules, 5 topics; alters 1 entry.",
        ),
    ] {
        let (code, text, _) = ran(&home, arguments);
        assert_eq!(code, 0);
        let path = home.path().join("mine.toml");
        fs::write(&path, &text).unwrap();
        let (code, checked, errors) = ran(&home, &["curriculum", "check", "mine.toml"]);
        assert_eq!((code, errors.as_str()), (0, ""));
        assert_eq!(checked, format!("mine.toml: no mistakes. It {said}\n"));
        // A file that is in force is not laid over itself.
        let path = beside(&home, "mine.toml", &text);
        let (code, again, _) = ran(&home, &["curriculum", "check", path.to_str().unwrap()]);
        assert_eq!((code, again.ends_with(&format!("It {said}\n"))), (0, true), "{again}");
        fs::remove_file(path).unwrap();
    }
    assert!(!home.path().join("data").exists(), "no data file is needed or made");
}

#[test]
fn check_tells_every_mistake_with_its_line_and_the_way_out() {
    let home = Home::new();
    let text = file(&[("bandits", &[]), ("bandits", &[])]).replace("\"The", "\"\\u001b[2JThe");
    fs::write(home.path().join("bad.toml"), text + "prerequisites = [\"nowhere\"]\nlevel = 3\n")
        .unwrap();
    let (code, stdout, errors) = ran(&home, &["curriculum", "check", "bad.toml"]);
    assert_eq!((code, stdout.as_str()), (65, ""));
    let lines: Vec<_> = errors.lines().collect();
    assert_eq!(lines[0], "inch: bad.toml has 5 mistakes:");
    for (line, said) in [
        (1, "  line 12: topic 'bandits': title has the character U+001B at place 1"),
        (2, "  line 16: topic 'bandits': line 10 has the same id; give one of them another id"),
        (3, "  line 18: topic 'bandits': title has"),
        (4, "  line 21: topic 'bandits' needs 'nowhere', which is no topic; correct the id"),
        (5, "  line 22: topic 'bandits': there is no key 'level'; use id, module, title, check"),
        (6, "Nothing was changed"),
    ] {
        assert!(lines[line].starts_with(said), "{line}: {errors}");
    }
    assert!(!errors.contains('\u{1b}'));
    for (name, content, code, said) in [
        ("none.toml", None, 66, "none.toml: it is not there."),
        ("wide.toml", Some(vec![b'#'; 1024 * 1024 + 1]), 65, "it is larger than 1 MiB"),
        ("latin.toml", Some(vec![0xe9]), 65, "it is not UTF-8 text"),
        ("cut.toml", Some(b"schema_version = 1\n[[topic]]\nid = \"a".to_vec()), 65, "line 3: this"),
    ] {
        if let Some(content) = content {
            fs::write(home.path().join(name), content).unwrap();
        }
        let (found, _, errors) = ran(&home, &["curriculum", "check", name]);
        assert_eq!(found, code, "{errors}");
        assert!(errors.contains(said) && errors.contains("Nothing was changed"), "{errors}");
    }
    fs::create_dir(home.path().join("folder.toml")).unwrap();
    assert_eq!(ran(&home, &["curriculum", "check", "folder.toml"]).0, 65);
}

#[test]
fn files_that_need_each_other_are_told_as_a_circle() {
    let home = Home::new();
    let needing = |own: &str, other: &str| {
        format!(
            "schema_version = 1\n[[topic]]\nid = \"{own}\"\nmodule = \"ml-setup\"\n\
             title = \"{own}\"\ncheck = \"You can.\"\nprerequisites = [\"{other}\"]\n"
        )
    };
    let first = beside(&home, "first.toml", &needing("bandits", "robots"));
    beside(&home, "second.toml", &needing("robots", "games"));
    beside(&home, "third.toml", &needing("games", "bandits"));
    // It needs one of the circle, but is none of it.
    beside(&home, "outside.toml", &needing("chess", "games"));
    let (code, _, errors) = ran(&home, &["topic", "list"]);
    assert_eq!(code, 0, "{errors}");
    let circle = "first.toml needs second.toml needs third.toml needs first.toml";
    assert!(errors.contains(circle) && errors.contains("Put them into one file"), "{errors}");
    assert_eq!(errors.matches("in a circle").count(), 3, "{errors}");
    assert!(errors.contains("outside.toml: line 7: topic 'chess' needs 'games'"), "{errors}");
    let (code, _, errors) = ran(&home, &["curriculum", "check", first.to_str().unwrap()]);
    assert_eq!(code, 65, "{errors}");
    assert!(errors.contains(circle), "{errors}");
    // A mistake beside it is what has to be mended first.
    fs::write(&first, needing("bandits", "robots").replace("You can.", "")).unwrap();
    let (_, _, errors) = ran(&home, &["topic", "list"]);
    assert!(!errors.contains("in a circle"), "{errors}");
}

#[test]
fn a_hundred_files_are_read_and_one_more_is_left_out() {
    let home = Home::new();
    for number in 0..100 {
        beside(&home, &format!("{number:03}.toml"), "schema_version = 1\n");
    }
    assert_eq!(ran(&home, &["topic", "list"]).2, "");
    let last = beside(&home, "100.toml", "schema_version = 1\n");
    let (code, _, errors) = ran(&home, &["topic", "list"]);
    assert_eq!((code, errors.lines().count()), (0, 1), "{errors}");
    let said = "100.toml: there are more than 100 curriculum files";
    assert!(errors.contains(said), "{errors}");
    let (code, _, errors) = ran(&home, &["curriculum", "check", last.to_str().unwrap()]);
    assert_eq!(code, 65, "{errors}");
    assert!(errors.contains(said), "{errors}");
}

#[test]
fn a_file_beside_the_config_joins_and_a_broken_one_harms_nothing() {
    let home = Home::new();
    let good = beside(&home, "good.toml", &file(&[("bandits", &[])]));
    assert_eq!(ran(&home, &["habit", "add", "Read"]).0, 0);
    let (code, text, _) = ran(&home, &["topic", "set", "bandits", "practising"]);
    assert_eq!((code, text.as_str()), (0, "The bandits: practising\n"));
    let data = fs::read(home.path().join("data/inch/inch.db")).unwrap();
    fs::write(&good, "schema_version = 1\n[[topic]]\nid = \"bandits\"\n").unwrap();
    let (code, listed, errors) = ran(&home, &["topic", "list", "--state", "practising"]);
    assert_eq!(code, 0, "{errors}");
    assert!(listed.contains("bandits"), "it is retired, not lost: {listed}");
    let named = "good.toml: line 3: the new topic 'bandits' needs module, title, check";
    assert!(errors.contains(named), "{errors}");
    assert!(errors.contains("It was left out, and nothing else is touched"), "{errors}");
    // Whoever only ticks hears nothing of it.
    assert_eq!(ran(&home, &["status"]).2, "");
    let mut terminal = Terminal::open(home.program(INCH, &[]), 120, 40);
    terminal.wait_for("line 3: the new topic 'bandits' needs");
    // Whoever types at once finds it again.
    terminal.send("j");
    terminal.wait_until("the mark", |screen| {
        let text = screen.contents();
        text.contains("file left out") && !text.contains("line 3:")
    });
    terminal.send("?");
    terminal.wait_for("good.toml was left out");
    terminal.send("q");
    terminal.wait_until("the help gone", |screen| !screen.contents().contains("signs"));
    terminal.send("2G");
    terminal.wait_for("Retired");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
    assert_eq!(fs::read(home.path().join("data/inch/inch.db")).unwrap(), data);
    // Mended, it is all there again.
    fs::write(&good, file(&[("bandits", &[])])).unwrap();
    let (_, listed, errors) = ran(&home, &["topic", "list", "--state", "practising"]);
    assert_eq!(errors, "");
    assert!(listed.contains("The bandits"), "{listed}");
}

#[test]
fn files_are_named_in_the_config_too_and_a_renamed_topic_goes_on() {
    let home = Home::new();
    let config = home.path().join("config/inch");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "curricula = [\"sub/mine.toml\", \"~/home.toml\"]\n")
        .unwrap();
    fs::create_dir(config.join("sub")).unwrap();
    fs::write(config.join("sub/mine.toml"), file(&[("bandits", &[])])).unwrap();
    let more = "schema_version = 1\n[[topic]]\nid = \"arms\"\nmodule = \"m\"\ntitle = \"Arms\"\n\
                check = \"You can pull one.\"\nprerequisites = [\"bandits\"]\n";
    fs::write(home.path().join("home.toml"), more).unwrap();
    let (_, listed, errors) = ran(&home, &["topic", "list", "--area", "a"]);
    assert_eq!((errors.as_str(), listed.lines().count()), ("", 2), "{listed}");
    assert_eq!(ran(&home, &["topic", "set", "bandits", "learning"]).0, 0);
    fs::write(config.join("sub/mine.toml"), file(&[("slot-machines", &["bandits"])])).unwrap();
    let (_, listed, errors) = ran(&home, &["topic", "list", "--state", "learning"]);
    assert_eq!(errors, "", "what needed the old id needs the new one");
    assert!(listed.contains("slot-machines"), "{listed}");
    assert_eq!(ran(&home, &["topic", "set", "slot-machines", "mastered"]).0, 0);
    let mut terminal = Terminal::open(home.program(INCH, &[]), 120, 40);
    terminal.wait_for("No habits yet");
    terminal.send("2/slot\r");
    terminal.wait_for("mastered since");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
}

#[test]
fn ten_thousand_topics_open_and_are_found() {
    let mut text = file(&[]);
    for number in 0..9_900 {
        write!(text, "[[topic]]\nid = \"t{number}\"\nmodule = \"m\"\ntitle = \"Topic {number}\"\n")
            .unwrap();
        writeln!(text, "check = \"You can {number}.\"").unwrap();
    }
    let home = Home::new();
    // Two files, for each may have one MiB.
    let middle = text.match_indices("[[topic]]").nth(5_000).unwrap().0;
    beside(&home, "1.toml", &text[..middle]);
    beside(&home, "2.toml", &format!("schema_version = 1\n{}", &text[middle..]));
    let mut terminal = Terminal::open(home.program(INCH, &[]), 120, 40);
    terminal.wait_for("Welcome to inch");
    terminal.send("\x1b");
    terminal.wait_until("no window", |screen| !shows(screen, "Welcome to inch"));
    terminal.send("2/topic 9876\r");
    terminal.wait_for("You can 9876.");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
    let person = Person::with(
        Curriculum::shipped().laid_over(&text).unwrap(),
        nobody(),
        Config::default(),
        80,
        24,
    );
    assert_eq!(person.model.curriculum.topics.len(), 9_990);
    assert_eq!(person.model.pane, Pane::Today);
}

#[test]
fn files_may_need_each_other_in_any_order_and_check_sees_them_in_their_place() {
    let home = Home::new();
    let needing = "schema_version = 1\n[[topic]]\nid = \"arms\"\nmodule = \"m\"\ntitle = \"Arms\"\n\
                   check = \"You can pull one.\"\nprerequisites = [\"bandits\"]\n";
    let first = beside(&home, "a.toml", needing);
    let second = beside(&home, "b.toml", &file(&[("bandits", &[])]));
    // An editor's lock is none of them.
    beside(&home, ".#b.toml", "nothing of use");
    let (_, listed, errors) = ran(&home, &["topic", "list", "--area", "a"]);
    assert_eq!((errors.as_str(), listed.lines().count()), ("", 2), "{listed}");
    let (code, said, _) = ran(&home, &["curriculum", "check", first.to_str().unwrap()]);
    assert_eq!((code, said.contains("adds 1 topic.")), (0, true), "{said}");
    // Without its module the other one can't be used: both are told, each for itself.
    fs::write(&second, "schema_version = 1\n").unwrap();
    let (code, _, errors) = ran(&home, &["curriculum", "check", first.to_str().unwrap()]);
    assert_eq!(code, 65);
    assert!(
        errors.contains("line 4: topic 'arms' stands in module 'm', which is not there"),
        "{errors}"
    );
    assert!(errors.contains("line 7: topic 'arms' needs 'bandits', which is no topic"), "{errors}");
    let (code, said, errors) = ran(&home, &["curriculum", "check", second.to_str().unwrap()]);
    assert_eq!((code, said.contains("It changes nothing.")), (0, true), "{said}");
    assert!(errors.contains("a.toml: line 4: topic 'arms'"), "what is broken elsewhere: {errors}");
    // A file that waits for a writer for ever is not opened.
    let pipe = home.path().join("config/inch/curricula/pipe.toml");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).unwrap();
    let (_, _, errors) = ran(&home, &["topic", "list"]);
    assert!(errors.contains("pipe.toml: it is not a regular file"), "{errors}");
}

#[test]
fn what_is_retired_is_neither_ready_nor_told_to_others() {
    let home = Home::new();
    let path = beside(&home, "mine.toml", &file(&[("bandits", &[])]));
    assert_eq!(ran(&home, &["topic", "set", "bandits", "mastered"]).0, 0);
    fs::remove_file(path).unwrap();
    let (_, ready, _) = ran(&home, &["topic", "list", "--ready"]);
    assert!(!ready.contains("bandits"), "{ready}");
    let (_, page, _) = ran(&home, &["export", "--format", "markdown"]);
    assert!(!page.contains("Retired") && !page.contains("Bandits"), "{page}");
}

#[test]
fn an_earlier_id_is_still_understood_and_undone_by_name() {
    let home = Home::new();
    let path = beside(&home, "mine.toml", &file(&[("bandits", &[])]));
    assert_eq!(ran(&home, &["topic", "set", "bandits", "learning"]).0, 0);
    fs::write(path, file(&[("arms", &["bandits"])])).unwrap();
    let (code, said, _) = ran(&home, &["topic", "set", "bandits", "practising"]);
    assert_eq!((code, said.as_str()), (0, "The arms: practising\n"));
    let (_, said, _) = ran(&home, &["undo"]);
    assert!(said.contains("practising"), "{said}");
    let (_, listed, _) = ran(&home, &["topic", "list", "--state", "learning"]);
    assert!(listed.contains("The arms"), "one undo takes all of it back: {listed}");
}

#[test]
fn two_who_know_other_curricula_lose_nothing_to_each_other() {
    let mut memory = nobody();
    set(&mut memory, "old", TopicState::Learning, 9);
    let mut before = person(&memory, &[("old", &[])]);
    let mut after = person(&memory, &[("new", &["old"])]);
    after.press("space");
    let heard = after.memory.applied();
    before.send(inch::app::Message::Heard(heard));
    assert_eq!(before.model.topic_state(&id("new")), TopicState::Practising);
    before.press("G right right");
    assert!(before.screen().contains("Retired"), "{}", before.screen());
    // The one who has the file of before goes on there; whoever has the new one has both.
    before.memory = after.memory.clone();
    before.press("g");
    set(&mut before.memory, "old", TopicState::Mastered, 0);
    let both = seen(&before.memory, &curriculum(&[("new", &["old"])]));
    assert_eq!(both.topic_state(&id("new")), TopicState::Practising, "what was said of it stays");
    assert_eq!(both.progress[&id("new")].history[0].state, TopicState::Learning);
}

#[test]
fn editing_a_topic_of_ones_own_leaves_it_where_it_is() {
    let mut memory = nobody();
    let topic = OwnTopic {
        id: id("own-1"),
        module: "away".to_owned(),
        title: "Mine".to_owned(),
        check: String::new(),
        link: None,
        is_deleted: false,
    };
    memory.apply(&Change::OwnTopicPut { topic: topic.clone() }).unwrap();
    let two =
        file(&[("here", &[])]) + "[[module]]\nid = \"other\"\narea = \"a\"\ntitle = \"Module\"\n";
    let curriculum = Curriculum::parse(&two).unwrap();
    let mut person = Person::with(curriculum.clone(), memory.clone(), Config::default(), 120, 40);
    person.press("esc 2 / \"mine enter e \"! ctrl-s");
    let kept = |person: &Person| person.memory.workspace().own_topics[&id("own-1")].clone();
    assert_eq!((kept(&person).title.as_str(), kept(&person).module.as_str()), ("Mine!", "away"));
    // Of two modules of one title the chosen one is meant.
    memory
        .apply(&Change::OwnTopicPut { topic: OwnTopic { module: "other".to_owned(), ..topic } })
        .unwrap();
    let mut person = Person::with(curriculum, memory, Config::default(), 120, 40);
    person.press("esc 2 / \"mine enter e \"! ctrl-s");
    assert_eq!(kept(&person).module, "other");
}

#[test]
fn a_file_that_puts_another_one_out_is_counted_for_itself() {
    let home = Home::new();
    let first = beside(&home, "a.toml", &file(&[("bandits", &[])]));
    beside(&home, "b.toml", "schema_version = 1\n[[area]]\nid = \"m\"\ntitle = \"Mine\"\n");
    let (code, said, errors) = ran(&home, &["curriculum", "check", first.to_str().unwrap()]);
    assert_eq!((code, said.contains("adds 1 area, 1 module, 1 topic")), (0, true), "{said}");
    assert!(
        errors.contains("b.toml: line 3: area 'm': there is a module with this id"),
        "{errors}"
    );
}
