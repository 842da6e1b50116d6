//! What becomes of a person's progress where a topic takes the place of others.
//!
//! Owns how rows of the old topics make one of the new. It is looked at before anything is written
//! and written by the same rules. Must not know which topic replaces which: the curriculum says it.

use super::{
    annotation::Annotation,
    dated::{Dated, take_on},
    ids::TopicId,
    review::Review,
    topic::{Evidence, StateChange, TopicProgress, TopicState},
};

/// What is said of `topic` once it takes over what was said of the topics it replaces; `None` in
/// `old` stands for one of which nothing was said.
///
/// A state that was set for the topic itself stays. Else it is as far as the furthest of the old
/// ones, but mastered only if each of those was, or was skipped: nobody is told that they can do
/// what they never said.
pub fn progress(
    topic: &TopicId,
    own: Option<TopicProgress>,
    old: Vec<Option<TopicProgress>>,
) -> Option<TopicProgress> {
    let state = own.as_ref().map_or_else(|| combined(&old), |own| own.state);
    let said: Vec<TopicProgress> = own.into_iter().chain(old.into_iter().flatten()).collect();
    let mut entries: Vec<StateChange> =
        said.iter().flat_map(|progress| progress.history.iter().copied()).collect();
    entries.sort_by_key(Dated::on);
    let on = entries.last()?.on;
    let mut history = Vec::new();
    for entry in entries {
        take_on(&mut history, entry);
    }
    take_on(&mut history, StateChange { on, state });
    let evidence = joined(said.iter().map(|progress| &progress.evidence));
    let joined = TopicProgress { topic: topic.clone(), state, history, evidence };
    // A row that says no more than that nothing was begun is none.
    (!joined.is_blank()).then_some(joined)
}

/// Every sentence, and every link; the first one stays the link, others stand with the sentences.
fn joined<'a>(all: impl Iterator<Item = &'a Evidence> + Clone) -> Evidence {
    let mut links = all.clone().filter_map(|evidence| evidence.link.as_deref());
    let link = links.next();
    let sentences = all.map(|evidence| evidence.sentence.as_str());
    let sentences = sentences.filter(|sentence| !sentence.is_empty());
    let others = links.filter(|other| Some(*other) != link);
    let sentence = sentences.chain(others).collect::<Vec<_>>().join("\n");
    Evidence { sentence, link: link.map(str::to_owned) }
}

fn combined(old: &[Option<TopicProgress>]) -> TopicState {
    let states = old.iter().map(|progress| {
        progress.as_ref().map_or(TopicState::NotStarted, |progress| progress.state)
    });
    let is_over = |state| matches!(state, TopicState::Mastered | TopicState::Skipped);
    let wanted = states.clone().filter(|state| *state != TopicState::Skipped);
    match wanted.max() {
        None if old.is_empty() => TopicState::NotStarted,
        None => TopicState::Skipped,
        Some(TopicState::Mastered) if !states.clone().all(is_over) => TopicState::Practising,
        Some(furthest) => furthest,
    }
}

/// When it comes back: what was said of the topic itself, else the earliest of the old ones.
pub fn review(
    topic: &TopicId,
    own: Option<Review>,
    old: impl IntoIterator<Item = Review>,
) -> Option<Review> {
    let earliest = || old.into_iter().min_by_key(|review| review.due_on);
    own.or_else(earliest).map(|review| Review { topic: topic.clone(), ..review })
}

/// Everything that was written beside any of them.
pub fn annotation(
    topic: &TopicId,
    own: Option<Annotation>,
    old: impl IntoIterator<Item = Annotation>,
) -> Option<Annotation> {
    let mut all = own.into_iter().chain(old);
    let mut joined = Annotation { topic: topic.clone(), ..all.next()? };
    for Annotation { topic: _, want, notes, links, used } in all {
        // Needed stands before nice, and nice before curious.
        joined.want = joined.want.into_iter().chain(want).min();
        if !joined.notes.is_empty() && !notes.is_empty() {
            joined.notes.push('\n');
        }
        joined.notes.push_str(&notes);
        let is_new = |link: &_| !joined.links.contains(link);
        let links: Vec<_> = links.into_iter().filter(is_new).collect();
        joined.links.extend(links);
        let used: Vec<_> = used.into_iter().filter(|url| !joined.used.contains(url)).collect();
        joined.used.extend(used);
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{
        TopicState::{Learning, Mastered, NotStarted, Practising, Skipped},
        *,
    };
    use crate::domain::annotation::Want;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, number).unwrap()
    }

    fn at(state: TopicState, on: u32) -> Option<TopicProgress> {
        (state != NotStarted).then(|| TopicProgress::new("old".into(), state, day(on)))
    }

    fn state(own: TopicState, old: &[TopicState]) -> Option<TopicState> {
        let old = old.iter().zip(1..).map(|(state, on)| at(*state, on)).collect();
        progress(&"new".into(), at(own, 9), old).map(|progress| progress.state)
    }

    #[test]
    fn it_is_as_far_as_the_furthest_but_mastered_only_if_all_were() {
        assert_eq!(state(NotStarted, &[NotStarted]), None);
        assert_eq!(state(NotStarted, &[Learning]), Some(Learning));
        assert_eq!(state(NotStarted, &[Mastered]), Some(Mastered));
        assert_eq!(state(NotStarted, &[Mastered, Skipped]), Some(Mastered));
        assert_eq!(state(NotStarted, &[Skipped]), Some(Skipped));
        assert_eq!(state(NotStarted, &[Mastered, NotStarted]), Some(Practising));
        assert_eq!(state(NotStarted, &[Mastered, Learning]), Some(Practising));
        assert_eq!(state(NotStarted, &[Skipped, Learning]), Some(Learning));
        assert_eq!(state(Learning, &[Mastered]), Some(Learning));
    }

    #[test]
    fn the_dates_of_all_are_kept_and_the_last_is_the_state() {
        let mut old = TopicProgress::new("old".into(), Learning, day(1));
        old.set_state(Mastered, day(5));
        let both = progress(&"new".into(), at(Practising, 9), vec![Some(old.clone())]).unwrap();
        let days: Vec<_> = both.history.iter().map(|entry| entry.on).collect();
        assert_eq!(days, [day(1), day(5), day(9)]);
        assert_eq!(both.history.last().unwrap().state, both.state);
        let alone = progress(&"new".into(), None, vec![Some(old.clone())]).unwrap();
        assert_eq!(alone, TopicProgress { topic: "new".into(), ..old });
    }

    #[test]
    fn all_that_shows_it_is_kept() {
        let shown = |sentence: &str, link: &str| {
            let mut progress = TopicProgress::new("old".into(), Mastered, day(1));
            let link = Some(link.to_owned()).filter(|link| !link.is_empty());
            progress.evidence = Evidence { sentence: sentence.to_owned(), link };
            Some(progress)
        };
        let old =
            vec![shown("a talk", "https://a.org/"), shown("", "https://b.org/"), shown("x", "")];
        let evidence = progress(&"new".into(), None, old).unwrap().evidence;
        assert_eq!(evidence.link.as_deref(), Some("https://a.org/"));
        assert_eq!(evidence.sentence, "a talk\nx\nhttps://b.org/");
    }

    #[test]
    fn notes_links_and_marks_are_joined() {
        let note = |notes: &str, want| Annotation {
            want,
            notes: notes.to_owned(),
            used: vec!["https://a.org/".to_owned()],
            ..Annotation::new("old".into())
        };
        let (first, second) = (note("one", None), note("two", Some(Want::Nice)));
        let both = annotation(&"new".into(), None, [first, second]).unwrap();
        assert_eq!((both.notes.as_str(), both.want), ("one\ntwo", Some(Want::Nice)));
        assert_eq!((both.topic.0.as_str(), both.used.len()), ("new", 1));
    }
}
