//! Curriculum files, good and bad: each fault has an example and its message.
//!
//! Owns the examples for `parse`, `check` and `error`. They stand apart because the build script
//! compiles those files too.

use super::{Fault, ResourceKind, parse::read};

const SAMPLE: &str = r#"schema_version = 1

[[area]]
id = "math"
title = "Math"

[[module]]
id = "algebra"
area = "math"
title = " Algebra "

[[topic]]
id = "vectors"
module = "algebra"
title = "Vectors"
check = "You can add two."
resources = [
  { title = "A paper", type = "paper", url = "https://a.org/1" },
  { title = "A course", by = "Someone", type = "course", url = "https://a.org/2" },
  { title = "Another paper", type = "paper", url = "https://a.org/3" },
]

[[topic]]
id = "matrices"
module = "algebra"
title = "Matrices"
check = "You can multiply two."
prerequisites = ["vectors"]
choose_one = "either"

[[topic]]
id = "tensors"
module = "algebra"
title = "Tensors"
check = "You can contract one."
prerequisites = ["vectors", "matrices"]
"#;

/// The message about the sample with one change.
fn refused(from: &str, to: &str) -> String {
    assert!(SAMPLE.contains(from), "the sample has no {from}");
    let text = SAMPLE.replacen(from, to, 1);
    read(&text).map_or_else(|error| error.to_string(), |_| "accepted".to_owned())
}

#[test]
fn a_file_becomes_definitions_with_resources_sorted_by_kind() {
    let read = read(SAMPLE).unwrap();
    assert_eq!(read.modules[0].title, "Algebra");
    let [vectors, matrices, tensors] = &read.topics[..] else {
        panic!("three topics");
    };
    let titles: Vec<_> = vectors.resources.iter().map(|r| &r.title[..]).collect();
    assert_eq!(titles, ["A course", "A paper", "Another paper"]);
    assert_eq!(vectors.resources[0].by, "Someone");
    assert_eq!(vectors.resources[1].by, "");
    assert_eq!(matrices.choose_one.as_deref(), Some("either"));
    assert_eq!(tensors.prerequisites, ["vectors".into(), "matrices".into()]);
}

#[test]
fn every_type_of_resource_is_read() {
    for kind in ResourceKind::ALL {
        let text = SAMPLE.replacen("\"course\"", &format!("\"{}\"", kind.word()), 1);
        let resources = &read(&text).unwrap().topics[0].resources;
        let found = resources.iter().find(|resource| resource.title == "A course");
        assert_eq!(found.map(|resource| resource.kind), Some(kind));
    }
}

#[test]
fn form_is_refused_with_its_line() {
    for (from, to, message) in [
        ("[[area]]", "[[area]", "line 3: unclosed array table, expected `]`"),
        ("title = \"Math\"", "name = \"Math\"", "line 5: unknown field `name`, expected `id`"),
        ("by = ", "mark = ", "line 19: unknown field `mark`, expected one of `title`"),
        ("check = \"You can add two.\"\n", "", "line 12: missing field `check`"),
        ("schema_version = 1", "", "line 1: missing field `schema_version`"),
        ("id = \"math\"", "id = 3", "line 4: invalid type: integer `3`, expected a string"),
    ] {
        let refused = refused(from, to);
        assert!(refused.starts_with(message), "{refused}");
        assert!(refused.contains("; compare the entry"), "{refused}");
    }
}

#[test]
fn another_version_is_named_before_its_keys() {
    assert_eq!(
        refused("schema_version = 1", "schema_version = 2\nlanguage = \"en\""),
        "line 1: schema_version is 2, and this inch reads version 1; update inch or write 1"
    );
    assert!(refused("schema_version = 1", "schema_version = 0").contains("is 0"));
}

#[test]
fn ids_have_one_form_and_one_owner() {
    let long = "x".repeat(65);
    for bad in ["", "Math", "ma th", "-math", "math-", "ma--th", "mäth", "ma_th", &long] {
        let refused = refused("id = \"math\"", &format!("id = \"{bad}\""));
        assert!(refused.starts_with("line 4: '"), "{refused}");
        assert!(refused.contains("is not an id; use lowercase letters"), "{refused}");
    }
    assert!(refused("\"either\"", "\"Either\"").starts_with("line 29: 'Either' is not an id"));
    assert_eq!(
        refused("id = \"matrices\"", "id = \"math\""),
        "line 24: topic 'math': line 4 has the same id; give one of them another id"
    );
    assert_eq!(
        refused("id = \"algebra\"", "id = \"math\""),
        "line 8: module 'math': line 4 has the same id; give one of them another id"
    );
    assert_eq!(
        refused("id = \"tensors\"", "id = \"own-tensors\""),
        "line 32: topic 'own-tensors': 'own-' is kept for topics added in the app; choose \
         another id"
    );
}

#[test]
fn entries_stand_in_something() {
    assert_eq!(
        refused("area = \"math\"", "area = \"maths\""),
        "line 9: module 'algebra' stands in area 'maths', which this file does not have; \
         correct the name or add [[area]]"
    );
    assert_eq!(
        refused("module = \"algebra\"\ntitle = \"Tensors\"", "module = \"math\"\ntitle = \"T\""),
        "line 33: topic 'tensors' stands in module 'math', which this file does not have; \
         correct the name or add [[module]]"
    );
}

#[test]
fn prerequisites_exist_once_and_never_go_in_a_circle() {
    let of_matrices = "prerequisites = [\"vectors\"]";
    for (ids, message) in [
        ("\"math\"", "line 28: topic 'matrices' needs 'math', which is no topic of this file"),
        ("\"matrices\"", "line 28: topic 'matrices' has itself as a prerequisite; take it out"),
        (
            "\"vectors\", \"vectors\"",
            "line 28: topic 'matrices' names the prerequisite 'vectors' twice; take one out",
        ),
        (
            "\"tensors\"",
            "line 24: these topics need each other in a circle: matrices needs tensors needs \
             matrices; take one of these prerequisites out",
        ),
    ] {
        let refused = refused(of_matrices, &format!("prerequisites = [{ids}]"));
        assert!(refused.starts_with(message), "{refused}");
    }
    let of_vectors = "check = \"You can add two.\"\nprerequisites = [\"tensors\"]";
    let all = SAMPLE.replacen("check = \"You can add two.\"", of_vectors, 1).replacen(
        "\"vectors\", \"matrices\"",
        "\"matrices\"",
        1,
    );
    // Here vectors only leads into the circle, so it is not named.
    let two = all.replacen(of_matrices, "prerequisites = [\"tensors\"]", 1);
    for (text, line, circle) in [
        (&all, 13, "vectors needs tensors needs matrices needs vectors"),
        (&two, 25, "matrices needs tensors needs matrices"),
    ] {
        let error = read(text).unwrap_err();
        assert_eq!(error.line, line);
        assert_eq!(error.fault, Fault::Circle(circle.to_owned()));
    }
}

#[test]
fn texts_are_lines_within_the_limits() {
    let long = format!("\"{}\"", "x".repeat(201));
    for (from, to, message) in [
        ("\"Math\"", "\" \"", "line 5: area 'math': title is empty; write one line of 1 to 200"),
        ("\" Algebra \"", "\"\"", "line 10: module 'algebra': title is empty"),
        ("\"Vectors\"", &long, "line 15: topic 'vectors': title has 201 characters; at most"),
        ("\"You can add two.\"", "\"\"", "line 16: topic 'vectors': check is empty"),
        ("\"A paper\"", "\"\"", "line 18: topic 'vectors': a resource's title is empty"),
        ("\"Someone\"", &long, "line 19: topic 'vectors': a resource's by has 201"),
        ("\"Math\"", "\"M\\u001b[2J\"", "line 5: area 'math': title has the character U+001B"),
    ] {
        let refused = refused(from, to);
        assert!(refused.starts_with(message), "{refused}");
    }
}

#[test]
fn resources_have_a_known_type_and_a_web_address() {
    assert_eq!(
        refused("\"course\"", "\"blog\""),
        "line 19: topic 'vectors': 'blog' is no type of resource; use course, interactive, \
         video, book, article, docs or paper"
    );
    let refused = refused("https://a.org/2", "ftp://a.org/2");
    assert!(refused.starts_with("line 19: topic 'vectors': 'ftp://a.org/2' is not a link."));
}

#[test]
fn words_from_the_file_reach_a_message_safe_and_short() {
    let escape = refused("id = \"math\"", "id = \"m\\u001b[2J\"");
    assert!(escape.contains("'m\u{241b}[2J'"), "{escape}");
    let key = refused("title = \"Math\"", "\"t\\u001b[2J\" = 1");
    assert!(!key.contains('\u{1b}'), "{key}");
    assert!(refused("id = \"math\"", &format!("id = \"{}\"", "x".repeat(9000))).len() < 300);
}
