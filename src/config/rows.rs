//! `[keys]` as it is written: rows whose words only the key table understands.
//!
//! Owns the form of that table. Must not know any place, action or key.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::domain::text;

/// Keys for an action in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The line of the file, from 1.
    pub line: usize,
    /// Where: `today` in `[keys.today]`.
    pub place: String,
    /// What is asked for.
    pub action: String,
    /// By which keys; none takes them away.
    pub chords: Vec<String>,
}

/// Its name in the file.
pub(super) const TABLE: &str = "keys";

/// The longest word of a row that is looked at, in characters.
const WORD: usize = 40;

/// Reads the table. What is wrong is said with its span.
pub(super) fn read(
    value: &Spanned<DeValue<'_>>,
    line_at: impl Fn(usize) -> usize,
) -> Result<Vec<KeyRow>, (Range<usize>, String)> {
    let mut rows = Vec::new();
    for (place, actions) in table(value, "keys", "[keys.today]")? {
        let place = word(place);
        let name = format!("keys.{place}");
        for (action, chords) in table(actions, &name, "one with rows such as add = \"a\"")? {
            let place = place.clone();
            let line = line_at(action.span().start);
            let action = word(action);
            let chords = written(chords.get_ref()).ok_or_else(|| {
                let what = format!(
                    "{name}.{action} can't be that. Accepted: a key such as \"space\", or several: [\"a\", \"ctrl-n\"]."
                );
                (chords.span(), what)
            })?;
            rows.push(KeyRow { line, place, action, chords });
        }
    }
    rows.sort_by_key(|row| row.line);
    Ok(rows)
}

fn table<'t, 'i>(
    value: &'t Spanned<DeValue<'i>>,
    name: &str,
    accepted: &str,
) -> Result<&'t DeTable<'i>, (Range<usize>, String)> {
    let wrong = || (value.span(), format!("{name} is a table. Accepted: {accepted}."));
    value.get_ref().as_table().ok_or_else(wrong)
}

fn written(value: &DeValue<'_>) -> Option<Vec<String>> {
    let one = |text: &str| text::clip(&text::shown(text), WORD);
    match value {
        DeValue::String(text) => Some(vec![one(text)]),
        DeValue::Array(texts) => {
            texts.iter().map(|text| text.get_ref().as_str().map(one)).collect()
        }
        _ => None,
    }
}

fn word(name: &Spanned<std::borrow::Cow<'_, str>>) -> String {
    text::clip(&text::shown(name.get_ref()), WORD)
}
