//! What keys and the time do with the timer.
//!
//! Owns its way from start to session, and what becomes of sessions that a crash cut short. Must
//! not know how it is drawn. The countdown and the question after it are always on screen; only a
//! session counts on out of sight.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{On, Phase, Timer};
use crate::{
    app::{Action, Effect, Model, Overlay, Pane, Tone, topics::Topics},
    domain::{
        change::Change,
        habit::Mark,
        ids::{SessionId, TopicId},
    },
};

impl Model {
    /// Starts the timer on what is selected; one that goes on already is shown again.
    pub(in crate::app) fn start(&mut self) -> Vec<Effect> {
        if self.timer.is_some() {
            self.overlay = Some(Overlay::Timer);
            return Vec::new();
        }
        if self.starts_review() {
            self.start_review();
            return Vec::new();
        }
        let on = match self.pane {
            Pane::Today => return self.start_habit(),
            Pane::Curriculum => On { topic: self.selected_topic().cloned(), ..On::default() },
            Pane::Portfolio => {
                let project = self.selected_project().map(|project| project.id);
                On { project, ..On::default() }
            }
        };
        if on == On::default() {
            return Vec::new();
        }
        self.put_timer(on, self.today, Phase::Asking);
        self.go()
    }

    fn start_habit(&mut self) -> Vec<Effect> {
        let Some(habit) = self.selected_habit().map(|habit| habit.id) else {
            return Vec::new();
        };
        let on = On { habit: Some(habit), ..On::default() };
        let Some(seconds) = self.countdown_seconds() else {
            self.put_timer(on, self.day, Phase::Asking);
            return self.keep_going();
        };
        self.put_timer(on, self.day, Phase::Countdown { seconds });
        self.overlay = Some(Overlay::Timer);
        vec![Effect::ReadTime]
    }

    /// How many seconds a start in the focused pane counts down; `None` where it begins a session.
    pub fn countdown_seconds(&self) -> Option<u8> {
        let habit = self.selected_habit().filter(|_| self.pane == Pane::Today)?;
        (self.mark_on_day(habit.id) != Some(Mark::Done)).then_some(habit.seconds)
    }

    fn put_timer(&mut self, on: On, day: NaiveDate, phase: Phase) {
        let id = SessionId(self.ids.next_uuid());
        self.timer = Some(Timer::new(id, on, day, phase));
    }

    /// The time was read.
    pub(in crate::app) fn beat(&mut self, at: DateTime<FixedOffset>) -> Vec<Effect> {
        let Some(timer) = &mut self.timer else {
            return Vec::new();
        };
        match timer.phase {
            Phase::Asking => Vec::new(),
            Phase::Countdown { .. } => {
                timer.beat(at);
                if timer.seconds_left() == 0 { self.end_countdown() } else { Vec::new() }
            }
            Phase::Going => {
                timer.beat(at);
                timer.due_to_keep().map(Effect::KeepRunning).into_iter().collect()
            }
        }
    }

    /// The tiny version is done, which is complete success: the day is ticked.
    fn end_countdown(&mut self) -> Vec<Effect> {
        let Some(timer) = &mut self.timer else {
            return Vec::new();
        };
        timer.ask();
        // A clock that was set back over midnight took the day along, on the screen too.
        let (day, habit) = (timer.day.min(self.today), timer.on.habit);
        match habit.filter(|id| self.workspace.habit(*id).is_some()) {
            Some(habit) => {
                vec![Effect::Apply(Change::CheckInSet { habit, day, mark: Some(Mark::Done) })]
            }
            None => self.give_up_habit(),
        }
    }

    /// The habit was deleted by another program in the meantime.
    fn give_up_habit(&mut self) -> Vec<Effect> {
        self.timer = None;
        self.overlay = None;
        self.say(Tone::Plain, "The habit was deleted elsewhere, so there is nothing to tick.");
        Vec::new()
    }

    /// From the question to the session; a habit without a topic is offered one first.
    fn keep_going(&mut self) -> Vec<Effect> {
        let habit = self.timer.as_ref().and_then(|timer| timer.on.habit);
        let Some(habit) = habit.and_then(|id| self.workspace.habit(id)) else {
            return self.give_up_habit();
        };
        let topic = habit.topic.clone();
        if topic.is_none() {
            self.overlay = Some(Overlay::Topics(Topics::new(self)));
            return Vec::new();
        }
        if let Some(timer) = &mut self.timer {
            timer.on.topic = topic;
        }
        self.go()
    }

    /// The session begins, with the tiny start as a part of it.
    fn go(&mut self) -> Vec<Effect> {
        let link = self.first_handy();
        let Some(timer) = &mut self.timer else {
            return Vec::new();
        };
        timer.link = link;
        timer.phase = Phase::Going;
        let kept = timer.due_to_keep().map(Effect::KeepRunning);
        self.overlay = Some(Overlay::Timer);
        kept.into_iter().chain([Effect::ReadTime]).collect()
    }

    /// Does an action while the timer is on top.
    pub(in crate::app) fn act_on_timer(&mut self, action: Action) -> Vec<Effect> {
        let links = self.handy_links();
        let Some(timer) = &mut self.timer else {
            return Vec::new();
        };
        match (timer.phase, action) {
            (Phase::Asking, Action::KeepGoing) => return self.keep_going(),
            (Phase::Going, Action::StopSession) => return self.stop_session(),
            (Phase::Going, Action::Close | Action::Interrupt) => {
                let back = self.hints([(Action::Start, "comes back to it")]);
                self.say(Tone::Plain, format!("It counts on up there.{back}"));
                return Vec::new();
            }
            (Phase::Countdown { .. }, Action::Close | Action::Interrupt) => {
                self.timer = None;
                let tick = self.hints([(Action::ToggleCheckIn, "ticks without a timer")]);
                self.say(Tone::Plain, format!("Stopped; nothing was ticked.{tick}"));
                return Vec::new();
            }
            (Phase::Asking, Action::Close | Action::Interrupt) => {
                self.timer = None;
                return Vec::new();
            }
            (Phase::Going, Action::Up) => timer.link = timer.link.saturating_sub(1),
            (Phase::Going, Action::Down) => {
                timer.link = (timer.link + 1).min(links.len().saturating_sub(1));
            }
            (Phase::Going, Action::OpenLink | Action::Copy) => {
                // One that stood further down may have gone.
                let link = links.get(timer.link).or(links.last());
                self.overlay = Some(Overlay::Timer);
                return match link {
                    None => Vec::new(),
                    Some(link) if action == Action::Copy => vec![Effect::Copy(link.url.clone())],
                    Some(link) => self.open(&link.url),
                };
            }
            _ => {}
        }
        self.overlay = Some(Overlay::Timer);
        Vec::new()
    }

    /// Does an action while a topic is being chosen.
    pub(in crate::app) fn act_on_topics(
        &mut self,
        mut topics: Topics,
        action: Action,
    ) -> Vec<Effect> {
        match action {
            Action::Up => topics.found.step(-1),
            Action::Down => topics.found.step(1),
            Action::Accept => {
                if let Some(chosen) = topics.found.selected().cloned() {
                    return self.take_topic(chosen);
                }
            }
            // Back to the question, or out where there was none.
            _ => {
                let has_ticked = |timer: &mut Timer| timer.started_at.is_some();
                self.timer = self.timer.take_if(has_ticked);
                self.overlay = self.timer.is_some().then_some(Overlay::Timer);
                return Vec::new();
            }
        }
        self.overlay = Some(Overlay::Topics(topics));
        Vec::new()
    }

    /// Links the chosen topic to the habit and begins the session on it.
    fn take_topic(&mut self, chosen: Option<TopicId>) -> Vec<Effect> {
        let Some(timer) = &mut self.timer else {
            return Vec::new();
        };
        timer.on.topic.clone_from(&chosen);
        let link = timer.on.habit.zip(chosen);
        let link = link.map(|(habit, topic)| Change::HabitLink { habit, topic: Some(topic) });
        let mut effects = self.go();
        effects.extend(link.map(Effect::Apply));
        effects
    }

    /// Does what was answered to the question whether the sleep counts.
    pub(in crate::app) fn decide_sleep(&mut self, does_count: bool) -> Vec<Effect> {
        let Some(timer) = &mut self.timer else {
            return Vec::new();
        };
        timer.decide(does_count);
        timer.due_to_keep().map(Effect::KeepRunning).into_iter().collect()
    }

    /// Asks about a sleep, once nothing is open that it would interrupt.
    pub(in crate::app) fn ask_about_sleep(&mut self) {
        let is_asleep = self.timer.as_ref().is_some_and(|timer| timer.asleep().is_some());
        if is_asleep && matches!(self.overlay, None | Some(Overlay::Timer)) {
            let is_shown = self.overlay.is_some();
            self.overlay = Some(Overlay::Asleep { is_shown });
        }
    }

    /// Whether an action would do something while the timer is on top.
    pub fn is_of_use_to_timer(&self, action: Action) -> bool {
        match action {
            Action::OpenLink | Action::Copy => !self.handy_links().is_empty(),
            Action::Up | Action::Down => self.handy_links().len() > 1,
            _ => true,
        }
    }
}
