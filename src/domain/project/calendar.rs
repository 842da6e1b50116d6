//! What the calendar says of a project: deciding that outlasts building, and a look that is due.
//!
//! Owns both rules. Must not know how they are said: they are remarks, never reproaches.

use chrono::NaiveDate;

use super::{Project, Status};
use crate::domain::day;

/// Days from one look for drift to the next: what people do, and the data with it, changes slowly.
pub const DRIFT_DAYS: i64 = 30;

/// Something that there is to say of a project today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// Deciding has taken longer than building would.
    Deciding {
        /// Days since it was written down.
        days: i64,
        /// The person's own estimate of building it, in days.
        estimate: u16,
    },
    /// The day has come to look whether it still does what it did.
    Drift {
        /// That day.
        on: NaiveDate,
    },
}

impl Remark {
    /// As the detail says it.
    pub fn sentence(self) -> String {
        match self {
            Self::Deciding { days, estimate } => format!(
                "Deciding for {days} days, building it would take {estimate}. A small first version may decide it."
            ),
            Self::Drift { .. } => {
                "It has been live for a while: does it still do what it did? Data and people change."
                    .to_owned()
            }
        }
    }

    /// As a row has room for it.
    pub fn words(self) -> String {
        match self {
            Self::Deciding { days, .. } => format!("deciding {days} d"),
            Self::Drift { .. } => "look again".to_owned(),
        }
    }
}

impl Project {
    /// The day it was written down, or taken up again after it was begun or dropped; `None` once it
    /// is decided.
    pub fn deciding_since(&self) -> Option<NaiveDate> {
        let is_open = |status: Status| matches!(status, Status::Idea | Status::Scoped);
        let undecided = self.history.iter().rev().take_while(|change| is_open(change.status));
        undecided.last().map(|change| change.on)
    }

    /// What there is to say of it today.
    pub fn remark(&self, today: NaiveDate) -> Option<Remark> {
        match self.draft.status {
            Status::Idea | Status::Scoped => {
                let days = (today - self.deciding_since()?).num_days();
                let estimate = self.draft.choice.estimate_days?;
                (days > i64::from(estimate)).then_some(Remark::Deciding { days, estimate })
            }
            Status::Live => {
                let on = self.draft.drift_check_on?;
                (on <= today).then_some(Remark::Drift { on })
            }
            Status::Building | Status::Shipped | Status::Dropped => None,
        }
    }
}

/// The day of the next look for drift, counted from `today`.
pub fn next_look(today: NaiveDate) -> NaiveDate {
    day::plus(today, DRIFT_DAYS).min(day::LAST)
}

/// The day to look at a project that becomes live on a day: one that is set, unless it is past.
pub fn look_when_live(held: Option<NaiveDate>, on: NaiveDate) -> NaiveDate {
    held.filter(|day| *day > on).unwrap_or_else(|| next_look(on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ids::{IdSource, ProjectId},
        project::ProjectDraft,
    };

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, number).unwrap()
    }

    fn idea(estimate_days: Option<u16>) -> Project {
        let id = ProjectId(IdSource::new(1, 1).next_uuid());
        let mut draft = ProjectDraft::default();
        draft.choice.estimate_days = estimate_days;
        Project::new(id, draft, 0, day(1))
    }

    #[test]
    fn deciding_speaks_up_only_once_it_outlasts_building() {
        let project = idea(Some(10));
        assert_eq!(project.remark(day(11)), None, "as long is not longer");
        let remark = Remark::Deciding { days: 11, estimate: 10 };
        assert_eq!(project.remark(day(12)), Some(remark));
        assert_eq!(idea(None).remark(day(31)), None, "nothing to compare with");
    }

    #[test]
    fn scoping_is_deciding_still_and_building_is_decided() {
        let mut project = idea(Some(5));
        project.set_status(Status::Scoped, day(4));
        assert_eq!(project.deciding_since(), Some(day(1)));
        project.set_status(Status::Building, day(9));
        assert_eq!((project.deciding_since(), project.remark(day(31))), (None, None));
        project.set_status(Status::Idea, day(20));
        assert_eq!(project.deciding_since(), Some(day(20)), "it is taken up again");
        assert_eq!(project.remark(day(25)), None);
    }

    #[test]
    fn a_look_for_drift_is_due_from_its_day_on_while_it_is_live() {
        let mut project = idea(None);
        project.draft.drift_check_on = Some(day(10));
        assert_eq!(project.remark(day(20)), None, "it is not live");
        project.set_status(Status::Live, day(2));
        assert_eq!(project.remark(day(9)), None);
        assert_eq!(project.remark(day(10)), Some(Remark::Drift { on: day(10) }));
        assert_eq!(next_look(day(1)), day(31));
        assert_eq!(next_look(day::LAST), day::LAST);
    }
}
