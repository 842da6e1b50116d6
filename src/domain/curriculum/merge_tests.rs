//! Curriculum files laid over others: what joins, what is altered, replaced and refused.
//!
//! Owns the examples for `merge`. They stand apart because the build script compiles it too.

use super::{
    CurriculumError, Definitions, Topic,
    file_tests::{SAMPLE, lines, read},
    merge::lay,
};

/// A file laid over the sample.
fn laid(over: &str) -> Result<Definitions, Vec<CurriculumError>> {
    lay(&format!("schema_version = 1\n{over}"), &read(SAMPLE).unwrap())
}

fn topic<'a>(definitions: &'a Definitions, id: &str) -> &'a Topic {
    definitions.topics.iter().find(|topic| topic.id.0 == id).unwrap()
}

#[test]
fn a_second_file_adds_and_alters_only_what_it_says() {
    let both = laid(
        r#"
[[area]]
id = "math"
title = "Mathematics"

[[module]]
id = "calculus"
area = "math"
title = "Calculus"

[[topic]]
id = "gradients"
module = "calculus"
title = "Gradients"
check = "You can follow one."
prerequisites = ["vectors"]

[[topic]]
id = "vectors"
title = "Arrows"
resources = [
  { title = "The course, described anew", type = "course", url = "https://a.org/2" },
  { title = "A video", type = "video", url = "https://b.org/1" },
]
"#,
    )
    .unwrap();
    assert_eq!(both.areas[0].title, "Mathematics");
    assert_eq!((both.modules.len(), both.topics.len()), (2, 4));
    let vectors = topic(&both, "vectors");
    assert_eq!((vectors.title.as_str(), vectors.check.as_str()), ("Arrows", "You can add two."));
    let titles: Vec<_> = vectors.resources.iter().map(|r| &r.title[..]).collect();
    assert_eq!(titles, ["The course, described anew", "A video", "A paper", "Another paper"]);
    assert_eq!(topic(&both, "gradients").prerequisites, ["vectors".into()]);
    assert_eq!(topic(&both, "tensors"), topic(&read(SAMPLE).unwrap(), "tensors"));
}

#[test]
fn what_is_replaced_goes_and_what_needed_it_needs_its_heir() {
    let grids = "[[topic]]\nid = \"grids\"\nmodule = \"algebra\"\ntitle = \"Grids\"\n\
                 check = \"You can draw one.\"\n";
    let once = laid(&format!("{grids}replaces = [\"matrices\", \"tables\"]")).unwrap();
    let ids: Vec<_> = once.topics.iter().map(|topic| topic.id.0.as_str()).collect();
    assert_eq!(ids, ["vectors", "tensors", "grids"]);
    assert_eq!(topic(&once, "tensors").prerequisites, ["vectors".into(), "grids".into()]);
    // What it had replaced goes on with it.
    let lattices = grids.replace("grids", "lattices");
    let text = format!("schema_version = 1\n{lattices}replaces = [\"grids\"]");
    let twice = lay(&text, &once).unwrap();
    let heir = topic(&twice, "lattices");
    assert_eq!(heir.replaces, ["grids".into(), "matrices".into(), "tables".into()]);
    // An earlier id leads to the one that goes on for it.
    let needs = grids.replace("grids", "frames") + "prerequisites = [\"tables\"]";
    let frames = lay(&format!("schema_version = 1\n{needs}"), &once).unwrap();
    assert_eq!(topic(&frames, "frames").prerequisites, ["grids".into()]);
}

#[test]
fn ids_are_given_up_once_and_never_used_again() {
    let entry = |id: &str, more: &str| {
        format!(
            "[[topic]]\nid = \"{id}\"\nmodule = \"algebra\"\ntitle = \"T\"\ncheck = \"C\"\n{more}\n"
        )
    };
    let told = |text: &str| lines(&laid(text).unwrap_err());
    assert_eq!(
        told(&(entry("grids", "replaces = [\"frames\"]") + &entry("frames", ""))),
        "line 7: topic 'grids' replaces 'frames', which this file still has; take one of the two out"
    );
    let twice = entry("grids", "replaces = [\"old\"]") + &entry("frames", "replaces = [\"old\"]");
    assert!(told(&twice).contains("line 13: topic 'frames' replaces 'old', and so does 'grids'"));
    assert!(told(&entry("grids", "replaces = [\"grids\"]")).contains("names itself in replaces"));
    assert!(told(&entry("grids", "replaces = [\"Old\"]")).contains("'Old' is not an id"));
    let again = entry("grids", "replaces = [\"old\", \"old\"]");
    assert!(told(&again).contains("names 'old' twice in replaces"), "{}", told(&again));
    let once = laid(&entry("grids", "replaces = [\"old\"]")).unwrap();
    let again = lay(&format!("schema_version = 1\n{}", entry("old", "")), &once).unwrap_err();
    assert_eq!(
        lines(&again),
        "line 3: topic 'old': topic 'grids' had this id once, and ids are not used again; choose \
         another id"
    );
    assert_eq!(
        told("[[area]]\nid = \"vectors\"\ntitle = \"V\""),
        "line 3: area 'vectors': there is a topic with this id already; give it another id"
    );
}

#[test]
fn what_a_topic_that_goes_had_replaced_goes_to_one_only() {
    let entry = |id: &str, more: &str| {
        format!(
            "[[topic]]\nid = \"{id}\"\nmodule = \"algebra\"\ntitle = \"T\"\ncheck = \"C\"\n{more}\n"
        )
    };
    let once = laid(&entry("grids", "replaces = [\"old\"]")).unwrap();
    let over = |text: &str| lay(&format!("schema_version = 1\n{text}"), &once);
    // Whoever names it has it.
    let two =
        entry("lattices", "replaces = [\"grids\"]") + &entry("frames", "replaces = [\"old\"]");
    let two = over(&two).unwrap();
    assert_eq!(topic(&two, "lattices").replaces, ["grids".into()]);
    assert_eq!(topic(&two, "frames").replaces, ["old".into()]);
    // But nobody may be called so again.
    let again = entry("lattices", "replaces = [\"grids\"]") + &entry("old", "");
    let errors = over(&again).unwrap_err();
    assert!(lines(&errors).contains("'old': topic 'grids' had this id once"), "{}", lines(&errors));
}

#[test]
fn an_entry_that_alters_a_topic_by_its_earlier_id_alters_the_one_of_today() {
    let once = laid("[[topic]]\nid = \"vectors\"\nreplaces = [\"arrows\"]").unwrap();
    let text = "schema_version = 1\n[[topic]]\nid = \"arrows\"\ntitle = \"Arrows\"\n";
    let altered = lay(text, &once).unwrap();
    assert_eq!(topic(&altered, "vectors").title, "Arrows");
    assert_eq!(altered.topics.len(), once.topics.len());
}

#[test]
fn an_empty_word_takes_a_topic_out_of_its_group() {
    let alone = laid("[[topic]]\nid = \"matrices\"\nchoose_one = \"\"").unwrap();
    assert_eq!(topic(&alone, "matrices").choose_one, None);
}

#[test]
fn a_file_of_nothing_but_mistakes_is_told_in_no_time() {
    let text = format!("schema_version = 1\narea = [{}]", "1,".repeat(400_000));
    let errors = read(&text).unwrap_err();
    assert!((1..=1_000).contains(&errors.len()), "{}", errors.len());
}

#[test]
fn a_circle_through_what_is_there_is_told_at_the_entry_that_closes_it() {
    let errors = laid("[[topic]]\nid = \"vectors\"\nprerequisites = [\"tensors\"]").unwrap_err();
    assert_eq!(errors[0].line, 3);
    assert!(lines(&errors).contains("vectors needs tensors needs vectors"), "{}", lines(&errors));
}

#[test]
fn no_more_topics_than_can_be_shown() {
    use std::fmt::Write as _;
    let mut text = String::new();
    for number in 0..9_998 {
        write!(
            text,
            "[[topic]]\nid = \"t{number}\"\nmodule = \"algebra\"\ntitle = \"T\"\ncheck = \"C\"\n"
        )
        .unwrap();
    }
    let told = lines(&laid(&text).unwrap_err());
    assert!(
        told.ends_with(
            "there would be 10001 topics, and at most 10,000 can be shown; leave some out"
        )
    );
}

#[test]
fn what_was_taken_over_once_stays_taken_over() {
    let once = laid("[[topic]]\nid = \"vectors\"\nreplaces = [\"arrows\"]").unwrap();
    let text = "schema_version = 1\n[[topic]]\nid = \"vectors\"\nreplaces = [\"rays\"]\n";
    let twice = lay(text, &once).unwrap();
    assert_eq!(topic(&twice, "vectors").replaces, ["arrows".into(), "rays".into()]);
    assert_eq!(lay(text, &twice).unwrap(), twice, "again it says nothing new");
}
