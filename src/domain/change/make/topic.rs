//! What changes do to a person's way through the curriculum.
//!
//! Owns the limits on it. Must not know the curriculum, which is a file.

use chrono::NaiveDate;

use super::checked_slug;
use crate::domain::{
    annotation::{Annotation, OwnLink},
    change::{AnnotationPatch, Records, Refusal},
    ids::TopicId,
    record::{Key, Record},
    review::{Rating, Review},
    succession, text,
    topic::{Evidence, OwnTopic, TopicProgress, TopicState},
};

/// How many links of one's own a topic may have, and how many addresses can be marked as used.
const MOST_LINKS: usize = 50;
const MOST_USED: usize = 500;

fn progress_in(records: &Records, topic: &TopicId) -> Option<TopicProgress> {
    match records.get(&Key::Topic(topic.clone())) {
        Some(Some(Record::Topic(progress))) => Some(progress.clone()),
        _ => None,
    }
}

fn review_in(records: &Records, topic: &TopicId) -> Option<Review> {
    match records.get(&Key::Review(topic.clone())) {
        Some(Some(Record::Review(review))) => Some(review.clone()),
        _ => None,
    }
}

fn annotation_in(records: &Records, topic: &TopicId) -> Option<Annotation> {
    match records.get(&Key::Annotation(topic.clone())) {
        Some(Some(Record::Annotation(annotation))) => Some(annotation.clone()),
        _ => None,
    }
}

/// A row that says nothing goes.
fn put(records: &mut Records, progress: TopicProgress) {
    let key = Key::Topic(progress.topic.clone());
    records.insert(key, (!progress.is_blank()).then_some(Record::Topic(progress)));
}

/// Sets a state; what is mastered comes back for review from then on.
pub(super) fn set(
    records: &mut Records,
    topic: &TopicId,
    state: TopicState,
    on: NaiveDate,
) -> Result<(), Refusal> {
    let topic = checked_slug(topic)?;
    let held = progress_in(records, &topic);
    if held.as_ref().map_or(TopicState::NotStarted, |progress| progress.state) == state {
        return Ok(());
    }
    let progress = match held {
        Some(mut progress) => {
            progress.set_state(state, on);
            progress
        }
        None => TopicProgress::new(topic.clone(), state, on),
    };
    put(records, progress);
    if state == TopicState::Mastered {
        let review = match review_in(records, &topic) {
            Some(mut review) => {
                review.rate(Rating::Good, on);
                review
            }
            None => Review::new(topic.clone(), on),
        };
        records.insert(Key::Review(topic), Some(Record::Review(review)));
    }
    Ok(())
}

/// Keeps what shows that a topic is mastered.
pub(super) fn prove(
    records: &mut Records,
    topic: &TopicId,
    evidence: &Evidence,
) -> Result<(), Refusal> {
    let mut progress =
        progress_in(records, topic).ok_or(Refusal::Missing("topic that was begun"))?;
    progress.evidence = Evidence {
        sentence: text::lines("the evidence", &evidence.sentence, text::NOTE_BYTES)?,
        link: evidence.link.as_deref().map(text::link).transpose()?,
    };
    put(records, progress);
    Ok(())
}

/// Keeps how a look back went.
pub(super) fn review(
    records: &mut Records,
    topic: &TopicId,
    rating: Rating,
    on: NaiveDate,
) -> Result<(), Refusal> {
    let mut progress = progress_in(records, topic)
        .filter(|progress| progress.state == TopicState::Mastered)
        .ok_or(Refusal::Missing("mastered topic"))?;
    let mut review = review_in(records, topic).unwrap_or_else(|| {
        let mastered = progress.changed_on().unwrap_or(on);
        Review::new(topic.clone(), mastered)
    });
    review.rate(rating, on);
    records.insert(Key::Review(topic.clone()), Some(Record::Review(review)));
    if rating == Rating::Again {
        progress.set_state(TopicState::Practising, on);
        put(records, progress);
    }
    Ok(())
}

/// A patch with every part within its limits.
pub(super) fn checked_annotation(edit: &AnnotationPatch) -> Result<AnnotationPatch, Refusal> {
    let notes = edit.notes.as_deref();
    let notes = notes.map(|notes| text::lines("the notes", notes, text::NOTE_BYTES)).transpose()?;
    let links = edit.links.as_ref().map(|links| {
        if links.len() > MOST_LINKS {
            return Err(Refusal::TooMany { what: "links of a topic", limit: MOST_LINKS });
        }
        let links = links.iter().map(|link| {
            let title = text::line("the title of a link", &link.title)?;
            Ok(OwnLink { title, url: text::link(&link.url)? })
        });
        links.collect::<Result<Vec<_>, Refusal>>()
    });
    Ok(AnnotationPatch { want: edit.want, notes, links: links.transpose()? })
}

/// Edits what stands beside a topic; the row goes when nothing is left.
pub(super) fn annotate(
    records: &mut Records,
    topic: &TopicId,
    edit: impl FnOnce(&mut Annotation),
) -> Result<(), Refusal> {
    let topic = checked_slug(topic)?;
    let mut annotation =
        annotation_in(records, &topic).unwrap_or_else(|| Annotation::new(topic.clone()));
    edit(&mut annotation);
    let key = Key::Annotation(topic);
    records.insert(key, (!annotation.is_empty()).then_some(Record::Annotation(annotation)));
    Ok(())
}

/// Addresses that were used, each within its limits.
pub(super) fn checked_used(used: &[String]) -> Result<Vec<String>, Refusal> {
    if used.len() > MOST_USED {
        return Err(Refusal::TooMany { what: "used links of a topic", limit: MOST_USED });
    }
    used.iter().map(|url| Ok(text::link(url)?)).collect()
}

/// Marks an address as used, or not.
pub(super) fn set_used(
    records: &mut Records,
    topic: &TopicId,
    url: &str,
    is_used: bool,
) -> Result<(), Refusal> {
    let url = text::link(url)?;
    let held = annotation_in(records, topic).map_or(0, |annotation| annotation.used.len());
    if is_used && held >= MOST_USED {
        return Err(Refusal::TooMany { what: "used links of a topic", limit: MOST_USED });
    }
    annotate(records, topic, |annotation| {
        annotation.used.retain(|used| *used != url);
        if is_used {
            annotation.used.push(url);
        }
    })
}

/// Adds or alters a topic of one's own.
pub(super) fn put_own(records: &mut Records, topic: &OwnTopic) -> Result<(), Refusal> {
    let checked = checked_own(topic)?;
    records.insert(Key::OwnTopic(topic.id.clone()), Some(Record::OwnTopic(checked)));
    Ok(())
}

/// A topic of one's own with every part within its limits.
pub(super) fn checked_own(topic: &OwnTopic) -> Result<OwnTopic, Refusal> {
    Ok(OwnTopic {
        id: checked_slug(&topic.id)?,
        module: text::line("the module", &topic.module)?,
        title: text::name("the title", &topic.title)?,
        check: text::lines("the mastery check", &topic.check, text::NAME_BYTES)?,
        link: topic.link.as_deref().map(text::link).transpose()?,
        is_deleted: topic.is_deleted,
    })
}

/// A topic of one's own, to be altered.
pub(super) fn own_in<'a>(
    records: &'a mut Records,
    topic: &TopicId,
) -> Result<&'a mut OwnTopic, Refusal> {
    match records.get_mut(&Key::OwnTopic(topic.clone())) {
        Some(Some(Record::OwnTopic(topic))) => Ok(topic),
        _ => Err(Refusal::Missing("topic of your own")),
    }
}

/// A topic takes over what was said of those it replaces.
pub(super) fn take_over(
    records: &mut Records,
    topic: &TopicId,
    from: &[TopicId],
) -> Result<(), Refusal> {
    let topic = checked_slug(topic)?;
    let from: Vec<_> = from.iter().filter(|id| **id != topic).collect();
    let progress: Vec<_> = from.iter().map(|id| progress_in(records, id)).collect();
    let progress = succession::progress(&topic, progress_in(records, &topic), progress);
    let reviews = from.iter().filter_map(|id| review_in(records, id));
    let review = succession::review(&topic, review_in(records, &topic), reviews);
    let annotations = from.iter().filter_map(|id| annotation_in(records, id));
    let annotation = succession::annotation(&topic, annotation_in(records, &topic), annotations);
    for id in from {
        for key in [Key::Topic(id.clone()), Key::Annotation(id.clone()), Key::Review(id.clone())] {
            records.insert(key, None);
        }
    }
    records.insert(Key::Topic(topic.clone()), progress.map(Record::Topic));
    records.insert(Key::Review(topic.clone()), review.map(Record::Review));
    records.insert(Key::Annotation(topic), annotation.map(Record::Annotation));
    Ok(())
}
