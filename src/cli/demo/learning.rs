//! The made-up way through topics and projects.
//!
//! Owns how states, reviews, sessions and worksheets follow from `assets/demo.toml`. Must not know
//! habits.

use chrono::NaiveDate;

use super::{
    Teller,
    story::{BesideStory, ProjectStory, TopicStory},
};
use crate::domain::{
    change::{AnnotationPatch, Change},
    curriculum::Curriculum,
    day::plus,
    ids::{ProjectId, SessionId, TopicId},
    project::{ProjectDraft, Status},
    review::{Rating, Review},
    session::Session,
    topic::{Evidence, TopicState},
};

/// From one mastered topic to the next, and from learning one to practising and to mastering it.
const DAYS_BETWEEN: i64 = 12;
const LEARNING: i64 = 21;
const PRACTISING: i64 = 9;
/// Every so many mastered topics one waits to be looked at again.
const WAITING: usize = 9;

impl Teller {
    pub(super) fn topics(&mut self, story: &TopicStory) {
        for (topic, at) in story.mastered.iter().rev().zip(1..) {
            let on = plus(self.today, -DAYS_BETWEEN * at);
            self.set(topic, TopicState::Learning, plus(on, -LEARNING));
            self.set(topic, TopicState::Practising, plus(on, -PRACTISING));
            self.set(topic, TopicState::Mastered, on);
            for _ in 0..3 + self.chance.below(3) {
                let day = plus(on, -i64::try_from(self.chance.below(20)).unwrap_or(0));
                let minutes = 15 + self.chance.below(40);
                self.session(Some(topic), None, day, minutes);
            }
            self.reviews(topic, on, usize::try_from(at).unwrap_or(0) % WAITING == 2);
        }
        let open = [
            (TopicState::Practising, &story.practising),
            (TopicState::Learning, &story.learning),
            (TopicState::Skipped, &story.skipped),
        ];
        for (state, topics) in open {
            for (topic, at) in topics.iter().rev().zip(1..) {
                self.set(topic, state, plus(self.today, -5 * at));
            }
        }
    }

    fn set(&mut self, topic: &TopicId, state: TopicState, on: NaiveDate) {
        self.changes.push(Change::TopicSet { topic: topic.clone(), state, on });
    }

    /// It was looked at whenever it came back; but the one that `waits` not the last time.
    fn reviews(&mut self, topic: &TopicId, mastered_on: NaiveDate, waits: bool) {
        let mut review = Review::new(topic.clone(), mastered_on);
        while review.due_on < self.today {
            let rating = if self.chance.is_so(0.2) { Rating::Hard } else { Rating::Good };
            let on = review.due_on;
            review.rate(rating, on);
            if review.due_on >= self.today && waits {
                break;
            }
            self.changes.push(Change::TopicReview { topic: topic.clone(), rating, on });
        }
    }

    pub(super) fn beside(&mut self, story: &BesideStory, curriculum: &Curriculum) {
        let BesideStory { topic, want, notes, links, used, sentence, link } = story;
        let edit = AnnotationPatch {
            want: want.map(Some),
            notes: Some(notes.clone()),
            links: Some(links.clone()),
        };
        self.changes.push(Change::TopicAnnotate { topic: topic.clone(), edit });
        let resources = curriculum.topic(topic).map(|topic| &topic.resources);
        for resource in used.iter().filter_map(|place| resources?.get(*place)) {
            let (topic, url) = (topic.clone(), resource.url.clone());
            self.changes.push(Change::ResourceUsed { topic, url, is_used: true });
        }
        let evidence = Evidence { sentence: sentence.clone(), link: link.clone() };
        if !evidence.is_empty() {
            self.changes.push(Change::TopicEvidence { topic: topic.clone(), evidence });
        }
    }

    pub(super) fn project(&mut self, story: &ProjectStory, position: i64) {
        let project = ProjectId(self.ids.next_uuid());
        for (step, at) in story.steps.iter().zip(0..) {
            let (on, status) = (plus(self.today, -step.ago), step.status);
            self.changes.push(if at == 0 {
                let draft = self.draft(story, status);
                Change::ProjectAdd { project, draft, position, on }
            } else {
                Change::ProjectStatus { project, status, on }
            });
        }
        let day_of = |status| story.steps.iter().find(|step| step.status == status);
        let scoped = day_of(Status::Scoped).or(story.steps.first());
        let answers: Vec<_> = story.scope.clone().into_iter().collect();
        if let Some(step) = scoped.filter(|_| !answers.is_empty()) {
            let on = plus(self.today, -step.ago);
            self.changes.push(Change::ProjectScope { project, answers, on });
        }
        let from = day_of(Status::Building).map_or(0, |step| step.ago);
        let to = day_of(Status::Shipped).map_or(1, |step| step.ago);
        let mut left = story.minutes;
        while left > 0 {
            let minutes = (25 + self.chance.below(60)).min(left);
            left -= minutes;
            let span = usize::try_from(from - to).unwrap_or(0);
            let ago = to + i64::try_from(self.chance.below(span)).unwrap_or(0);
            self.session(None, Some(project), plus(self.today, -ago), minutes);
        }
    }

    fn draft(&self, story: &ProjectStory, status: Status) -> ProjectDraft {
        ProjectDraft {
            title: story.title.clone(),
            level: story.level,
            status,
            pitch: story.pitch.clone(),
            links: story.links.clone(),
            topics: story.topics.clone(),
            result: story.result.clone(),
            role: story.role.clone(),
            explained: story.explained.clone(),
            source: story.source,
            employer: story.employer.clone(),
            drift_check_on: story.drift_check_in.map(|days| plus(self.today, days)),
            choice: story.choice.clone(),
        }
    }

    fn session(
        &mut self,
        topic: Option<&TopicId>,
        project: Option<ProjectId>,
        day: NaiveDate,
        minutes: usize,
    ) {
        let Some(at) = day.and_hms_opt(18, 30, 0) else { return };
        let session = Session {
            id: SessionId(self.ids.next_uuid()),
            habit: None,
            topic: topic.cloned(),
            project,
            day,
            started_at: at.and_utc().fixed_offset(),
            seconds: u32::try_from(minutes * 60).unwrap_or(60),
        };
        self.changes.push(Change::SessionPut { session });
    }
}
