//! Finding by a few letters: the filter of a pane and the order of what fits.
//!
//! Owns fuzzy matching and which letters it found. Must not know what is being looked for.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
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
    scored(query, items, text_of).into_iter().map(|(_, item)| item).collect()
}

/// As [`matching`], for words that people know: what fits far worse than the best, its letters
/// strewn over others, is not what was meant.
pub fn likely<T>(
    query: &str,
    items: impl IntoIterator<Item = T>,
    text_of: impl Fn(&T) -> String,
) -> Vec<T> {
    let scored = scored(query, items, text_of);
    let best = scored.first().map_or(0, |(score, _)| *score);
    let is_near = |score: u32| score.saturating_mul(4) >= best.saturating_mul(3);
    scored.into_iter().filter(|(score, _)| is_near(*score)).map(|(_, item)| item).collect()
}

/// The items whose text has every word of the query in it, in their order: in long texts letters
/// in order are found everywhere.
pub fn containing<T>(
    query: &str,
    items: impl IntoIterator<Item = T>,
    text_of: impl Fn(&T) -> String,
) -> Vec<T> {
    let mut finder = Finder::of_kind(query, AtomKind::Substring);
    items.into_iter().filter(|item| finder.score(&text_of(item)).is_some()).collect()
}

fn scored<T>(
    query: &str,
    items: impl IntoIterator<Item = T>,
    text_of: impl Fn(&T) -> String,
) -> Vec<(u32, T)> {
    let mut finder = Finder::new(query);
    let mut scored: Vec<_> = items
        .into_iter()
        .filter_map(|item| finder.score(&text_of(&item)).map(|score| (score, item)))
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored
}

/// A query made ready to be looked for in many texts.
#[derive(Debug)]
pub struct Finder {
    /// What fits is the same everywhere; `None` for an empty query, which everything fits.
    search: Option<(Pattern, Matcher)>,
    buffer: Vec<char>,
}

impl Finder {
    /// Makes a query ready.
    pub fn new(query: &str) -> Self {
        Self::of_kind(query, AtomKind::Fuzzy)
    }

    fn of_kind(query: &str, kind: AtomKind) -> Self {
        let search = (!query.trim().is_empty()).then(|| {
            let mut config = Config::DEFAULT;
            config.prefer_prefix = true;
            let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, kind);
            (pattern, Matcher::new(config))
        });
        Self { search, buffer: Vec::new() }
    }

    /// How well a text fits, more is better; `None` when it does not.
    fn score(&mut self, text: &str) -> Option<u32> {
        let Some((pattern, matcher)) = &mut self.search else {
            return Some(0);
        };
        pattern.score(Utf32Str::new(text, &mut self.buffer), matcher)
    }

    /// The places, counted in graphemes from 0 and in their order, where a text has the letters that
    /// were looked for.
    pub fn places(&mut self, text: &str) -> Vec<u32> {
        let mut places = Vec::new();
        if let Some((pattern, matcher)) = &mut self.search {
            pattern.indices(Utf32Str::new(text, &mut self.buffer), matcher, &mut places);
            // Each word of the query names its own.
            places.sort_unstable();
            places.dedup();
        }
        places
    }
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

    #[test]
    fn in_long_texts_whole_words_are_looked_for() {
        let texts = ["You can tune a network.", "You can explain entropy.", "Entropy, tuned"];
        let found = |query| containing(query, texts, |text| (*text).to_owned());
        assert_eq!(found("entropy"), &texts[1..]);
        assert_eq!(found("tune entropy"), &texts[2..]);
        assert_eq!(found("ynp"), [""; 0]);
    }

    #[test]
    fn the_letters_that_fit_are_named_by_grapheme() {
        let places = |query: &str, text: &str| Finder::new(query).places(text);
        assert_eq!(places("fig", "Read one figure"), [9, 10, 11]);
        assert_eq!(places("one read", "Read one figure"), [0, 1, 2, 3, 5, 6, 7]);
        assert_eq!(places("勉強", "十秒だけ勉強する"), [4, 5]);
        assert_eq!(places("at", "👩\u{200d}💻 e\u{301} at"), [4, 5]);
        assert_eq!(places("", "Read"), [0; 0]);
        assert_eq!(places("xyz", "Read"), [0; 0]);
    }

    #[test]
    fn what_fits_far_worse_than_the_best_is_not_meant() {
        let names = ["Undo the last change", "Write the day's undoubtedly", "A run and a photo"];
        let found = |query| likely(query, names, |name| (*name).to_owned());
        assert_eq!(found("undo"), &names[..2]);
        assert_eq!(found(""), names);
    }
}
