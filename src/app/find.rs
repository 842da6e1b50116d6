//! Finding by a few letters: the filter of a pane and the order of what fits.
//!
//! Owns fuzzy matching. Must not know what is being looked for.

use nucleo_matcher::{
    Config, Matcher,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};

use super::editor::Editor;

/// The filter being typed.
#[derive(Debug, Clone)]
pub struct Find {
    /// What was typed.
    pub editor: Editor,
}

impl Find {
    /// Goes on from the filter in force.
    pub fn new(query: &str) -> Self {
        Self { editor: Editor::line(query) }
    }
}

/// The items that fit the query, best first; all of them in their order for an empty one.
pub fn matching<T>(
    query: &str,
    items: impl IntoIterator<Item = T>,
    text_of: impl Fn(&T) -> String,
) -> Vec<T> {
    ranked(query, AtomKind::Fuzzy, items, text_of)
}

/// As [`matching`], for words that people know: letters that are strewn over others don't count.
pub fn containing<T>(
    query: &str,
    items: impl IntoIterator<Item = T>,
    text_of: impl Fn(&T) -> String,
) -> Vec<T> {
    ranked(query, AtomKind::Substring, items, text_of)
}

fn ranked<T>(
    query: &str,
    kind: AtomKind,
    items: impl IntoIterator<Item = T>,
    text_of: impl Fn(&T) -> String,
) -> Vec<T> {
    if query.trim().is_empty() {
        return items.into_iter().collect();
    }
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    let mut matcher = Matcher::new(config);
    let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, kind);
    let mut buffer = Vec::new();
    let mut scored: Vec<_> = items
        .into_iter()
        .filter_map(|item| {
            let text = text_of(&item);
            let haystack = nucleo_matcher::Utf32Str::new(&text, &mut buffer);
            pattern.score(haystack, &mut matcher).map(|score| (score, item))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_fit_and_the_best_comes_first() {
        let names = ["Read one figure", "Write code", "Figure skating"];
        let found = |query| matching(query, names, |name| (*name).to_owned());
        assert_eq!(found("fig"), ["Figure skating", "Read one figure"]);
        assert_eq!(found("wc"), ["Write code"]);
        assert_eq!(found("xyz"), [""; 0]);
        assert_eq!(found(" "), names);
    }
}
