//! Curriculum files, good and bad: each fault has an example and its message.
//!
//! Owns the examples for `parse`, `check` and `error`. They stand apart because the build script
//! compiles those files too.

use super::{CurriculumError, Definitions, Fault, ResourceKind, merge::lay};

pub(super) const SAMPLE: &str = r#"schema_version = 1

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

pub(super) fn read(text: &str) -> Result<Definitions, Vec<CurriculumError>> {
    lay(text, &Definitions::default())
}

pub(super) fn lines(errors: &[CurriculumError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The messages about the sample with one change, a line each.
fn refused(from: &str, to: &str) -> String {
    assert!(SAMPLE.contains(from), "the sample has no {from}");
    let text = SAMPLE.replacen(from, to, 1);
    read(&text).map_or_else(|errors| lines(&errors), |_| "accepted".to_owned())
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
        ("[[area]]", "[[area]", "line 3: this is not TOML: unclosed array table, expected `]`"),
        (
            "title = \"Math\"",
            "name = \"Math\"",
            "line 4: the new area 'math' needs title; add that",
        ),
        ("by = ", "mark = ", "line 19: a resource of topic 'vectors': there is no key 'mark'; use"),
        (
            "check = \"You can add two.\"\n",
            "",
            "line 13: the new topic 'vectors' needs check; add that, or correct the id",
        ),
        ("schema_version = 1", "", "line 1: the file doesn't say its version"),
        (
            "id = \"math\"",
            "id = 3",
            "line 4: this area: id is a text in quotes, not a value of type",
        ),
        ("title = \"Math\"", "title = 3", "line 5: area 'math': title is a text in quotes"),
        ("[\"vectors\"]", "\"vectors\"", "line 28: topic 'matrices': prerequisites is a list in"),
        ("[\"vectors\"]", "[3]", "line 28: topic 'matrices': prerequisites is a text in quotes"),
        ("[[area]]\nid = \"math\"", "[[area]]", "line 3: this area has no id; give it one"),
    ] {
        let refused = refused(from, to);
        assert!(refused.starts_with(message), "{refused}");
    }
    let table = read("schema_version = 1\narea = 3\nmodules = []").unwrap_err();
    assert_eq!(
        lines(&table),
        "line 2: area is not a list of entries; begin each entry with [[area]]\n\
         line 3: the file: there is no key 'modules'; use schema_version, area, module, topic"
    );
}

#[test]
fn every_mistake_is_told_each_place_once_in_the_order_of_the_lines() {
    let text = SAMPLE
        .replace("\"Math\"", "\"\"")
        .replace("area = \"math\"", "area = \"maths\"")
        .replace("\"course\"", "\"blog\"")
        .replace("https://a.org/3", "ftp://a.org")
        .replace("prerequisites = [\"vectors\"]", "prerequisites = [\"points\", 4]");
    let errors = read(&text).unwrap_err();
    let places: Vec<_> = errors.iter().map(|error| error.line).collect();
    assert_eq!(places, [5, 9, 19, 20, 28, 28], "{}", lines(&errors));
}

#[test]
fn another_version_is_named_before_its_keys() {
    assert_eq!(
        refused("schema_version = 1", "schema_version = 2\nlanguage = \"en\""),
        "line 1: schema_version is '2', and this inch reads version 1; update inch or write 1"
    );
    assert!(refused("schema_version = 1", "schema_version = 0").contains("is '0'"));
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
    let twice = refused("id = \"matrices\"", "id = \"math\"");
    assert!(
        twice.starts_with(
            "line 24: topic 'math': line 4 has the same id; give one of them another id\n"
        ),
        "{twice}"
    );
    let twice = refused("id = \"algebra\"", "id = \"math\"");
    assert!(
        twice.starts_with(
            "line 8: module 'math': line 4 has the same id; give one of them another id\n"
        ),
        "{twice}"
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
        "line 9: module 'algebra' stands in area 'maths', which is not there; correct \
         the name or add [[area]]"
    );
    assert_eq!(
        refused("module = \"algebra\"\ntitle = \"Tensors\"", "module = \"math\"\ntitle = \"T\""),
        "line 33: topic 'tensors' stands in module 'math', which is not there; \
         correct the name or add [[module]]"
    );
}

#[test]
fn prerequisites_exist_once_and_never_go_in_a_circle() {
    let of_matrices = "prerequisites = [\"vectors\"]";
    for (ids, message) in [
        ("\"math\"", "line 28: topic 'matrices' needs 'math', which is no topic; correct"),
        ("\"matrices\"", "line 28: topic 'matrices' names itself in prerequisites; take it out"),
        (
            "\"vectors\", \"vectors\"",
            "line 28: topic 'matrices' names 'vectors' twice in prerequisites; take one out",
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
        let fault = Fault::Circle(circle.to_owned());
        assert_eq!(read(text).unwrap_err(), [CurriculumError { line, fault }]);
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
