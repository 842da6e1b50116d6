//! What the reader of JSON says, in words for people who never saw its types.
//!
//! Owns the words. Must not know where anything stands, nor what a document is about: what a format
//! says of its own values passes through.

use crate::domain::text::grouped;

/// How its sentences begin, and what each of them means.
const PLAIN: [(&str, &str); 22] = [
    ("EOF while parsing a list", "it ends in the middle of a list"),
    ("EOF while parsing an object", "it ends in the middle of an object"),
    ("EOF while parsing a string", "it ends in the middle of a text in quotes"),
    ("EOF while parsing", "it ends where a value should be"),
    ("expected `:`", "a colon is missing after the name of a field"),
    ("expected `,` or `]`", "a comma or the end of the list, ], is missing"),
    ("expected `,` or `}`", "a comma or the end of the object, }, is missing"),
    ("trailing comma", "there is a comma too many"),
    ("trailing characters", "something follows its end"),
    ("key must be a string", "the name of a field in quotes is missing"),
    (
        "expected",
        "there is no value of JSON. Accepted: text in quotes, a number, true, false, null, a list or an object",
    ),
    ("invalid escape", "a text has a \\ that stands for nothing. Accepted: \\\\ for a \\ itself"),
    ("lone leading surrogate", CHARACTER),
    ("unexpected end of hex escape", CHARACTER),
    ("invalid unicode", CHARACTER),
    ("control character", "a text in quotes has a line end or another control character"),
    ("invalid number", "a number is not written as in JSON. Accepted: digits, such as 12 or 1.5"),
    ("number out of range", "a number is too large"),
    (
        "UUID parsing failed",
        "it is not an id. Accepted: as in 01980f5e-7c1a-7b3c-8d4e-5f6a7b8c9d0e",
    ),
    ("premature end of input", MOMENT),
    ("input ", MOMENT),
    ("trailing input", MOMENT),
];

const CHARACTER: &str = "a text has a \\u that stands for no character";

const MOMENT: &str = "it is not a moment. Accepted: as in 2026-11-23T12:00:00+01:00";

/// The same in plain words.
pub fn plain(said: &str) -> String {
    let known = PLAIN.iter().find(|(start, _)| said.starts_with(start));
    let known = known.map(|(_, words)| (*words).to_owned());
    known.or_else(|| shaped(said)).unwrap_or_else(|| said.to_owned())
}

/// What is said of a value that has another shape than it should.
fn shaped(said: &str) -> Option<String> {
    let after = |start: &str| said.strip_prefix(start);
    if let Some(field) = after("missing field ") {
        return Some(format!("the field {} is missing", named(field)));
    }
    if let Some(field) = after("duplicate field ") {
        return Some(format!("the field {} stands there twice", named(field)));
    }
    if let Some(rest) = after("unknown field ") {
        let (field, accepted) = rest.rsplit_once(", expected ")?;
        return Some(format!("there is no field {}. Accepted: {}", named(field), each(accepted)));
    }
    if let Some(rest) = after("unknown variant ") {
        let (word, accepted) = rest.rsplit_once(", expected ")?;
        let (word, accepted) = (named(word), each(accepted));
        return Some(format!("{word} is not what may stand here. Accepted: {accepted}"));
    }
    if let Some(rest) = after("invalid length ") {
        let (count, accepted) = rest.rsplit_once(", expected ")?;
        return Some(format!("there are {count} values. Accepted: {}", kind(accepted)));
    }
    let rest = after("invalid type: ").or_else(|| after("invalid value: "))?;
    let (found, accepted) = rest.rsplit_once(", expected ")?;
    Some(format!("{} is not what belongs here. Accepted: {}", value(found), kind(accepted)))
}

/// A word between backticks, in quotes.
fn named(word: &str) -> String {
    format!("'{}'", word.trim_matches('`'))
}

/// Words between backticks, with commas between them.
fn each(words: &str) -> String {
    let words: Vec<_> = words.split('`').skip(1).step_by(2).collect();
    words.join(", ")
}

/// What was found.
fn value(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    match kind {
        "null" | "unit" | "Option" => "null".to_owned(),
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        "boolean" => value.trim_matches('`').to_owned(),
        "string" => format!("the text '{}'", value.trim_matches('"')),
        "integer" => format!("the number {}", value.trim_matches('`')),
        "floating" => {
            format!("the number {}", value.trim_start_matches("point ").trim_matches('`'))
        }
        _ => "what stands there".to_owned(),
    }
}

/// What should have been.
fn kind(accepted: &str) -> String {
    // Such as u8, or i64.
    let bits = |sign| accepted.strip_prefix(sign).and_then(|bits| bits.parse::<u32>().ok());
    let most = bits('u').and_then(|bits| 1_u64.checked_shl(bits));
    match accepted {
        _ if let Some(most) = most => format!("a whole number from 0 to {}", grouped(most - 1)),
        _ if bits('u').or(bits('i')).is_some() => "a whole number that fits there".to_owned(),
        "a string" | "a borrowed string" | "string or map" | "variant identifier" => {
            "text in quotes".to_owned()
        }
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "an object".to_owned(),
        _ if accepted.starts_with("struct ") => "an object".to_owned(),
        _ if accepted.starts_with("an array of length ") => {
            accepted.replace("an array of", "a list of")
        }
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is only read")]
    struct Form {
        name: String,
        #[serde(default)]
        count: Option<u8>,
        #[serde(default)]
        is_so: bool,
        #[serde(default)]
        list: Vec<Word>,
        #[serde(default)]
        map: BTreeMap<String, u32>,
        #[serde(default)]
        two: [u8; 2],
        #[serde(default)]
        id: uuid::Uuid,
        #[serde(default)]
        at: Option<chrono::DateTime<chrono::FixedOffset>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Word {
        Done,
        Rest,
    }

    fn said(json: &str) -> String {
        let error = serde_json::from_str::<Form>(json).unwrap_err();
        let (line, column) = (error.line(), error.column());
        let said = error.to_string();
        plain(said.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&said))
    }

    #[test]
    fn what_is_no_json_is_told_in_plain_words() {
        for (json, words) in [
            ("", "it ends where a value should be"),
            ("{", "it ends in the middle of an object"),
            ("{\"name\": \"a", "it ends in the middle of a text in quotes"),
            ("{\"name\": \"a\", \"list\": [", "it ends in the middle of a list"),
            ("{\"name\" \"a\"}", "a colon is missing after the name of a field"),
            ("{\"name\": \"a\" \"b\"}", "a comma or the end of the object, }, is missing"),
            ("{\"list\": [\"done\" 1]}", "a comma or the end of the list, ], is missing"),
            ("{\"name\": \"a\",}", "there is a comma too many"),
            ("{\"name\": \"a\"} x", "something follows its end"),
            ("{name: 1}", "the name of a field in quotes is missing"),
            ("{\"name\": \"\\q\"}", "a text has a \\ that stands for nothing"),
            ("{\"name\": \"\\ud800\"}", CHARACTER),
            ("{\"name\": \"\\ud800\\u0020\"}", CHARACTER),
            ("{\"name\": \"a\nb\"}", "a text in quotes has a line end or"),
            ("{\"count\": 1.}", "a number is not written as in JSON"),
            ("{\"count\": 1e999}", "a number is too large"),
            ("{\"name\": what}", "there is no value of JSON. Accepted: text in quotes,"),
            ("{\"name\": nul}", "there is no value of JSON. Accepted: text in quotes,"),
        ] {
            let said = said(json);
            assert!(said.starts_with(words), "{json}: {said}");
        }
    }

    #[test]
    fn what_has_another_shape_is_told_with_what_is_accepted() {
        let belongs = "is not what belongs here. Accepted:";
        for (json, words) in [
            ("{}", "the field 'name' is missing".to_owned()),
            ("{\"name\": \"\", \"name\": \"\"}", "the field 'name' stands there twice".to_owned()),
            (
                "{\"aim\": 1}",
                "there is no field 'aim'. Accepted: name, count, is_so, list, map, two, id, at"
                    .to_owned(),
            ),
            ("[1]", format!("the number 1 {belongs} text in quotes")),
            ("1.5", format!("the number 1.5 {belongs} an object")),
            ("{\"name\": null}", format!("null {belongs} text in quotes")),
            ("{\"name\": {}}", format!("an object {belongs} text in quotes")),
            (
                "{\"count\": \"x, expected y\"}",
                format!("the text 'x, expected y' {belongs} a whole number from 0 to 255"),
            ),
            ("{\"count\": 256}", format!("the number 256 {belongs} a whole number from 0 to 255")),
            ("{\"count\": 1.5}", format!("the number 1.5 {belongs} a whole number from 0 to 255")),
            ("{\"is_so\": []}", format!("a list {belongs} true or false")),
            ("{\"list\": true}", format!("true {belongs} a list")),
            ("{\"map\": 1}", format!("the number 1 {belongs} an object")),
            ("{\"two\": [1]}", "there are 1 values. Accepted: a list of length 2".to_owned()),
            (
                "{\"list\": [\"maybe\"]}",
                "'maybe' is not what may stand here. Accepted: done, rest".to_owned(),
            ),
            (
                "{\"id\": \"x\"}",
                "it is not an id. Accepted: as in 01980f5e-7c1a-7b3c-8d4e-5f6a7b8c9d0e".to_owned(),
            ),
            ("{\"at\": \"soon\"}", MOMENT.to_owned()),
            ("{\"at\": \"2026\"}", MOMENT.to_owned()),
            ("{\"at\": \"2026-11-23T12:00:00Zx\"}", MOMENT.to_owned()),
            ("{\"at\": \"2026-02-30T12:00:00Z\"}", MOMENT.to_owned()),
        ] {
            assert_eq!(said(json), words, "{json}");
        }
        assert_eq!(plain("'2026-02-30' is not a date"), "'2026-02-30' is not a date");
    }
}
