//! Looking back at mastered topics: how well each is still known.
//!
//! Owns which topic is looked at, the ratings, and what follows. Must not know when it comes back.

use chrono::NaiveDate;

use super::{Action, Effect, Model, Overlay, Pane, Tone, listing::Listing};
use crate::domain::{
    change::Change,
    curriculum::Origin,
    day::short,
    habit::Mark,
    ids::{HabitId, TopicId},
    review::{Rating, Review},
};

/// A topic that is being looked back at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    /// Which.
    pub topic: TopicId,
    /// The ratings to choose from; *good* is selected first.
    pub ratings: Listing<Rating>,
    /// The habit whose act this is, and the day that it ticks.
    pub habit: Option<(HabitId, NaiveDate)>,
}

impl Looking {
    fn at(topic: TopicId, habit: Option<(HabitId, NaiveDate)>) -> Self {
        let mut ratings = Listing::default();
        ratings.replace(Rating::ALL.to_vec());
        ratings.select_where(|rating| *rating == Rating::Good);
        Self { topic, ratings, habit }
    }
}

impl Model {
    /// Mastered topics that have come back, the one that waits longest first. What is in no
    /// curriculum any more has no check to look at.
    pub fn due_reviews(&self) -> Vec<&Review> {
        let mut due = self.workspace.due_reviews(self.today);
        due.retain(|review| self.is_current(&review.topic));
        due
    }

    /// When a topic comes back, if it does.
    pub fn coming_review(&self, id: &TopicId) -> Option<&Review> {
        self.workspace.review(id).filter(|_| self.is_current(id))
    }

    /// Whether a topic is in a curriculum, or one's own.
    fn is_current(&self, id: &TopicId) -> bool {
        self.curriculum.topic(id).is_some_and(|topic| topic.origin != Origin::Retired)
    }

    /// The topic that waits longest to be looked at again.
    pub fn longest_due(&self) -> Option<TopicId> {
        self.due_reviews().first().map(|review| review.topic.clone())
    }

    /// What `v` would look at: the selected topic where it is mastered, else the one that waits
    /// longest.
    pub fn to_look_at(&self) -> Option<TopicId> {
        let selected = self.selected_topic().filter(|_| self.pane == Pane::Curriculum);
        let mastered = selected.filter(|topic| self.coming_review(topic).is_some());
        mastered.cloned().or_else(|| self.longest_due())
    }

    /// Opens the review of a topic.
    pub(super) fn look_back(&mut self) {
        match self.to_look_at() {
            Some(topic) => self.overlay = Some(Overlay::Review(Looking::at(topic, None))),
            None => self.say_nothing_due(),
        }
    }

    fn say_nothing_due(&mut self) {
        let current = self.workspace.reviews.keys().filter(|id| self.is_current(id));
        let coming = current.filter_map(|id| self.workspace.review(id));
        let next = coming.min_by_key(|review| review.due_on);
        let said = match next {
            Some(review) => {
                let day = short(review.due_on, self.today);
                format!("Nothing to look back at now. The next comes on {day}.")
            }
            None => "Nothing to look back at yet: topics come back once they are mastered.".into(),
        };
        self.say(Tone::Plain, said);
    }

    /// Whether a start on the selected habit is a review: it is its act, and one is due.
    pub fn starts_review(&self) -> bool {
        self.pane == Pane::Today
            && self.timer.is_none()
            && self.day <= self.today
            && self.selected_habit().is_some_and(|habit| habit.is_review)
            && self.longest_due().is_some()
    }

    /// Starts the act of a habit whose act is the review that is due.
    pub(super) fn start_review(&mut self) {
        let habit = self.selected_habit().map(|habit| (habit.id, self.day));
        if let Some(topic) = self.longest_due() {
            self.overlay = Some(Overlay::Review(Looking::at(topic, habit)));
        }
    }

    /// Does an action to the review.
    pub(super) fn act_on_review(&mut self, mut looking: Looking, action: Action) -> Vec<Effect> {
        let rating = match action {
            Action::Up | Action::Down => {
                looking.ratings.step(if action == Action::Up { -1 } else { 1 });
                None
            }
            Action::OpenLink | Action::Copy => {
                let url = self.first_unused(&looking.topic);
                self.overlay = Some(Overlay::Review(looking));
                return match url {
                    Some(url) if action == Action::Copy => vec![Effect::Copy(url)],
                    Some(url) => self.open(&url),
                    None => Vec::new(),
                };
            }
            Action::RateAgain => Some(Rating::Again),
            Action::RateHard => Some(Rating::Hard),
            Action::RateGood => Some(Rating::Good),
            Action::RateEasy => Some(Rating::Easy),
            Action::Accept => looking.ratings.selected().copied(),
            _ => return Vec::new(),
        };
        let change = rating.map(|rating| self.rated(&looking, rating));
        self.overlay = Some(Overlay::Review(looking));
        self.saving.clone_from(&change);
        change.map(Effect::Apply).into_iter().collect()
    }

    /// A look back; as a habit's act it ticks the day, in the same change.
    fn rated(&self, looking: &Looking, rating: Rating) -> Change {
        let topic = looking.topic.clone();
        let look = Change::TopicReview { topic, rating, on: self.today };
        match looking.habit {
            Some((habit, day)) => {
                let what =
                    format!("review, {} · {}", rating.word(), self.topic_title(&looking.topic));
                let tick = Change::CheckInSet { habit, day, mark: Some(Mark::Done) };
                Change::Together { what, changes: vec![look, tick] }
            }
            None => look,
        }
    }

    /// After one comes the next that is due; the habit was ticked with the first.
    pub(super) fn look_at_next(&mut self, looked: &Looking) {
        let next = self.longest_due().filter(|topic| *topic != looked.topic);
        self.overlay = next.map(|topic| Overlay::Review(Looking::at(topic, None)));
    }

    /// The first address of a topic that was not used yet; the first of all when each was.
    pub fn first_unused(&self, topic: &TopicId) -> Option<String> {
        let links = self.links_of(topic);
        let unused = links.iter().find(|url| !self.workspace.is_used(topic, url));
        unused.or(links.first()).cloned()
    }

    /// Every address of a topic: its resources, then the person's own.
    pub(super) fn links_of(&self, topic: &TopicId) -> Vec<String> {
        let resources = self.curriculum.topic(topic).map_or(&[][..], |topic| &topic.resources);
        let own = self.workspace.annotations.get(topic).map_or(&[][..], |beside| &beside.links);
        let resources = resources.iter().map(|resource| resource.url.clone());
        resources.chain(own.iter().map(|link| link.url.clone())).collect()
    }
}
